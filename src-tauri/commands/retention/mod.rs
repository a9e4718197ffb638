//! The retention: how long what is kept, what would happen this month, whom somebody keeps longer, the intermediate archive,
//! the destruction that a person confirms.
//!
//! Nothing clinical is moved or destroyed by itself. The archive opens in a practitioner's session alone, for a stated reason,
//! and each look into it is journalled. Between the two files the order is always the same: what arrives is on the disk before
//! what leaves is removed; `shelf` puts in order what a crash left between.
//!
//! Deliberately not here: the rules (room `domain`), the form of the archive (`store::archive`), the erasure of one person at
//! their request, the purge of the connection log.

mod archive;
mod check;
mod destroy;
mod dry_run;
mod export;
mod holds;
mod keys;
mod people;
mod reading;
mod rules;
mod shelf;
mod tidy;
pub mod wire;
mod words;

pub use archive::{archive_patients, bring_back_patient};
pub use destroy::{confirm_destruction, drop_destruction, list_destruction, print_destruction, show_destruction};
pub use dry_run::dry_run_retention;
pub use export::export_retention;
pub use holds::{hold_patient, lift_hold};
pub(in crate::commands) use people::standing_of;
pub use reading::{ArchiveDesk, close_intermediate, open_intermediate, read_intermediate, search_intermediate};
pub use rules::{due, set_retention_rule, show_retention};

pub(crate) use check::archive_fault;

pub(crate) use tidy::tidy;

use chrono::{DateTime, NaiveDate, Utc};
use domain::time::{Zone, wall};

use super::CommandError;

/// Longest reason.
const REASON: usize = 500;

/// A reason that says something.
fn reason(text: &str, field: &str) -> Result<String, CommandError> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() {
        return Err(CommandError::field("empty", field));
    }
    if text.chars().count() > REASON {
        return Err(CommandError::field("too_long", field).with("limit", REASON));
    }
    Ok(text)
}

/// The day of an instant as the practice's clock shows it; none where it is none.
fn day_of(instant: &str, zone: &Zone) -> Option<NaiveDate> {
    instant.parse::<DateTime<Utc>>().ok().map(|at| wall(at, zone).date())
}
