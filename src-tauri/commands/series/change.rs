//! Changing and cancelling sessions: one, this and the following, or all. What is over is never moved, and what was put
//! elsewhere on its own stays there. "The following" become a series of their own, so that each series has one rule.

use domain::agenda::series::{SeriesRule, SeriesScope};
use domain::agenda::status::{CancelledBy, Status};
use domain::id::{AppointmentId, SeriesId};
use domain::role::Permission;

use super::plan::{Slot, alone, plan};
use super::sought::Sought;
use super::wire::{CancelSeriesRequest, ChangeSeriesRequest, ChangedSeriesView, SeriesChange, SeriesPreviewView};
use super::{check_choices, finish, is_exception, of_session, rule, save, series_of};
use crate::commands::agenda::book::{facts, minutes, note_down, slot, word};
use crate::commands::agenda::fresh::{fresh, insert};
use crate::commands::agenda::place::{Place, parts};
use crate::commands::agenda::status::cancelled;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::series::{Series, SeriesSession};
use crate::store::{self, Connection, StoreError};

/// Why an appointment is not moved any more.
fn kept(a: &Appointment, now: i64) -> Option<&'static str> {
    match a.starts {
        Some(starts) if matches!(a.status, Status::Requested | Status::Booked | Status::Confirmed) => {
            (starts <= now).then_some("past")
        }
        _ => Some("over"),
    }
}

/// An edit, worked out: the series as it is, the rule from now on, and the sessions that it is about.
struct Edit {
    before: Series,
    /// The number of the first session it is about; sessions are numbered from it.
    from: i64,
    rule: SeriesRule,
    sought: Sought,
    facts: BookingFacts,
    slots: Vec<Slot>,
}

async fn appointment(connection: &mut Connection, id: AppointmentId) -> Result<Appointment, CommandError> {
    Ok(store::agenda::appointment(connection, id).await?.ok_or(StoreError::NotFound)?)
}

async fn edit(desk: &Desk, connection: &mut Connection, asked: &SeriesChange) -> Result<Edit, CommandError> {
    let (before, number) = series_of(connection, asked.appointment_id).await?;
    let now = desk.wall_now().minutes();
    let to = asked.starts.minutes();
    let edited = appointment(connection, asked.appointment_id).await?;
    if kept(&edited, now).is_some() {
        return Err(CommandError::new("not_movable").with("status", edited.status.as_str()));
    }
    // A practitioner who left keeps what is booked; only who is put there anew has to be here.
    let (practitioner_id, type_id) =
        (asked.practitioner_id.unwrap_or(edited.practitioner_id), asked.type_id.unwrap_or(edited.type_id));
    let facts = store::agenda::booking_facts(connection, practitioner_id, type_id, edited.patient_id).await?;
    let sought = Sought::new(practitioner_id, type_id, minutes(asked.minutes.unwrap_or(edited.minutes))?, &facts);
    let from = match asked.scope {
        SeriesScope::All => 1,
        SeriesScope::One | SeriesScope::Following => number,
    };
    let mut slots = Vec::new();
    for session in before.booked.iter().filter(|session| session.number >= from) {
        if asked.scope == SeriesScope::One && session.number != number {
            continue;
        }
        let a = appointment(connection, session.appointment_id).await?;
        let mut why = kept(&a, now);
        if why.is_none() && session.number != number && is_exception(&before, session.planned, &a) {
            why = Some("exception");
        }
        slots.push(Slot {
            number: session.number - from + 1,
            appointment: Some(a),
            planned: session.planned,
            kept: why,
        });
    }
    let planned = before.booked.iter().find(|session| session.number == number).map_or(to, |session| session.planned);
    let mut after = match asked.scope {
        SeriesScope::One => before.rule(),
        SeriesScope::All if number > 1 => before.rule().shifted(planned, to),
        SeriesScope::All => SeriesRule { first: to, ..before.rule() },
        SeriesScope::Following if number > 1 => before.rule().split(number, to).1,
        SeriesScope::Following => SeriesRule { first: to, ..before.rule() },
    };
    if let Some(asked) = asked.rule {
        let booked = before.booked.last().map_or(1, |session| session.number);
        if asked.sessions < booked {
            return Err(CommandError::field("fewer_sessions", "sessions").with("booked", booked));
        }
        let whole = rule(asked, after.first)?;
        after = SeriesRule { sessions: whole.sessions - from + 1, ..whole };
        for number in before.sessions - from + 2..=after.sessions {
            slots.push(Slot { number, appointment: None, planned: 0, kept: None });
        }
    }
    Ok(Edit { before, from, rule: after, sought, facts, slots })
}

