//! Booking, walk-ins, moving and resizing, changing what does not move.
//!
//! The overlap rule is the schema's: what is refused here as `slot_taken` was refused by SQLite inside the transaction,
//! so two desks cannot both win.

use domain::agenda::booking_code::BookingCode;
use domain::agenda::hours::open_spans;
use domain::agenda::overlap::{Span, check_minutes};
use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId};
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::show::{spoken, view};
use super::wire::{
    BookAppointmentRequest, BookWalkInRequest, ChangedAppointmentView, MoveAppointmentRequest, UpdateAppointmentRequest,
};
use crate::commands::desk::Change;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::{self, Connection, StoreError};

/// How long a note may be.
const NOTE: usize = 2_000;

/// A word of a request as its enum.
pub(in crate::commands) fn word<T: std::str::FromStr>(text: &str, field: &str) -> Result<T, CommandError> {
    text.parse().map_err(|_| CommandError::field("unknown_word", field))
}

/// A duration that an appointment can have.
pub(in crate::commands) fn minutes(asked: i64) -> Result<i64, CommandError> {
    check_minutes(asked).map_err(|_| CommandError::field("bad_duration", "minutes"))
}

/// A note of the desk that is not too long.
pub(in crate::commands) fn note(text: String) -> Result<String, CommandError> {
    if text.chars().count() > NOTE {
        return Err(CommandError::field("too_long", "note").with("limit", NOTE));
    }
    Ok(text)
}

/// Checks that practitioner, type and patient are there, and reads what a booking copies from them.
pub(in crate::commands) async fn facts(
    connection: &mut Connection,
    practitioner: PractitionerId,
    type_id: TypeId,
    patient: Option<PatientId>,
) -> Result<BookingFacts, CommandError> {
    let facts = store::agenda::booking_facts(connection, practitioner, type_id, patient).await?;
    if !facts.practitioner_active {
        return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
    }
    if !facts.type_active {
        return Err(CommandError::field("type_not_found", "type_id"));
    }
    if patient.is_some() && facts.patient_id.is_none() {
        return Err(CommandError::field("patient_not_found", "patient_id"));
    }
    Ok(facts)
}

/// A booking code that no appointment bears.
pub(crate) async fn make_code(connection: &mut Connection) -> Result<String, CommandError> {
    for _ in 0..50 {
        let mut bytes = [0; 4];
        getrandom::fill(&mut bytes).map_err(|_| CommandError::new("no_randomness"))?;
        let code = BookingCode::from_number(u32::from_le_bytes(bytes) & 0x3fff_ffff).to_string();
        if !store::agenda::code_in_use(connection, &code).await? {
            return Ok(code);
        }
    }
    Err(CommandError::new("no_free_code"))
}

/// What is right to book and still worth a word.
pub(in crate::commands) async fn warnings(
    desk: &Desk,
    connection: &mut Connection,
    a: &Appointment,
) -> Result<Vec<String>, CommandError> {
    let mut warnings = Vec::new();
    let Some(starts) = a.starts else { return Ok(warnings) };
    let span = Span { start: starts, minutes: a.minutes };
    let of = Some(a.practitioner_id);
    let hours = store::opening::hours(connection, of).await?;
    let rules = hours.iter().map(store::opening::Hours::rule).collect::<Result<Vec<_>, _>>()?;
    let open = open_spans(from_day_number(a.day), &rules, &[]);
    if !hours.is_empty() && !open.iter().any(|open| open.contains(span)) {
        warnings.push("outside_hours".to_owned());
    }
    if !store::opening::absences(connection, of, starts, span.end()).await?.is_empty() {
        warnings.push("during_absence".to_owned());
    }
    if let Some(patient) = a.patient_id
        && store::agenda::patient_busy(connection, patient, a.id, starts, a.minutes).await?
    {
        warnings.push("patient_booked_twice".to_owned());
    }
    if span.end() <= desk.wall_now().minutes() {
        warnings.push("in_the_past".to_owned());
    }
    Ok(warnings)
}

