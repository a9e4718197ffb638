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

/// A backup that is there, by what it says of itself.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundBackupView {
    /// File.
    pub file: String,
    /// `first`, `second`, or `aside`: beside a vault that an earlier restore moved away.
    #[ts(type = "'first' | 'second' | 'aside'")]
    pub place: String,
    /// UTC instant.
    pub made_at: String,
    /// Size.
    pub bytes: i64,
    /// Journal entries in it.
    pub entries: i64,
}

/// Backups to choose from.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FoundBackupsView {
    /// Folder of the vault.
    pub folder: String,
    /// Newest first.
    pub backups: Vec<FoundBackupView>,
}

/// What is in a backup?
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct InspectBackupRequest {
    /// File.
    pub file: String,
}

/// Somebody who could open a backup, on its day.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestorableUserView {
    /// What they typed to sign in.
    pub login: String,
    /// Their name.
    pub name: String,
    /// Their password may serve on this computer account; else only the recovery key does.
    pub enrolled_here: bool,
}

/// What is in a backup, every byte of which was read, and what a restore would do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BackupContentView {
    /// File.
    pub file: String,
    /// When it was made, UTC instant.
    pub made_at: String,
    /// The practice's name.
    pub practice: String,
    /// Journal entries in it.
    pub entries: i64,
    /// Documents in it.
    pub documents: i64,
    /// Bytes in it.
    pub bytes: i64,
    /// Who could open it.
    pub users: Vec<RestorableUserView>,
    /// What stands in the place now: nothing, this practice, another practice, a vault that cannot be read.
    #[ts(type = "'none' | 'same' | 'other' | 'unreadable'")]
    pub present: String,
    /// Where the restored vault will stand.
    pub folder: String,
    /// Where what stands there now will be moved and kept; none: nothing stands there.
    pub kept_in: Option<String>,
    /// A list of erased persons lies beside the backup or the vault.
    pub erasure_list: bool,
}

/// What opens the backup: passwords and keys of its day.
#[derive(Clone, Deserialize, TS)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum RestoreCredentials {
    /// A password.
    Password {
        /// Whose.
        login: String,
        /// The password.
        password: String,
    },
    /// The recovery key, which sets a new password.
    RecoveryKey {
        /// Whose access.
        login: String,
        /// The recovery key, as typed.
        recovery_key: String,
        /// The clinical recovery key, as typed; empty: none.
        clinical_recovery_key: String,
        /// The new password.
        new_password: String,
    },
}

/// Restore a backup in the practice's place.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RestoreBackupRequest {
    /// File.
    pub file: String,
    /// What opens it.
    pub credentials: RestoreCredentials,
}

/// A restored practice: whoever comes next signs in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoredView {
    /// The practice's name.
    pub practice: String,
    /// Where it stands.
    pub folder: String,
    /// Where what stood there before is kept.
    pub kept_in: Option<String>,
    /// When the backup was made, UTC instant.
    pub made_at: String,
    /// Journal entries in it.
    pub entries: i64,
    /// Opened and verified.
    pub verified: bool,
    /// Patients who were erased again, since they stand on the list of the erased.
    pub erased: i64,
    /// Codes: `erasure_list_missing`.
    pub warnings: Vec<String>,
}

/// How far a restore has come.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RestoreProgressView {
    /// Its step.
    #[ts(type = "'none' | 'reading' | 'opening' | 'checking' | 'moving'")]
    pub step: String,
    /// Bytes of the backup that were read.
    pub done: i64,
    /// All its bytes.
    pub total: i64,
}
