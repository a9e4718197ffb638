// The one fact about a match that matters at the desk, and how a match and a slot are told.
import type { MatchView, SlotView } from "$backend/types";
import { addDays, clockOf, dateOf, dayAndMonth, dayNumber, isolateFigures, weekdayName } from "$kit/format";
import { clock } from "$kit/state/clock.svelte";
import { m } from "$messages/index";

export interface Fact {
  words: string;
  tone: "plain" | "warning" | "danger";
}

export function factOf(match: MatchView): Fact {
  if (match.deceased) return { words: m.agenda_fact_deceased(), tone: "danger" };
  if (match.guardian === "missing") return { words: m.agenda_fact_guardian_missing(), tone: "warning" };
  if (match.no_shows > 0) return { words: m.agenda_fact_no_shows({ n: match.no_shows }), tone: "warning" };
  if (match.guardian === "current") return { words: m.agenda_fact_guardian_current(), tone: "plain" };
  if (match.next) return { words: m.agenda_fact_next({ date: isolateFigures(dayAndMonth(dateOf(match.next))) }), tone: "plain" };
  if (match.last_seen) return { words: m.agenda_fact_last({ date: isolateFigures(dayAndMonth(match.last_seen)) }), tone: "plain" };
  return { words: m.agenda_fact_new(), tone: "plain" };
}

/** `auj. 14:20`, `demain 9:00`, `mer. 9:00`, `mer. 02/12 9:00`. */
export function slotDay(slot: SlotView): string {
  const date = dateOf(slot.starts);
  if (date === clock.date) return m.agenda_slot_today();
  if (date === addDays(clock.date, 1)) return m.agenda_slot_tomorrow();
  const near = dayNumber(date) - dayNumber(clock.date) < 7;
  return near ? weekdayName(date) : `${weekdayName(date)} ${isolateFigures(dayAndMonth(date))}`;
}

export function slotTime(slot: SlotView): string {
  return clockOf(slot.starts);
}
