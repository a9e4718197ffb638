//! Requests and views of breaches, reviews and audits. Dates are ISO dates or empty; a moment is a local date and time of
//! the practice (`2026-11-20T09:30`) or empty.

use domain::id::RegisterId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::wire::NamedView;

/// What is known of a breach.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct BreachFields {
    /// What happened.
    pub what: String,
    /// Who found it.
    pub found_by: String,
    /// When somebody became aware: a moment.
    pub aware_at: String,
    /// When it began, as far as is known: a moment.
    pub began_at: String,
    /// What was harmed.
    #[ts(type = "('confidentiality' | 'integrity' | 'availability')[]")]
    pub natures: Vec<String>,
    /// Whose data.
    pub persons: String,
    /// About how many persons.
    pub persons_count: Option<i64>,
    /// Which data.
    pub data: String,
    /// About how many records.
    pub records_count: Option<i64>,
    /// What may follow for the persons.
    pub consequences: String,
    /// What was done.
    pub measures: String,
    /// How grave.
    #[ts(type = "'unassessed' | 'unlikely' | 'likely' | 'high'")]
    pub risk: String,
    /// Why it is judged so.
    pub risk_reason: String,
    /// When the authority was told: a moment.
    pub notified_at: String,
    /// Under which number.
    pub reference: String,
    /// Why late.
    pub delay_reason: String,
    /// When the persons were told: a moment.
    pub persons_informed_at: String,
    /// How.
    pub persons_informed_how: String,
    /// Why they are not told.
    pub persons_exempt: String,
    /// The processor at which it happened.
    #[ts(type = "RegisterId | null")]
    pub processor_id: Option<RegisterId>,
}

/// A step of dealing with a breach.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BreachStepView {
    /// Which.
    #[ts(type = "'contain' | 'assess' | 'notify' | 'inform' | 'close'")]
    pub step: String,
    /// Where it stands.
    #[ts(type = "'open' | 'done' | 'not_needed'")]
    pub state: String,
}

/// A breach, with its clock.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BreachView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// Its number in the register.
    pub number: i64,
    /// What is known.
    pub fields: BreachFields,
    /// UTC instant from which the clock runs.
    pub aware_at: String,
    /// UTC instant until which the authority has to be told.
    pub deadline_at: String,
    /// The same as a moment on the practice's clock.
    pub deadline: String,
    /// Where the notification stands.
    #[ts(type = "'not_needed' | 'running' | 'overdue' | 'in_time' | 'late'")]
    pub notification: String,
    /// Minutes left, or minutes over.
    pub minutes: i64,
    /// The steps.
    pub steps: Vec<BreachStepView>,
    /// The text to give to the authority.
    pub text: String,
    /// UTC instant; empty: open.
    pub closed_at: String,
    /// Grows with each change.
    pub revision: i64,
}

/// The register of breaches.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BreachesView {
    /// Open ones first, then the newest.
    pub breaches: Vec<BreachView>,
    /// The authority's short name.
    pub authority: String,
    /// Its site.
    pub authority_site: String,
    /// Hours that hold.
    pub hours: i64,
    /// UTC instant of this answer: a screen counts from here.
    pub now: String,
    /// Now, a moment on the practice's clock.
    pub wall: String,
    /// Processors by name, for the form.
    pub processors: Vec<NamedView>,
}

/// Write a breach down.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveBreachRequest {
    /// The row; none: a new one.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// The revision that was seen.
    pub revision: i64,
    /// What is known.
    pub fields: BreachFields,
    /// Whether it is closed with this.
    pub closed: bool,
}

/// What was found at a point.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundFields {
    /// The point.
    pub point: String,
    /// What was found.
    #[ts(type = "'good' | 'partly' | 'missing' | 'not_applicable'")]
    pub answer: String,
    /// What is said of it, or what is to be done.
    pub remark: String,
}

/// A yearly review.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ReviewFields {
    /// When; empty: today.
    pub reviewed_on: String,
    /// By whom.
    pub reviewer: String,
    /// What was found.
    pub found: Vec<FoundFields>,
    /// What follows from it.
    pub conclusion: String,
}

/// A yearly review, with its outcome.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// What was written down.
    pub fields: ReviewFields,
    /// Points that are in part or missing.
    pub open: i64,
    /// Since when it counts no more.
    pub retired_on: String,
    /// Grows with each change.
    pub revision: i64,
}

/// A point to look at.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PointView {
    /// Which.
    pub point: String,
    /// In words.
    pub text: String,
    /// What the program knows of it itself; may be empty.
    pub known: String,
    /// Whether what the program knows is in order; none where it does not know.
    pub good: Option<bool>,
}

/// An audit of a processor.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditFields {
    /// Of whom.
    #[ts(type = "RegisterId")]
    pub processor_id: RegisterId,
    /// When it was announced.
    pub announced_on: String,
    /// For when.
    pub planned_on: String,
    /// The auditor.
    pub auditor: String,
    /// For whom they work.
    pub organisation: String,
    /// When they signed to keep it confidential.
    pub confidential_on: String,
    /// When it took place.
    pub held_on: String,
    /// What was found.
    pub report: String,
    /// When both discussed it.
    pub discussed_on: String,
    /// What has to be put right.
    pub corrections: String,
    /// Until when.
    pub corrections_until: String,
    /// When it was put right.
    pub corrected_on: String,
}

/// An audit, with its earliest day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AuditView {
    /// The row.
    #[ts(type = "RegisterId")]
    pub id: RegisterId,
    /// What was written down.
    pub fields: AuditFields,
    /// The processor's name.
    pub processor: String,
    /// The earliest day, from its announcement and the audit before it; empty: not announced.
    pub earliest_on: String,
    /// Since when it counts no more.
    pub retired_on: String,
    /// Grows with each change.
    pub revision: i64,
}

/// Reviews and audits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReviewsView {
    /// When the next review is due.
    pub next_on: String,
    /// Now, a moment on the practice's clock.
    pub wall: String,
    /// Whether that is past.
    pub overdue: bool,
    /// What to look at.
    pub points: Vec<PointView>,
    /// The newest first.
    pub reviews: Vec<ReviewView>,
    /// The newest first.
    pub audits: Vec<AuditView>,
    /// Processors by name, for the form.
    pub processors: Vec<NamedView>,
}

/// Write a review down.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveReviewRequest {
    /// The row; none: a new one.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// The revision that was seen.
    pub revision: i64,
    /// What to write down.
    pub fields: ReviewFields,
}

/// Write an audit down.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveAuditRequest {
    /// The row; none: a new one.
    #[ts(type = "RegisterId | null")]
    pub id: Option<RegisterId>,
    /// The revision that was seen.
    pub revision: i64,
    /// What to write down.
    pub fields: AuditFields,
}
