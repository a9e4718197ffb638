// The fake host's day of one practitioner.
import type { PractitionerId } from "../types";
import { viewOf } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { ACTIVE, type FakeAppointment, type FakePractice } from "./practice";

const LONG_WAIT_MINUTES = 25;

const minuteOf = (wall: string): number => Number(wall.slice(11, 13)) * 60 + Number(wall.slice(14, 16));

export function myDayHandlers(practice: FakePractice): Handlers {
  return {
    show_my_day({ day, practitioner_id }) {
      const whose: PractitionerId = practitioner_id ?? practice.user?.practitioner_id ?? refuse("practitioner_not_found", "practitioner_id");
      const own = practice.appointments
        .filter((one) => one.day === day && one.practitioner_id === whose && one.status !== "deleted")
        .sort((a, b) => (a.minute ?? 9000 + (a.rank ?? 0)) - (b.minute ?? 9000 + (b.rank ?? 0)));
      const waited = (one: FakeAppointment) => Math.max(0, minuteOf(practice.now) - minuteOf(one.arrived ?? practice.now));
      const urgency = { emergency: 0, urgent: 1, normal: 2 };
      const waiting = own
        .filter((one) => one.status === "arrived" && day === practice.today)
        .sort((a, b) => urgency[a.urgency] - urgency[b.urgency] || (a.arrived ?? "").localeCompare(b.arrived ?? ""))
        .map((one) => ({ appointment: viewOf(practice, one), waited: waited(one), over: waited(one) > LONG_WAIT_MINUTES, expected: null }));
      return {
        day,
        practitioner_id: whose,
        practitioner: practice.practitioners.find((one) => one.id === whose)?.name ?? "",
        now: practice.now,
        appointments: own.map((one) => viewOf(practice, one)),
        waiting,
        next: waiting[0]?.appointment.id ?? null,
        done: own.filter((one) => one.status === "done").length,
        to_come: own.filter((one) => ACTIVE.includes(one.status) && one.status !== "done").length,
      };
    },
  };
}
