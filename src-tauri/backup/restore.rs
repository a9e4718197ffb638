//! The way back: a backup is unpacked beside its place, checked, the erased stay erased, and only then it is moved there.

use std::collections::BTreeSet;
use std::fs::{self, DirBuilder};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::container::{DOCUMENTS, Unpacked, unpack};
use super::verify::{Verified, check};
use super::workbench::{Workbench, parent, sync_folder};
use super::{BackupError, Manifest, erasure};
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

/// Unpacks a backup into a hidden folder inside `place` (on the disk where it shall stand), every byte checked.
///
/// # Errors
/// [`BackupError::FileMissing`], [`BackupError::NotABackup`], [`BackupError::NewerFormat`], [`BackupError::Damaged`],
/// [`BackupError::DiskFull`].
pub async fn prepare(file: &Path, place: &Path) -> Result<Prepared, BackupError> {
    let bench = Workbench::open(place)?;
    let folder = bench.path("vault");
    private_folder(&folder)?;
    for name in [DOCUMENTS, "backups"] {
        private_folder(&folder.join(name))?;
    }
    let path = file.to_owned();
    let into = folder.clone();
    let unpacked = tokio::task::spawn_blocking(move || unpack(&path, &into, |_| true)).await??;
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
