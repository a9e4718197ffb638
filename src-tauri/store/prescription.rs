//! Signed papers (their documents, numbers, prints), favourites and protocols, templates of letters, signatures. What a
//! paper says this room cannot read.

use domain::id::{EntryId, LetterTemplateId, PatientId, PractitionerId, PrescriptionSetId};
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, json_ids, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A signed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// Its entry of the record.
    pub entry_id: EntryId,
    /// Who signed.
    pub practitioner_id: PractitionerId,
    /// The year it is numbered in.
    pub year: i64,
    /// Its number in that year.
    pub number: i64,
    /// The name of its archived original.
    pub document: String,
    /// How often it was printed.
    pub prints: i64,
}

fn read_paper(row: &SqliteRow) -> Result<PaperRow, StoreError> {
    Ok(PaperRow {
        entry_id: parsed(row, 0)?,
        practitioner_id: parsed(row, 1)?,
        year: number(row, 2)?,
        number: number(row, 3)?,
        document: text(row, 4)?,
        prints: number(row, 5)?,
    })
}

/// The number that the next paper of a year bears.
///
/// # Errors
/// What SQLite refuses.
pub async fn next_number(connection: &mut Connection, year: i64) -> Result<i64, StoreError> {
    let sql = "SELECT coalesce(max(number), 0) + 1 FROM signed_paper WHERE year = ?";
    Ok(sqlx::query_scalar(sql).bind(year).fetch_one(connection).await?)
}

/// Adds a signed paper.
///
/// # Errors
/// What SQLite refuses.
pub async fn insert_paper(connection: &mut Connection, row: &PaperRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO signed_paper (entry_id, practitioner_id, year, number, document, prints) VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(row.entry_id.to_string())
    .bind(row.practitioner_id.to_string())
    .bind(row.year)
    .bind(row.number)
    .bind(&row.document)
    .bind(row.prints)
    .execute(connection)
    .await?;
    Ok(())
}

/// A signed paper, by its entry.
///
/// # Errors
/// What SQLite refuses.
pub async fn paper(connection: &mut Connection, entry: EntryId) -> Result<Option<PaperRow>, StoreError> {
    sqlx::query("SELECT entry_id, practitioner_id, year, number, document, prints FROM signed_paper WHERE entry_id = ?")
        .bind(entry.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_paper(&row))
        .transpose()
}

/// The signed papers of these patients, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn papers(connection: &mut Connection, patients: &[PatientId]) -> Result<Vec<PaperRow>, StoreError> {
    sqlx::query(
        "SELECT p.entry_id, p.practitioner_id, p.year, p.number, p.document, p.prints
           FROM clinical_entry e JOIN signed_paper p ON p.entry_id = e.id
          WHERE e.patient_id IN (SELECT value FROM json_each(?)) ORDER BY p.year DESC, p.number DESC",
    )
    .bind(json_ids(patients))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_paper)
    .collect()
}

