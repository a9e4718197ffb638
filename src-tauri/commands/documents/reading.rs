//! Documents as practitioners read them: listed, opened once all of it was found whole and unchanged, handed out in pieces.

use std::fs::File;
use std::io::{self, Read as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use domain::role::Permission;
use domain::time::wall;
use serde_json::json;
use zeroize::Zeroizing;

use super::sweep::FOLDER;
use super::upload::{PIECE, file_place};
use super::wire::{
    Document, DocumentHandleRequest, DocumentPieceView, DocumentRequest, DocumentView, DocumentsView,
    ListDocumentsRequest, OpenedDocumentView,
};
use crate::commands::desk::Change;
use crate::commands::record::chart::{Chart, Inside};
use crate::commands::record::wire::Body;
use crate::commands::results::take_in::take_in;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::document::{self, DocumentRow};
use crate::store::record::{self, EntryRow};
use crate::store::{StoreError, filing};
use crate::vault::{DocumentName, DocumentReader, FilingKey};

/// Documents open at once; the one opened first is closed for another.
const AT_ONCE: usize = 4;

/// A document that is being handed out.
pub(super) struct Reading {
    reader: DocumentReader<File>,
    left: u64,
}

fn view(
    desk: &Desk,
    document: Document,
    row: &DocumentRow,
    entry: &EntryRow,
    inside: &Inside,
) -> Result<DocumentView, CommandError> {
    let at: DateTime<Utc> = row.filed_at.parse().map_err(|_| CommandError::from(StoreError::BadValue))?;
    Ok(DocumentView {
        id: row.id,
        entry_id: entry.id,
        version: entry.version,
        title: document.title,
        category: document.category,
        on: inside.on.clone(),
        media: document.media,
        bytes: document.bytes,
        filed_by: if row.filed_by_name.is_empty() { document.filed_by } else { row.filed_by_name.clone() },
        filed_at: wall(at, &desk.premises().zone),
        struck: inside.struck.clone(),
        missing: !sealed_path(desk, &document.file).is_some_and(|path| path.is_file()),
    })
}

/// The sealed file; none where its name is none.
pub(in crate::commands) fn sealed_path(desk: &Desk, name: &str) -> Option<std::path::PathBuf> {
    DocumentName::parse(name).map(|name| desk.folder().join(FOLDER).join(name.to_string()))
}

/// The entry that speaks of a document, opened; none where it does not open, was rolled back, or speaks of another file.
async fn entry_of(
    change: &mut Change<'_>,
    chart: &Chart,
    row: &DocumentRow,
) -> Result<Option<(EntryRow, Inside, Document)>, CommandError> {
    let Some(entry_id) = row.entry_id else { return Ok(None) };
    let Some(entry) = record::entry(change.connection(), entry_id).await? else { return Ok(None) };
    if record::journalled_version(change.connection(), &entry).await? != entry.version {
        return Ok(None);
    }
    let Some(inside) = chart.unseal(&entry) else { return Ok(None) };
    let Body::Document(document) = inside.body.clone() else { return Ok(None) };
    // The entry is the one that is believed: whoever exchanged the row or the file is found here.
    let same = document.document_id == row.id.to_string() && document.file == row.file;
    Ok(same.then_some((entry, inside, document)))
}

/// The documents of a patient. Journalled as a reading of the record.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`.
pub async fn list_documents(desk: &Desk, request: ListDocumentsRequest) -> Result<DocumentsView, CommandError> {
    take_in(desk, Some(request.patient_id)).await?;
    let mut change = desk.change(Permission::ReadClinical, "list_documents").await?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let patients = filing::owners(change.connection(), chart.patient()).await?;
    let (mut documents, mut damaged) = (Vec::new(), Vec::new());
    for row in document::documents_of(change.connection(), &patients).await? {
        match entry_of(&mut change, &chart, &row).await? {
            Some((entry, inside, document)) => documents.push(view(desk, document, &row, &entry, &inside)?),
            None => damaged.push(row.id),
        }
    }
    documents.sort_by(|a, b| (&b.on, b.filed_at, b.id).cmp(&(&a.on, a.filed_at, a.id)));
    let id = chart.patient().to_string();
    let counts = json!({ "documents": documents.len(), "damaged": damaged.len() });
    change.record("record", &id, Some(&id), &ChangeRecord::created("opening", &counts)).await?;
    change.commit().await?;
    Ok(DocumentsView { patient_id: chart.patient(), documents, damaged })
}

/// Opens a document: reads all of it once, so that nothing of one that was changed is ever shown. Journalled.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `document_not_found`, `document_damaged` (naming it), `document_missing`.
pub async fn open_document(desk: &Desk, request: DocumentRequest) -> Result<OpenedDocumentView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "open_document").await?;
    let not_found = || CommandError::new("document_not_found");
    let row = document::document(change.connection(), request.id).await?.ok_or_else(not_found)?;
    if row.entry_id.is_none() {
        drop(change);
        take_in(desk, Some(row.patient_id)).await?;
        change = desk.change(Permission::ReadClinical, "open_document").await?;
    }
    let row = document::document(change.connection(), request.id).await?.ok_or_else(not_found)?;
    let damaged = || CommandError::new("document_damaged").with("document", row.id);
    let chart = Chart::open(desk, change.connection(), row.patient_id).await?;
    let (entry, inside, document) = entry_of(&mut change, &chart, &row).await?.ok_or_else(damaged)?;
    let place = row.id.to_string();
    let key = chart.open_value(("document", "sealed_key", &place), row.patient_id, row.key_version, &row.sealed_key);
    let key = key.and_then(|bytes| FilingKey::from_bytes(&bytes).ok()).ok_or_else(damaged)?;
    let path = sealed_path(desk, &document.file).ok_or_else(damaged)?;
    let patient = row.patient_id.to_string();
    let begin = || -> Result<DocumentReader<File>, CommandError> {
        let file = File::open(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => CommandError::new("document_missing").with("document", row.id),
            _ => CommandError::new("disk_error"),
        })?;
        DocumentReader::new(&key, &file_place(desk.vault_id, &place, &patient), file).map_err(|_| damaged())
    };
    let mut first = begin()?;
    let mut buffer = Zeroizing::new(vec![0; 64 * 1024]);
    let mut bytes = 0_u64;
    loop {
        match first.read(&mut buffer) {
            Ok(0) => break,
            Ok(length) => bytes += length as u64,
            Err(_) => return Err(damaged()),
        }
    }
    if i64::try_from(bytes) != Ok(document.bytes) {
        return Err(damaged());
    }
    let reading = Reading { reader: begin()?, left: bytes };
    let view = view(desk, document, &row, &entry, &inside)?;
    let owner = chart.patient().to_string();
    let what = ChangeRecord::created("opening", &json!({ "document": row.id }));
    change.record("record", &owner, Some(&owner), &what).await?;
    change.commit().await?;
    let handle = desk.make_id().to_string();
    let mut readings = desk.filing.readings.lock().await;
    if readings.len() >= AT_ONCE {
        let _ = readings.pop_first();
    }
    readings.insert(handle.clone(), reading);
    Ok(OpenedDocumentView { handle, document: view })
}

/// The next piece of an opened document.
///
/// # Errors
/// `permission_denied`, `document_not_open`, `document_damaged`.
pub async fn read_document(desk: &Desk, request: DocumentHandleRequest) -> Result<DocumentPieceView, CommandError> {
    desk.require(Permission::ReadClinical, "read_document").await?;
    let mut readings = desk.filing.readings.lock().await;
    let closed = || CommandError::field("document_not_open", "handle");
    let reading = readings.get_mut(&request.handle).ok_or_else(closed)?;
    let mut piece = Zeroizing::new(Vec::with_capacity(PIECE));
    let read = reading.reader.by_ref().take(PIECE as u64).read_to_end(&mut piece);
    let left = reading.left.saturating_sub(piece.len() as u64);
    reading.left = left;
    if read.is_err() || (piece.is_empty() && left > 0) {
        readings.remove(&request.handle);
        return Err(CommandError::new("document_damaged"));
    }
    let last = left == 0;
    if last {
        readings.remove(&request.handle);
    }
    Ok(DocumentPieceView { base64: STANDARD.encode(&*piece), last })
}
