// The board: what this user cut to place later, as the host keeps it. Nothing on it has moved yet.
import { call, onChange } from "$backend/door";
import type { AppointmentId, AppointmentView, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";

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

  async pin(id: AppointmentId, practice: VaultId | null = session.practice): Promise<void> {
    await this.#take(call("pin_appointment", { id }, { practice }), practice);
  }

  async unpin(id: AppointmentId, practice: VaultId | null = session.practice): Promise<void> {
    await this.#take(call("unpin_appointment", { id }, { practice }), practice);
  }

  async #take(answer: Promise<{ pinned: AppointmentView[] }>, practice = session.practice): Promise<void> {
    const asked = ++this.#asked;
    const { pinned } = await answer;
    // Another practice's board is not the one that is shown.
    if (asked === this.#asked && practice === session.practice) this.pinned = pinned;
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
