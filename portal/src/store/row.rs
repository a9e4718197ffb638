//! Rows of appointments, and what they are outside the store.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    agenda::{BookingCode, CancelledBy},
    id::{AppointmentId, PractitionerId, SiteId, TypeId},
};
use fhir::booking::{Appointment, AppointmentType, Contact, Meta, Person, Span, Wish};
use sqlx::FromRow;
use uuid::Uuid;

use super::StoreError;

/// The columns of [`AppointmentRow`], for `SELECT`.
macro_rules! columns {
    () => {
        "appointment_id, version, updated_at, code, status, confirmed, cancelled_by, type_id, type_label, practitioner_id, site_id, \
         start_at, end_at, surname, first_name, phone, email, born_on, language, contact_name, contact_phone, consent, visio, \
         wish_from_on, wish_until_on, wish_weekdays, wish_from_minute, wish_to_minute, party, account_id, feed, schedule_id"
    };
}
pub(super) use columns;

#[derive(FromRow)]
pub(super) struct AppointmentRow {
    pub appointment_id: Uuid,
    pub version: i64,
    pub updated_at: DateTime<Utc>,
    code: Option<i32>,
    pub status: String,
    confirmed: bool,
    cancelled_by: Option<String>,
    type_id: Option<Uuid>,
    type_label: Option<String>,
    practitioner_id: Uuid,
    site_id: Uuid,
    start_at: Option<DateTime<Utc>>,
    end_at: Option<DateTime<Utc>>,
    surname: Option<String>,
    first_name: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    born_on: Option<NaiveDate>,
    language: Option<String>,
    contact_name: Option<String>,
    contact_phone: Option<String>,
    consent: Option<bool>,
    visio: Option<String>,
    wish_from_on: Option<NaiveDate>,
    wish_until_on: Option<NaiveDate>,
    wish_weekdays: Option<i16>,
    wish_from_minute: Option<i16>,
    wish_to_minute: Option<i16>,
    pub party: i64,
    pub account_id: Option<Uuid>,
    pub feed: Option<i64>,
    pub schedule_id: Uuid,
}

fn parse<T: std::str::FromStr>(text: String) -> Result<T, StoreError> {
    text.parse().map_err(|_| StoreError::Form)
}

impl TryFrom<AppointmentRow> for Appointment {
    type Error = StoreError;

    fn try_from(row: AppointmentRow) -> Result<Self, StoreError> {
        let person = match (row.surname, row.first_name, row.language) {
            (Some(surname), Some(first_name), Some(language)) => Some(Person {
                surname: parse(surname)?,
                first_name: parse(first_name)?,
                phone: row.phone.map(parse).transpose()?,
                email: row.email.map(parse).transpose()?,
                born_on: row.born_on,
                language: parse(language)?,
            }),
            _ => None,
        };
        let contact = match (row.contact_name, row.contact_phone) {
            (Some(name), Some(phone)) => {
                Some(Contact { name: parse(name)?, phone: parse(phone)?, consent: row.consent })
            }
            _ => None,
        };
        let minute = |value: i16| u16::try_from(value).map_err(|_| StoreError::Form);
        let wish =
            match (row.wish_from_on, row.wish_until_on, row.wish_weekdays, row.wish_from_minute, row.wish_to_minute) {
                (Some(from_on), Some(until_on), Some(weekdays), Some(from), Some(to)) => Some(Wish {
                    from_on,
                    until_on,
                    weekdays: u8::try_from(weekdays).map_err(|_| StoreError::Form)?,
                    from_minute: minute(from)?,
                    to_minute: minute(to)?,
                }),
                _ => None,
            };
        let kind = match (row.type_id, row.type_label) {
            (Some(id), Some(label)) => Some(AppointmentType { id: TypeId::new(id), label: parse(label)? }),
            _ => None,
        };
        let span = match (row.start_at, row.end_at) {
            (Some(start), Some(end)) => Some(Span::between(start, end).ok_or(StoreError::Form)?),
            _ => None,
        };
        let code = row.code.map(u32::try_from).transpose().map_err(|_| StoreError::Form)?;
        Ok(Self {
            meta: Some(Meta { id: row.appointment_id.to_string(), version: row.version, updated_at: row.updated_at }),
            id: AppointmentId::new(row.appointment_id),
            code: code.map(BookingCode::from_number),
            status: parse(row.status)?,
            confirmed: row.confirmed,
            cancelled_by: row.cancelled_by.map(parse::<CancelledBy>).transpose()?,
            kind,
            practitioner: PractitionerId::new(row.practitioner_id),
            site: SiteId::new(row.site_id),
            span,
            person,
            contact,
            visio: row.visio.map(parse).transpose()?,
            wish,
        })
    }
}
