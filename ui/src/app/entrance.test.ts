// The entrance by keyboard: the first start to its end, signing in, the lock, recovery.
import { describe, expect, it, vi } from "vitest";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { FAKE_CLINICAL_KEY, FAKE_PASSWORD, FAKE_RECOVERY_KEY } from "$backend/fake/entrance";
import { demonstrationPractice, noPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, until } from "./opening";
import { settle, waitFor } from "./testing";

const PASSWORD = "Tilleuls-2026!!";

const h1 = (): string => document.querySelector("h1")?.textContent?.trim() ?? "";

/** From the welcome to the password, by Enter and typing. */
async function toPassword(options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("entrance", "h1", { practice: noPractice(), ...options });
  const { keys } = opened;
  await keys("{Enter}");
  await keys("Cabinet des Tilleuls{Enter}");
  await keys("Dr Claire Lefèvre{Enter}");
  return opened;
}

async function makeVault(options: Parameters<typeof openAt>[2] = {}) {
  const opened = await toPassword(options);
  await opened.keys(PASSWORD);
  await opened.keys("{Tab}{Tab}");
  await opened.keys(PASSWORD);
  await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
  await opened.keys("{Enter}");
  await until("Vos clés de secours");
  return opened;
}

/** The place of the group that is asked for, from its label. */
function asked(index: number): number {
  const label = [...document.querySelectorAll("form label")][index]?.textContent ?? "";
  return Number(/groupe (\d)/.exec(label)?.[1] ?? 0);
}

describe("the first start", () => {
  it("makes_a_practice_by_typing_and_enter_alone", async () => {
    const { host } = await makeVault();
    expect(lastAsked(host, "create_practice")).toMatchObject({
      practice: "Cabinet des Tilleuls",
      country: "FR",
      site: "Cabinet principal",
      zone: "Europe/Paris",
      name: "Dr Claire Lefèvre",
      login: "lefevre",
      role: "practitioner",
      password: PASSWORD,
      language: "fr",
    });
  });

  it("says_beside_the_field_what_is_missing_and_stays", async () => {
    const { keys } = await openAt("entrance", "h1", { practice: noPractice() });
    await keys("{Enter}{Enter}");
    expect(h1()).toBe("Votre cabinet");
    expect(focused()).toContain("Nom du cabinet");
    expect(document.activeElement?.getAttribute("aria-invalid")).toBe("true");
  });

  it("judges_the_password_while_it_is_typed_and_takes_none_that_is_weak", async () => {
    const { keys } = await toPassword();
    await keys("Lefevre2026");
    await until("Allongez-le.");
    await keys("{Enter}");
    expect(h1()).toBe("Votre mot de passe");
    await keys("-encore!");
    await until("(rempli)");
    expect(document.querySelector("li.met")?.textContent).toContain("12 signes");
  });

  it("shows_both_keys_in_numbered_groups_to_a_practitioner", async () => {
    await makeVault();
    const groups = [...document.querySelectorAll("ol[dir=ltr] .group")].map((one) => one.textContent);
    expect(groups).toEqual([...FAKE_RECOVERY_KEY.split("-"), ...FAKE_CLINICAL_KEY.split("-")]);
  });

  it("cannot_be_left_before_the_copy_is_proved", async () => {
    const { keys } = await makeVault();
    await keys("{Escape}");
    expect(h1()).toBe("Vos clés de secours");
    const closing = new Event("beforeunload", { cancelable: true });
    window.dispatchEvent(closing);
    expect(closing.defaultPrevented).toBe(true);
    expect(session.now).toBeNull();
  });

  it("wants_one_group_of_each_key_typed_back_and_refuses_another", async () => {
    const { keys, user } = await makeVault();
    await user.click(document.querySelector<HTMLElement>(".actions .primary") ?? document.body);
    await settle();
    expect(h1()).toBe("Vérifions votre copie");
    await keys("AAAAA{Enter}");
    expect(h1()).toBe("Vérifions votre copie");
    expect(pageText()).toContain("Ce n’est pas ce groupe.");
    await user.clear(document.activeElement as HTMLInputElement);
    // Typed as people do: small letters, letters for the digits they look like.
    const groupOf = (key: string, place: number) => (key.split("-")[place - 1] ?? "").toLowerCase().replaceAll("0", "o");
    await keys(groupOf(FAKE_RECOVERY_KEY, asked(0)));
    await keys("{Tab}");
    await keys(`${groupOf(FAKE_CLINICAL_KEY, asked(1))}{Enter}`);
    await until("Le cabinet est ouvert");
  });

  it("offers_the_take_over_at_its_end_and_goes_there", async () => {
    const { keys, user } = await makeVault();
    await user.click(document.querySelector<HTMLElement>(".actions .primary") ?? document.body);
    await settle();
    await keys(FAKE_RECOVERY_KEY.split("-")[asked(0) - 1] ?? "");
    await keys("{Tab}");
    await keys(`${FAKE_CLINICAL_KEY.split("-")[asked(1) - 1] ?? ""}{Enter}`);
    await until("Apporter mes patients");
    await user.click([...document.querySelectorAll<HTMLElement>("button.card")][0] ?? document.body);
    await until("Déposez le fichier ici");
    expect(session.now?.login).toBe("lefevre");
  });

  it("leads_a_refusal_back_to_the_step_of_its_field", async () => {
    const { keys } = await openAt("entrance", "h1", { practice: noPractice() });
    await keys("{Enter}");
    await keys("Cabinet{Enter}");
    await keys("Claire{Tab}{Tab}");
    const login = [...document.querySelectorAll<HTMLInputElement>("input")].find((one) => one.dir === "ltr");
    login?.focus();
    await keys("{Control>}a{/Control}deux mots{Enter}");
    await keys(PASSWORD);
    await keys("{Tab}{Tab}");
    await keys(PASSWORD);
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await waitFor(() => expect(h1()).toBe("Première personne"));
    expect(focused()).toContain("Identifiant");
    expect(pageText()).toContain("sans espace");
  });
});

