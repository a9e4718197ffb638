// The messages that wait for a practitioner. Who answers one goes to the calls' screen.
import { call } from "$backend/door";
import type { CallView, PractitionerId } from "$backend/types";
import { session } from "$kit/state/session.svelte";

/** More do not help between two patients. */
const SHOWN = 5;

export class Messages {
  list = $state.raw<CallView[]>([]);
  more = $state(false);

  async load(whose: PractitionerId | null): Promise<void> {
    const practitioner = whose ?? session.now?.practitioner_id ?? null;
    if (!practitioner || !session.may("read_patients")) return;
    try {
      const view = await call("list_calls", { which: "unread", practitioner_id: practitioner, patient_id: null, text: "", limit: SHOWN });
      this.list = view.calls;
      this.more = view.more;
    } catch {
      // The day is more than its messages: it is shown without.
      this.list = [];
    }
  }
}
