//! Whole days, as a screen asks for them: hundreds of rows at once. SQLite folds them into one text, since hundreds of
//! rows of thirty values, handed over one by one, cost several times what finding them does.
//!
//! Not here: single appointments, changes of them (`agenda`).

use std::borrow::Cow;

use domain::agenda::provider_time::Part;
use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, ResourceId, SiteId, TypeId};
use serde::Deserialize;

use super::agenda::NamedAppointment;
use super::row::json_list;
use super::{Connection, StoreError};

/// An appointment as a screen shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// Identifier.
    pub id: AppointmentId,
    /// Booking code.
    pub code: String,
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Practitioner's name.
    pub practitioner: String,
    /// Where.
    pub site_id: SiteId,
    /// Who; none: a held slot.
    pub patient_id: Option<PatientId>,
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
    /// Type.
    pub type_id: TypeId,
    /// Type's name.
    pub type_name: String,
    /// Day number.
    pub day: i64,
    /// Wall minute; none: an untimed walk-in.
    pub starts: Option<i64>,
    /// Place in the queue of an untimed walk-in.
    pub queue_rank: Option<i64>,
    /// Minutes.
    pub minutes: i64,
    /// Status.
    pub status: Status,
    /// Origin.
    pub origin: Origin,
    /// Urgency.
    pub urgency: Urgency,
    /// Over another on purpose.
    pub overbooked: bool,
    /// Note of the desk.
    pub note: String,
    /// Wall minute of the arrival.
    pub arrived: Option<i64>,
    /// Wall minute of the beginning.
    pub seated: Option<i64>,
    /// Wall minute of the end.
    pub dismissed: Option<i64>,
    /// Grows with each change.
    pub revision: i64,
    /// Free minutes kept after.
    pub buffer_minutes: i64,
    /// The parts that need the practitioner; empty: all of it.
    pub provider_parts: Vec<Part>,
    /// Rooms and equipment held.
    pub resources: Vec<ResourceId>,
}

impl From<NamedAppointment> for Shown {
    fn from(named: NamedAppointment) -> Self {
        let a = named.appointment;
        Self {
            id: a.id,
            code: a.code,
            practitioner_id: a.practitioner_id,
            practitioner: named.practitioner,
            site_id: a.site_id,
            patient_id: a.patient_id,
            surname: named.surname,
            first_name: named.first_name,
            name_arabic: named.name_arabic,
            born: named.born,
            phone: named.phone,
            type_id: a.type_id,
            type_name: named.type_name,
            day: a.day,
            starts: a.starts,
            queue_rank: a.queue_rank,
            minutes: a.minutes,
            status: a.status,
            origin: a.origin,
            urgency: a.urgency,
            overbooked: a.overbooked,
            note: a.note,
            arrived: a.arrived,
            seated: a.seated,
            dismissed: a.dismissed,
            revision: a.revision,
            buffer_minutes: a.buffer_minutes,
            provider_parts: a.provider_parts,
            resources: a.resources,
        }
    }
}

/// The values of a row in the order of [`COLUMNS`].
#[derive(Deserialize)]
struct Row<'a>(
    AppointmentId,
    &'a str,
    usize,
    SiteId,
    Option<PatientId>,
    TypeId,
    i64,
    Option<i64>,
    Option<i64>,
    i64,
    Status,
    Origin,
    Urgency,
    i64,
    #[serde(borrow)] Cow<'a, str>,
    Option<i64>,
    Option<i64>,
    Option<i64>,
    i64,
    #[serde(borrow)] Option<Cow<'a, str>>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    Option<&'a str>,
    #[serde(borrow)] Option<Cow<'a, str>>,
    Option<(i64, String, String)>,
);

const COLUMNS: &str = "json_array(a.id, a.code, w.key, a.site_id, a.patient_id, a.type_id, a.day, a.starts,
    a.queue_rank, a.minutes, a.status, a.origin, a.urgency, a.overbooked, a.note, a.arrived, a.seated, a.dismissed, a.revision,
    p.surname, p.first_name,
    CASE WHEN p.surname_arabic = '' AND p.first_name_arabic = '' THEN NULL
         ELSE trim(p.surname_arabic || ' ' || p.first_name_arabic) END,
    p.born, CASE WHEN p.mobile <> '' THEN p.mobile ELSE p.phone END,
    CASE WHEN a.buffer_minutes = 0 AND a.provider_parts = '' AND a.resources = '' THEN NULL
         ELSE json_array(a.buffer_minutes, a.provider_parts, a.resources) END)";

