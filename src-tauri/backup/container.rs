//! The container: writing its parts in order, and reading them with every byte accounted for. A backup may come from
//! anywhere: names, kinds, sizes and order are checked against the manifest before anything is written, and only known
//! names lead to a file.

use std::collections::HashSet;
use std::fs::{self, File, OpenOptions};
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use tar::{EntryType, Header};

use super::BackupError;
use super::manifest::{Manifest, Part, hex};
use super::reading::Reading;
use crate::{store, vault};

pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const SEAL: &str = "manifest.seal";
pub(super) const DOCUMENTS: &str = "documents";
/// A manifest of half a million documents stays under it.
const MAX_MANIFEST: u64 = 128 << 20;
/// Unit of a tar.
const BLOCK: u64 = 512;
/// Two empty units end a tar.
const END: u64 = 2 * BLOCK;
const BUFFER: usize = 1 << 20;

fn header(name: &str, bytes: u64) -> Result<Header, BackupError> {
    let mut header = Header::new_ustar();
    header.set_path(name).map_err(|_| BackupError::Damaged("name"))?;
    header.set_size(bytes);
    header.set_mode(0o600);
    header.set_entry_type(EntryType::Regular);
    header.set_cksum();
    Ok(header)
}

/// Size and hash of a file.
pub(super) fn part(name: String, path: &Path) -> Result<Part, BackupError> {
    let mut file = File::open(path)?;
    let (bytes, sha256) = digest(&mut file, &mut std::io::sink(), &Reading::default())?;
    Ok(Part { name, bytes, sha256 })
}

fn digest(from: &mut dyn Read, into: &mut dyn Write, reading: &Reading) -> Result<(u64, String), BackupError> {
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; BUFFER];
    let mut bytes = 0;
    loop {
        match from.read(&mut buffer) {
            Ok(0) => return Ok((bytes, hex(&hasher.finalize()))),
            Ok(length) => {
                hasher.update(&buffer[..length]);
                into.write_all(&buffer[..length])?;
                bytes += length as u64;
                reading.advance(length as u64)?;
            }
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
}

/// Writes a container, to the disk. `source` says where a part's bytes are.
pub(super) fn pack<'a>(
    into: &Path,
    manifest: &Manifest,
    seal: &[u8; 32],
    source: impl Fn(&Part) -> Box<dyn Read + 'a>,
) -> Result<u64, BackupError> {
    let file = private().open(into)?;
    let mut tar = tar::Builder::new(BufWriter::with_capacity(BUFFER, file));
    let described = manifest.to_bytes();
    tar.append(&header(MANIFEST, described.len() as u64)?, described.as_slice())?;
    tar.append(&header(SEAL, 32)?, seal.as_slice())?;
    for part in &manifest.parts {
        let mut hashed = Hashed { below: source(part), hasher: Sha256::new(), bytes: 0 };
        tar.append(&header(&part.name, part.bytes)?, (&mut hashed).take(part.bytes))?;
        // What was hashed before is what must have gone in: a part that changes meanwhile would spoil the backup.
        if hashed.bytes != part.bytes || hex(&hashed.hasher.finalize()) != part.sha256 {
            return Err(BackupError::ChangedMeanwhile);
        }
    }
    let file = tar.into_inner()?.into_inner().map_err(|failure| BackupError::from(failure.into_error()))?;
    file.sync_all()?;
    Ok(file.metadata()?.len())
}

struct Hashed<R> {
    below: R,
    hasher: Sha256,
    bytes: u64,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = self.below.read(out)?;
        self.hasher.update(&out[..length]);
        self.bytes += length as u64;
        Ok(length)
    }
}

/// A container that was read to its end.
pub(super) struct Unpacked {
    pub manifest: Manifest,
    /// The manifest as it stands in the file: what the seal is over.
    pub described: Vec<u8>,
    pub seal: Vec<u8>,
    pub vault: vault::VaultFile,
}

