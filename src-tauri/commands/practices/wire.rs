//! Requests and views of several practices on one computer.

use domain::id::VaultId;
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::commands::entrance::wire::{EntranceUserView, SessionView};

/// The practices that this computer account knows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PracticesView {
    /// In the order in which they were added.
    pub practices: Vec<KnownPracticeView>,
    /// The one that is meant where none is named.
    #[ts(type = "VaultId | null")]
    pub current: Option<VaultId>,
}

/// A practice that this computer account knows.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct KnownPracticeView {
    /// Its vault.
    #[ts(type = "VaultId")]
    pub practice: VaultId,
    /// Its name; the last one known where the folder is not there.
    pub name: String,
    /// Folder of the vault, to show.
    pub folder: String,
    /// The hue that tells it from the others, one of seven.
    #[ts(type = "Colour")]
    pub colour: String,
    /// `open`: somebody is signed in; `closed`; `missing`: its vault is not in the folder (any more).
    #[ts(type = "'open' | 'closed' | 'missing'")]
    pub state: String,
    /// This computer's own: it cannot be forgotten.
    pub own: bool,
    /// Who may sign in.
    pub users: Vec<EntranceUserView>,
    /// The running session.
    pub session: Option<SessionView>,
    /// Zone of its first site, where it is open.
    pub zone: Option<String>,
    /// Now on that site's clock.
    #[ts(type = "string | null")]
    pub now: Option<WallTime>,
}

/// Name a practice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct KnownPracticeRequest {
    /// Its vault.
    #[ts(type = "VaultId")]
    pub practice: VaultId,
}

/// Add the practice whose vault is in a folder.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddPracticeRequest {
    /// The folder.
    pub folder: String,
}

/// Sign in to one practice; the others stay as they are.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenPracticeRequest {
    /// Its vault.
    #[ts(type = "VaultId")]
    pub practice: VaultId,
    /// Login in that practice.
    pub login: String,
    /// Password there.
    pub password: String,
}

/// Count the work done for a practice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ShowCountsRequest {
    /// First day, on the clock of the first site.
    pub from: String,
    /// Last day.
    pub to: String,
    /// `own`: what this user did; `secretaries`: what all secretaries did together.
    #[ts(type = "'own' | 'secretaries'")]
    pub whose: String,
}

/// Work done for a practice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountsView {
    /// The practice's name.
    pub practice: String,
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Whose work.
    #[ts(type = "'own' | 'secretaries'")]
    pub whose: String,
    /// Appointments given, walk-ins too.
    pub booked: i64,
    /// Appointments moved, made longer or shorter.
    pub moved: i64,
    /// Appointments cancelled.
    pub cancelled: i64,
    /// Calls noted.
    pub calls: i64,
}

/// The counts of all open practices as a table for spreadsheets.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportCountsRequest {
    /// First day, on the clock of each practice's first site.
    pub from: String,
    /// Last day.
    pub to: String,
    /// `own` or `secretaries`.
    #[ts(type = "'own' | 'secretaries'")]
    pub whose: String,
    /// Language of the headings.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}
