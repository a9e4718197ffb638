//! Sealed documents, and the folder that a computer watches. The documents' own bytes are files; this room knows their names.

use domain::id::{DocumentId, EntryId, PatientId};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A sealed document.
pub struct DocumentRow {
    /// Identifier.
    pub id: DocumentId,
    /// For whom it was sealed.
    pub patient_id: PatientId,
    /// The file's name.
    pub file: String,
    /// The entry that speaks of it.
    pub entry_id: Option<EntryId>,
    /// 0 while the key is sealed to the clinical public key.
    pub key_version: i64,
    /// The document's key, sealed.
    pub sealed_key: Vec<u8>,
    /// UTC instant.
    pub filed_at: String,
    /// User.
    pub filed_by: String,
    /// Their name.
    pub filed_by_name: String,
}

const DOCUMENT: &str =
    "SELECT d.id, d.patient_id, d.file, d.entry_id, d.key_version, d.sealed_key, d.filed_at, d.filed_by,
    coalesce(u.name, '') FROM document d LEFT JOIN user u ON u.id = d.filed_by";

fn read_document(row: &SqliteRow) -> Result<DocumentRow, StoreError> {
    Ok(DocumentRow {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        file: text(row, 2)?,
        entry_id: parsed_option(row, 3)?,
        key_version: number(row, 4)?,
        sealed_key: row.try_get(5)?,
        filed_at: text(row, 6)?,
        filed_by: text(row, 7)?,
        filed_by_name: text(row, 8)?,
    })
}

/// Adds a document.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert_document(connection: &mut Connection, row: &DocumentRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO document (id, patient_id, file, entry_id, key_version, sealed_key, filed_at, filed_by)
         VALUES (?, ?, ?, NULL, 0, ?, ?, ?)",
    )
    .bind(row.id.to_string())
    .bind(row.patient_id.to_string())
    .bind(&row.file)
    .bind(&row.sealed_key)
    .bind(&row.filed_at)
    .bind(&row.filed_by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes a document in: its entry, and its key under the patient's.
///
/// # Errors
/// [`StoreError::NotFound`] where it is gone or was taken in already.
pub async fn take_document(
    connection: &mut Connection,
    id: DocumentId,
    entry: EntryId,
    key: (i64, &[u8]),
) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE document SET entry_id = ?, key_version = ?, sealed_key = ? WHERE id = ? AND entry_id IS NULL",
    )
    .bind(entry.to_string())
    .bind(key.0)
    .bind(key.1)
    .bind(id.to_string())
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// One document.
///
/// # Errors
/// What SQLite refuses.
pub async fn document(connection: &mut Connection, id: DocumentId) -> Result<Option<DocumentRow>, StoreError> {
    let sql = format!("{DOCUMENT} WHERE d.id = ?");
    let row = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
    row.map(|row| read_document(&row)).transpose()
}

/// Documents of these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn documents_of(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<DocumentRow>, StoreError> {
    let sql = format!("{DOCUMENT} WHERE d.patient_id IN (SELECT value FROM json_each(?)) ORDER BY d.filed_at, d.id");
    sqlx::query(AssertSqlSafe(sql))
        .bind(json_ids(patients))
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_document)
        .collect()
}

/// Names of all files that some document is.
///
/// # Errors
/// What SQLite refuses.
pub async fn document_files(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT file FROM document").fetch_all(connection).await?)
}

/// The folder that a computer's account watches.
#[derive(Clone, PartialEq, Eq)]
pub struct WatchedFolder {
    /// Where.
    pub path: String,
    /// `move` or `delete`.
    pub afterwards: String,
    /// Whether it is looked at.
    pub enabled: bool,
    /// UTC instant of the last look.
    pub checked_at: Option<String>,
    /// How that went, or empty.
    pub code: String,
}

/// What this computer's account watches.
///
/// # Errors
/// What SQLite refuses.
pub async fn watched(
    connection: &mut Connection,
    (workstation, account): (&str, &str),
) -> Result<Option<WatchedFolder>, StoreError> {
    sqlx::query(
        "SELECT path, afterwards, enabled, checked_at, code FROM watched_folder WHERE workstation = ? AND os_account = ?",
    )
    .bind(workstation)
    .bind(account)
    .fetch_optional(connection)
    .await?
    .map(|row| {
        Ok(WatchedFolder {
            path: text(&row, 0)?,
            afterwards: text(&row, 1)?,
            enabled: flag(&row, 2)?,
            checked_at: row.try_get(3)?,
            code: text(&row, 4)?,
        })
    })
    .transpose()
}

/// Sets it; none: nothing is watched.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_watched(
    connection: &mut Connection,
    (workstation, account): (&str, &str),
    folder: Option<&WatchedFolder>,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM watched_folder WHERE workstation = ? AND os_account = ?")
        .bind(workstation)
        .bind(account)
        .execute(&mut *connection)
        .await?;
    if let Some(folder) = folder {
        sqlx::query(
            "INSERT INTO watched_folder (workstation, os_account, path, afterwards, enabled, checked_at, code)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(workstation)
        .bind(account)
        .bind(&folder.path)
        .bind(&folder.afterwards)
        .bind(folder.enabled)
        .bind(&folder.checked_at)
        .bind(&folder.code)
        .execute(connection)
        .await?;
    }
    Ok(())
}
