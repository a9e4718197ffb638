//! One person's data, for them: gathered, written as one file that anybody can read and any software can take in, handed over
//! and noted as a disclosure.
//!
//! Deliberately not here: the form of what is in the file (rooms `privacy` and `fhir`), its encryption (room `vault`), the whole
//! practice's export (its own capability).

mod export;
pub(in crate::commands) mod files;
pub(in crate::commands) mod gather;
mod outgoing;
pub mod wire;

pub use export::export_person;
