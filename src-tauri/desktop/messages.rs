//! Asks from time to time for messages to patients that are due, in each practice that is open. Which are due, and to whom, is the
//! commands' to know.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::messages;

/// How often one asks; the first time shortly after the window is there.
const ASK_EVERY: Duration = Duration::from_secs(60);

/// Runs as long as the window.
pub async fn watch(door: Door) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(35), ASK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        for desk in door.desks() {
            // What failed stands in the settings, with its age; the next try comes by itself.
            let _ = messages::automatic(&desk).await;
        }
    }
}
