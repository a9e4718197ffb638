//! Erasing a person everywhere: they and everybody who was merged into them. What is deleted is overwritten
//! (`secure_delete`), the search indexes too; what the law lets stand stays without a word of the person.
//!
//! [`STEPS`] and [`HOLDS_NOBODY`] name every table of the schema between them: one that is in neither fails a test.
//! Deliberately not here: whether somebody may be erased (room `domain`), files, lists and processors (the command).

use std::collections::BTreeMap;

use domain::id::PatientId;
use sqlx::{AssertSqlSafe, Row};

pub use super::erasure_steps::{HOLDS_NOBODY, LOOKED_AT, STEPS, Step};
use super::row::{json_ids, number, parsed, text};
use super::{Connection, StoreError};

/// What an erasure changed.
#[derive(Debug, Default)]
pub struct Erased {
    /// Persons: one, and those merged into them.
    pub persons: i64,
    /// Rows removed, by table.
    pub removed: BTreeMap<&'static str, i64>,
    /// Rows that stay without a word of the person, by table.
    pub emptied: BTreeMap<&'static str, i64>,
    /// Files of the documents' folder that no row names any more.
    pub files: Vec<String>,
    /// Events that still stand at calendar servers: how many go by themselves, how many wait for a publishing by hand.
    pub published: (i64, i64),
    /// Contact persons in others' files who stay by name, because they decide for a minor.
    pub guardians: i64,
}

impl Erased {
    fn add(&mut self, table: &'static str, removes: bool, rows: u64) {
        if rows > 0 {
            let into = if removes { &mut self.removed } else { &mut self.emptied };
            *into.entry(table).or_default() += i64::try_from(rows).unwrap_or(i64::MAX);
        }
    }
}

/// How a person is named, as far as texts that are not theirs by id may name them.
struct Names {
    id: String,
    full: Vec<[String; 2]>,
    born: Option<String>,
    nir: String,
}

impl Names {
    async fn read(connection: &mut Connection, id: PatientId) -> Result<Option<Self>, StoreError> {
        let row = sqlx::query(
            "SELECT surname, first_name, birth_name, surname_arabic, first_name_arabic, born, nir FROM patient WHERE id = ?",
        )
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
        let Some(row) = row else { return Ok(None) };
        let low = |column| text(&row, column).map(|name| name.to_lowercase());
        let (first, mut full) = (low(1)?, Vec::new());
        for surname in [low(0)?, low(2)?] {
            full.push([surname, first.clone()]);
        }
        full.push([low(3)?, low(4)?]);
        full.retain(|[surname, first]| !surname.is_empty() && !first.is_empty());
        Ok(Some(Self { id: id.to_string(), full, born: row.try_get(5)?, nir: text(&row, 6)? }))
    }

    fn is_in(&self, body: &str) -> bool {
        let body = body.to_lowercase();
        body.contains(&self.id)
            || self.full.iter().any(|[surname, first]| body.contains(surname) && body.contains(first))
    }

    fn is(&self, surnames: [&str; 2], first_name: &str, born: Option<&str>, nir: &str) -> bool {
        if !nir.is_empty() && nir == self.nir {
            return true;
        }
        let first_name = first_name.to_lowercase();
        let named = |surname: &str| {
            let surname = surname.to_lowercase();
            self.full.iter().any(|[of, first]| *of == surname && *first == first_name)
        };
        born.is_some() && born == self.born.as_deref() && surnames.into_iter().any(named)
    }
}

/// Erases persons and everybody who was merged into them, in the caller's transaction.
///
/// # Errors
/// What SQLite refuses.
pub async fn erase(connection: &mut Connection, persons: &[PatientId]) -> Result<Erased, StoreError> {
    let mut done = Erased::default();
    let all = with_merged(connection, persons).await?;
    let relatives = relatives(connection, &all).await?;
    let names: Vec<Names> = {
        let mut names = Vec::new();
        for id in &all {
            names.extend(Names::read(connection, *id).await?);
        }
        names
    };
    done.persons = i64::try_from(names.len()).unwrap_or(i64::MAX);
    done.files = files(connection, &all).await?;
    done.published = published(connection, &all).await?;
    drafts(connection, &names, &mut done).await?;
    undecided(connection, &names, &mut done).await?;
    for id in &all {
        let id = id.to_string();
        let papers: i64 = sqlx::query_scalar(
            "SELECT count(*) FROM signed_paper s JOIN clinical_entry e ON e.id = s.entry_id WHERE e.patient_id = ?",
        )
        .bind(&id)
        .fetch_one(&mut *connection)
        .await?;
        done.add("signed_paper", true, papers.unsigned_abs());
        for step in STEPS {
            let rows = sqlx::query(step.sql).bind(&id).execute(&mut *connection).await?.rows_affected();
            done.add(step.table, step.removes, rows);
        }
    }
    done.guardians = done.emptied.get("contact_person").copied().unwrap_or(0);
    // Merged ones pointed at one another until the last of them went.
    done.emptied.remove("patient");
    for id in relatives {
        super::patient::reindex(connection, id).await?;
    }
    Ok(done)
}

