// The cursor of the agenda's grid: where it starts, what it speaks, and that it stays with what it stands on.
import { describe, expect, it } from "vitest";
import { agenda } from "../features/agenda/agenda.svelte";
import { small } from "./small";
import { activePlace, openWindow, settle } from "./testing";

describe("the cursor", () => {
  it("starts_at_the_next_free_quarter_of_an_hour_and_says_what_enter_does", async () => {
    await openWindow({ practice: small().practice });
    expect(activePlace()).toContain("10:15");
    expect(activePlace()).toContain("⏎ réserver");
  });

  it("walks_over_free_times_and_appointments_and_speaks_them", async () => {
    const { keys } = await openWindow({ practice: small().practice });
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(activePlace()).toBe("11:00, DUPONT Marie, Consultation, 20 min, Pris");
  });

  it("follows_the_eye_in_a_right_to_left_window", async () => {
    const { keys } = await openWindow({ language: "ar" });
    expect(agenda.cursor.column).toBe(0);
    await keys("{ArrowLeft}");
    expect(agenda.cursor.column).toBe(1);
    await keys("{ArrowRight}");
    expect(agenda.cursor.column).toBe(0);
  });

  it("finds_what_was_read_again_meanwhile_once_its_own_reading_is_awaited", async () => {
    const { practice, first } = small();
    const { host } = await openWindow({ practice });
    const { invoke } = host;
    let answer = (): void => undefined;
    const late = new Promise<void>((resolve) => (answer = resolve));
    let asked = 0;
    host.invoke = async (name, request, of) => {
      if (name === "show_days" && ++asked === 2) await late;
      return invoke(name, request, of);
    };
    let awaited = false;
    const own = agenda.load().then(() => (awaited = true));
    first.minute = 900;
    const later = agenda.load();
    await settle();
    expect(awaited).toBe(false);
    answer();
    await Promise.all([own, later]);
    expect(agenda.columns[0]?.items.find((one) => one.id === first.id)?.start).toBe(900);
  });

  it("stays_with_its_appointment_when_somebody_else_moves_it", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}");
    first.minute = 900;
    first.revision += 1;
    practice.announce("agenda", first.id);
    await settle();
    expect(activePlace()).toMatch(/^15:00, DUPONT Marie/);
  });

  it("the_cursor_goes_with_what_it_moves_also_where_it_stood_there_by_its_minute_only", async () => {
    const { practice, first } = small();
    const { keys } = await openWindow({ practice });
    agenda.cursor = { column: 0, start: 660, id: null };
    await settle();
    await keys("{Shift>}{ArrowUp}{/Shift}");
    expect(activePlace()).toMatch(/^10:45, DUPONT Marie/);
    await keys("x");
    expect(agenda.cut).toBe(first.id);
  });
});
