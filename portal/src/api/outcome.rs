//! Refusals: a status, a stable word and the element it is about.

use axum::{
    extract::rejection::BytesRejection,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use fhir::booking::{IssueCode, OperationOutcome};

use crate::store::StoreError;

/// The media type of FHIR in JSON.
pub const FHIR_JSON: &str = "application/fhir+json; charset=utf-8";

/// Why a request is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: StatusCode,
    code: IssueCode,
    /// The stable word.
    pub word: &'static str,
    element: Option<String>,
    wait: Option<u64>,
}

impl Refusal {
    /// A refusal by its word.
    #[must_use]
    pub const fn new(status: StatusCode, code: IssueCode, word: &'static str) -> Self {
        Self { status, code, word, element: None, wait: None }
    }

    /// About that element.
    #[must_use]
    pub fn about(self, element: impl Into<String>) -> Self {
        Self { element: Some(element.into()), ..self }
    }

    /// Something that is not of the form.
    #[must_use]
    pub fn form(element: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, IssueCode::Structure, "not_of_the_form").about(element)
    }

    /// It is not there.
    #[must_use]
    pub const fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, IssueCode::NotFound, "not_found")
    }

    /// Who asks is not known. All cases alike, in text and status.
    #[must_use]
    pub const fn unknown_client() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, IssueCode::Login, "unknown_client")
    }

    /// Too often; to be tried again after so many seconds.
    #[must_use]
    pub fn throttled(seconds: u64) -> Self {
        let refusal = Self::new(StatusCode::TOO_MANY_REQUESTS, IssueCode::Throttled, "too_often");
        Self { wait: Some(seconds), ..refusal }
    }

    /// The server failed.
    #[must_use]
    pub const fn exception() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, IssueCode::Exception, "server_failed")
    }

    /// The outcome that says it.
    #[must_use]
    pub fn outcome(&self) -> OperationOutcome {
        OperationOutcome::refusal(self.code, self.word, self.element.as_deref())
    }

    /// What a parser of JSON said, cut down to what names no value: an unknown element's name, or ours.
    #[must_use]
    pub fn of_json(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let plain = |name: &str| {
            !name.is_empty() && name.len() <= 40 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        if let Some(name) = text.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
            let refusal = Self::new(StatusCode::UNPROCESSABLE_ENTITY, IssueCode::NotSupported, "element_not_taken");
            return if plain(name) { refusal.about(name) } else { refusal };
        }
        if let Some(element) = text.split(": not what this resource takes").next().filter(|e| e.len() < text.len()) {
            return Self::new(StatusCode::UNPROCESSABLE_ENTITY, IssueCode::Value, "value_not_taken").about(element);
        }
        Self::form(format!("line {}, column {}", error.line(), error.column()))
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        use IssueCode::{BusinessRule, Conflict, Deleted, NotFound};
        match error {
            StoreError::Taken => Self::new(StatusCode::CONFLICT, Conflict, "slot_taken").about("Appointment.start"),
            StoreError::CodeTaken => {
                Self::new(StatusCode::CONFLICT, Conflict, "code_taken").about("Appointment.identifier")
            }
            StoreError::Erased => Self::new(StatusCode::GONE, Deleted, "erased"),
            StoreError::Stale => Self::new(StatusCode::PRECONDITION_FAILED, Conflict, "other_version"),
            StoreError::NotFound => Self::new(StatusCode::NOT_FOUND, NotFound, "not_found"),
            StoreError::NoSchedule => Self::new(StatusCode::UNPROCESSABLE_ENTITY, BusinessRule, "no_schedule"),
            StoreError::NotInstructed(element) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, BusinessRule, "not_instructed").about(element)
            }
            StoreError::TooMany => Self::new(StatusCode::UNPROCESSABLE_ENTITY, BusinessRule, "too_many"),
            // Two that waited for one another, one that waited too long, a server that is going down: to be tried again.
            StoreError::Database(state)
                if matches!(&state, b"40P01" | b"40001" | b"55P03" | b"57014" | b"57P01" | b"08000") =>
            {
                Self { wait: Some(1), ..Self::new(StatusCode::SERVICE_UNAVAILABLE, IssueCode::Exception, "try_again") }
            }
            StoreError::Form | StoreError::Database(_) => Self::exception(),
        }
    }
}

impl From<BytesRejection> for Refusal {
    fn from(rejection: BytesRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::new(StatusCode::PAYLOAD_TOO_LARGE, IssueCode::TooLong, "too_large")
        } else {
            Self::form("body")
        }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let text = serde_json::to_string(&self.outcome()).unwrap_or_default();
        let mut response = (self.status, [(header::CONTENT_TYPE, FHIR_JSON)], text).into_response();
        if let Some(seconds) = self.wait {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use fhir::booking::Appointment;

    use super::*;

    #[test]
    fn what_is_said_of_a_body_names_elements_and_no_value() {
        let of = |text: &str| Refusal::of_json(&serde_json::from_str::<Appointment>(text).unwrap_err());
        let note = of(r#"{ "resourceType": "Appointment", "note": "185057800608436" }"#);
        assert_eq!((note.word, note.element.as_deref()), ("element_not_taken", Some("note")));
        let odd = of(r#"{ "resourceType": "Appointment", "185057 Martin": 1 }"#);
        assert_eq!((odd.word, odd.element), ("element_not_taken", None));
        let typed = of(r#"{ "resourceType": "Appointment", "status": "Martin" }"#);
        assert_eq!((typed.word, typed.element.as_deref()), ("not_of_the_form", Some("line 1, column 51")));
    }
}
