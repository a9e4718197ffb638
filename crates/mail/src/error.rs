//! Why a message was not taken, from what a server answered or did not.

use std::{error::Error as _, io};

use lettre::transport::smtp;
use thiserror::Error;

/// Why a message was not taken. Never holds an address, a text or a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum MailError {
    /// No name of a server, or no port.
    #[error("not a server")]
    BadServer,
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    BadAddress,
    /// In the clear to another computer.
    #[error("the way to the server is not encrypted")]
    NotEncrypted,
    /// One's own certificate authority cannot be read.
    #[error("the certificate authority cannot be read")]
    BadAuthority,
    /// Nobody answers there.
    #[error("the server cannot be reached")]
    Unreachable,
    /// It took too long.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The server's certificate is not one of the trusted authorities', or it offers no TLS.
    #[error("the server's certificate is not trusted")]
    Untrusted,
    /// User or password are not taken.
    #[error("the server does not take this user and password")]
    Login,
    /// There is no such mailbox.
    #[error("the recipient is not known there ({0})")]
    Recipient(u16),
    /// The server wants to be asked later.
    #[error("the server is busy ({0})")]
    Busy(u16),
    /// The server takes no such message.
    #[error("the server refuses the message ({0})")]
    Refused(u16),
    /// What the server says is no SMTP, or the message cannot be written.
    #[error("the conversation is garbled")]
    Garbled,
}

impl MailError {
    /// Whether another try would end the same: the recipient, or this very message, is not taken. What is wrong with the way or
    /// the login is mended by somebody, and then it goes.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::BadAddress | Self::Recipient(_) | Self::Refused(_) | Self::Garbled)
    }

    /// Whether all other messages would fail alike now.
    #[must_use]
    pub const fn is_of_the_way(self) -> bool {
        matches!(
            self,
            Self::BadServer
                | Self::NotEncrypted
                | Self::BadAuthority
                | Self::Unreachable
                | Self::TimedOut
                | Self::Untrusted
                | Self::Login
        )
    }

    /// A stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::BadServer => "bad_mail_server",
            Self::BadAddress => "bad_email",
            Self::NotEncrypted => "mail_not_encrypted",
            Self::BadAuthority => "bad_authority",
            Self::Unreachable => "mail_unreachable",
            Self::TimedOut => "mail_timed_out",
            Self::Untrusted => "certificate_untrusted",
            Self::Login => "mail_password",
            Self::Recipient(_) => "mail_recipient_unknown",
            Self::Busy(_) => "mail_busy",
            Self::Refused(_) => "mail_refused",
            Self::Garbled => "mail_garbled",
        }
    }
}

/// What a failure of the conversation means.
pub(crate) fn of(error: &smtp::Error) -> MailError {
    if let Some(code) = error.status() {
        return of_status(code.into());
    }
    if error.is_timeout() {
        return MailError::TimedOut;
    }
    if is_about_trust(error) {
        return MailError::Untrusted;
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>() {
            return match cause.kind() {
                io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => MailError::TimedOut,
                io::ErrorKind::InvalidData => MailError::Garbled,
                _ => MailError::Unreachable,
            };
        }
        source = cause.source();
    }
    if error.is_response() {
        MailError::Garbled
    } else if error.is_client() {
        // A server that offers no STARTTLS, or no way to say who one is.
        if error.to_string().contains("STARTTLS") { MailError::Untrusted } else { MailError::Login }
    } else {
        MailError::Unreachable
    }
}

fn of_status(code: u16) -> MailError {
    match code {
        530 | 534 | 535 | 538 => MailError::Login,
        454 => MailError::Untrusted,
        400..=499 => MailError::Busy(code),
        501 | 550 | 551 | 553 => MailError::Recipient(code),
        _ => MailError::Refused(code),
    }
}

/// Whether the certificate is what the conversation failed at. The library wraps it in an error of input and output.
fn is_about_trust(error: &smtp::Error) -> bool {
    if error.is_tls() {
        return true;
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if cause.to_string().contains("invalid peer certificate") {
            return true;
        }
        source = cause.source();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_final_is_not_tried_again_and_what_somebody_mends_is() {
        assert!(of_status(550).is_final() && of_status(552).is_final());
        assert!(!of_status(451).is_final() && !of_status(421).is_final());
        assert_eq!(of_status(535), MailError::Login);
        assert!(
            !MailError::Login.is_final() && MailError::Login.is_of_the_way() && !MailError::Busy(451).is_of_the_way()
        );
    }
}
