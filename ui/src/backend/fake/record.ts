// The fake host's medical record: entries in memory, their versions, what stands, curves, templates and abbreviations. Only those
// rules of the host that a screen reacts to.
import type {
  AbbreviationId,
  AbbreviationView,
  Body,
  CurveView,
  EntryId,
  PatientId,
  RecordEntryView,
  RecordSummaryView,
  RecordView,
  SectionsView,
  TemplateId,
  TemplateView,
} from "../types";
import { type Handlers, refuse } from "./handlers";
import { folded } from "./patients";
import type { FakePractice } from "./practice";
import { type FakeEntry, type FakeRecord, UNITS } from "./record_state";
import { sampleRecord } from "./record_sample";
import { limitedSince } from "./rights";

function tidied(body: Body): Body {
  if (body.kind !== "measure") return body;
  const [first, second] = body.what === "blood_pressure" ? body.value.split("/") : [body.value, body.second];
  const value = (text: string | undefined): string => (text ?? "").trim().replace(",", ".");
  return { ...body, value: value(first), second: value(second), unit: body.unit || (UNITS[body.what]?.[0] ?? "") };
}

function check(body: Body): void {
  const needed: Partial<Record<Body["kind"], string>> = { antecedent: "label", allergy: "agent", condition: "label", treatment: "label", vaccination: "vaccine", measure: "what", alert: "text", family: "label" };
  const field = needed[body.kind];
  const fields = body as unknown as Record<string, string>;
  if (field && !fields[field]?.trim()) refuse("empty", field);
  if (body.kind === "consultation" && ![body.reason, body.history, body.examination, body.conclusion, body.plan].some((one) => one.trim())) refuse("empty", "reason");
  if (body.kind !== "measure") return;
  if (!/^-?\d+(\.\d+)?$/.test(body.value)) refuse("bad_number", "value");
  if (body.what === "blood_pressure" && !/^\d+$/.test(body.second)) refuse("bad_number", "second");
  const [unit, , bounds] = UNITS[body.what] ?? [];
  if (!bounds || !unit) return;
  const value = Number(body.value);
  const [least, low, high, most] = bounds;
  if (value < least || value > most) refuse("out_of_range", "value", { least: String(least), most: String(most), unit });
  if ((value < low || value > high) && !body.confirmed) refuse("unlikely_value", "value", { least: String(low), most: String(high), unit });
}

const GRAVITY: Record<string, number> = { severe: 0, moderate: 1, unknown: 2, mild: 3 };

function summaryOf(entries: RecordEntryView[], today: string): RecordSummaryView {
  const standing = entries.filter((one) => one.struck === null);
  const lasts = (since: string, until: string): boolean => (!since || since <= today) && (!until || until >= today);
  const ids = (test: (body: Body) => boolean): EntryId[] => standing.filter((one) => test(one.body)).map((one) => one.id);
  const measures: RecordSummaryView["measures"] = [];
  for (const { id, on, body } of standing) {
    if (body.kind !== "measure" || measures.some((known) => known.what === body.what)) continue;
    measures.push({ id, what: body.what, value: body.second ? `${body.value}/${body.second}` : body.value, unit: body.unit, on });
  }
  const [weight, height] = ["weight", "height"].map((what) => measures.find((one) => one.what === what));
  const bmi = weight && height ? { value: Math.round((Number(weight.value) / (Number(height.value) / 100) ** 2) * 10) / 10, weight_on: weight.on, height_on: height.on } : null;
  const gravity = (id: EntryId): number => {
    const body = standing.find((one) => one.id === id)?.body;
    return body?.kind === "allergy" ? (GRAVITY[body.severity] ?? 2) : 2;
  };
  return {
    alerts: ids((body) => body.kind === "alert"),
    allergies: ids((body) => body.kind === "allergy").sort((a, b) => gravity(a) - gravity(b)),
    ald: ids((body) => body.kind === "condition" && body.ald && lasts(body.since, body.until)),
    conditions: ids((body) => body.kind === "condition" && !body.ald && lasts(body.since, body.until)),
    treatments: ids((body) => body.kind === "treatment" && lasts(body.since, body.until)),
    antecedents: ids((body) => body.kind === "antecedent" || (body.kind === "condition" && !lasts(body.since, body.until))),
    vaccinations: ids((body) => body.kind === "vaccination"),
    family: ids((body) => body.kind === "family"),
    measures,
    bmi,
  };
}

