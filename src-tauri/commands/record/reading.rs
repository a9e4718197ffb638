//! The record that is open at a desk: what a search looks through. In memory alone, as long as the record is open, and gone
//! with the session.
//!
//! Deliberately not here: anything that is written, on the disk or in the journal.

use std::sync::{Mutex, OnceLock, PoisonError};

use domain::clinical::search::{Question, folded};
use domain::clinical::standing::within;
use domain::id::{EntryId, PatientId};
use serde_json::Value;
use zeroize::Zeroizing;

use super::summary_wire::RecordSummaryView;
use super::wire::{RecordEntryView, RecordView};

/// One entry as it is searched.
struct Searched {
    id: EntryId,
    kind: String,
    on: String,
    text: Zeroizing<String>,
}

struct Open {
    patient: PatientId,
    summary: RecordSummaryView,
    entries: Vec<RecordEntryView>,
    /// Made at the first search: most records are opened and read, not searched.
    index: OnceLock<Vec<Searched>>,
}

/// The record that this desk has open, if any.
#[derive(Default)]
pub struct Reading(Mutex<Option<Open>>, Mutex<Option<PatientId>>);

fn words(value: &Value, into: &mut String) {
    match value {
        Value::String(text) => {
            into.push_str(text);
            into.push('\n');
        }
        Value::Array(items) => items.iter().for_each(|one| words(one, into)),
        Value::Object(fields) => {
            fields.iter().filter(|(name, _)| *name != "kind").for_each(|(_, one)| words(one, into))
        }
        _ => {}
    }
}

fn searched(entry: &RecordEntryView) -> Searched {
    let body = serde_json::to_value(&entry.body).unwrap_or_default();
    let kind = body.get("kind").and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut text = Zeroizing::new(String::new());
    words(&body, &mut text);
    text.push_str(entry.struck.as_deref().unwrap_or_default());
    Searched { id: entry.id, kind, on: entry.on.clone(), text: Zeroizing::new(folded(&text)) }
}

impl Reading {
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Open>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The record of this view is the one that is open.
    pub(super) fn keep(&self, view: &RecordView) {
        *self.lock() = Some(Open {
            patient: view.patient_id,
            summary: view.summary.clone(),
            entries: view.entries.clone(),
            index: OnceLock::new(),
        });
    }

    /// No record is open, and none that is limited may be read on.
    pub(in crate::commands) fn close(&self) {
        *self.lock() = None;
        self.grant(None);
    }

    /// This record is not open any more; another one stays open.
    pub(in crate::commands) fn close_if(&self, patient: PatientId) {
        let is_it = self.lock().as_ref().is_some_and(|open| open.patient == patient);
        if is_it || self.is_granted(patient) {
            self.close();
        }
    }

    /// From here on a ground is stated for reading this limited record, and no other.
    pub(super) fn grant(&self, patient: Option<PatientId>) {
        *self.1.lock().unwrap_or_else(PoisonError::into_inner) = patient;
    }

    /// Whether a ground was stated for reading this record, though it is limited.
    pub(super) fn is_granted(&self, patient: PatientId) -> bool {
        *self.1.lock().unwrap_or_else(PoisonError::into_inner) == Some(patient)
    }

    /// Whose record is open.
    pub(super) fn patient(&self) -> Option<PatientId> {
        self.lock().as_ref().map(|open| open.patient)
    }

    /// What stands in the open record, where it is this patient's.
    pub(super) fn summary(&self, patient: PatientId) -> Option<RecordSummaryView> {
        self.lock().as_ref().filter(|open| open.patient == patient).map(|open| open.summary.clone())
    }

    /// The entries that fit, the newest first; none where another record is open or no record is.
    pub(super) fn search(
        &self,
        patient: PatientId,
        question: &Question,
        kinds: &[String],
        (from, until): (&str, &str),
    ) -> Option<Vec<EntryId>> {
        let open = self.lock();
        let open = open.as_ref().filter(|open| open.patient == patient)?;
        let index = open.index.get_or_init(|| open.entries.iter().map(searched).collect());
        let fits = |one: &&Searched| {
            (kinds.is_empty() || kinds.contains(&one.kind)) && within(&one.on, from, until) && question.fits(&one.text)
        };
        Some(index.iter().filter(fits).map(|one| one.id).collect())
    }
}
