//! The archive with which a practice leaves without loss: the layout of the Agence du Numérique en Santé for the portability
//! of practice software (guide "Portabilité des données LGC", version 0.1.0, chapters on the archive's structure: root with
//! README.TXT, MANIFEST.XML and DOCUMENTATION/, one TRANSVERSE.ZIP, one PATnnnnn.ZIP a person after IHE XDM, ITI TF-2 3.32),
//! and beside what people and other software read, every table as it is, from which this program takes the practice back.
//!
//! Deliberately not here: where the values come from, keys and ciphers, files on the disk beside the one being read. SIGN.XML
//! (XAdES under the vendor's certificate) is not written: DOCUMENTATION/SIGNATURE.TXT says where it goes.

pub mod cda;
pub mod index;
pub mod manifest;
pub mod metadata;
pub mod packed;
pub mod person;
pub mod reading;
pub mod readme;
pub mod rows;
pub mod telling;
pub mod traces;

#[cfg(test)]
mod tests;

/// The format of the lossless part that is written, and the newest that is read. Older ones open forever.
pub const FORMAT: u32 = 1;

/// The archive of what is nobody's alone.
pub const TRANSVERSE: &str = "TRANSVERSE";
/// The folder of the tables inside it.
pub const TABLES: &str = "TRANSVERSE/DONNEES/";
/// Says which tables there are.
pub const LIST: &str = "TRANSVERSE/DONNEES/TABLES.JSON";
/// Where each file of a person lies.
pub const FILES: &str = "TRANSVERSE/DONNEES/FICHIERS.NDJSON";

/// A person's archive by its number from 1: `PAT00001`.
#[must_use]
pub fn person_name(number: usize) -> String {
    format!("PAT{number:05}")
}

/// The whole archive's file: `PA20261126T061500.ZIP`.
#[must_use]
pub fn file_name(at: chrono::DateTime<chrono::Utc>) -> String {
    format!("PA{}.ZIP", at.format("%Y%m%dT%H%M%S"))
}

/// What goes wrong with an archive.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ArchiveError {
    /// Not an archive at all, or cut off.
    #[error("the file is not a whole archive")]
    Unreadable,
    /// An archive of another software.
    #[error("the archive is another software's")]
    Foreign,
    /// A newer version of this program made it.
    #[error("the archive is newer than this program")]
    Newer,
    /// A part is not what the manifest says.
    #[error("{part} was changed")]
    Changed {
        /// Which part.
        part: String,
    },
    /// The reading was stopped.
    #[error("stopped")]
    Stopped,
    /// The disk.
    #[error("the disk refused")]
    Disk(std::io::ErrorKind),
}

impl ArchiveError {
    pub(super) fn changed(part: &str) -> Self {
        Self::Changed { part: part.to_owned() }
    }
}

impl From<std::io::Error> for ArchiveError {
    fn from(error: std::io::Error) -> Self {
        Self::Disk(error.kind())
    }
}
