//! The restore drill: a backup is restored into a folder that vanishes, opened with this session's key, verified and
//! compared with the practice as it is now. The practice itself is not touched.

use std::path::{Path, PathBuf};

use domain::role::Permission;

use super::wire::{DrillView, RestoreDrillRequest};
use super::{first_place, key_of, places};
use crate::backup::{self, BackupError};
use crate::commands::retention::archive_fault;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Store};
use crate::vault::DatabaseKey;

/// Restores a backup for a trial: the newest verified one that is still there, or a file.
///
/// # Errors
/// `permission_denied`, `no_backup`, `file_missing`, `backup_damaged`, `backup_other_vault`, `backup_other_key`,
/// `disk_full`.
pub async fn restore_drill(desk: &Desk, request: RestoreDrillRequest) -> Result<DrillView, CommandError> {
    desk.require(Permission::ManageBackups, "restore_drill").await?;
    let file = match request.file.as_deref().map(str::trim).filter(|file| !file.is_empty()) {
        Some(file) => PathBuf::from(file),
        None => places::tries(desk)
            .await?
            .into_iter()
            .filter(|row| row.outcome == "verified")
            .map(|row| PathBuf::from(row.file))
            .find(|file| file.is_file())
            .ok_or_else(|| CommandError::new("no_backup"))?,
    };
    let key = key_of(desk).await?;
    let place = first_place(desk);
    std::fs::create_dir_all(&place).map_err(BackupError::from)?;
    let prepared = backup::prepare(&file, &place).await?;
    if prepared.manifest().vault != desk.vault_id {
        return Err(BackupError::OtherVault.into());
    }
    let verified = prepared.check(&key).await?;
    check_archive(desk, &prepared.folder(), &key).await?;
    let beside = file.parent().map(PathBuf::from).unwrap_or_default();
    let erased = prepared.take_erasures(&[beside.as_path(), desk.folder()])?;

    let head = &verified.manifest.head;
    let mut connection = desk.store().read().await?;
    let now = store::journal::head(&mut connection).await?.map_or(0, |(sequence, _)| sequence);
    let ours = match store::journal::entry(&mut connection, head.sequence).await? {
        Some(entry) => entry.hash.iter().map(|byte| format!("{byte:02x}")).collect::<String>() == head.hash,
        None => head.sequence == 0,
    };
    let entries_since = (now - head.sequence).max(0);
    // Where nothing happened since, the restored practice must be the present one, person by person.
    let counts = store::upkeep::counts(&mut connection).await?;
    let same = entries_since > 0 || counts == (verified.patients, verified.appointments);
    Ok(DrillView {
        file: file.display().to_string(),
        made_at: verified.manifest.made_at.clone(),
        entries: verified.manifest.entries,
        patients: verified.patients,
        appointments: verified.appointments,
        verified: ours && same,
        entries_since,
        erasure_list_missing: erased.is_none(),
    })
}

/// The restored archive, opened with the restored key, as far as this session can.
async fn check_archive(desk: &Desk, folder: &Path, key: &DatabaseKey) -> Result<(), CommandError> {
    let restored = Store::open_read_only(&folder.join(store::FILE_NAME), key).await?;
    let found = async {
        let mut connection = restored.read().await?;
        let unlocked = desk.unlocked.lock().await;
        archive_fault(&mut connection, folder, desk.vault_id, unlocked.clinical.as_ref()).await
    }
    .await;
    restored.close().await;
    match found? {
        None => Ok(()),
        Some(_) => Err(BackupError::Damaged("archive").into()),
    }
}
