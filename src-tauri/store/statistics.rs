//! Counts over the appointments of a period, in one pass: the rows are found once by the indexes of the agenda, and every
//! sum is made by SQLite over them.
//!
//! When an appointment was booked stands in its identifier: a UUID of version 7 begins with its instant, so neither a
//! column nor the journal is asked. Its first 32 bits count units of 65.536 s, which is exact enough for days. What was
//! taken over from another software, and walk-ins, have no lead time.

use std::collections::HashMap;

use domain::agenda::Span;
use domain::id::{PractitionerId, TypeId};
use domain::statistics::Figures;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::agenda::ACTIVE;
use super::row::{number, parsed, text};
use super::{Connection, StoreError};

/// Which appointments.
#[derive(Debug, Clone)]
pub struct Scope {
    /// First day number.
    pub from_day: i64,
    /// The day number after the last.
    pub to_day: i64,
    /// Whose.
    pub practitioners: Vec<PractitionerId>,
    /// Of which types; none named: of all.
    pub types: Vec<TypeId>,
    /// The wall minute now: what starts later is not due yet.
    pub now: i64,
    /// Minutes that the wall clock is ahead of UTC, to tell the day of a booking.
    pub ahead: i64,
}

/// The counts.
#[derive(Debug, Default)]
pub struct Counts {
    /// By practitioner and type. Open minutes are not known here.
    pub figures: HashMap<(PractitionerId, TypeId), Figures>,
    /// By day number: appointments, no-shows.
    pub days: HashMap<i64, (i64, i64)>,
    /// Arrivals by hour of the day.
    pub hours: [i64; 24],
    /// Active timed appointments by practitioner and day number, in wall minutes.
    pub busy: HashMap<(PractitionerId, i64), Vec<Span>>,
}

/// The instant in an identifier, in UTC minutes: its first eight hexadecimal digits, which JSON reads as a number.
const BOOKED: &str = "json_extract('0x' || substr(a.id, 1, 8), '$') * 65536 / 60000";

/// One statement: `x` holds each row once, with small numbers for practitioner (place in the list) and type (row), every
/// line below is a sum over it. Columns: what, practitioner, type, value,
/// then up to seven counts, then a list.
fn statement() -> String {
    let columns = "w.key AS p, y.rowid AS t, a.day AS d, a.starts AS s, a.minutes AS m, a.status AS st,
                   a.cancelled_late AS late, a.arrived AS arrived, a.seated AS seated, a.origin = 'walk_in' AS walk_in";
    let of_types = "(?4 = '[]' OR a.type_id IN (SELECT value FROM json_each(?4)))";
    format!(
        "WITH x AS MATERIALIZED (
            SELECT {columns}, CASE WHEN a.external_uid IS NULL AND a.origin <> 'walk_in' AND substr(a.id, 15, 1) = '7'
                              THEN {BOOKED} + ?6 END AS booked
              FROM json_each(?1) w CROSS JOIN appointment a ON a.practitioner_id = w.value
                   JOIN appointment_type y ON y.id = a.type_id
             WHERE a.starts >= ?2 * 1440 AND a.starts < ?3 * 1440
               AND a.status <> 'deleted' AND {of_types}
            UNION ALL
            SELECT {columns}, NULL
              FROM appointment a JOIN json_each(?1) w ON a.practitioner_id = w.value
                   JOIN appointment_type y ON y.id = a.type_id
             WHERE a.starts IS NULL AND a.day >= ?2 AND a.day < ?3 AND a.status <> 'deleted' AND {of_types})
         SELECT 'sum', p, (SELECT id FROM appointment_type WHERE rowid = t), 0, sum(st <> 'cancelled'), sum(st <> 'cancelled' AND walk_in),
                sum(st NOT IN ('cancelled', 'requested') AND coalesce(s, arrived, d * 1440) <= ?5), sum(st = 'no_show'),
                sum(st = 'cancelled'), sum(st = 'cancelled' AND late), sum(iif(st IN {ACTIVE}, m, 0)), ''
           FROM x GROUP BY p, t
         UNION ALL
         SELECT 'lead', p, (SELECT id FROM appointment_type WHERE rowid = t), s / 1440 - booked / 1440, count(*), 0, 0, 0, 0, 0, 0, ''
           FROM x WHERE booked <= s AND st <> 'requested' GROUP BY p, t, s / 1440 - booked / 1440
         UNION ALL
         SELECT 'wait', p, (SELECT id FROM appointment_type WHERE rowid = t), max(seated - max(arrived, coalesce(s, arrived)), 0), count(*), 0, 0, 0, 0, 0, 0, ''
           FROM x WHERE seated >= arrived GROUP BY p, t, max(seated - max(arrived, coalesce(s, arrived)), 0)
         UNION ALL
         SELECT 'day', NULL, NULL, d, sum(st <> 'cancelled'), sum(st = 'no_show'), 0, 0, 0, 0, 0, '' FROM x GROUP BY d
         UNION ALL
         SELECT 'hour', NULL, NULL, arrived % 1440 / 60, count(*), 0, 0, 0, 0, 0, 0, ''
           FROM x WHERE arrived IS NOT NULL GROUP BY arrived % 1440 / 60
         UNION ALL
         SELECT 'busy', p, NULL, d, count(*), 0, 0, 0, 0, 0, 0, group_concat(s || '+' || m)
           FROM x WHERE s IS NOT NULL AND st IN {ACTIVE} GROUP BY p, d"
    )
}

