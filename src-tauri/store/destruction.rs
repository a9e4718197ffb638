//! Lists of those to destroy: made, confirmed as they stand or given up, and afterwards the proof. Random ids only.

use std::collections::HashMap;

use sqlx::AssertSqlSafe;

use super::{Connection, StoreError};

/// Everybody who was on a list that somebody confirmed.
///
/// # Errors
/// What SQLite refuses.
pub async fn destroyed(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT DISTINCT l.erasure_id FROM destruction_line l JOIN destruction d ON d.id = l.destruction_id
          WHERE d.confirmed_at IS NOT NULL",
    )
    .fetch_all(connection)
    .await?)
}

/// A list of those to destroy.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct DestructionRow {
    /// Identifier.
    pub id: String,
    /// UTC instant.
    pub made_at: String,
    /// Who.
    pub made_by: String,
    /// What stands on it, in one digest.
    pub digest: String,
    /// UTC instant.
    pub confirmed_at: Option<String>,
    /// Who.
    pub confirmed_by: Option<String>,
    /// UTC instant at which it was given up.
    pub dropped_at: Option<String>,
    /// Sealed files that went with them.
    pub documents: i64,
}

/// Somebody on such a list.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct LineRow {
    /// Random id.
    pub erasure_id: String,
    /// `active` or `archive`.
    pub place: String,
    /// The category whose rule decides.
    pub category: String,
    /// Since when they may no longer be kept.
    pub destroy_on: String,
}

const DESTRUCTION: &str =
    "SELECT id, made_at, made_by, digest, confirmed_at, confirmed_by, dropped_at, documents FROM destruction";

/// Keeps a new list.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert_destruction(
    connection: &mut Connection,
    row: &DestructionRow,
    lines: &[LineRow],
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO destruction (id, made_at, made_by, digest) VALUES (?, ?, ?, ?)")
        .bind(&row.id)
        .bind(&row.made_at)
        .bind(&row.made_by)
        .bind(&row.digest)
        .execute(&mut *connection)
        .await?;
    for line in lines {
        sqlx::query(
            "INSERT INTO destruction_line (destruction_id, erasure_id, place, category, destroy_on) VALUES (?, ?, ?, ?, ?)",
        )
        .bind(&row.id)
        .bind(&line.erasure_id)
        .bind(&line.place)
        .bind(&line.category)
        .bind(&line.destroy_on)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// The lists, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn destructions(connection: &mut Connection) -> Result<Vec<DestructionRow>, StoreError> {
    let sql = format!("{DESTRUCTION} ORDER BY made_at DESC, id DESC LIMIT 1000");
    Ok(sqlx::query_as(AssertSqlSafe(sql)).fetch_all(connection).await?)
}

/// One list.
///
/// # Errors
/// What SQLite refuses.
pub async fn destruction(connection: &mut Connection, id: &str) -> Result<Option<DestructionRow>, StoreError> {
    let sql = format!("{DESTRUCTION} WHERE id = ?");
    Ok(sqlx::query_as(AssertSqlSafe(sql)).bind(id).fetch_optional(connection).await?)
}

/// Who stands on a list.
///
/// # Errors
/// What SQLite refuses.
pub async fn lines(connection: &mut Connection, id: &str) -> Result<Vec<LineRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT erasure_id, place, category, destroy_on FROM destruction_line WHERE destruction_id = ? ORDER BY erasure_id",
    )
    .bind(id)
    .fetch_all(connection)
    .await?)
}

/// How many stand on each list.
///
/// # Errors
/// What SQLite refuses.
pub async fn line_counts(connection: &mut Connection) -> Result<HashMap<String, i64>, StoreError> {
    let rows: Vec<(String, i64)> =
        sqlx::query_as("SELECT destruction_id, count(*) FROM destruction_line GROUP BY destruction_id")
            .fetch_all(connection)
            .await?;
    Ok(rows.into_iter().collect())
}

/// Notes that a list was confirmed, or given up.
///
/// # Errors
/// [`StoreError::NotFound`] where somebody else was first.
pub async fn close_destruction(connection: &mut Connection, row: &DestructionRow) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE destruction SET confirmed_at = ?, confirmed_by = ?, dropped_at = ?, documents = ?
          WHERE id = ? AND confirmed_at IS NULL AND dropped_at IS NULL",
    )
    .bind(&row.confirmed_at)
    .bind(&row.confirmed_by)
    .bind(&row.dropped_at)
    .bind(row.documents)
    .bind(&row.id)
    .execute(connection)
    .await?;
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
