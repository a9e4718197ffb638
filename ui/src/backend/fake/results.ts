// The fake host's results and documents: an inbox, reports of two patients, a scan; in memory, and nothing sealed.
import type { CandidateView, AnalysisCurveView, DocumentId, DocumentView, EntryId, FiledId, InboxItemView, PatientId, Report, ReportLine, ReportView, WatchedFolderView } from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import { type FakePatient, type FakePractice, patientFields } from "./practice";

interface FakeFiled {
  item: InboxItemView;
  report: Report | null;
  text: string;
  patient_id: PatientId | null;
}

interface FakeReport {
  patient_id: PatientId;
  view: ReportView;
}

interface FakeDocument {
  patient_id: PatientId;
  view: DocumentView;
  bytes: string;
}

interface Room {
  filed: FakeFiled[];
  reports: FakeReport[];
  documents: FakeDocument[];
  uploads: Map<string, { patient_id: PatientId; bytes: string }>;
  readings: Map<string, string>;
  folder: WatchedFolderView;
}

const rooms = new WeakMap<FakePractice, Room>();

/** A made-up scan. */
const SCAN = atob(
  "iVBORw0KGgoAAAANSUhEUgAAAUAAAADcAgMAAAB8LZC1AAAADFBMVEUYHCA8Qkh4gIbS1thP1zv4AAAEGElEQVR42u2auY7bMBCGh4wWEFyp2KR2kSJZ5BFSqE+TIgm23Efho7gJEGS3cIBAtZ8iSOneKVQtDFgwU1hrk+I15NDOAQ6wKx/ix/n/GZ0WQIkSJUqUKFGiRIkSJUqUKFGiRIkSJUqUKBGMFrkeR67HmszA6wq5YpVZMTZDhkZytJAmK7ABuMoKbNE2cqyFWM0c3wsVtW2+AvwQh5fvj2kCAMCNgMc7nxhr6l8AYBzHPgAAwGZ1nAlgfxsp+QsAAMyEImM08eYwcBEHvFGXjWrPbLThaYkD8uPai1PDsPbpAwAAeBUDPK08U3xuDu+NScNAdd3FqRMqNUFHinZgrb1ulJbgobHPrMDPamO9Oal8sX6tboDvlsgM9Q9fqvsI4RLiBdaujaniwcFW4Ny1MbFJTgIJFM7d/51vZnTWjfPQUuOAtXOPxMKjq6CFAOz5mJj8ZpgjMBkK5zG0Cc2NP9Cjg0cdFdqQ3dbRtf9YFRieJPnTbZTkeYj3CHvhLGBKhncAP2MyFAHefvyzy0nIcOudNQG4Pv7DAeOmqP/ElhIKcTQyEzA2wzo0REop5eAan5AhY4yx6mKScael8kE5TRTCZ8zf0DbZgXPvPi4BWOfeOXDvsBQPF67T4VTgzHE27OhD22Z/2NCkckmk7r7//z6MBe4ta/WHxQrCjv+THlp6bKUpN46pl87QPIZLrb/9ci6R4dax5SnbnqfHOCBW6ifF8U1+kT4Ujq6x9M0aBVw7imwps0ABt46amFXZ4yTvXTUxqrJNu7xdWdmO81grsHdYaJiIvQB/67BwauIe2TZMuvNdhY5nNuA1qLdPpMb4pb75jgS2msrBaahkOCDTs5rc7Fmq2bYoYKUp202+3aleNChgoxm3nH69VOy8QgFbAIDN+GZjfL1bKcsWARydftBGq3GYQy6tdzUswPH0Sd4DwGZp6/v7FcDuwXGuZVb+Y9T+9D6YIYvbQbdBYBUHbILAhnjhxIMaAhd+bQAYaaGpiNMsNAdwmoXBW4qsjQVOTedExYYmTlRs5MBJTWMxkdOaBmD8fckBrFKAlQfYpACZB9imAPVRGvAqiafr4mTFExM5XbFuIqc2zTQRTm2aw8mQHdikApkD2EIGzZzcNBNtPINizX2eQ7FqIqc3jZ4MpzeN3jg8h4WqPA7OC8OYkJe4vB0omOESGUoK5lQA5QfrzTwd2F3knkOfo2vOmuGQo2tUoMxR5PyS1ecc0vums2fYZyjyee99DRmKrAFlhiKft8rJZe5cGfb0IuvAgV6TM98ylfQiTx4xSqtK55bck2ty7tvOA7nIE6Ak12T63FdKVTqfhz21JlPgQLXw7D8uSGpNjIfx4qvS+SX3xJoYwIFYEwMoiRaaDzTGmtgFMow1UUIIONAshN9MDc/MaB1bLwAAAABJRU5ErkJggg==",
);

