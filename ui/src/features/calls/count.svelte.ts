// How many messages wait for whoever is signed in: for a practitioner those unread, for the desk the answers to pass on.
import { call, onChange } from "$backend/door";
import type { CallCountsView } from "$backend/types";
import { session } from "$kit/state/session.svelte";

class CallCount {
  #view = $state.raw<CallCountsView | null>(null);

  get waiting(): number {
    if (!this.#view) return 0;
    return session.now?.practitioner_id ? this.#view.unread : this.#view.answered;
  }

  async load(): Promise<void> {
    if (!session.may("note_calls")) return;
    const { practice } = session;
    try {
      const view = await call("count_calls", {});
      if (practice === session.practice) this.#view = view;
    } catch {
      // A number that cannot be had is not shown; the screen itself says why.
      this.#view = null;
    }
  }

  /** Keeps it true until the returned function is called. */
  follow(): () => void {
    void this.load();
    const stop = onChange("calls", () => void this.load());
    return () => {
      stop();
      this.#view = null;
    };
  }
}

export const callCount = new CallCount();
