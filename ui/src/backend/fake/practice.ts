// A practice in memory: what the fake host knows. Believable, not a copy of the host's rules: only those that screens
// react to are here (a taken slot, a refused step, undo).
import type { Topic } from "../door";
import type {
  DrugEditionView,
  AbsenceView,
  AppointmentId,
  AppointmentView,
  AttendanceRuleView,
  BlockView,
  CallView,
  Colour,
  ConsentId,
  ConsentView,
  ContactPersonId,
  ContactView,
  Country,
  HolidayChange,
  HolidayRegion,
  LocumView,
  OpeningOnceView,
  PatientFields,
  PatientId,
  PractitionerId,
  PractitionerView,
  PreferencesView,
  ResourceKindView,
  ResourceView,
  Role,
  SchoolHolidayView,
  SeriesId,
  SeriesRuleView,
  SiteId,
  SiteView,
  StepView,
  TypeId,
  TypeView,
  UserId,
  UserView,
  WaitingEntryId,
  WaitingEntryView,
  VaultId,
} from "../types";

import { emptyRecord, type FakeRecord } from "./record_state";

export interface FakePatient extends PatientFields {
  id: PatientId;
  number: number;
  revision: number;
  last_seen: string | null;
  no_shows: number;
  late_cancellations: number;
}

export interface FakeAppointment {
  id: AppointmentId;
  code: string;
  practitioner_id: PractitionerId;
  patient_id: PatientId | null;
  type_id: TypeId;
  day: string;
  /** Minute of the day; null for an untimed walk-in. */
  minute: number | null;
  rank: number | null;
  minutes: number;
  status: AppointmentView["status"];
  origin: AppointmentView["origin"];
  urgency: AppointmentView["urgency"];
  overbooked: boolean;
  note: string;
  contact_name?: string;
  contact_phone?: string;
  never_sync?: boolean;
  arrived: string | null;
  seated: string | null;
  dismissed: string | null;
  cancelled_by: string | null;
  cancel_reason: string;
  revision: number;
  steps: StepView[];
}

export interface FakeAbsence {
  id: string;
  practitioner_id: PractitionerId;
  day: string;
  from: number;
  to: number;
  label: string;
}

export interface FakeUser {
  id: UserId;
  login: string;
  name: string;
  role: Role;
  administrator: boolean;
  practitioner_id: PractitionerId | null;
  state: UserView["state"];
}

export interface FakeContact extends Omit<ContactView, "phone_shown" | "linked_patient"> {
  patient_id: PatientId;
  removed: boolean;
}

export interface FakeConsent {
  id: ConsentId;
  patient_id: PatientId;
  contact_person_id: ContactPersonId;
  given_on: string;
  way: ConsentView["way"];
  noted_by: string;
  withdrawn_on: string | null;
}

/** A call as the view shows it, but for what is looked up. */
export type FakeCall = Omit<CallView, "patient" | "patient_arabic" | "born" | "relation" | "practitioner" | "state">;

export interface FakeSeries {
  id: SeriesId;
  practitioner: PractitionerId;
  rule: SeriesRuleView;
  sessions: { number: number; appointment: AppointmentId; planned: string }[];
}

/** An entry of the waiting list as the view shows it, but for what is looked up. */
export interface FakeWaiting extends Pick<WaitingEntryView, "patient_id" | "appointment_id" | "type_id" | "minutes" | "wish" | "since" | "offers" | "revision"> {
  id: WaitingEntryId;
  closed: "accepted" | "removed" | null;
  from_portal?: boolean;
}

export interface Change {
  sequence: number;
  command: string;
  subject: string;
  undo: () => void;
}

export const ACTIVE = ["requested", "booked", "confirmed", "arrived", "in_consultation", "done"];

