//! The free time that is told: what a practitioner's days offer now against what the portal is known to show. Only what differs is put,
//! what takes time away first.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use domain::id::PractitionerId;
use domain::sync::{After, after};
use domain::time::{WallTime, day_number, instant, wall};
use uuid::Uuid;

use super::gather::{self, Days};
use super::run::{Run, Stopped};
use super::send::Next;
use crate::commands::CommandError;
use crate::commands::clock::instant_text;
use crate::store::practice::Practitioner;
use crate::store::sync_known::SlotRow;
use crate::store::sync_queue::Queued;
use crate::store::{self, StoreError};
use crate::sync::{self, Meta, Put, Resource, ScheduleId, Slot, SlotId, SlotStatus, Span};

/// How many slots travel before what became of them is written down.
const AT_ONCE: usize = 1_000;

/// The days of a queued thing: one, or all of the horizon.
fn days_of(one: &Queued, today: i64, horizon: i64) -> Vec<i64> {
    match one.id.rsplit_once('/') {
        Some((_, "*")) => (today..today + horizon).collect(),
        Some((_, day)) => day.parse().ok().filter(|day| (today..today + horizon).contains(day)).into_iter().collect(),
        None => Vec::new(),
    }
}

/// Tells what is due.
pub(super) async fn tell(run: &mut Run<'_>, queued: &[Queued], next: &mut Next) -> Result<(), Stopped> {
    let today = day_number(run.desk.wall_now().date());
    let mut whose: BTreeMap<PractitionerId, Vec<&Queued>> = BTreeMap::new();
    for one in queued {
        whose.entry(one.practitioner_id).or_default().push(one);
    }
    for (id, rows) in whose {
        let days: BTreeSet<i64> = rows.iter().flat_map(|one| days_of(one, today, run.scene.horizon_days)).collect();
        let settled = match (days.first(), days.last()) {
            (Some(first), Some(last)) => one(run, id, (*first, *last + 1), &days, next).await?,
            _ => Settled { all: true, again_at: None },
        };
        let now = instant_text(run.desk.now());
        let mut tx = run.desk.store().write().await?;
        for row in rows {
            match (&settled.again_at, settled.all) {
                (_, false) => {}
                // A time that was freed here stays busy there until its moment: then the days are told again.
                (Some(at), true) => {
                    store::sync_queue::told(&mut tx, row).await?;
                    if store::sync_queue::queued_one(&mut tx, &row.kind, &row.id).await?.is_none() {
                        store::sync_queue::queue(&mut tx, (&row.kind, &row.id), id, (&now, at)).await?;
                    }
                }
                (None, true) => store::sync_queue::told(&mut tx, row).await?,
            }
        }
        tx.commit().await.map_err(StoreError::from)?;
    }
    Ok(())
}

/// How a practitioner's days stand after they were told.
struct Settled {
    /// Whether all of them are.
    all: bool,
    /// When they are to be told again.
    again_at: Option<String>,
}

fn of_schedule(all: &[SlotRow], schedule: Uuid) -> Vec<Slot> {
    let slots = all.iter().filter(|row| row.schedule_id == schedule);
    slots
        .filter_map(|row| {
            Some(Slot {
                meta: Some(Meta {
                    id: row.id.to_string(),
                    version: row.version,
                    updated_at: chrono::DateTime::UNIX_EPOCH,
                }),
                id: SlotId(row.id),
                schedule: ScheduleId(schedule),
                status: row.status.parse::<SlotStatus>().ok()?,
                span: Span { start_at: row.start_at, minutes: row.minutes },
                types: row.types.clone(),
            })
        })
        .collect()
}

