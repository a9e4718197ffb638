//! The way in: how things stand there meets how they stand here (`domain::sync::meet`), and what comes of it goes into the agenda like
//! any other change, journalled, in the transaction that remembers how far was heard.

use std::collections::HashSet;
use std::sync::atomic::Ordering;

use chrono::{DateTime, Utc};
use domain::agenda::BookingCode;
use domain::agenda::overlap::Span;
use domain::agenda::status::{CancelledBy, Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId};
use domain::sync::{Cursor, Held, Meet, Mine, There, meet, missing, pace};
use domain::time::{day_number, wall};

use super::run::{OVERLAP, Run, Stopped};
use super::{person, wishes};
use crate::commands::agenda::book::{make_code, note_down};
use crate::commands::agenda::place::{Place, parts};
use crate::commands::agenda::status::cancelled;
use crate::commands::clock::instant_text;
use crate::commands::desk::Change;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::Appointment as Row;
use crate::store::sync_known::Known;
use crate::store::{self, StoreError};
use crate::sync::{self, Appointment, Inbound, Page};

/// Everything that is to be heard: what patients did since; before the first time, and after a pause, how things stand there.
pub(super) async fn all(run: &mut Run<'_>) -> Result<(), Stopped> {
    match run.standing.progress.cursor.parse::<Cursor>() {
        Err(_) => {
            let from = run.ask(|portal| portal.start()).await?;
            everything(run, from, DateTime::UNIX_EPOCH).await?;
        }
        // Once a day everything is met again, whoever changed it.
        Ok(cursor) if pace::looks_again(looked_at(run).await?, run.desk.now()) => {
            let from = if run.is_portal() { cursor } else { run.ask(|portal| portal.start()).await? };
            everything(run, from, DateTime::UNIX_EPOCH).await?;
        }
        Ok(cursor) => {
            if run.is_portal() && !run.desk.sync.looked.load(Ordering::SeqCst) {
                let standing = run.ask(|portal| portal.standing()).await?;
                let heard_at = run.standing.progress.heard_at.as_deref().and_then(|at| at.parse().ok());
                if cursor.is_ahead_of(standing.feed) {
                    // The portal came back from a copy: everything is met anew.
                    everything(run, Cursor::Feed(standing.feed), DateTime::UNIX_EPOCH).await?;
                } else {
                    let since = heard_at.map_or(DateTime::UNIX_EPOCH, |at: DateTime<Utc>| at - OVERLAP);
                    let mut page = run.ask(move |portal| portal.changed_since(cursor, since, None)).await?;
                    loop {
                        let more = page.more.take();
                        take(run, page, false).await?;
                        let Some(more) = more else { break };
                        page = run.ask(move |portal| portal.changed_since(cursor, since, Some(&more))).await?;
                    }
                }
            }
        }
    }
    run.desk.sync.looked.store(true, Ordering::SeqCst);
    news(run).await
}

/// When everything was met last.
const LOOKED: &str = "sync_looked";

async fn looked_at(run: &Run<'_>) -> Result<Option<DateTime<Utc>>, Stopped> {
    let kept = store::practice::setting(&mut *run.desk.store().read().await?, LOOKED).await?;
    Ok(kept.and_then(|at| at.as_str().and_then(|at| at.parse().ok())))
}

