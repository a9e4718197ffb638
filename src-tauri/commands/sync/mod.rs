//! The sync with a booking portal: the controller's instruction and what would leave under it, the way out and the way in, and the end
//! of the contract.
//!
//! Nothing leaves before an instruction is signed, and then only what it covers. What waits is marked in the transaction of each
//! change by the schema; what comes in goes through the same door as any other change. The secret stands in the keyring of the
//! operating system's account that entered it; where it is missing, that account tells nothing and says so.
//!
//! Not here: what is said and what is believed of an answer (room `sync`), what to do with a thing (`domain::sync`).

mod again;
mod availability;
mod end;
mod erase;
mod gather;
mod instruct;
mod life;
mod notices;
mod person;
mod preview;
mod receive;
mod rights;
mod run;
mod send;
mod show;
mod terms;
mod watch;
pub mod wire;
mod wishes;

pub use again::tell_portal_again;
pub use end::{print_sync_confirmation, resume_sync, return_and_destroy, suspend_sync};
pub use instruct::{look_at_portal, print_sync_instruction, set_sync_secret, sign_sync_instruction};
pub use notices::{
    accept_portal_request, decline_portal_request, list_portal_notices, mark_portal_notice, set_never_sync,
    show_sync_appointment,
};
pub use preview::preview_sync;
pub use run::{LOOK_EVERY, Listener, automatic, listener, sync_now};
pub use show::{show_sync, show_sync_state};
pub use watch::Watch;

pub(in crate::commands) use erase::connect;
pub(in crate::commands) use notices::{NEVER, mark_never};

use std::sync::atomic::{AtomicBool, AtomicI64};
use std::sync::{Arc, Mutex, PoisonError};

use domain::id::PractitionerId;
use zeroize::Zeroizing;

use super::outward::{Turn, aside, with_keyring};
use super::{CommandError, Desk};
use crate::net::NetError;
use crate::store::sync::{InstructionRow, Portal as PortalRow, Progress};
use crate::store::{self, Connection, StoreError};
use crate::sync::{NotTold, Portal, Secret, Server, Settings, SyncError};
use wire::InstructionTerms;

/// The file by which one run at a time is known.
const TURN: &str = ".sync.lock";

/// A connection, and for what and whom it was opened.
type Opened = (PortalRow, Vec<PractitionerId>, Arc<Portal>);

/// What a desk keeps of the sync while it is open: the connection with its token, and when it last asked.
#[derive(Default)]
pub struct SyncDesk {
    portal: Mutex<Option<Opened>>,
    /// Whether what changed at the portal while this database was away was looked at.
    looked: AtomicBool,
    /// Second of the last question.
    asked: AtomicI64,
    /// A secret that was given for this session alone: from a terminal, on a computer without a keyring.
    given: Arc<Mutex<Option<Zeroizing<String>>>>,
    /// Whether this account of the computer lacks the secret.
    keyless: AtomicBool,
    /// Whether somebody listens just now.
    listening: Arc<AtomicBool>,
}

