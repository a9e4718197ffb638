// The fake host's portal: looked at, instructed, suspended, left again; a queue that empties by itself; what came from there.
// An address with `panne` in it does not answer, one with `fhir` is a plain server.
import type {
  AppointmentId,
  InstructionTerms,
  PortalNoticeView,
  PortalSeenView,
  SyncAppointmentView,
  SyncConfirmationView,
  SyncInstructionView,
  SyncRefusedView,
  SyncRightView,
  SyncStateView,
  SyncView,
} from "../types";
import { changedView, wall } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { previewOf } from "./portal_preview";
import { type FakeAppointment, type FakePractice, nameOf } from "./practice";
import { standingOf } from "./rights";

/** How long a change waits in the fake's queue. */
const SEND_MILLISECONDS = 1_500;
const PDF = (name: string) => ({ name, media: "application/pdf", base64: btoa("%PDF-1.7\n") });
const KEY = "q8Vn0s2b7Yk1nJr4mWc6tZx3pLd9fGh5aBe8uOi2yTs=";
const FINGERPRINT = "3F9A 61C2 88D0 4E17 B25C 70AF 19E4 D386";
const ago = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();

export interface PortalRoom {
  address: string;
  authority: string;
  client_id: string;
  secret: boolean;
  kind: "portal" | "fhir";
  standing: "off" | "on" | "suspended" | "ended";
  down: boolean;
  instructions: SyncInstructionView[];
  /** What waits, and since when. */
  queue: Map<string, string>;
  refused: SyncRefusedView[];
  succeeded: string | null;
  notices: PortalNoticeView[];
  confirmations: SyncConfirmationView[];
  rights: SyncRightView[];
  timer: ReturnType<typeof setTimeout> | null;
}

const rooms = new WeakMap<FakePractice, PortalRoom>();

export function portalRoom(practice: FakePractice): PortalRoom {
  const known = rooms.get(practice);
  if (known) return known;
  const room: PortalRoom = {
    address: "",
    authority: "",
    client_id: "",
    secret: false,
    kind: "portal",
    standing: "off",
    down: false,
    instructions: [],
    queue: new Map(),
    refused: [],
    succeeded: null,
    notices: [],
    confirmations: [],
    rights: [],
    timer: null,
  };
  rooms.set(practice, room);
  // Whatever moves in the agenda is queued, and sent after a while where somebody answers.
  practice.hearers.add(({ topic, ids }) => {
    if (topic !== "agenda" || room.standing === "off" || room.standing === "ended") return;
    for (const id of ids) if (practice.appointments.some((one) => one.id === id)) queue(practice, room, id);
  });
  return room;
}

function queue(practice: FakePractice, room: PortalRoom, id: string): void {
  if (!room.queue.has(id)) room.queue.set(id, ago(0));
  practice.announce("sync");
  if (room.standing !== "on" || room.down || room.timer) return;
  room.timer = setTimeout(() => {
    room.timer = null;
    empty(practice, room);
  }, SEND_MILLISECONDS);
}

function empty(practice: FakePractice, room: PortalRoom): number {
  const sent = room.queue.size;
  room.queue.clear();
  room.succeeded = ago(0);
  practice.announce("sync");
  return sent;
}

export function termsOf(practice: FakePractice): InstructionTerms {
  const [site] = practice.sites;
  return {
    practitioners: practice.practitioners.filter((one) => one.active).map((one) => one.id),
    email: false,
    birth_date: false,
    reason: false,
    from_on: practice.today,
    reminder_hours: [48],
    survey: false,
    waiting_list: false,
    horizon_days: 60,
    language: practice.country === "MA" ? "ar" : "fr",
    controller: practice.name,
    controller_address: site ? `${site.address}, ${site.postcode} ${site.city}` : "",
    controller_email: "",
    officer: "",
    registration: "",
  };
}