async fn everything(run: &mut Run<'_>, from: Cursor, since: DateTime<Utc>) -> Result<(), Stopped> {
    let began = instant_text(run.desk.now());
    let mut seen: HashSet<String> = HashSet::new();
    let mut page = run.ask(move |portal| portal.changed_since(from, since, None)).await?;
    loop {
        let (more, cursor) = (page.more.take(), page.cursor);
        seen.extend(page.appointments.iter().map(|told| told.id.to_string()));
        take(run, page, more.is_none()).await?;
        let Some(more) = more else { break };
        page = run.ask(move |portal| portal.changed_since(cursor, since, Some(&more))).await?;
    }
    let today = day_number(run.desk.wall_now().date());
    let mut tx = run.desk.store().write().await?;
    // What of the days to come was not among it went there, or is on its way: it is put again, and the answer says which.
    for mut known in store::sync_known::to_come(&mut tx, today).await? {
        if seen.contains(&known.id) {
            continue;
        }
        if let Some(held) = missing(&known.held) {
            known.held = held;
            store::sync_known::remember(&mut tx, "appointment", &known, &began).await?;
            let name = ("appointment", known.id.as_str());
            store::sync_queue::queue(&mut tx, name, known.practitioner_id, (&began, "")).await?;
        }
    }
    // What the portal refused as unfit, it may take today.
    store::sync_queue::tell_again(&mut tx, None, &began).await?;
    store::practice::save_setting(&mut tx, LOOKED, &serde_json::Value::String(began)).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// What patients did since it was asked last.
pub(super) async fn news(run: &mut Run<'_>) -> Result<(), Stopped> {
    let Ok(mut cursor) = run.standing.progress.cursor.parse::<Cursor>() else { return Ok(()) };
    let mut more: Option<String> = None;
    loop {
        let (from, link) = (cursor, more.take());
        let mut page = run.ask(move |portal| portal.feed(from, link.as_deref())).await?;
        more = page.more.take();
        cursor = page.cursor;
        let empty = page.appointments.is_empty();
        if !empty || cursor != from {
            take(run, page, true).await?;
        }
        if more.is_none() {
            return Ok(());
        }
    }
}

/// How some things stand there, asked for by their names.
pub(super) async fn asked_for(run: &mut Run<'_>, ids: Vec<AppointmentId>) -> Result<(), Stopped> {
    for id in ids {
        let there = run.ask(move |portal| portal.appointment(id)).await?;
        let mut change = run.change("receive_portal").await?;
        match there {
            Some(told) => {
                let met = one(run, &mut change, &told, true).await?;
                run.done.received += met.received;
                run.done.clashes += met.clashes;
            }
            // Nothing of that name is there: it is put as new.
            None => forget(&mut change, id).await?,
        }
        change.commit().await?;
    }
    Ok(())
}

async fn forget(change: &mut Change<'_>, id: AppointmentId) -> Result<(), CommandError> {
    let name = id.to_string();
    if let Some(row) = store::agenda::appointment(change.connection(), id).await? {
        let at = change.at().to_owned();
        let known = Known { id: name, practitioner_id: row.practitioner_id, held: Held::Nothing, span: None };
        store::sync_known::remember(change.connection(), "appointment", &known, &at).await?;
    }
    Ok(())
}

async fn take(run: &mut Run<'_>, page: Page, keeps_cursor: bool) -> Result<(), Stopped> {
    let mut change = run.change("receive_portal").await?;
    let (mut received, mut clashes) = (0, 0);
    for told in &page.appointments {
        let met = one(run, &mut change, told, false).await?;
        received += met.received;
        clashes += met.clashes;
    }
    let cursor = page.cursor.to_string();
    if keeps_cursor {
        store::sync::save_cursor(change.connection(), &cursor).await?;
    }
    change.commit().await?;
    run.done.received += received;
    run.done.clashes += clashes;
    if keeps_cursor {
        run.standing.progress.cursor = cursor;
    }
    Ok(())
}

/// What one thing brought.
#[derive(Default)]
struct Met {
    received: i64,
    clashes: i64,
}

/// What is known of how it meets.
struct Meeting<'a> {
    inbound: &'a Inbound,
    before: Option<Row>,
    /// Wall minute at which it begins there.
    starts: Option<i64>,
}

async fn one(run: &Run<'_>, change: &mut Change<'_>, told: &Appointment, asked: bool) -> Result<Met, CommandError> {
    let Some(inbound) = sync::inbound(told) else { return Ok(Met::default()) };
    if inbound.status.is_none() || inbound.wish.is_some() {
        let received = i64::from(wishes::take(run, change, &inbound).await?);
        return Ok(Met { received, clashes: 0 });
    }
    let name = inbound.id.to_string();
    let ids = [name.clone()];
    let facts = store::sync_facts::facts(change.connection(), &ids).await?.pop();
    let held = store::sync_known::known(change.connection(), "appointment", &ids).await?;
    let held = held.get(&name).cloned().unwrap_or_default();
    let waiting = store::sync_queue::queued_one(change.connection(), "appointment", &name).await?.is_some();
    let own = facts.as_ref().and_then(|row| run.scene.appointment(run.desk, row).ok());
    let mine = facts.as_ref().map(|row| Mine {
        hidden: run.scene.hides(row) || run.scene.practitioner(row.practitioner_id).is_none(),
        waiting,
        active: row.status.is_active(),
        begun: !matches!(
            row.status,
            Status::Requested | Status::Booked | Status::Confirmed | Status::Cancelled | Status::Deleted
        ),
    });
    let starts = starts_here(run, &inbound);
    let before = store::agenda::appointment(change.connection(), inbound.id).await?;
    let meeting = Meeting { inbound: &inbound, before, starts };
    let active = told.status.is_active();
    let there = There {
        version: inbound.version,
        asked,
        same: own.as_ref().is_some_and(|own| *own == Appointment { meta: None, ..told.clone() }),
        active,
        called_off: inbound.cancelled_by == Some(CancelledBy::Patient),
        confirmed: inbound.confirmed,
        same_time: own
            .as_ref()
            .is_some_and(|own| own.span == told.span && own.practitioner == told.practitioner && own.site == told.site),
        free: !active || is_free(run.desk, change, &meeting).await?,
    };
    let met = meet(mine.as_ref(), &held, &there);
    let (met, applied) = match apply(run, change, &meeting, met).await {
        // The schema refused it: somebody else is there in a way that was not seen before.
        Err(refusal) if matches!(refusal.code.as_str(), "slot_taken" | "resource_taken") => {
            let met = meet(mine.as_ref(), &held, &There { free: false, ..there });
            (met, apply(run, change, &meeting, met).await?)
        }
        other => (met, other?),
    };
    let after = met.held(&held, &there);
    let at = change.at().to_owned();
    let span = meeting.starts.zip(inbound.minutes).filter(|_| active && after.version().is_some());
    let known = Known { id: name.clone(), practitioner_id: inbound.practitioner_id, held: after, span };
    if met != Meet::Nothing {
        store::sync_known::remember(change.connection(), "appointment", &known, &at).await?;
    }
    if met == Meet::Erase && meeting.before.is_none() {
        store::sync_erasing::to_erase(change.connection(), &name, (&[inbound.id], &[])).await?;
    } else if met.queues() {
        let named = ("appointment", name.as_str());
        store::sync_queue::queue(change.connection(), named, inbound.practitioner_id, (&at, "")).await?;
    }
    let clash = met == Meet::Decline || matches!(met, Meet::Keep { refused: true, .. });
    Ok(Met { received: i64::from(applied), clashes: i64::from(clash) })
}

