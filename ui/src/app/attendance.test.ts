// No-shows and late cancellations: words where one books, a rule in the settings, never a refusal.
import { describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { openAt, pageText } from "./opening";
import { faults, openWindow, screen, settle, waitFor } from "./testing";

function house() {
  const practice = emptyPractice();
  const marc = practice.addPatient({ surname: "DUPUIS", first_name: "Marc", mobile: "+33698765432" }, null, 2);
  marc.late_cancellations = 1;
  practice.attendance = { show_from: 1, months: 12, late_hours: 24, sentence: "Confirmer la veille par téléphone." };
  return { practice, marc };
}

describe("what was missed", () => {
  it("stands_in_the_box_as_words_and_refuses_nothing", async () => {
    const { practice, marc } = house();
    const { keys } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc");
    const option = screen.getAllByRole("option")[0]?.textContent?.replace(/\s+/g, " ") ?? "";
    expect(option).toContain("2 absences · 1 annulation tardive");
    expect(option).toContain("Confirmer la veille par téléphone.");
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    expect(practice.appointments.filter((one) => one.patient_id === marc.id && one.status === "booked")).toHaveLength(1);
  });

  it("stands_in_the_patients_file", async () => {
    const { practice, marc } = house();
    await openAt("patients", "[role=option]", { practice, about: { patient: marc.id } });
    await waitFor(() => expect(pageText()).toContain("2 absences · 1 annulation tardive"));
    expect(pageText()).toContain("Confirmer la veille par téléphone.");
  });

  it("is_not_shown_below_the_practices_threshold", async () => {
    const { practice } = house();
    practice.attendance.show_from = 4;
    const { keys } = await openWindow({ practice });
    await keys("{Control>}k{/Control}");
    await keys("marc");
    expect(screen.getAllByRole("option")[0]?.textContent).not.toContain("absence");
  });
});

describe("the rule", () => {
  it.each(["fr", "ar"] as const)("has_no_fault_in_%s", async (language) => {
    await openAt("settings", "form", { as: "lefevre", practice: house().practice, language, about: { part: "attendance" } });
    await settle();
    expect(await faults()).toEqual([]);
  });

  it("is_saved_and_says_beside_the_field_what_is_out_of_range", async () => {
    const { practice } = house();
    const { user } = await openAt("settings", "form", { as: "lefevre", practice, about: { part: "attendance" } });
    const from = await waitFor(() => screen.getByLabelText("Montrer à partir de"));
    await user.clear(from);
    await user.type(from, "50{Enter}");
    await waitFor(() => expect(screen.getByRole("alert").textContent).toContain("De 1 à 20."));
    await user.clear(from);
    await user.type(from, "3{Enter}");
    await waitFor(() => expect(practice.attendance.show_from).toBe(3));
  });
});
