// The screens of the rail: which feature, which icon, which permission it takes. A feature is the folder's
// `Screen.svelte`, loaded when it is first shown; one that is not there is not offered.
import type { Component } from "svelte";
import type { Permission, SessionView } from "$backend/types";
import type { IconName } from "$kit/icons";
import type { ScreenName } from "$kit/state/route.svelte";

type Loader = () => Promise<{ default: Component }>;
const found = import.meta.glob<{ default: Component }>("../features/*/Screen.svelte");

export function loaderOf(feature: string): Loader | null {
  // The one screen that is made of two features.
  if (feature === "practices") return () => import("./SeveralPractices.svelte");
  return found[`../features/${feature}/Screen.svelte`] ?? null;
}

export interface ScreenEntry {
  name: ScreenName;
  icon: IconName;
  /** What a session must hold to see it in the rail; the desk decides what it may do there. Null: everybody. */
  needs: Permission | null;
  /** Reached from another screen only: not in the rail. */
  aside?: true;
  /** Only where a portal is instructed. */
  connected?: true;
}

const ALL: ScreenEntry[] = [
  { name: "agenda", icon: "agenda", needs: "read_agenda" },
  { name: "my_day", icon: "my_day", needs: "read_my_day" },
  { name: "patients", icon: "patients", needs: "read_patients" },
  { name: "results", icon: "results", needs: "file_documents" },
  { name: "drugs", icon: "drugs", needs: "read_drugs" },
  { name: "practices", icon: "practices", needs: "read_agenda" },
  { name: "statistics", icon: "statistics", needs: "read_statistics" },
  { name: "waiting_list", icon: "waiting", needs: "read_patients" },
  { name: "privacy", icon: "scale", needs: "take_requests" },
  { name: "calls", icon: "phone", needs: "note_calls" },
  { name: "portal", icon: "portal", needs: "change_agenda", connected: true },
  { name: "takeover", icon: "takeover", needs: "import_data" },
  { name: "settings", icon: "settings", needs: null },
  { name: "restore", icon: "disk", needs: "manage_backups", aside: true },
  { name: "record", icon: "record", needs: "read_clinical", aside: true },
  { name: "prescription", icon: "print", needs: "read_clinical", aside: true },
];

export function screensFor(session: SessionView): ScreenEntry[] {
  return ALL.filter((screen) => loaderOf(screen.name) !== null && (screen.needs === null || session.permissions.includes(screen.needs)));
}
