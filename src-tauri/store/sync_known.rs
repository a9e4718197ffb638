//! What the portal is known to hold: appointments and schedules by version and digest, slots as they were told.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::{PractitionerId, TypeId};
use domain::sync::Held;
use sqlx::Row;

use super::row::{json_ids, json_list, number, number_option, parsed, text};
use super::{Connection, StoreError};

/// What the portal is known to hold of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// Its name.
    pub id: String,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// What is held.
    pub held: Held,
    /// When an appointment is there that occupies its practitioner: wall minute and minutes.
    pub span: Option<(i64, i64)>,
}

/// What is known of some things of a kind, by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn known(
    connection: &mut Connection,
    kind: &str,
    ids: &[String],
) -> Result<HashMap<String, Held>, StoreError> {
    sqlx::query("SELECT id, version, digest FROM sync_known WHERE kind = ? AND id IN (SELECT value FROM json_each(?))")
        .bind(kind)
        .bind(json_ids(ids))
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| Ok((text(row, 0)?, Held::read(number(row, 1)?, row.try_get(2)?))))
        .collect()
}

/// What is known of the appointments from a day on that are still here.
///
/// # Errors
/// What SQLite refuses.
pub async fn to_come(connection: &mut Connection, from_day: i64) -> Result<Vec<Known>, StoreError> {
    sqlx::query(
        "SELECT k.id, k.practitioner_id, k.version, k.digest, k.starts, k.minutes FROM sync_known k
           JOIN appointment a ON a.id = k.id WHERE k.kind = 'appointment' AND a.starts >= ? * 1440",
    )
    .bind(from_day)
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(Known {
            id: text(row, 0)?,
            practitioner_id: parsed(row, 1)?,
            held: Held::read(number(row, 2)?, row.try_get(3)?),
            span: number_option(row, 4)?.zip(number_option(row, 5)?),
        })
    })
    .collect()
}

/// Appointments that are still busy at the portal though they were freed here and wait for their time: wall minute, minutes, and
/// when it may be told.
///
/// # Errors
/// What SQLite refuses.
pub async fn still_held(
    connection: &mut Connection,
    practitioner: PractitionerId,
    (from, to): (i64, i64),
) -> Result<Vec<(i64, i64, String)>, StoreError> {
    sqlx::query(
        "SELECT k.starts, k.minutes, o.not_before FROM sync_known k
           JOIN sync_outbox o ON o.kind = 'appointment' AND o.id = k.id AND o.not_before <> ''
          WHERE k.practitioner_id = ? AND k.starts > ? - 1440 AND k.starts < ? AND k.kind = 'appointment'",
    )
    .bind(practitioner.to_string())
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((number(row, 0)?, number(row, 1)?, text(row, 2)?)))
    .collect()
}

