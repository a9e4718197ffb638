//! What the rooms' request and view types share, and the small words of the wire (roles, steps, parts of the day).
//! No rules here, and nothing that reads or writes.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A request without fields.
#[derive(Debug, Clone, Default, Deserialize, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NothingRequest {}

/// The answer of a command that has nothing to show.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct DoneView {
    /// The journal's entry that undoes this, where it can be undone.
    pub sequence: Option<i64>,
}

/// A file that a command made, for the window to save or to preview.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileView {
    /// A name to propose.
    pub name: String,
    /// Media type.
    pub media: String,
    /// The bytes, base 64.
    pub base64: String,
}

/// A span of wall minutes of one day's clock: `from` and `to` count from midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MinutesView {
    /// First minute.
    pub from: i64,
    /// The minute after the last; 1440 is the end of the day.
    pub to: i64,
}
