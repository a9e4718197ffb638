//! Purposes, the versions of their texts, and who consented to which.

use chrono::NaiveDate;
use domain::id::{ConsentPurposeId, ContactPersonId, PatientId, PurposeConsentId};
use domain::patient::guardian::ConsentWay;
use serde::Serialize;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A purpose.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Purpose {
    /// Identifier.
    pub id: ConsentPurposeId,
    /// Names: French, Arabic, English.
    pub names: [String; 3],
    /// Order.
    pub rank: i64,
    /// Whether it is still asked for.
    pub active: bool,
    /// Grows with each change.
    pub revision: i64,
}

/// A version of a purpose's text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Text {
    /// Of which purpose.
    pub purpose_id: ConsentPurposeId,
    /// From 1.
    pub version: i64,
    /// French, Arabic, English.
    pub texts: [String; 3],
    /// UTC instant.
    pub written_at: String,
}

/// All purposes in their order.
///
/// # Errors
/// What SQLite refuses.
pub async fn purposes(connection: &mut Connection) -> Result<Vec<Purpose>, StoreError> {
    sqlx::query("SELECT id, name_fr, name_ar, name_en, rank, active, revision FROM consent_purpose ORDER BY rank, id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| {
            Ok(Purpose {
                id: parsed(row, 0)?,
                names: [text(row, 1)?, text(row, 2)?, text(row, 3)?],
                rank: number(row, 4)?,
                active: flag(row, 5)?,
                revision: number(row, 6)?,
            })
        })
        .collect()
}

/// All versions of all texts, the newest of each purpose first.
///
/// # Errors
/// What SQLite refuses.
pub async fn texts(connection: &mut Connection) -> Result<Vec<Text>, StoreError> {
    sqlx::query(
        "SELECT purpose_id, version, text_fr, text_ar, text_en, written_at FROM consent_text ORDER BY purpose_id, version DESC",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(Text {
            purpose_id: parsed(row, 0)?,
            version: number(row, 1)?,
            texts: [text(row, 2)?, text(row, 3)?, text(row, 4)?],
            written_at: text(row, 5)?,
        })
    })
    .collect()
}

/// Adds a purpose, or changes one whose revision is still the one that was read.
///
/// # Errors
/// [`StoreError::NotFound`] where it is not.
pub async fn save_purpose(connection: &mut Connection, one: &Purpose) -> Result<(), StoreError> {
    let done = sqlx::query(
        "INSERT INTO consent_purpose (id, name_fr, name_ar, name_en, rank, active, revision) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1)
         ON CONFLICT (id) DO UPDATE SET name_fr = excluded.name_fr, name_ar = excluded.name_ar, name_en = excluded.name_en,
            rank = excluded.rank, active = excluded.active, revision = revision + 1 WHERE revision = ?7",
    )
    .bind(one.id.to_string())
    .bind(&one.names[0])
    .bind(&one.names[1])
    .bind(&one.names[2])
    .bind(one.rank)
    .bind(one.active)
    .bind(one.revision)
    .execute(connection)
    .await?;
    if done.rows_affected() == 0 { Err(StoreError::NotFound) } else { Ok(()) }
}

/// Adds the next version of a text.
///
/// # Errors
/// [`StoreError::NotUnique`] where somebody else added it meanwhile.
pub async fn add_text(connection: &mut Connection, one: &Text, by: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO consent_text (purpose_id, version, text_fr, text_ar, text_en, written_at, written_by)
         VALUES (?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(one.purpose_id.to_string())
    .bind(one.version)
    .bind(&one.texts[0])
    .bind(&one.texts[1])
    .bind(&one.texts[2])
    .bind(&one.written_at)
    .bind(by)
    .execute(connection)
    .await?;
    Ok(())
}

/// A consent.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PurposeConsent {
    /// Identifier.
    pub id: PurposeConsentId,
    /// Whose.
    pub patient_id: PatientId,
    /// To what.
    pub purpose_id: ConsentPurposeId,
    /// In which words.
    pub text_version: i64,
    /// In which language they were shown.
    pub language: String,
    /// The guardian who gave it.
    pub contact_person_id: Option<ContactPersonId>,
    /// For an adult who does not decide alone.
    pub for_adult: bool,
    /// When.
    pub given_on: NaiveDate,
    /// How.
    pub way: ConsentWay,
    /// UTC instant.
    pub noted_at: String,
    /// User.
    pub noted_by: String,
    /// Taken back.
    pub withdrawn_on: Option<NaiveDate>,
    /// How.
    pub withdrawn_way: Option<ConsentWay>,
    /// Who noted it.
    pub withdrawn_by: Option<String>,
}