/// Refusals of the store about one slot.
pub(in crate::commands) fn slot(error: StoreError) -> CommandError {
    match error {
        StoreError::SlotTaken => CommandError::field("slot_taken", "starts"),
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// Journals and commits a change of an appointment, and shows it.
pub(super) async fn finish(
    desk: &Desk,
    mut change: Change<'_>,
    before: Option<&Appointment>,
    after: &Appointment,
    with_warnings: bool,
) -> Result<ChangedAppointmentView, CommandError> {
    let record = match before {
        Some(before) => ChangeRecord::updated("appointment", before, after),
        None => ChangeRecord::created("appointment", after),
    };
    let owner = after.patient_id.map(|id| id.to_string());
    let sequence = change.record("agenda", &after.id.to_string(), owner.as_deref(), &record).await?;
    let warnings = if with_warnings { warnings(desk, change.connection(), after).await? } else { Vec::new() };
    let named = store::agenda::named(change.connection(), after.id).await?.ok_or(StoreError::NotFound)?;
    change.commit().await?;
    Ok(ChangedAppointmentView {
        spoken_code: spoken(&after.code),
        appointment: view(named, desk.premises().region()),
        sequence,
        warnings,
    })
}

/// The appointment a change is about.
pub(in crate::commands) async fn existing(
    connection: &mut Connection,
    id: AppointmentId,
) -> Result<Appointment, CommandError> {
    let found = store::agenda::appointment(connection, id).await?;
    found.filter(|a| a.status != Status::Deleted).ok_or_else(|| CommandError::new("appointment_not_found"))
}

/// The row of a new timed appointment, as the desk books it until somebody says otherwise.
pub(in crate::commands) async fn fresh(
    desk: &Desk,
    connection: &mut Connection,
    practitioner_id: PractitionerId,
    type_id: TypeId,
    facts: &BookingFacts,
    starts: WallTime,
) -> Result<Appointment, CommandError> {
    Ok(Appointment {
        id: AppointmentId::new(desk.make_id()),
        code: make_code(connection).await?,
        practitioner_id,
        site_id: facts.site_id,
        patient_id: facts.patient_id,
        type_id,
        day: starts.minutes().div_euclid(1440),
        starts: Some(starts.minutes()),
        queue_rank: None,
        minutes: facts.minutes,
        status: Status::Booked,
        origin: Origin::Desk,
        urgency: Urgency::Normal,
        overbooked: false,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        cancelled_by: None,
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
    })
}

/// Books a timed appointment. An overlap is refused unless it is an overbooking on purpose; opening hours, absences and
/// the patient's other appointments warn.
///
/// # Errors
/// `slot_taken`, `practitioner_not_found`, `type_not_found`, `patient_not_found`, `bad_duration`, `permission_denied`.
pub async fn book_appointment(
    desk: &Desk,
    request: BookAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let origin: Origin = word(&request.origin, "origin")?;
    let mut change = desk.change(Permission::ChangeAgenda, "book_appointment").await?;
    let connection = change.connection();
    let facts = facts(connection, request.practitioner_id, request.type_id, request.patient_id).await?;
    let after = Appointment {
        minutes: minutes(request.minutes.unwrap_or(facts.minutes))?,
        origin,
        overbooked: request.overbook,
        note: note(request.note)?,
        contact_name: request.contact_name,
        contact_phone: request.contact_phone,
        ..fresh(desk, connection, request.practitioner_id, request.type_id, &facts, request.starts).await?
    };
    store::agenda::insert(connection, &after).await.map_err(slot)?;
    finish(desk, change, None, &after, true).await
}

/// Puts a walk-in into today's queue of a practitioner: arrived, without a time, after those already there.
///
/// # Errors
/// `practitioner_not_found`, `type_not_found`, `patient_not_found`, `permission_denied`.
pub async fn book_walk_in(desk: &Desk, request: BookWalkInRequest) -> Result<ChangedAppointmentView, CommandError> {
    let urgency: Urgency = word(&request.urgency, "urgency")?;
    let now = desk.wall_now();
    let mut change = desk.change(Permission::ChangeAgenda, "book_walk_in").await?;
    let connection = change.connection();
    let type_id = match request.type_id {
        Some(id) => id,
        None => store::practice::types(connection)
            .await?
            .into_iter()
            .find(|kind| kind.active)
            .map(|kind| kind.id)
            .ok_or_else(|| CommandError::field("type_not_found", "type_id"))?,
    };
    let facts = facts(connection, request.practitioner_id, type_id, Some(request.patient_id)).await?;
    let day = day_number(now.date());
    let after = Appointment {
        id: AppointmentId::new(desk.make_id()),
        code: make_code(connection).await?,
        practitioner_id: request.practitioner_id,
        site_id: facts.site_id,
        patient_id: facts.patient_id,
        type_id,
        day,
        starts: None,
        queue_rank: Some(store::agenda::next_rank(connection, request.practitioner_id, day).await?),
        minutes: facts.minutes,
        status: Status::Arrived,
        origin: Origin::WalkIn,
        urgency,
        overbooked: false,
        note: note(request.note)?,
        contact_name: String::new(),
        contact_phone: String::new(),
        cancelled_by: None,
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: Some(now.minutes()),
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
    };
    store::agenda::insert(connection, &after).await.map_err(slot)?;
    finish(desk, change, None, &after, false).await
}

/// Moves or resizes an appointment; an untimed walk-in gets a time so.
///
/// # Errors
/// `slot_taken`, `appointment_not_found`, `changed_meanwhile`, `not_movable` for one that is over, `bad_duration`.
pub async fn move_appointment(
    desk: &Desk,
    request: MoveAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "move_appointment").await?;
    let connection = change.connection();
    let before = existing(connection, request.id).await?;
    if request.revision.is_some_and(|seen| seen != before.revision) {
        return Err(CommandError::new("changed_meanwhile"));
    }
    if !matches!(
        before.status,
        Status::Requested | Status::Booked | Status::Confirmed | Status::Arrived | Status::InConsultation
    ) {
        return Err(CommandError::new("not_movable").with("status", before.status.as_str()));
    }
    let practitioner_id = request.practitioner_id.unwrap_or(before.practitioner_id);
    let mut after = before.clone();
    if practitioner_id != before.practitioner_id {
        let facts = facts(connection, practitioner_id, before.type_id, None).await?;
        after.practitioner_id = practitioner_id;
        after.site_id = facts.site_id;
    }
    let starts = request.starts.minutes();
    after.starts = Some(starts);
    after.queue_rank = None;
    after.day = starts.div_euclid(1440);
    after.minutes = minutes(request.minutes.unwrap_or(before.minutes))?;
    after.overbooked = request.overbook;
    store::agenda::update(connection, &after).await.map_err(slot)?;
    after.revision += 1;
    finish(desk, change, Some(&before), &after, true).await
}

/// Changes patient, type, note or urgency; time and duration stay.
///
/// # Errors
/// `appointment_not_found`, `type_not_found`, `patient_not_found`, `too_long`.
pub async fn update_appointment(
    desk: &Desk,
    request: UpdateAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let urgency: Urgency = word(&request.urgency, "urgency")?;
    let mut change = desk.change(Permission::ChangeAgenda, "update_appointment").await?;
    let connection = change.connection();
    let before = existing(connection, request.id).await?;
    let facts =
        store::agenda::booking_facts(connection, before.practitioner_id, request.type_id, request.patient_id).await?;
    if !facts.type_active && request.type_id != before.type_id {
        return Err(CommandError::field("type_not_found", "type_id"));
    }
    if request.patient_id.is_some() && facts.patient_id.is_none() {
        return Err(CommandError::field("patient_not_found", "patient_id"));
    }
    let after = Appointment {
        patient_id: facts.patient_id,
        type_id: request.type_id,
        note: note(request.note)?,
        urgency,
        ..before.clone()
    };
    store::agenda::update(connection, &after).await.map_err(slot)?;
    let after = Appointment { revision: before.revision + 1, ..after };
    finish(desk, change, Some(&before), &after, false).await
}
