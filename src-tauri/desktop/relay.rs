//! Passes what happens on to the window, as its one event `changed`: topic and ids, never data.

use std::collections::HashSet;
use std::time::Duration;

use tauri::{AppHandle, Emitter as _};
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio::time::MissedTickBehavior;

use super::Door;
use crate::commands::desk::Event;
use crate::commands::watch::Watch;

/// The event's name.
const CHANGED: &str = "changed";
/// How often one looks for what other programs did.
const LOOK_EVERY: Duration = Duration::from_millis(1500);
/// Topics of which everything is read again when announcements were lost.
const TOPICS: [&str; 8] = ["agenda", "patients", "calls", "practice", "access", "backups", "progress", "publishing"];

/// Runs as long as the window.
pub async fn relay(window: AppHandle, door: Door) {
    let mut events = door.subscribe();
    let mut watch = Watch::default();
    let mut own = HashSet::new();
    let mut tick = tokio::time::interval(LOOK_EVERY);
    tick.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            event = events.recv() => match event {
                Ok(event) => pass(&window, &mut own, event),
                Err(RecvError::Lagged(_)) => pass_all(&window),
                Err(RecvError::Closed) => return,
            },
            _ = tick.tick() => {
                // What was announced here must be known before one asks what was not.
                loop {
                    match events.try_recv() {
                        Ok(event) => pass(&window, &mut own, event),
                        Err(TryRecvError::Lagged(_)) => pass_all(&window),
                        Err(TryRecvError::Empty | TryRecvError::Closed) => break,
                    }
                }
                // A look that fails is made again at the next tick; nobody asked for it, so nobody is told.
                if let Ok(foreign) = watch.look(&door, &own).await {
                    for event in foreign {
                        emit(&window, &event);
                    }
                    own.clear();
                }
            }
        }
    }
}

fn pass(window: &AppHandle, own: &mut HashSet<String>, event: Event) {
    emit(window, &event);
    own.extend(event.ids);
}

fn pass_all(window: &AppHandle) {
    for topic in TOPICS {
        emit(window, &Event { topic: topic.to_owned(), ids: Vec::new() });
    }
}

fn emit(window: &AppHandle, event: &Event) {
    // A window that is closing hears nothing any more, and need not.
    let _ = window.emit(CHANGED, event);
}
