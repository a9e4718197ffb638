// What is shown before it is printed or kept. pdf.js itself needs a canvas: it is tried in the real window.
import { beforeEach, describe, expect, it, vi } from "vitest";
import { preview } from "$kit/state/preview.svelte";
import type { OpenedPages } from "$kit/pages";
import { lastAsked, openAt, pageText, toastText, until } from "./opening";
import { faults, settle, waitFor } from "./testing";

const given = vi.hoisted(() => ({ saved: [] as string[], opens: true, closed: 0 }));
vi.mock("$backend/files", async (original) => ({
  ...(await original<typeof import("$backend/files")>()),
  saveFile: (file: { name: string }) => {
    given.saved.push(file.name);
    return Promise.resolve(file.name);
  },
}));
vi.mock("$kit/pages", () => ({
  openPages: (): Promise<OpenedPages> =>
    given.opens
      ? Promise.resolve({
          count: 2,
          shape: () => Promise.resolve(1.414),
          draw: () => Promise.resolve(),
          picture: () => Promise.resolve(new Blob()),
          words: (page) => Promise.resolve(`the words of page ${page}`),
          close: () => {
            given.closed += 1;
            return Promise.resolve();
          },
        })
      : Promise.reject(new Error("no PDF")),
}));

beforeEach(() => {
  preview.close();
  Object.assign(given, { saved: [], opens: true, closed: 0 });
});

async function printed() {
  const opened = await openAt("agenda", '[role="grid"]', { as: "lefevre" });
  await settle();
  document.querySelector<HTMLElement>('[role="grid"]')?.focus();
  await opened.keys("p");
  return opened;
}

describe("the preview", () => {
  it("shows_every_page_before_anything_is_kept_or_printed", async () => {
    const { host } = await printed();
    await until("Page 2 sur 2");
    expect(lastAsked(host, "print_day_list")).toBeDefined();
    expect(given.saved).toEqual([]);
    expect(pageText()).toContain("the words of page 1");
    expect(pageText()).toContain("L’impression est le seul endroit");
    expect(await faults()).toEqual([]);
  });

  it("keeps_the_document_by_one_key_and_goes", async () => {
    const { user } = await printed();
    await until("Page 1 sur 2");
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(toastText()).toContain("Enregistré"));
    expect(given.saved).toHaveLength(1);
    expect(document.querySelector("[role=dialog]")).toBeNull();
    expect(given.closed).toBe(1);
  });

  it("is_left_by_escape_with_nothing_kept", async () => {
    const { user } = await printed();
    await until("Page 1 sur 2");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(document.querySelector("[role=dialog]")).toBeNull());
    expect(given.saved).toEqual([]);
  });

  it("says_what_to_do_with_a_document_that_cannot_be_shown", async () => {
    given.opens = false;
    const { user } = await printed();
    await until("ne se laisse pas afficher ici");
    await user.keyboard("{Control>}s{/Control}");
    await waitFor(() => expect(given.saved).toHaveLength(1));
  });
});
