//! Originals of signed papers on the disk: sealed under the patient's key, named by their ciphertext.
//!
//! A document is whole and synced in `documents/.new/` and under its name in `documents/` before the transaction that names
//! it commits; the copy in `.new` goes after it. A process that was killed leaves something in `.new`: what a paper names
//! stays, what none names is removed together with its namesake, at the next start or signature. Signing holds the
//! database's write lock from beginning to end, so whoever sweeps under that lock meets no signature under way.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::commands::record::chart::Chart;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection, StoreError, WriteTransaction, record::EntryRow};
use crate::vault::{self, Context, DocumentName, SealError};

/// Where documents stand.
pub(super) const FOLDER: &str = "documents";
/// Where documents stand that may not be named yet.
const NEW: &str = ".new";

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

/// A folder's entries reach the disk.
fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

/// A document that is on the disk and that no paper names yet.
pub(super) struct Kept {
    /// Its name.
    pub name: String,
    /// The version of the patient's key that seals it.
    pub key: i64,
    marker: PathBuf,
}

impl Kept {
    /// A paper names it now.
    pub fn named(&self) {
        // Where it cannot be removed, the next sweep finds it named and removes it then.
        let _ = fs::remove_file(&self.marker);
    }
}

/// Seals an original under the patient's newest key.
pub(super) fn keep(desk: &Desk, chart: &Chart, paper: &str, bytes: &[u8]) -> Result<Kept, CommandError> {
    let (key, version) = chart.newest_key().ok_or_else(|| CommandError::new("record_damaged"))?;
    let patient = chart.patient().to_string();
    let place = place(desk.vault_id, paper, &patient, version)?;
    let folder = folder(desk);
    let new = folder.join(NEW);
    tokio::task::block_in_place(|| {
        fs::create_dir_all(&new).map_err(|error| disk(&error))?;
        let name = vault::save_document(&new, key, &place, &mut &*bytes).map_err(|error| match error {
            SealError::Io(kind) => disk(&kind.into()),
            _ => CommandError::new("no_randomness"),
        })?;
        let (marker, whole) = (new.join(name.to_string()), folder.join(name.to_string()));
        let both = fs::hard_link(&marker, &whole).or_else(|_| {
            // A file system without links.
            fs::copy(&marker, &whole)?;
            fs::File::open(&whole)?.sync_all()
        });
        both.and_then(|()| sync(&folder)).map_err(|error| disk(&error))?;
        Ok(Kept { name: name.to_string(), key: version, marker })
    })
}

/// Opens an original; none where it is not there, not whole, or another's.
pub(super) fn open(
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

/// Removes what a killed signature left, and what an erasure left. Under the write lock.
pub(super) async fn sweep(desk: &Desk, connection: &mut Connection) -> Result<(), CommandError> {
    let folder = folder(desk);
    for marker in left(&folder) {
        let name = marker.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
        // Anything else is a file that never became whole.
        if DocumentName::parse(&name).is_some() {
            let whole = folder.join(&name);
            if store::prescription::is_named(connection, &name).await? {
                if !whole.exists() {
                    fs::copy(&marker, &whole).map_err(|error| disk(&error))?;
                }
            } else {
                let _ = fs::remove_file(whole);
            }
        }
        let _ = fs::remove_file(marker);
    }
    let unnamed = store::prescription::unnamed(connection).await?;
    if !unnamed.is_empty() {
        for name in unnamed.iter().filter(|name| DocumentName::parse(name).is_some()) {
            let _ = fs::remove_file(folder.join(name));
        }
        store::prescription::forget_unnamed(connection).await?;
    }
    Ok(())
}

fn left(folder: &Path) -> Vec<PathBuf> {
    let listed = fs::read_dir(folder.join(NEW)).into_iter().flatten().flatten();
    listed.map(|entry| entry.path()).filter(|path| path.is_file()).collect()
}

/// The same when a session begins: takes the write lock only where there is something to do.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn sweep_at_start(desk: &Desk) -> Result<(), CommandError> {
    let mut connection = desk.store.read().await?;
    let unnamed = store::prescription::unnamed(&mut connection).await?;
    drop(connection);
    if unnamed.is_empty() && left(&folder(desk)).is_empty() {
        return Ok(());
    }
    let mut tx: WriteTransaction = desk.store.write().await?;
    sweep(desk, &mut tx).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
