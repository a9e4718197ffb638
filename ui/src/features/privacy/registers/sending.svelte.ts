// What every form of a register does: send, show a refusal beside its field, say that it is done, offer the way back.
import { call, isRefusal } from "$backend/door";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

/** What a change of a register answers. */
export interface Saved {
  sequence: number | null;
}

async function takeBack(sequence: number): Promise<void> {
  try {
    await call("undo", { sequence });
    toasts.done(m.undone());
  } catch (reason) {
    if (!isRefusal(reason)) throw reason;
    toasts.refused(refusalText(reason));
  }
}

export class Sending {
  busy = $state(false);
  error = $state.raw<{ field: string | null; text: string } | null>(null);

  errorOf(field: string): string | null {
    return this.error?.field === field ? this.error.text : null;
  }

  /** Sends; answers whether it was taken. What was done can be taken back from the toast. */
  async run(send: () => Promise<Saved>, said: string): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      const { sequence } = await send();
      toasts.done(said, { undo: sequence === null ? null : () => takeBack(sequence) });
      return true;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      this.error = { field: reason.field, text: refusalText(reason) };
      return false;
    } finally {
      this.busy = false;
    }
  }
}
