//! Requests and views of backups.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Backups and where they go.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupsView {
    /// The second place (another disk, a share); empty: none yet.
    pub second_place: String,
    /// Hours between automatic backups.
    pub every_hours: i64,
    /// How many are kept a place.
    pub keep: i64,
    /// Newest first, 100 at most.
    pub backups: Vec<BackupView>,
    /// No verified backup for longer than twice the interval.
    pub overdue: bool,
}

/// One backup that was tried.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupView {
    /// UTC instant.
    pub at: String,
    /// `first`, `second`, or `file` where somebody chose one.
    pub place: String,
    /// File.
    pub file: String,
    /// Size.
    pub bytes: i64,
    /// Journal entries in it.
    pub entries: i64,
    /// It was opened and its chain verified.
    pub verified: bool,
    /// Why not.
    pub code: String,
}

/// Where backups go.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetBackupsRequest {
    /// The second place; empty: none.
    pub second_place: String,
    /// Hours between automatic backups, 1 to 168.
    pub every_hours: i64,
    /// How many are kept, 2 to 365.
    pub keep: i64,
}

/// Back up now.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BackUpRequest {
    /// A file to write; none: the usual places.
    pub file: Option<String>,
}

/// What a backup or a restore holds.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackedUpView {
    /// File or folder written.
    pub file: String,
    /// Journal entries.
    pub entries: i64,
    /// Opened and verified.
    pub verified: bool,
    /// What went wrong elsewhere (the second place): codes.
    pub warnings: Vec<String>,
}

/// A restore drill: the newest backup is restored into a folder that vanishes, opened, verified and compared.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreDrillRequest {
    /// File; none: the newest verified.
    pub file: Option<String>,
}

/// What the drill found.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DrillView {
    /// The file.
    pub file: String,
    /// When it was made, UTC instant.
    pub made_at: String,
    /// Journal entries in it.
    pub entries: i64,
    /// Patients in it.
    pub patients: i64,
    /// Appointments in it.
    pub appointments: i64,
    /// Everything opened and verified.
    pub verified: bool,
    /// Journal entries made since.
    pub entries_since: i64,
    /// The erasure list was missing.
    pub erasure_list_missing: bool,
}
