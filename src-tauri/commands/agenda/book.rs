//! Booking, walk-ins, moving and resizing, changing what does not move.
//!
//! The overlap rule is the schema's: what is refused here as `slot_taken` was refused by SQLite inside the transaction,
//! so two desks cannot both win.

use domain::agenda::booking_code::BookingCode;
use domain::agenda::overlap::check_minutes;
use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId};
use domain::role::Permission;
use domain::time::day_number;

use super::place::{Place, parts};
use super::show::{spoken, view};
use super::wire::{
    BookAppointmentRequest, BookWalkInRequest, ChangedAppointmentView, MoveAppointmentRequest, UpdateAppointmentRequest,
};
use crate::commands::desk::Change;
use crate::commands::sync::mark_never;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::{Appointment, BookingFacts, NamedAppointment};
use crate::store::booking::BookingQuestion;
use crate::store::{self, Connection, StoreError};

/// How long a note may be.
const NOTE: usize = 2_000;

/// A word of a request as its enum.
pub(crate) fn word<T: std::str::FromStr>(text: &str, field: &str) -> Result<T, CommandError> {
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
    permitted(&facts, patient)?;
    Ok(facts)
}

/// Refuses what is not there or no longer active.
fn permitted(facts: &BookingFacts, patient: Option<PatientId>) -> Result<(), CommandError> {
    if !facts.practitioner_active {
        return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
    }
    if !facts.type_active {
        return Err(CommandError::field("type_not_found", "type_id"));
    }
    if patient.is_some() && facts.patient_id.is_none() {
        return Err(CommandError::field("patient_not_found", "patient_id"));
    }
    Ok(())
}

/// A booking code by chance.
pub(crate) fn draw_code() -> Result<String, CommandError> {
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(|_| CommandError::new("no_randomness"))?;
    Ok(BookingCode::from_number(u32::from_le_bytes(bytes) & 0x3fff_ffff).to_string())
}

/// A booking code that no appointment bears.
pub(crate) async fn make_code(connection: &mut Connection) -> Result<String, CommandError> {
    for _ in 0..50 {
        let code = draw_code()?;
        if !store::agenda::code_in_use(connection, &code).await? {
            return Ok(code);
        }
    }
    Err(CommandError::new("no_free_code"))
}

/// Refusals of the store about one slot.
pub(crate) fn slot(error: StoreError) -> CommandError {
    match error {
        StoreError::SlotTaken => CommandError::field("slot_taken", "starts"),
        StoreError::ResourceTaken => CommandError::field("resource_taken", "starts"),
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// Journals a change of an appointment; returns the entry's number.
pub(in crate::commands) async fn note_down(
    change: &mut Change<'_>,
    before: Option<&Appointment>,
    after: &Appointment,
) -> Result<i64, CommandError> {
    let record = match before {
        Some(before) => ChangeRecord::updated("appointment", before, after),
        None => ChangeRecord::created("appointment", after),
    };
    let owner = after.patient_id.map(|id| id.to_string());
    change.record("agenda", &after.id.to_string(), owner.as_deref(), &record).await
}

/// Journals and commits a change of an appointment, and shows it. What is worth a word is asked of its place, where it was
/// put somewhere.
pub(in crate::commands) async fn finish(
    desk: &Desk,
    mut change: Change<'_>,
    before: Option<&Appointment>,
    after: &Appointment,
    place: Option<Place>,
) -> Result<ChangedAppointmentView, CommandError> {
    let sequence = note_down(&mut change, before, after).await?;
    let view = changed(desk, change.connection(), after, place, sequence).await?;
    change.commit().await?;
    Ok(view)
}

/// An appointment as it was just changed.
pub(in crate::commands) async fn changed(
    desk: &Desk,
    connection: &mut Connection,
    after: &Appointment,
    place: Option<Place>,
    sequence: i64,
) -> Result<ChangedAppointmentView, CommandError> {
    let warnings = match place {
        Some(place) => place.warnings(desk, connection, after, None).await?,
        None => Vec::new(),
    };
    let named = store::agenda::named(connection, after.id).await?.ok_or(StoreError::NotFound)?;
    Ok(answer(desk, named, sequence, warnings))
}

/// What a change answers.
fn answer(desk: &Desk, named: NamedAppointment, sequence: i64, warnings: Vec<String>) -> ChangedAppointmentView {
    ChangedAppointmentView {
        spoken_code: spoken(&named.appointment.code),
        appointment: view(named, desk.premises().region()),
        sequence,
        warnings,
    }
}

/// The appointment a change is about.
pub(crate) async fn existing(connection: &mut Connection, id: AppointmentId) -> Result<Appointment, CommandError> {
    let found = store::agenda::appointment(connection, id).await?;
    found.filter(|a| a.status != Status::Deleted).ok_or_else(|| CommandError::new("appointment_not_found"))
}

/// Books a timed appointment. An overlap is refused unless it is an overbooking on purpose, and so is a block without
/// scheduling; opening hours, absences, reserved time and the patient's other appointments warn.
///
/// # Errors
/// `slot_taken`, `no_scheduling`, `resource_taken`, `practitioner_not_found`, `type_not_found`, `patient_not_found`, `bad_duration`, `permission_denied`.
pub async fn book_appointment(
    desk: &Desk,
    request: BookAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let origin: Origin = word(&request.origin, "origin")?;
    let mut change = desk.change(Permission::ChangeAgenda, "book_appointment").await?;
    let connection = change.connection();
    let starts = request.starts.minutes();
    let mut question = BookingQuestion {
        practitioner_id: request.practitioner_id,
        type_id: request.type_id,
        patient_id: request.patient_id,
        code: draw_code()?,
        starts,
        minutes: request.minutes,
    };
    let mut sight = store::booking::booking_sight(connection, &question).await?;
    if sight.code_in_use {
        question.code = make_code(connection).await?;
        sight = store::booking::booking_sight(connection, &question).await?;
    }
    let facts = &sight.facts;
    permitted(facts, request.patient_id)?;
    let minutes = minutes(request.minutes.unwrap_or(facts.minutes))?;
    let mut after = Appointment {
        id: AppointmentId::new(desk.make_id()),
        code: question.code,
        practitioner_id: request.practitioner_id,
        site_id: facts.site_id,
        patient_id: facts.patient_id,
        type_id: request.type_id,
        day: starts.div_euclid(1440),
        starts: Some(starts),
        queue_rank: None,
        minutes,
        status: Status::Booked,
        origin,
        urgency: Urgency::Normal,
        overbooked: request.overbook,
        note: note(request.note)?,
        contact_name: request.contact_name,
        contact_phone: request.contact_phone,
        cancelled_by: None,
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
        buffer_minutes: facts.buffer_minutes,
        provider_parts: parts(facts, minutes),
        resources: Vec::new(),
    };
    let mut place = Place::read(desk, connection, &after).await?;
    place.take(connection, &mut after, facts).await?;
    store::agenda::insert(connection, &after).await.map_err(slot)?;
    let warnings = place.warnings(desk, connection, &after, Some(sight.patient_busy)).await?;
    if let (Some(owner), Some(key)) = (after.patient_id, sight.journal_key.take()) {
        change.know_key(owner.to_string(), key);
    }
    if request.never_sync {
        // Two entries, taken back together.
        change.begin_group();
    }
    note_down(&mut change, None, &after).await?;
    if request.never_sync {
        mark_never(&mut change, &after).await?;
    }
    let sequence = change.commit().await?;
    let named = NamedAppointment {
        appointment: after,
        practitioner: sight.practitioner,
        type_name: sight.type_name,
        surname: sight.surname,
        first_name: sight.first_name,
        name_arabic: sight.name_arabic,
        born: sight.born,
        phone: sight.phone,
    };
    Ok(answer(desk, named, sequence, warnings))
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
        // Without a time nothing is kept, shared or held; it gets them with its time.
        buffer_minutes: 0,
        provider_parts: Vec::new(),
        resources: Vec::new(),
    };
    store::agenda::insert(connection, &after).await.map_err(slot)?;
    finish(desk, change, None, &after, None).await
}

/// Moves or resizes an appointment; an untimed walk-in gets a time so.
///
/// # Errors
/// `slot_taken`, `no_scheduling`, `resource_taken`, `appointment_not_found`, `changed_meanwhile`, `not_movable` for one that is over, `bad_duration`.
pub async fn move_appointment(
    desk: &Desk,
    request: MoveAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "move_appointment").await?;
    let moved = put(desk, change.connection(), &request).await?;
    finish(desk, change, Some(&moved.before), &moved.after, Some(moved.place)).await
}

