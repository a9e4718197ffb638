//! What an administrator does with users.

use domain::id::{PractitionerId, UserId};
use domain::role::Permission;

use super::good_password;
use super::key_file::{amend_unnoted, amend_vault};
use super::wire::{
    AddUserRequest, ConnectionView, ConnectionsView, DisableUserRequest, GrantClinicalRequest, GrantCodeRequest,
    GrantCodeView, ResetPasswordRequest, UpdateUserRequest, UserView, UsersView,
};
use crate::commands::desk::Change;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::access::User;
use crate::store::practice::Practitioner;
use crate::store::{self, Connection, StoreError};
use crate::vault::{NewUser, VaultError, VaultFile};

/// The setting that says that somebody left since the last re-key.
pub(super) const REKEY_OFFERED: &str = "rekey_offered";

/// A user's view.
pub(super) fn view(user: User) -> UserView {
    UserView {
        id: user.id,
        login: user.login,
        name: user.name,
        administrator: user.administrator,
        role: user.role,
        practitioner_id: user.practitioner_id,
        state: user.state,
    }
}

/// All users.
///
/// # Errors
/// `permission_denied`.
pub async fn list_users(desk: &Desk, _request: NothingRequest) -> Result<UsersView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "list_users").await?;
    let users = store::access::users(&mut connection).await?.into_iter().map(view).collect();
    let offered = store::practice::setting(&mut connection, REKEY_OFFERED).await?;
    Ok(UsersView { users, rekey_offered: offered == Some(true.into()) })
}

/// A role as the schema knows it.
pub(crate) fn role(text: &str) -> Result<String, CommandError> {
    match text {
        "administrator" | "practitioner" | "secretary" => Ok(text.to_owned()),
        _ => Err(CommandError::field("unknown_word", "role")),
    }
}

/// A login: what people type, without blanks.
pub(crate) fn login(text: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() || text.chars().count() > 64 || text.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(CommandError::field("bad_login", "login"));
    }
    Ok(text.to_owned())
}

/// The agenda of a practitioner's user: the one named, or a new one of their own.
pub(crate) async fn agenda_of(
    desk_id: impl Fn() -> uuid::Uuid,
    connection: &mut Connection,
    role: &str,
    asked: Option<PractitionerId>,
    name: &str,
    speciality: &str,
) -> Result<Option<PractitionerId>, CommandError> {
    if role != "practitioner" {
        return Ok(None);
    }
    let all = store::practice::practitioners(connection).await?;
    if let Some(asked) = asked {
        return match all.iter().any(|one| one.id == asked) {
            true => Ok(Some(asked)),
            false => Err(CommandError::field("practitioner_not_found", "practitioner_id")),
        };
    }
    if let Some(same) = all.iter().find(|one| one.name == name) {
        return Ok(Some(same.id));
    }
    let sites = store::practice::sites(connection).await?;
    let site_id = sites.first().map(|site| site.id).ok_or_else(|| CommandError::new("not_found"))?;
    let practitioner = Practitioner {
        id: PractitionerId::new(desk_id()),
        name: name.to_owned(),
        speciality: speciality.to_owned(),
        rpps: String::new(),
        inpe: String::new(),
        site_id,
        rank: i64::try_from(all.len()).unwrap_or(0),
        active: true,
    };
    store::practice::save_practitioner(connection, &practitioner).await?;
    Ok(Some(practitioner.id))
}

