// The state of the agenda's screen: which days of whom are shown, where the cursor stands, what is opened or cut.
//
// Not here: where blocks stand (grid/layout.ts), what keys do (keys.ts), commands that change something (actions.ts).
import { call, isRefusal, onChange } from "$backend/door";
import type { AppointmentId, AppointmentView, BlockKind, ColumnView, DaysView, PractitionerId, VaultId } from "$backend/types";
import { addDays, addMonths, minuteOfDay, minutesBetween, mondayOf, wallTime } from "$kit/format";
import { boxRequest } from "$kit/state/box.svelte";
import { clock } from "$kit/state/clock.svelte";
import { keys } from "$kit/state/keys.svelte";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { type Cursor, type Stop, stopOf, stops } from "./grid/cursor";
import { type Closed, closedStretches, cutTo, type Lane, lanes, shownHours, type Stretch, type Timed } from "./grid/layout";
import { blockWords, type DayNotes, holidayName, notesOf } from "./day_words";
import { isActive } from "./names";
import { board } from "./board.svelte";
import { filters } from "./filters.svelte";
import { freed } from "./freed.svelte";
import { list } from "./list/list.svelte";
import { month } from "./month/month.svelte";
import { practice } from "./practice.svelte";
import { seriesRequest } from "./series/request.svelte";
import { waiting } from "./side/waiting.svelte";
import { orderedColumns } from "./sites";

export type Mode = "day" | "week" | "month" | "list";

/** An appointment with its place. Kept as the same object while nothing of it changes, so that its block is left alone. */
export interface Placed extends Timed, Lane {
  active: boolean;
  view: AppointmentView;
}

/** A block as it is painted. */
export interface Kept extends Stretch {
  id: string;
  kind: BlockKind;
  words: string;
  /** The wall time from which on it is everybody's; null: never. */
  until: string | null;
}

export interface GridColumn {
  key: string;
  /** In which practice; null where the host has only one. */
  practice: VaultId | null;
  day: string;
  practitioner: PractitionerId;
  open: Stretch[];
  closed: Closed[];
  /** Time kept for something, not released yet. */
  blocks: Kept[];
  /** Openings of this date alone. */
  openings: (Stretch & { label: string })[];
  /** Who stands in; empty: nobody. */
  locum: string;
  items: Placed[];
  lanes: Map<string, Lane>;
  stops: Stop[];
  booked: number;
  free: number;
}

/** What one practice answered. */
interface Answer {
  practice: VaultId | null;
  view: DaysView;
}

/** How long a block is taken for at least, in minutes: it is never drawn lower than a line. */
const LEAST = 10;
/** How often the day is read again although nobody said that it changed, in milliseconds. */
const AGAIN_EVERY = 30_000;
/** Cancelled ones gave their place back: they stand in the patient's file, not on the grid. */
const HIDDEN = ["cancelled", "deleted"];

function same(a: Placed, b: Placed): boolean {
  return (
    a.view.revision === b.view.revision &&
    a.view.patient === b.view.patient &&
    a.view.type === b.view.type &&
    a.start === b.start &&
    a.minutes === b.minutes &&
    a.lane === b.lane &&
    a.lanes === b.lanes
  );
}

/** The blocks of a column that still keep their time: one that is released goes by itself, at its minute. */
export function standing(column: GridColumn): Kept[] {
  const now = wallTime(clock.date, clock.minute + agenda.apart(column.practice));
  return column.blocks.filter((one) => one.until === null || one.until > now);
}

