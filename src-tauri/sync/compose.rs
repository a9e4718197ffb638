//! What leaves: plain facts become resources that cannot hold more than a booking needs, cut down to what the instruction covers.
//! The preview runs these very functions.
//!
//! A value that is not of its form stays here (a phone that is none, a label with a number in it); where the thing makes no sense
//! without it, the thing stays here, and the element is named.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::agenda::status::Status;
use domain::agenda::{BookingCode, CancelledBy};
use domain::country::Country;
use domain::id::{AppointmentId, PractitionerId, SiteId, TypeId};
use domain::identifiers::phone::{self, Region};
use domain::sync::availability::{Standing, Told, differences};
use domain::sync::{Expect, Own};
use domain::time::Zone;
use fhir::booking::{
    Appointment, AppointmentStatus, AppointmentType, Contact, Horizon, Instruction, Language, OfferedType, Person,
    Practitioner, Schedule, ScheduleId, Site, Slot, SlotId, SlotStatus, Span, Wish,
};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

use super::signature::hex;
use super::told::{Put, Resource};

/// Why a thing is not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTold {
    /// It is never to be known there: its mark, or the person's objection.
    Hidden,
    /// The instruction does not name the practitioner.
    NotInstructed,
    /// This element is not of its form, and nothing is told without it.
    Unfit(&'static str),
}

/// What is known of an appointment.
#[derive(Debug, Clone)]
pub struct AppointmentFacts {
    /// Its name.
    pub id: AppointmentId,
    /// Its booking code.
    pub code: Option<BookingCode>,
    /// Where it stands.
    pub status: Status,
    /// Who called it off.
    pub cancelled_by: Option<CancelledBy>,
    /// Its type.
    pub type_id: Option<TypeId>,
    /// The type's public label.
    pub type_label: String,
    /// With whom.
    pub practitioner_id: PractitionerId,
    /// Where.
    pub site_id: SiteId,
    /// The instant at which it begins.
    pub start_at: DateTime<Utc>,
    /// How long.
    pub minutes: i64,
    /// For whom; none: a time that is only held.
    pub person: Option<PersonFacts>,
    /// Who booked for them.
    pub contact: Option<ContactFacts>,
    /// The link of a video consultation; empty where there is none.
    pub visio: String,
    /// Never to be known there.
    pub hidden: bool,
}

/// What is known of a person.
#[derive(Debug, Clone)]
pub struct PersonFacts {
    /// The surname.
    pub surname: String,
    /// The first name.
    pub first_name: String,
    /// The mobile phone, in any writing.
    pub phone: String,
    /// The e-mail address.
    pub email: String,
    /// The birth date.
    pub born_on: Option<NaiveDate>,
    /// The language of messages; none: the instruction's.
    pub language: Option<Language>,
    /// The numbering plan of the site.
    pub region: Region,
}

/// Who booked for a relative or a minor.
#[derive(Debug, Clone)]
pub struct ContactFacts {
    /// Their name.
    pub name: String,
    /// Their phone, in any writing.
    pub phone: String,
    /// Whether the guardian consented; none where nobody needs to.
    pub consent: Option<bool>,
    /// The numbering plan of the site.
    pub region: Region,
}

/// What is known of a wish of the waiting list that came from the portal.
#[derive(Debug, Clone)]
pub struct WishFacts {
    /// As an appointment; its time is not told.
    pub appointment: AppointmentFacts,
    /// What is wished for.
    pub wish: Wish,
}

/// What is known of a practitioner at a site.
#[derive(Debug, Clone)]
pub struct ScheduleFacts {
    /// Who.
    pub practitioner_id: PractitionerId,
    /// The name as on the plate.
    pub practitioner_name: String,
    /// The speciality as on the plate; empty where none is told.
    pub speciality: String,
    /// Where.
    pub site_id: SiteId,
    /// Its name.
    pub site_name: String,
    /// Street and number.
    pub street: String,
    /// The post code.
    pub post_code: String,
    /// The town.
    pub town: String,
    /// The country.
    pub country: Country,
    /// The zone.
    pub zone: Zone,
    /// What can be booked online.
    pub types: Vec<OfferedFacts>,
    /// From which day to which slots are told.
    pub horizon: Option<(NaiveDate, NaiveDate)>,
    /// Whether it is shown.
    pub active: bool,
}

