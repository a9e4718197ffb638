// The registers by keyboard: a proposal is accepted, a processor written down, a breach's clock runs, a review answered.
import { waitFor } from "@testing-library/svelte";
import { beforeAll, describe, expect, it } from "vitest";
import { demonstrationPractice, emptyPractice } from "$backend/fake/seed";
import { preview } from "$kit/state/preview.svelte";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle } from "./testing";

const open = (part: string, options: Parameters<typeof openAt>[2] = {}) => openAt("privacy", ".office nav h1", { as: "lefevre", about: { part }, ...options });
const rows = (): string[] => [...document.querySelectorAll("tbody tr")].map((row) => row.textContent?.replace(/\s+/g, " ").trim() ?? "");

beforeAll(async () => {
  await Promise.all([import("../features/privacy/Screen.svelte"), import("../features/privacy/activities/Activities.svelte"), import("../features/privacy/processors/Processors.svelte"), import("../features/privacy/breaches/Breaches.svelte"), import("../features/privacy/reviews/Reviews.svelte")]);
}, 120_000);

describe("who answers for the data", () => {
  it("sets_the_days_for_answers_where_the_law_leaves_them_to_the_practice", async () => {
    const practice = demonstrationPractice();
    practice.country = "MA";
    const { keys, host, user } = await open("activities", { practice });
    await until("attendent votre accord");
    await keys("r");
    await until("Jours pour répondre aux demandes");
    expect(await faults()).toEqual([]);
    const label = [...document.querySelectorAll("label")].find((one) => one.textContent?.includes("Jours pour répondre"));
    const field = document.getElementById(label?.htmlFor ?? "") as HTMLInputElement;
    await user.type(field, "99");
    await keys("{Control>}{Enter}{/Control}");
    await until("De 1 à 90 jours");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(host.asked.some((one) => one.name === "save_privacy_settings"), "nothing is half saved").toBe(false);
    await user.clear(field);
    await user.type(field, "15");
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "save_privacy_settings")).toBeDefined());
    expect(lastAsked(host, "set_request_days")).toEqual({ days: 15 });
    await keys("r");
    await until("Jours pour répondre aux demandes");
    await waitFor(() => expect(document.querySelector<HTMLInputElement>('input[maxlength="2"]')?.value).toBe("15"));
  });

  it("names_no_days_where_the_law_says_them", async () => {
    const { keys } = await open("activities");
    await until("attendent votre accord");
    await keys("r");
    await until("Responsable");
    expect(pageText()).not.toContain("Jours pour répondre");
  });
});

describe("processing activities", () => {
  it("wait_to_be_accepted_and_keep_what_the_controller_wrote", async () => {
    const { keys, host } = await open("activities");
    await until("2 traitements attendent votre accord.");
    expect(rows()[0]).toContain("a changé");
    expect(rows()[1]).toContain("proposé");
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLElement>("tbody tr")?.focus();
    await keys("{Enter}");
    await until("Secrétariat du cabinet (1)");
    expect(await faults()).toEqual([]);
    [...document.querySelectorAll("button")].find((one) => one.textContent?.includes("Reprendre ce changement"))?.click();
    await settle();
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "save_activity")).toMatchObject({ kind: "agenda", fields: { recipients: ["Praticiens du cabinet (2)", "Secrétariat du cabinet (1)"], remark: "Revu en équipe" } }));
    await until("1 traitement attend votre accord.");
    await keys("a");
    await waitFor(() => expect(lastAsked(host, "save_activity")).toMatchObject({ id: null, kind: "accounts" }));
    await waitFor(() => expect(pageText()).not.toContain("attend votre accord"));
    await keys("i");
    await waitFor(() => expect(preview.file?.name).toBe("activities-fr.pdf"));
    preview.close();
  });

  it("an_own_one_that_says_nothing_is_refused_at_its_field", async () => {
    const { keys } = await open("activities", { practice: emptyPractice() });
    await until("2 traitements attendent votre accord.");
    await keys("n");
    await until("Nouveau traitement");
    await keys("Vidéosurveillance{Control>}{Enter}{/Control}");
    await until("À remplir.");
    await waitFor(() => expect(focused()).toContain("Finalités"));
    await keys("{Escape}");
    await waitFor(() => expect(pageText()).not.toContain("Nouveau traitement"));
  });
});

