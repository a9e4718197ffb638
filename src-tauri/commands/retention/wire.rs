//! Requests and views of the retention.

use domain::id::PatientId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::patient::wire::PatientView;
use crate::commands::record::wire::RecordView;

/// The rules, and how it stands with the archive.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RetentionView {
    /// One a category.
    pub rules: Vec<RetentionRuleView>,
    /// Whom somebody keeps longer.
    pub holds: Vec<RetentionHoldView>,
    /// How many are in the archive.
    pub archived: i64,
    /// Whether the archive is open in this session.
    pub open: bool,
    /// The lists of those to destroy, the newest first.
    pub destructions: Vec<DestructionView>,
    /// The day on which the last dry run was looked at; empty: never.
    pub looked_on: String,
}

/// How long a category is kept.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RetentionRuleView {
    /// The category.
    #[ts(type = "RetentionCategory")]
    pub category: String,
    /// Months in the active base, where an archive follows.
    pub active_months: Option<u32>,
    /// Months in all; of a minor since the birth, of somebody who died since the death.
    pub months: u32,
    /// The country's default: months in the active base.
    pub default_active_months: Option<u32>,
    /// The country's default: months in all.
    pub default_months: u32,
    /// Fewer are refused.
    pub at_least: Option<u32>,
    /// More are refused.
    pub at_most: Option<u32>,
    /// Where the default comes from, as it is cited.
    pub source: String,
    /// The date of that source.
    pub dated: String,
    /// Why the controller decided otherwise; empty where the default counts.
    pub reason: String,
    /// The day of that decision; empty where the default counts.
    pub decided_on: String,
    /// Who decided.
    pub decided_by: String,
    /// What speaks against the value without refusing it: codes.
    pub remarks: Vec<String>,
}

/// Decide how long a category is kept.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetRetentionRuleRequest {
    /// The category.
    #[ts(type = "RetentionCategory")]
    pub category: String,
    /// Months in all; none: the default counts again.
    pub months: Option<u32>,
    /// Months in the active base, where an archive follows; none: the default's.
    pub active_months: Option<u32>,
    /// Why.
    pub reason: String,
}

/// See what the rules would do, without doing anything.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DryRunRetentionRequest {
    /// Up to and with this day; empty: the end of this month.
    pub until: String,
    /// Only this; empty: all.
    #[ts(type = "RetentionAction | ''")]
    pub action: String,
    /// How many of the list to pass over.
    pub offset: i64,
    /// How many of the list at most; 1,000 and no more.
    pub limit: i64,
}

/// What the rules would do.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RetentionRunView {
    /// Up to and with this day.
    pub until: String,
    /// The first day of that month: what was due before is overdue.
    pub from: String,
    /// Patients looked at, those in the archive too.
    pub looked_at: i64,
    /// With nothing to do.
    pub kept: i64,
    /// What would happen, by kind.
    pub groups: Vec<RetentionGroupView>,
    /// How many the list has.
    pub listed: i64,
    /// A part of the list, the longest due first.
    pub persons: Vec<RetentionPersonView>,
}

/// Persons of whom the same is due.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
pub struct RetentionGroupView {
    /// What is due.
    #[ts(type = "RetentionAction")]
    pub action: String,
    /// By which rule.
    #[ts(type = "RetentionCategory")]
    pub category: String,
    /// Where they are.
    #[ts(type = "'active' | 'archive'")]
    pub place: String,
    /// How many.
    pub persons: i64,
    /// Of these, due before this month.
    pub overdue: i64,
}

/// A person of whom something is due.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RetentionPersonView {
    /// The random id.
    pub erasure_id: String,
    /// The patient; none in the archive.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// File number; none in the archive.
    pub number: Option<i64>,
    /// Name; empty for who may not see it, and in the archive while it is closed.
    pub name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Where they are.
    #[ts(type = "'active' | 'archive'")]
    pub place: String,
    /// What is due.
    #[ts(type = "RetentionAction")]
    pub action: String,
    /// By which rule.
    #[ts(type = "RetentionCategory")]
    pub category: String,
    /// Since when.
    pub on: String,
    /// The last care, or the last activity where there is no record; empty in the archive.
    pub last: String,
}

