//! What came from the portal: requests of persons, notices for whoever looks at the agenda, wishes of the waiting list.

use domain::id::{AppointmentId, DataRequestId, PatientId, PractitionerId, WaitingEntryId};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

use super::row::{flag, number, number_option, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// A request of a person that came by the portal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RightRow {
    /// The portal's number of it.
    pub id: String,
    /// The request in the register.
    pub request_id: DataRequestId,
    /// What is asked.
    pub kind: String,
    /// UTC instant.
    pub received_at: String,
    /// UTC instant at which the portal was told the answer.
    pub answered_at: Option<String>,
    /// How it ended in the register.
    pub outcome: Option<String>,
}

/// Requests that came by the portal, the newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn rights(connection: &mut Connection) -> Result<Vec<RightRow>, StoreError> {
    sqlx::query(
        "SELECT s.id, s.request_id, s.kind, s.received_at, s.answered_at, r.outcome FROM sync_right s
           JOIN data_request r ON r.id = s.request_id ORDER BY s.received_at DESC, s.id DESC LIMIT 500",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| {
        Ok(RightRow {
            id: text(row, 0)?,
            request_id: parsed(row, 1)?,
            kind: text(row, 2)?,
            received_at: text(row, 3)?,
            answered_at: row.try_get(4)?,
            outcome: row.try_get(5)?,
        })
    })
    .collect()
}

/// Whether a request came in before.
///
/// # Errors
/// What SQLite refuses.
pub async fn knows_right(connection: &mut Connection, id: &str) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>("SELECT EXISTS (SELECT 1 FROM sync_right WHERE id = ?)")
        .bind(id)
        .fetch_one(connection)
        .await?
        != 0)
}

/// Keeps a request that came in, or that its answer was told.
///
/// # Errors
/// What SQLite refuses.
pub async fn keep_right(connection: &mut Connection, row: &RightRow) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_right (id, request_id, kind, received_at, answered_at) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET answered_at = excluded.answered_at",
    )
    .bind(&row.id)
    .bind(row.request_id.to_string())
    .bind(&row.kind)
    .bind(&row.received_at)
    .bind(&row.answered_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Something that came from the portal and is worth a look.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Number.
    pub id: i64,
    /// What.
    pub kind: String,
    /// UTC instant.
    pub received_at: String,
    /// The appointment.
    pub appointment_id: Option<AppointmentId>,
    /// The person.
    pub patient_id: Option<PatientId>,
    /// With whom.
    pub practitioner_id: PractitionerId,
    /// Wall minute.
    pub starts: Option<i64>,
    /// Whether somebody has looked at it.
    pub seen: bool,
    /// Surname and first name.
    pub patient: (String, String),
    /// The practitioner's name.
    pub practitioner: String,
}

fn read_notice(row: &SqliteRow) -> Result<Notice, StoreError> {
    Ok(Notice {
        id: number(row, 0)?,
        kind: text(row, 1)?,
        received_at: text(row, 2)?,
        appointment_id: parsed_option(row, 3)?,
        patient_id: parsed_option(row, 4)?,
        practitioner_id: parsed(row, 5)?,
        starts: number_option(row, 6)?,
        seen: flag(row, 7)?,
        patient: (text(row, 8)?, text(row, 9)?),
        practitioner: text(row, 10)?,
    })
}

/// Notes something that came in.
///
/// # Errors
/// What SQLite refuses.
pub async fn notice(
    connection: &mut Connection,
    (kind, at): (&str, &str),
    (appointment, patient): (Option<AppointmentId>, Option<PatientId>),
    (practitioner, starts): (PractitionerId, Option<i64>),
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sync_notice (kind, received_at, appointment_id, patient_id, practitioner_id, starts)
         VALUES (?, ?, ?, ?, ?, ?)",
    )
    .bind(kind)
    .bind(at)
    .bind(appointment.map(|id| id.to_string()))
    .bind(patient.map(|id| id.to_string()))
    .bind(practitioner.to_string())
    .bind(starts)
    .execute(connection)
    .await?;
    Ok(())
}

/// What came in: what nobody looked at first, then the newest; at most 200.
///
/// # Errors
/// What SQLite refuses.
pub async fn notices(connection: &mut Connection) -> Result<Vec<Notice>, StoreError> {
    sqlx::query(
        "SELECT n.id, n.kind, n.received_at, n.appointment_id, n.patient_id, n.practitioner_id, n.starts, n.seen,
            coalesce(p.surname, ''), coalesce(p.first_name, ''), q.name
           FROM sync_notice n JOIN practitioner q ON q.id = n.practitioner_id LEFT JOIN patient p ON p.id = n.patient_id
          ORDER BY n.seen, n.id DESC LIMIT 200",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_notice)
    .collect()
}

/// Marks one as looked at; false where there is none.
///
/// # Errors
/// What SQLite refuses.
pub async fn see_notice(connection: &mut Connection, id: i64) -> Result<bool, StoreError> {
    let done = sqlx::query("UPDATE sync_notice SET seen = 1 WHERE id = ?").bind(id).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

/// Marks the request of an appointment as answered.
///
/// # Errors
/// What SQLite refuses.
pub async fn see_request(connection: &mut Connection, id: AppointmentId) -> Result<(), StoreError> {
    sqlx::query("UPDATE sync_notice SET seen = 1 WHERE appointment_id = ? AND kind = 'request'")
        .bind(id.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// The waiting entry that came by the portal under a name, if any.
///
/// # Errors
/// What SQLite refuses.
pub async fn waiting(connection: &mut Connection, id: &str) -> Result<Option<WaitingEntryId>, StoreError> {
    sqlx::query("SELECT entry_id FROM sync_waiting WHERE id = ?")
        .bind(id)
        .fetch_optional(connection)
        .await?
        .map(|row| parsed(&row, 0))
        .transpose()
}

/// Names a waiting entry as the portal does.
///
/// # Errors
/// What SQLite refuses.
pub async fn name_waiting(connection: &mut Connection, id: &str, entry: WaitingEntryId) -> Result<(), StoreError> {
    sqlx::query("INSERT OR IGNORE INTO sync_waiting (id, entry_id) VALUES (?, ?)")
        .bind(id)
        .bind(entry.to_string())
        .execute(connection)
        .await?;
    Ok(())
}

/// Wishes that came by the portal, are settled here, and are not known to be settled there: name, whose.
///
/// # Errors
/// What SQLite refuses.
pub async fn settled_wishes(connection: &mut Connection) -> Result<Vec<(String, PractitionerId)>, StoreError> {
    sqlx::query(
        "SELECT w.id, coalesce(e.practitioners ->> 0, (SELECT practitioner_id FROM sync_covered ORDER BY 1 LIMIT 1)) FROM sync_waiting w
           JOIN waiting_entry e ON e.id = w.entry_id AND e.closed IS NOT NULL
          WHERE NOT EXISTS (SELECT 1 FROM sync_known k WHERE k.kind = 'appointment' AND k.id = w.id AND k.digest = 'settled')",
    )
    .fetch_all(connection)
    .await?
    .iter()
    .map(|row| Ok((text(row, 0)?, parsed(row, 1)?)))
    .collect()
}
