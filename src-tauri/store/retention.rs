//! What is kept how long: the controller's decisions, whom somebody keeps longer, the facts of everybody in a few passes.
//!
//! Who went into the archive is `archive::known`, the lists of those to destroy are `destruction`.

use std::collections::HashMap;

use sqlx::{AssertSqlSafe, Row as _};

use super::row::{flag, json_ids, number, number_option, text};
use super::{Connection, StoreError};

/// What the controller decided for a category.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct RuleRow {
    /// The category's word.
    pub category: String,
    /// Months in the active base.
    pub active_months: Option<i64>,
    /// Months in all.
    pub months: i64,
    /// Why.
    pub reason: String,
    /// UTC instant.
    pub decided_at: String,
    /// Who.
    pub decided_by: String,
}

/// What was decided, category by category.
///
/// # Errors
/// What SQLite refuses.
pub async fn rules(connection: &mut Connection) -> Result<Vec<RuleRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT category, active_months, months, reason, decided_at, decided_by FROM retention_rule ORDER BY category",
    )
    .fetch_all(connection)
    .await?)
}

/// Keeps a decision in place of the one before.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_rule(connection: &mut Connection, rule: &RuleRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR REPLACE INTO retention_rule (category, active_months, months, reason, decided_at, decided_by)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&rule.category)
    .bind(rule.active_months)
    .bind(rule.months)
    .bind(&rule.reason)
    .bind(&rule.decided_at)
    .bind(&rule.decided_by)
    .execute(connection)
    .await?;
    Ok(())
}

/// Goes back to the default.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove_rule(connection: &mut Connection, category: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM retention_rule WHERE category = ?").bind(category).execute(connection).await?;
    Ok(())
}

/// Somebody who is kept longer.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct HoldRow {
    /// Whose random id.
    pub erasure_id: String,
    /// Why, as a word.
    pub ground: String,
    /// Why, in words.
    pub note: String,
    /// UTC instant.
    pub placed_at: String,
    /// Who.
    pub placed_by: String,
}

/// Everybody who is kept longer.
///
/// # Errors
/// What SQLite refuses.
pub async fn holds(connection: &mut Connection) -> Result<Vec<HoldRow>, StoreError> {
    Ok(sqlx::query_as(
        "SELECT erasure_id, ground, note, placed_at, placed_by FROM retention_hold ORDER BY placed_at, erasure_id",
    )
    .fetch_all(connection)
    .await?)
}

/// Whether and why somebody is kept longer.
///
/// # Errors
/// What SQLite refuses.
pub async fn hold(connection: &mut Connection, erasure_id: &str) -> Result<Option<HoldRow>, StoreError> {
    Ok(sqlx::query_as("SELECT erasure_id, ground, note, placed_at, placed_by FROM retention_hold WHERE erasure_id = ?")
        .bind(erasure_id)
        .fetch_optional(connection)
        .await?)
}

/// Keeps somebody longer.
///
/// # Errors
/// [`StoreError::NotUnique`] where they are already.
pub async fn place_hold(connection: &mut Connection, hold: &HoldRow) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO retention_hold (erasure_id, ground, note, placed_at, placed_by) VALUES (?, ?, ?, ?, ?)")
        .bind(&hold.erasure_id)
        .bind(&hold.ground)
        .bind(&hold.note)
        .bind(&hold.placed_at)
        .bind(&hold.placed_by)
        .execute(connection)
        .await?;
    Ok(())
}

/// No longer keeps somebody longer.
///
/// # Errors
/// What SQLite refuses.
pub async fn lift_hold(connection: &mut Connection, erasure_id: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM retention_hold WHERE erasure_id = ?").bind(erasure_id).execute(connection);
    Ok(done.await?.rows_affected() > 0)
}

/// What is known of a person, everybody who was merged into them counted in.
#[derive(Debug, Clone, Default)]
pub struct FactsRow {
    /// Identifier of the patient.
    pub patient_id: String,
    /// Random id.
    pub erasure_id: String,
    /// File number.
    pub number: i64,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Names in Arabic.
    pub name_arabic: String,
    /// ISO date.
    pub born: Option<String>,
    /// ISO date.
    pub deceased_on: Option<String>,
    /// UTC instant.
    pub created_at: String,
    /// Day number of the last appointment at which they were there, up to today.
    pub last_kept: Option<i64>,
    /// Day number of the last appointment, those to come included.
    pub last_day: Option<i64>,
    /// UTC instant of the record's last entry.
    pub last_written: Option<String>,
    /// UTC instant of the last call, wish, filed paper or consent.
    pub last_noted: Option<String>,
    /// Whether anything clinical is kept.
    pub has_record: bool,
    /// Whether somebody keeps them longer, or the law does.
    pub held: bool,
    /// Whether a request of theirs is being dealt with.
    pub request_open: bool,
}

