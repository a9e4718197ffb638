// What is planned for a practitioner beside the week and the absences, and how anything of it is taken back.
import { call, isRefusal } from "$backend/door";
import type { PlanningView, PractitionerId, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m, refusalText } from "$messages/index";

export class Planning {
  view = $state.raw<PlanningView | null>(null);
  #of: PractitionerId;

  constructor(of: PractitionerId) {
    this.#of = of;
  }

  get of(): PractitionerId {
    return this.#of;
  }

  async load(): Promise<void> {
    const view = await call("show_planning", { practitioner_id: this.#of }).catch(() => null);
    if (view) this.view = view;
  }
}

/** Takes one entry of the journal back, in the practice where it was made, and says so. */
export async function bringBack(sequence: number, practice: VaultId | null, after: () => unknown): Promise<void> {
  try {
    await call("undo", { sequence }, { practice });
    toasts.done(m.settings_undone());
    await after();
  } catch (reason) {
    if (isRefusal(reason)) toasts.refused(refusalText(reason));
  }
}

/** Does what can be undone, says it with its way back, shows what is true then. */
export async function done(work: () => Promise<{ sequence: number | null }>, said: string, after: () => unknown): Promise<boolean> {
  const { practice } = session;
  try {
    const { sequence } = await work();
    toasts.done(said, { undo: sequence === null ? null : () => bringBack(sequence, practice, after) });
    await after();
    return true;
  } catch (reason) {
    if (!isRefusal(reason)) throw reason;
    toasts.refused(refusalText(reason));
    return false;
  }
}