function curvesOf(entries: RecordEntryView[]): CurveView[] {
  const curves = new Map<string, CurveView>();
  const add = (what: string, unit: string, id: EntryId, on: string, value: number): void => {
    const curve = curves.get(what) ?? { what, unit, decimals: UNITS[what]?.[1] ?? 3, points: [] };
    curve.points.push({ id, on, value });
    curves.set(what, curve);
  };
  for (const { id, on, body, struck } of [...entries].reverse()) {
    if (body.kind !== "measure" || struck !== null) continue;
    if (body.what === "blood_pressure") {
      add("systolic", "mmHg", id, on, Number(body.value));
      if (body.second) add("diastolic", "mmHg", id, on, Number(body.second));
    } else add(body.what, body.unit, id, on, Number(body.value));
  }
  for (const one of curves.values()) one.points.sort((a, b) => a.on.localeCompare(b.on));
  const order = Object.keys(UNITS);
  const rank = (what: string): number => (order.includes(what) ? order.indexOf(what) : order.length);
  return [...curves.values()].sort((a, b) => rank(a.what) - rank(b.what));
}

function filled(practice: FakePractice, patient: PatientId, text: SectionsView): SectionsView {
  const one = practice.patients.find((other) => other.id === patient) ?? refuse("patient_not_found", "patient_id");
  const values: Record<string, string> = { patient: `${one.first_name} ${one.surname}`, age: `${Number(practice.today.slice(0, 4)) - Number(one.born.slice(0, 4))} ans`, date: practice.today.split("-").reverse().join("/") };
  const fill = (words: string): string => words.replace(/\{([^{}\n]+)\}/g, (hole, name: string) => values[folded(name)] ?? hole);
  return { reason: fill(text.reason), history: fill(text.history), examination: fill(text.examination), conclusion: fill(text.conclusion), plan: fill(text.plan) };
}

const EMPTY: SectionsView = { reason: "", history: "", examination: "", conclusion: "", plan: "" };

