//! The ways out as they are set up: mail by SMTP, text messages by the gateway. Both block, and are asked aside.

use std::{future::Future, pin::Pin, sync::Arc, time::SystemTime};

use mail::{Mail, MailError, Mailer};

use super::{Messenger, SendError, SmsGateway, Text};
use crate::{
    clock::Clock,
    store::{Channel, Message},
};

/// The ways out.
pub struct Gateways {
    /// Mail, where it is set up.
    pub mail: Option<Arc<Mailer>>,
    /// Text messages, where they are set up.
    pub sms: Option<Arc<SmsGateway>>,
    /// What time it is.
    pub clock: Clock,
}

impl Messenger for Gateways {
    fn send<'a>(
        &'a self,
        message: &'a Message,
        text: &'a Text,
    ) -> Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>> {
        let (message, text, now) = (message.clone(), text.clone(), self.clock.now());
        let aside = match message.channel {
            Channel::Email => self
                .mail
                .clone()
                .map(|mailer| tokio::task::spawn_blocking(move || by_mail(&mailer, &message, &text, now.into()))),
            Channel::Sms => self
                .sms
                .clone()
                .map(|gateway| tokio::task::spawn_blocking(move || gateway.send(&message, &text.body, now))),
        };
        Box::pin(async move {
            match aside {
                Some(sending) => sending.await.unwrap_or(Err(SendError::Later)),
                None => Err(SendError::Never),
            }
        })
    }
}

fn by_mail(mailer: &Mailer, message: &Message, text: &Text, date: SystemTime) -> Result<(), SendError> {
    let id = message.id.to_string();
    let sent = mailer.send(&Mail {
        id: &id,
        to: &message.recipient,
        subject: &text.subject,
        body: &text.body,
        language: message.language.as_str(),
        unsubscribe: message.parameters.get("opt_out").map(String::as_str),
        date,
    });
    sent.map_err(|error: MailError| {
        if error.is_of_the_way() {
            SendError::Way(error.code())
        } else if error.is_final() {
            SendError::Never
        } else {
            SendError::Later
        }
    })
}
