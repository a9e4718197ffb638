//! What the rules would do up to a day, without doing anything.

use std::collections::{BTreeMap, HashSet};

use chrono::{Datelike, Days, Months, NaiveDate};
use domain::privacy::retention::{Standing, State};
use domain::role::Permission;

use super::people::{Person, people};
use super::rules::LOOKED_ON;
use super::wire::{DryRunRetentionRequest, RetentionGroupView, RetentionPersonView, RetentionRunView};
use crate::commands::agenda::date;
use crate::commands::{CommandError, Desk};
use crate::store::archive::known::{self, ArchivedRow};
use crate::store::{self, Connection, retention};

/// Most persons of the list at once.
const LIMIT: i64 = 1_000;

/// Everybody of whom something is due up to a day.
pub(super) struct Run {
    /// Up to and with this day.
    pub until: NaiveDate,
    /// The first day of its month.
    pub from: NaiveDate,
    /// How many were looked at.
    pub looked_at: i64,
    /// The longest due first.
    pub persons: Vec<RetentionPersonView>,
}

/// The word of what is due; none where nothing is.
pub(super) fn action(state: State) -> Option<&'static str> {
    match state {
        State::Active | State::Archived => None,
        State::ArchiveDue => Some("archive"),
        State::DestroyDue => Some("destroy"),
        State::Held => Some("held"),
    }
}

/// A person of the active base on the list; none where nothing is due by that day.
pub(super) fn active(desk: &Desk, person: &Person, until: NaiveDate) -> Option<RetentionPersonView> {
    // Whose request is being dealt with is not destroyed before it is answered.
    let state = match person.standing.state(until) {
        State::DestroyDue if person.row.request_open => State::Held,
        state => state,
    };
    let action = action(state)?;
    let named = desk.session().roles.may(Permission::ReadPatients);
    let on = match (state, person.standing.archive_on()) {
        (State::ArchiveDue, Some(on)) => on,
        _ => person.standing.destroy_on(),
    };
    Some(RetentionPersonView {
        erasure_id: person.row.erasure_id.clone(),
        patient_id: person.row.patient_id.parse().ok(),
        number: Some(person.row.number),
        name: if named { person.name() } else { String::new() },
        name_arabic: if named { person.row.name_arabic.clone() } else { String::new() },
        born: if named { person.row.born.clone().unwrap_or_default() } else { String::new() },
        place: "active".to_owned(),
        action: action.to_owned(),
        category: person.standing.category.as_str().to_owned(),
        on: on.to_string(),
        last: person.last.map_or_else(String::new, |day| day.to_string()),
    })
}

/// An archived person on the list; none where nothing is due by that day.
pub(super) fn archived(row: &ArchivedRow, held: bool, until: NaiveDate) -> Option<RetentionPersonView> {
    let on: NaiveDate = row.destroy_on.parse().ok()?;
    let action = action(Standing::state_archived(on, held, until))?;
    Some(RetentionPersonView {
        erasure_id: row.erasure_id.clone(),
        patient_id: None,
        number: None,
        name: String::new(),
        name_arabic: String::new(),
        born: String::new(),
        place: "archive".to_owned(),
        action: action.to_owned(),
        category: row.category.clone(),
        on: row.destroy_on.clone(),
        last: String::new(),
    })
}

/// Looks at everybody.
pub(super) async fn run(desk: &Desk, connection: &mut Connection, until: NaiveDate) -> Result<Run, CommandError> {
    let everybody = people(desk, connection, None).await?;
    let shelved = known::archived(connection).await?;
    let held: HashSet<String> = retention::holds(connection).await?.into_iter().map(|one| one.erasure_id).collect();
    let mut persons: Vec<RetentionPersonView> =
        everybody.iter().filter_map(|person| active(desk, person, until)).collect();
    persons.extend(shelved.iter().filter_map(|row| archived(row, held.contains(&row.erasure_id), until)));
    persons.sort_by(|a, b| (&a.on, &a.name, &a.erasure_id).cmp(&(&b.on, &b.name, &b.erasure_id)));
    let looked_at = i64::try_from(everybody.len() + shelved.len()).unwrap_or(i64::MAX);
    Ok(Run { until, from: until.with_day(1).unwrap_or(until), looked_at, persons })
}

/// How many of each kind.
pub(super) fn groups(run: &Run) -> Vec<RetentionGroupView> {
    let from = run.from.to_string();
    let mut found: BTreeMap<(&str, &str, &str), (i64, i64)> = BTreeMap::new();
    for person in &run.persons {
        let counts = found.entry((&person.action, &person.category, &person.place)).or_default();
        counts.0 += 1;
        counts.1 += i64::from(person.on < from);
    }
    found
        .into_iter()
        .map(|((action, category, place), (persons, overdue))| RetentionGroupView {
            action: action.to_owned(),
            category: category.to_owned(),
            place: place.to_owned(),
            persons,
            overdue,
        })
        .collect()
}

/// The day up to which one looks: what was typed, or the end of this month.
pub(super) fn until(desk: &Desk, typed: &str) -> Result<NaiveDate, CommandError> {
    let today = desk.wall_now().date();
    match typed.trim() {
        "" => Ok(today
            .with_day(1)
            .and_then(|first| first.checked_add_months(Months::new(1)))
            .map_or(today, |next| next - Days::new(1))),
        typed => date(typed, "until"),
    }
}

/// What the rules would do up to a day, grouped, with a part of the list. Nothing is changed; that one looked is remembered,
/// once a month.
///
/// # Errors
/// `permission_denied`, `bad_date`, `out_of_range`, `unknown_word`.
pub async fn dry_run_retention(desk: &Desk, request: DryRunRetentionRequest) -> Result<RetentionRunView, CommandError> {
    if !(0..=LIMIT).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    if request.offset < 0 {
        return Err(CommandError::field("out_of_range", "offset"));
    }
    if !["", "archive", "destroy", "held"].contains(&request.action.as_str()) {
        return Err(CommandError::field("unknown_word", "action"));
    }
    let until = until(desk, &request.until)?;
    desk.require(Permission::KeepPrivacy, "dry_run_retention").await?;
    let mut snapshot = desk.store.snapshot().await?;
    let run = run(desk, &mut snapshot, until).await?;
    let looked = store::practice::setting(&mut snapshot, LOOKED_ON).await?;
    snapshot.rollback().await.map_err(store::StoreError::from)?;
    let today = desk.wall_now().date();
    let month = today.to_string()[..7].to_owned();
    if looked.and_then(|day| day.as_str().map(|day| day.starts_with(&month))) != Some(true) {
        let mut tx = desk.store.write().await?;
        store::practice::save_setting(&mut tx, LOOKED_ON, &today.to_string().into()).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    let groups = groups(&run);
    let due = i64::try_from(run.persons.len()).unwrap_or(i64::MAX);
    let chosen = |one: &RetentionPersonView| request.action.is_empty() || one.action == request.action;
    let listed = i64::try_from(run.persons.iter().filter(|one| chosen(one)).count()).unwrap_or(i64::MAX);
    let (offset, limit) = (usize::try_from(request.offset), usize::try_from(request.limit));
    Ok(RetentionRunView {
        until: run.until.to_string(),
        from: run.from.to_string(),
        looked_at: run.looked_at,
        kept: run.looked_at - due,
        groups,
        listed,
        persons: run
            .persons
            .into_iter()
            .filter(chosen)
            .skip(offset.unwrap_or_default())
            .take(limit.unwrap_or_default())
            .collect(),
    })
}
