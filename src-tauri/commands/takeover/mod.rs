//! Take-over.
pub mod wire;
use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use wire::*;

/// State.
#[derive(Default)]
pub struct TakeoverDesk {}

pub async fn preview_patients_file(
    _d: &Desk,
    _r: PreviewPatientsFileRequest,
) -> Result<PatientsFileView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn import_patients(_d: &Desk, _r: ImportPatientsRequest) -> Result<ImportedView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn import_agenda(_d: &Desk, _r: ImportAgendaRequest) -> Result<ImportedView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn show_progress(_d: &Desk, _r: NothingRequest) -> Result<ProgressView, CommandError> {
    Err(CommandError::new("x"))
}
pub async fn cancel_import(_d: &Desk, _r: NothingRequest) -> Result<DoneView, CommandError> {
    Err(CommandError::new("x"))
}
