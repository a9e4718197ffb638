//! What is told to patients: which message follows from which change, when it is due, and the worker that hands what is due to a
//! [`Messenger`].
//!
//! Nothing here says what an appointment is for. Deliberately not here: mail and text message gateways, which are messengers of
//! their own.

mod words;

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::{DateTime, TimeDelta, Timelike, Utc};
use domain::{
    id::PracticeId,
    time::{self, WallTime},
};
use fhir::booking::{Appointment, AppointmentStatus, Instruction, Language, Schedule, ScheduleId};
use tokio::sync::broadcast::error::RecvError;

pub use words::{Text, local_date, local_day, local_time, render};

use crate::{
    logging, secret,
    state::{Portal, Shared},
    store::{Channel, Held, MOST_TRIES, Message, NewMessage, REMIND_UNTIL, StoreError, Template, Tx},
};

/// Why a message did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendError {
    /// It may go later.
    Later,
    /// It will never go: there is no such recipient.
    Never,
}

/// Hands messages on. It may be asked twice for the same message (a crash between sending and writing it down): its id tells.
pub trait Messenger: Send + Sync {
    /// Hands one message on.
    fn send<'a>(
        &'a self,
        message: &'a Message,
        text: &'a Text,
    ) -> Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;
}

/// Keeps what it is given: for tests, and for a portal that only shows itself.
#[derive(Default)]
pub struct Keeper(Mutex<Vec<Kept>>);

/// A message that was kept.
#[derive(Debug, Clone)]
pub struct Kept {
    /// To whom.
    pub recipient: String,
    /// What it is.
    pub template: Template,
    /// How it would have gone.
    pub channel: Channel,
    /// What it says.
    pub text: Text,
    /// What was put into the words.
    pub parameters: BTreeMap<String, String>,
}

impl Keeper {
    /// What was kept so far, the last last.
    #[must_use]
    pub fn kept(&self) -> Vec<Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Messenger for Keeper {
    fn send<'a>(
        &'a self,
        message: &'a Message,
        text: &'a Text,
    ) -> Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(Kept {
            recipient: message.recipient.clone(),
            template: message.template,
            channel: message.channel,
            text: text.clone(),
            parameters: message.parameters.clone(),
        });
        Box::pin(async { Ok(()) })
    }
}

/// Shows messages on the standard error instead of sending them: for a portal without real persons.
pub struct Development;

impl Messenger for Development {
    fn send<'a>(
        &'a self,
        message: &'a Message,
        text: &'a Text,
    ) -> Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>> {
        eprintln!("— {} ({}): {}", message.template.as_str(), message.channel.as_str(), text.body);
        Box::pin(async { Ok(()) })
    }
}

/// By which way a contact is reached.
#[must_use]
pub fn channel_of(contact: &str) -> Channel {
    if contact.starts_with('+') { Channel::Sms } else { Channel::Email }
}

/// Where a person is reached: who booked for them first.
fn contact_of(a: &Appointment) -> Option<(String, Language)> {
    let person = a.person.as_ref()?;
    let phone = a.contact.as_ref().map(|c| c.phone.to_string());
    let own = person.phone.as_ref().map(ToString::to_string);
    let email = person.email.as_ref().map(ToString::to_string);
    phone.or(own).or(email).map(|contact| (contact, person.language))
}

fn parameters(
    portal: &Portal,
    practice: PracticeId,
    a: &Appointment,
    schedule: &Schedule,
    language: Language,
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut put = |name: &str, value: String| all.insert(name.to_owned(), value);
    put("who", schedule.practitioner.name.to_string());
    put("where", format!("{}, {}", schedule.site.name, schedule.site.town));
    if let Some(span) = a.span {
        let wall = time::wall(span.start_at, &schedule.site.zone);
        put("when", words::local_moment(wall, language));
    }
    if let Some(code) = a.code {
        put("code", code.spoken());
    }
    put("link", format!("{}/{}/{practice}/appointment", portal.config.public_url, language.as_str()));
    all
}

