//! The guided restore of the window, before anybody has signed in or from an administrator's session: the backups that are
//! there, what is in one, the restore itself with its progress and its way to stop it.
//!
//! Nobody signed in: the credentials in the backup decide, and only this practice's own backup may take its place. Somebody
//! signed in: they must be allowed to manage backups. The demonstration is never restored over, nor from.
//!
//! Not here: the restore itself (`restore`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use domain::role::Permission;

use super::restore::{Credentials, kept_folder, restore_in_place};
use super::settings::{Settings, is_present};
use super::wire::{
    BackupContentView, FoundBackupView, FoundBackupsView, InspectBackupRequest, RestorableUserView,
    RestoreBackupRequest, RestoreCredentials, RestoreProgressView, RestoredView,
};
use crate::backup::{self, EXTENSION, Reading};
use crate::commands::entrance::doorstep::Doorstep;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::vault::{VaultError, VaultFile};

/// Listed of each folder.
const AT_MOST: usize = 50;

/// Where a restore is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Step {
    Reading,
    Opening,
    Checking,
    Moving,
}

/// A restore, or the reading of a backup, under way.
#[derive(Default)]
pub(super) struct Running {
    pub reading: Arc<Reading>,
    step: AtomicU8,
}

impl Running {
    /// Goes on to a step, unless it was stopped before.
    pub fn reach(&self, step: Step) -> Result<(), CommandError> {
        self.reading.check()?;
        self.step.store(step as u8, Ordering::Relaxed);
        Ok(())
    }
}

/// What runs at the doorstep; one at a time.
#[derive(Default)]
pub struct RestoreDesk {
    running: Mutex<Option<Arc<Running>>>,
}

impl RestoreDesk {
    fn begin(&self) -> Result<Turn<'_>, CommandError> {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        if running.is_some() {
            return Err(CommandError::new("busy"));
        }
        let begun = Arc::new(Running::default());
        *running = Some(Arc::clone(&begun));
        Ok(Turn { desk: self, running: begun })
    }

    fn now(&self) -> Option<Arc<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The turn; given back when dropped.
struct Turn<'a> {
    desk: &'a RestoreDesk,
    running: Arc<Running>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        *self.desk.running.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// Whether somebody is signed in, who then must be allowed to.
async fn session(doorstep: &Doorstep, command: &'static str) -> Result<Option<Arc<Desk>>, CommandError> {
    if doorstep.is_demonstration() {
        return Err(CommandError::new("in_demonstration"));
    }
    let Ok(desk) = doorstep.desk() else { return Ok(None) };
    desk.require(Permission::ManageBackups, command).await?;
    Ok(Some(desk))
}

/// What stands where the restored vault shall stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Present {
    None,
    Same,
    Other,
    Unreadable,
}

impl Present {
    fn beside(folder: &Path, backed_up: &VaultFile) -> Self {
        match VaultFile::load(folder) {
            Ok(file) if file.vault() == backed_up.vault() => Self::Same,
            Ok(_) => Self::Other,
            Err(VaultError::Missing) if backup::is_free(folder).is_ok() => Self::None,
            Err(_) => Self::Unreadable,
        }
    }

    fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Same => "same",
            Self::Other => "other",
            Self::Unreadable => "unreadable",
        }
    }

    /// Nobody may put another practice in this one's place from outside.
    fn allowed(self, signed_in: bool) -> Result<Self, CommandError> {
        match self {
            Self::Other if !signed_in => Err(CommandError::field("backup_other_vault", "file")),
            allowed => Ok(allowed),
        }
    }
}

fn view(file: &Path, place: &str) -> Option<FoundBackupView> {
    let manifest = backup::glance(file).ok()?;
    Some(FoundBackupView {
        file: file.to_str()?.to_owned(),
        place: place.to_owned(),
        made_at: manifest.made_at,
        bytes: i64::try_from(fs::metadata(file).ok()?.len()).unwrap_or(i64::MAX),
        entries: manifest.entries,
    })
}

