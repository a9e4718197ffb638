//! Next free slots, read from the database each time, in windows of days that grow: what is near costs little, and a full
//! quarter is still one look.

use std::collections::HashMap;

use domain::agenda::fits::{Busy, Need, fitting_starts};
use domain::agenda::overlap::{Span, check_minutes};
use domain::agenda::provider_time::ProviderTime;
use domain::agenda::slots::{DEFAULT_STEP, PartOfDay, Wanted};
use domain::id::{PractitionerId, ResourceKindId, SiteId};
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::book::word;
use super::wire::{FindSlotsRequest, SlotView, SlotsView};
use crate::commands::planning::schedule::Schedule;
use crate::commands::{CommandError, Desk};
use crate::store::slots::BusySpans;
use crate::store::types::HeldResource;
use crate::store::{self, Connection};

/// The longest free time that a type keeps after, in minutes.
const LONGEST_BUFFER: i64 = 240;

/// Days of the first window.
const FIRST_WINDOW: i64 = 7;

/// Free slots for a type over practitioners and days, the soonest first; the past is never proposed.
///
/// # Errors
/// `bad_date`, `type_not_found`, `bad_duration`, `out_of_range`, `permission_denied`.
pub async fn find_slots(desk: &Desk, request: FindSlotsRequest) -> Result<SlotsView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "find_slots").await?;
    slots_on(desk, &mut connection, request).await
}

/// [`find_slots`] on a connection that is held already.
///
/// # Errors
/// As [`find_slots`].
pub(in crate::commands) async fn slots_on(
    desk: &Desk,
    connection: &mut Connection,
    request: FindSlotsRequest,
) -> Result<SlotsView, CommandError> {
    let part: PartOfDay = word(&request.part, "part")?;
    let from: WallTime = if request.from.len() <= 10 {
        WallTime::at(super::date(&request.from, "from")?, 0)
    } else {
        request.from.parse().map_err(|_| CommandError::field("bad_date", "from"))?
    };
    if !(1..=366).contains(&request.days) || !(1..=200).contains(&request.count) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let kind = store::practice::types(connection)
        .await?
        .into_iter()
        .find(|kind| kind.id == request.type_id)
        .ok_or_else(|| CommandError::field("type_not_found", "type_id"))?;
    let minutes = check_minutes(request.minutes.unwrap_or(kind.minutes))
        .map_err(|_| CommandError::field("bad_duration", "minutes"))?;
    let practitioners: Vec<_> = store::practice::practitioners(connection)
        .await?
        .into_iter()
        .filter(|one| {
            let asked =
                if request.practitioners.is_empty() { one.active } else { request.practitioners.contains(&one.id) };
            asked && kind.is_offered(one.id, one.site_id)
        })
        .collect();
    let not_before = from.minutes().max(desk.wall_now().minutes());
    let first_day = day_number(WallTime::from_minutes(not_before).date());
    let last_day = day_number(from.date()) + request.days;
    let premises = desk.premises();
    let now = desk.wall_now();
    let schedule = Schedule::read(connection, &premises, None, first_day, last_day).await?;
    let parts = kind.provider_time.parse::<ProviderTime>().unwrap_or_default().needed(minutes);
    let wanted =
        Wanted { minutes, step: DEFAULT_STEP.max(kind.minutes.min(15) / 5 * 5), part, not_before: Some(not_before) };
    let ids: Vec<PractitionerId> = practitioners.iter().map(|one| one.id).collect();
    let count = usize::try_from(request.count).unwrap_or(0);
    let mut slots: Vec<SlotView> = Vec::with_capacity(count);
    let (mut window, mut from_day) = (FIRST_WINDOW, first_day);
    while from_day < last_day && slots.len() < count {
        let until = (from_day + window).min(last_day);
        let busy: HashMap<PractitionerId, BusySpans> =
            store::slots::busy_of(connection, &ids, from_day * 1440, until * 1440 + LONGEST_BUFFER)
                .await?
                .into_iter()
                .collect();
        let held = held(connection, &kind.resource_kinds, from_day, until).await?;
        let resources: HashMap<SiteId, Vec<Vec<Vec<Span>>>> =
            practitioners.iter().map(|one| (one.site_id, at_site(&held, &kind.resource_kinds, one.site_id))).collect();
        for day in from_day..until {
            for one in &practitioners {
                let open = schedule.open_for(one.id, from_day_number(day), kind.id, now);
                let own = busy.get(&one.id);
                let busy = own.map_or_else(Busy::default, |busy| Busy {
                    needed: around(&busy.needed, day),
                    kept: around(&busy.kept, day),
                });
                let resources = resources.get(&one.site_id).map_or(&[][..], Vec::as_slice);
                let need = Need { wanted, parts: &parts, buffer: kind.buffer_minutes, resources };
                let locum = schedule.locum_on(one.id, day);
                slots.extend(fitting_starts(&open, busy, &need, count).into_iter().map(|start| SlotView {
                    practitioner_id: one.id,
                    practitioner: locum.unwrap_or(&one.name).to_owned(),
                    replaces: locum.map(|_| one.name.clone()),
                    starts: WallTime::from_minutes(start),
                    minutes,
                }));
            }
            if slots.len() >= count {
                break;
            }
        }
        (from_day, window) = (until, window * 2);
    }
    slots.sort_by_key(|slot| slot.starts);
    slots.truncate(count);
    Ok(SlotsView { slots })
}

