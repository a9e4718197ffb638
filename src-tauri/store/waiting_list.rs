//! The waiting list: entries and the offers made to them.

use domain::agenda::status::{Status, Urgency};
use domain::agenda::waiting_list::{OfferOutcome, Standing, Wish};
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId, WaitingEntryId};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row};

use super::agenda::ACTIVE;
use super::row::{number, number_option, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// An entry's row, with its offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WaitingEntry {
    /// Identifier; grows with time.
    pub id: WaitingEntryId,
    /// Who.
    pub patient_id: PatientId,
    /// The appointment that they want earlier.
    pub appointment_id: Option<AppointmentId>,
    /// For which type.
    pub type_id: TypeId,
    /// Minutes it takes.
    pub minutes: i64,
    /// With whom; empty: anybody.
    pub practitioners: Vec<PractitionerId>,
    /// Days of the week, Monday in the lowest bit.
    pub weekdays: u8,
    /// Day number.
    pub from_day: i64,
    /// Day number, itself included.
    pub until_day: i64,
    /// Minute of the day.
    pub from_minute: i64,
    /// Minute of the day.
    pub to_minute: i64,
    /// Urgency.
    pub urgency: Urgency,
    /// Note of the desk.
    pub note: String,
    /// Wall minute at which their appointment stood when they asked.
    pub before: Option<i64>,
    /// UTC instant.
    pub created_at: String,
    /// Taken off, or an offer taken.
    pub closed: Option<Standing>,
    /// Grows with each change.
    pub revision: i64,
    /// What was offered, oldest first.
    pub offers: Vec<Offer>,
}

/// An offer, as it ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Whose slot.
    pub practitioner_id: PractitionerId,
    /// Wall minute.
    pub starts: i64,
    /// What came of it.
    pub outcome: OfferOutcome,
    /// UTC instant.
    pub offered_at: String,
}

impl WaitingEntry {
    /// The wish this row states.
    #[must_use]
    pub fn wish(&self) -> Wish {
        Wish {
            practitioners: self.practitioners.clone(),
            weekdays: self.weekdays,
            from_day: self.from_day,
            until_day: self.until_day,
            from_minute: self.from_minute,
            to_minute: self.to_minute,
            minutes: self.minutes,
            before: self.before,
        }
    }
}

/// An entry with the names a screen shows, and what decides whether it still stands.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedEntry {
    /// The row.
    pub entry: WaitingEntry,
    /// Type's name.
    pub type_name: String,
    /// Surname.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Mobile, else phone, as stored.
    pub phone: String,
    /// The appointment they want earlier: status, start, practitioner.
    pub attached: Option<(Status, Option<i64>, PractitionerId)>,
    /// Active appointments that they got since and have not had: practitioner, type, start.
    pub since: Vec<(PractitionerId, TypeId, i64)>,
    /// Whether they put themselves on it at the portal.
    pub from_portal: bool,
}

const COLUMNS: &str =
    "e.id, e.patient_id, e.appointment_id, e.type_id, e.minutes, e.practitioners, e.weekdays, e.from_day,
    e.until_day, e.from_minute, e.to_minute, e.urgency, e.note, e.before, e.created_at, e.closed, e.revision,
    (SELECT group_concat(o.practitioner_id || ' ' || o.starts || ' ' || o.outcome || ' ' || o.offered_at, ';')
       FROM waiting_offer o WHERE o.entry_id = e.id)";

fn offers(text: Option<&str>) -> Result<Vec<Offer>, StoreError> {
    let mut offers = Vec::new();
    for line in text.into_iter().flat_map(|text| text.split(';')) {
        let mut words = line.split(' ');
        let mut next = || words.next().ok_or(StoreError::BadValue);
        offers.push(Offer {
            practitioner_id: next()?.parse().map_err(|_| StoreError::BadValue)?,
            starts: next()?.parse().map_err(|_| StoreError::BadValue)?,
            outcome: next()?.parse().map_err(|_| StoreError::BadValue)?,
            offered_at: next()?.to_owned(),
        });
    }
    offers.sort_by(|a, b| a.offered_at.cmp(&b.offered_at));
    Ok(offers)
}

