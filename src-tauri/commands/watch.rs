//! What other programs changed in the same vault: the command line, a second window. Open views are told of it as of
//! their own changes, by topic and ids.
//!
//! The journal is the source: every change writes an entry, and its number only grows. Not here: how often one looks
//! (room `desktop`).

use std::collections::HashSet;
use std::sync::{Arc, Weak};

use super::desk::{Desk, Event};
use super::{CommandError, Doorstep};
use crate::store;

/// Topics whose views are told: an entry of the journal does not name its topic.
const TOPICS: [&str; 6] = ["agenda", "patients", "calls", "practice", "access", "results"];
/// Entries read at once; of a longer stretch (an import elsewhere) views are told that anything may have changed.
const PAGE: i64 = 200;

/// How far one has read the journal of the desk that is open.
#[derive(Default)]
pub struct Watch {
    desk: Weak<Desk>,
    read: i64,
}

impl Watch {
    /// What changed since the last look and was not announced here: `own` holds the subjects that were. Ids are empty
    /// where too much changed to name it.
    ///
    /// # Errors
    /// What the store refuses; the next look begins at the same place.
    pub async fn look(&mut self, doorstep: &Doorstep, own: &HashSet<String>) -> Result<Vec<Event>, CommandError> {
        let Ok(desk) = doorstep.desk() else {
            self.desk = Weak::new();
            return Ok(Vec::new());
        };
        let mut connection = desk.store().read().await?;
        let head = store::journal::head(&mut connection).await?.map_or(0, |(sequence, _)| sequence);
        if !std::ptr::eq(self.desk.as_ptr(), Arc::as_ptr(&desk)) {
            // Whoever has just sat down has seen everything up to now.
            (self.desk, self.read) = (Arc::downgrade(&desk), head);
            return Ok(Vec::new());
        }
        if head <= self.read {
            return Ok(Vec::new());
        }
        let rows = store::journal::page(&mut connection, self.read, PAGE).await?;
        let all = head - self.read <= PAGE;
        self.read = head;
        let foreign: Vec<String> = rows
            .into_iter()
            .filter(|row| row.command != "permission_denied" && !own.contains(&row.subject_id))
            .map(|row| row.subject_id)
            .collect();
        if all && foreign.is_empty() {
            return Ok(Vec::new());
        }
        let ids = if all { foreign } else { Vec::new() };
        Ok(TOPICS.iter().map(|topic| Event { topic: (*topic).to_owned(), ids: ids.clone() }).collect())
    }
}
