// The screens of the rail: which feature, which icon, who sees it. A feature is the folder's `Screen.svelte`, loaded when
// it is first shown; one that is not there is not offered.
import type { Component } from "svelte";
import type { SessionView } from "$backend/types";
import type { IconName } from "$kit/icons";
import type { ScreenName } from "$kit/state/route.svelte";

type Loader = () => Promise<{ default: Component }>;
const found = import.meta.glob<{ default: Component }>("../features/*/Screen.svelte");

export function loaderOf(feature: string): Loader | null {
  return found[`../features/${feature}/Screen.svelte`] ?? null;
}

export interface ScreenEntry {
  name: ScreenName;
  icon: IconName;
  /** Whether this session sees it in the rail; the desk decides what it may do there. */
  for: (session: SessionView) => boolean;
}

const ALL: ScreenEntry[] = [
  { name: "agenda", icon: "agenda", for: () => true },
  { name: "my_day", icon: "my_day", for: (session) => session.practitioner_id !== null },
  { name: "patients", icon: "patients", for: () => true },
  { name: "takeover", icon: "takeover", for: (session) => session.administrator },
  { name: "settings", icon: "settings", for: () => true },
];

export function screensFor(session: SessionView): ScreenEntry[] {
  return ALL.filter((screen) => loaderOf(screen.name) !== null && screen.for(session));
}
