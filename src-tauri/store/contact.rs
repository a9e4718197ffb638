//! Contact persons of patients, and the consents that guardians among them gave.
//!
//! A contact person may be a patient too; where no phone of their own is written down, the linked patient's is theirs, so
//! that a family has one phone and it is changed in one place. Nothing is deleted here: what is removed is marked.

use chrono::NaiveDate;
use domain::id::{ConsentId, ContactPersonId, PatientId, UserId};
use domain::patient::guardian::ConsentWay;
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A contact person's row.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct ContactPerson {
    /// Identifier.
    pub id: ContactPersonId,
    /// Whose contact.
    pub patient_id: PatientId,
    /// Name.
    pub name: String,
    /// Word of the relation, or empty.
    pub relation: String,
    /// Phone, E.164 where valid; empty: the linked patient's.
    pub phone: String,
    /// Decides for a minor.
    pub guardian: bool,
    /// The patient they are.
    pub linked_patient_id: Option<PatientId>,
    /// May be told of appointments.
    pub told_appointments: bool,
    /// May be given messages.
    pub told_messages: bool,
    /// May be told of results.
    pub told_results: bool,
    /// Removed.
    pub removed: bool,
    /// Grows with each change.
    pub revision: i64,
}

/// A consent's row.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    /// Identifier.
    pub id: ConsentId,
    /// For whom.
    pub patient_id: PatientId,
    /// By whom.
    pub contact_person_id: ContactPersonId,
    /// When.
    pub given_on: NaiveDate,
    /// How.
    pub way: ConsentWay,
    /// When it was noted, UTC.
    pub noted_at: String,
    /// By which user.
    pub noted_by: UserId,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
    /// Entered in error.
    pub removed: bool,
}

const COLUMNS: &str = "c.id, c.patient_id, c.name, c.relation, c.phone, c.guardian, c.linked_patient_id,
    c.told_appointments, c.told_messages, c.told_results, c.removed, c.revision";

/// The phone under which a contact person is reached, as SQL over `c` and the linked patient `l`.
pub(super) const REACHED: &str =
    "CASE WHEN c.phone <> '' THEN c.phone WHEN l.mobile <> '' THEN l.mobile ELSE coalesce(l.phone, '') END";

fn read(row: &SqliteRow) -> Result<ContactPerson, StoreError> {
    Ok(ContactPerson {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        name: text(row, 2)?,
        relation: text(row, 3)?,
        phone: text(row, 4)?,
        guardian: flag(row, 5)?,
        linked_patient_id: parsed_option(row, 6)?,
        told_appointments: flag(row, 7)?,
        told_messages: flag(row, 8)?,
        told_results: flag(row, 9)?,
        removed: flag(row, 10)?,
        revision: number(row, 11)?,
    })
}

/// A contact person with the phone under which they are reached.
pub struct Reached {
    /// The row.
    pub contact: ContactPerson,
    /// Their phone, or the linked patient's.
    pub phone: String,
}

/// The contact persons of a patient and of those merged into it, guardians first.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_patient(connection: &mut Connection, patient: PatientId) -> Result<Vec<Reached>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}, {REACHED} FROM contact_person c LEFT JOIN patient l ON l.id = c.linked_patient_id
          WHERE c.patient_id IN (SELECT ?1 UNION SELECT id FROM patient WHERE merged_into = ?1) AND c.removed = 0
          ORDER BY c.guardian DESC, c.id"
    )))
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok(Reached { contact: read(row)?, phone: text(row, 12)? }))
    .collect()
}

