//! Verification from outside: nobody is signed in at a desk, and not a byte in the vault's folder is written — no entry in the
//! connection log, no anchor, no lock file, no checkpoint.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use domain::id::UserId;
use domain::role::Permission;

use super::verified;
use super::wire::VerifiedView;
use crate::commands::access::key_file::known;
use crate::commands::entrance::wire::SignInRequest;
use crate::commands::{CommandError, Doorstep};
use crate::journal;
use crate::journal::verify::Anchor;
use crate::store::{self, FILE_NAME, Store};
use crate::vault::{DatabaseKey, Password, Unlocked, VaultFile};

/// How often a copy is begun again when others write meanwhile.
const TRIES: usize = 20;

/// Reads every page and every entry of the vault in a folder, and compares the head with the anchor. Where another program
/// works on it, a copy is read: reading through SQLite itself would leave marks in the files that the programs share.
///
/// # Errors
/// `vault_missing`, `vault_file_damaged`, `vault_file_old`, `wrong_credentials`, `not_enrolled_here`, `device_secret_missing`,
/// `keyring_locked`, `vault_damaged` where the database cannot even be opened, `newer_version`, `permission_denied`,
/// `busy` where others write so much that no copy holds together, `disk_full` for the copy.
pub async fn verify_unattended(doorstep: &Doorstep, request: SignInRequest) -> Result<VerifiedView, CommandError> {
    let folder = doorstep.folder();
    let folder = folder.as_path();
    let here = doorstep.here();
    let file = VaultFile::load(folder)?;
    let password = Password::new(request.password);
    let unlocked = tokio::task::block_in_place(|| file.sign_in(&request.login, &password, &here))?;
    let vault = file.vault();
    let mut refusal = None;
    // During a re-key the file may still be under the key before.
    for key in [Some(&unlocked.database), unlocked.previous_database.as_ref()].into_iter().flatten() {
        // The file's anchor is tied to the key of its time.
        let mut anchors = journal::anchor::read(here.keyring, vault, folder, &unlocked.database);
        anchors.extend(journal::anchor::read(here.keyring, vault, folder, key));
        match read(folder, key, &file, &unlocked, &anchors).await {
            Err(error) if error.code == "vault_damaged" => refusal = Some(error),
            done => return done,
        }
    }
    Err(refusal.unwrap_or_else(|| CommandError::new("vault_damaged")))
}

/// The chain alone, as a session that was just recovered sees it: there is no anchor that this computer could have.
///
/// # Errors
/// What the store refuses.
pub async fn chain_of(desk: &crate::commands::Desk) -> Result<VerifiedView, CommandError> {
    let mut connection = desk.store().read().await?;
    Ok(verified(journal::verify::chain(&mut connection, &[]).await?))
}

async fn read(
    folder: &Path,
    key: &DatabaseKey,
    file: &VaultFile,
    who: &Unlocked,
    anchors: &[Anchor],
) -> Result<VerifiedView, CommandError> {
    let path = folder.join(FILE_NAME);
    let before = State::of(&path);
    if before.log_bytes == 0 {
        // Nobody works on it: the file is read as it stands.
        let done = one((folder, &path), key, file, who, anchors).await;
        let right = done.as_ref().is_ok_and(|view| view.ok);
        if right || State::of(&path) == before {
            return done;
        }
        // Somebody began to write while it was read: what looked wrong may have been that.
    }
    let (copied, _held) = copy(&path).await?;
    one((folder, &copied), key, file, who, anchors).await
}

async fn one(
    (folder, path): (&Path, &Path),
    key: &DatabaseKey,
    file: &VaultFile,
    who: &Unlocked,
    anchors: &[Anchor],
) -> Result<VerifiedView, CommandError> {
    let store = Store::open_read_only(path, key).await?;
    let found = permitted(&store, (folder, file), who, anchors).await;
    store.close().await;
    found
}

async fn permitted(
    store: &Store,
    (folder, file): (&Path, &VaultFile),
    who: &Unlocked,
    anchors: &[Anchor],
) -> Result<VerifiedView, CommandError> {
    let user = UserId::new(who.user);
    let mut connection = store.read().await?;
    match store::access::standing(&mut connection, user).await {
        Ok(Some(standing)) if standing.disabled => return Err(CommandError::new("signed_out")),
        Ok(Some(standing)) if standing.roles.may(Permission::ReadJournal) => {}
        Ok(_) => {
            let permission = Permission::ReadJournal.as_str();
            return Err(CommandError::new("permission_denied").with("permission", permission));
        }
        Err(error) if error.is_damage() => return Ok(damaged_pages()),
        Err(error) => return Err(error.into()),
    }
    match known(&mut connection).await {
        Ok(Some(newest)) if file.revision() < newest.revision && !file.has_newest_password(user.uuid(), &newest) => {
            return Err(CommandError::new("vault_file_old"));
        }
        Err(error) if error.code == "vault_damaged" => return Ok(damaged_pages()),
        other => drop(other?),
    }
    let found = verified(journal::verify::verify(&mut connection, anchors).await?);
    super::with_archive(found, &mut connection, folder, file.vault(), who.clinical.as_ref()).await
}

fn damaged_pages() -> VerifiedView {
    VerifiedView { entries: 0, ok: false, first_bad: None, fault: Some("pages".to_owned()) }
}

/// What shows that somebody wrote.
#[derive(PartialEq, Eq)]
struct State {
    changed: Option<SystemTime>,
    log_bytes: u64,
    /// The log's header: SQLite changes its salt whenever it begins the log anew.
    log_header: Vec<u8>,
}

impl State {
    fn of(path: &Path) -> Self {
        let log = log_of(path);
        let mut log_header = Vec::new();
        if let Ok(file) = File::open(&log) {
            let _ = file.take(32).read_to_end(&mut log_header);
        }
        Self {
            changed: fs::metadata(path).and_then(|meta| meta.modified()).ok(),
            log_bytes: fs::metadata(&log).map_or(0, |meta| meta.len()),
            log_header,
        }
    }
}

fn log_of(path: &Path) -> PathBuf {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    PathBuf::from(log)
}

/// Copies database and write-ahead log (both encrypted) into a temporary folder outside the vault. The database first, the log
/// after it: whatever a checkpoint moved from the log into the database meanwhile stands in the log as well, as long as the
/// log was not begun anew, and that its header tells.
async fn copy(path: &Path) -> Result<(PathBuf, tempfile::TempDir), CommandError> {
    let path = path.to_owned();
    let copied = tokio::task::spawn_blocking(move || -> std::io::Result<Option<(PathBuf, tempfile::TempDir)>> {
        let held = tempfile::Builder::new().prefix("semainier-verify-").tempdir()?;
        let into = held.path().join(FILE_NAME);
        for _ in 0..TRIES {
            let before = State::of(&path);
            fs::copy(&path, &into)?;
            match fs::copy(log_of(&path), log_of(&into)) {
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                    let _ = fs::remove_file(log_of(&into));
                }
                done => drop(done?),
            }
            let after = State::of(&path);
            let held_together = if before.log_bytes == 0 {
                after == before
            } else {
                after.log_header == before.log_header && after.log_bytes >= before.log_bytes
            };
            if held_together {
                return Ok(Some((into, held)));
            }
        }
        Ok(None)
    });
    let copied = copied.await.map_err(|_| CommandError::new("interrupted"))?;
    copied
        .map_err(|error| CommandError::from(crate::backup::BackupError::from(error)))?
        .ok_or_else(|| CommandError::new("busy"))
}
