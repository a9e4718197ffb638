//! Requests and views of the agenda and of the doctor's day.

use domain::id::{AbsenceId, AppointmentId, PatientId, PractitionerId, ResourceId, SiteId, TypeId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::planning::wire::{DayBlockView, DayHolidayView, DayOpeningView, DaySchoolHolidayView};
use super::super::queue::wire::WaitingView;
use super::super::wire::MinutesView;

/// An appointment as a screen shows it. Names are joined in, so that a day needs no second look-up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AppointmentView {
    /// Identifier.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// Booking code, `K7M4PX3`.
    pub code: String,
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Practitioner's name.
    pub practitioner: String,
    /// Where.
    #[ts(type = "SiteId")]
    pub site_id: SiteId,
    /// Who; none for a held slot.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// `DUPONT Marie`, empty for a held slot.
    pub patient: String,
    /// The name in Arabic, where known.
    pub patient_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Phone as the country writes it.
    pub phone: String,
    /// Type.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Type's name.
    #[serde(rename = "type")]
    pub type_name: String,
    /// Wall time; none for an untimed walk-in.
    #[ts(type = "string | null")]
    pub starts: Option<WallTime>,
    /// ISO date.
    pub day: String,
    /// Place in the queue of an untimed walk-in.
    pub rank: Option<i64>,
    /// Minutes.
    pub minutes: i64,
    /// Status.
    #[ts(type = "Status")]
    pub status: String,
    /// Origin.
    #[ts(type = "Origin")]
    pub origin: String,
    /// Urgency.
    #[ts(type = "Urgency")]
    pub urgency: String,
    /// Over another on purpose.
    pub overbooked: bool,
    /// Note of the desk, never clinical.
    pub note: String,
    /// Wall time of the arrival.
    #[ts(type = "string | null")]
    pub arrived: Option<WallTime>,
    /// Wall time of the beginning of the consultation.
    #[ts(type = "string | null")]
    pub seated: Option<WallTime>,
    /// Wall time of its end.
    #[ts(type = "string | null")]
    pub dismissed: Option<WallTime>,
    /// Grows with each change.
    pub revision: i64,
    /// Free minutes kept after it.
    pub buffer: i64,
    /// The parts that need the practitioner, in minutes from the start; empty: all of it.
    pub provider_parts: Vec<MinutesView>,
    /// Rooms and equipment held.
    #[ts(type = "ResourceId[]")]
    pub resources: Vec<ResourceId>,
}

/// An appointment that was just changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangedAppointmentView {
    /// As it is now.
    #[serde(flatten)]
    pub appointment: AppointmentView,
    /// The journal's entry, to undo.
    pub sequence: i64,
    /// `K7M 4PX-3`.
    pub spoken_code: String,
    /// Codes: `outside_hours`, `on_holiday`, `during_absence`, `reserved_types`, `reserved_urgent`, `no_scheduling`,
    /// `kept_free`, `type_not_offered`, `type_not_at_site`, `without_resource`, `patient_booked_twice`, `in_the_past`.
    pub warnings: Vec<String>,
}

/// Some days of some practitioners.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowDaysRequest {
    /// First day, ISO date.
    pub from: String,
    /// How many days, 1 to 42.
    pub days: i64,
    /// Whose; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
}

/// The days asked for.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DaysView {
    /// One column a practitioner and day, days first.
    pub columns: Vec<ColumnView>,
    /// Now at the first site's clock: the window counts on from here.
    #[ts(type = "string")]
    pub now: WallTime,
}

/// One practitioner on one day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ColumnView {
    /// ISO date.
    pub day: String,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// When they receive, absences taken out.
    pub open: Vec<MinutesView>,
    /// Absences of this day, with their label.
    pub absences: Vec<DayAbsenceView>,
    /// Openings of this date alone.
    pub openings: Vec<DayOpeningView>,
    /// Blocks that stand on this day.
    pub blocks: Vec<DayBlockView>,
    /// Who stands in for the practitioner; empty: nobody.
    pub locum: String,
    /// The public holiday.
    pub holiday: Option<DayHolidayView>,
    /// The school holidays.
    pub school_holidays: Vec<DaySchoolHolidayView>,
    /// All but deleted ones; timed by start, then untimed walk-ins by rank.
    pub appointments: Vec<AppointmentView>,
    /// Active appointments.
    pub booked: i64,
    /// Free slots of 15 minutes left in the opening hours.
    pub free: i64,
}

/// An absence on a day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DayAbsenceView {
    /// Which.
    #[ts(type = "AbsenceId")]
    pub id: AbsenceId,
    /// When, cut to the day.
    pub span: MinutesView,
    /// Why, for the desk.
    pub label: String,
}

/// Book a timed appointment.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BookAppointmentRequest {
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Who; none holds the slot.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Type.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Wall time.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// Minutes; none: the type's.
    pub minutes: Option<i64>,
    /// Origin.
    #[ts(type = "Origin")]
    pub origin: String,
    /// Over another on purpose.
    pub overbook: bool,
    /// Note of the desk.
    pub note: String,
    /// Who called, where another than the patient.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Never to be told to a portal: marked before anything of it can leave.
    #[serde(default)]
    pub never_sync: bool,
}

