// What was understood of the text, in words: each piece is shown, so that nothing is read in silence.
import type { SoughtView, UnderstoodView } from "$backend/types";
import { clockTime, isolateFigures, numericDate, shortDate } from "$kit/format";
import type { IconName } from "$kit/icons";
import { m } from "$messages/index";
import { practice } from "../practice.svelte";

export interface Chip {
  icon: IconName;
  words: string;
}

const ICONS: Record<UnderstoodView["kind"], IconName> = {
  minutes: "waiting",
  type: "list",
  practitioner: "doctor",
  day: "calendar",
  time: "clock",
  part: "clock",
};

const PARTS: Record<string, (() => string) | undefined> = {
  morning: m.agenda_part_morning,
  afternoon: m.agenda_part_afternoon,
  evening: m.agenda_part_evening,
};

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

function wordsOf({ kind, value }: UnderstoodView): string {
  switch (kind) {
    case "minutes":
      return m.agenda_typed_minutes({ n: isolateFigures(value) });
    case "type":
      return practice.types.find((one) => one.id === value)?.name ?? "";
    case "practitioner":
      return practice.practitioners.find((one) => one.id === value)?.name ?? "";
    case "day":
      return m.agenda_typed_day({ day: shortDate(value) });
    case "time":
      return m.agenda_typed_time({ time: isolateFigures(clockTime(minuteOf(value))) });
    case "part":
      return PARTS[value]?.() ?? m.agenda_part_any();
  }
}

export function chipOf(piece: UnderstoodView): Chip {
  return { icon: ICONS[piece.kind], words: wordsOf(piece) };
}

/** What is searched beside names: a date of birth, a phone, a code. */
export function soughtChip({ kind, value }: SoughtView): Chip {
  if (kind === "born") return { icon: "user", words: m.agenda_typed_born({ date: isolateFigures(numericDate(value)) }) };
  if (kind === "phone") return { icon: "phone", words: m.agenda_typed_phone({ digits: isolateFigures(value) }) };
  return { icon: "code", words: m.agenda_typed_code({ code: isolateFigures(value) }) };
}
