//! Texts that the record is written with: templates, abbreviations, sealed drafts. A template or an abbreviation that is
//! removed stays, marked: its undo needs it.

use domain::id::{AbbreviationId, PatientId, PractitionerId, TemplateId, UserId};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::planned::Planned;
use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A template's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Template {
    /// Identifier.
    pub id: TemplateId,
    /// Whose; none: the whole practice's.
    pub practitioner_id: Option<PractitionerId>,
    /// Name.
    pub name: String,
    /// Text of the reason.
    #[serde(default)]
    pub reason: String,
    /// Text of the history.
    #[serde(default)]
    pub history: String,
    /// Text of the examination.
    #[serde(default)]
    pub examination: String,
    /// Text of the conclusion.
    #[serde(default)]
    pub conclusion: String,
    /// Text of the plan.
    #[serde(default)]
    pub plan: String,
    /// Removed.
    pub deleted: bool,
}

/// An abbreviation's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Abbreviation {
    /// Identifier.
    pub id: AbbreviationId,
    /// Whose; none: the whole practice's.
    pub practitioner_id: Option<PractitionerId>,
    /// As it is shown.
    pub short: String,
    /// As it is looked up.
    pub key: String,
    /// What it stands for.
    pub text: String,
    /// Removed.
    pub deleted: bool,
}

const TEMPLATE: &str = "SELECT id, practitioner_id, name, reason, history, examination, conclusion, plan, deleted
    FROM clinical_template";
const ABBREVIATION: &str = "SELECT id, practitioner_id, short, key, text, deleted FROM clinical_abbreviation";

fn template(row: &SqliteRow) -> Result<Template, StoreError> {
    Ok(Template {
        id: parsed(row, 0)?,
        practitioner_id: parsed_option(row, 1)?,
        name: text(row, 2)?,
        reason: text(row, 3)?,
        history: text(row, 4)?,
        examination: text(row, 5)?,
        conclusion: text(row, 6)?,
        plan: text(row, 7)?,
        deleted: flag(row, 8)?,
    })
}

fn abbreviation(row: &SqliteRow) -> Result<Abbreviation, StoreError> {
    Ok(Abbreviation {
        id: parsed(row, 0)?,
        practitioner_id: parsed_option(row, 1)?,
        short: text(row, 2)?,
        key: text(row, 3)?,
        text: text(row, 4)?,
        deleted: flag(row, 5)?,
    })
}

/// The templates of the practice and of one practitioner, by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn templates(
    connection: &mut Connection,
    practitioner: Option<PractitionerId>,
) -> Result<Vec<Template>, StoreError> {
    let sql = format!(
        "{TEMPLATE} WHERE deleted = 0 AND (practitioner_id IS NULL OR practitioner_id = ?) ORDER BY name COLLATE NOCASE, id"
    );
    let rows =
        sqlx::query(AssertSqlSafe(sql)).bind(practitioner.map(|id| id.to_string())).fetch_all(connection).await?;
    rows.iter().map(template).collect()
}

/// The abbreviations of the practice and of one practitioner; of two alike the practitioner's own stands last.
///
/// # Errors
/// What SQLite refuses.
pub async fn abbreviations(
    connection: &mut Connection,
    practitioner: Option<PractitionerId>,
) -> Result<Vec<Abbreviation>, StoreError> {
    let sql = format!(
        "{ABBREVIATION} WHERE deleted = 0 AND (practitioner_id IS NULL OR practitioner_id = ?)
          ORDER BY key, practitioner_id IS NOT NULL, id"
    );
    let rows =
        sqlx::query(AssertSqlSafe(sql)).bind(practitioner.map(|id| id.to_string())).fetch_all(connection).await?;
    rows.iter().map(abbreviation).collect()
}

impl Planned for Template {
    const KIND: &'static str = "clinical_template";
    type Id = TemplateId;

