//! `Schedule`: read, search by identifier, conditional update, delete.

use axum::{
    body::Bytes,
    extract::{Path, RawQuery, State, rejection::BytesRejection},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use fhir::booking::{Bundle, BundleEntry, BundleKind, IssueCode, Resource, Schedule, ScheduleId};
use uuid::Uuid;

use super::{
    Refusal,
    caller::Caller,
    query::{Named, Parameters, body, bundle, expect_of, resource, status_of},
};
use crate::{
    state::Shared,
    store::{Expect, Put, Tx},
};

pub(super) async fn read(
    State(portal): State<Shared>,
    caller: Caller,
    Path(id): Path<Uuid>,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    let schedule = tx.schedule(ScheduleId(id)).await?.ok_or(Refusal::not_found())?;
    let meta = schedule.meta.clone().ok_or(Refusal::exception())?;
    resource(StatusCode::OK, &schedule, meta.version, meta.updated_at)
}

pub(super) async fn search(
    State(portal): State<Shared>,
    caller: Caller,
    RawQuery(query): RawQuery,
) -> Result<Response, Refusal> {
    let parameters = Parameters::read(query.as_deref(), &["identifier"])?;
    let id = parameters.identifier("identifier")?;
    let mut tx = caller.begin(&portal).await?;
    let found = match id {
        Some(id) => tx.schedule(ScheduleId(id)).await?.into_iter().collect(),
        None => tx.schedules().await?,
    };
    let mut answer = Bundle::new(BundleKind::Searchset);
    answer.entry = found
        .into_iter()
        .map(|s| BundleEntry { resource: Some(Resource::Schedule(Box::new(s))), ..BundleEntry::default() })
        .collect();
    bundle(&answer)
}

/// One conditional update.
pub(super) async fn put_one(
    tx: &mut Tx,
    id: Uuid,
    schedule: &Schedule,
    expect: Expect,
    now: DateTime<Utc>,
) -> Result<Put, Refusal> {
    if schedule.id.0 != id {
        return Err(Refusal::form("Schedule.identifier"));
    }
    let instructed = tx.instruction().await?.is_some_and(|i| i.practitioners.contains(&schedule.practitioner.id));
    if !instructed {
        let refusal = Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, IssueCode::BusinessRule, "not_instructed");
        return Err(refusal.about("Schedule.actor"));
    }
    Ok(tx.put_schedule(schedule, expect, now).await?)
}

pub(super) async fn put(
    State(portal): State<Shared>,
    caller: Caller,
    Named(id): Named,
    headers: HeaderMap,
    bytes: Result<Bytes, BytesRejection>,
) -> Result<Response, Refusal> {
    let schedule: Schedule = body(&bytes?)?;
    let now = portal.now();
    let mut tx = caller.begin(&portal).await?;
    let put = put_one(&mut tx, id, &schedule, expect_of(&headers)?, now).await?;
    let kept = tx.schedule(schedule.id).await?.ok_or(Refusal::exception())?;
    tx.commit().await?;
    resource(status_of(&put), &kept, put.version, put.updated_at)
}

pub(super) async fn delete(
    State(portal): State<Shared>,
    caller: Caller,
    Named(id): Named,
) -> Result<Response, Refusal> {
    let mut tx = caller.begin(&portal).await?;
    tx.delete_schedule(ScheduleId(id)).await.map_err(|error| match Refusal::from(error) {
        // Appointments stand in it: the foreign key refuses.
        refusal if refusal.status == StatusCode::INTERNAL_SERVER_ERROR => {
            Refusal::new(StatusCode::CONFLICT, IssueCode::Conflict, "in_use")
        }
        refusal => refusal,
    })?;
    tx.commit().await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
