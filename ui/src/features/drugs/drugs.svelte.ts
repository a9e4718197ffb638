// The drug base and the thesaurus, as one looks things up in them: what is typed, what was found, what a check says. What is not
// known is shown as such; nothing here says "safe".
import { call, isRefusal } from "$backend/door";
import type { CheckedDrugsView, DrugEditionView, DrugView, FoundDrugsView, MappingView, ProgressView } from "$backend/types";
import { refusalText } from "$messages/index";

export type Part = "search" | "check" | "mapping";
export interface Line {
  cis: string;
  name: string;
}

const FOUND = 30;
const POLL_MILLISECONDS = 250;

export class Drugs {
  part = $state<Part>("search");
  text = $state("");
  found = $state.raw<FoundDrugsView | null>(null);
  drug = $state.raw<DrugView | null>(null);
  lines = $state.raw<Line[]>([]);
  checked = $state.raw<CheckedDrugsView | null>(null);
  mapping = $state.raw<MappingView | null>(null);
  editions = $state.raw<DrugEditionView[]>([]);
  error = $state.raw<string | null>(null);
  progress = $state.raw<ProgressView | null>(null);
  importing = $state(false);
  #asked = 0;

  #refuse(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    this.error = refusalText(reason);
  }

  edition(base: "drugs" | "interactions"): DrugEditionView | null {
    return this.editions.find((one) => one.base === base) ?? null;
  }

  async load(): Promise<void> {
    try {
      this.editions = (await call("show_drug_editions", {})).editions;
      if (this.part === "mapping") this.mapping = await call("show_mapping", {});
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  async search(): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    if (this.text.trim() === "" || !this.edition("drugs")) {
      this.found = null;
      return;
    }
    try {
      const found = await call("search_drugs", { text: this.text, limit: FOUND });
      // A slower answer to what was typed before.
      if (asked === this.#asked) this.found = found;
    } catch (reason) {
      if (asked === this.#asked) this.#refuse(reason);
    }
  }

  async open(cis: string): Promise<void> {
    this.error = null;
    try {
      this.drug = await call("show_drug", { cis });
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  async show(part: Part): Promise<void> {
    this.part = part;
    await this.load();
  }

  async add(line: Line): Promise<void> {
    this.lines = [...this.lines, line];
    await this.check();
  }

  async remove(at: number): Promise<void> {
    this.lines = this.lines.filter((_, number) => number !== at);
    await this.check();
  }

  async check(): Promise<void> {
    this.error = null;
    this.checked = null;
    if (this.lines.length === 0) return;
    const cis = this.lines.filter((one) => one.cis !== "").map((one) => one.cis);
    const substances = this.lines.filter((one) => one.cis === "").map((one) => one.name);
    try {
      this.checked = await call("check_drugs", { cis, substances, current_cis: [], current_substances: [] });
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  /** Runs an import, asking how far it is meanwhile; says whether it went through. */
  async #run(ask: () => Promise<unknown>): Promise<boolean> {
    if (this.importing) return false;
    this.importing = true;
    this.error = null;
    this.progress = null;
    const timer = setInterval(() => void this.#poll(), POLL_MILLISECONDS);
    try {
      await ask();
      await this.load();
      await this.search();
      return true;
    } catch (reason) {
      this.#refuse(reason);
      return false;
    } finally {
      clearInterval(timer);
      this.importing = false;
      this.progress = null;
    }
  }

  importDrugs(folder: string, download: boolean): Promise<boolean> {
    return this.#run(() => call("import_drugs", { folder, download, edition: null }));
  }

  importInteractions(file: string): Promise<boolean> {
    return this.#run(() => call("import_interactions", { file, substances: null, edition: null }));
  }

  async #poll(): Promise<void> {
    try {
      const progress = await call("show_progress", {});
      if (this.importing) this.progress = progress;
    } catch {
      // Not knowing how far it is stops nothing.
    }
  }

  async stop(): Promise<void> {
    await call("cancel_import", {}).catch(() => undefined);
  }
}
