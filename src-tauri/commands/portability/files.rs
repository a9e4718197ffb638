//! The bytes of a person's papers and documents, opened from their sealed files.
//!
//! Each is read once to its end before the first byte of it is given: nothing of one that was changed ever leaves.

use std::fs::File;
use std::io::{self, Cursor, Read};

use domain::id::EntryId;
use zeroize::Zeroizing;

use crate::commands::documents::reading::sealed_path;
use crate::commands::documents::upload::file_place;
use crate::commands::prescription::archive;
use crate::commands::record::chart::Chart;
use crate::commands::{CommandError, Desk};
use crate::privacy::dossier::{Content, Entry, Original};
use crate::store::{Connection, record};
use crate::vault::{DocumentReader, FilingKey};

/// What an entry's file is called and what it is.
pub(in crate::commands) struct Opened {
    /// Media type.
    pub media: &'static str,
    /// Plain bytes.
    pub bytes: u64,
    /// The content, whole and unchanged.
    pub content: Box<dyn Read + Send>,
}

/// A paper's bytes, wiped when they were read.
struct Paper(Cursor<Zeroizing<Vec<u8>>>);

impl Read for Paper {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let at = usize::try_from(self.0.position()).unwrap_or(usize::MAX);
        let left = self.0.get_ref().get(at..).unwrap_or_default();
        let length = left.len().min(buffer.len());
        buffer[..length].copy_from_slice(&left[..length]);
        self.0.set_position((at + length) as u64);
        Ok(length)
    }
}

fn media(word: &str) -> &'static str {
    match word {
        "application/pdf" => "application/pdf",
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        _ => "application/octet-stream",
    }
}

/// Whether an entry has a file of its own.
#[must_use]
pub(in crate::commands) fn has_file(content: &Content) -> bool {
    matches!(content, Content::Prescription(_) | Content::Letter(_) | Content::Document(_))
}

/// Opens the file of an entry of the record; none where it is not there, was changed, or is another's.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn open(
    desk: &Desk,
    connection: &mut Connection,
    chart: &Chart,
    entry: &Entry,
) -> Result<Option<Opened>, CommandError> {
    match &entry.content {
        Content::Prescription(one) => paper(desk, connection, chart, entry, &one.original).await,
        Content::Letter(one) => paper(desk, connection, chart, entry, &one.original).await,
        Content::Document(one) => {
            let Some(row) = crate::store::dossier::document_key(connection, &one.document_id).await? else {
                return Ok(None);
            };
            let place = one.document_id.as_str();
            let key =
                chart.open_value(("document", "sealed_key", place), row.patient_id, row.key_version, &row.sealed_key);
            let Some(key) = key.and_then(|bytes| FilingKey::from_bytes(&bytes).ok()) else { return Ok(None) };
            let Some(path) = sealed_path(desk, &one.file) else { return Ok(None) };
            let patient = row.patient_id.to_string();
            let begin = || {
                let file = File::open(&path).ok()?;
                DocumentReader::new(&key, &file_place(desk.vault_id, place, &patient), file).ok()
            };
            let whole = tokio::task::block_in_place(|| io::copy(&mut begin()?, &mut io::sink()).ok());
            let Some(bytes) = whole.filter(|bytes| i64::try_from(*bytes) == Ok(one.bytes)) else { return Ok(None) };
            let Some(reader) = begin() else { return Ok(None) };
            Ok(Some(Opened { media: media(&one.media), bytes, content: Box::new(reader) }))
        }
        _ => Ok(None),
    }
}

async fn paper(
    desk: &Desk,
    connection: &mut Connection,
    chart: &Chart,
    entry: &Entry,
    original: &Original,
) -> Result<Option<Opened>, CommandError> {
    let id: EntryId = entry.id.parse().map_err(|_| CommandError::new("vault_damaged"))?;
    let Some(row) = record::entry(connection, id).await? else { return Ok(None) };
    let place = (original.paper.as_str(), original.document.as_str(), original.key);
    let Some(bytes) = archive::open(desk, chart, &row, place) else { return Ok(None) };
    let length = bytes.len() as u64;
    let content = Box::new(Paper(Cursor::new(bytes)));
    Ok(Some(Opened { media: "application/pdf", bytes: length, content }))
}
