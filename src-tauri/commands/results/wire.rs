//! Requests and views of laboratory results: what comes in, whose it is, what it says, who has seen it.

use domain::id::{EntryId, FiledId, PatientId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use crate::import::results::{Report, ReportLine};

/// Import a file of results, or every file of a folder.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ImportResultsRequest {
    /// A file or a folder; empty where the bytes are given.
    pub path: String,
    /// The file's name, where the bytes are given.
    pub name: String,
    /// The bytes, base 64.
    pub base64: String,
}

/// What became of one report of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ImportedResultView {
    /// The file's name.
    pub file: String,
    /// `attached`: in the record; `corrected`: a newer version of a report in the record; `known`: there already; `filed`: for a
    /// patient, until a practitioner's session takes it in; `aside`: a person has to decide; `waiting`: still being written;
    /// `ignored`: not a file of results.
    #[ts(type = "'attached' | 'corrected' | 'known' | 'filed' | 'aside' | 'waiting' | 'ignored'")]
    pub outcome: String,
    /// Why it is kept aside, or empty.
    pub problem: String,
    /// The line, or 0.
    pub line: i64,
    /// Whose.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// The entry of the record.
    #[ts(type = "EntryId | null")]
    pub entry_id: Option<EntryId>,
    /// The paper that is kept aside or filed.
    #[ts(type = "FiledId | null")]
    pub filed_id: Option<FiledId>,
    /// A report of the same number is there already; compared when a practitioner's session takes it in.
    pub again: bool,
}

/// What became of the files.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportedResultsView {
    /// One line a report.
    pub results: Vec<ImportedResultView>,
}

/// Somebody who may be meant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CandidateView {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Surname.
    pub surname: String,
    /// Surname at birth.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// ISO date or empty.
    pub born: String,
    /// `female`, `male`, `unknown`.
    pub sex: String,
    /// NIR.
    pub nir: String,
    /// 0 to 100.
    pub score: i64,
    /// Why.
    pub reasons: Vec<String>,
    /// Fields in which they differ from the paper: `surname`, `first_name`, `born`, `sex`, `nir`.
    pub differs: Vec<String>,
}

/// A paper of which a person has to decide.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InboxItemView {
    /// Identifier.
    #[ts(type = "FiledId")]
    pub id: FiledId,
    /// Why it is here.
    pub problem: String,
    /// The line, or 0.
    pub line: i64,
    /// Whether it can go into a record: what was cut cannot.
    pub whole: bool,
    /// Who the paper says it is about.
    pub surname: String,
    /// Surname at birth.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// ISO date or empty.
    pub born: String,
    /// `female`, `male`, `unknown`.
    pub sex: String,
    /// NIR.
    pub nir: String,
    /// How many papers of this number came; a decision is about all of them.
    pub copies: i64,
    /// Wall time.
    #[ts(type = "string")]
    pub filed_at: WallTime,
    /// It was refused; can be taken back for a month.
    pub refused: bool,
    /// Whom it may be, the likeliest first.
    pub candidates: Vec<CandidateView>,
}

/// The inbox.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InboxView {
    /// Papers that somebody has to decide.
    pub items: Vec<InboxItemView>,
    /// Papers that wait for a practitioner's session.
    pub waiting: i64,
    /// Reports that no practitioner has seen.
    pub unseen: i64,
}

/// Say whose a paper is.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AttachResultRequest {
    /// Which.
    #[ts(type = "FiledId")]
    pub id: FiledId,
    /// Whose; none: a new patient with the paper's identity.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
}

/// What became of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AttachedResultView {
    /// Whose it is.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// It is in the record; else it waits for a practitioner's session.
    pub taken: bool,
}

/// Refuse a paper, or take that back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RefuseResultRequest {
    /// Which.
    #[ts(type = "FiledId")]
    pub id: FiledId,
    /// True: refuse; false: take it back.
    pub refused: bool,
}

/// One paper.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FiledRequest {
    /// Which.
    #[ts(type = "FiledId")]
    pub id: FiledId,
}

