//! FHIR R4 as this program speaks it: plain values in, resources out.
//!
//! [`export`] holds a person's own bundle. Deliberately not here: what a portal may get (it comes with the portal, as types that
//! cannot hold more), any server or client, and any validation beyond what the types hold.

pub mod export;
