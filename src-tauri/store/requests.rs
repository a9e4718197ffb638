//! The register of requests, and what happened to each.

use chrono::NaiveDate;
use domain::id::{DataRequestId, PatientId};
use domain::privacy::requests::{Outcome, Proof, RequestKind, Requester, Way};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A request.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DataRequest {
    /// Identifier.
    pub id: DataRequestId,
    /// What is asked.
    pub kind: RequestKind,
    /// By whom.
    pub by_whom: Requester,
    /// How it came.
    pub way: Way,
    /// About whom, where that is known.
    pub patient_id: Option<PatientId>,
    /// Who asks.
    pub name: String,
    /// Where they are answered.
    pub contact: String,
    /// What they ask, in their words.
    pub content: String,
    /// Language of the answer.
    pub language: String,
    /// Received.
    pub received_on: NaiveDate,
    /// UTC instant.
    pub taken_at: String,
    /// User.
    pub taken_by: String,
    /// What was shown.
    pub proof: Proof,
    /// When.
    pub proof_on: Option<NaiveDate>,
    /// To whom.
    pub proof_by: Option<String>,
    /// Since when it is complete.
    pub complete_on: Option<NaiveDate>,
    /// The day on which an extension was told.
    pub extended_on: Option<NaiveDate>,
    /// The last day for an answer.
    pub due_on: NaiveDate,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// Legal ground of a refusal, or empty.
    pub ground: String,
    /// When.
    pub closed_on: Option<NaiveDate>,
    /// By whom.
    pub closed_by: Option<String>,
    /// What was really done, JSON or empty.
    pub receipt: String,
    /// Whether the person's words were erased.
    pub erased: bool,
    /// Grows with each change.
    pub revision: i64,
}

const COLUMNS: &str = "r.id, r.kind, r.by_whom, r.way, r.patient_id, r.name, r.contact, r.content, r.language, r.received_on,
    r.taken_at, r.taken_by, r.proof, r.proof_on, r.proof_by, r.complete_on, r.extended_on, r.due_on, r.outcome, r.ground,
    r.closed_on, r.closed_by, r.receipt, r.erased, r.revision";

fn read(row: &SqliteRow) -> Result<DataRequest, StoreError> {
    Ok(DataRequest {
        id: parsed(row, 0)?,
        kind: parsed(row, 1)?,
        by_whom: parsed(row, 2)?,
        way: parsed(row, 3)?,
        patient_id: parsed_option(row, 4)?,
        name: text(row, 5)?,
        contact: text(row, 6)?,
        content: text(row, 7)?,
        language: text(row, 8)?,
        received_on: parsed(row, 9)?,
        taken_at: text(row, 10)?,
        taken_by: text(row, 11)?,
        proof: parsed(row, 12)?,
        proof_on: parsed_option(row, 13)?,
        proof_by: row.try_get(14)?,
        complete_on: parsed_option(row, 15)?,
        extended_on: parsed_option(row, 16)?,
        due_on: parsed(row, 17)?,
        outcome: parsed_option(row, 18)?,
        ground: text(row, 19)?,
        closed_on: parsed_option(row, 20)?,
        closed_by: row.try_get(21)?,
        receipt: text(row, 22)?,
        erased: flag(row, 23)?,
        revision: number(row, 24)?,
    })
}

/// Adds a request.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert(connection: &mut Connection, r: &DataRequest) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO data_request (id, kind, by_whom, way, patient_id, name, contact, content, language, received_on, taken_at,
            taken_by, proof, proof_on, proof_by, due_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(r.id.to_string())
    .bind(r.kind.as_str())
    .bind(r.by_whom.as_str())
    .bind(r.way.as_str())
    .bind(r.patient_id.map(|id| id.to_string()))
    .bind(&r.name)
    .bind(&r.contact)
    .bind(&r.content)
    .bind(&r.language)
    .bind(r.received_on.to_string())
    .bind(&r.taken_at)
    .bind(&r.taken_by)
    .bind(r.proof.as_str())
    .bind(r.proof_on.map(|day| day.to_string()))
    .bind(&r.proof_by)
    .bind(r.due_on.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes a request; its revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn update(connection: &mut Connection, r: &DataRequest) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE data_request SET patient_id = ?, name = ?, contact = ?, content = ?, proof = ?, proof_on = ?, proof_by = ?,
            complete_on = ?, extended_on = ?, due_on = ?, outcome = ?, ground = ?, closed_on = ?, closed_by = ?, receipt = ?,
            erased = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
    )
    .bind(r.patient_id.map(|id| id.to_string()))
    .bind(&r.name)
    .bind(&r.contact)
    .bind(&r.content)
    .bind(r.proof.as_str())
    .bind(r.proof_on.map(|day| day.to_string()))
    .bind(&r.proof_by)
    .bind(r.complete_on.map(|day| day.to_string()))
    .bind(r.extended_on.map(|day| day.to_string()))
    .bind(r.due_on.to_string())
    .bind(r.outcome.map(|outcome| outcome.as_str()))
    .bind(&r.ground)
    .bind(r.closed_on.map(|day| day.to_string()))
    .bind(&r.closed_by)
    .bind(&r.receipt)
    .bind(r.erased)
    .bind(r.id.to_string())
    .bind(r.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// One request.
///
/// # Errors
/// What SQLite refuses.
pub async fn one(connection: &mut Connection, id: DataRequestId) -> Result<Option<DataRequest>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM data_request r WHERE r.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Open requests, the soonest due first, and closed ones after them where asked, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn list(connection: &mut Connection, closed: bool) -> Result<Vec<DataRequest>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM data_request r WHERE r.outcome IS NULL OR ?
          ORDER BY r.outcome IS NOT NULL, CASE WHEN r.outcome IS NULL THEN r.due_on END, r.closed_on DESC, r.id LIMIT 2000"
    )))
    .bind(closed)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Open requests about these persons.
