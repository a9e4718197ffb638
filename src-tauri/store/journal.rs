//! Rows of the journal and its keys. What they mean, and their hashes, is the room `journal`'s.

use super::{Connection, StoreError};

/// A row of the journal.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct JournalRow {
    /// Number from 1 without gap.
    pub sequence: i64,
    /// UTC instant.
    pub at: String,
    /// Who.
    pub user_id: String,
    /// Where.
    pub workstation: String,
    /// Which command.
    pub command: String,
    /// About what.
    pub subject_id: String,
    /// Whose journal key seals it.
    pub owner_id: String,
    /// The sealed change.
    pub sealed: Vec<u8>,
    /// SHA-256 of the sealed change.
    pub digest: Vec<u8>,
    /// Hash of the entry before.
    pub previous: Vec<u8>,
    /// Hash over all of these.
    pub hash: Vec<u8>,
}

/// The newest entry's number and hash.
///
/// # Errors
/// What SQLite refuses.
pub async fn head(connection: &mut Connection) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    Ok(sqlx::query_as("SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1")
        .fetch_optional(connection)
        .await?)
}

/// Appends a row.
///
/// # Errors
/// What SQLite refuses; the schema refuses a number out of order.
pub async fn insert(connection: &mut Connection, row: &JournalRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO journal (sequence, at, user_id, workstation, command, subject_id, owner_id, sealed, digest, previous, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.sequence)
    .bind(&row.at)
    .bind(&row.user_id)
    .bind(&row.workstation)
    .bind(&row.command)
    .bind(&row.subject_id)
    .bind(&row.owner_id)
    .bind(&row.sealed)
    .bind(&row.digest)
    .bind(&row.previous)
    .bind(&row.hash)
    .execute(connection)
    .await?;
    Ok(())
}

/// The key of an owner (a patient, or the practice), where it still exists.
///
/// # Errors
/// What SQLite refuses.
pub async fn key(connection: &mut Connection, owner_id: &str) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(sqlx::query_scalar("SELECT key FROM journal_key WHERE owner_id = ?")
        .bind(owner_id)
        .fetch_optional(connection)
        .await?)
}

/// Keeps a new key.
///
/// # Errors
/// [`StoreError::NotUnique`] where the owner has one.
pub async fn insert_key(connection: &mut Connection, owner_id: &str, key: &[u8]) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO journal_key (owner_id, key) VALUES (?, ?)")
        .bind(owner_id)
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

/// One entry.
///
/// # Errors
/// What SQLite refuses.
pub async fn entry(connection: &mut Connection, sequence: i64) -> Result<Option<JournalRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM journal WHERE sequence = ?").bind(sequence).fetch_optional(connection).await?)
}

/// Entries newest first, of one subject or of all, before a number.
///
/// # Errors
/// What SQLite refuses.
pub async fn list(
    connection: &mut Connection,
    subject: Option<&str>,
    before: Option<i64>,
    limit: i64,
) -> Result<Vec<JournalRow>, StoreError> {
    let before = before.unwrap_or(i64::MAX);
    Ok(match subject {
        Some(subject) => {
            sqlx::query_as("SELECT * FROM journal WHERE subject_id = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?")
                .bind(subject)
                .bind(before)
                .bind(limit)
                .fetch_all(connection)
                .await?
        }
        None => {
            sqlx::query_as("SELECT * FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?")
                .bind(before)
                .bind(limit)
                .fetch_all(connection)
                .await?
        }
    })
}

/// Entries in order from a number on, a page of them (for the verification, in bounded memory).
///
/// # Errors
/// What SQLite refuses.
pub async fn page(connection: &mut Connection, after: i64, limit: i64) -> Result<Vec<JournalRow>, StoreError> {
    Ok(sqlx::query_as("SELECT * FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?")
        .bind(after)
        .bind(limit)
        .fetch_all(connection)
        .await?)
}

/// The last entries of one user on one workstation.
///
/// # Errors
/// What SQLite refuses.
pub async fn last_of(
    connection: &mut Connection,
    user_id: &str,
    workstation: &str,
    since: &str,
) -> Result<Vec<JournalRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT * FROM (SELECT * FROM journal ORDER BY sequence DESC LIMIT 2000)
          WHERE user_id = ? AND workstation = ? AND at >= ? ORDER BY sequence DESC",
    )
    .bind(user_id)
    .bind(workstation)
    .bind(since)
    .fetch_all(connection)
    .await?)
}

/// How many entries.
///
/// # Errors
/// What SQLite refuses.
pub async fn count(connection: &mut Connection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM journal").fetch_one(connection).await?)
}

/// What SQLite and SQLCipher say of every page: empty when all is well.
///
/// # Errors
/// What SQLite refuses.
pub async fn check_pages(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    let cipher: Vec<String> = sqlx::query_scalar("PRAGMA cipher_integrity_check").fetch_all(&mut *connection).await?;
    let mut faults = cipher;
    let pages: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(connection).await?;
    faults.extend(pages.into_iter().filter(|line| line != "ok"));
    Ok(faults)
}

/// The outside of an entry: what was done by whom, when and about what, without what was changed.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OutsideRow {
    /// Number.
    pub sequence: i64,
    /// UTC instant.
    pub at: String,
    /// Who.
    pub user_id: String,
    /// Which command.
    pub command: String,
    /// About what.
    pub subject_id: String,
    /// Whether that is an appointment.
    pub appointment: bool,
}

/// The outsides of a page of entries, in order from a number on.
///
/// # Errors
/// What SQLite refuses.
pub async fn outsides(connection: &mut Connection, after: i64, limit: i64) -> Result<Vec<OutsideRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT sequence, at, user_id, command, subject_id,
                EXISTS (SELECT 1 FROM appointment WHERE id = journal.subject_id) AS appointment
           FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?",
    )
    .bind(after)
    .bind(limit)
    .fetch_all(connection)
    .await?)
}

/// Numbers and instants of a page of entries, newest first, before a number.
///
/// # Errors
/// What SQLite refuses.
pub async fn moments(connection: &mut Connection, before: i64, limit: i64) -> Result<Vec<(i64, String)>, StoreError> {
    Ok(sqlx::query_as("SELECT sequence, at FROM journal WHERE sequence < ? ORDER BY sequence DESC LIMIT ?")
        .bind(before)
        .bind(limit)
        .fetch_all(connection)
        .await?)
}
