//! The sync with a booking portal from a terminal.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Refusal;
use super::output::Output;
use super::session::secret;
use super::setup::{known, practitioner_id};
use crate::commands::sync::wire::{
    InstructionTerms, LookAtPortalRequest, PreviewSyncRequest, PrintConfirmationRequest, PrintInstructionRequest,
    ReturnAndDestroyRequest, SetSyncSecretRequest, SignInstructionRequest, TellPortalAgainRequest,
};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, sync as booking};

/// Where the portal's secret is read from: once with a keyring, each time without one.
const SECRET_FILE: &str = "SEMAINIER_PORTAL_SECRET_FILE";

/// `sync`.
#[derive(Subcommand)]
pub enum Sync {
    /// Sign an instruction, the first or the next version; the secret comes from SEMAINIER_PORTAL_SECRET_FILE, once (each time on a
    /// computer without a keyring).
    Instruct(Box<Instruct>),
    /// The payloads that would leave, one a line; before any instruction under the fullest one. Nothing is sent.
    Preview {
        /// Only how many of what.
        #[arg(long)]
        counts: bool,
    },
    /// Tell what is due and fetch what patients did, now.
    Now {
        /// And what the portal refused as unfit, once more.
        #[arg(long)]
        again: bool,
    },
    /// How it stands: queued, oldest, state.
    Status {
        /// Everything about it.
        #[arg(long)]
        all: bool,
    },
    /// Pause: nothing is told or fetched, and the portal takes no bookings.
    Suspend,
    /// Go on after a pause.
    Resume,
    /// Give this account other credentials; the secret comes from SEMAINIER_PORTAL_SECRET_FILE.
    Credentials {
        /// The practice's name at the portal.
        #[arg(long)]
        client: String,
    },
    /// End the contract: everything returned into a file, then destroyed at the portal, confirmed in writing.
    ReturnAndDestroy {
        /// The file, or a folder for it.
        #[arg(long)]
        out: PathBuf,
    },
    /// Write an instruction or a confirmation to a PDF.
    Print {
        /// The instruction's version, or the confirmation's number.
        which: String,
        /// The file.
        file: PathBuf,
        /// fr, ar or en.
        #[arg(long, default_value = "fr")]
        language: String,
    },
}

/// `sync instruct`.
#[derive(Args)]
pub struct Instruct {
    /// The portal's address.
    #[arg(long)]
    pub portal: String,
    /// The portal's key as the contract says it, base 64. Without it the key is shown, and nothing is signed.
    #[arg(long)]
    pub key: Option<String>,
    /// The practice's name at the portal.
    #[arg(long)]
    pub client: String,
    /// File of a certificate authority of one's own (PEM).
    #[arg(long)]
    pub authority: Option<PathBuf>,
    /// For whom, id or exact name; may be given several times; none: everybody.
    #[arg(long)]
    pub practitioner: Vec<String>,
    /// E-mail addresses too.
    #[arg(long)]
    pub email: bool,
    /// Birth dates too.
    #[arg(long)]
    pub birth_date: bool,
    /// The type's public label too.
    #[arg(long)]
    pub reason: bool,
    /// From when on, ISO date; today where it is not said.
    #[arg(long)]
    pub from: Option<String>,
    /// Hours before an appointment at which the portal reminds; may be given three times; none: no reminder.
    #[arg(long)]
    pub reminder: Vec<i64>,
    /// Asks afterwards how it was, without health data.
    #[arg(long)]
    pub survey: bool,
    /// People may put themselves on the waiting list.
    #[arg(long)]
    pub waiting_list: bool,
    /// How many days ahead free slots are published.
    #[arg(long)]
    pub horizon: Option<i64>,
    /// The language where a person chose none: fr, ar or en.
    #[arg(long)]
    pub language: Option<String>,
    /// The controller's name, where it is not the practice's.
    #[arg(long)]
    pub controller: Option<String>,
    /// The controller's postal address.
    #[arg(long)]
    pub controller_address: Option<String>,
    /// Where a person writes to about their data.
    #[arg(long)]
    pub controller_email: String,
    /// How the data-protection officer is reached.
    #[arg(long)]
    pub officer: Option<String>,
    /// Number of the declaration or authorisation.
    #[arg(long)]
    pub registration: Option<String>,
}

fn file_text(path: Option<&PathBuf>) -> Result<String, Refusal> {
    match path {
        Some(path) => std::fs::read_to_string(path).map_err(|_| Refusal::new("file_unreadable")),
        None => Ok(String::new()),
    }
}

