//! Keeping the vault: journal, what it counts up to, verification, backups, recovery.

use std::path::PathBuf;

use serde_json::json;

use super::arguments::{Counts, Restore};
use super::output::Output;
use super::session::{credentials, recovery_keys, secret, surroundings, user};
use super::{DAMAGED, DONE, Refusal};
use crate::commands::entrance::sign_in;
use crate::commands::entrance::wire::{RecoverAccessRequest, SignInRequest};
use crate::commands::history::wire::ListJournalRequest;
use crate::commands::practices::wire::ShowCountsRequest;
use crate::commands::{Desk, Doorstep, history, practices, safekeeping};

/// `journal`.
pub async fn journal(desk: &Desk, subject: Option<String>, output: &Output) -> Result<(), Refusal> {
    let mut before = None;
    loop {
        let page =
            history::list_journal(desk, ListJournalRequest { subject: subject.clone(), before, limit: 1_000 }).await?;
        before = page.entries.last().map(|entry| entry.sequence);
        for entry in &page.entries {
            output.view(entry);
        }
        if before.is_none_or(|sequence| sequence == 1) {
            return Ok(());
        }
    }
}

/// `counts`.
pub async fn counts(desk: &Desk, counts: Counts, output: &Output) -> Result<(), Refusal> {
    let whose = if counts.secretaries { "secretaries" } else { "own" }.to_owned();
    let request = ShowCountsRequest { from: counts.from, to: counts.to, whose };
    output.view(&practices::show_counts(desk, request).await?);
    Ok(())
}

/// `verify`: reads everything and writes nothing.
pub async fn verify(vault: Option<PathBuf>, output: &Output) -> Result<u8, Refusal> {
    let doorstep = Doorstep::new(surroundings(vault));
    let found = history::unattended::verify_unattended(&doorstep, credentials()?).await?;
    output.view(&found);
    Ok(if found.ok { DONE } else { DAMAGED })
}

/// `backup`.
pub async fn backup(desk: &Desk, file: PathBuf, output: &Output) -> Result<(), Refusal> {
    output.view(&safekeeping::backup_to_file(desk, &file).await?);
    Ok(())
}

/// `restore`.
pub async fn restore(vault: Option<PathBuf>, restore: Restore, output: &Output) -> Result<u8, Refusal> {
    let doorstep = Doorstep::new(surroundings(vault));
    let credentials = if std::env::var_os("SEMAINIER_RECOVERY_KEY_FILE").is_some() {
        let (recovery_key, clinical_recovery_key) = recovery_keys()?;
        let new_password = secret("SEMAINIER_NEW_PASSWORD_FILE").or_else(|_| secret("SEMAINIER_PASSWORD_FILE"))?;
        safekeeping::Credentials::RecoveryKey { login: user()?, recovery_key, clinical_recovery_key, new_password }
    } else {
        let SignInRequest { login, password } = credentials()?;
        safekeeping::Credentials::Password { login, password }
    };
    // Not verified without a fault: the keys of this computer account do not open it, and `recover` will.
    output.view(&safekeeping::restore_with(&doorstep, &restore.file, &restore.to, credentials).await?);
    Ok(DONE)
}

/// `recover`.
pub async fn recover(vault: Option<PathBuf>, output: &Output) -> Result<u8, Refusal> {
    let doorstep = Doorstep::new(surroundings(vault));
    let (recovery_key, clinical_recovery_key) = recovery_keys()?;
    let new_password = secret("SEMAINIER_NEW_PASSWORD_FILE").or_else(|_| secret("SEMAINIER_PASSWORD_FILE"))?;
    let request = RecoverAccessRequest { login: user()?, recovery_key, clinical_recovery_key, new_password };
    let desk = sign_in::recover(&doorstep, request).await?;
    let found = history::unattended::chain_of(&desk).await?;
    let pending = desk.session().clinical_pending;
    super::session::close(desk).await;
    output.view(&json!({ "entries": found.entries, "verified": found.ok, "clinical_pending": pending }));
    Ok(if found.ok { DONE } else { DAMAGED })
}
