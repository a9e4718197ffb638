// The fake host's way out: exports, publishing, statistics.
import type { FiguresView, FileView, PublishingView, ShowStatisticsRequest, StatisticsView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";
import { seeded } from "./seed";

const DAY = 86_400_000;
const dayNumber = (date: string): number => Math.round(Date.parse(`${date}T00:00:00Z`) / DAY);
const addDays = (date: string, days: number): string => new Date((dayNumber(date) + days) * DAY).toISOString().slice(0, 10);
const mondayOf = (date: string): string => addDays(date, -((dayNumber(date) + 3) % 7));

const file = (name: string, media: string): FileView => ({ name, media, base64: "" });

function periodOf(request: ShowStatisticsRequest): { from: string; until: string; before: string } {
  const monthStart = `${request.on.slice(0, 8)}01`;
  const lastOf = (start: string, months: number) => {
    const month = Number(start.slice(5, 7)) - 1 + months;
    return addDays(`${Number(start.slice(0, 4)) + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}-01`, -1);
  };
  if (request.period === "week") return { from: mondayOf(request.on), until: addDays(mondayOf(request.on), 6), before: addDays(mondayOf(request.on), -7) };
  if (request.period === "month") return { from: monthStart, until: lastOf(monthStart, 1), before: `${addDays(monthStart, -1).slice(0, 8)}01` };
  if (request.period === "quarter") {
    const month = Number(request.on.slice(5, 7));
    const start = `${request.on.slice(0, 5)}${String(month - ((month - 1) % 3)).padStart(2, "0")}-01`;
    return { from: start, until: lastOf(start, 3), before: addDays(start, -91) };
  }
  const until = request.until ?? refuse("bad_date", "until");
  if (until < request.on) refuse("out_of_range", "until", { limit: "366" });
  return { from: request.on, until, before: addDays(request.on, dayNumber(request.on) - dayNumber(until) - 1) };
}

/** Figures as believable as the day of the pictures: made from a seed, the same every time. */
function statistics(practice: FakePractice, request: ShowStatisticsRequest): StatisticsView {
  const { from, until, before } = periodOf(request);
  const long = dayNumber(until) - dayNumber(from) > 31;
  const dice = seeded(dayNumber(from) + 7);
  const whole = (low: number, high: number) => Math.floor(low + dice() * (high - low));
  const empty = practice.appointments.length === 0;
  const figures = (size: number): FiguresView => {
    const appointments = empty ? 0 : whole(size * 0.8, size * 1.2);
    const [due, no_shows, cancelled, late_cancelled] = [Math.floor(appointments * 0.8), Math.floor(appointments * 0.05), Math.floor(appointments * 0.08), Math.floor(appointments * 0.03)];
    const [open_minutes, booked_minutes] = empty ? [0, 0] : [appointments * 24, appointments * whole(16, 23)];
    return {
      appointments,
      walk_ins: Math.floor(appointments * 0.07),
      due,
      no_shows,
      no_show_share: due ? Math.round((no_shows * 1000) / due) : null,
      cancelled,
      late_cancelled,
      late_share: appointments ? Math.round((late_cancelled * 1000) / (appointments + cancelled)) : null,
      minutes: appointments * 19,
      open_minutes,
      booked_minutes,
      fill: open_minutes ? Math.round((booked_minutes * 1000) / open_minutes) : null,
      lead_mean: empty ? null : whole(4, 12),
      lead_median: empty ? null : whole(3, 9),
      leads: appointments,
      wait_mean: empty ? null : whole(8, 22),
      wait_median: empty ? null : whole(6, 18),
      waits: due,
    };
  };
  const practitioners = practice.practitioners.filter((one) => request.practitioners.length === 0 || request.practitioners.includes(one.id));
  const types = practice.types.filter((one) => request.types.length === 0 || request.types.includes(one.id));
  const steps = [];
  let day = from;
  while (day <= until) {
    const end = long ? [addDays(mondayOf(day), 6), until].sort()[0] ?? until : day;
    const closed = !long && [5, 6].includes((dayNumber(day) + 3) % 7);
    const open_minutes = closed || empty ? 0 : 1620;
    const booked_minutes = closed || empty ? 0 : whole(900, 1600);
    steps.push({ from: day, until: end, appointments: closed || empty ? 0 : whole(40, 80), no_shows: closed || empty ? 0 : whole(0, 5), open_minutes, booked_minutes, fill: open_minutes ? Math.round((booked_minutes * 1000) / open_minutes) : null });
    day = addDays(end, 1);
  }
  const bands = (bounds: number[]) =>
    empty ? [] : [...bounds, null].map((to, at) => ({ from: at === 0 ? 0 : (bounds[at - 1] ?? 0) + 1, to, count: whole(20, 300), before: whole(20, 300) }));
  return {
    from,
    until,
    before_from: before,
    before_until: addDays(from, -1),
    total: figures(900),
    before: figures(900),
    practitioners: practitioners.map((one) => ({ id: one.id, name: one.name, colour: "", figures: figures(300), before: figures(300) })),
    types: empty ? [] : types.map((one) => ({ id: one.id, name: one.name, colour: one.colour, figures: { ...figures(180), open_minutes: 0, fill: null }, before: figures(180) })),
    steps,
    hours: empty ? [] : [8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18].map((hour) => ({ hour, arrivals: whole(5, 120), before: whole(5, 120) })),
    lead: bands([0, 3, 7, 14, 30]),
    wait: bands([5, 15, 25, 40]),
  };
}

export function outHandlers(practice: FakePractice): Handlers {
  const agendas = new Map<string, PublishingView>();

  function agendaOf(id: string, name: string): PublishingView {
    const known = agendas.get(id);
    if (known) return known;
    const made: PublishingView = {
      practitioner_id: id as PublishingView["practitioner_id"],
      practitioner: name,
      set_up: false,
      address: "",
      login: "",
      has_password: false,
      authority: "",
      discretion: "initials",
      language: "fr",
      days_back: 7,
      days_ahead: 90,
      every_minutes: 15,
      enabled: true,
      succeeded_at: null,
      age_minutes: null,
      tried_at: null,
      code: "",
      failures: 0,
      next_in_minutes: null,
      published: 0,
      waiting: 0,
    };
    agendas.set(id, made);
    return made;
  }

  const all = () => practice.practitioners.map((one) => agendaOf(one.id, one.name)).filter((one) => practice.user?.administrator || practice.user?.practitioner_id === one.practitioner_id);
  const mine = (id: string) => all().find((one) => one.practitioner_id === id) ?? refuse("not_your_agenda", "practitioner_id");
  const count = (id: string) => practice.appointments.filter((one) => one.practitioner_id === id && one.minute !== null).length;

  return {
    export_agenda(request) {
      if (request.until < request.from) refuse("out_of_range", "until");
      if (practice.appointments.length === 0) refuse("nothing_to_export");
      return file(`agenda-${request.from}-${request.until}.${request.format}`, request.format === "ics" ? "text/calendar" : "text/csv");
    },
    export_patients() {
      if (practice.patients.length === 0) refuse("nothing_to_export");
      return file(`patients-${practice.today}.csv`, "text/csv");
    },
    list_publishing: () => ({ agendas: all() }),
    set_publishing(request) {
      const one = mine(request.practitioner_id);
      if (!/^https:\/\/[^/]+/.test(request.address)) refuse(request.address.startsWith("http://") ? "not_encrypted" : "bad_address", "address");
      if (!request.login) refuse("bad_server_login", "login");
      for (const [field, value, low, high] of [["days_back", request.days_back, 0, 366], ["days_ahead", request.days_ahead, 1, 732], ["every_minutes", request.every_minutes, 5, 1440]] as const) {
        if (value < low || value > high) refuse("out_of_range", field, { from: String(low), to: String(high) });
      }
      if (!request.password && !(one.has_password && one.login === request.login)) refuse("server_password_needed", "password");
      const { password, practitioner_id, ...rest } = request;
      Object.assign(one, rest, { set_up: true, has_password: true, code: "", failures: 0, waiting: count(practitioner_id), next_in_minutes: request.enabled ? 0 : null });
      one.login = password === "faux" ? "faux" : request.login;
      return { sequence: null };
    },
    async publish_agenda({ practitioner_id }) {
      const one = mine(practitioner_id);
      await new Promise((resolve) => setTimeout(resolve, 200));
      if (one.login === "faux") {
        Object.assign(one, { code: "server_password", failures: one.failures + 1, tried_at: `${practice.now}Z`, next_in_minutes: 30 });
        refuse("server_password");
      }
      const put = count(practitioner_id) - one.published;
      Object.assign(one, { published: count(practitioner_id), waiting: 0, code: "", failures: 0, succeeded_at: `${practice.now}Z`, tried_at: `${practice.now}Z`, age_minutes: 0, next_in_minutes: one.every_minutes });
      return { put, removed: 0, conflicts: 0, published: one.published };
    },
    withdraw_agenda({ practitioner_id }) {
      const one = mine(practitioner_id);
      const removed = one.published;
      Object.assign(one, { published: 0, waiting: 0, enabled: false, has_password: false });
      return { put: 0, removed, conflicts: 0, published: 0 };
    },
    show_statistics: (request) => statistics(practice, request),
    export_statistics({ figures }) {
      const { from, until } = periodOf(figures);
      return file(`statistics-${from}-${until}.csv`, "text/csv");
    },
  };
}
