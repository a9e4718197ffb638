//! What was erased stays erased: whenever a vault is opened, the people on its erasure list are erased from it, whatever
//! backup it came from; and whose erasure the vault proves stand on its list, whatever became of the list.

use std::collections::BTreeSet;
use std::path::Path;

use uuid::Uuid;

use super::first_place;
use super::settings::{Settings, is_present};
use crate::backup;
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk};
use crate::journal::{self, Author, ChangeRecord};
use crate::store::{self, Store, StoreError};

/// Erases, from a vault that was just opened, whoever stands on the list beside it. Nothing is written where nobody does.
///
/// # Errors
/// What the store refuses. A list that cannot be read is passed over: it must not lock the practice out.
pub(crate) async fn honour_erasures(desk: &Desk) -> Result<(), CommandError> {
    let mut listed = listed(desk.folder());
    let proven = store::erasure::proven_ids(&mut *desk.store().read().await?).await?;
    if proven.iter().any(|id| !listed.contains(id)) {
        listed.extend(proven);
        // Where it cannot be written now, the next start tries again: the proof stays.
        let _ = backup::add_erasures(desk.folder(), &listed);
    }
    let at = instant_text(desk.now());
    let user = desk.session().user_id.to_string();
    let author = Author { at: &at, user_id: &user, workstation: &desk.workstation, command: "erase_listed" };
    erase(desk.store(), desk.vault_id, &author, &listed).await.map(|_| ())
}

/// Puts erased persons' ids onto the list beside the vault and beside each place of backups that is there. Returns where it
/// stands, and which places were not there: the next backup brings the list to them.
///
/// # Errors
/// Where the list beside the vault cannot be written.
pub(in crate::commands) async fn note_erased(
    desk: &Desk,
    ids: &BTreeSet<String>,
) -> Result<(Vec<String>, Vec<String>), CommandError> {
    backup::add_erasures(desk.folder(), ids)?;
    let (mut there, mut waiting) = (vec!["vault".to_owned()], Vec::new());
    let settings = Settings::read(&mut *desk.store().read().await?).await?;
    let first = first_place(desk);
    let mut places = Vec::new();
    if first.is_dir() {
        places.push(("first", first, true));
    }
    if let Some(second) = settings.second() {
        let is_there = is_present(&second, desk);
        places.push(("second", second, is_there));
    }
    for (name, folder, is_there) in places {
        let noted = is_there && backup::add_erasures(&folder, ids).is_ok();
        if noted { there.push(name.to_owned()) } else { waiting.push(name.to_owned()) }
    }
    Ok((there, waiting))
}

fn listed(folder: &Path) -> BTreeSet<String> {
    backup::read_erasures(folder).ok().flatten().unwrap_or_default()
}

/// Erases the listed in one transaction, with its journal entry where there were any. Returns how many.
pub(super) async fn erase(
    store: &Store,
    vault: Uuid,
    author: &Author<'_>,
    ids: &BTreeSet<String>,
) -> Result<i64, CommandError> {
    if ids.is_empty() {
        return Ok(0);
    }
    let ids: Vec<String> = ids.iter().cloned().collect();
    let mut tx = store.write().await?;
    let erased = store::upkeep::erase_listed(&mut tx, &ids).await?;
    if erased == 0 {
        return Ok(0);
    }
    let practice = store::practice::practice(&mut tx).await?.id.to_string();
    let change = ChangeRecord::created("erasure", &serde_json::json!({ "patients": erased }));
    journal::append(&mut tx, vault, author, &practice, &practice, &change).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(erased)
}
