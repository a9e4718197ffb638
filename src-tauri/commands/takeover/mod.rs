//! The take-over: patients and agenda of the software that the practice leaves, one transaction a file. Reading and
//! planning are the room `import`'s; this applies a plan, or only says what it would do.

pub mod agenda;
pub mod patients;
pub mod seed;
pub mod wire;
mod words;

pub use agenda::{agenda_from_bytes, import_agenda};
pub use patients::{import_patients, patients_from_bytes, preview_patients_file};

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use domain::role::Permission;

use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::import::ImportError;
use wire::ProgressView;

/// What a take-over under way remembers: the file that was looked at, how far it is, whether to stop.
#[derive(Default)]
pub struct TakeoverDesk {
    file: Mutex<Option<(String, Vec<u8>)>>,
    progress: Mutex<ProgressView>,
    cancelled: AtomicBool,
}

impl TakeoverDesk {
    fn keep(&self, handle: &str, bytes: Vec<u8>) {
        *self.file.lock().unwrap_or_else(PoisonError::into_inner) = Some((handle.to_owned(), bytes));
    }

    fn kept(&self, handle: &str) -> Result<Vec<u8>, CommandError> {
        let file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        match file.as_ref() {
            Some((known, bytes)) if known == handle => Ok(bytes.clone()),
            _ => Err(CommandError::field("file_missing", "file")),
        }
    }

    /// Begins; one import at a time.
    pub(in crate::commands) fn begin(&self) -> Result<Running<'_>, CommandError> {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        if progress.running {
            return Err(CommandError::new("import_running"));
        }
        self.cancelled.store(false, Ordering::Relaxed);
        *progress = ProgressView { done: 0, total: 0, running: true };
        Ok(Running(self))
    }

    /// Notes how far it is; says whether to go on.
    pub(in crate::commands) fn step(&self, done: usize, total: usize) -> ControlFlow<()> {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        progress.done = i64::try_from(done).unwrap_or(i64::MAX);
        progress.total = i64::try_from(total).unwrap_or(i64::MAX);
        if self.cancelled.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

/// An import under way; over when dropped.
pub(in crate::commands) struct Running<'a>(&'a TakeoverDesk);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.progress.lock().unwrap_or_else(PoisonError::into_inner).running = false;
    }
}

/// How far a running import is.
///
/// # Errors
/// `permission_denied`.
pub async fn show_progress(desk: &Desk, _request: NothingRequest) -> Result<ProgressView, CommandError> {
    desk.require(Permission::ImportData, "show_progress").await?;
    Ok(desk.takeover.progress.lock().unwrap_or_else(PoisonError::into_inner).clone())
}

/// Stops a running import; nothing of it stays.
///
/// # Errors
/// `permission_denied`.
pub async fn cancel_import(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ImportData, "cancel_import").await?;
    desk.takeover.cancelled.store(true, Ordering::Relaxed);
    Ok(DoneView::default())
}

impl From<ImportError> for CommandError {
    fn from(error: ImportError) -> Self {
        let refusal = Self::field(error.code(), "file");
        match error {
            ImportError::LineTooLong { line, limit } => refusal.with("line", line).with("limit", limit),
            ImportError::UnclosedQuote { line } => refusal.with("line", line),
            ImportError::FileTooLarge { bytes, limit } => refusal.with("bytes", bytes).with("limit", limit),
            ImportError::TooManyRows { limit } => refusal.with("limit", limit),
            ImportError::FieldTwice { field } => refusal.with("name", field.as_str()),
            ImportError::BadMapping { line, column } => refusal.with("line", line).with("column", column),
            _ => refusal,
        }
    }
}

/// A file's bytes as the window hands them over.
pub(super) fn bytes_of(base64: &str) -> Result<Vec<u8>, CommandError> {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD.decode(base64).map_err(|_| CommandError::field("bad_request", "base64"))
}
