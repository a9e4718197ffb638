// Relatives and guardians in a patient's file.
import { describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle, waitFor } from "./testing";

async function openRelatives(language: "fr" | "ar" = "fr") {
  const practice = emptyPractice();
  const marie = practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344" });
  const marion = practice.addPatient({ surname: "DUPRÉ", first_name: "Marion", born: "2014-02-14" });
  const opened = await openAt("patients", "section.file form", { practice, language, about: { patient: marion.id } });
  const tab = screen.getAllByRole("tab")[1];
  await opened.user.click(tab as Element);
  await settle();
  return { ...opened, practice, marie, marion };
}

describe("relatives", () => {
  it("a_mother_who_is_a_patient_is_added_by_keyboard_and_has_one_phone", async () => {
    const { keys, user, host, practice, marie, marion } = await openRelatives();
    expect(pageText()).toContain("Personne à prévenir pour l’instant");
    await user.click(screen.getByRole("button", { name: /Ajouter un proche/ }));
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Nom et prénom")));
    await user.type(screen.getByLabelText(/Patient du cabinet/), "dupont");
    await settle();
    await keys("{Enter}");
    expect(screen.getByLabelText("Nom et prénom")).toHaveProperty("value", "DUPONT Marie");
    await user.click(screen.getByLabelText("Tuteur"));
    await user.click(screen.getByLabelText("des rendez-vous"));
    await user.click(screen.getByRole("button", { name: /Enregistrer/ }));
    await settle();
    expect(lastAsked(host, "save_contact")).toMatchObject({ patient_id: marion.id, linked_patient_id: marie.id, guardian: true, told_appointments: true, told_results: false, phone: "" });
    expect(pageText()).toContain("06 11 22 33 44");
    expect(pageText()).toContain("Peut être informé des rendez-vous");
    await keys("{Control>}z{/Control}");
    expect(practice.contacts.every((one) => one.removed)).toBe(true);
  });

  it("without_a_name_is_refused_beside_the_field", async () => {
    const { user } = await openRelatives();
    await user.click(screen.getByRole("button", { name: /Ajouter un proche/ }));
    await user.click(screen.getByRole("button", { name: /Enregistrer/ }));
    await settle();
    expect(screen.getByLabelText("Nom et prénom").getAttribute("aria-invalid")).toBe("true");
  });

  it("a_minor_s_consent_is_missing_then_noted_then_withdrawn", async () => {
    const { user, practice, marion } = await openRelatives();
    expect(pageText()).toContain("Tuteur : consentement manquant");
    expect(pageText()).toContain("Ajoutez d’abord un proche qui est tuteur");
    practice.addContact(marion, { name: "Anne Dupré", phone: "+33612000214" });
    practice.announce("patients", marion.id);
    await until("Anne Dupré");
    await user.click(screen.getByRole("button", { name: /Noter un consentement/ }));
    await settle();
    await user.click(screen.getByRole("button", { name: /Noter le consentement/ }));
    await settle();
    expect(practice.consents[0]).toMatchObject({ given_on: "2026-11-24", way: "written", noted_by: "Samia" });
    expect(pageText()).toContain("Tuteur : consentement à jour");
    expect(toastText()).toContain("consentement noté");
    await user.click(screen.getByRole("button", { name: /Retirer/ }));
    await settle();
    expect(practice.consents[0]?.withdrawn_on).toBe("2026-11-24");
    expect(pageText()).toContain("Tuteur : consentement manquant");
    expect(pageText()).toContain("retiré le 24/11/2026");
  });

  it("the_file_of_a_relative_says_whose_they_are", async () => {
    const { practice, marie, marion, user } = await openRelatives();
    practice.addContact(marion, { name: "DUPONT Marie", linked_patient_id: marie.id });
    practice.announce("patients", marion.id);
    await until("patient :");
    await user.click(screen.getByRole("button", { name: /patient : DUPONT Marie/ }));
    await waitFor(() => expect(document.querySelector("section.file h2")?.textContent).toContain("DUPONT Marie"));
    await user.click(screen.getAllByRole("tab")[1] as Element);
    await until("Proche de");
    expect(pageText()).toMatch(/DUPRÉ Marion.*en tant que : mère/);
  });

  it.each(["fr", "ar"] as const)("in_%s_have_no_fault", async (language) => {
    const { keys, practice, marion } = await openRelatives(language);
    practice.addContact(marion, { name: "Anne Dupré", phone: "+33612000214" });
    practice.announce("patients", marion.id);
    await until("Anne Dupré");
    expect(await faults()).toEqual([]);
    await keys("a");
    expect(await faults()).toEqual([]);
  });
});
