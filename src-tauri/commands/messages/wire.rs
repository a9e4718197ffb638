//! Requests and views of messages to patients.

use domain::id::{AppointmentId, PatientId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The practice's mail server, and how its messages stand.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct MessagesView {
    /// Whether it was ever set up; without, the rest is what is proposed.
    pub set_up: bool,
    /// Name of the mail server.
    pub host: String,
    /// Its port.
    pub port: i64,
    /// How it is spoken to.
    #[ts(type = "'tls' | 'starttls' | 'none'")]
    pub security: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// User at the server; empty: none is asked for.
    pub login: String,
    /// Whether this account of the computer has the password, or none is needed.
    pub has_password: bool,
    /// The address that messages come from.
    pub address: String,
    /// The name that stands with it.
    pub sender: String,
    /// The language of who has none of their own: `fr`, `ar`, `en`.
    pub language: String,
    /// Hours before an appointment at which is reminded, at most three.
    pub hours_before: Vec<u8>,
    /// Whether messages go by themselves.
    pub enabled: bool,
    /// A portal sends for all practitioners, for some, or for none.
    #[ts(type = "'all' | 'some' | 'none'")]
    pub by_portal: String,
    /// UTC instant of the last success.
    pub succeeded_at: Option<String>,
    /// Minutes since then.
    pub age_minutes: Option<i64>,
    /// Why the last try failed: the code of a refusal; empty where it did not.
    pub code: String,
    /// Failures in a row.
    pub failures: i64,
    /// Messages that went in this month.
    pub sent_this_month: i64,
    /// Changes that wait to be said.
    pub waiting: i64,
    /// What could not be said of appointments to come: somebody should call.
    pub untold: Vec<UntoldView>,
}

/// What could not be said.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct UntoldView {
    /// The appointment.
    #[ts(type = "AppointmentId")]
    pub appointment_id: AppointmentId,
    /// Who should have heard.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Their name.
    pub patient: String,
    /// Their phone; empty where there is none.
    pub phone: String,
    /// When it begins.
    #[ts(type = "string")]
    pub starts: WallTime,
    /// With whom.
    pub practitioner: String,
    /// What it should have said.
    #[ts(type = "'confirmation' | 'change' | 'cancellation' | 'reminder'")]
    pub template: String,
    /// Why it did not go: the code of a refusal.
    pub code: String,
}

/// Set up or change the practice's mail server.
#[derive(Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SetMessagesRequest {
    /// Name of the mail server.
    pub host: String,
    /// Its port; 0: the usual one of its security.
    pub port: i64,
    /// How it is spoken to; `none` only to this computer.
    #[ts(type = "'tls' | 'starttls' | 'none'")]
    pub security: String,
    /// A certificate authority of one's own, PEM; empty: the public ones.
    pub authority: String,
    /// User at the server; empty: none is asked for.
    pub login: String,
    /// Password there; none: the one that is kept. A new server or user needs it again.
    pub password: Option<String>,
    /// The address that messages come from.
    pub address: String,
    /// The name that stands with it.
    pub sender: String,
    /// The language of who has none of their own: `fr`, `ar`, `en`.
    pub language: String,
    /// Hours before an appointment at which is reminded: at most three, each 1 to 168.
    pub hours_before: Vec<u8>,
    /// Whether messages go by themselves.
    pub enabled: bool,
}

/// Send a test message.
#[derive(Debug, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SendTestMailRequest {
    /// To which address.
    pub to: String,
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SentMessagesView {
    /// Messages that went.
    pub sent: i64,
    /// Messages that could not go.
    pub failed: i64,
    /// Changes that wait: to be undone perhaps, for the morning, for the server.
    pub waiting: i64,
}
