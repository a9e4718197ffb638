//! Requests and views of series, and of appointments in a row.

use domain::id::{AppointmentId, PatientId, PractitionerId, SeriesId, TypeId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::agenda::wire::AppointmentView;

/// How often, and how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SeriesRuleView {
    /// What the interval counts.
    #[ts(type = "'days' | 'weeks' | 'months'")]
    pub unit: domain::agenda::series::SeriesUnit,
    /// From one session to the next, at least.
    pub at_least: i64,
    /// And at most; the same for a fixed interval.
    pub at_most: i64,
    /// How many sessions, 2 to 104.
    pub sessions: i64,
}

/// A series to be planned.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SeriesPlan {
    /// An appointment that is there already and becomes the first session: it then says who, what and when.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Type.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Minutes; none: the type's.
    pub minutes: Option<i64>,
    /// Wall time of the first session.
    #[ts(type = "string")]
    pub first: WallTime,
    /// How often.
    pub rule: SeriesRuleView,
}

/// The sessions of a series before anything is written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeriesPreviewView {
    /// One line a session.
    pub sessions: Vec<PlannedSessionView>,
}

/// Where a session would be put.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PlannedSessionView {
    /// Number, from 1.
    pub number: i64,
    /// The appointment, where it is there already.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// Where it stands now.
    #[ts(type = "string | null")]
    pub now: Option<WallTime>,
    /// Where the rule puts it.
    #[ts(type = "string")]
    pub planned: WallTime,
    /// What is proposed: the planned start where it is free, else the next best; none where nothing is.
    #[ts(type = "string | null")]
    pub starts: Option<WallTime>,
    /// What speaks against the planned start: `slot_taken`, `patient_booked_twice`, `outside_hours`, `during_absence`,
    /// `in_the_past`.
    pub clashes: Vec<String>,
    /// The next-best starts, the best first.
    #[ts(type = "string[]")]
    pub proposals: Vec<WallTime>,
    /// Why it stays where it is: `over`, `past`, `exception`, `first`.
    #[ts(type = "'over' | 'past' | 'exception' | 'first' | null")]
    pub kept: Option<String>,
}

/// What was decided about a session of a preview.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SessionChoice {
    /// Number, from 1.
    pub number: i64,
    /// Where the rule puts it, as the preview said.
    #[ts(type = "string")]
    pub planned: WallTime,
    /// Where it is put; none: left out, or where it stands.
    #[ts(type = "string | null")]
    pub starts: Option<WallTime>,
}

/// Book a series as it was previewed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BookSeriesRequest {
    /// What was previewed.
    pub plan: SeriesPlan,
    /// Each session of the rule.
    pub sessions: Vec<SessionChoice>,
    /// Origin.
    #[ts(type = "Origin")]
    pub origin: String,
    /// Note of the desk, on each session.
    pub note: String,
    /// Never to be told to a portal, each of them.
    #[serde(default)]
    pub never_sync: bool,
}

/// Appointments that were just booked or changed together.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangedSeriesView {
    /// The series; none for appointments in a row.
    #[ts(type = "SeriesId | null")]
    pub series_id: Option<SeriesId>,
    /// Those that were booked or changed.
    pub appointments: Vec<AppointmentView>,
    /// An entry of the journal: undo takes them all back.
    pub sequence: i64,
}

/// The series of an appointment.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SeriesRequest {
    /// One of its sessions.
    #[ts(type = "AppointmentId")]
    pub appointment_id: AppointmentId,
}

/// A series with its sessions.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeriesView {
    /// Identifier.
    #[ts(type = "SeriesId")]
    pub id: SeriesId,
    /// How often.
    pub rule: SeriesRuleView,
    /// The number of the session that was asked about.
    pub number: i64,
    /// Those that were booked, in order.
    pub sessions: Vec<SeriesSessionView>,
}

/// A session of a series.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeriesSessionView {
    /// Number, from 1.
    pub number: i64,
    /// Where the rule put it.
    #[ts(type = "string")]
    pub planned: WallTime,
    /// It was put elsewhere on purpose and stays there.
    pub exception: bool,
    /// Its appointment.
    pub appointment: AppointmentView,
}

/// An edit of a series, begun at one of its sessions.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SeriesChange {
    /// The session.
    #[ts(type = "AppointmentId")]
    pub appointment_id: AppointmentId,
    /// Which sessions.
    #[ts(type = "'one' | 'following' | 'all'")]
    pub scope: domain::agenda::series::SeriesScope,
    /// Where this session is put.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// Whose agenda; none: the same.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// Type; none: the same.
    #[ts(type = "TypeId | null")]
    pub type_id: Option<TypeId>,
    /// Minutes; none: the same.
    pub minutes: Option<i64>,
    /// How often from now on; none: as before. More sessions than there were are booked; fewer are cancelled by
    /// `cancel_series`.
    pub rule: Option<SeriesRuleView>,
}

/// Change a series as it was previewed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangeSeriesRequest {
    /// What was previewed.
    pub change: SeriesChange,
    /// Each session that moves.
    pub sessions: Vec<SessionChoice>,
}

/// Cancel sessions: those to come, never what is over.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CancelSeriesRequest {
    /// One of its sessions.
    #[ts(type = "AppointmentId")]
    pub appointment_id: AppointmentId,
    /// Which sessions.
    #[ts(type = "'one' | 'following' | 'all'")]
    pub scope: domain::agenda::series::SeriesScope,
    /// `patient` or `practice`.
    #[ts(type = "'patient' | 'practice'")]
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
}

/// One appointment of a row.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RowLink {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// With whom.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Type.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Minutes; none: the type's.
    pub minutes: Option<i64>,
}

/// Look for places one after another: a family with one practitioner, or one patient with several.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindRowsRequest {
    /// In their order, 2 to 8.
    pub links: Vec<RowLink>,
    /// From this wall time or date on; the past is never proposed.
    pub from: String,
    /// How many days to look at, 1 to 366.
    pub days: i64,
    /// `any`, `morning`, `afternoon`, `evening`.
    #[ts(type = "'any' | 'morning' | 'afternoon' | 'evening'")]
    pub part: String,
    /// The longest pause between two of them, in minutes, 0 to 120.
    pub pause: i64,
    /// How many rows, 1 to 20.
    pub count: i64,
}

/// Rows that are free, the soonest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowsView {
    /// Rows.
    pub rows: Vec<FreeRowView>,
}

/// A free row: one start for each link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FreeRowView {
    /// Wall times.
    #[ts(type = "string[]")]
    pub starts: Vec<WallTime>,
    /// Minutes of each.
    pub minutes: Vec<i64>,
}

/// Book a row as it was found.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BookRowRequest {
    /// In their order, 2 to 8.
    pub links: Vec<RowLink>,
    /// One start for each.
    #[ts(type = "string[]")]
    pub starts: Vec<WallTime>,
    /// Origin.
    #[ts(type = "Origin")]
    pub origin: String,
    /// Note of the desk, on each.
    pub note: String,
    /// Never to be told to a portal, each of them.
    #[serde(default)]
    pub never_sync: bool,
}
