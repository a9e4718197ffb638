// The portal by keyboard: switched on step by step, suspended and left; what came from it decided; the mark in the header.
import { beforeAll, describe, expect, it } from "vitest";
import { hostOver } from "$backend/fake/host";
import { portalRoom } from "$backend/fake/portal";
import { type Standing, withPortal } from "$backend/fake/portal_sample";
import { demonstrationPractice } from "$backend/fake/seed";
import type { SyncView } from "$backend/types";
import { longDate } from "$kit/format";
import { preview } from "$kit/state/preview.svelte";
import { route } from "$kit/state/route.svelte";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { agenda } from "../features/agenda/agenda.svelte";
import { faults, fireEvent, screen, settle, waitFor } from "./testing";

const PART = 'nav button[aria-current="page"]';
const settings = (standing: Standing | null = null, options: Parameters<typeof openAt>[2] = {}) => {
  const practice = demonstrationPractice();
  if (standing) withPortal(practice, standing);
  return openAt("settings", PART, { as: "lefevre", about: { part: "portal" }, practice, ...options });
};
const inbox = (options: Parameters<typeof openAt>[2] = {}) => openAt("portal", PART, { as: "samia", practice: withPortal(demonstrationPractice()), ...options });
const rows = (): string[] => [...document.querySelectorAll('[role="option"]')].map((row) => row.textContent?.replace(/\s+/g, " ").trim() ?? "");
const header = (): string => document.querySelector("header")?.textContent?.replace(/\s+/g, " ") ?? "";
const field = (label: string): HTMLInputElement => {
  const found = [...document.querySelectorAll("label")].find((one) => one.textContent?.includes(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
};
const tick = async (name: RegExp): Promise<void> => {
  await fireEvent.click(screen.getByRole("checkbox", { name }));
  await settle();
};

beforeAll(async () => {
  await Promise.all([import("../features/settings/Screen.svelte"), import("../features/settings/portal/Portal.svelte"), import("../features/portal/Screen.svelte"), import("../features/agenda/Screen.svelte"), import("../features/waiting_list/Screen.svelte")]);
}, 120_000);

describe("switching the portal on", () => {
  it("goes_step_by_step_and_sends_nothing_before_the_signature", async () => {
    const { keys, user, host } = await settings();
    await until("Rien ne part tant que vous n’avez pas signé");
    expect(header(), "no portal is spoken of while there is none").not.toContain("Portail");
    expect(await faults()).toEqual([]);
    await keys("m");
    await until("Quel portail");
    expect(document.activeElement).toBe(field("Adresse du portail"));
    expect(await faults()).toEqual([]);
    await keys("http://rdv.example.org{Enter}");
    await waitFor(() => expect(field("Adresse du portail").getAttribute("aria-invalid")).toBe("true"));
    await user.clear(field("Adresse du portail"));
    await user.type(field("Adresse du portail"), "https://rdv.example.org/");
    await user.type(field("Nom du cabinet au portail"), "cabinet-tilleuls");
    await user.type(field("Secret"), "s3cret");
    await keys("{Enter}");
    await until("3F9A");
    expect(await faults()).toEqual([]);
    const next = (words: string) => screen.getByRole("button", { name: new RegExp(words) }) as HTMLButtonElement;
    expect(next("Continuer").disabled, "a key that was not compared leads no further").toBe(true);
    await tick(/J’ai comparé/);
    screen.getByRole("heading", { name: "Est-ce bien lui ?" }).focus();
    await keys("{Enter}");
    await until("Quels agendas");
    expect(await faults()).toEqual([]);
    await user.click(next("Voir ce qui partirait"));
    await waitFor(() => expect(field("E-mail pour les données").getAttribute("aria-invalid")).toBe("true"));
    await user.type(field("E-mail pour les données"), "donnees@cabinet.example");
    await tick(/Adresse e-mail/);
    await user.click(next("Voir ce qui partirait"));
    await until("Champs qui partiraient");
    expect(pageText()).toContain("heures en UTC");
    expect(await faults()).toEqual([]);
    expect(lastAsked(host, "preview_sync")).toMatchObject({ terms: { email: true, birth_date: false, controller_email: "donnees@cabinet.example" } });
    await fireEvent.click(screen.getByRole("radio", { name: "Au mot près" }));
    await settle();
    expect(document.querySelector("pre")?.textContent).toContain('"resourceType":"Appointment"');
    expect(next("Continuer").disabled).toBe(true);
    await tick(/J’ai regardé/);
    await user.click(next("Continuer"));
    await until("Dès la signature");
    expect(host.asked.some((one) => one.name === "sign_sync_instruction"), "nothing is signed yet").toBe(false);
    expect(await faults()).toEqual([]);
    await user.click(next("Signer et relier"));
    await until("Instructions signées");
    expect(toastText()).toContain("Instruction signée");
    expect(lastAsked(host, "sign_sync_instruction")).toMatchObject({ address: "https://rdv.example.org", client_id: "cabinet-tilleuls", client_secret: "s3cret", previewed: true });
    await waitFor(() => expect(header()).toContain("portail"));
  });

  it("goes_back_by_escape_and_says_where_a_plain_server_falls_short", async () => {
    const { keys, user, host } = await settings();
    await until("Rien ne part");
    await keys("m");
    await until("Quel portail");
    await user.type(field("Adresse du portail"), "https://fhir.example.org/r4");
    await user.type(field("Nom du cabinet au portail"), "cabinet");
    await user.type(field("Secret"), "faux");
    await keys("{Enter}");
    await until("serveur FHIR ordinaire");
    expect(await faults()).toEqual([]);
    screen.getByRole("button", { name: /Continuer/ }).focus();
    await keys("{Escape}");
    await until("Quel portail");
    expect(field("Adresse du portail").value).toBe("https://fhir.example.org/r4");
    field("Adresse du portail").focus();
    await keys("{Escape}");
    await until("Rien ne part tant que");
    expect(host.asked.some((one) => one.name === "sign_sync_instruction")).toBe(false);
  });

  it("knows_the_key_of_the_instruction_in_force", async () => {
    const { keys, host } = await settings("on");
    await until("Instructions signées");
    await keys("m");
    await until("Quel portail");
    expect(field("Adresse du portail").value).toBe("https://rdv.example.org");
    await keys("{Enter}");
    await until("C’est la clé de l’instruction en vigueur");
    expect(lastAsked(host, "look_at_portal")).toMatchObject({ address: "https://rdv.example.org" });
  });
});

describe("a portal that is on", () => {
  it("shows_its_state_its_instructions_and_prints_them", async () => {
    const { keys, host } = await settings("on");
    await until("Portail à jour");
    expect(pageText()).toContain("Version 2");
    expect(pageText()).toContain("Adresse e-mail");
    expect(pageText()).toContain("Signature valide");
    expect(await faults()).toEqual([]);
    await keys("i");
    await waitFor(() => expect(preview.file?.name).toBe("instruction-2-fr.pdf"));
    preview.close();
    await settle();
    await keys("n");
    await waitFor(() => expect(host.asked.some((one) => one.name === "sync_now")).toBe(true));
    await waitFor(() => expect(toastText()).toContain("Envoyés"));
    await keys("s");
    await until("Rien ne part et rien n’entre");
    expect(header()).toContain("Portail suspendu");
    expect(await faults()).toEqual([]);
    await keys("s");
    await waitFor(() => expect(toastText()).toContain("reprise"));
  });

  it("says_all_that_was_signed", async () => {
    const { host } = await settings("on");
    await until("Portail à jour");
    const { instruction } = (await host.invoke("show_sync", {})) as SyncView;
    const { terms } = instruction ?? expect.fail("an instruction is in force");
    const bare = pageText().replace(/[\u2066-\u2069]/g, "");
    const whole = [longDate(terms.from_on), `${terms.horizon_days} jours d’avance`, terms.controller, terms.controller_address, terms.controller_email, terms.officer, terms.registration, "Français"];
    expect(whole).not.toContain("");
    for (const said of [...whole, ...terms.reminder_hours.map((n) => `rappel ${n} h avant`)]) expect(bare).toContain(said);
  });

  it("leads_from_a_persons_request_to_the_register", async () => {
    const { keys } = await settings("on");
    await until("venues du portail");
    document.querySelector<HTMLElement>("tbody tr[tabindex]")?.focus();
    await keys("{Enter}");
    expect(route.place).toMatchObject({ screen: "privacy", about: { part: "requests", id: "request-1" } });
  });

  it("tells_how_long_it_has_been_unreachable_and_what_waits", async () => {
    await settings("unreachable");
    await until("Portail injoignable");
    expect(header()).toContain("3 à envoyer");
    expect(pageText()).toContain("Nouvel essai dans");
    expect(pageText()).toContain("rien n’est perdu");
    expect(await faults()).toEqual([]);
  });

  it("says_a_refusal_in_a_sentence_and_where_to_mend_it", async () => {
    const { user } = await settings("refused");
    await until("corrigez la fiche, il repartira");
    expect(header()).toContain("1 refusé par le portail");
    expect(pageText()).not.toContain("value_not_taken");
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("button", { name: /Voir dans l’agenda/ }));
    expect(route.place.screen).toBe("agenda");
    expect(route.place.about["appointment"]).toBeTruthy();
  });

  it("asks_for_the_secret_where_this_account_has_none", async () => {
    const { user, host, keys } = await settings("keyless");
    await until("Secret absent de ce compte");
    expect(await faults()).toEqual([]);
    await user.type(field("Secret"), "nouveau");
    await keys("{Enter}");
    await waitFor(() => expect(lastAsked(host, "set_sync_secret")).toEqual({ client_id: "cabinet-tilleuls", client_secret: "nouveau" }));
    await waitFor(() => expect(pageText()).not.toContain("Secret absent de ce compte"));
  });

  it("ends_only_when_its_name_was_typed_and_keeps_the_confirmation", async () => {
    const { user, host } = await settings("on");
    await until("Rendre et détruire…");
    await user.click(screen.getByRole("button", { name: /Rendre et détruire…/ }));
    await until("Pour confirmer, tapez");
    expect(await faults()).toEqual([]);
    const destroy = () => [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button[type="submit"]')][0] as HTMLButtonElement;
    await user.type(field("Dossier où écrire"), "cle");
    await user.type(field("Pour confirmer"), "rdv.example");
    expect(destroy().disabled).toBe(true);
    await user.type(field("Pour confirmer"), ".org");
    await user.click(destroy());
    await waitFor(() => expect(field("Dossier où écrire").getAttribute("aria-invalid")).toBe("true"));
    await user.clear(field("Dossier où écrire"));
    await user.type(field("Dossier où écrire"), "/media/cle");
    await user.click(destroy());
    await until("la confirmation est signée et gardée");
    expect(lastAsked(host, "return_and_destroy")).toEqual({ into: "/media/cle", confirm: "rdv.example.org" });
    expect(await faults()).toEqual([]);
    await user.click([...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button')].at(-1) as HTMLButtonElement);
    await until("Le contrat est terminé");
    expect(pageText()).toContain("Destruction de tout");
    await waitFor(() => expect(header()).not.toContain("Portail"));
  });

  it("reads_from_right_to_left", async () => {
    await settings("refused", { language: "ar" });
    await until("رفضته البوابة");
    expect(document.documentElement.dir).toBe("rtl");
    expect(await faults()).toEqual([]);
  });
});

describe("what came from the portal", () => {
  it("is_gone_through_by_keyboard_and_a_request_is_accepted_and_taken_back", async () => {
    const { keys, host, practice, user } = await inbox();
    await until("Demande de rendez-vous");
    expect(rows()[0]).toContain("Demande de rendez-vous");
    expect(await faults()).toEqual([]);
    const before = portalRoom(practice).notices.filter((one) => one.kind === "request" && !one.seen).length;
    expect(document.querySelector('nav button[aria-current="page"] .badge')?.textContent).toContain("3");
    await keys("a");
    await waitFor(() => expect(lastAsked(host, "accept_portal_request")).toBeDefined());
    const { id } = lastAsked(host, "accept_portal_request") as { id: string };
    expect(practice.appointments.find((one) => one.id === id)?.status).toBe("booked");
    expect(toastText()).toContain("Demande acceptée");
    expect(portalRoom(practice).notices.filter((one) => one.kind === "request" && !one.seen).length).toBe(before - 1);
    await user.click(screen.getByRole("button", { name: /Annuler la dernière|Annuler/ }));
    await waitFor(() => expect(practice.appointments.find((one) => one.id === id)?.status).toBe("requested"));
  });

  it("is_declined_and_a_clash_is_marked_as_seen", async () => {
    const { keys, host } = await inbox();
    await until("Demande de rendez-vous");
    await keys("r");
    await waitFor(() => expect(lastAsked(host, "decline_portal_request")).toBeDefined());
    await keys("{ArrowDown}");
    await until("l’agenda du cabinet l’emporte");
    expect(await faults()).toEqual([]);
    await keys("v");
    await waitFor(() => expect(lastAsked(host, "mark_portal_notice")).toBeDefined());
    await keys("o");
    await until("Confirmé en ligne");
  });

  it("leads_to_the_agenda_and_to_the_waiting_list_where_it_is_marked", async () => {
    const { keys } = await inbox();
    await until("Demande de rendez-vous");
    for (let i = 0; i < rows().length; i++) await keys("{ArrowDown}");
    await until("s’est inscrite sur la liste d’attente");
    await keys("g");
    await waitFor(() => expect(route.place.screen).toBe("waiting_list"));
    await until("Inscrit en ligne");
    expect(document.querySelector('[role="option"][aria-selected="true"]')?.textContent).toContain("Inscrit en ligne");
    expect(await faults()).toEqual([]);
    route.go("portal");
    await until("Demande de rendez-vous");
    await keys("g");
    expect(route.place.screen).toBe("agenda");
    expect(route.place.about["appointment"]).toBeTruthy();
  });

  it("reads_from_right_to_left", async () => {
    await inbox({ language: "ar" });
    await until("طلب موعد");
    expect(await faults()).toEqual([]);
  });
});

describe("the appointment", () => {
  it("of_a_request_offers_to_accept_or_decline_and_says_that_it_came_online", async () => {
    const practice = withPortal(demonstrationPractice());
    const asked = practice.appointments.find((one) => one.status === "requested" && one.origin === "portal");
    const { host, user } = await openAt("agenda", '[role="grid"] [role="row"]', { practice, as: "samia", about: { date: asked?.day ?? "", appointment: asked?.id ?? "" } });
    await waitFor(() => expect(document.querySelector(`[data-id="${asked?.id ?? ""}"]`)).not.toBeNull());
    
    const block = document.querySelector<HTMLElement>(`[data-id="${asked?.id ?? ""}"]`);
    expect(block?.getAttribute("aria-label")).toContain("Pris en ligne");
    agenda.opened = asked?.id ?? null;
    await until("Ne jamais transmettre au portail");
    await waitFor(() => expect(pageText()).toMatch(/Au portail, à jour|À envoyer au portail/));
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("checkbox", { name: "Ne jamais transmettre au portail" }));
    await until("Jamais transmis : le portail voit un temps occupé");
    expect(lastAsked(host, "set_never_sync")).toEqual({ id: asked?.id, never: true });
    await user.click(screen.getByRole("button", { name: "Refuser" }));
    await waitFor(() => expect(lastAsked(host, "decline_portal_request")).toEqual({ id: asked?.id }));
  });

  it("is_never_told_when_it_is_marked", async () => {
    const practice = withPortal(demonstrationPractice());
    practice.user = practice.users.find((one) => one.login === "lefevre") ?? null;
    const host = hostOver(practice);
    const one = practice.appointments.find((other) => other.day > practice.today && other.status === "booked" && other.origin === "phone");
    if (!one) throw new Error("nobody is booked");
    await host.invoke("set_never_sync", { id: one.id, never: true });
    expect(await host.invoke("show_sync_appointment", { id: one.id })).toMatchObject({ state: "never", never: true });
    const shown = (await host.invoke("preview_sync", { terms: null, limit: null })) as { withheld: number; payloads: string[] };
    expect(shown.withheld).toBe(1);
    expect(shown.payloads.some((line) => line.includes(one.code)), "nothing of it is in a payload").toBe(false);
  });
});

describe("booking", () => {
  const name = "Ne jamais transmettre au portail";
  const open = (practice = demonstrationPractice()) => openAt("agenda", '[role="grid"] [role="row"]', { practice, as: "samia" });
  const box = (): HTMLInputElement | null => screen.queryByRole<HTMLInputElement>("checkbox", { name });

  it("offers_never_to_tell_the_portal_and_the_key_does_it_while_one_types", async () => {
    const { keys, host } = await open(withPortal(demonstrationPractice()));
    await keys("{Control>}k{/Control}");
    await keys("dup");
    await until("ne jamais transmettre au portail");
    expect(box()?.checked).toBe(false);
    expect(await faults()).toEqual([]);
    await keys("{Shift>}{F6}{/Shift}");
    expect(box()?.checked).toBe(true);
    expect(document.activeElement?.getAttribute("role"), "one types on").toBe("combobox");
    await keys("{Enter}");
    await waitFor(() => expect(lastAsked(host, "book_appointment")).toMatchObject({ never_sync: true }));
    // The next one is told, unless somebody says so again.
    await keys("{Escape}{Control>}k{/Control}");
    await keys("dup");
    await waitFor(() => expect(box()?.checked).toBe(false));
    await keys("{Shift>}{F6}{/Shift}{Shift>}{F6}{/Shift}{Enter}");
    await waitFor(() => expect(lastAsked(host, "book_appointment")).toMatchObject({ never_sync: false }));
  });

  it("hands_it_on_to_a_series_and_keeps_it_with_what_is_put_aside", async () => {
    const { keys, host } = await open(withPortal(demonstrationPractice()));
    await keys("{Control>}k{/Control}");
    await keys("dup");
    await keys("{Shift>}{F6}{/Shift}{F2}");
    await keys("{F3}");
    await waitFor(() => expect(box()?.checked, "taken back whole").toBe(true));
    await keys("{F7}");
    await waitFor(() => expect(document.querySelector('[role="dialog"]')).not.toBeNull());
    await waitFor(() => expect(box()?.checked).toBe(true));
    expect(await faults()).toEqual([]);
    await waitFor(() => expect(document.querySelectorAll("ol button").length).toBeGreaterThan(0));
    await keys("{Control>}{Enter}{/Control}");
    await waitFor(() => expect(lastAsked(host, "book_series")).toMatchObject({ never_sync: true }));
  });

  it("says_nothing_of_it_where_there_is_no_portal", async () => {
    const { keys, host } = await open();
    await keys("{Control>}k{/Control}");
    await keys("dup");
    await waitFor(() => expect(document.querySelectorAll(".chips button").length).toBeGreaterThan(0));
    expect(box()).toBeNull();
    await keys("{Shift>}{F6}{/Shift}{Enter}");
    await waitFor(() => expect(lastAsked(host, "book_appointment")).toMatchObject({ never_sync: false }));
  });

  it("reads_from_right_to_left", async () => {
    const { keys } = await openAt("agenda", '[role="grid"] [role="row"]', { practice: withPortal(demonstrationPractice()), as: "samia", language: "ar" });
    await keys("{Control>}k{/Control}");
    await keys("dup");
    await until("لا يُرسل أبدا إلى البوابة");
    expect(await faults()).toEqual([]);
  });
});

describe("what the portal refused", () => {
  it("is_told_again_from_the_settings", async () => {
    const { user, host } = await settings("refused");
    await until("Transmettre de nouveau");
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Transmettre de nouveau" }));
    await waitFor(() => expect(lastAsked(host, "tell_portal_again")).toEqual({ id: null }));
    await waitFor(() => expect(screen.queryByRole("button", { name: "Transmettre de nouveau" })).toBeNull());
  });

  it("is_told_again_from_the_appointment", async () => {
    const practice = withPortal(demonstrationPractice(), "refused");
    const id = portalRoom(practice).refused[0]?.appointment_id;
    const one = practice.appointments.find((other) => other.id === id);
    const { user, host } = await openAt("agenda", '[role="grid"] [role="row"]', { practice, as: "samia", about: { date: one?.day ?? "", appointment: one?.id ?? "" } });
    agenda.opened = one?.id ?? null;
    await until("Refusé par le portail");
    expect(await faults()).toEqual([]);
    await user.click(screen.getByRole("button", { name: "Transmettre de nouveau" }));
    await waitFor(() => expect(lastAsked(host, "tell_portal_again")).toEqual({ id: one?.id }));
    await waitFor(() => expect(pageText()).toMatch(/À envoyer au portail|Au portail, à jour/));
  });
});
