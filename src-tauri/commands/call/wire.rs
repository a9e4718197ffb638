//! Requests and views of calls.

use domain::id::{CallId, ContactPersonId, PatientId, PractitionerId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A call, and how far its message is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CallView {
    /// Identifier.
    #[ts(type = "CallId")]
    pub id: CallId,
    /// About whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// `DUPONT Marie`.
    pub patient: String,
    /// The name in Arabic, where known.
    pub patient_arabic: String,
    /// ISO date or empty.
    pub born: String,
    /// The contact person who called.
    #[ts(type = "ContactPersonId | null")]
    pub contact_person_id: Option<ContactPersonId>,
    /// Who called; empty: the patient.
    pub caller: String,
    /// Word of the relation, or empty.
    #[ts(type = "Relation | ''")]
    pub relation: String,
    /// Phone to call back, as the country writes it.
    pub phone: String,
    /// About what; never clinical.
    pub about: String,
    /// To whom a message was left.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// Their name.
    pub practitioner: String,
    /// How far it is.
    #[ts(type = "CallState")]
    pub state: String,
    /// Wall time.
    #[ts(type = "string")]
    pub taken_at: WallTime,
    /// Who took it.
    pub taken_by: String,
    /// Wall time.
    #[ts(type = "string | null")]
    pub read_at: Option<WallTime>,
    /// Who read it.
    pub read_by: String,
    /// The answer.
    pub answer: String,
    /// Wall time.
    #[ts(type = "string | null")]
    pub answered_at: Option<WallTime>,
    /// Who answered.
    pub answered_by: String,
    /// Wall time.
    #[ts(type = "string | null")]
    pub closed_at: Option<WallTime>,
    /// Who settled it.
    pub closed_by: String,
    /// Grows with each change.
    pub revision: i64,
}

/// Calls.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CallsView {
    /// The newest first.
    pub calls: Vec<CallView>,
    /// More would fit.
    pub more: bool,
}

/// Which calls.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListCallsRequest {
    /// How far they are.
    #[ts(type = "'open' | 'unread' | 'answered' | 'all'")]
    pub which: String,
    /// To this practitioner only.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// About this patient only.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Words of the patient's name, of caller, subject or answer; digits of a phone.
    pub text: String,
    /// At most so many, 1 to 500.
    pub limit: i64,
}

/// How many messages wait.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct CallCountsView {
    /// Not settled.
    pub open: i64,
    /// Answered, to be passed on.
    pub answered: i64,
    /// For this user, unread.
    pub unread: i64,
}

/// Note a call.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct NoteCallRequest {
    /// About whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// The contact person who called; none: the patient, or somebody by name.
    #[ts(type = "ContactPersonId | null")]
    pub contact_person_id: Option<ContactPersonId>,
    /// Who called, where it was neither; empty: the patient.
    pub caller_name: String,
    /// Phone to call back; empty: the one that is known.
    pub caller_phone: String,
    /// About what; never clinical.
    pub about: String,
    /// To whom a message is left.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
}

/// One call.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct CallRequest {
    /// Which.
    #[ts(type = "CallId")]
    pub id: CallId,
}

/// Answer a message.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AnswerCallRequest {
    /// Which.
    #[ts(type = "CallId")]
    pub id: CallId,
    /// The revision that was shown: an answer to what has changed meanwhile is refused.
    pub revision: i64,
    /// A few words for the desk; never clinical.
    pub answer: String,
}

/// A call that was changed, and how to undo it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChangedCallView {
    /// As it is now.
    pub call: CallView,
    /// The journal's entry; none where there was nothing to change.
    pub sequence: Option<i64>,
}
