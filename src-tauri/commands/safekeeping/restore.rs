//! The restore: a backup becomes a vault again, opened with its own keys before it is put in its place.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::id::UserId;
use domain::role::Permission;

use super::erased::erase;
use super::guided::{Running, Step};
use super::wire::{BackedUpView, RestoredView};
use crate::backup::{self, BackupError, Existing, Prepared};
use crate::commands::CommandError;
use crate::commands::access::good_password;
use crate::commands::clock::instant_text;
use crate::commands::entrance::doorstep::Doorstep;
use crate::commands::entrance::sign_in::{leave, typed_key};
use crate::commands::entrance::wire::SignInRequest;
use crate::journal::verify::Anchor;
use crate::journal::{self, Author};
use crate::store::{self, FILE_NAME, Store};
use crate::vault::{DatabaseKey, Here, Password, RecoveryKind, VaultError, VaultFile};

/// What opens the restored vault. Passwords and keys are those of the day of the backup.
pub enum Credentials {
    /// Login and password, on a computer account that was enrolled.
    Password {
        /// Login.
        login: String,
        /// Password.
        password: String,
    },
    /// The recovery key, on any computer: sets a new password and enrols this computer account.
    RecoveryKey {
        /// Whose access.
        login: String,
        /// The key as typed.
        recovery_key: String,
        /// The clinical recovery key as typed; empty: none.
        clinical_recovery_key: String,
        /// The new password.
        new_password: String,
    },
    /// Nothing at hand: the files are checked and put in place, the database is not opened.
    None,
}

/// Restores a backup into a folder that is empty or not there yet, for the command line. The vault is opened and verified
/// before it is put in its place. Where this computer cannot open it (another machine), it is put there unopened, with
/// `verified: false` and the reason among the warnings: `recover` opens it then.
///
/// Warnings: `erasure_list_missing`; `not_opened`, `not_enrolled_here`, `device_secret_missing`, `keyring_missing`,
/// `keyring_locked`, `keyring_failed`.
///
/// # Errors
/// `vault_exists`, `folder_not_empty`, `file_missing`, `not_a_backup`, `newer_version`, `backup_damaged`,
/// `wrong_credentials`, `permission_denied`, `disk_full`, `read_only`. Nothing is left behind then.
pub async fn restore_from_file(
    doorstep: &Doorstep,
    file: &Path,
    to: &Path,
    request: SignInRequest,
) -> Result<BackedUpView, CommandError> {
    let credentials = Credentials::Password { login: request.login, password: request.password };
    restore_with(doorstep, file, to, credentials).await
}

/// As [`restore_from_file`], with whatever credentials are at hand.
///
/// # Errors
/// As [`restore_from_file`], and `wrong_recovery_key`, `bad_recovery_key`, `user_not_found`, `weak_password`.
pub async fn restore_with(
    doorstep: &Doorstep,
    file: &Path,
    to: &Path,
    credentials: Credentials,
) -> Result<BackedUpView, CommandError> {
    let way = Way { to, existing: Existing::Refuse, must_open: false };
    let done = restore(doorstep, file, credentials, &way, &Running::default(), |_| Ok(())).await?;
    Ok(BackedUpView { file: done.folder, entries: done.entries, verified: done.verified, warnings: done.warnings })
}

/// Where the vault that is there would be moved and kept.
pub(super) fn kept_folder(doorstep: &Doorstep) -> PathBuf {
    let folder = doorstep.folder();
    let name = folder.file_name().map_or_else(|| "practice".into(), |name| name.to_string_lossy().into_owned());
    let at = doorstep.around().clock.now().format("%Y%m%dT%H%M%SZ");
    let stem = format!("{name}-before-restore-{at}");
    let more = (2..1_000).map(|number| folder.with_file_name(format!("{stem}-{number}")));
    std::iter::once(folder.with_file_name(&stem)).chain(more).find(|path| !path.exists()).unwrap_or(folder)
}

/// Restores a backup in the place of the practice's vault, for the window: whoever is signed in is signed out, what was there is
/// moved to `<folder>-before-restore-<time>` and kept. A backup that this computer cannot open with these credentials is
/// refused: a vault that nobody opened yet takes nobody's place. `fits` says whether it may stand here.
///
/// # Errors
/// As [`restore_with`], what keeps this computer from opening it (`not_enrolled_here` …), and `restore_cancelled`. Then what was
/// there stays in its place.
pub(super) async fn restore_in_place(
    doorstep: &Doorstep,
    file: &Path,
    credentials: Credentials,
    running: &Running,
    fits: impl Fn(&VaultFile) -> Result<(), CommandError>,
) -> Result<RestoredView, CommandError> {
    let folder = doorstep.folder();
    let existing = match backup::is_free(&folder) {
        Ok(()) => Existing::Refuse,
        Err(_) => Existing::MoveTo(kept_folder(doorstep)),
    };
    restore(doorstep, file, credentials, &Way { to: &folder, existing, must_open: true }, running, fits).await
}

/// Where a restored vault goes.
struct Way<'a> {
    to: &'a Path,
    existing: Existing,
    /// Refused where this computer cannot open it, instead of put there unopened.
    must_open: bool,
}

/// Who opened a restored vault, and its key.
struct Opened {
    user: UserId,
    key: DatabaseKey,
}

