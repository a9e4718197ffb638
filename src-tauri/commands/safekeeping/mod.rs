//! Backups.
pub mod wire;
use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use wire::*;
pub async fn list_backups(_d: &Desk, _r: NothingRequest) -> Result<BackupsView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn set_backups(_d: &Desk, _r: SetBackupsRequest) -> Result<DoneView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn back_up(_d: &Desk, _r: BackUpRequest) -> Result<BackedUpView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn restore_drill(_d: &Desk, _r: RestoreDrillRequest) -> Result<DrillView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn backup_to_file(_d: &Desk, _f: &std::path::Path) -> Result<BackedUpView, CommandError> { Err(CommandError::new("x")) }
pub async fn restore_from_file(_d: &super::Doorstep, _f: &std::path::Path, _t: &std::path::Path, _c: super::entrance::wire::SignInRequest) -> Result<BackedUpView, CommandError> { Err(CommandError::new("x")) }
