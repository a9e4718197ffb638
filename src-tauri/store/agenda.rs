//! Appointments: rows, the day's columns, counts.

use domain::agenda::provider_time::Part;
use domain::agenda::status::{CancelledBy, Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, ResourceId, SiteId, TypeId};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

pub use super::booking::{BookingFacts, booking_facts};
use super::row::{flag, json_list, json_text, number, number_option, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// Statuses that occupy the practitioner, as SQL.
pub const ACTIVE: &str = "('requested', 'booked', 'confirmed', 'arrived', 'in_consultation', 'done')";

/// An appointment's row. Wall times are minutes since 1970-01-01T00:00 on the site's clock.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Appointment {
    /// Identifier.
    pub id: AppointmentId,
    /// Booking code.
    pub code: String,
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Where.
    pub site_id: SiteId,
    /// Who.
    pub patient_id: Option<PatientId>,
    /// Type.
    pub type_id: TypeId,
    /// Day number.
    pub day: i64,
    /// Wall minute; none: an untimed walk-in.
    pub starts: Option<i64>,
    /// Place in the queue of an untimed walk-in.
    pub queue_rank: Option<i64>,
    /// Minutes.
    pub minutes: i64,
    /// Status.
    pub status: Status,
    /// Origin.
    pub origin: Origin,
    /// Urgency.
    pub urgency: Urgency,
    /// Over another on purpose.
    pub overbooked: bool,
    /// Note of the desk.
    pub note: String,
    /// Who called.
    pub contact_name: String,
    /// Their phone.
    pub contact_phone: String,
    /// Who cancelled.
    pub cancelled_by: Option<CancelledBy>,
    /// Why.
    pub cancel_reason: String,
    /// Cancelled late.
    pub cancelled_late: bool,
    /// Wall minute of the arrival.
    pub arrived: Option<i64>,
    /// Wall minute of the beginning.
    pub seated: Option<i64>,
    /// Wall minute of the end.
    pub dismissed: Option<i64>,
    /// Identifier in the software it was taken over from.
    pub external_uid: Option<String>,
    /// Grows with each change.
    pub revision: i64,
    /// Free minutes kept after, copied from the type.
    #[serde(default)]
    pub buffer_minutes: i64,
    /// The parts that need the practitioner, copied from the type; empty: all of it.
    #[serde(default, with = "super::row::as_text")]
    pub provider_parts: Vec<Part>,
    /// Rooms and equipment held.
    #[serde(default, with = "super::row::as_text")]
    pub resources: Vec<ResourceId>,
}

/// An appointment with the names a screen shows.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedAppointment {
    /// The row.
    pub appointment: Appointment,
    /// Practitioner's name.
    pub practitioner: String,
    /// Type's name.
    pub type_name: String,
    /// Surname and first name; empty for a held slot.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Mobile, else phone, as stored.
    pub phone: String,
}

pub(super) const COLUMNS: &str =
    "a.id, a.code, a.practitioner_id, a.site_id, a.patient_id, a.type_id, a.day, a.starts, a.queue_rank,
    a.minutes, a.status, a.origin, a.urgency, a.overbooked, a.note, a.contact_name, a.contact_phone, a.cancelled_by,
    a.cancel_reason, a.cancelled_late, a.arrived, a.seated, a.dismissed, a.external_uid, a.revision,
    CASE WHEN a.buffer_minutes = 0 AND a.provider_parts = '' AND a.resources = '' THEN NULL
         ELSE json_array(a.buffer_minutes, a.provider_parts, a.resources) END";

pub(super) const NAMED: &str = ", q.name, t.name, coalesce(p.surname, ''), coalesce(p.first_name, ''),
    coalesce(trim(p.surname_arabic || ' ' || p.first_name_arabic), ''), coalesce(p.born, ''),
    coalesce(CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END, '')
    FROM appointment a JOIN practitioner q ON q.id = a.practitioner_id JOIN appointment_type t ON t.id = a.type_id
    LEFT JOIN patient p ON p.id = a.patient_id";

fn read(row: &SqliteRow) -> Result<Appointment, StoreError> {
    // Few ask for more than their time: the others pay one empty column for it.
    let (buffer_minutes, provider_parts, resources) = match row.try_get::<Option<&str>, _>(25)? {
        None => (0, Vec::new(), Vec::new()),
        Some(asks) => {
            let (buffer, parts, held): (i64, String, String) =
                serde_json::from_str(asks).map_err(|_| StoreError::BadValue)?;
            (buffer, json_list(&parts)?, json_list(&held)?)
        }
    };
    Ok(Appointment {
        id: parsed(row, 0)?,
        code: text(row, 1)?,
        practitioner_id: parsed(row, 2)?,
        site_id: parsed(row, 3)?,
        patient_id: parsed_option(row, 4)?,
        type_id: parsed(row, 5)?,
        day: number(row, 6)?,
        starts: number_option(row, 7)?,
        queue_rank: number_option(row, 8)?,
        minutes: number(row, 9)?,
        status: parsed(row, 10)?,
        origin: parsed(row, 11)?,
        urgency: parsed(row, 12)?,
        overbooked: flag(row, 13)?,
        note: text(row, 14)?,
        contact_name: text(row, 15)?,
        contact_phone: text(row, 16)?,
        cancelled_by: parsed_option(row, 17)?,
        cancel_reason: text(row, 18)?,
        cancelled_late: flag(row, 19)?,
        arrived: number_option(row, 20)?,
        seated: number_option(row, 21)?,
        dismissed: number_option(row, 22)?,
        external_uid: row.try_get(23)?,
        revision: number(row, 24)?,
        buffer_minutes,
        provider_parts,
        resources,
    })
}

