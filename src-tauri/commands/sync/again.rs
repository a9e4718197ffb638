//! What the portal refused as unfit waits for its next change. It is told again where something else may have mended it: a new
//! instruction (which queues everything anyway), the end of a pause, another version of this program, once a day with the look at
//! everything (the portal may have been mended too), and by hand.
//!
//! Not here: what waits because nobody answers; that is tried again by itself.

use domain::role::Permission;

use super::run::{Run, Stopped};
use super::show;
use super::wire::{SyncStateView, TellPortalAgainRequest};
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::{self, StoreError};

/// The version of the program that told last.
const PROGRAM: &str = "sync_program";

/// Tells again what was refused as unfit: one appointment, or everything. It leaves with the next run.
///
/// # Errors
/// `permission_denied`, `not_set_up`.
pub async fn tell_portal_again(desk: &Desk, request: TellPortalAgainRequest) -> Result<SyncStateView, CommandError> {
    let mut change = desk.change(Permission::ReadAgenda, "tell_portal_again").await?;
    if super::Standing::read(change.connection()).await?.is_none() {
        return Err(CommandError::new("not_set_up"));
    }
    let at = change.at().to_owned();
    let one = request.id.map(|id| id.to_string());
    let things = store::sync_queue::tell_again(change.connection(), one.as_deref(), &at).await?;
    if things > 0 {
        let record = ChangeRecord::created("sync_told_again", &serde_json::json!({ "things": things }));
        change.record("sync", one.as_deref().unwrap_or("portal"), None, &record).await?;
    }
    let view = show::state(desk, change.connection()).await?;
    change.commit().await?;
    Ok(view)
}

/// Where this is another version of the program than the one that told last, it may know better.
pub(super) async fn after_update(run: &Run<'_>) -> Result<(), Stopped> {
    let version = serde_json::Value::String(env!("CARGO_PKG_VERSION").to_owned());
    if store::practice::setting(&mut *run.desk.store().read().await?, PROGRAM).await?.as_ref() == Some(&version) {
        return Ok(());
    }
    let mut tx = run.desk.store().write().await?;
    store::sync_queue::tell_again(&mut tx, None, &instant_text(run.desk.now())).await?;
    store::practice::save_setting(&mut tx, PROGRAM, &version).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
