//! What comes in: an appointment as it stands there, as plain values. Each was of its form; none is believed to be anybody known.

use chrono::{DateTime, NaiveDate, Utc};
use domain::agenda::status::Status;
use domain::agenda::{BookingCode, CancelledBy};
use domain::id::{AppointmentId, PractitionerId, SiteId, TypeId};
use fhir::booking::{Appointment, AppointmentStatus, Language, Wish};

/// An appointment as it stands there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inbound {
    /// Its name.
    pub id: AppointmentId,
    /// Its version there.
    pub version: i64,
    /// Since when.
    pub updated_at: DateTime<Utc>,
    /// Its booking code.
    pub code: Option<BookingCode>,
    /// Its status in the agenda; none for who only waits.
    pub status: Option<Status>,
    /// Who called it off.
    pub cancelled_by: Option<CancelledBy>,
    /// Whether the patient said that they come.
    pub confirmed: bool,
    /// Its type.
    pub type_id: Option<TypeId>,
    /// With whom.
    pub practitioner_id: PractitionerId,
    /// Where.
    pub site_id: SiteId,
    /// The instant at which it begins.
    pub start_at: Option<DateTime<Utc>>,
    /// How long.
    pub minutes: Option<i64>,
    /// For whom.
    pub person: Option<InboundPerson>,
    /// Who booked for them.
    pub contact: Option<InboundContact>,
    /// What is wished for: on the waiting list, or no longer.
    pub wish: Option<Wish>,
    /// The link of a video consultation.
    pub visio: Option<String>,
}

/// For whom. No `Debug` of what it holds would be wanted in a log: it is never written there.
#[derive(Clone, PartialEq, Eq)]
pub struct InboundPerson {
    /// The surname.
    pub surname: String,
    /// The first name.
    pub first_name: String,
    /// The phone, E.164.
    pub phone: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
    /// The birth date.
    pub born_on: Option<NaiveDate>,
    /// The language of messages.
    pub language: Language,
}

/// Who booked for them.
#[derive(Clone, PartialEq, Eq)]
pub struct InboundContact {
    /// Their name.
    pub name: String,
    /// Their phone, E.164.
    pub phone: String,
    /// Whether the guardian consented; none where nobody needed to.
    pub consent: Option<bool>,
}

impl std::fmt::Debug for InboundPerson {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InboundPerson(…)")
    }
}

impl std::fmt::Debug for InboundContact {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("InboundContact(…)")
    }
}

/// The plain values of an appointment that a portal told; none where it bears no version.
#[must_use]
pub fn inbound(told: &Appointment) -> Option<Inbound> {
    let meta = told.meta.as_ref()?;
    Some(Inbound {
        id: told.id,
        version: meta.version,
        updated_at: meta.updated_at,
        code: told.code,
        status: told.status.status(told.confirmed),
        cancelled_by: told.cancelled_by.filter(|_| told.status == AppointmentStatus::Cancelled),
        confirmed: told.confirmed,
        type_id: told.kind.as_ref().map(|kind| kind.id),
        practitioner_id: told.practitioner,
        site_id: told.site,
        start_at: told.span.map(|span| span.start_at),
        minutes: told.span.map(|span| span.minutes),
        person: told.person.as_ref().map(|person| InboundPerson {
            surname: person.surname.to_string(),
            first_name: person.first_name.to_string(),
            phone: person.phone.as_ref().map(ToString::to_string),
            email: person.email.as_ref().map(ToString::to_string),
            born_on: person.born_on,
            language: person.language,
        }),
        contact: told.contact.as_ref().map(|contact| InboundContact {
            name: contact.name.to_string(),
            phone: contact.phone.to_string(),
            consent: contact.consent,
        }),
        wish: told.wish.clone(),
        visio: told.visio.as_ref().map(ToString::to_string),
    })
}
