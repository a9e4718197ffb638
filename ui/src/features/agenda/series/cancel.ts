// Cancelling more than one session: how many are concerned, and one way back for all of them.
import { call, practiceOf } from "$backend/door";
import type { AppointmentId, SeriesView } from "$backend/types";
import { clock } from "$kit/state/clock.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m } from "$messages/index";
import { sayRefusal, undo } from "../actions";
import { agenda } from "../agenda.svelte";
import { freed, leftBy } from "../freed.svelte";
import { personName } from "../names";
import type { Scope } from "./planning.svelte";

const TO_COME = ["requested", "booked", "confirmed"];

/** How many sessions a cancellation concerns: those to come, never what is over. */
export function concerned(series: SeriesView, scope: Scope): number {
  return series.sessions.filter(({ number, appointment }) => {
    const asked = scope === "all" || (scope === "one" ? number === series.number : number >= series.number);
    return asked && TO_COME.includes(appointment.status) && (appointment.starts ?? "") > clock.now;
  }).length;
}

export async function cancelSeries(id: AppointmentId, scope: Scope, by: "patient" | "practice", reason: string): Promise<boolean> {
  try {
    const done = await call("cancel_series", { appointment_id: id, scope, by, reason });
    const n = done.appointments.length;
    const first = done.appointments[0];
    toasts.done(m.series_cancelled({ n }), { person: first ? personName(first) : null, undo: () => undo(done.sequence, practiceOf(done)) });
    await agenda.load();
    freed.say(done.appointments.map(leftBy), true);
    return true;
  } catch (refused) {
    sayRefusal(refused);
    return false;
  }
}
