//! Offering a stretch that has become free, and what came of it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use domain::agenda::overlap::Span;
use domain::agenda::status::{Origin, Status};
use domain::agenda::waiting_list::{OfferOutcome, Standing, order};
use domain::role::Permission;
use domain::time::WallTime;

use super::wire::{FindWaitingRequest, FittingPersonView, FittingView, FreedView, OfferedView, RecordOfferRequest};
use super::{meanwhile, open_entry, record, standing_of, urgency_and_age, view};
use crate::commands::agenda::book::{existing, facts, slot};
use crate::commands::agenda::fresh::{fresh, insert};
use crate::commands::agenda::place::Place;
use crate::commands::agenda::show::{spoken, view as appointment_view};
use crate::commands::agenda::wire::ChangedAppointmentView;
use crate::commands::series::{Sought, free_on, is_free};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::waiting_list::{NamedEntry, Offer, WaitingEntry};
use crate::store::{self, Connection, StoreError};

/// The longest stretch that is looked through, in days.
const DAYS: i64 = 31;

/// Starts in the stretch at which something of this type and length is free: its beginning, and what the search for
/// slots gives.
async fn starts(
    desk: &Desk,
    connection: &mut Connection,
    request: &FindWaitingRequest,
    entry: &WaitingEntry,
) -> Result<Vec<i64>, CommandError> {
    let facts = store::agenda::booking_facts(connection, request.practitioner_id, entry.type_id, None).await?;
    let sought = Sought::new(request.practitioner_id, entry.type_id, entry.minutes, &facts);
    let (from, to) = (request.from.minutes(), request.to.minutes());
    let mut starts = Vec::new();
    if is_free(desk, connection, &sought, from, &[]).await? {
        starts.push(from);
    }
    for day in from.div_euclid(1440)..=(to - 1).div_euclid(1440) {
        starts.extend(
            free_on(desk, connection, &sought, day).await?.into_iter().filter(|start| (from..to).contains(start)),
        );
    }
    starts.sort_unstable();
    starts.dedup();
    Ok(starts)
}

/// Whether this slot, or a start that overlaps it, was offered to them and not taken.
fn declined(entry: &WaitingEntry, request: &FindWaitingRequest, start: i64) -> bool {
    let same = |offer: &Offer| offer.practitioner_id == request.practitioner_id;
    entry.offers.iter().any(|offer| same(offer) && (offer.starts - start).abs() < entry.minutes)
}

async fn first_fit(
    connection: &mut Connection,
    named: &NamedEntry,
    request: &FindWaitingRequest,
    starts: &[i64],
) -> Result<Option<i64>, CommandError> {
    let entry = &named.entry;
    let wish = entry.wish();
    let own = entry.appointment_id.into_iter().collect::<Vec<_>>();
    for start in starts {
        if wish.fits(request.practitioner_id, *start)
            && !declined(entry, request, *start)
            && !store::series::patient_taken(connection, entry.patient_id, *start, entry.minutes, &own).await?
        {
            return Ok(Some(*start));
        }
    }
    Ok(None)
}

/// Who on the list would like a stretch that has become free: urgent first, then who has waited longest; each with where
/// they fit first. Who already declined it is not asked again.
///
/// # Errors
/// `out_of_range`, `ends_before_start`, `permission_denied`.
pub async fn find_waiting(desk: &Desk, request: FindWaitingRequest) -> Result<FittingView, CommandError> {
    if !(1..=50).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit").with("from", 1).with("to", 50));
    }
    let length = request.to.minutes() - request.from.minutes();
    if length <= 0 {
        return Err(CommandError::field("ends_before_start", "to"));
    }
    let mut connection = desk.read(Permission::ReadPatients, "find_waiting").await?;
    let now = desk.wall_now();
    // Of a stretch that has begun, or of a long absence, only what is still worth offering.
    let from = request.from.max(now);
    let to = request.to.min(from.plus_minutes(DAYS * 1440));
    let request = FindWaitingRequest { from, to, ..request };
    if from >= to {
        return Ok(FittingView { people: Vec::new() });
    }
    let today = domain::time::day_number(now.date());
    let mut waiting: Vec<NamedEntry> = store::waiting_list::open_entries(&mut connection, today)
        .await?
        .into_iter()
        .filter(|named| standing_of(named, now) == Standing::Waiting)
        .collect();
    order(&mut waiting, urgency_and_age);
    let limit = usize::try_from(request.limit).unwrap_or(1);
    let mut looked: HashMap<_, Vec<i64>> = HashMap::new();
    let mut people = Vec::new();
    for named in waiting {
        let key = (named.entry.type_id, named.entry.minutes);
        let free = match looked.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(starts(desk, &mut connection, &request, &named.entry).await?),
        };
        if let Some(start) = first_fit(&mut connection, &named, &request, free).await? {
            people.push(FittingPersonView { entry: view(desk, named), starts: WallTime::from_minutes(start) });
            if people.len() == limit {
                break;
            }
        }
    }
    Ok(FittingView { people })
}

