// The guided restore beyond the screen that shows it: whether the entrance shows it, and what came of it. A restore ends the
// session, so its result is shown where nobody is signed in, wherever it was begun.
import type { RestoredView } from "$backend/types";

class Restoring {
  /** Shown instead of the entrance. */
  open = $state(false);
  result = $state.raw<RestoredView | null>(null);

  start(): void {
    this.result = null;
    this.open = true;
  }

  restored(result: RestoredView): void {
    this.result = result;
    this.open = true;
  }

  stop(): void {
    this.open = false;
    this.result = null;
  }
}

export const restoring = new Restoring();
