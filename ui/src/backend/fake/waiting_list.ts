// The fake host's waiting list: who waits, whom a freed stretch fits, what came of each offer.
import type { WaitingEntryId, WaitingEntryView, WishView } from "../types";
import { changedView, freeIn, wall } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { type FakePractice, type FakeWaiting, nameOf, phoneShown } from "./practice";

const RANK = { emergency: 0, urgent: 1, normal: 2 };
const minuteOf = (starts: string): number => Number(starts.slice(11, 13)) * 60 + Number(starts.slice(14, 16));
const weekday = (day: string): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;

export function waitingListHandlers(practice: FakePractice): Handlers {
  function standing(one: FakeWaiting): WaitingEntryView["standing"] {
    if (one.closed) return one.closed;
    const attached = practice.appointments.find((other) => other.id === one.appointment_id);
    if (attached && !["requested", "booked", "confirmed"].includes(attached.status)) return "appointment_gone";
    return one.wish.until < practice.today ? "past" : "waiting";
  }

  function view(one: FakeWaiting): WaitingEntryView {
    const patient = practice.patients.find((other) => other.id === one.patient_id) ?? refuse("patient_not_found");
    const attached = practice.appointments.find((other) => other.id === one.appointment_id);
    return {
      id: one.id,
      patient_id: one.patient_id,
      patient: nameOf(patient),
      patient_arabic: [patient.surname_arabic, patient.first_name_arabic].filter(Boolean).join(" "),
      born: patient.born,
      phone: phoneShown(patient.mobile || patient.phone),
      type_id: one.type_id,
      type: practice.types.find((type) => type.id === one.type_id)?.name ?? "",
      minutes: one.minutes,
      appointment_id: one.appointment_id,
      appointment: attached && attached.minute !== null ? wall(attached.day, attached.minute) : null,
      wish: one.wish,
      since: one.since,
      standing: standing(one),
      from_portal: one.from_portal ?? false,
      offers: one.offers,
      revision: one.revision,
    };
  }

  const waiting = (): FakeWaiting[] =>
    practice.waiting.filter((one) => standing(one) === "waiting").sort((a, b) => RANK[a.wish.urgency] - RANK[b.wish.urgency] || a.since.localeCompare(b.since));

  function wished(wish: WishView, minutes: number): WishView {
    const from = wish.from || practice.today;
    const until = wish.until || "2027-05-26";
    if (until < from) refuse("ends_before_start", "until");
    if (wish.to_minute - wish.from_minute < minutes) refuse("too_short", "to_minute", { minutes: String(minutes) });
    return { ...wish, from, until };
  }

  const find = (id: WaitingEntryId): FakeWaiting => practice.waiting.find((one) => one.id === id && !one.closed) ?? refuse("waiting_entry_not_found");

  function keep(command: string, one: FakeWaiting, undo: () => void): { entry: WaitingEntryView; sequence: number } {
    const sequence = practice.record(command, one.id, () => {
      undo();
      practice.announce("agenda", one.id);
    });
    practice.announce("agenda", one.id);
    return { entry: view(one), sequence };
  }

  return {
    list_waiting: ({ left }) => ({
      entries: [...waiting(), ...(left ? practice.waiting.filter((one) => !["waiting", "removed"].includes(standing(one))) : [])].map(view),
    }),

    add_to_waiting_list({ patient_id, appointment_id, type_id, wish }) {
      const attached = practice.appointments.find((one) => one.id === appointment_id);
      const patient = attached?.patient_id ?? patient_id ?? refuse("patient_not_found", "patient_id");
      const type = practice.types.find((one) => one.id === (attached?.type_id ?? type_id)) ?? refuse("type_not_found", "type_id");
      const same = practice.waiting.some((one) => one.patient_id === patient && one.type_id === type.id && one.appointment_id === appointment_id && standing(one) === "waiting");
      if (same) refuse("already_waiting", "patient_id");
      const minutes = attached?.minutes ?? type.minutes;
      const one: FakeWaiting = {
        id: practice.id<WaitingEntryId>("waiting"),
        patient_id: patient,
        appointment_id: attached?.id ?? null,
        type_id: type.id,
        minutes,
        wish: wished(wish, minutes),
        since: practice.today,
        offers: [],
        closed: null,
        revision: 1,
      };
      practice.waiting.push(one);
      return keep("add_to_waiting_list", one, () => (one.closed = "removed"));
    },

    update_waiting_entry({ id, revision, wish }) {
      const one = find(id);
      if (one.revision !== revision) refuse("changed_meanwhile");
      const before = one.wish;
      one.wish = wished(wish, one.minutes);
      one.revision += 1;
      return keep("update_waiting_entry", one, () => (one.wish = before));
    },

    remove_from_waiting_list({ id }) {
      const one = find(id);
      one.closed = "removed";
      return keep("remove_from_waiting_list", one, () => (one.closed = null));
    },

    find_waiting({ practitioner_id, from, to, limit }) {
      const day = from.slice(0, 10);
      const people = waiting().flatMap((one) => {
        const free = freeIn(practice, practitioner_id, day, one.minutes, 5)
          .map((minute) => wall(day, minute))
          .find((at) => at >= from && at < to && at > practice.now);
        if (!free) return [];
        const { wish } = one;
        const attached = practice.appointments.find((other) => other.id === one.appointment_id);
        const fits =
          (wish.practitioners.length === 0 || wish.practitioners.includes(practitioner_id)) &&
          (wish.weekdays.length === 0 || wish.weekdays.includes(weekday(day))) &&
          wish.from <= day &&
          day <= wish.until &&
          wish.from_minute <= minuteOf(free) &&
          minuteOf(free) + one.minutes <= wish.to_minute &&
          (!attached || free < wall(attached.day, attached.minute ?? 0)) &&
          !one.offers.some((offer) => offer.practitioner_id === practitioner_id && offer.starts === free);
        return fits ? [{ entry: view(one), starts: free }] : [];
      });
      return { people: people.slice(0, limit) };
    },

    record_offer({ id, practitioner_id, starts, outcome }) {
      const one = find(id);
      const [day, minute] = [starts.slice(0, 10), minuteOf(starts)];
      if (outcome === "accepted" && practice.clash(practitioner_id, day, minute, minute + one.minutes, one.appointment_id ?? undefined)) refuse("slot_taken", "starts");
      const offers = one.offers;
      one.offers = [...offers, { practitioner_id, starts, outcome }];
      one.revision += 1;
      let appointment = practice.appointments.find((other) => other.id === one.appointment_id) ?? null;
      const before = appointment ? { ...appointment } : null;
      if (outcome === "accepted") {
        one.closed = "accepted";
        if (appointment) Object.assign(appointment, { practitioner_id, day, minute, revision: appointment.revision + 1 });
        else {
          appointment = {
            id: practice.id("appointment"),
            code: "K7M4PX2",
            practitioner_id,
            patient_id: one.patient_id,
            type_id: one.type_id,
            day,
            minute,
            rank: null,
            minutes: one.minutes,
            status: "booked",
            origin: "phone",
            urgency: "normal",
            overbooked: false,
            note: one.wish.note,
            arrived: null,
            seated: null,
            dismissed: null,
            cancelled_by: null,
            cancel_reason: "",
            revision: 1,
            steps: [],
          };
          practice.appointments.push(appointment);
        }
      }
      const booked = outcome === "accepted" ? appointment : null;
      const { entry, sequence } = keep("record_offer", one, () => {
        Object.assign(one, { offers, closed: null });
        if (booked && before) Object.assign(booked, before);
        else if (booked) booked.status = "deleted";
      });
      return {
        entry,
        appointment: booked ? changedView(practice, booked, sequence) : null,
        freed: booked && before && before.minute !== null ? { practitioner_id: before.practitioner_id, from: wall(before.day, before.minute), to: wall(before.day, before.minute + before.minutes) } : null,
        sequence,
      };
    },
  };
}
