//! What every run that speaks to a server shares: one at a time over all windows and processes, waiting aside, the keyring.
//!
//! Deliberately not here: what is told to whom (`publishing`, `sync`, `messages`).

use std::fs::{File, OpenOptions, TryLockError};
use std::sync::Arc;

use uuid::Uuid;

use super::{CommandError, Desk};
use crate::backup::BackupError;
use crate::vault::{Keyring, KeyringError, VaultError};

/// One run at a time, whichever window or process makes it. Given back when dropped.
pub(in crate::commands) struct Turn(Option<File>);

impl Drop for Turn {
    fn drop(&mut self) {
        // Said, not left to the closing of the file: a process that is being started may still hold a copy of it.
        if let Some(file) = &self.0 {
            let _ = file.unlock();
        }
    }
}

impl Turn {
    /// The turn at this file of the vault's folder; none while another run is under way.
    pub fn take(desk: &Desk, name: &str) -> Result<Option<Self>, CommandError> {
        let path = desk.folder().join(name);
        let lock = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let lock = lock.map_err(BackupError::from)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self(Some(lock)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            // A disk without locks: tags, versions and names at the other side keep two runs from harming one another.
            Err(TryLockError::Error(_)) => Ok(Some(Self(None))),
        }
    }
}

/// Works where waiting is allowed.
pub(in crate::commands) async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, CommandError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| CommandError::new("interrupted"))
}

/// Works on the keyring aside: it may wait for its user.
pub(in crate::commands) async fn with_keyring<T: Send + 'static>(
    desk: &Desk,
    work: impl FnOnce(&dyn Keyring, Uuid) -> Result<T, KeyringError> + Send + 'static,
) -> Result<T, CommandError> {
    let (keyring, vault) = (Arc::clone(&desk.keyring), desk.vault_id);
    aside(move || work(keyring.as_ref(), vault)).await?.map_err(|error| CommandError::from(VaultError::Keyring(error)))
}
