//! The sync with a portal: which portal, the versions of the instruction, whom it covers, confirmations. What waits to be told, what
//! is known to be there, and what came from there are beside it (`sync_queue`, `sync_known`, `sync_inbound`).

use domain::id::{PractitionerId, UserId};
use serde::{Deserialize, Serialize};
use sqlx::Row;

use super::row::{number, number_option, parsed, text};
use super::{Connection, StoreError};

/// The portal that is instructed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portal {
    /// Address.
    pub address: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// The practice's name there.
    pub client_id: String,
    /// `portal` or `fhir`.
    pub kind: String,
    /// The pinned key; empty at a plain FHIR server.
    pub signing_key: String,
    /// Who runs it.
    pub processor: String,
    /// Where it is hosted.
    pub hosting: String,
    /// `on`, `suspended`, `ended`.
    pub standing: String,
}

/// How far the sync has come, and how the last runs went.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Progress {
    /// How far changes were fetched; empty: from the beginning, after everything was met.
    pub cursor: String,
    /// The last request of a person that was fetched.
    pub rights_cursor: i64,
    /// The portal's clock at the last success.
    pub heard_at: Option<String>,
    /// The hour in which all days were looked at last.
    pub looked_hour: Option<i64>,
    /// Instant of the last try.
    pub tried_at: Option<String>,
    /// Instant of the last success.
    pub succeeded_at: Option<String>,
    /// Instant before which nothing is tried again.
    pub next_at: Option<String>,
    /// Failures in a row.
    pub failures: i64,
    /// Why the last try failed; empty where it did not.
    pub code: String,
}

/// The portal, once one was instructed.
///
/// # Errors
/// What SQLite refuses.
pub async fn portal(connection: &mut Connection) -> Result<Option<(Portal, Progress)>, StoreError> {
    sqlx::query(
        "SELECT address, authority, client_id, kind, signing_key, processor, hosting, standing, cursor, rights_cursor, looked_hour,
            tried_at, succeeded_at, next_at, failures, code, heard_at FROM sync_portal",
    )
    .fetch_optional(connection)
    .await?
    .map(|row| {
        let portal = Portal {
            address: text(&row, 0)?,
            authority: text(&row, 1)?,
            client_id: text(&row, 2)?,
            kind: text(&row, 3)?,
            signing_key: text(&row, 4)?,
            processor: text(&row, 5)?,
            hosting: text(&row, 6)?,
            standing: text(&row, 7)?,
        };
        let progress = Progress {
            cursor: text(&row, 8)?,
            rights_cursor: number(&row, 9)?,
            looked_hour: number_option(&row, 10)?,
            tried_at: row.try_get(11)?,
            succeeded_at: row.try_get(12)?,
            next_at: row.try_get(13)?,
            failures: number(&row, 14)?,
            code: text(&row, 15)?,
            heard_at: row.try_get(16)?,
        };
        Ok((portal, progress))
    })
    .transpose()
}

/// Keeps the portal; how far the sync has come stays.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_portal(connection: &mut Connection, portal: &Portal) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_portal (only_one, address, authority, client_id, kind, signing_key, processor, hosting, standing)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (only_one) DO UPDATE SET address = excluded.address, authority = excluded.authority,
            client_id = excluded.client_id, kind = excluded.kind, signing_key = excluded.signing_key,
            processor = excluded.processor, hosting = excluded.hosting, standing = excluded.standing",
    )
    .bind(&portal.address)
    .bind(&portal.authority)
    .bind(&portal.client_id)
    .bind(&portal.kind)
    .bind(&portal.signing_key)
    .bind(&portal.processor)
    .bind(&portal.hosting)
    .bind(&portal.standing)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps how the last run went. How far what comes in was fetched is kept with what was taken in.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_progress(connection: &mut Connection, progress: &Progress) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sync_portal SET looked_hour = ?, tried_at = ?, succeeded_at = ?, heard_at = ?, next_at = ?, failures = ?, code = ?",
    )
    .bind(progress.looked_hour)
    .bind(&progress.tried_at)
    .bind(&progress.succeeded_at)
    .bind(&progress.heard_at)
    .bind(&progress.next_at)
    .bind(progress.failures)
    .bind(&progress.code)
    .execute(connection)
    .await?;
    Ok(())
}

/// Keeps how far what patients did was fetched; in the transaction of what was applied.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_cursor(connection: &mut Connection, cursor: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_portal SET cursor = ?").bind(cursor).execute(connection).await?;
    Ok(())
}

/// Everything is fetched from the beginning again: numbers and versions of before count no more.
///
/// # Errors
/// What SQLite refuses.
pub async fn begin_anew(connection: &mut Connection) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_portal SET cursor = '', rights_cursor = 0, looked_hour = NULL")
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps how far requests of persons were fetched.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_rights_cursor(connection: &mut Connection, cursor: i64) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_portal SET rights_cursor = max(rights_cursor, ?)")
        .bind(cursor)
        .execute(connection)
        .await?;
    Ok(())
}

