//! Addresses and headers of FHIR requests: search parameters, entity tags, cursors.

use axum::extract::{FromRequestParts, Path};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use fhir::booking::{IssueCode, names};
use serde::Serialize;
use uuid::Uuid;

use super::{FHIR_JSON, Refusal};
use crate::{
    form::pairs,
    store::{Expect, Put, PutOutcome},
};

/// From an instant on, and before another.
pub(super) type Bounds = (Option<DateTime<Utc>>, Option<DateTime<Utc>>);

/// The parameters of an address, in their order; repeated ones are kept.
pub(super) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Those of the part after the question mark. One that is not in `known` is refused: a parameter that is overlooked would
    /// answer another question than was asked.
    pub(super) fn read(query: Option<&str>, known: &[&str]) -> Result<Self, Refusal> {
        let all: Vec<(String, String)> = pairs(query.unwrap_or_default()).ok_or(Refusal::form("query"))?;
        match all.iter().find(|(name, _)| !known.contains(&name.as_str())) {
            Some(_) => {
                Err(Refusal::new(StatusCode::BAD_REQUEST, IssueCode::NotSupported, "parameter_not_offered")
                    .about("query"))
            }
            None => Ok(Self(all)),
        }
    }

    pub(super) fn one(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The name in `identifier=urn:ietf:rfc:3986|urn:uuid:…`.
    pub(super) fn identifier(&self, parameter: &'static str) -> Result<Option<Uuid>, Refusal> {
        self.one(parameter).map(|value| read_identifier(value).ok_or(Refusal::form(parameter))).transpose()
    }

    /// The bounds in `start=ge…` and `start=lt…`; a plain instant is both.
    pub(super) fn bounds(&self, name: &'static str) -> Result<Bounds, Refusal> {
        let (mut from, mut before) = (None, None);
        for (_, value) in self.0.iter().filter(|(n, _)| n == name) {
            let (prefix, rest) = value.split_at_checked(2).ok_or(Refusal::form(name))?;
            let at = |text: &str| read_instant(text).ok_or(Refusal::form(name));
            let second = chrono::TimeDelta::microseconds(1);
            match prefix {
                "ge" => from = Some(at(rest)?),
                "gt" => from = Some(at(rest)? + second),
                "lt" => before = Some(at(rest)?),
                "le" => before = Some(at(rest)? + second),
                _ => {
                    from = Some(at(value)?);
                    before = Some(at(value)? + second);
                }
            }
        }
        Ok((from, before))
    }

    /// How many are asked for, 100 where nothing is said, at most 500.
    pub(super) fn count(&self) -> Result<i64, Refusal> {
        let asked = self.one("_count").map(|text| text.parse::<i64>().map_err(|_| Refusal::form("_count")));
        Ok(asked.transpose()?.unwrap_or(100).clamp(1, 500))
    }
}

/// The name of the one thing that a request is about: the id of its address, or `identifier=` as a conditional request has it.
pub(super) struct Named(pub(super) Uuid);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Response> {
        let by_address = Option::<Path<Uuid>>::from_request_parts(parts, state).await;
        if let Some(Path(id)) = by_address.map_err(IntoResponse::into_response)? {
            return Ok(Self(id));
        }
        let parameters = Parameters::read(parts.uri.query(), &["identifier"]).map_err(IntoResponse::into_response)?;
        let id = parameters.identifier("identifier").map_err(IntoResponse::into_response)?;
        id.map(Self).ok_or_else(|| Refusal::form("identifier").into_response())
    }
}

pub(super) fn read_identifier(value: &str) -> Option<Uuid> {
    let (system, name) = value.split_once('|')?;
    let name = name.strip_prefix("urn:uuid:").filter(|name| name.len() == 36)?;
    if system == names::URI { name.parse().ok() } else { None }
}

fn read_instant(text: &str) -> Option<DateTime<Utc>> {
    if let Ok(at) = DateTime::parse_from_rfc3339(text) {
        return Some(at.to_utc());
    }
    let day = chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    Some(day.and_time(chrono::NaiveTime::MIN).and_utc())
}

/// `W/"3"`.
pub(super) fn etag(version: i64) -> String {
    format!("W/\"{version}\"")
}

