// The register of calls: which are shown, which one is chosen, and its next step. What a step is allowed to be is the
// host's to say.
import { call, isRefusal } from "$backend/door";
import type { CallId, CallView, ChangedCallView, PractitionerId, VaultId } from "$backend/types";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

export type Which = "open" | "all";

const LIMIT = 200;

/** The name in the window's script where it is known in it. */
export function patientOf(one: CallView): string {
  return preferences.language === "ar" && one.patient_arabic ? one.patient_arabic : one.patient || one.patient_arabic;
}

export class Calls {
  which = $state<Which>("open");
  text = $state("");
  /** Messages to this practitioner only; null: all. */
  whose = $state<PractitionerId | null>(session.now?.practitioner_id ?? null);
  list = $state.raw<CallView[]>([]);
  more = $state(false);
  loaded = $state(false);
  chosen = $state<CallId | null>(null);
  failure = $state<string | null>(null);
  answer = $state("");
  busy = $state(false);
  #asked = 0;

  get current(): CallView | null {
    return this.list.find((one) => one.id === this.chosen) ?? null;
  }

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const view = await call("list_calls", { which: this.which, practitioner_id: this.whose, patient_id: null, text: this.text, limit: LIMIT });
      if (asked !== this.#asked) return;
      this.list = view.calls;
      this.more = view.more;
      this.failure = null;
      this.loaded = true;
      if (!this.current) this.chosen = null;
    } catch (reason) {
      if (asked === this.#asked && isRefusal(reason)) this.failure = refusalText(reason);
    }
  }

  /** Shows one; a message to whoever is signed in is read by that. */
  async choose(id: CallId): Promise<void> {
    if (this.chosen !== id) this.answer = "";
    this.chosen = id;
    const one = this.current;
    if (one?.state !== "unread" || one.practitioner_id !== session.now?.practitioner_id || !session.may("answer_calls")) return;
    try {
      this.#put((await call("read_call", { id })).call);
    } catch (reason) {
      this.#say(reason);
    }
  }

  move(by: 1 | -1): Promise<void> {
    const at = this.list.findIndex((one) => one.id === this.chosen);
    const next = this.list[at < 0 ? 0 : Math.min(Math.max(0, at + by), this.list.length - 1)];
    return next ? this.choose(next.id) : Promise.resolve();
  }

  #put(one: CallView): void {
    this.list = this.list.map((other) => (other.id === one.id ? one : other));
  }

  #say(reason: unknown): void {
    if (isRefusal(reason)) toasts.refused(refusalText(reason));
    void this.load();
  }

  async #step(work: Promise<ChangedCallView>, words: string): Promise<boolean> {
    this.busy = true;
    const { practice } = session;
    try {
      const { call: changed, sequence } = await work;
      this.#put(changed);
      toasts.done(words, { person: patientOf(changed), undo: sequence === null ? null : () => this.#undo(sequence, practice) });
      return true;
    } catch (reason) {
      this.#say(reason);
      return false;
    } finally {
      this.busy = false;
    }
  }

  async #undo(sequence: number, practice: VaultId | null): Promise<void> {
    try {
      await call("undo", { sequence }, { practice });
      toasts.done(m.undone());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  async send(): Promise<void> {
    const one = this.current;
    const answer = this.answer.trim();
    if (!one || !answer || this.busy) return;
    if (await this.#step(call("answer_call", { id: one.id, revision: one.revision, answer }), m.calls_did_answer())) this.answer = "";
  }

  async close(): Promise<void> {
    const one = this.current;
    if (!one || !isOpen(one) || this.busy) return;
    const at = this.list.findIndex((other) => other.id === one.id);
    if (!(await this.#step(call("close_call", { id: one.id }), m.calls_did_close()))) return;
    await this.load();
    // The next one, so that many are gone through by one key each.
    if (!this.current) this.chosen = this.list[Math.min(at, this.list.length - 1)]?.id ?? null;
  }
}

export function isOpen(one: CallView): boolean {
  return ["unread", "read", "answered"].includes(one.state);
}
