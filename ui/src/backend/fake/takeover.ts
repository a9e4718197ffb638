// The fake host's take-over: reads a small CSV well enough to show the wizard, counts, and takes its time.
import type { ImportedView, PatientsFileView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice } from "./practice";

export const TAKEOVER_FIELDS = [
  "surname",
  "birth_name",
  "first_name",
  "full_name",
  "surname_arabic",
  "first_name_arabic",
  "full_name_arabic",
  "sex",
  "born",
  "birth_place",
  "nir",
  "cin",
  "mobile",
  "phone",
  "email",
  "address",
  "postcode",
  "city",
  "insurer",
  "treating_doctor",
  "remarks",
  "language",
  "external_id",
  "ignore",
];

const GUESSES: [RegExp, string][] = [
  [/nom de naissance/i, "birth_name"],
  [/pr.?nom/i, "first_name"],
  [/full name/i, "full_name"],
  [/الاسم/, "full_name_arabic"],
  [/^nom|surname/i, "surname"],
  [/naissance|birth/i, "born"],
  [/sexe|gender/i, "sex"],
  [/portable|mobile/i, "mobile"],
  [/fixe|phone/i, "phone"],
  [/mail/i, "email"],
  [/adresse/i, "address"],
  [/postal/i, "postcode"],
  [/ville|city/i, "city"],
  [/nir/i, "nir"],
  [/cin/i, "cin"],
  [/mutuelle/i, "insurer"],
  [/traitant/i, "treating_doctor"],
  [/remarq/i, "remarks"],
];

function textOf(base64: string): string {
  const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

export function takeoverHandlers(practice: FakePractice): Handlers {
  const files = new Map<string, { rows: string[][]; header: string[] }>();
  let progress = { done: 0, total: 0, running: false };
  let cancelled = false;

  /** Goes through so many rows, a tenth at a time, so that a bar has something to show. */
  async function work(total: number): Promise<void> {
    cancelled = false;
    progress = { done: 0, total, running: true };
    for (let tenth = 1; tenth <= 10; tenth++) {
      await new Promise((resolve) => setTimeout(resolve, 60));
      if (cancelled) {
        progress = { ...progress, running: false };
        refuse("import_cancelled");
      }
      progress = { done: Math.round((total * tenth) / 10), total, running: true };
    }
    progress = { ...progress, running: false };
  }

  function figures(rows: number, dry_run: boolean): ImportedView {
    const rejected = Math.min(rows, Math.round(rows * 0.004));
    const merged = Math.min(rows - rejected, Math.round(rows * 0.023));
    const updated = Math.min(rows - rejected - merged, Math.round(rows * 0.002));
    const created = rows - rejected - merged - updated;
    const kinds: [string, string[]][] = [
      ["rejected", ["no_name"]],
      ["created", ["birth_unreadable"]],
      ["merged", ["merged_into_row"]],
      ["created", ["nir_key"]],
      ["updated", ["phone_invalid"]],
    ];
    const notable = Array.from({ length: Math.min(200, rows, 40) }, (_, i) => {
      const [outcome = "created", reasons = []] = kinds[i % kinds.length] ?? [];
      return { line: 2 + i * 7, outcome, reasons };
    });
    return {
      rows,
      created,
      updated,
      merged,
      rejected,
      warned: Math.round(rows * 0.03),
      dry_run,
      notable,
      report: "\uFEFFline;outcome;reasons\r\n2;created;\r\n",
    };
  }

  return {
    preview_patients_file({ name, base64 }): PatientsFileView {
      const text = textOf(base64);
      if (!text.trim()) refuse("import_empty");
      if (/\.(xlsx|ods|xls)$/i.test(name)) refuse("import_workbook");
      const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/).filter(Boolean);
      const separator = [";", ",", "\t"].find((sign) => lines[0]?.includes(sign)) ?? ";";
      const rows = lines.map((line) => line.split(separator).map((cell) => cell.replace(/^"|"$/g, "")));
      const header = rows[0] ?? [];
      const file = practice.id<string>("file");
      files.set(file, { rows: rows.slice(1), header });
      return {
        file,
        encoding: text.charCodeAt(0) === 0xfeff ? "UTF-8 with BOM" : "Windows-1252",
        separator,
        rows: rows.length - 1,
        columns: header.map((title, column) => ({
          header: title,
          field: GUESSES.find(([pattern]) => pattern.test(title))?.[1] ?? "ignore",
          samples: rows.slice(1, 5).map((row) => row[column] ?? "").filter(Boolean),
        })),
        fields: TAKEOVER_FIELDS,
      };
    },

    async import_patients({ file, mapping, dry_run }) {
      const known = files.get(file) ?? refuse("not_found");
      if (!mapping.some((field) => ["surname", "first_name", "full_name", "full_name_arabic"].includes(field))) {
        refuse("import_no_name_column", "mapping");
      }
      await work(known.rows.length);
      if (!dry_run) practice.announce("patients");
      return figures(known.rows.length, dry_run);
    },

    async import_agenda({ base64, dry_run }) {
      const events = textOf(base64).match(/BEGIN:VEVENT/g)?.length ?? 0;
      if (events === 0) refuse("import_not_calendar");
      await work(events);
      if (!dry_run) practice.announce("agenda");
      return figures(events, dry_run);
    },

    show_progress: () => progress,

    cancel_import() {
      cancelled = true;
      return { sequence: null };
    },
  };
}
