//! The second way: what a text message could not carry, for good, goes by e-mail, where the person gave an address and did not refuse
//! it. One message at most stands in for each; which one still holds is a rule (`domain::messages::second_way`).
//!
//! Deliberately not here: the other direction. An e-mail that was refused says nothing about the telephone, and costs nothing; a text
//! message that nobody instructed would.

use chrono::{DateTime, Utc};
use domain::messages::{Channel, second_way};
use fhir::booking::ScheduleId;
use uuid::Uuid;

use super::compose::{parameters, seen};
use crate::{
    secret,
    state::Portal,
    store::{NewMessage, StoreError, Tx, reached},
};

/// Puts an e-mail into the outbox instead of a text message that was lost, if there is one to be sent. Whether there is. Asked again for
/// the same message, and for one that is not lost, it does nothing.
///
/// # Errors
/// Where the database fails.
pub async fn by_mail_instead(
    portal: &Portal,
    tx: &mut Tx,
    message: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    if portal.config.phone_only {
        return Ok(false);
    }
    let Some(lost) = tx.lost(message).await? else { return Ok(false) };
    let Some(held) = tx.appointment(lost.appointment, true).await? else { return Ok(false) };
    let a = &held.appointment;
    let Some(email) = a.person.as_ref().and_then(|person| person.email.as_ref()).map(ToString::to_string) else {
        return Ok(false);
    };
    let schedule = tx.schedule(ScheduleId(held.schedule)).await?.ok_or(StoreError::NoSchedule)?;
    let stands = seen(a, held.unseen);
    let Some(due_at) = second_way(lost.template, lost.about_at, stands, lost.expires_at, &schedule.site.zone, now)
    else {
        return Ok(false);
    };
    if lost.template.may_be_refused() {
        // Who wants no reminders by telephone wants none at all.
        let phone = reached(a, false).map(|(contact, _)| contact);
        for contact in phone.iter().chain([&email]) {
            if tx.opted_out(contact).await? {
                return Ok(false);
            }
        }
    }
    let (id, channel) = (secret::make_id(), Channel::Email);
    let put_in = parameters(portal, tx.practice(), (a, &schedule), (lost.template, lost.language, channel, id));
    tx.enqueue(NewMessage {
        id,
        channel,
        template: lost.template,
        language: lost.language,
        recipient: email,
        parameters: put_in,
        instead_of: Some(message),
        appointment: Some(lost.appointment),
        about_at: lost.about_at,
        due_at,
        expires_at: lost.expires_at,
    })
    .await?;
    Ok(true)
}
