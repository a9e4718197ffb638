//! The waiting list: who wants a slot, or an earlier one; whom a freed slot is offered to, and what came of it.
//!
//! Nobody is taken off by a clock: whether an entry still stands is read from the wish and the appointments, so that an
//! undo puts people back. Not here: the order and what fits (room `domain`), telling people (nothing is sent).

mod offer;
pub mod wire;

pub use offer::{find_waiting, record_offer};

use std::cmp::Reverse;

use domain::agenda::status::{Status, Urgency};
use domain::agenda::waiting_list::{Attached, EVERY_DAY, Facts, Standing, Wish, order, standing};
use domain::id::WaitingEntryId;
use domain::identifiers::phone_shown::shown;
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number, wall};

use super::agenda::book::{existing, note, word};
use super::agenda::show::full_name;
use super::desk::Change;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::waiting_list::{NamedEntry, WaitingEntry};
use crate::store::{self, StoreError};
use wire::{
    AddToWaitingListRequest, ChangedWaitingEntryView, ListWaitingRequest, OfferView, UpdateWaitingEntryRequest,
    WaitingEntryRequest, WaitingEntryView, WaitingListView, WishView,
};

/// How long a wish without a last day counts, in days.
const OPEN_END: i64 = 183;
/// How far back those who left are shown, in days.
const LEFT: i64 = 30;

/// Where an entry stands now.
fn standing_of(named: &NamedEntry, now: WallTime) -> Standing {
    let entry = &named.entry;
    let attached = named
        .attached
        .map(|(status, starts, _)| Attached { status, begun: starts.is_none_or(|starts| starts <= now.minutes()) });
    let wish = entry.wish();
    let got_earlier = named
        .attached
        .is_some_and(|(_, starts, practitioner)| starts.is_some_and(|starts| wish.fits(practitioner, starts)));
    // Another appointment of the same type that fits is what they wished for.
    let got_since = named.since.iter().any(|(practitioner, kind, starts)| {
        *kind == entry.type_id && Wish { minutes: 0, ..wish.clone() }.fits(*practitioner, *starts)
    });
    standing(&Facts {
        closed: entry.closed,
        until_day: entry.until_day,
        today: day_number(now.date()),
        attached,
        fulfilled: got_earlier || got_since,
    })
}

fn weekday_list(weekdays: u8) -> Vec<u32> {
    if weekdays == EVERY_DAY { Vec::new() } else { (1..=7).filter(|day| weekdays >> (day - 1) & 1 == 1).collect() }
}

/// An entry's view.
fn view(desk: &Desk, named: NamedEntry) -> WaitingEntryView {
    let standing = standing_of(&named, desk.wall_now());
    let premises = desk.premises();
    let NamedEntry { entry, type_name, surname, first_name, name_arabic, born, phone, attached, from_portal, .. } =
        named;
    let since =
        entry.created_at.parse().map_or_else(|_| String::new(), |at| wall(at, &premises.zone).date().to_string());
    WaitingEntryView {
        id: entry.id,
        patient_id: entry.patient_id,
        patient: full_name(&surname, &first_name),
        patient_arabic: name_arabic,
        born,
        phone: shown(&phone, premises.region()),
        type_id: entry.type_id,
        type_name,
        minutes: entry.minutes,
        appointment_id: entry.appointment_id,
        appointment: attached.and_then(|(_, starts, _)| starts).map(WallTime::from_minutes),
        wish: WishView {
            practitioners: entry.practitioners,
            weekdays: weekday_list(entry.weekdays),
            from: from_day_number(entry.from_day).to_string(),
            until: from_day_number(entry.until_day).to_string(),
            from_minute: entry.from_minute,
            to_minute: entry.to_minute,
            urgency: entry.urgency.as_str().to_owned(),
            note: entry.note,
        },
        since,
        standing: standing.as_str().to_owned(),
        from_portal,
        offers: entry
            .offers
            .into_iter()
            .map(|offer| OfferView {
                practitioner_id: offer.practitioner_id,
                starts: WallTime::from_minutes(offer.starts),
                outcome: offer.outcome.as_str().to_owned(),
            })
            .collect(),
        revision: entry.revision,
    }
}

