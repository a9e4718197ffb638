//! The erasure list: one random erasure id a line, beside the vault and beside every place of backups. It says nothing of the
//! people; only a backup that still holds them knows whose the ids are.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use uuid::Uuid;

use super::BackupError;
use super::workbench::{parent, sync_folder};

/// The list's file name.
pub const FILE_NAME: &str = "erased.list";
/// No real list comes near it.
const MAX_BYTES: u64 = 64 << 20;

/// The ids in a folder's list; `None` where it has no list. Lines that are no ids are passed over: a damaged line must not
/// keep the others from being honoured.
///
/// # Errors
/// Where the list is there and cannot be read.
pub fn read(folder: &Path) -> Result<Option<BTreeSet<String>>, BackupError> {
    let path = folder.join(FILE_NAME);
    match fs::metadata(&path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error.into()),
        Ok(meta) if meta.len() > MAX_BYTES => return Err(BackupError::Damaged("erasure list")),
        Ok(_) => {}
    }
    let bytes = fs::read(&path)?;
    let text = String::from_utf8_lossy(&bytes);
    let ids = text.lines().filter_map(|line| line.trim().parse::<Uuid>().ok()).map(|id| id.to_string()).collect();
    Ok(Some(ids))
}

/// Adds ids to a folder's list, making the list where there is none. The list is replaced whole; an id never leaves it.
///
/// # Errors
/// Where the list cannot be read or written.
pub fn add(folder: &Path, ids: &BTreeSet<String>) -> Result<(), BackupError> {
    let present = read(folder)?;
    if present.as_ref().is_some_and(|present| ids.is_subset(present)) {
        return Ok(());
    }
    let mut all = present.unwrap_or_default();
    all.extend(ids.iter().cloned());
    let write = || -> io::Result<()> {
        let mut fresh = tempfile::Builder::new().prefix(".erased-").suffix(".part").tempfile_in(folder)?;
        for id in &all {
            writeln!(fresh, "{id}")?;
        }
        fresh.as_file().sync_all()?;
        fresh.persist(folder.join(FILE_NAME)).map_err(|failure| failure.error)?;
        sync_folder(folder)
    };
    Ok(write()?)
}

/// Brings the lists beside the vault and in a place of backups to the same state.
pub(super) fn reconcile(vault_folder: &Path, backup: &Path) -> Result<(), BackupError> {
    let place = parent(backup);
    let mut all = read(vault_folder)?.unwrap_or_default();
    all.extend(read(place)?.unwrap_or_default());
    add(vault_folder, &all)?;
    add(place, &all)
}
