// The fake host's waiting room: who waits, the next called, the order by hand, the wall display.
import type { AppointmentId, WaitingSettingsView, WaitingView } from "../types";
import { stepOf, viewOf } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import type { FakeAppointment, FakePractice } from "./practice";

const minuteOf = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));
const spoken = (code: string): string => `${code.slice(0, 3)} ${code.slice(3, 6)}-${code.slice(6)}`;
const URGENCY = { emergency: 0, urgent: 1, normal: 2 };

export function queueHandlers(practice: FakePractice): Handlers {
  let settings: WaitingSettingsView = {
    over_wait_minutes: 25,
    wall_languages: practice.country === "MA" ? ["ar", "fr"] : ["fr"],
    wall_locks: true,
    rooms: [],
  };
  const turns = new Map<AppointmentId, number>();
  const today = (): FakeAppointment[] => practice.appointments.filter((one) => one.day === practice.today);

  function queueOf(practitioner: string): WaitingView[] {
    const own = today().filter((one) => one.practitioner_id === practitioner);
    let free = Math.max(minuteOf(practice.now), ...own.filter((one) => one.status === "in_consultation").map((one) => minuteOf(one.seated ?? practice.now) + one.minutes));
    return own
      .filter((one) => one.status === "arrived")
      .sort(
        (a, b) =>
          (turns.get(a.id) ?? 99) - (turns.get(b.id) ?? 99) ||
          URGENCY[a.urgency] - URGENCY[b.urgency] ||
          (a.arrived ?? "").localeCompare(b.arrived ?? ""),
      )
      .map((one) => {
        const waited = one.arrived ? Math.max(0, minuteOf(practice.now) - minuteOf(one.arrived)) : 0;
        const expected = free - minuteOf(practice.now);
        free += one.minutes;
        return { appointment: viewOf(practice, one), waited, over: waited > settings.over_wait_minutes, expected };
      });
  }

  const seated = (): FakeAppointment[] => today().filter((one) => one.status === "in_consultation");

  return {
    show_waiting_room() {
      const waiting = practice.practitioners.flatMap((one) => queueOf(one.id)).sort((a, b) => (a.expected ?? 0) - (b.expected ?? 0));
      return { waiting, seated: seated().map((one) => viewOf(practice, one)), settings };
    },

    set_waiting_room(request) {
      if (request.over_wait_minutes < 5 || request.over_wait_minutes > 240) refuse("out_of_range", "over_wait_minutes");
      settings = request;
      practice.announce("practice");
      return { sequence: null };
    },

    call_next({ practitioner_id, finish }) {
      const [next] = queueOf(practitioner_id);
      const one = today().find((other) => other.id === next?.appointment.id) ?? refuse("nobody_waits");
      if (finish) {
        for (const other of seated().filter((other) => other.practitioner_id === practitioner_id)) {
          stepOf(practice, "call_next", other, { status: "done", dismissed: practice.now });
        }
      }
      return stepOf(practice, "call_next", one, { status: "in_consultation", seated: practice.now });
    },

    place_in_queue({ id, before }) {
      const one = today().find((other) => other.id === id) ?? refuse("appointment_not_found");
      const order = queueOf(one.practitioner_id).map((other) => other.appointment.id);
      const kept = order.map((other) => [other, turns.get(other)] as const);
      const rest = order.filter((other) => other !== id);
      rest.splice(before ? rest.indexOf(before) : rest.length, 0, id);
      rest.forEach((other, at) => turns.set(other, at + 1));
      practice.announce("agenda", id);
      const sequence = practice.record("place_in_queue", id, () => {
        for (const [other, turn] of kept) {
          if (turn === undefined) turns.delete(other);
          else turns.set(other, turn);
        }
        practice.announce("agenda", id);
      });
      return { sequence };
    },

    show_wall_display() {
      const lines = practice.practitioners.map((practitioner) => {
        const queue = queueOf(practitioner.id);
        return {
          practitioner: practitioner.name,
          room: settings.rooms.find((one) => one.practitioner_id === practitioner.id)?.room ?? "",
          called: seated()
            .filter((one) => one.practitioner_id === practitioner.id)
            .map((one) => ({ code: spoken(one.code), fresh: one.seated === practice.now })),
          next: queue.slice(0, 5).map((one) => ({ code: spoken(one.appointment.code), expected: one.expected ?? 0 })),
          waiting: queue.length,
        };
      });
      return {
        practice: practice.name,
        now: practice.now,
        languages: settings.wall_languages,
        lines: lines.filter((line) => line.called.length > 0 || line.waiting > 0),
      };
    },
  };
}
