// Dates and times as people type them, for the few requests that carry them in figures. What they mean for an agenda, and
// whether they exist at a site, is the host's to say.
import { dateOfNumber, dayNumber } from "./format";

const LATIN = (text: string): string => text.replace(/[٠-٩]/g, (sign) => String("٠١٢٣٤٥٦٧٨٩".indexOf(sign)));

/** Minutes since midnight of `9`, `9:05`, `9h05`, `0905`, `930`; 24:00 is the end of the day; null where it is none. */
export function typedTime(text: string): number | null {
  const plain = LATIN(text).trim().toLowerCase();
  const parts = /^(\d{1,2})\s*(?:[:h.]\s*(\d{0,2}))?$/.exec(plain) ?? /^(\d{1,2})(\d\d)$/.exec(plain);
  if (!parts) return null;
  const hour = Number(parts[1]);
  const minute = Number(parts[2] || 0);
  const minutes = hour * 60 + minute;
  return minute < 60 && minutes <= 1440 ? minutes : null;
}

/** `2026-12-24` of `24/12/2026`, `24.12.26`, `24122026`, `241226` or itself; null where it is no date. */
export function typedDay(text: string): string | null {
  const plain = LATIN(text).trim();
  const iso = /^(\d{4})-(\d\d)-(\d\d)$/.exec(plain);
  const parts = iso ? [iso[3], iso[2], iso[1]] : (/^(\d{1,2})[/. -](\d{1,2})[/. -](\d{4}|\d\d)$/.exec(plain) ?? /^(\d\d)(\d\d)(\d{4}|\d\d)$/.exec(plain))?.slice(1);
  if (!parts) return null;
  const [day = "", month = "", year = ""] = parts;
  const date = `${year.length === 2 ? `20${year}` : year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return dateOfNumber(dayNumber(date)) === date ? date : null;
}

/** A whole number without a sign; null where it is none. */
export function typedNumber(text: string): number | null {
  const plain = LATIN(text).trim();
  return /^\d{1,9}$/.test(plain) ? Number(plain) : null;
}

/** Whole numbers with anything between them (`48, 2`, `48 h et 2 h`); null where something stands there and no number does. */
export function typedNumbers(text: string): number[] | null {
  const all = (LATIN(text).match(/\d+/g) ?? []).map(Number);
  return all.length > 0 || text.trim() === "" ? all : null;
}

/** `09:05`, as a time field shows it. */
export function shownTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