/// These and everybody merged into them, however many steps away; who is pointed at comes last.
async fn with_merged(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<PatientId>, StoreError> {
    let mut all: Vec<PatientId> = sqlx::query(
        "WITH RECURSIVE same (id) AS (SELECT value FROM json_each(?)
            UNION SELECT p.id FROM patient p JOIN same ON p.merged_into = same.id)
         SELECT same.id FROM same",
    )
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect::<Result<_, _>>()?;
    all.reverse();
    Ok(all)
}

/// Others who have these as contact persons: they are found under these' phones.
async fn relatives(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<PatientId>, StoreError> {
    let found: Vec<PatientId> = sqlx::query(
        "SELECT DISTINCT c.patient_id FROM contact_person c WHERE c.linked_patient_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect::<Result<_, _>>()?;
    Ok(found.into_iter().filter(|id| !persons.contains(id)).collect())
}

async fn files(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT file FROM document WHERE patient_id IN (SELECT value FROM json_each(?1))
         UNION SELECT s.document FROM signed_paper s JOIN clinical_entry e ON e.id = s.entry_id
          WHERE e.patient_id IN (SELECT value FROM json_each(?1))",
    )
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?)
}

async fn published(connection: &mut Connection, persons: &[PatientId]) -> Result<(i64, i64), StoreError> {
    let row = sqlx::query(
        "SELECT coalesce(sum(p.enabled), 0), coalesce(sum(1 - p.enabled), 0) FROM appointment a
           JOIN published_event e ON e.practitioner_id = a.practitioner_id AND e.name LIKE '%-' || a.code || '.ics'
           JOIN publishing p ON p.practitioner_id = a.practitioner_id
          WHERE a.patient_id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(persons))
    .fetch_one(connection)
    .await?;
    Ok((number(&row, 0)?, number(&row, 1)?))
}

/// Forms that somebody left unfinished.
async fn drafts(connection: &mut Connection, names: &[Names], done: &mut Erased) -> Result<(), StoreError> {
    let rows: Vec<(String, String, String)> =
        sqlx::query_as("SELECT user_id, kind, body FROM draft").fetch_all(&mut *connection).await?;
    for (user, kind, _) in rows.iter().filter(|(_, _, body)| names.iter().any(|one| one.is_in(body))) {
        let gone = sqlx::query("DELETE FROM draft WHERE user_id = ? AND kind = ?")
            .bind(user)
            .bind(kind)
            .execute(&mut *connection)
            .await?;
        done.add("draft", true, gone.rows_affected());
    }
    Ok(())
}

/// Papers of the inbox that state this very identity, and that nobody gave to anybody yet.
async fn undecided(connection: &mut Connection, names: &[Names], done: &mut Erased) -> Result<(), StoreError> {
    let rows = sqlx::query("SELECT id, surname, birth_name, first_name, born, nir FROM filed WHERE patient_id IS NULL")
        .fetch_all(&mut *connection)
        .await?;
    for row in &rows {
        let (surname, birth_name, first_name) = (text(row, 1)?, text(row, 2)?, text(row, 3)?);
        let (born, nir): (Option<String>, String) = (row.try_get(4)?, text(row, 5)?);
        if names.iter().any(|one| one.is([&surname, &birth_name], &first_name, born.as_deref(), &nir)) {
            let gone =
                sqlx::query("DELETE FROM filed WHERE id = ?").bind(text(row, 0)?).execute(&mut *connection).await?;
            done.add("filed", true, gone.rows_affected());
        }
    }
    Ok(())
}

/// Erases the patients whose erasure ids are listed: what a restored backup must not bring back. Returns how many.
///
/// # Errors
/// What SQLite refuses.
pub async fn erase_listed(connection: &mut Connection, erasure_ids: &[String]) -> Result<i64, StoreError> {
    let json = serde_json::Value::from(erasure_ids.to_vec()).to_string();
    let listed: Vec<PatientId> =
        sqlx::query("SELECT id FROM patient WHERE erasure_id IN (SELECT value FROM json_each(?))")
            .bind(json)
            .fetch_all(&mut *connection)
            .await?
            .iter()
            .map(|row| parsed(row, 0))
            .collect::<Result<_, _>>()?;
    if listed.is_empty() {
        return Ok(0);
    }
    Ok(erase(connection, &listed).await?.persons)
}

