//! What waits to be told to the portal. The rows of the queue are written by triggers, in the change's own transaction; here they are
//! read, and go when they were told.
//!
//! Not here: what must be erased there (`sync_erasing`).

use domain::id::{PatientId, PractitionerId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{json_ids, number, parsed, text};
use super::{Connection, StoreError};

/// A thing that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// `appointment`, `schedule`, `availability`.
    pub kind: String,
    /// Its name.
    pub id: String,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// Grows with each change while it waits.
    pub revision: i64,
    /// UTC instant since which it waits.
    pub queued_at: String,
    /// UTC instant before which it does not leave; empty: at once.
    pub not_before: String,
    /// How often it was tried.
    pub tries: i64,
    /// The portal's word, where it refused it for good.
    pub code: String,
}

const QUEUED: &str = "SELECT kind, id, practitioner_id, revision, queued_at, not_before, tries, code FROM sync_outbox";

fn read_queued(row: &SqliteRow) -> Result<Queued, StoreError> {
    Ok(Queued {
        kind: text(row, 0)?,
        id: text(row, 1)?,
        practitioner_id: parsed(row, 2)?,
        revision: number(row, 3)?,
        queued_at: text(row, 4)?,
        not_before: text(row, 5)?,
        tries: number(row, 6)?,
        code: text(row, 7)?,
    })
}

/// Everything that waits, the oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn queued(connection: &mut Connection) -> Result<Vec<Queued>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("{QUEUED} ORDER BY queued_at, kind, id")))
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_queued)
        .collect()
}

/// What of one thing waits, if anything.
///
/// # Errors
/// What SQLite refuses.
pub async fn queued_one(connection: &mut Connection, kind: &str, id: &str) -> Result<Option<Queued>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("{QUEUED} WHERE kind = ? AND id = ?")))
        .bind(kind)
        .bind(id)
        .fetch_optional(connection)
        .await?
        .map(|row| read_queued(&row))
        .transpose()
}

/// How much waits.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Things that will be sent.
    pub queued: i64,
    /// Since when the oldest of them waits.
    pub oldest: Option<String>,
    /// Things that the portal refused for good.
    pub refused: i64,
    /// Persons and things to be erased there.
    pub erasures: i64,
    /// Bookings that wait for the practice to agree.
    pub requests: i64,
    /// Clashes that nobody has looked at.
    pub clashes: i64,
}

/// Counts what waits.
///
/// # Errors
/// What SQLite refuses.
pub async fn waiting(connection: &mut Connection) -> Result<Waiting, StoreError> {
    let row = sqlx::query(
        "SELECT (SELECT count(*) FROM sync_outbox WHERE code = ''), (SELECT min(queued_at) FROM sync_outbox WHERE code = ''),
            (SELECT count(*) FROM sync_outbox WHERE code <> ''), (SELECT count(DISTINCT subject) FROM sync_erasure),
            (SELECT count(*) FROM sync_notice WHERE seen = 0 AND kind = 'request'),
            (SELECT count(*) FROM sync_notice WHERE seen = 0 AND kind = 'clash')",
    )
    .fetch_one(connection)
    .await?;
    Ok(Waiting {
        queued: number(&row, 0)?,
        oldest: row.try_get(1)?,
        refused: number(&row, 2)?,
        erasures: number(&row, 3)?,
        requests: number(&row, 4)?,
        clashes: number(&row, 5)?,
    })
}

/// Queues a thing; it leaves at once, or not before an instant.
///
/// # Errors
/// What SQLite refuses.
pub async fn queue(
    connection: &mut Connection,
    (kind, id): (&str, &str),
    practitioner: PractitionerId,
    (now, not_before): (&str, &str),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at, not_before) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = excluded.not_before, tries = 0, code = ''",
    )
    .bind(kind)
    .bind(id)
    .bind(practitioner.to_string())
    .bind(now)
    .bind(not_before)
    .execute(connection)
    .await?;
    Ok(())
}

