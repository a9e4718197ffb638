//! A bundle: what a search found, or a batch of conditional updates and its answers.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::{Appointment, OperationOutcome, Schedule, Slot};

/// At most so many entries travel in one bundle.
pub const MAX_ENTRIES: usize = 500;

/// FHIR R4, `bundle-type`, those that are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BundleKind {
    /// What a search found.
    Searchset,
    /// Requests, each by itself.
    Batch,
    /// Their answers, in the same order.
    BatchResponse,
}

/// What a bundle may hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Resource {
    /// A schedule.
    Schedule(Box<Schedule>),
    /// A slot.
    Slot(Box<Slot>),
    /// An appointment.
    Appointment(Box<Appointment>),
    /// What is said of a refusal.
    Outcome(Box<OperationOutcome>),
}

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Schedule(schedule) => schedule.serialize(serializer),
            Self::Slot(slot) => slot.serialize(serializer),
            Self::Appointment(appointment) => appointment.serialize(serializer),
            Self::Outcome(outcome) => outcome.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Resource {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = serde_json::Value::deserialize(deserializer)?;
        let read = match value.get("resourceType").and_then(serde_json::Value::as_str) {
            Some("Schedule") => serde_json::from_value(value).map(Self::Schedule),
            Some("Slot") => serde_json::from_value(value).map(Self::Slot),
            Some("Appointment") => serde_json::from_value(value).map(Self::Appointment),
            Some("OperationOutcome") => serde_json::from_value(value).map(Self::Outcome),
            _ => return Err(D::Error::custom("resourceType: not what a bundle takes")),
        };
        read.map_err(D::Error::custom)
    }
}

/// Where else to go from here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// `self`, `next`, or `monitor`: where what changes after this is found.
    pub relation: String,
    /// The address, relative to the server's.
    pub url: String,
}

/// What one entry of a batch asks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Request {
    /// `PUT` only.
    pub method: String,
    /// Such as `Slot?identifier=urn:ietf:rfc:3986|urn:uuid:…`.
    pub url: String,
    /// The entity tag that must be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_match: Option<String>,
    /// `*`: nothing may be there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_none_match: Option<String>,
}

/// How one entry was answered.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Response {
    /// The status, such as `201`.
    pub status: String,
    /// The entity tag now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// When it got that version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_modified: Option<DateTime<Utc>>,
    /// Why not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<OperationOutcome>,
}

/// One entry.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundleEntry {
    /// The resource.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Resource>,
    /// What is asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Request>,
    /// How it was answered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Response>,
}

#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
enum BundleWord {
    #[default]
    Bundle,
}

/// A bundle.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Bundle {
    resource_type: BundleWord,
    /// What it is.
    #[serde(rename = "type")]
    pub kind: BundleKind,
    /// Where else to go.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub link: Vec<Link>,
    /// What it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "not_too_many")]
    pub entry: Vec<BundleEntry>,
}

fn not_too_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<BundleEntry>, D::Error> {
    let entries = Vec::<BundleEntry>::deserialize(deserializer)?;
    if entries.len() > MAX_ENTRIES { Err(D::Error::custom("Bundle.entry: too many")) } else { Ok(entries) }
}

impl Bundle {
    /// An empty one.
    #[must_use]
    pub const fn new(kind: BundleKind) -> Self {
        Self { resource_type: BundleWord::Bundle, kind, link: Vec::new(), entry: Vec::new() }
    }

    /// The address of a relation.
    #[must_use]
    pub fn link(&self, relation: &str) -> Option<&str> {
        self.link.iter().find(|l| l.relation == relation).map(|l| l.url.as_str())
    }
}
