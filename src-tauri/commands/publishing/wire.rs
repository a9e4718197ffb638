//! Requests and views of publishing.

use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The agendas that this user may publish.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PublishingsView {
    /// One a practitioner, in their order.
    pub agendas: Vec<PublishingView>,
}

/// Where one agenda is published to, and how it stands.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PublishingView {
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Name.
    pub practitioner: String,
    /// Whether it was ever set up; without, the rest is what is proposed.
    pub set_up: bool,
    /// Address of the calendar.
    pub address: String,
    /// User at the server.
    pub login: String,
    /// Whether this account of the computer has the password.
    pub has_password: bool,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// How much of a person it says.
    #[ts(type = "'busy' | 'initials' | 'name'")]
    pub discretion: String,
    /// `fr`, `ar`, `en`.
    pub language: String,
    /// Days before today.
    pub days_back: i64,
    /// Days after today.
    pub days_ahead: i64,
    /// Minutes between two runs.
    pub every_minutes: i64,
    /// Whether it runs by itself.
    pub enabled: bool,
    /// UTC instant of the last success.
    pub succeeded_at: Option<String>,
    /// Minutes since then.
    pub age_minutes: Option<i64>,
    /// UTC instant of the last try.
    pub tried_at: Option<String>,
    /// Why the last try failed: the code of a refusal; empty where it did not.
    pub code: String,
    /// Failures in a row.
    pub failures: i64,
    /// Minutes until the next try by itself; none where it does not run by itself.
    pub next_in_minutes: Option<i64>,
    /// Events known to stand at the server.
    pub published: i64,
    /// Changes that wait to be published.
    pub waiting: i64,
}

/// Set up or change the publishing of an agenda.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetPublishingRequest {
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Address of the calendar: `https`, or `http` to this computer.
    pub address: String,
    /// User at the server.
    pub login: String,
    /// Password there; none: the one that is kept. A new server or user needs it again.
    pub password: Option<String>,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// How much of a person it says.
    #[ts(type = "'busy' | 'initials' | 'name'")]
    pub discretion: String,
    /// `fr`, `ar`, `en`.
    pub language: String,
    /// Days before today, 0 to 366.
    pub days_back: i64,
    /// Days after today, 1 to 732.
    pub days_ahead: i64,
    /// Minutes between two runs, 5 to 1440.
    pub every_minutes: i64,
    /// Whether it runs by itself.
    pub enabled: bool,
}

/// About the agenda of one practitioner.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PublishAgendaRequest {
    /// Whose agenda.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PublishedView {
    /// Events put.
    pub put: i64,
    /// Events removed.
    pub removed: i64,
    /// Of both: changed at the server by somebody else, and put right.
    pub conflicts: i64,
    /// Events that stand there now.
    pub published: i64,
}
