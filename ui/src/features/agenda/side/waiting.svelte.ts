// Who waits, as the host counts it: asked again when something changes and with every minute.
import { call, onChange } from "$backend/door";
import type { WaitingView } from "$backend/types";

class Waiting {
  list = $state.raw<WaitingView[]>([]);
  #asked = 0;

  async load(): Promise<void> {
    const asked = ++this.#asked;
    const { waiting } = await call("show_waiting_room", {});
    if (asked === this.#asked) this.list = waiting;
  }

  follow(): () => void {
    return onChange("agenda", () => void this.load().catch(() => undefined));
  }

  clear(): void {
    this.#asked++;
    this.list = [];
  }
}

export const waiting = new Waiting();