/// Which message follows from what the practice changed.
fn follows(before: Option<&Held>, after: &Appointment) -> Option<Template> {
    let Some(before) = before else {
        return (after.status == AppointmentStatus::Booked).then_some(Template::Confirmation);
    };
    let was = &before.appointment;
    if after.status == AppointmentStatus::Cancelled && was.status.is_active() {
        // What the practice has not taken over and calls off had no room in its agenda.
        let clash = before.unseen && after.cancelled_by == Some(domain::agenda::CancelledBy::Practice);
        return Some(if clash { Template::Clash } else { Template::Cancellation });
    }
    let booked = matches!(after.status, AppointmentStatus::Booked);
    let agreed = matches!(was.status, AppointmentStatus::Pending | AppointmentStatus::Proposed);
    if booked && (agreed || !was.status.is_active()) {
        return Some(Template::Confirmation);
    }
    (booked && was.span != after.span).then_some(Template::Change)
}

/// The messages that follow from what the practice changed. What waited to be said is no more true and is dropped; the new ones
/// wait a while, so that the practice can take its change back.
///
/// # Errors
/// Where the database fails.
pub async fn after_practice(
    portal: &Portal,
    tx: &mut Tx,
    before: Option<&Held>,
    after: &Appointment,
    instruction: &Instruction,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let due_at = now + TimeDelta::seconds(i64::from(portal.config.message_delay));
    let past = after.span.is_some_and(|span| span.start_at < now);
    let template = follows(before, after).filter(|_| !past);
    let held = tx.appointment(after.id, false).await?.ok_or(StoreError::NotFound)?;
    let schedule = tx.schedule(ScheduleId(held.schedule)).await?.ok_or(StoreError::NoSchedule)?;
    write(portal, tx, after, &schedule, instruction, (template, due_at), now).await
}

/// The messages that follow from what a patient did; they go at once.
///
/// # Errors
/// Where the database fails.
pub async fn after_patient(
    portal: &Portal,
    tx: &mut Tx,
    after: &Appointment,
    schedule: &Schedule,
    instruction: &Instruction,
    template: Template,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    write(portal, tx, after, schedule, instruction, (Some(template), now), now).await
}

async fn write(
    portal: &Portal,
    tx: &mut Tx,
    a: &Appointment,
    schedule: &Schedule,
    instruction: &Instruction,
    (template, due_at): (Option<Template>, DateTime<Utc>),
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    tx.drop_messages(a.id, now).await?;
    let Some((recipient, language)) = contact_of(a) else { return Ok(()) };
    let practice = tx.practice();
    let one = |template, due_at| NewMessage {
        id: secret::make_id(),
        channel: channel_of(&recipient),
        template,
        language,
        recipient: recipient.clone(),
        parameters: parameters(portal, practice, a, schedule, language),
        appointment: Some(a.id),
        due_at,
    };
    if let Some(template) = template {
        tx.enqueue(one(template, due_at)).await?;
    }
    let soon = matches!(a.status, AppointmentStatus::Booked);
    if !soon || tx.opted_out(&recipient).await? {
        return Ok(());
    }
    for reminder_at in reminders(a, schedule, instruction, now) {
        tx.enqueue(one(Template::Reminder, reminder_at)).await?;
    }
    Ok(())
}

/// Nobody is disturbed from nine in the evening until eight in the morning.
const QUIET_FROM: u32 = 21;
const QUIET_UNTIL: u32 = 8;

/// When reminders are due. One that would fall into the night comes at eight the evening before.
fn reminders(
    a: &Appointment,
    schedule: &Schedule,
    instruction: &Instruction,
    now: DateTime<Utc>,
) -> Vec<DateTime<Utc>> {
    let Some(span) = a.span else { return Vec::new() };
    let zone = &schedule.site.zone;
    let awake = |at: DateTime<Utc>| {
        let wall = time::wall(at, zone);
        let hour = wall.naive().hour();
        if (QUIET_UNTIL..QUIET_FROM).contains(&hour) {
            return at;
        }
        let day = if hour < QUIET_UNTIL { wall.date().pred_opt().unwrap_or(wall.date()) } else { wall.date() };
        time::instant(WallTime::at(day, 20 * 60), zone)
    };
    let due = instruction
        .reminders
        .hours_before
        .iter()
        .map(|&hours| awake(span.start_at - TimeDelta::hours(i64::from(hours))));
    let mut due: Vec<_> = due.filter(|&at| at > now + REMIND_UNTIL && at < span.start_at).collect();
    due.sort_unstable();
    due.dedup();
    due
}