/// The waiting list: those who wait in the order in which a slot is offered, then, where asked for, those who left by
/// themselves.
///
/// # Errors
/// `permission_denied`.
pub async fn list_waiting(desk: &Desk, request: ListWaitingRequest) -> Result<WaitingListView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "list_waiting").await?;
    let now = desk.wall_now();
    let since = day_number(now.date()) - if request.left { LEFT } else { 0 };
    let all = store::waiting_list::open_entries(&mut connection, since).await?;
    let (mut waiting, mut left): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|named| standing_of(named, now) == Standing::Waiting);
    order(&mut waiting, urgency_and_age);
    left.sort_by_key(|named| Reverse(named.entry.id));
    if request.left {
        waiting.extend(left);
    }
    Ok(WaitingListView { entries: waiting.into_iter().map(|named| view(desk, named)).collect() })
}

/// By what people are ordered: how urgent, and since when.
fn urgency_and_age(named: &NamedEntry) -> (Urgency, (String, WaitingEntryId)) {
    (named.entry.urgency, (named.entry.created_at.clone(), named.entry.id))
}

/// Puts what was wished into an entry.
fn wished(desk: &Desk, entry: WaitingEntry, wish: WishView) -> Result<WaitingEntry, CommandError> {
    let today = day_number(desk.wall_now().date());
    let day = |text: &str, field: &str| super::agenda::date(text, field).map(day_number);
    let from_day = if wish.from.is_empty() { today } else { day(&wish.from, "from")? };
    let until_day = if wish.until.is_empty() { from_day.max(today) + OPEN_END } else { day(&wish.until, "until")? };
    if until_day < from_day || until_day < today {
        return Err(CommandError::field("ends_before_start", "until"));
    }
    if !(0..1440).contains(&wish.from_minute) || wish.to_minute > 1440 {
        return Err(CommandError::field("bad_hours", "from_minute"));
    }
    if wish.to_minute - wish.from_minute < entry.minutes {
        return Err(CommandError::field("too_short", "to_minute").with("minutes", entry.minutes));
    }
    let mut weekdays = 0_u8;
    for weekday in &wish.weekdays {
        if !(1..=7).contains(weekday) {
            return Err(CommandError::field("bad_hours", "weekdays"));
        }
        weekdays |= 1 << (weekday - 1);
    }
    let urgency: Urgency = word(&wish.urgency, "urgency")?;
    Ok(WaitingEntry {
        practitioners: wish.practitioners,
        weekdays: if weekdays == 0 { EVERY_DAY } else { weekdays },
        from_day,
        until_day,
        from_minute: wish.from_minute,
        to_minute: wish.to_minute,
        urgency,
        note: note(wish.note)?,
        ..entry
    })
}

/// Puts somebody on the list: for a slot, or for an earlier one than the appointment they have.
///
/// # Errors
/// `patient_not_found`, `type_not_found`, `practitioner_not_found`, `appointment_not_found`, `appointment_over` for an
/// appointment that is over, `already_waiting`, `bad_date`, `ends_before_start`, `bad_hours`, `too_short`,
/// `unknown_word`, `too_long`, `permission_denied`.
pub async fn add_to_waiting_list(
    desk: &Desk,
    request: AddToWaitingListRequest,
) -> Result<ChangedWaitingEntryView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "add_to_waiting_list").await?;
    let (patient, type_id, minutes, before) = match request.appointment_id {
        Some(id) => {
            let a = existing(change.connection(), id).await?;
            let now = desk.wall_now().minutes();
            let stands = matches!(a.status, Status::Requested | Status::Booked | Status::Confirmed);
            let (Some(patient), Some(starts), true) = (a.patient_id, a.starts.filter(|at| *at > now), stands) else {
                return Err(CommandError::new("appointment_over").with("status", a.status.as_str()));
            };
            (patient, a.type_id, Some(a.minutes), Some(starts))
        }
        None => {
            let patient = request.patient_id.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
            let kind = request.type_id.ok_or_else(|| CommandError::field("type_not_found", "type_id"))?;
            (patient, kind, None, None)
        }
    };
    let patient_id = store::patient::resolved(change.connection(), patient)
        .await?
        .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?
        .id;
    let kinds = store::practice::types(change.connection()).await?;
    let kind = kinds
        .iter()
        .find(|kind| kind.id == type_id && (kind.active || before.is_some()))
        .ok_or_else(|| CommandError::field("type_not_found", "type_id"))?;
    known(&mut change, &request.wish).await?;
    let blank = WaitingEntry {
        id: WaitingEntryId::new(desk.make_id()),
        patient_id,
        appointment_id: request.appointment_id,
        type_id,
        minutes: minutes.unwrap_or(kind.minutes),
        practitioners: Vec::new(),
        weekdays: EVERY_DAY,
        from_day: 0,
        until_day: 0,
        from_minute: 0,
        to_minute: 1440,
        urgency: Urgency::Normal,
        note: String::new(),
        before,
        created_at: change.at().to_owned(),
        closed: None,
        revision: 1,
        offers: Vec::new(),
    };
    let after = wished(desk, blank, request.wish)?;
    let now = desk.wall_now();
    for one in store::waiting_list::of_patient(change.connection(), patient_id).await? {
        let same = one.type_id == type_id && one.appointment_id == request.appointment_id;
        if same
            && let Some(named) = store::waiting_list::named(change.connection(), one.id).await?
            && standing_of(&named, now) == Standing::Waiting
        {
            return Err(CommandError::field("already_waiting", "patient_id"));
        }
    }
    store::waiting_list::save(change.connection(), &after, true).await?;
    finish(desk, change, None, &after).await
}

