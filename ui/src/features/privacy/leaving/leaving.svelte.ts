// What the page knows of leaving and arriving: how it stands, how far it is, what came of it.
import { call, isRefusal } from "$backend/door";
import type { ArchivedView, ArchiveView, TakenInView } from "$backend/types";
import type { Language } from "$messages/index";
import { refusalText } from "$messages/index";

/** How often it is asked how far something is. */
const POLL_MILLISECONDS = 500;

export class Leaving {
  view = $state.raw<ArchiveView | null>(null);
  /** Runs from this page. */
  busy = $state<"" | "leaving" | "arriving">("");
  written = $state.raw<ArchivedView | null>(null);
  taken = $state.raw<TakenInView | null>(null);
  /** A refusal, and the field it is about. */
  error = $state.raw<{ text: string; field: string | null; code: string } | null>(null);

  async load(): Promise<void> {
    try {
      this.view = await call("show_archive", {});
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  #refuse(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    this.error = { text: refusalText(reason), field: reason.field, code: reason.code };
  }

  /** What stands under a field. */
  of(field: string): string | null {
    return this.error?.field === field ? this.error.text : null;
  }

  async #run(what: "leaving" | "arriving", ask: () => Promise<void>): Promise<void> {
    if (this.busy || this.view?.running) return;
    this.busy = what;
    this.error = null;
    this.written = null;
    this.taken = null;
    const timer = setInterval(() => void this.#poll(), POLL_MILLISECONDS);
    try {
      await ask();
    } catch (reason) {
      this.#refuse(reason);
    } finally {
      clearInterval(timer);
      this.busy = "";
      await this.load();
    }
  }

  async #poll(): Promise<void> {
    try {
      const now = await call("show_archive", {});
      if (this.busy && now.running && this.view) {
        this.view = { ...this.view, running: true, phase: now.phase, done: now.done, total: now.total };
      }
    } catch {
      // Not knowing how far it is stops nothing.
    }
  }

  leave(folder: string, language: Language, anew: boolean, bringBack: boolean): Promise<void> {
    return this.#run("leaving", async () => {
      this.written = await call("export_archive", { into: folder.trim(), language, anew, bring_back: bringBack });
    });
  }

  arrive(path: string): Promise<void> {
    return this.#run("arriving", async () => {
      this.taken = await call("import_archive", { path: path.trim() });
    });
  }

  async stop(): Promise<void> {
    await call("cancel_archive", {}).catch(() => undefined);
  }

  async discard(): Promise<void> {
    try {
      await call("discard_archive", {});
      await this.load();
    } catch (reason) {
      this.#refuse(reason);
    }
  }
}
