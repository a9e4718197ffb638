//! The disclosure ledger: what left about whom. Lines are written and read; they go with the person they are about.

use domain::id::{DisclosureId, PatientId, UserId};

use super::row::json_ids;
use super::{Connection, StoreError};

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DisclosureRow {
    /// Identifier.
    pub id: DisclosureId,
    /// UTC instant.
    pub at: String,
    /// To whom.
    pub recipient_kind: &'static str,
    /// Their name or address, or empty.
    pub recipient: String,
    /// Which kinds of data.
    pub categories: Vec<&'static str>,
    /// Why.
    pub purpose: &'static str,
    /// On which legal ground.
    pub ground: &'static str,
    /// How.
    pub way: &'static str,
    /// The journal's entry.
    pub journal_sequence: i64,
    /// Who handed it over.
    pub user_id: UserId,
}

async fn insert(connection: &mut Connection, row: &DisclosureRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO disclosure (id, at, recipient_kind, recipient, categories, purpose, ground, way, journal_sequence, user_id)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.id.to_string())
    .bind(&row.at)
    .bind(row.recipient_kind)
    .bind(&row.recipient)
    .bind(json_ids(&row.categories))
    .bind(row.purpose)
    .bind(row.ground)
    .bind(row.way)
    .bind(row.journal_sequence)
    .bind(row.user_id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a line about these persons.
///
/// # Errors
/// What SQLite refuses.
pub async fn add(connection: &mut Connection, row: &DisclosureRow, patients: &[PatientId]) -> Result<(), StoreError> {
    insert(connection, row).await?;
    sqlx::query(
        "INSERT INTO disclosure_person (patient_id, disclosure_id) SELECT DISTINCT value, ?2 FROM json_each(?1)",
    )
    .bind(json_ids(patients))
    .bind(row.id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// Adds a line about every patient who was not merged into another.
///
/// # Errors
/// What SQLite refuses.
pub async fn add_all(connection: &mut Connection, row: &DisclosureRow) -> Result<(), StoreError> {
    insert(connection, row).await?;
    sqlx::query(
        "INSERT INTO disclosure_person (patient_id, disclosure_id) SELECT id, ? FROM patient WHERE merged_into IS NULL",
    )
    .bind(row.id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}
