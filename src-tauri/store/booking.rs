//! What a booking needs to know, read at once: a look at the database costs more than what it finds.
//!
//! Not here: writing the appointment (`agenda`), free slots (`slots`).

use domain::id::{PatientId, PractitionerId, SiteId, TypeId};
use sqlx::{AssertSqlSafe, Row as _};

use super::agenda::ACTIVE;
use super::opening::{self, Hours};
use super::row::{flag, number, parsed, parsed_option, text};
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
    let row = sqlx::query(
        "SELECT q.active, q.site_id, t.active, t.minutes,
                (SELECT coalesce(p.merged_into, p.id) FROM patient p WHERE p.id = ?3)
           FROM practitioner q, appointment_type t WHERE q.id = ?1 AND t.id = ?2",
    )
    .bind(practitioner.to_string())
    .bind(type_id.to_string())
    .bind(patient.map(|id| id.to_string()))
    .fetch_one(connection)
    .await?;
    Ok(BookingFacts {
        practitioner_active: flag(&row, 0)?,
        site_id: parsed(&row, 1)?,
        type_active: flag(&row, 2)?,
        minutes: number(&row, 3)?,
        patient_id: parsed_option(&row, 4)?,
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

/// All that a booking needs to know, read at once: a look costs more than what it finds.
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
    /// The practitioner's weekly template.
    pub hours: Vec<Hours>,
    /// An absence touches the time.
    pub absent: bool,
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
        "SELECT q.active, q.site_id, t.active, t.minutes, p.id, q.name, t.name, coalesce(p.surname, ''),
                coalesce(p.first_name, ''), coalesce(trim(p.surname_arabic || ' ' || p.first_name_arabic), ''),
                coalesce(p.born, ''), coalesce(CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END, ''),
                EXISTS (SELECT 1 FROM appointment WHERE code = ?4), {hours},
                EXISTS (SELECT 1 FROM absence WHERE deleted = 0 AND practitioner_id = ?1
                           AND ends > ?5 AND starts < ?5 + coalesce(?6, t.minutes)),
                EXISTS (SELECT 1 FROM appointment WHERE patient_id = p.id
                           AND day BETWEEN ?5 / 1440 - 1 AND (?5 + coalesce(?6, t.minutes)) / 1440
                           AND starts < ?5 + coalesce(?6, t.minutes) AND starts + minutes > ?5 AND status IN {ACTIVE}),
                (SELECT key FROM journal_key WHERE owner_id = p.id)
           FROM practitioner q JOIN appointment_type t ON t.id = ?2
                LEFT JOIN patient p ON p.id = (SELECT coalesce(merged_into, id) FROM patient WHERE id = ?3)
          WHERE q.id = ?1",
        hours = opening::HOURS_OF_FIRST,
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
        facts: BookingFacts {
            practitioner_active: flag(&row, 0)?,
            site_id: parsed(&row, 1)?,
            type_active: flag(&row, 2)?,
            minutes: number(&row, 3)?,
            patient_id: parsed_option(&row, 4)?,
        },
        practitioner: text(&row, 5)?,
        type_name: text(&row, 6)?,
        surname: text(&row, 7)?,
        first_name: text(&row, 8)?,
        name_arabic: text(&row, 9)?,
        born: text(&row, 10)?,
        phone: text(&row, 11)?,
        code_in_use: flag(&row, 12)?,
        hours: opening::folded(&text(&row, 13)?)?,
        absent: flag(&row, 14)?,
        patient_busy: flag(&row, 15)?,
        journal_key: row.try_get(16)?,
    })
}

/// Whether an appointment bears a code.
///
/// # Errors
/// What SQLite refuses.
pub async fn code_in_use(connection: &mut Connection, code: &str) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar::<_, i64>("SELECT EXISTS (SELECT 1 FROM appointment WHERE code = ?)")
        .bind(code)
        .fetch_one(connection)
        .await?
        != 0)
}