/// A type that can be booked online.
#[derive(Debug, Clone)]
pub struct OfferedFacts {
    /// The type.
    pub type_id: TypeId,
    /// Its public label.
    pub label: String,
    /// How long it takes.
    pub minutes: i64,
    /// Whether the practice agrees to each booking.
    pub needs_approval: bool,
}

/// A span of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotFacts {
    /// When it begins.
    pub start_at: DateTime<Utc>,
    /// How long it is.
    pub minutes: i64,
    /// Whether it can be booked; else it is busy, without a person.
    pub free: bool,
    /// For which types; none: for any.
    pub types: Vec<TypeId>,
}

/// Whether an instruction covers a practitioner on a day.
#[must_use]
pub fn covers(instruction: &Instruction, practitioner: PractitionerId, today: NaiveDate) -> bool {
    instruction.from_on <= today && instruction.practitioners.contains(&practitioner)
}

fn mobile(text: &str, region: Region) -> Option<fhir::booking::Phone> {
    let read = phone::parse(text, region);
    if read.valid { read.e164.parse().ok() } else { None }
}

fn person(facts: &PersonFacts, instruction: &Instruction) -> Result<Person, NotTold> {
    let name = |text: &str| text.trim().parse().map_err(|_| NotTold::Unfit("Patient.name"));
    let fields = instruction.fields;
    Ok(Person {
        surname: name(&facts.surname)?,
        first_name: name(&facts.first_name)?,
        phone: mobile(&facts.phone, facts.region),
        email: if fields.email { facts.email.trim().parse().ok() } else { None },
        born_on: facts.born_on.filter(|_| fields.birth_date),
        language: facts.language.unwrap_or(instruction.language),
    })
}

fn contact(facts: &ContactFacts) -> Option<Contact> {
    let phone = mobile(&facts.phone, facts.region)?;
    Some(Contact { name: facts.name.trim().parse().ok()?, phone, consent: facts.consent })
}

/// An appointment as it leaves.
///
/// # Errors
/// [`NotTold`].
pub fn appointment(facts: &AppointmentFacts, instruction: &Instruction) -> Result<Appointment, NotTold> {
    if !instruction.practitioners.contains(&facts.practitioner_id) {
        return Err(NotTold::NotInstructed);
    }
    if facts.hidden {
        return Err(NotTold::Hidden);
    }
    let (status, confirmed) = match facts.status {
        // Asked for by the patient, as the portal itself says it.
        Status::Requested => (AppointmentStatus::Pending, false),
        status => AppointmentStatus::of(status),
    };
    let person = facts.person.as_ref().map(|facts| person(facts, instruction)).transpose()?;
    let end_at = facts.start_at + chrono::TimeDelta::minutes(facts.minutes);
    let span = Span::between(facts.start_at, end_at).ok_or(NotTold::Unfit("Appointment.start"))?;
    let label = facts.type_label.trim().parse().ok().filter(|_| instruction.fields.reason);
    let told = Appointment {
        meta: None,
        id: facts.id,
        code: facts.code,
        status,
        confirmed: confirmed && person.is_some(),
        cancelled_by: facts.cancelled_by.filter(|_| facts.status == Status::Cancelled),
        kind: facts.type_id.zip(label).map(|(id, label)| AppointmentType { id, label }),
        practitioner: facts.practitioner_id,
        site: facts.site_id,
        span: Some(span),
        contact: facts.contact.as_ref().and_then(contact).filter(|_| person.is_some()),
        visio: facts.visio.trim().parse().ok(),
        person,
        wish: None,
    };
    told.check().map_err(|refused| NotTold::Unfit(refused.element))?;
    Ok(told)
}

/// A wish of the waiting list as it leaves: still wished for, or settled.
///
/// # Errors
/// [`NotTold`].
pub fn wish(facts: &WishFacts, settled: bool, instruction: &Instruction) -> Result<Appointment, NotTold> {
    let told = appointment(&facts.appointment, instruction)?;
    let status = if settled { AppointmentStatus::Cancelled } else { AppointmentStatus::Waitlist };
    let told = Appointment {
        status,
        confirmed: false,
        cancelled_by: settled.then_some(facts.appointment.cancelled_by).flatten(),
        span: None,
        visio: None,
        wish: Some(facts.wish.clone()),
        ..told
    };
    told.check().map_err(|refused| NotTold::Unfit(refused.element))?;
    Ok(told)
}

