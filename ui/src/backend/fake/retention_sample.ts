// What the fake host's archive says of somebody: one consultation, one allergy.
import type { EntryId, PatientView, RecordEntryView, RecordView } from "../types";
import { type FakePatient, patientFields, phoneShown } from "./practice";

export function sampleArchived(one: FakePatient): { patient: PatientView; record: RecordView } {
  const entry = (id: string, on: string, body: RecordEntryView["body"]): RecordEntryView => ({
    id: id as EntryId,
    version: 1,
    on,
    body,
    struck: null,
    written_at: `${on}T10:00`,
    written_by: "Dr Lefèvre",
  });
  const entries = [
    entry("archived-1", "2019-03-12", { kind: "consultation", reason: "Toux sèche", history: "Depuis dix jours", examination: "", conclusion: "Bronchite", plan: "" }),
    entry("archived-2", "2018-01-08", { kind: "alert", text: "Porteuse d’un stimulateur" }),
  ];
  return {
    patient: {
      id: one.id,
      number: 1,
      ...patientFields(one),
      phone_shown: phoneShown(one.mobile),
      age: null,
      merged_into: null,
      warnings: [],
      revision: 1,
      no_shows: 0,
      late_cancellations: 0,
      attendance_sentence: "",
      appointments: [],
      restrictions: [],
    },
    record: {
      patient_id: one.id,
      entries,
      alerts: [],
      damaged: [],
      summary: { allergies: [], conditions: [], treatments: [], antecedents: [], family: [], vaccinations: [], measures: [], alerts: [], bmi: null } as unknown as RecordView["summary"],
      curves: [],
      draft: null,
      limited_since: null,
    },
  };
}
