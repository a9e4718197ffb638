// Persons' rights by keyboard: a request taken in, its clock, its execution and receipt; consents; a limited record.
import { beforeAll, describe, expect, it } from "vitest";
import type { PatientId } from "$backend/types";
import { hostOver } from "$backend/fake/host";
import { demonstrationPractice, emptyPractice } from "$backend/fake/seed";
import { preview } from "$kit/state/preview.svelte";
import { route } from "$kit/state/route.svelte";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle } from "./testing";

const open = (options: Parameters<typeof openAt>[2] = {}) =>
  openAt("privacy", ".shown h2", { as: "lefevre", about: { part: "requests" }, ...options });

beforeAll(async () => {
  await import("../features/privacy/Screen.svelte");
  await import("../features/privacy/requests/Requests.svelte");
  await import("../features/privacy/consents/Consents.svelte");
  await import("../features/privacy/disclosures/Disclosures.svelte");
  await import("../features/patients/Screen.svelte");
  await import("../features/record/Screen.svelte");
}, 60_000);

describe("the register of requests", () => {
  it("shows_its_clocks_and_opens_one_by_enter", async () => {
    const { keys } = await open();
    await until("En retard de");
    expect(pageText()).toContain("Accès");
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLElement>("tbody tr")?.focus();
    await keys("{Enter}");
    expect(route.place.about).toMatchObject({ part: "requests", id: "request-1" });
    await until("L’identité n’est pas encore vérifiée");
    expect(await faults()).toEqual([]);
    await keys("{Escape}");
    await settle();
    expect(route.place.about["id"]).toBeUndefined();
  });

  it("is_empty_and_names_the_next_key", async () => {
    const { keys } = await open({ practice: emptyPractice() });
    await until("Aucune demande en cours");
    await keys("n");
    await until("Enregistrer la demande");
    const name = [...document.querySelectorAll("label")].find((one) => one.textContent?.includes("Nom de qui demande"));
    document.getElementById(name?.htmlFor ?? "")?.focus();
    await keys("Marie Dupont{Enter}");
    await until("Accusé de réception");
    expect(pageText()).toContain("Marie Dupont");
    expect(pageText()).toContain("30 jours");
  });

  it("executes_an_erasure_in_two_presses_and_shows_the_receipt", async () => {
    const { host, user } = await open({ about: { part: "requests", id: "request-2" } });
    await until("L’identité n’est pas encore vérifiée");
    const patient = host.practice.patients[1];
    host.practice.chart.entries = host.practice.chart.entries.filter((one) => one.patient !== patient?.id);
    const button = (words: string) => [...document.querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent?.includes(words));
    const press = async (words: string) => {
      const found = button(words);
      if (!found) throw new Error(`no button ${words}`);
      await user.click(found);
      await settle();
    };
    await press("Identité vérifiée");
    await until("Effacer la personne");
    await until("Seront effacés partout");
    await press("Effacer la personne");
    expect(lastAsked(host, "execute_request"), "one press asks nothing").toBeUndefined();
    await press("Effacer définitivement");
    await until("Ce qui a vraiment été fait");
    expect(pageText()).toContain("Rien ne se trouvait chez un prestataire");
    expect(host.practice.patients.some((one) => one.id === patient?.id)).toBe(false);
    expect(preview.file?.name, "the letter, this once").toBe("reponse-demande.pdf");
    preview.close();
    expect(toastText()).toContain("Demande exécutée");
    expect(await faults()).toEqual([]);
  });

  it("an_access_leads_to_the_copy_and_back_and_is_closed_by_it", async () => {
    URL.createObjectURL = () => "blob:x";
    URL.revokeObjectURL = () => undefined;
    const { host, user } = await open({ about: { part: "requests", id: "request-1" } });
    await until("L’identité n’est pas encore vérifiée");
    const press = async (words: string) => {
      const found = [...document.querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent?.includes(words));
      if (!found) throw new Error(`no button ${words}`);
      await user.click(found);
      await settle();
    };
    await press("Identité vérifiée");
    await until("Exporter ses données");
    await press("Exécuter et clore");
    await until("Le journal ne montre encore rien");
    await press("Exporter ses données");
    await until("Rien sur d’autres personnes");
    const dialog = document.querySelector<HTMLElement>('[role="dialog"]');
    const box = dialog?.querySelector<HTMLInputElement>('input[type="checkbox"]');
    if (!box) throw new Error("the panel did not open by itself");
    await user.click(box);
    await user.click(dialog?.querySelector<HTMLButtonElement>('button[type="submit"]') as HTMLButtonElement);
    await settle();
    expect(lastAsked(host, "export_person")).toMatchObject({ patient_id: host.practice.patients[0]?.id });
    await press("Revenir à la demande");
    expect(route.place.about).toMatchObject({ part: "requests", id: "request-1" });
    await until("Exécuter et clore");
    await press("Exécuter et clore");
    await until("Ce qui a vraiment été fait");
    expect(await faults()).toEqual([]);
  });

  it("says_until_when_a_record_is_kept", async () => {
    const practice = demonstrationPractice();
    const { host } = await open({ practice });
    const of = host.practice.chart.entries[0]?.patient;
    await host.invoke("take_request", { kind: "erasure", by_whom: "person", way: "desk", patient_id: of, name: "", contact: "", content: "", language: "fr", received_on: "", proof: "known" });
    const listed = (await host.invoke("list_requests", { closed: false })) as { requests: { id: string }[] };
    route.go("privacy", { part: "requests", id: listed.requests.at(-1)?.id ?? "" });
    await until("La loi oblige à conserver le dossier médical");
    expect(pageText()).toContain("Possible à partir du");
    expect(pageText()).not.toContain("Effacer la personne");
  });

  it("lets_a_secretary_take_a_request_in_and_no_more", async () => {
    const { keys, host } = await open({ as: "samia", about: {} });
    await until("Enregistrer la demande");
    expect(document.querySelector("tbody tr")).toBeNull();
    expect(pageText()).not.toContain("Échéances");
    const name = [...document.querySelectorAll("label")].find((one) => one.textContent?.includes("Nom de qui demande"));
    document.getElementById(name?.htmlFor ?? "")?.focus();
    await keys("Paul Durand{Enter}");
    await until("Demande enregistrée");
    expect(host.asked.some((one) => one.name === "list_requests")).toBe(false);
    expect(await faults()).toEqual([]);
  });
});

