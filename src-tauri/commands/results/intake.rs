//! The way in: a file's reports, each to where it belongs.
//!
//! Certain and alone: into the record, where this session can write it, else filed for that patient. Everything else is kept
//! aside. A report of a number that a person, or an earlier report, gave to a patient goes the same way.
//!
//! Not here: the folder that is watched, what a person decides.

use std::path::Path;

use chrono::NaiveDate;
use domain::id::PatientId;
use domain::patient::sex::Sex;
use domain::patient::whose::{Whose, whose};
use domain::role::Permission;
use serde_json::json;

use super::sealing::{Content, open, opens, row};
use super::take_in::{STRUCK, Taken, known, take_report};
use super::wire::{ImportResultsRequest, ImportedResultView, ImportedResultsView};
use crate::commands::desk::Change;
use crate::commands::patient::show::{candidates, identity};
use crate::commands::record::chart::Chart;
use crate::commands::takeover::bytes_of;
use crate::commands::{CommandError, Desk};
use crate::import::results::{self, FileIdentity, Item, Trouble};
use crate::journal::ChangeRecord;
use crate::store::patient::Patient;
use crate::store::{self, Connection, filing, restriction};
use crate::vault;

/// Imports a file, or every file of a folder that is no longer being written.
///
/// # Errors
/// `permission_denied`, `no_practitioner_yet`, `file_missing`, `disk_error`; what is wrong with a file is told in its line.
pub async fn import_results(desk: &Desk, request: ImportResultsRequest) -> Result<ImportedResultsView, CommandError> {
    desk.require(Permission::FileDocuments, "import_results").await?;
    if request.path.is_empty() {
        let bytes = bytes_of(&request.base64)?;
        return Ok(ImportedResultsView { results: import_bytes(desk, &request.name, &bytes).await? });
    }
    let path = Path::new(&request.path);
    if path.is_dir() {
        return Ok(ImportedResultsView { results: super::folder::import_folder(desk, path, None).await? });
    }
    let bytes = read(path)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(ImportedResultsView { results: import_bytes(desk, &name, &bytes).await? })
}

/// A file's bytes, up to one more than is read: a larger one is told as such, not loaded.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, CommandError> {
    use std::io::Read as _;
    let disk = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => CommandError::field("file_missing", "path"),
        _ => CommandError::field("disk_error", "path"),
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(disk)?;
    file.take(results::LIMIT as u64 + 1).read_to_end(&mut bytes).map_err(disk)?;
    Ok(bytes)
}

/// Imports a file's bytes, in one transaction.
///
/// # Errors
/// As [`import_results`].
pub(super) async fn import_bytes(
    desk: &Desk,
    name: &str,
    bytes: &[u8],
) -> Result<Vec<ImportedResultView>, CommandError> {
    let items = match results::read(bytes, desk.wall_now().date()) {
        Ok(file) => file.items,
        Err(trouble) => vec![unreadable(bytes, trouble)],
    };
    let mut change = desk.change(Permission::FileDocuments, "import_results").await?;
    let mut told = Vec::new();
    for item in &items {
        told.push(place(desk, &mut change, name, item).await?);
    }
    change.commit().await?;
    Ok(told)
}

/// A file of which nothing can be read: its beginning is kept, as it is.
fn unreadable(bytes: &[u8], trouble: Trouble) -> Item {
    const KEPT: usize = 64 * 1024;
    Item {
        identity: FileIdentity::default(),
        laboratory: String::new(),
        number: String::new(),
        report: None,
        trouble: Some(trouble),
        raw: String::from_utf8_lossy(&bytes[..bytes.len().min(KEPT)]).into_owned(),
    }
}

/// A digest of laboratory, number and identity: what tells that two papers are of one request. Never of content.
fn slip(desk: &Desk, item: &Item) -> String {
    if item.number.trim().is_empty() || item.identity.surname.is_empty() {
        return String::new();
    }
    let born = item.identity.born.map_or_else(String::new, |day| day.to_string());
    let own = [&item.laboratory, &item.number, &item.identity.surname, &item.identity.first_name, &born];
    let own: Vec<String> =
        own.iter().map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ").to_uppercase()).collect();
    vault::digest(format!("slip\n{}\n{}", desk.vault_id, own.join("\n")).as_bytes())
}

/// A paper's identity as a patient's row.
pub(super) fn as_patient(identity: &FileIdentity) -> Patient {
    Patient {
        number: 0,
        id: PatientId::new(uuid::Uuid::nil()),
        surname: identity.surname.clone(),
        birth_name: identity.birth_name.clone(),
        first_name: identity.first_name.clone(),
        surname_arabic: String::new(),
        first_name_arabic: String::new(),
        sex: if identity.sex.is_empty() { "unknown" } else { identity.sex }.to_owned(),
        born: identity.born,
        birth_place: String::new(),
        nir: identity.nir.clone(),
        ins_status: "none".to_owned(),
        cin: String::new(),
        mobile: String::new(),
        phone: String::new(),
        email: String::new(),
        address: String::new(),
        postcode: String::new(),
        city: String::new(),
        language: String::new(),
        insurer: String::new(),
        treating_doctor: String::new(),
        remarks: String::new(),
        deceased_on: None,
        external_id: None,
        erasure_id: String::new(),
        merged_into: None,
        revision: 1,
        created_at: String::new(),
    }
}

