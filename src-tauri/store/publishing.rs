//! Where agendas are published to, how it went, and what is known to stand there.

use std::collections::BTreeMap;

use domain::agenda::discretion::Discretion;
use domain::agenda::publication::Known;
use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, number, parsed, text};
use super::{Connection, StoreError};

/// What a practitioner chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Publishing {
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Address of the calendar.
    pub address: String,
    /// User at the server.
    pub login: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// How much is said.
    pub discretion: Discretion,
    /// `fr`, `ar`, `en`.
    pub language: String,
    /// Days before today.
    pub days_back: i64,
    /// Days after today.
    pub days_ahead: i64,
    /// Minutes between two runs.
    pub every_minutes: i64,
    /// Whether it runs by itself.
    pub enabled: bool,
}

/// How the last runs went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Instant of the last try.
    pub tried_at: Option<String>,
    /// Instant of the last success.
    pub succeeded_at: Option<String>,
    /// Instant at which the server was last asked for all that it holds.
    pub checked_at: Option<String>,
    /// Failures in a row.
    pub failures: i64,
    /// Why the last try failed; empty where it did not.
    pub code: String,
}

fn read(row: &SqliteRow) -> Result<(Publishing, Standing), StoreError> {
    let publishing = Publishing {
        practitioner_id: parsed(row, 0)?,
        address: text(row, 1)?,
        login: text(row, 2)?,
        authority: text(row, 3)?,
        discretion: parsed(row, 4)?,
        language: text(row, 5)?,
        days_back: number(row, 6)?,
        days_ahead: number(row, 7)?,
        every_minutes: number(row, 8)?,
        enabled: flag(row, 9)?,
    };
    let standing = Standing {
        tried_at: row.try_get(10)?,
        succeeded_at: row.try_get(11)?,
        checked_at: row.try_get(12)?,
        failures: number(row, 13)?,
        code: text(row, 14)?,
    };
    Ok((publishing, standing))
}

/// Every publishing that was set up.
///
/// # Errors
/// What SQLite refuses.
pub async fn all(connection: &mut Connection) -> Result<Vec<(Publishing, Standing)>, StoreError> {
    sqlx::query(
        "SELECT practitioner_id, address, login, authority, discretion, language, days_back, days_ahead, every_minutes,
                enabled, tried_at, succeeded_at, checked_at, failures, code
           FROM publishing ORDER BY practitioner_id",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// The publishing of one practitioner.
///
/// # Errors
/// What SQLite refuses.
pub async fn of(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Option<(Publishing, Standing)>, StoreError> {
    Ok(all(connection).await?.into_iter().find(|(one, _)| one.practitioner_id == practitioner))
}

/// Sets a publishing up, or changes it.
///
/// # Errors
/// What SQLite refuses.
pub async fn save(connection: &mut Connection, one: &Publishing) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO publishing (practitioner_id, address, login, authority, discretion, language, days_back, days_ahead,
                                 every_minutes, enabled)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET address = excluded.address, login = excluded.login, authority = excluded.authority,
            discretion = excluded.discretion, language = excluded.language, days_back = excluded.days_back,
            days_ahead = excluded.days_ahead, every_minutes = excluded.every_minutes, enabled = excluded.enabled",
    )
    .bind(one.practitioner_id.to_string())
    .bind(&one.address)
    .bind(&one.login)
    .bind(&one.authority)
    .bind(one.discretion.as_str())
    .bind(&one.language)
    .bind(one.days_back)
    .bind(one.days_ahead)
    .bind(one.every_minutes)
    .bind(one.enabled)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes how a run went. A practice that changed its mind meanwhile is no error.
///
/// # Errors
/// What SQLite refuses.
pub async fn note(
    connection: &mut Connection,
    practitioner: PractitionerId,
    standing: &Standing,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE publishing SET tried_at = ?, succeeded_at = ?, checked_at = ?, failures = ?, code = ?
          WHERE practitioner_id = ?",
    )
    .bind(&standing.tried_at)
    .bind(&standing.succeeded_at)
    .bind(&standing.checked_at)
    .bind(standing.failures)
    .bind(&standing.code)
    .bind(practitioner.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// What is known to stand at the server, by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn known(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<BTreeMap<String, Known>, StoreError> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT name, fingerprint, etag FROM published_event WHERE practitioner_id = ?")
            .bind(practitioner.to_string())
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().map(|(name, fingerprint, etag)| (name, Known { fingerprint, etag })).collect())
}

/// Keeps what stands at the server now under a name.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep(
    connection: &mut Connection,
    practitioner: PractitionerId,
    name: &str,
    known: &Known,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO published_event (practitioner_id, name, fingerprint, etag) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET fingerprint = excluded.fingerprint, etag = excluded.etag",
    )
    .bind(practitioner.to_string())
    .bind(name)
    .bind(&known.fingerprint)
    .bind(&known.etag)
    .execute(connection)
    .await?;
    Ok(())
}

/// Nothing stands at the server under this name any more.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget(connection: &mut Connection, practitioner: PractitionerId, name: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM published_event WHERE practitioner_id = ? AND name = ?")
        .bind(practitioner.to_string())
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// Nothing is known any more of what stands there: another address, another server.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_all(connection: &mut Connection, practitioner: PractitionerId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM published_event WHERE practitioner_id = ?")
        .bind(practitioner.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
