// The one door to the host: a named command with its request, its view or its refusal; and the host's announcements.
//
// What is deliberately not here: any rule, any wording of a refusal, any cache. Screens ask again when `onChange` says
// that something of their topic moved.
import type { CommandError, CommandName, Commands, VaultId } from "./types";

export type { CommandName };
export type RequestOf<K extends CommandName> = Commands[K]["request"];
export type ViewOf<K extends CommandName> = Commands[K]["view"];

/** What the host announces: its capabilities, a running import's progress, and that it locked itself. */
export type Topic = "agenda" | "patients" | "calls" | "practice" | "access" | "backups" | "progress" | "publishing" | "drugs" | "record" | "results" | "privacy" | "locked" | "disclosures" | "sync" | "messages";

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
  void listening?.then((stop) => stop());
  listening = null;
  asked.clear();
  host = Promise.resolve(other);
  if (hearers.size > 0) listen();
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

async function invoke(name: CommandName, request: unknown, practice: VaultId | null): Promise<unknown> {
  return (await theHost()).invoke(name, request, practice);
}

function keyOf(name: CommandName, request: unknown, practice: VaultId | null): string {
  return JSON.stringify([name, request, practice]);
}

/** Questions that were asked before the screen that needs their answer was there. */
const asked = new Map<string, Promise<unknown>>();

/**
 * Asks now what a screen that is still being built will ask in a moment: the first to ask the same takes this answer. Only
 * for what changes nothing. Whatever the host announces meanwhile makes the answer void.
 */
export function ahead<K extends CommandName>(name: K, request: RequestOf<K>, practice: VaultId): void {
  const answer = invoke(name, request, practice);
  answer.catch(() => undefined);
  asked.set(keyOf(name, request, practice), answer);
}

/**
 * Runs one command, in the practice that is in hand now unless another is named: switching afterwards changes nothing of
 * it. Rejects with a `Refusal`, whatever went wrong: a host that cannot be reached is `internal`, and
 * never carries the text of an exception (it could name a person).
 */
export async function call<K extends CommandName>(name: K, request: RequestOf<K>, where: Where = {}): Promise<ViewOf<K>> {
  const practice = where.practice ?? inHand();
  const key = keyOf(name, request, practice);
  const early = asked.get(key);
  asked.delete(key);
  try {
    const view = (await (early ?? invoke(name, request, practice))) as ViewOf<K>;
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

/** Everybody who hears the host; it is listened to once for all of them. */
const hearers = new Set<(announcement: Announcement) => void>();
let listening: Promise<() => void> | null = null;

function listen(): void {
  listening ??= theHost().then((it) =>
    it.listen((announcement) => {
      asked.clear();
      hearers.forEach((hear) => hear(announcement));
    }),
  );
}

/**
 * Calls back whenever something of this topic changed in the practice in hand, here or elsewhere; `everywhere`: in any
 * practice. Returns how to stop hearing.
 */
export function onChange(topic: Topic, hear: (ids: string[], practice: VaultId | null) => void, everywhere = false): () => void {
  const concerns = (practice: VaultId | null): boolean => everywhere || practice === null || inHand() === null || practice === inHand();
  const one = ({ topic: about, ids, practice = null }: Announcement): void => {
    if (about === topic && concerns(practice)) hear(ids, practice);
  };
  hearers.add(one);
  listen();
  return () => hearers.delete(one);
}
