//! An archive as it is read back: held against its manifest first, all of it, before a row or a file is handed out.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Seek};

use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;
use zip::ZipArchive;
use zip::read::{ArchiveOffset, Config};

use super::manifest::{self, Manifest};
use super::packed::hexadecimal;
use super::rows::{Heading, List, PersonFile, Value, row};
use super::{ArchiveError, FILES, FORMAT, LIST, TRANSVERSE};

/// Longest manifest: a million persons.
const MANIFEST: u64 = 1 << 30;
/// Longest line of a table: a logo or a long letter, in base 64.
const LINE: u64 = 256 << 20;

/// Bytes that can be gone back in, handed to another thread.
pub trait Source: Read + Seek + Send {}
impl<T: Read + Seek + Send> Source for T {}

/// An opened archive.
pub struct Opened {
    zip: ZipArchive<Box<dyn Source>>,
    manifest: Manifest,
}

fn unreadable<E>(_: E) -> ArchiveError {
    ArchiveError::Unreadable
}

impl Opened {
    /// Opens one and reads its manifest; nothing else of it is believed yet.
    ///
    /// # Errors
    /// [`ArchiveError::Unreadable`], [`ArchiveError::Foreign`], [`ArchiveError::Newer`].
    pub fn new(source: Box<dyn Source>) -> Result<Self, ArchiveError> {
        // From its very first byte: what was cut off ends in one of the archives inside, and that is not this one.
        let config = Config { archive_offset: ArchiveOffset::Known(0) };
        let mut zip = ZipArchive::with_config(config, source).map_err(unreadable)?;
        let mut text = String::new();
        {
            let entry = zip.by_name("MANIFEST.XML").map_err(|_| ArchiveError::Foreign)?;
            entry.take(MANIFEST).read_to_string(&mut text).map_err(unreadable)?;
        }
        let manifest = manifest::read(&text)?;
        if manifest.format > FORMAT {
            return Err(ArchiveError::Newer);
        }
        Ok(Self { zip, manifest })
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Holds every part against the manifest. `step` is told how many bytes are done and says whether to go on.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`] naming the part, [`ArchiveError::Stopped`].
    pub fn verify(&mut self, mut step: impl FnMut(u64, u64) -> bool) -> Result<(), ArchiveError> {
        let archives = std::mem::take(&mut self.manifest.archives);
        let total = archives.iter().map(|one| one.bytes).sum();
        let mut done = 0;
        let mut buffer = Zeroizing::new(vec![0; 256 * 1024]);
        let mut checked = || -> Result<(), ArchiveError> {
            for archive in &archives {
                let name = format!("{}.ZIP", archive.id);
                let changed = || ArchiveError::changed(&name);
                let mut entry = self.zip.by_name(&name).map_err(|_| changed())?;
                let (mut hash, mut bytes) = (Sha256::new(), 0);
                loop {
                    let length = entry.read(&mut buffer).map_err(|_| changed())?;
                    if length == 0 {
                        break;
                    }
                    hash.update(&buffer[..length]);
                    bytes += length as u64;
                    if !step(done + bytes, total) {
                        return Err(ArchiveError::Stopped);
                    }
                }
                done += bytes;
                if bytes != archive.bytes || hexadecimal(&hash.finalize()) != archive.digest {
                    return Err(changed());
                }
            }
            Ok(())
        };
        let outcome = checked();
        let beside = self.zip.file_names().flatten().filter(|name| name.ends_with(".ZIP")).count();
        self.manifest.archives = archives;
        outcome?;
        if beside == self.manifest.archives.len() { Ok(()) } else { Err(ArchiveError::changed("MANIFEST.XML")) }
    }

    fn inside<T>(
        &mut self,
        archive: &str,
        name: &str,
        read: impl FnOnce(&mut dyn Read) -> Result<T, ArchiveError>,
    ) -> Result<T, ArchiveError> {
        let changed = || ArchiveError::changed(name);
        let part = self.zip.by_name_seek(&format!("{archive}.ZIP")).map_err(|_| changed())?;
        let mut inner = ZipArchive::new(BufReader::with_capacity(64 * 1024, part)).map_err(|_| changed())?;
        let mut entry = inner.by_name(name).map_err(|_| changed())?;
        read(&mut entry)
    }

    /// Which tables there are.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`].
    pub fn list(&mut self) -> Result<List, ArchiveError> {
        self.inside(TRANSVERSE, LIST, |entry| {
            let mut text = Vec::new();
            entry.take(LINE).read_to_end(&mut text)?;
            serde_json::from_slice(&text).map_err(|_| ArchiveError::changed(LIST))
        })
    }

