//! Requests and views of the medical record, and what an entry holds. The bodies are what is sealed: a field that is added
//! needs a default, so that older entries open forever.

use domain::id::{EntryId, PatientId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::summary_wire::{CurveView, RecordSummaryView};

use crate::commands::documents::wire::Document;
use crate::commands::results::wire::Report;

/// What an entry holds, by its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Body {
    /// A consultation.
    Consultation(Consultation),
    /// What the patient has had.
    Antecedent(Antecedent),
    /// What they do not bear.
    Allergy(Allergy),
    /// A condition, long-term or not.
    Condition(Condition),
    /// What they take.
    Treatment(Treatment),
    /// A vaccination.
    Vaccination(Vaccination),
    /// A measured value.
    Measure(Measure),
    /// What must be seen at once.
    Alert(Alert),
    /// What a relative has or had.
    Family(Family),
    /// A signed prescription: written by its signature alone, and struck, never corrected.
    Prescription(Box<SignedPrescription>),
    /// A signed certificate or letter, likewise.
    Letter(Box<SignedLetter>),
    /// A laboratory's report.
    Report(Report),
    /// A scanned document or a photograph.
    Document(Document),
}

/// A consultation, in free text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Consultation {
    /// Why they came.
    pub reason: String,
    /// History of it.
    pub history: String,
    /// Examination.
    pub examination: String,
    /// Conclusion.
    pub conclusion: String,
    /// What is to be done.
    pub plan: String,
}

/// An antecedent.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Antecedent {
    /// What.
    pub label: String,
    /// Remarks.
    pub note: String,
}

/// An allergy.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Allergy {
    /// To what.
    pub agent: String,
    /// What the agent is: `substance`, `class`, `excipient`, or `other`.
    #[ts(type = "'substance' | 'class' | 'excipient' | 'other'")]
    pub agent_kind: String,
    /// How it shows.
    pub reaction: String,
    /// `unknown`, `mild`, `moderate` or `severe`.
    #[ts(type = "'unknown' | 'mild' | 'moderate' | 'severe'")]
    pub severity: String,
}

/// A condition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Condition {
    /// What.
    pub label: String,
    /// A long-term condition (*ALD*).
    pub ald: bool,
    /// ISO date since which, or empty.
    pub since: String,
    /// ISO date until which, or empty.
    pub until: String,
}

/// A treatment.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Treatment {
    /// Drug or substance.
    pub label: String,
    /// Eight digits where it is a drug of the base, or empty.
    pub cis: String,
    /// How it is taken.
    pub posology: String,
    /// ISO date since which, or empty.
    pub since: String,
    /// ISO date until which, or empty.
    pub until: String,
}

/// A vaccination.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Vaccination {
    /// Vaccine.
    pub vaccine: String,
    /// Batch.
    pub batch: String,
    /// Which dose.
    pub dose: String,
    /// Where on the body.
    pub site: String,
}

/// A measured value.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Measure {
    /// What was measured: `weight`, `systolic`, a name of the practice's own.
    pub what: String,
    /// The value as a decimal number, with a point; of a blood pressure the systolic.
    pub value: String,
    /// Of a blood pressure the diastolic, else empty.
    pub second: String,
    /// Its unit.
    pub unit: String,
    /// An unlikely value, of which the writer said that it is meant.
    pub confirmed: bool,
}

/// An alert.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Alert {
    /// What must be seen.
    pub text: String,
}

/// A relative's condition.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Family {
    /// Who.
    pub relative: String,
    /// What.
    pub label: String,
}

/// What is sealed of a signed paper's archived original.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchivedOriginal {
    /// The paper's own identifier, for which the document is sealed.
    pub paper: String,
    /// The document's name.
    pub document: String,
    /// The version of the patient's key that seals it.
    pub key: i64,
    /// SHA-256 of the original.
    pub digest: String,
}