/// Adds a user with a first password. A practitioner reads the record at once only if the one who adds can hand the clinical
/// key out; else the account is `clinical_pending`.
///
/// # Errors
/// `bad_login`, `login_taken`, `name_missing`, `unknown_word`, `weak_password`, `permission_denied`.
pub async fn add_user(desk: &Desk, request: AddUserRequest) -> Result<UserView, CommandError> {
    let mut change = desk.change(Permission::ManageUsers, "add_user").await?;
    let login = login(&request.login)?;
    let name = request.name.trim().to_owned();
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    let role = role(&request.role)?;
    let practice = desk.premises().name;
    let password = good_password(request.password, &[&login, &name, &practice], "password")?;
    if store::access::user_by_login(change.connection(), &login).await?.is_some() {
        return Err(CommandError::field("login_taken", "login"));
    }
    let asked = request.practitioner_id;
    let practitioner_id = agenda_of(|| desk.make_id(), change.connection(), &role, asked, &name, "").await?;
    let unlocked = desk.unlocked.lock().await;
    let clinical = if role == "practitioner" { unlocked.clinical.as_ref() } else { None };
    let user = User {
        id: UserId::new(desk.make_id()),
        login,
        name,
        administrator: request.administrator || role == "administrator",
        // Where there is no clinical key pair yet, it is made at this practitioner's first sign-in: nothing to wait for.
        state: if role == "practitioner" && clinical.is_none() && desk.clinical_public.is_some() {
            "clinical_pending".to_owned()
        } else {
            "active".to_owned()
        },
        role,
        practitioner_id,
        preferences: "{}".to_owned(),
        created_at: change.at().to_owned(),
    };
    store::access::save(change.connection(), &user).await?;
    let id = user.id.to_string();
    change.record("access", &id, None, &ChangeRecord::created("user", &user)).await?;
    // The keys first: a wrap without a row lets nobody in, a row without a wrap would be a user who never can.
    let new =
        NewUser { id: user.id.uuid(), login: &user.login, name: &user.name, role: &user.role, password: &password };
    let here = desk.here();
    amend_vault(change.connection(), &desk.folder, |file| file.add_user(&unlocked.database, clinical, &new, &here))
        .await?;
    if let Err(error) = change.commit().await {
        let _ = amend_unnoted(&desk.folder, |file| file.remove_user(&unlocked.database, user.id.uuid()));
        return Err(error);
    }
    Ok(view(user))
}

async fn existing(change: &mut Change<'_>, id: UserId) -> Result<User, CommandError> {
    store::access::user(change.connection(), id).await?.ok_or_else(|| CommandError::new("user_not_found"))
}

/// An administrator must remain.
async fn keep_an_administrator(change: &mut Change<'_>, without: UserId) -> Result<(), CommandError> {
    let users = store::access::users(change.connection()).await?;
    if users.iter().any(|user| user.id != without && user.administrator && user.state != "disabled") {
        return Ok(());
    }
    Err(CommandError::new("last_administrator"))
}

/// Changes `vault.json` after a change that counts already without it.
async fn amend_after<T>(
    desk: &Desk,
    change: impl FnOnce(&mut VaultFile) -> Result<T, VaultError>,
) -> Result<T, CommandError> {
    let mut tx = desk.store.write().await?;
    let value = amend_vault(&mut tx, &desk.folder, change).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(value)
}

