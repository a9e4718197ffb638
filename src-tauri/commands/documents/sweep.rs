//! What a program that was killed leaves in the documents' folder: sealed files that no row names (neither a scan nor a signed
//! paper), and files under way. They hold no
//! clear byte; they are removed when nobody is filing.
//!
//! Whoever files holds a shared lock from the first byte to the commit; the sweep asks for the lock alone, and only then reads which
//! files are named.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::Path;

use crate::commands::{CommandError, Desk};
use crate::store::{self, document};
use crate::vault::DocumentName;

/// The documents' folder in the vault's.
pub(in crate::commands) const FOLDER: &str = "documents";
/// How files under way begin.
pub(super) const UNDER_WAY: &str = ".filing-";
/// How files begin that the vault saves in one go.
const SAVING: &str = ".tmp";
const LOCK: &str = ".lock";

fn lock_file(folder: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))
}

/// Keeps the sweep away while the file returned lives.
pub(in crate::commands) fn hold(folder: &Path) -> io::Result<File> {
    let file = lock_file(folder)?;
    file.lock_shared()?;
    Ok(file)
}

/// Puts the folder's list of names on the disk.
#[cfg(unix)]
pub(super) fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows keeps it by itself.
#[cfg(not(unix))]
pub(super) fn sync(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes what nobody names, where nobody is filing. Returns how many files.
///
/// # Errors
/// What the store refuses; a folder that cannot be written is left as it is.
pub async fn sweep(desk: &Desk) -> Result<usize, CommandError> {
    let folder = desk.folder().join(FOLDER);
    let Ok(listed) = fs::read_dir(&folder) else { return Ok(0) };
    let names: Vec<String> = listed
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| {
            [UNDER_WAY, SAVING].iter().any(|start| name.starts_with(start)) || DocumentName::parse(name).is_some()
        })
        .collect();
    if names.is_empty() {
        return Ok(0);
    }
    let Ok(lock) = lock_file(&folder) else { return Ok(0) };
    if lock.try_lock().is_err() {
        return Ok(0);
    }
    let mut connection = desk.store().read().await?;
    let mut named: BTreeSet<String> = document::document_files(&mut connection).await?.into_iter().collect();
    named.extend(store::prescription::paper_files(&mut connection).await?);
    // Those of archived persons stay, without a row that says whose they are.
    named.extend(store::archive::known::archived_files(&mut connection, None).await?);
    let orphans = names.iter().filter(|name| !named.contains(*name));
    Ok(orphans.filter(|name| fs::remove_file(folder.join(name)).is_ok()).count())
}
