// What was missed, in words: never more than words.
import { m } from "$messages/index";

/** `2 absences · 1 annulation tardive`; empty where there is nothing to say. */
export function missedWords(one: { no_shows: number; late_cancellations: number }): string {
  const parts: string[] = [];
  if (one.no_shows > 0) parts.push(m.agenda_fact_no_shows({ n: one.no_shows }));
  if (one.late_cancellations > 0) parts.push(m.attendance_late({ n: one.late_cancellations }));
  return parts.join(" · ");
}