class Agenda {
  mode = $state<Mode>("day");
  date = $state("");
  /** Whose week. */
  weekOf = $state<PractitionerId | null>(null);
  columns = $state.raw<GridColumn[]>([]);
  shown = $state.raw<Stretch>({ from: 480, to: 1080 });
  /** The public holiday of the chosen day, and its school holidays: of each practice, whose countries may differ. */
  #notes = $state.raw(new Map<VaultId | null, DayNotes>());
  /** The days of every open practice stand side by side; the cursor takes the practice it stands in in hand. */
  several = $state(false);
  #queues = $state.raw(new Map<VaultId | null, AppointmentView[]>());
  /** How far each practice's clock is from the clock of the one in hand when the days were read, in minutes. */
  #clocks = $state.raw(new Map<VaultId | null, number>());
  #cursor = $state.raw<Cursor>({ column: 0, start: 480, id: null });
  /** The appointment that the side panel shows. */
  opened = $state<AppointmentId | null>(null);
  /** The appointment whose cancelling is being written down in the side panel. */
  cancelling = $state<AppointmentId | null>(null);
  #cut = $state.raw<{ id: AppointmentId; view: AppointmentView | null; practice: VaultId | null } | null>(null);
  /** A note that was being written when the window locked. */
  noteDraft = $state.raw<{ id: AppointmentId; text: string } | null>(null);
  loaded = $state(false);
  /** How often the days were read: what shows more of an appointment reads again with it. */
  loads = $state(0);
  #asked = 0;
  /** The last reading that was asked for. */
  #latest: Promise<void> = Promise.resolve();

  get cursor(): Cursor {
    return this.#cursor;
  }

  set cursor(cursor: Cursor) {
    this.#cursor = cursor;
    const practice = this.columns[cursor.column]?.practice ?? null;
    if (this.several && practice !== null && practice !== session.practice) this.#takeInHand(practice);
  }

  /** Untimed walk-ins of the shown day, in their order. */
  get queue(): AppointmentView[] {
    return this.#queues.get(session.practice) ?? this.#queues.get(null) ?? [];
  }

  get dayNotes(): DayNotes {
    return this.#notes.get(session.practice) ?? this.#notes.get(null) ?? { holiday: null, school: "" };
  }

  /** Minutes from the clock of the practice in hand to the clock of another: 0 in one zone. */
  apart(practice: VaultId | null): number {
    return (this.#clocks.get(practice) ?? 0) - (this.#clocks.get(session.practice) ?? 0);
  }

  /** What is opened, asked or waits belongs to the practice that is left; what was cut waits for one to come back. */
  #leave(): void {
    this.opened = null;
    this.cancelling = null;
    boxRequest.close();
    board.clear();
    waiting.clear();
    freed.clear();
    seriesRequest.close();
  }