/// One contact person, removed ones too.
///
/// # Errors
/// What SQLite refuses.
pub async fn contact(connection: &mut Connection, id: ContactPersonId) -> Result<Option<ContactPerson>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM contact_person c WHERE c.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Adds a contact person.
///
/// # Errors
/// What SQLite refuses ([`StoreError::Refused`] where it is the patient).
pub async fn insert(connection: &mut Connection, c: &ContactPerson) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO contact_person (id, patient_id, name, relation, phone, guardian, linked_patient_id, told_appointments,
            told_messages, told_results, removed, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(c.id.to_string())
    .bind(c.patient_id.to_string())
    .bind(&c.name)
    .bind(&c.relation)
    .bind(&c.phone)
    .bind(c.guardian)
    .bind(c.linked_patient_id.map(|id| id.to_string()))
    .bind(c.told_appointments)
    .bind(c.told_messages)
    .bind(c.told_results)
    .bind(c.removed)
    .bind(c.revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// Changes a contact person; the revision grows by one.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn update(connection: &mut Connection, c: &ContactPerson) -> Result<(), StoreError> {
    let done = sqlx::query(
        "UPDATE contact_person SET name = ?, relation = ?, phone = ?, guardian = ?, linked_patient_id = ?,
            told_appointments = ?, told_messages = ?, told_results = ?, removed = ?, revision = revision + 1
          WHERE id = ? AND revision = ?",
    )
    .bind(&c.name)
    .bind(&c.relation)
    .bind(&c.phone)
    .bind(c.guardian)
    .bind(c.linked_patient_id.map(|id| id.to_string()))
    .bind(c.told_appointments)
    .bind(c.told_messages)
    .bind(c.told_results)
    .bind(c.removed)
    .bind(c.id.to_string())
    .bind(c.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// The phones of a patient's contact persons: the patient is found under them too.
///
/// # Errors
/// What SQLite refuses.
pub(super) async fn phones_of(connection: &mut Connection, patient: PatientId) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(AssertSqlSafe(format!(
        "SELECT {REACHED} FROM contact_person c LEFT JOIN patient l ON l.id = c.linked_patient_id
          WHERE c.patient_id = ? AND c.removed = 0 ORDER BY c.id"
    )))
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?)
}

/// Whose contact person a patient is: patient and relation.
///
/// # Errors
/// What SQLite refuses.
pub async fn contact_of(
    connection: &mut Connection,
    patient: PatientId,
) -> Result<Vec<(PatientId, String)>, StoreError> {
    sqlx::query(
        "SELECT c.patient_id, c.relation FROM contact_person c WHERE c.linked_patient_id = ? AND c.removed = 0 ORDER BY c.id",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((parsed(row, 0)?, text(row, 1)?)))
    .collect()
}

fn read_consent(row: &SqliteRow) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        contact_person_id: parsed(row, 2)?,
        given_on: parsed(row, 3)?,
        way: parsed(row, 4)?,
        noted_at: text(row, 5)?,
        noted_by: parsed(row, 6)?,
        withdrawn_on: parsed_option(row, 7)?,
        removed: flag(row, 8)?,
    })
}

const CONSENT: &str = "g.id, g.patient_id, g.contact_person_id, g.given_on, g.way, g.noted_at, g.noted_by,
    g.withdrawn_on, g.removed";

/// A consent with who gave it and who noted it.
pub struct NamedConsent {
    /// The row.
    pub consent: Consent,
    /// Name of the contact person.
    pub by: String,
    /// Whether they are still a contact person and a guardian.
    pub by_guardian: bool,
    /// Name of the user.
    pub noted_by: String,
}

/// The consents given for a patient and for those merged into it, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn consents(connection: &mut Connection, patient: PatientId) -> Result<Vec<NamedConsent>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {CONSENT}, c.name, c.guardian AND NOT c.removed, u.name FROM guardian_consent g
           JOIN contact_person c ON c.id = g.contact_person_id JOIN user u ON u.id = g.noted_by
          WHERE g.patient_id IN (SELECT ?1 UNION SELECT id FROM patient WHERE merged_into = ?1) AND g.removed = 0
          ORDER BY g.given_on DESC, g.id DESC"
    )))
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(NamedConsent {
            consent: read_consent(row)?,
            by: text(row, 9)?,
            by_guardian: flag(row, 10)?,
            noted_by: text(row, 11)?,
        })
    })
    .collect()
}

/// One consent.
///
/// # Errors
/// What SQLite refuses.
pub async fn consent(connection: &mut Connection, id: ConsentId) -> Result<Option<Consent>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {CONSENT} FROM guardian_consent g WHERE g.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_consent(&row))
        .transpose()
}

/// Adds a consent, or notes its withdrawal.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_consent(connection: &mut Connection, g: &Consent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO guardian_consent (id, patient_id, contact_person_id, given_on, way, noted_at, noted_by, withdrawn_on,
            removed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET withdrawn_on = excluded.withdrawn_on, removed = excluded.removed",
    )
    .bind(g.id.to_string())
    .bind(g.patient_id.to_string())
    .bind(g.contact_person_id.to_string())
    .bind(g.given_on.to_string())
    .bind(g.way.as_str())
    .bind(&g.noted_at)
    .bind(g.noted_by.to_string())
    .bind(g.withdrawn_on.map(|day| day.to_string()))
    .bind(g.removed)
    .execute(connection)
    .await?;
    Ok(())
}

/// What of a patient has a history of its own: contact persons and consents, removed ones too.
///
/// # Errors
/// What SQLite refuses.
pub async fn subjects(connection: &mut Connection, patient: PatientId) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar(
        "SELECT id FROM contact_person WHERE patient_id = ?1 UNION ALL SELECT id FROM guardian_consent WHERE patient_id = ?1",
    )
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?)
}
