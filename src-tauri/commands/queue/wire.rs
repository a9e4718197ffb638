//! Requests and views of the waiting room and of its wall display.

use domain::id::{AppointmentId, PractitionerId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::agenda::wire::AppointmentView;

/// Somebody in the waiting room.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingView {
    /// The appointment.
    pub appointment: AppointmentView,
    /// Minutes since the arrival, never negative.
    pub waited: i64,
    /// Longer than the practice finds right.
    pub over: bool,
    /// Minutes they are still expected to wait, never negative; none on another day than today.
    pub expected: Option<i64>,
}

/// The waiting room of today, of all practitioners.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingRoomView {
    /// Who waits: the soonest to be called first, each practitioner's own in the order to be called.
    pub waiting: Vec<WaitingView>,
    /// Who is with a practitioner.
    pub seated: Vec<AppointmentView>,
    /// What the practice chose.
    pub settings: WaitingSettingsView,
}

/// What the practice chose for its waiting room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct WaitingSettingsView {
    /// Longer than so many minutes, somebody has waited too long.
    pub over_wait_minutes: i64,
    /// Languages of the wall display, in their order.
    #[ts(type = "('fr' | 'ar' | 'en')[]")]
    pub wall_languages: Vec<String>,
    /// Leaving the wall display locks the window.
    pub wall_locks: bool,
    /// Where each practitioner receives, as the wall display says it.
    pub rooms: Vec<RoomView>,
}

/// Where a practitioner receives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RoomView {
    /// Who.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// `Salle 2`.
    pub room: String,
}

/// Set up the waiting room.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetWaitingRoomRequest {
    /// Minutes, 5 to 240.
    pub over_wait_minutes: i64,
    /// Languages of the wall display, one to three.
    #[ts(type = "('fr' | 'ar' | 'en')[]")]
    pub wall_languages: Vec<String>,
    /// Leaving the wall display locks the window.
    pub wall_locks: bool,
    /// Where each practitioner receives; without an entry nothing is said.
    pub rooms: Vec<RoomView>,
}

/// Call the next one of a practitioner.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallNextRequest {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Whoever is in consultation there is done.
    pub finish: bool,
}

/// Put somebody who waits elsewhere in the order to be called.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PlaceInQueueRequest {
    /// Who.
    #[ts(type = "AppointmentId")]
    pub id: AppointmentId,
    /// Before whom of the same practitioner; none: last.
    #[ts(type = "AppointmentId | null")]
    pub before: Option<AppointmentId>,
}

/// What stands on the wall: booking codes, never a name.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WallDisplayView {
    /// Name of the practice.
    pub practice: String,
    /// Now at the site.
    #[ts(type = "string")]
    pub now: WallTime,
    /// Languages, in their order.
    #[ts(type = "('fr' | 'ar' | 'en')[]")]
    pub languages: Vec<String>,
    /// One a practitioner who has somebody, in the practice's order.
    pub lines: Vec<WallLineView>,
}

/// One practitioner on the wall.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WallLineView {
    /// The practitioner's name.
    pub practitioner: String,
    /// Where they receive; may be empty.
    pub room: String,
    /// Who is called now, the newest first.
    pub called: Vec<WallCalledView>,
    /// Who comes next, in order, five at most.
    pub next: Vec<WallNextView>,
    /// How many wait in all.
    pub waiting: i64,
}

/// Somebody who was called.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WallCalledView {
    /// Booking code as it is said.
    pub code: String,
    /// Called within the last two minutes.
    pub fresh: bool,
}

/// Somebody who comes next.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WallNextView {
    /// Booking code as it is said.
    pub code: String,
    /// Minutes they are still expected to wait.
    pub expected: i64,
}
