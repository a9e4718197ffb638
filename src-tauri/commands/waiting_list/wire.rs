//! Requests and views of the waiting list.

use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId, WaitingEntryId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::super::agenda::wire::ChangedAppointmentView;

/// What somebody on the list wishes for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WishView {
    /// With whom; empty: anybody.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// On which days of the week, 1 Monday to 7 Sunday; empty: any.
    pub weekdays: Vec<u32>,
    /// From this day on, ISO date; empty: from today.
    pub from: String,
    /// Until this day, itself included, ISO date; empty: for half a year.
    pub until: String,
    /// From this minute of the day on.
    pub from_minute: i64,
    /// Over by this minute of the day.
    pub to_minute: i64,
    /// Urgency.
    #[ts(type = "Urgency")]
    pub urgency: String,
    /// Note of the desk, never clinical.
    pub note: String,
}

/// Put somebody on the list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddToWaitingListRequest {
    /// Who; with an appointment, its patient.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// The appointment that they want earlier; it then says for which type and how long.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// For which type; with an appointment, its type.
    #[ts(type = "TypeId | null")]
    pub type_id: Option<TypeId>,
    /// What they wish for.
    pub wish: WishView,
}

/// Change a wish.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateWaitingEntryRequest {
    /// Which.
    #[ts(type = "WaitingEntryId")]
    pub id: WaitingEntryId,
    /// The revision that was shown.
    pub revision: i64,
    /// What they wish for now.
    pub wish: WishView,
}

/// One entry.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WaitingEntryRequest {
    /// Which.
    #[ts(type = "WaitingEntryId")]
    pub id: WaitingEntryId,
}

/// The list.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListWaitingRequest {
    /// Those as well who left it by themselves in the last 30 days.
    pub left: bool,
}

/// The waiting list, in the order in which a slot is offered.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingListView {
    /// Entries: those who wait, urgent first then oldest; then those who left.
    pub entries: Vec<WaitingEntryView>,
}

/// An entry of the list.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct WaitingEntryView {
    /// Identifier.
    #[ts(type = "WaitingEntryId")]
    pub id: WaitingEntryId,
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// `DUPONT Marie`.
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
    /// Minutes it takes.
    pub minutes: i64,
    /// The appointment that they want earlier.
    #[ts(type = "AppointmentId | null")]
    pub appointment_id: Option<AppointmentId>,
    /// Where that appointment stands now.
    #[ts(type = "string | null")]
    pub appointment: Option<WallTime>,
    /// What they wish for.
    pub wish: WishView,
    /// Day on which they were put on the list, ISO date.
    pub since: String,
    /// Whether they are on it, and else why not.
    #[ts(type = "'waiting' | 'accepted' | 'fulfilled' | 'past' | 'appointment_gone' | 'removed'")]
    pub standing: String,
    /// Whether they put themselves on it at the portal.
    pub from_portal: bool,
    /// What was offered and not taken, newest last.
    pub offers: Vec<OfferView>,
    /// Grows with each change.
    pub revision: i64,
}

/// An offer, as it ended.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfferView {
    /// Whose slot.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Wall time of the slot.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// What came of it.
    #[ts(type = "'accepted' | 'refused' | 'no_answer'")]
    pub outcome: String,
}

/// An entry that was just added or changed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangedWaitingEntryView {
    /// As it is now.
    pub entry: WaitingEntryView,
    /// The journal's entry, to undo.
    pub sequence: i64,
}

/// Who would like a stretch that has become free.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FindWaitingRequest {
    /// Whose stretch.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Its first minute, wall time.
    #[ts(type = "string")]
    pub from: WallTime,
    /// The minute at which it ends, wall time.
    #[ts(type = "string")]
    pub to: WallTime,
    /// At most so many, 1 to 50.
    pub limit: i64,
}

/// Whom a stretch is offered to, in this order.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FittingView {
    /// Those who fit, urgent first then oldest.
    pub people: Vec<FittingPersonView>,
}

/// Somebody who fits.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FittingPersonView {
    /// Their entry.
    pub entry: WaitingEntryView,
    /// Where in the stretch they fit first.
    #[ts(type = "string")]
    pub starts: WallTime,
}

/// Say what came of an offer. Accepted: it is booked, or their appointment is moved there, at once.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordOfferRequest {
    /// To whom.
    #[ts(type = "WaitingEntryId")]
    pub id: WaitingEntryId,
    /// Whose slot.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Its start.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// What came of it.
    #[ts(type = "'accepted' | 'refused' | 'no_answer'")]
    pub outcome: domain::agenda::waiting_list::OfferOutcome,
}

/// What an offer led to.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OfferedView {
    /// The entry as it is now.
    pub entry: WaitingEntryView,
    /// The appointment, where the offer was accepted.
    pub appointment: Option<ChangedAppointmentView>,
    /// What that appointment left behind: a slot that can be offered in turn.
    pub freed: Option<FreedView>,
    /// An entry of the journal: undo takes all of it back.
    pub sequence: i64,
}

/// A stretch that has become free.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FreedView {
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// First minute.
    #[ts(type = "string")]
    pub from: WallTime,
    /// The minute at which it ends.
    #[ts(type = "string")]
    pub to: WallTime,
}
