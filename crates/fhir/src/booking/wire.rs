//! The wire forms: FHIR's elements, cut down to those that a booking needs, unknown ones refused.
//!
//! They are wider than the values (an extension could be any of ours, an identifier could have any system): that what was read
//! is exactly what a value writes is checked by [`read`].

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

use super::names;

/// Why a resource was refused. It names an element, never a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{element}: not what this resource takes")]
pub struct Refused {
    /// The element, as a FHIRPath without indexes.
    pub element: &'static str,
}

pub(super) const fn refused(element: &'static str) -> Refused {
    Refused { element }
}

/// What a server says of a resource it keeps: where it is, which version, since when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meta {
    /// The server's own id of it: a UUID at our portal, anything FHIR allows at another.
    pub id: String,
    /// The version, which is the entity tag too: `W/"3"`.
    pub version: i64,
    /// When it got that version.
    pub updated_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct WireMeta {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_updated: Option<DateTime<Utc>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub profile: Vec<String>,
}

impl WireMeta {
    pub(super) fn new(meta: Option<&Meta>, profile: &str) -> Self {
        Self {
            version_id: meta.map(|m| m.version.to_string()),
            last_updated: meta.map(|m| m.updated_at),
            profile: vec![profile.to_owned()],
        }
    }

    /// The server's part of it, where it is whole.
    pub(super) fn read(&self, id: Option<&str>) -> Option<Meta> {
        Some(Meta {
            id: id.filter(|id| is_id(id))?.to_owned(),
            version: self.version_id.as_ref()?.parse().ok()?,
            updated_at: self.last_updated?,
        })
    }
}

/// FHIR's `id`: 1 to 64 letters, digits, hyphens and dots.
fn is_id(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.')
}

/// A resource as another FHIR server gives it back, without what servers add by themselves: the narrative, and what `meta` says
/// beyond version and date. Everything else is left as it is, to be read as strictly as ever.
pub(super) fn without_additions(mut value: serde_json::Value) -> serde_json::Value {
    if let Some(object) = value.as_object_mut() {
        object.remove("text");
        if let Some(meta) = object.get_mut("meta").and_then(serde_json::Value::as_object_mut) {
            meta.retain(|name, _| matches!(name.as_str(), "versionId" | "lastUpdated"));
        }
    }
    value
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Identifier {
    pub system: String,
    pub value: String,
}

impl Identifier {
    pub(super) fn uuid(id: Uuid) -> Self {
        Self { system: names::URI.to_owned(), value: format!("urn:uuid:{id}") }
    }

    pub(super) fn read_uuid(&self, element: &'static str) -> Result<Uuid, Refused> {
        if self.system != names::URI {
            return Err(refused(element));
        }
        self.value.strip_prefix("urn:uuid:").and_then(|v| v.parse().ok()).ok_or(refused(element))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Coding {
    pub system: String,
    pub code: String,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Concept {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub coding: Vec<Coding>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

impl Concept {
    pub(super) fn coded(system: &str, code: impl Into<String>) -> Self {
        Self { coding: vec![Coding { system: system.to_owned(), code: code.into() }], text: None }
    }

    pub(super) fn code(&self, element: &'static str) -> Result<&str, Refused> {
        self.coding.first().map(|c| c.code.as_str()).ok_or(refused(element))
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reference {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifier: Option<Identifier>,
}

impl Reference {
    pub(super) fn contained(id: &str) -> Self {
        Self { reference: Some(format!("#{id}")), identifier: None }
    }

    pub(super) fn named(id: Uuid) -> Self {
        Self { reference: None, identifier: Some(Identifier::uuid(id)) }
    }

    pub(super) fn read_named(&self, element: &'static str) -> Result<Uuid, Refused> {
        self.identifier.as_ref().ok_or(refused(element))?.read_uuid(element)
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ContactPoint {
    pub system: String,
    pub value: String,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    pub usage: Option<String>,
}

impl ContactPoint {
    pub(super) fn phone(value: &str) -> Self {
        Self { system: "phone".to_owned(), value: value.to_owned(), usage: Some("mobile".to_owned()) }
    }

    pub(super) fn email(value: &str) -> Self {
        Self { system: "email".to_owned(), value: value.to_owned(), usage: None }
    }
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HumanName {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub family: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub given: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Period {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Duration {
    pub value: i64,
    pub unit: String,
    pub system: String,
    pub code: String,
}

impl Duration {
    pub(super) fn minutes(value: i64) -> Self {
        Self { value, unit: "minute".to_owned(), system: names::UCUM.to_owned(), code: "min".to_owned() }
    }
}

/// An extension of one of the kinds that are used here; which one it is says its address.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub(super) struct Extension {
    pub url: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extension: Vec<Extension>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_boolean: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_time: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_codeable_concept: Option<Concept>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value_duration: Option<Duration>,
}

impl Extension {
    pub(super) fn new(url: &str) -> Self {
        Self { url: url.to_owned(), ..Self::default() }
    }

    /// The part or extension of that name.
    pub(super) fn find<'a>(all: &'a [Self], url: &str) -> Option<&'a Self> {
        all.iter().find(|e| e.url == url)
    }
}

/// Makes the value out of a wire form and sees that nothing else was there: written back, it is the same.
pub(super) fn read<W, T>(
    wire: &W,
    value: impl FnOnce(&W) -> Result<T, Refused>,
    element: &'static str,
) -> Result<T, Refused>
where
    W: PartialEq + Serialize + DeserializeOwned,
    for<'a> W: From<&'a T>,
{
    let made = value(wire)?;
    if W::from(&made) == *wire { Ok(made) } else { Err(refused(element)) }
}

/// `serde`'s two halves of a value by its wire form.
macro_rules! by_wire {
    ($value:ty, $wire:ty) => {
        impl serde::Serialize for $value {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                <$wire>::from(self).serialize(serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $value {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let wire = <$wire>::deserialize(deserializer)?;
                <$value>::try_from(wire).map_err(serde::de::Error::custom)
            }
        }

        impl $value {
            /// Reads what another FHIR server gave back: without the narrative and the marks that servers add, and then as
            /// strictly as what comes from anywhere.
            ///
            /// # Errors
            /// Where it is not of the form, or says more.
            pub fn read_foreign(text: &str) -> serde_json::Result<Self> {
                serde_json::from_value(super::wire::without_additions(serde_json::from_str(text)?))
            }
        }
    };
}
pub(super) use by_wire;
