// A fake practice that is connected already: for screens that show what a portal sends, and for looking at them in a browser.
import { noticeOf, portalRoom, signTerms, termsOf } from "./portal";
import type { FakeAppointment, FakePractice } from "./practice";

export type Standing = "on" | "waiting" | "unreachable" | "refused" | "keyless" | "suspended";

/** Connects a practice: an instruction in its second version, requests, a clash, and what else came in this morning. */
export function withPortal(practice: FakePractice, standing: Standing = "on"): FakePractice {
  const room = portalRoom(practice);
  const terms = { ...termsOf(practice), controller_email: "donnees@cabinet.example", officer: "Me Anne Dubreuil", registration: "D-W-1234", reminder_hours: [48, 2], waiting_list: true };
  for (const type of practice.types.slice(0, 3)) type.online = true;
  const second = practice.types[1];
  if (second) second.needs_approval = true;
  signTerms(practice, "https://rdv.example.org", terms);
  signTerms(practice, "https://rdv.example.org", { ...terms, email: true, reason: true });
  Object.assign(room, { client_id: "cabinet-tilleuls" });
  const [newest, oldest] = room.instructions;
  if (newest && oldest) Object.assign(oldest, { signed_on: "2026-10-05", taken_at: "2026-10-05T08:12:00Z", ended_on: practice.today });
  const ahead = practice.appointments.filter((one) => one.day > practice.today && one.minute !== null && ["booked", "confirmed"].includes(one.status));
  const [first, other, third, fourth, fifth, sixth] = ahead.filter((_, index) => index % 3 === 0);
  const fromPortal = (one: FakeAppointment | undefined, to: Partial<FakeAppointment>): void => {
    if (one) Object.assign(one, { origin: "portal" }, to);
  };
  fromPortal(first, { status: "requested" });
  fromPortal(other, { status: "requested" });
  fromPortal(third, { status: "cancelled", cancelled_by: "practice" });
  fromPortal(fourth, { status: "booked" });
  fromPortal(fifth, { status: "confirmed" });
  let id = 1;
  const add = (kind: Parameters<typeof noticeOf>[2], one: FakeAppointment | undefined, minutes: number, seen = false): void => {
    if (one) room.notices.push({ ...noticeOf(practice, id++, kind, one, minutes), seen });
  };
  add("confirmed", fifth, 190, true);
  add("waiting", sixth, 140);
  add("booked", fourth, 65);
  add("new_person", fourth, 65);
  add("clash", third, 31);
  add("request", other, 12);
  add("request", first, 3);
  const waiting = practice.patients.at(-3);
  if (waiting) room.rights.push({ id: "right-1", kind: "access", received_at: "2026-11-23T16:40:00Z", request_id: "request-1" as never, answered_at: null });
  room.confirmations.push({ id: "erasure-1", kind: "erasure", received_at: "2026-11-12T09:02:00Z", statement: "erasure\nrequest: 0198a6c0-7b1e-7cc3-98c4-dc0c0c070111\nappointments: 2\ncontacts: 1\nnothing of them is held; backups end within 30 days", valid: true });
  if (sixth?.patient_id) {
    practice.waiting.push({
      id: practice.id("waiting"),
      patient_id: sixth.patient_id,
      appointment_id: null,
      type_id: sixth.type_id,
      minutes: sixth.minutes,
      wish: { practitioners: [sixth.practitioner_id], weekdays: [], from: practice.today, until: "2026-12-24", from_minute: 0, to_minute: 1440, urgency: "normal", note: "" },
      since: practice.today,
      offers: [],
      revision: 1,
      closed: null,
      from_portal: true,
    });
  }
  room.queue.clear();
  room.succeeded = new Date(Date.now() - 2 * 60_000).toISOString();
  if (standing === "suspended") room.standing = "suspended";
  if (standing === "keyless") room.secret = false;
  if (standing === "unreachable") {
    room.down = true;
    room.succeeded = new Date(Date.now() - 26 * 60_000).toISOString();
  }
  if (standing === "unreachable" || standing === "waiting" || standing === "suspended") {
    const since = standing === "waiting" ? 0 : 24;
    ahead.slice(8, 11).forEach((one, index) => room.queue.set(one.id, new Date(Date.now() - (since - index * 5) * 60_000).toISOString()));
  }
  if (standing === "refused" && sixth) {
    const name = practice.practitioners.find((one) => one.id === sixth.practitioner_id)?.name ?? "";
    room.refused.push({ kind: "appointment", appointment_id: sixth.id, about: `${sixth.day} ${String(Math.floor((sixth.minute ?? 0) / 60)).padStart(2, "0")}:${String((sixth.minute ?? 0) % 60).padStart(2, "0")} ${name}`, code: "value_not_taken", tries: 4 });
  }
  return practice;
}
