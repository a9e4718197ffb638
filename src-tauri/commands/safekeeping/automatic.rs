//! Automatic backups: looked after at sign-in and every few minutes, made when they are due, by whoever is signed in. Nobody
//! waits for them, and a place that fails blocks nothing.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};

use super::settings::{Settings, is_present};
use super::wire::BackedUpView;
use super::{key_of, places};
use crate::commands::{CommandError, Desk};
use crate::store::upkeep::BackupRow;

/// How long after a failure the next try comes, in minutes: long enough not to fill the list, short enough for a disk that was
/// plugged in again.
const AGAIN_AFTER: i64 = 60;

/// Whether a place is due, by its tries so far.
fn is_due(rows: &[BackupRow], place: &str, now: DateTime<Utc>, every_hours: i64) -> bool {
    let newest = |outcome: Option<&str>| {
        rows.iter()
            .filter(|row| row.place == place && outcome.is_none_or(|outcome| row.outcome == outcome))
            .filter_map(|row| row.at.parse::<DateTime<Utc>>().ok())
            // A time yet to come was noted while the clock was wrong: it holds nothing up.
            .filter(|at| *at <= now + TimeDelta::minutes(AGAIN_AFTER))
            .max()
    };
    let verified_long_ago = newest(Some("verified")).is_none_or(|at| now - at >= TimeDelta::hours(every_hours));
    let tried_lately = newest(Some("failed")).is_some_and(|at| now - at < TimeDelta::minutes(AGAIN_AFTER));
    verified_long_ago && !tried_lately
}

/// Makes the backups that are due. Returns what was made; none where nothing was due or another window is at it.
///
/// # Errors
/// As [`super::back_up`] for the first place; the second's failures are warnings.
pub async fn automatic(desk: &Desk) -> Result<Option<BackedUpView>, CommandError> {
    if desk.premises().demonstration {
        return Ok(None);
    }
    let settings = Settings::read(&mut *desk.store().read().await?).await?;
    let Some(_turn) = places::Turn::take(desk)? else { return Ok(None) };
    let rows = places::tries(desk).await?;
    let now = desk.now();
    let first_due = is_due(&rows, "first", now, settings.every_hours);
    let second_due = settings.second().is_some() && is_due(&rows, "second", now, settings.every_hours);
    if !first_due && !second_due {
        return Ok(None);
    }
    let key = key_of(desk).await?;
    if first_due {
        let view = if second_due || settings.second().is_some_and(|place| is_present(&place, desk)) {
            places::to_all(desk, &key, &settings).await?
        } else {
            let (file, done) = places::to_first(desk, &key, &settings).await?;
            let file = file.display().to_string();
            BackedUpView { file, entries: done.entries, verified: true, warnings: Vec::new() }
        };
        desk.anchor().await;
        return Ok(Some(view));
    }
    // Only the second place waits: it gets the newest that the first has.
    let newest: Option<PathBuf> = places::listed(desk, &super::first_place(desk)).into_iter().next();
    let view = match places::to_second(desk, &key, &settings, newest.as_deref()).await {
        Ok((file, done)) => {
            let file = file.display().to_string();
            BackedUpView { file, entries: done.entries, verified: true, warnings: Vec::new() }
        }
        Err(code) => BackedUpView { file: String::new(), entries: 0, verified: false, warnings: vec![code.to_owned()] },
    };
    Ok(Some(view))
}
