//! What practices speak to: FHIR R4 at `/fhir`, tokens at `/oauth/token`, and under `/practice` what FHIR has no word for
//! (instruction, suspension, erasure, return and destruction, requests of persons, usage).
//!
//! Every refusal is an `OperationOutcome` with a stable word and the element it is about, never a value. Deliberately not here:
//! SQL, and what patients see.

mod appointments;
mod batch;
mod caller;
mod events;
mod gateway;
mod outcome;
mod practice;
mod query;
mod schedules;
mod slots;
mod token;
mod told;

use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::NaiveDate;
use fhir::booking::capability_statement;

pub use caller::Address;
pub use outcome::{FHIR_JSON, Refusal};

use crate::state::Shared;

/// The largest body of one resource, and of a batch.
const ONE: usize = 64 * 1024;
const MANY: usize = 4 * 1024 * 1024;

/// The routes.
pub fn routes() -> Router<Shared> {
    let fhir = Router::new()
        .route("/fhir/metadata", get(metadata))
        .route("/fhir/Schedule", get(schedules::search).put(schedules::put).delete(schedules::delete))
        .route("/fhir/Schedule/{id}", get(schedules::read).put(schedules::put).delete(schedules::delete))
        .route("/fhir/Slot", get(slots::search).put(slots::put).delete(slots::delete))
        .route("/fhir/Slot/{id}", get(slots::read).put(slots::put).delete(slots::delete_by_id))
        .route("/fhir/Appointment", get(appointments::search).put(appointments::put).delete(appointments::delete))
        .route("/fhir/Appointment/{id}", get(appointments::read).put(appointments::put).delete(appointments::delete))
        .route("/oauth/token", post(token::give))
        .route("/events", get(events::stream))
        .route("/practice/status", get(practice::status))
        .route("/practice/instruction", get(practice::read_instruction).put(practice::put_instruction))
        .route("/practice/suspend", post(practice::suspend))
        .route("/practice/resume", post(practice::resume))
        .route("/practice/erase", post(practice::erase))
        .route("/practice/readmit", post(practice::readmit))
        .route("/practice/export", get(practice::export))
        .route("/practice/destroy", post(practice::destroy))
        .route("/practice/receipt/{id}", get(practice::receipt))
        .route("/practice/rights", get(practice::rights))
        .route("/practice/rights/{id}", post(practice::answer_rights))
        .route("/practice/usage", get(practice::usage))
        .route("/practice/messages", get(told::messages))
        .route("/practice/survey", get(told::survey))
        .route("/gateway/sms", post(gateway::tell))
        .route("/.well-known/semainier-portal", get(about))
        .layer(DefaultBodyLimit::max(ONE));
    let batch = Router::new()
        .route("/fhir", post(batch::run))
        .route("/fhir/", post(batch::run))
        .layer(DefaultBodyLimit::max(MANY));
    fhir.merge(batch)
}

/// A refusal that did not come from here (no such address, no such method, too slow) as an `OperationOutcome` too.
#[must_use]
pub fn as_outcome(response: Response) -> Response {
    use fhir::booking::IssueCode::{Exception, NotFound, NotSupported, Structure};
    let ours =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/"));
    let status = response.status();
    if ours || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (code, word) = match status {
        StatusCode::NOT_FOUND => (NotFound, "not_found"),
        StatusCode::METHOD_NOT_ALLOWED => (NotSupported, "method_not_offered"),
        status if status.is_server_error() => (Exception, "server_failed"),
        _ => (Structure, "not_of_the_form"),
    };
    Refusal::new(status, code, word).into_response()
}

/// The date of this version of what is offered.
fn version_date() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap_or_default()
}

async fn metadata(State(portal): State<Shared>) -> Response {
    let url = format!("{}/fhir", portal.config.public_url);
    let statement = capability_statement(&url, env!("CARGO_PKG_VERSION"), version_date());
    ([(header::CONTENT_TYPE, FHIR_JSON)], statement.to_string()).into_response()
}

/// Who this portal is: what an app checks and a controller pins before it instructs.
async fn about(State(portal): State<Shared>) -> Response {
    let about = serde_json::json!({
        "software": "semainier-portal",
        "version": env!("CARGO_PKG_VERSION"),
        "processor": portal.config.processor,
        "processor_contact": portal.config.processor_contact,
        "host": portal.config.host,
        "sub_processors": portal.config.sub_processors,
        "fhir": format!("{}/fhir", portal.config.public_url),
        "token": format!("{}/oauth/token", portal.config.public_url),
        "events": format!("{}/events", portal.config.public_url),
        "signing_key": portal.key.public(),
        "signing_key_id": portal.key.id(),
    });
    ([(header::CONTENT_TYPE, "application/json")], about.to_string()).into_response()
}

/// A plain answer of ours.
fn json(status: StatusCode, value: &impl serde::Serialize) -> Result<Response, Refusal> {
    let text = serde_json::to_string(value).map_err(|_| Refusal::exception())?;
    Ok((status, [(header::CONTENT_TYPE, "application/json")], text).into_response())
}
