//! The finished file: in the clear, as it was asked for, and there whole or not at all. While it is written it has no name where the
//! file system can do that, so that a killed program leaves nothing; elsewhere the vault remembers it until it is finished, and
//! the next session overwrites and removes it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write};
use std::path::{Path, PathBuf};

use super::pieces::writing;
use crate::commands::entrance::create::disk;
use crate::commands::{CommandError, Desk};
use crate::store::{StoreError, archive_run};
use crate::vault;

/// A file under way.
pub(super) struct Output {
    file: File,
    target: PathBuf,
    /// Where it is written, where it has a name.
    part: Option<PathBuf>,
}

/// Begins the file.
///
/// # Errors
/// `folder_missing`, `archive_exists`, what disk and store refuse.
pub(super) async fn begin(desk: &Desk, target: &Path) -> Result<Output, CommandError> {
    let folder = target
        .parent()
        .filter(|folder| folder.is_dir())
        .ok_or_else(|| CommandError::field("folder_missing", "into"))?;
    if target.exists() {
        return Err(CommandError::field("archive_exists", "into"));
    }
    if let Some(file) = vault::nameless_file(folder) {
        return Ok(Output { file, target: target.to_owned(), part: None });
    }
    let part = target.with_extension("PART");
    let named = part.to_str().ok_or_else(|| CommandError::field("bad_name", "into"))?;
    note(desk, named).await?;
    let file = OpenOptions::new().create_new(true).read(true).write(true).open(&part).map_err(|error| disk(&error))?;
    Ok(Output { file, target: target.to_owned(), part: Some(part) })
}

async fn note(desk: &Desk, path: &str) -> Result<(), CommandError> {
    let mut tx = desk.store().write().await?;
    archive_run::note_unfinished(&mut tx, path).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

impl Output {
    /// What it is written through.
    pub fn file(&self) -> Result<File, CommandError> {
        self.file.try_clone().map_err(|error| disk(&error))
    }

    /// Gives it its name; returns its size.
    ///
    /// # Errors
    /// What the disk refuses: then nothing of it stays.
    pub fn finish(self) -> Result<u64, CommandError> {
        let landed = (|| -> io::Result<u64> {
            self.file.sync_all()?;
            match &self.part {
                Some(part) => fs::rename(part, &self.target)?,
                None => vault::name_file(&self.file, &self.target)?,
            }
            self.file.metadata().map(|about| about.len())
        })();
        landed.map_err(|error| {
            self.discard();
            writing(&error)
        })
    }

    /// Nothing of it stays.
    pub fn discard(&self) {
        if let Some(part) = &self.part {
            let _ = wipe(part);
        }
    }
}

/// Overwrites and removes a file.
fn wipe(path: &Path) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).open(path)?;
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.flush()?;
    file.sync_all()?;
    drop(file);
    fs::remove_file(path)
}

/// Removes the clear file that a killed program left unfinished.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn tidy(desk: &Desk) -> Result<(), CommandError> {
    let mut connection = desk.store().read().await?;
    let Some(run) = archive_run::run(&mut connection).await?.filter(|run| !run.unfinished.is_empty()) else {
        return Ok(());
    };
    drop(connection);
    let path = PathBuf::from(&run.unfinished);
    if !path.exists() || tokio::task::block_in_place(|| wipe(&path)).is_ok() {
        note(desk, "").await?;
    }
    Ok(())
}
