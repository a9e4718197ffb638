//! Next free slots, read from the database each time, in windows of days that grow: what is near costs little, and a full
//! quarter is still one look.

use std::collections::HashMap;

use domain::agenda::hours::open_spans;
use domain::agenda::overlap::{Span, check_minutes};
use domain::agenda::slots::{DEFAULT_STEP, PartOfDay, Wanted, free_starts};
use domain::id::PractitionerId;
use domain::role::Permission;
use domain::time::{WallTime, day_number, from_day_number};

use super::book::word;
use super::wire::{FindSlotsRequest, SlotView, SlotsView};
use crate::commands::{CommandError, Desk};
use crate::store;

/// Days of the first window.
const FIRST_WINDOW: i64 = 7;

/// Free slots for a type over practitioners and days, the soonest first; the past is never proposed.
///
/// # Errors
/// `bad_date`, `type_not_found`, `bad_duration`, `out_of_range`, `permission_denied`.
pub async fn find_slots(desk: &Desk, request: FindSlotsRequest) -> Result<SlotsView, CommandError> {
    let part: PartOfDay = word(&request.part, "part")?;
    let from: WallTime = if request.from.len() <= 10 {
        WallTime::at(super::date(&request.from, "from")?, 0)
    } else {
        request.from.parse().map_err(|_| CommandError::field("bad_date", "from"))?
    };
    if !(1..=366).contains(&request.days) || !(1..=200).contains(&request.count) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let mut connection = desk.read(Permission::ReadAgenda, "find_slots").await?;
    let kind = store::practice::types(&mut connection)
        .await?
        .into_iter()
        .find(|kind| kind.id == request.type_id)
        .ok_or_else(|| CommandError::field("type_not_found", "type_id"))?;
    let minutes = check_minutes(request.minutes.unwrap_or(kind.minutes))
        .map_err(|_| CommandError::field("bad_duration", "minutes"))?;
    let practitioners: Vec<_> = store::practice::practitioners(&mut connection)
        .await?
        .into_iter()
        .filter(
            |one| {
                if request.practitioners.is_empty() { one.active } else { request.practitioners.contains(&one.id) }
            },
        )
        .collect();
    let not_before = from.minutes().max(desk.wall_now().minutes());
    let first_day = day_number(WallTime::from_minutes(not_before).date());
    let last_day = day_number(from.date()) + request.days;
    let span = (first_day * 1440, last_day * 1440);
    let mut hours: HashMap<PractitionerId, Vec<_>> = HashMap::new();
    for line in store::opening::hours(&mut connection, None).await? {
        hours.entry(line.practitioner_id).or_default().push(line.rule()?);
    }
    let mut absences: HashMap<PractitionerId, Vec<_>> = HashMap::new();
    for absence in store::opening::absences(&mut connection, None, span.0, span.1).await? {
        absences.entry(absence.practitioner_id).or_default().push(absence.rule());
    }
    let wanted =
        Wanted { minutes, step: DEFAULT_STEP.max(kind.minutes.min(15) / 5 * 5), part, not_before: Some(not_before) };
    let ids: Vec<PractitionerId> = practitioners.iter().map(|one| one.id).collect();
    let count = usize::try_from(request.count).unwrap_or(0);
    let mut slots: Vec<SlotView> = Vec::with_capacity(count);
    let (mut window, mut from_day) = (FIRST_WINDOW, first_day);
    while from_day < last_day && slots.len() < count {
        let until = (from_day + window).min(last_day);
        let busy: HashMap<PractitionerId, Vec<Span>> =
            store::slots::busy_of(&mut connection, &ids, from_day * 1440, until * 1440).await?.into_iter().collect();
        for day in from_day..until {
            for one in &practitioners {
                let rules = hours.get(&one.id).map_or(&[][..], Vec::as_slice);
                let away = absences.get(&one.id).map_or(&[][..], Vec::as_slice);
                let open = open_spans(from_day_number(day), rules, away);
                let busy = busy.get(&one.id).map_or(&[][..], |spans| around(spans, day));
                slots.extend(free_starts(&open, busy, wanted).take(count).map(|start| SlotView {
                    practitioner_id: one.id,
                    practitioner: one.name.clone(),
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

/// What can touch a day: an appointment lasts a day at most, so nothing that starts earlier than the day before.
fn around(spans: &[Span], day: i64) -> &[Span] {
    let from = spans.partition_point(|span| span.start <= (day - 1) * 1440);
    let to = spans.partition_point(|span| span.start < (day + 1) * 1440);
    &spans[from..to]
}
