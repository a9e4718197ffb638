//! The journal: the append-only, chained history of every change. An entry's change is sealed under the journal key of
//! the person it is about (or of the practice); deleting that key erases the content while the chain still verifies.
//!
//! Not here: which changes are journalled (every command does, through its `Change`), what can be undone (room
//! `commands`), the SQL (room `store`), the ciphers (room `vault`).

pub mod anchor;
pub mod change;
pub mod verify;

use sha2::{Digest, Sha256};

use crate::store::journal::{self as rows, JournalRow};
use crate::store::{Connection, StoreError};
use uuid::Uuid;

use crate::vault::{self, Context, JournalKey, SealError};

pub use change::ChangeRecord;

/// What the first entry names as the hash before it.
pub const GENESIS: [u8; 32] = [0; 32];

/// A refusal of the journal.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A key or a sealed change is not what it was.
    #[error("a journal entry cannot be opened")]
    Sealed(#[from] SealError),
    /// The change is not of this program's form.
    #[error("a journal entry is not of its form")]
    Form,
}

/// Who wrote an entry, where, when, by which command.
#[derive(Debug, Clone)]
pub struct Author<'a> {
    /// UTC instant, RFC 3339.
    pub at: &'a str,
    /// User.
    pub user_id: &'a str,
    /// Workstation.
    pub workstation: &'a str,
    /// Command.
    pub command: &'a str,
}

/// Appends a change and returns its number. Must run in the transaction of the change itself.
///
/// # Errors
/// What the store refuses.
pub async fn append(
    connection: &mut Connection,
    vault_id: Uuid,
    author: &Author<'_>,
    subject_id: &str,
    owner_id: &str,
    change: &ChangeRecord,
) -> Result<i64, JournalError> {
    let mut head = rows::head(connection).await?;
    append_after(connection, vault_id, author, subject_id, owner_id, change, &mut head, None).await
}

/// As [`append`], for one who holds the write lock and has read the newest entry since: `head`, which moves on to the
/// new one. `key` is the owner's journal key, where it was read already.
///
/// # Errors
/// As [`append`]; the schema refuses an entry that is not the next.
#[expect(clippy::too_many_arguments, reason = "an entry has that many parts, and two of them spare a look")]
pub async fn append_after(
    connection: &mut Connection,
    vault_id: Uuid,
    author: &Author<'_>,
    subject_id: &str,
    owner_id: &str,
    change: &ChangeRecord,
    head: &mut Option<(i64, Vec<u8>)>,
    key: Option<&[u8]>,
) -> Result<i64, JournalError> {
    let (sequence, previous) = match head {
        Some((sequence, hash)) => (*sequence + 1, hash.clone()),
        None => (1, GENESIS.to_vec()),
    };
    let known = match key {
        Some(bytes) => Some(JournalKey::from_bytes(bytes)?),
        None => rows::key(connection, owner_id).await?.map(|bytes| JournalKey::from_bytes(&bytes)).transpose()?,
    };
    let key = match known {
        Some(key) => key,
        None => {
            let key = JournalKey::make()?;
            rows::insert_key(connection, owner_id, key.expose()).await?;
            key
        }
    };
    let plain = serde_json::to_vec(change).map_err(|_| JournalError::Form)?;
    let row_id = sequence.to_string();
    let sealed = vault::seal(&key, &place(vault_id, &row_id, owner_id), &plain)?;
    let mut row = JournalRow {
        sequence,
        at: author.at.to_owned(),
        user_id: author.user_id.to_owned(),
        workstation: author.workstation.to_owned(),
        command: author.command.to_owned(),
        subject_id: subject_id.to_owned(),
        owner_id: owner_id.to_owned(),
        digest: Sha256::digest(&sealed).to_vec(),
        sealed,
        previous,
        hash: Vec::new(),
    };
    row.hash = hash(&row).to_vec();
    rows::insert(connection, &row).await?;
    *head = Some((sequence, row.hash));
    Ok(sequence)
}

/// Where a sealed change stands: bound to its entry and to the owner of its key.
fn place<'a>(vault: Uuid, row: &'a str, owner: &'a str) -> Context<'a> {
    Context { vault, table: "journal", column: "sealed", row, patient: owner, version: 1, key_id: 1 }
}

/// The hash of an entry: over all its columns but the sealed bytes, which count through their digest.
#[must_use]
pub fn hash(row: &JournalRow) -> [u8; 32] {
    let mut hasher = Sha256::new();
    hasher.update(b"semainier journal 1");
    let number = row.sequence.to_be_bytes();
    let parts: [&[u8]; 9] = [
        &number,
        row.at.as_bytes(),
        row.user_id.as_bytes(),
        row.workstation.as_bytes(),
        row.command.as_bytes(),
        row.subject_id.as_bytes(),
        row.owner_id.as_bytes(),
        &row.digest,
        &row.previous,
    ];
    for part in parts {
        // Lengths stand before their parts, so that no two entries read the same.
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Opens the change of an entry; none when its key was erased.
///
/// # Errors
/// [`JournalError::Sealed`] where the bytes were changed.
pub async fn open(
    connection: &mut Connection,
    vault_id: Uuid,
    row: &JournalRow,
) -> Result<Option<ChangeRecord>, JournalError> {
    let Some(bytes) = rows::key(connection, &row.owner_id).await? else {
        return Ok(None);
    };
    open_with(&JournalKey::from_bytes(&bytes)?, vault_id, row).map(Some)
}

/// The same under a key that was read already: for one who opens many entries of one owner.
///
/// # Errors
/// As [`open`].
pub fn open_with(key: &JournalKey, vault_id: Uuid, row: &JournalRow) -> Result<ChangeRecord, JournalError> {
    let row_id = row.sequence.to_string();
    let plain = vault::open(key, &place(vault_id, &row_id, &row.owner_id), &row.sealed)?;
    serde_json::from_slice(&plain).map_err(|_| JournalError::Form)
}
