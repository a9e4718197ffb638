//! The register of persons' requests about their data: taken in by anybody, kept by who keeps the registers, with its clock,
//! its steps, its outcome and the receipt of what was really done.
//!
//! Deliberately not here: the terms (`domain::privacy::requests`), the copy of the data (`portability`), the erasure itself.

mod execute;
mod letter;
mod steps;
pub mod wire;
mod words;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{DataRequestId, PatientId};
use domain::privacy::requests::{Clock, Proof, RequestKind, runs_from};
use domain::role::Permission;
use serde::{Deserialize, Serialize};

use super::desk::Change;
use super::privacy::DueItem;
use super::restriction::day;
use super::wire::DoneView;
use super::{CommandError, Desk, erasure, processor};
use crate::journal::ChangeRecord;
use crate::store::patient::Patient;
use crate::store::requests::{DataRequest, StepRow};
use crate::store::{self, Connection, StoreError};
pub(in crate::commands) use execute::erase_by_request;
pub use execute::execute_request;
pub use letter::print_request_letter;
pub use steps::{amend_request, drop_request, extend_request, note_exchange, refuse_request};
use wire::{
    DataRequestRequest, DataRequestView, DoneLineView, ListRequestsRequest, RequestLineView, RequestReceiptView,
    RequestStepView, RequestsView, SetRequestDaysRequest, TakeRequestRequest, TakenRequestView,
};

/// Longest name.
const NAME: usize = 200;
/// Longest contact and longest words.
const TEXT: usize = 2_000;
/// Setting of the practice's own time.
const DAYS: &str = "request_days";

fn tidy(text: &str, field: &str, limit: usize) -> Result<String, CommandError> {
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(CommandError::field("too_long", field).with("limit", limit));
    }
    if text.chars().any(|sign| sign.is_control() && sign != '\n') {
        return Err(CommandError::field("bad_characters", field));
    }
    Ok(text.to_owned())
}

fn unknown(field: &str) -> CommandError {
    CommandError::field("unknown_word", field)
}

/// The clear days that the practice set for itself.
pub(crate) async fn own_days(connection: &mut Connection) -> Result<Option<u64>, CommandError> {
    Ok(store::practice::setting(connection, DAYS).await?.and_then(|value| value.as_u64()))
}

/// Whether the country's law leaves the time of an answer to the practice.
pub(crate) fn days_are_free(desk: &Desk) -> bool {
    Clock::of(desk.premises().country, RequestKind::Access).is_set_by_practice
}

/// The time that this practice has for a kind of request.
async fn clock(desk: &Desk, connection: &mut Connection, kind: RequestKind) -> Result<Clock, CommandError> {
    let days = own_days(connection).await?;
    Ok(Clock::of(desk.premises().country, kind).set_to(days))
}

/// The last day of a request as it stands.
fn due_on(clock: &Clock, row: &DataRequest) -> NaiveDate {
    clock.due(runs_from(row.kind, row.received_on, row.complete_on), row.extended_on.is_some())
}

/// A patient's name as a letter says it.
fn name_of(p: &Patient) -> String {
    let (surname, first_name) = super::prescription::names(p, domain::prescription::sentence::Language::French);
    format!("{first_name} {surname}").trim().to_owned()
}

/// Journals under the key of the person it is about, or the request's own: erasing the person deletes either.
async fn journal(change: &mut Change<'_>, row: &DataRequest, record: &ChangeRecord) -> Result<i64, CommandError> {
    let id = row.id.to_string();
    let owner = row.patient_id.map_or_else(|| id.clone(), |patient| patient.to_string());
    // What is left of an erased person's request says nothing of them: it is the practice's.
    let owner = (!row.erased).then_some(owner.as_str());
    change.record("privacy", &id, owner, record).await
}

async fn note(
    desk: &Desk,
    change: &mut Change<'_>,
    request_id: DataRequestId,
    kind: &'static str,
    (on, words): (NaiveDate, &str),
) -> Result<(), CommandError> {
    let row = StepRow {
        request_id,
        number: 0,
        kind,
        happened_on: on.to_string(),
        noted_at: change.at().to_owned(),
        noted_by: desk.session().user_id.to_string(),
        words: words.to_owned(),
    };
    store::requests::step(change.connection(), &row).await?;
    Ok(())
}

/// Takes a request in. Whoever does sees its deadline and no more of the register.
///
/// # Errors
/// `unknown_word`, `empty` without a name, `too_long`, `bad_characters`, `bad_date`, `date_in_future`, `patient_not_found`,
/// `permission_denied`.
pub async fn take_request(desk: &Desk, request: TakeRequestRequest) -> Result<TakenRequestView, CommandError> {
    let mut change = desk.change(Permission::TakeRequests, "take_request").await?;
    let taken = take(desk, &mut change, request).await?;
    change.commit().await?;
    Ok(taken)
}

