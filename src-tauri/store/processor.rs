//! What processors were told to do, and what they confirmed.

use domain::id::{DataRequestId, ErasureId, ProcessorTaskId};
use serde::Serialize;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// One task.
#[derive(Debug, Clone, Serialize)]
pub struct TaskRow {
    /// Identifier.
    pub id: ProcessorTaskId,
    /// Whom it was told to.
    pub processor: String,
    /// `erase`, `limit`, `object`, `rectify`, `lift`.
    pub kind: String,
    /// The random id by which the processor knows the person.
    pub subject: String,
    /// The request it came of.
    pub request_id: Option<DataRequestId>,
    /// The erasure it came of.
    pub erasure_id: Option<ErasureId>,
    /// UTC instant.
    pub told_at: String,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub code: String,
    /// UTC instant.
    pub confirmed_at: Option<String>,
    /// The processor's own number of it.
    pub reference: String,
    /// What the processor says.
    pub words: String,
}

fn read(row: &SqliteRow) -> Result<TaskRow, StoreError> {
    Ok(TaskRow {
        id: parsed(row, 0)?,
        processor: text(row, 1)?,
        kind: text(row, 2)?,
        subject: text(row, 3)?,
        request_id: parsed_option(row, 4)?,
        erasure_id: parsed_option(row, 5)?,
        told_at: text(row, 6)?,
        tries: number(row, 7)?,
        code: text(row, 8)?,
        confirmed_at: row.try_get(9)?,
        reference: text(row, 10)?,
        words: text(row, 11)?,
    })
}

/// Keeps a task, or how it goes on.
///
/// # Errors
/// What SQLite refuses.
pub async fn save(connection: &mut Connection, row: &TaskRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO processor_task (id, processor, kind, subject, request_id, erasure_id, told_at, tries, code, confirmed_at,
            reference, words) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET tries = excluded.tries, code = excluded.code, confirmed_at = excluded.confirmed_at,
            reference = excluded.reference, words = excluded.words",
    )
    .bind(row.id.to_string())
    .bind(&row.processor)
    .bind(&row.kind)
    .bind(&row.subject)
    .bind(row.request_id.map(|id| id.to_string()))
    .bind(row.erasure_id.map(|id| id.to_string()))
    .bind(&row.told_at)
    .bind(row.tries)
    .bind(&row.code)
    .bind(&row.confirmed_at)
    .bind(&row.reference)
    .bind(&row.words)
    .execute(connection)
    .await?;
    Ok(())
}

const COLUMNS: &str =
    "SELECT id, processor, kind, subject, request_id, erasure_id, told_at, tries, code, confirmed_at, reference,
    words FROM processor_task";

async fn select(connection: &mut Connection, rest: &'static str, value: &str) -> Result<Vec<TaskRow>, StoreError> {
    let sql = format!("{COLUMNS} {rest}");
    sqlx::query(sqlx::AssertSqlSafe(sql)).bind(value).fetch_all(connection).await?.iter().map(read).collect()
}

/// Tasks that a processor has not confirmed yet, in the order in which they were told.
///
/// # Errors
/// What SQLite refuses.
pub async fn open(connection: &mut Connection, processor: &str) -> Result<Vec<TaskRow>, StoreError> {
    select(connection, "WHERE confirmed_at IS NULL AND processor = ? ORDER BY told_at, id", processor).await
}

/// Tasks of one erasure.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_erasure(connection: &mut Connection, id: &str) -> Result<Vec<TaskRow>, StoreError> {
    select(connection, "WHERE erasure_id = ? ORDER BY told_at, id", id).await
}

/// Tasks of one request.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_request(connection: &mut Connection, id: &str) -> Result<Vec<TaskRow>, StoreError> {
    select(connection, "WHERE request_id = ? ORDER BY told_at, id", id).await
}

/// All tasks, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn all(connection: &mut Connection) -> Result<Vec<TaskRow>, StoreError> {
    select(connection, "WHERE ? = '' ORDER BY told_at DESC, id DESC LIMIT 1000", "").await
}
