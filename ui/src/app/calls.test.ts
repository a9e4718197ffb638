// The register of calls, by keyboard: the desk leaves a message, the practitioner answers, the desk passes it on.
import { describe, expect, it } from "vitest";
import { demonstrationPractice, emptyPractice } from "$backend/fake/seed";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle, waitFor } from "./testing";

const LIST = '[role="listbox"][aria-label="Appels"]';
const rows = (): string[] => [...document.querySelectorAll(`${LIST} [role="option"]`)].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const rail = (): string => document.querySelector("nav")?.textContent?.replace(/\s+/g, " ") ?? "";

describe("the practitioner", () => {
  it("sees_unread_messages_in_the_rail_and_reads_one_by_choosing_it", async () => {
    const { keys, practice } = await openAt("calls", LIST, { as: "lefevre" });
    expect(rail()).toContain("2 messages non lus");
    expect(rows()).toHaveLength(2);
    await keys("{ArrowDown}");
    expect(practice.calls.find((one) => one.about.startsWith("Demande un certificat"))?.read_by).toBe("Dr Lefèvre");
    await waitFor(() => expect(rail()).toContain("1 message non lu"));
  });

  it("answers_in_a_few_words_and_can_take_it_back", async () => {
    const { keys, practice } = await openAt("calls", LIST, { as: "lefevre" });
    await keys("{ArrowDown}e");
    expect(document.activeElement).toBe(screen.getByLabelText("Répondre en quelques mots"));
    expect(screen.getByText(/Rien de médical ici : seulement/)).toBeTruthy();
    await keys("Prêt demain{Enter}");
    const one = practice.calls.find((call) => call.about.startsWith("Demande un certificat"));
    expect([one?.answer, one?.answered_by]).toEqual(["Prêt demain", "Dr Lefèvre"]);
    expect(rows()[0]).toContain("répondu");
    expect(toastText()).toContain("réponse laissée à l’accueil");
    await keys("{Control>}z{/Control}");
    expect(one?.answer).toBe("");
  });

  it("finds_messages_in_their_own_day_and_m_leads_to_them", async () => {
    const { keys } = await openAt("my_day", 'section[aria-label="Messages"]', { as: "lefevre" });
    expect(document.querySelector('section[aria-label="Messages"]')?.textContent).toContain("certificat pour l’école");
    await keys("m");
    await until("Répondre en quelques mots");
    expect(pageText()).toContain("DUPONT Marie (mère)");
  });
});

describe("the desk", () => {
  it("sees_the_answer_and_passes_it_on_by_one_key", async () => {
    const { keys, practice } = await openAt("calls", LIST, { as: "samia" });
    expect(rail()).toContain("1 réponse à transmettre");
    expect(rows()).toHaveLength(3);
    await keys("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(pageText()).toContain("Oui, lundi à 8 h.");
    expect(screen.queryByLabelText("Répondre en quelques mots")).toBeNull();
    await keys("d");
    expect(practice.calls.find((one) => one.answer !== "")?.closed_by).toBe("Samia");
    expect(rows()).toHaveLength(2);
    await waitFor(() => expect(rail()).not.toContain("à transmettre"));
  });

  it("books_from_a_call_by_one_key_with_who_called", async () => {
    const { keys, host, practice } = await openAt("calls", LIST, { as: "samia" });
    await keys("{ArrowDown}b");
    await waitFor(() => expect(document.activeElement?.getAttribute("role")).toBe("combobox"));
    await waitFor(() => expect(document.querySelector(".matches [role=option][aria-selected=true]")?.textContent).toContain("DUPRÉ Marion"));
    await keys("{Enter}");
    const marion = practice.patients.find((one) => one.first_name === "Marion");
    expect(lastAsked(host, "book_appointment")).toMatchObject({ patient_id: marion?.id, contact_name: "DUPONT Marie" });
  });

  it("searches_and_shows_all", async () => {
    const { keys, user } = await openAt("calls", LIST, { as: "samia" });
    await keys("o");
    expect(rows()).toHaveLength(4);
    await keys("r");
    await user.type(document.activeElement as Element, "horaires");
    await settle();
    expect(rows()).toHaveLength(1);
    await user.type(document.activeElement as Element, " zzz");
    await settle();
    expect(pageText()).toContain("Aucun appel trouvé");
  });

  it("is_told_the_next_key_on_an_empty_register_and_f4_notes_a_call_about_somebody", async () => {
    const practice = emptyPractice();
    practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344" });
    const { keys } = await openAt("calls", 'section[aria-label="Appels"]', { practice, as: "samia" });
    await until("F4 note un appel");
    await keys("{F4}");
    await keys("dup");
    await keys("{Enter}");
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Objet")));
    await keys("Rappeler{Enter}");
    expect(practice.calls[0]).toMatchObject({ about: "Rappeler", practitioner_id: practice.practitioners[0]?.id });
    await waitFor(() => expect(rows()).toHaveLength(1));
  });

  it("an_empty_subject_is_refused_beside_the_field", async () => {
    const practice = demonstrationPractice();
    const { keys } = await openAt("calls", LIST, { practice, as: "samia" });
    await keys("{F4}");
    await keys("dupont");
    await keys("{Enter}");
    await waitFor(() => expect(screen.getByLabelText("Objet")).toBeTruthy());
    await keys("{Enter}");
    expect(screen.getByLabelText("Objet").getAttribute("aria-invalid")).toBe("true");
  });
});

describe.each(["fr", "ar"] as const)("in %s", { timeout: 90_000 }, (language) => {
  it("the_calls_have_no_fault", async () => {
    const { keys } = await openAt("calls", "main [role=listbox]", { language, as: "lefevre" });
    expect(await faults()).toEqual([]);
    await keys("{ArrowDown}");
    expect(await faults()).toEqual([]);
  });
});
