//! What is told to patients: the messages that follow from a change, and the worker that hands what is due to a [`Messenger`].
//!
//! Which message follows, when it is due and what it says are rules that the app shares (`domain::messages`). Nothing here says
//! what an appointment is for.

mod compose;
mod gateways;
mod second;
mod sms;

use std::{
    collections::BTreeMap,
    future::Future,
    pin::Pin,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use domain::id::PracticeId;
use tokio::sync::broadcast::error::RecvError;

pub use compose::{WORTH, after_patient, after_practice, channel_of, proof};
pub use domain::messages::{Text, local_date, local_day, local_time, render};
pub use gateways::Gateways;
pub use second::by_mail_instead;
pub use sms::{GatewayError, SmsGateway, is_signed, signature_of};

use crate::{
    logging,
    state::{Portal, Shared},
    store::{Channel, MOST_TRIES, Message, State, StoreError, Template},
};

/// Why a message did not go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendError {
    /// It may go later.
    Later,
    /// It will never go: there is no such recipient.
    Never,
    /// The way itself is broken, a server or a password: no message of this channel goes now. A word for the log.
    Way(&'static str),
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
    /// Its name.
    pub id: uuid::Uuid,
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
            id: message.id,
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

/// How many messages are taken at a time, and how long they wait where the way is broken.
const AT_ONCE: i64 = 20;
const BROKEN: TimeDelta = TimeDelta::minutes(1);

/// Hands on what is due of one practice. How many went. Of a practice that is suspended nothing goes.
///
/// # Errors
/// Where the database fails.
pub async fn deliver(portal: &Portal, messenger: &dyn Messenger, practice: PracticeId) -> Result<usize, StoreError> {
    let mut gone = 0;
    loop {
        let mut tx = portal.store.begin(practice).await?;
        if !matches!(tx.practice_state().await?, Some((State::Active, _))) {
            return Ok(gone);
        }
        let due = tx.take_due(AT_ONCE, portal.now()).await?;
        tx.commit().await?;
        if due.is_empty() {
            return Ok(gone);
        }
        // A way that is broken is not tried again for each message of this turn; the other channel goes on.
        let mut broken: Vec<(Channel, Vec<uuid::Uuid>)> = Vec::new();
        for message in due {
            if let Some((_, left)) = broken.iter_mut().find(|(channel, _)| *channel == message.channel) {
                left.push(message.id);
                continue;
            }
            let text = render(message.template, message.language, &message.parameters);
            let settled = match messenger.send(&message, &text).await {
                Ok(()) => Some(true),
                Err(SendError::Later) if message.attempt < MOST_TRIES => None,
                Err(SendError::Later | SendError::Never) => Some(false),
                Err(SendError::Way(word)) => {
                    logging::fault(portal.now(), message.channel.as_str(), word);
                    broken.push((message.channel, vec![message.id]));
                    None
                }
            };
            if let Some(sent) = settled {
                let mut tx = portal.store.begin(practice).await?;
                if !sent {
                    tx.hold_appointment_of(message.id).await?;
                }
                tx.settle_message(&message, sent, portal.now()).await?;
                if !sent {
                    by_mail_instead(portal, &mut tx, message.id, portal.now()).await?;
                }
                tx.commit().await?;
                gone += usize::from(sent);
            }
        }
        let left: Vec<uuid::Uuid> = broken.into_iter().flat_map(|(_, left)| left).collect();
        if !left.is_empty() {
            let mut tx = portal.store.begin(practice).await?;
            tx.give_back(&left, portal.now() + BROKEN).await?;
            tx.commit().await?;
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
