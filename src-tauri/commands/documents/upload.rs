//! The way in of a document: begun for a patient, handed over in pieces that are sealed at once, filed whole or not at all.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::sync::Mutex;

use domain::id::{DocumentId, FiledId, PatientId};
use domain::role::Permission;
use serde_json::json;
use tempfile::NamedTempFile;

use super::reading::Reading;
use super::sweep::{self, FOLDER};
use super::wire::{
    AddDocumentPieceRequest, BeginDocumentRequest, BegunDocumentView, Document, DocumentHandleRequest,
    DocumentProgressView, FileDocumentRequest, FiledDocumentView,
};
use crate::commands::agenda::date;
use crate::commands::desk::Change;
use crate::commands::entrance::create::disk;
use crate::commands::record::chart::Chart;
use crate::commands::record::wire::Body;
use crate::commands::results::folder::Looks;
use crate::commands::results::sealing::{Content, opens, seal};
use crate::commands::results::take_in::take_row;
use crate::commands::takeover::bytes_of;
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::document::{self, DocumentRow};
use crate::store::filing::{self, FiledRow};
use crate::store::{self};
use crate::vault::{self, Context, DocumentWriter, FilingKey, SealError};

/// Largest piece.
pub(super) const PIECE: usize = 2 << 20;
/// Largest document.
const LIMIT: u64 = 100 << 20;
/// Documents under way at once.
const AT_ONCE: usize = 8;
/// Longest title.
const TITLE: usize = 200;
/// What a document may be.
const CATEGORIES: [&str; 6] = ["letter", "report", "imaging", "administrative", "photo", "other"];

/// What a session remembers between the pieces of what comes in and goes out, and of the watched folder.
#[derive(Default)]
pub struct FilingDesk {
    uploads: tokio::sync::Mutex<BTreeMap<String, Upload>>,
    pub(super) readings: tokio::sync::Mutex<BTreeMap<String, Reading>>,
    pub(in crate::commands) looks: Mutex<Looks>,
}

/// A document that is being handed over.
struct Upload {
    id: DocumentId,
    patient_id: PatientId,
    key: FilingKey,
    writer: DocumentWriter<NamedTempFile>,
    media: &'static str,
    bytes: u64,
    /// While it is held nothing is swept.
    _held: File,
}

/// Where a document's bytes and its key stand.
pub(in crate::commands) fn file_place<'a>(vault: uuid::Uuid, id: &'a str, patient: &'a str) -> Context<'a> {
    Context { vault, table: "document", column: "file", row: id, patient, version: 1, key_id: 1 }
}

pub(super) fn key_place<'a>(vault: uuid::Uuid, id: &'a str, patient: &'a str, key_id: u32) -> Context<'a> {
    Context { vault, table: "document", column: "sealed_key", row: id, patient, version: 1, key_id }
}

/// What a document is, by its first bytes.
fn media(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"%PDF-") {
        Some("application/pdf")
    } else if start.starts_with(b"\xff\xd8\xff") {
        Some("image/jpeg")
    } else if start.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some("image/png")
    } else {
        None
    }
}

fn sealing(error: SealError) -> CommandError {
    match error {
        SealError::Io(kind) => disk(&io::Error::from(kind)),
        _ => CommandError::new("no_randomness"),
    }
}

/// Begins a document for a patient.
///
/// # Errors
/// `permission_denied`, `patient_not_found`, `no_practitioner_yet`, `too_many_documents`, `disk_full`, `read_only`, `disk_error`.
pub async fn begin_document(desk: &Desk, request: BeginDocumentRequest) -> Result<BegunDocumentView, CommandError> {
    let mut connection = desk.read(Permission::FileDocuments, "begin_document").await?;
    let patient = store::patient::resolved(&mut connection, request.patient_id).await?;
    let patient_id = patient.ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?.id;
    drop(connection);
    if desk.clinical_public.is_none() {
        return Err(CommandError::new("no_practitioner_yet"));
    }
    let mut uploads = desk.filing.uploads.lock().await;
    if uploads.len() >= AT_ONCE {
        // The one that was begun first was given up.
        let _ = uploads.pop_first();
    }
    let folder = desk.folder().join(FOLDER);
    fs::create_dir_all(&folder).map_err(|error| disk(&error))?;
    let held = sweep::hold(&folder).map_err(|error| disk(&error))?;
    let file = tempfile::Builder::new().prefix(sweep::UNDER_WAY).tempfile_in(&folder).map_err(|error| disk(&error))?;
    let id = DocumentId::new(desk.make_id());
    let key = FilingKey::make().map_err(sealing)?;
    let (row, patient) = (id.to_string(), patient_id.to_string());
    let writer = DocumentWriter::new(&key, &file_place(desk.vault_id, &row, &patient), file).map_err(sealing)?;
    uploads.insert(row.clone(), Upload { id, patient_id, key, writer, media: "", bytes: 0, _held: held });
    let number = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    Ok(BegunDocumentView { handle: row, piece: number(PIECE as u64), limit: number(LIMIT) })
}

