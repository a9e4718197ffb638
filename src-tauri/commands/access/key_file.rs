//! `vault.json` and what the database remembers of it. The file is written first and is on the disk before the database
//! commits: a crash between the two leaves a newer file, never an older one. So an older one was put back by somebody.
//!
//! Not here: what a session may do with an old file (`entrance::seat`).

use std::path::Path;

use crate::commands::CommandError;
use crate::store::{self, Connection};
use crate::vault::{KnownFile, VaultError, VaultFile};

/// The setting that remembers it.
const NAME: &str = "vault_file";

/// What is known of the newest file; none in a vault that an earlier version of the program wrote last.
///
/// # Errors
/// What the store refuses.
pub(crate) async fn known(connection: &mut Connection) -> Result<Option<KnownFile>, CommandError> {
    let value = store::practice::setting(connection, NAME).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}

/// Remembers a file that stands on the disk. What is known never becomes older. Nothing about anybody: not journalled.
///
/// # Errors
/// What the store refuses.
pub(crate) async fn note(connection: &mut Connection, newest: &KnownFile) -> Result<(), CommandError> {
    if known(connection).await?.is_some_and(|known| known.revision >= newest.revision) {
        return Ok(());
    }
    let value = serde_json::to_value(newest).map_err(|_| CommandError::new("bad_request"))?;
    Ok(store::practice::save_setting(connection, NAME, &value).await?)
}

/// Changes `vault.json` in the middle of a change of the database: reads it as it is now, applies, writes it whole, and
/// remembers it in the transaction. An old file is left as it is.
///
/// # Errors
/// `vault_file_old`, and what the vault refuses.
pub(crate) async fn amend_vault<T>(
    connection: &mut Connection,
    folder: &Path,
    change: impl FnOnce(&mut VaultFile) -> Result<T, VaultError>,
) -> Result<T, CommandError> {
    let mut file = VaultFile::load(folder)?;
    if known(connection).await?.is_some_and(|known| file.revision() < known.revision) {
        return Err(CommandError::new("vault_file_old"));
    }
    let value = tokio::task::block_in_place(|| change(&mut file))?;
    file.save(folder)?;
    note(connection, &file.known()).await?;
    Ok(value)
}

/// As [`amend_vault`], where the database is closed or its change already lost; the next sign-in remembers it.
///
/// # Errors
/// What the vault refuses.
pub(crate) fn amend_unnoted<T>(
    folder: &Path,
    change: impl FnOnce(&mut VaultFile) -> Result<T, VaultError>,
) -> Result<T, CommandError> {
    let mut file = VaultFile::load(folder)?;
    let value = change(&mut file)?;
    file.save(folder)?;
    Ok(value)
}