/// Hands on what is due of one practice. How many went.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(portal: &Portal, messenger: &dyn Messenger, practice: PracticeId) -> Result<usize, StoreError> {
    let mut gone = 0;
    loop {
        let mut tx = portal.store.begin(practice).await?;
        let due = tx.take_due(20, portal.now()).await?;
        tx.commit().await?;
        if due.is_empty() {
            return Ok(gone);
        }
        for message in due {
            let text = render(message.template, message.language, &message.parameters);
            let sent = messenger.send(&message, &text).await;
            let settled = match sent {
                Ok(()) => Some(true),
                Err(SendError::Later) if message.attempt < MOST_TRIES => None,
                Err(_) => Some(false),
            };
            if let Some(sent) = settled {
                let mut tx = portal.store.begin(practice).await?;
                tx.settle_message(&message, sent, portal.now()).await?;
                tx.commit().await?;
                gone += usize::from(sent);
            }
        }
    }
}

/// Every so often all practices are looked at: what waited for its time is due, and what another process left is found.
const SWEEP: Duration = Duration::from_secs(30);

/// Hands on what is due, for as long as the portal runs.
pub async fn work(portal: Shared, messenger: Box<dyn Messenger>) {
    let mut news = portal.news.subscribe();
    let mut sweep = tokio::time::interval(SWEEP);
    loop {
        let practices = tokio::select! {
            told = news.recv() => match told {
                Ok(practice) => vec![practice],
                Err(RecvError::Lagged(_)) => all(&portal).await,
                Err(RecvError::Closed) => return,
            },
            _ = sweep.tick() => all(&portal).await,
        };
        for practice in practices {
            if let Err(error) = deliver(&portal, &*messenger, practice).await {
                logging::fault(portal.now(), "deliver", &error.to_string());
            }
        }
    }
}

async fn all(portal: &Portal) -> Vec<PracticeId> {
    portal.store.tenants().await.unwrap_or_default().into_iter().map(|(practice, _)| practice).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reminders_do_not_wake_anybody() {
        let schedule: Schedule = crate::demonstration::schedule(1);
        let mut instruction = crate::demonstration::instruction();
        instruction.reminders.hours_before = vec![48, 2];
        let zone = &schedule.site.zone;
        let at = |text: &str| time::instant(text.parse().unwrap(), zone);
        let mut a = crate::demonstration::appointment();
        a.span = Some(fhir::booking::Span { start_at: at("2026-12-10T09:00"), minutes: 15 });
        let now = at("2026-12-01T12:00");
        let due = reminders(&a, &schedule, &instruction, now);
        assert_eq!(due, [at("2026-12-08T09:00"), at("2026-12-09T20:00")]);
        assert!(reminders(&a, &schedule, &instruction, at("2026-12-10T08:00")).is_empty());
    }

    #[test]
    fn what_follows_depends_on_what_was() {
        use AppointmentStatus::{Booked, Cancelled, Pending};
        let a = |status| Appointment { status, ..crate::demonstration::appointment() };
        let held = |status, unseen| Held {
            appointment: a(status),
            schedule: uuid::Uuid::nil(),
            account: None,
            feed: None,
            unseen,
        };
        let by_practice = Appointment { cancelled_by: Some(domain::agenda::CancelledBy::Practice), ..a(Cancelled) };
        assert_eq!(follows(None, &a(Booked)), Some(Template::Confirmation));
        assert_eq!(follows(None, &a(Cancelled)), None);
        assert_eq!(follows(Some(&held(Pending, true)), &a(Booked)), Some(Template::Confirmation));
        assert_eq!(follows(Some(&held(Booked, true)), &by_practice), Some(Template::Clash));
        assert_eq!(follows(Some(&held(Booked, false)), &by_practice), Some(Template::Cancellation));
        assert_eq!(follows(Some(&held(Booked, false)), &a(Booked)), None);
        let moved = Appointment {
            span: a(Booked).span.map(|s| fhir::booking::Span { minutes: s.minutes + 5, ..s }),
            ..a(Booked)
        };
        assert_eq!(follows(Some(&held(Booked, false)), &moved), Some(Template::Change));
    }
}
