// What just happened, said for ten seconds with a way back. One at a time: the last change is the one to undo.

export interface Toast {
  id: number;
  tone: "done" | "refused";
  text: string;
  /** A booking code or another thing to read out, shown apart and isolated from the text's direction. */
  code: string | null;
  undo: (() => void | Promise<void>) | null;
}

export const TOAST_MILLISECONDS = 10_000;

class Toasts {
  current = $state.raw<Toast | null>(null);
  #next = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;

  #show(toast: Omit<Toast, "id">): void {
    clearTimeout(this.#timer);
    this.current = { id: this.#next++, ...toast };
    this.resume();
  }

  done(text: string, options: { code?: string; undo?: () => void | Promise<void> } = {}): void {
    this.#show({ tone: "done", text, code: options.code ?? null, undo: options.undo ?? null });
  }

  refused(text: string): void {
    this.#show({ tone: "refused", text, code: null, undo: null });
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
