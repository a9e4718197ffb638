//! Working files: persons' finished archives, one behind another in files that are sealed under the run's key. They outlive a
//! session and a kill; without the row that holds the key nothing of them can be read.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;
use uuid::Uuid;

use crate::commands::clock::instant_text;
use crate::commands::entrance::create::disk;
use crate::commands::{CommandError, Desk};
use crate::store::archive_run::{self, PieceRow, RunRow};
use crate::store::{Connection, StoreError};
use crate::vault::{Context, DocumentReader, DocumentWriter, FilingKey, SealError};

/// The working files' folder in the vault's.
const FOLDER: &str = "leaving";
const LOCK: &str = ".lock";
/// A working file is closed once it holds so much, or so many persons.
const BYTES: u64 = 32 << 20;
const PERSONS: usize = 200;

/// The run: its key, and the folder, held against another process.
pub(super) struct Run {
    pub row: RunRow,
    key: FilingKey,
    folder: PathBuf,
    _lock: Held,
}

fn folder(desk: &Desk) -> PathBuf {
    desk.folder().join(FOLDER)
}

fn place(vault: Uuid) -> Context<'static> {
    Context { vault, table: "archive_piece", column: "file", row: "", patient: "", version: 1, key_id: 1 }
}

/// The lock of an export under way, given back by name: a process that is being started may still hold a copy of the file.
struct Held(File);

impl Drop for Held {
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

fn hold(folder: &Path) -> Result<Held, CommandError> {
    fs::create_dir_all(folder).map_err(|error| disk(&error))?;
    let lock = OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK));
    let lock = lock.map_err(|error| disk(&error))?;
    lock.try_lock().map_err(|_| CommandError::new("archive_running"))?;
    Ok(Held(lock))
}

/// How sealing goes wrong.
pub(super) fn sealing(error: SealError) -> CommandError {
    match error {
        SealError::Io(kind) => disk(&kind.into()),
        _ => CommandError::new("no_randomness"),
    }
}

/// A failure while something is written, a sealed file perhaps.
pub(super) fn writing(error: &io::Error) -> CommandError {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<SealError>()) {
        Some(SealError::Io(kind)) => disk(&(*kind).into()),
        _ => disk(error),
    }
}

/// Removes what no row names.
fn sweep(folder: &Path, named: &[PieceRow]) {
    let Ok(listed) = fs::read_dir(folder) else { return };
    for name in listed.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
        if name != LOCK && !named.iter().any(|row| row.file == name) {
            // It is sealed, and the next run tries again.
            let _ = fs::remove_file(folder.join(name));
        }
    }
}

/// The run that was stopped, or a new one.
///
/// # Errors
/// `archive_running` where another process is at it, what disk and store refuse.
pub(super) async fn begin(desk: &Desk, language: &str, anew: bool) -> Result<(Run, Vec<PieceRow>), CommandError> {
    let folder = folder(desk);
    let lock = hold(&folder)?;
    let mut tx = desk.store().write().await?;
    let known = archive_run::run(&mut tx).await?;
    let row = match known.filter(|row| !anew && row.language == language) {
        Some(row) => row,
        None => {
            archive_run::end(&mut tx).await?;
            let key = FilingKey::make().map_err(sealing)?;
            let row = RunRow {
                id: desk.make_id().to_string(),
                key: key.expose().to_vec(),
                language: language.to_owned(),
                begun_at: instant_text(desk.now()),
                unfinished: String::new(),
            };
            archive_run::begin(&mut tx, &row).await?;
            row
        }
    };
    let pieces = archive_run::pieces(&mut tx).await?;
    tx.commit().await.map_err(StoreError::from)?;
    let there = |piece: &PieceRow| folder.join(&piece.file).is_file();
    let pieces: Vec<PieceRow> = pieces.into_iter().filter(there).collect();
    sweep(&folder, &pieces);
    let key = FilingKey::from_bytes(&row.key).map_err(sealing)?;
    Ok((Run { row, key, folder, _lock: lock }, pieces))
}

/// Throws the working files away.
///
/// # Errors
/// `archive_running`, what the store refuses.
pub(super) async fn discard(desk: &Desk) -> Result<(), CommandError> {
    let folder = folder(desk);
    let _lock = hold(&folder)?;
    let mut tx = desk.store().write().await?;
    archive_run::end(&mut tx).await?;
    tx.commit().await.map_err(StoreError::from)?;
    sweep(&folder, &[]);
    Ok(())
}

