//! What the desk holds about one person: contact persons, consents, appointments, series, the waiting list, calls.

use serde::{Deserialize, Serialize};

/// A contact person, as the person's file names them.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Identifier.
    pub id: String,
    /// Name.
    pub name: String,
    /// Relation.
    pub relation: String,
    /// Phone.
    pub phone: String,
    /// Decides for a minor.
    pub guardian: bool,
    /// The patient they are.
    pub linked_patient_id: Option<String>,
    /// May be told of appointments.
    pub told_appointments: bool,
    /// May be given messages.
    pub told_messages: bool,
    /// May be told of results.
    pub told_results: bool,
    /// Removed.
    pub removed: bool,
}

/// A guardian's consent.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Consent {
    /// Identifier.
    pub id: String,
    /// The contact person.
    pub contact_person_id: String,
    /// Their name.
    pub given_by: String,
    /// Their relation.
    pub relation: String,
    /// When.
    pub given_on: String,
    /// How: `spoken`, `written`, `electronic`.
    pub way: String,
    /// When it was noted.
    pub noted_at: String,
    /// By whom.
    pub noted_by: String,
    /// When it was withdrawn.
    pub withdrawn_on: Option<String>,
    /// Entered in error.
    pub removed: bool,
}

/// An appointment.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appointment {
    /// Identifier.
    pub id: String,
    /// Booking code.
    pub code: String,
    /// Practitioner.
    pub practitioner_id: String,
    /// Their name.
    pub practitioner: String,
    /// Site.
    pub site_id: String,
    /// Its name.
    pub site: String,
    /// Its IANA zone.
    pub zone: String,
    /// Type.
    pub type_id: String,
    /// Its name.
    pub type_name: String,
    /// Day.
    pub day: String,
    /// Wall time; none: an untimed walk-in.
    pub starts: Option<String>,
    /// Place among the untimed walk-ins of its day.
    pub queue_rank: Option<i64>,
    /// Minutes.
    pub minutes: i64,
    /// Status.
    pub status: String,
    /// Origin.
    pub origin: String,
    /// Urgency.
    pub urgency: String,
    /// Over another on purpose.
    pub overbooked: bool,
    /// Note of the desk.
    pub note: String,
    /// Who called.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Link of a video call.
    pub visio_link: String,
    /// Hint for billing.
    pub billing_hint: String,
    /// Who cancelled.
    pub cancelled_by: Option<String>,
    /// Why.
    pub cancel_reason: String,
    /// Cancelled late.
    pub cancelled_late: bool,
    /// Wall time of the arrival.
    pub arrived: Option<String>,
    /// Wall time of the beginning.
    pub seated: Option<String>,
    /// Wall time of the end.
    pub dismissed: Option<String>,
    /// Identifier in the software it was taken over from.
    pub external_uid: Option<String>,
    /// Grows with each change.
    pub revision: i64,
}

/// A series.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Identifier.
    pub id: String,
    /// Practitioner's name.
    pub practitioner: String,
    /// Type's name.
    pub type_name: String,
    /// Minutes of a session.
    pub minutes: i64,
    /// `days`, `weeks`, `months`.
    pub unit: String,
    /// At least so many between two.
    pub at_least: i64,
    /// At most.
    pub at_most: i64,
    /// How many sessions.
    pub sessions: i64,
    /// Wall time of the first.
    pub first: String,
    /// Those that were booked.
    pub booked: Vec<BookedSession>,
}

/// A session of a series.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookedSession {
    /// Its number.
    pub number: i64,
    /// Booking code.
    pub code: String,
    /// Wall time at which the rule put it.
    pub planned: String,
}

/// An entry of the waiting list.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Identifier.
    pub id: String,
    /// Type's name.
    pub type_name: String,
    /// Minutes.
    pub minutes: i64,
    /// Code of the appointment that they want earlier.
    pub appointment: Option<String>,
    /// With whom; empty: anybody.
    pub practitioners: Vec<String>,
    /// Days of the week, Monday in the lowest bit.
    pub weekdays: i64,
    /// From this day.
    pub from_day: String,
    /// To this day.
    pub until_day: String,
    /// From this minute of the day.
    pub from_minute: i64,
    /// To this minute.
    pub to_minute: i64,
    /// Urgency.
    pub urgency: String,
    /// Note of the desk.
    pub note: String,
    /// Wall time at which their appointment stood.
    pub before: Option<String>,
    /// When they asked.
    pub created_at: String,
    /// `accepted` or `removed`.
    pub closed: Option<String>,
    /// What was offered.
    pub offers: Vec<Offer>,
}

/// An offer.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Practitioner's name.
    pub practitioner: String,
    /// Wall time.
    pub starts: String,
    /// What came of it.
    pub outcome: String,
    /// When it was made.
    pub offered_at: String,
}

/// A call.
#[cfg_attr(test, derive(Debug))]
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Identifier.
    pub id: String,
    /// The contact person who called.
    pub contact_person_id: Option<String>,
    /// Who called, where it was not the person.
    pub caller_name: String,
    /// Their phone.
    pub caller_phone: String,
    /// Relation of the contact person.
    pub relation: String,
    /// About what.
    pub about: String,
    /// To whom a message was left.
    pub practitioner: String,
    /// When.
    pub taken_at: String,
    /// By whom.
    pub taken_by: String,
    /// When the message was read.
    pub read_at: Option<String>,
    /// By whom.
    pub read_by: String,
    /// The answer.
    pub answer: String,
    /// When.
    pub answered_at: Option<String>,
    /// By whom.
    pub answered_by: String,
    /// When it was settled.
    pub closed_at: Option<String>,
    /// By whom.
    pub closed_by: String,
    /// Entered in error.
    pub removed: bool,
}
