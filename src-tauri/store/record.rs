//! Sealed entries of the medical record. What is inside them this room cannot read.

use domain::id::{EntryId, PatientId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{json_ids, number, parsed, text};
use super::{Connection, StoreError};

/// A sealed entry, present or earlier.
pub struct EntryRow {
    /// Identifier.
    pub id: EntryId,
    /// Whose key seals it: the patient it was written for, who may have been merged since.
    pub patient_id: PatientId,
    /// Grows by one with each correction.
    pub version: i64,
    /// The version of the patient's key.
    pub key_version: i64,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
    /// UTC instant.
    pub written_at: String,
    /// User.
    pub written_by: String,
    /// Their name.
    pub author: String,
}

fn read(row: &SqliteRow) -> Result<EntryRow, StoreError> {
    Ok(EntryRow {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        version: number(row, 2)?,
        key_version: number(row, 3)?,
        sealed: row.try_get(4)?,
        written_at: text(row, 5)?,
        written_by: text(row, 6)?,
        author: text(row, 7)?,
    })
}

/// A patient and everybody who was merged into them, however many steps away.
///
/// # Errors
/// What SQLite refuses.
pub async fn with_aliases(connection: &mut Connection, patient: PatientId) -> Result<Vec<PatientId>, StoreError> {
    sqlx::query(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION SELECT p.id FROM patient p JOIN same ON p.merged_into = same.id)
         SELECT id FROM same",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect()
}

/// All sealed clinical keys of these patients, the oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn keys(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<(PatientId, i64, Vec<u8>)>, StoreError> {
    sqlx::query(
        "SELECT patient_id, version, sealed FROM patient_key
          WHERE patient_id IN (SELECT value FROM json_each(?)) ORDER BY patient_id, version",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((parsed(row, 0)?, number(row, 1)?, row.try_get(2)?)))
    .collect()
}

const ENTRY: &str = "SELECT e.id, e.patient_id, e.version, e.key_version, e.sealed, e.written_at, e.written_by,
    coalesce(u.name, '') FROM clinical_entry e LEFT JOIN user u ON u.id = e.written_by";

/// All entries of these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn entries(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<EntryRow>, StoreError> {
    let sql = format!("{ENTRY} WHERE e.patient_id IN (SELECT value FROM json_each(?))");
    let rows = sqlx::query(AssertSqlSafe(sql)).bind(json_ids(patients)).fetch_all(connection).await?;
    rows.iter().map(read).collect()
}

/// One entry as it is now.
///
/// # Errors
/// What SQLite refuses.
pub async fn entry(connection: &mut Connection, id: EntryId) -> Result<Option<EntryRow>, StoreError> {
    let sql = format!("{ENTRY} WHERE e.id = ?");
    sqlx::query(AssertSqlSafe(sql))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// The earlier versions of an entry, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn earlier(connection: &mut Connection, id: EntryId) -> Result<Vec<EntryRow>, StoreError> {
    let rows = sqlx::query(
        "SELECT e.entry_id, e.patient_id, e.version, e.key_version, e.sealed, e.written_at, e.written_by,
            coalesce(u.name, '') FROM clinical_entry_version e LEFT JOIN user u ON u.id = e.written_by
          WHERE e.entry_id = ? ORDER BY e.version DESC",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(read).collect()
}

/// The journal's word of which entries there are and in which version: each version has one entry of the journal.
///
/// # Errors
/// What SQLite refuses.
pub async fn journalled(
    connection: &mut Connection,
    patients: &[PatientId],
) -> Result<Vec<(EntryId, i64)>, StoreError> {
    sqlx::query(
        "SELECT substr(subject_id, 7), count(*) FROM journal
          WHERE owner_id IN (SELECT value FROM json_each(?)) AND subject_id >= 'entry:' AND subject_id < 'entry;'
          GROUP BY subject_id",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((parsed(row, 0)?, number(row, 1)?)))
    .collect()
}

/// The same of one entry: 0 where the journal knows none of it.
///
/// # Errors
/// What SQLite refuses.
pub async fn journalled_version(connection: &mut Connection, row: &EntryRow) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar("SELECT count(*) FROM journal WHERE subject_id = 'entry:' || ?2 AND owner_id = ?1");
    Ok(count.bind(row.patient_id.to_string()).bind(row.id.to_string()).fetch_one(connection).await?)
}

/// Adds an entry.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert(connection: &mut Connection, row: &EntryRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO clinical_entry (id, patient_id, version, key_version, sealed, written_at, written_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.id.to_string())
    .bind(row.patient_id.to_string())
    .bind(row.version)
    .bind(row.key_version)
    .bind(&row.sealed)
    .bind(&row.written_at)
    .bind(&row.written_by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Puts the next version in an entry's place; the schema keeps the one before.
///
/// # Errors
/// [`StoreError::NotFound`] where the version before is no longer the one that was read.
pub async fn update(connection: &mut Connection, row: &EntryRow) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE clinical_entry SET version = ?, key_version = ?, sealed = ?, written_at = ?, written_by = ?
          WHERE id = ? AND version = ?",
    )
    .bind(row.version)
    .bind(row.key_version)
    .bind(&row.sealed)
    .bind(&row.written_at)
    .bind(&row.written_by)
    .bind(row.id.to_string())
    .bind(row.version - 1)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}
