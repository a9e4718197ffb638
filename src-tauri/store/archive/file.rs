//! The archive's file: read as it stands, or written anew beside itself.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection as _};
use zeroize::Zeroizing;

use super::Package;
use crate::store::{Connection, StoreError};
use crate::vault::DatabaseKey;

/// The archive in the vault's folder.
pub const FILE_NAME: &str = "archive.db";
/// The archive while it is being written.
const UNDER_WAY: &str = "archive.db.part";
const LOCK: &str = "archive.lock";
/// The form that is written.
const FORMAT: i64 = 1;
/// How long one waits for somebody else's writing, in steps.
const PATIENCE: (u32, Duration) = (100, Duration::from_millis(100));

/// Who may write the archive, or who wants it to stay as it is for a while.
pub struct Lock {
    _file: File,
}

impl Lock {
    fn file(folder: &Path) -> io::Result<File> {
        OpenOptions::new().create(true).truncate(false).write(true).open(folder.join(LOCK))
    }

    async fn take(folder: &Path, take: fn(&File) -> Result<(), TryLockError>) -> Result<Self, StoreError> {
        let file = Self::file(folder).map_err(|_| StoreError::ReadOnly)?;
        for _ in 0..PATIENCE.0 {
            match take(&file) {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) => tokio::time::sleep(PATIENCE.1).await,
                // A share without locks: one computer alone is at work there.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {
                    return Ok(Self { _file: file });
                }
                Err(TryLockError::Error(_)) => return Err(StoreError::Disk),
            }
        }
        Err(StoreError::Busy)
    }

    /// The right to write.
    ///
    /// # Errors
    /// [`StoreError::Busy`] after ten seconds.
    pub async fn alone(folder: &Path) -> Result<Self, StoreError> {
        Self::take(folder, File::try_lock).await
    }

    /// Nobody writes while it lives.
    ///
    /// # Errors
    /// As [`Lock::alone`].
    pub async fn shared(folder: &Path) -> Result<Self, StoreError> {
        Self::take(folder, File::try_lock_shared).await
    }
}

/// A person in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelved {
    /// The random id under which the database knows them.
    pub erasure_id: String,
    /// UTC instant.
    pub archived_at: String,
    /// The category whose rule decides.
    pub category: String,
    /// The first day on which they may be destroyed.
    pub destroy_on: String,
    /// Names as they are shown.
    pub name: String,
    /// Their names in Arabic.
    pub name_arabic: String,
    /// ISO date, or empty.
    pub born: String,
    /// The words under which they are found.
    pub words: String,
    /// All their rows.
    pub package: Package,
}

/// A person without their rows.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Header {
    /// The random id under which the database knows them.
    pub erasure_id: String,
    /// UTC instant.
    pub archived_at: String,
    /// The category whose rule decides.
    pub category: String,
    /// The first day on which they may be destroyed.
    pub destroy_on: String,
    /// Names as they are shown.
    pub name: String,
    /// Their names in Arabic.
    pub name_arabic: String,
    /// ISO date, or empty.
    pub born: String,
}

const HEADER: &str = "SELECT erasure_id, archived_at, category, destroy_on, name, name_arabic, born FROM person";

fn options(path: &Path, key: &DatabaseKey) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .pragma("key", key.pragma_value().to_string())
        .pragma("cipher_log_level", "NONE")
        .pragma("temp_store", "MEMORY")
}

/// Opens the archive to read it; nothing is written, not even a lock. None where there is no archive.
async fn open(folder: &Path, key: &DatabaseKey) -> Result<Option<Connection>, StoreError> {
    let path = folder.join(FILE_NAME);
    if !path.is_file() {
        return Ok(None);
    }
    let mut connection =
        options(&path, key).read_only(true).immutable(true).pragma("query_only", "ON").connect().await?;
    let format: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
    match format {
        FORMAT => Ok(Some(connection)),
        0 => Err(StoreError::NotReadable),
        _ => Err(StoreError::NewerSchema),
    }
}

/// The ids of everybody in it, with what the database knows of them.
///
/// # Errors
/// [`StoreError::NotReadable`] for a wrong key or a damaged file; what SQLite refuses.
pub async fn list(folder: &Path, key: &DatabaseKey) -> Result<Vec<Header>, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(Vec::new()) };
    let sql = format!("{HEADER} ORDER BY erasure_id");
    let found = sqlx::query_as(AssertSqlSafe(sql)).fetch_all(&mut connection).await;
    connection.close().await?;
    Ok(found?)
}

/// How many are in it.
///
/// # Errors
/// As [`list`].
pub async fn count(folder: &Path, key: &DatabaseKey) -> Result<i64, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(0) };
    let found = sqlx::query_scalar("SELECT count(*) FROM person").fetch_one(&mut connection).await;
    connection.close().await?;
    Ok(found?)
}

/// One person, without their rows.
///
/// # Errors
/// As [`list`].
pub async fn header(folder: &Path, key: &DatabaseKey, erasure_id: &str) -> Result<Option<Header>, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(None) };
    let sql = format!("{HEADER} WHERE erasure_id = ?");
    let found = sqlx::query_as(AssertSqlSafe(sql)).bind(erasure_id).fetch_optional(&mut connection).await;
    connection.close().await?;
    Ok(found?)
}

