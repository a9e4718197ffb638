//! A demonstration practice: made-up practitioners, types, and free slots for four weeks.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Utc, Weekday};
use domain::{
    agenda::BookingCode,
    country::Country,
    id::{AppointmentId, PracticeId, PractitionerId, SiteId, TypeId},
    time::{self, WallTime},
};
use fhir::booking::{
    Appointment, AppointmentStatus, AppointmentType, Authority, Controller, Fields, Instruction, Language, OfferedType,
    Person, Practitioner, Reminders, Schedule, ScheduleId, Site, Slot, SlotId, SlotStatus, Span,
};
use uuid::Uuid;

use crate::{
    secret,
    store::{Expect, NewTenant, Store, StoreError},
};

const PEOPLE: [(&str, &str, &str, &str, Country, &str); 4] = [
    ("Dr Claire Vasseur", "Médecine générale", "Maison de santé des Tilleuls", "Nantes", Country::FR, "Europe/Paris"),
    ("Dr Hugo Lemaître", "Pédiatrie", "Maison de santé des Tilleuls", "Nantes", Country::FR, "Europe/Paris"),
    ("Dr Salma Benkirane", "Dermatologie", "Cabinet Agdal", "Rabat", Country::MA, "Africa/Casablanca"),
    ("Inès Hoarau", "Kinésithérapie", "Cabinet du Port", "Saint-Pierre", Country::FR, "Indian/Reunion"),
];

const TYPES: [(&str, i64, bool); 3] =
    [("Consultation", 15, false), ("Première consultation", 30, false), ("Certificat de sport", 20, true)];

fn id(kind: u128, number: usize) -> Uuid {
    Uuid::from_u128(0x5e3a_1000_0000_4000_8000_0000_0000_0000 | kind << 32 | number as u128)
}

/// A schedule of the demonstration, by number.
///
/// # Panics
/// Never: what is made up is of its form.
#[must_use]
pub fn schedule(number: usize) -> Schedule {
    let (name, speciality, site, town, country, zone) = PEOPLE[number % PEOPLE.len()];
    let form = "what is made up is of its form";
    Schedule {
        meta: None,
        id: ScheduleId(id(1, number)),
        active: true,
        practitioner: Practitioner {
            id: PractitionerId::new(id(2, number)),
            name: name.parse().expect(form),
            speciality: Some(speciality.parse().expect(form)),
        },
        site: Site {
            id: SiteId::new(id(3, number)),
            name: site.parse().expect(form),
            street: Some("12 rue des Tilleuls".to_owned()),
            post_code: None,
            town: town.parse().expect(form),
            country,
            zone: zone.parse().expect(form),
        },
        types: TYPES
            .iter()
            .enumerate()
            .map(|(n, &(label, minutes, needs_approval))| OfferedType {
                kind: AppointmentType { id: TypeId::new(id(4, n)), label: label.parse().expect(form) },
                minutes,
                needs_approval,
            })
            .collect(),
        horizon: None,
    }
}

/// The instruction of the demonstration.
///
/// # Panics
/// Never: what is made up is of its form.
#[must_use]
pub fn instruction() -> Instruction {
    Instruction {
        version: 1,
        signed_on: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default(),
        from_on: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default(),
        controller: Controller {
            name: "Maison de santé des Tilleuls".to_owned(),
            address: "12 rue des Tilleuls, 44000 Nantes".to_owned(),
            email: "donnees@tilleuls.example.fr".parse().expect("what is made up is of its form"),
            dpo: Some("dpo@tilleuls.example.fr".to_owned()),
            authority: Authority::Cnil,
            registration: None,
        },
        practitioners: (0..PEOPLE.len()).map(|n| PractitionerId::new(id(2, n))).collect(),
        fields: Fields { email: true, birth_date: true, reason: true },
        reminders: Reminders { hours_before: vec![48], survey: false },
        waiting_list: true,
        language: Language::Fr,
    }
}

/// An appointment with the first practitioner.
///
/// # Panics
/// Never: what is made up is of its form.
#[must_use]
pub fn appointment() -> Appointment {
    let schedule = schedule(0);
    let form = "what is made up is of its form";
    Appointment {
        meta: None,
        id: AppointmentId::new(id(5, 0)),
        code: Some(BookingCode::from_number(123_456)),
        status: AppointmentStatus::Booked,
        confirmed: false,
        cancelled_by: None,
        kind: Some(schedule.types[0].kind.clone()),
        practitioner: schedule.practitioner.id,
        site: schedule.site.id,
        span: Some(Span { start_at: DateTime::UNIX_EPOCH + TimeDelta::days(20_800), minutes: 15 }),
        person: Some(Person {
            surname: "Martin".parse().expect(form),
            first_name: "Léa".parse().expect(form),
            phone: Some("+33612345678".parse().expect(form)),
            email: None,
            born_on: None,
            language: Language::Fr,
        }),
        contact: None,
        visio: None,
        wish: None,
    }
}

/// Free slots of a schedule from a day on: mornings and afternoons of working days, each quarter of an hour; every third of them
/// long enough for any type.
#[must_use]
pub fn slots(schedule: &Schedule, from: NaiveDate, days: i64) -> Vec<Slot> {
    let mut all = Vec::new();
    for day in (0..days).map(|n| from + TimeDelta::days(n)) {
        if matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            continue;
        }
        for minute in (9 * 60..12 * 60).chain(14 * 60..17 * 60).step_by(15) {
            // Some gaps, so that a day does not look empty.
            if (i64::from(minute) / 15 + i64::from(day.day())) % 4 == 0 {
                continue;
            }
            let start_at = time::instant(WallTime::at(day, minute), &schedule.site.zone);
            let long = minute % 45 == 0;
            all.push(Slot {
                meta: None,
                id: SlotId(secret::make_id()),
                schedule: schedule.id,
                status: SlotStatus::Free,
                span: Span { start_at, minutes: if long { 30 } else { 15 } },
                types: schedule.types.iter().filter(|t| long || t.minutes <= 15).map(|t| t.kind.id).collect(),
            });
        }
    }
    all
}

/// Takes the demonstration practice in, where it is not there yet.
///
/// # Errors
/// Where the database fails.
pub async fn seed(owner: &Store, now: DateTime<Utc>) -> Result<Option<NewTenant>, StoreError> {
    let practice = PracticeId::new(id(9, 0));
    if owner.tenants().await?.iter().any(|(known, _)| *known == practice) {
        return Ok(None);
    }
    let made = owner.add_tenant(practice, "Maison de santé des Tilleuls", now).await?;
    let mut tx = owner.begin(practice).await?;
    tx.put_instruction(&instruction(), now).await?;
    for number in 0..PEOPLE.len() {
        let schedule = schedule(number);
        tx.put_schedule(&schedule, Expect::Anything, now).await?;
        for slot in slots(&schedule, now.date_naive(), 28) {
            tx.put_slot(&slot, Expect::Nothing, now).await?;
        }
    }
    tx.commit().await?;
    Ok(Some(made))
}