fn unknown() -> CommandError {
    CommandError::field("document_not_begun", "handle")
}

/// Takes a piece: it is sealed before the next one comes.
///
/// # Errors
/// `permission_denied`, `document_not_begun`, `out_of_order`, `piece_too_large`, `document_too_large`, `unknown_media` for anything but
/// PDF, JPEG and PNG, `disk_full`, `disk_error`. A document that was not taken on is given up, but for a piece that is out of order or
/// too much.
pub async fn add_document_piece(
    desk: &Desk,
    request: AddDocumentPieceRequest,
) -> Result<DocumentProgressView, CommandError> {
    desk.require(Permission::FileDocuments, "add_document_piece").await?;
    let piece = zeroize::Zeroizing::new(bytes_of(&request.base64)?);
    let mut uploads = desk.filing.uploads.lock().await;
    let upload = uploads.get_mut(&request.handle).ok_or_else(unknown)?;
    if u64::try_from(request.offset) != Ok(upload.bytes) {
        return Err(CommandError::field("out_of_order", "offset").with("bytes", upload.bytes));
    }
    if upload.bytes + piece.len() as u64 > LIMIT {
        return Err(CommandError::new("document_too_large").with("limit", LIMIT));
    }
    let done = taken(upload, &piece);
    let bytes = upload.bytes;
    if done.is_err() {
        uploads.remove(&request.handle);
    }
    done?;
    Ok(DocumentProgressView { bytes: i64::try_from(bytes).unwrap_or(i64::MAX) })
}

fn taken(upload: &mut Upload, piece: &[u8]) -> Result<(), CommandError> {
    if piece.len() > PIECE {
        return Err(CommandError::field("piece_too_large", "base64").with("limit", PIECE));
    }
    if upload.bytes == 0 {
        upload.media = media(piece).ok_or_else(|| CommandError::field("unknown_media", "base64"))?;
    }
    upload.writer.write_all(piece).map_err(|error| disk(&error))?;
    upload.bytes += piece.len() as u64;
    Ok(())
}

/// Gives a document up: nothing of it stays.
///
/// # Errors
/// `permission_denied`.
pub async fn cancel_document(desk: &Desk, request: DocumentHandleRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::FileDocuments, "cancel_document").await?;
    desk.filing.uploads.lock().await.remove(&request.handle);
    Ok(DoneView::default())
}

/// Files the document that was handed over. In a practitioner's session it is in the record then; else it waits for one.
///
/// # Errors
/// `permission_denied`, `document_not_begun`, `empty`, `too_long`, `unknown_word`, `bad_date`, `date_in_future`, `disk_full`,
/// `disk_error`.
pub async fn file_document(desk: &Desk, request: FileDocumentRequest) -> Result<FiledDocumentView, CommandError> {
    desk.require(Permission::FileDocuments, "file_document").await?;
    let title = request.title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.chars().count() > TITLE {
        return Err(CommandError::field("too_long", "title").with("limit", TITLE));
    }
    if !CATEGORIES.contains(&request.category.as_str()) {
        return Err(CommandError::field("unknown_word", "category"));
    }
    let today = desk.wall_now().date();
    let dated = match request.dated.trim() {
        "" => today,
        typed => date(typed, "dated")?,
    };
    if dated > today {
        return Err(CommandError::field("date_in_future", "dated"));
    }
    let upload = {
        let mut uploads = desk.filing.uploads.lock().await;
        if uploads.get(&request.handle).is_some_and(|one| one.bytes == 0) {
            return Err(CommandError::field("empty", "base64"));
        }
        uploads.remove(&request.handle).ok_or_else(unknown)?
    };
    let folder = desk.folder().join(FOLDER);
    let Upload { id, patient_id, key, writer, media, bytes, _held } = upload;
    let (file, name) = writer.finish().map_err(sealing)?;
    file.as_file().sync_all().map_err(|error| disk(&error))?;
    let path = folder.join(name.to_string());
    file.persist(&path).map_err(|failure| disk(&failure.error))?;
    sweep::sync(&folder).map_err(|error| disk(&error))?;
    let document = Document {
        title,
        category: request.category,
        dated: dated.to_string(),
        media: media.to_owned(),
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        document_id: id.to_string(),
        file: name.to_string(),
        filed_by: desk.session().name.clone(),
    };
    let done = keep(desk, (id, patient_id), &key, document).await;
    if done.is_err() {
        // Nobody names it: the next sweep would take it.
        let _ = fs::remove_file(&path);
    }
    done
}

