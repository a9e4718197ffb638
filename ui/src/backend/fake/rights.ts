// The fake host's rights of persons: requests, consents, limitations and objections, erasures; in memory.
import type {
  ConsentPurposeId,
  ConsentPurposeView,
  ConsentsView,
  DataRequestId,
  DataRequestView,
  ErasureId,
  ErasureReceiptView,
  PatientId,
  PurposeConsentId,
  PurposeConsentView,
  RequestLineView,
  RestrictionId,
  RestrictionView,
  StandingRestrictionView,
} from "../types";
import { type Handlers, refuse } from "./handlers";
import { isCopied } from "./portability";
import { type FakePractice, isMinor, nameOf } from "./practice";

interface Room {
  requests: DataRequestView[];
  restrictions: (RestrictionView & { patient_id: PatientId })[];
  consents: (PurposeConsentView & { patient_id: PatientId })[];
  purposes: ConsentPurposeView[];
  erasures: ErasureReceiptView[];
}

const rooms = new WeakMap<FakePractice, Room>();

const addDays = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);

const TEXTS: [string, string, string, string][] = [
  ["Rappels par SMS", "رسائل تذكير قصيرة", "Reminders by SMS", "J’accepte que le cabinet m’envoie par SMS les rappels de mes rendez-vous."],
  ["Échanges avec les confrères", "التبادل مع الزملاء", "Sharing with colleagues", "J’accepte que mon praticien partage les informations utiles à mes soins."],
];

function purpose(index: number, [fr, ar, en, text]: [string, string, string, string]): ConsentPurposeView {
  return {
    id: `purpose-${index + 1}` as ConsentPurposeId,
    name: { fr, ar, en },
    active: true,
    texts: [{ version: 1, text: { fr: text, ar: "أوافق على ذلك، ويمكنني سحب موافقتي في أي وقت.", en: "I agree, and can withdraw my consent at any time." }, written_on: "2026-11-01" }],
    revision: 1,
  };
}

function sample(practice: FakePractice): DataRequestView[] {
  const one = (id: string, kind: RequestLineView["kind"], index: number, days: number): DataRequestView[] => {
    const patient = practice.patients[index];
    return patient ? [requestOf(practice, id as DataRequestId, { kind, patient_id: patient.id, name: nameOf(patient), received_on: addDays(practice.today, days - 30), due_on: addDays(practice.today, days) })] : [];
  };
  return [...one("request-1", "access", 0, -6), ...one("request-2", "erasure", 1, 4)];
}

function requestOf(practice: FakePractice, id: DataRequestId, about: Partial<DataRequestView>): DataRequestView {
  const due = about.due_on ?? addDays(practice.today, 30);
  return {
    id,
    kind: "access",
    by_whom: "person",
    way: "desk",
    patient_id: null,
    name: "",
    contact: "",
    content: "",
    language: "fr",
    received_on: practice.today,
    due_on: due,
    days_left: daysBetween(practice.today, due),
    proof: "none",
    proof_by: "",
    proof_on: null,
    complete_on: null,
    extended_on: null,
    outcome: null,
    closed_on: null,
    erased: false,
    revision: 1,
    ground: "",
    source: "RGPD art. 12(3)",
    may_extend: true,
    first_term: due,
    missing: [],
    steps: [{ kind: "taken", on: about.received_on ?? practice.today, by: practice.user?.name ?? "", words: "" }],
    receipt: null,
    letter: null,
    ...about,
  };
}

function roomOf(practice: FakePractice): Room {
  let room = rooms.get(practice);
  if (!room) {
    room = { requests: sample(practice), restrictions: [], consents: [], purposes: TEXTS.map((texts, index) => purpose(index, texts)), erasures: [] };
    rooms.set(practice, room);
  }
  return room;
}

/** What stands on a person's data. */
export function standingOf(practice: FakePractice, id: PatientId): StandingRestrictionView[] {
  const standing = roomOf(practice).restrictions.filter((one) => one.patient_id === id && one.lifted_on === null);
  return standing.map(({ kind, scope, since }) => ({ kind, scope, since }));
}

