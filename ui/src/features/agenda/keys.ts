// The keys of the agenda: what each does now, in words, for the footer and the help. Letters act on the appointment under
// the cursor; nothing is bound to `/`, `?` or digits.
import type { Status } from "$backend/types";
import { clock } from "$kit/state/clock.svelte";
import type { Key, KeyGroup } from "$kit/state/keys.svelte";
import { preferences } from "$kit/state/preferences.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m } from "$messages/index";
import { lengthen, move, printDay, setStatus, tell } from "./actions";
import { agenda } from "./agenda.svelte";
import { board } from "./board.svelte";
import { boxRequest } from "$kit/state/box.svelte";
import { across, along, type Cursor, toEdge } from "./grid/cursor";
import { SNAP } from "./grid/layout";
import { isActive, isCancellable, isMovable, mayStep } from "./names";
import { printList, printWeek, togglePin } from "./overview";
import { repeatOrChange } from "./series/request.svelte";
import { offers } from "./side/offers.svelte";
import { wishRequest } from "$kit/state/wish.svelte";
import { earlier, waits } from "./wish";

interface Hands {
  /** The grid's own answer to Enter, and the way to show the cursor. */
  enter: () => void;
  reveal: (what: "cursor" | "now") => void;
  isGrid: (target: EventTarget | null) => boolean;
  /** Opens the month to pick a day from. */
  pick: () => void;
}

/** Arrows follow the eye: in a right-to-left window the column to the right is the one before. */
function bySight(key: "left" | "right"): 1 | -1 {
  const forward = preferences.direction === "rtl" ? "left" : "right";
  return key === forward ? 1 : -1;
}

/** Whether this user books and moves; who may only read walks over the grid and opens. */
const mayChange = (): boolean => session.may("change_agenda");