/// Whether the practitioners of a wish are here.
async fn known(change: &mut Change<'_>, wish: &WishView) -> Result<(), CommandError> {
    let all = store::practice::practitioners(change.connection()).await?;
    if wish.practitioners.iter().all(|id| all.iter().any(|one| one.id == *id && one.active)) {
        return Ok(());
    }
    Err(CommandError::field("practitioner_not_found", "practitioners"))
}

fn meanwhile(error: StoreError) -> CommandError {
    match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// Journals a change of one entry.
async fn record(
    change: &mut Change<'_>,
    before: Option<&WaitingEntry>,
    after: &WaitingEntry,
) -> Result<i64, CommandError> {
    let record = match before {
        Some(before) => ChangeRecord::updated("waiting_entry", before, after),
        None => ChangeRecord::created("waiting_entry", after),
    };
    let owner = after.patient_id.to_string();
    change.record("agenda", &after.id.to_string(), Some(&owner), &record).await
}

async fn finish(
    desk: &Desk,
    mut change: Change<'_>,
    before: Option<&WaitingEntry>,
    after: &WaitingEntry,
) -> Result<ChangedWaitingEntryView, CommandError> {
    let sequence = record(&mut change, before, after).await?;
    let named = store::waiting_list::named(change.connection(), after.id).await?.ok_or(StoreError::NotFound)?;
    change.commit().await?;
    Ok(ChangedWaitingEntryView { entry: view(desk, named), sequence })
}

async fn open_entry(change: &mut Change<'_>, id: WaitingEntryId) -> Result<WaitingEntry, CommandError> {
    let entry = store::waiting_list::entry(change.connection(), id).await?;
    entry.filter(|entry| entry.closed.is_none()).ok_or_else(|| CommandError::new("waiting_entry_not_found"))
}

/// Changes a wish.
///
/// # Errors
/// `waiting_entry_not_found`, `changed_meanwhile`, and as [`add_to_waiting_list`] of the wish.
pub async fn update_waiting_entry(
    desk: &Desk,
    request: UpdateWaitingEntryRequest,
) -> Result<ChangedWaitingEntryView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "update_waiting_entry").await?;
    let before = open_entry(&mut change, request.id).await?;
    if before.revision != request.revision {
        return Err(CommandError::new("changed_meanwhile"));
    }
    known(&mut change, &request.wish).await?;
    let mut after = wished(desk, before.clone(), request.wish)?;
    store::waiting_list::save(change.connection(), &after, false).await.map_err(meanwhile)?;
    after.revision += 1;
    finish(desk, change, Some(&before), &after).await
}

/// Takes somebody off the list.
///
/// # Errors
/// `waiting_entry_not_found`, `permission_denied`.
pub async fn remove_from_waiting_list(
    desk: &Desk,
    request: WaitingEntryRequest,
) -> Result<ChangedWaitingEntryView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "remove_from_waiting_list").await?;
    let before = open_entry(&mut change, request.id).await?;
    let mut after = WaitingEntry { closed: Some(Standing::Removed), ..before.clone() };
    store::waiting_list::save(change.connection(), &after, false).await.map_err(meanwhile)?;
    after.revision += 1;
    finish(desk, change, Some(&before), &after).await
}