/// Whose words have each of these beginnings; born on a day, where one is asked for. `limit` at most.
///
/// # Errors
/// As [`list`].
pub async fn find(
    folder: &Path,
    key: &DatabaseKey,
    (beginnings, born): (&[String], Option<&str>),
    limit: i64,
) -> Result<Vec<Header>, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(Vec::new()) };
    let sql = format!(
        "{HEADER} WHERE NOT EXISTS (SELECT 1 FROM json_each(?1) b WHERE instr(' ' || person.words, ' ' || b.value) = 0)
           AND (?2 IS NULL OR born = ?2) ORDER BY name, erasure_id LIMIT ?3"
    );
    let found = sqlx::query_as(AssertSqlSafe(sql))
        .bind(crate::store::row::json_ids(beginnings))
        .bind(born)
        .bind(limit)
        .fetch_all(&mut connection)
        .await;
    connection.close().await?;
    Ok(found?)
}

/// One person with all their rows.
///
/// # Errors
/// As [`list`]; [`StoreError::BadValue`] where the rows are not of their form.
pub async fn one(folder: &Path, key: &DatabaseKey, erasure_id: &str) -> Result<Option<Package>, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(None) };
    let body: Result<Option<String>, _> = sqlx::query_scalar("SELECT package FROM person WHERE erasure_id = ?")
        .bind(erasure_id)
        .fetch_optional(&mut connection)
        .await;
    connection.close().await?;
    body?.map(|body| serde_json::from_str(&body).map_err(|_| StoreError::BadValue)).transpose()
}

/// What SQLCipher and SQLite say of every page: empty when all is well.
///
/// # Errors
/// As [`list`].
pub async fn missing_pages(folder: &Path, key: &DatabaseKey) -> Result<Vec<String>, StoreError> {
    let Some(mut connection) = open(folder, key).await? else { return Ok(Vec::new()) };
    let faults = crate::store::journal::check_pages(&mut connection).await;
    connection.close().await?;
    faults
}

/// Removes what a killed writing left. For whoever holds the lock.
pub fn sweep(folder: &Path) {
    for name in [UNDER_WAY.to_owned(), format!("{UNDER_WAY}-journal"), format!("{UNDER_WAY}-wal")] {
        // What is not there need not be removed; what cannot be, is found by the next writing.
        let _ = fs::remove_file(folder.join(name));
    }
}

/// Writes the archive anew: without those who are `removed` or added again, with those who are `added`, under `new`. The file
/// takes its name when it is whole and on the disk; until then the old one stays. What was removed stands on no page of it.
///
/// # Errors
/// [`StoreError::DiskFull`], [`StoreError::NotReadable`] for a wrong key; then nothing is left behind.
pub async fn rewrite(
    folder: &Path,
    _lock: &Lock,
    (old, new): (&DatabaseKey, &DatabaseKey),
    removed: &[String],
    added: &[Shelved],
) -> Result<(), StoreError> {
    sweep(folder);
    let (path, under_way) = (folder.join(FILE_NAME), folder.join(UNDER_WAY));
    let written = write(&path, &under_way, (old, new), removed, added).await;
    let landed = written.and_then(|()| land(folder, &under_way, &path).map_err(|error| disk(&error)));
    if landed.is_err() {
        sweep(folder);
    }
    landed
}

fn disk(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::DiskFull,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Disk,
    }
}

fn land(folder: &Path, under_way: &PathBuf, path: &PathBuf) -> io::Result<()> {
    OpenOptions::new().write(true).open(under_way)?.sync_all()?;
    fs::rename(under_way, path)?;
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

async fn write(
    path: &Path,
    under_way: &Path,
    (old, new): (&DatabaseKey, &DatabaseKey),
    removed: &[String],
    added: &[Shelved],
) -> Result<(), StoreError> {
    let mut connection = options(under_way, new).create_if_missing(true).connect().await?;
    let filled = fill(&mut connection, path, old, removed, added).await;
    connection.close().await?;
    filled
}

async fn fill(
    connection: &mut Connection,
    path: &Path,
    old: &DatabaseKey,
    removed: &[String],
    added: &[Shelved],
) -> Result<(), StoreError> {
    sqlx::raw_sql(
        "CREATE TABLE person (
             erasure_id  TEXT NOT NULL PRIMARY KEY,
             archived_at TEXT NOT NULL,
             category    TEXT NOT NULL,
             destroy_on  TEXT NOT NULL,
             name        TEXT NOT NULL,
             name_arabic TEXT NOT NULL,
             born        TEXT NOT NULL,
             words       TEXT NOT NULL,
             package     TEXT NOT NULL CHECK (json_valid(package))
         ) STRICT",
    )
    .execute(&mut *connection)
    .await?;
    let gone: Vec<&str> =
        removed.iter().map(String::as_str).chain(added.iter().map(|one| one.erasure_id.as_str())).collect();
    if path.is_file() {
        let name = path.to_str().ok_or(StoreError::Disk)?.replace('\'', "''");
        let value = old.pragma_value();
        let attach = Zeroizing::new(format!("ATTACH DATABASE '{name}' AS old KEY {}", value.as_str()));
        sqlx::raw_sql(AssertSqlSafe(attach.as_str().to_owned())).execute(&mut *connection).await?;
        sqlx::query(
            "INSERT INTO main.person SELECT * FROM old.person
              WHERE erasure_id NOT IN (SELECT value FROM json_each(?)) ORDER BY erasure_id",
        )
        .bind(crate::store::row::json_ids(&gone))
        .execute(&mut *connection)
        .await?;
        sqlx::raw_sql("DETACH DATABASE old").execute(&mut *connection).await?;
    }
    let mut tx = connection.begin().await?;
    for one in added {
        sqlx::query("INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)")
            .bind(&one.erasure_id)
            .bind(&one.archived_at)
            .bind(&one.category)
            .bind(&one.destroy_on)
            .bind(&one.name)
            .bind(&one.name_arabic)
            .bind(&one.born)
            .bind(&one.words)
            .bind(serde_json::to_string(&one.package).map_err(|_| StoreError::BadValue)?)
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {FORMAT}"))).execute(connection).await?;
    Ok(())
}
