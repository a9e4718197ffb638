//! Several practices on one computer, as a secretariat at a distance needs them: each vault opened by its own sign-in, all
//! of them side by side, every command in the vault that it names; what was done for each, counted for its invoice.
//!
//! Not here: what a command does in a vault (every other capability), and anything shared between vaults: there is nothing.

pub mod counts;
pub mod known;
pub mod landing;
pub mod wire;

pub use counts::{export_counts, show_counts};
pub use landing::Landing;

use std::path::Path;

use domain::id::VaultId;

use super::CommandError;
use super::entrance::sign_in::leave;
use super::entrance::wire::{CreatedView, EntranceUserView, EntranceView, SignInRequest};
use super::entrance::{self, session_view};
use super::wire::{DoneView, NothingRequest};
use crate::vault::VaultFile;
use landing::Place;
use wire::{AddPracticeRequest, KnownPracticeRequest, KnownPracticeView, OpenPracticeRequest, PracticesView};

/// The practices that this computer account knows, open or not.
///
/// # Errors
/// What the store of an open practice refuses.
pub async fn list_practices(landing: &Landing, _request: NothingRequest) -> Result<PracticesView, CommandError> {
    let current = landing.current();
    let mut view = PracticesView { practices: Vec::new(), current: None };
    for place in landing.places() {
        let Some(one) = known_view(&place).await? else { continue };
        if std::sync::Arc::ptr_eq(&place.door, &current) {
            view.current = Some(one.practice);
        }
        view.practices.push(one);
    }
    Ok(view)
}

async fn known_view(place: &Place) -> Result<Option<KnownPracticeView>, CommandError> {
    let folder = place.door.folder();
    let Some(practice) = place.vault() else { return Ok(None) };
    let mut view = KnownPracticeView {
        practice,
        name: place.known.as_ref().map_or_else(String::new, |known| known.name.clone()),
        folder: folder.display().to_string(),
        colour: place.colour().to_owned(),
        state: "missing".to_owned(),
        own: place.known.is_none(),
        users: Vec::new(),
        session: None,
        zone: None,
        now: None,
    };
    if let Ok(file) = VaultFile::load(&folder)
        && VaultId::new(file.vault()) == practice
    {
        view.state = "closed".to_owned();
        view.name = file.practice().to_owned();
        view.users =
            file.users().into_iter().map(|user| EntranceUserView { login: user.login, name: user.name }).collect();
    }
    if let Ok(desk) = place.door.desk() {
        let premises = desk.premises();
        view.state = "open".to_owned();
        view.name = premises.name;
        view.zone = Some(premises.zone.to_string());
        view.now = Some(desk.wall_now());
        view.session = Some(session_view(&desk).await?);
    }
    Ok(Some(view))
}

/// Adds the practice whose vault is in a folder to those that this computer account knows. It stays closed.
///
/// # Errors
/// `vault_missing` and what else `vault.json` refuses; `practice_known` where the same vault is known in another folder.
pub async fn add_practice(landing: &Landing, request: AddPracticeRequest) -> Result<PracticesView, CommandError> {
    let folder = request.folder.trim();
    if folder.is_empty() {
        return Err(CommandError::field("folder_missing", "folder"));
    }
    landing.add(Path::new(folder))?;
    list_practices(landing, NothingRequest {}).await
}

/// Signs in to one practice, with its own password and delay after failures; the others stay as they are. It is current then.
///
/// # Errors
/// As `sign_in`; `vault_missing` where its vault is not in the folder any more.
pub async fn open_practice(landing: &Landing, request: OpenPracticeRequest) -> Result<CreatedView, CommandError> {
    let place = landing.place(request.practice)?;
    let expected = |vault: uuid::Uuid| VaultId::new(vault) == request.practice;
    if !expected(VaultFile::load(&place.door.folder())?.vault()) {
        return Err(CommandError::new("vault_missing"));
    }
    let sign_in = SignInRequest { login: request.login, password: request.password };
    let view = entrance::sign_in(&place.door, sign_in).await?;
    if view.session.vault != request.practice {
        // Another vault was put into the folder in these very moments.
        leave(&place.door, place.door.seat(None), "signed_out").await;
        return Err(CommandError::new("vault_missing"));
    }
    landing.make_current(&place.door);
    Ok(view)
}

/// Makes a practice current, open or not, and says how its entrance stands.
///
/// # Errors
/// `practice_unknown`, and as `read_entrance`.
pub async fn switch_practice(landing: &Landing, request: KnownPracticeRequest) -> Result<EntranceView, CommandError> {
    let place = landing.place(request.practice)?;
    landing.make_current(&place.door);
    entrance::read_entrance(&place.door, NothingRequest {}).await
}

/// Ends the session in one practice; the others stay open.
///
/// # Errors
/// `practice_unknown`.
pub async fn close_practice(landing: &Landing, request: KnownPracticeRequest) -> Result<PracticesView, CommandError> {
    let place = landing.place(request.practice)?;
    leave(&place.door, place.door.seat(None), "locked").await;
    if std::sync::Arc::ptr_eq(&landing.current(), &place.door)
        && let Some(open) = landing.places().into_iter().find(|other| other.door.desk().is_ok())
    {
        landing.make_current(&open.door);
    }
    list_practices(landing, NothingRequest {}).await
}

/// Takes a practice off the list, and ends its session. Nothing in its folder is touched.
///
/// # Errors
/// `practice_own` for this computer's own practice, `practice_unknown`, and what the disk refuses.
pub async fn forget_practice(landing: &Landing, request: KnownPracticeRequest) -> Result<PracticesView, CommandError> {
    let place = landing.place(request.practice)?;
    landing.forget(request.practice)?;
    leave(&place.door, place.door.seat(None), "locked").await;
    list_practices(landing, NothingRequest {}).await
}

/// Locks: every session ends and its keys are wiped. Drafts were kept by the window before.
///
/// # Errors
/// None.
pub async fn lock(landing: &Landing, _request: NothingRequest) -> Result<DoneView, CommandError> {
    // First nobody can do anything any more, in any practice; then each session is ended in good order.
    let seated: Vec<_> = landing.places().into_iter().map(|place| (place.door.seat(None), place.door)).collect();
    for (desk, door) in seated {
        leave(&door, desk, "locked").await;
    }
    Ok(DoneView::default())
}
