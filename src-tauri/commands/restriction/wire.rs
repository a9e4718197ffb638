//! Requests and views of limitations, objections, holds, and directives.

use domain::id::{DataRequestId, PatientId, RestrictionId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whose.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestrictionsRequest {
    /// The person.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// Put something on a person's data.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestrictRequest {
    /// The person.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// What.
    #[ts(type = "'limitation' | 'objection' | 'legal_hold'")]
    pub kind: String,
    /// About what; only an objection is about a part.
    #[ts(type = "'all' | 'sync' | 'reminders'")]
    pub scope: String,
    /// Ground of a limitation, or empty.
    #[ts(type = "'' | 'accuracy_contested' | 'unlawful_kept' | 'needed_for_claim' | 'objection_pending'")]
    pub ground: String,
    /// In the practice's words.
    pub reason: String,
    /// ISO date; empty: today.
    pub since: String,
}

/// Lift it again.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LiftRestrictionRequest {
    /// Which.
    #[ts(type = "RestrictionId")]
    pub id: RestrictionId,
    /// Why; the person was told before (art. 18(3)).
    pub reason: String,
}

/// Something that was put on a person's data.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestrictionView {
    /// Identifier.
    #[ts(type = "RestrictionId")]
    pub id: RestrictionId,
    /// What.
    #[ts(type = "'limitation' | 'objection' | 'legal_hold'")]
    pub kind: String,
    /// About what.
    #[ts(type = "'all' | 'sync' | 'reminders'")]
    pub scope: String,
    /// Ground of a limitation, or empty.
    pub ground: String,
    /// In the practice's words.
    pub reason: String,
    /// ISO date.
    pub since: String,
    /// The request it came of.
    #[ts(type = "DataRequestId | null")]
    pub request_id: Option<DataRequestId>,
    /// ISO date on which it was lifted.
    pub lifted_on: Option<String>,
    /// Why.
    pub lifted_reason: String,
}

/// A directive about the data after death.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DirectiveView {
    /// What the person wants.
    #[ts(type = "'erase' | 'keep' | 'hand_over'")]
    pub wish: String,
    /// To whom, or empty.
    pub designee: String,
    /// In the person's words.
    pub words: String,
    /// ISO date.
    pub given_on: String,
}

/// All that ever stood on a person's data.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestrictionsView {
    /// The newest first.
    pub restrictions: Vec<RestrictionView>,
    /// The directive that holds.
    pub directive: Option<DirectiveView>,
}

/// What was put on it, or lifted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestrictedView {
    /// As it stands now.
    pub restriction: RestrictionView,
    /// How many instructions the processor was given; 0: nothing was with one.
    pub told: i64,
}
