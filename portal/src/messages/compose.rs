//! Which messages follow from a change, with what is put into them: into the outbox, in the change's own transaction.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    agenda::CancelledBy,
    id::PracticeId,
    messages::{self, Channel, Seen, Standing, Template, follows},
    time,
};
use fhir::booking::{Appointment, AppointmentStatus, Instruction, Language, Schedule, ScheduleId};
use uuid::Uuid;

use crate::{
    secret,
    state::Portal,
    store::{Held, NewMessage, StoreError, Tx, reached},
};

/// How long a message about nothing that begins is worth saying.
pub const WORTH: TimeDelta = TimeDelta::days(3);

/// By which way a contact is reached.
#[must_use]
pub fn channel_of(contact: &str) -> Channel {
    if contact.starts_with('+') { Channel::Sms } else { Channel::Email }
}

/// Where an appointment stands, as far as its patient has to hear of it.
pub(super) fn seen(a: &Appointment, unseen: bool) -> Seen {
    use AppointmentStatus::{
        Arrived, Booked, Cancelled, CheckedIn, EnteredInError, Fulfilled, Noshow, Pending, Proposed, Waitlist,
    };
    let standing = match a.status {
        Proposed | Pending => Standing::Asked,
        Booked => Standing::Booked,
        Arrived | CheckedIn | Fulfilled | Noshow => Standing::Came,
        Cancelled if a.cancelled_by == Some(CancelledBy::Practice) => Standing::CalledOffByPractice,
        Cancelled => Standing::CalledOff,
        EnteredInError | Waitlist => Standing::Nothing,
    };
    Seen { standing, start_at: a.span.map(|span| span.start_at), unseen }
}

/// What proves that who opens an address had the message: it cannot be guessed, and is for one purpose.
#[must_use]
pub fn proof(portal: &Portal, purpose: &str, practice: PracticeId, message: Uuid) -> String {
    let practice = practice.uuid();
    let parts = [purpose.as_bytes(), practice.as_bytes().as_slice(), message.as_bytes().as_slice()];
    BASE64.encode(&secret::keyed(&portal.form_key, &parts)[..16])
}

/// The address of a page that a message opens.
fn opened(portal: &Portal, page: &str, language: Language, practice: PracticeId, message: Uuid) -> String {
    let proof = proof(portal, page, practice, message);
    format!("{}/{}/{practice}/{page}/{}/{proof}", portal.config.public_url, language.as_str(), message.simple())
}

pub(super) fn parameters(
    portal: &Portal,
    practice: PracticeId,
    (a, schedule): (&Appointment, &Schedule),
    (template, language, channel, message): (Template, Language, Channel, Uuid),
) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let mut put = |name: &str, value: String| all.insert(name.to_owned(), value);
    put("who", schedule.practitioner.name.to_string());
    put("where", format!("{}, {}", schedule.site.name, schedule.site.town));
    if let Some(span) = a.span {
        put("when", messages::local_moment(time::wall(span.start_at, &schedule.site.zone), language));
    }
    if let Some(code) = a.code {
        put("code", code.spoken());
    }
    if template == Template::Survey {
        put("link", opened(portal, "survey", language, practice, message));
    } else {
        put("link", format!("{}/{}/{practice}/appointment", portal.config.public_url, language.as_str()));
    }
    if template.may_be_refused() {
        if channel == Channel::Email {
            put("opt_out", opened(portal, "stop", language, practice, message));
        } else if portal.config.sms_replies {
            put("stop", "STOP".to_owned());
            put("reply", "1".to_owned());
        }
    }
    all
}

