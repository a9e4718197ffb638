//! Asks for the automatic backup from time to time, in each practice that is open. When one is due, and where it goes, is the commands' to know.

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::safekeeping;

/// How often one asks; the first time shortly after the window is there.
const ASK_EVERY: Duration = Duration::from_secs(300);

/// Runs as long as the window.
pub async fn watch(door: Door) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(45), ASK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        for desk in door.desks() {
            // A failure stands in the list of backups, which says when none was verified for too long.
            let _ = safekeeping::automatic(&desk).await;
            desk.announce("backups", Vec::new());
        }
    }
}