/// Changes a user's name, or whether they are an administrator.
///
/// # Errors
/// `user_not_found`, `name_missing`, `last_administrator`, `permission_denied`.
pub async fn update_user(desk: &Desk, request: UpdateUserRequest) -> Result<UserView, CommandError> {
    let mut change = desk.change(Permission::ManageUsers, "update_user").await?;
    let before = existing(&mut change, request.id).await?;
    let name = request.name.trim().to_owned();
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    let administrator = request.administrator || before.role == "administrator";
    if !administrator {
        keep_an_administrator(&mut change, before.id).await?;
    }
    let after = User { name, administrator, ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    let id = after.id.to_string();
    change.record("access", &id, None, &ChangeRecord::updated("user", &before, &after)).await?;
    change.commit().await?;
    if after.name != before.name && after.state != "disabled" {
        let unlocked = desk.unlocked.lock().await;
        amend_after(desk, |file| file.rename_user(&unlocked.database, after.id.uuid(), &after.login, &after.name))
            .await?;
    }
    Ok(view(after))
}

/// Disables a user who leaves: their wraps are removed, and a re-key is offered, since they may have kept a copy.
///
/// # Errors
/// `user_not_found`, `not_yourself`, `last_administrator`, `permission_denied`.
pub async fn disable_user(desk: &Desk, request: DisableUserRequest) -> Result<UserView, CommandError> {
    if request.id == desk.session().user_id {
        return Err(CommandError::new("not_yourself"));
    }
    let mut change = desk.change(Permission::ManageUsers, "disable_user").await?;
    let before = existing(&mut change, request.id).await?;
    keep_an_administrator(&mut change, before.id).await?;
    let after = User { state: "disabled".to_owned(), ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    store::practice::save_setting(change.connection(), REKEY_OFFERED, &true.into()).await?;
    let id = after.id.to_string();
    change.record("access", &id, None, &ChangeRecord::updated("user", &before, &after)).await?;
    change.commit().await?;
    // Disabled in the database already: even if the wrap could not be removed, the session is refused.
    let unlocked = desk.unlocked.lock().await;
    match amend_after(desk, |file| file.remove_user(&unlocked.database, after.id.uuid())).await {
        Err(error) if error.code == "user_not_found" => {}
        other => other?,
    }
    Ok(view(after))
}

/// Sets another user's forgotten password. A practitioner's account then waits for the clinical key.
///
/// # Errors
/// `user_not_found`, `weak_password`, `permission_denied`.
pub async fn reset_password(desk: &Desk, request: ResetPasswordRequest) -> Result<UserView, CommandError> {
    let mut change = desk.change(Permission::ManageUsers, "reset_password").await?;
    let before = existing(&mut change, request.id).await?;
    if before.state == "disabled" {
        return Err(CommandError::new("user_not_found"));
    }
    let practice = desk.premises().name;
    let password = good_password(request.new_password, &[&before.login, &before.name, &practice], "new_password")?;
    let unlocked = desk.unlocked.lock().await;
    let here = desk.here();
    let user = NewUser {
        id: before.id.uuid(),
        login: &before.login,
        name: &before.name,
        role: &before.role,
        password: &password,
    };
    let key = &unlocked.database;
    let lost_clinical = amend_vault(change.connection(), &desk.folder, |file| {
        match file.reset_password(key, user.id, &password, &here) {
            // An old `vault.json` was put back, from before this user came: they get their keys again.
            Err(VaultError::UnknownUser) => {
                file.add_user(key, None, &user, &here)?;
                Ok(before.role == "practitioner" && file.clinical_public_key().is_some())
            }
            reset => reset,
        }
    })
    .await?;
    let state = if lost_clinical || before.state == "clinical_pending" { "clinical_pending" } else { "active" };
    let after = User { state: state.to_owned(), ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    let id = after.id.to_string();
    let mut record = ChangeRecord::updated("user", &before, &after);
    record.after.get_or_insert_default().insert("password".to_owned(), "reset".into());
    change.record("access", &id, None, &record).await?;
    change.commit().await?;
    Ok(view(after))
}

/// The code of the key that a grant would seal to, to be compared with the one on the receiver's own screen.
///
/// # Errors
/// `user_not_found`, `not_pending`, `permission_denied`.
pub async fn show_grant_code(desk: &Desk, request: GrantCodeRequest) -> Result<GrantCodeView, CommandError> {
    let mut connection = desk.read(Permission::GrantClinical, "show_grant_code").await?;
    let user = store::access::user(&mut connection, request.id).await?;
    let user = user.ok_or_else(|| CommandError::new("user_not_found"))?;
    if user.state != "clinical_pending" {
        return Err(CommandError::new("not_pending"));
    }
    Ok(GrantCodeView { code: VaultFile::load(&desk.folder)?.grant_code(user.id.uuid())? })
}

/// Hands the clinical key to a practitioner who waits for it; only a practitioner's session that holds it can. The code is the
/// one that both compared: where the key that stands there has another by now, nothing is granted.
///
/// # Errors
/// `user_not_found`, `not_pending`, `no_clinical_key`, `grant_code_differs`, `permission_denied`.
pub async fn grant_clinical(desk: &Desk, request: GrantClinicalRequest) -> Result<UserView, CommandError> {
    let mut change = desk.change(Permission::GrantClinical, "grant_clinical").await?;
    let before = existing(&mut change, request.id).await?;
    if before.state != "clinical_pending" {
        return Err(CommandError::new("not_pending"));
    }
    let unlocked = desk.unlocked.lock().await;
    amend_vault(change.connection(), &desk.folder, |file| {
        if file.grant_code(before.id.uuid())? != request.code.trim() {
            return Err(VaultError::OtherGrantCode);
        }
        file.grant_clinical(&unlocked, before.id.uuid())
    })
    .await?;
    let after = User { state: "active".to_owned(), ..before.clone() };
    store::access::save(change.connection(), &after).await?;
    let id = after.id.to_string();
    change.record("access", &id, None, &ChangeRecord::updated("user", &before, &after)).await?;
    change.commit().await?;
    Ok(view(after))
}

/// The connection log.
///
/// # Errors
/// `permission_denied`.
pub async fn list_connections(desk: &Desk, _request: NothingRequest) -> Result<ConnectionsView, CommandError> {
    let mut connection = desk.read(Permission::ManageUsers, "list_connections").await?;
    let rows = store::access::connections(&mut connection, 500).await?;
    let connections = rows
        .into_iter()
        .map(|row| ConnectionView { at: row.at, user: row.user, workstation: row.workstation, event: row.event })
        .collect();
    Ok(ConnectionsView { connections })
}
