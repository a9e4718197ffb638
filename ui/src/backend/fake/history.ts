// The fake host's journal.
import type { EntryView } from "../types";
import type { Handlers } from "./handlers";
import type { FakePractice } from "./practice";

const SAMPLE: [string, string[]][] = [
  ["book_appointment", ["starts", "minutes", "patient_id", "type_id"]],
  ["set_status", ["status", "arrived"]],
  ["update_patient", ["mobile"]],
  ["move_appointment", ["starts"]],
  ["create_patient", ["surname", "first_name", "born", "mobile"]],
  ["cancel_appointment", ["status", "cancelled_by"]],
  ["set_hours", ["lines"]],
];

export function historyHandlers(practice: FakePractice): Handlers {
  const TOTAL = 341;
  const hash = (n: number) => Array.from({ length: 8 }, (_, i) => ((n * 2654435761 + i * 40503) >>> 0).toString(16).padStart(8, "0")).join("");

  function entry(sequence: number): EntryView {
    const [command, fields] = SAMPLE[sequence % SAMPLE.length] ?? ["undo", []];
    const minute = sequence % 60;
    return {
      sequence,
      at: `2026-11-${String(24 - Math.min(20, Math.floor((TOTAL - sequence) / 22))).padStart(2, "0")}T${String(8 + (sequence % 9)).padStart(2, "0")}:${String(minute).padStart(2, "0")}:31Z`,
      user: practice.users[sequence % Math.max(1, practice.users.length)]?.name ?? "",
      workstation: sequence % 3 === 0 ? "bureau-1" : "accueil",
      command,
      subject: `018f3c2a-7d${String(sequence % 90).padStart(2, "0")}-7c1e-9a41-5b6c7d8e9f0a`,
      fields: sequence === 300 ? [] : fields,
      hash: hash(sequence),
    };
  }

  return {
    list_journal({ subject, before, limit }) {
      const entries: EntryView[] = [];
      for (let n = (before ?? TOTAL + 1) - 1; n >= 1 && entries.length < limit; n--) {
        const one = entry(n);
        if (!subject || one.subject === subject) entries.push(one);
      }
      return { entries };
    },

    async verify_journal() {
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { entries: TOTAL, ok: true, first_bad: null, fault: null };
    },
  };
}
