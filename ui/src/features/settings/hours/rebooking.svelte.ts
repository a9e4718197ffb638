// Guided rebooking of an absence: what was proposed, which proposal is chosen for each, what was moved.
import { call, isRefusal } from "$backend/door";
import type { AbsenceView, AppointmentId, RebookingHitView, RebookingPreference, RebookingView, SlotView, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

/** How many times are proposed for each. */
const COUNT = 3;

export class Rebooking {
  readonly absence: AbsenceView;
  view = $state.raw<RebookingView | null>(null);
  preference = $state<RebookingPreference>("practitioner");
  /** Which of the proposals, by appointment. */
  choices = $state.raw<Record<AppointmentId, number>>({});
  /** Those that could not be moved, and why. */
  refused = $state.raw<Record<AppointmentId, string>>({});
  busy = $state(false);

  constructor(absence: AbsenceView) {
    this.absence = absence;
  }

  /** Those that have somewhere to go. */
  get movable(): RebookingHitView[] {
    return this.view?.hits.filter((hit) => this.chosen(hit) !== null) ?? [];
  }

  chosen(hit: RebookingHitView): SlotView | null {
    return hit.proposals[this.choices[hit.appointment.id] ?? 0] ?? null;
  }

  choose(hit: RebookingHitView, place: number): void {
    this.choices = { ...this.choices, [hit.appointment.id]: place };
  }

  async load(): Promise<void> {
    try {
      this.view = await call("propose_rebooking", { absence_id: this.absence.id, preference: this.preference, count: COUNT });
      this.choices = {};
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      toasts.refused(refusalText(reason));
    }
  }

  /** Moves some of them, each to its chosen time; each comes back by undo. */
  async move(hits: RebookingHitView[]): Promise<void> {
    const moves = hits.flatMap((hit) => {
      const slot = this.chosen(hit);
      const { id, revision } = hit.appointment;
      return slot ? [{ id, revision, practitioner_id: slot.practitioner_id, starts: slot.starts }] : [];
    });
    if (moves.length === 0 || this.busy) return;
    this.busy = true;
    try {
      const { practice } = session;
      const { moved, refused } = await call("rebook_appointments", { moves });
      this.refused = Object.fromEntries(refused.map((one) => [one.id, refusalText({ code: one.code, field: null, parameters: {} })]));
      await this.load();
      if (moved.length > 0) {
        const sequences = moved.map((one) => one.sequence);
        toasts.done(m.planning_rebooked({ n: moved.length }), {
          undo: () => this.#bringBack(sequences, practice),
          warning: refused.length > 0 ? m.planning_rebooked_refused({ n: refused.length }) : null,
        });
      } else toasts.refused(m.planning_rebooked_refused({ n: refused.length }));
    } catch (reason) {
      if (!isRefusal(reason)) throw reason;
      toasts.refused(refusalText(reason));
    } finally {
      this.busy = false;
    }
  }

  /** The last moved first, as it is undone by hand. */
  async #bringBack(sequences: number[], practice: VaultId | null): Promise<void> {
    try {
      for (const sequence of [...sequences].reverse()) await call("undo", { sequence }, { practice });
      toasts.done(m.settings_undone());
    } catch (reason) {
      if (isRefusal(reason)) toasts.refused(refusalText(reason));
    }
    await this.load();
  }
}