    async fn read(connection: &mut Connection, id: TemplateId) -> Result<Option<Self>, StoreError> {
        let sql = format!("{TEMPLATE} WHERE id = ?");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
        row.as_ref().map(template).transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO clinical_template
                (id, practitioner_id, name, reason, history, examination, conclusion, plan, deleted)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET practitioner_id = excluded.practitioner_id, name = excluded.name,
                 reason = excluded.reason, history = excluded.history, examination = excluded.examination,
                 conclusion = excluded.conclusion, plan = excluded.plan, deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(self.practitioner_id.map(|id| id.to_string()))
        .bind(&self.name)
        .bind(&self.reason)
        .bind(&self.history)
        .bind(&self.examination)
        .bind(&self.conclusion)
        .bind(&self.plan)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> TemplateId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

impl Planned for Abbreviation {
    const KIND: &'static str = "clinical_abbreviation";
    type Id = AbbreviationId;

    async fn read(connection: &mut Connection, id: AbbreviationId) -> Result<Option<Self>, StoreError> {
        let sql = format!("{ABBREVIATION} WHERE id = ?");
        let row = sqlx::query(AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
        row.as_ref().map(abbreviation).transpose()
    }

    async fn save(&self, connection: &mut Connection) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO clinical_abbreviation (id, practitioner_id, short, key, text, deleted)
             VALUES (?, ?, ?, ?, ?, ?)
             ON CONFLICT (id) DO UPDATE SET practitioner_id = excluded.practitioner_id, short = excluded.short,
                 key = excluded.key, text = excluded.text, deleted = excluded.deleted",
        )
        .bind(self.id.to_string())
        .bind(self.practitioner_id.map(|id| id.to_string()))
        .bind(&self.short)
        .bind(&self.key)
        .bind(&self.text)
        .bind(self.deleted)
        .execute(connection)
        .await?;
        Ok(())
    }

    fn id(&self) -> AbbreviationId {
        self.id
    }

    fn is_deleted(&self) -> bool {
        self.deleted
    }

    fn taken_back(&self) -> Self {
        Self { deleted: true, ..self.clone() }
    }
}

/// A sealed draft.
pub struct DraftRow {
    /// Whose key seals it.
    pub patient_id: PatientId,
    /// The version of that key.
    pub key_version: i64,
    /// The sealed bytes.
    pub sealed: Vec<u8>,
}

/// The newest draft of a user about one of these patients (who are one).
///
/// # Errors
/// What SQLite refuses.
pub async fn draft(
    connection: &mut Connection,
    user: UserId,
    patients: &[PatientId],
) -> Result<Option<DraftRow>, StoreError> {
    sqlx::query(
        "SELECT patient_id, key_version, sealed FROM clinical_draft
          WHERE user_id = ? AND patient_id IN (SELECT value FROM json_each(?)) ORDER BY saved_at DESC LIMIT 1",
    )
    .bind(user.to_string())
    .bind(json_ids(patients))
    .fetch_optional(connection)
    .await?
    .map(|row| Ok(DraftRow { patient_id: parsed(&row, 0)?, key_version: number(&row, 1)?, sealed: row.try_get(2)? }))
    .transpose()
}

/// Forgets a user's drafts about these patients.
///
/// # Errors
/// What SQLite refuses.
pub async fn forget_drafts(
    connection: &mut Connection,
    user: UserId,
    patients: &[PatientId],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM clinical_draft WHERE user_id = ? AND patient_id IN (SELECT value FROM json_each(?))")
        .bind(user.to_string())
        .bind(json_ids(patients))
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps a draft.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_draft(connection: &mut Connection, user: UserId, row: &DraftRow, at: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO clinical_draft (user_id, patient_id, key_version, sealed, saved_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET key_version = excluded.key_version, sealed = excluded.sealed,
             saved_at = excluded.saved_at",
    )
    .bind(user.to_string())
    .bind(row.patient_id.to_string())
    .bind(row.key_version)
    .bind(&row.sealed)
    .bind(at)
    .execute(connection)
    .await?;
    Ok(())
}
