//! Requests and views of erasures.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{DataRequestId, ErasureId, PatientId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::processor::wire::ProcessorTaskView;

/// Whether somebody may be erased.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewErasureRequest {
    /// Who; with everybody merged into them.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// Whether somebody may be erased, and what that would touch.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasurePreviewView {
    /// The person that is meant: the one that others were merged into.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Whether it may be done today.
    pub may_erase: bool,
    /// Why not: `medical_record`, `legal_claims`, `limitation`, `open_request`, or empty.
    #[ts(type = "'' | 'medical_record' | 'legal_claims' | 'limitation' | 'open_request'")]
    pub ground: String,
    /// Where the ground stands, or empty.
    pub source: String,
    /// The last day of its being kept, ISO; none where no day says it.
    pub retention_until: Option<String>,
    /// The first day on which it may be erased, ISO.
    pub possible_on: Option<String>,
    /// Files that are one person's.
    pub persons: i64,
    /// Entries, documents and papers of the record.
    pub record: i64,
    /// Appointments.
    pub appointments: i64,
    /// Calls.
    pub calls: i64,
}

/// Erase somebody.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ErasePersonRequest {
    /// Who; with everybody merged into them.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Why, without a name: it stays as the proof.
    pub reason: String,
    /// The request that asks for it.
    #[serde(default)]
    #[ts(type = "DataRequestId | null")]
    pub request_id: Option<DataRequestId>,
}

/// What really changed. It holds no word of the person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct ErasedView {
    /// Files that were one person's.
    pub persons: i64,
    /// Rows that are gone, by table.
    pub removed: BTreeMap<String, i64>,
    /// Rows that stay without a word of the person, by table.
    pub emptied: BTreeMap<String, i64>,
    /// Sealed files that are gone from the disk.
    pub files_removed: i64,
    /// Sealed files without a key that could not be removed now; the next start removes them.
    pub files_left: i64,
    /// Events that the next publishing removes from calendar servers.
    pub events_going: i64,
    /// Events of agendas that are not published by themselves: they go with a publishing by hand.
    pub events_waiting: i64,
    /// Entries in others' files that stay by name alone, because they decide for a minor.
    pub guardians: i64,
    /// Where the erasure list has it: `vault`, `first`, `second`.
    pub lists: Vec<String>,
    /// Places of backups that were not there: the next backup brings the list.
    pub lists_waiting: Vec<String>,
    /// Whether the write-ahead log was emptied; else it is when the last program closes the file.
    pub log_emptied: bool,
}

/// The proof of an erasure.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasureReceiptView {
    /// Identifier.
    #[ts(type = "ErasureId")]
    pub id: ErasureId,
    /// UTC instant.
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The request that asked for it.
    #[ts(type = "DataRequestId | null")]
    pub request_id: Option<DataRequestId>,
    /// What really changed.
    pub erased: ErasedView,
    /// What processors were told and confirmed so far; empty: nothing was with a processor.
    pub processor: Vec<ProcessorTaskView>,
}

/// All proofs.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ErasuresView {
    /// The newest first.
    pub erasures: Vec<ErasureReceiptView>,
}