/// What is held of a person, counted; and the newest traces of care.
#[derive(Debug, Default)]
pub struct Standing {
    /// Entries, documents and papers: a medical record, where there is any.
    pub record: i64,
    /// Appointments.
    pub appointments: i64,
    /// Calls.
    pub calls: i64,
    /// What the erasure list will name.
    pub erasure_ids: Vec<String>,
}

/// Counts what is held of these persons.
///
/// # Errors
/// What SQLite refuses.
pub async fn standing(connection: &mut Connection, persons: &[PatientId]) -> Result<Standing, StoreError> {
    let ids = json_ids(persons);
    let row = sqlx::query(
        "WITH who AS (SELECT value AS id FROM json_each(?1))
         SELECT (SELECT count(*) FROM clinical_entry WHERE patient_id IN (SELECT id FROM who))
              + (SELECT count(*) FROM document WHERE patient_id IN (SELECT id FROM who))
              + (SELECT count(*) FROM filed WHERE patient_id IN (SELECT id FROM who)),
            (SELECT count(*) FROM appointment WHERE patient_id IN (SELECT id FROM who) AND status <> 'deleted'),
            (SELECT count(*) FROM phone_call WHERE patient_id IN (SELECT id FROM who) AND removed = 0)",
    )
    .bind(&ids)
    .fetch_one(&mut *connection)
    .await?;
    let erasure_ids = sqlx::query_scalar("SELECT erasure_id FROM patient WHERE id IN (SELECT value FROM json_each(?))")
        .bind(&ids)
        .fetch_all(connection)
        .await?;
    Ok(Standing { record: number(&row, 0)?, appointments: number(&row, 1)?, calls: number(&row, 2)?, erasure_ids })
}

/// A proof of an erasure.
#[derive(Debug, Clone)]
pub struct ProofRow {
    /// Identifier.
    pub id: String,
    /// UTC instant.
    pub at: String,
    /// User.
    pub user_id: String,
    /// Their name.
    pub user: String,
    /// Reason.
    pub reason: String,
    /// The request, where there was one.
    pub request_id: Option<String>,
    /// Ids of the erasure list, JSON.
    pub erasure_ids: String,
    /// What really changed, JSON.
    pub receipt: String,
}

/// Keeps a proof.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep(connection: &mut Connection, row: &ProofRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO erasure (id, at, user_id, reason, request_id, erasure_ids, receipt) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET receipt = excluded.receipt",
    )
    .bind(&row.id)
    .bind(&row.at)
    .bind(&row.user_id)
    .bind(&row.reason)
    .bind(&row.request_id)
    .bind(&row.erasure_ids)
    .bind(&row.receipt)
    .execute(connection)
    .await?;
    Ok(())
}

/// Proofs, the newest first; one alone where asked.
///
/// # Errors
/// What SQLite refuses.
pub async fn proofs(connection: &mut Connection, id: Option<&str>) -> Result<Vec<ProofRow>, StoreError> {
    sqlx::query(
        "SELECT e.id, e.at, e.user_id, u.name, e.reason, e.request_id, e.erasure_ids, e.receipt FROM erasure e
           JOIN user u ON u.id = e.user_id WHERE ?1 IS NULL OR e.id = ?1 ORDER BY e.at DESC, e.id DESC LIMIT 1000",
    )
    .bind(id)
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(ProofRow {
            id: text(row, 0)?,
            at: text(row, 1)?,
            user_id: text(row, 2)?,
            user: text(row, 3)?,
            reason: text(row, 4)?,
            request_id: row.try_get(5)?,
            erasure_ids: text(row, 6)?,
            receipt: text(row, 7)?,
        })
    })
    .collect()
}

/// Ids of everybody whose erasure this database proves.
///
/// # Errors
/// What SQLite refuses.
pub async fn proven_ids(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT j.value FROM erasure e, json_each(e.erasure_ids) j").fetch_all(connection).await?)
}

/// Folds the write-ahead log into the file and empties it: what was deleted stands in no frame any more. False where
/// another program reads in it just now; it is emptied then when the last one closes the file.
///
/// # Errors
/// What SQLite refuses.
pub async fn empty_log(connection: &mut Connection) -> Result<bool, StoreError> {
    let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(connection).await?;
    Ok(number(&row, 0)? == 0)
}

/// Names of the schema's tables.
///
/// # Errors
/// What SQLite refuses.
pub async fn tables(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(AssertSqlSafe(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name".to_owned(),
    ))
    .fetch_all(connection)
    .await?)
}
