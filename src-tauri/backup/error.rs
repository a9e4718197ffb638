//! Why a backup was not written, not believed or not restored. No path, name or key stands in an error.

use std::io::ErrorKind;

use crate::journal::JournalError;
use crate::journal::verify::FaultKind;
use crate::store::StoreError;
use crate::vault::VaultError;

/// A refusal of the room.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// Something stands at the destination already; it is left as it is.
    #[error("a file is there already")]
    FileExists,
    /// The file to read is not there.
    #[error("the file is missing")]
    FileMissing,
    /// The folder to write to is not there (an unplugged disk).
    #[error("the folder is missing")]
    FolderMissing,
    /// The folder to restore to holds a vault.
    #[error("a vault is there already")]
    VaultExists,
    /// The folder to restore to holds something else.
    #[error("the folder is not empty")]
    NotEmpty,
    /// The disk is full; nothing half-written is left.
    #[error("the disk is full")]
    DiskFull,
    /// The folder cannot be written.
    #[error("the folder cannot be written")]
    ReadOnly,
    /// The disk failed.
    #[error("the disk failed to read or write ({0})")]
    Disk(ErrorKind),
    /// The file is no backup at all.
    #[error("this file is not a backup")]
    NotABackup,
    /// Written by a newer version of the program.
    #[error("the backup was written by a newer version")]
    NewerFormat,
    /// A backup that was cut off or changed; which part, in a word or two.
    #[error("the backup is damaged ({0})")]
    Damaged(&'static str),
    /// The journal in the backup is not what it was.
    #[error("the journal in the backup is wrong at entry {sequence:?}")]
    Chain {
        /// The first wrong entry; none: a page of the file.
        sequence: Option<i64>,
        /// What is wrong with it.
        kind: FaultKind,
    },
    /// A backup of another vault.
    #[error("the backup is another vault's")]
    OtherVault,
    /// Made under another database key: before a change of keys. The keys in it open it.
    #[error("the backup was made under another key")]
    OtherKey,
    /// Keys or documents changed while the backup was made; made again it will do.
    #[error("the vault changed meanwhile")]
    ChangedMeanwhile,
    /// The store refused.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal refused.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// `vault.json` was refused.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Somebody stopped it; nothing is left of it.
    #[error("stopped")]
    Cancelled,
    /// The program is ending.
    #[error("interrupted")]
    Interrupted,
}

impl From<std::io::Error> for BackupError {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Self::DiskFull,
            ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Self::ReadOnly,
            kind => Self::Disk(kind),
        }
    }
}

impl From<tokio::task::JoinError> for BackupError {
    fn from(_: tokio::task::JoinError) -> Self {
        Self::Interrupted
    }
}

impl BackupError {
    /// Whether it is the disk that is full.
    pub(super) fn is_full(&self) -> bool {
        matches!(self, Self::DiskFull | Self::Store(StoreError::DiskFull) | Self::Vault(VaultError::NoSpace))
    }
}
