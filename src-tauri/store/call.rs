//! Calls and the messages that came of them.

use domain::id::{CallId, ContactPersonId, PatientId, PractitionerId, UserId};
use domain::patient::names::tokens;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{flag, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A call's row.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Call {
    /// Identifier.
    pub id: CallId,
    /// About whom.
    pub patient_id: PatientId,
    /// The contact person who called.
    pub contact_person_id: Option<ContactPersonId>,
    /// Who called, where it was neither the patient nor a contact person; the contact person's name as it was then.
    pub caller_name: String,
    /// Under which phone to call back.
    pub caller_phone: String,
    /// About what.
    pub about: String,
    /// To whom a message was left.
    pub practitioner_id: Option<PractitionerId>,
    /// UTC instant.
    pub taken_at: String,
    /// By which user.
    pub taken_by: UserId,
    /// UTC instant.
    pub read_at: Option<String>,
    /// By which user.
    pub read_by: Option<UserId>,
    /// The answer.
    pub answer: String,
    /// UTC instant.
    pub answered_at: Option<String>,
    /// By which user.
    pub answered_by: Option<UserId>,
    /// UTC instant.
    pub closed_at: Option<String>,
    /// By which user.
    pub closed_by: Option<UserId>,
    /// Entered in error.
    pub removed: bool,
    /// Grows with each change.
    pub revision: i64,
}

/// A call with the names that a screen shows.
pub struct NamedCall {
    /// The row.
    pub call: Call,
    /// Surname of the patient.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// The patient's own phone, as stored.
    pub phone: String,
    /// The practitioner's name.
    pub practitioner: String,
    /// Relation of the contact person.
    pub relation: String,
    /// Who took it.
    pub taken_by: String,
    /// Who read it.
    pub read_by: String,
    /// Who answered it.
    pub answered_by: String,
    /// Who closed it.
    pub closed_by: String,
}

/// Which calls are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// Messages that are not settled.
    Open,
    /// Messages that the practitioner has not read.
    Unread,
    /// Messages whose answer is to be passed on.
    Answered,
    /// All.
    All,
}

impl Which {
    /// An index answers the first three: the open messages are few.
    const fn condition(self) -> &'static str {
        match self {
            Which::Open => "k.practitioner_id IS NOT NULL AND k.closed_at IS NULL",
            Which::Unread => {
                "k.practitioner_id IS NOT NULL AND k.closed_at IS NULL AND k.read_at IS NULL AND k.answered_at IS NULL"
            }
            Which::Answered => "k.practitioner_id IS NOT NULL AND k.closed_at IS NULL AND k.answered_at IS NOT NULL",
            Which::All => "1",
        }
    }
}

const COLUMNS: &str =
    "k.id, k.patient_id, k.contact_person_id, k.caller_name, k.caller_phone, k.about, k.practitioner_id,
    k.taken_at, k.taken_by, k.read_at, k.read_by, k.answer, k.answered_at, k.answered_by, k.closed_at, k.closed_by,
    k.removed, k.revision";

const NAMED: &str = ", p.surname, p.first_name, trim(p.surname_arabic || ' ' || p.first_name_arabic), coalesce(p.born, ''),
    CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END, coalesce(q.name, ''), coalesce(c.relation, ''), t.name,
    coalesce(r.name, ''), coalesce(w.name, ''), coalesce(x.name, '')
    FROM phone_call k JOIN patient o ON o.id = k.patient_id JOIN patient p ON p.id = coalesce(o.merged_into, o.id)
    JOIN user t ON t.id = k.taken_by
    LEFT JOIN practitioner q ON q.id = k.practitioner_id LEFT JOIN contact_person c ON c.id = k.contact_person_id
    LEFT JOIN user r ON r.id = k.read_by LEFT JOIN user w ON w.id = k.answered_by LEFT JOIN user x ON x.id = k.closed_by";

fn read(row: &SqliteRow) -> Result<Call, StoreError> {
    Ok(Call {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        contact_person_id: parsed_option(row, 2)?,
        caller_name: text(row, 3)?,
        caller_phone: text(row, 4)?,
        about: text(row, 5)?,
        practitioner_id: parsed_option(row, 6)?,
        taken_at: text(row, 7)?,
        taken_by: parsed(row, 8)?,
        read_at: row.try_get(9)?,
        read_by: parsed_option(row, 10)?,
        answer: text(row, 11)?,
        answered_at: row.try_get(12)?,
        answered_by: parsed_option(row, 13)?,
        closed_at: row.try_get(14)?,
        closed_by: parsed_option(row, 15)?,
        removed: flag(row, 16)?,
        revision: number(row, 17)?,
    })
}

fn read_named(row: &SqliteRow) -> Result<NamedCall, StoreError> {
    Ok(NamedCall {
        call: read(row)?,
        surname: text(row, 18)?,
        first_name: text(row, 19)?,
        name_arabic: text(row, 20)?,
        born: text(row, 21)?,
        phone: text(row, 22)?,
        practitioner: text(row, 23)?,
        relation: text(row, 24)?,
        taken_by: text(row, 25)?,
        read_by: text(row, 26)?,
        answered_by: text(row, 27)?,
        closed_by: text(row, 28)?,
    })
}

