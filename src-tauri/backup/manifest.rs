//! What a backup says of itself: whose, when, up to which journal entry, and the hash of each of its parts. No names.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::BackupError;
use crate::vault::DatabaseKey;

/// The newest format that is written and read: with the intermediate archive. A vault without one is written in the first, which
/// earlier versions of the program read.
pub const FORMAT: u32 = 2;
/// The format of a backup without an archive.
pub(super) const WITHOUT_ARCHIVE: u32 = 1;

/// The newest journal entry in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Number; 0 for an empty journal.
    pub sequence: i64,
    /// Its hash, hexadecimal; empty for an empty journal.
    pub hash: String,
}

/// One file in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Name: `vault.json`, `practice.db`, `archive.db` where there is one, `documents/…`.
    pub name: String,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Format of the backup.
    pub format: u32,
    /// The vault.
    pub vault: Uuid,
    /// Number of the database key.
    pub key_id: u32,
    /// UTC instant, RFC 3339.
    pub made_at: String,
    /// The newest journal entry.
    pub head: Head,
    /// Journal entries.
    pub entries: i64,
    /// The other files, in their order.
    pub parts: Vec<Part>,
}

impl Manifest {
    /// Reads a manifest.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, BackupError> {
        #[derive(Deserialize)]
        struct Probe {
            format: u32,
        }
        let probe: Probe = serde_json::from_slice(bytes).map_err(|_| BackupError::NotABackup)?;
        match probe.format {
            WITHOUT_ARCHIVE | FORMAT => serde_json::from_slice(bytes).map_err(|_| BackupError::Damaged("manifest")),
            0 => Err(BackupError::NotABackup),
            _ => Err(BackupError::NewerFormat),
        }
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("plain values with text keys are always JSON")
    }
}

/// The mark of a holder of the database key on a manifest's bytes. All parts have fixed lengths, so that nothing can be put
/// behind them.
pub(super) fn seal(key: &DatabaseKey, vault: Uuid, manifest: &[u8]) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"semainier backup 1");
    hasher.update(key.expose());
    hasher.update(vault.as_bytes());
    hasher.update(Sha256::digest(manifest));
    hasher.finalize().into()
}

/// Bytes as hexadecimal digits.
pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Hexadecimal digits as bytes; empty where they are none.
pub(super) fn unhex(text: &str) -> Vec<u8> {
    let digits = text.as_bytes();
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(pair).collect::<Option<Vec<u8>>>().unwrap_or_default()
}
