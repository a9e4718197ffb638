//! Leaving without loss: the whole practice in one archive that people and other software read, and that this program takes back
//! into an empty vault with nothing lost.
//!
//! Person by person, sealed as it goes: until the last moment no clear byte is on the disk, and an export that was stopped goes on
//! where it was. Deliberately not here: the archive's form (room `privacy`), a single person's export (`portability`), backups
//! (`safekeeping`), which keep the keys and are restored whole.

mod export;
mod former;
mod import;
mod opener;
mod output;
mod person;
mod pieces;
mod rows;
mod sealer;
mod tables;
mod transverse;
pub mod wire;

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::role::Permission;

use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::privacy::archive::ArchiveError;
use crate::store::{self, archive_run};
use wire::{ArchiveView, FormerVaultView};

pub use export::export_archive;
pub use former::list_former_journal;
pub use import::import_archive;
pub(in crate::commands) use output::tidy;

/// What a session remembers of an archive under way.
#[derive(Default)]
pub struct ArchiveDesk {
    progress: Mutex<Progress>,
    cancelled: AtomicBool,
}

#[derive(Clone, Copy, Default)]
struct Progress {
    running: bool,
    phase: &'static str,
    done: u64,
    total: u64,
}

impl ArchiveDesk {
    fn lock(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins; one at a time.
    fn begin(&self) -> Result<Running<'_>, CommandError> {
        let mut progress = self.lock();
        if progress.running {
            return Err(CommandError::new("archive_running"));
        }
        self.cancelled.store(false, Ordering::Relaxed);
        *progress = Progress { running: true, ..Progress::default() };
        Ok(Running(self))
    }

    /// Whether somebody stopped it.
    fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::Relaxed)
    }

    /// Notes how far it is; refuses to go on where somebody stopped it.
    fn step(&self, phase: &'static str, done: u64, total: u64) -> Result<(), CommandError> {
        *self.lock() = Progress { running: true, phase, done, total };
        if self.cancelled.load(Ordering::Relaxed) { Err(CommandError::new("archive_stopped")) } else { Ok(()) }
    }
}

/// An archive under way; over when dropped.
struct Running<'a>(&'a ArchiveDesk);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        *self.0.lock() = Progress::default();
    }
}

fn whole(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

fn opens(desk: &Desk) -> Result<(), CommandError> {
    if desk.session().clinical_pending { Err(CommandError::new("clinical_pending")) } else { Ok(()) }
}

/// How far what runs is, without a look at the store.
#[must_use]
pub fn show_progress(desk: &Desk) -> ArchiveView {
    let Progress { running, phase, done, total } = *desk.leaving.lock();
    ArchiveView { running, phase: phase.to_owned(), done: whole(done), total: whole(total), ..ArchiveView::default() }
}

/// How leaving stands.
///
/// # Errors
/// `permission_denied`, what the store refuses.
pub async fn show_archive(desk: &Desk, _request: NothingRequest) -> Result<ArchiveView, CommandError> {
    desk.require(Permission::ExportData, "show_archive").await?;
    let mut view = show_progress(desk);
    view.opens = desk.session().roles.may(Permission::ReadClinical) && !desk.session().clinical_pending;
    if view.running {
        return Ok(view);
    }
    let mut connection = desk.read(Permission::ExportData, "show_archive").await?;
    view.persons = archive_run::count_persons(&mut connection).await?;
    view.archived = store::archive::known::count_archived(&mut connection).await?;
    view.empty = store::tables::is_empty(&mut connection).await?;
    if archive_run::run(&mut connection).await?.is_some() {
        view.finished = i64::try_from(archive_run::pieces(&mut connection).await?.len()).unwrap_or(i64::MAX);
    }
    let formers = archive_run::formers(&mut connection).await?.into_iter();
    view.formers = formers
        .map(|one| FormerVaultView {
            id: one.id,
            practice: one.practice,
            taken_in_at: one.taken_in_at,
            entries: one.entries,
        })
        .collect();
    Ok(view)
}

/// Stops what runs. An export can go on later; of an archive that is taken in nothing stays.
///
/// # Errors
/// `permission_denied`.
pub async fn cancel_archive(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ExportData, "cancel_archive").await?;
    desk.leaving.cancelled.store(true, Ordering::Relaxed);
    Ok(DoneView::default())
}

/// Throws away what an export that was stopped had finished.
///
/// # Errors
/// `permission_denied`, `archive_running`, what the store refuses.
pub async fn discard_archive(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ExportData, "discard_archive").await?;
    let running = desk.leaving.begin()?;
    pieces::discard(desk).await?;
    drop(running);
    Ok(DoneView::default())
}

impl From<ArchiveError> for CommandError {
    fn from(error: ArchiveError) -> Self {
        match error {
            ArchiveError::Unreadable => Self::field("archive_unreadable", "path"),
            ArchiveError::Foreign => Self::field("archive_foreign", "path"),
            ArchiveError::Newer => Self::field("archive_newer", "path"),
            ArchiveError::Changed { part } => Self::field("archive_changed", "path").with("part", part),
            ArchiveError::Stopped => Self::new("archive_stopped"),
            ArchiveError::Disk(kind) => super::entrance::create::disk(&kind.into()),
        }
    }
}
