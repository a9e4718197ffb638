// The relatives of one patient while their file is open: contact persons, and the consents of guardians among them.
import { call, isRefusal, onChange, type Refusal } from "$backend/door";
import type { ConsentView, ContactsView, ContactView, DoneView, PatientId, SaveContactRequest } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";
import { undoSaving } from "./file.svelte";

export type ContactFields = Omit<SaveContactRequest, "id" | "revision" | "patient_id">;

export const EMPTY_CONTACT: ContactFields = {
  name: "",
  relation: "",
  phone: "",
  guardian: false,
  linked_patient_id: null,
  told_appointments: false,
  told_messages: false,
  told_results: false,
};

export class Relatives {
  view = $state.raw<ContactsView | null>(null);
  failure = $state<string | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  readonly patient: PatientId;

  constructor(patient: PatientId) {
    this.patient = patient;
  }

  async load(): Promise<void> {
    try {
      this.view = await call("list_contacts", { id: this.patient });
      this.failure = null;
    } catch (reason) {
      this.failure = isRefusal(reason) ? refusalText(reason) : null;
    }
  }

  /** Keeps it true until the returned function is called; for `$effect`. */
  follow(): () => void {
    void this.load();
    return onChange("patients", () => void this.load());
  }

  errorOf(field: string): string | null {
    return this.refusal?.field === field ? refusalText(this.refusal) : null;
  }

  async #do(work: () => Promise<{ sequence: number | null }>, words: string, person: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.refusal = null;
    const { practice } = session;
    try {
      const { sequence } = await work();
      toasts.done(words, { person, undo: sequence === null ? null : () => undoSaving(practice, sequence) });
      await this.load();
      return true;
    } catch (reason) {
      this.refusal = isRefusal(reason) ? reason : { code: "internal", field: null, parameters: {} };
      return false;
    } finally {
      this.busy = false;
    }
  }

  save(before: ContactView | null, fields: ContactFields): Promise<boolean> {
    const request = { ...fields, id: before?.id ?? null, revision: before?.revision ?? null, patient_id: this.patient };
    return this.#do(() => call("save_contact", request), m.relatives_saved(), fields.name || (before?.name ?? ""));
  }

  remove(one: ContactView): Promise<boolean> {
    return this.#do((): Promise<DoneView> => call("remove_contact", { id: one.id }), m.relatives_removed(), one.name);
  }

  give(by: ContactView, given_on: string, way: ConsentView["way"]): Promise<boolean> {
    const request = { patient_id: this.patient, contact_person_id: by.id, given_on, way };
    return this.#do((): Promise<DoneView> => call("give_consent", request), m.relatives_consent_given(), by.name);
  }

  withdraw(consent: ConsentView): Promise<boolean> {
    const request = { id: consent.id, withdrawn_on: "" };
    return this.#do((): Promise<DoneView> => call("withdraw_consent", request), m.relatives_consent_withdrawn(), consent.by);
  }
}