async fn instruct(desk: &Desk, asked: Instruct, output: &Output) -> Result<(), Refusal> {
    let authority = file_text(asked.authority.as_ref())?;
    let look = LookAtPortalRequest { address: asked.portal.clone(), authority: authority.clone() };
    let seen = booking::look_at_portal(desk, look).await?;
    let Some(key) = asked.key.or_else(|| (seen.kind == "fhir").then(String::new)) else {
        output.view(&seen);
        return Err(Refusal::new("portal_key_needed"));
    };
    let practice = known(desk).await?;
    let proposal = booking::show_sync(desk, NothingRequest {}).await?.proposal;
    let practitioners = match asked.practitioner.as_slice() {
        [] => proposal.practitioners,
        named => named.iter().map(|text| practitioner_id(&practice, text)).collect::<Result<Vec<_>, _>>()?,
    };
    let terms = InstructionTerms {
        practitioners,
        email: asked.email,
        birth_date: asked.birth_date,
        reason: asked.reason,
        from_on: asked.from.unwrap_or(proposal.from_on),
        reminder_hours: asked.reminder,
        survey: asked.survey,
        waiting_list: asked.waiting_list,
        horizon_days: asked.horizon.unwrap_or(proposal.horizon_days),
        language: asked.language.unwrap_or(proposal.language),
        controller: asked.controller.unwrap_or(proposal.controller),
        controller_address: asked.controller_address.unwrap_or(proposal.controller_address),
        controller_email: asked.controller_email,
        officer: asked.officer.unwrap_or(proposal.officer),
        registration: asked.registration.unwrap_or(proposal.registration),
    };
    // What would leave is counted before anything is signed; `sync preview` shows it whole.
    let preview = PreviewSyncRequest { terms: Some(terms.clone()), limit: Some(0) };
    let shown = booking::preview_sync(desk, preview).await?;
    output.remark(&format!("{} / {} / {} / {}", shown.schedules, shown.slots, shown.appointments, shown.persons));
    let client_secret = std::env::var_os(SECRET_FILE).map(|_| secret(SECRET_FILE)).transpose()?;
    let request = SignInstructionRequest {
        address: seen.address,
        authority,
        client_id: asked.client,
        client_secret,
        key,
        terms,
        previewed: true,
    };
    output.view(&booking::sign_sync_instruction(desk, request).await?.state);
    Ok(())
}

/// `sync`.
pub async fn sync(desk: &Desk, command: Sync, output: &Output) -> Result<(), Refusal> {
    let nothing = || NothingRequest {};
    if std::env::var_os(SECRET_FILE).is_some() {
        desk.give_portal_secret(&secret(SECRET_FILE)?);
    }
    match command {
        Sync::Instruct(asked) => instruct(desk, *asked, output).await?,
        Sync::Preview { counts } => {
            let limit = counts.then_some(0);
            let shown = booking::preview_sync(desk, PreviewSyncRequest { terms: None, limit }).await?;
            if counts {
                output.view(&shown);
            }
            for line in &shown.payloads {
                output.line(line);
            }
        }
        Sync::Now { again } => {
            if again {
                booking::tell_portal_again(desk, TellPortalAgainRequest { id: None }).await?;
            }
            output.view(&booking::sync_now(desk, nothing()).await?);
        }
        Sync::Status { all: true } => output.view(&booking::show_sync(desk, nothing()).await?),
        Sync::Status { all: false } => output.view(&booking::show_sync_state(desk, nothing()).await?),
        Sync::Suspend => output.view(&booking::suspend_sync(desk, nothing()).await?.state),
        Sync::Resume => output.view(&booking::resume_sync(desk, nothing()).await?.state),
        Sync::Credentials { client } => {
            let request = SetSyncSecretRequest { client_id: client, client_secret: secret(SECRET_FILE)? };
            output.view(&booking::set_sync_secret(desk, request).await?.state);
        }
        Sync::ReturnAndDestroy { out } => {
            // Whoever typed these words meant it: the host is asked for in a window only.
            let address = booking::show_sync(desk, nothing()).await?.portal.map(|one| one.address).unwrap_or_default();
            let into = out.to_string_lossy().into_owned();
            let confirm = booking::host(&address)?;
            output.view(&booking::return_and_destroy(desk, ReturnAndDestroyRequest { into, confirm }).await?);
        }
        Sync::Print { which, file, language } => {
            let made = match which.parse::<i64>() {
                Ok(version) => {
                    booking::print_sync_instruction(desk, PrintInstructionRequest { version, language }).await?
                }
                Err(_) => {
                    booking::print_sync_confirmation(desk, PrintConfirmationRequest { id: which, language }).await?
                }
            };
            super::out::save(&made, &file, output)?;
        }
    }
    Ok(())
}