pub(super) fn read_named(row: &SqliteRow) -> Result<NamedAppointment, StoreError> {
    Ok(NamedAppointment {
        appointment: read(row)?,
        practitioner: text(row, 26)?,
        type_name: text(row, 27)?,
        surname: text(row, 28)?,
        first_name: text(row, 29)?,
        name_arabic: text(row, 30)?,
        born: text(row, 31)?,
        phone: text(row, 32)?,
    })
}

/// Adds an appointment.
///
/// # Errors
/// [`StoreError::SlotTaken`] where the schema's overlap rule refuses it, [`StoreError::NotUnique`] for a code in use.
pub async fn insert(connection: &mut Connection, a: &Appointment) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO appointment (id, code, practitioner_id, site_id, patient_id, type_id, day, starts, queue_rank, minutes,
            status, origin, urgency, overbooked, note, contact_name, contact_phone, cancelled_by, cancel_reason,
            cancelled_late, arrived, seated, dismissed, external_uid, revision, buffer_minutes, provider_parts, resources)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(a.id.to_string())
    .bind(&a.code)
    .bind(a.practitioner_id.to_string())
    .bind(a.site_id.to_string())
    .bind(a.patient_id.map(|id| id.to_string()))
    .bind(a.type_id.to_string())
    .bind(a.day)
    .bind(a.starts)
    .bind(a.queue_rank)
    .bind(a.minutes)
    .bind(a.status.as_str())
    .bind(a.origin.as_str())
    .bind(a.urgency.as_str())
    .bind(a.overbooked)
    .bind(&a.note)
    .bind(&a.contact_name)
    .bind(&a.contact_phone)
    .bind(a.cancelled_by.map(CancelledBy::as_str))
    .bind(&a.cancel_reason)
    .bind(a.cancelled_late)
    .bind(a.arrived)
    .bind(a.seated)
    .bind(a.dismissed)
    .bind(&a.external_uid)
    .bind(a.revision)
    .bind(a.buffer_minutes)
    .bind(json_text(&a.provider_parts)?)
    .bind(json_text(&a.resources)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes an appointment; its revision grows by one, and the change is refused where somebody was faster.
///
/// # Errors
/// [`StoreError::SlotTaken`]; [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn update(connection: &mut Connection, a: &Appointment) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE appointment SET practitioner_id = ?, site_id = ?, patient_id = ?, type_id = ?, day = ?, starts = ?,
            queue_rank = ?, minutes = ?, status = ?, urgency = ?, overbooked = ?, note = ?, contact_name = ?,
            contact_phone = ?, cancelled_by = ?, cancel_reason = ?, cancelled_late = ?, arrived = ?, seated = ?,
            dismissed = ?, external_uid = ?, buffer_minutes = ?, provider_parts = ?, resources = ?,
            revision = revision + 1
          WHERE id = ? AND revision = ?",
    )
    .bind(a.practitioner_id.to_string())
    .bind(a.site_id.to_string())
    .bind(a.patient_id.map(|id| id.to_string()))
    .bind(a.type_id.to_string())
    .bind(a.day)
    .bind(a.starts)
    .bind(a.queue_rank)
    .bind(a.minutes)
    .bind(a.status.as_str())
    .bind(a.urgency.as_str())
    .bind(a.overbooked)
    .bind(&a.note)
    .bind(&a.contact_name)
    .bind(&a.contact_phone)
    .bind(a.cancelled_by.map(CancelledBy::as_str))
    .bind(&a.cancel_reason)
    .bind(a.cancelled_late)
    .bind(a.arrived)
    .bind(a.seated)
    .bind(a.dismissed)
    .bind(&a.external_uid)
    .bind(a.buffer_minutes)
    .bind(json_text(&a.provider_parts)?)
    .bind(json_text(&a.resources)?)
    .bind(a.id.to_string())
    .bind(a.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// One appointment.
///
/// # Errors
/// What SQLite refuses.
pub async fn appointment(connection: &mut Connection, id: AppointmentId) -> Result<Option<Appointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM appointment a WHERE a.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// One appointment with its names.
///
/// # Errors
/// What SQLite refuses.
pub async fn named(connection: &mut Connection, id: AppointmentId) -> Result<Option<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS}{NAMED} WHERE a.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_named(&row))
        .transpose()
}

