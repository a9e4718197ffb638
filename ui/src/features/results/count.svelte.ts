// How much waits on the screen of results: papers to decide, and for a practitioner the reports that nobody has seen.
import { call, onChange } from "$backend/door";
import { session } from "$kit/state/session.svelte";

class ResultCount {
  #waiting = $state(0);

  get waiting(): number {
    return this.#waiting;
  }

  async load(): Promise<void> {
    if (!session.may("file_documents")) return;
    const { practice } = session;
    try {
      const view = await call("list_inbox", {});
      if (practice !== session.practice) return;
      this.#waiting = view.items.filter((one) => !one.refused).length + (session.may("read_clinical") ? view.unseen : 0);
    } catch {
      // A number that cannot be had is not shown; the screen itself says why.
      this.#waiting = 0;
    }
  }

  /** Keeps it true until the returned function is called. */
  follow(): () => void {
    void this.load();
    const stop = onChange("results", () => void this.load());
    return () => {
      stop();
      this.#waiting = 0;
    };
  }
}

export const resultCount = new ResultCount();