fn count(row: &SqliteRow, place: usize) -> Result<i64, StoreError> {
    number(row, 4 + place)
}

fn spans(list: &str) -> Result<Vec<Span>, StoreError> {
    let one = |text: &str| {
        let (start, minutes) = text.split_once('+')?;
        Some(Span { start: start.parse().ok()?, minutes: minutes.parse().ok()? })
    };
    list.split(',').map(one).collect::<Option<_>>().ok_or(StoreError::BadValue)
}

/// Counts the appointments of a scope. Waiting begins with the later of arrival and appointed time: who comes early is
/// not kept waiting yet.
///
/// # Errors
/// What SQLite refuses.
pub async fn counts(connection: &mut Connection, scope: &Scope) -> Result<Counts, StoreError> {
    let json = |ids: Vec<String>| serde_json::to_string(&ids).map_err(|_| StoreError::BadValue);
    let rows = sqlx::query(AssertSqlSafe(statement()))
        .bind(json(scope.practitioners.iter().map(ToString::to_string).collect())?)
        .bind(scope.from_day)
        .bind(scope.to_day)
        .bind(json(scope.types.iter().map(ToString::to_string).collect())?)
        .bind(scope.now)
        .bind(scope.ahead)
        .fetch_all(connection)
        .await?;
    let mut counts = Counts::default();
    for row in &rows {
        let what = row.try_get::<&str, _>(0)?;
        let value = number(row, 3)?;
        let whose = |row| -> Result<PractitionerId, StoreError> {
            let place = usize::try_from(number(row, 1)?).map_err(|_| StoreError::BadValue)?;
            scope.practitioners.get(place).copied().ok_or(StoreError::BadValue)
        };
        let key = |row| -> Result<(PractitionerId, TypeId), StoreError> { Ok((whose(row)?, parsed(row, 2)?)) };
        match what {
            "sum" => {
                let figures = counts.figures.entry(key(row)?).or_default();
                figures.appointments = count(row, 0)?;
                figures.walk_ins = count(row, 1)?;
                figures.due = count(row, 2)?;
                figures.no_shows = count(row, 3)?;
                figures.cancelled = count(row, 4)?;
                figures.late_cancelled = count(row, 5)?;
                figures.minutes = count(row, 6)?;
            }
            "lead" => counts.figures.entry(key(row)?).or_default().lead.add(value, count(row, 0)?),
            "wait" => counts.figures.entry(key(row)?).or_default().wait.add(value, count(row, 0)?),
            "day" => {
                counts.days.insert(value, (count(row, 0)?, count(row, 1)?));
            }
            "hour" => {
                let hour = usize::try_from(value).ok().filter(|hour| *hour < 24).ok_or(StoreError::BadValue)?;
                counts.hours[hour] = count(row, 0)?;
            }
            _ => {
                counts.busy.insert((whose(row)?, value), spans(&text(row, 11)?)?);
            }
        }
    }
    Ok(counts)
}
