//! The export of the whole practice under way: its run, the persons who are finished, what changed since. And the former
//! journals of a practice that came from elsewhere.

use domain::id::PatientId;
use sqlx::Row as _;

use super::journal::JournalRow;
use super::row::parsed;
use super::{Connection, StoreError};

/// The run.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct RunRow {
    /// Identifier.
    pub id: String,
    /// The key of its working files.
    pub key: Vec<u8>,
    /// Language of what people read.
    pub language: String,
    /// UTC instant.
    pub begun_at: String,
    /// A clear file that is being written, or empty.
    pub unfinished: String,
}

/// The run that was begun and is not over.
///
/// # Errors
/// What SQLite refuses.
pub async fn run(connection: &mut Connection) -> Result<Option<RunRow>, StoreError> {
    Ok(sqlx::query_as("SELECT id, key, language, begun_at, unfinished FROM archive_run")
        .fetch_optional(connection)
        .await?)
}

/// Begins a run.
///
/// # Errors
/// [`StoreError::NotUnique`] where there is one.
pub async fn begin(connection: &mut Connection, row: &RunRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO archive_run (only_one, id, key, language, begun_at, unfinished) VALUES (1, ?, ?, ?, ?, ?)",
    )
    .bind(&row.id)
    .bind(&row.key)
    .bind(&row.language)
    .bind(&row.begun_at)
    .bind(&row.unfinished)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends it: what its key sealed can be read no more.
///
/// # Errors
/// What SQLite refuses.
pub async fn end(connection: &mut Connection) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM archive_piece").execute(&mut *connection).await?;
    sqlx::query("DELETE FROM archive_run").execute(connection).await?;
    Ok(())
}

/// Remembers the clear file that is being written, or that none is.
///
/// # Errors
/// What SQLite refuses.
pub async fn note_unfinished(connection: &mut Connection, path: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE archive_run SET unfinished = ?").bind(path).execute(connection).await?;
    Ok(())
}

/// A person's finished archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PieceRow {
    /// Whose.
    pub patient_id: PatientId,
    /// The working file.
    pub file: String,
    /// Where in it.
    pub offset: i64,
    /// How long.
    pub bytes: i64,
    /// SHA-256.
    pub digest: String,
    /// The newest journal entry when it was made.
    pub head: i64,
    /// What is told of it, JSON.
    pub told: String,
}

/// Keeps finished persons; who was finished before is finished anew.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep(connection: &mut Connection, rows: &[PieceRow]) -> Result<(), StoreError> {
    for row in rows {
        sqlx::query(
            "INSERT INTO archive_piece (patient_id, file, offset, bytes, digest, head, told) VALUES (?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT DO UPDATE SET file = excluded.file, offset = excluded.offset, bytes = excluded.bytes,
                digest = excluded.digest, head = excluded.head, told = excluded.told",
        )
        .bind(row.patient_id.to_string())
        .bind(&row.file)
        .bind(row.offset)
        .bind(row.bytes)
        .bind(&row.digest)
        .bind(row.head)
        .bind(&row.told)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Finished persons, as they lie in the working files.
///
/// # Errors
/// What SQLite refuses.
pub async fn pieces(connection: &mut Connection) -> Result<Vec<PieceRow>, StoreError> {
    sqlx::query("SELECT patient_id, file, offset, bytes, digest, head, told FROM archive_piece ORDER BY file, offset")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(PieceRow {
                patient_id: parsed(row, 0)?,
                file: row.try_get(1)?,
                offset: row.try_get(2)?,
                bytes: row.try_get(3)?,
                digest: row.try_get(4)?,
                head: row.try_get(5)?,
                told: row.try_get(6)?,
            })
        })
        .collect()
}

/// Everybody who has a file of their own (merged files are part of another), the oldest number first.
///
/// # Errors
/// What SQLite refuses.
pub async fn persons(connection: &mut Connection) -> Result<Vec<PatientId>, StoreError> {
    sqlx::query("SELECT id FROM patient WHERE merged_into IS NULL ORDER BY number")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| parsed(row, 0))
        .collect()
}

/// How many have.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_persons(connection: &mut Connection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM patient WHERE merged_into IS NULL").fetch_one(connection).await?)
}

/// Owners and commands of what was journalled after a number: whose archive may be out of date.
///
/// # Errors
/// What SQLite refuses.
pub async fn touched_since(connection: &mut Connection, head: i64) -> Result<Vec<(String, String, i64)>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT owner_id, command, max(sequence) FROM journal WHERE sequence > ? GROUP BY owner_id, command",
    )
    .bind(head)
    .fetch_all(connection)
    .await?)
}

/// The person whose file somebody's is part of now.
///
/// # Errors
/// What SQLite refuses.
pub async fn root_of(connection: &mut Connection, patient: &str) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "WITH RECURSIVE up (id, into_id) AS (
             SELECT id, merged_into FROM patient WHERE id = ?
             UNION SELECT p.id, p.merged_into FROM patient p JOIN up ON p.id = up.into_id)
         SELECT id FROM up WHERE into_id IS NULL",
    )
    .bind(patient)
    .fetch_optional(connection)
    .await?)
}

/// A vault from which the practice came.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct FormerVault {
    /// The vault.
    pub id: String,
    /// The practice's name there.
    pub practice: String,
    /// UTC instant.
    pub taken_in_at: String,
    /// Entries of its journal.
    pub entries: i64,
    /// Hash of its newest entry, or nothing.
    pub head: Vec<u8>,
}

/// Notes one.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_former(connection: &mut Connection, row: &FormerVault) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO former_vault (id, practice, taken_in_at, entries, head) VALUES (?, ?, ?, ?, ?)")
        .bind(&row.id)
        .bind(&row.practice)
        .bind(&row.taken_in_at)
        .bind(row.entries)
        .bind(&row.head)
        .execute(connection)
        .await?;
    Ok(())
}

/// All, the latest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn formers(connection: &mut Connection) -> Result<Vec<FormerVault>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT id, practice, taken_in_at, entries, head FROM former_vault ORDER BY taken_in_at DESC, id",
    )
    .fetch_all(connection)
    .await?)
}

/// Entries of a former journal, newest first, before a number.
///
/// # Errors
/// What SQLite refuses.
pub async fn former_entries(
    connection: &mut Connection,
    vault: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<JournalRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT sequence, at, user_id, workstation, command, subject_id, owner_id, coalesce(sealed, x'') AS sealed, digest,
                previous, hash
           FROM former_journal WHERE vault_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
    )
    .bind(vault)
    .bind(before)
    .bind(limit)
    .fetch_all(connection)
    .await?)
}

/// Entries of a former journal in order, after a number.
///
/// # Errors
/// What SQLite refuses.
pub async fn former_page(
    connection: &mut Connection,
    vault: &str,
    after: i64,
    limit: i64,
) -> Result<Vec<JournalRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT sequence, at, user_id, workstation, command, subject_id, owner_id, coalesce(sealed, x'') AS sealed, digest,
                previous, hash
           FROM former_journal WHERE vault_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
    )
    .bind(vault)
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await?)
}