/// Everything but the deleted of some days of some practitioners: the timed by start, then the untimed walk-ins by
/// their place in the queue.
///
/// # Errors
/// What SQLite refuses.
pub async fn shown(
    connection: &mut Connection,
    practitioners: &[PractitionerId],
    from_day: i64,
    days: i64,
) -> Result<Vec<Shown>, StoreError> {
    let ids: Vec<String> = practitioners.iter().map(ToString::to_string).collect();
    let of = "FROM json_each(?1) w CROSS JOIN appointment a LEFT JOIN patient p INDEXED BY patient_named ON p.id = a.patient_id
               WHERE a.practitioner_id = w.value AND a.status <> 'deleted'";
    let (timed, untimed, names_of, types): (String, String, String, String) =
        sqlx::query_as(sqlx::AssertSqlSafe(format!(
            "SELECT (SELECT json_group_array({COLUMNS}) {of} AND a.starts >= ?2 * 1440 AND a.starts < ?3 * 1440),
                    (SELECT json_group_array({COLUMNS}) {of} AND a.starts IS NULL AND a.day >= ?2 AND a.day < ?3),
                    (SELECT json_group_array(json_array(id, name)) FROM practitioner),
                    (SELECT json_group_array(json_array(id, name)) FROM appointment_type)"
        )))
        .bind(serde_json::Value::from(ids).to_string())
        .bind(from_day)
        .bind(from_day + days)
        .fetch_one(connection)
        .await?;
    let names_of: Vec<(PractitionerId, String)> = names(&names_of)?;
    let practitioners: Vec<(PractitionerId, String)> =
        practitioners.iter().map(|one| (*one, name_of(&names_of, one))).collect();
    let types = names(&types)?;
    let mut all = rows(&timed, &practitioners, &types)?;
    all.sort_by_key(|one| (one.starts, one.id));
    let mut queue = rows(&untimed, &practitioners, &types)?;
    queue.sort_by_key(|one| (one.day, one.queue_rank, one.id));
    all.append(&mut queue);
    Ok(all)
}

fn names<I: for<'a> Deserialize<'a>>(json: &str) -> Result<Vec<(I, String)>, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::BadValue)
}

fn name_of<I: PartialEq>(names: &[(I, String)], id: &I) -> String {
    names.iter().find(|(of, _)| of == id).map(|(_, name)| name.clone()).unwrap_or_default()
}

fn rows(
    json: &str,
    practitioners: &[(PractitionerId, String)],
    types: &[(TypeId, String)],
) -> Result<Vec<Shown>, StoreError> {
    let rows: Vec<Row<'_>> = serde_json::from_str(json).map_err(|_| StoreError::BadValue)?;
    let owned = |text: Option<Cow<'_, str>>| text.map(Cow::into_owned).unwrap_or_default();
    rows.into_iter()
        .map(|row| {
            // Few ask for more than their time.
            let (buffer_minutes, provider_parts, resources) = match row.24 {
                Some((buffer, parts, held)) => (buffer, json_list(&parts)?, json_list(&held)?),
                None => (0, Vec::new(), Vec::new()),
            };
            let (practitioner_id, practitioner) = practitioners.get(row.2).cloned().ok_or(StoreError::BadValue)?;
            Ok(Shown {
                id: row.0,
                code: row.1.to_owned(),
                practitioner_id,
                practitioner,
                site_id: row.3,
                patient_id: row.4,
                type_id: row.5,
                type_name: name_of(types, &row.5),
                day: row.6,
                starts: row.7,
                queue_rank: row.8,
                minutes: row.9,
                status: row.10,
                origin: row.11,
                urgency: row.12,
                overbooked: row.13 != 0,
                note: row.14.into_owned(),
                arrived: row.15,
                seated: row.16,
                dismissed: row.17,
                revision: row.18,
                surname: owned(row.19),
                first_name: owned(row.20),
                name_arabic: owned(row.21),
                born: row.22.unwrap_or_default().to_owned(),
                phone: owned(row.23),
                buffer_minutes,
                provider_parts,
                resources,
            })
        })
        .collect()
}
