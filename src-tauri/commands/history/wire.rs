//! Requests and views of the journal.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Read the journal.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListJournalRequest {
    /// Only of this subject (any identifier).
    pub subject: Option<String>,
    /// Entries before this one; none: the newest.
    pub before: Option<i64>,
    /// At most so many, 1 to 10 000.
    pub limit: i64,
}

/// Entries of the journal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JournalView {
    /// Newest first.
    pub entries: Vec<EntryView>,
}

/// One entry. The change itself is not shown here: it may be about a person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntryView {
    /// Number, from 1 without gap.
    pub sequence: i64,
    /// UTC instant.
    pub at: String,
    /// Name of the user.
    pub user: String,
    /// Workstation.
    pub workstation: String,
    /// Command.
    pub command: String,
    /// Identifier of what was changed.
    pub subject: String,
    /// Names of the fields that changed; empty when the key was erased.
    pub fields: Vec<String>,
    /// The chain's hash, hexadecimal.
    pub hash: String,
}

/// What a verification found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VerifiedView {
    /// Entries read.
    pub entries: i64,
    /// Chain, anchor and every page are right.
    pub ok: bool,
    /// The first entry that is wrong.
    pub first_bad: Option<i64>,
    /// What is wrong: `changed`, `missing`, `reordered`, `cut_off`, `pages`.
    pub fault: Option<String>,
}

/// Undo an entry, or the last of this session that can be undone.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UndoRequest {
    /// Which; none: the last of this user on this workstation.
    pub sequence: Option<i64>,
}

/// What was undone.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UndoneView {
    /// The command that was undone.
    pub command: String,
    /// What it was about.
    pub subject: String,
    /// The entry that undid it.
    pub sequence: i64,
}