export function stateOf(room: PortalRoom): SyncStateView {
  const oldest = [...room.queue.values()].sort()[0] ?? null;
  const unreachable = room.standing === "on" && room.down;
  const state = (): SyncStateView["state"] => {
    if (room.standing !== "on") return room.standing;
    if (!room.secret) return "keyless";
    if (unreachable) return "unreachable";
    return room.queue.size > 0 ? "waiting" : "idle";
  };
  return {
    state: state(),
    queued: room.queue.size,
    oldest,
    oldest_minutes: oldest ? Math.floor((Date.now() - Date.parse(oldest)) / 60_000) : null,
    refused: room.refused.length,
    code: unreachable ? "portal_unreachable" : "",
    succeeded_at: room.succeeded,
    next_in_seconds: unreachable ? 90 : null,
    requests: room.notices.filter((one) => one.kind === "request" && !one.seen).length,
    clashes: room.notices.filter((one) => one.kind === "clash" && !one.seen).length,
  };
}

function look(address: string): PortalSeenView {
  const plain = address.trim().replace(/\/+$/, "");
  if (!/^https:\/\/[^/]+/.test(plain)) refuse(plain.startsWith("http://") ? "not_encrypted" : "bad_address", "address");
  if (plain.includes("panne")) refuse("portal_unreachable", "address");
  if (plain.includes("fhir")) return { address: plain, kind: "fhir", processor: "", hosting: "", key: "", fingerprint: "" };
  return { address: plain, kind: "portal", processor: "Rendez-vous Santé SAS, Lyon", hosting: "Hébergeur certifié HDS, France", key: KEY, fingerprint: FINGERPRINT };
}

function checkTerms(practice: FakePractice, terms: InstructionTerms): void {
  if (terms.practitioners.length === 0) refuse("terms_incomplete", "practitioners");
  if (terms.from_on < practice.today) refuse("date_in_past", "from_on");
  if (terms.horizon_days < 1 || terms.horizon_days > 365) refuse("out_of_range", "horizon_days");
  if (terms.reminder_hours.length > 3 || terms.reminder_hours.some((one) => one < 1 || one > 168)) refuse("out_of_range", "reminder_hours");
  if (!terms.controller.trim()) refuse("terms_incomplete", "controller");
  if (!terms.controller_address.trim()) refuse("terms_incomplete", "controller");
  if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(terms.controller_email)) refuse("bad_email", "controller_email");
}

/** Signs in memory what a page signs at its end: for a practice that begins connected. */
export function signTerms(practice: FakePractice, address: string, terms: InstructionTerms): void {
  const room = portalRoom(practice);
  const seen = look(address);
  const [before] = room.instructions;
  room.instructions = [
    {
      version: (before?.version ?? 0) + 1,
      signed_on: practice.today,
      signed_by: practice.user?.name ?? "Dr Lefèvre",
      address: seen.address,
      processor: seen.processor,
      taken_at: ago(0),
      ended_on: null,
      terms,
    },
    ...room.instructions.map((one) => ({ ...one, ended_on: one.ended_on ?? practice.today })),
  ];
  Object.assign(room, { address: seen.address, kind: seen.kind, standing: "on", secret: true, succeeded: ago(0) });
}

