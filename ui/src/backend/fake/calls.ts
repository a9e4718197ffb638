// The fake host's register of calls.
import type { CallId, CallState, CallView, ChangedCallView } from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import { type FakeCall, type FakePractice, nameOf, phoneShown, reachedOf } from "./practice";

export function stateOf(one: FakeCall): CallState {
  if (one.closed_at) return "closed";
  if (one.answered_at) return "answered";
  if (!one.practitioner_id) return "noted";
  return one.read_at ? "read" : "unread";
}

const isOpen = (one: FakeCall): boolean => ["unread", "read", "answered"].includes(stateOf(one));

export function callHandlers(practice: FakePractice): Handlers {
  function view(one: FakeCall): CallView {
    const patient = practice.patients.find((other) => other.id === one.patient_id);
    const contact = practice.contacts.find((other) => other.id === one.contact_person_id);
    return {
      ...one,
      patient: patient ? nameOf(patient) : "",
      patient_arabic: patient ? [patient.surname_arabic, patient.first_name_arabic].filter(Boolean).join(" ") : "",
      born: patient?.born ?? "",
      caller: one.caller,
      relation: contact?.relation ?? "",
      phone: phoneShown(one.phone || patient?.mobile || ""),
      practitioner: practice.practitioners.find((other) => other.id === one.practitioner_id)?.name ?? "",
      state: stateOf(one),
    };
  }

  const find = (id: CallId): FakeCall => practice.calls.find((one) => one.id === id) ?? refuse("call_not_found", "id");

  function change(command: string, one: FakeCall, next: Partial<FakeCall>): ChangedCallView {
    const before = { ...one };
    Object.assign(one, next, { revision: one.revision + 1 });
    const sequence = practice.record(command, one.id, () => {
      Object.assign(one, before, { revision: one.revision + 1 });
      practice.announce("calls", one.id);
    });
    practice.announce("calls", one.id);
    return { call: view(one), sequence };
  }

  const by = (): string => practice.user?.name ?? "";

  return {
    list_calls({ which, practitioner_id, patient_id, text, limit }) {
      const words = folded(text).split(/\s+/).filter(Boolean);
      const found = practice.calls
        .filter((one) => which === "all" || (which === "open" ? isOpen(one) : stateOf(one) === which))
        .filter((one) => (practitioner_id === null || one.practitioner_id === practitioner_id) && (patient_id === null || one.patient_id === patient_id))
        .map(view)
        .filter((one) => words.every((word) => folded(`${one.patient} ${one.caller} ${one.about} ${one.answer} ${one.phone.replace(/\s/g, "")}`).includes(word)))
        .sort((a, b) => b.taken_at.localeCompare(a.taken_at) || b.id.localeCompare(a.id));
      return { calls: found.slice(0, limit), more: found.length > limit };
    },

    count_calls() {
      const mine = practice.user?.practitioner_id ?? null;
      return {
        open: practice.calls.filter(isOpen).length,
        answered: practice.calls.filter((one) => stateOf(one) === "answered").length,
        unread: practice.calls.filter((one) => stateOf(one) === "unread" && one.practitioner_id === mine).length,
      };
    },

    note_call({ patient_id, contact_person_id, caller_name, caller_phone, about, practitioner_id }) {
      if (!about.trim()) refuse("empty", "about");
      const contact = practice.contacts.find((one) => one.id === contact_person_id);
      const one: FakeCall = {
        id: practice.id<CallId>("call"),
        patient_id,
        contact_person_id,
        caller: contact?.name ?? caller_name,
        phone: caller_phone || (contact ? reachedOf(practice, contact) : ""),
        about,
        practitioner_id,
        taken_at: practice.now,
        taken_by: by(),
        read_at: null,
        read_by: "",
        answer: "",
        answered_at: null,
        answered_by: "",
        closed_at: null,
        closed_by: "",
        revision: 1,
      };
      practice.calls.push(one);
      const sequence = practice.record("note_call", one.id, () => {
        practice.calls = practice.calls.filter((other) => other !== one);
        practice.announce("calls", one.id);
      });
      practice.announce("calls", one.id);
      return { call: view(one), sequence };
    },

    read_call({ id }) {
      const one = find(id);
      if (stateOf(one) !== "unread" || one.practitioner_id !== practice.user?.practitioner_id) return { call: view(one), sequence: null };
      return { ...change("read_call", one, { read_at: practice.now, read_by: by() }), sequence: null };
    },

    answer_call({ id, revision, answer }) {
      const one = find(id);
      if (!isOpen(one)) refuse("call_not_open");
      if (revision !== one.revision) refuse("changed_meanwhile");
      return change("answer_call", one, { answer, answered_at: practice.now, answered_by: by(), read_at: one.read_at ?? practice.now, read_by: one.read_by || by() });
    },

    close_call({ id }) {
      const one = find(id);
      if (!isOpen(one)) refuse("call_not_open");
      return change("close_call", one, { closed_at: practice.now, closed_by: by() });
    },
  };
}
