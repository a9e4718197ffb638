// What somebody on the waiting list wishes for, in a line of words.
import type { PractitionerId, WishView } from "$backend/types";
import { clockTime, dayAndMonth, isolate, isolateFigures } from "./format";
import { preferences } from "./state/preferences.svelte";
import { m } from "$messages/index";

/** 5 January 1970 was a Monday. */
const MONDAY = 4;

/** `lun.` */
function weekdayShort(weekday: number): string {
  return new Intl.DateTimeFormat(preferences.tag, { weekday: "short", timeZone: "UTC" }).format((MONDAY + weekday - 1) * 86_400_000);
}

/** Whether a wish asks for certain days, hours or practitioners. */
export function isParticular(wish: WishView): boolean {
  return wish.weekdays.length > 0 || wish.practitioners.length > 0 || wish.from_minute > 0 || wish.to_minute < 1440;
}

/** `lun., mer. · 8:00–12:00 · Dr Lefèvre · jusqu’au 24/12`. */
export function wishWords(wish: WishView, nameOf: (id: PractitionerId) => string): string {
  const parts: string[] = [];
  if (wish.weekdays.length > 0) parts.push(wish.weekdays.map(weekdayShort).join(preferences.language === "ar" ? "، " : ", "));
  if (wish.from_minute > 0 || wish.to_minute < 1440) {
    const figure = (minute: number): string => isolateFigures(minute === 1440 ? "24:00" : clockTime(minute));
    if (wish.from_minute === 0) parts.push(m.waiting_list_before({ time: figure(wish.to_minute) }));
    else if (wish.to_minute === 1440) parts.push(m.waiting_list_after({ time: figure(wish.from_minute) }));
    else parts.push(isolateFigures(`${clockTime(wish.from_minute)}–${clockTime(wish.to_minute)}`));
  }
  if (wish.practitioners.length > 0) parts.push(wish.practitioners.map((id) => isolate(nameOf(id))).join(preferences.language === "ar" ? "، " : ", "));
  if (parts.length === 0) parts.push(m.waiting_list_any());
  parts.push(m.waiting_list_until({ date: isolateFigures(dayAndMonth(wish.until)) }));
  return parts.join(" · ");
}