export function portalHandlers(practice: FakePractice): Handlers {
  const room = portalRoom(practice);
  const keeps = (): void => {
    if (practice.user?.role === "secretary") refuse("permission_denied", null, { permission: "keep_privacy" });
  };
  const host = (): string => room.address.replace(/^https?:\/\//, "").replace(/\/.*$/, "");
  const withheld = (one: FakeAppointment): boolean =>
    one.never_sync || (one.patient_id !== null && standingOf(practice, one.patient_id).some((mark) => mark.kind === "objection" && mark.scope !== "reminders"));
  const view = (): SyncView => {
    const [newest] = room.instructions;
    return {
      state: stateOf(room),
      portal:
        room.standing === "off"
          ? null
          : { address: room.address, authority: room.authority, client_id: room.client_id, kind: room.kind, processor: newest?.processor ?? "", hosting: room.kind === "portal" ? "Hébergeur certifié HDS, France" : "", fingerprint: room.kind === "portal" ? FINGERPRINT : "", has_secret: room.secret },
      instruction: newest && newest.ended_on === null ? newest : null,
      instructions: room.instructions,
      proposal: newest && newest.ended_on === null ? { ...newest.terms, from_on: practice.today } : termsOf(practice),
      refused: room.refused,
      confirmations: room.confirmations,
      rights: room.rights,
    };
  };
  const running = (): void => {
    if (room.standing === "off" || room.standing === "ended") refuse("not_set_up");
    if (room.down) refuse("portal_unreachable");
  };
  const find = (id: AppointmentId): FakeAppointment => practice.appointments.find((one) => one.id === id) ?? refuse("appointment_not_found", "id");
  const about = (one: FakeAppointment): SyncAppointmentView => {
    const covered = room.instructions[0]?.ended_on === null && room.instructions[0].terms.practitioners.includes(one.practitioner_id) && room.standing !== "ended";
    const no = room.refused.find((other) => other.appointment_id === one.id);
    const state = !covered ? "off" : one.never_sync ? "never" : withheld(one) ? "withheld" : no ? "refused" : room.queue.has(one.id) ? "waiting" : "there";
    return { id: one.id, state, never: one.never_sync ?? false, code: no?.code ?? "" };
  };
  const decide = (id: AppointmentId, to: Partial<FakeAppointment>, command: string) => {
    const one = find(id);
    if (one.status !== "requested" || one.origin !== "portal") refuse("not_a_request");
    const before = { ...one };
    Object.assign(one, to, { revision: one.revision + 1 });
    room.notices = room.notices.map((notice) => (notice.appointment_id === id ? { ...notice, seen: true } : notice));
    const sequence = practice.record(command, id, () => {
      Object.assign(one, before, { revision: one.revision + 1 });
      room.notices = room.notices.map((notice) => (notice.appointment_id === id && notice.kind === "request" ? { ...notice, seen: false } : notice));
      practice.announce("agenda", id);
    });
    practice.announce("agenda", id);
    practice.announce("sync");
    return changedView(practice, one, sequence);
  };

  return {
    show_sync_state: () => stateOf(room),
    show_sync() {
      keeps();
      return view();
    },
    async look_at_portal({ address }) {
      keeps();
      await new Promise((resolve) => setTimeout(resolve, 60));
      return look(address);
    },
    preview_sync({ terms, limit }) {
      keeps();
      if (terms) checkTerms(practice, terms);
      return previewOf(practice, terms ?? { ...termsOf(practice), email: true, birth_date: true, reason: true }, limit, withheld);
    },
    sign_sync_instruction(request) {
      keeps();
      const seen = look(request.address);
      if (seen.key !== request.key) refuse("portal_other_key", "key");
      if (!request.client_id.trim()) refuse("empty", "client_id");
      if (!request.client_secret && !(room.secret && room.client_id === request.client_id)) refuse("portal_secret_needed", "client_secret");
      if (request.client_secret === "faux") refuse("portal_unknown_client", "client_secret");
      checkTerms(practice, request.terms);
      if (!request.previewed) refuse("preview_needed", "previewed");
      signTerms(practice, request.address, request.terms);
      Object.assign(room, { authority: request.authority, client_id: request.client_id });
      for (const one of practice.appointments.filter((other) => other.day >= practice.today && other.minute !== null)) room.queue.set(one.id, ago(0));
      const [first] = practice.appointments;
      if (first) queue(practice, room, first.id);
      return view();
    },
    set_sync_secret({ client_id, client_secret }) {
      keeps();
      if (!client_secret) refuse("empty", "client_secret");
      if (client_secret === "faux") refuse("portal_unknown_client", "client_secret");
      Object.assign(room, { client_id, secret: true });
      practice.announce("sync");
      return view();
    },
    print_sync_instruction: ({ version, language }) => PDF(`instruction-${version}-${language}.pdf`),
    async sync_now() {
      running();
      await new Promise((resolve) => setTimeout(resolve, 60));
      return { sent: empty(practice, room), refused: 0, received: 0, clashes: 0, state: stateOf(room) };
    },
    suspend_sync() {
      keeps();
      running();
      room.standing = "suspended";
      practice.announce("sync");
      return view();
    },
    resume_sync() {
      keeps();
      room.standing = "on";
      practice.announce("sync");
      if (room.queue.size > 0) queue(practice, room, [...room.queue.keys()][0] ?? "");
      return view();
    },
    async return_and_destroy({ into, confirm }) {
      keeps();
      running();
      if (confirm.trim() !== host()) refuse("confirmation_differs", "confirm", { expected: host() });
      if (!into.startsWith("/")) refuse("file_unwritable", "into");
      await new Promise((resolve) => setTimeout(resolve, 60));
      const sha256 = "4f1c".repeat(16);
      const confirmation: SyncConfirmationView = {
        id: "destruction-1",
        kind: "destruction",
        received_at: ago(0),
        statement: `destruction\npractice: ${practice.name}\nexport_sha256: ${sha256}\nall that was held was deleted; backups end within 30 days`,
        valid: true,
      };
      room.confirmations = [confirmation, ...room.confirmations];
      room.standing = "ended";
      room.queue.clear();
      room.instructions = room.instructions.map((one) => ({ ...one, ended_on: one.ended_on ?? practice.today }));
      practice.announce("sync");
      return { path: `${into.replace(/\/$/, "")}/portail-${practice.today}.jsonl`, lines: 1_284, sha256, confirmation };
    },
    print_sync_confirmation: ({ id, language }) => PDF(`confirmation-${id}-${language}.pdf`),
    show_sync_appointment: ({ id }) => about(find(id)),
    set_never_sync({ id, never }) {
      const one = find(id);
      one.never_sync = never;
      if (room.standing === "on") queue(practice, room, id);
      return about(one);
    },
    tell_portal_again({ id }) {
      if (room.standing === "off" || room.standing === "ended") refuse("not_set_up");
      const again = room.refused.filter((one) => id === null || one.appointment_id === id);
      room.refused = room.refused.filter((one) => !again.includes(one));
      for (const one of again) queue(practice, room, one.appointment_id ?? one.about);
      practice.announce("sync");
      return stateOf(room);
    },
    list_portal_notices: () => ({ notices: [...room.notices].sort((a, b) => Number(a.seen) - Number(b.seen) || b.id - a.id) }),
    mark_portal_notice({ id }) {
      room.notices = room.notices.map((one) => (one.id === id ? { ...one, seen: true } : one));
      practice.announce("sync");
      return { notices: [...room.notices].sort((a, b) => Number(a.seen) - Number(b.seen) || b.id - a.id) };
    },
    accept_portal_request: ({ id }) => decide(id, { status: "booked" }, "accept_portal_request"),
    decline_portal_request: ({ id }) => decide(id, { status: "cancelled", cancelled_by: "practice" }, "decline_portal_request"),
  };
}

/** A notice about an appointment, as the page is told it. */
export function noticeOf(practice: FakePractice, id: number, kind: PortalNoticeView["kind"], one: FakeAppointment, minutes: number): PortalNoticeView {
  const patient = practice.patients.find((other) => other.id === one.patient_id);
  return {
    id,
    kind,
    received_at: ago(minutes),
    appointment_id: kind === "waiting" ? null : one.id,
    patient_id: one.patient_id,
    patient: patient ? nameOf(patient) : "",
    practitioner_id: one.practitioner_id,
    practitioner: practice.practitioners.find((other) => other.id === one.practitioner_id)?.name ?? "",
    starts: kind === "waiting" || one.minute === null ? "" : wall(one.day, one.minute),
    seen: false,
  };
}