/// A signed prescription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedPrescription {
    /// Its number: `2026-000012`.
    pub number: String,
    /// What is prescribed: `drugs`, `physiotherapy`, `nursing`, `laboratory`, `imaging`.
    pub what: String,
    /// All of it on one line, as a timeline shows it.
    pub label: String,
    /// Its lines or acts, a sentence each.
    pub lines: Vec<String>,
    /// UTC instant of the signature.
    pub signed_at: String,
    /// Who signed.
    pub signer: String,
    /// Town.
    pub place: String,
    /// `a4` or `a5`.
    pub sheet: String,
    /// Onto the secure form.
    pub secure_form: bool,
    /// The archived original.
    pub original: ArchivedOriginal,
    /// What was signed, line by line.
    #[ts(type = "unknown")]
    pub content: domain::prescription::Prescription,
}

/// A signed certificate or letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedLetter {
    /// Its number.
    pub number: String,
    /// `certificate` or `letter`.
    pub what: String,
    /// Language.
    pub language: String,
    /// Title or subject.
    pub title: String,
    /// To whom, a line each.
    pub recipient: Vec<String>,
    /// Text.
    pub text: String,
    /// UTC instant of the signature.
    pub signed_at: String,
    /// Who signed.
    pub signer: String,
    /// Town.
    pub place: String,
    /// `a4` or `a5`.
    pub sheet: String,
    /// The archived original.
    pub original: ArchivedOriginal,
}

/// An entry of the record, or an earlier version of one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordEntryView {
    /// Identifier.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// 1 as first written.
    pub version: i64,
    /// ISO date that it is about.
    pub on: String,
    /// What it holds.
    pub body: Body,
    /// Why it was struck; none: it stands.
    pub struck: Option<String>,
    /// Wall time of this version.
    #[ts(type = "string")]
    pub written_at: WallTime,
    /// Who signed this version.
    pub written_by: String,
}

/// An entry that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DamagedEntryView {
    /// Identifier.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// The version that stands there.
    pub version: i64,
    /// It does not open, an old version was put back, or it was taken away.
    #[ts(type = "'unreadable' | 'rolled_back' | 'missing'")]
    pub reason: String,
}

/// A patient's record, opened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordView {
    /// Whose: the one that others were merged into.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// The newest first.
    pub entries: Vec<RecordEntryView>,
    /// Alerts and allergies that stand: to be seen at once.
    #[ts(type = "Array<EntryId>")]
    pub alerts: Vec<EntryId>,
    /// What cannot be read.
    pub damaged: Vec<DamagedEntryView>,
    /// What stands today.
    pub summary: RecordSummaryView,
    /// A curve for each measure: known ones first.
    pub curves: Vec<CurveView>,
    /// What this user was writing about the patient when they left, JSON.
    pub draft: Option<String>,
    /// Since when it is limited, ISO: it may be read for the ground that was stated, and not be changed.
    pub limited_since: Option<String>,
}

/// Open a limited record.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenLimitedRecordRequest {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Why all the same.
    #[ts(type = "'consent' | 'legal_claim' | 'other_person' | 'public_interest'")]
    pub ground: String,
}

/// Open a patient's record.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenRecordRequest {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// Write an entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WriteEntryRequest {
    /// Whose record.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// ISO date that it is about; empty: today.
    pub on: String,
    /// What it holds.
    pub body: Body,
}

/// Correct an entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CorrectEntryRequest {
    /// Which.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// The version that was shown: a correction of what has changed meanwhile is refused.
    pub version: i64,
    /// ISO date that it is about; empty: as it was.
    pub on: String,
    /// What it holds now.
    pub body: Body,
}

/// Strike an entry that was made in error; it stays visible.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StrikeEntryRequest {
    /// Which.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// The version that was shown.
    pub version: i64,
    /// Why.
    pub reason: String,
}

/// One entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct EntryRequest {
    /// Which.
    #[ts(type = "EntryId")]
    pub id: EntryId,
}

/// All versions of an entry.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryVersionsView {
    /// The newest first.
    pub versions: Vec<RecordEntryView>,
    /// Versions that cannot be read.
    pub damaged: Vec<DamagedEntryView>,
}
