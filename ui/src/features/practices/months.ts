// Whole months, as invoices have them.
import { addDays } from "$kit/format";

export interface Period {
  from: string;
  to: string;
}

/** The month of a date, whole. */
export function monthOf(date: string): Period {
  const from = `${date.slice(0, 7)}-01`;
  const next = `${addDays(from, 31).slice(0, 7)}-01`;
  return { from, to: addDays(next, -1) };
}

/** The month before, whole. */
export function monthBefore(date: string): Period {
  return monthOf(addDays(monthOf(date).from, -1));
}
