//! Passes what happens on to the window, as its one event `changed`: topic, ids and which practice, never data. Each practice
//! is followed by itself: its own announcements, and what other programs did to its vault.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use tauri::{AppHandle, Emitter as _};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::Doorstep;
use crate::commands::desk::Event;
use crate::commands::watch::Watch;

/// The event's name.
const CHANGED: &str = "changed";
/// How often one looks for what other programs did.
const LOOK_EVERY: Duration = Duration::from_millis(1500);
/// Topics of which everything is read again when announcements were lost.
const TOPICS: [&str; 9] =
    ["agenda", "patients", "calls", "practice", "access", "backups", "progress", "publishing", "results"];

/// What the window hears.
#[derive(Serialize, Clone)]
struct Announcement {
    #[serde(flatten)]
    event: Event,
    /// In which practice, by its vault; none where nobody has signed in to it yet.
    practice: Option<String>,
}

/// Runs as long as the window: one follower a door, those that are added later too.
pub async fn relay(window: AppHandle, landing: Door) {
    let mut arrivals = landing.arrivals();
    for place in landing.places() {
        tauri::async_runtime::spawn(follow(window.clone(), Arc::clone(&landing), place.door));
    }
    loop {
        match arrivals.recv().await {
            Ok(door) => {
                tauri::async_runtime::spawn(follow(window.clone(), Arc::clone(&landing), door));
            }
            Err(RecvError::Lagged(_)) => {}
            Err(RecvError::Closed) => return,
        }
    }
}

/// Runs as long as the door is one of the landing's.
async fn follow(window: AppHandle, landing: Door, door: Arc<Doorstep>) {
    let mut events = door.subscribe();
    let mut watch = Watch::default();
    let mut ear = Ear { window, door: Arc::clone(&door), practice: None, own: HashSet::new() };
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => ear.pass(event),
                Err(RecvError::Lagged(_)) => ear.pass_all(),
                Err(RecvError::Closed) => return,
            },
            _ = tick.tick() => {
                if !landing.holds(&door) {
                    return;
                }
                // What was announced here must be known before one asks what was not.
                loop {
                    match events.try_recv() {
                        Ok(event) => ear.pass(event),
                        Err(TryRecvError::Lagged(_)) => ear.pass_all(),
                        Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                    }
                }
                // A look that fails is made again at the next tick; nobody asked for it, so nobody is told.
                if let Ok(foreign) = watch.look(&door, &ear.own).await {
                    for event in foreign {
                        ear.emit(event);
                    }
                    ear.own.clear();
                }
            }
        }
    }
}

/// What one door's follower remembers.
struct Ear {
    window: AppHandle,
    door: Arc<Doorstep>,
    /// Whose announcements these are; the last one where the session has just ended.
    practice: Option<String>,
    /// What was announced here since the last look at the journal.
    own: HashSet<String>,
}

impl Ear {
    fn pass(&mut self, event: Event) {
        self.own.extend(event.ids.iter().cloned());
        self.emit(event);
    }

    fn pass_all(&mut self) {
        for topic in TOPICS {
            self.emit(Event { topic: topic.to_owned(), ids: Vec::new() });
        }
    }

    fn emit(&mut self, event: Event) {
        if let Ok(desk) = self.door.desk() {
            self.practice = Some(desk.vault().to_string());
        }
        // A window that is closing hears nothing any more, and need not.
        let _ = self.window.emit(CHANGED, Announcement { event, practice: self.practice.clone() });
    }
}
