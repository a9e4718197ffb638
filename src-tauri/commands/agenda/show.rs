//! How appointments are shown: names joined, phones as the region writes them, history in words' codes.

use domain::agenda::booking_code::BookingCode;
use domain::identifiers::phone::Region;
use domain::identifiers::phone_shown::shown;
use domain::role::Permission;
use domain::time::{WallTime, from_day_number, wall};

use super::wire::{AppointmentDetailView, AppointmentRequest, AppointmentView, FieldChangeView, StepView};
use crate::commands::desk::Premises;
use crate::commands::wire::MinutesView;
use crate::commands::{CommandError, Desk};
use crate::store::days::Shown;
use crate::store::{self, Connection};

impl Premises {
    /// The numbering plan of the first site.
    #[must_use]
    pub fn region(&self) -> Region {
        Region::of_zone(self.country, &self.zone)
    }
}

/// `DUPONT Marie`: the surname in capitals, as French desks write it.
#[must_use]
pub fn full_name(surname: &str, first_name: &str) -> String {
    let mut name = surname.to_uppercase();
    if !name.is_empty() && !first_name.is_empty() {
        name.push(' ');
    }
    name.push_str(first_name);
    name
}

/// An appointment's view.
#[must_use]
pub fn view(one: impl Into<Shown>, region: Region) -> AppointmentView {
    let a: Shown = one.into();
    AppointmentView {
        id: a.id,
        code: a.code,
        practitioner_id: a.practitioner_id,
        practitioner: a.practitioner,
        site_id: a.site_id,
        patient_id: a.patient_id,
        patient: full_name(&a.surname, &a.first_name),
        patient_arabic: a.name_arabic,
        born: a.born,
        phone: shown(&a.phone, region),
        type_id: a.type_id,
        type_name: a.type_name,
        starts: a.starts.map(WallTime::from_minutes),
        day: from_day_number(a.day).to_string(),
        rank: a.queue_rank,
        minutes: a.minutes,
        status: a.status.as_str().to_owned(),
        origin: a.origin.as_str().to_owned(),
        urgency: a.urgency.as_str().to_owned(),
        overbooked: a.overbooked,
        note: a.note,
        arrived: a.arrived.map(WallTime::from_minutes),
        seated: a.seated.map(WallTime::from_minutes),
        dismissed: a.dismissed.map(WallTime::from_minutes),
        revision: a.revision,
        buffer: a.buffer_minutes,
        provider_parts: a
            .provider_parts
            .iter()
            .map(|part| MinutesView { from: part.offset, to: part.offset + part.minutes })
            .collect(),
        resources: a.resources,
    }
}

/// `K7M4PX3` as it is said: `K7M 4PX-3`.
#[must_use]
pub fn spoken(code: &str) -> String {
    code.parse::<BookingCode>().map_or_else(|_| code.to_owned(), BookingCode::spoken)
}

fn text_of(value: Option<&serde_json::Value>) -> String {
    match value {
        None | Some(serde_json::Value::Null) => String::new(),
        Some(serde_json::Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

/// Fields that hold wall minutes, shown as wall times.
const WALL_FIELDS: &[&str] = &["starts", "ends", "arrived", "seated", "dismissed"];
/// Fields that say nothing to a reader.
const SILENT_FIELDS: &[&str] =
    &["revision", "id", "number", "created_at", "erasure_id", "external_uid", "external_id", "turns"];

/// The history of a subject, oldest first, as far as its keys still exist.
///
/// # Errors
/// What the store refuses; `journal_damaged`.
pub async fn history(desk: &Desk, connection: &mut Connection, subject: &str) -> Result<Vec<StepView>, CommandError> {
    let zone = desk.premises().zone;
    let users = store::access::users(connection).await?;
    let rows = store::journal::list(connection, Some(subject), None, 500).await?;
    let mut steps = Vec::with_capacity(rows.len());
    for row in rows.into_iter().rev() {
        let change = desk.open_entry(connection, &row).await?;
        let mut changes = Vec::new();
        if let Some(change) = change {
            for field in change.names() {
                if SILENT_FIELDS.contains(&field.as_str()) {
                    continue;
                }
                let side = |map: &Option<serde_json::Map<String, serde_json::Value>>| {
                    let value = map.as_ref().and_then(|map| map.get(&field));
                    match value.and_then(serde_json::Value::as_i64) {
                        Some(minutes) if WALL_FIELDS.contains(&field.as_str()) => {
                            WallTime::from_minutes(minutes).to_string()
                        }
                        _ => text_of(value),
                    }
                };
                changes.push(FieldChangeView { before: side(&change.before), after: side(&change.after), field });
            }
        }
        let at = row.at.parse().map_err(|_| CommandError::new("journal_damaged"))?;
        steps.push(StepView {
            sequence: row.sequence,
            at: wall(at, &zone),
            user: users
                .iter()
                .find(|user| user.id.to_string() == row.user_id)
                .map_or_else(String::new, |user| user.name.clone()),
            command: row.command,
            changes,
        });
    }
    Ok(steps)
}

/// One appointment with its history.
///
/// # Errors
/// `permission_denied`, `appointment_not_found`.
pub async fn show_appointment(desk: &Desk, request: AppointmentRequest) -> Result<AppointmentDetailView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_appointment").await?;
    let named = store::agenda::named(&mut connection, request.id)
        .await?
        .ok_or_else(|| CommandError::new("appointment_not_found"))?;
    let a = &named.appointment;
    let practitioner = desk.session().roles.practitioner;
    let may_become = domain::agenda::status::Status::ALL
        .iter()
        .filter(|to| a.status.may_become(**to, practitioner))
        .map(|to| to.as_str().to_owned())
        .collect();
    Ok(AppointmentDetailView {
        spoken_code: spoken(&a.code),
        cancelled_by: a.cancelled_by.map(|by| by.as_str().to_owned()),
        cancel_reason: a.cancel_reason.clone(),
        contact_name: a.contact_name.clone(),
        contact_phone: a.contact_phone.clone(),
        may_become,
        history: history(desk, &mut connection, &request.id.to_string()).await?,
        appointment: view(named, desk.premises().region()),
    })
}
