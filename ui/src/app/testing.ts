// For component tests: the whole window over a practice in memory, driven as a user drives it.
import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { tick } from "svelte";
import { expect } from "vitest";
import { useHost } from "$backend/door";
import { type FakeHost, hostOver } from "$backend/fake/host";
import type { FakePractice } from "$backend/fake/practice";
import { demonstrationPractice } from "$backend/fake/seed";
import { route } from "$kit/state/route.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import type { Language } from "$messages/index";
import { agenda } from "../features/agenda/agenda.svelte";
import { boxRequest } from "$kit/state/box.svelte";
import App from "./App.svelte";

export interface OpenWindow {
  host: FakeHost;
  practice: FakePractice;
  user: ReturnType<typeof userEvent.setup>;
  /** Types keys as user-event writes them, and lets the screen follow. */
  keys: (text: string) => Promise<void>;
}

/** Lets answers come in and the screen follow them. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 6; i++) {
    await new Promise((resolve) => setTimeout(resolve, 0));
    await tick();
  }
}

/** Opens the window on a practice, the grid focused. */
export async function openWindow(options: { practice?: FakePractice; language?: Language } = {}): Promise<OpenWindow> {
  const practice = options.practice ?? demonstrationPractice();
  practice.preferences = { ...practice.preferences, language: options.language ?? "fr", theme: "light" };
  const host = hostOver(practice);
  useHost(host);
  session.close();
  toasts.dismiss();
  boxRequest.close();
  agenda.clear();
  agenda.mode = "day";
  agenda.date = "";
  agenda.weekOf = null;
  agenda.cursor = { column: 0, start: 480, id: null };
  route.go("agenda");
  render(App);
  await waitFor(() => expect(document.querySelector('[role="grid"] [role="row"]')).not.toBeNull(), { timeout: 50_000 });
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

export { fireEvent, screen, waitFor };

/** What axe says about the page now; contrast is measured in the real window, jsdom paints nothing. */
export async function faults(): Promise<string[]> {
  const found = await axe.run(document.body, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return found.violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
}

/** The words of the grid's active place, as a screen reader hears them. */
export function activePlace(): string {
  const id = document.querySelector('[role="grid"]')?.getAttribute("aria-activedescendant") ?? "";
  const place = document.getElementById(id);
  return place?.getAttribute("aria-label") ?? place?.textContent?.replace(/\s+/g, " ").trim() ?? "";
}