export function patientFields(some: Partial<PatientFields>): PatientFields {
  return {
    surname: "",
    birth_name: "",
    first_name: "",
    surname_arabic: "",
    first_name_arabic: "",
    sex: "unknown",
    born: "",
    birth_place: "",
    nir: "",
    ins_status: "none",
    cin: "",
    mobile: "",
    phone: "",
    email: "",
    address: "",
    postcode: "",
    city: "",
    language: "",
    insurer: "",
    treating_doctor: "",
    remarks: "",
    deceased_on: "",
    ...some,
  };
}

export class FakePractice {
  vault = "0198a6c0-7b1e-7cc3-98c4-dc0c0c070001" as VaultId;
  folder = "~/.local/share/semainier";
  colour: Colour = "teal";
  /** Zone of its first site. */
  zone = "Europe/Paris";
  name = "Cabinet de démonstration";
  country: Country = "FR";
  lockAfter = 10;
  /** The clear days that the practice answers requests in, where its country's law names none. */
  answerDays: number | null = null;
  preferences: PreferencesView = { language: "fr", theme: "system", density: "normal", letters: true, columns: [], zoom: 15 };
  demonstration = true;
  /** An old file of keys had been put back. */
  oldKeys = false;
  /** Somebody else's key stands in the place of whoever waits for the reading of the records. */
  swapped = false;
  /** How long the reading or restoring of a backup takes. */
  restoreMilliseconds = 120;
  /** Whether the machine has a keyring. */
  keyring = true;
  /** Now at the site. Moves only when somebody moves it. */
  now = "2026-11-24T10:14";
  user: FakeUser | null = null;
  users: FakeUser[] = [];
  sites: SiteView[] = [];
  practitioners: PractitionerView[] = [];
  types: TypeView[] = [];
  patients: FakePatient[] = [];
  appointments: FakeAppointment[] = [];
  absences: FakeAbsence[] = [];
  contacts: FakeContact[] = [];
  consents: FakeConsent[] = [];
  calls: FakeCall[] = [];
  /** The medical records. */
  chart: FakeRecord = emptyRecord();
  /** Which drug base and thesaurus are in use. */
  drug_editions: DrugEditionView[] = [];
  /** Opening hours of every practitioner, Monday to Friday, in minutes of the day. */
  open: { from: number; to: number }[] = [
    { from: 480, to: 750 },
    { from: 840, to: 1110 },
  ];
  openings: (OpeningOnceView & { practitioner_id: PractitionerId })[] = [];
  blocks: (BlockView & { practitioner_id: PractitionerId })[] = [];
  locums: (LocumView & { practitioner_id: PractitionerId })[] = [];
  /** Absences as the settings keep them. */
  ownAbsences: (AbsenceView & { practitioner_id: PractitionerId })[] = [];
  holidayChanges: { day: string; state: HolidayChange; holiday: string; label: string }[] = [];
  region: HolidayRegion = "none";
  schoolHolidays: SchoolHolidayView[] = [];
  resourceKinds: ResourceKindView[] = [];
  resources: ResourceView[] = [];
  series: FakeSeries[] = [];
  waiting: FakeWaiting[] = [];
  attendance: AttendanceRuleView = { show_from: 1, months: 12, late_hours: 24, sentence: "" };
  changes: Change[] = [];
  /** What is on the user's board. */
  pins: AppointmentId[] = [];
  hearers = new Set<(announcement: { topic: Topic; ids: string[]; practice: VaultId }) => void>();
  #next = 1;

  id<Kind extends string>(kind: string): Kind {
    return `${kind}-${String(this.#next++).padStart(5, "0")}` as Kind;
  }

  get today(): string {
    return this.now.slice(0, 10);
  }

  announce(topic: Topic, ...ids: string[]): void {
    queueMicrotask(() => this.hearers.forEach((hear) => hear({ topic, ids, practice: this.vault })));
  }

  /** Notes a change with its way back; returns its number. */
  record(command: string, subject: string, undo: () => void): number {
    const sequence = (this.changes.at(-1)?.sequence ?? 0) + 1;
    this.changes.push({ sequence, command, subject, undo });
    return sequence;
  }