/// Counts one print more.
///
/// # Errors
/// What SQLite refuses.
pub async fn count_print(connection: &mut Connection, entry: EntryId) -> Result<(), StoreError> {
    sqlx::query("UPDATE signed_paper SET prints = prints + 1 WHERE entry_id = ?")
        .bind(entry.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Names of all files that some signed paper is.
///
/// # Errors
/// What SQLite refuses.
pub async fn paper_files(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT document FROM signed_paper").fetch_all(connection).await?)
}

/// A favourite or a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrescriptionSet {
    /// Identifier.
    pub id: PrescriptionSetId,
    /// `favourite` or `protocol`.
    pub kind: String,
    /// Whose favourite.
    pub practitioner_id: Option<PractitionerId>,
    /// Name.
    pub name: String,
    /// Lines, JSON.
    pub lines: String,
    /// Acts, JSON.
    pub acts: String,
    /// Taken away.
    pub removed: bool,
    /// Grows with each change.
    pub revision: i64,
}

fn read_set(row: &SqliteRow) -> Result<PrescriptionSet, StoreError> {
    Ok(PrescriptionSet {
        id: parsed(row, 0)?,
        kind: text(row, 1)?,
        practitioner_id: parsed_option(row, 2)?,
        name: text(row, 3)?,
        lines: text(row, 4)?,
        acts: text(row, 5)?,
        removed: flag(row, 6)?,
        revision: number(row, 7)?,
    })
}

/// Favourites of a practitioner and protocols of the practice, by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn sets(
    connection: &mut Connection,
    practitioner: Option<PractitionerId>,
) -> Result<Vec<PrescriptionSet>, StoreError> {
    sqlx::query(
        "SELECT id, kind, practitioner_id, name, lines, acts, removed, revision FROM prescription_set
          WHERE removed = 0 AND (practitioner_id IS NULL OR practitioner_id = ?) ORDER BY name, id",
    )
    .bind(practitioner.map(|id| id.to_string()))
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_set)
    .collect()
}

/// One of them, taken away or not.
///
/// # Errors
/// What SQLite refuses.
pub async fn set(connection: &mut Connection, id: PrescriptionSetId) -> Result<Option<PrescriptionSet>, StoreError> {
    sqlx::query(
        "SELECT id, kind, practitioner_id, name, lines, acts, removed, revision FROM prescription_set WHERE id = ?",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?
    .map(|row| read_set(&row))
    .transpose()
}

/// Adds or changes one; its revision grows.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_set(connection: &mut Connection, row: &PrescriptionSet) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO prescription_set (id, kind, practitioner_id, name, lines, acts, removed, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, lines = excluded.lines, acts = excluded.acts,
             removed = excluded.removed, revision = excluded.revision",
    )
    .bind(row.id.to_string())
    .bind(&row.kind)
    .bind(row.practitioner_id.map(|id| id.to_string()))
    .bind(&row.name)
    .bind(&row.lines)
    .bind(&row.acts)
    .bind(row.removed)
    .bind(row.revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// A template of a certificate or letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterTemplate {
    /// Identifier.
    pub id: LetterTemplateId,
    /// `certificate` or `letter`.
    pub kind: String,
    /// `fr`, `ar`, `en`.
    pub language: String,
    /// Name.
    pub name: String,
    /// Title or subject.
    pub title: String,
    /// Text.
    pub text: String,
    /// Taken away.
    pub removed: bool,
    /// Grows with each change.
    pub revision: i64,
}

fn read_template(row: &SqliteRow) -> Result<LetterTemplate, StoreError> {
    Ok(LetterTemplate {
        id: parsed(row, 0)?,
        kind: text(row, 1)?,
        language: text(row, 2)?,
        name: text(row, 3)?,
        title: text(row, 4)?,
        text: text(row, 5)?,
        removed: flag(row, 6)?,
        revision: number(row, 7)?,
    })
}

/// The practice's templates, by name.
///
/// # Errors
/// What SQLite refuses.
pub async fn templates(connection: &mut Connection) -> Result<Vec<LetterTemplate>, StoreError> {
    sqlx::query(
        "SELECT id, kind, language, name, title, text, removed, revision FROM letter_template WHERE removed = 0
          ORDER BY kind, name, id",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_template)
    .collect()
}

/// One of them, taken away or not.
///
/// # Errors
/// What SQLite refuses.
pub async fn template(connection: &mut Connection, id: LetterTemplateId) -> Result<Option<LetterTemplate>, StoreError> {
    sqlx::query("SELECT id, kind, language, name, title, text, removed, revision FROM letter_template WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_template(&row))
        .transpose()
}

/// Adds or changes one.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_template(connection: &mut Connection, row: &LetterTemplate) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO letter_template (id, kind, language, name, title, text, removed, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, language = excluded.language, name = excluded.name,
             title = excluded.title, text = excluded.text, removed = excluded.removed, revision = excluded.revision",
    )
    .bind(row.id.to_string())
    .bind(&row.kind)
    .bind(&row.language)
    .bind(&row.name)
    .bind(&row.title)
    .bind(&row.text)
    .bind(row.removed)
    .bind(row.revision)
    .execute(connection)
    .await?;
    Ok(())
}

