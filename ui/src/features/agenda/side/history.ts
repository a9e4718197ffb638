// An appointment's history in words: short for the panel's grey line, whole where it is unfolded.
import type { AppointmentView, Origin, Status, StepView } from "$backend/types";
import { clockOf, dateOf, dayAndMonth, isolate, isolateFigures } from "$kit/format";
import { m } from "$messages/index";
import { statusWord } from "../names";

const ORIGIN_WORDS: Record<Origin, () => string> = {
  phone: m.agenda_history_booked_phone,
  walk_in: m.agenda_history_walk_in,
  desk: m.agenda_history_booked_desk,
  portal: m.agenda_history_booked_portal,
  practitioner: m.agenda_history_booked_practitioner,
};

/** What one step was, without when and who. */
export function stepWords(step: StepView, view: AppointmentView): string {
  const change = (field: string): string | undefined => step.changes.find((one) => one.field === field)?.after;
  switch (step.command) {
    case "book_appointment":
    case "book_walk_in":
      return ORIGIN_WORDS[view.origin]();
    case "import_agenda":
      return m.agenda_history_taken_over();
    case "move_appointment":
      return change("starts") || change("practitioner_id") ? m.agenda_history_moved() : m.agenda_history_resized();
    case "set_status":
    case "call_next":
      return statusWord((change("status") ?? view.status) as Status).toLocaleLowerCase();
    case "cancel_appointment":
      return m.agenda_history_cancelled();
    case "accept_portal_request":
      return m.portal_did_accept().toLocaleLowerCase();
    case "decline_portal_request":
      return m.portal_did_decline().toLocaleLowerCase();
    case "set_never_sync":
      return m.portal_history_mark();
    case "receive_portal": {
      // What a person did at the portal: booked, moved, called off, confirmed.
      if (step.changes.every((one) => !one.before)) return ORIGIN_WORDS.portal();
      const status = change("status");
      return status ? m.portal_history_online({ what: statusWord(status as Status).toLocaleLowerCase() }) : m.portal_history_online({ what: m.agenda_history_moved() });
    }
    case "undo":
      return m.agenda_history_undone();
    default:
      return m.agenda_history_edited();
  }
}

/** `pris par téléphone le 18/11 par Samia · déplacé le 20/11`: how it began, and the last two things since. */
export function shortHistory(steps: StepView[], view: AppointmentView): string {
  const [first, ...rest] = steps;
  if (!first) return "";
  const on = (step: StepView): string => isolateFigures(dayAndMonth(dateOf(step.at)));
  const began = m.agenda_history_first({ what: stepWords(first, view), on: on(first), user: isolate(first.user) });
  const since = rest.slice(-2).map((step) => m.agenda_history_since({ what: stepWords(step, view), on: on(step) }));
  return [began, ...since].join(" · ");
}

export function stepTime(step: StepView): string {
  return `${dayAndMonth(dateOf(step.at))} ${clockOf(step.at)}`;
}
