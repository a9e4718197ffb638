//! The operating system's keyring: Secret Service on Linux, Keychain on macOS, Credential Manager on Windows.
//!
//! Each call runs on a thread of its own: the library blocks (it must not inside an asynchronous runtime), and a locked
//! keyring may wait for a prompt that nobody answers.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use keyring::{Entry, Error};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::error::KeyringError;
use super::keyring::Keyring;

/// The service under which all entries stand.
pub const SERVICE: &str = "semainier";

/// How long the user has to answer the keyring's own prompt.
const PATIENCE: Duration = Duration::from_secs(60);

/// The keyring of the OS account that runs the program. Whether one is there is only known once a write succeeded.
pub struct OsKeyring;

impl Keyring for OsKeyring {
    fn read(&self, vault: Uuid, name: &str) -> Result<Option<Zeroizing<Vec<u8>>>, KeyringError> {
        let entry = entry_name(vault, name);
        aside(move || match Entry::new(SERVICE, &entry)?.get_secret() {
            Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
            Err(Error::NoEntry) => Ok(None),
            Err(e) => Err(e),
        })
    }

    fn write(&self, vault: Uuid, name: &str, bytes: &[u8]) -> Result<(), KeyringError> {
        let entry = entry_name(vault, name);
        let bytes = Zeroizing::new(bytes.to_vec());
        aside(move || Entry::new(SERVICE, &entry)?.set_secret(&bytes))
    }

    fn delete(&self, vault: Uuid, name: &str) -> Result<(), KeyringError> {
        let entry = entry_name(vault, name);
        aside(move || match Entry::new(SERVICE, &entry)?.delete_credential() {
            Ok(()) | Err(Error::NoEntry) => Ok(()),
            Err(e) => Err(e),
        })
    }
}

fn entry_name(vault: Uuid, name: &str) -> String {
    format!("{vault}/{name}")
}

fn aside<T: Send + 'static>(work: impl FnOnce() -> keyring::Result<T> + Send + 'static) -> Result<T, KeyringError> {
    let (send, receive) = mpsc::channel();
    thread::Builder::new()
        .name("keyring".into())
        .spawn(move || {
            // Nobody listens any more after the time-out; the answer is then dropped, and wiped.
            let _ = send.send(work().map_err(told));
        })
        .map_err(|_| KeyringError::Other("no thread"))?;
    match receive.recv_timeout(PATIENCE) {
        Ok(answer) => answer,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(KeyringError::Locked),
        Err(mpsc::RecvTimeoutError::Disconnected) => Err(KeyringError::Other("it stopped")),
    }
}

/// The library's error without what it may carry: some variants hold the secret itself.
fn told(error: Error) -> KeyringError {
    match error {
        Error::NoDefaultStore => KeyringError::NoKeyring,
        Error::NoStorageAccess(_) => KeyringError::Locked,
        Error::PlatformFailure(_) => KeyringError::Other("platform failure"),
        Error::BadEncoding(_) | Error::BadDataFormat(..) | Error::BadStoreFormat(_) => KeyringError::Other("bad entry"),
        Error::TooLong(..) => KeyringError::Other("too long"),
        Error::Ambiguous(_) => KeyringError::Other("several entries of one name"),
        Error::NotSupportedByStore(_) => KeyringError::Other("not supported"),
        _ => KeyringError::Other("failure"),
    }
}