/// The sealed image of a signature, with its version.
///
/// # Errors
/// What SQLite refuses.
pub async fn signature(
    connection: &mut Connection,
    practitioner: PractitionerId,
) -> Result<Option<(i64, Vec<u8>)>, StoreError> {
    sqlx::query("SELECT version, sealed FROM practitioner_signature WHERE practitioner_id = ?")
        .bind(practitioner.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| Ok((number(&row, 0)?, row.try_get(1)?)))
        .transpose()
}

/// Keeps a sealed signature, or takes it away.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_signature(
    connection: &mut Connection,
    practitioner: PractitionerId,
    sealed: Option<(i64, &[u8])>,
) -> Result<(), StoreError> {
    let Some((version, sealed)) = sealed else {
        sqlx::query("DELETE FROM practitioner_signature WHERE practitioner_id = ?")
            .bind(practitioner.to_string())
            .execute(connection)
            .await?;
        return Ok(());
    };
    sqlx::query(
        "INSERT INTO practitioner_signature (practitioner_id, version, sealed) VALUES (?, ?, ?)
         ON CONFLICT (practitioner_id) DO UPDATE SET version = excluded.version, sealed = excluded.sealed",
    )
    .bind(practitioner.to_string())
    .bind(version)
    .bind(sealed)
    .execute(connection)
    .await?;
    Ok(())
}

/// What a check needs of a drug beside its composition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrugBrief {
    /// CIS.
    pub cis: i64,
    /// Name.
    pub name: String,
    /// Form.
    pub form: String,
    /// Substances, joined by semicolons.
    pub substances: String,
    /// ATC.
    pub atc: String,
    /// Wordings of its conditions.
    pub conditions: Vec<String>,
}

/// These drugs, each with its conditions.
///
/// # Errors
/// What SQLite refuses.
pub async fn briefs(connection: &mut Connection, cis: &[i64]) -> Result<Vec<DrugBrief>, StoreError> {
    sqlx::query(
        "SELECT d.cis, d.name, d.form, d.substances, d.atc,
                (SELECT json_group_array(c.wording) FROM drug_condition c WHERE c.cis = d.cis)
           FROM json_each(?) k CROSS JOIN drug d ON d.cis = k.value",
    )
    .bind(serde_json::Value::from(cis.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(DrugBrief {
            cis: number(row, 0)?,
            name: text(row, 1)?,
            form: text(row, 2)?,
            substances: text(row, 3)?,
            atc: text(row, 4)?,
            conditions: serde_json::from_str(&text(row, 5)?).map_err(|_| StoreError::BadValue)?,
        })
    })
    .collect()
}

/// Labels of a drug's packs that are on the market, the first first.
///
/// # Errors
/// What SQLite refuses.
pub async fn packs(connection: &mut Connection, cis: i64) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT label FROM drug_presentation WHERE cis = ? AND marketing LIKE 'D_claration de commercialisation%'
                ORDER BY id";
    Ok(sqlx::query_scalar(sql).bind(cis).fetch_all(connection).await?)
}

/// Classes of the thesaurus by key.
///
/// # Errors
/// What SQLite refuses.
pub async fn class_terms(connection: &mut Connection, keys: &[String]) -> Result<Vec<(String, i64)>, StoreError> {
    sqlx::query(
        "SELECT t.key, t.id FROM json_each(?) k CROSS JOIN interaction_term t ON t.key = k.value WHERE t.class = 1",
    )
    .bind(serde_json::Value::from(keys.to_vec()).to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((text(row, 0)?, number(row, 1)?)))
    .collect()
}
