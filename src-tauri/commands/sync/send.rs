//! The way out: what is due is composed from the present state and put, some at a time, each remembered after its answer. Nothing that
//! changed while it travelled leaves the queue.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::id::AppointmentId;
use domain::sync::{After, Answer, Held, Own, Step, after, pace, step};
use domain::time::day_number;

use super::run::{Run, Stopped, Told};
use super::{availability, receive, word};
use crate::commands::CommandError;
use crate::commands::clock::instant_text;
use crate::journal::ChangeRecord;
use crate::store::sync_facts::AppointmentFacts as Row;
use crate::store::sync_known::Known;
use crate::store::sync_queue::Queued;
use crate::store::{self, StoreError};
use crate::sync::{self, Appointment, NotTold, Put, Resource};

/// How many appointments travel before what became of them is written down.
const AT_ONCE: usize = 200;

/// How long the names of what is erased on both sides are remembered: a portal keeps its backups for 30 days at most.
const GONE_FOR: TimeDelta = TimeDelta::days(90);

/// What a round left.
pub(super) enum Left {
    /// Nothing that could go now.
    Nothing,
    /// Something that needs what patients did first.
    Hear,
    /// Something more.
    Again,
}

/// Whether a thing leaves now.
pub(super) fn is_due(one: &Queued, now: DateTime<Utc>) -> bool {
    let set_aside = !one.code.is_empty();
    !set_aside && one.not_before.parse::<DateTime<Utc>>().map_or(true, |at| pace::is_due(at, now))
}

