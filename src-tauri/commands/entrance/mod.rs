//! The entrance: what happens before anybody has signed in. First start, the demonstration practice, sign-in with its
//! delay after failures, recovery by key, the lock.
//!
//! Not here: what happens at the desk.

pub mod create;
pub mod demonstration;
pub mod doorstep;
pub mod here;
mod reception;
mod seat;
pub mod sign_in;
pub mod wire;

pub use create::{create_practice, print_recovery_sheet};
pub use demonstration::open_demonstration;
pub use doorstep::Doorstep;
pub use sign_in::{lock, recover_access, sign_in};

use domain::country::Country;
use domain::role::Permission;
use domain::time::zones;

use super::access::judged;
use super::wire::NothingRequest;
use super::{CommandError, Desk};
use crate::vault::VaultFile;
use wire::{
    CountryZonesView, EntranceUserView, EntranceView, JudgePasswordRequest, PasswordView, PreferencesView, SessionView,
};

/// Whether a vault is here, and who may sign in.
///
/// # Errors
/// `vault_tampered`, `vault_damaged`, `newer_version`, `disk_error` where `vault.json` is there and cannot be read.
pub async fn read_entrance(doorstep: &Doorstep, _request: NothingRequest) -> Result<EntranceView, CommandError> {
    let folder = doorstep.folder();
    let mut view = EntranceView {
        state: "none".to_owned(),
        folder: folder.display().to_string(),
        practice: String::new(),
        users: Vec::new(),
        keyring: true,
        zones: [Country::FR, Country::MA]
            .into_iter()
            .map(|country| CountryZonesView {
                country,
                zones: zones(country).iter().map(|zone| (*zone).to_owned()).collect(),
            })
            .collect(),
        session: None,
        demonstration: doorstep.is_demonstration(),
    };
    let desk = doorstep.desk().ok();
    if desk.is_none() && !doorstep.has_vault() {
        // An empty folder: whether a keyring serves shows at the first write, when the practice is made.
        view.keyring = doorstep.has_keyring();
        return Ok(view);
    }
    let file = VaultFile::load(&folder)?;
    view.state = "closed".to_owned();
    view.practice = file.practice().to_owned();
    // Also where somebody still sits here: a window that locks itself may ask before the desk is left.
    view.users = file.users().into_iter().map(|user| EntranceUserView { login: user.login, name: user.name }).collect();
    if let Some(desk) = desk {
        view.state = "open".to_owned();
        view.practice = desk.premises().name;
        view.session = Some(session_view(&desk).await?);
    }
    Ok(view)
}

/// Judges a password while it is typed.
///
/// # Errors
/// None.
pub async fn judge_password(_doorstep: &Doorstep, request: JudgePasswordRequest) -> Result<PasswordView, CommandError> {
    let known: Vec<&str> = request.known.iter().map(String::as_str).collect();
    let (score, judgement) = judged(&request.password, &known);
    Ok(PasswordView {
        accepted: judgement.accepted,
        score,
        form: judgement.form.map(|form| form.as_str().to_owned()),
        weaknesses: judgement.weaknesses.iter().map(|weakness| weakness.as_str().to_owned()).collect(),
    })
}

/// A session's view.
pub(crate) async fn session_view(desk: &Desk) -> Result<SessionView, CommandError> {
    let premises = desk.premises();
    let session = desk.session();
    let mut connection = desk.store().read().await?;
    let user = crate::store::access::user(&mut connection, session.user_id).await?;
    let preferences: PreferencesView =
        user.and_then(|user| serde_json::from_str(&user.preferences).ok()).unwrap_or_default();
    Ok(SessionView {
        vault: desk.vault(),
        user_id: session.user_id,
        login: session.login.clone(),
        name: session.name.clone(),
        administrator: session.roles.administrator,
        role: session.role.clone(),
        practitioner_id: session.practitioner_id,
        clinical_pending: session.clinical_pending,
        old_keys: session.old_keys,
        permissions: Permission::ALL
            .iter()
            .filter(|permission| session.roles.may(**permission))
            .map(|permission| permission.as_str().to_owned())
            .collect(),
        practice: premises.name,
        country: premises.country,
        today: desk.wall_now().date().to_string(),
        preferences,
        lock_after_minutes: premises.lock_after_minutes,
        demonstration: premises.demonstration,
    })
}
