//! Reading the agenda from further away: how full days are, appointments by what is searched, the board of those that are to
//! be placed later, and when somebody left.

use domain::agenda::status::Status;
use domain::id::{AppointmentId, PatientId, PractitionerId, SiteId, TypeId, UserId};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteRow;

use super::agenda::{ACTIVE, COLUMNS, NAMED, NamedAppointment, read_named};
use super::row::{json_ids, number, parsed, text};
use super::{Connection, StoreError};

/// How much of a practitioner's day is booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Density {
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// Day number.
    pub day: i64,
    /// Minutes of active appointments.
    pub minutes: i64,
    /// How many.
    pub count: i64,
}

/// What a count is narrowed to; empty: nothing is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Only {
    /// Of these types.
    pub types: Vec<TypeId>,
    /// In these statuses; empty: the active ones.
    pub statuses: Vec<Status>,
    /// At this site.
    pub site_id: Option<SiteId>,
}

/// Booked minutes by practitioner and day: one range of one index, which holds all that is asked.
///
/// # Errors
/// What SQLite refuses.
pub async fn density(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from_day: i64,
    days: i64,
    only: &Only,
) -> Result<Vec<Density>, StoreError> {
    let statuses = if only.statuses.is_empty() { ACTIVE } else { "(SELECT value FROM json_each(?4))" };
    // Asked only where something is left out: the rows themselves are read then, and not the index alone.
    let types = if only.types.is_empty() { "" } else { " AND type_id IN (SELECT value FROM json_each(?5))" };
    let site = if only.site_id.is_none() { "" } else { " AND site_id = ?6" };
    let names: Vec<&str> = only.statuses.iter().map(|status| status.as_str()).collect();
    sqlx::query(AssertSqlSafe(format!(
        "SELECT practitioner_id, starts / 1440, sum(minutes), count(*) FROM appointment
          WHERE practitioner_id IN (SELECT value FROM json_each(?1)) AND starts >= ?2 AND starts < ?3
            AND status IN {statuses}{types}{site} GROUP BY 1, 2"
    )))
    .bind(json_ids(practitioners))
    .bind(from_day * 1440)
    .bind((from_day + days) * 1440)
    .bind(json_ids(&names))
    .bind(json_ids(&only.types))
    .bind(only.site_id.map(|site| site.to_string()))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row: &SqliteRow| {
        Ok(Density {
            practitioner_id: parsed(row, 0)?,
            day: number(row, 1)?,
            minutes: number(row, 2)?,
            count: number(row, 3)?,
        })
    })
    .collect()
}

/// Appointments by identifier, with their names; in no order.
///
/// # Errors
/// What SQLite refuses.
pub async fn named_many(
    connection: &mut Connection,
    ids: &[AppointmentId],
) -> Result<Vec<NamedAppointment>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}{NAMED} WHERE a.id IN (SELECT value FROM json_each(?)) AND a.status <> 'deleted'"
    )))
    .bind(json_ids(ids))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_named)
    .collect()
}

fn ids(rows: &[SqliteRow]) -> Result<Vec<AppointmentId>, StoreError> {
    rows.iter().map(|row| parsed(row, 0)).collect()
}

/// Appointments of some patients and of those merged into them, nearest to a day first.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_patients(
    connection: &mut Connection,
    patients: &[PatientId],
    near_day: i64,
    limit: i64,
) -> Result<Vec<AppointmentId>, StoreError> {
    let rows = sqlx::query(
        "WITH who (id) AS (SELECT value FROM json_each(?1)
            UNION SELECT m.id FROM patient m WHERE m.merged_into IN (SELECT value FROM json_each(?1)))
         SELECT a.id FROM who CROSS JOIN appointment a ON a.patient_id = who.id
          WHERE a.status <> 'deleted' ORDER BY abs(a.day - ?2), a.starts LIMIT ?3",
    )
    .bind(json_ids(patients))
    .bind(near_day)
    .bind(limit)
    .fetch_all(connection)
    .await?;
    ids(&rows)
}

/// Appointments of some types within some days.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_types(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    types: &[TypeId],
    from_day: i64,
    days: i64,
    limit: i64,
) -> Result<Vec<AppointmentId>, StoreError> {
    let rows = sqlx::query(
        "SELECT id FROM appointment
          WHERE practitioner_id IN (SELECT value FROM json_each(?1)) AND starts >= ?2 AND starts < ?3
            AND type_id IN (SELECT value FROM json_each(?4)) AND status <> 'deleted' ORDER BY starts LIMIT ?5",
    )
    .bind(json_ids(practitioners))
    .bind(from_day * 1440)
    .bind((from_day + days) * 1440)
    .bind(json_ids(types))
    .bind(limit)
    .fetch_all(connection)
    .await?;
    ids(&rows)
}

/// The notes of some days, with their appointments.
///
/// # Errors
/// What SQLite refuses.
pub async fn notes(
    connection: &mut Connection,
    from_day: i64,
    days: i64,
    limit: i64,
) -> Result<Vec<(AppointmentId, String)>, StoreError> {
    sqlx::query(
        "SELECT id, note FROM appointment WHERE note <> '' AND day >= ? AND day < ? AND status <> 'deleted'
          ORDER BY day LIMIT ?",
    )
    .bind(from_day)
    .bind(from_day + days)
    .bind(limit)
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((parsed(row, 0)?, text(row, 1)?)))
    .collect()
}

/// What a user has on their board, the first pinned first.
///
/// # Errors
/// What SQLite refuses.
pub async fn pins(connection: &mut Connection, user: UserId) -> Result<Vec<AppointmentId>, StoreError> {
    let rows = sqlx::query("SELECT appointment_id FROM pin WHERE user_id = ? ORDER BY pinned_at, rowid")
        .bind(user.to_string())
        .fetch_all(connection)
        .await?;
    ids(&rows)
}

/// Pins an appointment to a user's board; pinned twice it stays where it was.
///
/// # Errors
/// What SQLite refuses.
pub async fn pin(
    connection: &mut Connection,
    user: UserId,
    appointment: AppointmentId,
    at: &str,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO pin (user_id, appointment_id, pinned_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
        .bind(user.to_string())
        .bind(appointment.to_string())
        .bind(at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes an appointment off a user's board, or off everybody's.
///
/// # Errors
/// What SQLite refuses.
pub async fn unpin(
    connection: &mut Connection,
    user: Option<UserId>,
    appointment: AppointmentId,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM pin WHERE appointment_id = ?1 AND (?2 IS NULL OR user_id = ?2)")
        .bind(appointment.to_string())
        .bind(user.map(|user| user.to_string()))
        .execute(connection)
        .await?;
    Ok(())
}

/// The newest lines of a user's connection log: instant and event.
///
/// # Errors
/// What SQLite refuses.
pub async fn comings(connection: &mut Connection, user: UserId) -> Result<Vec<(String, String)>, StoreError> {
    Ok(sqlx::query_as("SELECT at, event FROM connection_log WHERE user_id = ? ORDER BY id DESC LIMIT 20")
        .bind(user.to_string())
        .fetch_all(connection)
        .await?)
}