describe("processors", () => {
  it("are_written_down_with_what_their_country_needs_and_taken_back", async () => {
    const { keys, user, host } = await open("processors");
    await until("agenda.example");
    expect(await faults()).toEqual([]);
    await keys("n");
    await until("Nouveau sous-traitant");
    await keys("Hébergeur SA");
    await user.tab();
    await keys("Hébergement");
    const country = document.querySelector<HTMLInputElement>('input[maxlength="2"]');
    country?.focus();
    await keys("us");
    expect(await faults()).toEqual([]);
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "save_processor")).toMatchObject({ id: null, fields: { name: "Hébergeur SA", service: "Hébergement" } }));
    await until("garantie manquante");
    expect(rows()[0]).toContain("pas de contrat");
    expect(toastText()).toContain("Enregistré");
    await keys("{Control>}z{/Control}");
    await until("Aucun sous-traitant inscrit");
  });

  it("are_instructed_in_versions_that_stay", async () => {
    const { keys, user } = await open("processors");
    await until("agenda.example");
    await keys("n");
    await until("Nouveau sous-traitant");
    await keys("Hébergeur SA");
    await user.tab();
    await keys("Hébergement");
    document.querySelector<HTMLInputElement>('input[maxlength="2"]')?.focus();
    await keys("fr{Control>}{Enter}{/Control}");
    await until("pas de transfert");
    document.querySelector<HTMLElement>('input[value="instructions"]')?.click();
    await until("Aucune instruction");
    await keys("n");
    await until("Nouvelle instruction");
    const [, , subject, text] = [...document.querySelectorAll<HTMLElement>("form input, form textarea, form .select-trigger")];
    subject?.focus();
    await keys("Sauvegardes");
    text?.focus();
    await keys("Chaque nuit.{Control>}{Enter}{/Control}");
    await until("à confirmer");
    expect(pageText()).toContain("Chaque nuit.");
    expect(await faults()).toEqual([]);
  });
});

describe("breaches", () => {
  it("run_against_the_clock_say_why_they_are_late_and_close_when_all_is_done", async () => {
    const { keys, host, practice } = await open("breaches");
    await until("Aucune violation");
    expect(await faults()).toEqual([]);
    await keys("n");
    await until("Nouvelle violation");
    expect(focused()).toContain("Ce qui s’est passé");
    await keys("Clé USB perdue{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "save_breach")).toMatchObject({ id: null, closed: false, fields: { what: "Clé USB perdue", aware_at: practice.now } }));
    await until("Reste pour notifier");
    const shown = document.querySelector('[role="timer"] .count')?.textContent ?? "";
    expect(shown.replace(/[^\d:]/g, "")).toMatch(/^(72:00:00|71:59:\d\d)$/);
    expect(await faults()).toEqual([]);
    [...document.querySelectorAll("button")].find((one) => one.textContent?.includes("Compléter"))?.click();
    await until("Tout est fait : clore");
    const close = [...document.querySelectorAll<HTMLInputElement>('input[type="checkbox"]')].at(-1);
    close?.click();
    close?.focus();
    await keys("{Control>}{Enter}{/Control}");
    await until("Évaluez le risque avant de clore.");
    expect(await faults()).toEqual([]);
  });

  it("that_were_not_told_in_time_say_by_how_much", async () => {
    const { keys, practice } = await open("breaches");
    await until("Aucune violation");
    await keys("n");
    await until("Nouvelle violation");
    await keys("Vol d’un poste{Control>}{Enter}{/Control}");
    await until("Reste pour notifier");
    practice.now = "2026-11-27T11:14";
    practice.announce("privacy");
    await until("Délai dépassé de");
    expect(document.querySelector('[role="timer"] .count')?.textContent?.replace(/[^\d:]/g, "")).toMatch(/^1:0[01]:\d\d$/);
  });
});

describe("reviews", () => {
  it("begin_with_what_the_program_knows_and_are_kept_when_every_point_is_answered", async () => {
    const { keys, host } = await open("reviews");
    await until("La revue est en retard");
    expect(await faults()).toEqual([]);
    await keys("n");
    await until("1 point sans réponse");
    expect(await faults()).toEqual([]);
    const last = [...document.querySelectorAll<HTMLInputElement>('li input[value="good"]')].at(-1);
    last?.click();
    last?.focus();
    await settle();
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "save_review")).toMatchObject({ id: null }));
    await until("1 point ouvert");
    document.querySelector<HTMLElement>('input[value="documents"]')?.click();
    await until("Affiche pour la salle d’attente");
    document.querySelector<HTMLElement>('input[value="ar"]')?.click();
    await settle();
    [...document.querySelectorAll("button")].find((one) => one.textContent?.includes("Afficher"))?.click();
    await waitFor(() => expect(lastAsked(host, "print_register")).toMatchObject({ register: "notice", language: "ar" }));
    preview.close();
    expect(await faults()).toEqual([]);
  });
});
