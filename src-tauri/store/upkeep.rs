//! The database as a whole: copies for backups, what was backed up, the re-key.

use std::path::Path;

use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _};

pub use super::erasure::erase_listed;
use super::{Connection, StoreError};
use crate::vault::DatabaseKey;

/// A line of the list of backups.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct BackupRow {
    /// UTC instant.
    pub at: String,
    /// `first`, `second`, or `file` where somebody chose one.
    pub place: String,
    /// File.
    pub file: String,
    /// Size.
    pub bytes: i64,
    /// Journal entries in it.
    pub entries: i64,
    /// `verified` or `failed`.
    pub outcome: String,
    /// Why it failed.
    pub code: String,
}

/// Notes a backup that was tried.
///
/// # Errors
/// What SQLite refuses.
pub async fn note_backup(connection: &mut Connection, row: &BackupRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO backup (at, place, file, bytes, entries, outcome, code) VALUES (?, ?, ?, ?, ?, ?, ?)")
        .bind(&row.at)
        .bind(&row.place)
        .bind(&row.file)
        .bind(row.bytes)
        .bind(row.entries)
        .bind(&row.outcome)
        .bind(&row.code)
        .execute(&mut *connection)
        .await?;
    sqlx::query("DELETE FROM backup WHERE id <= (SELECT max(id) FROM backup) - 1000").execute(connection).await?;
    Ok(())
}

/// Backups, newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn backups(connection: &mut Connection, limit: i64) -> Result<Vec<BackupRow>, StoreError> {
    Ok(sqlx::query_as("SELECT at, place, file, bytes, entries, outcome, code FROM backup ORDER BY id DESC LIMIT ?")
        .bind(limit)
        .fetch_all(connection)
        .await?)
}

/// Writes a whole, consistent copy of the database into a new file, encrypted under the same key, while others read and
/// write: the copy is one read transaction. Free pages, and with them what was deleted, do not come along. The copy keeps
/// the write-ahead mode of a working database and has no log beside it.
///
/// SQLite's backup interface would need unsafe code here, and starts over with each foreign write; copying the file
/// itself would drop this process's locks on it when the file is closed (POSIX).
///
/// # Errors
/// [`StoreError::DiskFull`], [`StoreError::NotReadable`] for a wrong key, [`StoreError::Damaged`], or what SQLite refuses.
pub async fn copy_into(path: &Path, key: &DatabaseKey, target: &Path) -> Result<(), StoreError> {
    let name = target.to_str().ok_or(StoreError::Disk)?;
    let mut connection = super::options(path, key).connect().await?;
    let copied = sqlx::query("VACUUM INTO ?").bind(name).execute(&mut connection).await;
    connection.close().await?;
    copied?;
    let mut copy = super::options(target, key).connect().await?;
    let mode = sqlx::query("PRAGMA journal_mode = WAL").execute(&mut copy).await;
    copy.close().await?;
    mode?;
    Ok(())
}

/// How many patients and appointments there are, whatever their state.
///
/// # Errors
/// What SQLite refuses.
pub async fn counts(connection: &mut Connection) -> Result<(i64, i64), StoreError> {
    Ok(sqlx::query_as("SELECT (SELECT count(*) FROM patient), (SELECT count(*) FROM appointment)")
        .fetch_one(connection)
        .await?)
}

/// Encrypts the whole file under a new key. No other connection may be open: the write-ahead log is folded in and put
/// aside for it, since pages under two keys cannot be told apart in it.
///
/// # Errors
/// [`StoreError::Busy`] where another program has the file open; what SQLite refuses.
pub async fn rekey_file(path: &Path, old: &DatabaseKey, new: &DatabaseKey) -> Result<(), StoreError> {
    let mut connection = super::options(path, old).pragma("locking_mode", "EXCLUSIVE").connect().await?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode = DELETE").fetch_one(&mut connection).await?;
    if mode != "delete" {
        return Err(StoreError::Busy);
    }
    let value = new.pragma_value();
    let rekey = zeroize::Zeroizing::new(format!("PRAGMA rekey = {}", value.as_str()));
    let done = sqlx::raw_sql(AssertSqlSafe(rekey.as_str().to_owned())).execute(&mut connection).await;
    connection.close().await?;
    done?;
    let mut connection = super::options(path, new).connect().await?;
    sqlx::query("PRAGMA journal_mode = WAL").execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// Notes a schema step that no version of this program knows: what a newer one would have left.
///
/// # Errors
/// What SQLite refuses.
#[doc(hidden)]
pub async fn pretend_newer_schema(connection: &mut Connection) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (99991231235959, 'from the future', 1, x'00', 0)",
    )
    .execute(connection)
    .await?;
    Ok(())
}
