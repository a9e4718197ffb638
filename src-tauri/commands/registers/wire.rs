//! Requests and views of the registers. Dates are ISO dates or empty; a moment is a local date and time of the practice
//! (`2026-11-20T09:30`) or empty.

use domain::id::RegisterId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// In which language proposals, points and lines are worded.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RegistersRequest {
    /// `fr`, `ar` or `en`.
    pub language: String,
}

/// What a change of a register gives.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedRegisterView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// Its revision now.
    pub revision: i64,
    /// The journal's entry that undoes this.
    pub sequence: i64,
}

/// Retire a row, or take it back; a register's row is never deleted.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RetireRegisterRequest {
    /// Which register.
    #[ts(type = "'activities' | 'processors' | 'reviews' | 'audits'")]
    pub register: String,
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// The revision that was seen.
    pub revision: i64,
    /// Whether it is over.
    pub retired: bool,
}

/// A register or document on paper.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintRegisterRequest {
    /// Which.
    #[ts(
        type = "'activities' | 'processors' | 'instructions' | 'breaches' | 'notification' | 'reviews' | 'audits' | 'matrix' | 'dpia' | 'notice'"
    )]
    pub register: String,
    /// Only this row: a breach's notification, one review, one audit, the matrix with one processor.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// `fr`, `ar` or `en`.
    pub language: String,
}

/// Who answers for the practice's data.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrivacySettingsFields {
    /// The controller's name; empty: the practice's.
    pub controller: String,
    /// Who represents them.
    pub representative: String,
    /// Who is named for data protection.
    pub officer: String,
    /// How they are reached.
    pub officer_contact: String,
    /// Number of the declaration to, or authorisation by, the authority.
    pub declaration: String,
    /// Its date.
    pub declared_on: String,
    /// Hours to tell the authority of a breach, where the law says none.
    pub breach_hours: Option<i64>,
    /// What is said of retention beside the rules.
    pub retention_remark: String,
}

/// Who answers for the practice's data, and what the country's law asks of it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PrivacySettingsView {
    /// What was written down.
    pub fields: PrivacySettingsFields,
    /// The practice's name.
    pub practice: String,
    /// The authority's short name.
    pub authority: String,
    /// The authority's site.
    pub authority_site: String,
    /// Whether a number has to stand on notices.
    pub declaration_needed: bool,
    /// Whether the hours of a breach are the practice's own to set.
    pub hours_free: bool,
    /// The hours that hold.
    pub hours: i64,
    /// Whether the time for answering a person's request is the practice's own to set.
    pub answer_days_free: bool,
    /// The clear days that it set for that; none: a month.
    pub answer_days: Option<i64>,
    /// Now, a moment on the practice's clock.
    pub wall: String,
    /// Grows with each change.
    pub revision: i64,
}

/// Change who answers for the practice's data.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePrivacySettingsRequest {
    /// What to write down.
    pub fields: PrivacySettingsFields,
    /// The revision that was seen.
    pub revision: i64,
}

/// What the register says of an activity, a line each.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActivityFields {
    /// Name.
    pub name: String,
    /// What for.
    pub purposes: Vec<String>,
    /// On which grounds.
    pub grounds: Vec<String>,
    /// Whose data.
    pub persons: Vec<String>,
    /// Which data.
    pub data: Vec<String>,
    /// Who sees them.
    pub recipients: Vec<String>,
    /// Where they go abroad.
    pub transfers: Vec<String>,
    /// How long they are kept.
    pub retention: Vec<String>,
    /// What keeps them safe.
    pub measures: Vec<String>,
    /// Anything else.
    pub remark: String,
}

/// What changed in the practice since a row was accepted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityDifferenceView {
    /// The field.
    #[ts(type = "Exclude<keyof ActivityFields, 'name' | 'remark'>")]
    pub field: String,
    /// What is so now, and was not.
    pub added: Vec<String>,
    /// What was so, and is no more.
    pub gone: Vec<String>,
}

/// A processing activity.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityView {
    /// The row; none: only proposed.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// Which of those that the program proposes, or `own`.
    pub kind: String,
    /// What the register says; of one that is only proposed, the proposal.
    pub fields: ActivityFields,
    /// What the program would say now; none of an own one, and of one that it no longer finds.
    pub proposed: Option<ActivityFields>,
    /// What changed since it was accepted.
    pub differences: Vec<ActivityDifferenceView>,
    /// Accepted, and the practice no longer does it as far as the program sees.
    pub unused: bool,
    /// UTC instant; empty: not accepted.
    pub accepted_at: String,
    /// Name of who accepted it.
    pub accepted_by: String,
    /// Since when it is over.
    pub retired_on: String,
    /// Grows with each change.
    pub revision: i64,
}

/// The register of processing activities.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivitiesView {
    /// Those in force and those proposed, then those that are over.
    pub activities: Vec<ActivityView>,
    /// How many wait to be accepted, for the first time or again.
    pub waiting: i64,
}

