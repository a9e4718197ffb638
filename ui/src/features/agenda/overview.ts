// What the wider views do: printing weeks and lists, calling the next one, the wall display.
import { call, practiceOf } from "$backend/door";
import type { AppointmentId, FileView, PractitionerId } from "$backend/types";
import { openWallDisplay } from "$backend/wall";
import { isolate } from "$kit/format";
import { preferences } from "$kit/state/preferences.svelte";
import { preview } from "$kit/state/preview.svelte";
import { session } from "$kit/state/session.svelte";
import { toasts } from "$kit/state/toasts.svelte";
import { m } from "$messages/index";
import { sayRefusal, tell, undo } from "./actions";
import { agenda } from "./agenda.svelte";
import { board } from "./board.svelte";
import { list } from "./list/list.svelte";
import { personName } from "./names";
import { waiting } from "./side/waiting.svelte";

async function shown(file: Promise<FileView>): Promise<void> {
  try {
    preview.show(await file);
  } catch (reason) {
    sayRefusal(reason);
  }
}

/** The week of the date: of one practitioner in the week, of everybody shown else. */
export function printWeek(): Promise<void> {
  const practitioners = agenda.mode === "week" && agenda.weekOf ? [agenda.weekOf] : agenda.chosen();
  return shown(call("print_week", { day: agenda.date, practitioners, language: preferences.language }));
}

/** The list as it is filtered by the host; what is typed narrows the screen only. */
export function printList(): Promise<void> {
  const { request } = list;
  return request ? shown(call("print_list", { list: request, language: preferences.language })) : Promise.resolve();
}

/** Whoever waits first for this practitioner comes in; whoever was in there is done. One way back for both. */
export async function callNext(practitioner: PractitionerId): Promise<void> {
  const leaving = waiting.seated.some((one) => one.practitioner_id === practitioner);
  try {
    const called = await call("call_next", { practitioner_id: practitioner, finish: true });
    toasts.done(m.queue_called({ practitioner: isolate(called.practitioner) }), {
      person: personName(called),
      code: called.spoken_code,
      undo: async () => {
        await undo(called.sequence, practiceOf(called));
        // The entry before, of the same moment, ended the consultation.
        if (leaving) await undo(called.sequence - 1, practiceOf(called));
      },
    });
    await agenda.load();
  } catch (reason) {
    sayRefusal(reason);
  }
}

/** Puts somebody who waits one place earlier or later among those of the same practitioner. */
export async function shiftInQueue(id: AppointmentId, by: 1 | -1): Promise<void> {
  const one = waiting.list.find((other) => other.appointment.id === id);
  if (!one) return;
  const own = waiting.list.filter((other) => other.appointment.practitioner_id === one.appointment.practitioner_id).map((other) => other.appointment.id);
  const at = own.indexOf(id);
  const to = at + by;
  if (to < 0 || to >= own.length) return;
  const before = own[by < 0 ? to : to + 1] ?? null;
  const { practice } = session;
  try {
    const { sequence } = await call("place_in_queue", { id, before });
    toasts.done(m.queue_placed({ n: to + 1 }), { person: personName(one.appointment), undo: () => undo(sequence, practice) });
    await waiting.load();
  } catch (reason) {
    sayRefusal(reason);
  }
}

/** Pins to the board, or takes off. */
export function togglePin(id: AppointmentId): void {
  const { practice } = session;
  if (board.has(id)) {
    tell(board.unpin(id));
    toasts.done(m.overview_unpinned(), { undo: () => board.pin(id, practice) });
  } else {
    const one = agenda.find(id);
    tell(board.pin(id));
    toasts.done(m.overview_pinned(), { person: one ? personName(one) : null, undo: () => board.unpin(id, practice) });
  }
}

export function openWall(): void {
  tell(openWallDisplay(session.practice));
}