describe("signing in", () => {
  it("is_a_name_a_password_and_enter", async () => {
    const { keys } = await openAt("entrance", "h1");
    expect(focused()).toContain("Samia");
    await keys("{ArrowDown}{Enter}");
    expect(focused()).toContain("Mot de passe de Dr Lefèvre");
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(session.now?.login).toBe("lefevre"));
  });

  it("reads_the_day_once_while_the_window_is_still_being_built", async () => {
    const { keys, host } = await openAt("entrance", "h1");
    await keys("{ArrowDown}{Enter}");
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(document.querySelector("[role=grid] [role=row]")).not.toBeNull(), { timeout: 20_000 });
    const names = host.asked.map((one) => one.name).slice(host.asked.findIndex((one) => one.name === "sign_in") + 1);
    expect(names.slice(0, 2)).toEqual(["show_practice", "show_days"]);
    expect(names.filter((name) => name === "show_days")).toHaveLength(1);
  });

  it("counts_down_the_delay_after_failures_and_sends_nothing_meanwhile", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const { keys, host } = await openAt("entrance", "h1");
      await keys("{Enter}");
      for (let i = 0; i < 3; i++) await keys("faux{Enter}");
      const tries = () => host.asked.filter((one) => one.name === "sign_in").length;
      await until("Nouvel essai dans");
      const before = tries();
      await keys(`${FAKE_PASSWORD}{Enter}`);
      expect(tries()).toBe(before);
      await vi.advanceTimersByTimeAsync(3_000);
      await settle();
      expect(pageText()).not.toContain("Nouvel essai dans");
    } finally {
      vi.useRealTimers();
    }
  });

  it("says_a_missing_keyring_once", async () => {
    const practice = demonstrationPractice();
    practice.keyring = false;
    const { user } = await openAt("entrance", "h1", { practice });
    expect(pageText()).toContain("n’a pas de trousseau");
    await user.click([...document.querySelectorAll("button")].find((one) => one.textContent?.includes("J’ai compris")) ?? document.body);
    await settle();
    expect(pageText()).not.toContain("n’a pas de trousseau");
    expect(localStorage.getItem("semainier.keyring_said")).toBe("yes");
  });

  it("takes_the_users_own_language", async () => {
    const { keys, practice } = await openAt("entrance", "h1");
    practice.preferences = { ...practice.preferences, language: "ar" };
    await keys("{Enter}");
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await waitFor(() => expect(preferences.language).toBe("ar"));
  });
});

