//! What the database knows of the archive: random ids, dates, names of sealed files, the sealed key. Nothing of the persons.

use crate::store::row::json_ids;
use crate::store::{Connection, StoreError};

/// A person in the archive, as the database knows them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct ArchivedRow {
    /// Random id.
    pub erasure_id: String,
    /// UTC instant.
    pub archived_at: String,
    /// The category whose rule decides.
    pub category: String,
    /// The first day on which they may be destroyed.
    pub destroy_on: String,
}

/// Everybody in the archive.
///
/// # Errors
/// What SQLite refuses.
pub async fn archived(connection: &mut Connection) -> Result<Vec<ArchivedRow>, StoreError> {
    Ok(sqlx::query_as("SELECT erasure_id, archived_at, category, destroy_on FROM archived ORDER BY erasure_id")
        .fetch_all(connection)
        .await?)
}

/// Whether the schema is of a time with an archive.
///
/// # Errors
/// What SQLite refuses.
pub async fn has_table(connection: &mut Connection) -> Result<bool, StoreError> {
    let there: i64 =
        sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'archived'").fetch_one(connection).await?;
    Ok(there != 0)
}

/// How many are in the archive; none where the schema is of a time without one.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_archived(connection: &mut Connection) -> Result<i64, StoreError> {
    if !has_table(connection).await? {
        return Ok(0);
    }
    Ok(sqlx::query_scalar("SELECT count(*) FROM archived").fetch_one(connection).await?)
}

/// Notes who is in the archive now, and which sealed files are theirs.
///
/// # Errors
/// [`StoreError::NotUnique`] where they are already.
pub async fn note_archived(
    connection: &mut Connection,
    row: &ArchivedRow,
    documents: &[String],
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO archived (erasure_id, archived_at, category, destroy_on) VALUES (?, ?, ?, ?)")
        .bind(&row.erasure_id)
        .bind(&row.archived_at)
        .bind(&row.category)
        .bind(&row.destroy_on)
        .execute(&mut *connection)
        .await?;
    for file in documents {
        sqlx::query("INSERT OR IGNORE INTO archived_document (file, erasure_id) VALUES (?, ?)")
            .bind(file)
            .bind(&row.erasure_id)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// Forgets that these are in the archive, and why they were kept. Returns how many there were.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_archived(connection: &mut Connection, erasure_ids: &[String]) -> Result<i64, StoreError> {
    let json = json_ids(erasure_ids);
    sqlx::query("DELETE FROM retention_hold WHERE erasure_id IN (SELECT value FROM json_each(?))")
        .bind(&json)
        .execute(&mut *connection)
        .await?;
    let done = sqlx::query("DELETE FROM archived WHERE erasure_id IN (SELECT value FROM json_each(?))")
        .bind(&json)
        .execute(connection)
        .await?;
    Ok(i64::try_from(done.rows_affected()).unwrap_or(i64::MAX))
}

/// Notes that one is no longer in the archive, since they came back. Why they are kept longer stays.
///
/// # Errors
/// [`StoreError::NotFound`] where they are not there.
pub async fn note_back(connection: &mut Connection, erasure_id: &str) -> Result<(), StoreError> {
    let done = sqlx::query("DELETE FROM archived WHERE erasure_id = ?").bind(erasure_id).execute(connection).await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// The sealed files of archived persons; of these alone, where some are named.
///
/// # Errors
/// What SQLite refuses.
pub async fn archived_files(connection: &mut Connection, of: Option<&[String]>) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT file FROM archived_document WHERE ?1 IS NULL OR erasure_id IN (SELECT value FROM json_each(?1))",
    )
    .bind(of.map(json_ids))
    .fetch_all(connection)
    .await?)
}

/// Which of these random ids are of active patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn active_among(connection: &mut Connection, erasure_ids: &[String]) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT erasure_id FROM patient WHERE erasure_id IN (SELECT value FROM json_each(?))")
        .bind(json_ids(erasure_ids))
        .fetch_all(connection)
        .await?)
}

/// The archive's key.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct KeyRow {
    /// Number.
    pub version: i64,
    /// Sealed to the clinical public key.
    pub sealed: Vec<u8>,
    /// The database key of its day.
    pub database_key: i64,
    /// UTC instant.
    pub made_at: String,
}

/// The archive's keys, the newest first: one, or two while the archive is written under a new one.
///
/// # Errors
/// What SQLite refuses.
pub async fn keys(connection: &mut Connection) -> Result<Vec<KeyRow>, StoreError> {
    Ok(sqlx::query_as("SELECT version, sealed, database_key, made_at FROM archive_key ORDER BY version DESC")
        .fetch_all(connection)
        .await?)
}

/// Keeps a new key of the archive.
///
/// # Errors
/// [`StoreError::NotUnique`] where somebody else was first.
pub async fn insert_key(connection: &mut Connection, key: &KeyRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO archive_key (version, sealed, database_key, made_at) VALUES (?, ?, ?, ?)")
        .bind(key.version)
        .bind(&key.sealed)
        .bind(key.database_key)
        .bind(&key.made_at)
        .execute(connection)
        .await?;
    Ok(())
}

/// Forgets the keys before one, once the archive is written under it.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_keys(connection: &mut Connection, before: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM archive_key WHERE version < ?").bind(before).execute(connection).await?;
    Ok(())
}
