//! Limitations, objections and holds, and the directives about the data after death.

use domain::id::{DataRequestId, DirectiveId, PatientId, RestrictionId};
use domain::privacy::restriction::{RestrictionKind, Scope};
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{json_ids, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// Something that was put on a person's data.
#[derive(Debug, Clone, Serialize)]
pub struct Restriction {
    /// Identifier.
    pub id: RestrictionId,
    /// Whose.
    pub patient_id: PatientId,
    /// What.
    pub kind: RestrictionKind,
    /// About what.
    pub scope: Scope,
    /// Ground of a limitation, or empty.
    pub ground: String,
    /// In the practice's words.
    pub reason: String,
    /// ISO date.
    pub since: String,
    /// The request it came of.
    pub request_id: Option<DataRequestId>,
    /// UTC instant.
    pub noted_at: String,
    /// User.
    pub noted_by: String,
    /// ISO date.
    pub lifted_on: Option<String>,
    /// Why.
    pub lifted_reason: String,
}

const COLUMNS: &str =
    "r.id, r.patient_id, r.kind, r.scope, r.ground, r.reason, r.since, r.request_id, r.noted_at, r.noted_by,
    r.lifted_on, r.lifted_reason";

fn read(row: &SqliteRow) -> Result<Restriction, StoreError> {
    Ok(Restriction {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        kind: parsed(row, 2)?,
        scope: parsed(row, 3)?,
        ground: text(row, 4)?,
        reason: text(row, 5)?,
        since: text(row, 6)?,
        request_id: parsed_option(row, 7)?,
        noted_at: text(row, 8)?,
        noted_by: text(row, 9)?,
        lifted_on: row.try_get(10)?,
        lifted_reason: text(row, 11)?,
    })
}

/// Keeps one, or notes that it was lifted.
///
/// # Errors
/// What SQLite refuses.
pub async fn save(connection: &mut Connection, one: &Restriction) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO restriction (id, patient_id, kind, scope, ground, reason, since, request_id, noted_at, noted_by, lifted_on,
            lifted_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET lifted_on = excluded.lifted_on, lifted_reason = excluded.lifted_reason",
    )
    .bind(one.id.to_string())
    .bind(one.patient_id.to_string())
    .bind(one.kind.as_str())
    .bind(one.scope.as_str())
    .bind(&one.ground)
    .bind(&one.reason)
    .bind(&one.since)
    .bind(one.request_id.map(|id| id.to_string()))
    .bind(&one.noted_at)
    .bind(&one.noted_by)
    .bind(&one.lifted_on)
    .bind(&one.lifted_reason)
    .execute(connection)
    .await?;
    Ok(())
}

/// One of them.
///
/// # Errors
/// What SQLite refuses.
pub async fn one(connection: &mut Connection, id: RestrictionId) -> Result<Option<Restriction>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM restriction r WHERE r.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// What stands on these persons' data now.
///
/// # Errors
/// What SQLite refuses.
pub async fn standing(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<Restriction>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM restriction r WHERE r.patient_id IN (SELECT value FROM json_each(?)) AND r.lifted_on IS NULL
          ORDER BY r.since, r.id"
    )))
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// All that ever stood on them, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn ever(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<Restriction>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM restriction r WHERE r.patient_id IN (SELECT value FROM json_each(?))
          ORDER BY r.since DESC, r.id DESC"
    )))
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Who is in the same file as somebody: the person they were merged into, and everybody merged into that one.
///
/// # Errors
/// What SQLite refuses.
pub async fn same_person(connection: &mut Connection, patient: PatientId) -> Result<Vec<PatientId>, StoreError> {
    sqlx::query(
        "WITH RECURSIVE up (id, into_id) AS (SELECT id, merged_into FROM patient WHERE id = ?1
            UNION SELECT p.id, p.merged_into FROM patient p JOIN up ON p.id = up.into_id),
         same (id) AS (SELECT id FROM up WHERE into_id IS NULL
            UNION SELECT p.id FROM patient p JOIN same ON p.merged_into = same.id)
         SELECT id FROM same",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect()
}

/// Since when these persons' record is limited; none where it is not.
///
/// # Errors
/// What SQLite refuses.
pub async fn limited_since(connection: &mut Connection, persons: &[PatientId]) -> Result<Option<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT min(since) FROM restriction WHERE patient_id IN (SELECT value FROM json_each(?)) AND lifted_on IS NULL
            AND kind = 'limitation'",
    )
    .bind(json_ids(persons))
    .fetch_one(connection)
    .await?)
}