/// Keeps what the portal holds of a thing now.
///
/// # Errors
/// What SQLite refuses.
pub async fn remember(connection: &mut Connection, kind: &str, known: &Known, at: &str) -> Result<(), StoreError> {
    let Some((version, digest)) = known.held.row() else {
        sqlx::query("DELETE FROM sync_known WHERE kind = ? AND id = ?")
            .bind(kind)
            .bind(&known.id)
            .execute(connection)
            .await?;
        return Ok(());
    };
    sqlx::query(
        "INSERT INTO sync_known (kind, id, practitioner_id, version, digest, starts, minutes, told_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET practitioner_id = excluded.practitioner_id, version = excluded.version,
            digest = excluded.digest, starts = excluded.starts, minutes = excluded.minutes, told_at = excluded.told_at",
    )
    .bind(kind)
    .bind(&known.id)
    .bind(known.practitioner_id.to_string())
    .bind(version)
    .bind(digest)
    .bind(known.span.map(|(starts, _)| starts))
    .bind(known.span.map(|(_, minutes)| minutes))
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Remembers that some appointments may be there from now on, where nothing is known of them; in the moment before they are sent.
///
/// # Errors
/// What SQLite refuses.
pub async fn perhaps(
    connection: &mut Connection,
    kind: &str,
    things: &[(String, PractitionerId)],
    at: &str,
) -> Result<(), StoreError> {
    for (id, practitioner) in things {
        sqlx::query(
            "INSERT OR IGNORE INTO sync_known (kind, id, practitioner_id, version, digest, told_at) VALUES (?, ?, ?, 0, '', ?)",
        )
        .bind(kind)
        .bind(id)
        .bind(practitioner.to_string())
        .bind(at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// A slot that the portal is known to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRow {
    /// Its name.
    pub id: uuid::Uuid,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// On which schedule.
    pub schedule_id: uuid::Uuid,
    /// Day number.
    pub day: i64,
    /// The portal's version.
    pub version: i64,
    /// `free`, `busy`, or `entered-in-error` where it is marked as never meant.
    pub status: String,
    /// When it begins.
    pub start_at: DateTime<Utc>,
    /// How long it is.
    pub minutes: i64,
    /// For which types; none: for any.
    pub types: Vec<TypeId>,
}

/// The slots that the portal is known to hold of some days of a practitioner.
///
/// # Errors
/// What SQLite refuses.
pub async fn slots(
    connection: &mut Connection,
    practitioner: PractitionerId,
    (from, until): (i64, i64),
) -> Result<Vec<SlotRow>, StoreError> {
    sqlx::query(
        "SELECT id, practitioner_id, schedule_id, day, version, status, start_at, minutes, types FROM sync_slot
          WHERE practitioner_id = ? AND day >= ? AND day < ?",
    )
    .bind(practitioner.to_string())
    .bind(from)
    .bind(until)
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(SlotRow {
            id: parsed(row, 0)?,
            practitioner_id: parsed(row, 1)?,
            schedule_id: parsed(row, 2)?,
            day: number(row, 3)?,
            version: number(row, 4)?,
            status: text(row, 5)?,
            start_at: parsed(row, 6)?,
            minutes: number(row, 7)?,
            types: json_list(row.try_get(8)?)?,
        })
    })
    .collect()
}

/// Keeps what the portal holds of a slot now.
///
/// # Errors
/// What SQLite refuses.
pub async fn remember_slot(connection: &mut Connection, row: &SlotRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_slot (id, practitioner_id, schedule_id, day, version, status, start_at, minutes, types)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET version = excluded.version, status = excluded.status, start_at = excluded.start_at,
            minutes = excluded.minutes, types = excluded.types, day = excluded.day",
    )
    .bind(row.id.to_string())
    .bind(row.practitioner_id.to_string())
    .bind(row.schedule_id.to_string())
    .bind(row.day)
    .bind(row.version)
    .bind(&row.status)
    .bind(row.start_at.to_rfc3339())
    .bind(row.minutes)
    .bind(json_ids(&row.types))
    .execute(connection)
    .await?;
    Ok(())
}

/// Nothing that is known of the portal is sure any more: appointments may be there in any version, schedules and slots are forgotten.
/// What was erased for good stays so.
///
/// # Errors
/// What SQLite refuses.
pub async fn doubt_everything(connection: &mut Connection) -> Result<(), StoreError> {
    for sql in [
        "UPDATE sync_known SET version = 0, digest = '' WHERE kind = 'appointment' AND version > 0",
        "DELETE FROM sync_known WHERE kind = 'schedule'",
        "DELETE FROM sync_slot",
    ] {
        sqlx::query(sql).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What was erased there for good and is still here.
///
/// # Errors
/// What SQLite refuses.
pub async fn gone_but_here(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT k.id FROM sync_known k JOIN appointment a ON a.id = k.id WHERE k.kind = 'appointment' AND k.version = -1",
    )
    .fetch_all(connection)
    .await?)
}

/// These may be there again, though they were erased.
///
/// # Errors
/// What SQLite refuses.
pub async fn doubt(connection: &mut Connection, ids: &[String]) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sync_known SET version = 0 WHERE kind = 'appointment' AND id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(ids))
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the names of what was erased there and is gone here too, since before an instant: no copy of it is left anywhere.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_gone(connection: &mut Connection, before: &str) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM sync_known WHERE kind = 'appointment' AND version = -1 AND told_at < ?
            AND id NOT IN (SELECT id FROM appointment)",
    )
    .bind(before)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the slots of days that are over: the portal does the same.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_slots(connection: &mut Connection, before_day: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sync_slot WHERE day < ?").bind(before_day).execute(connection).await?;
    Ok(())
}

/// Forgets what is known of a practitioner's slots, so that it is asked for.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_slots_of(
    connection: &mut Connection,
    practitioner: PractitionerId,
    day: i64,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sync_slot WHERE practitioner_id = ? AND day = ?")
        .bind(practitioner.to_string())
        .bind(day)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets what is known of a practitioner's schedules, so that they are told anew.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_schedules(connection: &mut Connection, practitioner: PractitionerId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sync_known WHERE kind = 'schedule' AND practitioner_id = ?")
        .bind(practitioner.to_string())
        .execute(connection)
        .await?;
    Ok(())
}
