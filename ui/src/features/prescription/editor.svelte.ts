// A prescription, certificate or letter while it is written: what is typed, the lines, what is to be said of them. Nothing of it is
// kept before it is signed.
import { call, isRefusal } from "$backend/door";
import type {
  ActFields,
  CheckedPrescriptionView,
  DraftedLineView,
  EntryId,
  FilledLetterView,
  LetterDraft,
  LineFields,
  MeantDrugView,
  PacksView,
  PatientId,
  PrescribingView,
  PrescriptionDraft,
  PrescriptionFindingView,
  PrescriptionSetView,
} from "$backend/types";
import { refusalText } from "$messages/index";

export type Paper = PrescriptionDraft["kind"] | LetterDraft["kind"];
export const PAPERS: Paper[] = ["drugs", "physiotherapy", "nursing", "laboratory", "imaging", "certificate", "letter"];
const GROUNDS: LineFields["non_substitutable"][] = ["", "MTE", "EFG", "CIF"];
const TABLES: LineFields["table"][] = ["", "A", "B", "C"];
const RENEWALS: (number | null)[] = [null, 1, 2, 3, 5, 11, 0];

export interface Row {
  key: number;
  fields: LineFields;
  /** The brand, while the line is in INN. */
  brand: string;
  packs: PacksView | null;
}

export const emptyAct = (): ActFields => ({ text: "", sessions: null, at_home: false, ald: false });

export class Editor {
  about = $state.raw<PrescribingView | null>(null);
  paper = $state<Paper>("drugs");
  language = $state<"fr" | "ar">("fr");
  rows = $state.raw<Row[]>([]);
  acts = $state<ActFields[]>([emptyAct()]);
  /** The row that keys act upon. */
  at = $state(-1);
  text = $state("");
  chosen = $state.raw<MeantDrugView | null>(null);
  drafted = $state.raw<DraftedLineView | null>(null);
  /** The proposal that Enter takes; -1: what is typed. */
  mark = $state(0);
  checked = $state.raw<CheckedPrescriptionView | null>(null);
  letter = $state({ template: "", recipient: "", title: "", text: "", values: {} as Record<string, string> });
  filled = $state.raw<FilledLetterView | null>(null);
  error = $state.raw<string | null>(null);
  busy = $state(false);
  #patient: PatientId;
  #asked = 0;
  #checks = 0;
  #key = 1;

  constructor(patient: string) {
    this.#patient = patient as PatientId;
  }

  get isLetter(): boolean {
    return this.paper === "certificate" || this.paper === "letter";
  }

  get draft(): PrescriptionDraft {
    const kind = this.isLetter ? "drugs" : (this.paper as PrescriptionDraft["kind"]);
    return {
      patient_id: this.#patient,
      kind,
      language: this.language,
      sheet: "",
      secure_form: this.checked?.secure_form ?? false,
      lines: kind === "drugs" ? this.rows.map((row) => row.fields) : [],
      acts: kind === "drugs" ? [] : $state.snapshot(this.acts).filter((act) => act.text.trim() !== ""),
    };
  }

  get letterDraft(): LetterDraft {
    const { recipient, title, text, values } = $state.snapshot(this.letter);
    return { patient_id: this.#patient, kind: this.paper === "letter" ? "letter" : "certificate", language: this.language, sheet: "", recipient, title, text, values };
  }

  /** What is proposed for what is typed: drugs until one is chosen, then posologies. */
  get proposals(): string[] {
    if (!this.drafted) return [];
    if (!this.chosen && this.drafted.line === null && this.drafted.misread === null) return this.drafted.drugs.map((drug) => drug.name);
    return this.drafted.completions;
  }

  get choosing(): boolean {
    return !this.chosen && this.drafted !== null && this.drafted.line === null && this.drafted.misread === null;
  }

  #refuse(reason: unknown): void {
    if (!isRefusal(reason)) throw reason;
    this.error = refusalText(reason);
  }

