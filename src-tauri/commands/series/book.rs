//! Planning and booking a new series, from a first start or from an appointment that is there already.

use domain::agenda::series::SeriesRule;
use domain::agenda::status::Origin;
use domain::id::SeriesId;
use domain::role::Permission;

use super::plan::{Slot, plan};
use super::sought::Sought;
use super::wire::{BookSeriesRequest, ChangedSeriesView, SeriesPlan, SeriesPreviewView};
use super::{check_choices, finish, of_session, rule, save};
use crate::commands::agenda::book::{existing, facts, minutes, note, note_down, word};
use crate::commands::agenda::fresh::{fresh, insert};
use crate::commands::sync::mark_never;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::{Appointment, BookingFacts};
use crate::store::series::{Series, SeriesSession};
use crate::store::{self, Connection};

/// A series as it was asked for, checked.
struct Draft {
    rule: SeriesRule,
    sought: Sought,
    facts: BookingFacts,
    /// The appointment that becomes the first session.
    first: Option<Appointment>,
}

async fn draft(connection: &mut Connection, asked: &SeriesPlan) -> Result<Draft, CommandError> {
    let mut first = asked.first.minutes();
    let (mut practitioner, mut patient, mut kind) = (asked.practitioner_id, asked.patient_id, asked.type_id);
    let mut length = asked.minutes;
    let appointment = match asked.appointment_id {
        Some(id) => {
            let a = existing(connection, id).await?;
            if store::series::place_of(connection, id).await?.is_some() {
                return Err(CommandError::new("already_in_series"));
            }
            let (Some(starts), Some(of), true) = (a.starts, a.patient_id, a.status.is_active()) else {
                return Err(CommandError::new("not_repeatable").with("status", a.status.as_str()));
            };
            first = starts;
            (practitioner, patient, kind) = (a.practitioner_id, of, a.type_id);
            length = Some(a.minutes);
            Some(a)
        }
        None => None,
    };
    let facts = facts(connection, practitioner, kind, Some(patient)).await?;
    let sought = Sought::new(practitioner, kind, minutes(length.unwrap_or(facts.minutes))?, &facts);
    Ok(Draft { rule: rule(asked.rule, first)?, sought, facts, first: appointment })
}

impl Draft {
    fn slots(&self) -> Vec<Slot> {
        (1..=self.rule.sessions)
            .map(|number| Slot {
                number,
                appointment: self.first.clone().filter(|_| number == 1),
                planned: self.rule.first,
                kept: (number == 1 && self.first.is_some()).then_some("first"),
            })
            .collect()
    }
}

/// Where the sessions of a series would be put, what speaks against it, and the next-best places. Nothing is written.
///
/// # Errors
/// `bad_interval`, `bad_sessions`, `bad_duration`, `practitioner_not_found`, `type_not_found`, `patient_not_found`,
/// `appointment_not_found`, `already_in_series`, `not_repeatable`, `permission_denied`.
pub async fn preview_series(desk: &Desk, request: SeriesPlan) -> Result<SeriesPreviewView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "preview_series").await?;
    let draft = draft(&mut connection, &request).await?;
    let sessions = plan(desk, &mut connection, &draft.rule, &draft.sought, &draft.slots()).await?;
    Ok(SeriesPreviewView { sessions })
}

/// Books the sessions of a series, all or none.
///
/// # Errors
/// As [`preview_series`]; `bad_session` where what was decided is not what the rule says; `slot_taken`, `no_scheduling`,
/// `resource_taken` with the number of the session whose place somebody got meanwhile.
pub async fn book_series(desk: &Desk, request: BookSeriesRequest) -> Result<ChangedSeriesView, CommandError> {
    let origin: Origin = word(&request.origin, "origin")?;
    let note = note(request.note)?;
    let mut change = desk.change(Permission::ChangeAgenda, "book_series").await?;
    let draft = draft(change.connection(), &request.plan).await?;
    let Some(patient_id) = draft.sought.patient_id else {
        return Err(CommandError::field("patient_not_found", "patient_id"));
    };
    let has_first = draft.first.is_some();
    check_choices(&draft.rule, &request.sessions, |number| (has_first && number == 1).then_some(draft.rule.first))?;
    change.begin_group();
    let mut booked = Vec::new();
    if let Some(first) = &draft.first {
        booked.push(SeriesSession { number: 1, appointment_id: first.id, planned: draft.rule.first });
    }
    let mut new = Vec::new();
    for choice in request.sessions.iter().filter(|choice| !(has_first && choice.number == 1)) {
        let Some(starts) = choice.starts else { continue };
        let (of, minutes) = ((draft.sought.practitioner_id, draft.sought.type_id), draft.sought.minutes);
        let mut after = Appointment {
            origin,
            note: note.clone(),
            ..fresh(desk, change.connection(), of, &draft.facts, starts, minutes).await?
        };
        insert(desk, change.connection(), &mut after, &draft.facts).await.map_err(of_session(choice.number))?;
        note_down(&mut change, None, &after).await?;
        if request.never_sync {
            mark_never(&mut change, &after).await?;
        }
        new.push(after.id);
        let planned = choice.planned.minutes();
        booked.push(SeriesSession { number: choice.number, appointment_id: after.id, planned });
    }
    if new.is_empty() {
        return Err(CommandError::field("bad_sessions", "sessions"));
    }
    booked.sort_by_key(|session| session.number);
    let series = Series {
        id: SeriesId::new(desk.make_id()),
        patient_id,
        practitioner_id: draft.sought.practitioner_id,
        type_id: draft.sought.type_id,
        minutes: draft.sought.minutes,
        unit: draft.rule.unit,
        at_least: draft.rule.at_least,
        at_most: draft.rule.at_most,
        sessions: draft.rule.sessions,
        first: draft.rule.first,
        booked,
    };
    save(&mut change, None, &series).await?;
    finish(desk, change, Some(series.id), &new).await
}
