//! What the practice chose for its waiting room: when a wait is too long, what the wall display says in which languages.

use std::collections::HashSet;

use domain::country::Country;
use domain::role::Permission;

use super::wire::{SetWaitingRoomRequest, WaitingSettingsView};
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::{self, Connection};

/// The setting's name.
const NAME: &str = "waiting_room";
/// Longer than this, somebody has waited too long, until the practice says otherwise (minutes).
const OVER_WAIT: i64 = 25;

impl Default for WaitingSettingsView {
    fn default() -> Self {
        Self { over_wait_minutes: OVER_WAIT, wall_languages: Vec::new(), wall_locks: true, rooms: Vec::new() }
    }
}

/// What is set, and what the country suggests where nothing is.
///
/// # Errors
/// What the store refuses.
pub(crate) async fn settings(desk: &Desk, connection: &mut Connection) -> Result<WaitingSettingsView, CommandError> {
    let value = store::practice::setting(connection, NAME).await?;
    let mut settings: WaitingSettingsView =
        value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default();
    if settings.wall_languages.is_empty() {
        let spoken: &[&str] = if desk.premises().country == Country::MA { &["ar", "fr"] } else { &["fr"] };
        settings.wall_languages = spoken.iter().map(|language| (*language).to_owned()).collect();
    }
    Ok(settings)
}

/// Sets up the waiting room.
///
/// # Errors
/// `out_of_range`, `unknown_word`, `too_long`, `practitioner_not_found`, `permission_denied`.
pub async fn set_waiting_room(desk: &Desk, request: SetWaitingRoomRequest) -> Result<DoneView, CommandError> {
    if !(5..=240).contains(&request.over_wait_minutes) {
        return Err(CommandError::field("out_of_range", "over_wait_minutes"));
    }
    let different: HashSet<&str> = request.wall_languages.iter().map(String::as_str).collect();
    let known = different.iter().all(|language| ["fr", "ar", "en"].contains(language));
    if !known || different.is_empty() || different.len() != request.wall_languages.len() {
        return Err(CommandError::field("unknown_word", "wall_languages"));
    }
    if request.rooms.iter().any(|room| room.room.chars().count() > 40) {
        return Err(CommandError::field("too_long", "room").with("limit", 40));
    }
    let mut change = desk.change(Permission::ManageSettings, "set_waiting_room").await?;
    let practitioners = store::practice::practitioners(change.connection()).await?;
    if request.rooms.iter().any(|room| !practitioners.iter().any(|one| one.id == room.practitioner_id)) {
        return Err(CommandError::field("practitioner_not_found", "rooms"));
    }
    let before = settings(desk, change.connection()).await?;
    let mut rooms = request.rooms;
    rooms.iter_mut().for_each(|room| room.room = room.room.trim().to_owned());
    rooms.retain(|room| !room.room.is_empty());
    let after = WaitingSettingsView {
        over_wait_minutes: request.over_wait_minutes,
        wall_languages: request.wall_languages,
        wall_locks: request.wall_locks,
        rooms,
    };
    let value = serde_json::to_value(&after).map_err(|_| CommandError::new("bad_request"))?;
    store::practice::save_setting(change.connection(), NAME, &value).await?;
    let id = desk.premises().practice_id.to_string();
    change.record("practice", &id, None, &ChangeRecord::updated("waiting_room", &before, &after)).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}
