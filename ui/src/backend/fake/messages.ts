// The fake host's mail server: set up, tried, and what could not be said. One whose name has `panne` in it does not answer, a password `faux` is not taken.
import type { MessagesView, UntoldView } from "../types";
import { wall } from "./agenda";
import { type Handlers, refuse } from "./handlers";
import { type FakePractice, nameOf } from "./practice";

export interface MailRoom {
  view: Omit<MessagesView, "untold" | "waiting" | "by_portal">;
  password: string;
}

const fresh = (practice: FakePractice): MailRoom => ({
  view: {
    set_up: false,
    host: "",
    port: 465,
    security: "tls",
    authority: "",
    login: "",
    has_password: false,
    address: "",
    sender: practice.name,
    language: "fr",
    hours_before: [48],
    enabled: true,
    succeeded_at: null,
    age_minutes: null,
    code: "",
    failures: 0,
    sent_this_month: 0,
  },
  password: "",
});

const rooms = new WeakMap<FakePractice, MailRoom>();
const is_address = (text: string): boolean => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);

export function messagesHandlers(practice: FakePractice): Partial<Handlers> {
  const room = (): MailRoom => {
    const known = rooms.get(practice) ?? fresh(practice);
    rooms.set(practice, known);
    return known;
  };

  /** Who has no address and comes soon: they should be called. */
  function untold(): UntoldView[] {
    if (!room().view.set_up || !room().view.enabled) return [];
    const soon = practice.appointments.filter((one) => one.minute !== null && one.day > practice.today && one.patient_id && ["booked", "confirmed"].includes(one.status));
    return soon
      .flatMap((one) => {
        const patient = practice.patients.find((known) => known.id === one.patient_id);
        if (!patient || patient.email) return [];
        return [
          {
            appointment_id: one.id,
            patient_id: patient.id,
            patient: nameOf(patient),
            phone: patient.mobile || patient.phone,
            starts: wall(one.day, one.minute ?? 0),
            practitioner: practice.practitioners.find((known) => known.id === one.practitioner_id)?.name ?? "",
            template: "reminder" as const,
            code: "no_email",
          },
        ];
      })
      .sort((a, b) => (a.starts < b.starts ? -1 : 1))
      .slice(0, 4);
  }

  function way(): void {
    const { view, password } = room();
    if (view.host.includes("panne")) refuse("mail_unreachable");
    if (password === "faux") refuse("mail_password");
  }

  return {
    show_messages: () => ({ ...room().view, by_portal: "none", waiting: 0, untold: untold() }),
    set_messages(request) {
      const one = room();
      if (!/^[\w.-]+$/.test(request.host)) refuse("bad_mail_server", "host");
      if (!is_address(request.address)) refuse("bad_email", "address");
      if (request.security === "none" && request.host !== "localhost") refuse("mail_not_encrypted", "security");
      if (request.hours_before.length > 3 || request.hours_before.some((hours) => hours < 1 || hours > 168)) refuse("out_of_range", "hours_before", { from: "1", to: "168" });
      const same = one.view.host === request.host && one.view.login === request.login;
      if (request.login && !request.password && !(same && one.password)) refuse("server_password_needed", "password");
      one.password = request.password ?? one.password;
      const { password: _password, ...rest } = request;
      Object.assign(one.view, rest, { set_up: true, has_password: true, code: "", failures: 0, succeeded_at: null, age_minutes: null });
      return { sequence: null };
    },
    async send_test_mail({ to }) {
      if (!room().view.set_up) refuse("messages_not_set_up");
      if (!is_address(to)) refuse("bad_email", "to");
      await new Promise((resolve) => setTimeout(resolve, 100));
      way();
      Object.assign(room().view, { succeeded_at: `${practice.now}Z`, age_minutes: 0 });
      return { sequence: null };
    },
    async send_messages() {
      const { view } = room();
      if (!view.set_up || !view.enabled) refuse("messages_not_set_up");
      await new Promise((resolve) => setTimeout(resolve, 100));
      way();
      Object.assign(view, { succeeded_at: `${practice.now}Z`, age_minutes: 0, sent_this_month: view.sent_this_month + 2 });
      return { sent: 2, failed: untold().length, waiting: 0 };
    },
  };
}
