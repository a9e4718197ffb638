//! Scanned documents and photographs: sealed in chunks as they come in, piece by piece, so that no clear byte and no whole document
//! is ever on the disk or in memory; opened the same way.
//!
//! A document has a key of its own. Whoever files it seals that key to the clinical public key; a practitioner's session takes the
//! document in: an entry of the record speaks of it, and its key comes under the patient's.
//!
//! Deliberately not here: striking (an entry is struck in the record), pictures made smaller, text recognition.

pub mod reading;
pub mod sweep;
pub mod upload;
pub mod wire;

pub use reading::{list_documents, open_document, read_document};
pub(in crate::commands) use upload::take_document;
pub use upload::{FilingDesk, add_document_piece, begin_document, cancel_document, file_document};
