// The data-protection office by keyboard: what is late stands first, Enter goes to it; a secretary sees no deadline.
import { beforeAll, describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { route } from "$kit/state/route.svelte";
import { openAt, pageText, until } from "./opening";
import { faults, screen, settle } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) => openAt("privacy", ".office nav h1", { as: "lefevre", ...options });

beforeAll(() => import("../features/privacy/Screen.svelte"), 60_000);

describe("what is due", () => {
  it("stands_with_what_is_late_first_and_enter_goes_to_its_part", async () => {
    const { keys } = await open();
    await until("En retard");
    const groups = [...document.querySelectorAll(".groups section")].map((one) => one.className.split(" ")[0]);
    expect(groups).toEqual(["late", "week", "later"]);
    expect(pageText()).toContain("en retard de 6 jours");
    expect(pageText()).toContain("dans 4 jours");
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLElement>(".groups button")?.focus();
    await keys("{ArrowDown}");
    expect(document.activeElement?.textContent).toContain("dans 4 jours");
    await keys("{Enter}");
    expect(route.place).toMatchObject({ screen: "privacy", about: { part: "requests", id: "request-2" } });
  });

  it("says_so_where_no_clock_runs", async () => {
    await open({ practice: emptyPractice() });
    await until("Rien n’est dû");
    expect(await faults()).toEqual([]);
  });

  it("is_not_for_a_secretary", async () => {
    await open({ as: "samia" });
    await settle();
    expect(pageText()).not.toContain("Ce qui est dû");
    expect(screen).toBeTruthy();
  });
});