/** Since when a record is limited. */
export function limitedSince(practice: FakePractice, id: PatientId): string | null {
  return standingOf(practice, id).find((one) => one.kind === "limitation")?.since ?? null;
}

export function rightsHandlers(practice: FakePractice): Handlers {
  const room = roomOf(practice);
  const keeps = (): void => {
    if (practice.user?.role === "secretary") refuse("permission_denied");
  };
  const shown = (one: DataRequestView): DataRequestView => {
    const missing = one.outcome ? [] : [...(one.proof === "none" ? ["identity"] : []), ...(one.patient_id === null ? ["patient"] : [])];
    return { ...one, days_left: daysBetween(practice.today, one.due_on), missing, may_extend: one.outcome === null && one.extended_on === null && practice.today <= one.first_term };
  };
  const find = (id: DataRequestId): DataRequestView => room.requests.find((one) => one.id === id) ?? refuse("request_not_found", "id");
  const change = (id: DataRequestId, revision: number, step: DataRequestView["steps"][number]["kind"] | null, words: string, to: Partial<DataRequestView>): DataRequestView => {
    keeps();
    const one = find(id);
    if (one.revision !== revision) refuse("changed_meanwhile");
    if (one.outcome !== null) refuse("request_closed", "id");
    Object.assign(one, to, { revision: one.revision + 1 });
    if (step) one.steps = [...one.steps, { kind: step, on: practice.today, by: practice.user?.name ?? "", words }];
    practice.announce("privacy", id);
    return shown(one);
  };
  const filled = (text: string, field: string): string => (text.trim() === "" ? refuse("empty", field) : text.trim());
  const restrict = (patient_id: PatientId, kind: RestrictionView["kind"], scope: RestrictionView["scope"], ground: string, reason: string): RestrictionView => {
    if (room.restrictions.some((one) => one.patient_id === patient_id && one.kind === kind && one.lifted_on === null)) refuse("already_restricted", "kind");
    const one = { id: practice.id<RestrictionId>("restriction"), patient_id, kind, scope, ground, reason: filled(reason, "reason"), since: practice.today, request_id: null, lifted_on: null, lifted_reason: "" };
    room.restrictions.push(one);
    practice.announce("patients", patient_id);
    return one;
  };
  const pdf = { name: "reponse-demande.pdf", media: "application/pdf", base64: btoa("%PDF-1.7\n") };
  const erase = (patient_id: PatientId, reason: string, request_id: DataRequestId | null): ErasureReceiptView => {
    const appointments = practice.appointments.filter((one) => one.patient_id === patient_id).length;
    practice.appointments = practice.appointments.filter((one) => one.patient_id !== patient_id);
    practice.patients = practice.patients.filter((one) => one.id !== patient_id);
    const removed: Record<string, number> = { patient: 1, journal_key: 1 };
    if (appointments > 0) removed["appointment"] = appointments;
    const receipt: ErasureReceiptView = {
      id: practice.id<ErasureId>("erasure"),
      at: practice.now,
      by: practice.user?.name ?? "",
      reason: filled(reason, "reason"),
      request_id,
      erased: { persons: 1, removed, emptied: {}, files_removed: 0, files_left: 0, events_going: 0, events_waiting: 0, guardians: 0, lists: ["vault"], lists_waiting: [], log_emptied: true },
      processor: [],
    };
    room.erasures.unshift(receipt);
    practice.announce("patients", patient_id);
    return receipt;
  };
  const kept = (patient_id: PatientId): number => practice.chart.entries.filter((one) => one.patient === patient_id).length;
  return {
    take_request(request) {
      const patient = practice.patients.find((one) => one.id === request.patient_id);
      const name = request.name.trim() || (patient ? nameOf(patient) : "");
      if (name === "") refuse("empty", "name");
      const received = request.received_on || practice.today;
      const proof = request.proof || "none";
      const one = requestOf(practice, practice.id<DataRequestId>("request"), {
        ...request,
        name,
        received_on: received,
        due_on: addDays(received, 30),
        proof,
        proof_by: proof === "none" ? "" : (practice.user?.name ?? ""),
        proof_on: proof === "none" ? null : practice.today,
      });
      room.requests.push(one);
      practice.announce("privacy", one.id);
      return { id: one.id, due_on: one.due_on };
    },
    list_requests({ closed }) {
      keeps();
      const lines = room.requests.filter((one) => closed || one.outcome === null).map(shown);
      return { requests: lines.sort((a, b) => Number(a.outcome !== null) - Number(b.outcome !== null) || a.due_on.localeCompare(b.due_on)) };
    },
    show_request({ id }) {
      keeps();
      return shown(find(id));
    },
    amend_request({ id, revision, patient_id, proof, complete_on }) {
      const to: Partial<DataRequestView> = {};
      if (patient_id) to.patient_id = patient_id;
      if (proof) Object.assign(to, { proof, proof_on: practice.today, proof_by: practice.user?.name ?? "" });
      if (complete_on) to.complete_on = complete_on;
      return change(id, revision, proof ? "identity" : patient_id ? "linked" : "complete", proof, to);
    },
    note_exchange: ({ id, revision, words }) => change(id, revision, "exchange", filled(words, "words"), {}),
    extend_request({ id, revision, reason }) {
      const words = filled(reason, "reason");
      return change(id, revision, "extended", words, { extended_on: practice.today, due_on: addDays(find(id).due_on, 60) });
    },
    refuse_request: ({ id, revision, ground, words }) => change(id, revision, "refused", filled(words, "words"), { outcome: "refused", ground, closed_on: practice.today }),
    drop_request: ({ id, revision }) => change(id, revision, "withdrawn", "", { outcome: "withdrawn", closed_on: practice.today }),
    execute_request({ id, revision, reason, scope, ground }) {
      keeps();
      const one = find(id);
      if (one.proof === "none") refuse("identity_missing", "proof");
      const patient = one.patient_id ?? refuse("patient_missing", "patient_id");
      const closed: Partial<DataRequestView> = { outcome: "executed", closed_on: practice.today };
      const line = (what: string) => ({ done: [{ what, sequence: 1, at: practice.now, fields: [] }], erasure: null, processor: [] });
      if (one.kind === "erasure") {
        if (kept(patient) > 0) refuse("record_kept", "patient_id", { ground: "medical_record", retention_until: "2046-11-24", possible_on: "2046-11-25" });
        const erasure = erase(patient, reason, id);
        const done = change(id, revision, "executed", "", { ...closed, erased: true, name: "", contact: "", content: "", patient_id: null, receipt: { done: [], erasure, processor: [] } });
        return { ...done, letter: pdf };
      }
      if (one.kind === "limitation") restrict(patient, "limitation", "all", ground, reason);
      if (one.kind === "objection") restrict(patient, "objection", scope || refuse("unknown_word", "scope"), "", reason);
      if (one.kind === "rectification") refuse("nothing_done_yet", "id");
      if ((one.kind === "access" || one.kind === "portability") && !isCopied(practice, patient)) refuse("nothing_done_yet", "id");
      return change(id, revision, "executed", "", { ...closed, receipt: line(one.kind) });
    },
    print_request_letter({ id, what }) {
      keeps();
      if (what === "answer" && find(id).outcome === null) refuse("not_answered", "what");
      return pdf;
    },
    set_request_days({ days }) {
      keeps();
      if (practice.country !== "MA") refuse("not_settable", "days");
      if (days !== null && (days < 1 || days > 90)) refuse("out_of_range", "days", { from: "1", to: "90" });
      practice.answerDays = days;
      practice.announce("privacy", "request_days");
      return { sequence: null };
    },
    preview_erasure({ patient_id }) {
      keeps();
      const record = kept(patient_id);
      return {
        patient_id,
        may_erase: record === 0,
        ground: record > 0 ? "medical_record" : "",
        source: record > 0 ? "CSP art. R1112-7" : "",
        retention_until: record > 0 ? "2046-11-24" : null,
        possible_on: record > 0 ? "2046-11-25" : null,
        persons: 1,
        record,
        appointments: practice.appointments.filter((one) => one.patient_id === patient_id).length,
        calls: 0,
      };
    },
    erase_person: ({ patient_id, reason, request_id }) => erase(patient_id, reason, request_id),
    list_erasures: () => ({ erasures: room.erasures }),
    list_restrictions({ patient_id }) {
      keeps();
      return { restrictions: room.restrictions.filter((one) => one.patient_id === patient_id).toReversed(), directive: null };
    },
    restrict({ patient_id, kind, scope, ground, reason }) {
      keeps();
      return { restriction: restrict(patient_id, kind, scope, ground, reason), told: 0 };
    },
    lift_restriction({ id, reason }) {
      keeps();
      const one = room.restrictions.find((other) => other.id === id) ?? refuse("restriction_not_found", "id");
      Object.assign(one, { lifted_on: practice.today, lifted_reason: filled(reason, "reason") });
      practice.announce("patients", one.patient_id);
      return { restriction: one, told: 0 };
    },
    list_processor_tasks: () => ({ connected: "", tasks: [] }),
    retry_processor_tasks: () => ({ sequence: null }),
    list_consent_purposes: () => ({ purposes: room.purposes }),
    save_consent_purpose({ id, name, text, active, revision }) {
      keeps();
      if ([name.fr, name.ar, name.en].some((one) => one.trim() === "")) refuse("empty", "name");
      if ([text.fr, text.ar, text.en].some((one) => one.trim() === "")) refuse("empty", "text");
      const before = room.purposes.find((one) => one.id === id);
      if (before && before.revision !== revision) refuse("changed_meanwhile");
      const texts = before?.texts ?? [];
      const newest = texts[0];
      const same = newest && newest.text.fr === text.fr && newest.text.ar === text.ar && newest.text.en === text.en;
      const after: ConsentPurposeView = {
        id: before?.id ?? practice.id<ConsentPurposeId>("purpose"),
        name,
        active,
        texts: same ? texts : [{ version: (newest?.version ?? 0) + 1, text, written_on: practice.today }, ...texts],
        revision: (before?.revision ?? 0) + 1,
      };
      room.purposes = before ? room.purposes.map((one) => (one.id === after.id ? after : one)) : [...room.purposes, after];
      practice.announce("practice", after.id);
      return { purposes: room.purposes };
    },
    list_consents({ patient_id }): ConsentsView {
      const patient = practice.patients.find((one) => one.id === patient_id) ?? refuse("patient_not_found", "patient_id");
      return {
        needs_guardian: isMinor(practice, patient),
        guardians: practice.contacts.filter((one) => one.patient_id === patient_id && one.guardian && !one.removed).map(({ id, name }) => ({ id, name })),
        consents: room.consents.filter((one) => one.patient_id === patient_id).toReversed(),
        purposes: room.purposes,
      };
    },
    record_consent({ patient_id, purpose_id, text_version, language, contact_person_id, way }) {
      const patient = practice.patients.find((one) => one.id === patient_id) ?? refuse("patient_not_found", "patient_id");
      if (isMinor(practice, patient) && contact_person_id === null) refuse("guardian_needed", "contact_person_id");
      room.consents.push({
        id: practice.id<PurposeConsentId>("consent"),
        patient_id,
        purpose_id,
        text_version,
        is_older_text: false,
        language,
        state: "given",
        by: practice.contacts.find((one) => one.id === contact_person_id)?.name ?? "",
        given_on: practice.today,
        way,
        noted_by: practice.user?.name ?? "",
        withdrawn_on: null,
      });
      practice.announce("patients", patient_id);
      return { sequence: null };
    },
    retract_consent({ id }) {
      const one = room.consents.find((other) => other.id === id) ?? refuse("consent_not_found", "id");
      Object.assign(one, { state: "withdrawn", withdrawn_on: practice.today });
      practice.announce("patients", one.patient_id);
      return { sequence: null };
    },
  };
}
