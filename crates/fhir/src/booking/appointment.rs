//! An appointment, with the person as a contained, minimised Patient; and who waits for one.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::{
    agenda::{BookingCode, CancelledBy},
    id::{AppointmentId, PractitionerId, SiteId, TypeId},
};
use serde::{Deserialize, Serialize};

use super::{
    names,
    status::AppointmentStatus,
    text::{Email, Label, Language, Name, Phone, VisioLink},
    wire::{
        Concept, ContactPoint, Extension, HumanName, Identifier, Meta, Period, Reference, Refused, WireMeta, by_wire,
        read, refused,
    },
};

/// The longest that anything lasts, in minutes: a day.
pub const MAX_MINUTES: i64 = 24 * 60;

/// When, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The instant at which it begins, on a whole minute.
    pub start_at: DateTime<Utc>,
    /// How long.
    pub minutes: i64,
}

/// An appointment type: an opaque code and the label that is public. Never a reason in somebody's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentType {
    /// The practice's own id.
    pub id: TypeId,
    /// The public label.
    pub label: Label,
}

impl AppointmentType {
    pub(super) fn concept(&self) -> Concept {
        Concept { text: Some(self.label.to_string()), ..Concept::coded(names::APPOINTMENT_TYPE, self.id.to_string()) }
    }

    pub(super) fn read(concept: &Concept) -> Result<Self, Refused> {
        const AT: &str = "serviceType";
        Ok(Self {
            id: concept.code(AT)?.parse().map_err(|_| refused(AT))?,
            label: concept.text.as_deref().unwrap_or_default().parse().map_err(|_| refused(AT))?,
        })
    }
}

/// Whom it is for, as far as a booking needs to know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The surname.
    pub surname: Name,
    /// The first name.
    pub first_name: Name,
    /// The mobile phone; none where a contact person's serves.
    pub phone: Option<Phone>,
    /// The e-mail address.
    pub email: Option<Email>,
    /// The birth date.
    pub born_on: Option<NaiveDate>,
    /// The language of messages.
    pub language: Language,
}

/// Who booked for a relative or a minor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Their name.
    pub name: Name,
    /// Their phone.
    pub phone: Phone,
    /// Whether the guardian of a minor consented; none where nobody needs to.
    pub consent: Option<bool>,
}

/// Days and hours that somebody on the waiting list wishes for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// From this day on.
    pub from_on: NaiveDate,
    /// Until this day, itself included.
    pub until_on: NaiveDate,
    /// On which days of the week, Monday in the lowest bit; at least one.
    pub weekdays: u8,
    /// From this minute of the day on.
    pub from_minute: u16,
    /// Over by this minute of the day.
    pub to_minute: u16,
}

/// An appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// What the server says of it; none on the way in.
    pub meta: Option<Meta>,
    /// Its name on both sides.
    pub id: AppointmentId,
    /// The booking code.
    pub code: Option<BookingCode>,
    /// Where it stands.
    pub status: AppointmentStatus,
    /// Whether the patient said again that they come.
    pub confirmed: bool,
    /// Who called it off; only where it is cancelled.
    pub cancelled_by: Option<CancelledBy>,
    /// What it is for.
    pub kind: Option<AppointmentType>,
    /// With whom.
    pub practitioner: PractitionerId,
    /// Where.
    pub site: SiteId,
    /// When; none for who only waits.
    pub span: Option<Span>,
    /// For whom; none for a time that is only held.
    pub person: Option<Person>,
    /// Who booked for them.
    pub contact: Option<Contact>,
    /// The link of a video consultation.
    pub visio: Option<VisioLink>,
    /// What is wished for; only on the waiting list.
    pub wish: Option<Wish>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WireAppointment {
    resource_type: AppointmentWord,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default)]
    meta: WireMeta,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    contained: Vec<Contained>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    extension: Vec<Extension>,
    identifier: Vec<Identifier>,
    status: AppointmentStatus,
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelation_reason: Option<Concept>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    service_type: Vec<Concept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<DateTime<Utc>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<DateTime<Utc>>,
    participant: Vec<Participant>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    requested_period: Vec<Period>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum AppointmentWord {
    Appointment,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "resourceType", deny_unknown_fields)]
