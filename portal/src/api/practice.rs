//! What a controller tells its processor beyond bookings: the instruction, suspension, erasure, return and destruction, answers
//! to persons; and what it can ask to see.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{Datelike, NaiveDate};
use fhir::booking::{Instruction, IssueCode};
use serde::Deserialize;
use uuid::Uuid;

use super::{
    Refusal,
    caller::Caller,
    json,
    query::{Parameters, body},
};
use crate::{
    logging,
    outside::Line,
    state::Shared,
    store::{Destroyed, Erasure, Receipt, State as Standing, StoreError, Tx, name_hash},
};

pub(super) async fn status(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let (mut tx, state) = caller.begin_even_ended(&portal).await?;
    let instruction = tx.instruction().await?.map(|i| i.version);
    let answer = serde_json::json!({
        "state": state.as_str(), "feed": tx.feed().await?, "instruction": instruction,
        "oldest_message_at": tx.oldest_message().await?, "now": portal.now(),
        "life": portal.store.life().await?,
    });
    json(StatusCode::OK, &answer)
}

pub(super) async fn read_instruction(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    json(StatusCode::OK, &tx.instruction().await?.ok_or(Refusal::not_found())?)
}

pub(super) async fn put_instruction(
    State(portal): State<Shared>,
    caller: Caller,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let instruction: Instruction = body(&bytes?)?;
    instruction.check().map_err(|invalid| Refusal::form(invalid.kind))?;
    let mut tx = caller.begin(&portal).await?;
    let new = tx.put_instruction(&instruction, portal.now()).await?;
    tx.commit().await?;
    json(if new { StatusCode::CREATED } else { StatusCode::OK }, &instruction)
}

pub(super) async fn suspend(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    set_state(&portal, &caller, Standing::Suspended).await
}

pub(super) async fn resume(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    set_state(&portal, &caller, Standing::Active).await
}

