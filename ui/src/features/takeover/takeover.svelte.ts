// One take-over, from the file to its report. What a row means and what becomes of it is decided by the host; this keeps
// the file, the user's corrections and the figures, and asks how far a run is.
import { call, isRefusal } from "$backend/door";
import { base64Of } from "$backend/files";
import type { ImportedView, PatientsFileView, PractitionerId, ProgressView } from "$backend/types";
import { refusalText } from "$messages/index";

export type Kind = "patients" | "agenda";
export type Stage = "file" | "prepare" | "trial" | "done";
export const STAGES: Stage[] = ["file", "prepare", "trial", "done"];

const POLL_MILLISECONDS = 250;

export const NOT_TAKEN = "ignore";

/** Calendars say so at their very beginning, whatever their name. */
async function kindOf(file: File): Promise<Kind> {
  if (/\.(ics|ical|ifb|icalendar)$/i.test(file.name)) return "agenda";
  const head = new TextDecoder().decode(await file.slice(0, 64).arrayBuffer());
  return head.replace(/^\uFEFF/, "").trimStart().toUpperCase().startsWith("BEGIN:VCALENDAR") ? "agenda" : "patients";
}

export class Takeover {
  stage = $state<Stage>("file");
  kind = $state<Kind | null>(null);
  name = $state("");
  preview = $state.raw<PatientsFileView | null>(null);
  /** One field a column, as corrected. */
  mapping = $state<string[]>([]);
  practitioner = $state<PractitionerId | null>(null);
  result = $state.raw<ImportedView | null>(null);
  progress = $state.raw<ProgressView | null>(null);
  running = $state<"reading" | "trial" | "real" | null>(null);
  stopping = $state(false);
  error = $state.raw<{ field: string | null; text: string } | null>(null);
  #base64 = "";

  /** Columns whose field another column gives as well, where one can only be given once. */
  get twice(): string[] {
    const JOINED = [NOT_TAKEN, "address", "remarks"];
    return this.mapping.filter((field, at) => !JOINED.includes(field) && this.mapping.indexOf(field) !== at);
  }

  #refuse(reason: unknown): void {
    // What is no refusal of the host is the web view's: the file went away, or another program holds it.
    const refusal = isRefusal(reason) ? reason : { code: "file_unreadable", field: null };
    this.error = { field: refusal.field, text: refusalText(refusal) };
  }

  async open(file: File): Promise<void> {
    this.error = null;
    this.name = file.name;
    this.running = "reading";
    try {
      this.kind = await kindOf(file);
      this.#base64 = await base64Of(file);
      if (this.kind === "patients") {
        this.preview = await call("preview_patients_file", { name: file.name, base64: this.#base64 });
        this.mapping = this.preview.columns.map((column) => column.field);
        // The host keeps the file under its handle from here on.
        this.#base64 = "";
      }
      this.stage = "prepare";
    } catch (reason) {
      this.#refuse(reason);
    } finally {
      this.running = null;
    }
  }

  /** Runs the import, dry or for good, asking how far it is meanwhile. */
  async run(dryRun: boolean): Promise<boolean> {
    if (this.running) return false;
    this.running = dryRun ? "trial" : "real";
    this.stopping = false;
    this.error = null;
    this.progress = null;
    const timer = setInterval(() => void this.#poll(), POLL_MILLISECONDS);
    try {
      this.result = await this.#ask(dryRun);
      this.stage = dryRun ? "trial" : "done";
      return true;
    } catch (reason) {
      this.#refuse(reason);
      return false;
    } finally {
      clearInterval(timer);
      this.running = null;
      this.stopping = false;
    }
  }

  #ask(dryRun: boolean): Promise<ImportedView> {
    if (this.kind === "patients" && this.preview) {
      return call("import_patients", { file: this.preview.file, mapping: [...this.mapping], dry_run: dryRun });
    }
    return call("import_agenda", {
      name: this.name,
      base64: this.#base64,
      practitioner_id: this.practitioner ?? ("" as PractitionerId),
      dry_run: dryRun,
    });
  }

  async #poll(): Promise<void> {
    try {
      const progress = await call("show_progress", {});
      if (this.running) this.progress = progress;
    } catch {
      // Not knowing how far it is stops nothing.
    }
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await call("cancel_import", {}).catch(() => undefined);
  }

  back(): void {
    this.error = null;
    if (this.stage === "trial") this.stage = "prepare";
    else this.again();
  }

  again(): void {
    this.stage = "file";
    this.kind = null;
    this.preview = null;
    this.result = null;
    this.error = null;
    this.#base64 = "";
  }
}