/// An appointment by its booking code.
///
/// # Errors
/// What SQLite refuses.
pub async fn by_code(connection: &mut Connection, code: &str) -> Result<Option<Appointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM appointment a WHERE a.code = ?")))
        .bind(code)
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Appointments taken over under one identifier.
///
/// # Errors
/// What SQLite refuses.
pub async fn by_uid(
    connection: &mut Connection,
    practitioner: PractitionerId,
    uid: &str,
) -> Result<Vec<Appointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM appointment a WHERE a.external_uid = ? AND a.practitioner_id = ? ORDER BY a.starts"
    )))
    .bind(uid)
    .bind(practitioner.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Everything but the deleted of some days of one practitioner, timed by start.
///
/// # Errors
/// What SQLite refuses.
pub async fn timed_of(
    connection: &mut Connection,
    practitioner: PractitionerId,
    from_day: i64,
    days: i64,
) -> Result<Vec<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}{NAMED} WHERE a.practitioner_id = ? AND a.starts >= ? AND a.starts < ? AND a.status <> 'deleted'
          ORDER BY a.starts, a.id"
    )))
    .bind(practitioner.to_string())
    .bind(from_day * 1440)
    .bind((from_day + days) * 1440)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_named)
    .collect()
}

/// The untimed walk-ins of some days, of all practitioners, by day and rank.
///
/// # Errors
/// What SQLite refuses.
pub async fn untimed(
    connection: &mut Connection,
    from_day: i64,
    days: i64,
) -> Result<Vec<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}{NAMED} WHERE a.starts IS NULL AND a.day >= ? AND a.day < ? AND a.status <> 'deleted'
          ORDER BY a.day, a.queue_rank, a.id"
    )))
    .bind(from_day)
    .bind(from_day + days)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_named)
    .collect()
}

/// The appointments of a patient and of those merged into it, newest day first.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_patient(
    connection: &mut Connection,
    patient: PatientId,
    limit: i64,
) -> Result<Vec<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}{NAMED}
          WHERE a.patient_id IN (SELECT ?1 UNION SELECT id FROM patient WHERE merged_into = ?1) AND a.status <> 'deleted'
          ORDER BY a.day DESC, a.starts DESC LIMIT ?2"
    )))
    .bind(patient.to_string())
    .bind(limit)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_named)
    .collect()
}

/// The other active appointments of a patient that overlap a span (a warning, not a refusal).
///
/// # Errors
/// What SQLite refuses.
pub async fn patient_busy(
    connection: &mut Connection,
    patient: PatientId,
    except: AppointmentId,
    starts: i64,
    minutes: i64,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM appointment WHERE patient_id = ?1 AND day BETWEEN ?2 AND ?3 AND id <> ?4
           AND starts < ?5 AND starts + minutes > ?6 AND status IN {ACTIVE})"
    )))
    .bind(patient.to_string())
    .bind(starts.div_euclid(1440) - 1)
    .bind((starts + minutes).div_euclid(1440))
    .bind(except.to_string())
    .bind(starts + minutes)
    .bind(starts)
    .fetch_one(connection)
    .await?
        != 0)
}

/// The next free place in a day's queue of a practitioner.
///
/// # Errors
/// What SQLite refuses.
pub async fn next_rank(connection: &mut Connection, practitioner: PractitionerId, day: i64) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT coalesce(max(queue_rank), 0) + 1 FROM appointment WHERE starts IS NULL AND day = ? AND practitioner_id = ?",
    )
    .bind(day)
    .bind(practitioner.to_string())
    .fetch_one(connection)
    .await?)
}

/// Active appointments of a practitioner within a span: what an absence hits.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_active(
    connection: &mut Connection,
    practitioner: PractitionerId,
    from: i64,
    to: i64,
) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT count(*) FROM appointment WHERE practitioner_id = ? AND starts > ? - 1440 AND starts < ?
            AND starts + minutes > ? AND status IN {ACTIVE}"
    )))
    .bind(practitioner.to_string())
    .bind(from)
    .bind(to)
    .bind(from)
    .fetch_one(connection)
    .await?)
}

/// Active timed appointments of a practitioner that touch a span: those that an absence hits, by start.
///
/// # Errors
/// What SQLite refuses.
pub async fn active_within(
    connection: &mut Connection,
    practitioner: PractitionerId,
    from: i64,
    to: i64,
) -> Result<Vec<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}{NAMED} WHERE a.practitioner_id = ?1 AND a.starts > ?2 - 1440 AND a.starts < ?3
            AND a.starts + a.minutes > ?2 AND a.status IN {ACTIVE} ORDER BY a.starts, a.id"
    )))
    .bind(practitioner.to_string())
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_named)
    .collect()
}

/// Whether an appointment bears a code.
///
/// # Errors
/// What SQLite refuses.
pub async fn code_in_use(connection: &mut Connection, code: &str) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>("SELECT EXISTS (SELECT 1 FROM appointment WHERE code = ?)")
        .bind(code)
        .fetch_one(connection)
        .await?
        != 0)
}
