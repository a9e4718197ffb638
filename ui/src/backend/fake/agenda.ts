// The fake host's agenda: days, booking, moving, steps, undo.
import type { AppointmentView, ColumnView, PatientId, PractitionerId, SlotView, Status } from "../types";
import { type Handlers, refuse } from "./handlers";
import { holidaysOf } from "./holidays";
import { ACTIVE, type FakeAppointment, type FakePractice, nameOf, phoneShown } from "./practice";

const MAY_BECOME: Record<Status, Status[]> = {
  requested: ["booked", "cancelled", "deleted"],
  booked: ["confirmed", "arrived", "cancelled", "no_show", "deleted"],
  confirmed: ["arrived", "cancelled", "no_show", "deleted"],
  arrived: ["in_consultation", "left", "cancelled"],
  in_consultation: ["done"],
  done: [],
  cancelled: ["booked"],
  no_show: ["booked", "arrived", "cancelled"],
  left: ["arrived", "in_consultation", "no_show"],
  deleted: [],
};

const two = (n: number): string => String(n).padStart(2, "0");
export const wall = (day: string, minute: number): string => `${day}T${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const minuteOf = (starts: string): number => Number(starts.slice(11, 13)) * 60 + Number(starts.slice(14, 16));
const spoken = (code: string): string => `${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)}`;

export function viewOf(practice: FakePractice, one: FakeAppointment): AppointmentView {
  const patient = practice.patients.find((other) => other.id === one.patient_id);
  const practitioner = practice.practitioners.find((other) => other.id === one.practitioner_id);
  const type = practice.types.find((other) => other.id === one.type_id);
  return {
    id: one.id,
    code: one.code,
    practitioner_id: one.practitioner_id,
    practitioner: practitioner?.name ?? "",
    site_id: practitioner?.site_id ?? ("" as AppointmentView["site_id"]),
    patient_id: one.patient_id,
    patient: patient ? nameOf(patient) : "",
    patient_arabic: patient ? [patient.surname_arabic, patient.first_name_arabic].filter(Boolean).join(" ") : "",
    born: patient?.born ?? "",
    phone: patient ? phoneShown(patient.mobile || patient.phone) : "",
    type_id: one.type_id,
    type: type?.name ?? "",
    starts: one.minute === null ? null : wall(one.day, one.minute),
    day: one.day,
    rank: one.rank,
    minutes: one.minutes,
    status: one.status,
    origin: one.origin,
    urgency: one.urgency,
    overbooked: one.overbooked,
    note: one.note,
    arrived: one.arrived,
    seated: one.seated,
    dismissed: one.dismissed,
    revision: one.revision,
    buffer: type?.buffer_minutes ?? 0,
    provider_parts: [],
    resources: [],
  };
}

/** An appointment that was just changed. */
export function changedView(practice: FakePractice, one: FakeAppointment, sequence: number) {
  return { ...viewOf(practice, one), sequence, spoken_code: spoken(one.code), warnings: [] as string[] };
}

export function openOf(practice: FakePractice, practitioner: PractitionerId, day: string): { from: number; to: number }[] {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  const closed = holidaysOf(practice, Number(day.slice(0, 4))).some((one) => one.day === day && one.closed);
  let open = weekday === 0 || weekday === 6 || closed ? [] : practice.open;
  open = [...open, ...practice.openings.filter((one) => one.practitioner_id === practitioner && one.day === day)].map(({ from, to }) => ({ from, to }));
  for (const absence of practice.absences.filter((one) => one.practitioner_id === practitioner && one.day === day)) {
    open = open.flatMap((span) => [
      { from: span.from, to: Math.min(span.to, absence.from) },
      { from: Math.max(span.from, absence.to), to: span.to },
    ]);
  }
  return open.filter((span) => span.to > span.from);
}

function holidayOn(practice: FakePractice, day: string): ColumnView["holiday"] {
  const one = holidaysOf(practice, Number(day.slice(0, 4))).find((other) => other.day === day);
  return one ? { holiday: one.holiday, label: one.label, closed: one.closed } : null;
}

function blocksOn(practice: FakePractice, practitioner: PractitionerId, day: string): ColumnView["blocks"] {
  const weekday = ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
  return practice.blocks
    .filter((one) => one.practitioner_id === practitioner && one.weekdays.includes(weekday))
    .filter((one) => (one.valid_from ?? day) <= day && day <= (one.valid_until ?? day))
    .map((one) => {
      const before = new Date(Date.parse(`${day}T00:00:00Z`) - (one.release_days ?? 0) * 86_400_000).toISOString().slice(0, 10);
      const released_at = one.release_minute === null ? null : wall(before, one.release_minute);
      return {
        id: one.id,
        kind: one.kind,
        span: { from: one.from, to: one.to },
        label: one.label,
        types: one.types,
        released_at,
        released: released_at !== null && released_at <= practice.now,
      };
    });
}

export function freeIn(practice: FakePractice, practitioner: PractitionerId, day: string, minutes: number, step: number): number[] {
  const starts: number[] = [];
  for (const span of openOf(practice, practitioner, day)) {
    for (let minute = span.from; minute + minutes <= span.to; ) {
      const clash = practice.clash(practitioner, day, minute, minute + minutes);
      if (!clash) starts.push(minute);
      minute = clash ? Math.ceil(((clash.minute ?? 0) + clash.minutes) / 5) * 5 : minute + step;
    }
  }
  return starts;
}

/** Applies a change of one appointment, with its step in the history and its way back. */
export function stepOf(practice: FakePractice, command: string, one: FakeAppointment, next: Partial<FakeAppointment>) {
  const before = { ...one };
  Object.assign(one, next, { revision: one.revision + 1 });
  const sequence = practice.record(command, one.id, () => {
    Object.assign(one, before, { revision: one.revision + 1 });
    practice.announce("agenda", one.id);
  });
  const fields = (Object.keys(next) as (keyof FakeAppointment)[]).map((field) => ({
    field: field === "minute" ? "starts" : field,
    before: field === "minute" && before.minute !== null ? wall(before.day, before.minute) : String(before[field] ?? ""),
    after: field === "minute" && one.minute !== null ? wall(one.day, one.minute) : String(one[field] ?? ""),
  }));
  one.steps = [...one.steps, { sequence, at: practice.now, user: practice.user?.name ?? "", command, changes: fields }];
  practice.announce("agenda", one.id);
  return { ...viewOf(practice, one), sequence, spoken_code: spoken(one.code), warnings: [] as string[] };
}

export function agendaHandlers(practice: FakePractice): Handlers {
  function find(id: string): FakeAppointment {
    return practice.appointments.find((one) => one.id === id) ?? refuse("appointment_not_found");
  }

  const change = (command: string, one: FakeAppointment, next: Partial<FakeAppointment>) => stepOf(practice, command, one, next);

  function add(command: string, one: FakeAppointment) {
    practice.appointments.push(one);
    const sequence = practice.record(command, one.id, () => {
      one.status = "deleted";
      practice.announce("agenda", one.id);
    });
    one.steps = [{ sequence, at: practice.now, user: practice.user?.name ?? "", command, changes: [] }];
    practice.announce("agenda", one.id);
    return changedView(practice, one, sequence);
  }

  function fresh(patient: PatientId | null, practitioner: PractitionerId, day: string): FakeAppointment {
    const id = practice.id<FakeAppointment["id"]>("appointment");
    return {
      id,
      code: `K7M4PX${id.slice(-1)}`,
      practitioner_id: practitioner,
      patient_id: patient,
      type_id: practice.types[0]?.id ?? refuse("not_found"),
      day,
      minute: null,
      rank: null,
      minutes: 20,
      status: "booked",
      origin: "phone",
      urgency: "normal",
      overbooked: false,
      note: "",
      arrived: null,
      seated: null,
      dismissed: null,
      cancelled_by: null,
      cancel_reason: "",
      revision: 1,
      steps: [],
    };
  }

  return {
    show_days({ from, days, practitioners }) {
      // In the order asked for, as the host does.
      const shown = practice.practitioners
        .filter((one) => one.active && (practitioners.length === 0 || practitioners.includes(one.id)))
        .sort((a, b) => practitioners.indexOf(a.id) - practitioners.indexOf(b.id));
      const columns: ColumnView[] = [];
      for (let d = 0; d < days; d++) {
        const day = new Date(Date.parse(`${from}T00:00:00Z`) + d * 86_400_000).toISOString().slice(0, 10);
        for (const practitioner of shown) {
          const own = practice.appointments
            .filter((one) => one.day === day && one.practitioner_id === practitioner.id && one.status !== "deleted")
            .sort((a, b) => (a.minute ?? 9000 + (a.rank ?? 0)) - (b.minute ?? 9000 + (b.rank ?? 0)));
          columns.push({
            day,
            practitioner_id: practitioner.id,
            open: openOf(practice, practitioner.id, day),
            absences: practice.absences
              .filter((one) => one.practitioner_id === practitioner.id && one.day === day)
              .map((one) => ({
                id: one.id as ColumnView["absences"][number]["id"],
                span: { from: one.from, to: one.to },
                label: one.label,
              })),
            openings: practice.openings
              .filter((one) => one.practitioner_id === practitioner.id && one.day === day)
              .map((one) => ({ id: one.id, span: { from: one.from, to: one.to }, label: one.label })),
            blocks: blocksOn(practice, practitioner.id, day),
            locum: practice.locums.find((one) => one.practitioner_id === practitioner.id && one.first_day <= day && day <= one.last_day)?.name ?? "",
            holiday: holidayOn(practice, day),
            school_holidays: practice.schoolHolidays.filter((one) => one.first_day <= day && day <= one.last_day).map(({ zone, label }) => ({ zone, label })),
            appointments: own.map((one) => viewOf(practice, one)),
            booked: own.filter((one) => ACTIVE.includes(one.status)).length,
            free: freeIn(practice, practitioner.id, day, 15, 15).length,
          });
        }
      }
      return { columns, now: practice.now };
    },

    show_appointment({ id }) {
      const one = find(id);
      return {
        appointment: viewOf(practice, one),
        spoken_code: spoken(one.code),
        cancelled_by: one.cancelled_by,
        cancel_reason: one.cancel_reason,
        contact_name: one.contact_name ?? "",
        contact_phone: one.contact_phone ?? "",
        session: practice.series.flatMap((series) => series.sessions.filter((session) => session.appointment === id).map(({ number }) => ({ number, sessions: series.rule.sessions })))[0] ?? null,
        may_become: MAY_BECOME[one.status],
        history:
          one.steps.length > 0
            ? one.steps
            : [{ sequence: 1, at: "2026-11-18T15:20", user: "Samia", command: "book_appointment", changes: [] }],
      };
    },

    book_appointment(request) {
      const type = practice.types.find((one) => one.id === request.type_id) ?? refuse("not_found", "type_id");
      const day = request.starts.slice(0, 10);
      const minute = minuteOf(request.starts);
      const minutes = request.minutes ?? type.minutes;
      const clash = practice.clash(request.practitioner_id, day, minute, minute + minutes);
      if (clash && !request.overbook) refuse("slot_taken", "starts");
      const shut = blocksOn(practice, request.practitioner_id, day).some((one) => one.kind === "no_scheduling" && one.span.from < minute + minutes && minute < one.span.to);
      if (shut && !request.overbook) refuse("no_scheduling", "starts");
      return add("book_appointment", {
        ...fresh(request.patient_id, request.practitioner_id, day),
        type_id: type.id,
        minute,
        minutes,
        origin: request.origin,
        overbooked: Boolean(clash),
        note: request.note,
        contact_name: request.contact_name,
        contact_phone: request.contact_phone,
        never_sync: request.never_sync,
      });
    },

    book_walk_in(request) {
      const day = practice.today;
      const queue = practice.appointments.filter((one) => one.day === day && one.minute === null);
      const type = practice.types.find((one) => one.id === request.type_id) ?? practice.types[0] ?? refuse("not_found");
      return add("book_walk_in", {
        ...fresh(request.patient_id, request.practitioner_id, day),
        type_id: type.id,
        minutes: type.minutes,
        rank: Math.max(0, ...queue.map((one) => one.rank ?? 0)) + 1,
        origin: "walk_in",
        status: "arrived",
        urgency: request.urgency,
        note: request.note,
        arrived: practice.now,
      });
    },

    move_appointment(request) {
      const one = find(request.id);
      if (request.revision !== null && request.revision !== one.revision) refuse("changed_meanwhile");
      const practitioner_id = request.practitioner_id ?? one.practitioner_id;
      const minutes = request.minutes ?? one.minutes;
      const day = request.starts.slice(0, 10);
      const minute = minuteOf(request.starts);
      const clash = practice.clash(practitioner_id, day, minute, minute + minutes, one.id);
      if (clash && !request.overbook) refuse("slot_taken", "starts");
      const shut = blocksOn(practice, practitioner_id, day).some((one) => one.kind === "no_scheduling" && one.span.from < minute + minutes && minute < one.span.to);
      if (shut && !request.overbook) refuse("no_scheduling", "starts");
      // What is placed leaves the board.
      practice.pins = practice.pins.filter((id) => id !== one.id);
      return change("move_appointment", one, { practitioner_id, day, minute, minutes, overbooked: Boolean(clash), rank: null });
    },

    update_appointment(request) {
      return change("update_appointment", find(request.id), {
        patient_id: request.patient_id,
        type_id: request.type_id,
        note: request.note,
        urgency: request.urgency,
      });
    },

    set_status({ id, status }) {
      const one = find(id);
      if (!MAY_BECOME[one.status].includes(status)) refuse("status_refused", "status", { from: one.status, to: status });
      const stamp =
        status === "arrived"
          ? { arrived: practice.now }
          : status === "in_consultation"
            ? { seated: practice.now }
            : status === "done"
              ? { dismissed: practice.now }
              : {};
      return change("set_status", one, { status, ...stamp });
    },

    cancel_appointment({ id, by, reason }) {
      const one = find(id);
      if (!MAY_BECOME[one.status].includes("cancelled")) refuse("status_refused", "status", { from: one.status, to: "cancelled" });
      return change("cancel_appointment", one, { status: "cancelled", cancelled_by: by, cancel_reason: reason });
    },

    find_slots({ practitioners, type_id, minutes, from, days, part, count }) {
      const type = practice.types.find((one) => one.id === type_id);
      const length = minutes ?? type?.minutes ?? 20;
      const earliest = from.length > 10 && from > practice.now ? from : practice.now;
      const slots: SlotView[] = [];
      const start = from.slice(0, 10) > practice.today ? from.slice(0, 10) : practice.today;
      for (let d = 0; d < days && slots.length < count; d++) {
        const day = new Date(Date.parse(`${start}T00:00:00Z`) + d * 86_400_000).toISOString().slice(0, 10);
        const found: SlotView[] = [];
        for (const practitioner of practice.practitioners) {
          if (!practitioner.active || (practitioners.length > 0 && !practitioners.includes(practitioner.id))) continue;
          for (const minute of freeIn(practice, practitioner.id, day, length, length)) {
            const hour = part === "morning" ? minute < 720 : part === "afternoon" ? minute >= 720 : part === "evening" ? minute >= 1020 : true;
            const starts = wall(day, minute);
            if (hour && starts >= earliest) {
              found.push({ practitioner_id: practitioner.id, practitioner: practitioner.name, starts, minutes: length });
            }
          }
        }
        slots.push(...found.sort((a, b) => a.starts.localeCompare(b.starts)));
      }
      return { slots: slots.slice(0, count) };
    },

    print_day_list: ({ day }) => ({ name: `journee-${day}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7") }),

    undo({ sequence }) {
      const change = sequence === null ? practice.changes.at(-1) : practice.changes.find((one) => one.sequence === sequence);
      if (!change) return refuse("nothing_to_undo");
      change.undo();
      practice.changes = practice.changes.filter((one) => one !== change);
      return { command: change.command, subject: change.subject, sequence: change.sequence };
    },
  };
}
