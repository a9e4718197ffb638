//! What changed in the agenda since somebody left: the journal's entries about appointments, in order, each with the
//! appointment as it is now.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::agenda::status::Status;
use domain::id::AppointmentId;
use domain::role::Permission;
use domain::time::{WallTime, wall};
use serde_json::{Map, Value};

use super::wire::{AgendaChangeView, ChangesView, ShowChangesRequest};
use crate::commands::agenda::show::view;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::journal::JournalRow;
use crate::store::{self, Connection};

/// Entries read at most: more is no replay but a history.
const MOST: i64 = 2_000;
/// Entries read at once.
const PAGE: i64 = 250;

/// What changed since this user left, or since a time.
///
/// # Errors
/// `permission_denied`, `journal_damaged`.
pub async fn show_changes(desk: &Desk, request: ShowChangesRequest) -> Result<ChangesView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_changes").await?;
    let since = match request.since {
        Some(since) => since,
        None => left(desk, &mut connection).await?,
    };
    let zone = desk.premises().zone;
    let own = desk.session().user_id.to_string();
    let damaged = || CommandError::new("journal_damaged");
    let mut entries: Vec<(JournalRow, WallTime, ChangeRecord)> = Vec::new();
    let (mut before, mut read, mut more) = (None, 0, false);
    'reading: loop {
        let rows = store::journal::list(&mut connection, None, before, PAGE).await?;
        let count = i64::try_from(rows.len()).unwrap_or(PAGE);
        for row in rows {
            before = Some(row.sequence);
            let at: DateTime<Utc> = row.at.parse().map_err(|_| damaged())?;
            let at = wall(at, &zone);
            if at < since {
                break 'reading;
            }
            if !request.own && row.user_id == own {
                continue;
            }
            // What was erased is not told; what is not about an appointment is not of the agenda.
            if let Some(change) = desk.open_entry(&mut connection, &row).await?
                && change.kind == "appointment"
            {
                entries.push((row, at, change));
            }
        }
        read += count;
        if count < PAGE {
            break;
        }
        if read >= MOST {
            more = true;
            break;
        }
    }
    let changes = shown(desk, &mut connection, entries).await?;
    Ok(ChangesView { since, changes, more })
}

/// When this user was last here before the present session: their last lock, or the sign-in before this one where nobody
/// locked; else the beginning of today.
async fn left(desk: &Desk, connection: &mut Connection) -> Result<WallTime, CommandError> {
    let comings = store::overview::comings(connection, desk.session().user_id).await?;
    let mut before_this = comings.into_iter().skip_while(|(_, event)| event != "signed_in").skip(1);
    let last = before_this.find(|(_, event)| matches!(event.as_str(), "locked" | "signed_out" | "signed_in"));
    let at = last.and_then(|(at, _)| at.parse::<DateTime<Utc>>().ok());
    let zone = desk.premises().zone;
    Ok(at.map_or_else(|| WallTime::at(desk.wall_now().date(), 0), |at| wall(at, &zone)))
}

async fn shown(
    desk: &Desk,
    connection: &mut Connection,
    entries: Vec<(JournalRow, WallTime, ChangeRecord)>,
) -> Result<Vec<AgendaChangeView>, CommandError> {
    let mut ids: Vec<AppointmentId> = entries.iter().filter_map(|(row, ..)| row.subject_id.parse().ok()).collect();
    ids.sort_unstable();
    ids.dedup();
    let region = desk.premises().region();
    let appointments: HashMap<String, _> = store::overview::named_many(connection, &ids)
        .await?
        .into_iter()
        .map(|named| (named.appointment.id.to_string(), view(named, region)))
        .collect();
    let users = store::access::users(connection).await?;
    let practitioners = store::practice::practitioners(connection).await?;
    Ok(entries
        .into_iter()
        .filter_map(|(row, at, change)| {
            let appointment = appointments.get(&row.subject_id)?.clone();
            let side = |map: &Option<Map<String, Value>>, name: &str| map.as_ref()?.get(name).cloned();
            let starts = |map| side(map, "starts").and_then(|value| value.as_i64()).map(WallTime::from_minutes);
            let other = side(&change.before, "practitioner_id");
            let practitioner_before = other
                .as_ref()
                .and_then(Value::as_str)
                .and_then(|id| practitioners.iter().find(|one| one.id.to_string() == id))
                .map_or_else(String::new, |one| one.name.clone());
            let user = users.iter().find(|user| user.id.to_string() == row.user_id);
            Some(AgendaChangeView {
                sequence: row.sequence,
                at,
                user: user.map_or_else(String::new, |user| user.name.clone()),
                what: what(&change).to_owned(),
                before: starts(&change.before),
                after: starts(&change.after),
                practitioner_before,
                appointment,
            })
        })
        .collect())
}

/// What a change did, in one word: the step that matters most.
fn what(change: &ChangeRecord) -> &'static str {
    let after = |name: &str| change.after.as_ref().and_then(|map| map.get(name));
    let status = after("status").and_then(Value::as_str).and_then(|text| text.parse::<Status>().ok());
    if change.before.is_none() {
        return if status == Some(Status::Arrived) { "walked_in" } else { "booked" };
    }
    match status {
        Some(Status::Cancelled) => "cancelled",
        Some(Status::Arrived) => "arrived",
        Some(Status::InConsultation) => "seated",
        Some(Status::Done) => "done",
        Some(Status::NoShow) => "no_show",
        Some(Status::Left) => "left",
        Some(Status::Deleted) => "taken_back",
        Some(Status::Confirmed) => "confirmed",
        Some(Status::Booked | Status::Requested) => "put_back",
        None if after("starts").is_some() || after("practitioner_id").is_some() => "moved",
        None if after("minutes").is_some() => "resized",
        None => "edited",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(before: Value, after: Value) -> ChangeRecord {
        ChangeRecord::updated("appointment", &before, &after)
    }

    #[test]
    fn a_change_is_told_by_the_step_that_matters_most() {
        use serde_json::json;
        let booked = ChangeRecord::created("appointment", &json!({ "status": "booked", "starts": 600 }));
        assert_eq!(what(&booked), "booked");
        let walk_in = ChangeRecord::created("appointment", &json!({ "status": "arrived", "queue_rank": 1 }));
        assert_eq!(what(&walk_in), "walked_in");
        let moved = change(json!({ "starts": 600, "minutes": 20 }), json!({ "starts": 660, "minutes": 30 }));
        assert_eq!(what(&moved), "moved");
        let to_another = change(json!({ "practitioner_id": "a" }), json!({ "practitioner_id": "b" }));
        assert_eq!(what(&to_another), "moved");
        assert_eq!(what(&change(json!({ "minutes": 20 }), json!({ "minutes": 25 }))), "resized");
        assert_eq!(what(&change(json!({ "note": "" }), json!({ "note": "x" }))), "edited");
        let back = change(json!({ "status": "cancelled" }), json!({ "status": "booked" }));
        assert_eq!(what(&back), "put_back");
        let undone = change(json!({ "status": "booked" }), json!({ "status": "deleted" }));
        assert_eq!(what(&undone), "taken_back");
    }
}