/// Accept a processing activity as it is written.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveActivityRequest {
    /// The row; none: a new one.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// Which of those that the program proposes, or `own`.
    pub kind: String,
    /// The revision that was seen.
    pub revision: i64,
    /// In which language it is written.
    pub language: String,
    /// What it says.
    pub fields: ActivityFields,
}

/// A processor, or one that works for a processor.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProcessorFields {
    /// Name.
    pub name: String,
    /// What it does for the practice.
    pub service: String,
    /// Where data are, by ISO 3166: two letters.
    pub country: String,
    /// Whom to reach there.
    pub contact: String,
    /// Who is named for data protection there.
    pub officer: String,
    /// The processor that it works for; none: a processor of the practice.
    #[ts(type = "RegisterId | null")]
    pub processor_id: Option<RegisterId>,
    /// When the contract was signed.
    pub contract_on: String,
    /// Its last day; empty: without an end.
    pub contract_until: String,
    /// Its reference.
    pub reference: String,
    /// The certified host of health data, where there is one.
    pub health_host: String,
    /// What keeps data safe where the country's protection is not recognised.
    #[ts(type = "'none' | 'clauses' | 'rules' | 'authorisation' | 'consent'")]
    pub safeguard: String,
    /// What is said of it.
    pub safeguard_remark: String,
    /// When a sub-processor was announced.
    pub announced_on: String,
    /// When somebody objected.
    pub objected_on: String,
    /// On which ground.
    pub objection: String,
    /// What becomes of the data at the end.
    #[ts(type = "'return' | 'destroy' | 'hand_over'")]
    pub end_choice: String,
    /// When that was confirmed in writing.
    pub end_confirmed_on: String,
    /// Anything else.
    pub remark: String,
}

/// A processor with where it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProcessorView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// What was written down.
    pub fields: ProcessorFields,
    /// What sending data there needs.
    #[ts(type = "'inside' | 'recognised' | 'needs_safeguard'")]
    pub transfer: String,
    /// Sending data there needs a safeguard, and none is written down.
    pub safeguard_missing: bool,
    /// Where the contract stands.
    #[ts(type = "'missing' | 'running' | 'ends_soon' | 'unconfirmed' | 'ended'")]
    pub contract: String,
    /// Days left, or days since it ended.
    pub contract_days: i64,
    /// Where the announcement stands; empty: there is none.
    #[ts(type = "'' | 'open' | 'objected' | 'accepted'")]
    pub objection: String,
    /// The last day to object.
    pub objection_until: String,
    /// Days left to object.
    pub objection_days: i64,
    /// Since when it is over.
    pub retired_on: String,
    /// Grows with each change.
    pub revision: i64,
}

/// An instruction to a processor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InstructionView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// To whom.
    #[ts(type = "RegisterId")]
    pub processor_id: RegisterId,
    /// Its number among those to this processor.
    pub number: i64,
    /// Its version.
    pub version: i64,
    /// Whether a newer version replaces it.
    pub replaced: bool,
    /// When it was given.
    pub given_on: String,
    /// Name of who gave it.
    pub given_by: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
    /// When the processor confirmed it.
    pub acknowledged_on: String,
    /// Why the processor takes it for unlawful.
    pub unlawful: String,
    /// When it ended.
    pub withdrawn_on: String,
    /// Grows with each change.
    pub revision: i64,
}

/// A line of the responsibility matrix.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MatrixLineView {
    /// The action, in words.
    pub action: String,
    /// What the controller does.
    pub controller: String,
    /// What the processor does.
    pub processor: String,
}

/// Processors, the instructions they were given, the matrix.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProcessorsView {
    /// Those in force, then those that are over.
    pub processors: Vec<ProcessorView>,
    /// The newest first.
    pub instructions: Vec<InstructionView>,
    /// The matrix.
    pub matrix: Vec<MatrixLineView>,
    /// Servers that the program sends data to and that no processor names.
    pub unnamed: Vec<String>,
    /// The controller's name.
    pub controller: String,
    /// Now, a moment on the practice's clock.
    pub wall: String,
}

/// Write a processor down.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveProcessorRequest {
    /// The row; none: a new one.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// The revision that was seen.
    pub revision: i64,
    /// What to write down.
    pub fields: ProcessorFields,
}

/// Give an instruction, or another version of one.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GiveInstructionRequest {
    /// To whom.
    #[ts(type = "RegisterId")]
    pub processor_id: RegisterId,
    /// The one that it replaces.
    #[ts(type = "RegisterId | null")]
    pub replaces: Option<RegisterId>,
    /// When; empty: today.
    pub given_on: String,
    /// What it is about.
    pub subject: String,
    /// What it says.
    pub text: String,
}

/// What became of an instruction.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FollowInstructionRequest {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// The revision that was seen.
    pub revision: i64,
    /// When the processor confirmed it.
    pub acknowledged_on: String,
    /// Why the processor takes it for unlawful.
    pub unlawful: String,
    /// When it ended.
    pub withdrawn_on: String,
}

/// Something by its name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NamedView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// Name.
    pub name: String,
}
