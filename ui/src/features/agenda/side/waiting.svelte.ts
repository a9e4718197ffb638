// Who waits, as the host counts it: asked again when something changes and with every minute.
import { call, onChange } from "$backend/door";
import type { AppointmentView, WaitingView } from "$backend/types";

class Waiting {
  list = $state.raw<WaitingView[]>([]);
  /** Who is with a practitioner. */
  seated = $state.raw<AppointmentView[]>([]);
  #asked = 0;

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { waiting, seated } = await call("show_waiting_room", {});
    if (asked !== this.#asked) return;
    this.list = waiting;
    this.seated = seated;
  }

  follow(): () => void {
    return onChange("agenda", () => void this.load().catch(() => undefined));
  }

  clear(): void {
    this.#asked++;
    this.list = [];
    this.seated = [];
  }
}

export const waiting = new Waiting();
