//! Requests and views of the entrance: what a window may ask before anybody has signed in.

use domain::country::Country;
use domain::id::{PractitionerId, UserId, VaultId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Whether a vault is here, and who may sign in.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntranceView {
    /// `none`: first start; `closed`: sign in; `open`: somebody is signed in.
    #[ts(type = "'none' | 'closed' | 'open'")]
    pub state: String,
    /// Folder of the vault, to show.
    pub folder: String,
    /// The practice's name, where there is one.
    pub practice: String,
    /// Who may sign in.
    pub users: Vec<EntranceUserView>,
    /// False: no keyring on this machine; the vault opens by password alone. Said once.
    pub keyring: bool,
    /// Zones to propose, by country.
    pub zones: Vec<CountryZonesView>,
    /// The running session, when `state` is `open`.
    pub session: Option<SessionView>,
    /// This is the demonstration practice.
    pub demonstration: bool,
}

/// A name on the sign-in screen.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EntranceUserView {
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
}

/// Time zones of a country's sites.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CountryZonesView {
    /// Country.
    #[ts(type = "Country")]
    pub country: Country,
    /// IANA names, the most likely first.
    pub zones: Vec<String>,
}

/// Who is signed in, and what they may do.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SessionView {
    /// The practice's vault: names the practice in a command where several are open.
    #[ts(type = "VaultId")]
    pub vault: VaultId,
    /// The user.
    #[ts(type = "UserId")]
    pub user_id: UserId,
    /// Login name.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Administrator, whatever else.
    pub administrator: bool,
    /// `administrator`, `practitioner` or `secretary`.
    #[ts(type = "Role")]
    pub role: String,
    /// The practitioner this user is.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// A practitioner who waits for another practitioner or the clinical recovery key to read the record.
    pub clinical_pending: bool,
    /// An old `vault.json` had been put back: users whose password was changed since need a new one.
    pub old_keys: bool,
    /// Names of the permissions held.
    #[ts(type = "Permission[]")]
    pub permissions: Vec<String>,
    /// The practice's name.
    pub practice: String,
    /// The practice's country.
    #[ts(type = "Country")]
    pub country: Country,
    /// Today at the first site, `2026-11-24`.
    pub today: String,
    /// The user's preferences (language, theme, density …), as saved.
    pub preferences: PreferencesView,
    /// Minutes without a key or a move after which the window locks.
    pub lock_after_minutes: i64,
    /// Demonstration practice.
    pub demonstration: bool,
}

/// How a user wants the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct PreferencesView {
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// `system`, `light`, `dark`.
    #[ts(type = "'system' | 'light' | 'dark'")]
    pub theme: String,
    /// `compact`, `normal`, `comfortable`.
    #[ts(type = "'compact' | 'normal' | 'comfortable'")]
    pub density: String,
    /// Letters act as commands on the grid (WCAG 2.1.4: can be switched off).
    pub letters: bool,
    /// Practitioners whose columns are shown; empty: all.
    #[ts(type = "PractitionerId[]")]
    pub columns: Vec<PractitionerId>,
    /// Minutes of a line of the grid: 5, 10, 15, 20 or 30.
    #[serde(default = "usual_zoom")]
    pub zoom: i64,
}

/// A quarter of an hour a line.
fn usual_zoom() -> i64 {
    15
}

impl Default for PreferencesView {
    fn default() -> Self {
        Self {
            language: "fr".into(),
            theme: "system".into(),
            density: "normal".into(),
            letters: true,
            columns: Vec::new(),
            zoom: usual_zoom(),
        }
    }
}

/// Judge a password while it is typed.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct JudgePasswordRequest {
    /// The password.
    pub password: String,
    /// Words an attacker would try first: login, names, practice.
    pub known: Vec<String>,
}

/// What a password is worth.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PasswordView {
    /// Good enough.
    pub accepted: bool,
    /// 0 to 4.
    pub score: u8,
    /// `twelve_of_four`, `fourteen_of_three`, `seven_words`, or none.
    pub form: Option<String>,
    /// Codes of what is missing.
    pub weaknesses: Vec<String>,
}

/// The first start.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CreatePracticeRequest {
    /// Name of the practice.
    pub practice: String,
    /// Country.
    #[ts(type = "Country")]
    pub country: Country,
    /// Name of the first site.
    pub site: String,
    /// Its IANA zone.
    pub zone: String,
    /// Login of the first user, always an administrator.
    pub login: String,
    /// Their name.
    pub name: String,
    /// `practitioner`, `secretary` or `administrator`.
    #[ts(type = "Role")]
    pub role: String,
    /// Speciality, for a practitioner.
    pub speciality: String,
    /// Password.
    pub password: String,
    /// Language of the window.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// A practice that was made or recovered: the keys are shown this once.
#[derive(Clone, Serialize, TS)]
pub struct CreatedView {
    /// The session.
    pub session: SessionView,
    /// Groups of the recovery key, shown once.
    pub recovery_key: Option<String>,
    /// Groups of the clinical recovery key, shown once, where the user is a practitioner.
    pub clinical_recovery_key: Option<String>,
}

/// Open (and make, the first time) the demonstration practice.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct OpenDemonstrationRequest {
    /// Language of its names and window.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Sign in.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SignInRequest {
    /// Login.
    pub login: String,
    /// Password.
    pub password: String,
}

/// Open the vault by its recovery key and set a new password. With the clinical key as well, a practitioner reads the
/// record again at once.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecoverAccessRequest {
    /// Whose access.
    pub login: String,
    /// The recovery key, as typed.
    pub recovery_key: String,
    /// The clinical recovery key, as typed; empty: none.
    pub clinical_recovery_key: String,
    /// The new password.
    pub new_password: String,
}

/// A page to print and keep in a safe.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintRecoverySheetRequest {
    /// `practice` or `clinical`.
    #[ts(type = "'practice' | 'clinical'")]
    pub which: String,
    /// The key, as it was shown.
    pub key: String,
}
