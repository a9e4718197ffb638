//! Messages to patients from a terminal.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Refusal;
use super::output::Output;
use super::session::secret;
use crate::commands::messages::wire::{SendTestMailRequest, SetMessagesRequest};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, messages as patients};

/// `messages`.
#[derive(Subcommand)]
pub enum Messages {
    /// How it stands: what went, what waits, what could not be said.
    Status,
    /// Send what is due, as the window does by itself.
    Send,
    /// Set up or change; the password comes from SEMAINIER_SERVER_PASSWORD_FILE, once.
    Set(Box<Set>),
    /// Send a test message.
    Test {
        /// To which address.
        #[arg(long)]
        to: String,
    },
}

/// `messages set`.
#[derive(Args)]
pub struct Set {
    /// Name of the mail server.
    #[arg(long)]
    pub host: String,
    /// Its port; 0: the usual one.
    #[arg(long, default_value_t = 0)]
    pub port: i64,
    /// tls, starttls, or none to this computer.
    #[arg(long, default_value = "tls")]
    pub security: String,
    /// File of a certificate authority of one's own (PEM).
    #[arg(long)]
    pub authority: Option<PathBuf>,
    /// User at the server; without, none is asked for.
    #[arg(long, default_value = "")]
    pub user: String,
    /// The address that messages come from.
    #[arg(long)]
    pub from: String,
    /// The name that stands with it.
    #[arg(long, default_value = "")]
    pub sender: String,
    /// fr, ar or en: for who has no language.
    #[arg(long, default_value = "fr")]
    pub language: String,
    /// Hours before an appointment; may be given up to three times.
    #[arg(long = "remind")]
    pub hours_before: Vec<u8>,
    /// Not by itself.
    #[arg(long)]
    pub off: bool,
}

/// `messages`.
pub async fn messages(desk: &Desk, command: Messages, output: &Output) -> Result<(), Refusal> {
    match command {
        Messages::Status => output.view(&patients::show_messages(desk, NothingRequest {}).await?),
        Messages::Send => output.view(&patients::send_messages(desk, NothingRequest {}).await?),
        Messages::Test { to } => output.view(&patients::send_test_mail(desk, SendTestMailRequest { to }).await?),
        Messages::Set(set) => {
            let authority = match &set.authority {
                Some(file) => std::fs::read_to_string(file).map_err(|_| Refusal::field("file_missing", "authority"))?,
                None => String::new(),
            };
            let request = SetMessagesRequest {
                host: set.host,
                port: set.port,
                security: set.security,
                authority,
                login: set.user,
                password: secret("SEMAINIER_SERVER_PASSWORD_FILE").ok(),
                address: set.from,
                sender: set.sender,
                language: set.language,
                hours_before: set.hours_before,
                enabled: !set.off,
            };
            output.view(&patients::set_messages(desk, request).await?);
        }
    }
    Ok(())
}
