// The list of patients: what is sought, what the host found, which row the cursor is on.
import { call, isRefusal } from "$backend/door";
import type { MatchView, PatientId } from "$backend/types";
import { refusalText } from "$messages/index";

const AT_MOST = 60;

export class PatientSearch {
  text = $state("");
  matches = $state.raw<MatchView[]>([]);
  more = $state(false);
  /** For which text the matches are: null before the first answer. */
  answered = $state<string | null>(null);
  cursor = $state(0);
  failure = $state<string | null>(null);
  #asked = 0;

  get empty(): boolean {
    return this.answered !== null && this.matches.length === 0;
  }

  /** Asks the host; an answer that is overtaken by a later question is dropped. */
  async run(): Promise<void> {
    const text = this.text;
    const asked = ++this.#asked;
    try {
      const view = await call("search_patients", { text, limit: AT_MOST });
      if (asked !== this.#asked) return;
      const at = this.matches[this.cursor]?.id;
      this.matches = view.matches;
      this.more = view.more;
      this.cursor = text === this.answered ? Math.max(0, this.indexOf(at)) : 0;
      this.answered = text;
      this.failure = null;
    } catch (reason) {
      if (asked === this.#asked && isRefusal(reason)) this.failure = refusalText(reason);
    }
  }

  indexOf(id: PatientId | undefined): number {
    return this.matches.findIndex((match) => match.id === id);
  }

  move(step: number): void {
    this.cursor = Math.min(Math.max(0, this.cursor + step), Math.max(0, this.matches.length - 1));
  }

  get current(): MatchView | null {
    return this.matches[this.cursor] ?? null;
  }
}