/// Write what the rules would do to a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportRetentionRequest {
    /// Up to and with this day; empty: the end of this month.
    pub until: String,
    /// A report, or a table of everybody on the list.
    #[ts(type = "'pdf' | 'csv'")]
    pub format: String,
    /// Of the words.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Somebody who is kept longer.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RetentionHoldView {
    /// The random id.
    pub erasure_id: String,
    /// The patient; none in the archive.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Name; empty for who may not see it, and in the archive.
    pub name: String,
    /// Why.
    #[ts(type = "RetentionGround")]
    pub ground: String,
    /// Why, in words.
    pub note: String,
    /// Since when.
    pub placed_on: String,
    /// Who said so.
    pub placed_by: String,
}

/// Keep somebody longer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct HoldPatientRequest {
    /// The patient, where active.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// The random id, where archived; empty otherwise.
    pub erasure_id: String,
    /// Why.
    #[ts(type = "RetentionGround")]
    pub ground: String,
    /// Why, in words.
    pub note: String,
}

/// No longer keep somebody longer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LiftHoldRequest {
    /// The random id.
    pub erasure_id: String,
    /// Why no longer.
    pub reason: String,
}

/// Put patients into the intermediate archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ArchivePatientsRequest {
    /// Whom; 2,000 at once and no more.
    #[ts(type = "PatientId[]")]
    pub patients: Vec<PatientId>,
}

/// Who went into the archive.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ArchivedPatientsView {
    /// How many.
    pub archived: i64,
    /// Who stayed, and why.
    pub stayed: Vec<StayedView>,
}

/// Somebody who was not archived.
#[derive(Debug, Clone, Serialize, TS)]
pub struct StayedView {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Why: the code of a refusal.
    pub code: String,
}

/// Open the intermediate archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenIntermediateRequest {
    /// Why.
    pub reason: String,
}

/// The archive is open.
#[derive(Debug, Clone, Serialize, TS)]
pub struct OpenedIntermediateView {
    /// How many are in it.
    pub persons: i64,
    /// Until when it stays open: UTC instant.
    pub until: String,
}

/// Look for somebody in the open archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchIntermediateRequest {
    /// Beginnings of names, and a birth date.
    pub text: String,
}

/// Who fits, 100 at most.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IntermediateMatchesView {
    /// They.
    pub matches: Vec<IntermediateMatchView>,
    /// Whether there are more.
    pub more: bool,
}

/// Somebody in the archive.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IntermediateMatchView {
    /// The random id.
    pub erasure_id: String,
    /// Name.
    pub name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Since when they are there.
    pub archived_on: String,
    /// From when on they may be destroyed.
    pub destroy_on: String,
    /// By which rule.
    #[ts(type = "RetentionCategory")]
    pub category: String,
    /// Whether somebody keeps them longer.
    pub held: bool,
}

/// One person of the open archive.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct IntermediateRequest {
    /// The random id.
    pub erasure_id: String,
}

/// An archived person, to read.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IntermediateView {
    /// Identity, contact, appointments.
    pub patient: PatientView,
    /// The record.
    pub record: RecordView,
}

/// Bring somebody back into the active base.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BringBackRequest {
    /// The random id.
    pub erasure_id: String,
    /// Why.
    pub reason: String,
}

/// Who came back.
#[derive(Debug, Clone, Serialize, TS)]
pub struct BroughtBackView {
    /// The patient.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A list of those to destroy.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DestructionView {
    /// Identifier.
    pub id: String,
    /// How it stands.
    #[ts(type = "'open' | 'confirmed' | 'dropped'")]
    pub state: String,
    /// Made on.
    pub made_on: String,
    /// Made by.
    pub made_by: String,
    /// What stands on it, in one digest: to be confirmed with it.
    pub digest: String,
    /// How many.
    pub persons: i64,
    /// Confirmed on, or empty.
    pub confirmed_on: String,
    /// Confirmed by.
    pub confirmed_by: String,
    /// Sealed files that went with them.
    pub documents: i64,
}

/// One list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DestructionRequest {
    /// Identifier.
    pub id: String,
}

/// A list with who stands on it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DestructionListView {
    /// The list.
    pub list: DestructionView,
    /// Who stands on it; of a confirmed one nobody is known any more.
    pub persons: Vec<RetentionPersonView>,
}

/// Destroy everybody on a list, for good.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ConfirmDestructionRequest {
    /// Identifier.
    pub id: String,
    /// The digest of the list that was looked at.
    pub digest: String,
}

/// What was destroyed.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DestroyedView {
    /// The list, as the register keeps it.
    pub list: DestructionView,
}

/// Print the report of a destruction.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDestructionRequest {
    /// Identifier.
    pub id: String,
    /// Of the words.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}