/// Where the sessions of an edit would be put. Nothing is written.
///
/// # Errors
/// `series_not_found`, `not_movable` where this session is over, `fewer_sessions`, `bad_interval`, `bad_sessions`,
/// `bad_duration`, `permission_denied`.
pub async fn preview_series_change(desk: &Desk, request: SeriesChange) -> Result<SeriesPreviewView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "preview_series_change").await?;
    let edit = edit(desk, &mut connection, &request).await?;
    let sessions = match (request.scope, edit.slots.first()) {
        (SeriesScope::One, Some(slot)) => {
            let to = request.starts.minutes();
            let mut session = alone(desk, &mut connection, &edit.rule, &edit.sought, slot, to).await?;
            session.number = edit.from;
            vec![session]
        }
        _ => plan(desk, &mut connection, &edit.rule, &edit.sought, &edit.slots).await?,
    };
    Ok(SeriesPreviewView { sessions })
}

/// Changes the sessions of an edit, all or none.
///
/// # Errors
/// As [`preview_series_change`]; `bad_session`, `practitioner_not_found`, `type_not_found`; `slot_taken`, `no_scheduling`,
/// `resource_taken` with the number of the session.
pub async fn change_series(desk: &Desk, request: ChangeSeriesRequest) -> Result<ChangedSeriesView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "change_series").await?;
    let edit = edit(desk, change.connection(), &request.change).await?;
    let one = request.change.scope == SeriesScope::One;
    if !one {
        let held = |number: i64| edit.slots.iter().find(|slot| slot.number == number).and_then(Slot::held);
        check_choices(&edit.rule, &request.sessions, held)?;
    }
    // A practitioner who left, or a type that is no longer offered, keeps what is booked.
    let stays =
        edit.sought.practitioner_id == edit.before.practitioner_id && edit.sought.type_id == edit.before.type_id;
    if !stays {
        let patient = edit.sought.patient_id;
        facts(change.connection(), edit.sought.practitioner_id, edit.sought.type_id, patient).await?;
    }
    change.begin_group();
    let mut moves = Vec::new();
    let mut booked: Vec<SeriesSession> = Vec::new();
    for slot in &edit.slots {
        let number = if one { edit.from } else { slot.number };
        let choice = request.sessions.iter().find(|choice| choice.number == number);
        let planned = match (slot.held(), choice) {
            (Some(planned), _) => planned,
            (None, Some(choice)) => choice.planned.minutes(),
            (None, None) => return Err(CommandError::field("bad_session", "sessions").with("number", number)),
        };
        let starts = choice.and_then(|choice| choice.starts).filter(|_| slot.kept.is_none());
        let id = match (&slot.appointment, starts) {
            (Some(a), Some(starts)) => {
                let after = moved(a, &edit, starts.minutes());
                if after != *a {
                    moves.push((number, Some(a.clone()), after));
                }
                a.id
            }
            (Some(a), None) => a.id,
            (None, Some(starts)) => {
                let (of, minutes) = ((edit.sought.practitioner_id, edit.sought.type_id), edit.sought.minutes);
                let after = fresh(desk, change.connection(), of, &edit.facts, starts, minutes).await?;
                let id = after.id;
                moves.push((number, None, after));
                id
            }
            (None, None) => continue,
        };
        booked.push(SeriesSession { number: slot.number, appointment_id: id, planned });
    }
    let aside: Vec<AppointmentId> =
        moves.iter().filter_map(|(_, before, _)| before.as_ref().map(|before| before.id)).collect();
    store::series::set_aside(change.connection(), &aside).await?;
    let mut changed = Vec::new();
    for (number, before, after) in &mut moves {
        let connection = change.connection();
        match before {
            Some(_) => {
                let mut place = Place::read(desk, connection, after).await?;
                place.take(connection, after, &edit.facts).await.map_err(of_session(*number))?;
                let saved = store::agenda::update(connection, after).await;
                saved.map_err(slot).map_err(of_session(*number))?;
                // What was pinned to be placed later has been placed.
                store::overview::unpin(connection, None, after.id).await?;
                after.revision += 1;
            }
            None => {
                insert(desk, connection, after, &edit.facts).await.map_err(of_session(*number))?;
            }
        }
        note_down(&mut change, before.as_ref(), after).await?;
        changed.push(after.id);
    }
    let mut series = edit.before.id;
    if !one {
        series = keep(desk, &mut change, edit, booked).await?;
    } else if changed.is_empty() {
        return Err(CommandError::field("bad_session", "sessions"));
    }
    finish(desk, change, Some(series), &changed).await
}

