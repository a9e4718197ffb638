//! The two halves of an erasure: what is one transaction, and what can only be done after it. Whatever breaks off between
//! them is done again when the vault is next opened: the list from the proof, the files by the sweep, the log by the close.

use std::collections::BTreeSet;
use std::fs;

use domain::id::{DataRequestId, ErasureId, PatientId};
use serde_json::json;

use super::wire::{ErasedView, ErasureReceiptView};
use super::{reason, refusal, shown, subject};
use crate::commands::desk::Change;
use crate::commands::documents::sweep;
use crate::commands::processor::{self, Cause};
use crate::commands::safekeeping::note_erased;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::privacy::processor::Order;
use crate::store::erasure::{Erased, ProofRow};
use crate::store::{self, StoreError};
use crate::vault::DocumentName;

/// An erasure whose transaction is not committed yet.
pub(in crate::commands) struct Pending {
    proof: ProofRow,
    ids: BTreeSet<String>,
    files: Vec<String>,
    view: ErasedView,
}

impl Pending {
    /// The proof's identifier.
    pub fn id(&self) -> &str {
        &self.proof.id
    }
}

fn counted(erased: &Erased) -> ErasedView {
    let names = |map: &std::collections::BTreeMap<&'static str, i64>| {
        map.iter().map(|(table, rows)| ((*table).to_owned(), *rows)).collect()
    };
    ErasedView {
        persons: erased.persons,
        removed: names(&erased.removed),
        emptied: names(&erased.emptied),
        events_going: erased.published.0,
        events_waiting: erased.published.1,
        guardians: erased.guardians,
        ..ErasedView::default()
    }
}

/// Decides and erases within a change, with the journal's entry and the proof.
///
/// # Errors
/// As [`super::erase_person`].
pub(in crate::commands) async fn within(
    desk: &Desk,
    change: &mut Change<'_>,
    patient: PatientId,
    why: &str,
    request: Option<DataRequestId>,
) -> Result<Pending, CommandError> {
    let subject = subject(desk, change.connection(), patient, request).await?;
    let why = reason(why, &subject.patient)?;
    refusal(subject.decision)?;
    let id = ErasureId::new(desk.make_id());
    let erased = store::erasure::erase(change.connection(), &[subject.patient.id]).await?;
    let view = counted(&erased);
    let proof = ProofRow {
        id: id.to_string(),
        at: change.at().to_owned(),
        user_id: desk.session().user_id.to_string(),
        user: desk.session().name.clone(),
        reason: why,
        request_id: request.map(|id| id.to_string()),
        erasure_ids: json!(subject.standing.erasure_ids).to_string(),
        receipt: serde_json::to_string(&view).map_err(|_| StoreError::BadValue)?,
    };
    store::erasure::keep(change.connection(), &proof).await?;
    let cause = Cause { request, erasure: Some(id) };
    processor::tell(desk, change, Order::Erase, &subject.persons, cause).await?;
    let rows: i64 = erased.removed.values().sum();
    let record =
        ChangeRecord::created("erasure", &json!({ "patients": erased.persons, "rows": rows, "request": request }));
    change.record("patients", &proof.id, None, &record).await?;
    for topic in ["agenda", "calls", "record", "results", "privacy"] {
        change.touch(topic, &proof.id);
    }
    Ok(Pending { proof, ids: subject.standing.erasure_ids.into_iter().collect(), files: erased.files, view })
}

/// What follows the commit: the erasure list, the sealed files, the file's own pages and log, the processor. Returns the
/// receipt.
///
/// # Errors
/// What the store refuses: the person is erased then, and the next start does the rest.
pub(in crate::commands) async fn afterwards(
    desk: &Desk,
    mut pending: Pending,
) -> Result<ErasureReceiptView, CommandError> {
    desk.reading.close();
    (pending.view.lists, pending.view.lists_waiting) = note_erased(desk, &pending.ids).await?;
    let folder = desk.folder().join(sweep::FOLDER);
    for name in pending.files.iter().filter(|name| DocumentName::parse(name).is_some()) {
        match fs::remove_file(folder.join(name)) {
            Ok(()) => pending.view.files_removed += 1,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(_) => pending.view.files_left += 1,
        }
    }
    pending.view.log_emptied = store::erasure::empty_log(&mut *desk.store().writer().await?).await?;
    pending.proof.receipt = serde_json::to_string(&pending.view).map_err(|_| StoreError::BadValue)?;
    let mut tx = desk.store().write().await?;
    store::erasure::keep(&mut tx, &pending.proof).await?;
    tx.commit().await.map_err(StoreError::from)?;
    processor::carry_out(desk).await?;
    shown(&mut *desk.store().read().await?, pending.proof).await
}
