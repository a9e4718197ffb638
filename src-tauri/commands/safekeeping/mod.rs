//! Safekeeping: backups by hand and automatic, their places and rotation, the restore drill, the restore itself and
//! the guided way to it.
//!
//! Not here: the form of a backup, its verification (room `backup`).

mod automatic;
mod drill;
mod erased;
mod guided;
mod places;
mod restore;
mod settings;
pub mod wire;

pub use automatic::automatic;
pub use drill::restore_drill;
pub use guided::{RestoreDesk, cancel_restore, find_backups, inspect_backup, restore_backup, show_restore_progress};
pub use restore::{Credentials, restore_from_file, restore_with};
pub use settings::set_backups;

pub(crate) use erased::honour_erasures;
pub(in crate::commands) use erased::note_erased;

use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use domain::role::Permission;

use super::clock::instant_text;
use super::wire::NothingRequest;
use super::{CommandError, Desk};
use crate::backup::{BackupError, Source};
use crate::journal::ChangeRecord;
use crate::store;
use crate::vault::DatabaseKey;
use settings::Settings;
use wire::{BackUpRequest, BackedUpView, BackupView, BackupsView};

impl From<BackupError> for CommandError {
    fn from(error: BackupError) -> Self {
        match error {
            BackupError::FileExists => Self::new("file_exists"),
            BackupError::FileMissing => Self::new("file_missing"),
            BackupError::FolderMissing => Self::new("folder_missing"),
            BackupError::VaultExists => Self::new("vault_exists"),
            BackupError::NotEmpty => Self::new("folder_not_empty"),
            BackupError::DiskFull => Self::new("disk_full"),
            BackupError::ReadOnly => Self::new("read_only"),
            BackupError::Disk(_) => Self::new("disk_error"),
            BackupError::NotABackup => Self::new("not_a_backup"),
            BackupError::NewerFormat => Self::new("newer_version"),
            BackupError::Damaged(part) => Self::new("backup_damaged").with("part", part),
            BackupError::Chain { sequence, kind } => {
                let refusal = Self::new("backup_damaged").with("part", "journal").with("fault", kind.as_str());
                match sequence {
                    Some(sequence) => refusal.with("entry", sequence),
                    None => refusal,
                }
            }
            BackupError::OtherVault => Self::new("backup_other_vault"),
            BackupError::OtherKey => Self::new("backup_other_key"),
            BackupError::ChangedMeanwhile => Self::new("changed_meanwhile"),
            BackupError::Store(error) => error.into(),
            BackupError::Journal(error) => error.into(),
            BackupError::Vault(error) => error.into(),
            BackupError::Cancelled => Self::new("restore_cancelled"),
            BackupError::Interrupted => Self::new("interrupted"),
        }
    }
}

/// The folder of the first place.
pub(crate) fn first_place(desk: &Desk) -> PathBuf {
    desk.folder().join("backups")
}

/// A copy of the session's key for the time of a backup: holding the session itself would keep password changes waiting.
async fn key_of(desk: &Desk) -> Result<DatabaseKey, CommandError> {
    let unlocked = desk.unlocked.lock().await;
    DatabaseKey::from_bytes(unlocked.database.expose()).map_err(|_| CommandError::new("signed_out"))
}

/// Backups, newest first, and where they go.
///
/// # Errors
/// `permission_denied`.
pub async fn list_backups(desk: &Desk, _request: NothingRequest) -> Result<BackupsView, CommandError> {
    let mut connection = desk.read(Permission::ManageBackups, "list_backups").await?;
    let settings = Settings::read(&mut connection).await?;
    let rows = store::upkeep::backups(&mut connection, 1_000).await?;
    let long_ago = instant_text(desk.now() - TimeDelta::hours(2 * settings.every_hours));
    let created = store::practice::practice(&mut connection).await?.created_at;
    let newest = rows.iter().filter(|row| row.outcome == "verified").map(|row| row.at.as_str()).max();
    // A practice that is new is given the same time to its first backup.
    let overdue = newest.unwrap_or(&created) < long_ago.as_str();
    let view = |row: store::upkeep::BackupRow| BackupView {
        at: row.at,
        place: row.place,
        file: row.file,
        bytes: row.bytes,
        entries: row.entries,
        verified: row.outcome == "verified",
        code: row.code,
    };
    Ok(BackupsView {
        second_place: settings.second_place,
        every_hours: settings.every_hours,
        keep: settings.keep,
        backups: rows.into_iter().take(100).map(view).collect(),
        overdue,
    })
}