/// Reads a whole container and checks every byte of it; writes the parts that are `wanted` into a folder.
pub(super) fn unpack(
    path: &Path,
    into: &Path,
    wanted: impl Fn(&str) -> bool,
    reading: &Reading,
) -> Result<Unpacked, BackupError> {
    let file = File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => BackupError::FileMissing,
        _ => error.into(),
    })?;
    if !file.metadata()?.is_file() {
        return Err(BackupError::NotABackup);
    }
    let length = file.metadata()?.len();
    reading.begin(length);
    let mut archive = tar::Archive::new(BufReader::with_capacity(BUFFER, file));
    // Raw: no extension of the format may rename a part or blow it up.
    let mut entries = archive.entries().map_err(|_| BackupError::NotABackup)?.raw(true);
    let mut next = |name: Option<&str>, bytes: Option<u64>, unreadable: BackupError| {
        let Some(entry) = entries.next() else { return Err(unreadable) };
        let Ok(entry) = entry else { return Err(unreadable) };
        let size = entry.header().entry_size().map_err(|_| BackupError::Damaged("size"))?;
        let fits = entry.raw_file_position().checked_add(size).is_some_and(|end| end <= length);
        let named =
            name.is_none_or(|name| header(name, size).is_ok_and(|due| due.as_bytes() == entry.header().as_bytes()));
        if !named || bytes.is_some_and(|bytes| bytes != size) {
            return Err(unreadable);
        }
        if !fits {
            return Err(BackupError::Damaged("cut off"));
        }
        Ok(entry)
    };
    let mut first = next(Some(MANIFEST), None, BackupError::NotABackup)?;
    if first.header().entry_size().is_ok_and(|size| size > MAX_MANIFEST) {
        return Err(BackupError::Damaged("manifest"));
    }
    let mut described = Vec::new();
    first.read_to_end(&mut described).map_err(|error| cut_or(&error))?;
    let mut position = first.raw_file_position() + described.len() as u64;
    let mut gaps = vec![position];
    let manifest = Manifest::from_bytes(&described)?;
    check_names(&manifest)?;
    let mut seal = Vec::new();
    let mut second = next(Some(SEAL), Some(32), BackupError::Damaged("seal"))?;
    second.read_to_end(&mut seal).map_err(|error| cut_or(&error))?;
    position = second.raw_file_position() + 32;
    gaps.push(position);
    let mut vault_file = None;
    for part in &manifest.parts {
        let mut entry = next(Some(&part.name), Some(part.bytes), BackupError::Damaged("parts"))?;
        let mut kept = Vec::new();
        let (bytes, sha256) = if part.name == vault::FILE_NAME {
            let read = digest(&mut entry, &mut kept, reading)?;
            if wanted(&part.name) {
                keep(&into.join(&part.name), &mut kept.as_slice(), &Reading::default())?;
            }
            read
        } else if wanted(&part.name) {
            keep(&into.join(&part.name), &mut entry, reading)?
        } else {
            digest(&mut entry, &mut std::io::sink(), reading)?
        };
        if bytes != part.bytes {
            return Err(BackupError::Damaged("cut off"));
        }
        if sha256 != part.sha256 {
            return Err(BackupError::Damaged(match part.name.as_str() {
                vault::FILE_NAME => "vault.json",
                store::FILE_NAME => "database",
                store::archive::FILE_NAME => "archive",
                _ => "document",
            }));
        }
        if part.name == vault::FILE_NAME {
            vault_file = Some(vault::VaultFile::from_bytes(&kept)?);
        }
        position = entry.raw_file_position() + part.bytes;
        gaps.push(position);
    }
    check_gaps(path, length, &gaps)?;
    let vault = vault_file.ok_or(BackupError::Damaged("parts"))?;
    if vault.vault() != manifest.vault || vault.database_key_id() != manifest.key_id {
        return Err(BackupError::Damaged("vault.json"));
    }
    Ok(Unpacked { manifest, described, seal, vault })
}

/// What a container says of itself, as it stands in front of it: nothing else is read, nothing is checked against it.
pub(super) fn glance(path: &Path) -> Result<Manifest, BackupError> {
    let file = File::open(path)?;
    let mut archive = tar::Archive::new(BufReader::new(file));
    let mut entries = archive.entries().map_err(|_| BackupError::NotABackup)?.raw(true);
    let first = entries.next().and_then(Result::ok).ok_or(BackupError::NotABackup)?;
    let size = first.header().entry_size().map_err(|_| BackupError::NotABackup)?;
    if size > MAX_MANIFEST || !header(MANIFEST, size).is_ok_and(|due| due.as_bytes() == first.header().as_bytes()) {
        return Err(BackupError::NotABackup);
    }
    let mut described = Vec::new();
    first.take(size).read_to_end(&mut described).map_err(|error| cut_or(&error))?;
    Manifest::from_bytes(&described)
}

fn cut_or(error: &std::io::Error) -> BackupError {
    match error.kind() {
        ErrorKind::UnexpectedEof | ErrorKind::Other | ErrorKind::InvalidData => BackupError::Damaged("cut off"),
        kind => BackupError::Disk(kind),
    }
}

/// Only what a vault consists of, each once, and the two that it cannot do without.
fn check_names(manifest: &Manifest) -> Result<(), BackupError> {
    let mut seen = HashSet::new();
    for part in &manifest.parts {
        let known = match part.name.as_str() {
            vault::FILE_NAME => part.bytes <= vault::MAX_FILE_BYTES,
            store::FILE_NAME => true,
            store::archive::FILE_NAME => manifest.format >= super::manifest::FORMAT,
            other => other
                .strip_prefix(DOCUMENTS)
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|name| vault::DocumentName::parse(name).is_some()),
        };
        if !known || !seen.insert(part.name.as_str()) {
            return Err(BackupError::Damaged("parts"));
        }
    }
    if [vault::FILE_NAME, store::FILE_NAME].iter().all(|name| seen.contains(name)) {
        Ok(())
    } else {
        Err(BackupError::Damaged("parts"))
    }
}

/// The filling behind each part and the end of the file are zeros, and nothing comes after: no byte is left unchecked.
fn check_gaps(path: &Path, length: u64, gaps: &[u64]) -> Result<(), BackupError> {
    let mut file = File::open(path)?;
    let mut zeros = |from: u64, to: u64| -> Result<(), BackupError> {
        let mut bytes = vec![0; usize::try_from(to - from).map_err(|_| BackupError::Damaged("size"))?];
        file.seek(SeekFrom::Start(from))?;
        file.read_exact(&mut bytes).map_err(|error| cut_or(&error))?;
        if bytes.iter().all(|byte| *byte == 0) { Ok(()) } else { Err(BackupError::Damaged("filling")) }
    };
    for end in gaps {
        zeros(*end, end.next_multiple_of(BLOCK))?;
    }
    let end = gaps.last().map_or(0, |end| end.next_multiple_of(BLOCK));
    if length != end + END {
        return Err(BackupError::Damaged("cut off"));
    }
    zeros(end, length)
}

/// Makes a new file that only its owner reads: `vault.json` names the users.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

fn keep(path: &Path, from: &mut dyn Read, reading: &Reading) -> Result<(u64, String), BackupError> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    let mut file = private().open(path)?;
    let read = digest(from, &mut file, reading)?;
    file.sync_all()?;
    Ok(read)
}