enum Contained {
    #[serde(rename_all = "camelCase")]
    Patient {
        id: String,
        name: Vec<HumanName>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        telecom: Vec<ContactPoint>,
        #[serde(skip_serializing_if = "Option::is_none")]
        birth_date: Option<NaiveDate>,
        communication: Vec<Communication>,
    },
    RelatedPerson {
        id: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        extension: Vec<Extension>,
        patient: Reference,
        name: Vec<HumanName>,
        telecom: Vec<ContactPoint>,
    },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Communication {
    language: Concept,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Participant {
    #[serde(rename = "type", default, skip_serializing_if = "Vec::is_empty")]
    kind: Vec<Concept>,
    actor: Reference,
    status: Part,
}

/// FHIR R4, `participationstatus`, the two that are used.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Part {
    Accepted,
    NeedsAction,
}

const PATIENT: &str = "patient";
const CONTACT: &str = "contact";
const PARTICIPATION: &str = "http://terminology.hl7.org/CodeSystem/v3-ParticipationType";
const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

impl From<&Appointment> for WireAppointment {
    fn from(a: &Appointment) -> Self {
        let asked =
            matches!(a.status, AppointmentStatus::Proposed | AppointmentStatus::Pending | AppointmentStatus::Waitlist);
        let practice = if asked { Part::NeedsAction } else { Part::Accepted };
        let performer = Concept::coded(PARTICIPATION, "PPRF");
        let place = Concept::coded(PARTICIPATION, "LOC");
        let mut participant = vec![
            Participant { kind: vec![performer], actor: Reference::named(a.practitioner.uuid()), status: practice },
            Participant { kind: vec![place], actor: Reference::named(a.site.uuid()), status: practice },
        ];
        if a.person.is_some() {
            participant.push(Participant {
                kind: Vec::new(),
                actor: Reference::contained(PATIENT),
                status: if a.confirmed { Part::Accepted } else { Part::NeedsAction },
            });
        }
        if a.contact.is_some() {
            participant.push(Participant {
                kind: Vec::new(),
                actor: Reference::contained(CONTACT),
                status: Part::Accepted,
            });
        }
        let mut identifier = vec![Identifier::uuid(a.id.uuid())];
        identifier.extend(a.code.map(|c| Identifier { system: names::BOOKING_CODE.to_owned(), value: c.to_string() }));
        let mut extension: Vec<Extension> = a.visio.iter().map(write_visio).collect();
        extension.extend(a.wish.iter().map(write_hours));
        Self {
            resource_type: AppointmentWord::Appointment,
            id: a.meta.as_ref().map(|m| m.id.clone()),
            meta: WireMeta::new(a.meta.as_ref(), names::FR_APPOINTMENT),
            contained: a.person.iter().map(write_person).chain(a.contact.iter().map(write_contact)).collect(),
            extension,
            identifier,
            status: a.status,
            cancelation_reason: a.cancelled_by.map(|by| {
                let code = if by == CancelledBy::Patient { "pat" } else { "prov" };
                Concept::coded(names::CANCELLATION_REASON, code)
            }),
            service_type: a.kind.iter().map(AppointmentType::concept).collect(),
            start: a.span.map(|s| s.start_at),
            end: a.span.map(Span::end_at),
            participant,
            requested_period: a.wish.iter().map(|w| Period { start: Some(w.from_on), end: Some(w.until_on) }).collect(),
        }
    }
}

fn write_person(person: &Person) -> Contained {
    let phone = person.phone.iter().map(|p| ContactPoint::phone(p.as_str()));
    let email = person.email.iter().map(|e| ContactPoint::email(e.as_str()));
    Contained::Patient {
        id: PATIENT.to_owned(),
        name: vec![HumanName {
            text: None,
            family: Some(person.surname.to_string()),
            given: vec![person.first_name.to_string()],
        }],
        telecom: phone.chain(email).collect(),
        birth_date: person.born_on,
        communication: vec![Communication { language: Concept::coded(names::LANGUAGES, person.language.as_str()) }],
    }
}

fn write_contact(contact: &Contact) -> Contained {
    Contained::RelatedPerson {
        id: CONTACT.to_owned(),
        extension: contact
            .consent
            .map(|given| Extension { value_boolean: Some(given), ..Extension::new(names::GUARDIAN_CONSENT) })
            .into_iter()
            .collect(),
        patient: Reference::contained(PATIENT),
        name: vec![HumanName { text: Some(contact.name.to_string()), ..HumanName::default() }],
        telecom: vec![ContactPoint::phone(contact.phone.as_str())],
    }
}

fn write_visio(link: &VisioLink) -> Extension {
    Extension {
        extension: vec![Extension { value_url: Some(link.to_string()), ..Extension::new("address") }],
        ..Extension::new(names::VIRTUAL_SERVICE)
    }
}

fn clock(minute: u16) -> String {
    // FHIR's time has no 24:00; the end of the day is its last second.
    if minute >= 24 * 60 { "23:59:59".to_owned() } else { format!("{:02}:{:02}:00", minute / 60, minute % 60) }
}

fn read_clock(text: &str) -> Option<u16> {
    if text == "23:59:59" {
        return Some(24 * 60);
    }
    let time = NaiveTime::parse_from_str(text, "%H:%M:%S").ok()?;
    u16::try_from(time.signed_duration_since(NaiveTime::MIN).num_minutes()).ok()
}

fn write_hours(wish: &Wish) -> Extension {
    let days = DAYS.iter().enumerate().filter(|(at, _)| wish.weekdays & 1 << at != 0);
    let mut extension: Vec<Extension> =
        days.map(|(_, day)| Extension { value_code: Some((*day).to_owned()), ..Extension::new("day") }).collect();
    extension.push(Extension { value_time: Some(clock(wish.from_minute)), ..Extension::new("from") });
    extension.push(Extension { value_time: Some(clock(wish.to_minute)), ..Extension::new("to") });
    Extension { extension, ..Extension::new(names::WISHED_HOURS) }
}

impl TryFrom<WireAppointment> for Appointment {
    type Error = Refused;

