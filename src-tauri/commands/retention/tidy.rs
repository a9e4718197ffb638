//! What happens by itself when somebody signs in: cheap, and nothing clinical.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::privacy::retention::Category;

use super::keys;
use super::people::rules_here;
use super::shelf::Shelf;
use crate::backup;
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk};
use crate::store::archive::{self, known};
use crate::store::{StoreError, destruction, retention};
use crate::vault::VaultFile;

/// What somebody was typing is kept so long.
const DRAFTS: TimeDelta = TimeDelta::days(90);

/// Purges drafts that nobody came back to and the words of requests that were answered long ago, completes the erasure list, and puts the archive in order where a crash, a
/// restore or a new database key left something to do and a practitioner is here to open it.
///
/// # Errors
/// What store and vault refuse: it is the next session's then.
pub(crate) async fn tidy(desk: &Desk) -> Result<(), CommandError> {
    let before = instant_text(desk.now() - DRAFTS);
    let mut connection = desk.store.read().await?;
    let stale = retention::stale_drafts(&mut connection, &before).await?;
    // Requests go by the rule of their own category; what is left of one names nobody.
    let months = chrono::Months::new(rules_here(desk, &mut connection).await?.months(Category::Request));
    let answered = desk.wall_now().date().checked_sub_months(months).map_or_else(String::new, |day| day.to_string());
    let requests = retention::stale_requests(&mut connection, &answered).await?;
    let destroyed: BTreeSet<String> = destruction::destroyed(&mut connection).await?.into_iter().collect();
    let noted = known::count_archived(&mut connection).await?;
    drop(connection);
    if stale > 0 || requests > 0 {
        let mut tx = desk.store.write().await?;
        retention::purge_drafts(&mut tx, &before).await?;
        retention::empty_requests(&mut tx, &answered).await?;
        tx.commit().await.map_err(StoreError::from)?;
    }
    if !destroyed.is_empty() {
        backup::add_erasures(desk.folder(), &destroyed)?;
    }
    if !desk.folder().join(archive::FILE_NAME).is_file() || desk.unlocked.lock().await.clinical.is_none() {
        return Ok(());
    }
    let mut connection = desk.store.read().await?;
    let rows = known::keys(&mut connection).await?;
    let key = keys::reading_key(desk, &mut connection).await?;
    drop(connection);
    let persons = match &key {
        Some(key) => archive::count(desk.folder(), key).await?,
        None => 0,
    };
    let database_key = i64::from(VaultFile::load(desk.folder())?.database_key_id());
    let old_key = rows.len() > 1 || rows.first().is_some_and(|row| row.database_key < database_key);
    if persons != noted || old_key {
        Shelf::open(desk).await?;
    }
    Ok(())
}
