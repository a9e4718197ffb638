//! Publishing an agenda to a calendar server of a practitioner's choice: what was chosen, a run now or by itself, and
//! taking everything back.
//!
//! The password stands in the keyring of the operating system's account that entered it, never in the database; where it
//! is missing, that account publishes nothing and says so. Not here: which events have to be told (`domain`), what they
//! say (`export`), how a server is spoken to (room `caldav`).

mod run;
mod settings;
pub mod wire;

pub use run::{automatic, publish_agenda, withdraw_agenda};
pub use settings::{list_publishing, set_publishing};

use domain::id::PractitionerId;
use domain::role::Permission;
use zeroize::Zeroizing;

use super::outward::{Turn, aside, with_keyring};
use super::{CommandError, Desk};
use crate::caldav::DavError;

/// The file by which one run at a time is known.
const TURN: &str = ".publishing.lock";

impl From<DavError> for CommandError {
    fn from(error: DavError) -> Self {
        use crate::net::NetError;
        let refusal = Self::new(error.code());
        match error {
            DavError::Net(NetError::Redirected { host }) => refusal.with("host", host),
            DavError::Refused(status) => refusal.with("status", status),
            _ => refusal,
        }
    }
}

/// Refuses whoever may not publish this agenda: a practitioner their own, an administrator anybody's.
async fn require(desk: &Desk, practitioner: PractitionerId, command: &'static str) -> Result<(), CommandError> {
    desk.require(Permission::PublishAgenda, command).await?;
    if desk.session().roles.administrator || desk.session().practitioner_id == Some(practitioner) {
        return Ok(());
    }
    Err(CommandError::field("not_your_agenda", "practitioner_id"))
}

fn entry(practitioner: PractitionerId) -> String {
    format!("publishing/{practitioner}")
}

/// The password, where this account of the computer has it.
async fn password(desk: &Desk, practitioner: PractitionerId) -> Result<Option<Zeroizing<String>>, CommandError> {
    let bytes = with_keyring(desk, move |keyring, vault| keyring.read(vault, &entry(practitioner))).await?;
    Ok(bytes.and_then(|bytes| std::str::from_utf8(&bytes).ok().map(|text| Zeroizing::new(text.to_owned()))))
}

async fn keep_password(
    desk: &Desk,
    practitioner: PractitionerId,
    password: Zeroizing<String>,
) -> Result<(), CommandError> {
    with_keyring(desk, move |keyring, vault| keyring.write(vault, &entry(practitioner), password.as_bytes())).await
}

async fn forget_password(desk: &Desk, practitioner: PractitionerId) -> Result<(), CommandError> {
    with_keyring(desk, move |keyring, vault| keyring.delete(vault, &entry(practitioner))).await
}
