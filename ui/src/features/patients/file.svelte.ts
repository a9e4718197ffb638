// One patient's file while it is open: what is saved, what is typed, what the checks say of it, who is likely the same.
//
// Warnings never block: only the host refuses, and says why. A draft of what is typed is kept over a lock.
import { call, isRefusal, type Refusal } from "$backend/door";
import type { DuplicateView, PatientFields, PatientId, PatientView, VaultId, WarningView } from "$backend/types";
import { calledName } from "$kit/names";
import { drafts } from "$kit/state/drafts.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, messageByKey, refusalText } from "$messages/index";
import { called, EMPTY_FIELDS, FIELD_NAMES, type FieldName, formFields } from "./fields";

const DRAFT = "patient";

interface Kept {
  id: PatientId | null;
  fields: PatientFields;
}

/** What was typed when the window locked, if it was a patient's file. */
export function takeDraft(): Kept | null {
  return drafts.take<Kept>(DRAFT);
}

export class PatientFile {
  /** Null while a new one is typed. */
  patient = $state.raw<PatientView | null>(null);
  fields = $state<PatientFields>({ ...EMPTY_FIELDS });
  #saved = $state.raw<PatientFields>({ ...EMPTY_FIELDS });
  warnings = $state.raw<WarningView[]>([]);
  duplicates = $state.raw<DuplicateView[]>([]);
  error = $state.raw<{ field: string | null; text: string } | null>(null);
  busy = $state(false);
  /** Duplicates of what is typed were shown: saving again means it. */
  #seen = $state("");
  #checked = 0;
  /** The practice that it is a file of, whichever is in hand when it is saved. */
  readonly #practice: VaultId | null = session.practice;

  constructor(patient: PatientView | null, fields: PatientFields | null = null) {
    if (patient) this.take(patient);
    if (fields) this.fields = { ...fields };
  }

  get isNew(): boolean {
    return this.patient === null;
  }

  get dirty(): boolean {
    return FIELD_NAMES.some((name) => this.fields[name] !== this.#saved[name]);
  }

  get name(): string {
    return this.patient ? calledName(called(this.patient)) : m.patients_new();
  }

  /** Takes on what the host says; what is typed meanwhile is given up. */
  take(patient: PatientView): void {
    this.patient = patient;
    this.#saved = formFields(patient);
    this.fields = { ...this.#saved };
    this.warnings = patient.warnings;
    this.error = null;
  }

  cancel(): void {
    this.fields = { ...this.#saved };
    this.warnings = this.patient?.warnings ?? [];
    this.duplicates = [];
    this.error = null;
  }

  errorOf(name: FieldName): string | null {
    return this.error?.field === name ? this.error.text : null;
  }

  warningOf(name: FieldName): string | null {
    const warning = this.warnings.find((one) => one.field === name);
    return warning ? (messageByKey(`patients_warning_${warning.code}`) ?? m.patients_warning_general()) : null;
  }

  /** Keeps what is typed over a lock; for `$effect`. */
  keepDraft(): () => void {
    return drafts.register(DRAFT, () => (this.dirty ? ({ id: this.patient?.id ?? null, fields: { ...this.fields } } satisfies Kept) : null));
  }

  /** Asks what the checks say of what is typed, and who is likely the same person. */
  async check(): Promise<void> {
    const asked = ++this.#checked;
    if (!this.fields.surname && !this.fields.first_name && !this.fields.surname_arabic && !this.fields.first_name_arabic) return;
    try {
      const view = await call("find_duplicates", { fields: { ...this.fields }, except: this.patient?.id ?? null }, { practice: this.#practice });
      if (asked !== this.#checked) return;
      this.duplicates = view.duplicates;
      this.warnings = view.warnings;
      this.error = null;
    } catch (reason) {
      if (asked === this.#checked && isRefusal(reason)) this.#refuse(reason);
    }
  }

  #refuse(refusal: Refusal): void {
    const text = refusal.code === "changed_meanwhile" ? m.patients_changed_meanwhile() : refusalText(refusal);
    this.error = { field: refusal.field, text };
  }

  /**
   * Saves. A new file that looks like a known one is saved at the second asking only, once the likeness was seen.
   * Answers with the patient where it was saved.
   */
  async save(): Promise<PatientView | null> {
    if (this.busy || (!this.dirty && !this.isNew)) return null;
    this.busy = true;
    this.error = null;
    try {
      if (this.isNew) {
        const typed = JSON.stringify(this.fields);
        await this.check();
        if (this.error) return null;
        if (this.duplicates.length > 0 && this.#seen !== typed) {
          this.#seen = typed;
          return null;
        }
      }
      return await this.#send();
    } finally {
      this.busy = false;
    }
  }

  /** Whether the next saving creates in spite of a likeness that was shown. */
  get meansIt(): boolean {
    return this.isNew && this.duplicates.length > 0 && this.#seen === JSON.stringify(this.fields);
  }

  async #send(): Promise<PatientView | null> {
    const before = this.patient;
    const fields = { ...this.fields };
    try {
      const { patient, sequence } = before
        ? await call("update_patient", { id: before.id, revision: before.revision, fields }, { practice: this.#practice })
        : await call("create_patient", { fields }, { practice: this.#practice });
      this.take(patient);
      this.duplicates = [];
      toasts.done(before ? m.patients_saved() : m.patients_created(), {
        person: calledName(called(patient)),
        undo: () => undoSaving(this.#practice, sequence),
      });
      return patient;
    } catch (reason) {
      if (isRefusal(reason)) {
        this.#refuse(reason);
        if (reason.code === "changed_meanwhile" && before) await this.#catchUp(before.id);
      }
      return null;
    }
  }

  /** Somebody else was quicker: their version is what the next saving starts from; what is typed here stays. */
  async #catchUp(id: PatientId): Promise<void> {
    const now = await call("show_patient", { id }, { practice: this.#practice });
    this.patient = now;
    this.#saved = formFields(now);
  }
}

/** Takes back a change by its journal entry, in the practice where it was made. */
export async function undoSaving(practice: VaultId | null, ...sequences: number[]): Promise<void> {
  try {
    for (const sequence of sequences) await call("undo", { sequence }, { practice });
    toasts.done(m.patients_undone());
  } catch (reason) {
    if (isRefusal(reason)) toasts.refused(refusalText(reason));
  }
}