export function recordHandlers(practice: FakePractice): Handlers {
  const record: FakeRecord = practice.chart;
  if (record.entries.length === 0 && practice.patients.length > 0 && !record.drafts.has("sampled")) {
    record.drafts.set("sampled", "");
    sampleRecord(practice);
  }
  const may = (): void => {
    if (practice.user?.role !== "practitioner") refuse("permission_denied");
    if (practice.user.state === "clinical_pending") refuse("clinical_pending");
  };
  const draftKey = (patient: PatientId): string => `${practice.user?.id} ${patient}`;
  const find = (id: EntryId): FakeEntry => record.entries.find((one) => one.versions[0]?.id === id) ?? refuse("entry_not_found");
  const newest = (entry: FakeEntry): RecordEntryView => entry.versions[0] ?? refuse("entry_not_found");
  const date = (on: string, before = practice.today): string => {
    if (on > practice.today) refuse("date_in_future", "on");
    return on || before;
  };
  const signed = (): Pick<RecordEntryView, "written_at" | "written_by"> => ({ written_at: practice.now, written_by: practice.user?.name ?? "" });
  const viewOf = (patient: PatientId): RecordView => {
    const entries = record.entries
      .filter((one) => one.patient === patient)
      .map(newest)
      .sort((a, b) => b.on.localeCompare(a.on) || b.written_at.localeCompare(a.written_at) || b.id.localeCompare(a.id));
    const summary = summaryOf(entries, practice.today);
    return { patient_id: patient, entries, alerts: [...summary.alerts, ...summary.allergies], damaged: [], summary, curves: curvesOf(entries), draft: record.drafts.get(draftKey(patient)) ?? null, limited_since: limitedSince(practice, patient) };
  };
  const replace = (id: EntryId, version: number, change: (before: RecordEntryView) => Partial<RecordEntryView>): RecordEntryView => {
    const entry = find(id);
    const before = newest(entry);
    if (before.version !== version) refuse("changed_meanwhile");
    if (before.struck !== null) refuse("entry_struck");
    const next = { ...before, ...signed(), ...change(before), version: version + 1 };
    entry.versions = [next, ...entry.versions];
    practice.announce("record", `entry:${id}`);
    return next;
  };
  const texts = (): void => practice.announce("record", "texts");
  const keep = <One extends { id: string }>(list: One[], one: One): One[] => [...list.filter((other) => other.id !== one.id), one];
  return {
    print_summary() {
      may();
      return { name: "synthese.pdf", media: "application/pdf", base64: btoa("%PDF-1.7\n") };
    },

    open_record({ patient_id }) {
      may();
      const since = limitedSince(practice, patient_id);
      if (since) refuse("record_limited", null, { since });
      record.open = patient_id;
      record.openings += 1;
      practice.announce("record", patient_id);
      return viewOf(patient_id);
    },
    open_limited_record({ patient_id }) {
      may();
      if (!limitedSince(practice, patient_id)) refuse("not_limited");
      record.open = patient_id;
      record.openings += 1;
      return viewOf(patient_id);
    },
    refresh_record({ patient_id }) {
      may();
      if (record.open !== patient_id) refuse("record_not_open");
      return viewOf(patient_id);
    },
    close_record() {
      record.open = null;
      return { sequence: null };
    },
    search_record({ patient_id, text, kinds, from, until }) {
      may();
      if (record.open !== patient_id) refuse("record_not_open");
      const words = folded(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);
      const fits = (one: RecordEntryView): boolean => {
        const all = folded(Object.entries(one.body).filter(([name]) => name !== "kind").map(([, value]) => String(value)).join(" "));
        const parts = all.split(/[^\p{L}\p{N}]+/u);
        return (kinds.length === 0 || kinds.includes(one.body.kind)) && (!from || one.on >= from) && (!until || one.on <= until) && words.every((word) => parts.some((part) => part.startsWith(word)));
      };
      return { ids: viewOf(patient_id).entries.filter(fits).map((one) => one.id) };
    },
    write_entry({ patient_id, on, body: given }) {
      may();
      const body = tidied(given);
      check(body);
      const entry: RecordEntryView = { id: practice.id<EntryId>("entry"), version: 1, on: date(on), body, struck: null, ...signed() };
      record.entries.push({ patient: patient_id, versions: [entry] });
      practice.announce("record", `entry:${entry.id}`);
      return entry;
    },
    correct_entry({ id, version, on, body: given }) {
      may();
      const body = tidied(given);
      check(body);
      return replace(id, version, (before) => ({ on: date(on, before.on), body }));
    },
    strike_entry({ id, version, reason }) {
      may();
      if (!reason.trim()) refuse("empty", "reason");
      return replace(id, version, () => ({ struck: reason.trim() }));
    },
    show_entry_versions: ({ id }) => ({ versions: find(id).versions, damaged: [] }),
    save_clinical_draft({ patient_id, body }) {
      may();
      if (body) record.drafts.set(draftKey(patient_id), body);
      else record.drafts.delete(draftKey(patient_id));
      return { sequence: null };
    },
    list_record_texts() {
      may();
      return { templates: [...record.templates].sort((a, b) => a.name.localeCompare(b.name)), abbreviations: [...record.abbreviations].sort((a, b) => a.key.localeCompare(b.key)) };
    },
    save_template({ id, own, name, text }) {
      may();
      if (!name.trim()) refuse("name_missing", "name");
      const sections = (Object.keys(EMPTY) as (keyof SectionsView)[]).filter((one) => text[one].trim());
      if (sections.length === 0) refuse("empty", "text");
      const before = record.templates;
      const saved: TemplateView = { id: id ?? practice.id<TemplateId>("template"), own, name: name.trim(), section: sections.length === 1 ? (sections[0] ?? "whole") : "whole", text };
      record.templates = keep(before, saved);
      texts();
      return { id: saved.id, sequence: practice.record("save_template", saved.id, () => (record.templates = before)) };
    },
    remove_template({ id }) {
      may();
      const before = record.templates;
      record.templates = before.filter((one) => one.id !== id);
      texts();
      return { sequence: practice.record("remove_template", id, () => ((record.templates = before), texts())) };
    },
    fill_template({ id, patient_id }) {
      may();
      return filled(practice, patient_id, record.templates.find((one) => one.id === id)?.text ?? refuse("not_found", "id"));
    },
    save_abbreviation({ id, own, short, text }) {
      may();
      const key = folded(short.trim()).replace(/ /g, "");
      if (!key || /\s/.test(short.trim())) refuse("bad_abbreviation", "short");
      if (!text.trim()) refuse("empty", "text");
      if (record.abbreviations.some((one) => one.key === key && one.own === own && one.id !== id)) refuse("already_there", "short");
      const before = record.abbreviations;
      const saved: AbbreviationView = { id: id ?? practice.id<AbbreviationId>("abbreviation"), own, short: short.trim(), key, text: text.trim() };
      record.abbreviations = keep(before, saved);
      texts();
      return { id: saved.id, sequence: practice.record("save_abbreviation", saved.id, () => (record.abbreviations = before)) };
    },
    remove_abbreviation({ id }) {
      may();
      const before = record.abbreviations;
      record.abbreviations = before.filter((one) => one.id !== id);
      texts();
      return { sequence: practice.record("remove_abbreviation", id, () => ((record.abbreviations = before), texts())) };
    },
  };
}
