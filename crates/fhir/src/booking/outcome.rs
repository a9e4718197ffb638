//! What is said of a refusal: FHIR's `OperationOutcome`, without a word of what was refused.

use serde::{Deserialize, Serialize};

use super::{names, wire::Concept};

/// FHIR R4, `issue-type`, those that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IssueCode {
    /// It is not of the form.
    Structure,
    /// A value is not one that is taken.
    Value,
    /// A rule of the business refuses it.
    BusinessRule,
    /// Somebody else was first.
    Conflict,
    /// It is not there.
    NotFound,
    /// It was there, and was erased.
    Deleted,
    /// Who asks is not known.
    Login,
    /// Who asks may not.
    Forbidden,
    /// Too often.
    Throttled,
    /// Too large.
    TooLong,
    /// Not offered.
    NotSupported,
    /// The server failed.
    Exception,
    /// For information.
    Informational,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Issue {
    severity: Severity,
    code: IssueCode,
    details: Concept,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    expression: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Severity {
    Fatal,
    Error,
    Warning,
    Information,
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum OutcomeWord {
    OperationOutcome,
}

/// What is said of a refusal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OperationOutcome {
    resource_type: OutcomeWord,
    issue: Vec<Issue>,
}

impl OperationOutcome {
    /// A refusal by a stable word of ours (`slot_taken`), and the element it is about.
    #[must_use]
    pub fn refusal(code: IssueCode, word: &str, element: Option<&str>) -> Self {
        Self::one(Severity::Error, code, word, element)
    }

    /// That something was done, where there is nothing else to answer.
    #[must_use]
    pub fn done(word: &str) -> Self {
        Self::one(Severity::Information, IssueCode::Informational, word, None)
    }

    fn one(severity: Severity, code: IssueCode, word: &str, element: Option<&str>) -> Self {
        let issue = Issue {
            severity,
            code,
            details: Concept::coded(names::REFUSAL, word),
            expression: element.map(str::to_owned).into_iter().collect(),
        };
        Self { resource_type: OutcomeWord::OperationOutcome, issue: vec![issue] }
    }

    /// The first word of ours in it.
    #[must_use]
    pub fn word(&self) -> Option<&str> {
        let coding = self.issue.iter().flat_map(|i| &i.details.coding);
        coding.filter(|c| c.system == names::REFUSAL).map(|c| c.code.as_str()).next()
    }

    /// The first element that it is about.
    #[must_use]
    pub fn element(&self) -> Option<&str> {
        self.issue.iter().flat_map(|i| &i.expression).map(String::as_str).next()
    }
}