/// A walk-in: into the day's queue, arrived.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BookWalkInRequest {
    /// To whom.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Type; none: the first.
    #[ts(type = "TypeId | null")]
    pub type_id: Option<TypeId>,
    /// Urgency.
    #[ts(type = "Urgency")]
    pub urgency: String,
    /// Note of the desk.
    pub note: String,
}

/// Move or resize.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct MoveAppointmentRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// The revision that was shown; none: whatever it is.
    pub revision: Option<i64>,
    /// New wall time.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// New agenda; none: the same.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// New duration; none: the same.
    pub minutes: Option<i64>,
    /// Over another on purpose.
    pub overbook: bool,
}

/// Change a status (all but cancelled, which has its own request).
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetStatusRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// The next status.
    #[ts(type = "Status")]
    pub status: String,
}

/// Cancel, by whom and why.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CancelAppointmentRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// `patient` or `practice`.
    #[ts(type = "'patient' | 'practice'")]
    pub by: String,
    /// Why; may be empty.
    pub reason: String,
}

/// Change what does not move: patient, type, note, urgency.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateAppointmentRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// Who.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Type; the duration stays.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Note of the desk.
    pub note: String,
    /// Urgency.
    #[ts(type = "Urgency")]
    pub urgency: String,
}

/// One appointment.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AppointmentRequest {
    /// Which.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
}

/// One appointment with its history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AppointmentDetailView {
    /// The appointment.
    pub appointment: AppointmentView,
    /// `K7M 4PX-3`.
    pub spoken_code: String,
    /// Who cancelled.
    pub cancelled_by: Option<String>,
    /// Why.
    pub cancel_reason: String,
    /// Who called.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Its place in a series, where it is a session of one.
    pub session: Option<SessionPlaceView>,
    /// Statuses it may become now, for this user.
    #[ts(type = "Status[]")]
    pub may_become: Vec<String>,
    /// What happened, oldest first.
    pub history: Vec<StepView>,
}

/// A place in a series: session 3 of 10.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SessionPlaceView {
    /// Number, from 1.
    pub number: i64,
    /// How many sessions the series has.
    pub sessions: i64,
}

/// One step of a history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StepView {
    /// The journal's entry.
    pub sequence: i64,
    /// Wall time at the first site.
    #[ts(type = "string")]
    pub at: WallTime,
    /// Name of the user.
    pub user: String,
    /// The command.
    pub command: String,
    /// Fields that changed: name, before, after.
    pub changes: Vec<FieldChangeView>,
}

/// One field of a change.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FieldChangeView {
    /// Name of the field.
    pub field: String,
    /// Before, as text; empty for a creation.
    pub before: String,
    /// After, as text.
    pub after: String,
}

/// Look for free slots.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindSlotsRequest {
    /// Whose; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// For which type.
    #[ts(type = "TypeId")]
    pub type_id: TypeId,
    /// Minutes; none: the type's.
    pub minutes: Option<i64>,
    /// From this wall time or date on; the past is never proposed.
    pub from: String,
    /// How many days to look at, 1 to 366.
    pub days: i64,
    /// `any`, `morning`, `afternoon`, `evening`.
    #[ts(type = "'any' | 'morning' | 'afternoon' | 'evening'")]
    pub part: String,
    /// How many, 1 to 200.
    pub count: i64,
}

/// Free slots, the soonest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SlotsView {
    /// Slots.
    pub slots: Vec<SlotView>,
}

/// A free slot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SlotView {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Who receives: the practitioner's name, or that of who stands in for them that day.
    pub practitioner: String,
    /// Who is replaced then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub replaces: Option<String>,
    /// Wall time.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// Minutes.
    pub minutes: i64,
}

/// The signed-in practitioner's day, or another's for a secretary.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowMyDayRequest {
    /// ISO date.
    pub day: String,
    /// Whose; none: the signed-in practitioner's.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
}

/// A doctor's day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MyDayView {
    /// ISO date.
    pub day: String,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Practitioner's name.
    pub practitioner: String,
    /// Now at the site.
    #[ts(type = "string")]
    pub now: WallTime,
    /// The day's list in order, untimed walk-ins after the timed.
    pub appointments: Vec<AppointmentView>,
    /// Who waits, in the order to be called, with the minutes waited.
    pub waiting: Vec<WaitingView>,
    /// Who is to be called next.
    #[ts(type = "AppointmentId | null")]
    pub next: Option<AppointmentId>,
    /// Done, and still to come.
    pub done: i64,
    /// Active and not done.
    pub to_come: i64,
}

/// Print the day's list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintDayListRequest {
    /// ISO date.
    pub day: String,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// A history.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct HistoryView {
    /// Oldest first.
    pub steps: Vec<StepView>,
}
