//! An agenda from iCalendar.
use super::wire::{ImportAgendaRequest, ImportedView};
use crate::commands::{CommandError, Desk};
use domain::id::PractitionerId;
/// Stand-in.
pub async fn import_agenda(_d: &Desk, _r: ImportAgendaRequest) -> Result<ImportedView, CommandError> { Err(CommandError::new("x")) }
/// Stand-in.
pub async fn agenda_from_bytes(_d: &Desk, _b: Vec<u8>, _p: PractitionerId, _r: bool) -> Result<ImportedView, CommandError> { Err(CommandError::new("x")) }
