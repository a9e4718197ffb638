//! Keeps the practices that are open in sync with their portals: asks every little while whether something is due, and listens to the
//! portal meanwhile, so that a booking is there at once. What is due, and what is told to whom, is the commands' to know.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tauri::async_runtime::JoinHandle;
use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::{Desk, sync};

/// How long somebody waits who was not listened to.
const LISTEN_AGAIN: Duration = Duration::from_secs(20);

/// Somebody who listens for a desk, and how they are told to leave.
struct Ear {
    leaves: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Drop for Ear {
    fn drop(&mut self) {
        self.leaves.store(true, Ordering::SeqCst);
        self.task.abort();
    }
}

/// Runs as long as the window.
pub async fn watch(door: Door) {
    let mut tick = tokio::time::interval_at(tokio::time::Instant::now() + Duration::from_secs(5), sync::LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut ears: HashMap<String, Ear> = HashMap::new();
    loop {
        tick.tick().await;
        let desks = door.desks();
        ears.retain(|vault, ear| {
            desks.iter().any(|desk| desk.vault().to_string() == *vault) && !ear.task.inner().is_finished()
        });
        for desk in desks {
            // What failed stands in the state, with its age; the next try comes by itself.
            let _ = sync::automatic(&desk, false).await;
            ears.entry(desk.vault().to_string()).or_insert_with(|| ear(&desk));
        }
    }
}

/// Listens for a desk as long as it is open. It does not keep the desk open.
fn ear(desk: &Arc<Desk>) -> Ear {
    let leaves = Arc::new(AtomicBool::new(false));
    let (weak, told) = (Arc::downgrade(desk), Arc::clone(&leaves));
    let task = tauri::async_runtime::spawn(async move {
        while !told.load(Ordering::SeqCst) {
            let Some(desk) = weak.upgrade() else { return };
            let listener = sync::listener(&desk).await;
            // While somebody listens, nothing keeps the practice open.
            drop(desk);
            let leaving = Arc::clone(&told);
            let heard = match listener {
                Ok(Some(listener)) => listener.hear(move || leaving.load(Ordering::SeqCst)).await,
                Ok(None) => Ok(false),
                Err(refusal) => Err(refusal),
            };
            match (heard, weak.upgrade()) {
                (_, None) => return,
                (Ok(true), Some(desk)) => drop(sync::automatic(&desk, true).await),
                _ => tokio::time::sleep(LISTEN_AGAIN).await,
            }
        }
    });
    Ear { leaves, task }
}
