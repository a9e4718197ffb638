// The medical record by keyboard: what stands is seen, the timeline is walked and searched, entries are written, corrected, struck.
import { beforeAll, describe, expect, it } from "vitest";
import type { PatientId } from "$backend/types";
import { demonstrationPractice } from "$backend/fake/seed";
import { preview } from "$kit/state/preview.svelte";
import { route } from "$kit/state/route.svelte";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle, waitFor } from "./testing";

async function open(options: Parameters<typeof openAt>[2] & { patient?: number } = {}) {
  const practice = options.practice ?? demonstrationPractice();
  const patient = practice.patients[options.patient ?? 0]?.id as PatientId;
  const window = await openAt("record", ".record", { as: "lefevre", ...options, practice, about: { patient } });
  return { ...window, patient };
}
const lines = (): string[] => [...document.querySelectorAll(".entry .line")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const urgent = (): string => [...document.querySelectorAll(".standing .urgent")].map((one) => one.textContent ?? "").join(" ").replace(/\s+/g, " ");
const field = (label: string): HTMLInputElement => screen.getByLabelText<HTMLInputElement>(label);

// The screen is loaded when it is first shown: on a busy machine longer than a test waits for it.
beforeAll(() => import("../features/record/Screen.svelte"), 60_000);

describe("the record", () => {
  it("shows_at_once_what_stands_with_its_index_and_its_curves", async () => {
    const { keys } = await open();
    expect(urgent()).toContain("Alertes");
    expect(urgent()).toContain("Amoxicilline");
    expect(urgent()).toContain("grave · Urticaire");
    expect(document.querySelectorAll(".standing .urgent h3 svg").length).toBe(2);
    const standing = document.querySelector(".standing")?.textContent ?? "";
    for (const words of ["ALD", "Diabète de type 2", "METFORMINE", "1 matin et 1 soir", "Appendicectomie", "Père : Infarctus", "136/84", "IMC", "24,7"]) expect(standing).toContain(words);
    expect(standing).not.toContain("AZITHROMYCINE");
    await keys("g");
    const titles = [...document.querySelectorAll("figure svg title")].map((one) => one.textContent ?? "");
    expect(titles.length).toBe(4);
    expect(titles.find((one) => one.startsWith("Tension artérielle"))).toContain("136/84");
    const table = [...document.querySelectorAll("figure table")].find((one) => one.textContent?.includes("HbA1c"));
    expect(table?.querySelectorAll("tbody tr").length).toBe(4);
    expect(await faults()).toEqual([]);
  });

  it("leads_to_a_prescription_and_to_the_page_for_a_colleague", async () => {
    const { keys, host, patient } = await open();
    await keys("s");
    await settle();
    expect(lastAsked(host, "print_summary")).toEqual({ patient_id: patient, language: "fr" });
    expect(preview.file?.name).toBe("synthese.pdf");
    preview.close();
    await settle();
    await keys("p");
    expect(route.place).toEqual({ screen: "prescription", about: { patient } });
  });

  it("is_walked_opened_narrowed_and_searched_by_keys", async () => {
    const { keys, host } = await open();
    expect(lines()[0]).toContain("Anticoagulant");
    await keys("{ArrowDown}{Enter}");
    expect(pageText()).toContain("monofilament normal");
    expect(pageText()).toContain("Conduite à tenir");
    await keys("r");
    expect(focused()).toBe("Rechercher dans le dossier");
    await keys("croepi");
    expect(pageText()).toContain("Aucune note ne correspond");
    await keys("{Escape}");
    await keys("crepit base");
    expect(lines()).toEqual(["Toux et fièvre depuis trois jours · Bronchite, suspicion de pneumopathie débutante."]);
    expect(lastAsked(host, "search_record")).toMatchObject({ text: "crepit base", kinds: [] });
    await keys("{Escape}");
    screen.getByText("Vaccination", { selector: ".chip" }).click();
    await settle();
    expect(lines()).toEqual(["Grippe saisonnière · Annuelle · T1B23 · Bras gauche"]);
    expect(await faults()).toEqual([]);
  });

  it("takes_a_consultation_with_abbreviations_that_grow_and_go_back", async () => {
    const { keys, host, user } = await open();
    await keys("c");
    expect(focused()).toBe("Motif");
    await keys("Suivi hta, ");
    expect(field("Motif").value).toBe("Suivi hypertension artérielle, ");
    await user.clear(field("Motif"));
    await keys("anti-hta hta {Backspace}x");
    expect(field("Motif").value).toBe("anti-hta hta x");
    field("Histoire").focus();
    await keys("Va mieux.{Control>}s{/Control}");
    expect(lastAsked(host, "write_entry")).toMatchObject({ on: "", body: { kind: "consultation", reason: "anti-hta hta x", history: "Va mieux." } });
    expect(toastText()).toContain("Noté au dossier");
    expect(lines()[0]).toBe("anti-hta hta x");
    expect(pageText()).toContain("Rien en cours d’écriture");
  });

  it("fills_a_template_into_the_section_that_one_is_in", async () => {
    const { keys } = await open();
    await keys("c");
    field("Examen").focus();
    await keys("TA 130/80. {Control>} {/Control}");
    expect(focused()).toBe("Chercher un modèle");
    expect(await faults()).toEqual([]);
    await keys("exam{Enter}");
    await waitFor(() => expect(field("Examen").value).toMatch(/^TA 130\/80\. Bon état général/));
    field("Histoire").focus();
    await keys("{Control>} {/Control}");
    await keys("suivi{Enter}");
    await waitFor(() => expect(field("Conduite à tenir").value).toBe("Contrôle dans 3 mois."));
    expect(field("Histoire").value).toMatch(/^\d+ ans\. Tolérance du traitement/);
    expect(field("Motif").value).toBe("Suivi tensionnel");
  });

  it("asks_again_for_an_unlikely_measure_and_refuses_an_impossible_one", async () => {
    const { keys, host, user } = await open();
    await keys("m");
    expect(focused()).toBe("Valeur");
    await keys("13x{Enter}");
    expect(pageText()).toContain("Indiquez un nombre");
    await user.clear(field("Valeur"));
    await keys("900/80{Enter}");
    expect(pageText()).toContain("Valeur impossible (de 30 à 320 mmHg)");
    await user.clear(field("Valeur"));
    await keys("240/80{Enter}");
    expect(pageText()).toContain("Valeur inhabituelle");
    expect(await faults()).toEqual([]);
    screen.getByText("C’est bien la valeur mesurée").click();
    await until("Noté au dossier");
    expect(lastAsked(host, "write_entry")).toMatchObject({ body: { kind: "measure", what: "blood_pressure", value: "240/80", confirmed: true } });
    expect(document.querySelector(".standing")?.textContent).toContain("240/80");
    // The next value can be typed at once.
    expect(focused()).toBe("Valeur");
  });

  it("keeps_a_draft_at_the_host_alone_and_takes_it_up_again", async () => {
    const { keys, host, practice, patient } = await open();
    await keys("c");
    await keys("Céphalées");
    await keys("{Escape}");
    expect(JSON.parse((lastAsked(host, "save_clinical_draft") as { body: string }).body)).toMatchObject({ body: { reason: "Céphalées" } });
    await keys("{Control>}l{/Control}");
    expect(host.asked.some((one) => one.name === "save_draft")).toBe(false);
    document.body.replaceChildren();
    const again = await openAt("record", ".writer form", { as: "lefevre", practice, about: { patient } });
    expect(field("Motif").value).toBe("Céphalées");
    expect(pageText()).toContain("Brouillon repris");
    screen.getByText("Jeter le brouillon").click();
    await settle();
    expect(lastAsked(again.host, "save_clinical_draft")).toMatchObject({ body: "" });
  });

  it("corrects_with_the_version_before_in_sight_and_strikes_with_a_reason", async () => {
    const { keys, host, user } = await open();
    await keys("r");
    await keys("appendic{Enter}{Enter}");
    screen.getByText("Versions antérieures (1)").click();
    await until("Version ⁨1⁩");
    await keys("e");
    expect(focused()).toContain("Intitulé");
    await user.clear(field("Intitulé"));
    await keys("Appendicectomie compliquée{Control>}s{/Control}");
    expect(lastAsked(host, "correct_entry")).toMatchObject({ version: 2, on: "2019-03-12", body: { label: "Appendicectomie compliquée", note: "1994, Rabat" } });
    await until("Correction enregistrée");
    await keys("{Delete}");
    expect(focused()).toBe("Motif de la rature");
    await keys("{Enter}");
    expect(pageText()).toContain("À remplir.");
    await keys("Autre patient{Enter}");
    expect(lastAsked(host, "strike_entry")).toMatchObject({ version: 3, reason: "Autre patient" });
    await until("Rayée : ⁨Autre patient⁩");
    expect(document.querySelector(".standing")?.textContent).not.toContain("Appendicectomie");
    expect(await faults()).toEqual([]);
  });

  it("adds_an_allergy_that_stands_in_red_at_once", async () => {
    const { keys, host } = await open({ patient: 2 });
    expect(pageText()).toContain("Aucune allergie notée");
    expect(pageText()).toContain("Le dossier est vide");
    await keys("n");
    screen.getByText("Allergie", { selector: ".kinds *" }).closest("button")?.click();
    await settle();
    await keys("Latex");
    screen.getByLabelText("grave").click();
    await keys("{Control>}s{/Control}");
    expect(lastAsked(host, "write_entry")).toMatchObject({ body: { kind: "allergy", agent: "Latex", severity: "severe" } });
    await waitFor(() => expect(urgent()).toContain("Latex"));
  });

  it("lets_the_practice_change_its_templates_and_take_a_removal_back", async () => {
    const { keys, host } = await open();
    await keys("t");
    await until("Nouveau modèle");
    expect(await faults()).toEqual([]);
    screen.getByLabelText("Retirer Examen général").click();
    await until("Retiré");
    expect(document.querySelector("[role=dialog]")?.textContent).not.toContain("Examen général");
    screen.getByText("Nouveau modèle").click();
    await settle();
    field("Nom").focus();
    await keys("{Enter}");
    expect(pageText()).toContain("Un nom est nécessaire.");
    field("Nom").focus();
    await keys("Otite");
    screen.getByLabelText("Examen", { exact: false, selector: "[role=dialog] textarea" }).focus();
    await keys("Tympan rouge");
    screen.getByText("Enregistrer", { selector: "[role=dialog] *" }).closest("button")?.click();
    await until("Otite");
    expect(lastAsked(host, "save_template")).toMatchObject({ id: null, own: false, name: "Otite", text: { examination: "Tympan rouge" } });
  });

  it("is_opened_once_and_closed_at_the_host_and_reached_from_the_file_by_a_key", async () => {
    const practice = demonstrationPractice();
    const patient = practice.patients[0]?.id as PatientId;
    const { keys, host } = await openAt("patients", ".file h2", { as: "lefevre", practice, about: { patient } });
    await keys("o");
    await waitFor(() => expect(document.querySelector(".record")).not.toBeNull(), { timeout: 10_000 });
    await settle();
    expect(practice.chart.openings).toBe(1);
    await keys("f");
    await waitFor(() => expect(document.querySelector(".file h2")).not.toBeNull());
    expect(host.asked.filter((one) => one.name === "close_record").length).toBe(1);
  });

  it("is_not_offered_to_a_secretary", async () => {
    const practice = demonstrationPractice();
    const secretary = practice.users.find((one) => one.role === "secretary");
    const patient = practice.patients[0]?.id as PatientId;
    const { keys, host } = await openAt("patients", ".file h2", { as: secretary?.login, practice, about: { patient } });
    expect(pageText()).not.toContain("Dossier médical");
    await keys("o");
    expect(host.asked.some((one) => one.name === "open_record")).toBe(false);
  });

  it("speaks_arabic_from_right_to_left", async () => {
    await open({ language: "ar" });
    expect(document.documentElement.dir).toBe("rtl");
    expect(pageText()).toContain("الحساسيات");
    expect(await faults()).toEqual([]);
  });
});
