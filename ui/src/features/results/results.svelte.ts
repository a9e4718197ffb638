// Results as they come in: what nobody has seen, what a person has to decide, and everything of one patient. Which of it a session may
// read is the host's to say.
import { call, isRefusal } from "$backend/door";
import { base64Of } from "$backend/files";
import type { CandidateView, DocumentsView, DocumentView, FiledContentView, FiledId, ImportedResultView, InboxItemView, InboxView, PatientId, PatientView, ReportView, ResultsView, UnseenReportView, UnseenView, VaultId, WatchedFolderView } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

export type Part = "unseen" | "inbox" | "patient";

/** A report or a document in the list of a patient's. */
export interface Paper {
  key: string;
  on: string;
  report: ReportView | null;
  document: DocumentView | null;
}

/** `DUPONT Marie`. */
export function named(one: { surname: string; first_name: string }): string {
  return [one.surname.toUpperCase(), one.first_name].filter(Boolean).join(" ");
}

export class Results {
  part = $state<Part>("inbox");
  inbox = $state.raw<InboxView | null>(null);
  unseen = $state.raw<UnseenView | null>(null);
  folder = $state.raw<WatchedFolderView | null>(null);
  /** Whose results are shown, and who that is. */
  shown = $state.raw<ResultsView | null>(null);
  documents = $state.raw<DocumentsView | null>(null);
  patient = $state.raw<PatientView | null>(null);
  /** The line that is chosen in the list of the part. */
  chosen = $state<string | null>(null);
  /** Who is meant among an item's candidates. */
  candidate = $state<PatientId | null>(null);
  /** Somebody who was looked up instead. */
  other = $state.raw<PatientView | null>(null);
  content = $state.raw<FiledContentView | null>(null);
  imported = $state.raw<ImportedResultView[]>([]);
  error = $state.raw<string | null>(null);
  loaded = $state(false);
  busy = $state(false);
  #asked = 0;

  get mayRead(): boolean {
    return session.may("read_clinical");
  }

  get item(): InboxItemView | null {
    return this.part === "inbox" ? (this.inbox?.items.find((one) => one.id === this.chosen) ?? null) : null;
  }

  get waitingReport(): UnseenReportView | null {
    return this.part === "unseen" ? (this.unseen?.reports.find((one) => one.entry_id === this.chosen) ?? null) : null;
  }

  /** The report that is shown at the side. */
  get report(): ReportView | null {
    return this.part === "inbox" ? null : (this.shown?.reports.find((one) => one.entry_id === this.chosen) ?? null);
  }

  get document(): DocumentView | null {
    return this.part === "patient" ? (this.documents?.documents.find((one) => one.id === this.chosen) ?? null) : null;
  }

  /** Names of the lines of the part, in order. */
  get lines(): string[] {
    if (this.part === "inbox") return this.inbox?.items.map((one) => one.id) ?? [];
    if (this.part === "unseen") return this.unseen?.reports.map((one) => one.entry_id) ?? [];
    return this.papers.map((one) => one.key);
  }

  /** Reports and documents of the patient, the newest first. */
  get papers(): Paper[] {
    const reports = this.shown?.reports.map((report) => ({ key: report.entry_id as string, on: report.on, report, document: null })) ?? [];
    const documents = this.documents?.documents.map((document) => ({ key: document.id as string, on: document.on, report: null, document })) ?? [];
    return [...reports, ...documents].sort((a, b) => b.on.localeCompare(a.on));
  }

