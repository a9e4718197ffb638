// What each form of the retention does: send, keep a refusal beside its field, say that it is done.
import { isRefusal } from "$backend/door";
import { toasts } from "$kit/state/toasts.svelte";
import { refusalText } from "$messages/index";

export class Sending {
  busy = $state(false);
  error = $state.raw<{ field: string | null; text: string } | null>(null);

  errorOf(field: string): string | null {
    return this.error?.field === field ? this.error.text : null;
  }

  /** What has no field of this form to stand beside. */
  rest(...fields: string[]): string | null {
    return this.error && !fields.includes(this.error.field ?? "") ? this.error.text : null;
  }

  /** Sends; answers whether it was taken. */
  async run(send: () => Promise<unknown>, said: string | null = null): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      await send();
      if (said !== null) toasts.done(said);
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