/// Queues everything that an instruction covers: schedules, all days of the horizon, appointments from a day on.
///
/// # Errors
/// What SQLite refuses.
pub async fn queue_all(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from_day: i64,
    now: &str,
) -> Result<(), StoreError> {
    for (kind, select) in [
        ("schedule", "SELECT ?1, value, value, ?3 FROM json_each(?2) WHERE ?4 = ?4"),
        ("availability", "SELECT ?1, value || '/*', value, ?3 FROM json_each(?2) WHERE ?4 = ?4"),
        (
            "appointment",
            "SELECT ?1, a.id, a.practitioner_id, ?3 FROM appointment a
              WHERE a.practitioner_id IN (SELECT value FROM json_each(?2)) AND a.starts >= ?4 * 1440 AND a.status <> 'deleted'",
        ),
    ] {
        sqlx::query(AssertSqlSafe(format!(
            "INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at) {select}
             ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, not_before = '', tries = 0, code = ''"
        )))
        .bind(kind)
        .bind(json_ids(practitioners))
        .bind(now)
        .bind(from_day)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Queues every appointment that is here and is, or may be, at the portal.
///
/// # Errors
/// What SQLite refuses.
pub async fn queue_known(connection: &mut Connection, now: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
         SELECT 'appointment', a.id, a.practitioner_id, ?1 FROM appointment a
           JOIN sync_known k ON k.kind = 'appointment' AND k.id = a.id AND k.version >= 0
          WHERE true
         ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, tries = 0, code = ''",
    )
    .bind(now)
    .execute(connection)
    .await?;
    Ok(())
}

/// Queues the appointments of a person from a day on.
///
/// # Errors
/// What SQLite refuses.
pub async fn queue_person(
    connection: &mut Connection,
    persons: &[PatientId],
    from_day: i64,
    now: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_outbox (kind, id, practitioner_id, queued_at)
         SELECT 'appointment', a.id, a.practitioner_id, ?2 FROM appointment a
           JOIN sync_covered c ON c.practitioner_id = a.practitioner_id
          WHERE a.patient_id IN (SELECT value FROM json_each(?1)) AND a.starts >= ?3 * 1440
         ON CONFLICT (kind, id) DO UPDATE SET revision = revision + 1, tries = 0, code = ''",
    )
    .bind(json_ids(persons))
    .bind(now)
    .bind(from_day)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a thing out that was told, unless it changed meanwhile.
///
/// # Errors
/// What SQLite refuses.
pub async fn told(connection: &mut Connection, one: &Queued) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sync_outbox WHERE kind = ? AND id = ? AND revision = ?")
        .bind(&one.kind)
        .bind(&one.id)
        .bind(one.revision)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that a thing was refused, for good where a word is given; unless it changed meanwhile.
///
/// # Errors
/// What SQLite refuses.
pub async fn refused(connection: &mut Connection, one: &Queued, code: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_outbox SET tries = tries + 1, code = ? WHERE kind = ? AND id = ? AND revision = ?")
        .bind(code)
        .bind(&one.kind)
        .bind(&one.id)
        .bind(one.revision)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes the portal's word from what it refused for good, one appointment or everything, so that it is told again. How many things.
///
/// # Errors
/// What SQLite refuses.
pub async fn tell_again(connection: &mut Connection, id: Option<&str>, now: &str) -> Result<u64, StoreError> {
    let done = sqlx::query(
        "UPDATE sync_outbox SET code = '', tries = 0, revision = revision + 1, queued_at = ?2
          WHERE code <> '' AND (?1 IS NULL OR kind = 'appointment' AND id = ?1)",
    )
    .bind(id)
    .bind(now)
    .execute(connection)
    .await?;
    Ok(done.rows_affected())
}

/// Empties the queue and forgets what the portal held: at the end of the contract, or for another portal.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_everything(connection: &mut Connection) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM sync_outbox",
        "DELETE FROM sync_known",
        "DELETE FROM sync_slot",
        "DELETE FROM sync_erasure",
        "DELETE FROM sync_readmit",
        "DELETE FROM setting WHERE name IN ('sync_looked', 'sync_life')",
        "UPDATE sync_portal SET cursor = '', rights_cursor = 0, looked_hour = NULL, heard_at = NULL, failures = 0, code = '', next_at = NULL",
    ] {
        sqlx::query(sql).execute(&mut *connection).await?;
    }
    Ok(())
}

/// How many appointments of a person wait to be told.
///
/// # Errors
/// What SQLite refuses.
pub async fn waiting_of(connection: &mut Connection, persons: &[PatientId]) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT count(*) FROM appointment a WHERE a.patient_id IN (SELECT value FROM json_each(?))
            AND (EXISTS (SELECT 1 FROM sync_outbox o WHERE o.kind = 'appointment' AND o.id = a.id AND o.code = '')
                OR EXISTS (SELECT 1 FROM sync_readmit r WHERE r.id = a.id))",
    )
    .bind(json_ids(persons))
    .fetch_one(connection)
    .await?)
}
