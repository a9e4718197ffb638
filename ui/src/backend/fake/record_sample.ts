// A made-up record for the first patient of the fake practice: some years of a blood pressure that was hard to settle.
import type { AbbreviationId, Body, EntryId, TemplateId } from "../types";
import type { FakePractice } from "./practice";
import { measureBody } from "./record_state";

const consultation = (some: Partial<Extract<Body, { kind: "consultation" }>>): Body => ({ kind: "consultation", reason: "", history: "", examination: "", conclusion: "", plan: "", ...some });

const ENTRIES: [on: string, body: Body][] = [
  ["2019-03-12", { kind: "antecedent", label: "Appendicectomie", note: "1994" }],
  ["2019-03-12", { kind: "allergy", agent: "Amoxicilline", agent_kind: "substance", reaction: "Urticaire, œdème du visage", severity: "severe" }],
  ["2019-03-12", { kind: "allergy", agent: "Pollens de graminées", agent_kind: "other", reaction: "Rhinite", severity: "mild" }],
  ["2019-03-12", { kind: "family", relative: "Père", label: "Infarctus du myocarde à 58 ans" }],
  ["2019-03-12", measureBody("height", "168")],
  ["2019-03-12", measureBody("weight", "66")],
  ["2019-03-12", measureBody("blood_pressure", "148", "92")],
  ["2020-06-02", measureBody("weight", "68.5")],
  ["2020-06-02", measureBody("blood_pressure", "156", "95")],
  ["2020-06-09", { kind: "condition", label: "Hypertension artérielle", ald: false, since: "2020-06-09", until: "" }],
  ["2021-10-14", { kind: "vaccination", vaccine: "Grippe saisonnière", batch: "T1B23", dose: "Annuelle", site: "Bras gauche" }],
  ["2022-02-01", measureBody("weight", "71")],
  ["2022-02-01", measureBody("hba1c", "6.6")],
  ["2022-02-01", measureBody("blood_pressure", "142", "88")],
  ["2022-02-08", { kind: "condition", label: "Diabète de type 2", ald: true, since: "2022-02-08", until: "" }],
  ["2023-05-30", measureBody("hba1c", "7.4")],
  ["2023-05-30", measureBody("weight", "73.2")],
  ["2024-04-11", { kind: "treatment", label: "METFORMINE 1000 mg, comprimé", cis: "", posology: "1 matin et 1 soir", since: "2024-04-11", until: "" }],
  ["2024-04-11", { kind: "treatment", label: "AMLODIPINE 5 mg, gélule", cis: "", posology: "1 le matin", since: "2020-06-09", until: "" }],
  ["2025-01-20", measureBody("hba1c", "6.9")],
  ["2025-01-20", measureBody("weight", "70.4")],
  ["2025-01-20", measureBody("blood_pressure", "134", "82")],
  ["2025-09-02", { kind: "treatment", label: "AZITHROMYCINE 250 mg, comprimé", cis: "", posology: "2 le premier jour, puis 1 par jour pendant 4 jours", since: "2025-09-02", until: "2025-09-07" }],
  ["2025-09-02", consultation({ reason: "Toux et fièvre depuis trois jours", history: "Toux grasse, 38,5 °C hier soir. Pas de dyspnée.", examination: "Quelques crépitants à la base droite. SpO₂ 97 %.", conclusion: "Bronchite, suspicion de pneumopathie débutante.", plan: "Azithromycine (allergie à l’amoxicilline). Revoir si fièvre à 48 h." })],
  ["2026-05-18", measureBody("hba1c", "6.8")],
  ["2026-05-18", measureBody("weight", "69.8")],
  ["2026-05-18", measureBody("blood_pressure", "136", "84")],
  ["2026-05-18", consultation({ reason: "Suivi du diabète et de la tension", history: "Bonne observance. Marche trois fois par semaine.", examination: "TA 136/84. Pieds sans lésion, pouls perçus, monofilament normal.", conclusion: "Diabète de type 2 équilibré. Tension à la limite.", plan: "Poursuite du traitement. Automesure tensionnelle une semaine avant le prochain rendez-vous. HbA1c dans trois mois." })],
  ["2026-05-18", { kind: "alert", text: "Anticoagulant arrêté par le cardiologue : ne pas réintroduire sans avis" }],
];

/** Puts the record, the practice's templates and abbreviations into the practice. */
export function sampleRecord(practice: FakePractice): void {
  const patient = practice.patients[0];
  const doctor = practice.users.find((one) => one.role === "practitioner");
  if (!patient) return;
  for (const [on, body] of ENTRIES) {
    const entry = { id: practice.id<EntryId>("entry"), version: 1, on, body, struck: null, written_at: `${on}T10:20`, written_by: doctor?.name ?? "" };
    practice.chart.entries.push({ patient: patient.id, versions: [entry] });
  }
  const corrected = practice.chart.entries.find((one) => one.versions[0]?.body.kind === "antecedent");
  const first = corrected?.versions[0];
  if (corrected && first?.body.kind === "antecedent") {
    corrected.versions = [{ ...first, version: 2, written_at: "2019-04-02T09:05", body: { ...first.body, note: "1994, Rabat" } }, first];
  }
  const none = { reason: "", history: "", examination: "", conclusion: "", plan: "" };
  practice.chart.templates = [
    { id: practice.id<TemplateId>("template"), own: false, name: "Examen général", section: "examination", text: { ...none, examination: "Bon état général. Cœur : régulier, sans souffle.\nPoumons : murmure vésiculaire symétrique." } },
    { id: practice.id<TemplateId>("template"), own: true, name: "Suivi HTA", section: "whole", text: { ...none, reason: "Suivi tensionnel", history: "{âge}. Tolérance du traitement : ", plan: "Contrôle dans 3 mois." } },
  ];
  practice.chart.abbreviations = [
    { id: practice.id<AbbreviationId>("abbreviation"), own: false, short: "hta", key: "hta", text: "hypertension artérielle" },
    { id: practice.id<AbbreviationId>("abbreviation"), own: false, short: "dt2", key: "dt2", text: "diabète de type 2" },
  ];
}
