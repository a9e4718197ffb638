// The guided restore by keyboard alone, from the entrance and from the settings, and what fails beside its field.
import { describe, expect, it } from "vitest";
import { FAKE_PASSWORD, FAKE_RECOVERY_KEY } from "$backend/fake/entrance";
import { demonstrationPractice, noPractice } from "$backend/fake/seed";
import { preferences } from "$kit/state/preferences.svelte";
import { restoring } from "$kit/state/restoring.svelte";
import { session } from "$kit/state/session.svelte";
import { focused, lastAsked, openAt, pageText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const NEW = "Tilleuls-2026!!";
const PATIENCE = { timeout: 90_000 };
const h1 = (): string => document.querySelector("h1")?.textContent?.trim() ?? "";
const at = (title: string) => waitFor(() => expect(h1()).toBe(title), { timeout: 10_000 });

function button(words: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>("button")].findLast((one) => one.textContent?.includes(words));
  if (!found) throw new Error(`no button says ${words}`);
  return found;
}

/** The demonstration's people as a practice of their own: a demonstration is not restored. */
function practice() {
  restoring.stop();
  const own = demonstrationPractice();
  own.demonstration = false;
  return own;
}

async function fromSignIn(options: Parameters<typeof openAt>[2] = {}) {
  // Before the sign-in the page speaks the language of this computer.
  preferences.language = options.language ?? "fr";
  const opened = await openAt("entrance", "h1", { practice: practice(), ...options });
  button(options.language === "ar" ? "استرجاع" : "Restaurer").focus();
  await opened.keys("{Enter}");
  await waitFor(() => expect(document.querySelector("fieldset input[type=radio]")).not.toBeNull());
  await settle();
  return opened;
}

describe("from the sign-in screen", () => {
  it("goes_to_its_end_by_enter_and_a_password_alone", async () => {
    const { keys, host } = await fromSignIn();
    expect(h1()).toBe("Quelle sauvegarde ?");
    expect((document.activeElement as HTMLInputElement).type).toBe("radio");
    await keys("{Enter}");
    await at("Ce qu’elle contient");
    expect(pageText()).toContain("Chaque octet a été lu");
    await keys("{Enter}");
    await at("Qui l’ouvre ?");
    await waitFor(() => expect(document.querySelector("input[type=password]")).not.toBeNull());
    document.querySelector<HTMLInputElement>("input[type=password]")?.focus();
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await at("Ce qui va se passer");
    expect(pageText()).toContain("Le coffre actuel y est déplacé et gardé");
    expect(pageText()).toContain("practice-before-restore-…");
    expect(pageText()).toContain("leur liste est appliquée");
    expect(focused()).toContain("Restaurer maintenant");
    await keys("{Enter}");
    await at("Le cabinet est restauré");
    expect(lastAsked(host, "restore_backup")).toMatchObject({ credentials: { by: "password", password: FAKE_PASSWORD } });
    expect(pageText()).toContain("practice-before-restore-20261124T101400Z");
    expect(focused()).toContain("Entrer");
    await keys("{Enter}");
    await at("Qui êtes-vous ?");
    expect(restoring.open).toBe(false);
  });

  it("can_be_left_by_escape_at_every_step", async () => {
    const { keys } = await fromSignIn();
    await keys("{Enter}");
    await at("Ce qu’elle contient");
    await keys("{Escape}");
    await at("Quelle sauvegarde ?");
    await keys("{Escape}");
    await at("Qui êtes-vous ?");
  });

  it("says_a_wrong_password_beside_it_and_keeps_the_answers", async () => {
    const { keys } = await fromSignIn();
    await keys("{Enter}");
    await at("Ce qu’elle contient");
    await keys("{Enter}");
    await at("Qui l’ouvre ?");
    document.querySelector<HTMLInputElement>("input[type=password]")?.focus();
    await keys("faux{Enter}");
    await at("Ce qui va se passer");
    await keys("{Enter}");
    await at("Qui l’ouvre ?");
    await waitFor(() => expect(focused()).toContain("Mot de passe de ce jour-là"));
    expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true");
  });

  it("says_a_damaged_file_beside_it", async () => {
    const { keys } = await fromSignIn();
    const path = [...document.querySelectorAll<HTMLInputElement>("input")].find((one) => one.type === "text");
    path?.focus();
    await keys("{Control>}a{/Control}/media/disque/damaged.semainier-backup{Enter}");
    await until("abîmée ou coupée");
    expect(h1()).toBe("Quelle sauvegarde ?");
    expect(document.activeElement).toBe(path);
    await keys("{Control>}a{/Control}/tmp/lettre.pdf{Enter}");
    await until("n’est pas une sauvegarde");
  });

  it("stops_by_escape_and_says_that_nothing_was_touched", async () => {
    const own = practice();
    own.restoreMilliseconds = 3_000;
    const { keys, host } = await fromSignIn({ practice: own });
    await keys("{Enter}");
    await until("La sauvegarde est lue en entier");
    await waitFor(() => expect(document.querySelector('[role="progressbar"]')?.getAttribute("aria-valuenow")).not.toBeNull(), { timeout: 3_000 });
    document.querySelector<HTMLElement>(".actions button")?.focus();
    await keys("{Escape}");
    await until("Arrêté : rien n’a été touché.");
    expect(host.asked.some((one) => one.name === "cancel_restore")).toBe(true);
    expect(h1()).toBe("Quelle sauvegarde ?");
  });

  it("is_not_offered_in_the_demonstration", async () => {
    restoring.stop();
    await openAt("entrance", "h1", { practice: demonstrationPractice() });
    expect(pageText()).not.toContain("Restaurer une sauvegarde");
  });
});

