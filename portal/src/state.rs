//! What every request of the portal has at hand.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::PracticeId;
use tokio::sync::broadcast;

use crate::{
    changes::Changes, clock::Clock, config::Config, guard::Guard, memory::Memory, metrics::Metrics, outside::Outside,
    pages::Shown, signing::Key, store::Store,
};

/// The portal.
pub struct Portal {
    /// The database.
    pub store: Store,
    /// What time it is.
    pub clock: Clock,
    /// How it is set up.
    pub config: Config,
    /// The key that signs what is confirmed.
    pub key: Key,
    /// What outlives the database.
    pub outside: Outside,
    /// The key of form tokens.
    pub form_key: [u8; 32],
    /// The limits.
    pub guard: Guard,
    /// The counts.
    pub metrics: Metrics,
    /// What strangers looked at of late.
    pub memory: Memory<Shown>,
    /// What other processes are to be told.
    pub changes: Changes,
    /// Says of which practice something happened: it has something to hear of, or a message waits.
    pub news: broadcast::Sender<PracticeId>,
}

/// The portal, shared.
pub type Shared = Arc<Portal>;

impl Portal {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, clock: Clock, config: Config, key: Key, guard: Guard) -> Shared {
        let form_key = key.derive("form tokens");
        let outside = Outside::at(&config.erasures);
        let (news, _) = broadcast::channel(1_024);
        let portal = Arc::new(Self {
            store,
            clock,
            config,
            key,
            outside,
            form_key,
            guard,
            metrics: Metrics::default(),
            memory: Memory::default(),
            changes: Changes::default(),
            news,
        });
        // The store lives in the portal: it must not keep the portal alive.
        let told = Arc::downgrade(&portal);
        portal.store.on_change(move |practice| {
            if let Some(portal) = told.upgrade() {
                portal.memory.forget(practice);
                portal.changes.note(practice);
            }
        });
        portal
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Says that something happened of a practice, after it was committed.
    pub fn tell(&self, practice: PracticeId) {
        // Nobody may be listening.
        let _ = self.news.send(practice);
    }
}
