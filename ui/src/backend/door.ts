// The one door to the host: a named command with its request, its view or its refusal; and the host's announcements.
//
// What is deliberately not here: any rule, any wording of a refusal, any cache. Screens ask again when `onChange` says
// that something of their topic moved.
import type { CommandError, CommandName, Commands, VaultId } from "./types";

export type { CommandName };
export type RequestOf<K extends CommandName> = Commands[K]["request"];
export type ViewOf<K extends CommandName> = Commands[K]["view"];

/** What the host announces: its capabilities, a running import's progress, and that it locked itself. */
export type Topic = "agenda" | "patients" | "calls" | "practice" | "access" | "backups" | "progress" | "publishing" | "locked";

/** What a change touched: the topic and the ids of what moved, never any content. */
export interface Announcement {
  topic: Topic;
  ids: string[];
  /** In which practice; null or absent: in whichever is meant. */
  practice?: VaultId | null;
}

/** A refusal or a failure, as the host words it for programs: put into a sentence by `refusalText`. */
export type Refusal = CommandError;

/** How commands reach a host: Tauri in the window, a practice in memory for tests and for a browser. */
export interface Host {
  /** Runs a command in the named practice; null: in the host's current one. */
  invoke(name: string, request: unknown, practice?: VaultId | null): Promise<unknown>;
  listen(hear: (announcement: Announcement) => void): Promise<() => void>;
}

let host: Promise<Host> | null = null;
const signedOutHearers = new Set<(practice: VaultId | null) => void>();
let inHand: () => VaultId | null = () => null;
/** Which practice answered with this view: what is undone later must be undone there. */
const answeredBy = new WeakMap<object, VaultId>();

/** Says which practice is meant by a command that names none: the one whose name stands in the header. */
export function meantPractice(practice: () => VaultId | null): void {
  inHand = practice;
}

/** The practice that answered with this view; null where the host had only one. */
export function practiceOf(view: object): VaultId | null {
  return answeredBy.get(view) ?? null;
}

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

/** Where a command runs, and where one listens. */
export interface Where {
  /** The practice; without it, or null, the one in hand. */
  practice?: VaultId | null;
}

/**
 * Runs one command, in the practice that is in hand now unless another is named: switching afterwards changes nothing of
 * it. Rejects with a `Refusal`, whatever went wrong: a host that cannot be reached is `internal`, and
 * never carries the text of an exception (it could name a person).
 */
export async function call<K extends CommandName>(name: K, request: RequestOf<K>, where: Where = {}): Promise<ViewOf<K>> {
  const practice = where.practice ?? inHand();
  try {
    const view = (await (await theHost()).invoke(name, request, practice)) as ViewOf<K>;
    if (practice !== null && typeof view === "object" && view !== null) answeredBy.set(view, practice);
    return view;
  } catch (reason) {
    const refusal = asRefusal(reason);
    if (refusal.code === "signed_out") signedOutHearers.forEach((hear) => hear(practice));
    throw refusal;
  }
}

/** Calls back when the host says that nobody is signed in (to this practice) any more; returns how to stop. */
export function onSignedOut(hear: (practice: VaultId | null) => void): () => void {
  signedOutHearers.add(hear);
  return () => signedOutHearers.delete(hear);
}

/**
 * Calls back whenever something of this topic changed in the practice in hand, here or elsewhere; `everywhere`: in any
 * practice. Returns how to stop hearing.
 */
export function onChange(topic: Topic, hear: (ids: string[], practice: VaultId | null) => void, everywhere = false): () => void {
  const concerns = (practice: VaultId | null): boolean => everywhere || practice === null || inHand() === null || practice === inHand();
  let stop: (() => void) | null = null;
  let stopped = false;
  void theHost()
    .then((it) =>
      it.listen(({ topic: about, ids, practice = null }) => {
        if (about === topic && concerns(practice)) hear(ids, practice);
      }),
    )
    .then((unlisten) => {
      if (stopped) unlisten();
      else stop = unlisten;
    });
  return () => {
    stopped = true;
    stop?.();
  };
}