fn read_etag(text: &str) -> Option<i64> {
    let text = text.trim();
    text.strip_prefix("W/").unwrap_or(text).strip_prefix('"')?.strip_suffix('"')?.parse().ok()
}

/// What a change expects to find, by its two headers.
pub(super) fn expect(if_match: Option<&str>, if_none_match: Option<&str>) -> Result<Expect, Refusal> {
    match (if_match, if_none_match) {
        (None, None) => Ok(Expect::Anything),
        (Some(tag), None) => read_etag(tag).map(Expect::Version).ok_or(Refusal::form("If-Match")),
        (None, Some("*")) => Ok(Expect::Nothing),
        _ => Err(Refusal::form("If-None-Match")),
    }
}

pub(super) fn expect_of(headers: &HeaderMap) -> Result<Expect, Refusal> {
    let text = |name: HeaderName, word: &'static str| {
        headers.get(name).map(|value| value.to_str().map_err(|_| Refusal::form(word))).transpose()
    };
    expect(text(header::IF_MATCH, "If-Match")?, text(header::IF_NONE_MATCH, "If-None-Match")?)
}

/// An answer with a resource, its version and date.
pub(super) fn resource(
    status: StatusCode,
    value: &impl Serialize,
    version: i64,
    updated_at: DateTime<Utc>,
) -> Result<Response, Refusal> {
    let text = serde_json::to_string(value).map_err(|_| Refusal::exception())?;
    let mut response = (status, [(header::CONTENT_TYPE, FHIR_JSON)], text).into_response();
    let tag = HeaderValue::from_str(&etag(version)).map_err(|_| Refusal::exception())?;
    let date = updated_at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let date = HeaderValue::from_str(&date).map_err(|_| Refusal::exception())?;
    response.headers_mut().insert(header::ETAG, tag);
    response.headers_mut().insert(header::LAST_MODIFIED, date);
    Ok(response)
}

/// The status of what a conditional update did.
pub(super) const fn status_of(put: &Put) -> StatusCode {
    match put.outcome {
        PutOutcome::Created => StatusCode::CREATED,
        PutOutcome::Updated | PutOutcome::Unchanged => StatusCode::OK,
    }
}

/// A bundle as an answer.
pub(super) fn bundle(bundle: &fhir::booking::Bundle) -> Result<Response, Refusal> {
    let text = serde_json::to_string(bundle).map_err(|_| Refusal::exception())?;
    Ok(([(header::CONTENT_TYPE, FHIR_JSON)], text).into_response())
}

/// Reads a body as a value.
pub(super) fn body<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    serde_json::from_slice(bytes).map_err(|error| Refusal::of_json(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_and_unknown_ones_refused() {
        let query = "identifier=urn:ietf:rfc:3986%7Curn:uuid:00000000-0000-0000-0000-000000000007&start=ge2026-09-21T10:00:00%2B02:00&start=lt2026-09-22";
        let parameters = Parameters::read(Some(query), &["identifier", "start", "_count"]).unwrap();
        assert_eq!(parameters.identifier("identifier"), Ok(Some(Uuid::from_u128(7))));
        let (from, before) = parameters.bounds("start").unwrap();
        assert_eq!(from.unwrap().to_rfc3339(), "2026-09-21T08:00:00+00:00");
        assert_eq!(before.unwrap().to_rfc3339(), "2026-09-22T00:00:00+00:00");
        assert_eq!(parameters.count(), Ok(100));
        assert!(Parameters::read(Some("note=x"), &["identifier"]).is_err());
        assert!(Parameters::read(Some("identifier=%zz"), &["identifier"]).is_err());
        let foreign = Parameters::read(Some("identifier=urn:x|y"), &["identifier"]).unwrap();
        assert!(foreign.identifier("identifier").is_err());
    }

    #[test]
    fn what_is_expected_stands_in_two_headers_of_which_one_counts() {
        assert_eq!(expect(None, None), Ok(Expect::Anything));
        assert_eq!(expect(Some("W/\"3\""), None), Ok(Expect::Version(3)));
        assert_eq!(expect(Some("\"3\""), None), Ok(Expect::Version(3)));
        assert_eq!(expect(None, Some("*")), Ok(Expect::Nothing));
        assert!(expect(Some("3"), None).is_err() && expect(None, Some("\"3\"")).is_err());
        assert!(expect(Some("\"3\""), Some("*")).is_err());
    }
}
