//! The store: the one room that speaks SQL. It opens the encrypted file, brings its schema up to date and holds one
//! file of queries per family of tables.
//!
//! Not here: rules (room `domain`), permissions and transactions' meaning (room `commands`), keys (room `vault`: the
//! database key comes in ready), copies of the file (room `backup`).

pub mod access;
pub mod agenda;
pub mod archive;
pub mod archive_run;
pub mod booking;
pub mod call;
pub mod consents;
pub mod contact;
pub mod days;
pub mod destruction;
pub mod disclosure;
pub mod document;
pub mod dossier;
pub mod drug;
pub mod drug_search;
pub mod erasure;
mod erasure_steps;
pub mod error;
pub mod events;
pub mod filing;
pub mod interaction;
pub mod journal;
pub mod letterhead;
pub mod message;
pub mod opening;
pub mod overview;
pub mod patient;
pub mod planned;
pub mod planning;
pub mod practice;
pub mod prescription;
pub mod processor;
pub mod publishing;
pub mod queue;
pub mod record;
pub mod record_text;
pub mod registers;
pub mod requests;
pub mod restriction;
pub mod retention;
mod row;
pub mod search;
pub mod series;
pub mod slots;
pub mod statistics;
pub mod sync;
pub mod sync_erasing;
pub mod sync_facts;
pub mod sync_inbound;
pub mod sync_known;
pub mod sync_queue;
pub mod tables;
pub mod types;
pub mod upkeep;
pub mod waiting_list;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::migrate::{MigrateError, Migrator};
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, Transaction};

pub use error::StoreError;

use crate::vault::DatabaseKey;

/// The schema's steps, bundled in the program.
pub static MIGRATOR: Migrator = sqlx::migrate!("./migrations");

/// A connection of the store, as commands pass it on.
pub type Connection = sqlx::SqliteConnection;
/// A transaction that holds SQLite's write lock.
pub type WriteTransaction = Transaction<'static, Sqlite>;
/// A connection that only reads.
pub type ReadConnection = PoolConnection<Sqlite>;

/// The database file in the vault's folder.
pub const FILE_NAME: &str = "practice.db";

/// How long a writer waits for another process's transaction.
const BUSY: Duration = Duration::from_secs(20);
/// Connections that read. One alone where the program is tried out: a command that asked for a second while it holds one
/// could wait for itself among many, and fails there.
const READERS: u32 = if cfg!(debug_assertions) { 1 } else { 4 };
/// Pages kept decrypted, in KiB: what a day's work touches.
const CACHE_KIB: i64 = 24 * 1024;

/// An opened database: one connection that writes, some that read.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    path: PathBuf,
}

fn options(path: &Path, key: &DatabaseKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key.pragma_value().to_string())
        .pragma("cipher_log_level", "NONE")
        .pragma("secure_delete", "ON")
        .pragma("temp_store", "MEMORY")
        .pragma("cache_size", format!("-{CACHE_KIB}"))
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
        .statement_cache_capacity(256)
        .optimize_on_close(false, None)
}

/// SQLite cannot say why it could not make its log beside the file: whether the folder can be written does.
fn named(error: StoreError, path: &Path) -> StoreError {
    let folder = path.parent().unwrap_or(Path::new("."));
    if error == StoreError::Disk && is_read_only(folder) { StoreError::ReadOnly } else { error }
}

/// Whether nothing can be written in a folder, for its rights or for how it is mounted.
fn is_read_only(folder: &Path) -> bool {
    use std::io::ErrorKind::{PermissionDenied, ReadOnlyFilesystem};
    tempfile::tempfile_in(folder).is_err_and(|error| matches!(error.kind(), PermissionDenied | ReadOnlyFilesystem))
}

