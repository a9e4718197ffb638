//! What the vault asks of a keyring, the keyring that is not there, and one in memory.
//!
//! Names under a vault: [`DEVICE_SECRET`] is this room's; other rooms may keep theirs (the journal's anchor).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::KeyringError;
use super::keys::DeviceSecret;

/// The entry that holds a vault's [`DeviceSecret`].
pub const DEVICE_SECRET: &str = "device-secret";

/// Where the operating system keeps small secrets for one OS account. May block while the user unlocks it.
pub trait Keyring: Send + Sync {
    /// The entry's bytes; `None` where the keyring works and has no such entry.
    fn read(&self, vault: Uuid, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError>;

    /// Writes or replaces an entry.
    fn write(&self, vault: Uuid, name: &str, bytes: &[u8]) -> Result<(), KeyringError>;

    /// Deletes an entry; one that is not there is no error.
    fn delete(&self, vault: Uuid, name: &str) -> Result<(), KeyringError>;
}

/// A computer without a keyring, or a user who chose to do without.
pub struct NoKeyring;

impl Keyring for NoKeyring {
    fn read(&self, _: Uuid, _: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        Err(KeyringError::NoKeyring)
    }

    fn write(&self, _: Uuid, _: &str, _: &[u8]) -> Result<(), KeyringError> {
        Err(KeyringError::NoKeyring)
    }

    fn delete(&self, _: Uuid, _: &str) -> Result<(), KeyringError> {
        Err(KeyringError::NoKeyring)
    }
}

type Entries = HashMap<(Uuid, String), Zeroizing<Vec<u8>>>;

/// A keyring that lives as long as the value: for tests and throw-away vaults.
#[derive(Default)]
pub struct MemoryKeyring {
    entries: Mutex<Entries>,
    failure: Mutex<Option<KeyringError>>,
}

impl MemoryKeyring {
    /// From now on every call fails so, or (`None`) works again.
    pub fn fail_with(&self, failure: Option<KeyringError>) {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }

    fn working(&self) -> Result<(), KeyringError> {
        match *self.failure.lock().unwrap_or_else(PoisonError::into_inner) {
            None => Ok(()),
            Some(failure) => Err(failure),
        }
    }
}

impl Keyring for MemoryKeyring {
    fn read(&self, vault: Uuid, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        self.working()?;
        let entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(entries.get(&(vault, name.to_owned())).cloned())
    }

    fn write(&self, vault: Uuid, name: &str, bytes: &[u8]) -> Result<(), KeyringError> {
        self.working()?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.insert((vault, name.to_owned()), Zeroizing::new(bytes.to_vec()));
        Ok(())
    }

    fn delete(&self, vault: Uuid, name: &str) -> Result<(), KeyringError> {
        self.working()?;
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.remove(&(vault, name.to_owned()));
        Ok(())
    }
}

/// This OS account's device secret, if the keyring has one of the right length.
pub(super) fn device_secret(keyring: &dyn Keyring, vault: Uuid) -> Result<Option<DeviceSecret>, KeyringError> {
    let bytes = keyring.read(vault, DEVICE_SECRET)?;
    Ok(bytes.and_then(|bytes| DeviceSecret::from_bytes(&bytes).ok()))
}

/// This OS account's device secret, made where there is none. `None`: this computer has no keyring. A keyring that is
/// there and does not serve (locked) is an error: whoever then wants to do without passes [`NoKeyring`].
pub(super) fn device_secret_or_new(keyring: &dyn Keyring, vault: Uuid) -> Result<Option<DeviceSecret>, KeyringError> {
    match device_secret(keyring, vault) {
        Ok(Some(secret)) => return Ok(Some(secret)),
        Ok(None) => {}
        Err(KeyringError::NoKeyring) => return Ok(None),
        Err(failure) => return Err(failure),
    }
    let secret = DeviceSecret::make().map_err(|_| KeyringError::Other("no random numbers"))?;
    match keyring.write(vault, DEVICE_SECRET, secret.expose()) {
        Ok(()) => {}
        Err(KeyringError::NoKeyring) => return Ok(None),
        Err(failure) => return Err(failure),
    }
    // Read back before anything is wrapped with it: a keyring that forgets at once would lock the user out.
    match device_secret(keyring, vault)? {
        Some(kept) if kept.public_key() == secret.public_key() => Ok(Some(kept)),
        _ => Err(KeyringError::Other("the entry was not kept")),
    }
}