/// The facts of everybody, or of these erasure ids: five passes over indexes, no sealed page is opened. `today` is a day
/// number.
///
/// # Errors
/// What SQLite refuses.
pub async fn facts(
    connection: &mut Connection,
    today: i64,
    of: Option<&[String]>,
) -> Result<Vec<FactsRow>, StoreError> {
    let only = of.map(json_ids);
    let rows = sqlx::query(
        "SELECT p.id, p.merged_into, p.erasure_id, p.number, p.surname, p.first_name,
                trim(p.surname_arabic || ' ' || p.first_name_arabic), p.born, p.deceased_on, p.created_at,
                EXISTS (SELECT 1 FROM retention_hold h WHERE h.erasure_id = p.erasure_id)
                OR EXISTS (SELECT 1 FROM restriction r WHERE r.patient_id = p.id AND r.lifted_on IS NULL
                            AND (r.kind = 'legal_hold' OR r.ground IN ('unlawful_kept', 'needed_for_claim'))),
                EXISTS (SELECT 1 FROM data_request q WHERE q.patient_id = p.id AND q.outcome IS NULL)
           FROM patient p
          WHERE ?1 IS NULL OR p.id IN (
                WITH RECURSIVE same (id) AS (SELECT id FROM patient WHERE erasure_id IN (SELECT value FROM json_each(?1))
                    UNION SELECT q.id FROM patient q JOIN same ON q.merged_into = same.id)
                SELECT id FROM same)
          ORDER BY p.number",
    )
    .bind(&only)
    .fetch_all(&mut *connection)
    .await?;
    let mut people: Vec<FactsRow> = Vec::with_capacity(rows.len());
    let mut place: HashMap<String, usize> = HashMap::with_capacity(rows.len());
    let mut aliases: Vec<(String, String)> = Vec::new();
    let mut held_aliases: Vec<String> = Vec::new();
    for row in &rows {
        let id = text(row, 0)?;
        if let Some(root) = row.try_get::<Option<String>, _>(1)? {
            held_aliases.extend(flag(row, 10)?.then(|| root.clone()));
            aliases.push((id, root));
            continue;
        }
        place.insert(id.clone(), people.len());
        people.push(FactsRow {
            patient_id: id,
            erasure_id: text(row, 2)?,
            number: number(row, 3)?,
            surname: text(row, 4)?,
            first_name: text(row, 5)?,
            name_arabic: text(row, 6)?,
            born: row.try_get(7)?,
            deceased_on: row.try_get(8)?,
            created_at: text(row, 9)?,
            held: flag(row, 10)?,
            request_open: flag(row, 11)?,
            ..FactsRow::default()
        });
    }
    // Whoever was merged into somebody who was merged later: as often as a chain can be long.
    for _ in 0..32 {
        let before = aliases.len();
        aliases.retain(|(id, root)| match place.get(root).copied() {
            Some(at) => {
                place.insert(id.clone(), at);
                false
            }
            None => true,
        });
        if aliases.is_empty() || aliases.len() == before {
            break;
        }
    }
    for root in &held_aliases {
        if let Some(one) = place.get(root).and_then(|at| people.get_mut(*at)) {
            one.held = true;
        }
    }
    let only = only.is_some().then(|| json_ids(&place.keys().collect::<Vec<_>>()));
    appointments(connection, today, only.as_deref(), |id, kept, last| {
        if let Some(one) = place.get(id).and_then(|at| people.get_mut(*at)) {
            one.last_kept = one.last_kept.max(kept);
            one.last_day = one.last_day.max(last);
        }
    })
    .await?;
    notes(connection, only.as_deref(), |kind, id, at| {
        if let Some(one) = place.get(id).and_then(|at| people.get_mut(*at)) {
            let latest = if kind == "entry" { &mut one.last_written } else { &mut one.last_noted };
            if latest.as_deref().is_none_or(|before| before < at) {
                *latest = Some(at.to_owned());
            }
            one.has_record |= kind != "note";
        }
    })
    .await?;
    Ok(people)
}

