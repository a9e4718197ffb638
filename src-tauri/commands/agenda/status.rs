//! Statuses: one step by one key. Which steps exist is the domain's table; times of arrival, seating and leaving are
//! stamped here.

use domain::agenda::status::{CancelledBy, Status};
use domain::role::Permission;

use super::book::{existing, finish, slot, word};
use super::wire::{CancelAppointmentRequest, ChangedAppointmentView, SetStatusRequest};
use crate::commands::{CommandError, Desk};
use crate::store::{self, agenda::Appointment};

/// A cancellation less than a day ahead counts as late (counted, never a sanction).
const LATE: i64 = 24 * 60;

/// Takes an appointment to another status. Coming back to an active one passes the overlap rule again.
///
/// # Errors
/// `status_refused` (with `from` and `to`) where the step does not exist for this user, `slot_taken`,
/// `appointment_not_found`.
pub async fn set_status(desk: &Desk, request: SetStatusRequest) -> Result<ChangedAppointmentView, CommandError> {
    let to: Status = word(&request.status, "status")?;
    if to == Status::Cancelled {
        return Err(CommandError::field("cancel_says_by_whom", "status"));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "set_status").await?;
    let connection = change.connection();
    let before = existing(connection, request.id).await?;
    check(&before, to, desk)?;
    let now = Some(desk.wall_now().minutes());
    let mut after = Appointment { status: to, cancelled_by: None, cancelled_late: false, ..before.clone() };
    if before.status == Status::Cancelled {
        after.cancel_reason.clear();
    }
    match to {
        Status::Arrived => {
            after.arrived = before.arrived.or(now);
            (after.seated, after.dismissed) = (None, None);
        }
        Status::InConsultation => (after.seated, after.dismissed) = (now, None),
        Status::Done => after.dismissed = now,
        Status::Left => after.dismissed = now,
        Status::Requested | Status::Booked | Status::Confirmed | Status::NoShow => {
            (after.arrived, after.seated, after.dismissed) = (None, None, None);
        }
        Status::Cancelled | Status::Deleted => {}
    }
    store::agenda::update(connection, &after).await.map_err(slot)?;
    after.revision += 1;
    finish(desk, change, Some(&before), &after, None).await
}

/// Cancels an appointment: by whom, why, and whether late.
///
/// # Errors
/// As [`set_status`].
pub async fn cancel_appointment(
    desk: &Desk,
    request: CancelAppointmentRequest,
) -> Result<ChangedAppointmentView, CommandError> {
    let by: CancelledBy = word(&request.by, "by")?;
    if request.reason.chars().count() > 500 {
        return Err(CommandError::field("too_long", "reason").with("limit", 500));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "cancel_appointment").await?;
    let connection = change.connection();
    let before = existing(connection, request.id).await?;
    check(&before, Status::Cancelled, desk)?;
    let ahead = before.starts.map_or(0, |starts| starts - desk.wall_now().minutes());
    let mut after = Appointment {
        status: Status::Cancelled,
        cancelled_by: Some(by),
        cancel_reason: request.reason,
        cancelled_late: ahead < LATE,
        ..before.clone()
    };
    store::agenda::update(connection, &after).await.map_err(slot)?;
    after.revision += 1;
    finish(desk, change, Some(&before), &after, None).await
}

fn check(before: &Appointment, to: Status, desk: &Desk) -> Result<(), CommandError> {
    if before.status.may_become(to, desk.session().roles.practitioner) {
        return Ok(());
    }
    Err(CommandError::field("status_refused", "status").with("from", before.status.as_str()).with("to", to.as_str()))
}