describe("consents", () => {
  it("keep_the_words_that_were_shown_when_the_text_changes", async () => {
    const { user, host } = await open({ about: { part: "consents" } });
    await until("Rappels par SMS");
    expect(await faults()).toEqual([]);
    const edit = [...document.querySelectorAll<HTMLButtonElement>("li button")].find((one) => one.textContent?.includes("Modifier"));
    if (!edit) throw new Error("no edit");
    await user.click(edit);
    const text = document.querySelector<HTMLTextAreaElement>("form textarea");
    if (!text) throw new Error("no text");
    await user.type(text, " Vraiment.");
    await until("ce sera la version suivante");
    const save = [...document.querySelectorAll<HTMLButtonElement>("form button")].find((one) => one.textContent?.includes("Enregistrer"));
    if (save) await user.click(save);
    await until("version 2");
    expect(pageText()).toContain("Versions antérieures : 1");
    expect((lastAsked(host, "save_consent_purpose") as { revision: number }).revision).toBe(1);
  });
});

describe("in the patient's file and record", () => {
  it("a_consent_is_noted_and_taken_back_and_an_objection_stands_in_the_head", async () => {
    const practice = demonstrationPractice();
    const patient = practice.patients[0]?.id as PatientId;
    const { user } = await openAt("patients", "[role=tab]", { as: "lefevre", practice, about: { patient } });
    const button = (words: string) => [...document.querySelectorAll<HTMLElement>("button, [role=tab]")].find((one) => one.textContent?.trim().startsWith(words));
    const press = async (words: string) => {
      const found = button(words);
      if (!found) throw new Error(`no button ${words}`);
      await user.click(found);
      await settle();
    };
    await press("Droits");
    await until("Non demandé");
    expect(await faults()).toEqual([]);
    await press("Noter");
    await until("J’accepte que le cabinet");
    await press("Noter le consentement");
    await until("Donné");
    await press("Retirer");
    await until("Retiré");
    await press("Limiter ou noter");
    const reason = [...document.querySelectorAll("label")].find((one) => one.textContent?.trim().startsWith("Motif"));
    await user.type(document.getElementById(reason?.htmlFor ?? "") as HTMLElement, "Ne veut pas figurer ailleurs{Enter}");
    await until("Opposition · Agenda publié");
    expect(await faults()).toEqual([]);
  });

  it("a_limited_record_opens_for_a_ground_and_offers_no_writing", async () => {
    const practice = demonstrationPractice();
    const patient = practice.patients[0]?.id as PatientId;
    practice.user = practice.users.find((one) => one.login === "lefevre") ?? null;
    const host = hostOver(practice);
    await host.invoke("restrict", { patient_id: patient, kind: "limitation", scope: "all", ground: "accuracy_contested", reason: "Conteste", since: "" });
    const { user } = await openAt("record", "form fieldset", { as: "lefevre", practice, about: { patient } });
    await until("Ce dossier est limité");
    expect(await faults()).toEqual([]);
    const open = [...document.querySelectorAll<HTMLButtonElement>("form button")].find((one) => one.textContent?.includes("Ouvrir le dossier"));
    if (open) await user.click(open);
    await until("Dossier limité depuis le");
    expect(pageText()).not.toContain("Prescrire");
    expect(document.querySelectorAll(".entry").length).toBeGreaterThan(0);
  });
});