/// Once an hour, and on a new day, every day of the horizon is looked at: time that passes opens and closes too.
pub(super) async fn look_at_all_days(run: &mut Run<'_>) -> Result<(), Stopped> {
    let hour = run.desk.now().timestamp() / 3_600;
    if run.standing.progress.looked_hour == Some(hour) {
        return Ok(());
    }
    let now = instant_text(run.desk.now());
    let mut tx = run.desk.store().write().await?;
    for one in &run.standing.terms.practitioners {
        store::sync_queue::queue(&mut tx, ("availability", &format!("{one}/*")), *one, (&now, "")).await?;
    }
    let long_ago = instant_text(run.desk.now() - GONE_FOR);
    store::sync_known::forget_gone(&mut tx, &long_ago).await?;
    store::sync_known::forget_slots(&mut tx, day_number(run.desk.wall_now().date()) - 7).await?;
    if let Some((_, progress)) = store::sync::portal(&mut tx).await? {
        let progress = store::sync::Progress { looked_hour: Some(hour), ..progress };
        store::sync::save_progress(&mut tx, &progress).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    run.standing.progress.looked_hour = Some(hour);
    Ok(())
}

/// Tells what is due, once.
pub(super) async fn round(run: &mut Run<'_>) -> Result<Left, Stopped> {
    let from_on: NaiveDate = run.scene.instruction.from_on;
    if from_on > run.desk.wall_now().date() {
        return Ok(Left::Nothing);
    }
    let now = run.desk.now();
    let all = store::sync_queue::queued(&mut *run.desk.store().read().await?).await?;
    let due: Vec<Queued> = all.into_iter().filter(|one| is_due(one, now)).collect();
    if due.is_empty() {
        return Ok(Left::Nothing);
    }
    let of = |kind: &str| due.iter().filter(|one| one.kind == kind).cloned().collect::<Vec<Queued>>();
    let mut next = Next::default();
    schedules(run, &of("schedule"), &mut next).await?;
    for some in of("appointment").chunks(AT_ONCE) {
        appointments(run, some, &mut next).await?;
    }
    availability::tell(run, &of("availability"), &mut next).await?;
    receive::asked_for(run, std::mem::take(&mut next.look)).await?;
    if next.later {
        return Err(Stopped { refusal: CommandError::new("portal_busy"), asked: next.asked });
    }
    if next.instruct {
        return Err(CommandError::new("portal_refused").with("word", "not_instructed").into());
    }
    Ok(match (next.hear, next.again) {
        (true, _) => Left::Hear,
        (false, true) => Left::Again,
        (false, false) => Left::Nothing,
    })
}

/// What follows from the answers of a round.
#[derive(Default)]
pub(super) struct Next {
    /// How these stand there is to be asked.
    pub look: Vec<AppointmentId>,
    /// What patients did is to be heard first.
    pub hear: bool,
    /// Something is to be sent anew.
    pub again: bool,
    /// The portal asks to come back.
    pub later: bool,
    /// After how many seconds.
    pub asked: Option<u64>,
    /// The instruction does not cover what was sent.
    pub instruct: bool,
}

/// A thing with what is to be done about it.
struct Ready {
    queued: Queued,
    row: Row,
    told: Appointment,
    digest: String,
    put: Put,
}

async fn appointments(run: &mut Run<'_>, queued: &[Queued], next: &mut Next) -> Result<(), Stopped> {
    if queued.is_empty() {
        return Ok(());
    }
    let ids: Vec<String> = queued.iter().map(|one| one.id.clone()).collect();
    let mut connection = run.desk.store().read().await?;
    let mut rows: HashMap<String, Row> = store::sync_facts::facts(&mut connection, &ids)
        .await?
        .into_iter()
        .map(|row| (row.id.to_string(), row))
        .collect();
    let held = store::sync_known::known(&mut connection, "appointment", &ids).await?;
    drop(connection);
    let (mut ready, mut gone, mut nothing, mut unfit) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let yesterday = (day_number(run.desk.wall_now().date()) - 1) * 1440;
    for one in queued {
        let row = rows.remove(&one.id);
        // What is over was booked without the portal, and is none of its business.
        let over = row.as_ref().is_some_and(|row| row.starts < yesterday);
        if over && matches!(held.get(&one.id), None | Some(Held::Nothing)) {
            nothing.push(one.clone());
            continue;
        }
        let told = row.as_ref().map_or(Err(NotTold::Hidden), |row| run.scene.appointment(run.desk, row));
        let known = held.get(&one.id).cloned().unwrap_or_default();
        let own = sync::own(told.as_ref().map_err(|why| *why));
        match (step(&own, &known), row, told) {
            (Step::Put(expect), Some(row), Ok(told)) => {
                let Own::Told { digest, .. } = own else { continue };
                let resource = Resource::Appointment(Box::new(told.clone()));
                ready.push(Ready { queued: one.clone(), row, told, digest, put: Put { resource, expect } });
            }
            (Step::Erase, row, told) => {
                gone.push((one.clone(), row.and_then(|row| row.patient_id)));
                unfit.extend(told.err().filter(|why| matches!(why, NotTold::Unfit(_))).map(|why| (one.clone(), why)));
            }
            (_, _, Err(why @ NotTold::Unfit(_))) => unfit.push((one.clone(), why)),
            _ => nothing.push(one.clone()),
        }
    }
    settle(run, &gone, &nothing, &unfit, &ready).await?;
    if ready.is_empty() {
        return Ok(());
    }
    let puts: Vec<Put> = ready.iter().map(|one| one.put.clone()).collect();
    let answers = run.ask(move |portal| portal.put_all(&puts)).await?;
    let mut change = run.change("tell_portal").await?;
    let at = change.at().to_owned();
    let (mut told, mut sent, mut refused) = (Told::default(), 0_i64, 0_i64);
    let mut noted: Vec<(&Ready, Held)> = Vec::new();
    let mut recode: Vec<AppointmentId> = Vec::new();
    for (one, answered) in ready.iter().zip(&answers) {
        next.asked = answered.asked_seconds.max(next.asked);
        match after(answered.answer, answered.version, &one.digest) {
            After::Settled(held) => {
                if answered.answer == Answer::Kept {
                    told.add(one.row.patient_id, sync::fields(&one.told));
                    sent += 1;
                }
                noted.push((one, held));
            }
            After::Look => next.look.push(one.row.id),
            After::Hear => next.hear = true,
            After::ScheduleFirst => {
                let practitioner = one.row.practitioner_id;
                let name = ("schedule", &*practitioner.to_string());
                store::sync_queue::queue(change.connection(), name, practitioner, (&at, "")).await?;
                next.again = true;
            }
            After::Recode => recode.push(one.row.id),
            After::Aside => {
                store::sync_queue::refused(change.connection(), &one.queued, "unfit").await?;
                refused += 1;
            }
            After::Instruct => next.instruct = true,
            After::Again => next.later = true,
        }
    }
    if sent > 0 {
        let record = ChangeRecord::created("told_portal", &serde_json::json!({ "appointments": sent }));
        change.record("sync", "portal", None, &record).await?;
        told.note(run.desk, &mut change, &run.standing.portal.address).await?;
    }
    for (one, held) in noted {
        let active = one.told.status.is_active() && !matches!(held, Held::Gone);
        let known = Known {
            id: one.queued.id.clone(),
            practitioner_id: one.row.practitioner_id,
            held,
            span: active.then_some((one.row.starts, one.row.minutes)),
        };
        store::sync_known::remember(change.connection(), "appointment", &known, &at).await?;
        store::sync_queue::told(change.connection(), &one.queued).await?;
    }
    for id in recode {
        let code = crate::commands::agenda::book::make_code(change.connection()).await?;
        store::sync_facts::set_code(change.connection(), id, &code).await?;
        next.again = true;
    }
    change.commit().await?;
    run.done.sent += sent;
    run.done.refused += refused + i64::try_from(unfit.len()).unwrap_or(0);
    Ok(())
}

/// Writes down what needs no sending: what goes to be erased, what is there already, what does not fit; and that the rest may be
/// there from now on.
async fn settle(
    run: &Run<'_>,
    gone: &[(Queued, Option<domain::id::PatientId>)],
    nothing: &[Queued],
    unfit: &[(Queued, NotTold)],
    ready: &[Ready],
) -> Result<(), Stopped> {
    let at = instant_text(run.desk.now());
    let mut tx = run.desk.store().write().await?;
    for (one, patient) in gone {
        let subject = patient.map_or_else(|| one.id.clone(), |patient| patient.to_string());
        let id = one.id.parse().map_err(|_| StoreError::BadValue)?;
        store::sync_erasing::to_erase(&mut tx, &subject, (&[id], &[])).await?;
        store::sync_queue::told(&mut tx, one).await?;
    }
    for one in nothing {
        store::sync_queue::told(&mut tx, one).await?;
    }
    for (one, why) in unfit {
        store::sync_queue::refused(&mut tx, one, word(*why)).await?;
    }
    let new: Vec<_> = ready.iter().map(|one| (one.queued.id.clone(), one.row.practitioner_id)).collect();
    store::sync_known::perhaps(&mut tx, "appointment", &new, &at).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

async fn schedules(run: &mut Run<'_>, queued: &[Queued], next: &mut Next) -> Result<(), Stopped> {
    for one in queued {
        let mut connection = run.desk.store().read().await?;
        let mut puts: Vec<(String, String, Put)> = Vec::new();
        let mut unfit = None;
        if let Some(practitioner) = run.scene.practitioner(one.practitioner_id).cloned() {
            for site in run.scene.sites_of(&mut connection, &practitioner).await? {
                let schedule = match run.scene.schedule(run.desk, &practitioner, site) {
                    Ok(schedule) => schedule,
                    Err(why) => {
                        unfit = Some(why);
                        continue;
                    }
                };
                let id = schedule.id.0.to_string();
                let held = store::sync_known::known(&mut connection, "schedule", std::slice::from_ref(&id)).await?;
                let held = held.get(&id).cloned().unwrap_or_default();
                let resource = Resource::Schedule(Box::new(schedule));
                let digest = sync::digest(&resource);
                if let Step::Put(expect) = step(&Own::Told { digest: digest.clone(), ended: false }, &held) {
                    puts.push((id, digest, Put { resource, expect }));
                }
            }
        }
        drop(connection);
        let all: Vec<Put> = puts.iter().map(|(_, _, put)| put.clone()).collect();
        let answers = if all.is_empty() { Vec::new() } else { run.ask(move |portal| portal.put_all(&all)).await? };
        let at = instant_text(run.desk.now());
        let mut settled = true;
        let mut noted = Vec::new();
        for ((id, digest, put), answered) in puts.iter().zip(&answers) {
            match after(answered.answer, answered.version, digest) {
                After::Settled(held) => noted.push((id.clone(), held)),
                After::Look => {
                    let Resource::Schedule(schedule) = &put.resource else { continue };
                    let name = schedule.id;
                    let there = run.ask(move |portal| portal.schedule(name)).await?;
                    let version = there.and_then(|there| there.meta).map(|meta| meta.version);
                    noted.push((id.clone(), version.map_or(Held::Nothing, Held::theirs)));
                    (settled, next.again) = (false, true);
                }
                After::Again => (settled, next.later) = (false, true),
                After::Instruct => (settled, next.instruct) = (false, true),
                _ => unfit = Some(NotTold::Unfit("Schedule")),
            }
        }
        let mut tx = run.desk.store().write().await?;
        for (id, held) in noted {
            let known = Known { id, practitioner_id: one.practitioner_id, held, span: None };
            store::sync_known::remember(&mut tx, "schedule", &known, &at).await?;
        }
        match unfit {
            Some(why) => store::sync_queue::refused(&mut tx, one, word(why)).await?,
            None if settled => store::sync_queue::told(&mut tx, one).await?,
            None => {}
        }
        tx.commit().await.map_err(StoreError::from)?;
        run.done.sent += i64::try_from(answers.len()).unwrap_or(0);
    }
    Ok(())
}