export function agendaKeys(hands: Hands): KeyGroup[] {
  function to(cursor: Cursor | null): void {
    if (!cursor) return;
    agenda.cursor = cursor;
    hands.reveal("cursor");
  }

  function walk(by: number): void {
    const column = agenda.columns[agenda.cursor.column];
    if (column) to(along(column.stops, agenda.cursor, by));
  }

  function edge(end: "first" | "last"): void {
    const column = agenda.columns[agenda.cursor.column];
    if (column) to(toEdge(column.stops, agenda.cursor, end));
  }

  /** Moves the appointment under the cursor by minutes and columns. */
  function shift(minutes: number, columns: number): void {
    const one = agenda.current;
    const item = agenda.columns[agenda.cursor.column]?.items.find((other) => other.id === one?.id);
    const index = agenda.cursor.column + columns;
    const column = agenda.columns[index];
    if (!one || !item || !column || !isMovable(one.status)) return;
    // Nobody is moved from one practice into another.
    if (column.practice !== agenda.columns[agenda.cursor.column]?.practice) {
      toasts.refused(m.practices_not_across());
      return;
    }
    const start = item.start + minutes;
    if (start < 0 || start + item.minutes > 1440) return;
    // The cursor may stand there by its minute only: it goes with the appointment, and so does the next key.
    agenda.stayWith(one.id);
    void move(one, { practitioner: column.practitioner, starts: agenda.wallAt(index, start), minutes: item.minutes });
  }

  function step(combo: string, status: Status, label: () => string): Key {
    return {
      combo,
      label: () => (agenda.current && mayChange() && mayStep(agenda.current.status, status) ? label() : null),
      help: label,
      run: () => void (agenda.current && setStatus(agenda.current.id, status)),
      footer: true,
    };
  }

  const canMove = (label: () => string) => () => (agenda.current && mayChange() && isMovable(agenda.current.status) ? label() : null);

  const onGrid: KeyGroup = {
    title: m.agenda_keys_grid,
    scope: hands.isGrid,
    keys: [
      {
        combo: ["ArrowDown", "ArrowUp", "ArrowLeft", "ArrowRight"],
        shown: ["↑ ↓ ← →"],
        label: m.agenda_key_move,
        footer: true,
        run: (event) => {
          if (event.key === "ArrowDown") walk(1);
          else if (event.key === "ArrowUp") walk(-1);
          else to(across(agenda.columns, agenda.cursor, bySight(event.key === "ArrowLeft" ? "left" : "right")));
        },
      },
      {
        combo: "Enter",
        help: m.agenda_key_enter,
        label: () => (agenda.current ? m.agenda_key_open() : !mayChange() ? null : agenda.cut || agenda.cutElsewhere ? m.agenda_key_paste() : m.agenda_key_book()),
        footer: true,
        run: hands.enter,
      },
      { combo: "Home", label: m.agenda_key_first, run: () => edge("first") },
      { combo: "End", label: m.agenda_key_last, run: () => edge("last") },
      step("a", "arrived", m.agenda_key_arrived),
      step("c", "in_consultation", m.agenda_key_consultation),
      step("d", "done", m.agenda_key_done),
      step("n", "no_show", m.agenda_key_no_show),
      {
        combo: ["Shift+ArrowDown", "Shift+ArrowUp", "Shift+ArrowLeft", "Shift+ArrowRight"],
        shown: ["Shift", "↑ ↓ ← →"],
        label: canMove(m.agenda_key_shift),
        help: m.agenda_key_shift,
        run: (event) => {
          if (event.key === "ArrowDown") shift(preferences.zoom, 0);
          else if (event.key === "ArrowUp") shift(-preferences.zoom, 0);
          else shift(0, bySight(event.key === "ArrowLeft" ? "left" : "right"));
        },
      },
      {
        combo: ["Alt+Shift+ArrowDown", "Alt+Shift+ArrowUp"],
        shown: ["Alt", "Shift", "↑ ↓"],
        label: canMove(m.agenda_key_shift_fine),
        help: m.agenda_key_shift_fine,
        run: (event) => shift(event.key === "ArrowDown" ? SNAP : -SNAP, 0),
      },
      {
        combo: ["Ctrl+ArrowDown", "Ctrl+ArrowUp"],
        shown: ["Ctrl", "↑ ↓"],
        label: canMove(m.agenda_key_resize),
        help: m.agenda_key_resize,
        run: (event) => void (agenda.current && lengthen(agenda.current, event.key === "ArrowDown" ? SNAP : -SNAP)),
      },
      {
        combo: ["x", "Ctrl+x"],
        label: canMove(m.agenda_key_cut),
        help: m.agenda_key_cut,
        footer: true,
        run: () => (agenda.cut = agenda.current?.id ?? null),
      },
      {
        combo: "b",
        label: () => (agenda.current && mayChange() && isMovable(agenda.current.status) ? (board.has(agenda.current.id) ? m.overview_unpin() : m.overview_pin()) : null),
        help: m.overview_pin,
        run: () => agenda.current && togglePin(agenda.current.id),
      },
      {
        combo: "r",
        label: () => (agenda.current?.starts && agenda.current.patient_id && mayChange() && isActive(agenda.current.status) ? m.series_key() : null),
        help: m.series_key,
        run: () => agenda.current && tell(repeatOrChange(agenda.current)),
      },
      {
        combo: "e",
        label: () => (agenda.current && waits(agenda.current) ? m.waiting_list_do_earlier() : null),
        help: m.waiting_list_do_earlier,
        run: () => agenda.current && wishRequest.ask(earlier(agenda.current)),
      },
      {
        combo: ["v", "Ctrl+v"],
        label: () => ((agenda.cut || agenda.cutElsewhere) && agenda.stop && !agenda.current ? m.agenda_key_paste() : null),
        help: m.agenda_key_paste,
        footer: true,
        run: hands.enter,
      },
      {
        combo: "Delete",
        label: () => (agenda.current && mayChange() && isCancellable(agenda.current.status) ? m.agenda_key_cancel() : null),
        help: m.agenda_key_cancel,
        footer: true,
        run: () => {
          agenda.opened = agenda.current?.id ?? null;
          agenda.cancelling = agenda.opened;
        },
      },
      {
        combo: "Escape",
        help: m.agenda_key_close,
        label: () => (agenda.cut || agenda.cutElsewhere ? m.agenda_key_uncut() : agenda.opened ? m.agenda_key_close() : null),
        run: () => {
          if (agenda.cut || agenda.cutElsewhere) agenda.cut = null;
          else agenda.opened = null;
        },
      },
    ],
  };

  const everywhere: KeyGroup = {
    title: m.screen_agenda,
    keys: [
      { combo: "w", label: () => (mayChange() ? m.agenda_key_walk_in() : null), help: m.agenda_key_walk_in, footer: true, run: () => walkIn() },
      { combo: "t", help: m.agenda_key_today, label: () => (agenda.date === clock.date && agenda.mode === "day" ? null : m.agenda_key_today()), footer: true, run: () => tell(agenda.today().then(() => hands.reveal("now"))) },
      { combo: "PageUp", label: () => (agenda.mode === "day" ? m.agenda_key_day_before() : agenda.mode === "month" ? m.month_before() : m.agenda_key_week_before()), run: () => tell(agenda.page(-1)) },
      { combo: "PageDown", label: () => (agenda.mode === "day" ? m.agenda_key_day_after() : agenda.mode === "month" ? m.month_after() : m.agenda_key_week_after()), run: () => tell(agenda.page(1)) },
      {
        combo: "p",
        label: () => (agenda.mode === "day" ? m.agenda_key_print() : m.overview_print()),
        run: () => {
          if (agenda.mode === "list") return void printList();
          if (agenda.mode !== "day") return void printWeek();
          const column = agenda.columns[agenda.cursor.column];
          if (column) void printDay(column.practitioner, column.day, column.practice);
        },
      },
      { combo: "g", label: m.agenda_pick_day, run: hands.pick },
      { combo: "o", label: () => (offers.freed ? m.waiting_list_key_offer() : null), help: m.waiting_list_key_offer, footer: true, run: () => (offers.wanted += 1) },
      { combo: "j", help: m.agenda_key_day, label: () => (agenda.mode === "day" ? null : m.agenda_key_day()), run: () => tell(agenda.show("day")) },
      { combo: "s", help: m.agenda_key_week, label: () => (agenda.mode === "week" || agenda.several ? null : m.agenda_key_week()), run: () => tell(agenda.show("week")) },
    ],
  };
  return [everywhere, onGrid];
}

/** Opens the box for somebody who has just come in, with the practitioner of the cursor's column. */
export function walkIn(): void {
  const practitioner = agenda.columns[agenda.cursor.column]?.practitioner;
  if (practitioner) boxRequest.ask({ walkIn: { practitioner } });
}
