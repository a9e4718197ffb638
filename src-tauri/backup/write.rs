//! Writing a backup: copy, pack, verify, and only then give it its name.

use std::fs::{self, File};
use std::io::{Cursor, ErrorKind, Read};
use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::container::{DOCUMENTS, pack, part};
use super::manifest::{FORMAT, Head, Part, WITHOUT_ARCHIVE, hex, seal};
use super::verify::verify;
use super::workbench::{Workbench, parent, sync_folder};
use super::{BackupError, Manifest, erasure};
use crate::store::{self, Store, upkeep};
use crate::vault::{self, DatabaseKey, DocumentName, VaultFile};

/// How often a copy is made again when keys change meanwhile.
const TRIES: usize = 3;

/// What is backed up.
pub struct Source<'a> {
    /// The vault's folder.
    pub folder: &'a Path,
    /// The vault.
    pub vault: Uuid,
    /// Its database key.
    pub key: &'a DatabaseKey,
    /// Where copies are made meanwhile; the destination's folder serves where this disk is full.
    pub scratch: &'a Path,
    /// Now, UTC, RFC 3339.
    pub made_at: &'a str,
}

/// A backup that was written, opened and verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Size.
    pub bytes: u64,
    /// Journal entries.
    pub entries: i64,
    /// The newest journal entry.
    pub head: Head,
}

/// Writes a backup of a vault that may be in use. The file gets its name when it is whole, on the disk, and was opened and
/// verified; on failure nothing is left behind.
///
/// # Errors
/// [`BackupError::FileExists`], [`BackupError::FolderMissing`], [`BackupError::DiskFull`], and as [`super::verify`].
pub async fn write(source: &Source<'_>, destination: &Path) -> Result<Written, BackupError> {
    check_free(destination)?;
    let landing = Workbench::open(parent(destination))?;
    let container = landing.path("backup");
    let manifest = match from_scratch(source, source.scratch, &container).await {
        Err(error) if error.is_full() && source.scratch != parent(destination) => {
            remove(&container)?;
            from_scratch(source, parent(destination), &container).await
        }
        done => done,
    }?;
    land(source.folder, &container, destination)?;
    Ok(Written { bytes: fs::metadata(destination)?.len(), entries: manifest.entries, head: manifest.head })
}

/// Copies a backup to another place, verifies the copy there by opening it, and gives it its name.
///
/// # Errors
/// As [`write`].
pub async fn copy(source: &Source<'_>, file: &Path, destination: &Path) -> Result<Written, BackupError> {
    check_free(destination)?;
    let landing = Workbench::open(parent(destination))?;
    let container = landing.path("backup");
    let (from, to) = (file.to_owned(), container.clone());
    tokio::task::spawn_blocking(move || -> Result<(), BackupError> {
        fs::copy(from, &to)?;
        Ok(File::options().write(true).open(&to)?.sync_all()?)
    })
    .await??;
    let verified = verify(&container, source.key, source.scratch).await?;
    if verified.manifest.vault != source.vault {
        return Err(BackupError::OtherVault);
    }
    land(source.folder, &container, destination)?;
    let manifest = verified.manifest;
    Ok(Written { bytes: fs::metadata(destination)?.len(), entries: manifest.entries, head: manifest.head })
}

fn check_free(destination: &Path) -> Result<(), BackupError> {
    match fs::symlink_metadata(destination) {
        Ok(_) => Err(BackupError::FileExists),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error.into()),
    }
}

fn remove(path: &Path) -> Result<(), BackupError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

fn land(vault_folder: &Path, container: &Path, destination: &Path) -> Result<(), BackupError> {
    // The list first: a backup never stands anywhere without it.
    erasure::reconcile(vault_folder, destination)?;
    check_free(destination)?;
    fs::rename(container, destination)?;
    Ok(sync_folder(parent(destination))?)
}

/// Copies the database into a work folder, packs everything, verifies the result.
async fn from_scratch(source: &Source<'_>, scratch: &Path, container: &Path) -> Result<Manifest, BackupError> {
    let manifest = {
        let bench = Workbench::open(scratch)?;
        let copy = bench.path(store::FILE_NAME);
        let archive = bench.path(store::archive::FILE_NAME);
        let (keys, has_archive) = {
            // Nobody moves between database and archive while the one is copied and the other kept: they belong together.
            let _together = match source.folder.join(store::archive::FILE_NAME).is_file() {
                true => Some(store::archive::Lock::shared(source.folder).await?),
                false => None,
            };
            let keys = copy_with_keys(source, &copy).await?;
            (keys, keep_archive(source.folder, &archive)?)
        };
        let (entries, head) = read_head(&copy, source.key).await?;
        let (folder, at) = (source.folder.to_owned(), source.made_at.to_owned());
        let vault_bytes = keys.to_bytes();
        let mut manifest = Manifest {
            format: if has_archive { FORMAT } else { WITHOUT_ARCHIVE },
            vault: keys.vault(),
            key_id: keys.database_key_id(),
            made_at: at,
            head,
            entries,
            parts: Vec::new(),
        };
        let into = container.to_owned();
        let key = DatabaseKey::from_bytes(source.key.expose()).map_err(|_| BackupError::Interrupted)?;
        tokio::task::spawn_blocking(move || -> Result<Manifest, BackupError> {
            manifest.parts = parts(&folder, &copy, has_archive.then_some(archive.as_path()), &vault_bytes)?;
            let mark = seal(&key, manifest.vault, &manifest.to_bytes());
            pack(&into, &manifest, &mark, |part| source_of(part, &folder, (&copy, &archive), &vault_bytes))?;
            Ok(manifest)
        })
        .await??
        // Here the copy goes, before the container is unpacked: at no time do more than two stand on the disk.
    };
    verify(container, source.key, scratch).await?;
    Ok(manifest)
}

