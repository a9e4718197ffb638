//! Series: a rule and its sessions, previewed with their clashes, booked and changed in one transaction each, and
//! appointments in a row (a family with one practitioner, one patient with several).
//!
//! An entry of the journal an appointment, all of one change in one group: undo takes the whole back or refuses. Not here:
//! where sessions belong (room `domain`), what is free (`agenda::slots`), what an overlap is (the schema).

mod book;
mod change;
mod plan;
mod row;
mod sought;
pub mod wire;

pub use book::{book_series, preview_series};
pub use change::{cancel_series, change_series, preview_series_change};
pub use row::{book_row, find_rows};
pub(in crate::commands) use sought::{Sought, free_on, is_free};

use domain::agenda::series::{SeriesRule, SeriesRuleError};
use domain::id::{AppointmentId, SeriesId};
use domain::role::Permission;
use domain::time::WallTime;

use super::agenda::show::view;
use super::desk::Change;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::series::Series;
use crate::store::{self, Connection, StoreError};
use wire::{ChangedSeriesView, SeriesRequest, SeriesRuleView, SeriesSessionView, SeriesView, SessionChoice};

fn rule_view(rule: &SeriesRule) -> SeriesRuleView {
    SeriesRuleView { unit: rule.unit, at_least: rule.at_least, at_most: rule.at_most, sessions: rule.sessions }
}

fn rule(view: SeriesRuleView, first: i64) -> Result<SeriesRule, CommandError> {
    let rule =
        SeriesRule { unit: view.unit, at_least: view.at_least, at_most: view.at_most, sessions: view.sessions, first };
    rule.checked().map_err(|error| match error {
        SeriesRuleError::Interval => CommandError::field("bad_interval", "at_least"),
        SeriesRuleError::Sessions => CommandError::field("bad_sessions", "sessions"),
    })
}

/// The series of an appointment and its number in it.
async fn series_of(connection: &mut Connection, appointment: AppointmentId) -> Result<(Series, i64), CommandError> {
    let none = || CommandError::new("series_not_found");
    let (id, number) = store::series::place_of(connection, appointment).await?.ok_or_else(none)?;
    Ok((store::series::series(connection, id).await?.ok_or_else(none)?, number))
}

/// Whether an appointment stands elsewhere than its series says.
fn is_exception(series: &Series, planned: i64, a: &Appointment) -> bool {
    a.starts != Some(planned) || a.practitioner_id != series.practitioner_id || a.minutes != series.minutes
}

/// The series of an appointment with its sessions, all but the deleted.
///
/// # Errors
/// `series_not_found`, `permission_denied`.
pub async fn show_series(desk: &Desk, request: SeriesRequest) -> Result<SeriesView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_series").await?;
    let region = desk.premises().region();
    let (series, number) = series_of(&mut connection, request.appointment_id).await?;
    let mut sessions = Vec::with_capacity(series.booked.len());
    for session in &series.booked {
        let named = store::agenda::named(&mut connection, session.appointment_id).await?.ok_or(StoreError::NotFound)?;
        if named.appointment.status == domain::agenda::status::Status::Deleted {
            continue;
        }
        sessions.push(SeriesSessionView {
            number: session.number,
            planned: WallTime::from_minutes(session.planned),
            exception: is_exception(&series, session.planned, &named.appointment),
            appointment: view(named, region),
        });
    }
    Ok(SeriesView { id: series.id, rule: rule_view(&series.rule()), number, sessions })
}

/// Checks that what was decided is what the rule says: every session once, each planned where it belongs. `held` gives
/// the plan of those that keep theirs.
fn check_choices(
    rule: &SeriesRule,
    choices: &[SessionChoice],
    held: impl Fn(i64) -> Option<i64>,
) -> Result<(), CommandError> {
    let bad = |number: i64| CommandError::field("bad_session", "sessions").with("number", number);
    let mut planner = rule.planner();
    while let Some((number, window)) = planner.next() {
        let mut own = choices.iter().filter(|choice| choice.number == number);
        let planned = match (own.next(), held(number)) {
            (_, Some(planned)) => planned,
            (Some(choice), None) => {
                let planned = choice.planned.minutes();
                let right = if rule.is_range() { window.holds(planned) } else { planned == window.target };
                if !right {
                    return Err(bad(number));
                }
                planned
            }
            // Left out of the series before: only its place counts.
            (None, None) => window.target,
        };
        if own.next().is_some() {
            return Err(bad(number));
        }
        planner.take(planned);
    }
    match choices.iter().find(|choice| !(1..=rule.sessions).contains(&choice.number)) {
        Some(choice) => Err(bad(choice.number)),
        None => Ok(()),
    }
}

/// Saves and journals a series of a group.
async fn save(change: &mut Change<'_>, before: Option<&Series>, after: &Series) -> Result<i64, CommandError> {
    store::series::save(change.connection(), after).await?;
    let record = match before {
        Some(before) => ChangeRecord::updated("series", before, after),
        None => ChangeRecord::created("series", after),
    };
    let owner = after.patient_id.to_string();
    change.record("agenda", &after.id.to_string(), Some(&owner), &record).await
}

/// Commits a group and shows what it was about.
async fn finish(
    desk: &Desk,
    mut change: Change<'_>,
    series_id: Option<SeriesId>,
    changed: &[AppointmentId],
) -> Result<ChangedSeriesView, CommandError> {
    let region = desk.premises().region();
    let mut appointments = Vec::with_capacity(changed.len());
    for id in changed {
        let named = store::agenda::named(change.connection(), *id).await?.ok_or(StoreError::NotFound)?;
        appointments.push(view(named, region));
    }
    let sequence = change.commit().await?;
    Ok(ChangedSeriesView { series_id, appointments, sequence })
}

/// A refusal about one session.
fn of_session(number: i64) -> impl Fn(CommandError) -> CommandError {
    move |refusal| refusal.with("number", number)
}
