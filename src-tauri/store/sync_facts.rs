//! What is known here of an appointment, as far as a portal could be told. What of it is told is composed from it (room `sync`).

use domain::agenda::status::{CancelledBy, Status};
use domain::id::{AppointmentId, PatientId, PractitionerId, SiteId, TypeId};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// What is known here of an appointment, as far as a portal could be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppointmentFacts {
    /// Its name.
    pub id: AppointmentId,
    /// The booking code.
    pub code: String,
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Where.
    pub site_id: SiteId,
    /// The site's zone.
    pub zone: String,
    /// Who.
    pub patient_id: Option<PatientId>,
    /// Its type.
    pub type_id: TypeId,
    /// The type's public label.
    pub type_name: String,
    /// Wall minute.
    pub starts: i64,
    /// Minutes.
    pub minutes: i64,
    /// Status.
    pub status: Status,
    /// Who called it off.
    pub cancelled_by: Option<CancelledBy>,
    /// Surname, or the one in Arabic where there is none.
    pub surname: String,
    /// First name, likewise.
    pub first_name: String,
    /// Mobile, as stored.
    pub mobile: String,
    /// E-mail.
    pub email: String,
    /// ISO date or empty.
    pub born: String,
    /// `fr`, `ar`, `en`, or empty.
    pub language: String,
    /// Who booked for them.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Whether a guardian consented to the portal, and did not withdraw it.
    pub consent: bool,
    /// The link of a video consultation.
    pub visio_link: String,
    /// Marked as never to be told.
    pub never: bool,
}

const FACTS: &str = "SELECT a.id, a.code, a.practitioner_id, a.site_id, s.zone, a.patient_id, a.type_id, t.name, a.starts,
    a.minutes, a.status, a.cancelled_by, coalesce(nullif(p.surname, ''), p.surname_arabic, ''),
    coalesce(nullif(p.first_name, ''), p.first_name_arabic, ''), coalesce(nullif(p.mobile, ''), p.phone, ''),
    coalesce(p.email, ''), coalesce(p.born, ''), coalesce(p.language, ''), a.contact_name, a.contact_phone, a.visio_link,
    a.never_sync, EXISTS (SELECT 1 FROM guardian_consent g WHERE g.patient_id = a.patient_id AND g.withdrawn_on IS NULL
        AND g.removed = 0) FROM appointment a JOIN site s ON s.id = a.site_id JOIN appointment_type t ON t.id = a.type_id
    LEFT JOIN patient p ON p.id = a.patient_id";

fn read_facts(row: &SqliteRow) -> Result<AppointmentFacts, StoreError> {
    Ok(AppointmentFacts {
        id: parsed(row, 0)?,
        code: text(row, 1)?,
        practitioner_id: parsed(row, 2)?,
        site_id: parsed(row, 3)?,
        zone: text(row, 4)?,
        patient_id: parsed_option(row, 5)?,
        type_id: parsed(row, 6)?,
        type_name: text(row, 7)?,
        starts: number(row, 8)?,
        minutes: number(row, 9)?,
        status: parsed(row, 10)?,
        cancelled_by: parsed_option(row, 11)?,
        surname: text(row, 12)?,
        first_name: text(row, 13)?,
        mobile: text(row, 14)?,
        email: text(row, 15)?,
        born: text(row, 16)?,
        language: text(row, 17)?,
        contact_name: text(row, 18)?,
        contact_phone: text(row, 19)?,
        visio_link: text(row, 20)?,
        never: flag(row, 21)?,
        consent: flag(row, 22)?,
    })
}

/// What is known of some appointments with a time.
///
/// # Errors
/// What SQLite refuses.
pub async fn facts(connection: &mut Connection, ids: &[String]) -> Result<Vec<AppointmentFacts>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "{FACTS} WHERE a.id IN (SELECT value FROM json_each(?)) AND a.starts IS NOT NULL"
    )))
    .bind(json_ids(ids))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_facts)
    .collect()
}

/// What is known of all appointments of some practitioners from a day on; what was deleted is not among them.
///
/// # Errors
/// What SQLite refuses.
pub async fn facts_from(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from_day: i64,
) -> Result<Vec<AppointmentFacts>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "{FACTS} WHERE a.practitioner_id IN (SELECT value FROM json_each(?)) AND a.starts >= ? * 1440 AND a.status <> 'deleted'
          ORDER BY a.starts, a.id"
    )))
    .bind(json_ids(practitioners))
    .bind(from_day)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_facts)
    .collect()
}

/// What is known of the active appointments of a practitioner on some days.
///
/// # Errors
/// What SQLite refuses.
pub async fn active_within(
    connection: &mut Connection,
    practitioner: PractitionerId,
    (from_day, until_day): (i64, i64),
) -> Result<Vec<AppointmentFacts>, StoreError> {
    let active = super::agenda::ACTIVE;
    sqlx::query(AssertSqlSafe(format!(
        "{FACTS} WHERE a.practitioner_id = ? AND a.starts >= ? * 1440 AND a.starts < ? * 1440 AND a.status IN {active}"
    )))
    .bind(practitioner.to_string())
    .bind(from_day)
    .bind(until_day)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_facts)
    .collect()
}

/// The sites of a practitioner's appointments from yesterday on.
///
/// # Errors
/// What SQLite refuses.
pub async fn sites_of(connection: &mut Connection, practitioner: PractitionerId) -> Result<Vec<SiteId>, StoreError> {
    sqlx::query(
        "SELECT DISTINCT site_id FROM appointment WHERE practitioner_id = ? AND starts >= (unixepoch('now') / 86400 - 1) * 1440",
    )
    .bind(practitioner.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect()
}

/// Gives an appointment another booking code.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_code(connection: &mut Connection, id: AppointmentId, code: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE appointment SET code = ?, revision = revision + 1 WHERE id = ?")
        .bind(code)
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether an appointment is marked as never to be told.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_never(connection: &mut Connection, id: AppointmentId) -> Result<Option<bool>, StoreError> {
    let found: Option<i64> = sqlx::query_scalar("SELECT never_sync FROM appointment WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    Ok(found.map(|never| never != 0))
}

/// Marks an appointment, or takes the mark off.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_never(connection: &mut Connection, id: AppointmentId, never: bool) -> Result<(), StoreError> {
    sqlx::query("UPDATE appointment SET never_sync = ? WHERE id = ?")
        .bind(never)
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
