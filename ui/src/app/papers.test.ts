// The head of the practice's papers in the settings. pdf.js itself needs a canvas: it is tried in the real window.
import { describe, expect, it, vi } from "vitest";
import type { OpenedPages } from "$kit/pages";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

vi.mock("$kit/pages", () => ({
  openPages: (): Promise<OpenedPages> =>
    Promise.resolve({
      count: 1,
      shape: () => Promise.resolve(1.414),
      draw: () => Promise.resolve(),
      picture: () => Promise.resolve(new Blob()),
      words: () => Promise.resolve("the words of the sample"),
      close: () => Promise.resolve(),
    }),
}));

async function papers(options: Parameters<typeof openAt>[2] = {}) {
  const opened = await openAt("settings", 'nav button[aria-current="page"]', { as: "lefevre", about: { part: "papers" }, ...options });
  await waitFor(() => expect(document.querySelector(".part aside")).not.toBeNull(), { timeout: 10_000 });
  await settle();
  return opened;
}

function field(label: string): HTMLInputElement {
  const found = [...document.querySelectorAll<HTMLLabelElement>(".part label")].find((one) => one.textContent?.trim().startsWith(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
}

const asked = (opened: Awaited<ReturnType<typeof papers>>, name: string) => lastAsked(opened.host, name) as { practice: { foot: string }; own: { name_arabic: string }; logo: string } | undefined;

describe("the head of papers", () => {
  it("is_shown_on_a_sample_that_follows_what_is_typed_and_kept_by_enter", async () => {
    const opened = await papers();
    await until("the words of the sample");
    await opened.user.type(field("Au pied"), "Urgences : 15");
    await waitFor(() => expect(asked(opened, "preview_letterhead")?.practice.foot).toBe("Urgences : 15"), { timeout: 5_000 });
    expect(asked(opened, "save_letterhead")).toBeUndefined();
    await opened.user.keyboard("{Enter}");
    await waitFor(() => expect(toastText()).not.toBe(""));
    expect(asked(opened, "save_letterhead")?.practice.foot).toBe("Urgences : 15");
  });

  it("asks_for_the_rest_in_arabic_once_there_is_a_name", async () => {
    const opened = await papers();
    expect(pageText()).not.toContain("Adresse en arabe");
    await opened.user.type(field("Nom en arabe"), "الدكتورة لوفيفر");
    await until("Adresse en arabe");
    expect(field("Nom en arabe").dir).toBe("rtl");
  });

  it("says_beside_the_logo_what_is_wrong_with_it_and_keeps_nothing", async () => {
    const opened = await papers();
    const file = new File(["GIF89a"], "logo.gif", { type: "image/png" });
    await opened.user.upload(document.querySelector<HTMLInputElement>('.part input[type="file"]') as HTMLInputElement, file);
    await until("Cette image ne peut pas être imprimée");
    expect(asked(opened, "save_letterhead")).toBeUndefined();
  });

  it("has_no_fault_that_axe_finds", async () => {
    await papers();
    expect(await faults()).toEqual([]);
  });

  it("reads_right_to_left_in_arabic_without_fault", async () => {
    await papers({ language: "ar" });
    await until("الأوراق المروّسة");
    expect(await faults()).toEqual([]);
  });
});