  addType(name: string, short: string, minutes: number, colour: Colour): TypeView {
    const type: TypeView = {
      id: this.id<TypeId>("type"),
      name,
      short_name: short,
      minutes,
      colour,
      active: true,
      buffer_minutes: 0,
      online: false,
      needs_approval: false,
      instructions: "",
      price_cents: null,
      provider_time: "",
      practitioners: [],
      sites: [],
      resource_kinds: [],
    };
    this.types.push(type);
    return type;
  }

  addPractitioner(name: string, speciality: string): PractitionerView {
    const practitioner: PractitionerView = {
      id: this.id<PractitionerId>("practitioner"),
      name,
      speciality,
      rpps: "",
      inpe: "",
      site_id: (this.sites[0]?.id ?? "site-0") as SiteId,
      active: true,
      warnings: [],
    };
    this.practitioners.push(practitioner);
    return practitioner;
  }

  addPatient(fields: Partial<PatientFields>, seen: string | null = null, noShows = 0): FakePatient {
    const patient: FakePatient = {
      ...patientFields(fields),
      id: this.id<PatientId>("patient"),
      number: this.patients.length + 1,
      revision: 1,
      last_seen: seen,
      no_shows: noShows,
      late_cancellations: 0,
    };
    this.patients.push(patient);
    return patient;
  }

  /** A contact person of a patient: a parent who decides, unless said otherwise. */
  addContact(patient: FakePatient, some: Partial<FakeContact>): FakeContact {
    const contact: FakeContact = {
      id: this.id<ContactPersonId>("contact"),
      patient_id: patient.id,
      name: "",
      relation: "mother",
      phone: "",
      guardian: true,
      linked_patient_id: null,
      told_appointments: true,
      told_messages: false,
      told_results: false,
      removed: false,
      revision: 1,
      ...some,
    };
    this.contacts.push(contact);
    return contact;
  }

  /** Names that stand in the agenda of this practitioner at that time, but for one appointment. */
  clash(practitioner: PractitionerId, day: string, from: number, to: number, except?: AppointmentId): FakeAppointment | undefined {
    return this.appointments.find(
      (one) =>
        one.practitioner_id === practitioner &&
        one.day === day &&
        one.id !== except &&
        one.minute !== null &&
        ACTIVE.includes(one.status) &&
        one.minute < to &&
        one.minute + one.minutes > from,
    );
  }
}

/** `DUPONT Marie` */
export function nameOf(patient: { surname: string; first_name: string }): string {
  return [patient.surname.toUpperCase(), patient.first_name].filter(Boolean).join(" ");
}

/** A phone as its country writes it. */
export function phoneShown(phone: string): string {
  const national = phone.replace(/^\+(33|212)/, "0").replace(/\D/g, "");
  return national.replace(/(\d\d)(?=\d)/g, "$1 ");
}

/** The phone under which a contact person is reached: their own, or the linked patient's. */
export function reachedOf(practice: FakePractice, contact: FakeContact): string {
  const linked = practice.patients.find((one) => one.id === contact.linked_patient_id);
  return contact.phone || linked?.mobile || linked?.phone || "";
}

/** Under sixteen. */
export function isMinor(practice: FakePractice, patient: FakePatient): boolean {
  return patient.born !== "" && `${Number(patient.born.slice(0, 4)) + 16}${patient.born.slice(4)}` > practice.today;
}

/** How it stands with a minor's consent. */
export function guardianOf(practice: FakePractice, patient: FakePatient): "current" | "missing" | null {
  if (!isMinor(practice, patient)) return null;
  const current = practice.consents.some(
    (one) =>
      one.patient_id === patient.id &&
      one.withdrawn_on === null &&
      practice.contacts.some((by) => by.id === one.contact_person_id && by.guardian && !by.removed),
  );
  return current ? "current" : "missing";
}