/// The messages that follow from what the practice changed. What waited to be said is no more true and is dropped; the new ones
/// wait a while, so that the practice can take its change back, and do not go at night.
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
    let held = tx.appointment(after.id, false).await?.ok_or(StoreError::NotFound)?;
    let schedule = tx.schedule(ScheduleId(held.schedule)).await?.ok_or(StoreError::NoSchedule)?;
    let dropped = tx.drop_messages(after.id, now).await?;
    let was = before.map_or(Seen::NOTHING, |held| seen(&held.appointment, held.unseen));
    let start_at = after.span.map(|span| span.start_at);
    let past = start_at.is_some_and(|start_at| start_at < now);
    let mut template = follows(was, seen(after, held.unseen), &dropped).filter(|_| !past);
    // A practice that begins here tells what it has: nobody hears again of what they booked by phone weeks ago.
    if template == Some(Template::Confirmation) && before.is_none() {
        let begun = tx.instructed_at().await?;
        template = template.filter(|_| begun.is_none_or(|begun| !messages::booked_before(after.id, begun)));
    }
    let waits = now + TimeDelta::seconds(i64::from(portal.config.message_delay));
    let due_at = messages::calm(waits, start_at, &schedule.site.zone);
    let writer = Writer { portal, a: after, schedule: &schedule, instruction, now };
    writer.write(tx, template.map(|template| (template, due_at))).await?;
    let ended = |a: &Appointment| a.status == AppointmentStatus::Fulfilled;
    let newly = before.is_none_or(|held| !ended(&held.appointment)) || dropped.contains(&Template::Survey);
    match after.span.filter(|_| ended(after) && newly && instruction.reminders.survey) {
        Some(span) => {
            let at = messages::survey_at(span.end_at(), &schedule.site.zone);
            writer.write_wanted(tx, Template::Survey, at, at + WORTH).await
        }
        None => Ok(()),
    }
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
    tx.drop_messages(after.id, now).await?;
    Writer { portal, a: after, schedule, instruction, now }.write(tx, Some((template, now))).await
}

struct Writer<'a> {
    portal: &'a Portal,
    a: &'a Appointment,
    schedule: &'a Schedule,
    instruction: &'a Instruction,
    now: DateTime<Utc>,
}

impl Writer<'_> {
    async fn one(
        &self,
        tx: &mut Tx,
        (recipient, language): (&str, Language),
        template: Template,
        (due_at, expires_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        let (id, channel) = (secret::make_id(), channel_of(recipient));
        let put_in = parameters(self.portal, tx.practice(), (self.a, self.schedule), (template, language, channel, id));
        tx.enqueue(NewMessage {
            id,
            channel,
            template,
            language,
            recipient: recipient.to_owned(),
            parameters: put_in,
            instead_of: None,
            appointment: Some(self.a.id),
            about_at: self.a.span.map(|span| span.start_at),
            due_at,
            expires_at,
        })
        .await
    }

    /// What follows, and the reminders of what is booked.
    async fn write(&self, tx: &mut Tx, said: Option<(Template, DateTime<Utc>)>) -> Result<(), StoreError> {
        let Some((recipient, language)) = reached(self.a, self.portal.config.email_only) else { return Ok(()) };
        let start_at = self.a.span.map(|span| span.start_at);
        if let Some((template, due_at)) = said {
            // Once it has begun, nobody needs to hear when it is.
            let until =
                start_at.filter(|start_at| *start_at > due_at).map_or(due_at + WORTH, |at| at.min(due_at + WORTH));
            self.one(tx, (&recipient, language), template, (due_at, until)).await?;
        }
        let Some(start_at) = start_at.filter(|_| self.a.status == AppointmentStatus::Booked) else { return Ok(()) };
        let hours = &self.instruction.reminders.hours_before;
        for at in messages::reminders(start_at, &self.schedule.site.zone, hours, self.now) {
            self.write_wanted(tx, Template::Reminder, at, start_at).await?;
        }
        Ok(())
    }

    /// A message that somebody may want to hear no more of.
    async fn write_wanted(
        &self,
        tx: &mut Tx,
        template: Template,
        due_at: DateTime<Utc>,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Some((recipient, language)) = reached(self.a, self.portal.config.email_only) else { return Ok(()) };
        if tx.opted_out(&recipient).await? {
            return Ok(());
        }
        self.one(tx, (&recipient, language), template, (due_at, expires_at)).await
    }
}
