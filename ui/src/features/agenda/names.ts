// How people and steps are called in the agenda.
import type { AppointmentView, MatchView, Status } from "$backend/types";
import type { IconName } from "$kit/icons";
import { preferences } from "$kit/state/preferences.svelte";
import { m } from "$messages/index";

/** The name in the window's script where it is known in it. */
export function personName(one: Pick<AppointmentView, "patient" | "patient_arabic">): string {
  if (preferences.language === "ar" && one.patient_arabic) return one.patient_arabic;
  return one.patient || m.agenda_held_slot();
}

/** `DUPONT Marie`, or the Arabic name in an Arabic window. */
export function matchName(match: MatchView): string {
  if (preferences.language === "ar" && match.name_arabic) return match.name_arabic;
  return [match.surname.toUpperCase(), match.first_name].filter(Boolean).join(" ") || match.name_arabic;
}

const STATUS_WORDS: Record<Status, () => string> = {
  requested: m.status_requested,
  booked: m.status_booked,
  confirmed: m.status_confirmed,
  arrived: m.status_arrived,
  in_consultation: m.status_in_consultation,
  done: m.status_done,
  cancelled: m.status_cancelled,
  no_show: m.status_no_show,
  left: m.status_left,
  deleted: m.status_deleted,
};

export function statusWord(status: Status): string {
  return STATUS_WORDS[status]();
}

export function statusIcon(status: Status): IconName {
  return `st_${status}`;
}

const FILLED: Status[] = ["arrived", "in_consultation"];

export function isFilled(status: Status): boolean {
  return FILLED.includes(status);
}

/** Statuses that occupy the practitioner. */
const ACTIVE: Status[] = ["requested", "booked", "confirmed", "arrived", "in_consultation", "done"];

export function isActive(status: Status): boolean {
  return ACTIVE.includes(status);
}

/** Statuses in which an appointment can still be moved. */
export function isMovable(status: Status): boolean {
  return isActive(status) && status !== "done";
}

/** Steps that a key offers. The host's table decides; this one only says what is worth showing. */
const STEPS: Record<Status, Status[]> = {
  requested: ["booked"],
  booked: ["confirmed", "arrived", "no_show"],
  confirmed: ["arrived", "no_show"],
  arrived: ["in_consultation", "left"],
  in_consultation: ["done"],
  done: [],
  cancelled: ["booked"],
  no_show: ["arrived"],
  left: ["arrived", "in_consultation"],
  deleted: [],
};

export function mayStep(from: Status, to: Status): boolean {
  return STEPS[from].includes(to);
}

export function isCancellable(status: Status): boolean {
  return ["requested", "booked", "confirmed", "arrived", "no_show"].includes(status);
}

/** Whether what refuses a place gives way to an overbooking on purpose. */
export function mayOverbook(code: string): boolean {
  return ["slot_taken", "no_scheduling", "resource_taken"].includes(code);
}
