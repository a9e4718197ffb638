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
/// A folder whose lock cannot tell (a share without locks) is left for so long.
const PATIENCE: Duration = Duration::from_secs(24 * 3600);
/// How often a folder is made anew when a sweep takes it.
const TRIES: usize = 10;

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
        for _ in 0..TRIES {
            let folder = tempfile::Builder::new().prefix(PREFIX).tempdir_in(place)?;
            // Another program may sweep it away before it is locked: then the next one.
            let lock = match File::create_new(folder.path().join(LOCK)) {
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                made => made?,
            };
            match lock.try_lock() {
                Ok(()) if !folder.path().join(LOCK).exists() => {}
                Ok(()) => return Ok(Self { lock: Some(lock), folder: Some(folder) }),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {
                    return Ok(Self { lock: None, folder: Some(folder) });
                }
                Err(TryLockError::Error(error)) => return Err(error.into()),
            }
        }
        Err(BackupError::ChangedMeanwhile)
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
        if is_ours && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            // Whoever cannot remove it leaves it: it does no harm but the room it takes.
            let _ = clear(&entry.path());
        }
    }
}

/// Removes a work folder, unless somebody is in it.
fn clear(folder: &Path) -> io::Result<()> {
    let lock = match OpenOptions::new().read(true).write(true).open(folder.join(LOCK)) {
        // Killed before it made its lock: then the folder is empty, and only an empty one is removed here.
        Err(error) if error.kind() == ErrorKind::NotFound => return fs::remove_dir(folder),
        opened => opened?,
    };
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(()),
        Err(TryLockError::Error(_)) => {
            let age = fs::metadata(folder)?.modified()?.elapsed().unwrap_or_default();
            if age < PATIENCE {
                return Ok(());
            }
        }
    }
    // The lock goes last, so that what a kill leaves of this is still known as abandoned.
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name() == LOCK {
            continue;
        }
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    drop(lock);
    fs::remove_file(folder.join(LOCK))?;
    fs::remove_dir(folder)
}

/// Makes what stands in a folder last through a power cut. Windows has no such call and needs none.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// The folder that a path stands in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
