//! The registers of the data-protection office: one table a register, a row with its facts, a processor where it is about
//! one. What a fact has to be, the schema checks inside the facts. Nothing is deleted here.
//!
//! What the facts of a register are is said by whoever keeps it (`commands::registers`), through [`Register`].

use chrono::NaiveDate;
use domain::id::RegisterId;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::row::{flag, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// The facts of a row.
pub trait Register: Serialize + DeserializeOwned + Clone + PartialEq + Send + Sync + Unpin {
    /// Its table, which is what the journal calls it too.
    const TABLE: &'static str;
    /// The processor it is about.
    fn processor(&self) -> Option<RegisterId> {
        None
    }
}

/// A row of a register.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry<T> {
    /// Identifier.
    pub id: RegisterId,
    /// What it says.
    #[serde(flatten)]
    pub facts: T,
    /// Since when it is over.
    pub retired_on: Option<NaiveDate>,
    /// Entered in error, and taken back.
    pub void: bool,
    /// Grows with each change.
    pub revision: i64,
}

fn read<T: Register>(row: &SqliteRow) -> Result<Entry<T>, StoreError> {
    Ok(Entry {
        id: parsed(row, 0)?,
        facts: serde_json::from_str(row.try_get::<&str, _>(1)?).map_err(|_| StoreError::BadValue)?,
        retired_on: parsed_option(row, 2)?,
        void: flag(row, 3)?,
        revision: number(row, 4)?,
    })
}