/// A consent with the names beside it.
pub struct NamedPurposeConsent {
    /// The row.
    pub consent: PurposeConsent,
    /// Name of the guardian, or empty.
    pub by: String,
    /// Whether they are a guardian still.
    pub is_guardian: Option<bool>,
    /// Name of the user.
    pub noted_by: String,
}

const COLUMNS: &str =
    "c.id, c.patient_id, c.purpose_id, c.text_version, c.language, c.contact_person_id, c.for_adult, c.given_on,
    c.way, c.noted_at, c.noted_by, c.withdrawn_on, c.withdrawn_way, c.withdrawn_by";

fn read(row: &SqliteRow) -> Result<PurposeConsent, StoreError> {
    Ok(PurposeConsent {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        purpose_id: parsed(row, 2)?,
        text_version: number(row, 3)?,
        language: text(row, 4)?,
        contact_person_id: parsed_option(row, 5)?,
        for_adult: flag(row, 6)?,
        given_on: parsed(row, 7)?,
        way: parsed(row, 8)?,
        noted_at: text(row, 9)?,
        noted_by: text(row, 10)?,
        withdrawn_on: parsed_option(row, 11)?,
        withdrawn_way: parsed_option(row, 12)?,
        withdrawn_by: row.try_get(13)?,
    })
}

/// The consents of these persons: what stands first, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn of(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<NamedPurposeConsent>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS}, coalesce(p.name, ''), p.guardian AND NOT p.removed, u.name FROM consent c
           LEFT JOIN contact_person p ON p.id = c.contact_person_id JOIN user u ON u.id = c.noted_by
          WHERE c.patient_id IN (SELECT value FROM json_each(?)) ORDER BY c.withdrawn_on IS NOT NULL, c.given_on DESC,
          c.text_version DESC, c.id DESC"
    )))
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(NamedPurposeConsent {
            consent: read(row)?,
            by: text(row, 14)?,
            is_guardian: row.try_get::<Option<i64>, _>(15)?.map(|flag| flag != 0),
            noted_by: text(row, 16)?,
        })
    })
    .collect()
}

/// One consent.
///
/// # Errors
/// What SQLite refuses.
pub async fn one(connection: &mut Connection, id: PurposeConsentId) -> Result<Option<PurposeConsent>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM consent c WHERE c.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// Keeps a consent, or notes that it was taken back.
///
/// # Errors
/// [`StoreError::NotUnique`] where one to the same purpose stands.
pub async fn save(connection: &mut Connection, c: &PurposeConsent) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO consent (id, patient_id, purpose_id, text_version, language, contact_person_id, for_adult, given_on, way,
            noted_at, noted_by, withdrawn_on, withdrawn_way, withdrawn_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET withdrawn_on = excluded.withdrawn_on, withdrawn_way = excluded.withdrawn_way,
            withdrawn_by = excluded.withdrawn_by",
    )
    .bind(c.id.to_string())
    .bind(c.patient_id.to_string())
    .bind(c.purpose_id.to_string())
    .bind(c.text_version)
    .bind(&c.language)
    .bind(c.contact_person_id.map(|id| id.to_string()))
    .bind(c.for_adult)
    .bind(c.given_on.to_string())
    .bind(c.way.as_str())
    .bind(&c.noted_at)
    .bind(&c.noted_by)
    .bind(c.withdrawn_on.map(|day| day.to_string()))
    .bind(c.withdrawn_way.map(|way| way.as_str()))
    .bind(&c.withdrawn_by)
    .execute(connection)
    .await?;
    Ok(())
}
