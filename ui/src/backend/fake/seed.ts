// Fills a fake practice: the day of the pictures, an empty practice, a full one. The same seed gives the same practice.
import type { SiteId, Status, UserId } from "../types";
import { DRUG_EDITIONS } from "./drugs";
import { type FakeAppointment, type FakeCall, type FakePatient, FakePractice } from "./practice";

/** A small seeded generator (mulberry32): the fake must look the same every time. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PEOPLE: [string, string, string, string, string, string][] = [
  ["DUPONT", "Marie", "1979-05-12", "+33611223344", "", ""],
  ["DUPUIS", "Marc", "1961-11-03", "+33698765432", "", ""],
  ["DUPRÉ", "Marion", "2014-02-14", "+33612000214", "", ""],
  ["PETIT", "Hugo", "1990-07-21", "+33622334455", "", ""],
  ["ROUX", "Camille", "1984-01-30", "+33633445566", "", ""],
  ["TAZI", "Khadija", "1972-09-09", "+212661223344", "التازي", "خديجة"],
  ["MARTIN", "Lucas", "2001-03-17", "+33644556677", "", ""],
  ["ALAOUI", "Youssef", "1968-12-01", "+212662334455", "العلوي", "يوسف"],
  ["DURAND", "Paul", "1955-06-25", "+33655667788", "", ""],
  ["BRETON", "Clémence", "1994-10-11", "+33666778899", "", ""],
  ["NGUYỄN", "Anaïs", "1988-04-04", "+33677889900", "", ""],
  ["EL IDRISSI", "Meryem", "1981-08-19", "+212663445566", "الإدريسي", "مريم"],
  ["GARCIA", "Inès", "2007-02-02", "+33688990011", "", ""],
  ["COURTOIS", "Marcel", "1943-05-05", "+33699001122", "", ""],
  ["ŒUVRARD", "Maëlys", "1999-11-29", "+33610203040", "", ""],
  ["BEN ALI", "Samira", "1976-03-08", "+212664556677", "بن علي", "سميرة"],
  ["BENJELLOUN", "Fatima Zahra", "1985-05-05", "+212665667788", "بنجلون", "فاطمة الزهراء"],
  ["AÏT AHMED", "Abdellah", "1963-01-15", "+212666778899", "أيت أحمد", "عبد الله"],
  ["EL FASSI", "Karim", "1979-10-10", "+212667889900", "الفاسي", "كريم"],
  ["BENNANI", "Samira", "1992-06-16", "+212668990011", "بناني", "سميرة"],
  ["BEN ABDALLAH", "Mohamed", "1979-05-12", "+212611223344", "بن عبد الله", "محمد"],
  ["LEROUX", "Zoé", "2010-12-24", "+33621314151", "", ""],
  ["D’HÉROUVILLE–NGUYỄN", "Marie-Antoinette Éléonore Josépha Philippine de la", "1931-01-01", "+33632435465", "", ""],
];

function sayCode(n: number): string {
  const signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  let rest = n * 7919 + 104729;
  let code = "";
  for (let i = 0; i < 7; i++) {
    code += signs[rest % 32];
    rest = Math.floor(rest / 32) + n * 31 + i * 17;
  }
  return code;
}

/** The empty practice: users, one practitioner, types, nobody yet. */
export function emptyPractice(): FakePractice {
  const practice = new FakePractice();
  practice.sites.push({
    id: practice.id<SiteId>("site"),
    name: "Cabinet",
    zone: "Europe/Paris",
    address: "12 rue des Tilleuls",
    postcode: "69003",
    city: "Lyon",
    phone: "04 78 00 00 00",
    active: true,
  });
  practice.addType("Consultation", "cs", 20, "blue");
  practice.addType("Suivi", "suivi", 15, "green");
  practice.addType("Pansement", "pst", 20, "teal");
  practice.addType("Certificat", "cert", 15, "ochre");
  practice.addType("Vaccin", "vac", 15, "violet");
  practice.addType("ECG", "ecg", 30, "red");
  practice.addType("Urgence", "urg", 15, "orange");
  const first = practice.addPractitioner("Dr Lefèvre", "Médecine générale");
  practice.users.push({
    id: practice.id<UserId>("user"),
    login: "samia",
    name: "Samia",
    role: "secretary",
    administrator: false,
    practitioner_id: null,
    state: "active",
  });
  practice.users.push({
    id: practice.id<UserId>("user"),
    login: "lefevre",
    name: "Dr Lefèvre",
    role: "practitioner",
    administrator: true,
    practitioner_id: first.id,
    state: "active",
  });
  practice.user = practice.users[0] ?? null;
  return practice;
}

