//! `Appointment`: read, changes since a cursor, conditional update, erasure of one.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use domain::id::AppointmentId;
use fhir::booking::{Appointment, Bundle, BundleEntry, BundleKind, Link, Resource};
use uuid::Uuid;

use super::{
    Refusal,
    caller::Caller,
    practice::note,
    query::{Named, Parameters, body, bundle, expect_of, resource, status_of},
    slots::read_after,
};
use crate::{
    messages,
    outside::Line,
    state::Shared,
    store::{Erasure, Expect, Held, Put, PutOutcome, Tx, covers, put_appointment},
};

pub(super) async fn read(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    let held = tx.appointment(AppointmentId::new(id), false).await?.ok_or(Refusal::not_found())?;
    answer(StatusCode::OK, &held)
}

fn answer(status: StatusCode, held: &Held) -> Result<Response, Refusal> {
    let meta = held.appointment.meta.clone().ok_or(Refusal::exception())?;
    resource(status, &held.appointment, meta.version, meta.updated_at)
}

/// By identifier; or what patients did since a cursor; or everything that changed since an instant.
pub(super) async fn search(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters =
        Parameters::read(query.as_deref(), &["identifier", "_cursor", "_lastUpdated", "_after", "_count"])?;
    let count = parameters.count()?;
    let id = parameters.identifier("identifier")?;
    let cursor = parameters.one("_cursor").map(|text| text.parse::<i64>().map_err(|_| Refusal::form("_cursor")));
    let (since, _) = parameters.bounds("_lastUpdated")?;
    let after = parameters.one("_after").map(|text| read_after(text).ok_or(Refusal::form("_after"))).transpose()?;
    let cursor = cursor.transpose()?;
    let mut tx = caller.begin(&portal).await?;
    let mut bundled = Bundle::new(BundleKind::Searchset);
    let mut link = |relation: &str, url: String| bundled.link.push(Link { relation: relation.to_owned(), url });
    let found = match (id, cursor) {
        (Some(id), _) => tx.appointment(AppointmentId::new(id), false).await?.into_iter().collect(),
        (None, Some(cursor)) => {
            let found = tx.changes(cursor, count).await?;
            let last = found.last().and_then(|held| held.feed).unwrap_or(cursor);
            let relation = if i64::try_from(found.len()) == Ok(count) { "next" } else { "monitor" };
            link(relation, format!("Appointment?_cursor={last}&_count={count}"));
            found
        }
        (None, None) => {
            let start = since.unwrap_or(DateTime::UNIX_EPOCH);
            let (at, name) = after.unwrap_or((start, Uuid::nil()));
            let found = tx.updated_since(at, name, count).await?;
            let last = found.last().and_then(|held| held.appointment.meta.as_ref());
            if let Some(meta) = last.filter(|_| i64::try_from(found.len()) == Ok(count)) {
                let mark = format!("{}_{}", meta.updated_at.timestamp_micros(), meta.id);
                link("next", format!("Appointment?_after={mark}&_count={count}"));
            }
            found
        }
    };
    bundled.entry = found
        .into_iter()
        .map(|held| BundleEntry {
            resource: Some(Resource::Appointment(Box::new(held.appointment))),
            ..BundleEntry::default()
        })
        .collect();
    bundle(&bundled)
}

/// One conditional update, with the messages that follow from it.
pub(super) async fn put_one(
    portal: &Shared,
    tx: &mut Tx,
    id: Uuid,
    appointment: &Appointment,
    expect: Expect,
    now: DateTime<Utc>,
) -> Result<Put, Refusal> {
    if appointment.id.uuid() != id {
        return Err(Refusal::form("Appointment.identifier"));
    }
    let instruction = tx.instruction().await?;
    covers(instruction.as_ref(), appointment, now)?;
    let (before, put) = put_appointment(tx, appointment, expect, now).await?;
    if let Some(instruction) = instruction.filter(|_| put.outcome != PutOutcome::Unchanged) {
        messages::after_practice(portal, tx, before.as_ref(), appointment, &instruction, now).await?;
    }
    Ok(put)
}

pub(super) async fn put(
    State(portal): State<Shared>,
    caller: Caller,
    Named(id): Named,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let appointment: Appointment = body(&bytes?)?;
    let now = portal.now();
    let mut tx = caller.begin(&portal).await?;
    let put = put_one(&portal, &mut tx, id, &appointment, expect_of(&headers)?, now).await?;
    let held = tx.appointment(appointment.id, false).await?.ok_or(Refusal::exception())?;
    tx.commit().await?;
    answer(status_of(&put), &held)
}

/// Erases one appointment. It does not come back, not even by a copy that was delayed on its way.
pub(super) async fn delete(
    State(portal): State<Shared>,
    caller: Caller,
    Named(id): Named,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    tx.erase_appointment(id, portal.now()).await?;
    let erasure = Erasure { appointments: vec![id], contacts: Vec::new() };
    note(&portal, Line::erasure(&portal.key, tx.practice(), None, &erasure, portal.now())).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
