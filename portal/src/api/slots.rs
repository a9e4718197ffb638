//! `Slot`: read, search (`status=free&start=ge…`), conditional update, delete one or a stretch of time.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use fhir::booking::{Bundle, BundleEntry, BundleKind, Link, Resource, ScheduleId, Slot, SlotId, SlotStatus};
use uuid::Uuid;

use super::{
    Refusal,
    caller::Caller,
    query::{Named, Parameters, body, bundle, expect_of, read_identifier, resource, status_of},
};
use crate::{
    state::Shared,
    store::{Expect, Put, SlotSearch, Tx},
};

pub(super) async fn read(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    let slot = tx.slot(SlotId(id)).await?.ok_or(Refusal::not_found())?;
    let meta = slot.meta.clone().ok_or(Refusal::exception())?;
    resource(StatusCode::OK, &slot, meta.version, meta.updated_at)
}

/// The schedule of `schedule=Schedule/{id}` or `schedule:identifier=system|name`.
fn schedule_of(parameters: &Parameters) -> Result<Option<ScheduleId>, Refusal> {
    if let Some(text) = parameters.one("schedule") {
        let id = text.strip_prefix("Schedule/").and_then(|id| id.parse().ok());
        return id.map(|id| Some(ScheduleId(id))).ok_or(Refusal::form("schedule"));
    }
    let named =
        parameters.one("schedule:identifier").map(|text| read_identifier(text).ok_or(Refusal::form("schedule")));
    Ok(named.transpose()?.map(ScheduleId))
}

pub(super) async fn search(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let known = ["identifier", "schedule", "schedule:identifier", "status", "start", "_count", "_after"];
    let parameters = Parameters::read(query.as_deref(), &known)?;
    let status = parameters.one("status").map(|word| word.parse::<SlotStatus>().map_err(|_| Refusal::form("status")));
    let (from, before) = parameters.bounds("start")?;
    let after = parameters.one("_after").map(|text| read_after(text).ok_or(Refusal::form("_after"))).transpose()?;
    let search = SlotSearch { schedule: schedule_of(&parameters)?, status: status.transpose()?, from, before, after };
    let count = parameters.count()?;
    let id = parameters.identifier("identifier")?;
    let mut tx = caller.begin(&portal).await?;
    let found = match id {
        Some(id) => tx.slot(SlotId(id)).await?.into_iter().collect(),
        None => tx.slots(&search, count).await?,
    };
    let mut answer = Bundle::new(BundleKind::Searchset);
    if let Some(last) = found.last().filter(|_| i64::try_from(found.len()) == Ok(count)) {
        let mark = format!("_after={}_{}", last.span.start_at.timestamp_micros(), last.id.0);
        let others =
            query.as_deref().unwrap_or_default().split('&').filter(|p| !p.is_empty() && !p.starts_with("_after="));
        let all: Vec<&str> = others.chain([mark.as_str()]).collect();
        answer.link.push(Link { relation: "next".to_owned(), url: format!("Slot?{}", all.join("&")) });
    }
    answer.entry = found
        .into_iter()
        .map(|s| BundleEntry { resource: Some(Resource::Slot(Box::new(s))), ..BundleEntry::default() })
        .collect();
    bundle(&answer)
}

pub(super) fn read_after(text: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let (at, id) = text.split_once('_')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, id.parse().ok()?))
}

/// One conditional update.
pub(super) async fn put_one(
    tx: &mut Tx,
    id: Uuid,
    slot: &Slot,
    expect: Expect,
    now: DateTime<Utc>,
) -> Result<Put, Refusal> {
    if slot.id.0 != id {
        return Err(Refusal::form("Slot.identifier"));
    }
    Ok(tx.put_slot(slot, expect, now).await?)
}

pub(super) async fn put(
    State(portal): State<Shared>,
    caller: Caller,
    Named(id): Named,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let slot: Slot = body(&bytes?)?;
    let now = portal.now();
    let mut tx = caller.begin(&portal).await?;
    let put = put_one(&mut tx, id, &slot, expect_of(&headers)?, now).await?;
    let kept = tx.slot(slot.id).await?.ok_or(Refusal::exception())?;
    tx.commit().await?;
    resource(status_of(&put), &kept, put.version, put.updated_at)
}

pub(super) async fn delete(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["identifier", "schedule", "schedule:identifier", "start"])?;
    let id = parameters.identifier("identifier")?;
    let stretch = (schedule_of(&parameters)?, parameters.bounds("start")?);
    let mut tx = caller.begin(&portal).await?;
    match (id, stretch) {
        (Some(id), (None, (None, None))) => {
            tx.delete_slot(SlotId(id)).await?;
        }
        (None, (Some(schedule), (Some(from), Some(before)))) => {
            tx.delete_slots(schedule, from, before).await?;
        }
        // Everything at once is never meant by an address that forgot to say what.
        _ => return Err(Refusal::form("query")),
    }
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// One, by the id, which is the name.
pub(super) async fn delete_by_id(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    tx.delete_slot(SlotId(id)).await?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
