//! What the text message gateway tells: whether a message arrived, and what somebody answered (`docs/sms-gateway.md`).
//!
//! Signed over its bytes and its time. A name that is not known is answered like any other. What somebody wrote is read for one
//! word and not kept.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
};
use chrono::{DateTime, Utc};
use domain::{
    id::PracticeId,
    messages::{Reply, read_reply},
};
use fhir::booking::{Appointment, IssueCode, ScheduleId};
use serde::Deserialize;
use uuid::Uuid;

use super::{Refusal, caller::Address, query::body};
use crate::{
    guard::Limit,
    messages::{self, is_signed},
    secret,
    state::Shared,
    store::{Held, State as Standing, StoreError, Tx, can_change},
};

#[derive(Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
enum Event {
    /// What became of a message.
    Delivery { id: String, state: Delivery },
    /// What somebody answered, to the last message that they got.
    Reply { id: String, from: String, text: String },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Delivery {
    Delivered,
    Failed,
}

/// A message's name as the gateway has it: the practice, and the message.
fn read_id(text: &str) -> Result<(PracticeId, Uuid), Refusal> {
    let parts = text.split_once('.').and_then(|(practice, id)| Some((practice.parse().ok()?, id.parse().ok()?)));
    parts.ok_or(Refusal::form("id"))
}

pub(super) async fn tell(
    State(portal): State<Shared>,
    Address(address): Address,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<StatusCode, Refusal> {
    let bytes = bytes?;
    let now = portal.now();
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed =
        is_signed(&portal.config.sms_secret, header("semainier-timestamp"), header("semainier-signature"), &bytes, now);
    if !signed {
        portal.guard.take(Limit::Token, &address.to_string(), now).map_err(Refusal::throttled)?;
        return Err(Refusal::new(StatusCode::UNAUTHORIZED, IssueCode::Login, "not_signed"));
    }
    match body(&bytes)? {
        Event::Delivery { id, state } => {
            let (practice, message) = read_id(&id)?;
            let mut tx = portal.store.begin(practice).await?;
            tx.hold_appointment_of(message).await?;
            tx.note_delivery(message, matches!(state, Delivery::Delivered), now).await?;
            let instead = messages::by_mail_instead(&portal, &mut tx, message, now).await?;
            tx.commit().await?;
            if instead {
                portal.tell(practice);
            }
        }
        Event::Reply { id, from, text } => {
            let (practice, message) = read_id(&id)?;
            let mut tx = portal.store.begin(practice).await?;
            let heard = reply(&mut tx, message, &from, read_reply(&text), now).await?;
            tx.commit().await?;
            if heard {
                portal.tell(practice);
            }
        }
    }
    Ok(StatusCode::NO_CONTENT)
}

/// Does what an answer asks for. Only who has the phone that the message went to is heard. Whether the practice has to hear of it.
async fn reply(tx: &mut Tx, message: Uuid, from: &str, reply: Reply, now: DateTime<Utc>) -> Result<bool, StoreError> {
    if !matches!(tx.practice_state().await?, Some((Standing::Active | Standing::Suspended, _))) {
        return Ok(false);
    }
    let Some(about) = tx.message_about(message).await? else { return Ok(false) };
    let Some(held) = tx.appointment_of(&about).await?.filter(|held| held.is_of(from)) else { return Ok(false) };
    match reply {
        Reply::Confirm => {
            // An answer is to the time that the message told of: it may be at another by now.
            let same = about.about_at == held.appointment.span.map(|span| span.start_at);
            if !same || held.appointment.confirmed || !can_change(&held.appointment, now) {
                return Ok(false);
            }
            let schedule = tx.schedule(ScheduleId(held.schedule)).await?.ok_or(StoreError::NoSchedule)?;
            match tx.confirm_booking(&held, &schedule, now).await {
                Ok(_) => {}
                Err(StoreError::Stale) => return Ok(false),
                Err(error) => return Err(error),
            }
            tx.note_connection("confirmed", held.account, None, now).await?;
            Ok(true)
        }
        Reply::Stop | Reply::Resume => {
            let language = language_of(&held).unwrap_or(fhir::booking::Language::Fr);
            tx.refuse(from, (language, secret::make_id()), reply == Reply::Stop, now).await?;
            Ok(false)
        }
        Reply::Other => Ok(false),
    }
}

fn language_of(held: &Held) -> Option<fhir::booking::Language> {
    let Appointment { person, .. } = &held.appointment;
    person.as_ref().map(|person| person.language)
}
