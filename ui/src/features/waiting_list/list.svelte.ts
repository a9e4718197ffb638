// The waiting list as its screen shows it: who waits, in the order in which a slot is offered, and the one that is chosen.
import { call, isRefusal, practiceOf } from "$backend/door";
import type { PracticeView, PractitionerId, VaultId, WaitingEntryId, WaitingEntryView, WishView } from "$backend/types";
import { preferences } from "$kit/state/preferences.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

/** The name in the window's script where it is known in it. */
export function personOf(one: WaitingEntryView): string {
  return preferences.language === "ar" && one.patient_arabic ? one.patient_arabic : one.patient || one.patient_arabic;
}

export type Which = "waiting" | "all";

export class WaitingList {
  which = $state<Which>("waiting");
  all = $state.raw<WaitingEntryView[]>([]);
  practice = $state.raw<PracticeView | null>(null);
  whose = $state<PractitionerId | null>(null);
  loaded = $state(false);
  failure = $state<string | null>(null);
  chosen = $state<WaitingEntryId | null>(null);
  busy = $state(false);
  #asked = 0;

  /** Those who would see the chosen practitioner. */
  readonly list = $derived(this.all.filter((one) => this.whose === null || one.wish.practitioners.length === 0 || one.wish.practitioners.includes(this.whose)));

  get current(): WaitingEntryView | null {
    return this.list.find((one) => one.id === this.chosen) ?? null;
  }

  nameOf = (id: PractitionerId): string => this.practice?.practitioners.find((one) => one.id === id)?.name ?? "";

  async load(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const [view, practice] = await Promise.all([call("list_waiting", { left: this.which === "all" }), this.practice ?? call("show_practice", {}).catch(() => null)]);
      if (asked !== this.#asked) return;
      this.all = view.entries;
      this.practice = practice;
      this.loaded = true;
      this.failure = null;
      if (!this.current) this.chosen = this.list[0]?.id ?? null;
    } catch (reason) {
      if (asked === this.#asked && isRefusal(reason)) this.failure = refusalText(reason);
    }
  }

  move(by: 1 | -1): void {
    const at = this.list.findIndex((one) => one.id === this.chosen);
    this.chosen = this.list[at < 0 ? 0 : Math.min(Math.max(0, at + by), this.list.length - 1)]?.id ?? null;
  }

  async remove(): Promise<void> {
    const { current } = this;
    if (!current || current.standing !== "waiting" || this.busy) return;
    const at = this.list.indexOf(current);
    await this.#do(async () => {
      const done = await call("remove_from_waiting_list", { id: current.id });
      toasts.done(m.waiting_list_removed(), { person: personOf(current), undo: () => this.#undo(done.sequence, practiceOf(done)) });
      await this.load();
      // The next one, so that several are gone through.
      this.chosen = this.list[Math.min(at, this.list.length - 1)]?.id ?? null;
    });
  }

  /** Changes a wish; throws what refuses it, so that it stands beside its field. */
  async update(one: WaitingEntryView, wish: WishView): Promise<void> {
    const done = await call("update_waiting_entry", { id: one.id, revision: one.revision, wish });
    toasts.done(m.waiting_list_changed(), { person: personOf(one), undo: () => this.#undo(done.sequence, practiceOf(done)) });
    await this.load();
  }

  async #undo(sequence: number, practice: VaultId | null): Promise<void> {
    await this.#do(async () => {
      await call("undo", { sequence }, { practice });
      toasts.done(m.undone());
      await this.load();
    });
  }

  async #do(work: () => Promise<void>): Promise<void> {
    this.busy = true;
    try {
      await work();
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
      await this.load();
    } finally {
      this.busy = false;
    }
  }
}