  async load(): Promise<void> {
    try {
      this.about = await call("start_prescription", { patient_id: this.#patient });
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  /** After each key: the host reads what stands there. */
  async type(): Promise<void> {
    const asked = ++this.#asked;
    this.error = null;
    if (this.text.trim() === "" && !this.chosen) {
      this.drafted = null;
      return;
    }
    try {
      const drafted = await call("draft_line", { text: this.text, cis: this.chosen?.cis ?? "", inn: false, language: this.language });
      if (asked !== this.#asked) return;
      this.drafted = drafted;
      // A drug is taken by Enter at once; a posology that is whole is what Enter adds.
      this.mark = this.choosing ? 0 : -1;
    } catch (reason) {
      if (asked === this.#asked) this.#refuse(reason);
    }
  }

  move(by: number): void {
    const count = this.proposals.length;
    if (count === 0) return;
    const first = this.choosing ? 0 : -1;
    const span = count - first;
    this.mark = first + ((((this.mark - first + by) % span) + span) % span);
  }

  async take(at: number): Promise<void> {
    if (this.choosing) {
      this.chosen = this.drafted?.drugs[at] ?? null;
      this.text = "";
    } else {
      this.text = this.proposals[at] ?? this.text;
    }
    await this.type();
  }

  async unchoose(): Promise<void> {
    this.text = "";
    this.chosen = null;
    await this.type();
  }

  /** Enter: takes the proposal, or adds the line. */
  async enter(): Promise<void> {
    if (this.proposals.length > 0 && this.mark >= 0) return this.take(this.mark);
    const { line, reading } = this.drafted ?? {};
    if (!line || !reading) return;
    this.#append(line, reading.packs);
    this.text = "";
    this.chosen = null;
    this.drafted = null;
    await this.check();
  }

  #append(fields: LineFields, packs: PacksView | null): void {
    this.rows = [...this.rows, { key: this.#key++, fields, brand: fields.brand, packs }];
    this.at = this.rows.length - 1;
  }

  async check(): Promise<void> {
    const asked = ++this.#checks;
    if (this.isLetter) return;
    if (this.draft.lines.length + this.draft.acts.length === 0) {
      this.checked = null;
      return;
    }
    try {
      let checked = await call("check_prescription", this.draft);
      // The secure form follows from the drugs: what only says that it is needed is settled by taking it.
      if (asked === this.#checks && checked.secure_form !== this.draft.secure_form) {
        this.checked = checked;
        checked = await call("check_prescription", this.draft);
      }
      if (asked === this.#checks) this.checked = checked;
    } catch (reason) {
      if (asked === this.#checks) this.#refuse(reason);
    }
  }

  findings(line: number | null): PrescriptionFindingView[] {
    return (this.checked?.findings ?? []).filter((one) => one.line === line);
  }

  async change(at: number, patch: Partial<LineFields>): Promise<void> {
    this.rows = this.rows.map((row, place) => (place === at ? { ...row, fields: { ...row.fields, ...patch } } : row));
    await this.check();
  }

  async remove(at: number): Promise<Row[]> {
    const before = this.rows;
    this.rows = this.rows.filter((_, place) => place !== at);
    this.at = Math.min(this.at, this.rows.length - 1);
    await this.check();
    return before;
  }

  async restore(rows: Row[]): Promise<void> {
    this.rows = rows;
    await this.check();
  }

  /** Takes a line back into the box. */
  async edit(at: number): Promise<void> {
    const row = this.rows[at];
    if (!row) return;
    const { fields } = row;
    await this.remove(at);
    this.chosen = fields.cis ? { cis: fields.cis, name: `${fields.brand || fields.substance} ${fields.strength}, ${fields.form}`, substances: [fields.substance], form: fields.form, marketed: true } : null;
    this.text = fields.cis ? fields.posology.replace(/\.$/, "") : `${fields.substance} ${fields.strength} ${fields.form}: ${fields.posology.replace(/\.$/, "")}`;
    await this.type();
  }

  async toggleAld(): Promise<void> {
    const row = this.rows[this.at];
    if (row) await this.change(this.at, { ald: !row.fields.ald });
  }

  async nextGround(): Promise<void> {
    const row = this.rows[this.at];
    if (!row) return;
    const next = GROUNDS[(GROUNDS.indexOf(row.fields.non_substitutable) + 1) % GROUNDS.length] ?? "";
    await this.change(this.at, { non_substitutable: next });
  }

  async nextRenewals(): Promise<void> {
    const row = this.rows[this.at];
    if (!row) return;
    const next = RENEWALS[(RENEWALS.indexOf(row.fields.renewals) + 1) % RENEWALS.length] ?? null;
    await this.change(this.at, { renewals: next });
  }

  /** In INN, or with its brand. */
  async toggleBrand(): Promise<void> {
    const row = this.rows[this.at];
    if (row?.brand && row.fields.substance) await this.change(this.at, { brand: row.fields.brand ? "" : row.brand });
  }

  /** Dispensed all at once, or by fractions. */
  async toggleSingle(): Promise<void> {
    const row = this.rows[this.at];
    if (row) await this.change(this.at, { single_delivery: !row.fields.single_delivery });
  }

  /** Morocco's tables, one after the other. */
  async nextTable(): Promise<void> {
    const row = this.rows[this.at];
    if (!row) return;
    const next = TABLES[(TABLES.indexOf(row.fields.table) + 1) % TABLES.length] ?? "";
    await this.change(this.at, { table: next });
  }

  /** The paper's language: letters are written in it, so lines that have them are read again. */
  async speak(language: "fr" | "ar"): Promise<void> {
    this.language = language;
    const rows: Row[] = [];
    for (const row of this.rows) {
      const { fields } = row;
      if (!fields.letters) {
        rows.push(row);
        continue;
      }
      try {
        const read = await call("draft_line", { text: fields.posology, cis: fields.cis, inn: fields.brand === "", language });
        rows.push(read.line ? { ...row, fields: { ...fields, posology: read.line.posology, letters: read.line.letters } } : row);
      } catch (reason) {
        this.#refuse(reason);
        rows.push(row);
      }
    }
    this.rows = rows;
    await this.check();
    await this.fill();
  }

  async show(paper: Paper): Promise<void> {
    this.paper = paper;
    this.error = null;
    this.checked = null;
    await this.check();
    await this.fill();
  }

  /** Lines and acts of a favourite or protocol. */
  async insert(set: PrescriptionSetView): Promise<void> {
    for (const line of set.lines) this.#append(line, null);
    if (set.acts.length > 0) {
      this.acts = [...this.acts.filter((act) => act.text.trim() !== ""), ...set.acts];
      if (this.paper === "drugs") this.paper = "physiotherapy";
    }
    // Letters were kept in the language of then.
    if (set.lines.some((line) => line.letters !== null)) await this.speak(this.language);
    else await this.check();
  }

  async renew(id: EntryId | null = null): Promise<void> {
    this.error = null;
    try {
      const renewed = await call("renew_prescription", { patient_id: this.#patient, id });
      this.paper = renewed.draft.kind;
      this.language = renewed.draft.language;
      this.rows = [];
      for (const line of renewed.draft.lines) this.#append(line, null);
      this.acts = renewed.draft.acts.length > 0 ? renewed.draft.acts : [emptyAct()];
      this.checked = renewed.checked;
      await this.check();
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  async useTemplate(id: string): Promise<void> {
    const template = this.about?.templates.find((one) => one.id === id);
    if (!template) return;
    this.paper = template.kind;
    if (template.language !== "en") this.language = template.language;
    this.letter = { template: id, recipient: this.letter.recipient, title: template.title, text: template.text, values: {} };
    await this.fill();
  }

  async fill(): Promise<void> {
    if (!this.isLetter || this.letter.text.trim() === "") {
      this.filled = null;
      return;
    }
    try {
      this.filled = await call("fill_letter", this.letterDraft);
    } catch (reason) {
      this.#refuse(reason);
    }
  }

  /** Signs; gives the paper's id, or null where it was refused. */
  async sign(): Promise<{ id: EntryId; number: string } | null> {
    if (this.busy) return null;
    this.busy = true;
    this.error = null;
    try {
      if (!this.isLetter) await this.check();
      const { paper } = this.isLetter ? await call("sign_letter", this.letterDraft) : await call("sign_prescription", this.draft);
      this.rows = [];
      this.acts = [emptyAct()];
      this.at = -1;
      this.checked = null;
      this.letter = { template: "", recipient: "", title: "", text: "", values: {} };
      this.filled = null;
      await this.load();
      return { id: paper.id, number: paper.number };
    } catch (reason) {
      this.#refuse(reason);
      return null;
    } finally {
      this.busy = false;
    }
  }
}
