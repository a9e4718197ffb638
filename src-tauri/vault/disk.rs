//! `vault.json` on the disk: read with a limit, replaced whole or not at all.
//!
//! Not here: the other files of the vault's folder.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};

use super::error::VaultError;
use super::file::VaultFile;

/// The file's name in the vault's folder.
pub const FILE_NAME: &str = "vault.json";

/// No real `vault.json` comes near it; a larger file is refused unread.
pub const MAX_FILE_BYTES: u64 = 4 << 20;

/// Held while the file is replaced, so that two processes do not overwrite one another's changes.
const LOCK_NAME: &str = ".vault.lock";

impl VaultFile {
    /// Loads the vault of a folder.
    pub fn load(folder: &Path) -> Result<Self, VaultError> {
        let bytes = read(folder)?.ok_or(VaultError::Missing)?;
        let mut file = VaultFile::from_bytes(&bytes)?;
        file.on_disk = Some(digest(&bytes));
        Ok(file)
    }

    /// Writes the file into the folder: beside the old one, to the disk, then in its place; a failure leaves the old one.
    ///
    /// Refused where the file on the disk is not the one that was loaded or saved last ([`VaultError::ChangedMeanwhile`]),
    /// and, for a new vault, where there is one already ([`VaultError::AlreadyThere`]).
    pub fn save(&mut self, folder: &Path) -> Result<(), VaultError> {
        let _held = lock(folder)?;
        let present = read(folder)?;
        match (self.on_disk, &present) {
            (None, Some(_)) => return Err(VaultError::AlreadyThere),
            (Some(_), None) => return Err(VaultError::Missing),
            (Some(loaded), Some(present)) if loaded != digest(present) => return Err(VaultError::ChangedMeanwhile),
            _ => {}
        }
        let bytes = self.to_bytes();
        let path = folder.join(FILE_NAME);
        let mut fresh = tempfile::Builder::new().prefix(".vault-").suffix(".part").tempfile_in(folder)?;
        fresh.write_all(&bytes)?;
        if present.is_some() {
            // Several OS accounts may share the folder: who could read the file before can read it after.
            fresh.as_file().set_permissions(fs::metadata(&path)?.permissions())?;
        }
        fresh.as_file().sync_all()?;
        if present.is_some() {
            fresh.persist(&path).map_err(|failure| failure.error)?;
        } else {
            fresh.persist_noclobber(&path).map_err(|failure| match failure.error.kind() {
                io::ErrorKind::AlreadyExists => VaultError::AlreadyThere,
                _ => failure.error.into(),
            })?;
        }
        self.on_disk = Some(digest(&bytes));
        sync_folder(folder)?;
        Ok(())
    }
}

/// Makes a rename last through a power cut. Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn read(folder: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    let file = match File::open(folder.join(FILE_NAME)) {
        Ok(file) => file,
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
        Err(e) => return Err(VaultError::Io(e.kind())),
    };
    let mut bytes = Vec::new();
    file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(|e| VaultError::Io(e.kind()))?;
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Err(VaultError::Damaged { what: "too large" });
    }
    Ok(Some(bytes))
}

/// The lock, released when dropped. Some network shares know no locks: there the check of the content alone remains.
fn lock(folder: &Path) -> Result<Option<File>, VaultError> {
    let path = folder.join(LOCK_NAME);
    let file = match File::open(&path) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => {
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path)?
        }
        opened => opened?,
    };
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => {
            file.lock()?;
            Ok(Some(file))
        }
        Err(TryLockError::Error(e)) if e.kind() == io::ErrorKind::Unsupported => Ok(None),
        Err(TryLockError::Error(e)) => Err(e.into()),
    }
}

fn digest(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