/// Whose a paper is, among everybody worth comparing.
///
/// # Errors
/// What the store refuses.
pub(super) async fn judge(
    connection: &mut Connection,
    paper: &Patient,
) -> Result<(Whose<PatientId>, Vec<Patient>), CommandError> {
    let sex = |patient: &Patient| patient.sex.parse().unwrap_or(Sex::Unknown);
    let known = candidates(connection, paper).await?;
    let compared: Vec<_> = known.iter().map(|one| (one.id, identity(one), sex(one))).collect();
    Ok((whose(&identity(paper), sex(paper), &compared), known))
}

/// The patient to whom papers of this number belong already, if it is one.
async fn precedent(connection: &mut Connection, slip: &str) -> Result<Option<PatientId>, CommandError> {
    let mut found: Vec<PatientId> =
        filing::reports_of_slip(connection, slip).await?.into_iter().map(|report| report.patient_id).collect();
    found.extend(filing::of_slip(connection, slip).await?.into_iter().filter_map(|filed| filed.patient_id));
    let mut roots = Vec::new();
    for id in found {
        if let Some(root) = store::patient::resolved(connection, id).await? {
            roots.push(root.id);
        }
    }
    roots.sort_unstable();
    roots.dedup();
    Ok(if let [one] = roots[..] { Some(one) } else { None })
}

/// Puts one report where it belongs.
async fn place(
    desk: &Desk,
    change: &mut Change<'_>,
    name: &str,
    item: &Item,
) -> Result<ImportedResultView, CommandError> {
    let slip = slip(desk, item);
    let at = change.at().to_owned();
    let told = |outcome: &str, problem: &str| ImportedResultView {
        file: name.to_owned(),
        outcome: outcome.to_owned(),
        problem: problem.to_owned(),
        line: item.trouble.map_or(0, |one| i64::try_from(one.line).unwrap_or(0)),
        patient_id: None,
        entry_id: None,
        filed_id: None,
        again: false,
    };
    let opens = opens(desk).await;
    let pending = filing::of_slip(change.connection(), &slip).await?;
    // What was cut before and comes again, whole or cut again, replaces it: nothing can be taken from it.
    for old in pending.iter().filter(|old| !old.whole) {
        filing::remove(change.connection(), old.id).await?;
    }
    let pending: Vec<_> = pending.into_iter().filter(|old| old.whole).collect();
    if opens && let Some(report) = &item.report {
        for old in &pending {
            if let Some(Content::Report { report: other, .. }) = open(desk, old).await?
                && other == *report
            {
                let mut view = told("known", "");
                (view.filed_id, view.patient_id) = (Some(old.id), old.patient_id);
                return Ok(view);
            }
        }
    }
    let again = !pending.is_empty() || !filing::reports_of_slip(change.connection(), &slip).await?.is_empty();
    let mut problem = item.trouble.map(|trouble| trouble.code).unwrap_or_default().to_owned();
    let mut patient = None;
    let before = precedent(change.connection(), &slip).await?;
    if let (Some(id), Some(report), true, false) = (before, &item.report, opens, problem.is_empty())
        && !restriction::is_limited(change.connection(), id).await?
    {
        // Somebody let it in before: what was doubtful about it is settled.
        let chart = Chart::open(desk, change.connection(), id).await?;
        if let Some(entry) = known(change, &chart, report, &slip).await? {
            let mut view = told("known", "");
            (view.patient_id, view.entry_id) = (Some(chart.patient()), Some(entry));
            return Ok(view);
        }
    }
    if problem.is_empty() {
        patient = before;
        if patient.is_none() {
            match judge(change.connection(), &as_patient(&item.identity)).await?.0.verdict {
                Ok(id) => patient = Some(id),
                Err(doubt) => doubt.as_str().clone_into(&mut problem),
            }
        }
    }
    // What comes for a limited record is kept, sealed, and taken in when the limitation is lifted.
    if let (Some(id), Some(report), true) = (patient, &item.report, opens)
        && !restriction::is_limited(change.connection(), id).await?
    {
        let chart = Chart::open(desk, change.connection(), id).await?;
        let taken = take_report(desk, change, &chart, report, &slip, false).await?;
        let outcome = match taken {
            Taken::Written(entry) => Some(("attached", entry)),
            Taken::Corrected(entry) => Some(("corrected", entry)),
            Taken::Known(entry) => Some(("known", entry)),
            Taken::StruckBefore => None,
        };
        if let Some((outcome, entry)) = outcome {
            let mut view = told(outcome, "");
            (view.patient_id, view.entry_id) = (Some(chart.patient()), Some(entry));
            return Ok(view);
        }
        patient = None;
        STRUCK.clone_into(&mut problem);
    }
    let row = row(desk, &at, item, name, &slip, (patient, &problem))?;
    filing::insert(change.connection(), &row).await?;
    let record = ChangeRecord::created("filed", &json!({ "kind": row.kind, "problem": row.problem }));
    let owner = patient.map(|id| id.to_string());
    change.record("results", &format!("filed:{}", row.id), owner.as_deref(), &record).await?;
    let mut view = told(if patient.is_some() { "filed" } else { "aside" }, &problem);
    (view.patient_id, view.filed_id, view.again) = (patient, Some(row.id), again);
    Ok(view)
}

/// A date of an item's row.
pub(super) fn born(text: &Option<String>) -> Option<NaiveDate> {
    text.as_deref().and_then(|text| text.parse().ok())
}
