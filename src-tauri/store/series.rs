//! Series and their sessions; what of a change of many appointments at once needs SQL of its own.

use domain::agenda::overlap::Span;
use domain::agenda::provider_time::Part;
use domain::agenda::series::{SeriesRule, SeriesUnit};
use domain::id::{AppointmentId, PatientId, PractitionerId, ResourceKindId, SeriesId, SiteId, TypeId};
use serde::{Deserialize, Serialize};
use sqlx::AssertSqlSafe;
use sqlx::sqlite::SqliteRow;

use super::agenda::ACTIVE;
use super::row::{json_ids, json_text, number, parsed};
use super::{Connection, StoreError};

/// A series' row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Identifier.
    pub id: SeriesId,
    /// Who.
    pub patient_id: PatientId,
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Type.
    pub type_id: TypeId,
    /// Minutes of each session.
    pub minutes: i64,
    /// What the interval counts.
    pub unit: SeriesUnit,
    /// Interval, at least.
    pub at_least: i64,
    /// And at most.
    pub at_most: i64,
    /// How many sessions.
    pub sessions: i64,
    /// Wall minute of the first.
    pub first: i64,
    /// Those that were booked, by number.
    pub booked: Vec<SeriesSession>,
}

/// A session that was booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesSession {
    /// Number, from 1.
    pub number: i64,
    /// Its appointment.
    pub appointment_id: AppointmentId,
    /// Wall minute at which the rule put it.
    pub planned: i64,
}

impl Series {
    /// The rule this row states.
    #[must_use]
    pub fn rule(&self) -> SeriesRule {
        SeriesRule {
            unit: self.unit,
            at_least: self.at_least,
            at_most: self.at_most,
            sessions: self.sessions,
            first: self.first,
        }
    }

    /// The same series under another rule.
    #[must_use]
    pub fn under(self, rule: SeriesRule) -> Self {
        Self {
            unit: rule.unit,
            at_least: rule.at_least,
            at_most: rule.at_most,
            sessions: rule.sessions,
            first: rule.first,
            ..self
        }
    }
}

fn read(row: &SqliteRow) -> Result<Series, StoreError> {
    Ok(Series {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        practitioner_id: parsed(row, 2)?,
        type_id: parsed(row, 3)?,
        minutes: number(row, 4)?,
        unit: parsed(row, 5)?,
        at_least: number(row, 6)?,
        at_most: number(row, 7)?,
        sessions: number(row, 8)?,
        first: number(row, 9)?,
        booked: Vec::new(),
    })
}

/// A series, whole.
///
/// # Errors
/// What SQLite refuses.
pub async fn series(connection: &mut Connection, id: SeriesId) -> Result<Option<Series>, StoreError> {
    let row = sqlx::query(
        "SELECT id, patient_id, practitioner_id, type_id, minutes, unit, at_least, at_most, sessions, first
           FROM series WHERE id = ?",
    )
    .bind(id.to_string())
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let mut series = read(&row)?;
    series.booked =
        sqlx::query("SELECT number, appointment_id, planned FROM series_session WHERE series_id = ? ORDER BY number")
            .bind(id.to_string())
            .fetch_all(connection)
            .await?
            .iter()
            .map(|row| {
                Ok(SeriesSession { number: number(row, 0)?, appointment_id: parsed(row, 1)?, planned: number(row, 2)? })
            })
            .collect::<Result<_, StoreError>>()?;
    Ok(Some(series))
}

/// The series and the number of an appointment in it.
///
/// # Errors
/// What SQLite refuses.
pub async fn place_of(
    connection: &mut Connection,
    appointment: AppointmentId,
) -> Result<Option<(SeriesId, i64)>, StoreError> {
    sqlx::query("SELECT series_id, number FROM series_session WHERE appointment_id = ?")
        .bind(appointment.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| Ok((parsed(&row, 0)?, number(&row, 1)?)))
        .transpose()
}

