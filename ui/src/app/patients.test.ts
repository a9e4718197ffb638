// Patients by keyboard: searching, the file edited in place, likely duplicates, merging, undo.
import { describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import type { FakePractice } from "$backend/fake/practice";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { settle, waitFor } from "./testing";

const BOX = '[role="combobox"][aria-controls$="-list"]';
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function small(): FakePractice {
  const practice = emptyPractice();
  practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", mobile: "+33611223344", city: "Lyon" }, "2026-09-02");
  practice.addPatient({ surname: "DUPONT", first_name: "Marie", born: "1979-05-12", email: "marie@example.fr" });
  practice.addPatient({ surname: "BEN ALI", first_name: "Samira", surname_arabic: "بن علي", first_name_arabic: "سميرة", born: "1976-03-08" });
  return practice;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>("section.file label")].find((one) => one.textContent?.trim().startsWith(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
}

async function openMarie(options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("patients", BOX, { practice: small(), ...options });
  await opened.keys("dupont");
  await opened.keys("{Enter}");
  await until("Dossier n°");
  return opened;
}

describe("the list", () => {
  it("has_the_focus_finds_as_one_types_and_opens_by_enter", async () => {
    const { keys } = await openAt("patients", BOX, { practice: small() });
    expect(focused()).toBe("Chercher un patient");
    await keys("ali sam");
    expect(document.querySelectorAll('[role="option"]')).toHaveLength(1);
    await keys("{Enter}");
    await until("Dossier n° 3");
    expect(document.activeElement?.textContent).toContain("BEN ALI Samira");
  });

  it("moves_by_arrows_while_the_focus_stays_in_the_box", async () => {
    const { keys } = await openAt("patients", BOX, { practice: small() });
    await keys("{ArrowDown}{ArrowDown}");
    expect(focused()).toBe("Chercher un patient");
    const id = document.activeElement?.getAttribute("aria-activedescendant") ?? "";
    expect(document.getElementById(id)?.textContent).toContain("BEN ALI");
  });

  it("finds_an_arabic_name_and_shows_it_first_in_an_arabic_window", async () => {
    const { keys } = await openAt("patients", BOX, { practice: small(), language: "ar" });
    await keys("بن علي");
    expect(document.querySelector('[role="option"] .name')?.textContent).toContain("بن علي سميرة");
    await keys("{Enter}");
    await until("BEN ALI Samira");
  });

  it("creates_whom_it_does_not_find_from_what_was_typed", async () => {
    const { keys, host } = await openAt("patients", BOX, { practice: small() });
    await keys("lopez ana 030279");
    await until("Personne ne correspond");
    await keys("{Enter}");
    expect(field("Nom").value).toBe("LOPEZ");
    expect(field("Prénom").value).toBe("Ana");
    expect(field("Date de naissance").value).toBe("030279");
    await frame();
    await keys("{Control>}s{/Control}");
    await until("Patient créé");
    expect(lastAsked(host, "create_patient")).toMatchObject({ fields: { surname: "LOPEZ", first_name: "Ana", born: "030279" } });
  });

  it("names_the_next_key_in_an_empty_practice", async () => {
    await openAt("patients", BOX, { practice: emptyPractice() });
    expect(pageText()).toContain("N : nouveau patient");
  });
});

describe("the file", () => {
  it("is_edited_in_place_saved_by_ctrl_s_and_undone_by_ctrl_z", async () => {
    const { keys, practice, user } = await openMarie();
    await user.click(field("Ville"));
    await keys("{Control>}a{/Control}Villeurbanne");
    await keys("{Control>}s{/Control}");
    await until("Dossier enregistré");
    expect(practice.patients[0]?.city).toBe("Villeurbanne");
    document.querySelector<HTMLElement>("section.file h2")?.focus();
    await keys("{Control>}z{/Control}");
    expect(practice.patients[0]?.city).toBe("Lyon");
    await waitFor(() => expect(field("Ville").value).toBe("Lyon"));
  });

  it("gives_back_what_was_there_by_escape", async () => {
    const { keys, user } = await openMarie();
    await user.click(field("Ville"));
    await keys("xyz");
    expect(pageText()).toContain("Modifications non enregistrées");
    await keys("{Escape}");
    expect(field("Ville").value).toBe("Lyon");
    expect(pageText()).not.toContain("Modifications non enregistrées");
  });

  it("warns_beside_the_field_and_saves_all_the_same", async () => {
    const { keys, user, host } = await openMarie();
    const invoke = host.invoke.bind(host);
    host.invoke = async (name, request) =>
      name === "find_duplicates" ? { duplicates: [], warnings: [{ field: "email", code: "email_format" }] } : invoke(name, request);
    await user.click(field("E-mail"));
    await keys("marie@{Tab}");
    await until("Cette adresse semble incomplète.");
    expect(field("E-mail").getAttribute("aria-invalid")).toBeNull();
    await keys("{Control>}s{/Control}");
    await until("Dossier enregistré");
  });

  it("puts_a_refusal_beside_its_field_with_the_focus", async () => {
    const { keys, user, host } = await openMarie();
    const invoke = host.invoke.bind(host);
    host.invoke = (name, request) =>
      name === "update_patient" ? Promise.reject({ code: "bad_date", field: "born", parameters: {} }) : invoke(name, request);
    await user.click(field("Date de naissance"));
    await keys("{Control>}a{/Control}32/13/2011");
    await keys("{Control>}s{/Control}");
    await until("Cette date n’a pas pu être lue");
    expect(focused()).toContain("Date de naissance");
  });

  it("keeps_what_is_typed_when_somebody_else_was_quicker", async () => {
    const { keys, user, practice } = await openMarie();
    await user.click(field("Ville"));
    await keys("{Control>}a{/Control}Caluire");
    const first = practice.patients[0];
    if (first) Object.assign(first, { revision: 9, insurer: "MGEN" });
    await keys("{Control>}s{/Control}");
    await until("Quelqu’un d’autre a modifié ce dossier");
    expect(field("Ville").value).toBe("Caluire");
    await keys("{Control>}s{/Control}");
    await until("Dossier enregistré");
    expect(practice.patients[0]?.city).toBe("Caluire");
  });

  it("is_not_left_with_unsaved_changes", async () => {
    const { keys, user } = await openMarie();
    await user.click(field("Ville"));
    await keys("x");
    await user.click(document.querySelectorAll<HTMLElement>('[role="option"]')[1] ?? document.body);
    await settle();
    expect(toastText()).toContain("Enregistrez");
    expect(field("Ville").value).toContain("x");
  });
});

describe("likely duplicates", () => {
  it("are_shown_before_saving_and_saving_again_means_it", async () => {
    const { keys, host, practice } = await openAt("patients", BOX, { practice: small() });
    await keys("dupont marie 12051979 x");
    await keys("{Enter}");
    const first = field("Prénom");
    first.focus();
    await keys("{Control>}a{/Control}Marie");
    field("Date de naissance").focus();
    await keys("{Control>}a{/Control}1979-05-12{Control>}s{/Control}");
    await until("Déjà connu ?");
    expect(lastAsked(host, "create_patient")).toBeUndefined();
    expect(pageText()).toContain("Créer quand même");
    await keys("{Control>}s{/Control}");
    await until("Patient créé");
    expect(practice.patients).toHaveLength(4);
  });
});

describe("merging", () => {
  it("compares_side_by_side_keeps_what_is_chosen_and_is_undone_whole", async () => {
    const { keys, practice, user, host } = await openMarie();
    await keys("f");
    await until("Avec quel dossier ?");
    await waitFor(() => expect(document.querySelectorAll('[role="dialog"] [role="option"]').length).toBe(1));
    await user.click(document.querySelector<HTMLInputElement>('[role="dialog"] input[type="search"]') ?? document.body);
    await keys("{Enter}");
    await until("Y renvoie");
    // The e-mail that only the second has is proposed for the first.
    const kept = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input[name="merge-email"]')];
    expect(kept.map((one) => one.checked)).toEqual([false, true]);
    const button = [...document.querySelectorAll<HTMLElement>('[role="dialog"] .primary')].at(-1);
    button?.focus();
    await keys("{Enter}");
    await until("Dossiers fusionnés");
    const [into, from] = [practice.patients[0], lastAsked(host, "merge_patients")];
    expect(from).toMatchObject({ into: into?.id });
    expect(into?.email).toBe("marie@example.fr");
    expect(practice.patients).toHaveLength(2);
    await keys("{Control>}z{/Control}");
    expect(practice.patients).toHaveLength(3);
    expect(practice.patients.find((one) => one.id === into?.id)?.email).toBe("");
  });
});

describe("the history", () => {
  it("says_who_changed_what_and_when", async () => {
    const { user } = await openMarie();
    await user.click([...document.querySelectorAll<HTMLElement>('[role="tab"]')].at(-1) ?? document.body);
    await until("Dossier modifié");
    expect(pageText()).toContain("par Dr Lefèvre");
    expect(pageText()).toContain("Mobile");
  });
});
