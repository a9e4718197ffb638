//! Requests and views of the agenda from further away.

use domain::id::{AppointmentId, PractitionerId, SiteId, TypeId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::agenda::wire::AppointmentView;

/// How full some days are.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowMonthRequest {
    /// First day, ISO date.
    pub from: String,
    /// How many days, 1 to 42.
    pub days: i64,
    /// Whose; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// What is counted as booked: of these types; empty: of all.
    #[ts(type = "TypeId[]")]
    #[serde(default)]
    pub types: Vec<TypeId>,
    /// In these statuses; empty: those that take the practitioner's time.
    #[ts(type = "Status[]")]
    #[serde(default)]
    pub statuses: Vec<String>,
    /// At this site; none: at all.
    #[ts(type = "SiteId | null")]
    #[serde(default)]
    pub site_id: Option<SiteId>,
}

/// How full the days asked for are.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MonthView {
    /// One a day and practitioner, days first.
    pub cells: Vec<DensityView>,
    /// Now at the first site's clock.
    #[ts(type = "string")]
    pub now: WallTime,
}

/// How full one practitioner's day is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DensityView {
    /// ISO date.
    pub day: String,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Minutes of active appointments.
    pub booked_minutes: i64,
    /// Minutes in which the practitioner receives.
    pub open_minutes: i64,
    /// Active appointments.
    pub booked: i64,
}

/// The appointments of some days.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListAppointmentsRequest {
    /// First day, ISO date.
    pub from: String,
    /// How many days, 1 to 93.
    pub days: i64,
    /// Whose; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// Of which types; empty: all.
    #[ts(type = "TypeId[]")]
    pub types: Vec<TypeId>,
    /// In which statuses; empty: all but the deleted.
    #[ts(type = "Status[]")]
    pub statuses: Vec<String>,
    /// Only at this site.
    #[ts(type = "SiteId | null")]
    pub site_id: Option<SiteId>,
}

/// The appointments asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppointmentsView {
    /// By day and start; untimed walk-ins at the end of their day.
    pub appointments: Vec<AppointmentView>,
    /// There are more than can be listed at once.
    pub more: bool,
}

/// Look for appointments.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchAgendaRequest {
    /// Name, birth date, phone, booking code, type, or words of a note.
    pub text: String,
    /// First day of the span in which types and notes are looked for, ISO date.
    pub from: String,
    /// How many days that span has, 1 to 92.
    pub days: i64,
    /// At most so many, 1 to 100.
    pub limit: i64,
}

/// Appointments found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundAppointmentsView {
    /// What is to come first, the soonest first; then what was, the latest first.
    pub found: Vec<FoundAppointmentView>,
    /// There are more.
    pub more: bool,
}

/// An appointment found, and by what.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundAppointmentView {
    /// The appointment.
    pub appointment: AppointmentView,
    /// By its code, its person, its type or its note.
    #[ts(type = "'code' | 'person' | 'type' | 'note'")]
    pub by: String,
    /// It lies before today.
    pub past: bool,
}

/// What changed in the agenda.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowChangesRequest {
    /// Since when, wall time; none: since this user left last.
    #[ts(type = "string | null")]
    pub since: Option<WallTime>,
    /// One's own changes as well.
    pub own: bool,
}

/// What changed since then.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangesView {
    /// Since when, wall time at the first site.
    #[ts(type = "string")]
    pub since: WallTime,
    /// Newest first.
    pub changes: Vec<AgendaChangeView>,
    /// There was more than can be shown.
    pub more: bool,
}

/// One change of an appointment.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AgendaChangeView {
    /// The journal's entry.
    pub sequence: i64,
    /// Wall time at the first site.
    #[ts(type = "string")]
    pub at: WallTime,
    /// Name of the user.
    pub user: String,
    /// What happened.
    #[ts(
        type = "'booked' | 'walked_in' | 'moved' | 'resized' | 'cancelled' | 'arrived' | 'seated' | 'done' | 'no_show' | 'left' | 'confirmed' | 'put_back' | 'taken_back' | 'edited'"
    )]
    pub what: String,
    /// Where it was before a move.
    #[ts(type = "string | null")]
    pub before: Option<WallTime>,
    /// Where this change put it.
    #[ts(type = "string | null")]
    pub after: Option<WallTime>,
    /// The practitioner before a move to another.
    pub practitioner_before: String,
    /// The appointment as it is now; one that was deleted since bears its status.
    pub appointment: AppointmentView,
}

/// Pin an appointment to one's board, or take it off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PinRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
}

/// What a user has cut to place later. Each stays where it is until it is placed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BoardView {
    /// The first pinned first.
    pub pinned: Vec<AppointmentView>,
}

/// Print weeks.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintWeekRequest {
    /// Any day of the week, ISO date.
    pub day: String,
    /// Whose, a page each; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Print a list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintListRequest {
    /// Which appointments.
    pub list: ListAppointmentsRequest,
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}
