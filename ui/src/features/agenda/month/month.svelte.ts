// How full a month is: the host's figures, a row a day, a cell a practitioner, and where the cursor stands.
import { call } from "$backend/door";
import type { DensityView, PractitionerId } from "$backend/types";
import { addDays, addMonths, dayNumber } from "$kit/format";
import { clock } from "$kit/state/clock.svelte";
import { filters } from "../filters.svelte";

export interface MonthRow {
  day: string;
  cells: DensityView[];
}

/** How full, in percent of the open minutes; null where the practitioner does not receive. */
export function fullness(cell: Pick<DensityView, "booked_minutes" | "open_minutes">): number | null {
  if (cell.open_minutes === 0) return null;
  return Math.round((cell.booked_minutes / cell.open_minutes) * 100);
}

/** Six tints from empty to full, and one beyond. */
export function tintOf(percent: number | null): number {
  if (percent === null || percent <= 0) return 0;
  return percent > 100 ? 6 : Math.min(5, Math.ceil(percent / 20));
}

class Month {
  rows = $state.raw<MonthRow[]>([]);
  practitioners = $state.raw<PractitionerId[]>([]);
  cursor = $state.raw<{ row: number; column: number }>({ row: 0, column: 0 });

  get current(): DensityView | null {
    return this.rows[this.cursor.row]?.cells[this.cursor.column] ?? null;
  }

  async load(date: string, practitioners: PractitionerId[]): Promise<void> {
    const from = `${date.slice(0, 7)}-01`;
    const days = dayNumber(addMonths(from, 1)) - dayNumber(from);
    const view = await call("show_month", { from, days, practitioners, types: filters.types, statuses: filters.statuses, site_id: filters.site });
    clock.set(view.now);
    const width = view.cells.length / days;
    this.rows = Array.from({ length: days }, (_, at) => ({ day: addDays(from, at), cells: view.cells.slice(at * width, (at + 1) * width) }));
    this.practitioners = this.rows[0]?.cells.map((cell) => cell.practitioner_id) ?? [];
    const column = Math.min(this.cursor.column, Math.max(0, width - 1));
    this.cursor = { row: Number(date.slice(8)) - 1, column };
  }

  /** Forgets whose month it was. */
  clear(): void {
    this.rows = [];
    this.practitioners = [];
    this.cursor = { row: 0, column: 0 };
  }

  /** Moves within the month; false at its edge. */
  move(rows: number, columns: number): boolean {
    const row = this.cursor.row + rows;
    const column = this.cursor.column + columns;
    if (row < 0 || row >= this.rows.length || column < 0 || column >= this.practitioners.length) return false;
    this.cursor = { row, column };
    return true;
  }
}

export const month = new Month();