/// What a filed paper says.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FiledContentView {
    /// The file's name.
    pub file: String,
    /// The report, where it is whole.
    pub report: Option<Report>,
    /// The text of what is not.
    pub text: String,
}

/// Who saw a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SeenView {
    /// Name.
    pub by: String,
    /// Wall time.
    #[ts(type = "string")]
    pub at: WallTime,
    /// Which version they saw.
    pub version: i64,
}

/// A report of the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ReportView {
    /// The entry.
    #[ts(type = "EntryId")]
    pub entry_id: EntryId,
    /// Its version; more than one: it was corrected.
    pub version: i64,
    /// ISO date.
    pub on: String,
    /// What it says.
    pub report: Report,
    /// The curve of each line, by its key; empty where there is none.
    pub curve_keys: Vec<String>,
    /// Why it was struck.
    pub struck: Option<String>,
    /// Wall time at which it came into the record.
    #[ts(type = "string")]
    pub received_at: WallTime,
    /// Who has seen it.
    pub seen: Vec<SeenView>,
    /// Whether somebody has seen this very version.
    pub is_seen: bool,
}

/// A point of a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnalysisPointView {
    /// ISO date.
    pub on: String,
    /// The entry.
    #[ts(type = "EntryId")]
    pub entry_id: EntryId,
    /// The number.
    pub value: f64,
    /// As the laboratory wrote it, with `<` or `>`.
    pub shown: String,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
    /// How it stands to its bounds.
    pub standing: String,
}

/// The values of one analysis in one unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnalysisCurveView {
    /// What makes them one.
    pub key: String,
    /// Name, as last written.
    pub label: String,
    /// Unit, as last written.
    pub unit: String,
    /// The oldest first.
    pub points: Vec<AnalysisPointView>,
}

/// A patient's results.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResultsView {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// The newest first.
    pub reports: Vec<ReportView>,
    /// Curves, by analysis.
    pub curves: Vec<AnalysisCurveView>,
    /// Entries of the record that cannot be read.
    #[ts(type = "Array<EntryId>")]
    pub damaged: Vec<EntryId>,
}

/// Results of a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListResultsRequest {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A report that nobody has seen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnseenReportView {
    /// The entry.
    #[ts(type = "EntryId")]
    pub entry_id: EntryId,
    /// Its version.
    pub version: i64,
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// ISO date or empty.
    pub born: String,
    /// ISO date of the report.
    pub on: String,
    /// Laboratory.
    pub laboratory: String,
    /// Wall time at which it came.
    #[ts(type = "string")]
    pub received_at: WallTime,
    /// How many values there are.
    pub values: i64,
    /// Those that are abnormal.
    pub abnormal: Vec<ReportLine>,
}

/// Reports that nobody has seen, the oldest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UnseenView {
    /// How many in all.
    pub count: i64,
    /// Up to 200 of them.
    pub reports: Vec<UnseenReportView>,
    /// Entries that cannot be read.
    #[ts(type = "Array<EntryId>")]
    pub damaged: Vec<EntryId>,
}

/// Say that one has seen a report.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MarkSeenRequest {
    /// The entry.
    #[ts(type = "EntryId")]
    pub entry_id: EntryId,
    /// The version that was shown.
    pub version: i64,
    /// False: take one's own mark back.
    pub seen: bool,
}

/// The folder that this computer watches.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WatchedFolderView {
    /// Where; empty: none.
    pub path: String,
    /// `move`: what was read is put into a folder inside; `delete`: it is deleted, not overwritten.
    #[ts(type = "'move' | 'delete'")]
    pub afterwards: String,
    /// Whether it is looked at.
    pub enabled: bool,
    /// UTC instant of the last look.
    #[serde(default)]
    pub checked_at: Option<String>,
    /// How that went, or empty.
    #[serde(default)]
    pub code: String,
}

/// Set it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetWatchedFolderRequest {
    /// Where; empty: nothing is watched any more.
    pub path: String,
    /// `move` or `delete`.
    #[ts(type = "'move' | 'delete'")]
    pub afterwards: String,
    /// Whether it is looked at.
    pub enabled: bool,
}
