//! x
pub mod wire;
use super::agenda::wire::ChangedAppointmentView;
use super::wire::*;
use super::{CommandError, Desk};
use wire::*;
/// x
/// # Errors
/// x
pub async fn show_sync_state(_: &Desk, _: NothingRequest) -> Result<SyncStateView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn show_sync(_: &Desk, _: NothingRequest) -> Result<SyncView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn look_at_portal(_: &Desk, _: LookAtPortalRequest) -> Result<PortalSeenView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn preview_sync(_: &Desk, _: PreviewSyncRequest) -> Result<SyncPreviewView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn sign_sync_instruction(_: &Desk, _: SignInstructionRequest) -> Result<SyncView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn set_sync_secret(_: &Desk, _: SetSyncSecretRequest) -> Result<SyncView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn print_sync_instruction(_: &Desk, _: PrintInstructionRequest) -> Result<FileView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn sync_now(_: &Desk, _: NothingRequest) -> Result<SyncRunView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn suspend_sync(_: &Desk, _: NothingRequest) -> Result<SyncView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn resume_sync(_: &Desk, _: NothingRequest) -> Result<SyncView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn return_and_destroy(_: &Desk, _: ReturnAndDestroyRequest) -> Result<ReturnedView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn print_sync_confirmation(_: &Desk, _: PrintConfirmationRequest) -> Result<FileView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn show_sync_appointment(_: &Desk, _: SyncAppointmentRequest) -> Result<SyncAppointmentView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn set_never_sync(_: &Desk, _: SetNeverSyncRequest) -> Result<SyncAppointmentView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn list_portal_notices(_: &Desk, _: NothingRequest) -> Result<PortalNoticesView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn mark_portal_notice(_: &Desk, _: PortalNoticeRequest) -> Result<PortalNoticesView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn accept_portal_request(_: &Desk, _: SyncAppointmentRequest) -> Result<ChangedAppointmentView, CommandError> { Err(CommandError::new("off")) }
/// x
/// # Errors
/// x
pub async fn decline_portal_request(_: &Desk, _: SyncAppointmentRequest) -> Result<ChangedAppointmentView, CommandError> { Err(CommandError::new("off")) }
