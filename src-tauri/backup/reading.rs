//! How far the reading of a backup has come, and the way to stop it. Shared by whoever reads and whoever shows it.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::BackupError;

/// A reading under way.
#[derive(Default)]
pub struct Reading {
    total: AtomicU64,
    done: AtomicU64,
    stopped: AtomicBool,
}

impl Reading {
    /// Stops it at the next byte that is read; what it had written vanishes.
    pub fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    /// Bytes read, and bytes to read.
    #[must_use]
    pub fn so_far(&self) -> (u64, u64) {
        let total = self.total.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(total), total)
    }

    /// Goes on, unless it was stopped.
    ///
    /// # Errors
    /// [`BackupError::Cancelled`].
    pub fn check(&self) -> Result<(), BackupError> {
        if self.stopped.load(Ordering::Relaxed) { Err(BackupError::Cancelled) } else { Ok(()) }
    }

    pub(super) fn begin(&self, total: u64) {
        self.total.store(total, Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
    }

    pub(super) fn advance(&self, bytes: u64) -> Result<(), BackupError> {
        self.done.fetch_add(bytes, Ordering::Relaxed);
        self.check()
    }
}
