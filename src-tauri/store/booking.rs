//! What a booking needs to know, read at once: a look at the database costs more than what it finds.
//!
//! Not here: writing the appointment (`agenda`), free slots (`slots`), the day's hours and blocks (`planning`).

use domain::id::{PatientId, PractitionerId, ResourceKindId, SiteId, TypeId};

use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Row as _};

use super::agenda::ACTIVE;
use super::row::{flag, listed, number, parsed, parsed_option, text};
use super::{Connection, StoreError};

/// What a booking copies from practitioner, type and patient, read at once.
pub struct BookingFacts {
    /// The practitioner is there and active.
    pub practitioner_active: bool,
    /// The practitioner's usual site.
    pub site_id: SiteId,
    /// The type is there and active.
    pub type_active: bool,
    /// The type's minutes.
    pub minutes: i64,
    /// The patient; where one was merged, the one it is an alias of.
    pub patient_id: Option<PatientId>,
    /// Free minutes that the type keeps after.
    pub buffer_minutes: i64,
    /// The type's provider time, as a pattern.
    pub provider_time: String,
    /// The practitioner offers the type.
    pub offered: bool,
    /// The type is offered at the practitioner's site.
    pub at_site: bool,
    /// Kinds of which the type takes one along.
    pub resource_kinds: Vec<ResourceKindId>,
}

/// Reads what a booking needs.
///
/// # Errors
/// [`StoreError::NotFound`] where the practitioner or the type is not there at all.
pub async fn booking_facts(
    connection: &mut Connection,
    practitioner: PractitionerId,
    type_id: TypeId,
    patient: Option<PatientId>,
) -> Result<BookingFacts, StoreError> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "SELECT {FACTS} FROM practitioner q JOIN appointment_type t ON t.id = ?2
                LEFT JOIN patient p ON p.id = (SELECT coalesce(merged_into, id) FROM patient WHERE id = ?3)
          WHERE q.id = ?1"
    )))
    .bind(practitioner.to_string())
    .bind(type_id.to_string())
    .bind(patient.map(|id| id.to_string()))
    .fetch_one(connection)
    .await?;
    read_facts(&row)
}

const FACTS: &str = "q.active, q.site_id, t.active, t.minutes, p.id, t.buffer_minutes, t.provider_time,
    NOT EXISTS (SELECT 1 FROM type_practitioner o WHERE o.type_id = t.id)
     OR EXISTS (SELECT 1 FROM type_practitioner o WHERE o.type_id = t.id AND o.practitioner_id = q.id),
    NOT EXISTS (SELECT 1 FROM type_site o WHERE o.type_id = t.id)
     OR EXISTS (SELECT 1 FROM type_site o WHERE o.type_id = t.id AND o.site_id = q.site_id),
    (SELECT group_concat(r.kind_id) FROM type_resource_kind r WHERE r.type_id = t.id)";

fn read_facts(row: &SqliteRow) -> Result<BookingFacts, StoreError> {
    Ok(BookingFacts {
        practitioner_active: flag(row, 0)?,
        site_id: parsed(row, 1)?,
        type_active: flag(row, 2)?,
        minutes: number(row, 3)?,
        patient_id: parsed_option(row, 4)?,
        buffer_minutes: number(row, 5)?,
        provider_time: text(row, 6)?,
        offered: flag(row, 7)?,
        at_site: flag(row, 8)?,
        resource_kinds: listed(row, 9)?,
    })
}

/// What is asked before a booking.
pub struct BookingQuestion {
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Type.
    pub type_id: TypeId,
    /// For whom.
    pub patient_id: Option<PatientId>,
    /// The booking code drawn for it.
    pub code: String,
    /// Wall minute.
    pub starts: i64,
    /// Minutes; none: the type's.
    pub minutes: Option<i64>,
}

/// All that a new appointment needs to know of practitioner, type and person.
pub struct BookingSight {
    /// What is copied from practitioner, type and patient.
    pub facts: BookingFacts,
    /// Practitioner's name.
    pub practitioner: String,
    /// Type's name.
    pub type_name: String,
    /// Surname; empty for a held slot.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Name in Arabic.
    pub name_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// Mobile, else phone, as stored.
    pub phone: String,
    /// Another appointment bears the code.
    pub code_in_use: bool,
    /// The patient has another active appointment that overlaps.
    pub patient_busy: bool,
    /// The patient's journal key, where they have one.
    pub journal_key: Option<Vec<u8>>,
}

/// Reads what a booking needs.
///
/// # Errors
/// [`StoreError::NotFound`] where the practitioner or the type is not there at all.
pub async fn booking_sight(
    connection: &mut Connection,
    question: &BookingQuestion,
) -> Result<BookingSight, StoreError> {
    let row = sqlx::query(AssertSqlSafe(format!(
        "SELECT {FACTS}, q.name, t.name, coalesce(p.surname, ''),
                coalesce(p.first_name, ''), coalesce(trim(p.surname_arabic || ' ' || p.first_name_arabic), ''),
                coalesce(p.born, ''), coalesce(CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END, ''),
                EXISTS (SELECT 1 FROM appointment WHERE code = ?4),
                EXISTS (SELECT 1 FROM appointment WHERE patient_id = p.id
                           AND day BETWEEN ?5 / 1440 - 1 AND (?5 + coalesce(?6, t.minutes)) / 1440
                           AND starts < ?5 + coalesce(?6, t.minutes) AND starts + minutes > ?5 AND status IN {ACTIVE}),
                (SELECT key FROM journal_key WHERE owner_id = p.id)
           FROM practitioner q JOIN appointment_type t ON t.id = ?2
                LEFT JOIN patient p ON p.id = (SELECT coalesce(merged_into, id) FROM patient WHERE id = ?3)
          WHERE q.id = ?1"
    )))
    .bind(question.practitioner_id.to_string())
    .bind(question.type_id.to_string())
    .bind(question.patient_id.map(|id| id.to_string()))
    .bind(&question.code)
    .bind(question.starts)
    .bind(question.minutes)
    .fetch_one(connection)
    .await?;
    Ok(BookingSight {
        facts: read_facts(&row)?,
        practitioner: text(&row, 10)?,
        type_name: text(&row, 11)?,
        surname: text(&row, 12)?,
        first_name: text(&row, 13)?,
        name_arabic: text(&row, 14)?,
        born: text(&row, 15)?,
        phone: text(&row, 16)?,
        code_in_use: flag(&row, 17)?,
        patient_busy: flag(&row, 18)?,
        journal_key: row.try_get(19)?,
    })
}
