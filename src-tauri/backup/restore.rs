//! The way back: a backup is unpacked beside its place, checked, the erased stay erased, and only then it is moved there.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::container::{self, DOCUMENTS, Unpacked, unpack};
use super::verify::{Verified, check};
use super::workbench::{Workbench, parent, sync_folder};
use super::{BackupError, Manifest, Reading, erasure};
use crate::store;
use crate::vault::{self, DatabaseKey, VaultFile};

/// What happens to what stands at the target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Existing {
    /// It is left as it is, and the restore refused.
    Refuse,
    /// It is moved to this place first, and kept.
    MoveTo(PathBuf),
}

/// An unpacked backup that is nobody's vault yet. Dropped, it vanishes.
pub struct Prepared {
    bench: Workbench,
    unpacked: Unpacked,
}

/// Whether a backup may be restored to this folder: it is not there, or empty.
///
/// # Errors
/// [`BackupError::VaultExists`], [`BackupError::NotEmpty`].
pub fn is_free(to: &Path) -> Result<(), BackupError> {
    let mut listed = match fs::read_dir(to) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => return Err(BackupError::NotEmpty),
        listed => listed?,
    };
    if [vault::FILE_NAME, store::FILE_NAME].iter().any(|name| to.join(name).exists()) {
        Err(BackupError::VaultExists)
    } else if listed.next().is_some() {
        Err(BackupError::NotEmpty)
    } else {
        Ok(())
    }
}

/// A backup whose every byte was read and fits its manifest. Whether the manifest is a key holder's shows when it is opened.
pub struct Inspected {
    /// What it says of itself.
    pub manifest: Manifest,
    /// The keys in it: whose practice, who may open it.
    pub vault: VaultFile,
}

/// Reads every byte of a backup and writes nothing.
///
/// # Errors
/// As [`prepare_watched`].
pub async fn inspect(file: &Path, reading: Arc<Reading>) -> Result<Inspected, BackupError> {
    let path = file.to_owned();
    let read = move || unpack(&path, Path::new(""), |_| false, &reading);
    let unpacked = tokio::task::spawn_blocking(read).await??;
    Ok(Inspected { manifest: unpacked.manifest, vault: unpacked.vault })
}

/// What a backup says of itself, unchecked: for a list to choose from.
///
/// # Errors
/// [`BackupError::NotABackup`], [`BackupError::NewerFormat`], and what the disk refuses.
pub fn glance(file: &Path) -> Result<Manifest, BackupError> {
    container::glance(file)
}

/// Unpacks a backup into a hidden folder inside `place` (on the disk where it shall stand), every byte checked.
///
/// # Errors
/// [`BackupError::FileMissing`], [`BackupError::NotABackup`], [`BackupError::NewerFormat`], [`BackupError::Damaged`],
/// [`BackupError::DiskFull`].
pub async fn prepare(file: &Path, place: &Path) -> Result<Prepared, BackupError> {
    prepare_watched(file, place, Arc::new(Reading::default())).await
}

/// As [`prepare`], where somebody watches and may stop it.
///
/// # Errors
/// As [`prepare`], and [`BackupError::Cancelled`].
pub async fn prepare_watched(file: &Path, place: &Path, reading: Arc<Reading>) -> Result<Prepared, BackupError> {
    let bench = Workbench::open(place)?;
    let folder = bench.path("vault");
    private_folder(&folder)?;
    for name in [DOCUMENTS, "backups"] {
        private_folder(&folder.join(name))?;
    }
    let path = file.to_owned();
    let into = folder.clone();
    let unpacked = tokio::task::spawn_blocking(move || unpack(&path, &into, |_| true, &reading)).await??;
    Ok(Prepared { bench, unpacked })
}

fn private_folder(path: &Path) -> Result<(), BackupError> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(path)?)
}

impl Prepared {
    /// The folder where it stands for now.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        self.bench.path("vault")
    }

    /// What the backup says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.unpacked.manifest
    }

    /// The keys in it.
    #[must_use]
    pub fn vault_file(&self) -> &VaultFile {
        &self.unpacked.vault
    }

    /// Opens the database, reads every page and every journal entry, compares with the manifest.
    ///
    /// # Errors
    /// As [`super::verify`].
    pub async fn check(&self, key: &DatabaseKey) -> Result<Verified, BackupError> {
        check(&self.unpacked, &self.folder().join(store::FILE_NAME), key).await
    }

    /// Takes over the erasure lists found in these folders. Returns all their ids, or `None` where no folder had a list.
    ///
    /// # Errors
    /// Where a list is there and cannot be read.
    pub fn take_erasures(&self, folders: &[&Path]) -> Result<Option<BTreeSet<String>>, BackupError> {
        let mut all: Option<BTreeSet<String>> = None;
        for folder in folders {
            if let Some(ids) = erasure::read(folder)? {
                all.get_or_insert_default().extend(ids);
            }
        }
        if let Some(all) = &all {
            erasure::add(&self.folder(), all)?;
        }
        Ok(all)
    }

    /// Moves it to its place, at once.
    ///
    /// # Errors
    /// As [`is_free`], unless what is there shall be moved; what the disk refuses. Then what was there stays.
    pub fn land(self, to: &Path, existing: &Existing) -> Result<(), BackupError> {
        let made = self.folder();
        for folder in [made.join(DOCUMENTS), made.clone()] {
            sync_folder(&folder)?;
        }
        let moved = match existing {
            Existing::MoveTo(aside) if to.exists() => {
                if aside.exists() {
                    return Err(BackupError::NotEmpty);
                }
                fs::rename(to, aside)?;
                Some(aside)
            }
            _ => {
                is_free(to)?;
                if to.exists() {
                    fs::remove_dir(to)?;
                }
                None
            }
        };
        if let Err(error) = fs::rename(&made, to) {
            if let Some(aside) = moved {
                fs::rename(aside, to)?;
            }
            return Err(error.into());
        }
        Ok(sync_folder(parent(to))?)
    }
}
