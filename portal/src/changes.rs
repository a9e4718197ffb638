//! What processes of one portal tell one another: of which practice something was committed. A practice's number and nothing else
//! travels; each then forgets what it remembered of it, and tells who listens to its events.
//!
//! Told after the commit and not within it: PostgreSQL lets commits that notify wait for one another, which bookings should not.
//! Where a process ends between the two, the others remember what they know for a minute at most.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
    time::Duration,
};

use domain::id::PracticeId;
use tokio::{sync::Notify, time::sleep};
use uuid::Uuid;

use crate::{logging, secret, state::Shared};

/// What waits to be told to the other processes.
pub struct Changes {
    own: Uuid,
    waiting: Mutex<HashSet<PracticeId>>,
    ring: Notify,
}

impl Default for Changes {
    fn default() -> Self {
        Self { own: secret::make_id(), waiting: Mutex::default(), ring: Notify::new() }
    }
}

/// So long after a fault it is tried again.
const AGAIN: Duration = Duration::from_secs(2);
/// What happens within so short a time is told together.
const TOGETHER: Duration = Duration::from_millis(5);

impl Changes {
    /// Something of a practice was committed here.
    pub fn note(&self, practice: PracticeId) {
        let fresh = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).insert(practice);
        if fresh {
            self.ring.notify_one();
        }
    }

    fn take(&self) -> Vec<PracticeId> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }
}

/// Tells the others, for as long as the portal runs.
pub async fn tell(portal: Shared) {
    loop {
        portal.changes.ring.notified().await;
        sleep(TOGETHER).await;
        let practices = portal.changes.take();
        if let Err(error) = portal.store.announce(&portal.changes.own.to_string(), &practices).await {
            logging::fault(portal.now(), "announce", &error.to_string());
            practices.into_iter().for_each(|practice| portal.changes.note(practice));
            sleep(AGAIN).await;
        }
    }
}

/// Hears of what the others tell, for as long as the portal runs.
pub async fn hear(portal: Shared) {
    loop {
        if let Ok(mut ears) = portal.store.listen().await {
            portal.memory.hear(true);
            // None: the connection was lost, and with it what was told meanwhile.
            while let Ok(Some(told)) = ears.next().await {
                let Some((whose, practice)) = told.split_once(' ') else { continue };
                let Ok(practice) = practice.parse::<PracticeId>() else { continue };
                if whose != portal.changes.own.to_string() {
                    portal.memory.forget(practice);
                    portal.tell(practice);
                }
            }
            portal.memory.hear(false);
        }
        sleep(AGAIN).await;
    }
}
