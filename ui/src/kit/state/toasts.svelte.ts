// What just happened, said for ten seconds with a way back. One at a time: the last change is the one to undo.

export interface Toast {
  id: number;
  tone: "done" | "refused";
  /** Whom it is about: shown first, isolated, blurred by the privacy key. */
  person: string | null;
  text: string;
  /** A booking code or another thing to read out, shown apart and isolated from the text's direction. */
  code: string | null;
  /** What deserves a second look, below. */
  warning: string | null;
  undo: (() => void | Promise<void>) | null;
  /** Another way on, after a refusal. */
  action: { label: string; run: () => void | Promise<void> } | null;
}

type Said = Partial<Pick<Toast, "person" | "code" | "warning" | "undo" | "action">>;

export const TOAST_MILLISECONDS = 10_000;

class Toasts {
  current = $state.raw<Toast | null>(null);
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #show(tone: Toast["tone"], text: string, said: Said): void {
    const nothing = { person: null, code: null, warning: null, undo: null, action: null };
    this.current = { id: this.#next++, tone, text, ...nothing, ...said };
    this.resume();
  }

  done(text: string, said: Said = {}): void {
    this.#show("done", text, said);
  }

  refused(text: string, said: Said = {}): void {
    this.#show("refused", text, said);
  }

  /** Stops the clock while somebody is on it (WCAG 2.2.1). */
  hold(): void {
    clearTimeout(this.#timer);
  }

  resume(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.dismiss(), TOAST_MILLISECONDS);
  }

  dismiss(): void {
    clearTimeout(this.#timer);
    this.current = null;
  }

  /** Takes back what the toast speaks of; false where there is nothing to take back. */
  async undo(): Promise<boolean> {
    const undo = this.current?.undo;
    if (!undo) return false;
    this.dismiss();
    await undo();
    return true;
  }
}

export const toasts = new Toasts();
