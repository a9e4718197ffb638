//! Keeps practices that are open in sync with their portals: looks every little while whether something is due, and listens to the
//! portal meanwhile, so that a booking is there at once. What is due, and what is told to whom, is the runs' to know (`run`); which
//! practices are open, the window's.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use tokio::task::JoinHandle;

use super::run::{automatic, listener};
use crate::commands::Desk;

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

/// Who listens, by practice. Dropped, nobody listens any more.
#[derive(Default)]
pub struct Watch {
    ears: HashMap<String, Ear>,
}

impl Watch {
    /// Looks at what is open, once in every [`super::LOOK_EVERY`].
    pub async fn look(&mut self, desks: Vec<Arc<Desk>>) {
        self.ears.retain(|vault, ear| {
            desks.iter().any(|desk| desk.vault().to_string() == *vault) && !ear.task.is_finished()
        });
        for desk in desks {
            // What failed stands in the state, with its age; the next try comes by itself.
            let _ = automatic(&desk, false).await;
            self.ears.entry(desk.vault().to_string()).or_insert_with(|| ear(&desk));
        }
    }
}

/// Listens for a desk as long as it is open. It does not keep the desk open.
fn ear(desk: &Arc<Desk>) -> Ear {
    let leaves = Arc::new(AtomicBool::new(false));
    let (weak, told) = (Arc::downgrade(desk), Arc::clone(&leaves));
    let task = tokio::spawn(async move {
        while !told.load(Ordering::SeqCst) {
            let Some(desk) = weak.upgrade() else { return };
            let listener = listener(&desk).await;
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
                (Ok(true), Some(desk)) => drop(automatic(&desk, true).await),
                _ => tokio::time::sleep(LISTEN_AGAIN).await,
            }
        }
    });
    Ear { leaves, task }
}
