//! The journal's head kept outside the database, so that a cut tail or a chain written anew shows: in the operating
//! system's keyring, and in a file beside the vault for computers without one. The anchor only moves forward, and only
//! along the chain that it already stands in.

use std::fs;
use std::path::Path;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::JournalError;
use super::verify::Anchor;
use crate::store::Connection;
use crate::store::journal as rows;
use crate::vault::{DatabaseKey, Keyring};

/// The keyring's entry, before the folder's mark.
const NAME: &str = "journal-anchor";
/// The file beside the vault.
pub const FILE_NAME: &str = "journal.anchor";

/// The keyring's entry for the vault in this folder. A copy restored elsewhere goes its own way: with one entry for both, each
/// would make the other's journal look cut off.
fn name(folder: &Path) -> String {
    let place = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    let digest = Sha256::digest(place.as_os_str().as_encoded_bytes());
    let mark: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{NAME}-{mark}")
}

fn encode(anchor: &Anchor) -> Vec<u8> {
    let mut bytes = anchor.sequence.to_be_bytes().to_vec();
    bytes.extend_from_slice(&anchor.hash);
    bytes
}

fn decode(bytes: &[u8]) -> Option<Anchor> {
    let (number, hash) = bytes.split_first_chunk::<8>()?;
    (hash.len() == 32).then(|| Anchor { sequence: i64::from_be_bytes(*number), hash: hash.to_vec() })
}

/// Ties the file to the vault: whoever lacks the database key cannot make one. All parts have fixed lengths.
fn mark(key: &DatabaseKey, vault: Uuid, bytes: &[u8]) -> Vec<u8> {
    let mut hasher = Sha256::new();
    hasher.update(b"semainier anchor 1");
    hasher.update(key.expose());
    hasher.update(vault.as_bytes());
    hasher.update(bytes);
    hasher.finalize().to_vec()
}

fn from_file(folder: &Path, vault: Uuid, key: &DatabaseKey) -> Option<Anchor> {
    let bytes = fs::read(folder.join(FILE_NAME)).ok()?;
    let (content, tag) = bytes.split_at_checked(40)?;
    (tag == mark(key, vault, content)).then(|| decode(content)).flatten()
}

/// Every anchor known here: the keyring's and the file's. A chain has to hold both: whoever holds the database key can
/// forge the file's, not the keyring's.
#[must_use]
pub fn read(keyring: &dyn Keyring, vault: Uuid, folder: &Path, key: &DatabaseKey) -> Vec<Anchor> {
    let kept = keyring.read(vault, &name(folder)).ok().flatten().and_then(|bytes| decode(&bytes));
    let filed = from_file(folder, vault, key);
    kept.into_iter().chain(filed).collect()
}

/// Moves the anchor to the present head, if the chain still holds the old one. Returns whether it does: where not, the
/// anchor stays as evidence.
///
/// # Errors
/// What the store refuses.
pub async fn advance(
    connection: &mut Connection,
    keyring: &dyn Keyring,
    vault: Uuid,
    folder: &Path,
    key: &DatabaseKey,
) -> Result<bool, JournalError> {
    let Some((sequence, hash)) = rows::head(connection).await? else { return Ok(true) };
    let known = read(keyring, vault, folder, key);
    for old in &known {
        let there = rows::entry(connection, old.sequence).await?;
        if there.is_none_or(|row| row.hash != old.hash) {
            return Ok(false);
        }
    }
    write(keyring, vault, folder, key, &Anchor { sequence, hash });
    Ok(true)
}

/// Writes the anchor to both places, as far as they can be written.
pub fn write(keyring: &dyn Keyring, vault: Uuid, folder: &Path, key: &DatabaseKey, anchor: &Anchor) {
    let bytes = encode(anchor);
    // Either place may be missing (no keyring, folder read-only): the other still serves, and an older anchor is true.
    let _ = keyring.write(vault, &name(folder), &bytes);
    let mut content = bytes;
    content.extend(mark(key, vault, &content));
    let temporary = folder.join(format!("{FILE_NAME}.new"));
    if fs::write(&temporary, &content).is_ok() {
        let _ = fs::rename(&temporary, folder.join(FILE_NAME));
    }
}
