//! Pages.
use crate::state::Shared;
use axum::Router;
/// r
pub fn routes(_portal: &Shared) -> Router<Shared> {
    Router::new()
}
