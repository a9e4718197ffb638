// Figures in words: shares, times, and how they differ from the period before.
import type { FiguresView } from "$backend/types";
import { isolateFigures, number } from "$kit/format";
import { preferences } from "$kit/state/preferences.svelte";
import { m } from "$messages/index";

/** `83,2 %` of thousandths. */
export function share(permille: number): string {
  return isolateFigures(new Intl.NumberFormat(preferences.tag, { style: "percent", maximumFractionDigits: 1 }).format(permille / 1000));
}

/** `120 h 30` of minutes. */
export function hours(minutes: number): string {
  const rest = minutes % 60;
  return m.statistics_hours({ hours: number(Math.floor(minutes / 60)), minutes: String(rest).padStart(2, "0") });
}

/** `300 h` of minutes, rounded. */
const wholeHours = (minutes: number): string => m.statistics_whole_hours({ n: number(Math.round(minutes / 60)) });

export const days = (n: number): string => m.statistics_days({ n });
export const minutes = (n: number): string => m.statistics_minutes({ n });

export const orNone = (value: number | null, words: (value: number) => string): string => (value === null ? "–" : words(value));

export type Way = "up" | "down" | "same";

/** One figure that stands on top: its value, and how it moved. */
export interface Tile {
  name: string;
  label: string;
  value: string;
  detail: string;
  /** Null where there is nothing to compare with. */
  moved: { way: Way; words: string } | null;
}

function moved(now: number | null, before: number | null, words: (difference: string) => string, size = (n: number) => number(n)): Tile["moved"] {
  if (now === null || before === null) return null;
  const difference = now - before;
  if (difference === 0) return { way: "same", words: m.statistics_same() };
  return { way: difference > 0 ? "up" : "down", words: words(isolateFigures(`${difference > 0 ? "+" : "−"}${size(Math.abs(difference))}`)) };
}

const tenth = (permille: number): string => new Intl.NumberFormat(preferences.tag, { maximumFractionDigits: 1 }).format(permille / 10);

export function tiles(now: FiguresView, before: FiguresView): Tile[] {
  const points = (n: string) => m.statistics_points({ n });
  return [
    {
      name: "fill",
      label: m.statistics_fill(),
      value: orNone(now.fill, share),
      detail: m.statistics_fill_detail({ booked: wholeHours(now.booked_minutes), open: wholeHours(now.open_minutes) }),
      moved: moved(now.fill, before.fill, points, tenth),
    },
    {
      name: "appointments",
      label: m.statistics_appointments(),
      value: number(now.appointments),
      detail: m.statistics_walk_ins({ n: now.walk_ins }),
      moved: moved(now.appointments, before.appointments, (n) => n),
    },
    {
      name: "no_shows",
      label: m.statistics_no_shows(),
      value: orNone(now.no_show_share, share),
      detail: m.statistics_of({ n: number(now.no_shows), all: number(now.due) }),
      moved: moved(now.no_show_share, before.no_show_share, points, tenth),
    },
    {
      name: "late",
      label: m.statistics_late(),
      value: orNone(now.late_share, share),
      detail: m.statistics_of({ n: number(now.late_cancelled), all: number(now.appointments - now.walk_ins + now.cancelled) }),
      moved: moved(now.late_share, before.late_share, points, tenth),
    },
    {
      name: "lead",
      label: m.statistics_lead(),
      value: orNone(now.lead_median, days),
      detail: m.statistics_mean({ value: orNone(now.lead_mean, days) }),
      moved: moved(now.lead_median, before.lead_median, (n) => m.statistics_more_days({ n })),
    },
    {
      name: "wait",
      label: m.statistics_wait(),
      value: orNone(now.wait_median, minutes),
      detail: m.statistics_mean({ value: orNone(now.wait_mean, minutes) }),
      moved: moved(now.wait_median, before.wait_median, (n) => m.statistics_more_minutes({ n })),
    },
  ];
}
