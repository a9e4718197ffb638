// Plain dates and wall times in words and figures. Dates come from Rust as `2026-11-24`, wall times as
// `2026-11-24T09:30`: they are read as they stand. Nothing here knows a zone or asks the machine for the time.
import { preferences } from "./state/preferences.svelte";

const DAY = 86_400_000;

/** The date as a count of days; the calendar's arithmetic without any zone. */
export function dayNumber(date: string): number {
  const [year = 1970, month = 1, day = 1] = date.slice(0, 10).split("-").map(Number);
  return Math.round(Date.UTC(year, month - 1, day) / DAY);
}

export function dateOfNumber(days: number): string {
  return new Date(days * DAY).toISOString().slice(0, 10);
}

export function addDays(date: string, days: number): string {
  return dateOfNumber(dayNumber(date) + days);
}

/** The same day of another month, or its last. */
export function addMonths(date: string, by: number): string {
  const months = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + by;
  const firstOf = (count: number): number => dayNumber(`${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}-01`);
  return dateOfNumber(Math.min(firstOf(months) + Number(date.slice(8, 10)) - 1, firstOf(months + 1) - 1));
}

/** 1 Monday … 7 Sunday. */
export function weekday(date: string): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;
}

export function mondayOf(date: string): string {
  return addDays(date, 1 - weekday(date));
}

/** ISO week: the week of its Thursday. */
export function isoWeek(date: string): number {
  const thursday = addDays(date, 4 - weekday(date));
  return 1 + Math.floor((dayNumber(thursday) - dayNumber(`${thursday.slice(0, 4)}-01-01`)) / 7);
}

/** Minutes since midnight of a wall time. */
export function minuteOfDay(wall: string): number {
  return Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
}

export function dateOf(wall: string): string {
  return wall.slice(0, 10);
}

const two = (n: number): string => String(n).padStart(2, "0");

/** Minutes from one wall time to another, as if both clocks were one. */
export function minutesBetween(from: string, to: string): number {
  return (dayNumber(dateOf(to)) - dayNumber(dateOf(from))) * 1440 + minuteOfDay(to) - minuteOfDay(from);
}

export function wallTime(date: string, minute: number): string {
  const days = Math.floor(minute / 1440);
  const rest = minute - days * 1440;
  return `${days === 0 ? date : addDays(date, days)}T${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
}

/** `9:05`: the hour as said, the minutes in two figures. */
export function clockTime(minute: number): string {
  const rest = ((minute % 1440) + 1440) % 1440;
  return `${Math.floor(rest / 60)}:${two(rest % 60)}`;
}

export function clockOf(wall: string): string {
  return clockTime(minuteOfDay(wall));
}

/** `lundi, mardi`: a list, with the comma of the language. */
export function listed(words: (string | null | undefined)[]): string {
  return words.filter(Boolean).join(preferences.language === "ar" ? "، " : ", ");
}

/** `K7M 4PX-3`: a booking code as it is said, three by three and its check character. */
export function spokenCode(code: string): string {
  return code.length === 7 ? `${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)}` : code;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function written(date: string, options: Intl.DateTimeFormatOptions): string {
  const key = `${preferences.tag}${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new Intl.DateTimeFormat(preferences.tag, { ...options, timeZone: "UTC" })));
  const words = format.format(dayNumber(date) * DAY);
  // Arabic puts a comma after the day's name; here a date is read in one breath, and stands in lists with commas of their own.
  if (preferences.language === "ar") return words.replaceAll("، ", " ");
  // `1er novembre`: French counts the first day.
  return preferences.language === "fr" && options.month ? words.replace(/(^|\s)1(?=\s)/, "$11er") : words;
}

/** `mardi 24 novembre 2026` */
export function longDate(date: string): string {
  return written(date, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
}

/** `24 novembre 2026`, where the day of the week says nothing. */
export function plainDate(date: string): string {
  return written(date, { day: "numeric", month: "long", year: "numeric" });
}

/** `mar. 24 nov. 2026` */
export function mediumDate(date: string): string {
  return written(date, { weekday: "short", day: "numeric", month: "short", year: "numeric" });
}

/** `mar. 24 nov.` */
export function shortDate(date: string): string {
  return written(date, { weekday: "short", day: "numeric", month: "short" });
}

/** `mar. 24`, for the head of a week's column. */
export function dayName(date: string): string {
  return written(date, { weekday: "long", day: "numeric" });
}

/** `mar. 24` */
export function shortDayName(date: string): string {
  return written(date, { weekday: "short", day: "numeric" });
}

/** `novembre 2026` */
export function monthAndYear(date: string): string {
  return written(date, { month: "long", year: "numeric" });
}

/** `mer.` */
export function weekdayName(date: string): string {
  return written(date, { weekday: "short" });
}

/** `mer.`, or one letter where a language knows no shorter name: for the head of a narrow column. */
export function weekdayInitial(date: string): string {
  return written(date, { weekday: preferences.language === "ar" ? "narrow" : "short" });
}

/** `24/11/2026` in every language: how a date of birth is read out here. */
export function numericDate(date: string): string {
  return date ? `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}` : "";
}

/** `24/11` */
export function dayAndMonth(date: string): string {
  return `${date.slice(8, 10)}/${date.slice(5, 7)}`;
}

/** `1 200` with the language's own separators, Latin figures. */
export function number(value: number): string {
  return new Intl.NumberFormat(preferences.tag).format(value);
}

/** Isolates a piece of another direction inside a sentence (U+2068 … U+2069). */
export function isolate(text: string | number): string {
  return `\u2068${text}\u2069`;
}

/** Isolates figures, phones and codes: always left to right (U+2066 … U+2069). */
export function isolateFigures(text: string | number): string {
  return `\u2066${text}\u2069`;
}