/// Whether a person's record is limited.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_limited(connection: &mut Connection, patient: PatientId) -> Result<bool, StoreError> {
    let persons = same_person(connection, patient).await?;
    Ok(limited_since(connection, &persons).await?.is_some())
}

/// Whether nothing of a person may leave for `asked` any more: what the sync and the reminders ask before each send.
///
/// # Errors
/// What SQLite refuses.
pub async fn stops(connection: &mut Connection, patient: PatientId, asked: Scope) -> Result<bool, StoreError> {
    let persons = same_person(connection, patient).await?;
    Ok(standing(connection, &persons).await?.iter().any(|one| one.kind.stops(one.scope, asked)))
}

/// Everybody of whom nothing may leave for `asked`, aliases too.
///
/// # Errors
/// What SQLite refuses.
pub async fn stopped(connection: &mut Connection, asked: Scope) -> Result<Vec<PatientId>, StoreError> {
    everybody(connection, |kind, scope| kind.stops(scope, asked)).await
}

/// Everybody whose data are limited, aliases too.
///
/// # Errors
/// What SQLite refuses.
pub async fn limited(connection: &mut Connection) -> Result<Vec<PatientId>, StoreError> {
    everybody(connection, |kind, _| kind == RestrictionKind::Limitation).await
}

async fn everybody(
    connection: &mut Connection,
    holds: impl Fn(RestrictionKind, Scope) -> bool,
) -> Result<Vec<PatientId>, StoreError> {
    let rows = sqlx::query("SELECT patient_id, kind, scope FROM restriction WHERE lifted_on IS NULL")
        .fetch_all(&mut *connection)
        .await?;
    let mut all = Vec::new();
    for row in &rows {
        if holds(parsed(row, 1)?, parsed(row, 2)?) {
            all.extend(same_person(connection, parsed(row, 0)?).await?);
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// A directive about the data after death.
#[derive(Debug, Clone, Serialize)]
pub struct Directive {
    /// Identifier.
    pub id: DirectiveId,
    /// Whose.
    pub patient_id: PatientId,
    /// `erase`, `keep`, `hand_over`.
    pub wish: String,
    /// To whom, or empty.
    pub designee: String,
    /// In the person's words.
    pub words: String,
    /// ISO date.
    pub given_on: String,
    /// The request it came of.
    pub request_id: Option<DataRequestId>,
    /// UTC instant.
    pub noted_at: String,
    /// User.
    pub noted_by: String,
}

/// Keeps a directive; the ones before it hold no more.
///
/// # Errors
/// What SQLite refuses.
pub async fn direct(connection: &mut Connection, one: &Directive) -> Result<(), StoreError> {
    sqlx::query("UPDATE directive SET revoked_on = ? WHERE patient_id = ? AND revoked_on IS NULL")
        .bind(&one.given_on)
        .bind(one.patient_id.to_string())
        .execute(&mut *connection)
        .await?;
    sqlx::query(
        "INSERT INTO directive (id, patient_id, wish, designee, words, given_on, request_id, noted_at, noted_by)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(one.id.to_string())
    .bind(one.patient_id.to_string())
    .bind(&one.wish)
    .bind(&one.designee)
    .bind(&one.words)
    .bind(&one.given_on)
    .bind(one.request_id.map(|id| id.to_string()))
    .bind(&one.noted_at)
    .bind(&one.noted_by)
    .execute(connection)
    .await?;
    Ok(())
}

/// The directive that holds for these persons.
///
/// # Errors
/// What SQLite refuses.
pub async fn directive(connection: &mut Connection, persons: &[PatientId]) -> Result<Option<Directive>, StoreError> {
    sqlx::query(
        "SELECT id, patient_id, wish, designee, words, given_on, request_id, noted_at, noted_by FROM directive
          WHERE patient_id IN (SELECT value FROM json_each(?)) AND revoked_on IS NULL ORDER BY given_on DESC, id DESC LIMIT 1",
    )
    .bind(json_ids(persons))
    .fetch_optional(connection)
    .await?
    .map(|row| {
        Ok(Directive {
            id: parsed(&row, 0)?,
            patient_id: parsed(&row, 1)?,
            wish: text(&row, 2)?,
            designee: text(&row, 3)?,
            words: text(&row, 4)?,
            given_on: text(&row, 5)?,
            request_id: parsed_option(&row, 6)?,
            noted_at: text(&row, 7)?,
            noted_by: text(&row, 8)?,
        })
    })
    .transpose()
}
