//! What the store can refuse, in the trade's words. Texts of SQLite never leave this file: they may quote data.

use thiserror::Error;

/// A refusal of the store.
#[derive(Debug, Error, Clone, Copy, PartialEq, Eq)]
pub enum StoreError {
    /// No database file.
    #[error("the database file is missing")]
    Missing,
    /// A database is already there.
    #[error("a database is already there")]
    Exists,
    /// Wrong key, or damaged: SQLCipher cannot tell these apart.
    #[error("the database cannot be read: wrong key or damaged file")]
    NotReadable,
    /// A page or an index is damaged.
    #[error("the database is damaged")]
    Damaged,
    /// Written by a newer version of the program.
    #[error("the database was written by a newer version")]
    NewerSchema,
    /// Another process kept the lock for too long.
    #[error("another program keeps the database busy")]
    Busy,
    /// The disk is full.
    #[error("the disk is full")]
    DiskFull,
    /// The folder or file cannot be written.
    #[error("the folder is read-only")]
    ReadOnly,
    /// The file system failed or refused.
    #[error("the disk failed to read or write")]
    Disk,
    /// The slot is taken (the schema's own refusal).
    #[error("the slot is taken")]
    SlotTaken,
    /// A room or a piece of equipment is held by somebody else (the schema's own refusal).
    #[error("the resource is taken")]
    ResourceTaken,
    /// Something with that name or number is already there.
    #[error("already there")]
    NotUnique,
    /// A rule of the schema refuses the row.
    #[error("a rule of the schema refuses it")]
    Refused,
    /// What was asked for is not there.
    #[error("not found")]
    NotFound,
    /// A value in the database is not of its type: written by something else than this program.
    #[error("a stored value is not of its type")]
    BadValue,
    /// Anything else, with SQLite's number only.
    #[error("the database refused (code {0})")]
    Other(i32),
}

impl StoreError {
    /// Whether, where something was only read, it is the file that is at fault: pages, or what stands in them. A damaged page
    /// of a search table comes out under SQLite's general number.
    #[must_use]
    pub const fn is_damage(self) -> bool {
        matches!(self, Self::NotReadable | Self::Damaged | Self::BadValue | Self::Disk | Self::Other(_))
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::RowNotFound => Self::NotFound,
            sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::BadValue,
            sqlx::Error::PoolTimedOut => Self::Busy,
            sqlx::Error::Io(_) => Self::Disk,
            sqlx::Error::Database(error) => {
                let code: i32 = error.code().and_then(|code| code.parse().ok()).unwrap_or(0);
                match code & 0xff {
                    5 | 6 => Self::Busy,
                    8 => Self::ReadOnly,
                    10 => {
                        // An error while writing on a full disk can surface as a plain I/O error.
                        Self::Disk
                    }
                    11 => Self::Damaged,
                    13 => Self::DiskFull,
                    14 => Self::Disk,
                    19 if error.message().contains("slot_taken") => Self::SlotTaken,
                    19 if error.message().contains("resource_taken") => Self::ResourceTaken,
                    19 if error.is_unique_violation() => Self::NotUnique,
                    19 => Self::Refused,
                    26 => Self::NotReadable,
                    _ => Self::Other(code),
                }
            }
            _ => Self::Other(0),
        }
    }
}
