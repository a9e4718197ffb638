//! Bundles as any FHIR server writes them: with totals, addresses, search scores and narrative of its own. Around the resources
//! whatever stands there is left aside; the resources themselves are read as strictly as ever.

use fhir::booking::{Appointment, MAX_ENTRIES, Schedule, Slot};
use serde::Deserialize;
use serde_json::Value;

use super::SyncError;

/// What a search found.
#[derive(Debug)]
pub(super) struct Found {
    /// The resources, as they stand.
    pub resources: Vec<String>,
    /// Where the next page is.
    pub next: Option<String>,
    /// Where what changes after this is found.
    pub monitor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct WireBundle {
    resource_type: String,
    #[serde(default)]
    link: Vec<WireLink>,
    #[serde(default)]
    entry: Vec<WireEntry>,
}

#[derive(Deserialize)]
struct WireLink {
    relation: String,
    url: String,
}

#[derive(Deserialize)]
struct WireEntry {
    #[serde(default)]
    resource: Option<Value>,
    #[serde(default)]
    search: Option<WireSearch>,
}

#[derive(Deserialize)]
struct WireSearch {
    #[serde(default)]
    mode: Option<String>,
}

pub(super) fn read(body: &[u8]) -> Result<Found, SyncError> {
    let bundle: WireBundle = serde_json::from_slice(body).map_err(|_| SyncError::NotUnderstood)?;
    if bundle.resource_type != "Bundle" || bundle.entry.len() > MAX_ENTRIES {
        return Err(SyncError::NotUnderstood);
    }
    let link = |relation: &str| bundle.link.iter().find(|link| link.relation == relation).map(|link| link.url.clone());
    // An outcome that comes along is a remark of the server's, not what was searched for.
    let asked = |entry: &&WireEntry| {
        entry.search.as_ref().and_then(|search| search.mode.as_deref()).is_none_or(|mode| mode == "match")
    };
    let resources = bundle.entry.iter().filter(asked).filter_map(|entry| entry.resource.as_ref());
    Ok(Found {
        resources: resources.map(|resource| resource.to_string()).collect(),
        next: link("next"),
        monitor: link("monitor"),
    })
}

pub(super) fn appointment(text: &str) -> Result<Appointment, SyncError> {
    Appointment::read_foreign(text).map_err(|_| SyncError::NotUnderstood)
}

pub(super) fn schedule(text: &str) -> Result<Schedule, SyncError> {
    Schedule::read_foreign(text).map_err(|_| SyncError::NotUnderstood)
}

pub(super) fn slot(text: &str) -> Result<Slot, SyncError> {
    Slot::read_foreign(text).map_err(|_| SyncError::NotUnderstood)
}