async fn set_state(portal: &Shared, caller: &Caller, state: Standing) -> Result<Response, Refusal> {
    let mut tx = caller.begin(portal).await?;
    tx.set_state(state).await?;
    tx.commit().await?;
    json(StatusCode::OK, &serde_json::json!({ "state": state.as_str() }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EraseRequest {
    request_id: Uuid,
    appointments: Vec<Uuid>,
    contacts: Vec<String>,
}

/// At most so many names in one request.
const MOST_NAMED: usize = 2_000;

pub(super) async fn erase(
    State(portal): State<Shared>,
    caller: Caller,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let asked: EraseRequest = body(&bytes?)?;
    if asked.appointments.len() > MOST_NAMED || asked.contacts.len() > MOST_NAMED {
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, IssueCode::TooLong, "too_large"));
    }
    let mut tx = caller.begin(&portal).await?;
    if let Some(receipt) = tx.receipt(asked.request_id).await? {
        return json(StatusCode::OK, &receipt);
    }
    let erasure = Erasure { appointments: asked.appointments, contacts: asked.contacts };
    let gone = tx.erase_person(&erasure, portal.now()).await?;
    let line = Line::erasure(&portal.key, tx.practice(), Some(asked.request_id), &erasure, portal.now());
    note(&portal, line).await?;
    let receipt = confirm(&portal, &mut tx, asked.request_id, "erasure", &gone, None).await?;
    tx.commit().await?;
    json(StatusCode::OK, &receipt)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ReadmitRequest {
    appointments: Vec<Uuid>,
}

/// Takes erased names again: a limitation or an objection was lifted, and the person is served as before.
pub(super) async fn readmit(
    State(portal): State<Shared>,
    caller: Caller,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let asked: ReadmitRequest = body(&bytes?)?;
    if asked.appointments.len() > MOST_NAMED {
        return Err(Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, IssueCode::TooLong, "too_large"));
    }
    let mut tx = caller.begin(&portal).await?;
    let readmitted = tx.readmit(&asked.appointments.iter().map(|id| name_hash(*id)).collect()).await?;
    note(&portal, Line::readmission(tx.practice(), &asked.appointments, portal.now())).await?;
    tx.commit().await?;
    json(StatusCode::OK, &serde_json::json!({ "readmitted": readmitted }))
}

/// Writes down outside the database what is about to be committed.
pub(super) async fn note(portal: &Shared, line: Line) -> Result<(), Refusal> {
    let outside = portal.outside.clone();
    let noted = tokio::task::spawn_blocking(move || outside.note(&line)).await;
    match noted {
        Ok(Ok(())) => Ok(()),
        Ok(Err(error)) => {
            logging::fault(portal.now(), "erasures", &error.kind().to_string());
            Err(Refusal::exception())
        }
        Err(_) => Err(Refusal::exception()),
    }
}

/// Signs and keeps a statement of what went.
async fn confirm(
    portal: &Shared,
    tx: &mut Tx,
    request: Uuid,
    kind: &'static str,
    gone: &Destroyed,
    export_sha256: Option<&str>,
) -> Result<Receipt, StoreError> {
    let now = portal.now();
    let about = (tx.practice(), request, kind);
    let receipt = portal.key.state(&portal.config.processor, about, gone, (export_sha256, false), now);
    tx.keep_receipt(request, kind, &receipt, now).await?;
    Ok(receipt)
}

/// Everything that is held, a line of JSON each, with its fingerprint in the header.
pub(super) async fn export(State(portal): State<Shared>, caller: Caller) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    let export = tx.export().await?;
    let mut response = ([(header::CONTENT_TYPE, "application/x-ndjson")], export.lines).into_response();
    let print = HeaderValue::from_str(&export.sha256).map_err(|_| Refusal::exception())?;
    response.headers_mut().insert(HeaderName::from_static("x-content-sha256"), print);
    Ok(response)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DestroyRequest {
    request_id: Uuid,
    /// The fingerprint of the export that the practice has: nothing is destroyed that was not returned.
    export_sha256: String,
}

pub(super) async fn destroy(
    State(portal): State<Shared>,
    caller: Caller,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let asked: DestroyRequest = body(&bytes?)?;
    let (mut tx, state) = caller.begin_even_ended(&portal).await?;
    if let Some(receipt) = tx.receipt(asked.request_id).await? {
        return json(StatusCode::OK, &receipt);
    }
    if state == Standing::Ended {
        return Err(Refusal::new(StatusCode::GONE, IssueCode::Forbidden, "practice_ended"));
    }
    if tx.export().await?.sha256 != asked.export_sha256 {
        return Err(Refusal::new(StatusCode::CONFLICT, IssueCode::Conflict, "changed_since_export"));
    }
    let gone = tx.destroy().await?;
    note(&portal, Line::destruction(tx.practice(), asked.request_id, &asked.export_sha256, portal.now())).await?;
    let receipt = confirm(&portal, &mut tx, asked.request_id, "destruction", &gone, Some(&asked.export_sha256)).await?;
    tx.commit().await?;
    json(StatusCode::OK, &receipt)
}

/// A confirmation, again.
pub(super) async fn receipt(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let (mut tx, _) = caller.begin_even_ended(&portal).await?;
    json(StatusCode::OK, &tx.receipt(id).await?.ok_or(Refusal::not_found())?)
}

pub(super) async fn rights(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["_cursor", "_count"])?;
    let cursor = parameters.one("_cursor").unwrap_or("0").parse().map_err(|_| Refusal::form("_cursor"))?;
    let count = parameters.count()?;
    let mut tx = caller.begin(&portal).await?;
    let found = tx.rights_requests(cursor, count).await?;
    let last = found.last().map_or(cursor, |request| request.feed);
    json(StatusCode::OK, &serde_json::json!({ "requests": found, "cursor": last }))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AnswerRequest {
    granted: bool,
}

pub(super) async fn answer_rights(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let asked: AnswerRequest = body(&bytes?)?;
    let mut tx = caller.begin(&portal).await?;
    if !tx.answer_rights(id, asked.granted, portal.now()).await? {
        return Err(Refusal::not_found());
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(super) async fn usage(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["month"])?;
    let month = month_of(&parameters, &portal)?;
    let mut tx = caller.begin(&portal).await?;
    json(
        StatusCode::OK,
        &serde_json::json!({ "month": month.format("%Y-%m").to_string(), "usage": tx.usage(month).await? }),
    )
}

/// The month that is asked for, by its first day; without, the present one.
pub(super) fn month_of(parameters: &Parameters, portal: &Shared) -> Result<NaiveDate, Refusal> {
    let month = match parameters.one("month") {
        Some(text) => {
            NaiveDate::parse_from_str(&format!("{text}-01"), "%Y-%m-%d").map_err(|_| Refusal::form("month"))?
        }
        None => portal.now().date_naive(),
    };
    Ok(month.with_day(1).unwrap_or(month))
}