/// [`take_request`] within a change.
///
/// # Errors
/// As [`take_request`].
pub(in crate::commands) async fn take(
    desk: &Desk,
    change: &mut Change<'_>,
    request: TakeRequestRequest,
) -> Result<TakenRequestView, CommandError> {
    let today = desk.wall_now().date();
    let kind: RequestKind = request.kind.parse().map_err(|_| unknown("kind"))?;
    let proof = match request.proof.as_str() {
        "" => Proof::None,
        word => word.parse().map_err(|_| unknown("proof"))?,
    };
    if !["fr", "ar", "en"].contains(&request.language.as_str()) {
        return Err(unknown("language"));
    }
    let mut name = tidy(&request.name, "name", NAME)?;
    let user = desk.session().user_id.to_string();
    let mut patient_id = None;
    if let Some(id) = request.patient_id {
        let patient = store::patient::resolved(change.connection(), id)
            .await?
            .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
        patient_id = Some(patient.id);
        if name.is_empty() {
            name = name_of(&patient);
        }
    }
    if name.is_empty() {
        return Err(CommandError::field("empty", "name"));
    }
    let mut row = DataRequest {
        id: DataRequestId::new(desk.make_id()),
        kind,
        by_whom: request.by_whom.parse().map_err(|_| unknown("by_whom"))?,
        way: request.way.parse().map_err(|_| unknown("way"))?,
        patient_id,
        name,
        contact: tidy(&request.contact, "contact", TEXT)?,
        content: tidy(&request.content, "content", TEXT)?,
        language: request.language,
        received_on: day(&request.received_on, "received_on", today)?,
        taken_at: change.at().to_owned(),
        taken_by: user.clone(),
        proof,
        proof_on: (proof != Proof::None).then_some(today),
        proof_by: (proof != Proof::None).then_some(user),
        complete_on: None,
        extended_on: None,
        due_on: today,
        outcome: None,
        ground: String::new(),
        closed_on: None,
        closed_by: None,
        receipt: String::new(),
        erased: false,
        revision: 1,
    };
    row.due_on = due_on(&clock(desk, change.connection(), kind).await?, &row);
    store::requests::insert(change.connection(), &row).await?;
    note(desk, change, row.id, "taken", (row.received_on, "")).await?;
    if proof != Proof::None {
        note(desk, change, row.id, "identity", (today, proof.as_str())).await?;
    }
    journal(change, &row, &ChangeRecord::created("data_request", &row)).await?;
    Ok(TakenRequestView { id: row.id, due_on: row.due_on.to_string() })
}

fn line(row: &DataRequest, today: NaiveDate) -> RequestLineView {
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    RequestLineView {
        id: row.id,
        kind: row.kind.as_str().to_owned(),
        by_whom: row.by_whom.as_str().to_owned(),
        patient_id: row.patient_id,
        name: row.name.clone(),
        received_on: row.received_on.to_string(),
        due_on: row.due_on.to_string(),
        days_left: (row.due_on - today).num_days(),
        proof: row.proof.as_str().to_owned(),
        complete_on: text(row.complete_on),
        extended_on: text(row.extended_on),
        outcome: row.outcome.map(|outcome| outcome.as_str().to_owned()),
        closed_on: text(row.closed_on),
        erased: row.erased,
        revision: row.revision,
    }
}

/// The register: open requests, the soonest due first, and closed ones where asked.
///
/// # Errors
/// `permission_denied`.
pub async fn list_requests(desk: &Desk, request: ListRequestsRequest) -> Result<RequestsView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "list_requests").await?;
    let today = desk.wall_now().date();
    let rows = store::requests::list(&mut connection, request.closed).await?;
    Ok(RequestsView { requests: rows.iter().map(|row| line(row, today)).collect() })
}

/// What of a request is kept as its receipt.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Receipt {
    done: Vec<DoneLineView>,
    erasure: Option<String>,
}

async fn found(connection: &mut Connection, id: DataRequestId) -> Result<DataRequest, CommandError> {
    let row = store::requests::one(connection, id).await?;
    row.ok_or_else(|| CommandError::field("request_not_found", "id"))
}

/// An open request at the revision that was shown.
async fn standing(connection: &mut Connection, id: DataRequestId, revision: i64) -> Result<DataRequest, CommandError> {
    let row = found(connection, id).await?;
    if row.revision != revision {
        return Err(CommandError::new("changed_meanwhile"));
    }
    if row.outcome.is_some() {
        return Err(CommandError::field("request_closed", "id"));
    }
    Ok(row)
}

