// The days of an absence: it ends when its last minute is over, so that whole days end at the next midnight.
import { addDays, dateOf, minuteOfDay } from "$kit/format";
import { shownTime } from "$kit/typed";

/** The last day that an absence touches. */
export function lastDayOf(absence: { starts: string; ends: string }): string {
  const last = dateOf(absence.ends);
  return minuteOfDay(absence.ends) === 0 && last > dateOf(absence.starts) ? addDays(last, -1) : last;
}

/** Wall times of whole days, both included. */
export function wholeDays(first: string, last: string): { starts: string; ends: string } {
  return { starts: `${first}T00:00`, ends: `${addDays(last, 1)}T00:00` };
}

/** Wall time of a minute of a day; the end of the day is the next midnight. */
export function wallAt(day: string, minutes: number): string {
  return minutes >= 1440 ? `${addDays(day, 1)}T00:00` : `${day}T${shownTime(minutes)}`;
}