/// The backups of a folder, newest first.
fn listed(folder: &Path, place: &str) -> Vec<FoundBackupView> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let files = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION) && path.is_file());
    let mut found: Vec<FoundBackupView> = files.filter_map(|file| view(&file, place)).collect();
    found.sort_by(|a, b| b.made_at.cmp(&a.made_at).then_with(|| b.file.cmp(&a.file)));
    found.truncate(AT_MOST);
    found
}

/// Vaults that an earlier restore moved aside: their backups went with them.
fn moved_aside(folder: &Path) -> BTreeSet<PathBuf> {
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else { return BTreeSet::new() };
    let prefix = format!("{}-before-restore-", name.to_string_lossy());
    let Ok(entries) = fs::read_dir(parent) else { return BTreeSet::new() };
    let is_one = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(&prefix);
    entries.flatten().filter(is_one).map(|entry| entry.path()).collect()
}

/// The backups that are there: in the vault's own place, in the second one where a session tells which that is, and in vaults
/// that were moved aside. Newest first.
///
/// # Errors
/// `permission_denied`, `in_demonstration`.
pub async fn find_backups(doorstep: &Doorstep, _request: NothingRequest) -> Result<FoundBackupsView, CommandError> {
    let desk = session(doorstep, "find_backups").await?;
    let folder = doorstep.folder();
    let mut backups = listed(&folder.join("backups"), "first");
    if let Some(desk) = &desk {
        let settings = Settings::read(&mut *desk.store().read().await?).await?;
        if let Some(place) = settings.second().filter(|place| is_present(place, desk)) {
            backups.extend(listed(&place, "second"));
        }
    }
    for aside in moved_aside(&folder) {
        backups.extend(listed(&aside.join("backups"), "aside"));
    }
    backups.sort_by(|a, b| b.made_at.cmp(&a.made_at));
    Ok(FoundBackupsView { folder: folder.display().to_string(), backups })
}

/// What is in a backup, after every byte of it was read and compared with its manifest. Nothing is written, nothing is moved.
///
/// # Errors
/// `file_missing`, `not_a_backup`, `newer_version`, `backup_damaged`, `backup_other_vault` where nobody is signed in and another
/// practice's vault stands here, `restore_cancelled`, `busy`, `permission_denied`, `in_demonstration`.
pub async fn inspect_backup(
    doorstep: &Doorstep,
    request: InspectBackupRequest,
) -> Result<BackupContentView, CommandError> {
    let desk = session(doorstep, "inspect_backup").await?;
    let file = chosen(&request.file)?;
    let turn = doorstep.restoring.begin()?;
    let inspected = backup::inspect(&file, Arc::clone(&turn.running.reading)).await.map_err(of_file)?;
    let folder = doorstep.folder();
    let present = Present::beside(&folder, &inspected.vault).allowed(desk.is_some())?;
    let account = &doorstep.around().os_account;
    let manifest = inspected.manifest;
    let size: u64 = manifest.parts.iter().map(|part| part.bytes).sum();
    Ok(BackupContentView {
        file: request.file.trim().to_owned(),
        made_at: manifest.made_at,
        practice: inspected.vault.practice().to_owned(),
        entries: manifest.entries,
        documents: i64::try_from(manifest.parts.len().saturating_sub(2)).unwrap_or(i64::MAX),
        bytes: i64::try_from(size).unwrap_or(i64::MAX),
        users: inspected
            .vault
            .users()
            .into_iter()
            .map(|user| RestorableUserView {
                // Without a device secret the password opens anywhere.
                enrolled_here: user.os_accounts.iter().any(|(name, device)| name == account || !device),
                login: user.login,
                name: user.name,
            })
            .collect(),
        present: present.as_str().to_owned(),
        folder: folder.display().to_string(),
        kept_in: (present != Present::None).then(|| kept_folder(doorstep).display().to_string()),
        erasure_list: [file.parent(), Some(folder.as_path())]
            .into_iter()
            .flatten()
            .any(|folder| folder.join(backup::ERASURE_LIST).is_file()),
    })
}

