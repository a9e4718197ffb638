//! Opening hours and absences.

use domain::agenda::hours::{Absence as AbsenceRule, OpeningHours, Weeks};
use domain::id::{AbsenceId, HoursId, PractitionerId};
use domain::time::{WallTime, from_day_number};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;

use super::row::{number, parsed, text};
use super::{Connection, StoreError};

/// A line of a weekly template.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hours {
    /// Identifier.
    pub id: HoursId,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// 1 Monday to 7 Sunday.
    pub weekday: i64,
    /// Minute of the day.
    pub from_minute: i64,
    /// Minute of the day.
    pub to_minute: i64,
    /// First day, as a day number.
    pub valid_from: Option<i64>,
    /// Last day, as a day number.
    pub valid_until: Option<i64>,
    /// `every`, `odd`, `even`.
    pub weeks: String,
}

impl Hours {
    /// The rule this row states.
    ///
    /// # Errors
    /// [`StoreError::BadValue`] where the row is not of its type.
    pub fn rule(&self) -> Result<OpeningHours, StoreError> {
        let minute = |value: i64| u16::try_from(value).map_err(|_| StoreError::BadValue);
        Ok(OpeningHours {
            weekday: u8::try_from(self.weekday - 1)
                .ok()
                .and_then(|day| chrono::Weekday::try_from(day).ok())
                .ok_or(StoreError::BadValue)?,
            from: minute(self.from_minute)?,
            to: minute(self.to_minute)?,
            valid_from: self.valid_from.map(from_day_number),
            valid_until: self.valid_until.map(from_day_number),
            weeks: self.weeks.parse::<Weeks>().map_err(|_| StoreError::BadValue)?,
        })
    }
}

/// An absence's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Absence {
    /// Identifier.
    pub id: AbsenceId,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// Wall minute.
    pub starts: i64,
    /// Wall minute.
    pub ends: i64,
    /// Why.
    pub label: String,
    /// Identifier in the software it was taken over from.
    pub external_uid: Option<String>,
    /// Taken back.
    pub deleted: bool,
}

impl Absence {
    /// The rule this row states.
    #[must_use]
    pub fn rule(&self) -> AbsenceRule {
        AbsenceRule { from: WallTime::from_minutes(self.starts), to: WallTime::from_minutes(self.ends) }
    }
}

fn read_absence(row: &SqliteRow) -> Result<Absence, StoreError> {
    Ok(Absence {
        id: parsed(row, 0)?,
        practitioner_id: parsed(row, 1)?,
        starts: number(row, 2)?,
        ends: number(row, 3)?,
        label: text(row, 4)?,
        external_uid: super::row::parsed_option(row, 5)?,
        deleted: super::row::flag(row, 6)?,
    })
}

/// The weekly templates of all practitioners, or of one.
///
/// # Errors
/// What SQLite refuses.
pub async fn hours(connection: &mut Connection, of: Option<PractitionerId>) -> Result<Vec<Hours>, StoreError> {
    let json: String = sqlx::query_scalar(sqlx::AssertSqlSafe(format!("SELECT {HOURS_OF_FIRST}")))
        .bind(of.map(|id| id.to_string()))
        .fetch_one(connection)
        .await?;
    folded(&json)
}

/// The weekly template of the practitioner that is the statement's first parameter (NULL: of all), folded into one text:
/// see `days`.
pub(super) const HOURS_OF_FIRST: &str =
    "(SELECT json_group_array(json_object('id', id, 'practitioner_id', practitioner_id, 'weekday', weekday,
             'from_minute', from_minute, 'to_minute', to_minute, 'valid_from', valid_from, 'valid_until', valid_until,
             'weeks', weeks))
        FROM (SELECT * FROM opening_hours WHERE ?1 IS NULL OR practitioner_id = ?1
               ORDER BY practitioner_id, weekday, from_minute, id))";

/// Lines from their folded text.
pub(super) fn folded(json: &str) -> Result<Vec<Hours>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::BadValue)
}

/// Replaces the lines of some weekdays.
///
/// # Errors
/// What SQLite refuses.
pub async fn replace_hours(
    connection: &mut Connection,
    of: PractitionerId,
    weekdays: &[u32],
    lines: &[Hours],
) -> Result<(), StoreError> {
    for weekday in weekdays {
        sqlx::query("DELETE FROM opening_hours WHERE practitioner_id = ? AND weekday = ?")
            .bind(of.to_string())
            .bind(weekday)
            .execute(&mut *connection)
            .await?;
    }
    for line in lines {
        sqlx::query(
            "INSERT INTO opening_hours
                (id, practitioner_id, weekday, from_minute, to_minute, valid_from, valid_until, weeks)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(line.id.to_string())
        .bind(line.practitioner_id.to_string())
        .bind(line.weekday)
        .bind(line.from_minute)
        .bind(line.to_minute)
        .bind(line.valid_from)
        .bind(line.valid_until)
        .bind(&line.weeks)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Absences that touch a span of wall minutes, of all practitioners or of one.
///
/// # Errors
/// What SQLite refuses.
pub async fn absences(
    connection: &mut Connection,
    of: Option<PractitionerId>,
    from: i64,
    to: i64,
) -> Result<Vec<Absence>, StoreError> {
    sqlx::query(
        "SELECT id, practitioner_id, starts, ends, label, external_uid, deleted FROM absence
          WHERE deleted = 0 AND ends > ?2 AND starts < ?3 AND (?1 IS NULL OR practitioner_id = ?1)
          ORDER BY practitioner_id, starts, id",
    )
    .bind(of.map(|id| id.to_string()))
    .bind(from)
    .bind(to)
    .fetch_all(connection)
    .await?
    .iter()
    .map(read_absence)
    .collect()
}

/// One absence.
///
/// # Errors
/// What SQLite refuses.
pub async fn absence(connection: &mut Connection, id: AbsenceId) -> Result<Option<Absence>, StoreError> {
    sqlx::query("SELECT id, practitioner_id, starts, ends, label, external_uid, deleted FROM absence WHERE id = ?")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_absence(&row))
        .transpose()
}

/// An absence by the identifier it had in the software it was taken over from.
///
/// # Errors
/// What SQLite refuses.
pub async fn absence_by_uid(
    connection: &mut Connection,
    of: PractitionerId,
    uid: &str,
    starts: i64,
) -> Result<Option<Absence>, StoreError> {
    sqlx::query(
        "SELECT id, practitioner_id, starts, ends, label, external_uid, deleted FROM absence
          WHERE practitioner_id = ? AND external_uid = ? AND starts = ?",
    )
    .bind(of.to_string())
    .bind(uid)
    .bind(starts)
    .fetch_optional(connection)
    .await?
    .map(|row| read_absence(&row))
    .transpose()
}

/// Adds or changes an absence.
///
/// # Errors
/// What SQLite refuses.
pub async fn save_absence(connection: &mut Connection, absence: &Absence) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO absence (id, practitioner_id, starts, ends, label, external_uid, deleted) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET starts = excluded.starts, ends = excluded.ends, label = excluded.label,
             deleted = excluded.deleted",
    )
    .bind(absence.id.to_string())
    .bind(absence.practitioner_id.to_string())
    .bind(absence.starts)
    .bind(absence.ends)
    .bind(&absence.label)
    .bind(&absence.external_uid)
    .bind(absence.deleted)
    .execute(connection)
    .await?;
    Ok(())
}