/** Pieces are small here, so that a test sees several. */
const PIECE = 64;
const MEDIA: [string, DocumentView["media"]][] = [
  ["%PDF-", "application/pdf"],
  ["\u00ff\u00d8\u00ff", "image/jpeg"],
  ["\u0089PNG", "image/png"],
];

function judged(value: string, low: string, high: string): ReportLine["standing"] {
  const number = Number(value.replace(",", "."));
  if (!Number.isFinite(number) || value === "" || (!low && !high)) return "unjudged";
  if (low && number < Number(low)) return "low";
  return high && number > Number(high) ? "high" : "normal";
}

export function line(label: string, code: string, value: string, unit: string, low = "", high = "", more: Partial<ReportLine> = {}): ReportLine {
  return {
    kind: Number.isFinite(Number(value.replace(",", "."))) ? "number" : "text",
    label,
    code,
    value,
    unit,
    low,
    high,
    flag: "",
    standing: judged(value, low, high),
    disagrees: false,
    status: "F",
    other_value: "",
    other_unit: "",
    other_low: "",
    other_high: "",
    text: "",
    ...more,
  };
}

const remark = (text: string): ReportLine => line("", "", "", "", "", "", { kind: "remark", standing: "unjudged", text });

function report(number: string, taken_on: string, lines: ReportLine[], text = ""): Report {
  return { laboratory: "LABORATOIRE DE L’EST", laboratory_code: "LAB75", number, taken_on, recipient: "DOCTEUR LEFEVRE", format: "hprim", text, lines };
}

const keyOf = (one: ReportLine): string => (one.kind === "number" ? `${one.code || one.label}|${one.unit}`.toLowerCase() : "");

function seeded(practice: FakePractice): Room {
  const room: Room = {
    filed: [],
    reports: [],
    documents: [],
    uploads: new Map(),
    readings: new Map(),
    folder: { path: "", afterwards: "move", enabled: false, checked_at: null, code: "" },
  };
  const [first, second] = practice.patients;
  if (!practice.demonstration || !first || !second) return room;
  room.folder = { path: "C:\\Laboratoire\\Résultats", afterwards: "move", enabled: true, checked_at: "2026-11-24T09:13:30Z", code: "" };
  const keep = (patient: FakePatient, one: Report, received_at: string, more: Partial<ReportView> = {}): void => {
    room.reports.push({
      patient_id: patient.id,
      view: { entry_id: practice.id<EntryId>("entry"), version: 1, on: one.taken_on, report: one, curve_keys: one.lines.map(keyOf), struck: null, received_at, seen: [], is_seen: false, ...more },
    });
  };
  const seen = (at: string): Partial<ReportView> => ({ is_seen: true, seen: [{ by: "Dr Lefèvre", at, version: 1 }] });
  const blood = (hb: string, gly: string, ferritin: string): ReportLine[] => [
    line("Hémoglobine", "HB", hb, "g/dL", "12.0", "16.0"),
    line("Leucocytes", "GB", "7.4", "G/L", "4.0", "10.0"),
    line("Ferritine", "FER", ferritin, "µg/L", "15", "150"),
    line("Glycémie à jeun", "GLY", gly, "g/L", "0.70", "1.10", { other_value: (Number(gly) * 5.55).toFixed(2), other_unit: "mmol/L" }),
  ];
  keep(first, report("DOS-2025-02-0031", "2025-02-10", blood("12.9", "0.96", "41")), "2025-02-10T18:02", seen("2025-02-10T18:40"));
  keep(first, report("DOS-2025-11-0112", "2025-11-04", blood("12.4", "1.02", "28")), "2025-11-04T17:20", seen("2025-11-05T08:10"));
  keep(first, report("DOS-2026-05-0290", "2026-05-19", blood("11.8", "1.08", "17")), "2026-05-19T18:15", seen("2026-05-19T19:01"));
  keep(
    first,
    report(
      "DOS-2026-11-0457",
      "2026-11-23",
      [
        ...blood("11.2", "1.31", "9"),
        remark("Anémie modérée, à contrôler."),
        line("CRP", "CRP", "4", "mg/L", "", "5", { flag: "H", standing: "high", disagrees: true }),
        line("Sérologie VHC", "VHC", "NÉGATIF", ""),
      ],
      "HÉMATOLOGIE\nHémoglobine            11,2 g/dL    (12,0 - 16,0)",
    ),
    "2026-11-24T08:05",
  );
  keep(second, report("DOS-2026-11-0460", "2026-11-23", [line("TSH", "TSH", "2.1", "mUI/L", "0.4", "4.0")]), "2026-11-24T08:06");
  const file = (item: Partial<InboxItemView>, one: Report | null, text = ""): void => {
    const whole: InboxItemView = { id: practice.id<FiledId>("filed"), problem: "nobody", line: 0, whole: one !== null, surname: "", birth_name: "", first_name: "", born: "", sex: "unknown", nir: "", copies: 1, filed_at: "2026-11-24T08:07", refused: false, candidates: [], ...item };
    room.filed.push({ item: whole, report: one, text, patient_id: null });
  };
  const lipids = report("DOS-2026-11-0461", "2026-11-22", [line("LDL", "LDL", "1.72", "g/L", "", "1.60")]);
  const born = first.born.slice(0, 5) + first.born.slice(8) + "-" + first.born.slice(5, 7);
  file({ problem: "doubtful", surname: first.surname.toUpperCase(), first_name: first.first_name, born, sex: "female" }, lipids);
  file({ problem: "nobody", surname: "BENALI", first_name: "Samira", born: "1979-02-03", sex: "female", nir: "279035121518989", filed_at: "2026-11-24T08:09" }, report("DOS-2026-11-0462", "2026-11-22", blood("13.1", "0.91", "55")));
  file({ problem: "cut", line: 18, surname: second.surname.toUpperCase(), first_name: second.first_name, born: second.born, filed_at: "2026-11-24T08:10" }, null, "RES|Hémoglobine|HB|N|11.");
  room.documents.push({
    patient_id: first.id,
    view: { id: practice.id<DocumentId>("document"), entry_id: practice.id<EntryId>("entry"), version: 1, title: "Échographie thyroïdienne", category: "imaging", on: "2026-10-02", media: "image/png", bytes: SCAN.length, filed_by: "Samia", filed_at: "2026-10-02T15:20", struck: null, missing: false },
    bytes: SCAN,
  });
  return room;
}

