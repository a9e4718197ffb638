//! Room `vault`: the practice's keys. Bytes in, bytes out.
//!
//! ```text
//! password ── Argon2id ──────────────┐
//! device secret (OS keyring) ─ X25519 ┴ HKDF ─▶ key-encryption key ─▶ user key ─┬▶ database key ─▶ SQLCipher
//!                                                                              ├▶ clinical private key (practitioners)
//!                                                                              └▶ X25519 pair: grants from others
//! recovery key ─▶ database key          clinical recovery key ─▶ clinical private key
//! ```
//!
//! * [`VaultFile`] is `vault.json` in memory: who may sign in and the wrapped keys. Its operations are pure (they read
//!   no clock and touch no disk); [`VaultFile::load`] and [`VaultFile::save`] move it to and from the vault's folder.
//! * [`seal()`], [`open()`], [`seal_to`], [`open_with`] and the documents' [`DocumentWriter`] and [`DocumentReader`] encrypt
//!   what is clinical, inside the database and beside it, bound to its place by a [`Context`].
//! * Everything stored starts with a format number. Format 1 must open forever: `tests/fixtures/vault-1` holds its golden
//!   files, which are never made again.
//!
//! Why a user key stands between password and database key: a machine's device secret never leaves its keyring, yet a
//! new password must hold on every machine where the user is enrolled. So the device secret acts as an X25519 key whose
//! public half stands in the file, and the user key can be wrapped anew for every machine from any one of them.
//!
//! Not here: SQL, the database itself, what roles may do (the database decides; the role here is only bound to the keys it
//! was given with), the quality of passwords, the count of failed sign-ins ([`delay_after`] is the policy only), the
//! journal's anchor (another room keeps it, through [`Keyring`]).

mod cipher;
mod clinical;
mod codec;
mod disk;
mod document;
mod error;
mod file;
mod keyring;
mod keys;
mod nameless;
mod os_keyring;
mod passphrase;
mod password;
mod process;
mod recovery;
mod recovery_key;
mod rekey;
mod rollback;
mod seal;
mod sign_in;
mod users;

pub use disk::{FILE_NAME, MAX_FILE_BYTES};
pub use document::{DocumentName, DocumentReader, DocumentWriter, read_document, save_document};
pub use error::{KeyringError, RecoveryKeyError, SealError, VaultError};
pub use file::{FORMAT, UserSummary, VaultFile};
pub use keyring::{DEVICE_SECRET, Keyring, MemoryKeyring, NoKeyring};
pub use keys::{
    ClinicalPrivateKey, ClinicalPublicKey, DatabaseKey, DevicePublicKey, DeviceSecret, FilingKey, JournalKey,
    PatientKey,
};
pub use nameless::{name_file, nameless_file};
pub use os_keyring::{OsKeyring, SERVICE};
pub use passphrase::PassphraseWriter;
pub use password::{Costs, Password};
pub use process::harden_process;
pub use recovery::Recovered;
pub use recovery_key::{RecoveryKey, RecoveryKind};
pub use rollback::KnownFile;
pub use seal::{Context, MAX_SEALS_PER_KEY, SealingKey, digest, open, open_with, seal, seal_to, sealed_key_id};
pub use sign_in::{Unlocked, delay_after};
pub use users::{Created, Here, NewUser};

#[cfg(test)]
mod tests;
