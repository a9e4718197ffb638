//! Messages to patients where no portal sends them: by the practice's own mail server, while the program is open. What is due is
//! said; what could not be is shown, so that somebody calls.
//!
//! Which message follows, when, and its words are rules (`domain::messages`), and so is who objected (`store::restriction`). The
//! password stands in the keyring of the operating system's account that entered it; where it is missing, that account sends
//! nothing and says so. Not here: how a server is spoken to (`crates/mail`).

mod run;
mod settings;
pub mod wire;

pub use run::{automatic, send_messages};
pub use settings::{send_test_mail, set_messages, show_messages};

use zeroize::Zeroizing;

use super::outward::{Turn, aside, with_keyring};
use super::{CommandError, Desk};
use crate::store::message::MailServer;

/// The file by which one run at a time is known.
const TURN: &str = ".messages.lock";

/// The keyring's entry with the password.
const ENTRY: &str = "mail";

fn refusal(error: mail::MailError) -> CommandError {
    let refusal = CommandError::new(error.code());
    match error {
        mail::MailError::Recipient(status) | mail::MailError::Busy(status) | mail::MailError::Refused(status) => {
            refusal.with("status", status)
        }
        _ => refusal,
    }
}

/// The password, where this account of the computer has it; an empty one where the server asks for none.
async fn password(desk: &Desk, server: &MailServer) -> Result<Option<Zeroizing<String>>, CommandError> {
    if server.login.is_empty() {
        return Ok(Some(Zeroizing::new(String::new())));
    }
    let bytes = with_keyring(desk, |keyring, vault| keyring.read(vault, ENTRY)).await?;
    Ok(bytes.and_then(|bytes| std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))))
}

async fn keep_password(desk: &Desk, password: Zeroizing<String>) -> Result<(), CommandError> {
    with_keyring(desk, move |keyring, vault| keyring.write(vault, ENTRY, password.as_bytes())).await
}

/// The server as the way to it wants it.
fn way(server: &MailServer) -> Result<mail::Server, CommandError> {
    let unknown = || CommandError::field("unknown_word", "security");
    Ok(mail::Server {
        host: server.host.clone(),
        port: u16::try_from(server.port).map_err(|_| CommandError::field("bad_mail_server", "port"))?,
        security: mail::Security::read(&server.security).ok_or_else(unknown)?,
        authority: server.authority.clone(),
        login: server.login.clone(),
        from: server.address.clone(),
        sender: server.sender.clone(),
    })
}
