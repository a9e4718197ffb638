// Every screen beside the agenda, in its states, in French and in Arabic, without a fault that axe can find.
import { describe, expect, it } from "vitest";
import { emptyPractice, noPractice } from "$backend/fake/seed";
import { openAt } from "./opening";
import { faults, settle, waitFor } from "./testing";

const BOX = '[role="combobox"][aria-controls$="-list"]';
const NAV = 'nav button[aria-current="page"]';
const click = async (selector: string, nth = 0) => {
  const found = [...document.querySelectorAll<HTMLElement>(selector)].at(nth);
  if (!found) throw new Error(`nothing is ${selector}`);
  found.click();
  await settle();
};

/** Axe reads the whole page many times over: slow on a busy machine, never stuck. */
const PATIENCE = { timeout: 90_000 };

describe.each(["fr", "ar"] as const)("in %s", PATIENCE, (language) => {
  it("the_welcome_and_the_steps_of_the_first_start_have_no_fault", async () => {
    const { keys } = await openAt("entrance", "h1", { language, practice: noPractice() });
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    expect(await faults()).toEqual([]);
    await keys("Cabinet{Enter}");
    expect(await faults()).toEqual([]);
    await keys("Claire Lefèvre{Enter}");
    await keys("Tilleuls-2026!!");
    await waitFor(() => expect(document.querySelector("li.met")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await keys("{Tab}{Tab}");
    await keys("Tilleuls-2026!!");
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector("ol[dir=ltr]")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await click(".actions .primary");
    await keys("{Enter}");
    expect(await faults()).toEqual([]);
  });

  it("signing_in_and_recovery_have_no_fault", async () => {
    const { keys } = await openAt("entrance", "h1", { language });
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await keys("x{Enter}");
    expect(await faults()).toEqual([]);
    await click(".others button", -1);
    expect(await faults()).toEqual([]);
  });

  it("patients_have_no_fault", async () => {
    const { keys } = await openAt("patients", BOX, { language });
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector("section.file form")).not.toBeNull());
    expect(await faults()).toEqual([]);
    for (const tab of [1, 2]) {
      await click('[role="tab"]', tab);
      expect(await faults()).toEqual([]);
    }
    await keys("f");
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).not.toBeNull());
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLInputElement>('[role="dialog"] input[type="search"]')?.focus();
    await keys("martin{Enter}");
    await waitFor(() => expect(document.querySelector('[role="dialog"] table')).not.toBeNull());
    expect(await faults()).toEqual([]);
  });

  it("no_patients_and_a_new_one_have_no_fault", async () => {
    const { keys } = await openAt("patients", BOX, { language, practice: emptyPractice() });
    expect(await faults()).toEqual([]);
    await keys("zzz{Enter}");
    expect(await faults()).toEqual([]);
  });

  it("the_doctors_day_has_no_fault", async () => {
    await openAt("my_day", '[role="option"]', { language, as: "lefevre" });
    expect(await faults()).toEqual([]);
  });

  it("the_take_over_has_no_fault", async () => {
    const { user } = await openAt("takeover", 'input[type="file"]', { language, as: "lefevre" });
    expect(await faults()).toEqual([]);
    const input = document.querySelector<HTMLInputElement>('input[type="file"]');
    if (input) await user.upload(input, new File(["Nom;Prenom\r\nA;B\r\nC;D\r\n"], "p.csv"));
    await waitFor(() => expect(document.querySelector("form table")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await click('button[type="submit"]');
    expect(await faults()).toEqual([]);
    await waitFor(() => expect(document.querySelector(".figures")).not.toBeNull(), { timeout: 5_000 });
    expect(await faults()).toEqual([]);
  });

  it.each(["practice", "practitioners", "types", "resources", "hours", "calendar", "users", "reading", "publishing", "portal", "backups", "journal", "preferences", "password"])(
    "the_part_%s_of_the_settings_has_no_fault",
    async (part) => {
      const { keys } = await openAt("settings", NAV, { language, as: "lefevre", about: { part } });
      await waitFor(() => expect(document.querySelector(".part h2")).not.toBeNull(), { timeout: 10_000 });
      await settle();
      expect(await faults()).toEqual([]);
      await keys("a");
      expect(await faults()).toEqual([]);
    },
  );
});
