// The one door to the host: a named command with its request, its view or its refusal; and the host's announcements.
//
// What is deliberately not here: any rule, any wording of a refusal, any cache. Screens ask again when `onChange` says
// that something of their topic moved.
import type { CommandError, CommandName, Commands } from "./types";

export type { CommandName };
export type RequestOf<K extends CommandName> = Commands[K]["request"];
export type ViewOf<K extends CommandName> = Commands[K]["view"];

/** What the host announces: its capabilities, a running import's progress, and that it locked itself. */
export type Topic = "agenda" | "patients" | "calls" | "practice" | "access" | "backups" | "progress" | "publishing" | "locked";

/** What a change touched: the topic and the ids of what moved, never any content. */
export interface Announcement {
  topic: Topic;
  ids: string[];
}

/** A refusal or a failure, as the host words it for programs: put into a sentence by `refusalText`. */
export type Refusal = CommandError;

/** How commands reach a host: Tauri in the window, a practice in memory for tests and for a browser. */
export interface Host {
  invoke(name: string, request: unknown): Promise<unknown>;
  listen(hear: (announcement: Announcement) => void): Promise<() => void>;
}

let host: Promise<Host> | null = null;
const signedOutHearers = new Set<() => void>();

/** Whether the page stands in the app's window; else in a browser or a test. */
export function isWindow(): boolean {
  return typeof window !== "undefined" && "__TAURI_INTERNALS__" in window;
}

/** A page outside the window has a practice in memory; a release is built without it. */
function withoutWindow(): Promise<Host> {
  if (import.meta.env.MODE === "production") return Promise.reject(new Error("no window around the page"));
  return import("./fake/host").then((module) => module.fakeHost());
}

function theHost(): Promise<Host> {
  host ??= isWindow() ? import("./tauri").then((module) => module.tauriHost()) : withoutWindow();
  return host;
}

/** Puts another host behind the door: for tests. */
export function useHost(other: Host): void {
  host = Promise.resolve(other);
}

/** Whether a rejected command was refused (as opposed to a defect of ours). */
export function isRefusal(reason: unknown): reason is Refusal {
  return typeof reason === "object" && reason !== null && typeof (reason as Refusal).code === "string";
}

function asRefusal(reason: unknown): Refusal {
  if (isRefusal(reason)) {
    return { code: reason.code, field: reason.field ?? null, parameters: reason.parameters ?? {} };
  }
  return { code: "internal", field: null, parameters: {} };
}

/**
 * Runs one command. Rejects with a `Refusal`, whatever went wrong: a host that cannot be reached is `internal`, and
 * never carries the text of an exception (it could name a person).
 */
export async function call<K extends CommandName>(name: K, request: RequestOf<K>): Promise<ViewOf<K>> {
  try {
    return (await (await theHost()).invoke(name, request)) as ViewOf<K>;
  } catch (reason) {
    const refusal = asRefusal(reason);
    if (refusal.code === "signed_out") signedOutHearers.forEach((hear) => hear());
    throw refusal;
  }
}

/** Calls back when the host says that nobody is signed in any more (it locked itself); returns how to stop. */
export function onSignedOut(hear: () => void): () => void {
  signedOutHearers.add(hear);
  return () => signedOutHearers.delete(hear);
}

/** Calls back whenever something of this topic changed, here or elsewhere; returns how to stop hearing. */
export function onChange(topic: Topic, hear: (ids: string[]) => void): () => void {
  let stop: (() => void) | null = null;
  let stopped = false;
  void theHost()
    .then((it) => it.listen((announcement) => announcement.topic === topic && hear(announcement.ids)))
    .then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
  return () => {
    stopped = true;
    stop?.();
  };
}