  #takeInHand(practice: VaultId): void {
    const apart = this.apart(practice);
    session.take(practice);
    this.#leave();
    if (apart !== 0 && clock.now) clock.set(wallTime(clock.date, clock.minute + apart));
  }

  /** The practice was taken in hand elsewhere: the cursor goes to its first column. */
  followPractice(): void {
    const at = this.columns[this.cursor.column]?.practice ?? null;
    if (!this.several || at === null || at === session.practice) return;
    const column = this.columns.findIndex((one) => one.practice === session.practice);
    if (column < 0) return;
    const apart = this.apart(session.practice) - this.apart(at);
    this.#leave();
    if (apart !== 0 && clock.now) clock.set(wallTime(clock.date, clock.minute + apart));
    this.#cursor = { column, start: this.cursor.start, id: null };
  }

  readonly stop = $derived.by<Stop | null>(() => {
    const column = this.columns[this.cursor.column];
    return column ? stopOf(column.stops, this.cursor) : null;
  });

  /** The appointment under the cursor. */
  readonly current = $derived.by<AppointmentView | null>(() => {
    const id = this.stop?.id;
    return id ? (this.columns[this.cursor.column]?.items.find((item) => item.id === id)?.view ?? null) : null;
  });

  /** The appointment that is to be placed elsewhere. It is remembered whole: the day it stands on may no longer be shown. */
  get cut(): AppointmentId | null {
    return this.#cut && !this.cutElsewhere ? this.#cut.id : null;
  }

  /** Something was cut in another practice than the one in hand: it cannot be placed here. */
  get cutElsewhere(): boolean {
    return this.#cut !== null && this.#cut.practice !== session.practice;
  }

  set cut(id: AppointmentId | null) {
    this.#cut = id === null ? null : { id, view: this.find(id), practice: session.practice };
  }

  /** Whether days stand on the grid now. */
  get isGrid(): boolean {
    return this.mode === "day" || this.mode === "week";
  }

  get isEmpty(): boolean {
    return this.columns.every((column) => column.items.length === 0);
  }

  /** The name of a block in the page: ids of two practices may be the same. */
  blockId(column: GridColumn | undefined, id: string): string {
    return this.several ? `block-${column?.practice}-${id}` : `block-${id}`;
  }

  find(id: AppointmentId): AppointmentView | null {
    for (const column of this.#inHand) {
      const item = column.items.find((one) => one.id === id);
      if (item) return item.view;
    }
    const known = this.queue.find((one) => one.id === id) ?? board.find(id) ?? (this.mode === "list" ? list.find(id) : undefined);
    return known ?? (this.cut === id ? (this.#cut?.view ?? null) : null);
  }

  /** As it stands, or as it stood when it was cut: the day on which it is pasted may be another. */
  get cutView(): AppointmentView | null {
    return this.cut ? this.find(this.cut) : null;
  }

  /** Columns of the practice in hand: another's may bear the same ids. */
  get #inHand(): GridColumn[] {
    return this.columns.filter((column) => column.practice === null || column.practice === session.practice);
  }

  #place(id: AppointmentId): { column: number; start: number } | null {
    for (const column of this.#inHand) {
      const item = column.items.find((one) => one.id === id);
      if (item) return { column: this.columns.indexOf(column), start: item.start };
    }
    return null;
  }

  /** First and number of days that the mode shows. */
  get span(): { from: string; days: number } {
    return this.mode === "day" ? { from: this.date, days: 1 } : { from: mondayOf(this.date), days: 7 };
  }

  /** Reads what is shown. Whoever waits for it finds the days as they stand, also where they were asked for again. */
  load(): Promise<void> {
    return (this.#latest = this.#read(++this.#asked));
  }

  async #read(asked: number): Promise<void> {
    if (!this.isGrid) {
      await (this.mode === "month" ? month.load(this.date, this.chosen()) : list.load(this.date, this.chosen()));
      if (asked !== this.#asked) return this.#latest;
      this.loaded = true;
      this.loads += 1;
      return;
    }
    const { from, days } = this.span;
    const practices = this.several ? session.all.map((one) => one.vault) : [session.practice];
    const answers = await Promise.all(
      practices.map(async (of): Promise<Answer | null> => {
        const practitioners = this.mode === "week" && this.weekOf ? [this.weekOf] : this.chosen(of);
        try {
          return { practice: of, view: await call("show_days", { from, days, practitioners }, { practice: of }) };
        } catch (reason) {
          // One practice that has just been closed does not take the others off the screen.
          if (this.several && isRefusal(reason) && ["practice_closed", "signed_out", "locked"].includes(reason.code)) return null;
          throw reason;
        }
      }),
    );
    // A later question has been asked since: its answer counts.
    if (asked !== this.#asked) return this.#latest;
    this.#take(answers.filter((answer) => answer !== null));
    this.loaded = true;
    this.loads += 1;
  }

  /** Whose columns this user wants, as far as they are still here; empty: everybody's. */
  chosen(of: VaultId | null = session.practice): PractitionerId[] {
    const wanted = this.several ? (session.of(of)?.preferences.columns ?? []) : preferences.columns;
    return orderedColumns(wanted, practice.activeOf(of), practice.workedAtOf(of), this.several ? null : filters.site);
  }

  #take(answers: Answer[]): void {
    const meant = answers.find((answer) => answer.practice === session.practice) ?? answers[0];
    if (meant) clock.set(meant.view.now);
    // Zones are whole quarters of an hour apart; a minute that passed between two answers is no difference.
    this.#clocks = new Map(answers.map(({ practice, view }) => [practice, 15 * Math.round(minutesBetween(meant?.view.now ?? view.now, view.now) / 15)]));
    const views: (ColumnView & { practice: VaultId | null })[] = answers.flatMap(({ practice, view }) => view.columns.map((column) => ({ ...column, practice })));
    const kept = this.mode === "week" ? views.filter((view, index) => index < 5 || view.open.length > 0 || view.appointments.length > 0) : views;
    const before = new Map(this.columns.flatMap((column) => column.items.map((item) => [`${column.practice} ${item.id}`, item] as const)));
    const timed = kept.map((view) => view.appointments.filter((one) => one.starts !== null && !HIDDEN.includes(one.status)));
    const shown = shownHours(
      kept.flatMap((view) => view.open),
      timed.flat().map((one) => {
        const from = minuteOfDay(one.starts ?? "");
        return { from, to: Math.min(1440, from + one.minutes) };
      }),
    );
    const untimed = (of: VaultId | null) => kept.filter((view) => view.practice === of).flatMap((view) => view.appointments.filter((one) => one.starts === null && isActive(one.status)));
    this.#queues = new Map(answers.map((answer) => [answer.practice, untimed(answer.practice)]));
    this.columns = kept.map((view, index) => {
      const own = timed[index] ?? [];
      const raw = own.map((one) => ({ id: one.id as string, start: minuteOfDay(one.starts ?? ""), minutes: one.minutes }));
      const placing = lanes(raw, LEAST);
      const items = own.map((one, at): Placed => {
        const place = placing.get(one.id) ?? { lane: 0, lanes: 1 };
        const item: Placed = {
          id: one.id,
          start: raw[at]?.start ?? 0,
          minutes: one.minutes,
          lane: place.lane,
          lanes: place.lanes,
          active: isActive(one.status),
          view: one,
        };
        const old = before.get(`${view.practice} ${one.id}`);
        return old && same(old, item) ? old : item;
      });
      return {
        key: `${view.practice} ${view.day} ${view.practitioner_id}`,
        practice: view.practice,
        day: view.day,
        practitioner: view.practitioner_id,
        open: view.open,
        closed: closedStretches(
          shown,
          view.open,
          view.absences.map((one) => ({ ...one.span, label: one.label })),
          view.holiday?.closed ? holidayName(view.holiday) : null,
        ),
        blocks: view.blocks.flatMap((one) => {
          const cut = one.released ? null : cutTo(shown, one.span);
          return cut ? [{ ...cut, id: one.id, kind: one.kind, words: blockWords(one, view.day), until: one.released_at }] : [];
        }),
        openings: view.openings.flatMap((one) => {
          const cut = cutTo(shown, one.span);
          return cut ? [{ ...cut, label: one.label }] : [];
        }),
        locum: view.locum,
        items,
        lanes: placing,
        stops: filters.stops(stops({ items, lanes: placing }, shown, practice.lengthOf(view.practice), preferences.zoom), items),
        booked: view.booked,
        free: view.free,
      };
    });
    this.shown = shown;
    // What was cut is placed as it stands by now.
    if (this.#cut && !this.cutElsewhere) this.#cut = { ...this.#cut, view: this.find(this.#cut.id) };
    this.#notes = new Map(
      answers.flatMap((answer) => {
        const own = kept.filter((view) => view.practice === answer.practice);
        const first = own.find((view) => view.day === this.date) ?? own[0];
        return first ? [[answer.practice, notesOf(first)] as const] : [];
      }),
    );
    this.#keepCursor();
  }

  /** After a reload the cursor stays with its appointment, or at its minute. */
  #keepCursor(): void {
    const { id, start } = this.cursor;
    if (id !== null) {
      const place = this.#place(id as AppointmentId);
      if (place) {
        this.cursor = { ...place, id };
        return;
      }
    }
    const column = Math.min(this.cursor.column, Math.max(0, this.columns.length - 1));
    const own = this.columns.findIndex((one) => one.practice === session.practice);
    const strange = this.several && own >= 0 && this.columns[column]?.practice !== session.practice;
    this.cursor = { column: strange ? own : column, start, id: null };
  }

  /** Opens the day of today, the cursor at the next free quarter of an hour. */
  async start(today: string): Promise<void> {
    if (this.date === "") this.date = today;
    await this.load();
    if (this.cursor.start === 480 && this.date === clock.date) this.cursorToNow();
  }

  cursorToNow(): void {
    const column = this.mode === "week" ? Math.max(0, this.columns.findIndex((one) => one.day === clock.date)) : this.cursor.column;
    const free = this.columns[column]?.stops.filter((one) => one.id === null) ?? [];
    // After the last hour shown, the day's beginning is as good a place as any.
    const stop = free.find((one) => one.start >= clock.minute) ?? free[0];
    this.cursor = { column, start: stop?.start ?? this.shown.from, id: null };
  }

  /** Puts the cursor on an appointment that is shown: it stays with it wherever it moves. */
  stayWith(id: AppointmentId): void {
    const place = this.#place(id);
    if (place) this.cursor = { ...place, id };
  }

  /** Puts the cursor on an appointment that is shown, and opens it. */
  point(id: AppointmentId): void {
    this.stayWith(id);
    this.opened = id;
  }

  go(date: string): Promise<void> {
    return this.#travel(this.#to(date));
  }

  async #to(date: string): Promise<void> {
    this.date = date;
    await this.load();
  }

  /** Keys pressed on the way are meant for where it leads: Enter after the page key books on the day after. */
  #travel(way: Promise<void>): Promise<void> {
    keys.holdUntil(way);
    return way;
  }

  show(mode: Mode): Promise<void> {
    // A week is one person's, a month or a list one practice's: side by side stand days only.
    if (this.several && mode !== "day") return Promise.resolve();
    return this.#travel(this.#into(mode));
  }

  async #into(mode: Mode): Promise<void> {
    const column = this.isGrid ? this.columns[this.cursor.column] : undefined;
    if (mode === "week") this.weekOf ??= column?.practitioner ?? practice.active[0]?.id ?? null;
    if (mode === "day" && column) this.date = column.day;
    const day = this.mode === "day" ? this.date : column?.day;
    this.mode = mode;
    await this.load();
    if (!this.isGrid) return;
    const index = this.columns.findIndex((one) => (mode === "week" ? one.day === day : one.practitioner === this.weekOf));
    this.cursor = { ...this.cursor, column: Math.max(0, index) };
  }

  today(): Promise<void> {
    return this.#travel(this.#toNow());
  }

  async #toNow(): Promise<void> {
    await this.#to(clock.date);
    if (this.isGrid) this.cursorToNow();
  }

  async page(by: 1 | -1): Promise<void> {
    if (this.mode === "month") await this.go(addMonths(this.date, by));
    else await this.go(addDays(this.date, by * (this.mode === "day" ? 1 : this.mode === "week" ? 7 : list.days)));
  }

  /** Wall time of a place on the grid. */
  wallAt(column: number, minute: number): string {
    return wallTime(this.columns[column]?.day ?? this.date, minute);
  }

  /** Keeps what is shown true until the returned function is called. */
  follow(): () => void {
    let waiting = false;
    const again = (): void => {
      // Several announcements of one moment are one reload.
      if (waiting) return;
      waiting = true;
      queueMicrotask(() => {
        waiting = false;
        void this.load().catch(() => undefined);
      });
    };
    const stops = [onChange("agenda", again, this.several), onChange("patients", again, this.several), onChange("practice", again, this.several)];
    // An announcement or an answer can be lost (a computer that slept): a day that is out of date would be booked twice.
    const anyhow = setInterval(again, AGAIN_EVERY);
    return () => {
      clearInterval(anyhow);
      stops.forEach((stop) => stop());
    };
  }

  /** Forgets everything of persons: at the lock. */
  clear(): void {
    this.#asked++;
    this.#latest = Promise.resolve();
    this.columns = [];
    this.#queues = new Map();
    this.opened = null;
    this.cancelling = null;
    this.cut = null;
    board.clear();
    list.clear();
    this.loaded = false;
  }
}

export const agenda = new Agenda();
