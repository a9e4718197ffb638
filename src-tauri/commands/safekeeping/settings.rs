//! Where backups go, how often, how many are kept.

use std::path::{Path, PathBuf};

use domain::role::Permission;
use serde::{Deserialize, Serialize};

use super::wire::SetBackupsRequest;
use crate::backup;
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::{self, Connection};

/// The setting's name.
const NAME: &str = "backups";
/// Put into the second place, so that an unplugged disk's empty mount point is not taken for it.
const MARK: &str = ".semainier-place";

/// Where backups go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Settings {
    /// The second place; empty: none.
    pub second_place: String,
    /// Hours between automatic backups.
    pub every_hours: i64,
    /// How many are kept a place.
    pub keep: i64,
}

impl Default for Settings {
    fn default() -> Self {
        Self { second_place: String::new(), every_hours: 24, keep: 14 }
    }
}

impl Settings {
    pub async fn read(connection: &mut Connection) -> Result<Self, CommandError> {
        let value = store::practice::setting(connection, NAME).await?;
        Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
    }

    /// The second place, where one is set.
    pub fn second(&self) -> Option<PathBuf> {
        (!self.second_place.is_empty()).then(|| PathBuf::from(&self.second_place))
    }
}

/// What others may know of where backups go.
pub(in crate::commands) struct Arrangement {
    /// Whether a second place is set.
    pub second_place: bool,
    /// How many are kept a place.
    pub keep: i64,
}

/// How backups are arranged.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn arrangement(connection: &mut Connection) -> Result<Arrangement, CommandError> {
    let settings = Settings::read(connection).await?;
    Ok(Arrangement { second_place: settings.second().is_some(), keep: settings.keep })
}

/// Whether the second place is there, and not merely a folder of that name.
pub(super) fn is_present(place: &Path, desk: &Desk) -> bool {
    std::fs::read_to_string(place.join(MARK)).is_ok_and(|mark| mark.trim() == desk.vault_id.to_string())
}

/// Whether a folder is another or lies inside it; both as the disk names them.
pub(super) fn is_inside(folder: &Path, other: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    real(folder).starts_with(real(other))
}

/// Sets where backups go. The second place must exist, be writable and lie outside the vault.
///
/// # Errors
/// `folder_missing`, `inside_vault`, `read_only`, `disk_full`, `out_of_range`, `permission_denied`.
pub async fn set_backups(desk: &Desk, request: SetBackupsRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ManageBackups, "set_backups").await?;
    if !(1..=168).contains(&request.every_hours) {
        return Err(CommandError::field("out_of_range", "every_hours"));
    }
    if !(2..=365).contains(&request.keep) {
        return Err(CommandError::field("out_of_range", "keep"));
    }
    let second_place = match request.second_place.trim() {
        "" => String::new(),
        typed => prepare_second(desk, Path::new(typed))
            .map_err(|refusal| CommandError { field: Some("second_place".to_owned()), ..refusal })?,
    };
    let mut change = desk.change(Permission::ManageBackups, "set_backups").await?;
    let before = Settings::read(change.connection()).await?;
    let after = Settings { second_place, every_hours: request.every_hours, keep: request.keep };
    let value = serde_json::to_value(&after).map_err(|_| CommandError::new("bad_request"))?;
    store::practice::save_setting(change.connection(), NAME, &value).await?;
    let id = desk.premises().practice_id.to_string();
    change.record("backups", &id, None, &ChangeRecord::updated("backups", &before, &after)).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Checks the second place and marks it as ours.
fn prepare_second(desk: &Desk, place: &Path) -> Result<String, CommandError> {
    if !place.is_absolute() || !place.is_dir() {
        return Err(CommandError::new("folder_missing"));
    }
    let place = place.canonicalize().map_err(|_| CommandError::new("folder_missing"))?;
    if is_inside(&place, desk.folder()) {
        return Err(CommandError::new("inside_vault"));
    }
    let name = place.to_str().ok_or_else(|| CommandError::new("bad_name"))?.to_owned();
    // Only a real write tells whether it can be written.
    let refused = |error: std::io::Error| CommandError::from(backup::BackupError::from(error));
    std::fs::write(place.join(MARK), format!("{}\n", desk.vault_id)).map_err(refused)?;
    let known = backup::read_erasures(desk.folder())?.unwrap_or_default();
    backup::add_erasures(&place, &known)?;
    Ok(name)
}