/// A session as an edit puts it.
fn moved(a: &Appointment, edit: &Edit, starts: i64) -> Appointment {
    let sought = &edit.sought;
    let mut after = Appointment {
        practitioner_id: sought.practitioner_id,
        site_id: if a.practitioner_id == sought.practitioner_id { a.site_id } else { edit.facts.site_id },
        type_id: sought.type_id,
        minutes: sought.minutes,
        starts: Some(starts),
        day: starts.div_euclid(1440),
        ..a.clone()
    };
    if after == *a {
        return after;
    }
    after.overbooked = false;
    // What the type asked for at booking stays, unless it is another one, or another length.
    if a.minutes != after.minutes || a.type_id != after.type_id {
        after.buffer_minutes = edit.facts.buffer_minutes;
        after.provider_parts = parts(&edit.facts, after.minutes);
    }
    after
}

/// Keeps the rule of an edit: in the series itself, or in one that begins there.
async fn keep(
    desk: &Desk,
    change: &mut crate::commands::desk::Change<'_>,
    edit: Edit,
    booked: Vec<SeriesSession>,
) -> Result<SeriesId, CommandError> {
    let Edit { before, from, rule, sought, .. } = edit;
    let mut after = Series {
        practitioner_id: sought.practitioner_id,
        type_id: sought.type_id,
        minutes: sought.minutes,
        booked,
        ..before.clone().under(rule)
    };
    if from == 1 {
        save(change, Some(&before), &after).await?;
        return Ok(before.id);
    }
    let mut rest = before.clone();
    rest.sessions = from - 1;
    rest.booked.retain(|session| session.number < from);
    save(change, Some(&before), &rest).await?;
    after.id = SeriesId::new(desk.make_id());
    save(change, None, &after).await?;
    Ok(after.id)
}

/// Cancels sessions that are still to come: this one, this and the following, or all.
///
/// # Errors
/// `series_not_found`, `nothing_to_cancel`, `unknown_word`, `too_long`, `permission_denied`.
pub async fn cancel_series(desk: &Desk, request: CancelSeriesRequest) -> Result<ChangedSeriesView, CommandError> {
    let by: CancelledBy = word(&request.by, "by")?;
    if request.reason.chars().count() > 500 {
        return Err(CommandError::field("too_long", "reason").with("limit", 500));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "cancel_series").await?;
    let (series, number) = series_of(change.connection(), request.appointment_id).await?;
    let now = desk.wall_now().minutes();
    change.begin_group();
    let mut changed = Vec::new();
    for session in &series.booked {
        let asked = match request.scope {
            SeriesScope::One => session.number == number,
            SeriesScope::Following => session.number >= number,
            SeriesScope::All => true,
        };
        let before = appointment(change.connection(), session.appointment_id).await?;
        if !asked || kept(&before, now).is_some() || !before.status.may_become(Status::Cancelled, false) {
            continue;
        }
        let mut after = cancelled(desk, &before, by, request.reason.clone());
        store::agenda::update(change.connection(), &after).await.map_err(slot)?;
        after.revision += 1;
        note_down(&mut change, Some(&before), &after).await?;
        changed.push(after.id);
    }
    if changed.is_empty() {
        return Err(CommandError::new("nothing_to_cancel"));
    }
    finish(desk, change, Some(series.id), &changed).await
}
