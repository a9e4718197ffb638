//! Beside the weekly template and the absences: openings of single dates, blocks, locums, what the practice changes of
//! the holidays, school holidays; and all the rules of some days read at once.

use std::collections::HashMap;

use domain::agenda::blocks::{Block as BlockRule, BlockKind, Release};
use domain::agenda::day::{LocumDates, OneOffOpening};
use domain::agenda::hours::{OpeningHours, Weeks};
use domain::id::{BlockId, LocumId, OpeningId, PractitionerId, SchoolHolidayId, TypeId};
use domain::time::from_day_number;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::opening::Absence;
use super::{Connection, StoreError};

/// An opening's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Identifier.
    pub id: OpeningId,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// Day number.
    pub day: i64,
    /// Minute of the day.
    pub from_minute: i64,
    /// Minute of the day.
    pub to_minute: i64,
    /// Why, for the desk.
    pub label: String,
    /// Taken back.
    pub deleted: bool,
}

/// A block's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// Identifier.
    pub id: BlockId,
    /// Whose.
    pub practitioner_id: PractitionerId,
    /// What for.
    pub kind: BlockKind,
    /// Bit 0 Monday to bit 6 Sunday.
    pub weekdays: i64,
    /// Minute of the day.
    pub from_minute: i64,
    /// Minute of the day.
    pub to_minute: i64,
    /// First day, as a day number.
    pub valid_from: Option<i64>,
    /// Last day, as a day number.
    pub valid_until: Option<i64>,
    /// In which weeks.
    pub weeks: Weeks,
    /// Released so many days before.
    pub release_days: Option<i64>,
    /// At this minute of that day.
    pub release_minute: Option<i64>,
    /// Whose time it is.
    pub types: Vec<TypeId>,
    /// Its name, for the desk.
    pub label: String,
    /// Taken back.
    pub deleted: bool,
}

/// A locum's row.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Locum {
    /// Identifier.
    pub id: LocumId,
    /// Who is replaced.
    pub practitioner_id: PractitionerId,
    /// Who stands in.
    pub name: String,
    /// Their professional number.
    pub number: String,
    /// First day, as a day number.
    pub first_day: i64,
    /// Last day, as a day number.
    pub last_day: i64,
    /// Taken back.
    pub deleted: bool,
}

/// What the practice says of a date; an empty state: what the calendar says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HolidayChange {
    /// Day number.
    pub day: i64,
    /// `closed`, `open`, `nothing`.
    pub state: String,
    /// Which holiday, where it is one that the calendar knows.
    pub holiday: String,
    /// Its name, where it is the practice's own.
    pub label: String,
}

/// A period of school holidays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SchoolHoliday {
    /// Identifier.
    pub id: SchoolHolidayId,
    /// Zone, such as `A`.
    pub zone: String,
    /// Name.
    pub label: String,
    /// First day, as a day number.
    pub first_day: i64,
    /// Last day, as a day number.
    pub last_day: i64,
    /// Taken back.
    pub deleted: bool,
}

fn minute(value: i64) -> Result<u16, StoreError> {
    u16::try_from(value).map_err(|_| StoreError::BadValue)
}

impl Opening {
    /// The rule this row states.
    ///
    /// # Errors
    /// [`StoreError::BadValue`] where the row is not of its type.
    pub fn rule(&self) -> Result<OneOffOpening, StoreError> {
        Ok(OneOffOpening {
            date: from_day_number(self.day),
            from: minute(self.from_minute)?,
            to: minute(self.to_minute)?,
        })
    }
}

impl Block {
    /// The rule this row states.
    ///
    /// # Errors
    /// [`StoreError::BadValue`] where the row is not of its type.
    pub fn rule(&self) -> Result<BlockRule, StoreError> {
        let release = match self.release_days.zip(self.release_minute) {
            Some((days, at)) => Some(Release { days_before: minute(days)?, minute: minute(at)? }),
            None => None,
        };
        Ok(BlockRule {
            weekdays: u8::try_from(self.weekdays).map_err(|_| StoreError::BadValue)?,
            from: minute(self.from_minute)?,
            to: minute(self.to_minute)?,
            valid_from: self.valid_from.map(from_day_number),
            valid_until: self.valid_until.map(from_day_number),
            weeks: self.weeks,
            kind: self.kind,
            release,
        })
    }
}

impl Locum {
    /// The rule this row states.
    #[must_use]
    pub fn rule(&self) -> LocumDates {
        LocumDates { from: from_day_number(self.first_day), until: from_day_number(self.last_day) }
    }
}

/// An appointment whose kept time may be touched: start, minutes, buffer.
pub type Kept = (i64, i64, i64);

/// All the rules that speak of some days.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// Weekly templates.
    pub hours: HashMap<PractitionerId, Vec<OpeningHours>>,
    /// Absences.
    pub absences: HashMap<PractitionerId, Vec<Absence>>,
    /// Openings of single dates.
    pub openings: HashMap<PractitionerId, Vec<Opening>>,
    /// Blocks.
    pub blocks: HashMap<PractitionerId, Vec<Block>>,
    /// Locums.
    pub locums: HashMap<PractitionerId, Vec<Locum>>,
    /// Changes to holidays.
    pub holiday_changes: Vec<HolidayChange>,
    /// School holidays.
    pub school_holidays: Vec<SchoolHoliday>,
    /// Where the practice is in France, if somebody chose.
    pub region: Option<String>,
    /// Appointments with free time kept after; read for one practitioner alone.
    pub kept: Vec<Kept>,
}

/// The setting that holds the region of the holidays.
pub const REGION: &str = "holiday_region";

