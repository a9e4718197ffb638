//! The one form of a refusal at the door: `{code, field, parameters}`. The window and the terminal put it into words.
//! Parameters hold settings, limits and identifiers only: never a name, a key, a password or anything clinical.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journal::JournalError;
use crate::store::StoreError;
use crate::vault::{KeyringError, VaultError};

/// A refusal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{code}")]
pub struct CommandError {
    /// Code of the sentence.
    pub code: String,
    /// The field of the request that it is about.
    pub field: Option<String>,
    /// What the sentence quotes.
    pub parameters: BTreeMap<String, String>,
}

impl CommandError {
    /// A refusal by code.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self { code: code.to_owned(), field: None, parameters: BTreeMap::new() }
    }

    /// A refusal of one field.
    #[must_use]
    pub fn field(code: &str, field: &str) -> Self {
        Self { code: code.to_owned(), field: Some(field.to_owned()), parameters: BTreeMap::new() }
    }

    /// Adds what the sentence quotes.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.parameters.insert(name.to_owned(), value.to_string());
        self
    }
}

impl From<StoreError> for CommandError {
    fn from(error: StoreError) -> Self {
        let code = match error {
            StoreError::Missing => "vault_missing",
            StoreError::Exists => "vault_exists",
            StoreError::NotReadable | StoreError::Damaged | StoreError::BadValue => "vault_damaged",
            StoreError::NewerSchema => "newer_version",
            StoreError::Busy => "busy",
            StoreError::DiskFull => "disk_full",
            StoreError::ReadOnly => "read_only",
            StoreError::Disk => "disk_error",
            StoreError::SlotTaken => "slot_taken",
            StoreError::ResourceTaken => "resource_taken",
            StoreError::NotUnique => "already_there",
            StoreError::Refused => "refused_by_schema",
            StoreError::NotFound => "not_found",
            StoreError::Other(number) => return Self::new("store_refused").with("number", number),
        };
        Self::new(code)
    }
}

impl From<JournalError> for CommandError {
    fn from(error: JournalError) -> Self {
        match error {
            JournalError::Store(error) => error.into(),
            JournalError::Sealed(_) | JournalError::Form => Self::new("journal_damaged"),
        }
    }
}

impl From<VaultError> for CommandError {
    fn from(error: VaultError) -> Self {
        Self::new(match error {
            VaultError::Missing => "vault_missing",
            VaultError::AlreadyThere => "vault_exists",
            VaultError::NewerFormat { .. } => "newer_version",
            VaultError::Damaged { .. } => "vault_file_damaged",
            VaultError::Tampered => "vault_file_tampered",
            VaultError::ChangedMeanwhile => "changed_meanwhile",
            VaultError::NotWritable => "read_only",
            VaultError::NoSpace => "disk_full",
            VaultError::Io(_) => "disk_error",
            VaultError::WrongCredentials => "wrong_credentials",
            VaultError::NotEnrolledHere => "not_enrolled_here",
            VaultError::DeviceSecretMissing => "device_secret_missing",
            VaultError::Keyring(KeyringError::NoKeyring) => "keyring_missing",
            VaultError::Keyring(KeyringError::Locked) => "keyring_locked",
            VaultError::Keyring(KeyringError::Other(_)) => "keyring_failed",
            VaultError::WrongRecoveryKey => "wrong_recovery_key",
            VaultError::WrongKey => "signed_out",
            VaultError::UnknownUser => "user_not_found",
            VaultError::LoginTaken => "login_taken",
            VaultError::EmptyLogin => "bad_login",
            VaultError::EmptyPassword => "weak_password",
            VaultError::LastUser => "last_administrator",
            VaultError::OtherGrantCode => "grant_code_differs",
            VaultError::ClinicalKeyExists => "clinical_key_exists",
            VaultError::NoClinicalKey => "no_clinical_key",
            VaultError::RekeyUnfinished => "rekey_unfinished",
            VaultError::CostsRefused => "vault_file_tampered",
            VaultError::NoMemory => "no_memory",
            VaultError::NoRandomness => "no_randomness",
        })
    }
}
