//! The waiting room's own rows: the places that the desk gave by hand.

use std::collections::HashMap;

use domain::id::AppointmentId;
use sqlx::sqlite::SqliteRow;

use super::row::{number, parsed};
use super::{Connection, StoreError};

/// The places given by hand on a day.
///
/// # Errors
/// What SQLite refuses.
pub async fn turns(connection: &mut Connection, day: i64) -> Result<HashMap<AppointmentId, i64>, StoreError> {
    sqlx::query("SELECT appointment_id, turn FROM queue_turn WHERE day = ?")
        .bind(day)
        .fetch_all(connection)
        .await?
        .iter()
        .map(|row: &SqliteRow| Ok((parsed(row, 0)?, number(row, 1)?)))
        .collect()
}

/// Gives a place by hand, or takes it away.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_turn(
    connection: &mut Connection,
    day: i64,
    appointment: AppointmentId,
    turn: Option<i64>,
) -> Result<(), StoreError> {
    match turn {
        Some(turn) => {
            sqlx::query(
                "INSERT INTO queue_turn (day, appointment_id, turn) VALUES (?, ?, ?)
                 ON CONFLICT DO UPDATE SET turn = excluded.turn",
            )
            .bind(day)
            .bind(appointment.to_string())
            .bind(turn)
            .execute(connection)
            .await?;
        }
        None => {
            sqlx::query("DELETE FROM queue_turn WHERE day = ? AND appointment_id = ?")
                .bind(day)
                .bind(appointment.to_string())
                .execute(connection)
                .await?;
        }
    }
    Ok(())
}
