//! Looks from time to time into the folder where the laboratories' software puts results, in each practice that is open. Which folder
//! that is, and what becomes of its files, is the commands' to know.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::results;

/// How often one looks; the first time shortly after the window is there.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// Runs as long as the window.
pub async fn watch(door: Door) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(15), LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        for desk in door.desks() {
            // What went wrong stands beside the folder's setting; a file is looked at again until it is read.
            let _ = results::automatic(&desk).await;
        }
    }
}