/// An appointment that was put elsewhere and is not journalled yet.
pub(in crate::commands) struct Moved {
    /// As it was.
    pub before: Appointment,
    /// As it is.
    pub after: Appointment,
    /// Where it is.
    pub place: Place,
}

/// Puts an appointment elsewhere, inside a change.
pub(in crate::commands) async fn put(
    desk: &Desk,
    connection: &mut Connection,
    request: &MoveAppointmentRequest,
) -> Result<Moved, CommandError> {
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
    let facts = store::agenda::booking_facts(connection, practitioner_id, before.type_id, None).await?;
    let mut after = before.clone();
    if practitioner_id != before.practitioner_id {
        if !facts.practitioner_active {
            return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
        }
        after.practitioner_id = practitioner_id;
        after.site_id = facts.site_id;
    }
    let starts = request.starts.minutes();
    after.starts = Some(starts);
    after.queue_rank = None;
    after.day = starts.div_euclid(1440);
    after.minutes = minutes(request.minutes.unwrap_or(before.minutes))?;
    after.overbooked = request.overbook;
    // What the type asked for at booking stays, unless there was no time to ask it for, or it is another one now.
    if before.starts.is_none() || before.minutes != after.minutes {
        after.buffer_minutes = facts.buffer_minutes;
        after.provider_parts = parts(&facts, after.minutes);
    }
    let mut place = Place::read(desk, connection, &after).await?;
    place.take(connection, &mut after, &facts).await?;
    store::agenda::update(connection, &after).await.map_err(slot)?;
    // What was pinned to be placed later has been placed.
    store::overview::unpin(connection, None, after.id).await?;
    after.revision += 1;
    Ok(Moved { before, after, place })
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
    let mut after = Appointment {
        patient_id: facts.patient_id,
        type_id: request.type_id,
        note: note(request.note)?,
        urgency,
        ..before.clone()
    };
    if after.type_id != before.type_id && after.starts.is_some() {
        // Another type asks for other things, at the same time and as long.
        after.buffer_minutes = facts.buffer_minutes;
        after.provider_parts = parts(&facts, after.minutes);
        Place::read(desk, connection, &after).await?.take(connection, &mut after, &facts).await?;
    }
    store::agenda::update(connection, &after).await.map_err(slot)?;
    let after = Appointment { revision: before.revision + 1, ..after };
    finish(desk, change, Some(&before), &after, None).await
}
