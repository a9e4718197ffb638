// The grant code on both screens: the one who waits reads it out, the one who gives compares it before anything is given.
import { describe, expect, it } from "vitest";
import { FAKE_GRANT_CODE } from "$backend/fake/access";
import { demonstrationPractice } from "$backend/fake/seed";
import { route } from "$kit/state/route.svelte";
import { lastAsked, openAt, pageText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const NAV = 'nav button[aria-current="page"]';

/** A second practitioner who waits for the reading of the records. */
function practice() {
  const own = demonstrationPractice();
  const doctor = own.addPractitioner("Dr Benjelloun", "");
  own.users.push({ id: own.id("user"), login: "benjelloun", name: "Dr Benjelloun", role: "practitioner", administrator: false, practitioner_id: doctor.id, state: "clinical_pending" });
  return own;
}

function button(words: string): HTMLButtonElement {
  const found = [...document.querySelectorAll<HTMLButtonElement>("button")].findLast((one) => one.textContent?.includes(words));
  if (!found) throw new Error(`no button says ${words}`);
  return found;
}

describe("who waits", () => {
  it("sees_their_own_code_after_signing_in_and_why", async () => {
    const { user } = await openAt("agenda", ".banner .code", { practice: practice(), as: "benjelloun" });
    expect(document.querySelector(".banner .code")?.textContent).toBe(FAKE_GRANT_CODE);
    expect(pageText()).toContain("il doit voir le même");
    await user.click(button("Pourquoi ?"));
    await until("Ce code représente votre clé");
    await waitFor(() => expect(document.querySelector(".part .code")?.textContent).toBe(FAKE_GRANT_CODE));
    expect(pageText()).toContain("Clé de secours médicale");
    expect(await faults()).toEqual([]);
  });

  it("can_hide_it_and_finds_it_again_in_the_settings", async () => {
    const { user } = await openAt("agenda", ".banner .code", { practice: practice(), as: "benjelloun" });
    await user.click(button("Masquer"));
    await settle();
    expect(document.querySelector(".banner")).toBeNull();
    route.go("settings", { part: "reading" });
    await waitFor(() => expect(document.querySelector(".part .code")).not.toBeNull());
  });

  it("is_nobody_who_reads_the_records_already", async () => {
    await openAt("agenda", '[role="grid"] [role="row"]', { practice: practice(), as: "lefevre" });
    expect(document.querySelector(".banner")).toBeNull();
  });
});

describe("who gives", () => {
  it("gives_only_after_saying_that_both_codes_are_the_same", async () => {
    const own = practice();
    const { keys, host } = await openAt("settings", NAV, { practice: own, as: "lefevre", about: { part: "reading" } });
    await until(FAKE_GRANT_CODE);
    expect(pageText()).toContain("Un autre code veut dire");
    expect(button("Donner la lecture").disabled).toBe(true);
    document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.focus();
    await keys(" ");
    expect(button("Donner la lecture").disabled).toBe(false);
    expect(await faults()).toEqual([]);
    await keys("{Tab}{Enter}");
    await until("Personne n’attend");
    expect(lastAsked(host, "grant_clinical")).toMatchObject({ code: FAKE_GRANT_CODE });
    expect(own.users.at(-1)?.state).toBe("active");
  });

  it("sees_another_code_where_the_key_was_swapped", async () => {
    const own = practice();
    own.swapped = true;
    await openAt("settings", NAV, { practice: own, as: "lefevre", about: { part: "reading" } });
    await until("9999 0000 1111");
    expect(pageText()).not.toContain(FAKE_GRANT_CODE);
  });

  it("compares_again_where_the_key_was_swapped_meanwhile", async () => {
    const own = practice();
    const { keys } = await openAt("settings", NAV, { practice: own, as: "lefevre", about: { part: "reading" } });
    await until(FAKE_GRANT_CODE);
    own.swapped = true;
    document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.focus();
    await keys(" ");
    await keys("{Tab}{Enter}");
    await until("comparez à nouveau les codes");
    await until("9999 0000 1111");
    expect(document.querySelector<HTMLInputElement>('input[type="checkbox"]')?.checked).toBe(false);
    expect(own.users.at(-1)?.state).toBe("clinical_pending");
  });

  it("does_it_from_the_persons_form_too", async () => {
    const { user } = await openAt("settings", NAV, { practice: practice(), as: "lefevre", about: { part: "users" } });
    await until("Dr Benjelloun");
    const row = [...document.querySelectorAll<HTMLElement>("tbody tr")].find((one) => one.textContent?.includes("Benjelloun"));
    await user.click(row?.querySelector<HTMLElement>("button, td") ?? document.body);
    await until(FAKE_GRANT_CODE);
    expect(button("Donner la lecture").disabled).toBe(true);
  });
});
