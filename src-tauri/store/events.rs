//! What an agenda that is taken over needs to know: what an earlier take-over made, and when the practitioner is busy.

use std::collections::HashMap;

use domain::id::PractitionerId;
use sqlx::AssertSqlSafe;

use super::agenda::ACTIVE;
use super::{Connection, StoreError};

/// One thing that an earlier take-over made: identifier there, start, minutes, cancelled.
#[derive(sqlx::FromRow)]
pub struct TakenOver {
    /// Identifier in the other software.
    pub uid: String,
    /// Wall minute.
    pub starts: i64,
    /// Minutes.
    pub minutes: i64,
    /// Cancelled now.
    pub cancelled: bool,
}

/// Everything that earlier take-overs made in a practitioner's agenda, appointments and absences, by identifier and start.
///
/// # Errors
/// What SQLite refuses.
pub async fn taken_over(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Vec<TakenOver>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT external_uid AS uid, starts, minutes, status = 'cancelled' AS cancelled FROM appointment
          WHERE practitioner_id = ?1 AND external_uid IS NOT NULL AND starts IS NOT NULL AND status <> 'deleted'
         UNION ALL
         SELECT external_uid, starts, ends - starts, 0 FROM absence
          WHERE practitioner_id = ?1 AND external_uid IS NOT NULL AND deleted = 0
         ORDER BY 1, 2",
    )
    .bind(practitioner.to_string())
    .fetch_all(connection)
    .await?)
}

/// What the file said of each event then.
///
/// # Errors
/// What SQLite refuses.
pub async fn fingerprints(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<HashMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> =
        sqlx::query_as("SELECT uid, fingerprint FROM taken_over_event WHERE practitioner_id = ?")
            .bind(practitioner.to_string())
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().collect())
}

/// Keeps what the file said of an event.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep_fingerprint(
    connection: &mut Connection,
    practitioner: PractitionerId,
    uid: &str,
    fingerprint: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO taken_over_event (practitioner_id, uid, fingerprint) VALUES (?, ?, ?)
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint",
    )
    .bind(practitioner.to_string())
    .bind(uid)
    .bind(fingerprint)
    .execute(connection)
    .await?;
    Ok(())
}

/// Active appointments of a practitioner: start, minutes, identifier in the other software.
///
/// # Errors
/// What SQLite refuses.
pub async fn busy(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Vec<(i64, i64, Option<String>)>, StoreError> {
    Ok(sqlx::query_as(AssertSqlSafe(format!(
        "SELECT starts, minutes, external_uid FROM appointment
          WHERE practitioner_id = ? AND starts IS NOT NULL AND status IN {ACTIVE} ORDER BY starts"
    )))
    .bind(practitioner.to_string())
    .fetch_all(connection)
    .await?)
}

/// Absences under one identifier.
///
/// # Errors
/// What SQLite refuses.
pub async fn absences_by_uid(
    connection: &mut Connection,
    practitioner: PractitionerId,
    uid: &str,
) -> Result<Vec<domain::id::AbsenceId>, StoreError> {
    let rows: Vec<String> = sqlx::query_scalar(
        "SELECT id FROM absence WHERE practitioner_id = ? AND external_uid = ? AND deleted = 0 ORDER BY starts",
    )
    .bind(practitioner.to_string())
    .bind(uid)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|id| id.parse().map_err(|_| StoreError::BadValue)).collect()
}