fn read(row: &SqliteRow) -> Result<WaitingEntry, StoreError> {
    Ok(WaitingEntry {
        id: parsed(row, 0)?,
        patient_id: parsed(row, 1)?,
        appointment_id: parsed_option(row, 2)?,
        type_id: parsed(row, 3)?,
        minutes: number(row, 4)?,
        practitioners: serde_json::from_str(row.try_get(5)?).map_err(|_| StoreError::BadValue)?,
        weekdays: u8::try_from(number(row, 6)?).map_err(|_| StoreError::BadValue)?,
        from_day: number(row, 7)?,
        until_day: number(row, 8)?,
        from_minute: number(row, 9)?,
        to_minute: number(row, 10)?,
        urgency: parsed(row, 11)?,
        note: text(row, 12)?,
        before: number_option(row, 13)?,
        created_at: text(row, 14)?,
        closed: parsed_option(row, 15)?,
        revision: number(row, 16)?,
        offers: offers(row.try_get(17)?)?,
    })
}

fn read_named(row: &SqliteRow) -> Result<NamedEntry, StoreError> {
    let entry = read(row)?;
    let attached = match parsed_option(row, 24)? {
        Some(status) => Some((status, number_option(row, 25)?, parsed(row, 26)?)),
        None => None,
    };
    let mut since = Vec::new();
    for line in row.try_get::<Option<&str>, _>(27)?.into_iter().flat_map(|text| text.split(';')) {
        let mut words = line.split(' ');
        let mut next = || words.next().ok_or(StoreError::BadValue);
        since.push((
            next()?.parse().map_err(|_| StoreError::BadValue)?,
            next()?.parse().map_err(|_| StoreError::BadValue)?,
            next()?.parse().map_err(|_| StoreError::BadValue)?,
        ));
    }
    Ok(NamedEntry {
        entry,
        type_name: text(row, 18)?,
        surname: text(row, 19)?,
        first_name: text(row, 20)?,
        name_arabic: text(row, 21)?,
        born: text(row, 22)?,
        phone: text(row, 23)?,
        attached,
        since,
        from_portal: number(row, 28)? != 0,
    })
}

/// Names and facts of entries. An appointment got since is one whose identifier, which grows with time, is the later.
fn named_sql(condition: &str) -> String {
    format!(
        "SELECT {COLUMNS}, t.name, p.surname, p.first_name, trim(p.surname_arabic || ' ' || p.first_name_arabic),
                coalesce(p.born, ''), CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END,
                a.status, a.starts, a.practitioner_id,
                (SELECT group_concat(b.practitioner_id || ' ' || b.type_id || ' ' || b.starts, ';') FROM appointment b
                  WHERE b.patient_id = e.patient_id AND b.day BETWEEN e.from_day AND e.until_day AND b.id > e.id
                    AND b.starts IS NOT NULL AND b.status IN {ACTIVE} AND e.appointment_id IS NULL),
                EXISTS (SELECT 1 FROM sync_waiting w WHERE w.entry_id = e.id)
           FROM waiting_entry e JOIN appointment_type t ON t.id = e.type_id
           JOIN patient q ON q.id = e.patient_id JOIN patient p ON p.id = coalesce(q.merged_into, q.id)
           LEFT JOIN appointment a ON a.id = e.appointment_id
          WHERE {condition} ORDER BY e.id"
    )
}

/// Entries that nobody closed and whose last day is not before a day; oldest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn open_entries(connection: &mut Connection, since_day: i64) -> Result<Vec<NamedEntry>, StoreError> {
    sqlx::query(AssertSqlSafe(named_sql("e.closed IS NULL AND e.until_day >= ?")))
        .bind(since_day)
        .fetch_all(connection)
        .await?
        .iter()
        .map(read_named)
        .collect()
}

