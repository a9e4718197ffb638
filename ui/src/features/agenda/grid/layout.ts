// Where things stand on the grid. Pure: minutes of a day in, places out; no pixels but the height of an hour, no DOM,
// no clock.

/** A stretch of minutes of one day, end excluded. */
export interface Stretch {
  from: number;
  to: number;
}

export interface Timed {
  id: string;
  /** Minute of the day. */
  start: number;
  minutes: number;
}

/** Beside how many others an appointment stands, and at which place, counted in reading direction. */
export interface Lane {
  lane: number;
  lanes: number;
}

/** The grid's steps: hairlines, what a key moves by, and what a pointer snaps to. */
export const STEP = 15;
export const SNAP = 5;
const DAY = 1440;

/** What a day without opening hours shows at least. */
const USUAL: Stretch = { from: 8 * 60, to: 18 * 60 };

/**
 * The hours a set of columns shows: everything open and everything booked, in whole hours with a little air; at least
 * eight to six where nothing is open.
 */
export function shownHours(open: Stretch[], booked: Stretch[]): Stretch {
  const all = [...(open.length > 0 ? open : [USUAL]), ...booked];
  const first = Math.min(...all.map((one) => one.from));
  const last = Math.max(...all.map((one) => one.to));
  const air = open.length > 0 || last > USUAL.to ? 1 : 0;
  return { from: Math.max(0, Math.floor(first / 60) * 60), to: Math.min(DAY, Math.ceil((last + air) / 60) * 60) };
}

/**
 * The height of an hour in pixels: the day fits the room there is, unless that would make the shortest usual
 * appointment lower than a line of text. A multiple of 12, so that five minutes are whole pixels and lines stay sharp.
 */
export function hourHeight(room: number, shown: Stretch, shortest: number, line: number): number {
  const hours = Math.max(1, (shown.to - shown.from) / 60);
  const fitting = room / hours;
  const readable = (60 / Math.max(10, Math.min(shortest, STEP))) * line;
  const wanted = Math.max(fitting, readable);
  return Math.max(36, Math.floor(Math.min(wanted, readable * 2.5) / 12) * 12, Math.ceil(readable / 12) * 12);
}

/** Minutes a line of the grid may stand for. */
export const ZOOMS = [5, 10, 15, 20, 30];

/** The height of an hour where the user chose the minutes of a line: each line holds one line of text. */
export function zoomedHour(room: number, shown: Stretch, shortest: number, line: number, zoom: number): number {
  if (zoom === STEP) return hourHeight(room, shown, shortest, line);
  const hours = Math.max(1, (shown.to - shown.from) / 60);
  const least = Math.ceil(((60 / zoom) * line) / 12) * 12;
  // More minutes a line: the day may be lower than the window, but no lower than its lines.
  return Math.max(36, least, zoom > STEP ? Math.min(Math.floor(room / hours / 12) * 12, least * 2) : 0);
}

/**
 * Puts overlapping appointments side by side: each gets a lane, and a group that hangs together shares one number of
 * lanes, so that none covers another. `least` is how long a short one is taken for, since it is drawn that high.
 */
export function lanes(items: Timed[], least = 0): Map<string, Lane> {
  const sorted = [...items].sort((a, b) => a.start - b.start || b.minutes - a.minutes || (a.id < b.id ? -1 : 1));
  const placed = new Map<string, Lane>();
  let group: { id: string; lane: number }[] = [];
  let ends: number[] = [];
  let groupEnd = -1;
  const close = (): void => {
    for (const { id, lane } of group) placed.set(id, { lane, lanes: ends.length });
    group = [];
    ends = [];
  };
  for (const item of sorted) {
    const end = item.start + Math.max(item.minutes, least);
    if (item.start >= groupEnd) close();
    let lane = ends.findIndex((free) => free <= item.start);
    if (lane < 0) lane = ends.length;
    ends[lane] = end;
    group.push({ id: item.id, lane });
    groupEnd = group.length === 1 ? end : Math.max(groupEnd, end);
  }
  close();
  return placed;
}

/** What is left of a stretch when others are taken out of it, in order. */
export function without(whole: Stretch, taken: Stretch[]): Stretch[] {
  const sorted = taken.filter((one) => one.to > whole.from && one.from < whole.to).sort((a, b) => a.from - b.from);
  const left: Stretch[] = [];
  let from = whole.from;
  for (const one of sorted) {
    if (one.from > from) left.push({ from, to: one.from });
    from = Math.max(from, one.to);
  }
  if (from < whole.to) left.push({ from, to: whole.to });
  return left;
}

/** Stretches of a column that are not for booking, and why. */
export interface Closed extends Stretch {
  kind: "closed" | "break" | "absence" | "holiday";
  label: string;
}

/**
 * What is closed within the shown hours: before and after opening, between two openings (a break), absences; on a holiday
 * that closes the practice all that is not opened, with the holiday's name on the longest of it.
 */
export function closedStretches(shown: Stretch, open: Stretch[], absences: (Stretch & { label: string })[], holiday: string | null = null): Closed[] {
  const away = absences
    .filter((one) => one.to > shown.from && one.from < shown.to)
    .map((one) => ({ from: Math.max(one.from, shown.from), to: Math.min(one.to, shown.to), label: one.label }));
  const opened = [...open].sort((a, b) => a.from - b.from);
  const first = opened[0];
  const last = opened[opened.length - 1];
  const closed = without(shown, [...opened, ...away]).map((one): Closed => {
    // Beside an absence the day is not "between two openings": only what lies inside the working day is a break.
    const inside = first !== undefined && last !== undefined && one.from >= first.to && one.to <= last.from;
    return { ...one, kind: inside ? "break" : "closed", label: "" };
  });
  if (holiday !== null) {
    const longest = closed.reduce((most, one) => (one.to - one.from > most ? one.to - one.from : most), 0);
    const named = closed.findIndex((one) => one.to - one.from === longest);
    closed.forEach((one, at) => Object.assign(one, { kind: "holiday", label: at === named ? holiday : "" }));
  }
  return [...closed, ...away.map((one): Closed => ({ ...one, kind: "absence" }))].sort((a, b) => a.from - b.from);
}

/** A stretch cut to the shown hours; null where nothing of it is shown. */
export function cutTo<T extends Stretch>(shown: Stretch, one: T): T | null {
  const cut = { ...one, from: Math.max(one.from, shown.from), to: Math.min(one.to, shown.to) };
  return cut.to > cut.from ? cut : null;
}

/** The minute under a point, snapped down; `offset` and `height` in the same unit. */
export function minuteAt(offset: number, height: number, shown: Stretch, snap: number = SNAP): number {
  const minute = shown.from + (offset / height) * (shown.to - shown.from);
  const snapped = Math.floor(minute / snap) * snap;
  return Math.min(Math.max(snapped, shown.from), shown.to - snap);
}

/** Whole hours of the grid's edge. */
export function hourMarks(shown: Stretch): number[] {
  const marks: number[] = [];
  for (let minute = shown.from; minute < shown.to; minute += 60) marks.push(minute);
  return marks;
}
