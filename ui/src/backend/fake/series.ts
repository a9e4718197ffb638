// The fake host's series and rows: planned on the day they fall on, with what stands in the way and what is near.
import type {
  AppointmentId,
  AppointmentView,
  PlannedSessionView,
  PractitionerId,
  RowLink,
  SeriesChange,
  SeriesId,
  SeriesPlan,
  SeriesRuleView,
  SessionChoice,
} from "../types";
import { freeIn, openOf, viewOf, wall } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import type { FakeAppointment, FakePractice, FakeSeries } from "./practice";

const DAY = 86_400_000;
const minuteOf = (starts: string): number => Number(starts.slice(11, 13)) * 60 + Number(starts.slice(14, 16));
const plus = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The wall time of a session, counted from the first. */
function planned(rule: SeriesRuleView, first: string, number: number): string {
  const by = (number - 1) * rule.at_least;
  const day = first.slice(0, 10);
  if (rule.unit !== "months") return `${plus(day, by * (rule.unit === "weeks" ? 7 : 1))}${first.slice(10)}`;
  const months = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + by;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}-${day.slice(8)}${first.slice(10)}`;
}

const TO_COME = ["requested", "booked", "confirmed"];

export function seriesHandlers(practice: FakePractice): Handlers {
  const find = (id: AppointmentId): FakeAppointment => practice.appointments.find((one) => one.id === id) ?? refuse("appointment_not_found");
  const startsOf = (one: FakeAppointment): string => wall(one.day, one.minute ?? 0);

  interface Wanted {
    practitioner: PractitionerId;
    patient: FakeAppointment["patient_id"];
    minutes: number;
    own: AppointmentId[];
  }

  function clashes({ practitioner, patient, minutes, own }: Wanted, starts: string): string[] {
    const [day, minute] = [starts.slice(0, 10), minuteOf(starts)];
    const there = practice.appointments.filter((one) => one.day === day && one.minute !== null && !own.includes(one.id) && [...TO_COME, "arrived", "in_consultation", "done"].includes(one.status));
    const over = there.filter((one) => (one.minute ?? 0) < minute + minutes && (one.minute ?? 0) + one.minutes > minute);
    const found: string[] = [];
    if (over.some((one) => one.practitioner_id === practitioner)) found.push("slot_taken");
    if (patient && over.some((one) => one.patient_id === patient)) found.push("patient_booked_twice");
    if (!openOf(practice, practitioner, day).some((span) => span.from <= minute && minute + minutes <= span.to)) found.push("outside_hours");
    if (starts < practice.now) found.push("in_the_past");
    return found;
  }

  function proposals(wanted: Wanted, starts: string, promised: string[]): string[] {
    const found: string[] = [];
    for (let away = 0; away < 8 && found.length < 3; away++) {
      const day = plus(starts.slice(0, 10), away);
      const near = freeIn(practice, wanted.practitioner, day, wanted.minutes, 5)
        .map((minute) => wall(day, minute))
        .filter((at) => clashes(wanted, at).length === 0 && !promised.includes(at))
        .sort((a, b) => Math.abs(minuteOf(a) - minuteOf(starts)) - Math.abs(minuteOf(b) - minuteOf(starts)));
      const [first, ...rest] = near;
      if (first) found.push(first);
      const second = rest.find((at) => first && Math.abs(minuteOf(at) - minuteOf(first)) >= wanted.minutes);
      if (away === 0 && second) found.push(second);
    }
    return found.slice(0, 3);
  }

  function line(wanted: Wanted, number: number, at: string, one: FakeAppointment | null, kept: PlannedSessionView["kept"], promised: string[]): PlannedSessionView {
    const now = one ? startsOf(one) : null;
    const inTheWay = kept ? [] : clashes(wanted, at);
    const near = inTheWay.length > 0 ? proposals(wanted, at, promised) : [];
    const starts = kept ? now : inTheWay.length > 0 ? (near[0] ?? null) : at;
    if (starts) promised.push(starts);
    return { number, appointment_id: one?.id ?? null, now, planned: kept && now ? now : at, starts, clashes: inTheWay, proposals: near, kept };
  }

  function checked(rule: SeriesRuleView): SeriesRuleView {
    if (rule.at_least < 1 || rule.at_most < rule.at_least || rule.at_most > 366) refuse("bad_interval", "at_least");
    if (rule.sessions < 2 || rule.sessions > 104) refuse("bad_sessions", "sessions");
    return rule;
  }

  function draft(plan: SeriesPlan) {
    const first = plan.appointment_id ? find(plan.appointment_id) : null;
    const type = practice.types.find((one) => one.id === (first?.type_id ?? plan.type_id)) ?? refuse("type_not_found", "type_id");
    const wanted: Wanted = {
      practitioner: first?.practitioner_id ?? plan.practitioner_id,
      patient: first?.patient_id ?? plan.patient_id,
      minutes: first?.minutes ?? plan.minutes ?? type.minutes,
      own: [],
    };
    return { first, type, wanted, starts: first ? startsOf(first) : plan.first, rule: checked(plan.rule) };
  }

  function fresh(wanted: Wanted, type: FakeAppointment["type_id"], starts: string, note: string, never_sync = false): FakeAppointment {
    const id = practice.id<AppointmentId>("appointment");
    return {
      id,
      code: `K7M4PX${id.slice(-1)}`,
      practitioner_id: wanted.practitioner,
      patient_id: wanted.patient,
      type_id: type,
      day: starts.slice(0, 10),
      minute: minuteOf(starts),
      rank: null,
      minutes: wanted.minutes,
      status: "booked",
      origin: "desk",
      urgency: "normal",
      overbooked: false,
      note,
      never_sync,
      arrived: null,
      seated: null,
      dismissed: null,
      cancelled_by: null,
      cancel_reason: "",
      revision: 1,
      steps: [],
    };
  }

  function refuseTaken(wanted: Wanted, starts: string, number: number): void {
    if (clashes(wanted, starts).includes("slot_taken")) refuse("slot_taken", "starts", { number: String(number) });
  }

  /** One entry for all of them; undo takes all of them back. */
  function done(command: string, series: FakeSeries | null, changed: FakeAppointment[], undo: () => void) {
    const sequence = practice.record(command, series?.id ?? changed[0]?.id ?? "", () => {
      undo();
      practice.announce("agenda");
    });
    practice.announce("agenda");
    return { series_id: series?.id ?? null, appointments: changed.map((one): AppointmentView => viewOf(practice, one)), sequence };
  }

  function seriesOf(id: AppointmentId): { series: FakeSeries; number: number } {
    for (const series of practice.series) {
      const session = series.sessions.find((one) => one.appointment === id);
      if (session) return { series, number: session.number };
    }
    return refuse("series_not_found");
  }

  const isOver = (one: FakeAppointment): boolean => !TO_COME.includes(one.status) || startsOf(one) <= practice.now;
  const isException = (series: FakeSeries, session: FakeSeries["sessions"][number]): boolean => startsOf(find(session.appointment)) !== session.planned || find(session.appointment).practitioner_id !== series.practitioner;

  function edit(change: SeriesChange) {
    const { series, number } = seriesOf(change.appointment_id);
    const edited = find(change.appointment_id);
    if (isOver(edited)) refuse("not_movable", null, { status: edited.status });
    const rule = checked(change.rule ?? series.rule);
    const about = series.sessions.filter((one) => (change.scope === "one" ? one.number === number : change.scope === "all" || one.number >= number));
    const wanted: Wanted = {
      practitioner: change.practitioner_id ?? edited.practitioner_id,
      patient: edited.patient_id,
      minutes: change.minutes ?? edited.minutes,
      own: about.map((one) => one.appointment),
    };
    const from = change.scope === "all" ? 1 : number;
    const first = change.scope === "all" && number > 1 ? wall(plus(change.starts.slice(0, 10), -(number - 1) * series.rule.at_least * (series.rule.unit === "weeks" ? 7 : 1)), minuteOf(change.starts)) : change.starts;
    const promised: string[] = [];
    const lines = about.map((session) => {
      const one = find(session.appointment);
      const kept = isOver(one) ? ("past" as const) : session.number !== number && isException(series, session) ? ("exception" as const) : null;
      const at = planned(rule, first, session.number - from + 1);
      return line(wanted, change.scope === "one" ? session.number : session.number - from + 1, change.scope === "one" ? change.starts : at, one, kept, promised);
    });
    if (change.rule && change.scope !== "one") {
      for (let next = (about.at(-1)?.number ?? 1) + 1; next <= rule.sessions; next++) lines.push(line(wanted, next - from + 1, planned(rule, first, next - from + 1), null, null, promised));
    }
    return { series, edited, wanted, lines, rule, from };
  }

  return {
    preview_series(plan) {
      const { first, wanted, starts, rule } = draft(plan);
      const promised: string[] = [];
      const sessions = Array.from({ length: rule.sessions }, (_, at) => line(wanted, at + 1, planned(rule, starts, at + 1), at === 0 ? first : null, at === 0 && first ? "first" : null, promised));
      return { sessions };
    },

    book_series({ plan, sessions, note, never_sync }) {
      const { first, type, wanted, starts, rule } = draft(plan);
      const chosen = sessions.filter((one): one is SessionChoice & { starts: string } => one.starts !== null && !(first && one.number === 1));
      chosen.forEach((one) => refuseTaken(wanted, one.starts, one.number));
      const booked = chosen.map((one) => ({ choice: one, appointment: fresh(wanted, type.id, one.starts, note, never_sync) }));
      if (booked.length === 0) refuse("bad_sessions", "sessions");
      const series: FakeSeries = {
        id: practice.id<SeriesId>("series"),
        practitioner: wanted.practitioner,
        rule,
        sessions: [
          ...(first ? [{ number: 1, appointment: first.id, planned: starts }] : []),
          ...booked.map(({ choice, appointment }) => ({ number: choice.number, appointment: appointment.id, planned: choice.planned })),
        ],
      };
      practice.series.push(series);
      practice.appointments.push(...booked.map((one) => one.appointment));
      return done("book_series", series, booked.map((one) => one.appointment), () => {
        practice.series = practice.series.filter((one) => one !== series);
        booked.forEach(({ appointment }) => (appointment.status = "deleted"));
      });
    },

    show_series({ appointment_id }) {
      const { series, number } = seriesOf(appointment_id);
      return {
        id: series.id,
        rule: series.rule,
        number,
        sessions: series.sessions.map((one) => ({ number: one.number, planned: one.planned, exception: isException(series, one), appointment: viewOf(practice, find(one.appointment)) })),
      };
    },

    preview_series_change: (change) => ({ sessions: edit(change).lines }),

    change_series({ change, sessions }) {
      const { series, wanted, lines, rule, from, edited } = edit(change);
      const before = practice.appointments.map((one) => ({ one, copy: { ...one } }));
      const beforeSeries = structuredClone(series);
      const changed: FakeAppointment[] = [];
      for (const one of lines) {
        const starts = one.kept ? null : (sessions.find((choice) => choice.number === one.number)?.starts ?? null);
        if (!starts) continue;
        refuseTaken(wanted, starts, one.number);
        const there = one.appointment_id ? find(one.appointment_id) : null;
        const appointment = there ?? fresh(wanted, edited.type_id, starts, "");
        if (there) Object.assign(there, { day: starts.slice(0, 10), minute: minuteOf(starts), practitioner_id: wanted.practitioner, minutes: wanted.minutes, type_id: change.type_id ?? there.type_id, revision: there.revision + 1 });
        else {
          practice.appointments.push(appointment);
          series.sessions.push({ number: one.number + from - 1, appointment: appointment.id, planned: one.planned });
        }
        if (change.scope !== "one") {
          const session = series.sessions.find((other) => other.appointment === appointment.id);
          if (session) session.planned = one.planned;
        }
        changed.push(appointment);
      }
      if (change.scope !== "one") Object.assign(series, { rule, practitioner: wanted.practitioner });
      return done("change_series", series, changed, () => {
        for (const { one, copy } of before) Object.assign(one, copy);
        for (const one of changed) if (!before.some((other) => other.one === one)) one.status = "deleted";
        Object.assign(series, beforeSeries);
      });
    },

    cancel_series({ appointment_id, scope, by, reason }) {
      const { series, number } = seriesOf(appointment_id);
      const changed = series.sessions
        .filter((one) => (scope === "one" ? one.number === number : scope === "all" || one.number >= number))
        .map((one) => find(one.appointment))
        .filter((one) => !isOver(one));
      if (changed.length === 0) refuse("nothing_to_cancel");
      const before = changed.map((one) => ({ one, copy: { ...one } }));
      changed.forEach((one) => Object.assign(one, { status: "cancelled", cancelled_by: by, cancel_reason: reason, revision: one.revision + 1 }));
      return done("cancel_series", series, changed, () => before.forEach(({ one, copy }) => Object.assign(one, copy)));
    },

    find_rows({ links, from, days, count }) {
      if (links.length < 2 || links.length > 8) refuse("out_of_range", "links", { from: "2", to: "8" });
      const lengths = links.map((one) => one.minutes ?? practice.types.find((type) => type.id === one.type_id)?.minutes ?? 20);
      const rows: { starts: string[]; minutes: number[] }[] = [];
      const first = links[0] as RowLink;
      for (let d = 0; d < days && rows.length < count; d++) {
        const day = plus(from.slice(0, 10), d);
        for (const minute of freeIn(practice, first.practitioner_id, day, lengths[0] ?? 20, 5)) {
          let at = minute;
          const starts = links.map((link, index) => {
            const start = wall(day, at);
            at += lengths[index] ?? 20;
            return clashes({ practitioner: link.practitioner_id, patient: link.patient_id, minutes: lengths[index] ?? 20, own: [] }, start).length === 0 ? start : null;
          });
          if (starts.every((one) => one !== null) && rows.length < count) rows.push({ starts: starts as string[], minutes: lengths });
        }
      }
      return { rows };
    },

    book_row({ links, starts, note, never_sync }) {
      const booked = links.map((link, index) => {
        const type = practice.types.find((one) => one.id === link.type_id) ?? refuse("type_not_found", "type_id");
        const wanted: Wanted = { practitioner: link.practitioner_id, patient: link.patient_id, minutes: link.minutes ?? type.minutes, own: [] };
        const at = starts[index] ?? refuse("not_in_a_row", "starts");
        refuseTaken(wanted, at, index + 1);
        return fresh(wanted, type.id, at, note, never_sync);
      });
      practice.appointments.push(...booked);
      return done("book_row", null, booked, () => booked.forEach((one) => (one.status = "deleted")));
    },
  };
}