    fn try_from(mut wire: WireAppointment) -> Result<Self, Refused> {
        let meta = wire.meta.read(wire.id.as_deref());
        wire.id = meta.as_ref().map(|m| m.id.clone());
        wire.meta = WireMeta::new(meta.as_ref(), names::FR_APPOINTMENT);
        let appointment = read(&wire, |w| read_appointment(w, meta), "Appointment")?;
        appointment.check()?;
        Ok(appointment)
    }
}

fn read_appointment(w: &WireAppointment, meta: Option<Meta>) -> Result<Appointment, Refused> {
    let id = w.identifier.first().ok_or(refused("Appointment.identifier"))?.read_uuid("Appointment.identifier")?;
    let code = match w.identifier.get(1) {
        Some(code) => Some(code.value.parse().map_err(|_| refused("Appointment.identifier"))?),
        None => None,
    };
    let [practitioner, site, rest @ ..] = w.participant.as_slice() else {
        return Err(refused("Appointment.participant"));
    };
    let (mut person, mut contact) = (None, None);
    for contained in &w.contained {
        match contained {
            Contained::Patient { name, telecom, birth_date, communication, .. } => {
                person = Some(read_person(name, telecom, *birth_date, communication)?);
            }
            Contained::RelatedPerson { extension, name, telecom, .. } => {
                contact = Some(read_contact(extension, name, telecom)?);
            }
        }
    }
    let span = match (w.start, w.end) {
        (Some(start), Some(end)) => Some(Span::between(start, end).ok_or(refused("Appointment.end"))?),
        (None, None) => None,
        _ => return Err(refused("Appointment.end")),
    };
    let visio = Extension::find(&w.extension, names::VIRTUAL_SERVICE)
        .map(|e| {
            let link = Extension::find(&e.extension, "address").and_then(|p| p.value_url.as_deref());
            link.unwrap_or_default().parse().map_err(|_| refused("Appointment.extension"))
        })
        .transpose()?;
    Ok(Appointment {
        meta,
        id: AppointmentId::new(id),
        code,
        status: w.status,
        confirmed: rest.first().is_some_and(|p| person.is_some() && p.status == Part::Accepted),
        cancelled_by: match &w.cancelation_reason {
            Some(reason) => Some(match reason.code("Appointment.cancelationReason")? {
                "pat" => CancelledBy::Patient,
                "prov" => CancelledBy::Practice,
                _ => return Err(refused("Appointment.cancelationReason")),
            }),
            None => None,
        },
        kind: w.service_type.first().map(AppointmentType::read).transpose()?,
        practitioner: PractitionerId::new(practitioner.actor.read_named("Appointment.participant")?),
        site: SiteId::new(site.actor.read_named("Appointment.participant")?),
        span,
        person,
        contact,
        visio,
        wish: w.requested_period.first().map(|p| read_wish(p, &w.extension)).transpose()?,
    })
}

fn read_person(
    name: &[HumanName],
    telecom: &[ContactPoint],
    born_on: Option<NaiveDate>,
    communication: &[Communication],
) -> Result<Person, Refused> {
    let name = name.first().ok_or(refused("Patient.name"))?;
    let part = |text: Option<&String>| text.and_then(|t| t.parse().ok()).ok_or(refused("Patient.name"));
    let point = |system: &str| telecom.iter().find(|t| t.system == system).map(|t| t.value.as_str());
    let language =
        communication.first().ok_or(refused("Patient.communication"))?.language.code("Patient.communication")?;
    Ok(Person {
        surname: part(name.family.as_ref())?,
        first_name: part(name.given.first())?,
        phone: point("phone").map(|p| p.parse().map_err(|_| refused("Patient.telecom"))).transpose()?,
        email: point("email").map(|e| e.parse().map_err(|_| refused("Patient.telecom"))).transpose()?,
        born_on,
        language: language.parse().map_err(|_| refused("Patient.communication"))?,
    })
}

fn read_contact(extension: &[Extension], name: &[HumanName], telecom: &[ContactPoint]) -> Result<Contact, Refused> {
    let shown = name.first().and_then(|n| n.text.as_deref()).unwrap_or_default();
    let phone = telecom.first().map(|t| t.value.as_str()).unwrap_or_default();
    Ok(Contact {
        name: shown.parse().map_err(|_| refused("RelatedPerson.name"))?,
        phone: phone.parse().map_err(|_| refused("RelatedPerson.telecom"))?,
        consent: Extension::find(extension, names::GUARDIAN_CONSENT).and_then(|e| e.value_boolean),
    })
}

fn read_wish(period: &Period, extensions: &[Extension]) -> Result<Wish, Refused> {
    const AT: &str = "Appointment.requestedPeriod";
    let hours = Extension::find(extensions, names::WISHED_HOURS).ok_or(refused(AT))?;
    let minute = |name: &str| {
        let time = Extension::find(&hours.extension, name).and_then(|p| p.value_time.as_deref());
        time.and_then(read_clock).ok_or(refused(AT))
    };
    let weekdays = hours.extension.iter().filter(|p| p.url == "day").filter_map(|p| p.value_code.as_deref());
    Ok(Wish {
        from_on: period.start.ok_or(refused(AT))?,
        until_on: period.end.ok_or(refused(AT))?,
        weekdays: weekdays.filter_map(|day| DAYS.iter().position(|d| *d == day)).fold(0, |all, at| all | 1 << at),
        from_minute: minute("from")?,
        to_minute: minute("to")?,
    })
}

impl Appointment {
    /// What FHIR's invariants and the rules of a booking ask, beyond the form of each field.
    ///
    /// # Errors
    /// Names the element that does not fit.
    pub fn check(&self) -> Result<(), Refused> {
        if self.status.needs_time() && self.span.is_none() {
            return Err(refused("Appointment.start"));
        }
        let ended = matches!(self.status, AppointmentStatus::Cancelled | AppointmentStatus::Noshow);
        if self.cancelled_by.is_some() && !ended {
            return Err(refused("Appointment.cancelationReason"));
        }
        if self.contact.is_some() && self.person.is_none() || self.confirmed && self.person.is_none() {
            return Err(refused("Appointment.contained"));
        }
        match &self.wish {
            Some(wish) => {
                let fits = wish.from_on <= wish.until_on
                    && (1..0x80).contains(&wish.weekdays)
                    && wish.from_minute < wish.to_minute
                    && wish.to_minute <= 24 * 60;
                let waits = self.status == AppointmentStatus::Waitlist
                    || ended
                    || self.status == AppointmentStatus::EnteredInError;
                if fits && waits { Ok(()) } else { Err(refused("Appointment.requestedPeriod")) }
            }
            None if self.status == AppointmentStatus::Waitlist => Err(refused("Appointment.requestedPeriod")),
            None => Ok(()),
        }
    }
}

by_wire!(Appointment, WireAppointment);
