//! What must be erased at the portal until it is confirmed, and what was erased there and may be told again.

use domain::id::{AppointmentId, PatientId};

use super::row::{json_ids, parsed, text};
use super::{Connection, StoreError};

/// Appointments of a person that the portal holds.
///
/// # Errors
/// What SQLite refuses.
pub async fn held_of(connection: &mut Connection, persons: &[PatientId]) -> Result<Vec<AppointmentId>, StoreError> {
    sqlx::query(
        "SELECT k.id FROM appointment a JOIN sync_known k ON k.kind = 'appointment' AND k.id = a.id AND k.version >= 0
          WHERE a.patient_id IN (SELECT value FROM json_each(?)) ORDER BY k.id",
    )
    .bind(json_ids(persons))
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| parsed(row, 0))
    .collect()
}

/// Whether the portal holds, or held, anything of a person.
///
/// # Errors
/// What SQLite refuses.
pub async fn was_there(connection: &mut Connection, persons: &[PatientId]) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(
        "SELECT EXISTS (SELECT 1 FROM appointment a JOIN sync_known k ON k.kind = 'appointment' AND k.id = a.id
           WHERE a.patient_id IN (SELECT value FROM json_each(?)))",
    )
    .bind(json_ids(persons))
    .fetch_one(connection)
    .await?
        != 0)
}

/// Notes what has to be erased at the portal for a subject.
///
/// # Errors
/// What SQLite refuses.
pub async fn to_erase(
    connection: &mut Connection,
    subject: &str,
    (appointments, contacts): (&[AppointmentId], &[String]),
) -> Result<(), StoreError> {
    let named = appointments.iter().map(|id| ("appointment", id.to_string()));
    let all = named.chain(contacts.iter().map(|contact| ("contact", contact.clone())));
    for (kind, value) in all.filter(|(_, value)| !value.is_empty()) {
        sqlx::query("INSERT OR IGNORE INTO sync_erasure (subject, kind, value) VALUES (?, ?, ?)")
            .bind(subject)
            .bind(kind)
            .bind(value)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

/// What has to be erased for one subject.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erasing {
    /// The subject: a person's id, or an appointment's that had nobody.
    pub subject: String,
    /// The number under which it is asked, where it was asked before.
    pub request_id: String,
    /// Names of appointments.
    pub appointments: Vec<String>,
    /// Phones and e-mail addresses.
    pub contacts: Vec<String>,
}

/// Everything that has to be erased at the portal, by subject and by the number under which it was asked.
///
/// # Errors
/// What SQLite refuses.
pub async fn erasing(connection: &mut Connection) -> Result<Vec<Erasing>, StoreError> {
    let rows = sqlx::query(
        "SELECT subject, kind, value, request_id FROM sync_erasure ORDER BY subject, request_id, kind, value",
    )
    .fetch_all(connection)
    .await?;
    let mut all: Vec<Erasing> = Vec::new();
    for row in &rows {
        let (subject, request_id) = (text(row, 0)?, text(row, 3)?);
        if all.last().is_none_or(|last| last.subject != subject || last.request_id != request_id) {
            all.push(Erasing { subject, request_id, ..Erasing::default() });
        }
        let Some(last) = all.last_mut() else { continue };
        match text(row, 1)?.as_str() {
            "appointment" => last.appointments.push(text(row, 2)?),
            _ => last.contacts.push(text(row, 2)?),
        }
    }
    Ok(all)
}

/// Keeps the number under which the erasure of what was not asked before is asked.
///
/// # Errors
/// What SQLite refuses.
pub async fn ask_erasure(connection: &mut Connection, subject: &str, request: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_erasure SET request_id = ? WHERE subject = ? AND request_id = ''")
        .bind(request)
        .bind(subject)
        .execute(connection)
        .await?;
    Ok(())
}

/// Takes what was erased and confirmed out, and notes that the names are gone for good: a portal that comes back from an older copy may
/// show them again.
///
/// # Errors
/// What SQLite refuses.
pub async fn erased(connection: &mut Connection, erasing: &Erasing) -> Result<(), StoreError> {
    for (kind, values) in [("appointment", &erasing.appointments), ("contact", &erasing.contacts)] {
        sqlx::query(
            "DELETE FROM sync_erasure WHERE subject = ?1 AND kind = ?2 AND value IN (SELECT value FROM json_each(?3))",
        )
        .bind(&erasing.subject)
        .bind(kind)
        .bind(json_ids(values))
        .execute(&mut *connection)
        .await?;
    }
    sqlx::query(
        "UPDATE sync_known SET version = -1, digest = '', starts = NULL, minutes = NULL, told_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now')
          WHERE kind = 'appointment' AND id IN (SELECT value FROM json_each(?))",
    )
    .bind(json_ids(&erasing.appointments))
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the number from what is left of an erasure, so that it is asked under another one.
///
/// # Errors
/// What SQLite refuses.
pub async fn unask(connection: &mut Connection, subject: &str, request: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_erasure SET request_id = '' WHERE subject = ? AND request_id = ?")
        .bind(subject)
        .bind(request)
        .execute(connection)
        .await?;
    Ok(())
}

/// Notes that what was erased of some persons, from a day on, may be told again.
///
/// # Errors
/// What SQLite refuses.
pub async fn to_readmit(connection: &mut Connection, persons: &[PatientId], from_day: i64) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR IGNORE INTO sync_readmit (id)
         SELECT k.id FROM sync_known k JOIN appointment a ON a.id = k.id
          WHERE k.kind = 'appointment' AND k.version = -1 AND a.starts >= ?2 * 1440
            AND a.patient_id IN (SELECT value FROM json_each(?1))",
    )
    .bind(json_ids(persons))
    .bind(from_day)
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes the same of one appointment.
///
/// # Errors
/// What SQLite refuses.
pub async fn to_readmit_one(connection: &mut Connection, id: AppointmentId) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT OR IGNORE INTO sync_readmit (id)
         SELECT id FROM sync_known WHERE kind = 'appointment' AND version = -1 AND id = ?",
    )
    .bind(id.to_string())
    .execute(connection)
    .await?;
    Ok(())
}

/// What was erased there and may be told again.
///
/// # Errors
/// What SQLite refuses.
pub async fn readmitting(connection: &mut Connection) -> Result<Vec<String>, StoreError> {
    Ok(sqlx::query_scalar("SELECT id FROM sync_readmit ORDER BY id").fetch_all(connection).await?)
}

/// The portal takes `names` again, as if nothing of them had ever been there; `all` are settled.
///
/// # Errors
/// What SQLite refuses.
pub async fn readmitted(connection: &mut Connection, names: &[String], all: &[String]) -> Result<(), StoreError> {
    for (sql, ids) in [
        (
            "DELETE FROM sync_known WHERE kind = 'appointment' AND version = -1 AND id IN (SELECT value FROM json_each(?))",
            names,
        ),
        ("DELETE FROM sync_readmit WHERE id IN (SELECT value FROM json_each(?))", all),
    ] {
        sqlx::query(sql).bind(json_ids(ids)).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Whether an erasure or a destruction was confirmed under a number.
///
/// # Errors
/// What SQLite refuses.
pub async fn is_confirmed(connection: &mut Connection, request: &str) -> Result<bool, StoreError> {
    let found: i64 = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM sync_confirmation WHERE id = ?)")
        .bind(request)
        .fetch_one(connection)
        .await?;
    Ok(found != 0)
}
