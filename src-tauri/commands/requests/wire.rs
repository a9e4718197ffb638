//! Requests and views of the register of requests.

use chrono::{DateTime, Utc};
use domain::id::{DataRequestId, PatientId, PurposeConsentId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::erasure::wire::ErasureReceiptView;
use crate::commands::processor::wire::ProcessorTaskView;
use crate::commands::wire::FileView;

/// Take a request in.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct TakeRequestRequest {
    /// What is asked.
    #[ts(
        type = "'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability' | 'withdrawal' | 'post_mortem'"
    )]
    pub kind: String,
    /// By whom.
    #[ts(type = "'person' | 'guardian' | 'heir' | 'representative'")]
    pub by_whom: String,
    /// How it came.
    #[ts(type = "'desk' | 'phone' | 'post' | 'email' | 'portal'")]
    pub way: String,
    /// About whom, where that is known already.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Who asks; empty: the patient.
    pub name: String,
    /// Where they are answered, a line each.
    pub contact: String,
    /// What they ask, in their words; never clinical.
    pub content: String,
    /// Language of the answer.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// ISO date; empty: today.
    pub received_on: String,
    /// What was shown; empty: nothing yet.
    pub proof: String,
}

/// What whoever took a request in is told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct TakenRequestView {
    /// Identifier.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The last day for an answer, ISO.
    pub due_on: String,
}

/// Which requests.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ListRequestsRequest {
    /// Closed ones too.
    pub closed: bool,
}

/// A line of the register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestLineView {
    /// Identifier.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// What is asked.
    #[ts(
        type = "'access' | 'rectification' | 'erasure' | 'limitation' | 'objection' | 'portability' | 'withdrawal' | 'post_mortem'"
    )]
    pub kind: String,
    /// By whom.
    #[ts(type = "'person' | 'guardian' | 'heir' | 'representative'")]
    pub by_whom: String,
    /// About whom.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Who asks; empty after an erasure.
    pub name: String,
    /// ISO date.
    pub received_on: String,
    /// ISO date of the last day.
    pub due_on: String,
    /// Days left; below 0: late.
    pub days_left: i64,
    /// What was shown.
    pub proof: String,
    /// ISO date.
    pub complete_on: Option<String>,
    /// ISO date.
    pub extended_on: Option<String>,
    /// How it ended.
    #[ts(type = "'executed' | 'refused' | 'withdrawn' | null")]
    pub outcome: Option<String>,
    /// ISO date.
    pub closed_on: Option<String>,
    /// Whether the person's words were erased.
    pub erased: bool,
    /// Grows with each change.
    pub revision: i64,
}

/// The register.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestsView {
    /// Open ones first, the soonest due first.
    pub requests: Vec<RequestLineView>,
}

/// One request.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DataRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
}

/// Something that happened to a request.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestStepView {
    /// What.
    #[ts(
        type = "'taken' | 'linked' | 'identity' | 'complete' | 'exchange' | 'extended' | 'letter' | 'executed' | 'refused' | 'withdrawn'"
    )]
    pub kind: String,
    /// ISO date.
    pub on: String,
    /// Who noted it.
    pub by: String,
    /// Words; empty after an erasure.
    pub words: String,
}

/// Something that was really done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DoneLineView {
    /// The command that did it, or what was put or taken back.
    pub what: String,
    /// Number of its journal entry.
    pub sequence: i64,
    /// UTC instant.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// The fields that changed.
    pub fields: Vec<String>,
}

/// The receipt of a request: derived from what the journal, the erasure and the processor say.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RequestReceiptView {
    /// What was done here.
    pub done: Vec<DoneLineView>,
    /// The proof of an erasure.
    pub erasure: Option<ErasureReceiptView>,
    /// What processors were told and confirmed so far; empty: nothing was with a processor.
    pub processor: Vec<ProcessorTaskView>,
}

/// A request, whole.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DataRequestView {
    /// Its line.
    #[serde(flatten)]
    pub line: RequestLineView,
    /// How it came.
    #[ts(type = "'desk' | 'phone' | 'post' | 'email' | 'portal'")]
    pub way: String,
    /// Where they are answered.
    pub contact: String,
    /// What they ask.
    pub content: String,
    /// Language of the answer.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// Who looked at the proof, and when.
    pub proof_by: String,
    /// ISO date.
    pub proof_on: Option<String>,
    /// Legal ground of a refusal, or empty.
    pub ground: String,
    /// Where the deadline stands.
    pub source: String,
    /// Whether an extension may still be told today.
    pub may_extend: bool,
    /// The last day for telling an extension, ISO.
    pub first_term: String,
    /// What is missing before it can be executed: `identity`, `patient`.
    pub missing: Vec<String>,
    /// What happened to it.
    pub steps: Vec<RequestStepView>,
    /// What was really done.
    pub receipt: Option<RequestReceiptView>,
    /// The letter to the person, where it can be printed only now: their address was erased with them.
    pub letter: Option<FileView>,
}

/// Say more about a request: about whom it is, what was shown, since when it is complete.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AmendRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
    /// About whom; none: as it was.
    #[serde(default)]
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// What was shown; empty: as it was.
    #[serde(default)]
    pub proof: String,
    /// The day on which it is complete, ISO; empty: as it was.
    #[serde(default)]
    pub complete_on: String,
}

/// Note an exchange with the person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteExchangeRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
    /// ISO date; empty: today.
    pub on: String,
    /// What was said or sent.
    pub words: String,
}

/// Extend the time.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExtendRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
    /// Why: it goes into the letter.
    pub reason: String,
}

/// Refuse a request.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RefuseRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
    /// Legal ground.
    #[ts(
        type = "'medical_record' | 'legal_claims' | 'unidentified' | 'excessive' | 'rights_of_others' | 'not_portable' | 'legal_obligation' | 'accurate' | 'nothing_held'"
    )]
    pub ground: String,
    /// In words; they go into the letter.
    pub words: String,
}

/// Close a request that its requester takes back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DropRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
}

/// Execute a request.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExecuteRequestRequest {
    /// Which.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// The revision that was shown.
    pub revision: i64,
    /// Why, or in which words; of an erasure without a name.
    #[serde(default)]
    pub reason: String,
    /// What an objection is about.
    #[serde(default)]
    #[ts(type = "'' | 'all' | 'sync' | 'reminders'")]
    pub scope: String,
    /// Ground of a limitation.
    #[serde(default)]
    #[ts(type = "'' | 'accuracy_contested' | 'unlawful_kept' | 'needed_for_claim' | 'objection_pending'")]
    pub ground: String,
    /// Consents that are taken back; none: all that stand.
    #[serde(default)]
    #[ts(type = "Array<PurposeConsentId>")]
    pub consents: Vec<PurposeConsentId>,
    /// A directive after death.
    #[serde(default)]
    #[ts(type = "'' | 'erase' | 'keep' | 'hand_over'")]
    pub wish: String,
    /// To whom it is handed over.
    #[serde(default)]
    pub designee: String,
}

/// Print the letter to the person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintRequestLetterRequest {
    /// Which request.
    #[ts(type = "DataRequestId")]
    pub id: DataRequestId,
    /// `received`, `extended`, `answer`.
    #[ts(type = "'received' | 'extended' | 'answer'")]
    pub what: String,
    /// Language; empty: the request's.
    #[ts(type = "'' | 'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Set the practice's own time, where the country's law leaves it to the practice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRequestDaysRequest {
    /// Clear days; none: a month.
    pub days: Option<i64>,
}