/// The document's row and the paper that speaks of it, in one transaction.
async fn keep(
    desk: &Desk,
    (id, patient_id): (DocumentId, PatientId),
    key: &FilingKey,
    document: Document,
) -> Result<FiledDocumentView, CommandError> {
    let opens = opens(desk).await;
    let mut change = desk.change(Permission::FileDocuments, "file_document").await?;
    let (public, key_id) = desk.clinical_public.as_ref().ok_or_else(|| CommandError::new("no_practitioner_yet"))?;
    let (row, patient) = (id.to_string(), patient_id.to_string());
    let place = key_place(desk.vault_id, &row, &patient, *key_id);
    let sealed_key = vault::seal_to(public, &place, key.expose()).map_err(sealing)?;
    let (at, user) = (change.at().to_owned(), desk.session().user_id.to_string());
    let kept = DocumentRow {
        id,
        patient_id,
        file: document.file.clone(),
        entry_id: None,
        key_version: 0,
        sealed_key,
        filed_at: at.clone(),
        filed_by: user.clone(),
        filed_by_name: String::new(),
    };
    document::insert_document(change.connection(), &kept).await?;
    let filed_id = FiledId::new(desk.make_id());
    let mut view = FiledDocumentView { id, media: document.media.clone(), bytes: document.bytes, entry_id: None };
    let (sealed_key, sealed) = seal(desk, filed_id, &Content::Document(document))?;
    let paper = FiledRow {
        id: filed_id,
        kind: "document".to_owned(),
        patient_id: Some(patient_id),
        problem: String::new(),
        line: 0,
        whole: true,
        slip: String::new(),
        surname: String::new(),
        birth_name: String::new(),
        first_name: String::new(),
        born: None,
        sex: "unknown".to_owned(),
        nir: String::new(),
        sealed_key,
        sealed,
        filed_at: at,
        filed_by: user,
        refused_at: None,
    };
    filing::insert(change.connection(), &paper).await?;
    let record = ChangeRecord::created("filed", &json!({ "kind": paper.kind, "document": id }));
    change.record("results", &format!("filed:{filed_id}"), Some(&patient), &record).await?;
    if opens && !store::restriction::is_limited(change.connection(), patient_id).await? {
        let chart = Chart::open(desk, change.connection(), patient_id).await?;
        take_row(desk, &mut change, &chart, &paper).await?;
        view.entry_id = document::document(change.connection(), id).await?.and_then(|row| row.entry_id);
    }
    change.commit().await?;
    Ok(view)
}

/// Takes a filed document in: writes its entry, and puts its key under the patient's. False where the key does not open, or the paper
/// speaks of another file.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn take_document(
    desk: &Desk,
    change: &mut Change<'_>,
    chart: &Chart,
    document: Document,
) -> Result<bool, CommandError> {
    let Ok(id) = document.document_id.parse::<DocumentId>() else { return Ok(false) };
    let Some(row) = document::document(change.connection(), id).await? else { return Ok(false) };
    if row.file != document.file || row.entry_id.is_some() {
        return Ok(false);
    }
    let Some(key) = filing_key(desk, &row).await? else { return Ok(false) };
    let owner = row.patient_id;
    let (entry, _) = chart.write(desk, change, document.dated.clone(), Body::Document(document)).await?;
    let place = row.id.to_string();
    let (version, sealed) = chart.seal_value(("document", "sealed_key", &place), owner, key.expose())?;
    document::take_document(change.connection(), row.id, entry.id, (version, &sealed)).await?;
    Ok(true)
}

/// The key of a document that is not taken in yet.
async fn filing_key(desk: &Desk, row: &DocumentRow) -> Result<Option<FilingKey>, CommandError> {
    let unlocked = desk.unlocked.lock().await;
    let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
    let (id, patient) = (row.id.to_string(), row.patient_id.to_string());
    let opened = vault::sealed_key_id(&row.sealed_key).ok().and_then(|key_id| {
        let place = key_place(desk.vault_id, &id, &patient, key_id);
        vault::open_with(private, &place, &row.sealed_key).ok()
    });
    Ok(opened.and_then(|bytes| FilingKey::from_bytes(&bytes).ok()))
}
