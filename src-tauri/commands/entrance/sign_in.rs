//! Signing in, recovering access by key, locking.

use std::sync::Arc;

use domain::privacy::connections::kept_from;

use super::doorstep::Doorstep;
use super::seat::{Entering, seat};
use super::session_view;
use super::wire::{CreatedView, RecoverAccessRequest, SignInRequest};
use crate::commands::CommandError;
use crate::commands::access::good_password;
use crate::commands::clock::instant_text;
use crate::commands::desk::Desk;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::store::{self, FILE_NAME, Store, StoreError};
use crate::vault::{Password, RecoveryKey, RecoveryKeyError, RecoveryKind, Unlocked, VaultError, VaultFile};

/// How often a sign-in is begun again where others change keys at the same moment.
const TRIES: u32 = 8;

/// Signs in. After failures the next try has to wait; the clinical recovery key is made and returned, to be shown once, at
/// the first practitioner's sign-in where the set-up user was none.
///
/// # Errors
/// `wrong_credentials` and `wait` (with `seconds`), `vault_file_old`, `not_enrolled_here`, `device_secret_missing`, `keyring_locked`,
/// `vault_damaged`, `vault_missing`, `newer_version`, `signed_out` for a disabled user.
pub async fn sign_in(doorstep: &Doorstep, request: SignInRequest) -> Result<CreatedView, CommandError> {
    let (desk, clinical_recovery_key) = open(doorstep, request).await?;
    let view = CreatedView { session: session_view(&desk).await?, recovery_key: None, clinical_recovery_key };
    leave(doorstep, doorstep.seat(Some(desk)), "signed_out").await;
    Ok(view)
}

/// Opens a desk without seating it in the window (the command line keeps its own).
///
/// # Errors
/// As [`sign_in`].
pub async fn open(doorstep: &Doorstep, request: SignInRequest) -> Result<(Arc<Desk>, Option<String>), CommandError> {
    let SignInRequest { login, password } = request;
    let password = Password::new(password);
    let mut tries = 0;
    loop {
        match attempt(doorstep, &login, &password).await {
            // Somebody changed keys in these very moments: the file that stands there now is the right one.
            Err(error) if error.code == "changed_meanwhile" && tries < TRIES => tries += 1,
            done => return done,
        }
    }
}

async fn attempt(
    doorstep: &Doorstep,
    login: &str,
    password: &Password,
) -> Result<(Arc<Desk>, Option<String>), CommandError> {
    let wait = doorstep.wait(login);
    if !wait.is_zero() {
        return Err(CommandError::new("wait").with("seconds", wait.as_secs() + 1));
    }
    let folder = doorstep.folder();
    let mut file = VaultFile::load(&folder)?;
    let opened = tokio::task::block_in_place(|| file.sign_in(login, password, &doorstep.here()));
    let mut unlocked = opened.map_err(|error| match error {
        VaultError::WrongCredentials => {
            let wait = doorstep.failed(login);
            CommandError::field("wrong_credentials", "password").with("seconds", wait.as_secs())
        }
        other => other.into(),
    })?;
    let store = open_store(&folder, &mut file, &mut unlocked).await?;
    let on_disk = file.known();
    let entering = Entering { login, password, file, on_disk, unlocked, recovered: false };
    match seat(doorstep, &folder, &store, entering).await {
        Ok((desk, recovery)) => {
            let failures = doorstep.succeeded(login);
            log(&desk, "signed_in", failures).await?;
            desk.anchor().await;
            Ok((desk, recovery))
        }
        Err(error) => {
            store.close().await;
            Err(error)
        }
    }
}

/// Opens the database; where a re-key was interrupted, finishes it.
async fn open_store(
    folder: &std::path::Path,
    file: &mut VaultFile,
    unlocked: &mut Unlocked,
) -> Result<Store, CommandError> {
    let path = folder.join(FILE_NAME);
    match Store::open(&path, &unlocked.database).await {
        Err(StoreError::NotReadable) if unlocked.previous_database.is_some() => {
            if let Some(previous) = &unlocked.previous_database {
                store::upkeep::rekey_file(&path, previous, &unlocked.database).await?;
            }
            let store = Store::open(&path, &unlocked.database).await?;
            file.finish_rekey(unlocked)?;
            file.save(folder)?;
            Ok(store)
        }
        other => Ok(other?),
    }
}

