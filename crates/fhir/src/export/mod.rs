//! A person's own bundle: every resource that their export holds, as types that serialize to FHIR R4's JSON.
//!
//! An empty text, list or option is left out, as FHIR wants it; what FHIR requires is a field without a default in
//! [`check`], which names what a bundle lacks. Deliberately not here: what of the practice's data becomes which resource.

#[macro_use]
mod element;
pub mod check;
pub mod codes;
mod data;
mod resources;

pub use data::*;
pub use element::Empty;
pub use resources::*;

/// The URN of a resource: what refers to it, and its full URL.
#[must_use]
pub fn urn(id: uuid::Uuid) -> String {
    format!("urn:uuid:{id}")
}

/// A text as FHIR's `string` takes it: without control characters but tab and line ends, and without blanks around.
#[must_use]
pub fn text(text: &str) -> String {
    let clean: String = text.chars().filter(|sign| !sign.is_control() || matches!(sign, '\t' | '\n' | '\r')).collect();
    clean.trim().to_owned()
}
