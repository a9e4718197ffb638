//! Sealed entries of the medical record. What is inside them this room cannot read.

use std::collections::BTreeMap;

use domain::id::{EntryId, PatientId};
use futures_util::TryStreamExt as _;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{json_ids, number, number_option, parsed, text};
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

/// A sealed clinical key: whose, its version, the bytes.
pub type SealedKey = (PatientId, i64, Vec<u8>);

/// A patient and everybody who was merged into them, however many steps away, with all their sealed clinical keys, the
/// oldest of each first.
///
/// # Errors
/// What SQLite refuses.
pub async fn keys(
    connection: &mut Connection,
    patient: PatientId,
) -> Result<(Vec<PatientId>, Vec<SealedKey>), StoreError> {
    let rows = sqlx::query(
        "WITH RECURSIVE same (id) AS (SELECT ? UNION SELECT p.id FROM patient p JOIN same ON p.merged_into = same.id)
         SELECT same.id, k.version, k.sealed FROM same LEFT JOIN patient_key k ON k.patient_id = same.id
          ORDER BY same.id, k.version",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?;
    let (mut patients, mut keys) = (Vec::new(), Vec::new());
    for row in &rows {
        let id = parsed(row, 0)?;
        if patients.last() != Some(&id) {
            patients.push(id);
        }
        if let Some(version) = number_option(row, 1)? {
            keys.push((id, version, row.try_get(2)?));
        }
    }
    Ok((patients, keys))
}

const ENTRY: &str = "SELECT e.id, e.patient_id, e.version, e.key_version, e.sealed, e.written_at, e.written_by,
    coalesce(u.name, '') FROM clinical_entry e LEFT JOIN user u ON u.id = e.written_by";

/// Hands over each entry of these patients as it is read: what is done with one is done while the next is fetched.
///
/// # Errors
/// What SQLite refuses.
pub async fn each_entry(
    connection: &mut Connection,
    patients: &[PatientId],
    mut take: impl FnMut(EntryRow),
) -> Result<(), StoreError> {
    let authors: BTreeMap<String, String> =
        sqlx::query_as("SELECT id, name FROM user").fetch_all(&mut *connection).await?.into_iter().collect();
    let mut rows = sqlx::query(
        "SELECT id, patient_id, version, key_version, sealed, written_at, written_by FROM clinical_entry
          WHERE patient_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(patients))
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let written_by = text(&row, 6)?;
        take(EntryRow {
            id: parsed(&row, 0)?,
            patient_id: parsed(&row, 1)?,
            version: number(&row, 2)?,
            key_version: number(&row, 3)?,
            sealed: row.try_get(4)?,
            written_at: text(&row, 5)?,
            author: authors.get(&written_by).cloned().unwrap_or_default(),
            written_by,
        });
    }
    Ok(())
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
) -> Result<BTreeMap<EntryId, i64>, StoreError> {
    // One value for all of them: a row for each would cost more than the counting.
    let counts: String = sqlx::query_scalar(
        "SELECT json_group_object(entry, versions) FROM (
             SELECT substr(subject_id, 7) AS entry, count(*) AS versions FROM journal
              WHERE owner_id IN (SELECT value FROM json_each(?)) AND subject_id >= 'entry:' AND subject_id < 'entry;'
              GROUP BY subject_id)",
    )
    .bind(json_ids(patients))
    .fetch_one(connection)
    .await?;
    let counts: BTreeMap<EntryId, i64> = serde_json::from_str(&counts).map_err(|_| StoreError::BadValue)?;
    Ok(counts)
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