/// Adds or changes a series with its sessions. One that gives sessions away is saved before the one that takes them.
///
/// # Errors
/// What SQLite refuses.
pub async fn save(connection: &mut Connection, series: &Series) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO series (id, patient_id, practitioner_id, type_id, minutes, unit, at_least, at_most, sessions, first)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET practitioner_id = excluded.practitioner_id, type_id = excluded.type_id,
             minutes = excluded.minutes, unit = excluded.unit, at_least = excluded.at_least, at_most = excluded.at_most,
             sessions = excluded.sessions, first = excluded.first",
    )
    .bind(series.id.to_string())
    .bind(series.patient_id.to_string())
    .bind(series.practitioner_id.to_string())
    .bind(series.type_id.to_string())
    .bind(series.minutes)
    .bind(series.unit.as_str())
    .bind(series.at_least)
    .bind(series.at_most)
    .bind(series.sessions)
    .bind(series.first)
    .execute(&mut *connection)
    .await?;
    forget_sessions(connection, series.id).await?;
    for session in &series.booked {
        sqlx::query("INSERT INTO series_session (series_id, number, appointment_id, planned) VALUES (?, ?, ?, ?)")
            .bind(series.id.to_string())
            .bind(session.number)
            .bind(session.appointment_id.to_string())
            .bind(session.planned)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

async fn forget_sessions(connection: &mut Connection, id: SeriesId) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM series_session WHERE series_id = ?").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Removes a series that was just made; its appointments stay.
///
/// # Errors
/// What SQLite refuses.
pub async fn remove(connection: &mut Connection, id: SeriesId) -> Result<(), StoreError> {
    forget_sessions(connection, id).await?;
    sqlx::query("DELETE FROM series WHERE id = ?").bind(id.to_string()).execute(connection).await?;
    Ok(())
}

/// Whether a practitioner is taken in a span by others than these appointments.
///
/// # Errors
/// What SQLite refuses.
pub async fn taken(
    connection: &mut Connection,
    practitioner: PractitionerId,
    span: Span,
    parts: &[Part],
    except: &[AppointmentId],
) -> Result<bool, StoreError> {
    // As the schema's trigger has it: only the parts that need the practitioner are in anybody's way.
    Ok(sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM appointment a
            WHERE a.practitioner_id = ?1 AND a.starts > ?2 - 1440 AND a.starts < ?2 + ?3 AND a.starts + a.minutes > ?2
              AND a.status IN {ACTIVE} AND a.id NOT IN (SELECT value FROM json_each(?4))
              AND ((a.provider_parts = '' AND ?5 = '') OR EXISTS (
                SELECT 1 FROM json_each(iif(?5 = '', json_array(json_array(0, ?3)), ?5)) mine,
                              json_each(iif(a.provider_parts = '', json_array(json_array(0, a.minutes)), a.provider_parts)) other
                 WHERE ?2 + (mine.value ->> 0) < a.starts + (other.value ->> 0) + (other.value ->> 1)
                   AND a.starts + (other.value ->> 0) < ?2 + (mine.value ->> 0) + (mine.value ->> 1))))"
    )))
    .bind(practitioner.to_string())
    .bind(span.start)
    .bind(span.minutes)
    .bind(json_ids(except))
    .bind(json_text(parts)?)
    .fetch_one(connection)
    .await?
        != 0)
}

/// Whether a patient has, in a span, other active appointments than these.
///
/// # Errors
/// What SQLite refuses.
pub async fn patient_taken(
    connection: &mut Connection,
    patient: PatientId,
    starts: i64,
    minutes: i64,
    except: &[AppointmentId],
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(AssertSqlSafe(format!(
        "SELECT EXISTS (SELECT 1 FROM appointment WHERE patient_id = ?1 AND day BETWEEN ?5 - 1 AND ?6 AND starts < ?2 + ?3
            AND starts + minutes > ?2 AND status IN {ACTIVE} AND id NOT IN (SELECT value FROM json_each(?4)))"
    )))
    .bind(patient.to_string())
    .bind(starts)
    .bind(minutes)
    .bind(json_ids(except))
    .bind(starts.div_euclid(1440))
    .bind((starts + minutes).div_euclid(1440))
    .fetch_one(connection)
    .await?
        != 0)
}

/// Whether a site has a resource of a kind that nothing but these appointments holds in a span.
///
/// # Errors
/// What SQLite refuses.
pub async fn resource_free(
    connection: &mut Connection,
    kind: ResourceKindId,
    site: SiteId,
    span: Span,
    except: &[AppointmentId],
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>(
        "SELECT EXISTS (SELECT 1 FROM resource r WHERE r.kind_id = ?1 AND r.site_id = ?2 AND r.active = 1 AND NOT EXISTS (
             SELECT 1 FROM resource_hold h WHERE h.resource_id = r.id AND h.starts > ?3 - 1440 AND h.starts < ?4
                AND h.starts + h.minutes > ?3 AND h.appointment_id NOT IN (SELECT value FROM json_each(?5))))",
    )
    .bind(kind.to_string())
    .bind(site.to_string())
    .bind(span.start)
    .bind(span.end())
    .bind(json_ids(except))
    .fetch_one(connection)
    .await?
        != 0)
}

/// Far enough from every agenda: about 2,700 years.
const ASIDE: i64 = 1_000_000;

/// Takes timed appointments out of everybody's way for the rest of a transaction that gives each of them its place again:
/// else one that moves to where another leaves from would be refused.
///
/// # Errors
/// What SQLite refuses.
pub async fn set_aside(connection: &mut Connection, of: &[AppointmentId]) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE appointment SET starts = starts + ?2 * 1440, day = day + ?2
          WHERE starts IS NOT NULL AND id IN (SELECT value FROM json_each(?1))",
    )
    .bind(json_ids(of))
    .bind(ASIDE)
    .execute(connection)
    .await?;
    Ok(())
}
