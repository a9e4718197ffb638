// What has just become free: whoever cancels or moves says it here, and the side panel looks for whom it suits.
import type { AppointmentView, FreedView } from "$backend/types";
import { dateOf, minuteOfDay, wallTime } from "$kit/format";
import { clock } from "$kit/state/clock.svelte";

/** The stretch that an appointment leaves behind; none where it had no time, or where it is over. */
export function leftBy(one: AppointmentView): FreedView | null {
  if (!one.starts) return null;
  const to = wallTime(dateOf(one.starts), minuteOfDay(one.starts) + one.minutes);
  return to > clock.now ? { practitioner_id: one.practitioner_id, from: one.starts, to } : null;
}

class Freed {
  /** What was said last, and whether the keyboard is to go to those whom it suits. */
  last = $state.raw<{ stretches: FreedView[]; focus: boolean } | null>(null);

  say(left: (FreedView | null)[], focus: boolean): void {
    const stretches = left.filter((one) => one !== null);
    if (stretches.length > 0) this.last = { stretches, focus };
  }

  clear(): void {
    this.last = null;
  }
}

export const freed = new Freed();
