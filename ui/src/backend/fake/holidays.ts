// The fake host's public holidays: some of the calendar's, with what the practice says of them.
import type { HolidayView } from "../types";
import type { FakePractice } from "./practice";

/** Of France, the fixed ones: enough to be looked at. */
const FIXED: [string, string][] = [
  ["01-01", "new_year"],
  ["05-01", "labour_day"],
  ["05-08", "victory_1945"],
  ["07-14", "bastille"],
  ["08-15", "assumption"],
  ["11-01", "all_saints"],
  ["11-11", "armistice_1918"],
  ["12-25", "christmas"],
];
/** Of Morocco by the moon, as expected in 2026. */
const MOON: [string, string][] = [
  ["03-20", "eid_al_fitr"],
  ["05-27", "eid_al_adha"],
];

export function holidaysOf(practice: FakePractice, year: number): HolidayView[] {
  const known = practice.country === "MA" ? [FIXED[0], FIXED[1], ...MOON] : FIXED;
  const all = known.flatMap((one): HolidayView[] =>
    one ? [{ day: `${year}-${one[0]}`, holiday: one[1], label: "", editable: MOON.includes(one), closed: true, changed: false }] : [],
  );
  for (const change of practice.holidayChanges.filter((one) => one.day.startsWith(String(year)))) {
    const at = all.findIndex((one) => one.day === change.day);
    const before = at >= 0 ? all.splice(at, 1)[0] : undefined;
    if (change.state === "nothing") continue;
    all.push({
      day: change.day,
      holiday: change.label ? "" : change.holiday || (before?.holiday ?? ""),
      label: change.label,
      editable: before?.editable ?? true,
      closed: change.state === "closed",
      changed: true,
    });
  }
  return all.sort((a, b) => a.day.localeCompare(b.day));
}
