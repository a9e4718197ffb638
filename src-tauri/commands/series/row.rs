//! Appointments in a row: a family one after another with one practitioner, or one patient with several.

use domain::agenda::status::Origin;
use domain::id::AppointmentId;
use domain::role::Permission;
use domain::time::WallTime;

use super::sought::{Sought, is_free};
use super::wire::{BookRowRequest, ChangedSeriesView, FindRowsRequest, FreeRowView, RowLink, RowsView};
use super::{finish, of_session};
use crate::commands::agenda::book::{facts, minutes, note, note_down, word};
use crate::commands::agenda::fresh::{fresh, insert};
use crate::commands::agenda::slots::slots_on;
use crate::commands::agenda::wire::FindSlotsRequest;
use crate::commands::sync::mark_never;
use crate::commands::{CommandError, Desk};
use crate::store::Connection;
use crate::store::agenda::{Appointment, BookingFacts};

/// Minutes between two starts that are tried within a pause.
const STEP: usize = 5;

/// The links, checked.
async fn links(connection: &mut Connection, asked: &[RowLink]) -> Result<Vec<(Sought, BookingFacts)>, CommandError> {
    if !(2..=8).contains(&asked.len()) {
        return Err(CommandError::field("out_of_range", "links").with("from", 2).with("to", 8));
    }
    let mut links = Vec::with_capacity(asked.len());
    for link in asked {
        let facts = facts(connection, link.practitioner_id, link.type_id, Some(link.patient_id)).await?;
        let length = minutes(link.minutes.unwrap_or(facts.minutes))?;
        links.push((Sought::new(link.practitioner_id, link.type_id, length, &facts), facts));
    }
    Ok(links)
}

/// Free places one after another, the soonest first. What follows with the same practitioner follows at once; between two
/// practitioners there may be a pause.
///
/// # Errors
/// `out_of_range`, `bad_date`, `bad_duration`, `practitioner_not_found`, `type_not_found`, `patient_not_found`,
/// `permission_denied`.
pub async fn find_rows(desk: &Desk, request: FindRowsRequest) -> Result<RowsView, CommandError> {
    if !(0..=120).contains(&request.pause) {
        return Err(CommandError::field("out_of_range", "pause").with("from", 0).with("to", 120));
    }
    if !(1..=20).contains(&request.count) {
        return Err(CommandError::field("out_of_range", "count").with("from", 1).with("to", 20));
    }
    let mut connection = desk.read(Permission::ReadAgenda, "find_rows").await?;
    let links: Vec<Sought> =
        links(&mut connection, &request.links).await?.into_iter().map(|(place, _)| place).collect();
    // As long as it stays with one practitioner, one stretch holds them all.
    let first = &links[0];
    let together = links.iter().take_while(|place| place.practitioner_id == first.practitioner_id).count();
    let search = FindSlotsRequest {
        practitioners: vec![first.practitioner_id],
        type_id: first.type_id,
        minutes: Some(minutes(links[..together].iter().map(|place| place.minutes).sum())?),
        from: request.from,
        days: request.days,
        part: request.part,
        count: 200,
    };
    let wanted = usize::try_from(request.count).unwrap_or(1);
    let mut rows = Vec::new();
    for slot in slots_on(desk, &mut connection, search).await?.slots {
        if let Some(starts) = row(desk, &mut connection, &links, together, slot.starts.minutes(), request.pause).await?
        {
            rows.push(FreeRowView {
                starts: starts.into_iter().map(WallTime::from_minutes).collect(),
                minutes: links.iter().map(|place| place.minutes).collect(),
            });
            if rows.len() == wanted {
                break;
            }
        }
    }
    Ok(RowsView { rows })
}

/// The row that begins at a start, if everybody has their place.
async fn row(
    desk: &Desk,
    connection: &mut Connection,
    links: &[Sought],
    together: usize,
    start: i64,
    pause: i64,
) -> Result<Option<Vec<i64>>, CommandError> {
    let mut starts = Vec::with_capacity(links.len());
    let mut at = start;
    for (index, place) in links.iter().enumerate() {
        let follows = index > 0 && links[index - 1].practitioner_id == place.practitioner_id;
        let latest = if index < together || follows { at } else { at + pause };
        let mut found = None;
        for candidate in (at..=latest).step_by(STEP) {
            if is_free(desk, connection, place, candidate, &[]).await? {
                found = Some(candidate);
                break;
            }
        }
        let Some(candidate) = found else { return Ok(None) };
        starts.push(candidate);
        at = candidate + place.minutes;
    }
    Ok(Some(starts))
}

/// Books a row, all or none.
///
/// # Errors
/// As [`find_rows`]; `not_in_a_row` where one begins before the one before is over, `slot_taken` with the number.
pub async fn book_row(desk: &Desk, request: BookRowRequest) -> Result<ChangedSeriesView, CommandError> {
    let origin: Origin = word(&request.origin, "origin")?;
    let note = note(request.note)?;
    let mut change = desk.change(Permission::ChangeAgenda, "book_row").await?;
    let links = links(change.connection(), &request.links).await?;
    if request.starts.len() != links.len() {
        return Err(CommandError::field("not_in_a_row", "starts"));
    }
    let ends = |index: usize| request.starts[index].minutes() + links[index].0.minutes;
    if (1..links.len()).any(|index| request.starts[index].minutes() < ends(index - 1)) {
        return Err(CommandError::field("not_in_a_row", "starts"));
    }
    change.begin_group();
    let mut booked: Vec<AppointmentId> = Vec::with_capacity(links.len());
    for (number, ((place, facts), starts)) in (1..).zip(links.iter().zip(&request.starts)) {
        let connection = change.connection();
        let of = (place.practitioner_id, place.type_id);
        let mut after = Appointment {
            origin,
            note: note.clone(),
            ..fresh(desk, connection, of, facts, *starts, place.minutes).await?
        };
        insert(desk, connection, &mut after, facts).await.map_err(of_session(number))?;
        note_down(&mut change, None, &after).await?;
        if request.never_sync {
            mark_never(&mut change, &after).await?;
        }
        booked.push(after.id);
    }
    finish(desk, change, None, &booked).await
}