/** The room of a practice; made when it is first looked into. */
export function roomOf(practice: FakePractice): Room {
  const room = rooms.get(practice) ?? seeded(practice);
  rooms.set(practice, room);
  return room;
}

export function resultHandlers(practice: FakePractice): Handlers {
  const reads = (): boolean => practice.user?.role === "practitioner";
  const mayRead = (): void => void (reads() || refuse("permission_denied"));
  const mayFile = (): void => void (practice.user?.role === "administrator" && refuse("permission_denied"));
  const patientOf = (id: PatientId): FakePatient => practice.patients.find((one) => one.id === id) ?? refuse("patient_not_found");

  function candidates(item: InboxItemView): CandidateView[] {
    return practice.patients
      .filter((one) => item.surname !== "" && folded(one.surname) === folded(item.surname))
      .slice(0, 4)
      .map((one) => ({
        patient_id: one.id,
        surname: one.surname,
        birth_name: one.birth_name,
        first_name: one.first_name,
        born: one.born,
        sex: one.sex,
        nir: one.nir,
        score: folded(one.first_name) === folded(item.first_name) ? 84 : 40,
        reasons: folded(one.first_name) === folded(item.first_name) ? ["same_name", ...(one.born === item.born ? ["same_birth_date"] : ["swapped_birth_date"])] : ["different_first_name"],
        differs: [...(folded(one.first_name) === folded(item.first_name) ? [] : ["first_name"]), ...(one.born === item.born ? [] : ["born"])],
      }))
      .sort((a, b) => b.score - a.score);
  }

  function curves(reports: ReportView[]): AnalysisCurveView[] {
    const found = new Map<string, AnalysisCurveView>();
    for (const one of reports.filter((other) => other.struck === null).toSorted((a, b) => a.on.localeCompare(b.on))) {
      one.report.lines.forEach((each, at) => {
        const key = one.curve_keys[at] ?? "";
        if (!key) return;
        const own = found.get(key) ?? { key, label: each.label, unit: each.unit, points: [] };
        own.points.push({ on: one.on, entry_id: one.entry_id, value: Number(each.value), shown: each.value, low: each.low ? Number(each.low) : null, high: each.high ? Number(each.high) : null, standing: each.standing });
        found.set(key, own);
      });
    }
    return [...found.values()];
  }

  const own = (id: PatientId): ReportView[] =>
    roomOf(practice)
      .reports.filter((one) => one.patient_id === id)
      .map((one) => one.view)
      .toSorted((a, b) => b.on.localeCompare(a.on));

  function keep(patient_id: PatientId, one: Report): EntryId {
    const entry_id = practice.id<EntryId>("entry");
    roomOf(practice).reports.push({ patient_id, view: { entry_id, version: 1, on: one.taken_on || practice.today, report: one, curve_keys: one.lines.map(keyOf), struck: null, received_at: practice.now, seen: [], is_seen: false } });
    return entry_id;
  }

  const find = (id: FiledId): FakeFiled => roomOf(practice).filed.find((one) => one.item.id === id && one.patient_id === null) ?? refuse("filed_not_found", "id");

  return {
    list_inbox() {
      mayFile();
      const room = roomOf(practice);
      return {
        items: room.filed.filter((one) => one.patient_id === null).map((one) => ({ ...one.item, candidates: candidates(one.item) })),
        waiting: room.filed.filter((one) => one.patient_id !== null).length,
        unseen: room.reports.filter((one) => !one.view.is_seen && one.view.struck === null).length,
      };
    },

    list_unseen() {
      mayRead();
      const waiting = roomOf(practice).reports.filter((one) => !one.view.is_seen && one.view.struck === null);
      return {
        count: waiting.length,
        reports: waiting.map(({ patient_id, view }) => {
          const patient = patientOf(patient_id);
          return { entry_id: view.entry_id, version: view.version, patient_id, surname: patient.surname, first_name: patient.first_name, born: patient.born, on: view.on, laboratory: view.report.laboratory, received_at: view.received_at, values: view.report.lines.filter((one) => one.kind !== "remark").length, abnormal: view.report.lines.filter((one) => !["normal", "unjudged"].includes(one.standing)) };
        }),
        damaged: [],
      };
    },

    list_results({ patient_id }) {
      mayRead();
      const reports = own(patientOf(patient_id).id);
      return { patient_id, reports, curves: curves(reports), damaged: [] };
    },

    mark_seen({ entry_id, version, seen }) {
      mayRead();
      const one = roomOf(practice).reports.find((other) => other.view.entry_id === entry_id) ?? refuse("entry_not_found");
      if (one.view.version !== version) refuse("changed_meanwhile");
      const by = practice.user?.name ?? "";
      one.view.seen = seen ? [...one.view.seen, { by, at: practice.now, version }] : one.view.seen.filter((mark) => mark.by !== by);
      one.view.is_seen = one.view.seen.length > 0;
      practice.announce("results", entry_id);
      return { sequence: null };
    },

    attach_result({ id, patient_id }) {
      mayFile();
      const one = find(id);
      if (!one.item.whole || !one.report) refuse("not_whole");
      let whose = patient_id;
      if (whose === null) {
        const { surname, first_name, born, sex, nir } = one.item;
        whose = practice.id<PatientId>("patient");
        practice.patients.push({ ...patientFields({ surname, first_name, born, sex: sex as FakePatient["sex"], nir }), id: whose, number: practice.patients.length + 1, revision: 1, last_seen: null, no_shows: 0, late_cancellations: 0 });
      }
      one.patient_id = patientOf(whose).id;
      if (reads() && one.report) {
        keep(whose, one.report);
        const room = roomOf(practice);
        room.filed = room.filed.filter((other) => other !== one);
      }
      practice.announce("results", id);
      return { patient_id: whose, taken: reads() };
    },

    detach_result({ id }) {
      mayFile();
      const one = roomOf(practice).filed.find((other) => other.item.id === id && other.patient_id !== null) ?? refuse("filed_not_found", "id");
      one.patient_id = null;
      practice.announce("results", id);
      return { sequence: null };
    },

    refuse_result({ id, refused }) {
      mayFile();
      find(id).item.refused = refused;
      practice.announce("results", id);
      return { sequence: null };
    },

    read_filed({ id }) {
      mayRead();
      const one = find(id);
      return { file: "labo.hpr", report: one.report, text: one.text };
    },

    import_results({ name, base64 }) {
      mayFile();
      const room = roomOf(practice);
      const text = new TextDecoder().decode(Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)));
      const lines = text.split(/\r?\n/);
      const [, surname = "", first_name = ""] = lines;
      const values = lines.filter((one) => one.startsWith("RES|")).map((one) => one.split("|"));
      const whole = lines.includes("****FIN****");
      const one = report("DOS-1", practice.today, values.map((cells) => line(cells[1] ?? "", cells[2] ?? "", cells[4] ?? "", cells[5] ?? "", cells[6], cells[7])));
      const patient = practice.patients.find((other) => folded(other.surname) === folded(surname) && folded(other.first_name) === folded(first_name));
      const said = (outcome: "attached" | "filed" | "aside", problem: string, filed_id: FiledId | null, entry_id: EntryId | null) => ({
        results: [{ file: name, outcome, problem, line: whole ? 0 : lines.length, patient_id: patient?.id ?? null, entry_id, filed_id, again: false }],
      });
      practice.announce("results");
      if (whole && patient && reads()) return said("attached", "", null, keep(patient.id, one));
      const problem = whole ? (patient ? "" : "nobody") : "cut";
      const item: InboxItemView = { id: practice.id<FiledId>("filed"), problem, line: whole ? 0 : lines.length, whole, surname, birth_name: "", first_name, born: "", sex: "unknown", nir: "", copies: 1, filed_at: practice.now, refused: false, candidates: [] };
      room.filed.push({ item, report: whole ? one : null, text, patient_id: whole && patient ? patient.id : null });
      return said(whole && patient ? "filed" : "aside", problem, item.id, null);
    },

    show_watched_folder: () => roomOf(practice).folder,

    set_watched_folder({ path, afterwards, enabled }) {
      if (path === "/nulle-part") refuse("folder_missing", "path");
      roomOf(practice).folder = { path, afterwards, enabled: enabled && path !== "", checked_at: null, code: "" };
      return { sequence: null };
    },

    check_watched_folder: () => ({ results: [] }),

    begin_document({ patient_id }) {
      mayFile();
      const handle = practice.id<string>("upload");
      roomOf(practice).uploads.set(handle, { patient_id: patientOf(patient_id).id, bytes: "" });
      return { handle, piece: PIECE, limit: 104_857_600 };
    },

    add_document_piece({ handle, offset, base64 }) {
      const upload = roomOf(practice).uploads.get(handle) ?? refuse("document_not_begun", "handle");
      if (offset !== upload.bytes.length) refuse("out_of_order", "offset");
      upload.bytes += atob(base64);
      if (!MEDIA.some(([start]) => upload.bytes.startsWith(start))) {
        roomOf(practice).uploads.delete(handle);
        refuse("unknown_media", "base64");
      }
      return { bytes: upload.bytes.length };
    },

    cancel_document({ handle }) {
      roomOf(practice).uploads.delete(handle);
      return { sequence: null };
    },

    file_document({ handle, title, category, dated }) {
      const room = roomOf(practice);
      const upload = room.uploads.get(handle) ?? refuse("document_not_begun", "handle");
      room.uploads.delete(handle);
      const media = MEDIA.find(([start]) => upload.bytes.startsWith(start))?.[1] ?? refuse("unknown_media");
      const view: DocumentView = { id: practice.id<DocumentId>("document"), entry_id: practice.id<EntryId>("entry"), version: 1, title, category, on: dated || practice.today, media, bytes: upload.bytes.length, filed_by: practice.user?.name ?? "", filed_at: practice.now, struck: null, missing: false };
      room.documents.push({ patient_id: upload.patient_id, view, bytes: upload.bytes });
      practice.announce("results", view.id);
      return { id: view.id, media, bytes: view.bytes, entry_id: reads() ? view.entry_id : null };
    },

    list_documents({ patient_id }) {
      mayRead();
      const documents = roomOf(practice).documents.filter((one) => one.patient_id === patient_id).map((one) => one.view);
      return { patient_id, documents, damaged: [] };
    },

    open_document({ id }) {
      mayRead();
      const one = roomOf(practice).documents.find((other) => other.view.id === id) ?? refuse("document_not_found");
      const handle = practice.id<string>("reading");
      roomOf(practice).readings.set(handle, one.bytes);
      return { handle, document: one.view };
    },

    read_document({ handle }) {
      const { readings } = roomOf(practice);
      const bytes = readings.get(handle) ?? refuse("document_not_open", "handle");
      const rest = bytes.slice(PIECE);
      if (rest) readings.set(handle, rest);
      else readings.delete(handle);
      return { base64: btoa(bytes.slice(0, PIECE)), last: rest === "" };
    },
  };
}