///
/// # Errors
/// What SQLite refuses.
pub async fn open_of(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<DataRequest>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM data_request r WHERE r.patient_id IN (SELECT value FROM json_each(?)) AND r.outcome IS NULL
          ORDER BY r.due_on, r.id"
    )))
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Something that happened to a request.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// Which.
    pub request_id: DataRequestId,
    /// From 1; 0 asks for the next.
    pub number: i64,
    /// What.
    pub kind: &'static str,
    /// ISO date.
    pub happened_on: String,
    /// UTC instant.
    pub noted_at: String,
    /// User.
    pub noted_by: String,
    /// Words.
    pub words: String,
}

/// Adds a step after the others.
///
/// # Errors
/// What SQLite refuses.
pub async fn step(connection: &mut Connection, row: &StepRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO request_step (request_id, number, kind, happened_on, noted_at, noted_by, words)
         SELECT ?1, (SELECT coalesce(max(number), 0) + 1 FROM request_step WHERE request_id = ?1), ?2, ?3, ?4, ?5, ?6",
    )
    .bind(row.request_id.to_string())
    .bind(row.kind)
    .bind(&row.happened_on)
    .bind(&row.noted_at)
    .bind(&row.noted_by)
    .bind(&row.words)
    .execute(connection)
    .await?;
    Ok(())
}

/// A step as it is read: kind, date, instant, who, words.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct ShownStep {
    /// What.
    pub kind: String,
    /// ISO date.
    pub happened_on: String,
    /// UTC instant.
    pub noted_at: String,
    /// Name of the user.
    pub noted_by: String,
    /// Words.
    pub words: String,
}

/// What happened to a request, the oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn steps(connection: &mut Connection, id: DataRequestId) -> Result<Vec<ShownStep>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT s.kind, s.happened_on, s.noted_at, u.name AS noted_by, s.words FROM request_step s
           JOIN user u ON u.id = s.noted_by WHERE s.request_id = ? ORDER BY s.number",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?)
}

/// Names of the users, by id.
///
/// # Errors
/// What SQLite refuses.
pub async fn user_names(connection: &mut Connection) -> Result<std::collections::BTreeMap<String, String>, StoreError> {
    let rows: Vec<(String, String)> = sqlx::query_as("SELECT id, name FROM user").fetch_all(connection).await?;
    Ok(rows.into_iter().collect())
}

/// Entries of the journal that changed something of a person since an instant, by these commands: number, instant, command.
///
/// # Errors
/// What SQLite refuses.
pub async fn done_since(
    connection: &mut Connection,
    persons: &[PatientId],
    since: &str,
    commands: &[&str],
) -> Result<Vec<super::journal::JournalRow>, StoreError> {
    // The journal is in the order of time: its first entry since then is found by halving, not by reading it.
    let (mut low, mut high) = (1, super::journal::head(connection).await?.map_or(0, |(sequence, _)| sequence) + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        let at: Option<String> = sqlx::query_scalar("SELECT at FROM journal WHERE sequence = ?")
            .bind(middle)
            .fetch_optional(&mut *connection)
            .await?;
        if at.is_some_and(|at| at.as_str() >= since) { high = middle } else { low = middle + 1 }
    }
    let commands = serde_json::Value::from(commands.to_vec()).to_string();
    let numbers: Vec<i64> = sqlx::query_scalar(
        "SELECT sequence FROM journal WHERE sequence >= ?1 AND command IN (SELECT value FROM json_each(?2))
            AND owner_id IN (SELECT value FROM json_each(?3)) ORDER BY sequence LIMIT 200",
    )
    .bind(low)
    .bind(commands)
    .bind(json_ids(persons))
    .fetch_all(&mut *connection)
    .await?;
    let mut rows = Vec::new();
    for one in numbers {
        rows.extend(super::journal::entry(connection, one).await?);
    }
    Ok(rows)
}