describe("on a new computer", () => {
  it("takes_the_path_of_a_file_and_the_recovery_key", async () => {
    restoring.stop();
    const own = noPractice();
    own.demonstration = false;
    const { keys, host } = await openAt("entrance", "h1", { practice: own });
    button("Restaurer une sauvegarde").focus();
    await keys("{Enter}");
    await until("Aucune sauvegarde dans le dossier du coffre");
    await waitFor(() => expect(focused()).toContain("Fichier de sauvegarde"));
    await keys("/media/disque/semainier.semainier-backup{Enter}");
    await at("Ce qu’elle contient");
    await keys("{Enter}");
    await at("Qui l’ouvre ?");
    expect(pageText()).toContain("seule la clé de secours l’ouvre ici");
    document.querySelector<HTMLTextAreaElement>("textarea")?.focus();
    await keys(FAKE_RECOVERY_KEY.toLowerCase());
    for (const nth of [0, 1]) {
      [...document.querySelectorAll<HTMLInputElement>("input[type=password]")][nth]?.focus();
      await keys(NEW);
    }
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await at("Ce qui va se passer");
    expect(pageText()).not.toContain("before-restore");
    expect(pageText()).toContain("qui a été effacé depuis reviendra");
    await keys("{Enter}");
    await at("Le cabinet est restauré");
    expect(lastAsked(host, "restore_backup")).toMatchObject({
      credentials: { by: "recovery_key", recovery_key: FAKE_RECOVERY_KEY.toLowerCase(), clinical_recovery_key: "", new_password: NEW },
    });
    expect(pageText()).toContain("La liste des effacements manquait");
  });
});

describe("a vault that cannot be read", () => {
  it("offers_the_restore_beside_the_sentence", async () => {
    const own = practice();
    const { host, keys } = await openAt("entrance", "h1", { practice: own });
    const invoke = host.invoke.bind(host);
    host.invoke = (name, request) =>
      name === "read_entrance" ? Promise.reject({ code: "vault_file_damaged", field: null, parameters: {} }) : invoke(name, request);
    document.body.innerHTML = "";
    const { render } = await import("@testing-library/svelte");
    const { default: App } = await import("./App.svelte");
    render(App);
    await until("Le fichier du coffre est abîmé");
    button("Restaurer une sauvegarde").focus();
    await keys("{Enter}");
    await at("Quelle sauvegarde ?");
  });
});

describe("from the settings", () => {
  it("an_administrator_is_led_to_the_same_steps_and_signed_out_at_their_end", async () => {
    const { keys } = await openAt("settings", 'nav button[aria-current="page"]', { practice: practice(), as: "lefevre", about: { part: "backups" } });
    await until("pas à pas");
    button("Restaurer une sauvegarde").focus();
    await keys("{Enter}");
    await at("Quelle sauvegarde ?");
    expect(session.now).not.toBeNull();
    await waitFor(() => expect(document.querySelector("fieldset input[type=radio]")).not.toBeNull());
    await keys("{Enter}");
    await at("Ce qu’elle contient");
    await keys("{Enter}");
    await at("Qui l’ouvre ?");
    document.querySelector<HTMLInputElement>("input[type=password]")?.focus();
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await at("Ce qui va se passer");
    expect(pageText()).toContain("Votre session se ferme");
    await keys("{Enter}");
    await at("Le cabinet est restauré");
    expect(session.now).toBeNull();
    restoring.stop();
  });

  it("comes_back_to_the_backups_by_escape", async () => {
    const { keys } = await openAt("restore", "h1", { practice: practice(), as: "lefevre" });
    await waitFor(() => expect(document.querySelector("fieldset input[type=radio]")).not.toBeNull());
    await settle();
    await keys("{Escape}");
    await until("Exercice de restauration");
  });
});

describe.each(["fr", "ar"] as const)("in %s", PATIENCE, (language) => {
  it("the_steps_have_no_fault", async () => {
    const { keys } = await fromSignIn({ language });
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector("form dl")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector("input[type=password]")).not.toBeNull());
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLInputElement>('input[value="recovery_key"]')?.click();
    await settle();
    expect(await faults()).toEqual([]);
    document.querySelector<HTMLInputElement>('input[value="password"]')?.click();
    await settle();
    document.querySelector<HTMLInputElement>("input[type=password]")?.focus();
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(document.querySelector("form ul")).not.toBeNull());
    expect(await faults()).toEqual([]);
    await keys("{Enter}");
    await waitFor(() => expect(document.querySelector(".result")).not.toBeNull());
    expect(await faults()).toEqual([]);
    restoring.stop();
    preferences.language = "fr";
  });
});
