// The site's clock counts on from what the host said, and never goes by the machine's own hour.
import { expect, it } from "vitest";
import { clock } from "./clock.svelte";

it("counts_minutes_on_from_what_the_host_said", () => {
  clock.set("2026-11-24T10:14", 1_000);
  clock.tick(1_000 + 59_000);
  expect(clock.now).toBe("2026-11-24T10:14");
  clock.tick(1_000 + 61_000);
  expect([clock.date, clock.minute]).toEqual(["2026-11-24", 615]);
});

it("passes_midnight_into_the_next_day", () => {
  clock.set("2026-12-31T23:59", 0);
  clock.tick(120_000);
  expect(clock.now).toBe("2027-01-01T00:01");
});

it("takes_on_what_the_host_says_anew_even_backwards", () => {
  clock.set("2026-10-25T03:00", 0);
  clock.set("2026-10-25T02:00", 5_000);
  expect(clock.now).toBe("2026-10-25T02:00");
});

it("does_not_run_backwards_with_the_machine_s_clock", () => {
  clock.set("2026-11-24T10:14", 1_000_000);
  clock.tick(0);
  expect(clock.now).toBe("2026-11-24T10:14");
});
