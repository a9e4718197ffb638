//! Files that leave the vault: the agenda as a calendar or a table, the patients as a table. Each is an event of the
//! journal: who, when, what, how much; never the content.
//!
//! Not here: the form of the files (room `export`), where they are written (the window asks, the command line is told),
//! calendars at a server (`publishing`).

mod agenda;
pub(in crate::commands) mod events;
mod patients;
pub mod wire;
mod words;

pub use agenda::export_agenda;
pub use patients::export_patients;

pub(super) use events::{Outside, events};

use base64::Engine as _;

use super::CommandError;
use super::wire::FileView;

/// Bytes as a file for whoever asked.
pub(super) fn file(name: String, media: &str, bytes: &[u8]) -> FileView {
    FileView { name, media: media.to_owned(), base64: base64::engine::general_purpose::STANDARD.encode(bytes) }
}

/// A table as a file.
pub(super) fn table(name: String, rows: &[Vec<String>]) -> Result<FileView, CommandError> {
    let bytes = crate::export::cells::to_csv(rows).map_err(|_| CommandError::new("no_memory"))?;
    Ok(file(name, "text/csv", &bytes))
}
