//! What is put, and how that was answered.

use domain::sync::{Answer, Cursor, Expect};
use fhir::booking::{Appointment, OperationOutcome, Schedule, Slot};
use uuid::Uuid;

use super::SyncError;
use crate::net;

/// What can be put.
#[derive(Debug, Clone, PartialEq)]
pub enum Resource {
    /// An appointment.
    Appointment(Box<Appointment>),
    /// A schedule.
    Schedule(Box<Schedule>),
    /// A slot.
    Slot(Box<Slot>),
}

impl Resource {
    /// FHIR's name of it.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Appointment(_) => "Appointment",
            Self::Schedule(_) => "Schedule",
            Self::Slot(_) => "Slot",
        }
    }

    /// Its name on both sides.
    #[must_use]
    pub const fn name(&self) -> Uuid {
        match self {
            Self::Appointment(appointment) => appointment.id.uuid(),
            Self::Schedule(schedule) => schedule.id.0,
            Self::Slot(slot) => slot.id.0,
        }
    }

    /// The text that leaves: exactly this, and nothing else.
    #[must_use]
    pub fn text(&self) -> String {
        let text = match self {
            Self::Appointment(appointment) => serde_json::to_string(appointment),
            Self::Schedule(schedule) => serde_json::to_string(schedule),
            Self::Slot(slot) => serde_json::to_string(slot),
        };
        // Texts, numbers and dates: nothing of which writing could fail.
        text.unwrap_or_default()
    }
}

/// One conditional update.
#[derive(Debug, Clone, PartialEq)]
pub struct Put {
    /// What is put.
    pub resource: Resource,
    /// What is expected to be found.
    pub expect: Expect,
}

impl Put {
    /// `Appointment?identifier=…`, encoded.
    pub(super) fn query(&self) -> String {
        identifier(self.resource.name())
    }

    /// The two header fields of which one is said.
    pub(super) fn condition(&self) -> (&'static str, String) {
        match self.expect {
            Expect::Nothing => ("If-None-Match", "*".to_owned()),
            Expect::Version(version) => ("If-Match", format!("W/\"{version}\"")),
        }
    }
}

/// `identifier=urn:ietf:rfc:3986|urn:uuid:…`, encoded.
pub(super) fn identifier(name: Uuid) -> String {
    format!("identifier=urn:ietf:rfc:3986%7Curn:uuid:{name}")
}

/// How one update was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it means.
    pub answer: Answer,
    /// The version that is there now; 0 where it was refused.
    pub version: i64,
    /// After how many seconds to come back, where the server says it.
    pub asked_seconds: Option<u64>,
    /// The element that was refused, as FHIR names it; letters and dots only.
    pub element: Option<String>,
}

impl Answered {
    pub(super) const fn kept(version: i64) -> Self {
        Self { answer: Answer::Kept, version, asked_seconds: None, element: None }
    }

    /// What a refusal means, by its status and its word.
    pub(super) fn refused(status: u16, outcome: Option<&OperationOutcome>, asked_seconds: Option<u64>) -> Self {
        let word = outcome.and_then(OperationOutcome::word);
        let answer = match (status, word) {
            (_, Some("slot_taken")) => Answer::SlotTaken,
            (_, Some("code_taken")) => Answer::CodeTaken,
            (410, _) => Answer::Erased,
            (_, Some("not_instructed")) => Answer::NotInstructed,
            (_, Some("no_schedule")) => Answer::NoSchedule,
            (409 | 412, _) => Answer::OtherVersion,
            (408 | 425 | 429 | 500.., _) => Answer::Later,
            _ => Answer::Unfit,
        };
        let element = outcome.and_then(OperationOutcome::element).filter(|element| is_path(element));
        Self { answer, version: 0, asked_seconds, element: element.map(str::to_owned) }
    }
}

fn is_path(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic() || b == b'.')
}

/// `W/"3"` or `"3"`.
pub(super) fn read_etag(text: &str) -> Option<i64> {
    let text = text.trim();
    text.strip_prefix("W/").unwrap_or(text).strip_prefix('"')?.strip_suffix('"')?.parse().ok().filter(|n| *n > 0)
}

/// What came of a question about changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// How things stand there, each once.
    pub appointments: Vec<Appointment>,
    /// From where to ask on; to be remembered in the transaction that takes these in.
    pub cursor: Cursor,
    /// Whether there is more at once. A link of a server that pages in its own way; to be handed back as it is.
    pub more: Option<String>,
}

/// What a refusal of a whole request means.
pub(super) fn refusal(answer: &net::Answer) -> SyncError {
    let outcome: Option<OperationOutcome> = serde_json::from_slice(&answer.body).ok();
    let word = outcome.as_ref().and_then(OperationOutcome::word).filter(|word| is_word(word)).map(str::to_owned);
    match (answer.status, word.as_deref()) {
        (401 | 403, _) => SyncError::UnknownClient,
        (410, Some("practice_ended")) => SyncError::Ended,
        (409, Some("changed_since_export")) => SyncError::ChangedSinceExport,
        (404 | 410, _) => SyncError::NotFound,
        (409 | 412, _) => SyncError::OtherVersion,
        (408 | 425 | 429 | 502 | 503 | 504, _) => SyncError::Later { seconds: answer.retry_after },
        (status, _) => SyncError::Refused { status, word },
    }
}

fn is_word(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[cfg(test)]
mod tests {
    use fhir::booking::IssueCode;

    use super::*;

    #[test]
    fn a_refusal_is_read_by_its_word_and_else_by_its_status() {
        let said = |status, word: &str| {
            Answered::refused(status, Some(&OperationOutcome::refusal(IssueCode::Conflict, word, None)), None).answer
        };
        assert_eq!(said(409, "slot_taken"), Answer::SlotTaken);
        assert_eq!(said(409, "code_taken"), Answer::CodeTaken);
        assert_eq!(said(412, "other_version"), Answer::OtherVersion);
        assert_eq!(said(422, "not_instructed"), Answer::NotInstructed);
        assert_eq!(said(422, "no_schedule"), Answer::NoSchedule);
        assert_eq!(said(422, "value_not_taken"), Answer::Unfit);
        assert_eq!(said(410, "erased"), Answer::Erased);
        assert_eq!(said(503, "try_again"), Answer::Later);
        assert_eq!(Answered::refused(409, None, None).answer, Answer::OtherVersion);
        assert_eq!(Answered::refused(400, None, None).answer, Answer::Unfit);
        assert_eq!(Answered::refused(429, None, Some(7)).asked_seconds, Some(7));
    }

    #[test]
    fn what_a_portal_says_is_cut_down_to_words() {
        let outcome = OperationOutcome::refusal(IssueCode::Value, "<script>", Some("Martin, 0612345678"));
        assert_eq!(Answered::refused(422, Some(&outcome), None).element, None);
        let body = serde_json::to_vec(&outcome).unwrap();
        let answer = net::Answer { status: 422, etag: None, retry_after: None, body };
        assert_eq!(refusal(&answer), SyncError::Refused { status: 422, word: None });
        assert_eq!((read_etag("W/\"3\""), read_etag("\"4\""), read_etag("W/\"-1\"")), (Some(3), Some(4), None));
    }
}
