//! Requests and views of users and their access.

use domain::id::{PractitionerId, UserId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UserView {
    /// Identifier.
    #[ts(type = "UserId")]
    pub id: UserId,
    /// What is typed to sign in.
    pub login: String,
    /// The person's name.
    pub name: String,
    /// Administrator, whatever else.
    pub administrator: bool,
    /// Role.
    #[ts(type = "Role")]
    pub role: String,
    /// The practitioner this user is.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// `active`, `clinical_pending` or `disabled`.
    #[ts(type = "'active' | 'clinical_pending' | 'disabled'")]
    pub state: String,
}

/// All users.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UsersView {
    /// By name.
    pub users: Vec<UserView>,
    /// Somebody left since the last re-key: a new one is offered.
    pub rekey_offered: bool,
}

/// Add a user.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddUserRequest {
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Role.
    #[ts(type = "Role")]
    pub role: String,
    /// Administrator as well.
    pub administrator: bool,
    /// The practitioner this user is; a practitioner without one gets an agenda of their own.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// First password, to be changed by the person.
    pub password: String,
}

/// Change what a user may do.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct UpdateUserRequest {
    /// Who.
    #[ts(type = "UserId")]
    pub id: UserId,
    /// Name.
    pub name: String,
    /// Administrator as well.
    pub administrator: bool,
}

/// Disable a user who leaves: no wrap of theirs is kept.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DisableUserRequest {
    /// Who.
    #[ts(type = "UserId")]
    pub id: UserId,
}

/// An administrator's reset of a forgotten password.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ResetPasswordRequest {
    /// Whose.
    #[ts(type = "UserId")]
    pub id: UserId,
    /// The new password, to be changed by the person.
    pub new_password: String,
}

/// Change one's own password.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ChangePasswordRequest {
    /// The present one.
    pub password: String,
    /// The new one.
    pub new_password: String,
}

/// Give a practitioner who is `clinical_pending` the reading of the record; only a practitioner who has it can.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GrantClinicalRequest {
    /// To whom.
    #[ts(type = "UserId")]
    pub id: UserId,
    /// The grant code that both compared.
    pub code: String,
}

/// The grant code of a practitioner who is `clinical_pending`.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GrantCodeRequest {
    /// Whose.
    #[ts(type = "UserId")]
    pub id: UserId,
}

/// Twelve digits that stand for somebody's key, to be compared by two people before it is trusted.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GrantCodeView {
    /// `1234 5678 9012`.
    pub code: String,
}

/// Use the clinical recovery key for one's own pending account.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecoverClinicalRequest {
    /// The key as typed.
    pub clinical_recovery_key: String,
    /// One's password, to wrap it again.
    pub password: String,
}

/// A new key for the whole file, after somebody left.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RekeyRequest {
    /// The administrator's password.
    pub password: String,
}

/// The new recovery key, shown once.
#[derive(Clone, Serialize, TS)]
pub struct RekeyedView {
    /// Groups of the new recovery key.
    pub recovery_key: String,
}

/// One line of the connection log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConnectionView {
    /// UTC instant.
    pub at: String,
    /// Name of the user.
    pub user: String,
    /// Workstation.
    pub workstation: String,
    /// What happened.
    #[ts(type = "'signed_in' | 'locked' | 'signed_out' | 'failed' | 'recovered'")]
    pub event: String,
}

/// The connection log.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConnectionsView {
    /// Newest first, 500 at most.
    pub connections: Vec<ConnectionView>,
}

/// What somebody was typing.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftView {
    /// The form it belongs to.
    pub kind: String,
    /// Its fields, JSON.
    pub body: String,
}

/// All drafts of the user.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DraftsView {
    /// By kind.
    pub drafts: Vec<DraftView>,
}

/// Keep a draft; an empty body forgets it.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveDraftRequest {
    /// The form it belongs to.
    pub kind: String,
    /// Its fields, JSON; empty: forget.
    pub body: String,
}
