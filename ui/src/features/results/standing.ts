// How a value stands to its bounds: an icon, a word, a colour.
import type { ReportLine } from "$backend/types";
import type { IconName } from "$kit/icons";
import { m } from "$messages/index";

export interface Mark {
  icon: IconName;
  word: () => string;
  tone: "danger" | "warning";
}

const MARKS: Record<string, Mark> = {
  low: { icon: "down", word: m.results_standing_low, tone: "warning" },
  high: { icon: "up", word: m.results_standing_high, tone: "warning" },
  very_low: { icon: "down", word: m.results_standing_very_low, tone: "danger" },
  very_high: { icon: "up", word: m.results_standing_very_high, tone: "danger" },
  abnormal: { icon: "warning", word: m.results_standing_abnormal, tone: "warning" },
};

/** The mark of what is abnormal; null for what is not. */
export function markOf(standing: string): Mark | null {
  return MARKS[standing] ?? null;
}

export function standingWord(standing: string): string {
  return markOf(standing)?.word() ?? (standing === "normal" ? m.results_standing_normal() : m.results_standing_unjudged());
}

/** `0.70 – 1.10`, `< 5`, `> 3`, or nothing. */
export function boundsText(line: Pick<ReportLine, "low" | "high">): string {
  if (line.low && line.high) return `${line.low} – ${line.high}`;
  if (line.high) return m.results_bounds_below({ high: line.high });
  return line.low ? m.results_bounds_above({ low: line.low }) : "";
}
