//! Verification: every byte of the container, then the copied database itself, opened in a folder that vanishes.

use std::path::Path;

use super::container::{Unpacked, unpack};
use super::manifest::{seal, unhex};
use super::workbench::Workbench;
use super::{BackupError, Manifest, Reading};
use crate::journal;
use crate::journal::verify::Anchor;
use crate::store::{self, Store, StoreError};
use crate::vault::DatabaseKey;

/// A backup that was opened and found right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// What it says of itself.
    pub manifest: Manifest,
    /// Patients in it, whatever their state.
    pub patients: i64,
    /// Appointments in it, whatever their state.
    pub appointments: i64,
}

/// Reads every byte of a backup, opens its database in a folder inside `scratch` that is removed again, reads every page and
/// every journal entry, and compares the head with the manifest's.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::Damaged`], [`BackupError::Chain`], [`BackupError::OtherKey`] where the key
/// is not the one that it was made under, and what the disk refuses.
pub async fn verify(file: &Path, key: &DatabaseKey, scratch: &Path) -> Result<Verified, BackupError> {
    let bench = Workbench::open(scratch)?;
    let (path, folder) = (file.to_owned(), bench.path(""));
    let read = move || unpack(&path, &folder, |name| name == store::FILE_NAME, &Reading::default());
    let unpacked = tokio::task::spawn_blocking(read).await??;
    check(&unpacked, &bench.path(store::FILE_NAME), key).await
}

/// Checks an unpacked database against what its backup says. Writes nothing.
pub(super) async fn check(unpacked: &Unpacked, database: &Path, key: &DatabaseKey) -> Result<Verified, BackupError> {
    let manifest = &unpacked.manifest;
    if unpacked.seal != seal(key, manifest.vault, &unpacked.described) {
        // A wrong key or a changed manifest: the database tells which.
        return Err(match Store::open_read_only(database, key).await {
            Err(_) => BackupError::OtherKey,
            Ok(store) => {
                store.close().await;
                BackupError::Damaged("manifest")
            }
        });
    }
    let store = Store::open_read_only(database, key).await.map_err(|error| match error {
        StoreError::NotReadable | StoreError::Damaged => BackupError::Damaged("database"),
        other => other.into(),
    })?;
    let checked = check_open(manifest, &store).await;
    store.close().await;
    let (patients, appointments) = checked?;
    Ok(Verified { manifest: manifest.clone(), patients, appointments })
}

async fn check_open(manifest: &Manifest, store: &Store) -> Result<(i64, i64), BackupError> {
    let mut connection = store.read().await?;
    let due = (manifest.head.sequence, unhex(&manifest.head.hash));
    let anchor = (due.0 > 0).then(|| Anchor { sequence: due.0, hash: due.1.clone() });
    let found = journal::verify::verify(&mut connection, anchor.as_slice()).await?;
    if let Some(fault) = found.fault {
        return Err(BackupError::Chain { sequence: fault.sequence, kind: fault.kind });
    }
    if found.entries != manifest.entries || found.head.unwrap_or_default() != due {
        return Err(BackupError::Damaged("manifest"));
    }
    // Persons whom the database knows to be in the archive, and no archive beside it: that is no whole copy.
    let has_archive = manifest.parts.iter().any(|part| part.name == store::archive::FILE_NAME);
    if !has_archive && store::archive::known::count_archived(&mut connection).await? > 0 {
        return Err(BackupError::Damaged("archive"));
    }
    Ok(store::upkeep::counts(&mut connection).await?)
}
