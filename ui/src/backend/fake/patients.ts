// The fake host's patients: search as one types, creation, likely duplicates.
import type { MatchView, PatientFields } from "../types";
import { type Handlers, refuse } from "./handlers";
import { ACTIVE, type FakeContact, type FakePatient, type FakePractice, guardianOf, isMinor, nameOf, phoneShown, reachedOf } from "./practice";
import { standingOf } from "./rights";

/** Without accents, case, hyphens, apostrophes and Arabic variants, as the host compares. */
export function folded(text: string): string {
  return text
    .normalize("NFD")
    .replace(/[\u0300-\u036f\u064b-\u065f\u0640]/g, "")
    .toLowerCase()
    .replace(/œ/g, "oe")
    .replace(/æ/g, "ae")
    .replace(/[أإآ]/g, "ا")
    .replace(/ى/g, "ي")
    .replace(/ة/g, "ه")
    .replace(/['’\-–]/g, " ");
}

/** `030279` or `03/02/1979` as the beginning or whole of a birth date; null where it is none. */
function typedDate(fragment: string): string | null {
  const digits = fragment.replace(/\D/g, "");
  if (digits.length === 8) return `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`;
  if (digits.length === 6) return `${digits.slice(4)}-${digits.slice(2, 4)}-${digits.slice(0, 2)}`;
  return null;
}

function ageAt(born: string, today: string): number | null {
  if (!born) return null;
  return Number(today.slice(0, 4)) - Number(born.slice(0, 4)) - (today.slice(5) < born.slice(5) ? 1 : 0);
}

/** Contact persons of a patient, guardians first. */
function contactsOf(practice: FakePractice, one: FakePatient): FakeContact[] {
  return practice.contacts.filter((other) => other.patient_id === one.id && !other.removed).sort((a, b) => Number(b.guardian) - Number(a.guardian));
}

const national = (phone: string): string => phone.replace(/^\+(33|212)/, "0").replace(/\D/g, "");

/** What was missed, from as many on as the practice wants to see. */
function missedOf(practice: FakePractice, one: FakePatient): Pick<MatchView, "no_shows" | "late_cancellations" | "attendance_sentence"> {
  const { show_from, sentence } = practice.attendance;
  const shows = one.no_shows + one.late_cancellations >= show_from;
  return { no_shows: shows ? one.no_shows : 0, late_cancellations: shows ? one.late_cancellations : 0, attendance_sentence: shows ? sentence : "" };
}

/** `asked`: what was searched, which decides whose phone is told. */
export function matchView(practice: FakePractice, one: FakePatient, asked = ""): MatchView {
  const next = practice.appointments
    .filter((other) => other.patient_id === one.id && ACTIVE.includes(other.status) && other.day > practice.today)
    .map((other) => `${other.day}T${String(Math.floor((other.minute ?? 0) / 60)).padStart(2, "0")}:${String((other.minute ?? 0) % 60).padStart(2, "0")}`)
    .sort()[0];
  const own = one.mobile || one.phone;
  const contacts = contactsOf(practice, one);
  const digits = national(asked);
  const byPhone = digits.length >= 4 && !national(own).includes(digits);
  const reached = contacts.find((contact) => reachedOf(practice, contact) !== "" && (byPhone ? national(reachedOf(practice, contact)).includes(digits) : own === ""));
  return {
    id: one.id,
    surname: one.surname,
    first_name: one.first_name,
    birth_name: one.birth_name,
    name_arabic: [one.surname_arabic, one.first_name_arabic].filter(Boolean).join(" "),
    born: one.born,
    age: ageAt(one.born, practice.today),
    phone: phoneShown(reached ? reachedOf(practice, reached) : own),
    phone_of: reached?.id ?? null,
    last_seen: one.last_seen,
    next: next ?? null,
    ...missedOf(practice, one),
    deceased: one.deceased_on !== "",
    minor: isMinor(practice, one),
    guardian: guardianOf(practice, one),
    contacts: contacts.map((contact) => ({
      id: contact.id,
      name: contact.name,
      relation: contact.relation,
      phone: phoneShown(reachedOf(practice, contact)),
      guardian: contact.guardian,
    })),
  };
}

function matches(practice: FakePractice, one: FakePatient, fragment: string): boolean {
  const words = folded(`${nameOf(one)} ${one.birth_name} ${one.surname_arabic} ${one.first_name_arabic}`);
  if (/\d/.test(fragment)) {
    const digits = national(fragment);
    const date = typedDate(fragment);
    const phones = [one.mobile || one.phone, ...contactsOf(practice, one).map((contact) => reachedOf(practice, contact))].map(national);
    const code = practice.appointments.some(
      (other) => other.patient_id === one.id && other.code.startsWith(fragment.toUpperCase().replace(/[\s-]/g, "")),
    );
    return phones.some((phone) => phone.includes(digits)) || code || (date !== null && one.born.endsWith(date));
  }
  return words.split(/\s+/).some((word) => word.startsWith(fragment)) || words.replace(/\s/g, "").includes(fragment);
}

/** Whoever fits every fragment of a text. */
export function matchesOf(practice: FakePractice, text: string): FakePatient[] {
  const phone = /^[+\d][\d\s.]{5,}$/.test(text.trim()) ? [national(text)] : null;
  const fragments = phone ?? folded(text).split(/\s+/).filter(Boolean);
  return practice.patients.filter((one) => fragments.every((fragment) => matches(practice, one, fragment)));
}

export function patientHandlers(practice: FakePractice): Handlers {
  function whole(one: FakePatient) {
    const { id, number, revision, last_seen: _seen, no_shows: _missed, late_cancellations: _late, ...fields } = one;
    return {
      ...fields,
      id,
      number,
      phone_shown: phoneShown(one.mobile || one.phone),
      age: ageAt(one.born, practice.today),
      merged_into: null,
      warnings: [],
      restrictions: standingOf(practice, id),
      revision,
      ...missedOf(practice, one),
      appointments: practice.appointments
        .filter((other) => other.patient_id === id)
        .sort((a, b) => b.day.localeCompare(a.day))
        .slice(0, 50)
        .map((other) => ({
          id: other.id,
          starts: other.minute === null ? other.day : `${other.day}T${String(Math.floor(other.minute / 60)).padStart(2, "0")}:${String(other.minute % 60).padStart(2, "0")}`,
          practitioner: practice.practitioners.find((p) => p.id === other.practitioner_id)?.name ?? "",
          type: practice.types.find((t) => t.id === other.type_id)?.name ?? "",
          status: other.status,
        })),
    };
  }

  return {
    search_patients({ text, limit }) {
      const found = matchesOf(practice, text);
      return { matches: found.slice(0, limit).map((one) => matchView(practice, one, text)), more: found.length > limit };
    },

    show_patient({ id }) {
      return whole(practice.patients.find((one) => one.id === id) ?? refuse("not_found"));
    },

    create_patient({ fields }) {
      if (!fields.surname.trim() && !fields.first_name.trim()) refuse("empty", "surname");
      const one = practice.addPatient(fields);
      const sequence = practice.record("create_patient", one.id, () => {
        practice.patients = practice.patients.filter((other) => other !== one);
        practice.announce("patients", one.id);
      });
      practice.announce("patients", one.id);
      return { patient: whole(one), sequence };
    },

    update_patient({ id, revision, fields }) {
      const one = practice.patients.find((other) => other.id === id) ?? refuse("not_found");
      if (one.revision !== revision) refuse("changed_meanwhile");
      const before = { ...one };
      Object.assign(one, fields, { revision: revision + 1 });
      const sequence = practice.record("update_patient", id, () => {
        Object.assign(one, before, { revision: one.revision + 1 });
        practice.announce("patients", id);
      });
      practice.announce("patients", id);
      return { patient: whole(one), sequence };
    },

    find_duplicates({ fields, except }) {
      const alike = (one: FakePatient, typed: PatientFields): number => {
        const surname = folded(one.surname).replace(/\s/g, "") === folded(typed.surname).replace(/\s/g, "");
        const first = folded(one.first_name) === folded(typed.first_name);
        const born = one.born !== "" && one.born === typed.born;
        return (surname ? 40 : 0) + (first ? 25 : 0) + (born ? 35 : 0);
      };
      const duplicates = practice.patients
        .filter((one) => one.id !== except)
        .map((one) => ({ one, score: alike(one, fields) }))
        .filter(({ score }) => score >= 60)
        .sort((a, b) => b.score - a.score)
        .slice(0, 5)
        .map(({ one, score }) => ({ patient: matchView(practice, one), score, reasons: ["same_name"] }));
      return { duplicates, warnings: [] };
    },
  };
}