/// One entry with names.
///
/// # Errors
/// What SQLite refuses.
pub async fn named(connection: &mut Connection, id: WaitingEntryId) -> Result<Option<NamedEntry>, StoreError> {
    sqlx::query(AssertSqlSafe(named_sql("e.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read_named(&row))
        .transpose()
}

/// One entry.
///
/// # Errors
/// What SQLite refuses.
pub async fn entry(connection: &mut Connection, id: WaitingEntryId) -> Result<Option<WaitingEntry>, StoreError> {
    sqlx::query(AssertSqlSafe(format!("SELECT {COLUMNS} FROM waiting_entry e WHERE e.id = ?")))
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .map(|row| read(&row))
        .transpose()
}

/// The entries of a patient that nobody closed, newest first.
///
/// # Errors
/// What SQLite refuses.
pub async fn of_patient(connection: &mut Connection, patient: PatientId) -> Result<Vec<WaitingEntry>, StoreError> {
    sqlx::query(AssertSqlSafe(format!(
        "SELECT {COLUMNS} FROM waiting_entry e WHERE e.patient_id = ? AND e.closed IS NULL ORDER BY e.id DESC"
    )))
    .bind(patient.to_string())
    .fetch_all(connection)
    .await?
    .iter()
    .map(read)
    .collect()
}

/// Adds or changes an entry with its offers; a change is refused where somebody was faster.
///
/// # Errors
/// [`StoreError::NotFound`] where the revision is no longer the one that was read.
pub async fn save(connection: &mut Connection, e: &WaitingEntry, is_new: bool) -> Result<(), StoreError> {
    let practitioners = serde_json::to_string(&e.practitioners).map_err(|_| StoreError::BadValue)?;
    let sql = if is_new {
        "INSERT INTO waiting_entry (patient_id, appointment_id, type_id, minutes, practitioners, weekdays, from_day,
            until_day, from_minute, to_minute, urgency, note, before, created_at, closed, id, revision)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    } else {
        "UPDATE waiting_entry SET patient_id = ?, appointment_id = ?, type_id = ?, minutes = ?, practitioners = ?,
            weekdays = ?, from_day = ?, until_day = ?, from_minute = ?, to_minute = ?, urgency = ?, note = ?, before = ?,
            created_at = ?, closed = ?, revision = revision + 1 WHERE id = ? AND revision = ?"
    };
    let done = sqlx::query(sql)
        .bind(e.patient_id.to_string())
        .bind(e.appointment_id.map(|id| id.to_string()))
        .bind(e.type_id.to_string())
        .bind(e.minutes)
        .bind(practitioners)
        .bind(i64::from(e.weekdays))
        .bind(e.from_day)
        .bind(e.until_day)
        .bind(e.from_minute)
        .bind(e.to_minute)
        .bind(e.urgency.as_str())
        .bind(&e.note)
        .bind(e.before)
        .bind(&e.created_at)
        .bind(e.closed.map(Standing::as_str))
        .bind(e.id.to_string())
        .bind(e.revision)
        .execute(&mut *connection)
        .await?;
    if done.rows_affected() == 0 {
        return Err(StoreError::NotFound);
    }
    sqlx::query("DELETE FROM waiting_offer WHERE entry_id = ?")
        .bind(e.id.to_string())
        .execute(&mut *connection)
        .await?;
    for (rank, offer) in (0_i64..).zip(&e.offers) {
        sqlx::query(
            "INSERT INTO waiting_offer (entry_id, rank, practitioner_id, starts, outcome, offered_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(e.id.to_string())
        .bind(rank)
        .bind(offer.practitioner_id.to_string())
        .bind(offer.starts)
        .bind(offer.outcome.as_str())
        .bind(&offer.offered_at)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}
