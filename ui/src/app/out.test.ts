// What leaves the house, by keyboard: publishing an agenda, what goes wrong with it, and files.
import { beforeEach, describe, expect, it } from "vitest";
import { emptyPractice } from "$backend/fake/seed";
import { focused, lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const NAV = 'nav button[aria-current="page"]';

async function part(name: string, options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("settings", NAV, { as: "lefevre", about: { part: name }, ...options });
  await waitFor(() => expect(document.querySelector(".part h2, .part .empty")).not.toBeNull(), { timeout: 10_000 });
  await settle();
  return opened;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>(".part label")].find((one) => one.textContent?.trim().startsWith(label));
  const input = document.getElementById(found?.htmlFor ?? "");
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`);
  return input;
}

beforeEach(() => {
  URL.createObjectURL = () => "blob:x";
  URL.revokeObjectURL = () => undefined;
});

async function fill(user: Awaited<ReturnType<typeof part>>["user"], password: string): Promise<void> {
  await user.type(field("Adresse du calendrier"), "https://dav.example.org/lefevre/agenda/");
  await user.type(field("Utilisateur"), "lefevre");
  await user.type(field("Mot de passe"), `${password}{Enter}`);
  await settle();
}

describe("publishing", () => {
  it("is_set_up_by_keyboard_and_published_now_by_one_key", async () => {
    const { keys, user, host } = await part("publishing");
    await keys("m");
    expect(focused()).toContain("Adresse du calendrier");
    await fill(user, "Nuage");
    expect(lastAsked(host, "set_publishing")).toMatchObject({
      address: "https://dav.example.org/lefevre/agenda/",
      login: "lefevre",
      password: "Nuage",
      discretion: "initials",
      days_back: 7,
      days_ahead: 90,
      every_minutes: 15,
      enabled: true,
    });
    await until("pas encore publiée");
    await keys("n");
    await waitFor(() => expect(toastText()).toContain("mis à jour"));
    await until("à jour, à l’instant");
    expect(pageText()).not.toContain("Nuage");
  });

  it("refuses_an_open_address_beside_its_field", async () => {
    const { keys, user } = await part("publishing");
    await keys("m");
    await user.type(field("Adresse du calendrier"), "http://dav.example.org/{Enter}");
    await until("Cette adresse n’est pas chiffrée : il faut https.");
    expect(field("Adresse du calendrier").getAttribute("aria-invalid")).toBe("true");
  });

  it("says_in_words_what_a_server_refused_and_when_it_is_tried_again", async () => {
    const { keys, user } = await part("publishing");
    await keys("m");
    await fill(user, "faux");
    await keys("n");
    await until("Le serveur refuse cet utilisateur ou ce mot de passe");
    await until("échec");
  });

  it("is_taken_back_whole", async () => {
    const { keys, user } = await part("publishing");
    await keys("m");
    await fill(user, "Nuage");
    await keys("n");
    await until("Tout retirer");
    const button = [...document.querySelectorAll<HTMLElement>("button")].find((one) => one.textContent?.includes("Retirer du serveur"));
    button?.click();
    await waitFor(() => expect(toastText()).toContain("retirés du serveur"));
    await until("arrêtée");
  });

  it.each(["fr", "ar"] as const)("has_no_fault_in_%s", { timeout: 90_000 }, async (language) => {
    const { keys } = await part("publishing", { language });
    expect(await faults()).toEqual([]);
    await keys("m");
    expect(await faults()).toEqual([]);
  });
});

describe("exports", () => {
  it("are_files_that_say_no_more_than_was_chosen", async () => {
    const { keys, host } = await part("exports");
    await keys("e");
    await waitFor(() => expect(toastText()).toContain("agenda-2026-11-24-2026-12-24.ics"));
    expect(lastAsked(host, "export_agenda")).toEqual({
      practitioners: [],
      from: "2026-11-24",
      until: "2026-12-24",
      format: "ics",
      discretion: "busy",
      language: "fr",
    });
    await keys("l");
    await waitFor(() => expect(toastText()).toContain("patients-2026-11-24.csv"));
  });

  it("refuse_days_in_the_wrong_order_beside_their_field", async () => {
    const { user } = await part("exports");
    await user.clear(field("Au"));
    await user.type(field("Au"), "01/11/2026{Enter}");
    await until("La fin vient après le début");
    expect(field("Au").getAttribute("aria-invalid")).toBe("true");
  });

  it("say_where_there_is_nothing", async () => {
    const { keys } = await part("exports", { practice: emptyPractice() });
    await keys("e");
    await until("Il n’y a rien à exporter");
  });

  it.each(["fr", "ar"] as const)("have_no_fault_in_%s", { timeout: 90_000 }, async (language) => {
    await part("exports", { language });
    expect(await faults()).toEqual([]);
  });
});
