//! Room `backup`: copies of a vault, one file each, checked by opening them, and their way back.
//!
//! A backup (`*.semainier-backup`) is an uncompressed tar of `manifest.json`, `manifest.seal`, `vault.json`, `practice.db`,
//! `archive.db` where there is one, and `documents/*`, in this order. Nothing in it is clearer than in the vault itself: the database and the documents are
//! encrypted as they stand there, the manifest holds numbers and hashes only. `manifest.seal` ties the manifest to the
//! database key, so that an old backup cannot pass for a new one.
//!
//! The database comes in by SQLite's `VACUUM INTO` ([`crate::store::upkeep::copy_into`]): one read transaction, the same
//! key, no writer waits. A backup gets its name only once it is whole, on the disk, and was opened and verified.
//!
//! Beside the backups, and beside the vault, lies `erased.list`: the random ids of people whose data were erased. A backup
//! made before an erasure still holds them; a restore must not bring them back.
//!
//! Not here: when backups are made, how many are kept, who may (room `commands`); keys (the caller's).

mod container;
mod erasure;
mod error;
mod manifest;
mod reading;
mod restore;
mod verify;
mod workbench;
mod write;

pub use erasure::{FILE_NAME as ERASURE_LIST, add as add_erasures, read as read_erasures};
pub use error::BackupError;
pub use manifest::{FORMAT, Head, Manifest, Part};
pub use reading::Reading;
pub use restore::{Existing, Inspected, Prepared, glance, inspect, is_free, prepare, prepare_watched};
pub use verify::{Verified, verify};
pub use workbench::sweep;
pub use write::{Source, Written, copy, write};

/// How a backup's file name ends.
pub const EXTENSION: &str = "semainier-backup";