/// The database and the `vault.json` that goes with it: neither keys nor users changed while it was copied.
async fn copy_with_keys(source: &Source<'_>, copy: &Path) -> Result<VaultFile, BackupError> {
    for _ in 0..TRIES {
        let before = VaultFile::load(source.folder)?;
        if before.vault() != source.vault {
            return Err(BackupError::OtherVault);
        }
        if before.is_rekeying() {
            return Err(BackupError::ChangedMeanwhile);
        }
        remove(copy)?;
        upkeep::copy_into(&source.folder.join(store::FILE_NAME), source.key, copy).await?;
        if VaultFile::load(source.folder)?.revision() == before.revision() {
            return Ok(before);
        }
    }
    Err(BackupError::ChangedMeanwhile)
}

async fn read_head(copy: &Path, key: &DatabaseKey) -> Result<(i64, Head), BackupError> {
    let store = Store::open_read_only(copy, key).await?;
    let read = async {
        let mut connection = store.read().await?;
        let entries = store::journal::count(&mut connection).await?;
        let head = match store::journal::head(&mut connection).await? {
            Some((sequence, hash)) => Head { sequence, hash: hex(&hash) },
            None => Head { sequence: 0, hash: String::new() },
        };
        Ok((entries, head))
    }
    .await;
    store.close().await;
    read
}

/// Keeps the archive as it is now: it is only ever replaced whole, so a second name for it is enough; where the place is on
/// another disk, it is copied. Returns whether there is one.
fn keep_archive(folder: &Path, kept: &Path) -> Result<bool, BackupError> {
    let path = folder.join(store::archive::FILE_NAME);
    remove(kept)?;
    if !path.is_file() {
        return Ok(false);
    }
    if fs::hard_link(&path, kept).is_err() {
        fs::copy(&path, kept)?;
    }
    Ok(true)
}

/// `vault.json`, the database, the archive where there is one, then the documents by name.
fn parts(folder: &Path, copy: &Path, archive: Option<&Path>, vault_bytes: &[u8]) -> Result<Vec<Part>, BackupError> {
    use sha2::{Digest, Sha256};
    let sha256 = hex(&Sha256::digest(vault_bytes));
    let mut parts = vec![
        Part { name: vault::FILE_NAME.to_owned(), bytes: vault_bytes.len() as u64, sha256 },
        part(store::FILE_NAME.to_owned(), copy)?,
    ];
    if let Some(archive) = archive {
        parts.push(part(store::archive::FILE_NAME.to_owned(), archive)?);
    }
    let documents = folder.join(DOCUMENTS);
    let listed = match fs::read_dir(&documents) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(parts),
        listed => listed?,
    };
    let mut names = Vec::new();
    for entry in listed {
        let entry = entry?;
        // Whatever else lies there (a document half-filed) has no name of a document.
        if let Some(name) = entry.file_name().to_str().filter(|name| DocumentName::parse(name).is_some())
            && entry.file_type()?.is_file()
        {
            names.push(name.to_owned());
        }
    }
    names.sort();
    for name in names {
        match part(format!("{DOCUMENTS}/{name}"), &documents.join(&name)) {
            Ok(part) => parts.push(part),
            // Removed since the folder was listed: the database no longer names it.
            Err(BackupError::Disk(ErrorKind::NotFound)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(parts)
}

fn source_of<'a>(
    part: &Part,
    folder: &Path,
    (copy, archive): (&Path, &Path),
    vault_bytes: &'a [u8],
) -> Box<dyn Read + 'a> {
    let path: PathBuf = match part.name.as_str() {
        vault::FILE_NAME => return Box::new(Cursor::new(vault_bytes)),
        store::FILE_NAME => copy.to_owned(),
        store::archive::FILE_NAME => archive.to_owned(),
        name => folder.join(name),
    };
    match File::open(path) {
        Ok(file) => Box::new(file),
        // Gone meanwhile: the short read tells.
        Err(_) => Box::new(std::io::empty()),
    }
}
