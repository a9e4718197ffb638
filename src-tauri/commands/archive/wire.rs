//! Requests and views of leaving: the archive of the whole practice, and its way back.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Write the whole practice into an archive.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportArchiveRequest {
    /// The folder that it is written into.
    pub into: String,
    /// Language of what people read.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// From the beginning: what was finished before is made again.
    pub anew: bool,
    /// Whoever is in the intermediate archive is brought back first: without it an export is refused while somebody is.
    #[serde(default)]
    pub bring_back: bool,
}

/// A written archive.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchivedView {
    /// The file.
    pub path: String,
    /// Its size.
    pub bytes: i64,
    /// Persons in it.
    pub persons: i64,
    /// Those who had been finished by an earlier try.
    pub reused: i64,
    /// Scanned documents and originals in it.
    pub files: i64,
    /// Entries and files that could not be opened, by their ids.
    pub unreadable: Vec<String>,
}

/// How leaving stands.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ArchiveView {
    /// An export or the taking-in of an archive runs here.
    pub running: bool,
    /// What it is doing: `persons`, `tables`, `file`, `checking`, `taking_in`, or empty.
    #[ts(type = "'' | 'persons' | 'tables' | 'file' | 'checking' | 'taking_in'")]
    pub phase: String,
    /// Steps done of it.
    pub done: i64,
    /// Steps in all.
    pub total: i64,
    /// Persons who were finished by an export that was stopped; it goes on from there.
    pub finished: i64,
    /// Persons who will be in the archive.
    pub persons: i64,
    /// Persons in the intermediate archive, who have to be brought back before.
    pub archived: i64,
    /// Nothing is kept here yet: an archive can be taken in.
    pub empty: bool,
    /// This session opens the record: without that nothing can leave or come.
    pub opens: bool,
    /// Vaults from which the practice came.
    pub formers: Vec<FormerVaultView>,
}

/// A vault from which the practice came.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormerVaultView {
    /// The vault.
    pub id: String,
    /// The practice's name there.
    pub practice: String,
    /// UTC instant.
    pub taken_in_at: String,
    /// Entries of its journal.
    pub entries: i64,
}

/// Take an archive in.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportArchiveRequest {
    /// The file on this computer.
    pub path: String,
}

/// What an archive brought.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TakenInView {
    /// The practice.
    pub practice: String,
    /// When the archive was made: UTC instant.
    pub made_at: String,
    /// Persons.
    pub persons: i64,
    /// Appointments.
    pub appointments: i64,
    /// Entries of the record.
    pub entries: i64,
    /// Scanned documents and originals.
    pub files: i64,
    /// Entries of the former journal.
    pub journal: i64,
    /// Names of users who came along; they have no access until an account is made for them.
    pub users: Vec<String>,
    /// What could not be opened where it came from.
    pub unreadable: i64,
}

/// Ask for a former journal.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FormerJournalRequest {
    /// The vault that it comes from.
    pub vault: String,
    /// Entries before this number; none: the newest.
    pub before: Option<i64>,
    /// How many at most.
    pub limit: i64,
}

/// A page of a former journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormerJournalView {
    /// Newest first.
    pub entries: Vec<FormerEntryView>,
    /// The whole chain is as it was when it was taken in.
    pub verified: bool,
}

/// An entry of a former journal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FormerEntryView {
    /// Number.
    pub sequence: i64,
    /// UTC instant.
    pub at: String,
    /// Who.
    pub user: String,
    /// Where.
    pub workstation: String,
    /// Which command.
    pub command: String,
    /// About what.
    pub subject_id: String,
    /// The kind of thing; empty where its content was erased.
    pub kind: String,
    /// Names of the changed fields.
    pub fields: Vec<String>,
    /// Its content was erased.
    pub erased: bool,
}
