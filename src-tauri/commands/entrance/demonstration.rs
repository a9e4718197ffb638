//! Demo.
use super::doorstep::Doorstep;
use super::wire::*;
use crate::commands::CommandError;
pub async fn open_demonstration(_d: &Doorstep, _r: OpenDemonstrationRequest) -> Result<SessionView, CommandError> {
    Err(CommandError::new("x"))
}