fn words(call: &Call) -> String {
    tokens(&format!("{} {} {}", call.caller_name, call.about, call.answer)).join(" ")
}

/// Adds a call.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert(connection: &mut Connection, k: &Call) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO phone_call (id, patient_id, contact_person_id, caller_name, caller_phone, about, words, practitioner_id,
            taken_at, taken_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(k.id.to_string())
    .bind(k.patient_id.to_string())
    .bind(k.contact_person_id.map(|id| id.to_string()))
    .bind(&k.caller_name)
    .bind(&k.caller_phone)
    .bind(&k.about)
    .bind(words(k))
    .bind(k.practitioner_id.map(|id| id.to_string()))
    .bind(&k.taken_at)
    .bind(k.taken_by.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes the next step of a call; the revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn update(connection: &mut Connection, k: &Call) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE phone_call SET words = ?, read_at = ?, read_by = ?, answer = ?, answered_at = ?, answered_by = ?,
            closed_at = ?, closed_by = ?, removed = ?, revision = revision + 1 WHERE id = ? AND revision = ?",
    )
    .bind(words(k))
    .bind(&k.read_at)
    .bind(k.read_by.map(|id| id.to_string()))
    .bind(&k.answer)
    .bind(&k.answered_at)
    .bind(k.answered_by.map(|id| id.to_string()))
    .bind(&k.closed_at)
    .bind(k.closed_by.map(|id| id.to_string()))
    .bind(k.removed)
    .bind(k.id.to_string())
    .bind(k.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// One call, removed ones too.
///
/// # Errors
/// What SQLite refuses.
pub async fn call(connection: &mut Connection, id: CallId) -> Result<Option<Call>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM phone_call k WHERE k.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// One call with its names.
///
/// # Errors
/// What SQLite refuses.
pub async fn named(connection: &mut Connection, id: CallId) -> Result<Option<NamedCall>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS}{NAMED} WHERE k.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_named(&row))
        .transpose()
}

/// What is looked for in calls.
pub struct Wanted<'a> {
    /// How far they are.
    pub which: Which,
    /// To this practitioner only.
    pub practitioner: Option<PractitionerId>,
    /// About this patient only.
    pub patient: Option<PatientId>,
    /// Words of the patient's name, of caller, subject or answer; digits of a phone.
    pub text: &'a str,
}

/// Calls, the newest first; `limit + 1` at most, the last says that there are more.
///
/// # Errors
/// What SQLite refuses.
pub async fn list(connection: &mut Connection, wanted: Wanted<'_>, limit: i64) -> Result<Vec<NamedCall>, StoreError> {
    let mut sql = format!(
        "SELECT {COLUMNS}{NAMED} WHERE k.removed = 0 AND {} AND (?1 IS NULL OR k.practitioner_id = ?1)
            AND (?2 IS NULL OR k.patient_id IN (SELECT ?2 UNION SELECT id FROM patient WHERE merged_into = ?2))",
        wanted.which.condition()
    );
    let mut binds: Vec<String> = Vec::new();
    for word in tokens(wanted.text).into_iter().take(6) {
        let digits = word.bytes().all(|byte| byte.is_ascii_digit());
        let sought = if digits { word.trim_start_matches('0').to_owned() } else { word };
        if sought.is_empty() {
            continue;
        }
        let (like, index) = (4 + binds.len(), 5 + binds.len());
        sql.push_str(&format!(
            " AND (k.words LIKE ?{like} OR k.caller_phone LIKE ?{like}
               OR p.number IN (SELECT rowid FROM patient_words WHERE patient_words MATCH ?{index}))"
        ));
        // A search form has letters and digits only: nothing in it means anything to LIKE or to the index.
        let column = if digits { "digits" } else { "words" };
        binds.push(format!("%{sought}%"));
        binds.push(format!("{column} : \"{sought}\" *"));
    }
    sql.push_str(" ORDER BY k.taken_at DESC, k.id DESC LIMIT ?3");
    let mut query = sqlx::query(AssertSqlSafe(sql))
        .bind(wanted.practitioner.map(|id| id.to_string()))
        .bind(wanted.patient.map(|id| id.to_string()))
        .bind(limit + 1);
    for bind in binds {
        query = query.bind(bind);
    }
    query.fetch_all(connection).await?.iter().map(read_named).collect()
}

/// How many messages wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counts {
    /// Not settled.
    pub open: i64,
    /// Answered, to be passed on.
    pub answered: i64,
    /// Unread by the practitioner who asks.
    pub unread: i64,
}

/// Counts the messages that wait, from the index of those that are open.
///
/// # Errors
/// What SQLite refuses.
pub async fn counts(connection: &mut Connection, practitioner: Option<PractitionerId>) -> Result<Counts, StoreError> {
    let (open, answered, unread) = sqlx::query_as(
        "SELECT count(*), coalesce(sum(answered_at IS NOT NULL), 0),
                coalesce(sum(practitioner_id = ?1 AND read_at IS NULL AND answered_at IS NULL), 0)
           FROM phone_call WHERE practitioner_id IS NOT NULL AND closed_at IS NULL AND removed = 0",
    )
    .bind(practitioner.map(|id| id.to_string()))
    .fetch_one(connection)
    .await?;
    Ok(Counts { open, answered, unread })
}