impl Store {
    /// Makes a new database with the schema of this version.
    ///
    /// # Errors
    /// [`StoreError::Exists`] where a file is already there; else what SQLite refuses (disk full, folder read-only).
    pub async fn create(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        if path.exists() {
            return Err(StoreError::Exists);
        }
        // A first connection turns the write-ahead log on: the mode stays in the file.
        let first = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options(path, key).create_if_missing(true))
            .await
            .map_err(StoreError::from)?;
        sqlx::query("PRAGMA journal_mode = WAL").execute(&first).await?;
        first.close().await;
        Self::open(path, key).await
    }

    /// Opens a database and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::NotReadable`] for a wrong key or a damaged file, [`StoreError::NewerSchema`] where a newer
    /// version of the program wrote it (nothing is changed then).
    pub async fn open(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing);
        }
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(options(path, key))
            .await
            .map_err(|error| named(error.into(), path))?;
        let store = Self { readers: Self::readers(path, key), writer, path: path.to_owned() };
        if let Err(error) = store.migrate().await {
            store.close().await;
            return Err(named(error, path));
        }
        Ok(store)
    }

    fn readers(path: &Path, key: &DatabaseKey) -> SqlitePool {
        SqlitePoolOptions::new()
            .max_connections(READERS)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_lazy_with(options(path, key).pragma("query_only", "ON"))
    }

    /// Opens a database only to read it: no lock is kept, no schema step runs, nothing is written.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub async fn open_read_only(path: &Path, key: &DatabaseKey) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing);
        }
        // Without a log beside it nobody works on the file: read it as it is, without even a lock file. With one, the
        // log is part of the truth and SQLite has to see it.
        let mut log = path.as_os_str().to_owned();
        log.push("-wal");
        let alone = std::fs::metadata(&log).map_or(true, |file| file.len() == 0);
        let base = options(path, key).read_only(true).immutable(alone).pragma("query_only", "ON");
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            .connect_with(base)
            .await?;
        let store = Self { writer: pool.clone(), readers: pool, path: path.to_owned() };
        if let Err(error) = store.check_schema().await {
            store.close().await;
            return Err(error);
        }
        Ok(store)
    }

    async fn applied(&self) -> Result<Vec<i64>, StoreError> {
        let mut connection = self.writer.acquire().await?;
        let table: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
            .fetch_one(&mut *connection)
            .await?;
        if table == 0 {
            return Ok(Vec::new());
        }
        Ok(sqlx::query_scalar("SELECT version FROM _sqlx_migrations ORDER BY version")
            .fetch_all(&mut *connection)
            .await?)
    }

    async fn check_schema(&self) -> Result<bool, StoreError> {
        let applied = self.applied().await?;
        if applied.iter().any(|version| !MIGRATOR.iter().any(|step| step.version == *version)) {
            return Err(StoreError::NewerSchema);
        }
        Ok(applied.len() == MIGRATOR.iter().count())
    }

    async fn migrate(&self) -> Result<(), StoreError> {
        if self.check_schema().await? {
            return Ok(());
        }
        MIGRATOR.run(&self.writer).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => StoreError::NewerSchema,
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => StoreError::from(error),
            _ => StoreError::NotReadable,
        })
    }

    /// Begins a change: waits for the write lock, so that what is checked inside still holds at the commit.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after 20 s, or what SQLite refuses.
    pub async fn write(&self) -> Result<WriteTransaction, StoreError> {
        match self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(StoreError::from) {
            Err(error) if error != StoreError::Busy => {
                // A disk that ran full in the middle of a commit leaves a connection that no longer knows whether it is in a
                // transaction: it is replaced, and what it had begun is undone by SQLite.
                let _ = self.writer.acquire().await?.close().await;
                Ok(self.writer.begin_with("BEGIN IMMEDIATE").await?)
            }
            begun => begun,
        }
    }

    /// A connection to read from.
    ///
    /// # Errors
    /// What SQLite refuses at opening.
    pub async fn read(&self) -> Result<ReadConnection, StoreError> {
        Ok(self.readers.acquire().await?)
    }

    /// Begins to read: all that is read in it is of one moment, whatever is written meanwhile.
    ///
    /// # Errors
    /// What SQLite refuses.
    pub async fn snapshot(&self) -> Result<WriteTransaction, StoreError> {
        Ok(self.readers.begin().await?)
    }

    /// The writing connection outside a transaction, for the few things that may not be in one.
    ///
    /// # Errors
    /// What SQLite refuses at opening.
    pub async fn writer(&self) -> Result<ReadConnection, StoreError> {
        Ok(self.writer.acquire().await?)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes every connection; the last one folds the log back into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