async fn one(
    run: &mut Run<'_>,
    id: PractitionerId,
    (first, until): (i64, i64),
    days: &BTreeSet<i64>,
    next: &mut Next,
) -> Result<Settled, Stopped> {
    let now = run.desk.now();
    let mut connection = run.desk.store().read().await?;
    let known = store::sync_known::slots(&mut connection, id, (first, until)).await?;
    let practitioner: Option<Practitioner> = run.scene.practitioner(id).cloned();
    let wanted: Days = match &practitioner {
        Some(one) => gather::days(run.desk, &mut connection, &run.scene, one, (first, until)).await?,
        None => Days::default(),
    };
    let held = store::sync_known::still_held(&mut connection, id, (first * 1440, until * 1440)).await?;
    drop(connection);
    let again_at = held.into_iter().map(|(_, _, at)| at).max();
    // What has begun is no matter any more, here or there.
    let known: Vec<SlotRow> = known.into_iter().filter(|row| days.contains(&row.day) && row.start_at > now).collect();
    let own = practitioner.as_ref().map(gather::schedule_id);
    let schedules: BTreeSet<Uuid> = known.iter().map(|row| row.schedule_id).chain(own.map(|id| id.0)).collect();
    let facts: Vec<sync::SlotFacts> =
        wanted.into_iter().filter(|(day, _)| days.contains(day)).flat_map(|(_, facts)| facts).collect();
    let (mut closes, mut opens) = (Vec::new(), Vec::new());
    for schedule in schedules {
        let facts: &[sync::SlotFacts] = if own.map(|id| id.0) == Some(schedule) { &facts } else { &[] };
        let there = of_schedule(&known, schedule);
        let steps = sync::slots(ScheduleId(schedule), facts, &there);
        let (closing, opening) = steps.map_err(|_| CommandError::new("portal_answer_garbled"))?;
        closes.extend(closing);
        opens.extend(opening);
    }
    closes.extend(opens);
    let zone = practitioner.as_ref().and_then(|one| run.scene.zone(one.site_id)).unwrap_or(run.desk.premises().zone);
    let day_of: HashMap<Uuid, i64> = known.iter().map(|row| (row.id, row.day)).collect();
    let mut all = true;
    let mut look: BTreeSet<i64> = BTreeSet::new();
    for some in closes.chunks(AT_ONCE) {
        let puts: Vec<Put> = some.to_vec();
        let answers = run.ask(move |portal| portal.put_all(&puts)).await?;
        let mut tx = run.desk.store().write().await?;
        let mut sent = 0_i64;
        for (put, answered) in some.iter().zip(&answers) {
            let Resource::Slot(slot) = &put.resource else { continue };
            let day = day_of.get(&slot.id.0).copied();
            let day = day.unwrap_or_else(|| day_number(wall(slot.span.start_at, &zone).date()));
            next.asked = answered.asked_seconds.max(next.asked);
            match after(answered.answer, answered.version, "") {
                After::Settled(_) => {
                    let row = SlotRow {
                        id: slot.id.0,
                        practitioner_id: id,
                        schedule_id: slot.schedule.0,
                        day,
                        version: answered.version,
                        status: slot.status.as_str().to_owned(),
                        start_at: slot.span.start_at,
                        minutes: slot.span.minutes,
                        types: slot.types.clone(),
                    };
                    store::sync_known::remember_slot(&mut tx, &row).await?;
                    sent += 1;
                }
                After::Look => {
                    look.insert(day);
                    (all, next.again) = (false, true);
                }
                After::ScheduleFirst => {
                    let at = instant_text(run.desk.now());
                    let name = id.to_string();
                    // Told before and not there any more: it is told anew.
                    store::sync_known::forget_schedules(&mut tx, id).await?;
                    store::sync_queue::queue(&mut tx, ("schedule", &name), id, (&at, "")).await?;
                    (all, next.again) = (false, true);
                }
                After::Instruct => (all, next.instruct) = (false, true),
                After::Again => (all, next.later) = (false, true),
                // A slot that does not fit is one that nobody can book: the next look decides anew.
                After::Hear | After::Recode | After::Aside => {}
            }
        }
        tx.commit().await.map_err(StoreError::from)?;
        run.done.sent += sent;
    }
    for day in look {
        if let Some(own) = own {
            refresh(run, id, own, day, &zone).await?;
        }
    }
    Ok(Settled { all, again_at })
}

/// Asks how a day stands there, and keeps that.
async fn refresh(
    run: &Run<'_>,
    id: PractitionerId,
    schedule: ScheduleId,
    day: i64,
    zone: &domain::time::Zone,
) -> Result<(), Stopped> {
    let edge = |day: i64| instant(WallTime::from_minutes(day * 1440), zone);
    let (from, before) = (edge(day), edge(day + 1));
    let there = run.ask(move |portal| portal.slots(schedule, from, before)).await?;
    let mut tx = run.desk.store().write().await?;
    store::sync_known::forget_slots_of(&mut tx, id, day).await?;
    for slot in there {
        let row = SlotRow {
            id: slot.id.0,
            practitioner_id: id,
            schedule_id: slot.schedule.0,
            day,
            version: slot.meta.map_or(0, |meta| meta.version),
            status: slot.status.as_str().to_owned(),
            start_at: slot.span.start_at,
            minutes: slot.span.minutes,
            types: slot.types,
        };
        store::sync_known::remember_slot(&mut tx, &row).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
