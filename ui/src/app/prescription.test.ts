// Prescribing by keyboard: a line, what is found, a reason, a signature, a letter.
import { beforeAll, describe, expect, it } from "vitest";
import { demonstrationPractice } from "$backend/fake/seed";
import { preview } from "$kit/state/preview.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, screen, settle } from "./testing";

async function open(language: "fr" | "ar" | "en" = "fr") {
  preview.close();
  const practice = demonstrationPractice();
  const patient = practice.patients[0]?.id ?? "";
  const opened = await openAt("prescription", ".screen header h2", { as: "lefevre", practice, language, about: { patient } });
  await settle();
  return { ...opened, patient };
}

const rows = (): string[] => [...document.querySelectorAll("ol.lines > li")].map((one) => one.textContent?.replace(/\s+/g, " ").trim() ?? "");
const levels = (): string[] => [...document.querySelectorAll("ol.lines .level, ul.whole .level")].map((one) => one.textContent?.trim() ?? "");

// The screen is loaded when it is first shown: on a busy machine longer than a test waits for it.
beforeAll(() => import("../features/prescription/Screen.svelte"), 60_000);

describe("prescribing", () => {
  it("adds_a_line_by_keyboard_alone_and_shows_its_sentence_before", async () => {
    const { keys } = await open();
    expect(focused()).toBe("Médicament");
    await keys("zeta{Enter}");
    expect(focused()).toBe("Posologie");
    await keys("1 matin et soir 7 jours");
    expect(document.querySelector(".says .sentence")?.textContent).toBe("1 comprimé le matin et 1 comprimé le soir pendant 7 jours.");
    expect(document.querySelector(".says .other bdi")?.getAttribute("lang")).toBe("ar");
    expect(pageText()).toContain("Boîtes : 1");
    await keys("{Enter}");
    expect(rows()[0]).toContain("ZÉTAMOL 5 mg comprimé (ZÉTAMOL LABO)");
    expect(focused()).toBe("Médicament");
    expect(pageText()).toContain("Prêt à signer");
    await keys("{F4}{F6}{F7}");
    await keys("{F9}");
    expect(rows()[0]).not.toContain("(ZÉTAMOL LABO)");
    for (const mark of ["ALD", "Non substituable (⁨MTE⁩)", "À renouveler : 1"]) expect(rows()[0]).toContain(mark);
    expect(await faults()).toEqual([]);
  });

  it("shows_where_a_posology_is_not_understood", async () => {
    const { keys } = await open();
    await keys("zeta{Enter}1 zork");
    expect(document.querySelector(".misread mark")?.textContent).toContain("zork");
    await keys("{Enter}");
    expect(rows()).toEqual([]);
    await keys("{Escape}");
    expect(focused()).toBe("Médicament");
  });

  it("asks_a_reason_for_a_contraindication_and_keeps_it", async () => {
    const { keys, user, host } = await open();
    await keys("zeta: 1 soir 7 jours{Enter}plombe: 1 soir 7 jours{Enter}");
    expect(levels()).toContain("Contre-indication");
    await keys("{Control>}{Enter}{/Control}");
    expect(pageText()).toContain("Cette ordonnance ne peut pas être signée");
    await user.type(screen.getByLabelText("Motif pour passer outre", { exact: false }), "Surveillance hebdomadaire");
    await settle();
    expect(levels()).toContain("Motivé");
    expect(await faults()).toEqual([]);
    await keys("{Control>}{Enter}{/Control}");
    expect(toastText()).toContain("2026-000001");
    expect(lastAsked(host, "sign_prescription")).toMatchObject({ lines: [{ override_reason: "Surveillance hebdomadaire" }, {}] });
    expect(preview.file?.name).toBe("ordonnance-2026-000001.pdf");
    expect(rows()).toEqual([]);
    await until("Documents signés");
    preview.close();
  });

  it("takes_the_secure_form_and_letters_for_a_narcotic_and_refuses_one_over_its_limit", async () => {
    const { keys, host } = await open();
    await keys("morfinol: 1 matin et soir 35 jours{Enter}");
    expect(rows()[0]).toContain("dix milligrammes, une gélule, deux prises par jour");
    expect(pageText()).toContain("Sur ordonnance sécurisée");
    expect(levels()).toEqual(["Bloquant"]);
    expect(pageText()).toContain("28");
    screen.getByLabelText("Modifier la ligne 1").click();
    await settle();
    await new Promise((resolve) => setTimeout(resolve, 40));
    await keys("{Control>}a{/Control}1 matin et soir 28 jours{Enter}");
    expect(levels()).toEqual([]);
    await keys("{Control>}{Enter}{/Control}");
    expect(lastAsked(host, "sign_prescription")).toMatchObject({ secure_form: true });
    preview.close();
  });

  it("takes_a_line_away_and_brings_it_back", async () => {
    const { keys } = await open();
    await keys("zeta: 1 soir 7 jours{Enter}doloran: 1 soir 7 jours{Enter}");
    expect(rows().length).toBe(2);
    await keys("{ArrowUp}{Delete}");
    expect(rows().length).toBe(1);
    expect(rows()[0]).toContain("PARATAMOL");
    await toasts.undo();
    await settle();
    expect(rows().length).toBe(2);
  });

  it("inserts_favourites_and_protocols_keeps_new_ones_and_takes_up_the_last", async () => {
    const { keys, user } = await open();
    await keys("{F2}");
    await user.type(screen.getByLabelText("Chercher"), "doul");
    await keys("{Enter}");
    expect(rows()[0]).toContain("DOLORAN");
    await keys("{F2}");
    expect(await faults()).toEqual([]);
    await user.type(screen.getByLabelText("Nom"), "Ma douleur");
    await keys("{Enter}");
    expect(toastText()).toContain("Ma douleur");
    await keys("{Escape}");
    await keys("{Control>}{Enter}{/Control}");
    preview.close();
    await settle();
    await keys("{F3}");
    expect(rows()[0]).toContain("1 comprimé 3 fois par jour pendant 5 jours.");
  });

  it("signs_acts_and_letters_and_no_letter_with_an_open_field", async () => {
    const { keys, user, host } = await open();
    document.querySelector<HTMLElement>(".toolbar .select-trigger")?.focus();
    await keys("{Enter}");
    await keys("{ArrowDown}{Enter}");
    await new Promise((resolve) => setTimeout(resolve, 40));
    await user.type(screen.getByLabelText("Acte 1"), "Rééducation du genou");
    await keys("{Control>}{Enter}{/Control}");
    expect(lastAsked(host, "sign_prescription")).toMatchObject({ kind: "physiotherapy", acts: [{ text: "Rééducation du genou" }] });
    preview.close();
    await settle();
    document.querySelector<HTMLElement>(".toolbar .select-trigger")?.focus();
    await keys("{Enter}");
    await keys("{End}{Enter}");
    await until("Texte tel qu’il sera signé".slice(0, 5));
    await user.type(screen.getByLabelText("Texte", { exact: false, selector: "textarea" }), "Je vous adresse {{patient} pour {{motif}.");
    await settle();
    expect(pageText()).toContain("Champs à compléter avant de signer");
    await keys("{Control>}{Enter}{/Control}");
    expect(pageText()).toContain("Le champ « motif » n’est pas rempli");
    await user.type(screen.getByLabelText("À compléter : ⁨motif⁩"), "avis");
    await settle();
    expect(await faults()).toEqual([]);
    await keys("{Control>}{Enter}{/Control}");
    expect(toastText()).toContain("2026-000002");
    preview.close();
  });

  it("keeps_a_calibration_and_says_what_is_out_of_range", async () => {
    const { user } = await open();
    screen.getByText("Signature et papier").click();
    await until("Vers la droite");
    const right = screen.getByLabelText("Vers la droite (mm)");
    await user.clear(right);
    await user.type(right, "2,5");
    screen.getByText("Enregistrer le calibrage").click();
    await settle();
    expect(toastText()).toContain("Calibrage enregistré");
    expect(await faults()).toEqual([]);
  });

  it.each(["ar", "en"] as const)("speaks_%s", async (language) => {
    const { keys } = await open(language);
    expect(document.documentElement.dir).toBe(language === "ar" ? "rtl" : "ltr");
    await keys("zeta: 1 soir 7 jours{Enter}plombe: 1 soir 7 jours{Enter}");
    expect(levels()).toContain(language === "ar" ? "ممنوع" : "Contra-indicated");
    expect(await faults()).toEqual([]);
  });
});