/// The wall minute at which it begins, on the clock of its site.
fn starts_here(run: &Run<'_>, inbound: &Inbound) -> Option<i64> {
    let zone = run.scene.zone(inbound.site_id).unwrap_or(run.desk.premises().zone);
    Some(wall(inbound.start_at?, &zone).minutes())
}

/// Whether its time is free here, itself aside: nobody else needs the practitioner, and nothing keeps them away.
async fn is_free(desk: &Desk, change: &mut Change<'_>, meeting: &Meeting<'_>) -> Result<bool, CommandError> {
    let (Some(start), Some(minutes)) = (meeting.starts, meeting.inbound.minutes) else { return Ok(true) };
    let of = meeting.inbound.practitioner_id;
    let span = Span { start, minutes };
    if store::slots::is_needed(change.connection(), of, span, meeting.inbound.id).await? {
        return Ok(false);
    }
    let day = start.div_euclid(1440);
    let schedule = crate::commands::planning::schedule::Schedule::read(
        change.connection(),
        &desk.premises(),
        Some(of),
        day,
        day + 1,
    )
    .await?;
    let away =
        schedule.absences_in(of, start, start + minutes).next().is_some() && schedule.locum_on(of, day).is_none();
    let shut = schedule
        .blocks_on(of, domain::time::from_day_number(day))
        .any(|(_, rule, block)| rule.kind == domain::agenda::blocks::BlockKind::NoScheduling && block.overlaps(span));
    Ok(!away && !shut)
}

/// Does to the agenda what follows; whether anything did.
async fn apply(run: &Run<'_>, change: &mut Change<'_>, meeting: &Meeting<'_>, met: Meet) -> Result<bool, CommandError> {
    match (met, &meeting.before) {
        (Meet::TakeIn, _) => create(run, change, meeting, false).await,
        (Meet::Decline, _) => create(run, change, meeting, true).await,
        (Meet::Follow, Some(before)) => follow(run, change, meeting, before).await,
        (Meet::Keep { confirm: true, .. }, Some(before)) if before.status == Status::Booked => {
            let after = Row { status: Status::Confirmed, ..before.clone() };
            update(change, before, after, "confirmed").await
        }
        (Meet::Keep { refused: true, .. }, Some(before)) => {
            notice(change, "clash", before).await?;
            Ok(true)
        }
        _ => Ok(false),
    }
}

async fn notice(change: &mut Change<'_>, kind: &'static str, row: &Row) -> Result<(), CommandError> {
    let at = change.at().to_owned();
    let who = (Some(row.id), row.patient_id);
    store::sync_inbound::notice(change.connection(), (kind, &at), who, (row.practitioner_id, row.starts)).await?;
    change.touch("sync", &row.id.to_string());
    Ok(())
}