    /// Hands over a table: its heading, then row after row.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`], or what `take` says.
    pub fn each_row(
        &mut self,
        file: &str,
        mut take: impl FnMut(&Heading, Vec<Value>) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.inside(TRANSVERSE, file, |entry| {
            let mut lines = Lines(BufReader::with_capacity(256 * 1024, entry));
            let first = lines.next(file)?.ok_or_else(|| ArchiveError::changed(file))?;
            let heading: Heading = serde_json::from_slice(&first).map_err(|_| ArchiveError::changed(file))?;
            while let Some(line) = lines.next(file)? {
                let values = row(&line, file)?;
                if values.len() != heading.columns.len() {
                    return Err(ArchiveError::changed(file));
                }
                take(&heading, values)?;
            }
            Ok(())
        })
    }

    /// The persons' files, by the archive that holds them.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`].
    pub fn files(&mut self) -> Result<BTreeMap<String, Vec<PersonFile>>, ArchiveError> {
        self.inside(TRANSVERSE, FILES, |entry| {
            let mut lines = Lines(BufReader::with_capacity(256 * 1024, entry));
            let mut files: BTreeMap<String, Vec<PersonFile>> = BTreeMap::new();
            while let Some(line) = lines.next(FILES)? {
                let file: PersonFile = serde_json::from_slice(&line).map_err(|_| ArchiveError::changed(FILES))?;
                files.entry(file.archive.clone()).or_default().push(file);
            }
            Ok(files)
        })
    }

    /// Hands over the content of one.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`] where it is not what the list says, or what `take` says.
    pub fn content(
        &mut self,
        file: &PersonFile,
        take: impl FnOnce(&mut dyn Read) -> Result<(), ArchiveError>,
    ) -> Result<(), ArchiveError> {
        self.inside(&file.archive, &file.name, |entry| {
            let mut hashed = Hashed { below: entry, hash: Sha256::new(), bytes: 0 };
            take(&mut hashed)?;
            let whole = hashed.bytes == file.bytes && hexadecimal(&hashed.hash.finalize()) == file.digest;
            if whole { Ok(()) } else { Err(ArchiveError::changed(&file.name)) }
        })
    }
}

struct Lines<R>(BufReader<R>);

impl<R: Read> Lines<R> {
    fn next(&mut self, file: &str) -> Result<Option<Zeroizing<Vec<u8>>>, ArchiveError> {
        let mut line = Zeroizing::new(Vec::new());
        let read = (&mut self.0).take(LINE).read_until(b'\n', &mut line).map_err(|_| ArchiveError::changed(file))?;
        match (read, line.last()) {
            (0, _) => Ok(None),
            (_, Some(b'\n')) => {
                line.pop();
                Ok(Some(line))
            }
            // A line without its end was cut.
            _ => Err(ArchiveError::changed(file)),
        }
    }
}

struct Hashed<'a> {
    below: &'a mut dyn Read,
    hash: Sha256,
    bytes: u64,
}

impl Read for Hashed<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let length = self.below.read(out)?;
        self.hash.update(&out[..length]);
        self.bytes += length as u64;
        Ok(length)
    }
}