  #refuse(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    this.error = refusalText(reason);
  }

  /** Reads the part anew; keeps what is chosen where it is still there. */
  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const [inbox, unseen, folder] = await Promise.all([
        call("list_inbox", {}),
        this.part === "unseen" && this.mayRead ? call("list_unseen", {}) : Promise.resolve(this.unseen),
        call("show_watched_folder", {}),
      ]);
      if (asked !== this.#asked) return;
      this.inbox = inbox;
      this.unseen = unseen;
      this.folder = folder;
      const id = this.part === "patient" ? (this.patient?.id ?? null) : null;
      if (id) await this.#readPatient(id);
      if (asked !== this.#asked) return;
      this.loaded = true;
      if (!this.chosen || !this.lines.includes(this.chosen)) await this.choose(this.lines[0] ?? null);
    } catch (reason) {
      if (asked === this.#asked) this.#refuse(reason);
    }
  }

  async #readPatient(id: PatientId): Promise<void> {
    const [shown, documents] = await Promise.all([call("list_results", { patient_id: id }), call("list_documents", { patient_id: id })]);
    this.shown = shown;
    this.documents = documents;
  }

  async show(part: Part): Promise<void> {
    this.part = part;
    this.chosen = null;
    this.content = null;
    this.error = null;
    await this.load();
  }

  async choose(id: string | null): Promise<void> {
    this.chosen = id;
    this.content = null;
    this.other = null;
    this.candidate = this.item?.candidates[0]?.patient_id ?? null;
    const waiting = this.waitingReport;
    if (!waiting || this.shown?.reports.some((one) => one.entry_id === waiting.entry_id && one.version === waiting.version)) return;
    try {
      this.shown = await call("list_results", { patient_id: waiting.patient_id });
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  move(by: 1 | -1): Promise<void> {
    const at = this.lines.indexOf(this.chosen ?? "");
    return this.choose(this.lines[at < 0 ? 0 : Math.min(Math.max(0, at + by), this.lines.length - 1)] ?? null);
  }

  /** Everything of one patient; `chosen`: an entry or a document of theirs. */
  async ofPatient(id: PatientId, chosen: string | null = null): Promise<void> {
    this.error = null;
    this.part = "patient";
    this.chosen = null;
    try {
      this.patient = await call("show_patient", { id });
      await this.#readPatient(this.patient.id);
      this.loaded = true;
      await this.choose(chosen && this.lines.includes(chosen) ? chosen : (this.lines[0] ?? null));
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  async lookUp(id: PatientId): Promise<void> {
    try {
      this.other = await call("show_patient", { id });
      this.candidate = this.other.id;
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  /** The candidate who is chosen, or who was looked up. */
  get meant(): CandidateView | PatientView | null {
    if (this.other && this.other.id === this.candidate) return this.other;
    return this.item?.candidates.find((one) => one.patient_id === this.candidate) ?? null;
  }

  async #step(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    const at = this.lines.indexOf(this.chosen ?? "");
    try {
      await work();
      await this.load();
      // The next one, so that many are gone through by one key each.
      if (at >= 0 && this.lines.length > 0 && (!this.chosen || at > 0)) await this.choose(this.lines[Math.min(at, this.lines.length - 1)] ?? null);
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      toasts.refused(refusalText(reason));
      await this.load();
    } finally {
      this.busy = false;
    }
  }

  /** Marks the report as seen; the toast takes it back. */
  seen(): Promise<void> {
    const report = this.report;
    if (!report || report.is_seen || report.struck !== null) return Promise.resolve();
    const { practice } = session;
    const mark = { entry_id: report.entry_id, version: report.version };
    const person = this.waitingReport ? named(this.waitingReport) : this.patient ? named(this.patient) : null;
    return this.#step(async () => {
      await call("mark_seen", { ...mark, seen: true });
      if (this.part === "unseen") this.chosen = null;
      toasts.done(m.results_did_seen(), { person, undo: () => this.#unsee(mark, practice) });
    });
  }

  async #unsee(mark: { entry_id: ReportView["entry_id"]; version: number }, practice: VaultId | null): Promise<void> {
    try {
      await call("mark_seen", { ...mark, seen: false }, { practice });
      toasts.done(m.results_did_unseen());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  /** Gives the paper to who is chosen, or to a new patient. */
  attach(create: boolean): Promise<void> {
    const item = this.item;
    if (!item?.whole || item.refused || (!create && !this.candidate)) return Promise.resolve();
    const patient_id = create ? null : this.candidate;
    const { practice } = session;
    return this.#step(async () => {
      const done = await call("attach_result", { id: item.id, patient_id });
      const person = named(this.meant ?? item);
      this.chosen = null;
      // What is in the record is struck there; what waits can be taken back.
      if (done.taken) toasts.done(m.results_did_attach(), { person });
      else toasts.done(m.results_did_file(), { person, undo: () => this.#detach(item.id, practice) });
    });
  }

  async #detach(id: FiledId, practice: VaultId | null): Promise<void> {
    try {
      await call("detach_result", { id }, { practice });
      toasts.done(m.results_did_take_back());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }

  refuse(refused: boolean): Promise<void> {
    const item = this.item;
    if (!item || item.refused === refused) return Promise.resolve();
    const { practice } = session;
    return this.#step(async () => {
      await call("refuse_result", { id: item.id, refused });
      toasts.done(refused ? m.results_did_refuse() : m.results_did_take_back(), {
        undo: refused
          ? async () => {
              await call("refuse_result", { id: item.id, refused: false }, { practice }).catch(() => undefined);
              await this.load();
            }
          : null,
      });
    });
  }

  async read(): Promise<void> {
    const id = this.item?.id as FiledId | undefined;
    if (!id || !this.mayRead) return;
    try {
      this.content = await call("read_filed", { id });
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
  }

  /** Imports a file's bytes; what became of each report stands in `imported`. */
  async import(file: File): Promise<void> {
    this.error = null;
    this.busy = true;
    try {
      const view = await call("import_results", { path: "", name: file.name, base64: await base64Of(file) });
      this.imported = view.results;
      await this.load();
    } catch (reason) {
      this.#refuse(reason);
    } finally {
      this.busy = false;
    }
  }

  async saveFolder(path: string, afterwards: WatchedFolderView["afterwards"]): Promise<string | null> {
    try {
      await call("set_watched_folder", { path, afterwards, enabled: true });
      this.folder = await call("show_watched_folder", {});
      toasts.done(m.results_folder_saved());
      return null;
    } catch (reason) {
      if (isRefusal(reason)) return refusalText(reason);
      throw reason;
    }
  }

  async checkFolder(): Promise<void> {
    try {
      this.imported = (await call("check_watched_folder", {})).results;
    } catch (reason) {
      this.#refuse(reason);
    }
    await this.load();
  }
}
