//! The journal as people read it, its verification, and undo: a compensating change that checks permission and conflicts
//! again and may be refused.

mod together;
pub mod unattended;
pub mod undo;
pub mod wire;

pub use unattended::verify_unattended;
pub use undo::undo;

use std::path::Path;

use domain::role::{JournalScope, Permission};
use uuid::Uuid;

use super::wire::NothingRequest;
use super::{CommandError, Desk};
use crate::journal;
use crate::store::{self, Connection};
use crate::vault::ClinicalPrivateKey;
use wire::{EntryView, JournalView, ListJournalRequest, VerifiedView};

/// Entries of the journal, newest first: all for an administrator, a practitioner's own otherwise.
///
/// # Errors
/// `permission_denied`, `out_of_range`.
pub async fn list_journal(desk: &Desk, request: ListJournalRequest) -> Result<JournalView, CommandError> {
    if !(1..=10_000).contains(&request.limit) {
        return Err(CommandError::field("out_of_range", "limit"));
    }
    let mut connection = desk.read(Permission::ReadJournal, "list_journal").await?;
    let all = desk.session().roles.journal_scope() == JournalScope::All;
    let own = desk.session().user_id.to_string();
    let users = store::access::users(&mut connection).await?;
    let rows = store::journal::list(&mut connection, request.subject.as_deref(), request.before, request.limit).await?;
    let mut entries = Vec::with_capacity(rows.len());
    for row in rows.into_iter().filter(|row| all || row.user_id == own) {
        let change = desk.open_entry(&mut connection, &row).await?;
        entries.push(EntryView {
            sequence: row.sequence,
            at: row.at,
            user: users
                .iter()
                .find(|user| user.id.to_string() == row.user_id)
                .map_or_else(String::new, |user| user.name.clone()),
            workstation: row.workstation,
            command: row.command,
            subject: row.subject_id,
            fields: change.map_or_else(Vec::new, |change| change.names()),
            hash: row.hash.iter().map(|byte| format!("{byte:02x}")).collect(),
        });
    }
    Ok(JournalView { entries })
}

/// Reads every page and every entry, and compares the head with the anchor kept outside. Writes nothing.
///
/// # Errors
/// `permission_denied`, or what the store refuses.
pub async fn verify_journal(desk: &Desk, _request: NothingRequest) -> Result<VerifiedView, CommandError> {
    let mut connection = desk.read(Permission::ReadJournal, "verify_journal").await?;
    let unlocked = desk.unlocked.lock().await;
    let anchors = journal::anchor::read(desk.keyring.as_ref(), desk.vault_id, &desk.folder, &unlocked.database);
    let found = verified(journal::verify::verify(&mut connection, &anchors).await?);
    let clinical = unlocked.clinical.as_ref();
    with_archive(found, &mut connection, &desk.folder, desk.vault_id, clinical).await
}

/// A verification that found nothing goes on with the archive, as far as this session opens it.
async fn with_archive(
    mut found: VerifiedView,
    connection: &mut Connection,
    folder: &Path,
    vault: Uuid,
    clinical: Option<&ClinicalPrivateKey>,
) -> Result<VerifiedView, CommandError> {
    if found.ok
        && let Some(fault) = super::retention::archive_fault(connection, folder, vault, clinical).await?
    {
        found.ok = false;
        found.fault = Some(fault.to_owned());
    }
    Ok(found)
}

/// A verification's view.
#[must_use]
pub fn verified(found: journal::verify::Verified) -> VerifiedView {
    VerifiedView {
        entries: found.entries,
        ok: found.fault.is_none(),
        first_bad: found.fault.as_ref().and_then(|fault| fault.sequence),
        fault: found.fault.map(|fault| fault.kind.as_str().to_owned()),
    }
}
