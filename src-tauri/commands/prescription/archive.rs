//! Originals of signed papers on the disk: sealed under the patient's key, named by their ciphertext.
//!
//! A document is whole and synced under its name before the transaction that names it commits. What a killed process leaves
//! without a name, the documents' one sweep removes ([`crate::commands::documents::sweep`]); it stays away while the lock of
//! [`Kept`] is held.

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use zeroize::Zeroizing;

use crate::commands::documents::sweep::{FOLDER, hold};
use crate::commands::record::chart::Chart;
use crate::commands::{CommandError, Desk};
use crate::store::record::EntryRow;
use crate::vault::{self, Context, DocumentName, SealError};

fn folder(desk: &Desk) -> PathBuf {
    desk.folder().join(FOLDER)
}

fn place<'a>(vault: uuid::Uuid, paper: &'a str, patient: &'a str, key: i64) -> Result<Context<'a>, CommandError> {
    let key_id = u32::try_from(key).map_err(|_| CommandError::new("record_damaged"))?;
    Ok(Context { vault, table: FOLDER, column: "", row: paper, patient, version: 1, key_id })
}

fn disk(error: &std::io::Error) -> CommandError {
    CommandError::new(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk_full",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "read_only",
        _ => "disk_error",
    })
}

/// A document that is on the disk and that no paper names yet.
pub(super) struct Kept {
    /// Its name.
    pub name: String,
    /// The version of the patient's key that seals it.
    pub key: i64,
    /// Keeps the sweep away until a paper names the document.
    _filing: fs::File,
}

/// Seals an original under the patient's newest key.
pub(super) fn keep(desk: &Desk, chart: &Chart, paper: &str, bytes: &[u8]) -> Result<Kept, CommandError> {
    let (key, version) = chart.newest_key().ok_or_else(|| CommandError::new("record_damaged"))?;
    let patient = chart.patient().to_string();
    let place = place(desk.vault_id, paper, &patient, version)?;
    let folder = folder(desk);
    tokio::task::block_in_place(|| {
        fs::create_dir_all(&folder).map_err(|error| disk(&error))?;
        let filing = hold(&folder).map_err(|error| disk(&error))?;
        let name = vault::save_document(&folder, key, &place, &mut &*bytes).map_err(|error| match error {
            SealError::Io(kind) => disk(&kind.into()),
            _ => CommandError::new("no_randomness"),
        })?;
        Ok(Kept { name: name.to_string(), key: version, _filing: filing })
    })
}

/// Opens an original; none where it is not there, not whole, or another's.
pub(in crate::commands) fn open(
    desk: &Desk,
    chart: &Chart,
    row: &EntryRow,
    (paper, name, key): (&str, &str, i64),
) -> Option<Zeroizing<Vec<u8>>> {
    let patient = row.patient_id.to_string();
    let place = place(desk.vault_id, paper, &patient, key).ok()?;
    let key = chart.key(row.patient_id, key)?;
    let name = DocumentName::parse(name)?;
    tokio::task::block_in_place(|| vault::read_document(&folder(desk), name, key, &place).ok())
}
