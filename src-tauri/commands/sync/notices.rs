//! What came from the portal and is worth a look, what the practice answers to a request, and the mark that keeps an appointment from ever
//! being told.

use domain::agenda::status::{CancelledBy, Status};
use domain::id::AppointmentId;
use domain::role::Permission;
use domain::time::WallTime;

use super::Standing;
use super::wire::{
    PortalNoticeRequest, PortalNoticeView, PortalNoticesView, SetNeverSyncRequest, SyncAppointmentRequest,
    SyncAppointmentView,
};
use crate::commands::agenda::book::{changed, existing, note_down, slot};
use crate::commands::agenda::show::full_name;
use crate::commands::agenda::status::cancelled;
use crate::commands::agenda::wire::ChangedAppointmentView;
use crate::commands::desk::Change;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::{self, Connection};

/// The mark in the journal. One that was set while booking stays when the booking is taken back.
pub(in crate::commands) const NEVER: &str = "never_sync";

/// What came from the portal: what waits for somebody first.
///
/// # Errors
/// `permission_denied`.
pub async fn list_portal_notices(desk: &Desk, _request: NothingRequest) -> Result<PortalNoticesView, CommandError> {
    let mut connection = desk.read(Permission::ReadPatients, "list_portal_notices").await?;
    notices(&mut connection).await
}

async fn notices(connection: &mut Connection) -> Result<PortalNoticesView, CommandError> {
    let all = store::sync_inbound::notices(connection).await?;
    let notices = all.into_iter().map(|one| PortalNoticeView {
        id: one.id,
        kind: one.kind,
        received_at: one.received_at,
        appointment_id: one.appointment_id,
        patient_id: one.patient_id,
        patient: full_name(&one.patient.0, &one.patient.1),
        practitioner_id: one.practitioner_id,
        practitioner: one.practitioner,
        starts: one.starts.map(|starts| WallTime::from_minutes(starts).to_string()).unwrap_or_default(),
        seen: one.seen,
    });
    Ok(PortalNoticesView { notices: notices.collect() })
}

/// Marks a notice as looked at.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn mark_portal_notice(desk: &Desk, request: PortalNoticeRequest) -> Result<PortalNoticesView, CommandError> {
    let mut change = desk.change(Permission::ReadPatients, "mark_portal_notice").await?;
    if !store::sync_inbound::see_notice(change.connection(), request.id).await? {
        return Err(CommandError::field("not_found", "id"));
    }
    change.touch("sync", &request.id.to_string());
    let view = notices(change.connection()).await?;
    change.commit().await?;
    Ok(view)
}

/// Agrees to a booking that waits for it.
///
/// # Errors
/// `permission_denied`, `appointment_not_found`, `not_a_request`, `slot_taken`.
pub async fn accept_portal_request(
    desk: &Desk,
    request: SyncAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    answer(desk, "accept_portal_request", request.id, |before| Appointment { status: Status::Booked, ..before.clone() })
        .await
}

/// Declines a booking that waits for an answer: it is called off by the practice, and the person is told.
///
/// # Errors
/// As [`accept_portal_request`].
pub async fn decline_portal_request(
    desk: &Desk,
    request: SyncAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    answer(desk, "decline_portal_request", request.id, |before| Appointment {
        cancelled_late: false,
        ..cancelled(desk, before, CancelledBy::Practice, String::new())
    })
    .await
}

async fn answer(
    desk: &Desk,
    command: &'static str,
    id: AppointmentId,
    answered: impl FnOnce(&Appointment) -> Appointment,
) -> Result<ChangedAppointmentView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, command).await?;
    let before = existing(change.connection(), id).await?;
    if before.status != Status::Requested {
        return Err(CommandError::new("not_a_request").with("status", before.status.as_str()));
    }
    let mut after = answered(&before);
    store::agenda::update(change.connection(), &after).await.map_err(slot)?;
    after.revision += 1;
    store::sync_inbound::see_request(change.connection(), id).await?;
    let sequence = note_down(&mut change, Some(&before), &after).await?;
    change.touch("sync", &id.to_string());
    let view = changed(desk, change.connection(), &after, None, sequence).await?;
    change.commit().await?;
    Ok(view)
}

/// Marks an appointment as never to be told, or takes the mark off. What was told of it is erased there, and confirmed.
///
/// # Errors
/// `permission_denied`, `appointment_not_found`.
pub async fn set_never_sync(desk: &Desk, request: SetNeverSyncRequest) -> Result<SyncAppointmentView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "set_never_sync").await?;
    let row = existing(change.connection(), request.id).await?;
    let before = store::sync_facts::is_never(change.connection(), request.id).await?.unwrap_or(false);
    if before != request.never {
        mark(&mut change, &row, (before, request.never)).await?;
        if !request.never {
            // What was erased there for the mark may go there again.
            store::sync_erasing::to_readmit_one(change.connection(), request.id).await?;
        }
    }
    let view = view(desk, change.connection(), request.id).await?;
    change.commit().await?;
    Ok(view)
}

/// Marks an appointment in the transaction that books it: nothing of it is ever composed.
pub(in crate::commands) async fn mark_never(change: &mut Change<'_>, row: &Appointment) -> Result<(), CommandError> {
    mark(change, row, (false, true)).await
}

async fn mark(change: &mut Change<'_>, row: &Appointment, (before, after): (bool, bool)) -> Result<(), CommandError> {
    store::sync_facts::set_never(change.connection(), row.id, after).await?;
    let owner = row.patient_id.map(|id| id.to_string());
    let said = |never: bool| serde_json::json!({ "id": row.id, "never": never });
    let record = ChangeRecord::updated(NEVER, &said(before), &said(after));
    change.record("agenda", &row.id.to_string(), owner.as_deref(), &record).await?;
    Ok(())
}

/// How an appointment stands with the portal.
///
/// # Errors
/// `permission_denied`, `appointment_not_found`.
pub async fn show_sync_appointment(
    desk: &Desk,
    request: SyncAppointmentRequest,
) -> Result<SyncAppointmentView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_sync_appointment").await?;
    existing(&mut connection, request.id).await?;
    view(desk, &mut connection, request.id).await
}

async fn view(
    desk: &Desk,
    connection: &mut Connection,
    id: AppointmentId,
) -> Result<SyncAppointmentView, CommandError> {
    let name = id.to_string();
    let ids = [name.clone()];
    let never = store::sync_facts::is_never(connection, id).await?.unwrap_or(false);
    let queued = store::sync_queue::queued_one(connection, "appointment", &name).await?;
    let held = store::sync_known::known(connection, "appointment", &ids).await?;
    let there = held.get(&name).is_some_and(|held| held.version().is_some());
    let code = queued.as_ref().map(|one| one.code.clone()).unwrap_or_default();
    let covered = match Standing::read(connection).await? {
        Some(standing) => {
            let scene = super::gather::Scene::of(desk, connection, &standing).await?;
            let row = store::sync_facts::facts(connection, &ids).await?.pop();
            row.filter(|row| scene.practitioner(row.practitioner_id).is_some()).map(|row| scene.hides(&row))
        }
        None => None,
    };
    let state = match (covered, never) {
        (_, true) => "never",
        (None, _) => "off",
        (Some(true), _) => "withheld",
        (Some(false), _) if !code.is_empty() => "refused",
        (Some(false), _) if queued.is_some() => "waiting",
        (Some(false), _) if there => "there",
        (Some(false), _) => "off",
    };
    Ok(SyncAppointmentView { id, state: state.to_owned(), never, code })
}
