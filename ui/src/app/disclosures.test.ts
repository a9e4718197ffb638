// What left about a person, by keyboard, and their own copy of everything.
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { demonstrationPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const PART = 'nav button[aria-current="page"]';
const first = () => demonstrationPractice().patients[0];
const open = (about: Record<string, string> = {}, options: Parameters<typeof openAt>[2] = {}) => openAt("privacy", PART, { as: "lefevre", about: { part: "disclosures", ...about }, ...options });
const button = (words: string): HTMLButtonElement | undefined => [...document.querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent?.includes(words));

beforeAll(() => Promise.all([import("../features/privacy/Screen.svelte"), import("../features/privacy/disclosures/Disclosures.svelte")]), 60_000);
beforeEach(() => {
  URL.createObjectURL = () => "blob:x";
  URL.revokeObjectURL = () => undefined;
});

describe("disclosures", () => {
  it("of_a_person_are_found_by_keyboard_with_whom_and_why_and_who_opened", async () => {
    const { keys, user } = await open();
    await until("Choisissez une personne");
    expect(await faults()).toEqual([]);
    await keys("f");
    expect(focused()).toContain("Patient");
    const surname = first()?.surname ?? "";
    await user.keyboard(surname.toLowerCase());
    await waitFor(() => expect(document.querySelector('[role="option"][aria-selected="true"]')).not.toBeNull());
    await user.keyboard("{Enter}");
    await until("Dr Roux");
    expect(pageText()).toContain("Serveur d’agenda");
    expect(pageText()).toContain("identité, rendez-vous");
    expect(pageText()).toContain("Dossier médical ouvert");
    expect(document.querySelectorAll("table .way svg").length).toBe(2);
    expect(await faults()).toEqual([]);
  });

  it("are_none_of_somebody_new_and_that_is_said", async () => {
    await open({ patient: demonstrationPractice().patients[1]?.id ?? "" });
    await until("Rien n’a été transmis");
    expect(pageText()).toContain("Personne n’a ouvert");
  });

  it("stand_in_arabic_without_a_fault", async () => {
    await open({ patient: first()?.id ?? "" }, { language: "ar" });
    await until("خادم المواعيد");
    expect(document.documentElement.dir).toBe("rtl");
    expect(await faults()).toEqual([]);
  });
});

describe("a_persons_export", () => {
  it("is_closed_by_a_passphrase_that_is_strong_and_typed_twice", async () => {
    const { keys, user, host } = await open({ patient: first()?.id ?? "" });
    await until("Dr Roux");
    await keys("e");
    await until("Rien sur d’autres personnes");
    expect(await faults()).toEqual([]);
    const save = () => button("Exporter") && [...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button[type="submit"]')][0];
    expect(save()?.disabled).toBe(true);
    const [phrase, again] = [...document.querySelectorAll<HTMLInputElement>('[role="dialog"] input[type="password"]')];
    if (!phrase || !again) throw new Error("no passphrase");
    await user.type(phrase, "court");
    await user.type(again, "court");
    await settle();
    expect(save()?.disabled).toBe(true);
    await user.clear(phrase);
    await user.clear(again);
    await user.type(phrase, "Sept-Ponts#Calmes2026");
    await user.type(again, "Sept-Ponts#Calmes2026");
    await waitFor(() => expect(save()?.disabled).toBe(false), { timeout: 5_000 });
    await user.click(save() as HTMLButtonElement);
    await settle();
    expect(lastAsked(host, "export_person")).toMatchObject({ patient_id: first()?.id, path: "", passphrase: "Sept-Ponts#Calmes2026" });
    await waitFor(() => expect(toastText()).toContain("Exporté"));
    await until("Droit d’accès");
    expect(pageText()).toContain("Fichier chiffré");
  });

  it("in_clear_says_what_that_means", async () => {
    const { keys, user, host } = await open({ patient: first()?.id ?? "" });
    await until("Dr Roux");
    await keys("e");
    await until("Rien sur d’autres personnes");
    const box = document.querySelector<HTMLInputElement>('[role="dialog"] input[type="checkbox"]');
    if (!box) throw new Error("no choice");
    await user.click(box);
    await until("Remettez-le en main propre");
    await user.click([...document.querySelectorAll<HTMLButtonElement>('[role="dialog"] button[type="submit"]')][0] as HTMLButtonElement);
    await settle();
    expect(lastAsked(host, "export_person")).toMatchObject({ passphrase: "" });
  });
});
