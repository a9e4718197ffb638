// The fake host's planning: openings of single dates, blocks, locums, holidays, and guided rebooking.
import type {
  BlockId,
  BlockView,
  LocumId,
  OpeningId,
  PlannedView,
  PractitionerId,
  RebookingHitView,
  SchoolHolidayId,
} from "../types";
import { changedView, freeIn, viewOf, wall } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { holidaysOf } from "./holidays";
import { ACTIVE, type FakePractice } from "./practice";

export function planningHandlers(practice: FakePractice): Handlers {
  /** Adds or changes one of a list; comes back by undo. */
  function keep<T extends { id: string }>(command: string, list: T[], fresh: T): PlannedView {
    const before = list.find((one) => one.id === fresh.id);
    const copy = before ? { ...before } : null;
    if (before) Object.assign(before, fresh);
    else list.push(fresh);
    const sequence = practice.record(command, fresh.id, () => {
      const at = list.findIndex((one) => one.id === fresh.id);
      if (copy) Object.assign(list[at] ?? copy, copy);
      else list.splice(at, 1);
      practice.announce("agenda", fresh.id);
    });
    practice.announce("agenda", fresh.id);
    return { id: fresh.id, sequence };
  }

  function remove<T extends { id: string }>(command: string, list: T[], id: string): { sequence: number } {
    const at = list.findIndex((one) => one.id === id);
    const gone = list.splice(at, 1)[0] ?? refuse("not_found");
    const sequence = practice.record(command, id, () => {
      list.splice(at, 0, gone);
      practice.announce("agenda", id);
    });
    practice.announce("agenda", id);
    return { sequence };
  }

  function sayHoliday(command: string, day: string, change: FakePractice["holidayChanges"][number] | null): PlannedView {
    const before = practice.holidayChanges;
    practice.holidayChanges = [...before.filter((one) => one.day !== day), ...(change ? [change] : [])];
    const sequence = practice.record(command, day, () => {
      practice.holidayChanges = before;
      practice.announce("agenda", day);
    });
    practice.announce("agenda", day);
    return { id: day, sequence };
  }

  return {
    show_planning: ({ practitioner_id }) => ({
      openings: practice.openings.filter((one) => one.practitioner_id === practitioner_id).map(({ practitioner_id: _, ...one }) => one),
      blocks: practice.blocks.filter((one) => one.practitioner_id === practitioner_id).map(({ practitioner_id: _, ...one }) => one),
      locums: practice.locums.filter((one) => one.practitioner_id === practitioner_id).map(({ practitioner_id: _, ...one }) => one),
    }),

    add_opening(request) {
      if (request.to <= request.from) refuse("bad_hours", "to");
      return keep("add_opening", practice.openings, { ...request, id: practice.id<OpeningId>("opening") });
    },
    remove_opening: ({ id }) => remove("remove_opening", practice.openings, id),

    save_block(request) {
      if (request.to <= request.from) refuse("bad_hours", "to");
      if (request.kind === "types" && request.types.length === 0) refuse("block_without_types", "types");
      if (request.weekdays.length === 0 && request.valid_from !== request.valid_until) refuse("bad_hours", "weekdays");
      const { id, ...fields } = request;
      const block: BlockView & { practitioner_id: PractitionerId } = { ...fields, id: id ?? practice.id<BlockId>("block") };
      return keep("save_block", practice.blocks, block);
    },
    remove_block: ({ id }) => remove("remove_block", practice.blocks, id),

    save_locum({ id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      if (fields.last_day < fields.first_day) refuse("ends_before_start", "last_day");
      return keep("save_locum", practice.locums, { ...fields, id: id ?? practice.id<LocumId>("locum"), warnings: [] });
    },
    remove_locum: ({ id }) => remove("remove_locum", practice.locums, id),

    list_holidays: ({ year }) => ({
      region: practice.region,
      holidays: holidaysOf(practice, year),
      school_holidays: practice.schoolHolidays.filter((one) => one.last_day >= `${year}-01-01` && one.first_day <= `${year}-12-31`),
    }),
    set_holiday({ day, state, holiday, label }) {
      const known = holidaysOf(practice, Number(day.slice(0, 4))).some((one) => one.day === day);
      if (state && state !== "nothing" && !known && !holiday && !label.trim()) refuse("name_missing", "label");
      return sayHoliday("set_holiday", day, state ? { day, state, holiday, label } : null);
    },
    move_holiday({ from, to }) {
      const known = holidaysOf(practice, Number(from.slice(0, 4))).find((one) => one.day === from && one.editable) ?? refuse("not_found", "from");
      sayHoliday("move_holiday", from, { day: from, state: "nothing", holiday: "", label: "" });
      return sayHoliday("move_holiday", to, { day: to, state: known.closed ? "closed" : "open", holiday: known.holiday, label: known.label });
    },
    set_holiday_region({ region }) {
      practice.region = region;
      practice.announce("agenda");
      return { sequence: null };
    },
    save_school_holiday({ id, ...fields }) {
      if (!fields.label.trim()) refuse("name_missing", "label");
      if (fields.last_day < fields.first_day) refuse("ends_before_start", "last_day");
      return keep("save_school_holiday", practice.schoolHolidays, { ...fields, id: id ?? practice.id<SchoolHolidayId>("school") });
    },
    remove_school_holiday: ({ id }) => remove("remove_school_holiday", practice.schoolHolidays, id),

    propose_rebooking({ absence_id, count }) {
      const absence = practice.ownAbsences.find((one) => one.id === absence_id) ?? refuse("not_found");
      const own = absence.practitioner_id;
      const taken: string[] = [];
      const hits = practice.appointments
        .filter((one) => one.practitioner_id === own && one.minute !== null && ["requested", "booked", "confirmed"].includes(one.status))
        .filter((one) => wall(one.day, one.minute ?? 0) >= absence.starts && wall(one.day, one.minute ?? 0) < absence.ends)
        .sort((a, b) => wall(a.day, a.minute ?? 0).localeCompare(wall(b.day, b.minute ?? 0)));
      const others = practice.practitioners.filter((one) => one.active).sort((a, b) => Number(b.id === own) - Number(a.id === own));
      const proposals = (one: (typeof hits)[number]): RebookingHitView["proposals"] =>
        others.flatMap((who) => {
          for (let d = 0; d < 30; d++) {
            const day = new Date(Date.parse(`${one.day}T00:00:00Z`) + d * 86_400_000).toISOString().slice(0, 10);
            for (const minute of freeIn(practice, who.id, day, one.minutes, 5)) {
              const starts = wall(day, minute);
              const clash = taken.some((other) => other.startsWith(`${who.id} ${day}`) && Math.abs(Number(other.split(" ")[2]) - minute) < 60);
              if (starts <= practice.now || clash || (who.id === own && starts >= absence.starts && starts < absence.ends)) continue;
              taken.push(`${who.id} ${day} ${minute}`);
              return [{ practitioner_id: who.id, practitioner: who.name, starts, minutes: one.minutes }];
            }
          }
          return [];
        });
      return {
        practitioner: practice.practitioners.find((one) => one.id === own)?.name ?? "",
        starts: absence.starts,
        ends: absence.ends,
        label: absence.label,
        hits: hits.map((one) => ({ appointment: viewOf(practice, one), locum: "", proposals: proposals(one).slice(0, count) })),
      };
    },

    rebook_appointments({ moves }) {
      const done = { moved: [] as ReturnType<typeof changedView>[], refused: [] as { id: (typeof moves)[number]["id"]; code: string }[] };
      for (const move of moves) {
        const one = practice.appointments.find((other) => other.id === move.id && ACTIVE.includes(other.status));
        const minute = Number(move.starts.slice(11, 13)) * 60 + Number(move.starts.slice(14, 16));
        const day = move.starts.slice(0, 10);
        if (!one || one.revision !== move.revision) done.refused.push({ id: move.id, code: "changed_meanwhile" });
        else if (practice.clash(move.practitioner_id, day, minute, minute + one.minutes, one.id)) {
          done.refused.push({ id: move.id, code: "slot_taken" });
        } else {
          const before = { ...one };
          Object.assign(one, { practitioner_id: move.practitioner_id, day, minute, revision: one.revision + 1 });
          const sequence = practice.record("rebook_appointments", one.id, () => {
            Object.assign(one, before, { revision: one.revision + 1 });
            practice.announce("agenda", one.id);
          });
          done.moved.push(changedView(practice, one, sequence));
        }
      }
      if (done.moved.length > 0) practice.announce("agenda");
      return done;
    },
  };
}