async fn restore(
    doorstep: &Doorstep,
    file: &Path,
    credentials: Credentials,
    way: &Way<'_>,
    running: &Running,
    fits: impl Fn(&VaultFile) -> Result<(), CommandError>,
) -> Result<RestoredView, CommandError> {
    let to = std::path::absolute(way.to).map_err(|_| CommandError::field("bad_name", "to"))?;
    let place = to.parent().ok_or_else(|| CommandError::field("bad_name", "to"))?;
    if way.existing == Existing::Refuse {
        backup::is_free(&to)?;
    }
    std::fs::create_dir_all(place).map_err(BackupError::from)?;
    running.reach(Step::Reading)?;
    let prepared = backup::prepare_watched(file, place, Arc::clone(&running.reading)).await?;
    fits(prepared.vault_file())?;
    let mut warnings = Vec::new();
    let beside = std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned));
    let current = doorstep.folder();
    let lists: Vec<&Path> =
        [beside.as_deref(), Some(current.as_path()), Some(to.as_path())].into_iter().flatten().collect();
    let listed = prepared.take_erasures(&lists)?;
    if listed.is_none() {
        warnings.push("erasure_list_missing".to_owned());
    }
    let around = doorstep.around();
    running.reach(Step::Opening)?;
    let opened = match open(&prepared, credentials, &doorstep.here()).await {
        Ok(opened) => Some(opened),
        Err(refusal) if !way.must_open && UNOPENED.contains(&refusal.code.as_str()) => {
            warnings.push(refusal.code);
            None
        }
        Err(refusal) => return Err(refusal),
    };
    let manifest = prepared.manifest().clone();
    let mut settled = Settled::default();
    if let Some(opened) = &opened {
        running.reach(Step::Checking)?;
        prepared.check(&opened.key).await?;
        let store = Store::open(&prepared.folder().join(FILE_NAME), &opened.key).await?;
        let at = instant_text(around.clock.now());
        let user = opened.user.to_string();
        let author = Author { at: &at, user_id: &user, workstation: &around.workstation, command: "erase_listed" };
        let done = settle(&store, opened.user, &manifest, &author, &listed.unwrap_or_default()).await;
        store.close().await;
        settled = done?;
    }
    let practice = prepared.vault_file().practice().to_owned();
    running.reach(Step::Moving)?;
    let mut kept_in = None;
    if let Existing::MoveTo(aside) = &way.existing {
        leave(doorstep, doorstep.seat(None), "signed_out").await;
        kept_in = Some(aside.display().to_string());
    }
    prepared.land(&to, &way.existing)?;
    if let (Some(opened), Some(anchor)) = (&opened, settled.head) {
        // Somebody with the keys decided that the practice goes on from here: its anchor starts here too.
        journal::anchor::write(around.keyring.as_ref(), manifest.vault, &to, &opened.key, &anchor);
    }
    Ok(RestoredView {
        practice,
        folder: to.display().to_string(),
        kept_in,
        made_at: manifest.made_at,
        entries: manifest.entries,
        verified: opened.is_some(),
        erased: settled.erased,
        warnings,
    })
}

/// What keeps this computer, not this person, from opening the vault.
const UNOPENED: &[&str] = &[
    "not_opened",
    "not_enrolled_here",
    "device_secret_missing",
    "keyring_missing",
    "keyring_locked",
    "keyring_failed",
];

/// The database key of the unpacked vault.
async fn open(prepared: &Prepared, credentials: Credentials, here: &Here<'_>) -> Result<Opened, CommandError> {
    let folder = prepared.folder();
    let unlocked = match credentials {
        Credentials::None => return Err(CommandError::new("not_opened")),
        Credentials::Password { login, password } => {
            let password = Password::new(password);
            tokio::task::block_in_place(|| prepared.vault_file().sign_in(&login, &password, here)).map_err(|error| {
                match error {
                    VaultError::WrongCredentials => CommandError::field("wrong_credentials", "password"),
                    other => other.into(),
                }
            })?
        }
        Credentials::RecoveryKey { login, recovery_key, clinical_recovery_key, new_password } => {
            let key = typed_key(RecoveryKind::Database, &recovery_key, "recovery_key")?;
            let clinical = match clinical_recovery_key.trim() {
                "" => None,
                typed => Some(typed_key(RecoveryKind::Clinical, typed, "clinical_recovery_key")?),
            };
            let mut file = VaultFile::load(&folder)?;
            let practice = file.practice().to_owned();
            let password = good_password(new_password, &[&login, &practice], "new_password")?;
            let recovered =
                tokio::task::block_in_place(|| file.recover(&key, clinical.as_ref(), &login, &password, here))
                    .map_err(|error| match error {
                        VaultError::UnknownUser => CommandError::field("user_not_found", "login"),
                        VaultError::WrongRecoveryKey => CommandError::field("wrong_recovery_key", "recovery_key"),
                        other => other.into(),
                    })?;
            file.save(&folder)?;
            recovered.unlocked
        }
    };
    Ok(Opened { user: UserId::new(unlocked.user), key: unlocked.database })
}

/// What was done in the restored database.
#[derive(Default)]
struct Settled {
    head: Option<Anchor>,
    erased: i64,
}

/// Asks the database whether this user may restore, erases who stands on the list, and gives the journal's head.
async fn settle(
    store: &Store,
    user: UserId,
    manifest: &backup::Manifest,
    author: &Author<'_>,
    erased: &std::collections::BTreeSet<String>,
) -> Result<Settled, CommandError> {
    let standing = store::access::standing(&mut *store.read().await?, user).await?;
    match standing {
        Some(standing) if standing.disabled => return Err(CommandError::new("signed_out")),
        Some(standing) if standing.roles.may(Permission::ManageBackups) => {}
        _ => {
            let permission = Permission::ManageBackups.as_str();
            return Err(CommandError::new("permission_denied").with("permission", permission));
        }
    }
    let erased = erase(store, manifest.vault, author, erased).await?;
    let head = store::journal::head(&mut *store.read().await?).await?;
    Ok(Settled { head: head.map(|(sequence, hash)| Anchor { sequence, hash }), erased })
}