/// The rules of all practitioners, or of one, for the days from the first up to, not including, the last: one question,
/// since each of the tables is small and the way to SQLite is what costs.
///
/// # Errors
/// What SQLite refuses.
pub async fn rules(
    connection: &mut Connection,
    of: Option<PractitionerId>,
    first_day: i64,
    end_day: i64,
) -> Result<Rules, StoreError> {
    let whose = if of.is_some() { "practitioner_id = ?1" } else { "?1 IS NULL" };
    let kept = if of.is_some() {
        format!(
            "UNION ALL SELECT 8, json_array(starts, minutes, buffer_minutes)
               FROM appointment INDEXED BY appointment_special
              WHERE practitioner_id = ?1 AND starts > (?2 - 1) * 1440 AND starts < ?3 * 1440
                AND (buffer_minutes > 0 OR provider_parts <> '') AND buffer_minutes > 0 AND status IN {}",
            super::agenda::ACTIVE
        )
    } else {
        String::new()
    };
    // Two columns a row, and one row for all the hours of a practitioner: what a row costs is its columns.
    let rows = sqlx::query(AssertSqlSafe(format!(
        "SELECT 0, json_array(practitioner_id,
                json_group_array(json_array(weekday, from_minute, to_minute, valid_from, valid_until, weeks)))
           FROM opening_hours WHERE {whose} GROUP BY practitioner_id
         UNION ALL SELECT 1, json_array(id, practitioner_id, starts, ends, label, external_uid)
           FROM absence WHERE {whose} AND deleted = 0 AND ends > ?2 * 1440 AND starts < ?3 * 1440
         UNION ALL SELECT 2, json_array(id, practitioner_id, day, from_minute, to_minute, label)
           FROM opening WHERE {whose} AND deleted = 0 AND day >= ?2 AND day < ?3
         UNION ALL SELECT 3, json_object('id', id, 'practitioner_id', practitioner_id, 'kind', kind, 'weekdays', weekdays,
                'from_minute', from_minute, 'to_minute', to_minute, 'valid_from', valid_from, 'valid_until', valid_until,
                'weeks', weeks, 'release_days', release_days, 'release_minute', release_minute, 'types', json(types),
                'label', label, 'deleted', json('false')) FROM block
          WHERE {whose} AND deleted = 0 AND coalesce(valid_until, ?2) >= ?2 AND coalesce(valid_from, ?2) < ?3
         UNION ALL SELECT 4, json_array(id, practitioner_id, name, number, first_day, last_day)
           FROM locum WHERE {whose} AND deleted = 0 AND last_day >= ?2 AND first_day < ?3
         UNION ALL SELECT 5, json_object('day', day, 'state', state, 'holiday', holiday, 'label', label)
           FROM holiday_change WHERE day >= ?2 AND day < ?3
         UNION ALL SELECT 6, json_array(id, zone, label, first_day, last_day)
           FROM school_holiday WHERE deleted = 0 AND last_day >= ?2 AND first_day < ?3
         UNION ALL SELECT 7, value FROM setting WHERE name = '{REGION}'
         {kept}"
    )))
    .bind(of.map(|id| id.to_string()))
    .bind(first_day)
    .bind(end_day)
    .fetch_all(connection)
    .await?;
    let mut rules = Rules::default();
    for row in &rows {
        take(row, &mut rules)?;
    }
    for absences in rules.absences.values_mut() {
        absences.sort_by_key(|absence| absence.starts);
    }
    Ok(rules)
}

/// Weekday, from, to, first and last day, weeks.
type Line = (i64, u16, u16, Option<i64>, Option<i64>, Weeks);

fn weekly(line: Line) -> Result<OpeningHours, StoreError> {
    let (weekday, from, to, valid_from, valid_until, weeks) = line;
    Ok(OpeningHours {
        weekday: u8::try_from(weekday - 1)
            .ok()
            .and_then(|day| chrono::Weekday::try_from(day).ok())
            .ok_or(StoreError::BadValue)?,
        from,
        to,
        valid_from: valid_from.map(from_day_number),
        valid_until: valid_until.map(from_day_number),
        weeks,
    })
}

fn json<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|_| StoreError::BadValue)
}

fn take(row: &SqliteRow, rules: &mut Rules) -> Result<(), StoreError> {
    let text = row.try_get::<&str, _>(1)?;
    match row.try_get::<i64, _>(0)? {
        0 => {
            let (practitioner_id, lines): (PractitionerId, Vec<Line>) = json(text)?;
            rules.hours.insert(practitioner_id, lines.into_iter().map(weekly).collect::<Result<_, _>>()?);
        }
        1 => {
            let (id, practitioner_id, starts, ends, label, external_uid) = json(text)?;
            let absence = Absence { id, practitioner_id, starts, ends, label, external_uid, deleted: false };
            rules.absences.entry(absence.practitioner_id).or_default().push(absence);
        }
        2 => {
            let (id, practitioner_id, day, from_minute, to_minute, label) = json(text)?;
            let opening = Opening { id, practitioner_id, day, from_minute, to_minute, label, deleted: false };
            rules.openings.entry(opening.practitioner_id).or_default().push(opening);
        }
        3 => {
            let block: Block = json(text)?;
            rules.blocks.entry(block.practitioner_id).or_default().push(block);
        }
        4 => {
            let (id, practitioner_id, name, number, first_day, last_day) = json(text)?;
            let locum = Locum { id, practitioner_id, name, number, first_day, last_day, deleted: false };
            rules.locums.entry(locum.practitioner_id).or_default().push(locum);
        }
        5 => rules.holiday_changes.push(json(text)?),
        6 => {
            let (id, zone, label, first_day, last_day) = json(text)?;
            rules.school_holidays.push(SchoolHoliday { id, zone, label, first_day, last_day, deleted: false });
        }
        7 => rules.region = json(text).ok(),
        _ => rules.kept.push(json(text)?),
    }
    Ok(())
}