impl SyncDesk {
    fn forget(&self) {
        *self.portal.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

impl From<SyncError> for CommandError {
    fn from(error: SyncError) -> Self {
        let refusal = Self::new(error.code());
        match error {
            SyncError::Net(NetError::Redirected { host }) => refusal.with("host", host),
            SyncError::Refused { status, word } => {
                refusal.with("status", status).with("word", word.unwrap_or_default())
            }
            _ => refusal,
        }
    }
}

fn entry(desk: &Desk) -> String {
    format!("sync/{}", desk.premises().practice_id)
}

/// Client and secret, as they stand in the keyring: the client's name, a line's end, the secret.
fn read_secret(bytes: &[u8], client_id: &str) -> Option<Zeroizing<String>> {
    let (client, secret) = std::str::from_utf8(bytes).ok()?.split_once('\n')?;
    (client == client_id).then(|| Zeroizing::new(secret.to_owned()))
}

impl Desk {
    /// Gives the portal's secret for this session: it counts more than the keyring's, and is kept nowhere by that.
    pub fn give_portal_secret(&self, secret: &str) {
        let mut given = self.sync.given.lock().unwrap_or_else(PoisonError::into_inner);
        *given = Some(Zeroizing::new(secret.trim().to_owned()));
    }

    fn given_secret(&self) -> Option<Zeroizing<String>> {
        self.sync.given.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The secret, where this session or this account of the computer has it.
async fn secret(desk: &Desk, client_id: &str) -> Result<Option<Zeroizing<String>>, CommandError> {
    if let Some(given) = desk.given_secret() {
        return Ok(Some(given));
    }
    let (entry, client_id) = (entry(desk), client_id.to_owned());
    let bytes = with_keyring(desk, move |keyring, vault| keyring.read(vault, &entry)).await?;
    Ok(bytes.and_then(|bytes| read_secret(&bytes, &client_id)))
}

async fn keep_secret(desk: &Desk, client_id: &str, secret: &str) -> Result<(), CommandError> {
    let (entry, both) = (entry(desk), Zeroizing::new(format!("{client_id}\n{secret}")));
    let kept = with_keyring(desk, move |keyring, vault| keyring.write(vault, &entry, both.as_bytes())).await;
    match kept {
        // Whoever gives it each time needs no keyring.
        Err(refusal) if refusal.code == "keyring_missing" && desk.given_secret().is_some() => Ok(()),
        other => other,
    }
}

async fn forget_secret(desk: &Desk) -> Result<(), CommandError> {
    let entry = entry(desk);
    with_keyring(desk, move |keyring, vault| keyring.delete(vault, &entry)).await
}

/// What stands here of the sync: the portal, how far it has come, the instruction in force.
struct Standing {
    portal: PortalRow,
    progress: Progress,
    instruction: InstructionRow,
    terms: InstructionTerms,
}

impl Standing {
    /// Reads it; none where no instruction is in force.
    async fn read(connection: &mut Connection) -> Result<Option<Self>, CommandError> {
        let Some((portal, progress)) = store::sync::portal(connection).await? else { return Ok(None) };
        let all = store::sync::instructions(connection).await?;
        let Some((instruction, _)) = all.into_iter().find(|(row, _)| row.ended_on.is_none()) else { return Ok(None) };
        let terms = serde_json::from_str(&instruction.terms).map_err(|_| StoreError::BadValue)?;
        Ok(Some(Self { portal, progress, instruction, terms }))
    }

    fn server(&self) -> Server {
        if self.portal.kind == "fhir" { Server::Plain } else { Server::Portal }
    }
}

/// The settings of the dialogue.
fn settings(portal: &PortalRow, practitioners: &[PractitionerId]) -> Settings {
    Settings {
        server: if portal.kind == "fhir" { Server::Plain } else { Server::Portal },
        address: portal.address.clone(),
        authority: portal.authority.clone(),
        client_id: portal.client_id.clone(),
        pinned_key: portal.signing_key.clone(),
        practitioners: practitioners.to_vec(),
    }
}

/// The dialogue with the portal, the one that is open or a new one.
async fn open(desk: &Desk, row: &PortalRow, practitioners: &[PractitionerId]) -> Result<Arc<Portal>, CommandError> {
    {
        let kept = desk.sync.portal.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, whose, portal)) = kept.as_ref()
            && of == row
            && whose == practitioners
        {
            return Ok(Arc::clone(portal));
        }
    }
    let secret = secret(desk, &row.client_id).await?;
    let secret = match (secret, row.kind.as_str()) {
        (Some(secret), _) => secret,
        // A plain server may ask for nobody's name.
        (None, "fhir") => Zeroizing::new(String::new()),
        (None, _) => return Err(CommandError::field("portal_secret_needed", "client_secret")),
    };
    let portal = Arc::new(Portal::open(&settings(row, practitioners), Secret::new(secret))?);
    let mut kept = desk.sync.portal.lock().unwrap_or_else(PoisonError::into_inner);
    *kept = Some((row.clone(), practitioners.to_vec(), Arc::clone(&portal)));
    Ok(portal)
}

/// The host of a portal's address, as it is shown and typed.
///
/// # Errors
/// `bad_address`, `not_encrypted`, `not_set_up` where there is none.
pub fn host(address: &str) -> Result<String, CommandError> {
    if address.is_empty() {
        return Err(CommandError::new("not_set_up"));
    }
    let address = crate::net::Address::parse(address).map_err(SyncError::from)?;
    Ok(address.host().to_owned())
}

/// The word of a thing that is not told though it should be.
fn word(why: NotTold) -> &'static str {
    match why {
        NotTold::Hidden => "hidden",
        NotTold::NotInstructed => "not_instructed",
        NotTold::Unfit(_) => "unfit",
    }
}
