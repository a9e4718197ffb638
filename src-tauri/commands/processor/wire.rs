//! Views of what processors were told.

use chrono::{DateTime, Utc};
use domain::id::ProcessorTaskId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a processor was told, and what it confirmed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProcessorTaskView {
    /// Identifier.
    #[ts(type = "ProcessorTaskId")]
    pub id: ProcessorTaskId,
    /// Whom.
    pub processor: String,
    /// What.
    #[ts(type = "'erase' | 'limit' | 'object' | 'rectify' | 'lift'")]
    pub kind: String,
    /// UTC instant.
    #[ts(type = "string")]
    pub told_at: DateTime<Utc>,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed: `unreachable`, `refused`, or empty.
    pub code: String,
    /// UTC instant.
    #[ts(type = "string | null")]
    pub confirmed_at: Option<DateTime<Utc>>,
    /// The processor's own number of it.
    pub reference: String,
    /// What the processor says.
    pub words: String,
}

/// What processors were told.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ProcessorTasksView {
    /// The processor that is connected now, or empty: then nothing is outside.
    pub connected: String,
    /// The tasks, the newest first.
    pub tasks: Vec<ProcessorTaskView>,
}
