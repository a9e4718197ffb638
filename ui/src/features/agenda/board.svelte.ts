// The board: what this user cut to place later, as the host keeps it. Nothing on it has moved yet.
import { call, onChange } from "$backend/door";
import type { AppointmentId, AppointmentView } from "$backend/types";

class Board {
  pinned = $state.raw<AppointmentView[]>([]);
  #asked = 0;

  has(id: AppointmentId): boolean {
    return this.pinned.some((one) => one.id === id);
  }

  find(id: AppointmentId): AppointmentView | undefined {
    return this.pinned.find((one) => one.id === id);
  }

  async load(): Promise<void> {
    await this.#take(call("show_board", {}));
  }

  async pin(id: AppointmentId): Promise<void> {
    await this.#take(call("pin_appointment", { id }));
  }

  async unpin(id: AppointmentId): Promise<void> {
    await this.#take(call("unpin_appointment", { id }));
  }

  async #take(answer: Promise<{ pinned: AppointmentView[] }>): Promise<void> {
    const asked = ++this.#asked;
    const { pinned } = await answer;
    if (asked === this.#asked) this.pinned = pinned;
  }

  follow(): () => void {
    return onChange("agenda", () => void this.load().catch(() => undefined));
  }

  clear(): void {
    this.#asked++;
    this.pinned = [];
  }
}

export const board = new Board();