fn chosen(typed: &str) -> Result<PathBuf, CommandError> {
    // Pasted paths often come quoted.
    let typed = typed.trim().trim_matches('"').trim();
    if typed.is_empty() {
        return Err(CommandError::field("empty", "file"));
    }
    std::path::absolute(typed).map_err(|_| CommandError::field("bad_name", "file"))
}

/// A refusal of the file stands beside the file.
fn of_file(error: backup::BackupError) -> CommandError {
    let refusal = CommandError::from(error);
    match refusal.code.as_str() {
        "file_missing" | "not_a_backup" | "newer_version" | "backup_damaged" | "vault_file_damaged" => {
            CommandError { field: Some("file".to_owned()), ..refusal }
        }
        _ => refusal,
    }
}

/// Restores a backup in the practice's place. What stood there is moved to a folder beside it and kept; whoever was signed in
/// is signed out. Until the backup is unpacked, opened and verified, nothing that is there is touched.
///
/// # Errors
/// As [`inspect_backup`], and `wrong_credentials`, `wait`, `wrong_recovery_key`, `bad_recovery_key`, `user_not_found`,
/// `weak_password`, `not_enrolled_here`, `device_secret_missing`, `keyring_locked`, `disk_full`, `read_only`, `signed_out`.
pub async fn restore_backup(doorstep: &Doorstep, request: RestoreBackupRequest) -> Result<RestoredView, CommandError> {
    let desk = session(doorstep, "restore_backup").await?;
    if let Some(desk) = &desk {
        // The role in the database is the one that counts.
        drop(desk.change(Permission::ManageBackups, "restore_backup").await?);
    }
    let file = chosen(&request.file)?;
    let (login, guess, credentials) = match request.credentials {
        RestoreCredentials::Password { login, password } => {
            (login.clone(), true, Credentials::Password { login, password })
        }
        RestoreCredentials::RecoveryKey { login, recovery_key, clinical_recovery_key, new_password } => {
            let credentials =
                Credentials::RecoveryKey { login: login.clone(), recovery_key, clinical_recovery_key, new_password };
            (login, false, credentials)
        }
    };
    let wait = if guess { doorstep.wait(&login) } else { std::time::Duration::ZERO };
    if !wait.is_zero() {
        return Err(CommandError::new("wait").with("seconds", wait.as_secs() + 1));
    }
    let turn = doorstep.restoring.begin()?;
    let signed_in = desk.is_some();
    // The session ends with the restore: nothing may hold its database open.
    drop(desk);
    let fits = |vault: &VaultFile| Present::beside(&doorstep.folder(), vault).allowed(signed_in).map(|_| ());
    let done = restore_in_place(doorstep, &file, credentials, &turn.running, fits).await;
    match done {
        Err(refusal) if guess && refusal.code == "wrong_credentials" => {
            let wait = doorstep.failed(&login);
            Err(refusal.with("seconds", wait.as_secs()))
        }
        done => done,
    }
}

/// How far the restore has come.
///
/// # Errors
/// None.
pub async fn show_restore_progress(
    doorstep: &Doorstep,
    _request: NothingRequest,
) -> Result<RestoreProgressView, CommandError> {
    let Some(running) = doorstep.restoring.now() else {
        return Ok(RestoreProgressView { step: "none".to_owned(), done: 0, total: 0 });
    };
    let (done, total) = running.reading.so_far();
    let step = match running.step.load(Ordering::Relaxed) {
        step if step == Step::Opening as u8 => "opening",
        step if step == Step::Checking as u8 => "checking",
        step if step == Step::Moving as u8 => "moving",
        _ => "reading",
    };
    let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    Ok(RestoreProgressView { step: step.to_owned(), done: bytes(done), total: bytes(total) })
}

/// Stops what runs, at its next step; once the vault is being moved it is too late. What is there stays as it is.
///
/// # Errors
/// None.
pub async fn cancel_restore(doorstep: &Doorstep, _request: NothingRequest) -> Result<DoneView, CommandError> {
    if let Some(running) = doorstep.restoring.now() {
        running.reading.stop();
    }
    Ok(DoneView::default())
}
