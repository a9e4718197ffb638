// The cursor's ways: which places of a column it stops at, and where a key takes it. Pure; columns are counted in reading
// order, so a caller in a right-to-left window turns left and right round before.
import { type Lane, STEP, type Stretch, type Timed } from "./layout";

/** Shorter rests of a gap are not stopped at. */
const LEAST = 10;

/** A place the cursor can stand at: an appointment, or a free start with the minutes up to what follows. */
export interface Stop {
  start: number;
  minutes: number;
  /** The appointment here, or none: a free start. */
  id: string | null;
}

export interface Cursor {
  column: number;
  start: number;
  id: string | null;
}

/** What the cursor needs to know of a column. Items that give their time back (absent, left) leave it free as well. */
export interface CursorColumn {
  items: (Timed & { active: boolean })[];
  lanes: Map<string, Lane>;
}

/**
 * The stops of a column in the order that a key walks them: each appointment, and in each gap its start and every
 * line of the grid in it (a quarter of an hour, unless the grid is zoomed). `length` is how long a free stop is taken for, at most up to what follows.
 */
export function stops(column: CursorColumn, shown: Stretch, length: number, step: number = STEP): Stop[] {
  const active = column.items.filter((item) => item.active).sort((a, b) => a.start - b.start);
  const found: Stop[] = column.items.map((item) => ({ start: item.start, minutes: item.minutes, id: item.id }));
  const free = (from: number, to: number, until = to): void => {
    for (let start = from; start < to; start = Math.floor(start / step) * step + step) {
      const occupied = column.items.some((item) => !item.active && item.start === start);
      // A last few minutes are no place of their own, unless they are all there is.
      const tooShort = start > from && to - start < Math.min(LEAST, step);
      if (!occupied && !tooShort) found.push({ start, minutes: Math.min(length, until - start), id: null });
    }
  };
  let from = shown.from;
  for (const item of active) {
    if (item.start > from) free(from, item.start);
    from = Math.max(from, item.start + item.minutes);
  }
  // Below the last appointment only midnight ends the gap, not the grid.
  free(from, shown.to, 1440);
  const laneOf = (stop: Stop): number => (stop.id === null ? 0 : (column.lanes.get(stop.id)?.lane ?? 0));
  return found.sort((a, b) => a.start - b.start || laneOf(a) - laneOf(b));
}

function indexOf(all: Stop[], cursor: Cursor): number {
  if (cursor.id !== null) {
    const exact = all.findIndex((stop) => stop.id === cursor.id);
    if (exact >= 0) return exact;
  }
  return nearest(all, cursor.start);
}

/** The last stop that begins at or before this minute, else the first. */
export function nearest(all: Stop[], start: number): number {
  let best = 0;
  all.forEach((stop, index) => {
    if (stop.start <= start) best = index;
  });
  return best;
}

export function cursorAt(column: number, stop: Stop): Cursor {
  return { column, start: stop.start, id: stop.id };
}

/** The stop where the cursor stands, or the nearest there is. */
export function stopOf(all: Stop[], cursor: Cursor): Stop | null {
  return all[indexOf(all, cursor)] ?? null;
}

/** One stop on or back within the column; the edges hold. */
export function along(all: Stop[], cursor: Cursor, by: number): Cursor {
  const index = Math.min(Math.max(indexOf(all, cursor) + by, 0), all.length - 1);
  const stop = all[index];
  return stop ? cursorAt(cursor.column, stop) : cursor;
}

/** To the first or the last stop of the column. */
export function toEdge(all: Stop[], cursor: Cursor, end: "first" | "last"): Cursor {
  const stop = end === "first" ? all[0] : all[all.length - 1];
  return stop ? cursorAt(cursor.column, stop) : cursor;
}

/**
 * Across: to the neighbour in the next lane where appointments stand side by side, else to the next column at the same
 * time. Null at the edge of the grid.
 */
export function across(
  columns: { stops: Stop[]; lanes: Map<string, Lane>; items: Timed[] }[],
  cursor: Cursor,
  by: 1 | -1,
): Cursor | null {
  const here = columns[cursor.column];
  if (!here) return null;
  const item = here.items.find((one) => one.id === cursor.id);
  const lane = item ? here.lanes.get(item.id) : undefined;
  if (item && lane) {
    const beside = here.items.filter(
      (one) =>
        here.lanes.get(one.id)?.lane === lane.lane + by &&
        one.start < item.start + item.minutes &&
        one.start + one.minutes > item.start,
    );
    const next = beside.sort((a, b) => Math.abs(a.start - item.start) - Math.abs(b.start - item.start))[0];
    if (next) return { column: cursor.column, start: next.start, id: next.id };
  }
  const there = columns[cursor.column + by];
  if (!there) return null;
  const stop = there.stops[nearest(there.stops, cursor.start)];
  return stop ? cursorAt(cursor.column + by, stop) : { column: cursor.column + by, start: cursor.start, id: null };
}
