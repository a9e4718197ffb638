// What a day is called: its holiday, its school holidays, the blocks that stand on it.
import type { ColumnView, DayBlockView, DayHolidayView } from "$backend/types";
import { clockOf, dateOf, isolate, isolateFigures, listed, shortDate } from "$kit/format";
import { m, messageByKey } from "$messages/index";
import { practice } from "./practice.svelte";

export interface DayNotes {
  holiday: string | null;
  /** `Noël (zone A)`, joined; empty: none. */
  school: string;
}

export function holidayName(one: DayHolidayView): string {
  return one.label || (messageByKey(`holiday_${one.holiday}`) ?? one.holiday);
}

export function notesOf(view: ColumnView): DayNotes {
  return {
    holiday: view.holiday ? holidayName(view.holiday) : null,
    school: listed(view.school_holidays.map((one) => (one.zone ? `${one.label} (${one.zone})` : one.label))),
  };
}

/** `Urgences du jour · libéré à 10:00`: what a block is for, and when it is everybody's. */
export function blockWords(block: DayBlockView, day: string): string {
  const types = block.types.map((id) => practice.typeName(id)).filter(Boolean);
  const named = block.label || (block.kind === "types" && types.length > 0 ? listed(types) : null);
  const what = named ? isolate(named) : (messageByKey(`planning_block_${block.kind}`) ?? "");
  if (!block.released_at) return what;
  const time = isolateFigures(clockOf(block.released_at));
  const on = dateOf(block.released_at);
  return on === day ? m.planning_released_at({ what, time }) : m.planning_released_on({ what, day: shortDate(on), time });
}