/// Every start at which one of these types can be booked with a practitioner on some days, from now on: day, wall minute, type.
/// `also` is busy too, in order of start.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn open_starts(
    desk: &Desk,
    connection: &mut Connection,
    one: &store::practice::Practitioner,
    kinds: &[store::practice::AppointmentType],
    (first_day, until, also): (i64, i64, &[Span]),
) -> Result<Vec<(i64, i64, domain::id::TypeId)>, CommandError> {
    /// More than a day has steps.
    const ALL: usize = 500;
    let now = desk.wall_now();
    let schedule = Schedule::read(connection, &desk.premises(), Some(one.id), first_day, until).await?;
    let span = (first_day * 1440, until * 1440 + LONGEST_BUFFER);
    let mut busy = store::slots::busy_of(connection, &[one.id], span.0, span.1)
        .await?
        .pop()
        .map(|(_, busy)| busy)
        .unwrap_or_default();
    busy.needed.extend(also);
    busy.needed.sort_by_key(|span| span.start);
    let mut starts = Vec::new();
    for kind in kinds {
        let held = held(connection, &kind.resource_kinds, first_day, until).await?;
        let resources = at_site(&held, &kind.resource_kinds, one.site_id);
        let parts = kind.provider_time.parse::<ProviderTime>().unwrap_or_default().needed(kind.minutes);
        let wanted = Wanted {
            minutes: kind.minutes,
            step: DEFAULT_STEP.max(kind.minutes.min(15) / 5 * 5),
            part: PartOfDay::Any,
            not_before: Some(now.minutes()),
        };
        for day in first_day..until {
            let open = schedule.open_for(one.id, from_day_number(day), kind.id, now);
            let busy = Busy { needed: around(&busy.needed, day), kept: around(&busy.kept, day) };
            let need = Need { wanted, parts: &parts, buffer: kind.buffer_minutes, resources: &resources };
            starts.extend(fitting_starts(&open, busy, &need, ALL).into_iter().map(|start| (day, start, kind.id)));
        }
    }
    Ok(starts)
}

/// The resources of a type's kinds; a type that takes nothing along asks nothing.
pub(super) async fn held(
    connection: &mut Connection,
    kinds: &[ResourceKindId],
    from_day: i64,
    until: i64,
) -> Result<Vec<HeldResource>, CommandError> {
    if kinds.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::types::held_resources(connection, kinds, from_day * 1440, (until + 1) * 1440).await?)
}

/// Of each kind, when each of its resources at a site is held.
pub(super) fn at_site(held: &[HeldResource], kinds: &[ResourceKindId], site: SiteId) -> Vec<Vec<Vec<Span>>> {
    kinds
        .iter()
        .map(|kind| {
            held.iter().filter(|one| one.kind_id == *kind && one.site_id == site).map(|one| one.held.clone()).collect()
        })
        .collect()
}

/// What can touch a day: an appointment lasts a day at most, so nothing that starts earlier than the day before.
fn around(spans: &[Span], day: i64) -> &[Span] {
    let from = spans.partition_point(|span| span.start <= (day - 1) * 1440);
    // What is kept after an appointment may lie in the morning of the next day.
    let to = spans.partition_point(|span| span.start < (day + 1) * 1440 + LONGEST_BUFFER);
    &spans[from..to]
}
