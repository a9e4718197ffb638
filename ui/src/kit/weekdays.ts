// Days of the week by their number, 1 Monday to 7 Sunday, in the window's language.
import { preferences } from "./state/preferences.svelte";

/** 5 January 1970 was a Monday. */
const MONDAY = 4;

/** `lundi` */
export function weekdayLong(weekday: number): string {
  return new Intl.DateTimeFormat(preferences.tag, { weekday: "long", timeZone: "UTC" }).format((MONDAY + weekday - 1) * 86_400_000);
}
