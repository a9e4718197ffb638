// What the fake host keeps of the medical record, and the measures that it knows: unit, decimals, bounds.
import type { AbbreviationView, Measure, PatientId, RecordEntryView, TemplateView } from "../types";

export interface FakeEntry {
  patient: PatientId;
  /** The newest first. */
  versions: RecordEntryView[];
}

export interface FakeRecord {
  entries: FakeEntry[];
  templates: TemplateView[];
  abbreviations: AbbreviationView[];
  drafts: Map<string, string>;
  open: PatientId | null;
  openings: number;
}

export const UNITS: Record<string, [unit: string, decimals: number, bounds: [number, number, number, number]]> = {
  weight: ["kg", 1, [0.3, 2, 250, 700]],
  height: ["cm", 1, [20, 40, 215, 280]],
  bmi: ["kg/m²", 1, [5, 12, 60, 250]],
  blood_pressure: ["mmHg", 0, [30, 70, 220, 320]],
  systolic: ["mmHg", 0, [30, 70, 220, 320]],
  diastolic: ["mmHg", 0, [10, 35, 130, 220]],
  heart_rate: ["/min", 0, [10, 35, 200, 350]],
  temperature: ["°C", 1, [20, 34, 41.5, 46]],
  hba1c: ["%", 1, [2, 4, 15, 25]],
};

/** A measure as the page asks for it. */
export function measureBody(what: string, value: string, second = ""): { kind: "measure" } & Measure {
  return { kind: "measure", what, value, second, unit: UNITS[what]?.[0] ?? "", confirmed: false };
}

export function emptyRecord(): FakeRecord {
  return { entries: [], templates: [], abbreviations: [], drafts: new Map(), open: null, openings: 0 };
}