/// Says what came of an offer. Accepted: the slot is booked, or the appointment that they wanted earlier is moved there,
/// in the same transaction; undo takes all of it back.
///
/// # Errors
/// `waiting_entry_not_found`, `slot_taken`, `no_scheduling`, `resource_taken`, `appointment_over` where their appointment is over, `practitioner_not_found`,
/// `type_not_found`, `permission_denied`.
pub async fn record_offer(desk: &Desk, request: RecordOfferRequest) -> Result<OfferedView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "record_offer").await?;
    let before = open_entry(&mut change, request.id).await?;
    let mut after = before.clone();
    after.offers.push(Offer {
        practitioner_id: request.practitioner_id,
        starts: request.starts.minutes(),
        outcome: request.outcome,
        offered_at: change.at().to_owned(),
    });
    change.begin_group();
    let mut booked: Option<(Appointment, Place)> = None;
    let mut freed = None;
    if request.outcome == OfferOutcome::Accepted {
        after.closed = Some(Standing::Accepted);
        let (was, is, place) = accept(desk, change.connection(), &before, &request).await?;
        let record = match &was {
            Some(was) => ChangeRecord::updated("appointment", was, &is),
            None => ChangeRecord::created("appointment", &is),
        };
        let owner = is.patient_id.map(|id| id.to_string());
        change.record("agenda", &is.id.to_string(), owner.as_deref(), &record).await?;
        freed = was.as_ref().and_then(left_behind);
        booked = Some((is, place));
    }
    store::waiting_list::save(change.connection(), &after, false).await.map_err(meanwhile)?;
    after.revision += 1;
    let sequence = record(&mut change, Some(&before), &after).await?;
    let appointment = match booked {
        Some((is, place)) => {
            let warnings = place.warnings(desk, change.connection(), &is, None).await?;
            let named = store::agenda::named(change.connection(), is.id).await?.ok_or(StoreError::NotFound)?;
            Some(ChangedAppointmentView {
                spoken_code: spoken(&is.code),
                appointment: appointment_view(named, desk.premises().region()),
                sequence,
                warnings,
            })
        }
        None => None,
    };
    let named = store::waiting_list::named(change.connection(), after.id).await?.ok_or(StoreError::NotFound)?;
    change.commit().await?;
    Ok(OfferedView { entry: view(desk, named), appointment, freed, sequence })
}

/// The slot that an appointment leaves behind.
fn left_behind(was: &Appointment) -> Option<FreedView> {
    let span = Span { start: was.starts?, minutes: was.minutes };
    Some(FreedView {
        practitioner_id: was.practitioner_id,
        from: WallTime::from_minutes(span.start),
        to: WallTime::from_minutes(span.end()),
    })
}

/// Books the slot, or moves their appointment there: the row before, if there was one, and as it is now.
async fn accept(
    desk: &Desk,
    connection: &mut Connection,
    entry: &WaitingEntry,
    request: &RecordOfferRequest,
) -> Result<(Option<Appointment>, Appointment, Place), CommandError> {
    let starts = request.starts.minutes();
    let Some(id) = entry.appointment_id else {
        let facts = facts(connection, request.practitioner_id, entry.type_id, Some(entry.patient_id)).await?;
        let of = (request.practitioner_id, entry.type_id);
        let mut is = Appointment {
            origin: Origin::Phone,
            note: entry.note.clone(),
            ..fresh(desk, connection, of, &facts, request.starts, entry.minutes).await?
        };
        let place = insert(desk, connection, &mut is, &facts).await?;
        return Ok((None, is, place));
    };
    let was = existing(connection, id).await?;
    if !matches!(was.status, Status::Requested | Status::Booked | Status::Confirmed) || was.starts.is_none() {
        return Err(CommandError::new("appointment_over").with("status", was.status.as_str()));
    }
    let facts = facts(connection, request.practitioner_id, was.type_id, None).await?;
    let mut is = Appointment {
        practitioner_id: request.practitioner_id,
        site_id: if was.practitioner_id == request.practitioner_id { was.site_id } else { facts.site_id },
        starts: Some(starts),
        day: starts.div_euclid(1440),
        overbooked: false,
        ..was.clone()
    };
    let mut place = Place::read(desk, connection, &is).await?;
    place.take(connection, &mut is, &facts).await?;
    store::agenda::update(connection, &is).await.map_err(slot)?;
    store::overview::unpin(connection, None, is.id).await?;
    is.revision += 1;
    Ok((Some(was), is, place))
}
