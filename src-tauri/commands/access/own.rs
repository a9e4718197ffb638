//! What a user does with their own access: password, clinical key, re-key, preferences, drafts.

use domain::role::Permission;

use super::good_password;
use super::key_file::{amend_unnoted, amend_vault};
use super::users::REKEY_OFFERED;
use super::wire::{
    ChangePasswordRequest, DraftView, DraftsView, GrantCodeView, RecoverClinicalRequest, RekeyRequest, RekeyedView,
    SaveDraftRequest,
};
use crate::commands::entrance::wire::PreferencesView;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::access::User;
use crate::store::{self, StoreError};
use crate::vault::{Password, RecoveryKey, RecoveryKind, VaultFile};

/// Changes one's own password.
///
/// # Errors
/// `wrong_credentials`, `weak_password`.
pub async fn change_password(desk: &Desk, request: ChangePasswordRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ReadAgenda, "change_password").await?;
    let session = desk.session().clone();
    let practice = desk.premises().name;
    let new = good_password(request.new_password, &[&session.login, &session.name, &practice], "new_password")?;
    let old = Password::new(request.password);
    let mut unlocked = desk.unlocked.lock().await;
    let here = desk.here();
    *unlocked =
        amend_vault(change.connection(), &desk.folder, |file| file.change_password(&session.login, &old, &new, &here))
            .await?;
    let id = session.user_id.to_string();
    let record = ChangeRecord::created("password", &serde_json::json!({ "password": "changed" }));
    change.record("access", &id, None, &record).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// One's own grant code, from one's own key: to be compared with the one on the screen of the practitioner who grants.
///
/// # Errors
/// `not_pending`, `vault_file_tampered` where another key stands in one's place, `permission_denied`.
pub async fn show_own_grant_code(desk: &Desk, _request: NothingRequest) -> Result<GrantCodeView, CommandError> {
    desk.require(Permission::ReadClinical, "show_own_grant_code").await?;
    let unlocked = desk.unlocked.lock().await;
    if super::reads_clinical(&unlocked) {
        return Err(CommandError::new("not_pending"));
    }
    Ok(GrantCodeView { code: VaultFile::load(&desk.folder)?.own_grant_code(&unlocked)? })
}

/// Opens the clinical key by the clinical recovery key, for one's own pending account.
///
/// # Errors
/// `wrong_recovery_key`, `bad_recovery_key`, `wrong_credentials`, `permission_denied`.
pub async fn recover_clinical(desk: &Desk, request: RecoverClinicalRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "recover_clinical").await?;
    let key = RecoveryKey::parse(RecoveryKind::Clinical, &request.clinical_recovery_key)
        .map_err(|_| CommandError::field("bad_recovery_key", "clinical_recovery_key"))?;
    let session = desk.session().clone();
    let password = Password::new(request.password);
    let mut unlocked = desk.unlocked.lock().await;
    let here = desk.here();
    amend_vault(change.connection(), &desk.folder, |file| {
        // The password is asked again: a screen left alone must not be enough.
        file.sign_in(&session.login, &password, &here)?;
        file.recover_clinical(&mut unlocked, &key)
    })
    .await?;
    let before = store::access::user(change.connection(), session.user_id).await?.ok_or(StoreError::NotFound)?;
    let after = User { state: "active".to_owned(), ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    let id = after.id.to_string();
    change.record("access", &id, None, &ChangeRecord::updated("user", &before, &after)).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Encrypts the whole file under a new key, after somebody left. The session ends with it; everybody signs in again with
/// the password they have. The new recovery key is shown this once.
///
/// # Errors
/// `wrong_credentials`, `permission_denied`, `busy` where another program has the vault open.
pub async fn rekey(desk: &Desk, request: RekeyRequest) -> Result<RekeyedView, CommandError> {
    let mut change = desk.change(Permission::ManageUsers, "rekey").await?;
    let session = desk.session().clone();
    let password = Password::new(request.password);
    let mut unlocked = desk.unlocked.lock().await;
    let here = desk.here();
    store::practice::save_setting(change.connection(), REKEY_OFFERED, &false.into()).await?;
    let id = desk.premises().practice_id.to_string();
    let record = ChangeRecord::created("rekey", &serde_json::json!({ "database_key": "new" }));
    change.record("access", &id, None, &record).await?;
    let recovery_key = amend_vault(change.connection(), &desk.folder, |file| {
        file.sign_in(&session.login, &password, &here)?;
        file.begin_rekey(&mut unlocked)
    })
    .await?;
    change.commit().await?;
    desk.store.close().await;
    let previous = unlocked.previous_database.as_ref().ok_or_else(|| CommandError::new("vault_damaged"))?;
    store::upkeep::rekey_file(&desk.folder.join(crate::store::FILE_NAME), previous, &unlocked.database).await?;
    amend_unnoted(&desk.folder, |file| file.finish_rekey(&mut unlocked))?;
    desk.announce("locked", Vec::new());
    Ok(RekeyedView { recovery_key: recovery_key.text().to_string() })
}

/// Keeps how the user wants the window.
///
/// # Errors
/// `unknown_word`, `out_of_range`.
pub async fn save_preferences(desk: &Desk, request: PreferencesView) -> Result<DoneView, CommandError> {
    let known = [
        ("language", &request.language, ["fr", "ar", "en"]),
        ("theme", &request.theme, ["system", "light", "dark"]),
        ("density", &request.density, ["compact", "normal", "comfortable"]),
    ];
    for (field, value, words) in known {
        if !words.contains(&value.as_str()) {
            return Err(CommandError::field("unknown_word", field));
        }
    }
    if ![5, 10, 15, 20, 30].contains(&request.zoom) {
        return Err(CommandError::field("out_of_range", "zoom"));
    }
    let mut change = desk.change(Permission::ReadAgenda, "save_preferences").await?;
    let id = desk.session().user_id;
    let user = store::access::user(change.connection(), id).await?.ok_or(StoreError::NotFound)?;
    let preferences = serde_json::to_string(&request).map_err(|_| CommandError::new("bad_request"))?;
    // Nothing about anybody: not journalled, as a draft is not.
    store::access::save(change.connection(), &User { preferences, ..user }).await?;
    change.commit().await?;
    Ok(DoneView::default())
}

/// What the user was typing when the session locked.
///
/// # Errors
/// `permission_denied`.
pub async fn list_drafts(desk: &Desk, _request: NothingRequest) -> Result<DraftsView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "list_drafts").await?;
    let drafts = store::access::drafts(&mut connection, desk.session().user_id).await?;
    Ok(DraftsView { drafts: drafts.into_iter().map(|(kind, body)| DraftView { kind, body }).collect() })
}

/// Keeps a draft; an empty body forgets it.
///
/// # Errors
/// `too_long`, `bad_request` where the body is not JSON.
pub async fn save_draft(desk: &Desk, request: SaveDraftRequest) -> Result<DoneView, CommandError> {
    if request.body.len() > 100_000 || request.kind.len() > 100 {
        return Err(CommandError::field("too_long", "body"));
    }
    if !request.body.is_empty() && serde_json::from_str::<serde_json::Value>(&request.body).is_err() {
        return Err(CommandError::field("bad_request", "body"));
    }
    let mut change = desk.change(Permission::ReadAgenda, "save_draft").await?;
    let at = change.at().to_owned();
    let user = desk.session().user_id;
    store::access::save_draft(change.connection(), user, &request.kind, &request.body, &at).await?;
    change.commit().await?;
    Ok(DoneView::default())
}
