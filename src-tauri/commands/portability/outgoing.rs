//! The file that a person takes away: written where it was asked for, whole or not at all.
//!
//! Where the system can, it has no name until it is finished, so that a killed program or a full disk leaves nothing behind; else it
//! is a hidden file beside its place that goes with the attempt. An encrypted one is never in clear on a disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::commands::CommandError;
use crate::commands::entrance::create::disk;
use crate::vault::{self, PassphraseWriter};

/// Where the bytes end up.
pub(super) enum Place {
    Memory(Vec<u8>),
    /// Without a name, and the name it is to have.
    Nameless(File, PathBuf),
    Beside(NamedTempFile, PathBuf),
}

impl Write for Place {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Place::Memory(bytes) => bytes.write(buffer),
            Place::Nameless(file, _) => file.write(buffer),
            Place::Beside(file, _) => file.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Memory(_) => Ok(()),
            Place::Nameless(file, _) => file.flush(),
            Place::Beside(file, _) => file.flush(),
        }
    }
}

/// What an export is written into: in clear, or under the person's passphrase.
pub(super) enum Outgoing {
    Clear(io::BufWriter<Place>),
    Sealed(Box<PassphraseWriter<io::BufWriter<Place>>>),
}

impl Write for Outgoing {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match self {
            Outgoing::Clear(below) => below.write(buffer),
            Outgoing::Sealed(below) => below.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Outgoing::Clear(below) => below.flush(),
            Outgoing::Sealed(below) => below.flush(),
        }
    }
}

/// A finished file that nobody can find yet.
pub(super) struct Finished(Place);

/// Where a named file goes, or its bytes.
pub(super) enum Handed {
    Bytes(Vec<u8>),
    File(PathBuf, u64),
}

impl Outgoing {
    /// Begins one. `path`: a file, or a folder that gets one of this name; empty: memory.
    pub fn begin(path: &str, name: &str, passphrase: &str) -> Result<Self, CommandError> {
        let place = place(path, name).map_err(|error| disk(&error))?;
        let below = io::BufWriter::with_capacity(1 << 16, place);
        if passphrase.is_empty() {
            return Ok(Self::Clear(below));
        }
        let sealed = PassphraseWriter::begin(passphrase, below).map_err(|error| disk(&error))?;
        Ok(Self::Sealed(Box::new(sealed)))
    }

    /// Everything is on the disk; it still has no name.
    pub fn finish(self) -> io::Result<Finished> {
        let below = match self {
            Outgoing::Clear(below) => below,
            Outgoing::Sealed(below) => below.finish()?,
        };
        let place = below.into_inner().map_err(io::IntoInnerError::into_error)?;
        match &place {
            Place::Memory(_) => {}
            Place::Nameless(file, _) => file.sync_all()?,
            Place::Beside(file, _) => file.as_file().sync_all()?,
        }
        Ok(Finished(place))
    }
}

impl Finished {
    /// Gives the file its name, in the place of one that bore it before.
    pub fn name(self) -> io::Result<Handed> {
        match self.0 {
            Place::Memory(bytes) => Ok(Handed::Bytes(bytes)),
            Place::Beside(file, target) => {
                let bytes = file.as_file().metadata()?.len();
                file.persist(&target)?;
                sync(&target)?;
                Ok(Handed::File(target, bytes))
            }
            Place::Nameless(file, target) => {
                let bytes = file.metadata()?.len();
                match vault::name_file(&file, &target) {
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => replace(&file, &target)?,
                    named => named?,
                }
                sync(&target)?;
                Ok(Handed::File(target, bytes))
            }
        }
    }
}

/// A name that nobody has is taken first; a rename then puts the file in the place of the old one.
fn replace(file: &File, target: &Path) -> io::Result<()> {
    let folder = target.parent().unwrap_or(Path::new("."));
    let beside = tempfile::Builder::new().prefix(".export-").suffix(".part").tempfile_in(folder)?.into_temp_path();
    fs::remove_file(&beside)?;
    vault::name_file(file, &beside)?;
    beside.persist(target).map_err(|failure| failure.error)
}

fn sync(target: &Path) -> io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn place(path: &str, name: &str) -> io::Result<Place> {
    if path.is_empty() {
        return Ok(Place::Memory(Vec::new()));
    }
    let mut target = PathBuf::from(path);
    if target.is_dir() {
        target.push(name);
    }
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match vault::nameless_file(folder) {
        Some(file) => Ok(Place::Nameless(file, target)),
        None => {
            let file = tempfile::Builder::new().prefix(".export-").suffix(".part").tempfile_in(folder)?;
            Ok(Place::Beside(file, target))
        }
    }
}