/// A wish that stands there, settled: nothing else of it changes.
#[must_use]
pub fn settled(told: &Appointment) -> Appointment {
    Appointment {
        meta: None,
        status: AppointmentStatus::Cancelled,
        confirmed: false,
        cancelled_by: Some(CancelledBy::Practice),
        ..told.clone()
    }
}

/// A UUID of two UUIDs and what it is for: always the same. Version 8, "of one's own".
fn derived(purpose: &str, parts: &[&[u8]]) -> Uuid {
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash.finalize()[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// The name of a practitioner's schedule at a site.
#[must_use]
pub fn schedule_id(practitioner: PractitionerId, site: SiteId) -> ScheduleId {
    ScheduleId(derived("schedule", &[practitioner.uuid().as_bytes(), site.uuid().as_bytes()]))
}

/// A schedule as it leaves. All of it is public.
///
/// # Errors
/// [`NotTold`].
pub fn schedule(facts: &ScheduleFacts, instruction: &Instruction) -> Result<Schedule, NotTold> {
    if !instruction.practitioners.contains(&facts.practitioner_id) {
        return Err(NotTold::NotInstructed);
    }
    let line = |text: &str, most: usize| {
        let text = text.trim();
        let fits =
            !text.is_empty() && text.chars().count() <= most && !text.chars().any(|c| c.is_control() || c == '<');
        fits.then(|| text.to_owned())
    };
    let mut types: Vec<OfferedType> = facts.types.iter().filter_map(offered).collect();
    types.sort_by_key(|offered| offered.kind.id);
    types.dedup_by_key(|offered| offered.kind.id);
    types.truncate(60);
    Ok(Schedule {
        meta: None,
        id: schedule_id(facts.practitioner_id, facts.site_id),
        active: facts.active,
        practitioner: Practitioner {
            id: facts.practitioner_id,
            name: facts.practitioner_name.trim().parse().map_err(|_| NotTold::Unfit("Practitioner.name"))?,
            speciality: facts.speciality.trim().parse().ok(),
        },
        site: Site {
            id: facts.site_id,
            name: facts.site_name.trim().parse().map_err(|_| NotTold::Unfit("Location.name"))?,
            street: line(&facts.street, 120),
            post_code: line(&facts.post_code, 10),
            town: facts.town.trim().parse().map_err(|_| NotTold::Unfit("Location.address.city"))?,
            country: facts.country,
            zone: facts.zone.clone(),
        },
        types,
        horizon: facts
            .horizon
            .filter(|(from_on, until_on)| from_on <= until_on)
            .map(|(from_on, until_on)| Horizon { from_on, until_on }),
    })
}

fn offered(facts: &OfferedFacts) -> Option<OfferedType> {
    if !(1..=fhir::booking::MAX_MINUTES).contains(&facts.minutes) {
        return None;
    }
    let kind = AppointmentType { id: facts.type_id, label: facts.label.trim().parse().ok()? };
    Some(OfferedType { kind, minutes: facts.minutes, needs_approval: facts.needs_approval })
}

/// Spans of time as they are to stand there, each by its name, which follows from what it is. Two of one name are one.
#[must_use]
pub fn wanted(of: ScheduleId, facts: &[SlotFacts]) -> BTreeMap<SlotId, Told> {
    let mut all: BTreeMap<SlotId, Told> = BTreeMap::new();
    for fact in facts {
        let start = fact.start_at.timestamp().to_be_bytes();
        let minutes = fact.minutes.to_be_bytes();
        let name = SlotId(derived("slot", &[of.0.as_bytes(), &start, &minutes, &[u8::from(fact.free)]]));
        let mut types = fact.types.clone();
        if let Some(other) = all.get(&name) {
            // For any type, if one of them is.
            if other.types.is_empty() || types.is_empty() { types.clear() } else { types.extend(&other.types) }
        }
        types.sort_unstable();
        types.dedup();
        all.insert(name, Told { start_at: fact.start_at, minutes: fact.minutes, free: fact.free, types });
    }
    all
}

/// A span of time as it leaves.
///
/// # Errors
/// [`NotTold::Unfit`] for one that is no span.
pub fn slot(of: ScheduleId, name: SlotId, told: &Told) -> Result<Slot, NotTold> {
    let end_at = told.start_at + chrono::TimeDelta::minutes(told.minutes);
    let span = Span::between(told.start_at, end_at).ok_or(NotTold::Unfit("Slot.start"))?;
    let status = if told.free { SlotStatus::Free } else { SlotStatus::Busy };
    Ok(Slot { meta: None, id: name, schedule: of, status, span, types: told.types.clone() })
}

/// What is to be put so that a stretch of a schedule stands as wanted, given what stands there: first what takes time away, which
/// leaves at once, then what gives time, which may wait.
///
/// # Errors
/// [`NotTold::Unfit`] for one that is no span.
pub fn slots(of: ScheduleId, facts: &[SlotFacts], there: &[Slot]) -> Result<(Vec<Put>, Vec<Put>), NotTold> {
    let standing: BTreeMap<SlotId, Standing> = there.iter().map(|slot| (slot.id, standing(slot))).collect();
    let steps = differences(&wanted(of, facts), &standing);
    let put = |name: SlotId, expect: Expect, told: Option<Told>| {
        let slot = match (told, there.iter().find(|slot| slot.id == name)) {
            (Some(told), _) => slot(of, name, &told)?,
            (None, Some(there)) => Slot { meta: None, status: SlotStatus::EnteredInError, ..there.clone() },
            (None, None) => return Err(NotTold::Unfit("Slot.identifier")),
        };
        Ok(Put { resource: Resource::Slot(Box::new(slot)), expect })
    };
    let all = |steps: Vec<_>| {
        steps
            .into_iter()
            .map(|step: domain::sync::availability::SlotStep<SlotId>| put(step.name, step.expect, step.told))
            .collect::<Result<Vec<Put>, NotTold>>()
    };
    Ok((all(steps.closes)?, all(steps.opens)?))
}

fn standing(slot: &Slot) -> Standing {
    let told = (slot.status != SlotStatus::EnteredInError).then(|| Told {
        start_at: slot.span.start_at,
        minutes: slot.span.minutes,
        free: slot.status == SlotStatus::Free,
        types: slot.types.clone(),
    });
    Standing { version: slot.meta.as_ref().map_or(0, |meta| meta.version), told }
}

/// The digest of what leaves, by which it is known again.
#[must_use]
pub fn digest(resource: &Resource) -> String {
    hex(&Sha256::digest(resource.text().as_bytes()))
}

/// How an appointment of ours stands for the rule of `domain::sync::step`.
#[must_use]
pub fn own(told: Result<&Appointment, NotTold>) -> Own {
    match told {
        Ok(told) => Own::Told {
            digest: digest(&Resource::Appointment(Box::new(told.clone()))),
            ended: !told.status.is_active() && told.status != AppointmentStatus::Waitlist,
        },
        Err(_) => Own::Hidden,
    }
}

/// Which fields of a person an appointment tells, by their names in the disclosure ledger.
#[must_use]
pub fn fields(told: &Appointment) -> Vec<&'static str> {
    let person = told.person.as_ref();
    let there = [
        (person.is_some(), "name"),
        (person.is_some_and(|person| person.phone.is_some()), "phone"),
        (person.is_some_and(|person| person.email.is_some()), "email"),
        (person.is_some_and(|person| person.born_on.is_some()), "birth_date"),
        (person.is_some(), "language"),
        (told.contact.is_some(), "contact"),
        (told.contact.as_ref().is_some_and(|contact| contact.consent.is_some()), "guardian_consent"),
        (told.span.is_some(), "appointment_time"),
        (told.code.is_some(), "booking_code"),
        (told.kind.is_some(), "appointment_type"),
        (told.visio.is_some(), "video_link"),
        (told.wish.is_some(), "waiting_list_wish"),
    ];
    there.into_iter().filter(|(there, _)| *there).map(|(_, name)| name).collect()
}

#[cfg(test)]
mod tests;
