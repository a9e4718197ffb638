//! With whom is spoken, and whether it is still the same.

use serde::Deserialize;
use zeroize::Zeroizing;

use domain::id::PractitionerId;

use super::SyncError;
use crate::net::{Address, Client, Credentials, Limits, Request};

/// What stands at the address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// The booking portal: everything is offered.
    Portal,
    /// A plain FHIR R4 server with conditional updates: bookings go there and come back; nothing is confirmed by signature.
    Plain,
}

/// With whom is spoken.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What stands there.
    pub server: Server,
    /// The portal's address (`https://rdv.example.org/`), or the base of a plain server (`https://fhir.example.org/r4`).
    pub address: String,
    /// The practice's own certificate authority (PEM); empty: the public ones.
    pub authority: String,
    /// The client's name; at a plain server the user's, or empty where it asks for none.
    pub client_id: String,
    /// The portal's key that the controller compared and pinned (base 64); empty until then, and at a plain server.
    pub pinned_key: String,
    /// The practitioners of the instruction: an answer about any other is refused.
    pub practitioners: Vec<PractitionerId>,
}

/// The client's secret. Wiped when dropped; no `Debug`, no `Clone`.
pub struct Secret(pub(super) Zeroizing<String>);

impl Secret {
    /// The secret that stands in the keyring.
    #[must_use]
    pub const fn new(text: Zeroizing<String>) -> Self {
        Self(text)
    }
}

/// Who a portal says it is. Its words are shown, never believed beyond that; what counts is the key.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct About {
    /// The program.
    pub software: String,
    /// Its version.
    pub version: String,
    /// Who runs it: the processor.
    pub processor: String,
    /// How the processor is reached.
    pub processor_contact: String,
    /// Who hosts it, and where.
    pub host: String,
    /// The public key under which it signs (Ed25519, base 64).
    pub signing_key: String,
    /// Its short name, to be compared by eye.
    pub signing_key_id: String,
}

/// What a small answer may be at most.
pub(super) const SMALL: u64 = 64 * 1024;
/// What a server may say of itself at most: some name every resource that there is.
const STATEMENT: u64 = 4 * 1024 * 1024;
/// How long a call may take.
pub(super) const CALL: std::time::Duration = std::time::Duration::from_secs(45);

/// Who stands at an address, before anything is agreed. Nothing of the practice is said.
///
/// # Errors
/// What the way there refuses; [`SyncError::NotUnderstood`] where no portal stands there.
pub fn about(address: &str, authority: &str) -> Result<About, SyncError> {
    let address = Address::parse(address)?;
    let client = Client::new(&address, authority, Credentials::none())?.within(Limits { largest: SMALL, call: CALL });
    let place = address.at(&format!("{}/.well-known/semainier-portal", address.path().trim_end_matches('/')));
    let headers = [("Accept", "application/json")];
    let answer = client.send(&Request { method: "GET", address: &place, headers: &headers, body: None })?;
    match answer.status {
        200 => About::read(&answer.body),
        429 | 503 => Err(SyncError::Later { seconds: answer.retry_after }),
        status if status >= 500 => Err(SyncError::Refused { status, word: None }),
        _ => Err(SyncError::NotUnderstood),
    }
}

/// Whether a FHIR R4 server stands at an address: by what it says of itself, or since it asks for a name first.
///
/// # Errors
/// What the way there refuses.
pub fn is_fhir(address: &str, authority: &str) -> Result<bool, SyncError> {
    let address = Address::parse(address)?;
    let limits = Limits { largest: STATEMENT, call: CALL };
    let client = Client::new(&address, authority, Credentials::none())?.within(limits);
    let place = address.at(&format!("{}/metadata", address.path().trim_end_matches('/')));
    let headers = [("Accept", "application/fhir+json")];
    let answer = client.send(&Request { method: "GET", address: &place, headers: &headers, body: None })?;
    Ok(answer.status == 401 || (answer.status == 200 && is_statement(&answer.body)))
}

fn is_statement(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Statement {
        resource_type: String,
        fhir_version: String,
    }
    serde_json::from_slice(body)
        .is_ok_and(|one: Statement| one.resource_type == "CapabilityStatement" && one.fhir_version.starts_with("4."))
}

impl About {
    pub(super) fn read(body: &[u8]) -> Result<Self, SyncError> {
        let about: Self = serde_json::from_slice(body).map_err(|_| SyncError::NotUnderstood)?;
        let texts = [
            &about.software,
            &about.version,
            &about.processor,
            &about.processor_contact,
            &about.host,
            &about.signing_key,
            &about.signing_key_id,
        ];
        let holds = |text: &&String| text.chars().count() <= 300 && !text.chars().any(char::is_control);
        let key = super::signature::key_name(&about.signing_key).ok_or(SyncError::NotUnderstood)?;
        // The short name that is compared by eye must be that of the key that will be pinned.
        if texts.iter().all(holds) && key == about.signing_key_id { Ok(about) } else { Err(SyncError::NotUnderstood) }
    }
}
