// Wanting an earlier appointment than the one that is there.
import type { AppointmentView } from "$backend/types";
import { clock } from "$kit/state/clock.svelte";
import { session } from "$kit/state/session.svelte";
import type { WishTarget } from "$kit/state/wish.svelte";
import { personName } from "./names";

/** Whether an earlier one can be wished for: it is to come, and somebody's. */
export function waits(one: AppointmentView): boolean {
  return session.may("change_agenda") && one.patient_id !== null && one.starts !== null && one.starts > clock.now && ["requested", "booked", "confirmed"].includes(one.status);
}

export function earlier(one: AppointmentView): WishTarget {
  return {
    patient: one.patient_id as NonNullable<AppointmentView["patient_id"]>,
    person: personName(one),
    appointment: one.id,
    type: one.type_id,
    practitioner: one.practitioner_id,
    note: "",
  };
}
