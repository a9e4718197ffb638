//! The restore: a backup becomes a vault again, opened with its own keys before it is put in its place.

use std::path::Path;

use domain::id::UserId;
use domain::role::Permission;

use super::erased::erase;
use super::wire::BackedUpView;
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
    restore(doorstep, file, to, credentials, &Existing::Refuse).await
}

/// Restores a backup in the place of the practice's vault, for the window: whoever is signed in is signed out, what was there is
/// moved to `<folder>-before-restore-<time>` and kept.
///
/// # Errors
/// As [`restore_with`]. Then what was there stays in its place.
pub async fn restore_over(
    doorstep: &Doorstep,
    file: &Path,
    credentials: Credentials,
) -> Result<BackedUpView, CommandError> {
    let folder = doorstep.folder();
    // Read first: the file may lie in the vault that is about to be moved, and the session need not end for a bad file.
    let name = folder.file_name().ok_or_else(|| CommandError::new("folder_missing"))?.to_string_lossy().into_owned();
    let at = doorstep.around().clock.now().format("%Y%m%dT%H%M%SZ");
    let aside = folder.with_file_name(format!("{name}-before-restore-{at}"));
    restore(doorstep, file, &folder, credentials, &Existing::MoveTo(aside)).await
}

/// Who opened a restored vault, and its key.
struct Opened {
    user: UserId,
    key: DatabaseKey,
}

async fn restore(
    doorstep: &Doorstep,
    file: &Path,
    to: &Path,
    credentials: Credentials,
    existing: &Existing,
) -> Result<BackedUpView, CommandError> {
    let to = std::path::absolute(to).map_err(|_| CommandError::field("bad_name", "to"))?;
    let place = to.parent().ok_or_else(|| CommandError::field("bad_name", "to"))?;
    if *existing == Existing::Refuse {
        backup::is_free(&to)?;
    }
    std::fs::create_dir_all(place).map_err(BackupError::from)?;
    let prepared = backup::prepare(file, place).await?;
    let mut warnings = Vec::new();
    let beside = std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned));
    let current = doorstep.folder();
    let lists: Vec<&Path> =
        [beside.as_deref(), Some(current.as_path()), Some(to.as_path())].into_iter().flatten().collect();
    let erased = prepared.take_erasures(&lists)?;
    if erased.is_none() {
        warnings.push("erasure_list_missing".to_owned());
    }
    let around = doorstep.around();
    let opened = match open(&prepared, credentials, &doorstep.here()).await {
        Ok(opened) => Some(opened),
        Err(refusal) if UNOPENED.contains(&refusal.code.as_str()) => {
            warnings.push(refusal.code);
            None
        }
        Err(refusal) => return Err(refusal),
    };
    let manifest = prepared.manifest().clone();
    let mut head = None;
    if let Some(opened) = &opened {
        prepared.check(&opened.key).await?;
        let store = Store::open(&prepared.folder().join(FILE_NAME), &opened.key).await?;
        let at = instant_text(around.clock.now());
        let user = opened.user.to_string();
        let author = Author { at: &at, user_id: &user, workstation: &around.workstation, command: "erase_listed" };
        let settled = settle(&store, opened.user, &manifest, &author, &erased.unwrap_or_default()).await;
        store.close().await;
        head = settled?;
    }
    if let Existing::MoveTo(_) = existing {
        leave(doorstep, doorstep.seat(None), "signed_out").await;
    }
    prepared.land(&to, existing)?;
    if let (Some(opened), Some(anchor)) = (&opened, head) {
        // Somebody with the keys decided that the practice goes on from here: its anchor starts here too.
        journal::anchor::write(around.keyring.as_ref(), manifest.vault, &to, &opened.key, &anchor);
    }
    let file = to.display().to_string();
    Ok(BackedUpView { file, entries: manifest.entries, verified: opened.is_some(), warnings })
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

/// Asks the database whether this user may restore, erases who stands on the list, and gives the journal's head.
async fn settle(
    store: &Store,
    user: UserId,
    manifest: &backup::Manifest,
    author: &Author<'_>,
    erased: &std::collections::BTreeSet<String>,
) -> Result<Option<Anchor>, CommandError> {
    let standing = store::access::standing(&mut *store.read().await?, user).await?;
    match standing {
        Some(standing) if standing.disabled => return Err(CommandError::new("signed_out")),
        Some(standing) if standing.roles.may(Permission::ManageBackups) => {}
        _ => {
            let permission = Permission::ManageBackups.as_str();
            return Err(CommandError::new("permission_denied").with("permission", permission));
        }
    }
    erase(store, manifest.vault, author, erased).await?;
    let head = store::journal::head(&mut *store.read().await?).await?;
    Ok(head.map(|(sequence, hash)| Anchor { sequence, hash }))
}