/// Backs up now: to the usual places, or to one file. Each backup is opened and verified before it gets its name. A second
/// place that fails is a warning.
///
/// # Errors
/// `permission_denied`, `busy` while another backup runs, `file_exists`, `folder_missing`, `inside_vault`, `disk_full`,
/// `read_only`, `vault_damaged`, `backup_damaged` where the vault's own journal is wrong.
pub async fn back_up(desk: &Desk, request: BackUpRequest) -> Result<BackedUpView, CommandError> {
    desk.require(Permission::ManageBackups, "back_up").await?;
    let key = key_of(desk).await?;
    let view = match request.file.as_deref().map(str::trim) {
        Some("") => return Err(CommandError::field("file_missing", "file")),
        Some(file) => to_one_file(desk, &key, Path::new(file)).await?,
        None => {
            let settings = Settings::read(&mut *desk.store().read().await?).await?;
            let _turn = places::Turn::take(desk)?.ok_or_else(|| CommandError::new("busy"))?;
            places::to_all(desk, &key, &settings).await?
        }
    };
    let mut change = desk.change(Permission::ManageBackups, "back_up").await?;
    let id = desk.premises().practice_id.to_string();
    let what = serde_json::json!({ "file": view.file, "entries": view.entries, "warnings": view.warnings });
    change.record("backups", &id, None, &ChangeRecord::created("backup", &what)).await?;
    change.commit().await?;
    desk.anchor().await;
    Ok(view)
}

/// Backs up to one file, for the command line: as [`back_up`].
///
/// # Errors
/// As [`back_up`].
pub async fn backup_to_file(desk: &Desk, file: &Path) -> Result<BackedUpView, CommandError> {
    let file = file.to_str().ok_or_else(|| CommandError::field("bad_name", "file"))?;
    back_up(desk, BackUpRequest { file: Some(file.to_owned()) }).await
}

async fn to_one_file(desk: &Desk, key: &DatabaseKey, file: &Path) -> Result<BackedUpView, CommandError> {
    let file = std::path::absolute(file).map_err(|_| CommandError::field("bad_name", "file"))?;
    let folder = file.parent().ok_or_else(|| CommandError::field("bad_name", "file"))?;
    let folder = folder.canonicalize().map_err(|_| CommandError::field("folder_missing", "file"))?;
    // Beside the database a backup would go with it; only the vault's own place of backups is meant for it.
    if settings::is_inside(&folder, desk.folder()) && !settings::is_inside(&folder, &first_place(desk)) {
        return Err(CommandError::field("inside_vault", "file"));
    }
    let at = instant_text(desk.now());
    let scratch = first_place(desk);
    let written = places::written(desk, "file", &at, &file, async {
        let source = source(desk, key, &scratch, &at)?;
        crate::backup::write(&source, &file).await
    })
    .await?;
    let file = file.display().to_string();
    Ok(BackedUpView { file, entries: written.entries, verified: true, warnings: Vec::new() })
}

/// What is backed up, from a desk.
fn source<'a>(
    desk: &'a Desk,
    key: &'a DatabaseKey,
    scratch: &'a Path,
    made_at: &'a str,
) -> Result<Source<'a>, BackupError> {
    if !scratch.is_dir() {
        // The folder of the first place may have been removed by hand.
        std::fs::create_dir_all(scratch)?;
    }
    Ok(Source { folder: desk.folder(), vault: desk.vault_id, key, scratch, made_at })
}