/** Nothing yet: the first start. */
export function noPractice(): FakePractice {
  const practice = new FakePractice();
  practice.demonstration = false;
  return practice;
}

interface Book {
  practitioner: number;
  day: string;
  minute: number | null;
  minutes: number;
  patient: FakePatient;
  type: number;
  status: Status;
  rank?: number;
}

export function put(practice: FakePractice, book: Book): FakeAppointment {
  const arrivedAt = (minute: number | null) =>
    ["arrived", "in_consultation", "done"].includes(book.status) && minute !== null
      ? `${book.day}T${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`
      : null;
  const type = practice.types[book.type];
  const practitioner = practice.practitioners[book.practitioner];
  if (!type || !practitioner) throw new Error("the seed names what it has not made");
  const appointment: FakeAppointment = {
    id: practice.id("appointment"),
    code: sayCode(practice.appointments.length + 1),
    practitioner_id: practitioner.id,
    patient_id: book.patient.id,
    type_id: type.id,
    day: book.day,
    minute: book.minute,
    rank: book.minute === null ? (book.rank ?? 1) : null,
    minutes: book.minutes,
    status: book.status,
    origin: book.minute === null ? "walk_in" : "phone",
    urgency: "normal",
    overbooked: false,
    note: "",
    arrived: arrivedAt(book.minute === null ? 600 : Math.max(480, book.minute - 8)),
    seated: ["in_consultation", "done"].includes(book.status) ? arrivedAt(book.minute) : null,
    dismissed: null,
    cancelled_by: null,
    cancel_reason: "",
    revision: 1,
    steps: [],
  };
  practice.appointments.push(appointment);
  return appointment;
}

/** The practice of the pictures: a Tuesday at 10:14, four practitioners, a waiting room. */
export function demonstrationPractice(): FakePractice {
  const practice = emptyPractice();
  practice.addPractitioner("Dr Benjelloun", "Médecine générale");
  practice.addPractitioner("Dr Nguyễn", "Pédiatrie");
  practice.addPractitioner("Dr Aït-Ouahmane", "Médecine générale");
  for (const [surname, first_name, born, mobile, surname_arabic, first_name_arabic] of PEOPLE) {
    const seen = surname === "DUPONT" ? "2026-09-02" : null;
    practice.addPatient({ surname, first_name, born, mobile, surname_arabic, first_name_arabic }, seen, surname === "DUPUIS" ? 2 : 0);
  }
  practice.drug_editions = [...DRUG_EDITIONS];
  family(practice);
  messages(practice);
  const random = seeded(24);
  const monday = "2026-11-23";
  for (let d = 0; d < 12; d++) {
    const day = new Date(Date.parse(`${monday}T00:00:00Z`) + d * 86_400_000).toISOString().slice(0, 10);
    if (d % 7 >= 5) continue;
    for (let p = 0; p < practice.practitioners.length; p++) fillDay(practice, p, day, random);
  }
  waitingRoom(practice);
  const vacation = practice.practitioners[2];
  if (vacation) {
    practice.absences.push({ id: "absence-1", practitioner_id: vacation.id, day: practice.today, from: 1020, to: 1110, label: "Réunion" });
  }
  return practice;
}

/** Marion's mother is a patient too, and has one phone for both; Zoé has nobody who decides yet. */
function family(practice: FakePractice): void {
  const [marie, , marion] = practice.patients;
  if (!marie || !marion) return;
  marion.mobile = "";
  const mother = practice.addContact(marion, { name: "DUPONT Marie", linked_patient_id: marie.id, told_messages: true });
  practice.consents.push({
    id: practice.id("consent"),
    patient_id: marion.id,
    contact_person_id: mother.id,
    given_on: "2026-09-02",
    way: "written",
    noted_by: "Samia",
    withdrawn_on: null,
  });
}

