// Which of many free slots are worth offering: the soonest, but not four that differ by five minutes.
import type { SlotView } from "$backend/types";
import { dateOf, minuteOfDay } from "$kit/format";

const half = (slot: SlotView): string => `${dateOf(slot.starts)} ${minuteOfDay(slot.starts) < 12 * 60}`;

function overlaps(a: SlotView, b: SlotView): boolean {
  if (a.practitioner_id !== b.practitioner_id || dateOf(a.starts) !== dateOf(b.starts)) return false;
  return minuteOfDay(a.starts) < minuteOfDay(b.starts) + b.minutes && minuteOfDay(b.starts) < minuteOfDay(a.starts) + a.minutes;
}

/**
 * At most `count` slots, those of `first` before all: none covers another of the same practitioner, and no half-day
 * gives more than two as long as another has one. `found` is in order of time.
 */
export function spread(found: SlotView[], first: SlotView[], count: number): SlotView[] {
  const taken = [...first];
  const apart = (slot: SlotView): boolean => !taken.some((one) => overlaps(one, slot));
  for (const slot of found) {
    if (taken.length >= count) break;
    if (apart(slot) && taken.filter((one) => half(one) === half(slot)).length < 2) taken.push(slot);
  }
  for (const slot of found) {
    if (taken.length >= count) break;
    if (apart(slot)) taken.push(slot);
  }
  const chosen = taken.slice(first.length).sort((a, b) => (a.starts < b.starts ? -1 : a.starts > b.starts ? 1 : 0));
  return [...first, ...chosen].slice(0, count);
}
