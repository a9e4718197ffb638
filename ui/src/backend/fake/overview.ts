// The fake host's wider views: month, list, search, replay, board, prints.
import type { AgendaChangeView, AppointmentView, DensityView } from "../types";
import { openOf, viewOf } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { ACTIVE, type FakeAppointment, type FakePractice } from "./practice";

const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const WHAT: Partial<Record<string, AgendaChangeView["what"]>> = {
  book_appointment: "booked",
  book_walk_in: "walked_in",
  move_appointment: "moved",
  cancel_appointment: "cancelled",
};

export function overviewHandlers(practice: FakePractice): Handlers {
  const active = () => practice.practitioners.filter((one) => one.active).map((one) => one.id);
  const byTime = (a: FakeAppointment, b: FakeAppointment): number =>
    a.day.localeCompare(b.day) || (a.minute ?? 9000 + (a.rank ?? 0)) - (b.minute ?? 9000 + (b.rank ?? 0));

  function board(): { pinned: AppointmentView[] } {
    const shown = practice.pins.flatMap((id) => practice.appointments.filter((one) => one.id === id && ACTIVE.includes(one.status) && one.status !== "done"));
    return { pinned: shown.map((one) => viewOf(practice, one)) };
  }

  return {
    show_month({ from, days, practitioners, types, statuses, site_id }) {
      const whose = practitioners.length > 0 ? practitioners : active();
      const cells: DensityView[] = [];
      for (let d = 0; d < days; d++) {
        const day = dayAfter(from, d);
        for (const practitioner of whose) {
          const own = practice.appointments.filter((one) => one.day === day && one.practitioner_id === practitioner && one.minute !== null && (statuses.length > 0 ? statuses : ACTIVE).includes(one.status) && (types.length === 0 || types.includes(one.type_id)) && (site_id === null || viewOf(practice, one).site_id === site_id));
          cells.push({
            day,
            practitioner_id: practitioner,
            booked: own.length,
            booked_minutes: own.reduce((sum, one) => sum + one.minutes, 0),
            open_minutes: openOf(practice, practitioner, day).reduce((sum, span) => sum + span.to - span.from, 0),
          });
        }
      }
      return { cells, now: practice.now };
    },

    list_appointments({ from, days, practitioners, types, statuses, site_id }) {
      const until = dayAfter(from, days);
      const whose = practitioners.length > 0 ? practitioners : active();
      const all = practice.appointments
        .filter((one) => one.day >= from && one.day < until && one.status !== "deleted" && whose.includes(one.practitioner_id))
        .filter((one) => (types.length === 0 || types.includes(one.type_id)) && (statuses.length === 0 || statuses.includes(one.status)))
        .sort(byTime)
        .map((one) => viewOf(practice, one))
        .filter((one) => site_id === null || one.site_id === site_id);
      return { appointments: all, more: false };
    },

    search_agenda({ text, from, days, limit }) {
      const words = plain(text).split(/\s+/).filter(Boolean);
      if (words.length === 0) return { found: [], more: false };
      const until = dayAfter(from, days);
      const found = practice.appointments
        .filter((one) => one.status !== "deleted")
        .sort(byTime)
        .flatMap((one) => {
          const view = viewOf(practice, one);
          const has = (said: string): boolean => words.every((word) => plain(said).includes(word));
          const near = one.day >= from && one.day < until;
          const by = one.code === text.trim().toUpperCase() ? "code" : has(`${view.patient} ${view.patient_arabic}`) ? "person" : near && has(view.type) ? "type" : near && has(view.note) ? "note" : null;
          return by ? [{ appointment: view, by: by as "code" | "person" | "type" | "note", past: one.day < practice.today }] : [];
        });
      const sorted = [...found.filter((one) => !one.past), ...found.filter((one) => one.past).reverse()];
      return { found: sorted.slice(0, limit), more: sorted.length > limit };
    },

    show_changes({ since, own }) {
      const from = since ?? `${practice.today}T00:00`;
      const me = practice.user?.name ?? "";
      const changes = practice.appointments
        .flatMap((one) => one.steps.map((step) => ({ one, step })))
        .filter(({ step }) => step.at >= from && (own || step.user !== me))
        .map(({ one, step }): AgendaChangeView => {
          const starts = step.changes.find((change) => change.field === "starts");
          return {
            sequence: step.sequence,
            at: step.at,
            user: step.user,
            what: WHAT[step.command] ?? (one.status === "arrived" ? "arrived" : "edited"),
            before: starts?.before || null,
            after: starts?.after || null,
            practitioner_before: "",
            appointment: viewOf(practice, one),
          };
        })
        .sort((a, b) => b.sequence - a.sequence);
      return { since: from, changes, more: false };
    },

    show_board: board,
    pin_appointment({ id }) {
      if (!practice.appointments.some((one) => one.id === id)) refuse("appointment_not_found");
      if (!practice.pins.includes(id)) practice.pins = [...practice.pins, id];
      return board();
    },
    unpin_appointment({ id }) {
      practice.pins = practice.pins.filter((other) => other !== id);
      return board();
    },
    print_week: ({ day }) => ({ name: `semaine-${day}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7") }),
    print_list: ({ list }) => ({ name: `liste-${list.from}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7") }),
  };
}