/// A version of the instruction.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InstructionRow {
    /// Rises by one with each.
    pub version: i64,
    /// Its number at the portal.
    pub given_as: i64,
    /// ISO date.
    pub signed_on: String,
    /// UTC instant.
    pub signed_at: String,
    /// By whom.
    pub signed_by: UserId,
    /// To which portal.
    pub address: String,
    /// Who runs it.
    pub processor: String,
    /// Its key, as it was compared.
    pub signing_key: String,
    /// What it says, JSON.
    pub terms: String,
    /// When the portal took it.
    pub taken_at: Option<String>,
    /// Since when it is no longer in force.
    pub ended_on: Option<String>,
}

/// Every version with the name of who signed it, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn instructions(connection: &mut Connection) -> Result<Vec<(InstructionRow, String)>, StoreError> {
    sqlx::query(
        "SELECT i.version, i.signed_on, i.signed_at, i.signed_by, i.address, i.processor, i.signing_key, i.terms, i.taken_at,
            i.ended_on, u.name, i.given_as FROM sync_instruction i JOIN user u ON u.id = i.signed_by ORDER BY i.version DESC",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        let instruction = InstructionRow {
            version: number(row, 0)?,
            given_as: number(row, 11)?,
            signed_on: text(row, 1)?,
            signed_at: text(row, 2)?,
            signed_by: parsed(row, 3)?,
            address: text(row, 4)?,
            processor: text(row, 5)?,
            signing_key: text(row, 6)?,
            terms: text(row, 7)?,
            taken_at: row.try_get(8)?,
            ended_on: row.try_get(9)?,
        };
        Ok((instruction, text(row, 10)?))
    })
    .collect()
}

/// Ends the version in force and adds the next.
///
/// # Errors
/// What the schema refuses.
pub async fn sign(connection: &mut Connection, row: &InstructionRow) -> Result<(), StoreError> {
    end_instruction(connection, &row.signed_on).await?;
    sqlx::query(
        "INSERT INTO sync_instruction (version, given_as, signed_on, signed_at, signed_by, address, processor, signing_key, terms)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )
    .bind(row.version)
    .bind(row.given_as)
    .bind(&row.signed_on)
    .bind(&row.signed_at)
    .bind(row.signed_by.to_string())
    .bind(&row.address)
    .bind(&row.processor)
    .bind(&row.signing_key)
    .bind(&row.terms)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the version in force.
///
/// # Errors
/// What SQLite refuses.
pub async fn end_instruction(connection: &mut Connection, on: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_instruction SET ended_on = ? WHERE ended_on IS NULL").bind(on).execute(connection).await?;
    Ok(())
}

/// Notes that the portal took a version.
///
/// # Errors
/// What SQLite refuses.
pub async fn taken(connection: &mut Connection, version: i64, at: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_instruction SET taken_at = ? WHERE version = ? AND taken_at IS NULL AND ended_on IS NULL")
        .bind(at)
        .bind(version)
        .execute(connection)
        .await?;
    Ok(())
}

/// From here on the triggers mark what concerns these practitioners, and nothing else.
///
/// # Errors
/// What SQLite refuses.
pub async fn cover(connection: &mut Connection, practitioners: &[PractitionerId]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sync_covered").execute(&mut *connection).await?;
    for id in practitioners {
        sqlx::query("INSERT OR IGNORE INTO sync_covered (practitioner_id) VALUES (?)")
            .bind(id.to_string())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// The practitioners whom the instruction in force covers.
///
/// # Errors
/// What SQLite refuses.
pub async fn covered(connection: &mut Connection) -> Result<Vec<PractitionerId>, StoreError> {
    sqlx::query("SELECT practitioner_id FROM sync_covered ORDER BY practitioner_id")
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row| parsed(row, 0))
        .collect()
}

/// A confirmation of the portal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ConfirmationRow {
    /// The request that it confirms.
    pub id: String,
    /// `erasure`, `destruction`.
    pub kind: String,
    /// UTC instant.
    pub received_at: String,
    /// Its words, to the letter.
    pub statement: String,
    /// Signature, base 64.
    pub signature: String,
    /// The key it was checked with, base 64.
    pub signing_key: String,
}

/// Keeps a confirmation; the same again changes nothing.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep_confirmation(connection: &mut Connection, row: &ConfirmationRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR IGNORE INTO sync_confirmation (id, kind, received_at, statement, signature, signing_key)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(&row.id)
    .bind(&row.kind)
    .bind(&row.received_at)
    .bind(&row.statement)
    .bind(&row.signature)
    .bind(&row.signing_key)
    .execute(connection)
    .await?;
    Ok(())
}

/// Confirmations, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn confirmations(connection: &mut Connection) -> Result<Vec<ConfirmationRow>, StoreError> {
    sqlx::query(
        "SELECT id, kind, received_at, statement, signature, signing_key FROM sync_confirmation
          ORDER BY received_at DESC, id DESC",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(ConfirmationRow {
            id: text(row, 0)?,
            kind: text(row, 1)?,
            received_at: text(row, 2)?,
            statement: text(row, 3)?,
            signature: text(row, 4)?,
            signing_key: text(row, 5)?,
        })
    })
    .collect()
}
