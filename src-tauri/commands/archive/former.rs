//! The journal of a vault from which the practice came: read, and held against itself.

use std::collections::BTreeMap;

use domain::role::Permission;

use super::opener::former_place;
use super::rows::damaged;
use super::wire::{FormerEntryView, FormerJournalRequest, FormerJournalView};
use crate::commands::{CommandError, Desk};
use crate::journal::{self, ChangeRecord, GENESIS};
use crate::store::archive_run::{self, FormerVault};
use crate::store::journal::JournalRow;
use crate::store::{self, Connection};
use crate::vault::{self, JournalKey};

/// Entries at once.
const PAGE: i64 = 2_000;

/// A page of a former journal; with its first page the whole chain is verified.
///
/// # Errors
/// `permission_denied`, `former_vault_not_found`, what the store refuses.
pub async fn list_former_journal(
    desk: &Desk,
    request: FormerJournalRequest,
) -> Result<FormerJournalView, CommandError> {
    desk.require(Permission::ReadClinical, "list_former_journal").await?;
    let mut connection = desk.read(Permission::ReadJournal, "list_former_journal").await?;
    let formers = archive_run::formers(&mut connection).await?;
    let former = formers.into_iter().find(|one| one.id == request.vault);
    let former = former.ok_or_else(|| CommandError::field("former_vault_not_found", "vault"))?;
    let users: BTreeMap<String, String> =
        store::access::users(&mut connection).await?.into_iter().map(|user| (user.id.to_string(), user.name)).collect();
    let (before, limit) = (request.before.unwrap_or(i64::MAX), request.limit.clamp(1, PAGE));
    let mut entries = Vec::new();
    for row in archive_run::former_entries(&mut connection, &former.id, before, limit).await? {
        let change = open(desk, &mut connection, &former.id, &row).await?;
        entries.push(FormerEntryView {
            sequence: row.sequence,
            user: users.get(&row.user_id).cloned().unwrap_or_default(),
            at: row.at,
            workstation: row.workstation,
            command: row.command,
            subject_id: row.subject_id,
            kind: change.as_ref().map(|change| change.kind.clone()).unwrap_or_default(),
            fields: change.as_ref().map(ChangeRecord::names).unwrap_or_default(),
            erased: change.is_none(),
        });
    }
    let verified = request.before.is_some() || verify(&mut connection, &former).await?;
    Ok(FormerJournalView { entries, verified })
}

async fn open(
    desk: &Desk,
    connection: &mut Connection,
    former: &str,
    row: &JournalRow,
) -> Result<Option<ChangeRecord>, CommandError> {
    if row.sealed.is_empty() {
        return Ok(None);
    }
    let Some(bytes) = store::journal::key(connection, &row.owner_id).await? else { return Ok(None) };
    let key = JournalKey::from_bytes(&bytes).map_err(|_| damaged())?;
    let name = format!("{former}:{}", row.sequence);
    let plain = vault::open(&key, &former_place(desk.vault_id, &name, &row.owner_id), &row.sealed);
    let plain = plain.map_err(|_| CommandError::new("journal_damaged"))?;
    serde_json::from_slice(&plain).map(Some).map_err(|_| CommandError::new("journal_damaged"))
}

/// Whether the chain is whole up to the head that was noted when it was taken in.
async fn verify(connection: &mut Connection, former: &FormerVault) -> Result<bool, CommandError> {
    let (mut last, mut previous) = (0, GENESIS.to_vec());
    loop {
        let page = archive_run::former_page(connection, &former.id, last, PAGE).await?;
        if page.is_empty() {
            break;
        }
        for row in page {
            if row.sequence != last + 1 || row.previous != previous || row.hash != journal::hash(&row) {
                return Ok(false);
            }
            last = row.sequence;
            previous = row.hash;
        }
    }
    Ok(last == former.entries && (last == 0 || previous == former.head))
}