async fn appointments(
    connection: &mut Connection,
    today: i64,
    only: Option<&str>,
    mut take: impl FnMut(&str, Option<i64>, Option<i64>),
) -> Result<(), StoreError> {
    // One walk along the index of a patient's appointments, which holds all of these columns.
    let whose = if only.is_some() { "IN (SELECT value FROM json_each(?))" } else { "IS NOT NULL" };
    let sql = format!(
        "SELECT patient_id,
                max(CASE WHEN day <= ? AND status IN ('arrived', 'in_consultation', 'done') THEN day END),
                max(CASE WHEN status <> 'deleted' THEN day END)
           FROM appointment WHERE patient_id {whose} GROUP BY patient_id"
    );
    let mut query = sqlx::query(AssertSqlSafe(sql)).bind(today);
    if let Some(ids) = only {
        query = query.bind(ids);
    }
    for row in query.fetch_all(connection).await? {
        take(row.try_get(0)?, number_option(&row, 1)?, number_option(&row, 2)?);
    }
    Ok(())
}

/// Where something about a patient bears a date: what it is, its table, the column, which rows count.
const NOTED: &[(&str, &str, &str, &str)] = &[
    ("entry", "clinical_entry", "written_at", "1"),
    ("paper", "document", "filed_at", "1"),
    ("paper", "filed", "filed_at", "patient_id IS NOT NULL"),
    ("note", "phone_call", "taken_at", "removed = 0"),
    ("note", "waiting_entry", "created_at", "1"),
    ("note", "guardian_consent", "noted_at", "1"),
    ("note", "consent", "noted_at", "1"),
];

async fn notes(
    connection: &mut Connection,
    only: Option<&str>,
    mut take: impl FnMut(&str, &str, &str),
) -> Result<(), StoreError> {
    for (kind, table, column, counts) in NOTED {
        let whose = if only.is_some() { " AND patient_id IN (SELECT value FROM json_each(?))" } else { "" };
        let sql = format!("SELECT patient_id, max({column}) FROM {table} WHERE {counts}{whose} GROUP BY patient_id");
        let mut query = sqlx::query(AssertSqlSafe(sql));
        if let Some(ids) = only {
            query = query.bind(ids);
        }
        for row in query.fetch_all(&mut *connection).await? {
            take(kind, row.try_get(0)?, row.try_get(1)?);
        }
    }
    Ok(())
}

/// How many drafts nobody came back to.
///
/// # Errors
/// What SQLite refuses.
pub async fn stale_drafts(connection: &mut Connection, before: &str) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT count(*) FROM draft WHERE saved_at < ?").bind(before).fetch_one(connection).await?)
}

/// Forgets what somebody was typing and never came back to.
///
/// # Errors
/// What SQLite refuses.
pub async fn purge_drafts(connection: &mut Connection, before: &str) -> Result<u64, StoreError> {
    Ok(sqlx::query("DELETE FROM draft WHERE saved_at < ?").bind(before).execute(connection).await?.rows_affected())
}

/// How many requests were answered before a day and still hold the person's words.
///
/// # Errors
/// What SQLite refuses.
pub async fn stale_requests(connection: &mut Connection, before: &str) -> Result<i64, StoreError> {
    let sql = "SELECT count(*) FROM data_request WHERE outcome IS NOT NULL AND erased = 0 AND closed_on < ?";
    Ok(sqlx::query_scalar(sql).bind(before).fetch_one(connection).await?)
}

/// Takes the person's words out of requests that were answered before a day; kind, dates, outcome and ground stay.
///
/// # Errors
/// What SQLite refuses.
pub async fn empty_requests(connection: &mut Connection, before: &str) -> Result<(), StoreError> {
    for sql in [
        "DELETE FROM journal_key WHERE owner_id IN (SELECT id FROM data_request
          WHERE outcome IS NOT NULL AND erased = 0 AND closed_on < ?)",
        "UPDATE request_step SET words = '' WHERE words <> '' AND request_id IN (SELECT id FROM data_request
          WHERE outcome IS NOT NULL AND erased = 0 AND closed_on < ?)",
        "UPDATE data_request SET patient_id = NULL, name = '', contact = '', content = '', erased = 1, revision = revision + 1
          WHERE outcome IS NOT NULL AND erased = 0 AND closed_on < ?",
    ] {
        sqlx::query(sql).bind(before).execute(&mut *connection).await?;
    }
    Ok(())
}