async fn log(desk: &Desk, event: &'static str, failures: u32) -> Result<(), CommandError> {
    let at = instant_text(desk.now());
    let keep_from = instant_text(kept_from(desk.now()));
    let (user, workstation) = (desk.session.user_id, &desk.workstation);
    let mut tx = desk.store.write().await?;
    for _ in 0..failures.min(100) {
        store::access::log_connection(&mut tx, &at, user, workstation, "failed", &keep_from).await?;
    }
    store::access::log_connection(&mut tx, &at, user, workstation, event, &keep_from).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Ends a session: logs it, anchors the journal, closes the database.
pub async fn leave(_doorstep: &Doorstep, desk: Option<Arc<Desk>>, event: &'static str) {
    let Some(desk) = desk else { return };
    desk.reading.close();
    // A full disk must not keep anybody from locking.
    let _ = log(&desk, event, 0).await;
    desk.anchor().await;
    desk.store.close().await;
}

/// Locks: the session ends and its keys are wiped. Drafts were kept by the window before.
///
/// # Errors
/// None.
pub async fn lock(doorstep: &Doorstep, _request: NothingRequest) -> Result<DoneView, CommandError> {
    leave(doorstep, doorstep.seat(None), "locked").await;
    Ok(DoneView::default())
}

/// Opens the vault by its recovery key, sets a new password and enrols this computer account. With the clinical recovery
/// key as well a practitioner reads the record again at once.
///
/// # Errors
/// `bad_recovery_key` (with `group`), `wrong_recovery_key`, `user_not_found`, `weak_password`, and as [`sign_in`].
pub async fn recover_access(doorstep: &Doorstep, request: RecoverAccessRequest) -> Result<CreatedView, CommandError> {
    let desk = recover(doorstep, request).await?;
    let view = CreatedView { session: session_view(&desk).await?, recovery_key: None, clinical_recovery_key: None };
    leave(doorstep, doorstep.seat(Some(desk)), "signed_out").await;
    Ok(view)
}

pub(crate) fn typed_key(kind: RecoveryKind, typed: &str, field: &str) -> Result<RecoveryKey, CommandError> {
    RecoveryKey::parse(kind, typed).map_err(|error| {
        let refusal = CommandError::field("bad_recovery_key", field);
        match error {
            RecoveryKeyError::Character { group } | RecoveryKeyError::Group { group } => refusal.with("group", group),
            RecoveryKeyError::OtherKind => CommandError::field("other_recovery_key", field),
            RecoveryKeyError::Length { expected, found } => refusal.with("expected", expected).with("found", found),
        }
    })
}

/// As [`recover_access`], without seating the desk.
///
/// # Errors
/// As [`recover_access`].
pub async fn recover(doorstep: &Doorstep, request: RecoverAccessRequest) -> Result<Arc<Desk>, CommandError> {
    let folder = doorstep.folder();
    let mut file = VaultFile::load(&folder)?;
    let key = typed_key(RecoveryKind::Database, &request.recovery_key, "recovery_key")?;
    let clinical = match request.clinical_recovery_key.trim() {
        "" => None,
        typed => Some(typed_key(RecoveryKind::Clinical, typed, "clinical_recovery_key")?),
    };
    let practice = file.practice().to_owned();
    let password = good_password(request.new_password, &[&request.login, &practice], "new_password")?;
    let on_disk = file.known();
    let recovered = tokio::task::block_in_place(|| {
        file.recover(&key, clinical.as_ref(), &request.login, &password, &doorstep.here())
    })
    .map_err(|error| match error {
        VaultError::UnknownUser => CommandError::field("user_not_found", "login"),
        VaultError::WrongRecoveryKey => CommandError::field("wrong_recovery_key", "recovery_key"),
        other => other.into(),
    })?;
    let mut unlocked = recovered.unlocked;
    let store = open_store(&folder, &mut file, &mut unlocked).await?;
    let entering = Entering { login: &request.login, password: &password, file, on_disk, unlocked, recovered: true };
    let (desk, _) = match seat(doorstep, &folder, &store, entering).await {
        Ok(seated) => seated,
        Err(error) => {
            store.close().await;
            return Err(error);
        }
    };
    state_after_recovery(&desk).await?;
    let failures = doorstep.succeeded(&request.login);
    log(&desk, "recovered", failures).await?;
    desk.anchor().await;
    Ok(desk)
}

/// A practitioner without the clinical key waits for it; one who brought it back does not.
async fn state_after_recovery(desk: &Desk) -> Result<(), CommandError> {
    use crate::journal::ChangeRecord;
    let mut change = desk.change(domain::role::Permission::ReadAgenda, "recover_access").await?;
    let before = store::access::user(change.connection(), desk.session.user_id).await?.ok_or(StoreError::NotFound)?;
    let state = if desk.session.clinical_pending { "clinical_pending" } else { "active" };
    let after = store::access::User { state: state.to_owned(), ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    let id = after.id.to_string();
    let mut record = ChangeRecord::updated("user", &before, &after);
    record.after.get_or_insert_default().insert("password".to_owned(), "recovered".into());
    change.record("access", &id, None, &record).await?;
    change.commit().await?;
    Ok(())
}
