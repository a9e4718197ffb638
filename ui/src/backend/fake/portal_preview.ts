// What would leave the fake practice: resources of the shape that the real host composes, without a server behind them.
import type { InstructionTerms, SyncPreviewView } from "../types";
import type { FakeAppointment, FakePractice } from "./practice";

const NAMES = "https://semainier.invalid/fhir";
const uuid = (seed: string): string => {
  let hash = 7;
  for (const sign of seed) hash = (Math.imul(hash, 31) + (sign.codePointAt(0) ?? 0)) >>> 0;
  return `0198a6c0-7b1e-7cc3-98c4-${hash.toString(16).padStart(12, "0")}`;
};
const named = (id: string) => ({ system: "urn:ietf:rfc:3986", value: `urn:uuid:${uuid(id)}` });
/** Winter in Paris: an hour behind the wall. */
const instant = (day: string, minute: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + (minute - 60) * 60_000).toISOString().replace(".000", "");

const ACTIVE = ["requested", "booked", "confirmed", "arrived", "in_consultation", "done"];

function appointment(practice: FakePractice, one: FakeAppointment, minute: number, terms: InstructionTerms, withheld: boolean): Record<string, unknown> {
  const patient = withheld ? undefined : practice.patients.find((other) => other.id === one.patient_id);
  const contact = practice.contacts.find((other) => other.patient_id === patient?.id && !other.removed);
  const type = practice.types.find((other) => other.id === one.type_id);
  const phone = (value: string) => ({ system: "phone", value, use: "mobile" });
  const site = practice.practitioners.find((other) => other.id === one.practitioner_id)?.site_id ?? "";
  const part = (code: string) => [{ coding: [{ system: "http://terminology.hl7.org/CodeSystem/v3-ParticipationType", code }] }];
  return {
    resourceType: "Appointment",
    meta: { profile: ["https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-appointment"] },
    ...(patient && {
      contained: [
        {
          resourceType: "Patient",
          id: "patient",
          name: [{ family: patient.surname, given: [patient.first_name] }],
          telecom: [...(patient.mobile ? [phone(patient.mobile)] : []), ...(terms.email && patient.email ? [{ system: "email", value: patient.email }] : [])],
          ...(terms.birth_date && patient.born && { birthDate: patient.born }),
          communication: [{ language: { coding: [{ system: "urn:ietf:bcp:47", code: patient.language || terms.language }] } }],
        },
        ...(contact ? [{ resourceType: "RelatedPerson", id: "contact", patient: { reference: "#patient" }, name: [{ text: contact.name }], telecom: [phone(contact.phone || "+33611223344")] }] : []),
      ],
    }),
    identifier: [named(one.id), ...(patient ? [{ system: `${NAMES}/booking-code`, value: one.code }] : [])],
    status: withheld ? "booked" : one.status === "requested" ? "pending" : "booked",
    ...(terms.reason && type && { serviceType: [{ coding: [{ system: `${NAMES}/appointment-type`, code: uuid(type.id) }], text: type.name }] }),
    start: instant(one.day, minute),
    end: instant(one.day, minute + one.minutes),
    participant: [
      { type: part("PPRF"), actor: { identifier: named(one.practitioner_id) }, status: "accepted" },
      { type: part("LOC"), actor: { identifier: named(site) }, status: "accepted" },
      ...(patient ? [{ actor: { reference: "#patient" }, status: one.status === "confirmed" ? "accepted" : "needs-action" }] : []),
      ...(contact ? [{ actor: { reference: "#contact" }, status: "accepted" }] : []),
    ],
  };
}

/** The preview under these terms. `isWithheld` says of whom only busy time leaves. */
export function previewOf(practice: FakePractice, terms: InstructionTerms, limit: number | null, isWithheld: (one: FakeAppointment) => boolean): SyncPreviewView {
  const covered = practice.practitioners.filter((one) => terms.practitioners.includes(one.id));
  const online = practice.types.filter((one) => one.active && one.online);
  const lines: string[] = [];
  const counts = new Map<string, number>();
  const count = (field: string): void => void counts.set(field, (counts.get(field) ?? 0) + 1);
  for (const one of covered) {
    lines.push(
      JSON.stringify({
        resourceType: "Schedule",
        meta: { profile: ["https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-schedule"] },
        contained: [{ resourceType: "Practitioner", id: "practitioner", identifier: [named(one.id)], name: [{ text: one.name }] }],
        identifier: [named(`schedule-${one.id}`)],
        active: true,
        specialty: [{ text: one.speciality }],
        actor: [{ reference: "#practitioner" }],
      }),
    );
  }
  let slots = 0;
  for (const one of covered) {
    for (let day = 0; day < Math.min(terms.horizon_days, 14); day++) {
      const date = new Date(Date.parse(`${practice.today}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
      for (const stretch of practice.open) {
        slots += 1;
        if (slots <= 40) {
          lines.push(JSON.stringify({ resourceType: "Slot", identifier: [named(`slot-${one.id}-${date}-${stretch.from}`)], serviceType: online.map((type) => ({ coding: [{ system: `${NAMES}/appointment-type`, code: uuid(type.id) }] })), schedule: { identifier: named(`schedule-${one.id}`) }, status: "free", start: instant(date, stretch.from), end: instant(date, stretch.from + 20) }));
        }
      }
    }
  }
  const persons = new Set<string>();
  let [appointments, withheld] = [0, 0];
  for (const one of practice.appointments) {
    if (one.minute === null || one.day < practice.today || !terms.practitioners.includes(one.practitioner_id) || !ACTIVE.includes(one.status)) continue;
    const hidden = isWithheld(one);
    if (hidden) {
      withheld += 1;
      continue;
    }
    appointments += 1;
    const patient = practice.patients.find((other) => other.id === one.patient_id);
    const resource = appointment(practice, one, one.minute, terms, hidden);
    lines.push(JSON.stringify(resource));
    ["time", "status", "booking_code"].forEach(count);
    if (terms.reason) count("type");
    if (!patient) continue;
    persons.add(patient.id);
    ["surname", "first_name", "language"].forEach(count);
    if (patient.mobile) count("mobile");
    if (terms.email && patient.email) count("email");
    if (terms.birth_date && patient.born) count("birth_date");
    if (practice.contacts.some((other) => other.patient_id === patient.id && !other.removed)) count("contact_person");
  }
  const order = ["surname", "first_name", "mobile", "email", "birth_date", "language", "contact_person", "booking_code", "time", "type", "status"];
  return {
    schedules: covered.length,
    slots,
    appointments,
    persons: persons.size,
    withheld,
    fields: order.flatMap((field) => (counts.has(field) ? [{ field, count: counts.get(field) ?? 0 }] : [])),
    bytes: lines.reduce((sum, line) => sum + line.length, 0),
    payloads: limit === null ? lines : lines.slice(0, limit),
  };
}