describe("the lock", () => {
  it("keeps_what_was_typed_and_brings_it_back_to_the_same_person", async () => {
    const { keys, host } = await openAt("patients", '[role="combobox"][aria-controls]');
    await keys("dupont{Enter}");
    await until("Dossier n°");
    await keys("e");
    await new Promise((resolve) => requestAnimationFrame(resolve));
    await keys("-MARTIN");
    await keys("{Control>}l{/Control}");
    await until("Verrouillé");
    await settle();
    expect(session.now).toBeNull();
    expect(pageText()).not.toContain("DUPONT");
    expect(lastAsked(host, "save_draft")).toMatchObject({ kind: "patient", body: expect.stringContaining("DUPONT-MARTIN") });
    expect(focused()).toContain("Mot de passe de Samia");
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await until("revenue");
    const surname = document.querySelector<HTMLInputElement>("section.file form input");
    expect(surname?.value).toContain("-MARTIN");
    expect(lastAsked(host, "save_draft")).toEqual({ kind: "patient", body: "" });
  });

  it("never_opens_without_the_password_even_while_the_host_is_still_open", async () => {
    const { host, keys } = await openAt("patients", '[role="combobox"][aria-controls]');
    const invoke = host.invoke.bind(host);
    host.invoke = (name, request) => (name === "lock" ? new Promise(() => undefined) : invoke(name, request));
    await keys("{Control>}l{/Control}");
    await until("Verrouillé");
    await settle();
    expect(session.now).toBeNull();
  });
});

describe("recovery", () => {
  it("opens_the_vault_by_the_key_as_typed_and_a_new_password", async () => {
    const { keys, user, host } = await openAt("entrance", "h1");
    await user.click([...document.querySelectorAll("button")].find((one) => one.textContent?.includes("oublié")) ?? document.body);
    await waitFor(() => expect(focused()).toContain("Clé de secours du cabinet"));
    await keys(FAKE_RECOVERY_KEY.toLowerCase());
    await keys("{Tab}{Tab}");
    await keys(PASSWORD);
    await keys("{Tab}{Tab}");
    await keys(PASSWORD);
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await waitFor(() => expect(session.now?.login).toBe("samia"));
    expect(lastAsked(host, "recover_access")).toMatchObject({ recovery_key: FAKE_RECOVERY_KEY.toLowerCase(), new_password: PASSWORD });
  });

  it("says_beside_the_key_what_is_wrong_with_it", async () => {
    const { keys, user } = await openAt("entrance", "h1");
    await user.click([...document.querySelectorAll("button")].find((one) => one.textContent?.includes("oublié")) ?? document.body);
    await settle();
    await keys("7KQ2M");
    await keys("{Tab}{Tab}");
    await keys(PASSWORD);
    await keys("{Tab}{Tab}");
    await keys(PASSWORD);
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await until("mal recopiée");
    expect(focused()).toContain("Clé de secours du cabinet");
  });
});

describe("an old file of keys", () => {
  it("is_told_to_whoever_goes_on_from_it", async () => {
    const practice = demonstrationPractice();
    practice.oldKeys = true;
    const { keys } = await openAt("entrance", "h1", { practice });
    await keys("{Enter}");
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await until("Une ancienne copie du fichier des clés avait été remise");
  });
});
