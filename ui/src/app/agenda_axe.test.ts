// Every state of the agenda's screen, in French and in Arabic, without a fault that axe can find. Contrast is held by
// kit/tokens.test.ts and measured in the real window.
import { describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { faults, openWindow, screen, settle, waitFor } from "./testing";

describe.each(["fr", "ar"] as const)("in %s", (language) => {
  it("the_day_has_no_fault", async () => {
    await openWindow({ language });
    expect(await faults()).toEqual([]);
  });

  it("the_week_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("s");
    expect(await faults()).toEqual([]);
  });

  it("an_empty_practice_has_no_fault", async () => {
    await openWindow({ language, practice: emptyPractice() });
    expect(await faults()).toEqual([]);
  });

  it("the_box_with_matches_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("{Control>}k{/Control}");
    await keys("be");
    expect(screen.getAllByRole("option").length).toBeGreaterThan(1);
    expect(await faults()).toEqual([]);
  });

  it("the_form_of_a_new_patient_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("{Control>}k{/Control}");
    await keys("zzz anna");
    await keys("{Enter}");
    expect(await faults()).toEqual([]);
  });

  it("an_opened_appointment_being_cancelled_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}{Enter}");
    expect(await faults()).toEqual([]);
    await keys("{Delete}");
    expect(await faults()).toEqual([]);
  });

  it("the_toast_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}c");
    expect(document.querySelector(".toast")).not.toBeNull();
    expect(await faults()).toEqual([]);
  });

  it("the_help_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("{F1}");
    await waitFor(() => expect(screen.getByRole("dialog")).toBeTruthy());
    expect(await faults()).toEqual([]);
  });

  it("the_display_menu_has_no_fault", async () => {
    const { user } = await openWindow({ language });
    await user.click(screen.getByRole("button", { name: language === "fr" ? "Affichage" : "العرض" }));
    await settle();
    expect(await faults()).toEqual([]);
  });

  it("the_month_has_no_fault", async () => {
    const { keys } = await openWindow({ language });
    await keys("g");
    await settle();
    expect(await faults()).toEqual([]);
  });
});
