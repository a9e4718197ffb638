//! Keeps the practices that are open in the window in sync with their portals. How that is done is the commands' to know (`sync::Watch`).

use std::time::Duration;

use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::sync;

/// Runs as long as the window.
pub async fn watch(door: Door) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(5), sync::LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut watch = sync::Watch::default();
    loop {
        tick.tick().await;
        watch.look(door.desks()).await;
    }
}