/// A working file under way.
pub(super) struct Piece<'run> {
    run: &'run Run,
    vault: Uuid,
    below: Option<Counted>,
    rows: Vec<PieceRow>,
}

/// What a working file is written through.
pub(super) struct Counted {
    writer: DocumentWriter<NamedTempFile>,
    bytes: u64,
}

impl Write for Counted {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let taken = self.writer.write(bytes)?;
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Run {
    /// Ends the run's row in a transaction.
    ///
    /// # Errors
    /// What the store refuses.
    pub async fn end(&self, connection: &mut Connection) -> Result<(), CommandError> {
        Ok(archive_run::end(connection).await?)
    }

    /// Removes the working files once the row is gone.
    pub fn clear(&self) {
        sweep(&self.folder, &[]);
    }

    /// Begins a working file.
    pub fn piece(&self, vault: Uuid) -> Piece<'_> {
        Piece { run: self, vault, below: None, rows: Vec::new() }
    }

    /// Opens a working file.
    ///
    /// # Errors
    /// `archive_piece_damaged`: it is made again.
    pub fn open(&self, vault: Uuid, name: &str) -> Result<DocumentReader<File>, CommandError> {
        let damaged = || CommandError::new("archive_piece_damaged");
        let file = File::open(self.folder.join(name)).map_err(|_| damaged())?;
        DocumentReader::new(&self.key, &place(vault), file).map_err(|_| damaged())
    }

    /// Writes one whole working file; returns its name.
    ///
    /// # Errors
    /// What disk and store refuse.
    pub fn keep(&self, vault: Uuid) -> Result<Counted, CommandError> {
        let file =
            tempfile::Builder::new().prefix(".piece-").tempfile_in(&self.folder).map_err(|error| disk(&error))?;
        let writer = DocumentWriter::new(&self.key, &place(vault), file).map_err(sealing)?;
        Ok(Counted { writer, bytes: 0 })
    }

    /// Puts a working file in its place; returns its name.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn land(&self, counted: Counted) -> Result<String, CommandError> {
        let (file, name) = counted.writer.finish().map_err(sealing)?;
        file.as_file().sync_all().map_err(|error| disk(&error))?;
        let name = name.to_string();
        file.persist(self.folder.join(&name)).map_err(|failure| disk(&failure.error))?;
        Ok(name)
    }
}

impl Piece<'_> {
    /// Takes the writer out for the next person; where it stands now.
    ///
    /// # Errors
    /// What the disk refuses.
    pub fn writer(&mut self) -> Result<(Counted, u64), CommandError> {
        let counted = match self.below.take() {
            Some(counted) => counted,
            None => self.run.keep(self.vault)?,
        };
        let at = counted.bytes;
        Ok((counted, at))
    }

    /// Gives it back, with the person's row.
    pub fn finished(&mut self, counted: Counted, row: PieceRow) {
        self.below = Some(counted);
        self.rows.push(row);
    }

    /// Persons in it so far.
    pub fn persons(&self) -> usize {
        self.rows.len()
    }

    /// Whether it holds enough.
    pub fn is_full(&self) -> bool {
        self.rows.len() >= PERSONS || self.below.as_ref().is_some_and(|below| below.bytes >= BYTES)
    }

    /// Puts it in its place and remembers who is finished. Returns their rows.
    ///
    /// # Errors
    /// What disk and store refuse.
    pub async fn close(&mut self, desk: &Desk) -> Result<Vec<PieceRow>, CommandError> {
        let Some(counted) = self.below.take() else { return Ok(Vec::new()) };
        let name = tokio::task::block_in_place(|| self.run.land(counted))?;
        let mut rows = std::mem::take(&mut self.rows);
        for row in &mut rows {
            row.file.clone_from(&name);
        }
        let mut tx = desk.store().write().await?;
        archive_run::keep(&mut tx, &rows).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(rows)
    }
}

/// Copies so many bytes.
///
/// # Errors
/// What either side refuses; [`io::ErrorKind::UnexpectedEof`] where there are fewer.
pub(super) fn copy(from: &mut dyn Read, to: &mut dyn Write, bytes: u64) -> io::Result<()> {
    let copied = io::copy(&mut from.take(bytes), to)?;
    if copied == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}