function messages(practice: FakePractice): void {
  const note = (patient: number, practitioner: number | null, at: string, about: string, some: Partial<FakeCall> = {}): void => {
    const one = practice.patients[patient];
    if (!one) return;
    const contact = practice.contacts.find((other) => other.patient_id === one.id);
    practice.calls.push({
      id: practice.id("call"),
      patient_id: one.id,
      contact_person_id: contact?.id ?? null,
      caller: contact?.name ?? "",
      phone: contact ? "+33611223344" : one.mobile,
      about,
      practitioner_id: practitioner === null ? null : (practice.practitioners[practitioner]?.id ?? null),
      taken_at: `${practice.today}T${at}`,
      taken_by: "Samia",
      read_at: null,
      read_by: "",
      answer: "",
      answered_at: null,
      answered_by: "",
      closed_at: null,
      closed_by: "",
      revision: 1,
      ...some,
    });
  };
  note(2, 0, "09:58", "Demande un certificat pour l’école avant vendredi");
  note(8, 0, "09:31", "Souhaite être rappelé au sujet de son prochain rendez-vous");
  note(5, 1, "09:12", "Voyage le 3 décembre : peut-elle venir avant ?", {
    read_at: `${practice.today}T09:20`,
    read_by: "Dr Benjelloun",
    answer: "Oui, lundi à 8 h.",
    answered_at: `${practice.today}T09:21`,
    answered_by: "Dr Benjelloun",
  });
  note(13, null, "08:47", "Demande les horaires de samedi");
}

function fillDay(practice: FakePractice, practitioner: number, day: string, random: () => number): void {
  const past = day < practice.today;
  const nowMinute = 614;
  for (const stretch of practice.open) {
    let minute = stretch.from + 5 * Math.floor(random() * 4);
    while (minute < stretch.to - 10) {
      if (random() < 0.16) {
        minute += 20;
        continue;
      }
      const type = [0, 0, 0, 0, 0, 1, 2, 3, 4, 5][Math.floor(random() * 10)] ?? 0;
      const minutes = practitioner === 2 ? 45 : [15, 15, 20, 20, 25, 30][Math.floor(random() * 6)] ?? 20;
      if (minute + minutes > stretch.to) break;
      // Tuesday 14:20 at the first practitioner's stays free: the picture's cursor stands there.
      const kept = practitioner === 0 && day === practice.today && minute < 880 && minute + minutes > 860;
      if (!kept) {
        const patient = practice.patients[3 + Math.floor(random() * (practice.patients.length - 4))];
        const gone = past || (day === practice.today && minute + minutes <= nowMinute);
        const status: Status = gone
          ? random() < 0.12
            ? "no_show"
            : "done"
          : day === practice.today && minute <= nowMinute
            ? "in_consultation"
            : random() < 0.4
              ? "confirmed"
              : "booked";
        if (patient) put(practice, { practitioner, day, minute, minutes, patient, type, status });
      }
      minute += minutes + (random() < 0.25 ? 5 * Math.ceil(random() * 3) : 0);
    }
  }
}

function waitingRoom(practice: FakePractice): void {
  const arrivals = ["09:42", "10:01", "10:09"];
  const names = ["EL IDRISSI", "MARTIN", "BRETON"];
  [0, 1, 3].forEach((p, i) => {
    const practitioner = practice.practitioners[p]?.id;
    const next = practice.appointments.find(
      (one) => one.practitioner_id === practitioner && one.day === practice.today && (one.minute ?? 0) > 614,
    );
    const patient = practice.patients.find((one) => one.surname === names[i]);
    if (!next || !patient) return;
    next.status = "arrived";
    next.patient_id = patient.id;
    next.arrived = `${practice.today}T${arrivals[i] ?? "10:00"}`;
  });
  const patient = practice.patients.find((one) => one.surname === "GARCIA");
  if (patient) {
    const walkIn = put(practice, { practitioner: 1, day: practice.today, minute: null, minutes: 15, patient, type: 6, status: "arrived", rank: 1 });
    walkIn.arrived = `${practice.today}T10:11`;
    walkIn.urgency = "urgent";
  }
}

/** Five practitioners with forty appointments each: the day that speed is measured on. */
export function fullPractice(): FakePractice {
  const practice = demonstrationPractice();
  practice.addPractitioner("Dr El Mehdi Aït-Ouahmane-Bennani", "Endocrinologie, diabétologie et nutrition");
  practice.open = [{ from: 480, to: 1080 }];
  practice.appointments = [];
  const random = seeded(5);
  for (let p = 0; p < 5; p++) {
    for (let i = 0; i < 40; i++) {
      const patient = practice.patients[Math.floor(random() * practice.patients.length)];
      const minute = 480 + i * 15;
      const status: Status = minute + 15 <= 614 ? "done" : minute <= 614 ? "in_consultation" : "booked";
      if (patient) put(practice, { practitioner: p, day: practice.today, minute, minutes: 15, patient, type: i % 7, status });
    }
  }
  return practice;
}
