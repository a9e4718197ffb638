//! Requests and views of the rule on no-shows and late cancellations.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The practice's rule. It only shows: nothing is refused because of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AttendanceRuleView {
    /// No-shows and late cancellations together, from which on they are shown, 1 to 20.
    pub show_from: i64,
    /// Over how many months back they count, 1 to 120.
    pub months: i64,
    /// A cancellation is late within so many hours before the start, 0 to 336.
    pub late_hours: i64,
    /// What the desk is reminded of then; may be empty.
    pub sentence: String,
}
