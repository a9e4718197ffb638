// Whose data are looked at, what left about them, who opened their record.
import { call, isRefusal, onChange } from "$backend/door";
import type { DisclosuresView, PatientId } from "$backend/types";
import { refusalText } from "$messages/index";

export class Traces {
  view = $state.raw<DisclosuresView | null>(null);
  error = $state<string | null>(null);
  #asked = 0;

  async read(patient: PatientId): Promise<void> {
    const now = ++this.#asked;
    try {
      const view = await call("show_disclosures", { patient_id: patient });
      if (now !== this.#asked) return;
      this.view = view;
      this.error = null;
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      if (now === this.#asked) this.error = refusalText(reason);
    }
  }

  /** Reads again whenever something leaves or a record is opened. */
  follow(patient: PatientId): () => void {
    void this.read(patient);
    const stops = (["disclosures", "record"] as const).map((topic) => onChange(topic, () => void this.read(patient)));
    return () => {
      this.#asked += 1;
      stops.forEach((stop) => stop());
    };
  }
}
