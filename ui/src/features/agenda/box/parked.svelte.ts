// Bookings put aside: a second call does not lose the first. They are kept in the vault for this user as soon as they are
// put aside, so that a lock or a crash loses none; each is whole again when it is taken back.
import { call } from "$backend/door";
import type { ContactPersonId, PatientId, PractitionerId, SlotView, TypeId, VaultId } from "$backend/types";
import { PARKED } from "$kit/state/drafts.svelte";
import { session } from "$kit/state/session.svelte";
import type { BoxTarget } from "$kit/state/box.svelte";
import type { NewFields, Part } from "./box.svelte";

export interface ParkedBooking {
  /** Wall time at which it was put aside: which of two Duponts it was. */
  at: string;
  text: string;
  target: BoxTarget;
  /** The highlighted patient. */
  patient: { id: PatientId; name: string } | null;
  typeId: TypeId | null;
  whose: PractitionerId | null;
  part: Part;
  slot: SlotView | null;
  minutes: number;
  note: string;
  caller: ContactPersonId | null;
  form: NewFields | null;
  never?: boolean;
}

class Parked {
  list = $state.raw<ParkedBooking[]>([]);
  /** In which practice they wait. */
  #of: VaultId | null = null;

  /** What the vault keeps for this user; for whoever opens the window, or takes another practice in hand. */
  async load(): Promise<void> {
    const { practice } = session;
    if (practice !== this.#of) this.list = [];
    this.#of = practice;
    try {
      const kept = (await call("list_drafts", {}, { practice })).drafts.find((one) => one.kind === PARKED);
      if (practice !== this.#of) return;
      const read: unknown = kept ? JSON.parse(kept.body) : [];
      this.list = Array.isArray(read) ? (read as ParkedBooking[]) : [];
    } catch {
      // What cannot be read is not there; what is put aside now will be.
      if (practice === this.#of) this.list = [];
    }
  }

  async #keep(): Promise<void> {
    await call("save_draft", { kind: PARKED, body: this.list.length > 0 ? JSON.stringify(this.list) : "" }, { practice: this.#of });
  }

  /** Puts one aside, behind those that wait already. */
  async add(one: ParkedBooking): Promise<void> {
    this.list = [...this.list, one];
    await this.#keep();
  }

  /** Takes one back, by default the one that has waited longest. */
  async take(one: ParkedBooking | undefined = this.list[0]): Promise<ParkedBooking | null> {
    if (!one) return null;
    this.list = this.list.filter((other) => other !== one);
    await this.#keep();
    return one;
  }

  /** Forgets what is shown; the vault keeps it. */
  clear(): void {
    this.list = [];
  }
}

export const parked = new Parked();
