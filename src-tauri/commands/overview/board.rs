//! The board: what a user cut to place later. It belongs to the user, outlives locks, and moves nothing: an appointment
//! stays where it is until it is placed, and leaves every board then. Like a draft it is not journalled.

use domain::agenda::status::Status;
use domain::role::Permission;

use super::wire::{BoardView, PinRequest};
use crate::commands::agenda::book::existing;
use crate::commands::agenda::show::view;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::store::{self, Connection};

/// More is no board any more.
const MOST: usize = 40;

async fn board(desk: &Desk, connection: &mut Connection) -> Result<BoardView, CommandError> {
    let order = store::overview::pins(connection, desk.session().user_id).await?;
    let region = desk.premises().region();
    let mut pinned = store::overview::named_many(connection, &order).await?;
    // What was cancelled, or is over, needs no other place.
    pinned.retain(|named| named.appointment.status.is_active() && named.appointment.status != Status::Done);
    pinned.sort_by_key(|named| order.iter().position(|id| *id == named.appointment.id));
    Ok(BoardView { pinned: pinned.into_iter().map(|named| view(named, region)).collect() })
}

/// What this user has on the board.
///
/// # Errors
/// `permission_denied`.
pub async fn show_board(desk: &Desk, _request: NothingRequest) -> Result<BoardView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_board").await?;
    board(desk, &mut connection).await
}

/// Pins an appointment to one's board.
///
/// # Errors
/// `appointment_not_found`, `not_movable`, `board_full`, `permission_denied`.
pub async fn pin_appointment(desk: &Desk, request: PinRequest) -> Result<BoardView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "pin_appointment").await?;
    let at = change.at().to_owned();
    let user = desk.session().user_id;
    let one = existing(change.connection(), request.id).await?;
    if !one.status.is_active() || one.status == Status::Done {
        return Err(CommandError::new("not_movable").with("status", one.status.as_str()));
    }
    if board(desk, change.connection()).await?.pinned.len() >= MOST {
        return Err(CommandError::new("board_full").with("limit", MOST));
    }
    store::overview::pin(change.connection(), user, request.id, &at).await?;
    let view = board(desk, change.connection()).await?;
    change.commit().await?;
    Ok(view)
}

/// Takes an appointment off one's board; it stays where it is.
///
/// # Errors
/// `permission_denied`.
pub async fn unpin_appointment(desk: &Desk, request: PinRequest) -> Result<BoardView, CommandError> {
    let mut change = desk.change(Permission::ChangeAgenda, "unpin_appointment").await?;
    store::overview::unpin(change.connection(), Some(desk.session().user_id), request.id).await?;
    let view = board(desk, change.connection()).await?;
    change.commit().await?;
    Ok(view)
}
