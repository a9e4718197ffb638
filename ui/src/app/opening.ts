// For component tests of the screens beside the agenda: the whole window, opened on one of them or at the entrance.
import { render, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { expect } from "vitest";
import { useHost } from "$backend/door";
import { type FakeHost, hostOver } from "$backend/fake/host";
import type { FakePractice } from "$backend/fake/practice";
import { demonstrationPractice } from "$backend/fake/seed";
import { practices } from "$kit/state/practices.svelte";
import { drafts } from "$kit/state/drafts.svelte";
import { route, type ScreenName } from "$kit/state/route.svelte";
import { session } from "$kit/state/session.svelte";
import { shownKeys } from "$kit/state/shownkeys.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { wishRequest } from "$kit/state/wish.svelte";
import type { Language } from "$messages/index";
import App from "./App.svelte";
import { type OpenWindow, settle } from "./testing";

/** jsdom's blobs cannot be read but by a FileReader. */
Blob.prototype.arrayBuffer ??= function arrayBuffer(this: Blob): Promise<ArrayBuffer> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as ArrayBuffer);
    reader.onerror = () => reject(reader.error);
    reader.readAsArrayBuffer(this);
  });
};

interface Options {
  practice?: FakePractice;
  /** Other practices that this computer knows. */
  others?: FakePractice[];
  language?: Language;
  /** Login of who is signed in; null: nobody. */
  as?: string | null;
  about?: Record<string, string>;
}

/** What the host was asked by this name, the last time. */
export function lastAsked(host: FakeHost, name: string): unknown {
  return host.asked.findLast((one) => one.name === name)?.request;
}

export function focused(): string {
  const active = document.activeElement;
  const label = active?.id ? document.querySelector(`label[for="${active.id}"]`)?.textContent : null;
  return (label ?? active?.getAttribute("aria-label") ?? active?.textContent ?? "").replace(/\s+/g, " ").trim();
}

export const pageText = (): string => document.body.textContent?.replace(/\s+/g, " ") ?? "";
export const toastText = (): string => document.querySelector('[role="status"] .toast')?.textContent?.replace(/\s+/g, " ") ?? "";

/** Waits until the page says these words. */
export function until(words: string): Promise<void> {
  return waitFor(() => expect(pageText()).toContain(words), { timeout: 10_000 });
}

/** Opens the window on a screen, or on the entrance where nobody is signed in; waits until `shown` stands there. */
export async function openAt(screen: ScreenName | "entrance", shown: string, options: Options = {}): Promise<OpenWindow> {
  const practice = options.practice ?? demonstrationPractice();
  practice.preferences = { ...practice.preferences, language: options.language ?? "fr", theme: "light" };
  if (options.as !== undefined) practice.user = practice.users.find((one) => one.login === options.as) ?? null;
  if (screen === "entrance") practice.user = null;
  const host = hostOver(practice, options.others ?? []);
  useHost(host);
  session.close();
  session.left = Promise.resolve();
  practices.clear();
  toasts.dismiss();
  wishRequest.close();
  drafts.lockedBy = null;
  drafts.restore([]);
  shownKeys.confirmed();
  route.go(screen === "entrance" ? "agenda" : screen, options.about ?? {});
  render(App);
  await waitFor(() => expect(document.querySelector(shown)).not.toBeNull(), { timeout: 15_000 });
  await settle();
  const user = userEvent.setup();
  return {
    host,
    practice,
    user,
    keys: async (text) => {
      await user.keyboard(text);
      await settle();
    },
  };
}
