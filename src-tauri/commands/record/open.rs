//! A record is opened, read again, searched, closed. What is returned was journalled before: where that fails, nothing is.

use domain::clinical::search::Question;
use domain::id::PatientId;
use domain::privacy::restriction::OpeningGround;
use domain::role::Permission;
use serde_json::json;

use super::chart::{Chart, view};
use super::summary::{drawn, summary};
use super::summary_wire::{FoundEntriesView, SaveClinicalDraftRequest, SearchRecordRequest};
use super::wire::{Body, OpenLimitedRecordRequest, OpenRecordRequest, RecordEntryView, RecordView};
use super::{day, opening};
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::store::{StoreError, record_text};

/// Longest draft, in bytes.
const DRAFT: usize = 200_000;

/// Reads and decrypts all of it, in one moment of the database; nobody who writes waits for it.
pub(in crate::commands) async fn read(
    desk: &Desk,
    patient: PatientId,
    command: &'static str,
) -> Result<RecordView, CommandError> {
    desk.require(Permission::ReadClinical, command).await?;
    let mut snapshot = desk.store.snapshot().await?;
    let chart = Chart::open(desk, &mut snapshot, patient).await?;
    let (opened, mut damaged) = chart.open_all(&mut snapshot).await?;
    let draft = record_text::draft(&mut snapshot, desk.session().user_id, chart.patients()).await?;
    snapshot.rollback().await.map_err(StoreError::from)?;
    // A draft that does not open is no draft.
    let draft = draft.and_then(|row| chart.open_draft(desk, &row));
    let mut entries = Vec::with_capacity(opened.len());
    for (row, inside) in opened {
        entries.push(view(desk, &row, inside)?);
    }
    entries.sort_by(|a, b| (&b.on, b.written_at, b.id).cmp(&(&a.on, a.written_at, a.id)));
    damaged.sort_by_key(|one| one.id);
    let urgent = |one: &&RecordEntryView| one.struck.is_none() && matches!(one.body, Body::Alert(_) | Body::Allergy(_));
    let alerts = entries.iter().filter(urgent).map(|one| one.id).collect();
    let mut summary = summary(&entries, &desk.wall_now().date().to_string());
    let (curves, bmi) = drawn(&entries);
    summary.bmi = bmi;
    let limited_since = chart.limited_since().map(str::to_owned);
    Ok(RecordView { patient_id: chart.patient(), entries, alerts, damaged, summary, curves, draft, limited_since })
}

/// Opens a patient's record: all of it, the newest first, what stands today, the curves. What cannot be read is named, the
/// rest is readable. Journalled once an opening, before anything of it is returned.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `record_limited`: then [`open_limited_record`].
pub async fn open_record(desk: &Desk, request: OpenRecordRequest) -> Result<RecordView, CommandError> {
    // A ground that was stated holds for the record it was stated for, until another is opened.
    desk.reading.grant(None);
    // What others filed for this patient is entered first, so that it is there.
    crate::commands::results::take_in::take_in(desk, Some(request.patient_id)).await?;
    let view = read(desk, request.patient_id, "open_record").await?;
    let mut change = desk.change(Permission::ReadClinical, "open_record").await?;
    let counts = json!({ "entries": view.entries.len(), "damaged": view.damaged.len() });
    opening(&mut change, view.patient_id, &counts).await?;
    change.commit().await?;
    desk.reading.keep(&view);
    Ok(view)
}

/// Opens a record that is limited, for one of the grounds that the law lets stand; ground and reading are journalled. It cannot
/// be changed.
///
/// # Errors
/// As [`open_record`]; `unknown_word` for a ground that is none, `not_limited` where nothing is.
pub async fn open_limited_record(desk: &Desk, request: OpenLimitedRecordRequest) -> Result<RecordView, CommandError> {
    let ground: OpeningGround = request.ground.parse().map_err(|_| CommandError::field("unknown_word", "ground"))?;
    let mut change = desk.change(Permission::ReadClinical, "open_limited_record").await?;
    let chart = Chart::open_for_keeping(desk, change.connection(), request.patient_id).await?;
    if chart.limited_since().is_none() {
        return Err(CommandError::new("not_limited"));
    }
    opening(&mut change, chart.patient(), &json!({ "ground": ground })).await?;
    change.commit().await?;
    desk.reading.grant(Some(chart.patient()));
    let view = read(desk, request.patient_id, "open_limited_record").await;
    match &view {
        Ok(view) => desk.reading.keep(view),
        Err(_) => desk.reading.grant(None),
    }
    view
}

/// The open record again, after something of it changed: the opening that was journalled still covers it.
///
/// # Errors
/// As [`open_record`]; `record_not_open` where this session has another record open, or none.
pub async fn refresh_record(desk: &Desk, request: OpenRecordRequest) -> Result<RecordView, CommandError> {
    let view = read(desk, request.patient_id, "refresh_record").await?;
    if desk.reading.patient() != Some(view.patient_id) {
        return Err(CommandError::new("record_not_open"));
    }
    desk.reading.keep(&view);
    Ok(view)
}

/// Forgets the open record: nothing of it can be searched any more.
///
/// # Errors
/// `permission_denied`.
pub async fn close_record(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ReadClinical, "close_record").await?;
    desk.reading.close();
    Ok(DoneView::default())
}

/// Which entries of the open record fit: by kind, by period, by the beginnings of their words.
///
/// # Errors
/// `permission_denied`, `record_not_open`, `bad_date`, `too_long`.
pub async fn search_record(desk: &Desk, request: SearchRecordRequest) -> Result<FoundEntriesView, CommandError> {
    desk.require(Permission::ReadClinical, "search_record").await?;
    if request.text.len() > 500 {
        return Err(CommandError::field("too_long", "text").with("limit", 500));
    }
    for (text, field) in [(&request.from, "from"), (&request.until, "until")] {
        if !text.is_empty() {
            day(text, field)?;
        }
    }
    let question = Question::read(&request.text);
    let period = (request.from.as_str(), request.until.as_str());
    let found = desk.reading.search(request.patient_id, &question, &request.kinds, period);
    Ok(FoundEntriesView { ids: found.ok_or_else(|| CommandError::new("record_not_open"))? })
}

/// Keeps what is being written about a patient, under the patient's key; an empty body forgets it. Not journalled: it is
/// nothing yet.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `too_long`, `bad_request`, `record_damaged`.
pub async fn save_clinical_draft(desk: &Desk, request: SaveClinicalDraftRequest) -> Result<DoneView, CommandError> {
    if request.body.len() > DRAFT {
        return Err(CommandError::field("too_long", "body").with("limit", DRAFT));
    }
    if !request.body.is_empty() && serde_json::from_str::<serde_json::Value>(&request.body).is_err() {
        return Err(CommandError::field("bad_request", "body"));
    }
    let mut change = desk.change(Permission::WriteClinical, "save_clinical_draft").await?;
    let (at, user) = (change.at().to_owned(), desk.session().user_id);
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    record_text::forget_drafts(change.connection(), user, chart.patients()).await?;
    if !request.body.is_empty() {
        let row = chart.seal_draft(desk, request.body.as_bytes())?;
        record_text::save_draft(change.connection(), user, &row, &at).await?;
    }
    change.commit().await?;
    Ok(DoneView::default())
}