/// The rows of a register, in the order in which they were entered; what was entered in error is not among them.
///
/// # Errors
/// What SQLite refuses.
pub async fn all<T: Register>(connection: &mut Connection) -> Result<Vec<Entry<T>>, StoreError> {
    let table = T::TABLE;
    sqlx::query(AssertSqlSafe(format!(
        "SELECT id, facts, retired_on, void, revision FROM {table} WHERE void = 0 ORDER BY id"
    )))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// One row, also one that was entered in error.
///
/// # Errors
/// What SQLite refuses.
pub async fn one<T: Register>(connection: &mut Connection, id: RegisterId) -> Result<Option<Entry<T>>, StoreError> {
    let table = T::TABLE;
    sqlx::query(AssertSqlSafe(format!("SELECT id, facts, retired_on, void, revision FROM {table} WHERE id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// The highest number of an instruction to a processor, of those entered in error too; 0 where there is none.
///
/// # Errors
/// What SQLite refuses.
pub async fn last_instruction(connection: &mut Connection, processor: RegisterId) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT coalesce(max(facts ->> 'number'), 0) FROM processor_instruction WHERE processor_id = ?",
    )
    .bind(processor.to_string())
    .fetch_one(connection)
    .await?)
}

fn written<T: Register>(facts: &T) -> Result<String, StoreError> {
    serde_json::to_string(facts).map_err(|_| StoreError::BadValue)
}

/// Adds a row.
///
/// # Errors
/// What the schema refuses.
pub async fn insert<T: Register>(connection: &mut Connection, entry: &Entry<T>) -> Result<(), StoreError> {
    let table = T::TABLE;
    sqlx::query(AssertSqlSafe(format!(
        "INSERT INTO {table} (id, processor_id, facts, retired_on, void, revision) VALUES (?, ?, ?, ?, ?, ?)"
    )))
    .bind(entry.id.to_string())
    .bind(entry.facts.processor().map(|id| id.to_string()))
    .bind(written(&entry.facts)?)
    .bind(entry.retired_on.map(|day| day.to_string()))
    .bind(entry.void)
    .bind(entry.revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes a row; the revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read; what the schema refuses.
pub async fn update<T: Register>(connection: &mut Connection, entry: &Entry<T>) -> Result<(), StoreError> {
    let table = T::TABLE;
    let done = sqlx::query(AssertSqlSafe(format!(
        "UPDATE {table} SET processor_id = ?, facts = ?, retired_on = ?, void = ?, revision = revision + 1
          WHERE id = ? AND revision = ?"
    )))
    .bind(entry.facts.processor().map(|id| id.to_string()))
    .bind(written(&entry.facts)?)
    .bind(entry.retired_on.map(|day| day.to_string()))
    .bind(entry.void)
    .bind(entry.id.to_string())
    .bind(entry.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Who answers for the practice's data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivacySettings {
    /// The controller's name; empty: the practice's.
    pub controller: String,
    /// Who represents them.
    pub representative: String,
    /// Who is named for data protection.
    pub officer: String,
    /// How they are reached.
    pub officer_contact: String,
    /// Number of the declaration or authorisation.
    pub declaration: String,
    /// Its date.
    pub declared_on: Option<NaiveDate>,
    /// Hours to tell the authority of a breach, where the law says none.
    pub breach_hours: Option<i64>,
    /// What is said of retention beside the rules.
    pub retention_remark: String,
    /// Grows with each change.
    pub revision: i64,
}

/// Who answers for the practice's data.
///
/// # Errors
/// What SQLite refuses.
pub async fn settings(connection: &mut Connection) -> Result<PrivacySettings, StoreError> {
    let row = sqlx::query(
        "SELECT controller, representative, officer, officer_contact, declaration, declared_on, breach_hours,
            retention_remark, revision FROM privacy_settings",
    )
    .fetch_one(connection)
    .await?;
    Ok(PrivacySettings {
        controller: text(&row, 0)?,
        representative: text(&row, 1)?,
        officer: text(&row, 2)?,
        officer_contact: text(&row, 3)?,
        declaration: text(&row, 4)?,
        declared_on: parsed_option(&row, 5)?,
        breach_hours: row.try_get(6)?,
        retention_remark: text(&row, 7)?,
        revision: number(&row, 8)?,
    })
}

/// Changes who answers for the practice's data; the revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn save_settings(connection: &mut Connection, settings: &PrivacySettings) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE privacy_settings SET controller = ?, representative = ?, officer = ?, officer_contact = ?, declaration = ?,
            declared_on = ?, breach_hours = ?, retention_remark = ?, revision = revision + 1 WHERE revision = ?",
    )
    .bind(&settings.controller)
    .bind(&settings.representative)
    .bind(&settings.officer)
    .bind(&settings.officer_contact)
    .bind(&settings.declaration)
    .bind(settings.declared_on.map(|day| day.to_string()))
    .bind(settings.breach_hours)
    .bind(&settings.retention_remark)
    .bind(settings.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Which parts of the program a practice uses, as its tables tell.
pub struct UsedParts {
    /// Something stands in a record.
    pub record: bool,
    /// Something was signed.
    pub prescriptions: bool,
    /// Something came from outside.
    pub results: bool,
    /// Calls are noted.
    pub calls: bool,
    /// The waiting list is used.
    pub waiting_list: bool,
    /// The order of the waiting room is kept.
    pub queue: bool,
    /// National numbers are written down.
    pub numbers: bool,
    /// There are minors.
    pub minors: bool,
    /// Contact persons are written down.
    pub contact_persons: bool,
    /// Something was taken over.
    pub taken_over: bool,
    /// Patients.
    pub patients: i64,
}

/// Which parts of the program are used; `adult_since`: whoever was born later is a minor.
///
/// # Errors
/// What SQLite refuses.
pub async fn used_parts(connection: &mut Connection, adult_since: NaiveDate) -> Result<UsedParts, StoreError> {
    let row = sqlx::query(
        "SELECT EXISTS (SELECT 1 FROM clinical_entry), EXISTS (SELECT 1 FROM signed_paper),
            EXISTS (SELECT 1 FROM filed) OR EXISTS (SELECT 1 FROM document) OR EXISTS (SELECT 1 FROM report),
            EXISTS (SELECT 1 FROM phone_call WHERE removed = 0), EXISTS (SELECT 1 FROM waiting_entry),
            EXISTS (SELECT 1 FROM queue_turn),
            EXISTS (SELECT 1 FROM patient WHERE nir <> '') OR EXISTS (SELECT 1 FROM patient WHERE cin <> ''),
            EXISTS (SELECT 1 FROM patient WHERE born > ?), EXISTS (SELECT 1 FROM contact_person WHERE removed = 0),
            EXISTS (SELECT 1 FROM taken_over_event) OR EXISTS (SELECT 1 FROM patient WHERE external_id IS NOT NULL),
            (SELECT count(*) FROM patient WHERE merged_into IS NULL)",
    )
    .bind(adult_since.to_string())
    .fetch_one(connection)
    .await?;
    Ok(UsedParts {
        record: flag(&row, 0)?,
        prescriptions: flag(&row, 1)?,
        results: flag(&row, 2)?,
        calls: flag(&row, 3)?,
        waiting_list: flag(&row, 4)?,
        queue: flag(&row, 5)?,
        numbers: flag(&row, 6)?,
        minors: flag(&row, 7)?,
        contact_persons: flag(&row, 8)?,
        taken_over: flag(&row, 9)?,
        patients: number(&row, 10)?,
    })
}