/// What is missing before a request can be executed.
fn missing(row: &DataRequest) -> Vec<String> {
    let mut missing = Vec::new();
    if row.proof == Proof::None {
        missing.push("identity".to_owned());
    }
    if row.patient_id.is_none() {
        missing.push("patient".to_owned());
    }
    if row.outcome.is_some() { Vec::new() } else { missing }
}

async fn receipt(connection: &mut Connection, row: &DataRequest) -> Result<Option<RequestReceiptView>, CommandError> {
    if row.receipt.is_empty() {
        return Ok(None);
    }
    let kept: Receipt = serde_json::from_str(&row.receipt).map_err(|_| StoreError::BadValue)?;
    let erasure = match &kept.erasure {
        Some(id) => match store::erasure::proofs(connection, Some(id)).await?.pop() {
            Some(proof) => Some(erasure::shown(connection, proof).await?),
            None => None,
        },
        None => None,
    };
    let tasks = store::processor::of_request(connection, &row.id.to_string()).await?;
    let processor = tasks.into_iter().map(processor::view).collect::<Result<_, _>>()?;
    Ok(Some(RequestReceiptView { done: kept.done, erasure, processor }))
}

async fn view(desk: &Desk, connection: &mut Connection, row: &DataRequest) -> Result<DataRequestView, CommandError> {
    let today = desk.wall_now().date();
    let clock = clock(desk, connection, row.kind).await?;
    let from = runs_from(row.kind, row.received_on, row.complete_on);
    let names: BTreeMap<String, String> = store::requests::user_names(connection).await?;
    let steps = store::requests::steps(connection, row.id).await?;
    Ok(DataRequestView {
        line: line(row, today),
        way: row.way.as_str().to_owned(),
        contact: row.contact.clone(),
        content: row.content.clone(),
        language: row.language.clone(),
        proof_by: row.proof_by.as_ref().and_then(|id| names.get(id)).cloned().unwrap_or_default(),
        proof_on: row.proof_on.map(|day| day.to_string()),
        ground: row.ground.clone(),
        source: clock.source.to_owned(),
        may_extend: row.outcome.is_none() && row.extended_on.is_none() && clock.may_extend(from, today),
        first_term: clock.first_term(from).to_string(),
        missing: missing(row),
        steps: steps
            .into_iter()
            .map(|step| RequestStepView { kind: step.kind, on: step.happened_on, by: step.noted_by, words: step.words })
            .collect(),
        receipt: receipt(connection, row).await?,
        letter: None,
    })
}

/// One request, whole.
///
/// # Errors
/// `request_not_found`, `permission_denied`.
pub async fn show_request(desk: &Desk, request: DataRequestRequest) -> Result<DataRequestView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "show_request").await?;
    let row = found(&mut connection, request.id).await?;
    view(desk, &mut connection, &row).await
}

/// Sets the practice's own time for requests, where the country's law leaves it to the practice. Requests that are open keep
/// theirs.
///
/// # Errors
/// `not_settable` where the law says the time, `out_of_range`, `permission_denied`.
pub async fn set_request_days(desk: &Desk, request: SetRequestDaysRequest) -> Result<DoneView, CommandError> {
    if !days_are_free(desk) {
        return Err(CommandError::field("not_settable", "days"));
    }
    if request.days.is_some_and(|days| !(1..=90).contains(&days)) {
        return Err(CommandError::field("out_of_range", "days"));
    }
    let mut change = desk.change(Permission::KeepPrivacy, "set_request_days").await?;
    let before = store::practice::setting(change.connection(), DAYS).await?;
    let after = serde_json::json!(request.days);
    store::practice::save_setting(change.connection(), DAYS, &after).await?;
    let record = ChangeRecord::updated(
        "setting",
        &serde_json::json!({ DAYS: before }),
        &serde_json::json!({ DAYS: request.days }),
    );
    let sequence = change.record("privacy", DAYS, None, &record).await?;
    change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// Open requests with their deadlines, for the dashboard.
pub(crate) async fn due(
    connection: &mut Connection,
    _today: NaiveDate,
    _now: DateTime<Utc>,
) -> Result<Vec<DueItem>, CommandError> {
    let open = store::requests::list(connection, false).await?;
    Ok(open
        .into_iter()
        .map(|row| DueItem {
            kind: "request",
            id: row.id.to_string(),
            label: row.name,
            on: row.due_on,
            part: "requests",
        })
        .collect())
}

/// The persons that a request is about.
async fn persons(connection: &mut Connection, patient: PatientId) -> Result<Vec<PatientId>, CommandError> {
    Ok(store::restriction::same_person(connection, patient).await?)
}
