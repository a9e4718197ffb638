// What is being written: a new entry, or the correction of one. Kept at the host as a draft while one types, sealed under the
// patient's key; nothing of it stands in the page's own drafts.
import { call, isRefusal, type Refusal } from "$backend/door";
import type { Body, EntryId, RecordEntryView } from "$backend/types";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";
import { emptyBody, isEmpty, type WrittenKind } from "./forms";
import type { Section } from "./kinds";
import { SECTIONS } from "./kinds";
import type { PatientRecord } from "./record.svelte";

const DRAFT_MILLISECONDS = 700;

interface Kept {
  body: Body;
  on: string;
  correcting: { id: EntryId; version: number } | null;
}

export class Writer {
  /** Null while nothing is being written. */
  body = $state<Body | null>(null);
  on = $state("");
  correcting = $state.raw<{ id: EntryId; version: number } | null>(null);
  error = $state.raw<{ field: string | null; text: string; code: string } | null>(null);
  busy = $state(false);
  /** It was taken up from a draft. */
  restored = $state(false);
  kept = $state(false);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pending = false;

  constructor(readonly record: PatientRecord) {}

  errorOf(field: string): string | null {
    return this.error?.field === field && this.error.code !== "unlikely_value" ? this.error.text : null;
  }

  /** What no field of the form says. */
  get otherError(): string | null {
    return this.error && this.error.field === null ? this.error.text : null;
  }

  begin(kind: WrittenKind): void {
    // What was begun is not thrown away by another key: the same form stays.
    if (this.body && !isEmpty(this.body) && this.body.kind !== kind) {
      toasts.refused(m.record_draft_kept());
      return;
    }
    if (this.body?.kind === kind) return;
    this.#take({ body: emptyBody(kind), on: "", correcting: null });
  }

  correct(entry: RecordEntryView): void {
    if (this.body && !isEmpty(this.body)) {
      toasts.refused(m.record_draft_kept());
      return;
    }
    this.#take({ body: { ...entry.body }, on: entry.on, correcting: { id: entry.id, version: entry.version } });
  }

  #take({ body, on, correcting }: Kept): void {
    this.body = body;
    this.on = on;
    this.correcting = correcting;
    this.error = null;
    this.restored = false;
    this.kept = false;
  }

  /** Takes up what was being written when one left. */
  restore(): void {
    const draft = this.record.view?.draft;
    if (!draft) return;
    try {
      const kept = JSON.parse(draft) as Kept;
      if (!kept.body?.kind) return;
      this.#take({ body: { ...emptyBody(kept.body.kind as WrittenKind), ...kept.body } as Body, on: kept.on, correcting: kept.correcting });
      this.restored = true;
      this.kept = true;
    } catch {
      // A draft that cannot be read is no draft.
    }
  }

  /** Somebody typed: kept in a moment. */
  touched(): void {
    this.#pending = true;
    this.kept = false;
    if (this.error?.code === "unlikely_value") this.error = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.keep(), DRAFT_MILLISECONDS);
  }

  /** Keeps what stands there, at once. */
  async keep(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#pending || !this.record.view) return;
    this.#pending = false;
    const worth = this.body !== null && !isEmpty(this.body);
    const body = this.body !== null && worth ? JSON.stringify({ body: this.body, on: this.on, correcting: this.correcting } satisfies Kept) : "";
    try {
      await call("save_clinical_draft", { patient_id: this.record.view.patient_id, body }, { practice: this.record.practice });
      this.kept = worth;
    } catch {
      // What could not be kept is still on the screen; saving it says what is wrong.
    }
  }

  async #forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#pending = false;
    this.kept = false;
    this.restored = false;
    if (this.record.view) await call("save_clinical_draft", { patient_id: this.record.view.patient_id, body: "" }, { practice: this.record.practice }).catch(() => undefined);
  }

  /** Closes the form; what stands in it stays a draft. */
  async close(): Promise<void> {
    await this.keep();
    this.body = null;
    this.correcting = null;
    this.error = null;
  }

  async discard(): Promise<void> {
    this.body = null;
    this.correcting = null;
    this.error = null;
    await this.#forget();
  }

  /** Saves; true where it is in the record. `confirmed`: an unlikely value is meant. */
  async save(confirmed = false): Promise<boolean> {
    if (!this.body || !this.record.view || this.busy) return false;
    this.busy = true;
    const body: Body = this.body.kind === "measure" ? { ...$state.snapshot(this.body), confirmed } : $state.snapshot(this.body);
    const where = { practice: this.record.practice };
    try {
      const saved = this.correcting
        ? await call("correct_entry", { ...this.correcting, on: this.on, body }, where)
        : await call("write_entry", { patient_id: this.record.view.patient_id, on: this.on, body }, where);
      toasts.done(this.correcting ? m.record_corrected_done() : m.record_saved());
      const again = this.correcting === null && body.kind !== "consultation" ? emptyBody(body.kind as WrittenKind) : null;
      if (again?.kind === "measure" && body.kind === "measure") Object.assign(again, { what: body.what, unit: this.body.kind === "measure" ? this.body.unit : "" });
      this.body = again;
      this.on = "";
      this.correcting = null;
      this.error = null;
      await this.#forget();
      await this.record.refresh();
      this.record.current = saved.id;
      return true;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.#refuse(reason);
      return false;
    } finally {
      this.busy = false;
    }
  }

  #refuse(refusal: Refusal): void {
    this.error = { field: refusal.field, text: refusalText(refusal), code: refusal.code };
  }

  /** Puts a template's texts in: into its section at the cursor, else behind what stands there. */
  async fill(id: RecordTemplateId, section: Section, at: number): Promise<void> {
    if (this.body?.kind !== "consultation" || !this.record.view) return;
    try {
      const text = await call("fill_template", { id, patient_id: this.record.view.patient_id }, { practice: this.record.practice });
      if (this.body?.kind !== "consultation") return;
      for (const name of SECTIONS) {
        if (!text[name]) continue;
        const now = this.body[name];
        if (name === section) this.body[name] = now.slice(0, at) + text[name] + now.slice(at);
        else this.body[name] = now ? `${now.trimEnd()}\n${text[name]}` : text[name];
      }
      this.touched();
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.#refuse(reason);
    }
  }
}

type RecordTemplateId = PatientRecord["templates"][number]["id"];
