// The register of requests, and the one that is open: asked again whenever something of it moved.
import { call, isRefusal, onChange, type Refusal } from "$backend/door";
import type { DataRequestId, DataRequestView, ExecuteRequestRequest, FileView, PatientId, PrintRequestLetterRequest, RefuseRequestRequest, RequestLineView } from "$backend/types";
import { preview } from "$kit/state/preview.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

export class Register {
  lines = $state.raw<RequestLineView[] | null>(null);
  one = $state.raw<DataRequestView | null>(null);
  closed = $state(false);
  failure = $state<string | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  busy = $state(false);
  /** The letter that an erasure leaves: once, while the page is open. */
  letter = $state.raw<FileView | null>(null);

  async load(): Promise<void> {
    try {
      this.lines = (await call("list_requests", { closed: this.closed })).requests;
      this.failure = null;
    } catch (reason) {
      this.failure = isRefusal(reason) ? refusalText(reason) : null;
    }
  }

  async open(id: DataRequestId | null): Promise<void> {
    this.refusal = null;
    this.letter = null;
    if (id === null) {
      this.one = null;
      return;
    }
    try {
      this.one = await call("show_request", { id });
    } catch (reason) {
      this.one = null;
      this.failure = isRefusal(reason) ? refusalText(reason) : null;
    }
  }

  /** Keeps it true until the returned function is called; for `$effect`. */
  follow(): () => void {
    void this.load();
    return onChange("privacy", () => {
      void this.load();
      const id = this.one?.id;
      if (id && !this.busy) void call("show_request", { id }).then((view) => (this.one = view)).catch(() => undefined);
    });
  }

  errorOf(field: string): string | null {
    return this.refusal?.field === field ? refusalText(this.refusal) : null;
  }

  /** What has no field to stand beside. */
  rest(...fields: string[]): string | null {
    return this.refusal && !fields.includes(this.refusal.field ?? "") ? refusalText(this.refusal) : null;
  }

  async #do(work: (seen: { id: DataRequestId; revision: number }) => Promise<DataRequestView>, said: string): Promise<boolean> {
    if (this.busy || !this.one) return false;
    this.busy = true;
    this.refusal = null;
    try {
      const view = await work({ id: this.one.id, revision: this.one.revision });
      this.one = view;
      if (view.letter) {
        this.letter = view.letter;
        preview.show(view.letter);
      }
      toasts.done(said);
      await this.load();
      return true;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.refusal = reason;
      return false;
    } finally {
      this.busy = false;
    }
  }

  identify(proof: string): Promise<boolean> {
    return this.#do((seen) => call("amend_request", { ...seen, patient_id: null, proof, complete_on: "" }), m.requests_saved());
  }

  link(patient: PatientId): Promise<boolean> {
    return this.#do((seen) => call("amend_request", { ...seen, patient_id: patient, proof: "", complete_on: "" }), m.requests_saved());
  }

  complete(on: string): Promise<boolean> {
    return this.#do((seen) => call("amend_request", { ...seen, patient_id: null, proof: "", complete_on: on }), m.requests_saved());
  }

  exchange(on: string, words: string): Promise<boolean> {
    return this.#do((seen) => call("note_exchange", { ...seen, on, words }), m.requests_saved());
  }

  extend(reason: string): Promise<boolean> {
    return this.#do((seen) => call("extend_request", { ...seen, reason }), m.requests_extended());
  }

  refuse(ground: RefuseRequestRequest["ground"], words: string): Promise<boolean> {
    return this.#do((seen) => call("refuse_request", { ...seen, ground, words }), m.requests_refused());
  }

  drop(): Promise<boolean> {
    return this.#do((seen) => call("drop_request", seen), m.requests_dropped());
  }

  execute(how: Omit<ExecuteRequestRequest, "id" | "revision">): Promise<boolean> {
    return this.#do((seen) => call("execute_request", { ...seen, ...how }), m.requests_executed());
  }

  async print(what: PrintRequestLetterRequest["what"]): Promise<void> {
    if (!this.one) return;
    this.refusal = null;
    try {
      preview.show(await call("print_request_letter", { id: this.one.id, what, language: "" }));
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.refusal = reason;
    }
  }
}
