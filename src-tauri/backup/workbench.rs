//! A folder to work in: made beside the place where the result shall stand, locked while in use, removed afterwards. What a
//! killed program left behind is swept by the next one.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::BackupError;

/// How a work folder's name begins.
const PREFIX: &str = ".semainier-work-";
/// Held while the folder is in use.
const LOCK: &str = "lock";
/// A folder whose lock cannot tell (a share without locks, a program killed before it made the lock) is left for so long.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);

pub(super) struct Workbench {
    // The lock is let go before the folder is removed: Windows removes no open file.
    lock: Option<File>,
    folder: Option<tempfile::TempDir>,
}

impl Workbench {
    /// Makes one in a folder that exists, after sweeping what others left there.
    pub fn open(place: &Path) -> Result<Self, BackupError> {
        if !place.is_dir() {
            return Err(BackupError::FolderMissing);
        }
        sweep(place);
        let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(place)?;
        let lock = File::create_new(folder.path().join(LOCK))?;
        match lock.try_lock() {
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error.into()),
        }
        Ok(Self { lock: Some(lock), folder: Some(folder) })
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.as_ref().map_or_else(PathBuf::new, |folder| folder.path().join(name))
    }
}

impl Drop for Workbench {
    fn drop(&mut self) {
        self.lock = None;
        // Encrypted like the vault itself; what cannot be removed now is swept next time.
        let _ = self.folder.take().map(tempfile::TempDir::close);
    }
}

/// Removes the work folders of programs that are no longer there.
pub fn sweep(place: &Path) {
    let Ok(found) = fs::read_dir(place) else { return };
    for entry in found.flatten() {
        let is_ours = entry.file_name().to_string_lossy().starts_with(PREFIX);
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) && is_abandoned(&entry.path()) {
            // Whoever cannot remove it leaves it: it does no harm but the room it takes.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn is_abandoned(folder: &Path) -> bool {
    let old = || {
        fs::metadata(folder)
            .and_then(|meta| meta.modified())
            .is_ok_and(|at| at.elapsed().is_ok_and(|age| age > PATIENCE))
    };
    match OpenOptions::new().read(true).write(true).open(folder.join(LOCK)) {
        Ok(lock) => match lock.try_lock() {
            Ok(()) => true,
            Err(TryLockError::WouldBlock) => false,
            Err(TryLockError::Error(_)) => old(),
        },
        Err(_) => old(),
    }
}

/// Makes what stands in a folder last through a power cut. Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder that a path stands in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
