//! A batch: up to 500 conditional updates in one request, each by itself, in their order; one that is refused undoes no other.

use axum::{
    body::Bytes,
    extract::{State, rejection::BytesRejection},
    response::Response,
};
use chrono::{DateTime, Utc};
use fhir::booking::{Bundle, BundleEntry, BundleKind, Request, Resource, Response as Answer};
use uuid::Uuid;

use super::{
    Refusal, appointments,
    caller::Caller,
    query::{Parameters, body, bundle, etag, expect, status_of},
    schedules, slots,
};
use crate::{
    state::Shared,
    store::{Put, Tx},
};

pub(super) async fn run(
    State(portal): State<Shared>,
    caller: Caller,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let asked: Bundle = body(&bytes?)?;
    if asked.kind != BundleKind::Batch {
        return Err(Refusal::form("Bundle.type"));
    }
    let now = portal.now();
    let mut tx = caller.begin(&portal).await?;
    let mut answers = Bundle::new(BundleKind::BatchResponse);
    for entry in asked.entry {
        tx.save().await?;
        let done = one(&portal, &mut tx, entry, now).await;
        // Two that waited for one another: the whole transaction is lost, and the whole batch is to be tried again.
        if let Err(refusal) = &done
            && refusal.status.is_server_error()
        {
            return Err(refusal.clone());
        }
        tx.settle(done.is_ok()).await?;
        let response = match done {
            Ok(put) => Answer {
                status: status_of(&put).as_u16().to_string(),
                etag: Some(etag(put.version)),
                last_modified: Some(put.updated_at),
                outcome: None,
            },
            Err(refusal) => Answer {
                status: refusal.status.as_u16().to_string(),
                etag: None,
                last_modified: None,
                outcome: Some(refusal.outcome()),
            },
        };
        answers.entry.push(BundleEntry { response: Some(response), ..BundleEntry::default() });
    }
    tx.commit().await?;
    bundle(&answers)
}

async fn one(portal: &Shared, tx: &mut Tx, entry: BundleEntry, now: DateTime<Utc>) -> Result<Put, Refusal> {
    let (Some(resource), Some(request)) = (entry.resource, entry.request) else {
        return Err(Refusal::form("Bundle.entry"));
    };
    if request.method != "PUT" || entry.response.is_some() {
        return Err(Refusal::form("Bundle.entry.request"));
    }
    let expected = expect(request.if_match.as_deref(), request.if_none_match.as_deref())?;
    match &resource {
        Resource::Schedule(schedule) => {
            schedules::put_one(tx, named(&request, "Schedule")?, schedule, expected, now).await
        }
        Resource::Slot(slot) => slots::put_one(tx, named(&request, "Slot")?, slot, expected, now).await,
        Resource::Appointment(appointment) => {
            appointments::put_one(portal, tx, named(&request, "Appointment")?, appointment, expected, now).await
        }
        Resource::Outcome(_) => Err(Refusal::form("Bundle.entry.resource")),
    }
}

/// The name in `Slot?identifier=…`.
fn named(request: &Request, kind: &str) -> Result<Uuid, Refusal> {
    let query = request.url.strip_prefix(kind).and_then(|rest| rest.strip_prefix('?'));
    let parameters = Parameters::read(Some(query.ok_or(Refusal::form("Bundle.entry.request.url"))?), &["identifier"])?;
    parameters.identifier("identifier")?.ok_or(Refusal::form("Bundle.entry.request.url"))
}
