// The settings by keyboard: each part changed once, refusals beside their field, and the two things that cannot be undone.
import { describe, expect, it } from "vitest";
import { FAKE_PASSWORD, FAKE_RECOVERY_KEY } from "$backend/fake/entrance";
import { demonstrationPractice } from "$backend/fake/seed";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { settle, waitFor } from "./testing";

const NAV = 'nav button[aria-current="page"]';
const GOOD = "Tilleuls-2026!!";

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function part(name: string, options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("settings", NAV, { as: "lefevre", about: { part: name }, ...options });
  await waitFor(() => expect(document.querySelector(".part h2, .part .select-trigger")).not.toBeNull(), { timeout: 10_000 });
  await settle();
  return opened;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>(".part label")].find((one) => one.textContent?.trim().startsWith(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
}

function button(words: string): HTMLElement {
  const found = [...document.querySelectorAll<HTMLElement>("button")].findLast((one) => one.textContent?.includes(words) || one.getAttribute("aria-label")?.includes(words));
  if (!found) throw new Error(`no button says ${words}`);
  return found;
}

describe("the parts", () => {
  it("are_walked_by_arrows", async () => {
    const { keys } = await part("practice");
    await keys("p");
    expect(focused()).toBe("Cabinet et sites");
    await keys("{ArrowDown}");
    await frame();
    expect(focused()).toBe("Praticiens");
  });

  it("show_a_secretary_only_what_is_theirs", async () => {
    await openAt("settings", NAV, { as: "samia" });
    const names = [...document.querySelectorAll("nav[aria-label='Parties des réglages'] button")].map((one) => one.textContent?.trim());
    expect(names).toEqual(["Horaires et absences", "Mes préférences", "Mon mot de passe"]);
  });
});

describe("the practice", () => {
  it("refuses_an_idle_time_beside_its_field", async () => {
    const { user } = await part("practice");
    await user.clear(field("Verrouiller après"));
    await user.type(field("Verrouiller après"), "90{Enter}");
    await until("De 1 à 60 minutes.");
    expect(field("Verrouiller après").getAttribute("aria-invalid")).toBe("true");
  });

  it("adds_a_site_by_one_key", async () => {
    const { keys, practice } = await part("practice");
    await keys("a");
    expect(focused()).toContain("Nom du site");
    await keys("Annexe{Enter}");
    expect(practice.sites.map((one) => one.name)).toEqual(["Cabinet", "Annexe"]);
  });
});

describe("practitioners", () => {
  it("save_a_doubtful_number_and_show_the_doubt", async () => {
    const { keys, practice } = await part("practitioners");
    await keys("a");
    await keys("Dr Neuf");
    field("N° RPPS").focus();
    await keys("10100123454{Enter}");
    await until("Le dernier chiffre ne correspond pas");
    expect(practice.practitioners.at(-1)).toMatchObject({ name: "Dr Neuf", rpps: "10100123454" });
    expect(field("N° RPPS").getAttribute("aria-invalid")).toBeNull();
  });

  it("are_named_before_they_are_saved", async () => {
    const { keys } = await part("practitioners");
    await keys("a");
    await keys("{Enter}");
    await until("Un nom est nécessaire.");
    await frame();
    expect(focused()).toContain("Nom affiché");
  });
});

describe("types", () => {
  it("take_a_duration_and_one_of_seven_hues", async () => {
    const { keys, practice } = await part("types");
    await keys("a");
    await keys("Bilan");
    field("Durée").focus();
    await keys("{Control>}a{/Control}45");
    document.querySelector<HTMLInputElement>('input[type="radio"][value="violet"]')?.click();
    await keys("{Enter}");
    await until("Enregistré");
    expect(practice.types.at(-1)).toMatchObject({ name: "Bilan", minutes: 45, colour: "violet" });
  });
});

describe("hours", () => {
  it("have_several_spans_a_day_typed_as_people_do", async () => {
    const { keys, user, host } = await part("hours");
    await until("45 h par semaine");
    await user.click(button("Ajouter une plage samedi"));
    await settle();
    await keys("{Control>}a{/Control}9{Tab}{Control>}a{/Control}1230");
    await keys("{Control>}s{/Control}");
    await until("Enregistré");
    const sent = lastAsked(host, "set_hours") as { weekdays: number[]; lines: { weekday: number; from: number; to: number }[] };
    expect(sent.weekdays).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(sent.lines.filter((line) => line.weekday === 6)).toMatchObject([{ from: 540, to: 750, weeks: "every" }]);
  });

  it("do_not_send_a_span_that_ends_before_it_starts", async () => {
    const { keys, user, host } = await part("hours");
    await until("45 h par semaine");
    await user.click(button("Ajouter une plage dimanche"));
    await settle();
    await keys("{Control>}a{/Control}14:00");
    await until("Une heure, comme 9:00");
    await keys("{Control>}s{/Control}");
    expect(lastAsked(host, "set_hours")).toBeUndefined();
  });

  it("show_the_host_s_refusal_of_an_overlap", async () => {
    const { keys, user } = await part("hours");
    await until("45 h par semaine");
    await user.click(button("Ajouter une plage lundi"));
    await settle();
    await keys("{Control>}a{/Control}8:00{Tab}{Control>}a{/Control}9:00");
    await keys("{Control>}s{/Control}");
    await until("Des plages se chevauchent");
  });
});

describe("absences", () => {
  it("count_what_they_hit_and_come_back_by_undo", async () => {
    const { keys, user, host } = await part("hours");
    await until("45 h par semaine");
    await keys("a");
    expect(focused()).toContain("Premier jour");
    await keys("25112026{Tab}{Tab}{Control>}a{/Control}26/11/26");
    field("Pour l’accueil").focus();
    await keys("Séminaire{Enter}");
    await until("rendez-vous à déplacer");
    expect(lastAsked(host, "add_absence")).toMatchObject({ starts: "2026-11-25T00:00", ends: "2026-11-27T00:00", label: "Séminaire" });
    await user.click(button("Ôter cette absence"));
    await settle();
    expect(pageText()).not.toContain("Séminaire");
    await keys("{Control>}z{/Control}");
    await until("Séminaire");
  });
});

describe("people", () => {
  it("are_added_with_a_first_password", async () => {
    const { keys, practice } = await part("users");
    await keys("a");
    await keys("Nadia");
    field("Identifiant").focus();
    await keys("nadia");
    field("Premier mot de passe").focus();
    await keys(GOOD);
    field("Encore une fois").focus();
    await keys(GOOD);
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('.part button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await until("nadia");
    expect(practice.users.at(-1)).toMatchObject({ login: "nadia", role: "secretary", administrator: false });
  });

  it("are_disabled_only_through_a_dialog_that_says_what_it_means", async () => {
    const { keys, user, practice } = await part("users");
    await waitFor(() => expect(document.querySelectorAll("tbody tr").length).toBe(2));
    await user.click([...document.querySelectorAll<HTMLElement>("tbody tr")].find((row) => row.textContent?.includes("Samia")) ?? document.body);
    await settle();
    await user.click(button("Désactiver…"));
    await until("ne peut pas être rendu");
    expect(practice.users[0]?.state).toBe("active");
    const dialog = document.querySelector('[role="dialog"]');
    dialog?.querySelector<HTMLElement>(".danger")?.focus();
    await keys("{Enter}");
    await until("Quelqu’un est parti");
    expect(practice.users[0]?.state).toBe("disabled");
  });

  it("give_the_vault_a_new_key_that_the_entrance_shows_once", async () => {
    const practice = demonstrationPractice();
    const { user, keys } = await part("users", { practice });
    await waitFor(() => expect(document.querySelectorAll("tbody tr").length).toBe(2));
    await user.click([...document.querySelectorAll<HTMLElement>("tbody tr")].find((row) => row.textContent?.includes("Samia")) ?? document.body);
    await settle();
    await user.click(button("Désactiver…"));
    await user.click(document.querySelector<HTMLElement>('[role="dialog"] .danger') ?? document.body);
    await until("Quelqu’un est parti");
    await user.click(button("Changer la clé…"));
    await until("Tout le coffre est chiffré à nouveau");
    document.querySelector<HTMLInputElement>('[role="dialog"] input')?.focus();
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await until("Votre clé de secours");
    expect(session.now).toBeNull();
    expect(document.querySelector("ol[dir=ltr] .group")?.textContent).toBe(FAKE_RECOVERY_KEY.split("-")[0]);
    await user.click(button("en lieu sûr"));
    await settle();
    const place = Number(/groupe (\d)/.exec(pageText())?.[1] ?? 1);
    await keys(`${FAKE_RECOVERY_KEY.split("-")[place - 1] ?? ""}{Enter}`);
    await until("Qui êtes-vous");
    expect(toastText()).toContain("La clé est changée");
  });
});

describe("backups", () => {
  it("are_made_by_one_key_and_say_how_many_entries_they_hold", async () => {
    const { keys } = await part("backups");
    await keys("s");
    await until("Sauvegarde vérifiée");
  });

  it("are_drilled_and_the_result_is_explained", async () => {
    const { keys } = await part("backups");
    await keys("e");
    await until("Cette sauvegarde se restaure entièrement.");
    expect(pageText()).toContain("Entrées faites depuis");
  });

  it("refuse_an_interval_beside_its_field", async () => {
    const { user } = await part("backups");
    await user.clear(field("Toutes les"));
    await user.type(field("Toutes les"), "999{Enter}");
    await until("De 1 à 168 heures.");
  });
});

describe("the journal", () => {
  it("is_verified_with_a_sentence", async () => {
    const { user } = await part("journal");
    await user.click(button("Vérifier la chaîne"));
    await until("341 entrées vérifiées : la chaîne est intacte.");
  });

  it("says_which_entry_is_wrong_and_what_to_do", async () => {
    const { user, host } = await part("journal");
    const invoke = host.invoke.bind(host);
    host.invoke = async (name, request) => (name === "verify_journal" ? { entries: 341, ok: false, first_bad: 77, fault: "changed" } : invoke(name, request));
    await user.click(button("Vérifier la chaîne"));
    await until("L’entrée 77 ne va pas : elle a été modifiée.");
  });

  it("reads_older_entries_on_demand", async () => {
    const { user } = await part("journal");
    await waitFor(() => expect(document.querySelectorAll("tbody tr").length).toBe(100));
    await user.click(button("Plus anciennes"));
    await waitFor(() => expect(document.querySelectorAll("tbody tr").length).toBe(200));
  });
});

describe("preferences and password", () => {
  it("take_effect_at_once_and_are_kept_with_the_user", async () => {
    const { user, host } = await part("preferences");
    await user.click(document.querySelector<HTMLElement>('input[value="comfortable"]') ?? document.body);
    await settle();
    expect(document.documentElement.dataset.density).toBe("comfortable");
    expect(lastAsked(host, "save_preferences")).toMatchObject({ density: "comfortable" });
    preferences.density = "normal";
  });

  it("change_the_password_with_the_present_one", async () => {
    const { keys } = await part("password");
    field("Mot de passe actuel").focus();
    await keys("faux");
    field("Nouveau mot de passe").focus();
    await keys(GOOD);
    field("Encore une fois").focus();
    await keys(GOOD);
    await waitFor(() => expect(document.querySelector<HTMLButtonElement>('.part button[type="submit"]')?.disabled).toBe(false));
    await keys("{Enter}");
    await waitFor(() => expect(field("Mot de passe actuel").getAttribute("aria-invalid")).toBe("true"));
    field("Mot de passe actuel").focus();
    await keys("{Control>}a{/Control}" + FAKE_PASSWORD + "{Enter}");
    await until("Mot de passe changé");
  });
});

describe("a lock", () => {
  it("brings_back_the_part_and_what_was_typed_in_it", async () => {
    const { keys, user } = await part("hours");
    await until("45 h par semaine");
    await user.click(button("Ajouter une plage samedi"));
    await settle();
    await keys("{Control>}a{/Control}10");
    await keys("{Control>}l{/Control}");
    await until("Verrouillé");
    await settle();
    await keys(`${FAKE_PASSWORD}{Enter}`);
    await until("Semaine modifiée");
    expect([...document.querySelectorAll<HTMLInputElement>('[aria-label="samedi"] input')].map((one) => one.value)).toEqual(["10:00", "12:00"]);
  });
});
