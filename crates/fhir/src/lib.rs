//! FHIR R4 as this program speaks it: plain values in, resources out.
//!
//! [`booking`] holds what goes between a practice and its portal, as types that cannot hold more; [`export`] holds a person's own
//! bundle. Deliberately not here: any server or client, and any validation beyond what the types hold.

pub mod booking;
pub mod export;