/// A booking of a patient, new here.
async fn create(
    run: &Run<'_>,
    change: &mut Change<'_>,
    meeting: &Meeting<'_>,
    declined: bool,
) -> Result<bool, CommandError> {
    let inbound = meeting.inbound;
    let (Some(starts), Some(minutes), Some(status)) = (meeting.starts, inbound.minutes, inbound.status) else {
        return Ok(false);
    };
    let Some(kind) = person::kind(&run.scene, inbound, minutes) else { return Ok(false) };
    let facts = match store::agenda::booking_facts(change.connection(), inbound.practitioner_id, kind.id, None).await {
        Ok(facts) => facts,
        Err(StoreError::NotFound) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let status = if declined { Status::Cancelled } else { status };
    let patient: Option<PatientId> = match &inbound.person {
        Some(who) => person::find_or_add(run.desk, change, who, inbound, status.is_active() || declined).await?,
        None => None,
    };
    let known = run.scene.sites.iter().any(|site| site.id == inbound.site_id);
    let mut after = Row {
        id: inbound.id,
        code: code(change, inbound.code).await?,
        practitioner_id: inbound.practitioner_id,
        site_id: if known { inbound.site_id } else { facts.site_id },
        patient_id: patient,
        type_id: kind.id,
        day: starts.div_euclid(1440),
        starts: Some(starts),
        queue_rank: None,
        minutes,
        status,
        origin: Origin::Portal,
        urgency: Urgency::Normal,
        overbooked: false,
        note: String::new(),
        contact_name: inbound.contact.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
        contact_phone: inbound.contact.as_ref().map(|one| one.phone.clone()).unwrap_or_default(),
        cancelled_by: match status {
            Status::Cancelled if declined => Some(CancelledBy::Practice),
            Status::Cancelled => Some(inbound.cancelled_by.unwrap_or(CancelledBy::Patient)),
            _ => None,
        },
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
        buffer_minutes: facts.buffer_minutes,
        provider_parts: parts(&facts, minutes),
        resources: Vec::new(),
    };
    if status.is_active() {
        Place::read(run.desk, change.connection(), &after).await?.take(change.connection(), &mut after, &facts).await?;
    }
    store::agenda::insert(change.connection(), &after).await.map_err(crate::commands::agenda::book::slot)?;
    note_down(change, None, &after).await?;
    let word = match status {
        _ if declined => "clash",
        Status::Requested => "request",
        Status::Cancelled => "cancelled",
        _ => "booked",
    };
    notice(change, word, &after).await?;
    if let (Some(patient), Some(contact)) = (patient, &inbound.contact)
        && contact.consent == Some(true)
        && person::consent(run.desk, change, patient, contact).await?
    {
        notice(change, "consent", &after).await?;
    }
    Ok(true)
}

/// The booking code that the patient was told, where nobody here bears it.
async fn code(change: &mut Change<'_>, told: Option<BookingCode>) -> Result<String, CommandError> {
    if let Some(code) = told.map(|code| code.to_string())
        && !store::agenda::code_in_use(change.connection(), &code).await?
    {
        return Ok(code);
    }
    make_code(change.connection()).await
}

/// An appointment becomes as it stands there.
async fn follow(
    run: &Run<'_>,
    change: &mut Change<'_>,
    meeting: &Meeting<'_>,
    before: &Row,
) -> Result<bool, CommandError> {
    let inbound = meeting.inbound;
    let Some(status) = inbound.status else { return Ok(false) };
    if status == Status::Cancelled {
        if before.status == Status::Cancelled {
            return Ok(false);
        }
        let by = inbound.cancelled_by.unwrap_or(CancelledBy::Patient);
        let after = cancelled(run.desk, before, by, String::new());
        return update(change, before, after, "cancelled").await;
    }
    let (Some(starts), Some(minutes)) = (meeting.starts, inbound.minutes) else { return Ok(false) };
    let mut after = Row {
        status,
        cancelled_by: None,
        cancelled_late: false,
        practitioner_id: inbound.practitioner_id,
        starts: Some(starts),
        day: starts.div_euclid(1440),
        minutes,
        queue_rank: None,
        ..before.clone()
    };
    if before.status == Status::Cancelled {
        after.cancel_reason.clear();
    }
    if run.scene.sites.iter().any(|site| site.id == inbound.site_id) {
        after.site_id = inbound.site_id;
    }
    let moved = after.starts != before.starts || after.practitioner_id != before.practitioner_id;
    if moved {
        after.overbooked = false;
    }
    if after == *before {
        return Ok(false);
    }
    if moved {
        let connection = change.connection();
        let facts = store::agenda::booking_facts(connection, after.practitioner_id, after.type_id, None).await?;
        Place::read(run.desk, connection, &after).await?.take(connection, &mut after, &facts).await?;
    }
    // Another time may need the practice's agreement anew.
    let word = if moved && status != Status::Requested {
        "moved"
    } else if status == Status::Confirmed {
        "confirmed"
    } else if status == Status::Requested {
        "request"
    } else {
        "booked"
    };
    update(change, before, after, word).await
}

async fn update(
    change: &mut Change<'_>,
    before: &Row,
    mut after: Row,
    word: &'static str,
) -> Result<bool, CommandError> {
    store::agenda::update(change.connection(), &after).await.map_err(crate::commands::agenda::book::slot)?;
    after.revision += 1;
    note_down(change, Some(before), &after).await?;
    notice(change, word, &after).await?;
    Ok(true)
}
