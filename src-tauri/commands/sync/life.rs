//! The portal's database came back from a backup: everything is looked at anew.
//!
//! Versions and numbers of a portal count within one life of its database; it names that life with its standing, and a database that
//! was restored begins another. What this practice knew of the old one is of no use then: a version may be lower, or the same with
//! other content. So everything of ours is put again, expecting nothing, as after a lost answer; what is found there meets it as ever
//! (ours waits, so an old state there does not come into the agenda), days are told against what is really there, and what was erased
//! and shows again is erased again: names of what is erased on both sides are remembered here for as long as a backup may last.
//! Instructions that the backup does not know are given again.
//!
//! Not here: accounts, contacts and messages of persons who were erased after the backup. This side forgot them, as it must; the
//! portal carries those erasures out again by itself (portal/README.md).

use chrono::{DateTime, Utc};
use domain::time::{WallTime, day_number, instant, wall};

use super::gather;
use super::run::{Run, Stopped};
use crate::commands::clock::instant_text;
use crate::store::sync_facts::AppointmentFacts;
use crate::store::sync_known::SlotRow;
use crate::store::{self, StoreError};
use crate::sync::Slot;

/// The life of the portal's database that was spoken with.
const LIFE: &str = "sync_life";

/// Looks whether it is still the same life; where it is another, forgets what was known and queues everything.
pub(super) async fn compare(run: &mut Run<'_>) -> Result<(), Stopped> {
    let standing = run.ask(|portal| portal.standing()).await?;
    let Some(life) = standing.life.map(serde_json::Value::String) else { return Ok(()) };
    let known = store::practice::setting(&mut *run.desk.store().read().await?, LIFE).await?;
    if known.as_ref() == Some(&life) {
        return Ok(());
    }
    // The first time, and for a vault older than this, there is nothing to compare with.
    let another = known.is_some();
    let mut slots = Vec::new();
    if another {
        instruct(run, standing.instruction.unwrap_or(0)).await?;
        if standing.state == "suspended" {
            run.ask(|portal| portal.resume()).await?;
        }
        slots = days_there(run).await?;
    }
    let mut tx = run.desk.store().write().await?;
    if another {
        let now = run.desk.now();
        let today = day_number(run.desk.wall_now().date());
        store::sync_known::doubt_everything(&mut tx).await?;
        for row in &slots {
            store::sync_known::remember_slot(&mut tx, row).await?;
        }
        let hidden = |row: &AppointmentFacts| run.scene.hides(row);
        let gone = store::sync_known::gone_but_here(&mut tx).await?;
        let gone = store::sync_facts::facts(&mut tx, &gone).await?.into_iter().filter(hidden);
        let gone: Vec<String> = gone.map(|row| row.id.to_string()).collect();
        store::sync_known::doubt(&mut tx, &gone).await?;
        let covered = store::sync::covered(&mut tx).await?;
        store::sync_queue::queue_all(&mut tx, &covered, today, &instant_text(now)).await?;
        store::sync_queue::queue_known(&mut tx, &instant_text(now)).await?;
        store::sync::begin_anew(&mut tx).await?;
    }
    store::practice::save_setting(&mut tx, LIFE, &life).await?;
    tx.commit().await.map_err(StoreError::from)?;
    if another {
        let progress = &mut run.standing.progress;
        (progress.cursor, progress.rights_cursor, progress.looked_hour) = (String::new(), 0, None);
    }
    Ok(())
}

/// Gives the instruction again under each number that the portal lost, up to the one in force.
async fn instruct(run: &Run<'_>, there: u32) -> Result<(), Stopped> {
    if run.standing.instruction.taken_at.is_none() {
        return Ok(());
    }
    let instruction = run.scene.instruction.clone();
    for version in there + 1..=instruction.version {
        let again = crate::sync::Instruction { version, ..instruction.clone() };
        run.ask(move |portal| portal.instruct(&again)).await?;
    }
    Ok(())
}

/// How the days of the horizon stand there.
async fn days_there(run: &Run<'_>) -> Result<Vec<SlotRow>, Stopped> {
    let today = day_number(run.desk.wall_now().date());
    let mut all = Vec::new();
    for one in &run.scene.practitioners {
        if run.scene.practitioner(one.id).is_none() {
            continue;
        }
        let schedule = gather::schedule_id(one);
        let zone = run.scene.zone(one.site_id).unwrap_or(run.desk.premises().zone);
        let edge = |day: i64| instant(WallTime::from_minutes(day * 1440), &zone);
        let (from, before): (DateTime<Utc>, DateTime<Utc>) = (edge(today), edge(today + run.scene.horizon_days + 1));
        let there: Vec<Slot> = run.ask(move |portal| portal.slots(schedule, from, before)).await?;
        all.extend(there.into_iter().map(|slot| SlotRow {
            id: slot.id.0,
            practitioner_id: one.id,
            schedule_id: slot.schedule.0,
            day: day_number(wall(slot.span.start_at, &zone).date()),
            version: slot.meta.map_or(0, |meta| meta.version),
            status: slot.status.as_str().to_owned(),
            start_at: slot.span.start_at,
            minutes: slot.span.minutes,
            types: slot.types,
        }));
    }
    Ok(all)
}
