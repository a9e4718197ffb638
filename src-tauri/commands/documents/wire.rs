//! Requests and views of scanned documents and photographs.

use domain::id::{DocumentId, EntryId, PatientId};
use domain::time::WallTime;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What an entry of the record says of a document. The bytes are a sealed file beside the database; a field that is added needs a
/// default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Document {
    /// What whoever filed it wrote on it.
    pub title: String,
    /// `letter`, `report`, `imaging`, `administrative`, `photo`, `other`.
    #[ts(type = "'letter' | 'report' | 'imaging' | 'administrative' | 'photo' | 'other'")]
    pub category: String,
    /// ISO date that it is about.
    pub dated: String,
    /// `application/pdf`, `image/jpeg` or `image/png`, by its content.
    #[ts(type = "'application/pdf' | 'image/jpeg' | 'image/png'")]
    pub media: String,
    /// Plain bytes.
    pub bytes: i64,
    /// The document.
    pub document_id: String,
    /// The sealed file's name: the digest of its sealed bytes.
    pub file: String,
    /// Who filed it.
    pub filed_by: String,
}

/// Begin a document for a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BeginDocumentRequest {
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A document under way.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BegunDocumentView {
    /// By which the pieces are handed over.
    pub handle: String,
    /// Largest piece, in plain bytes.
    pub piece: i64,
    /// Largest document.
    pub limit: i64,
}

/// Hand a piece over.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AddDocumentPieceRequest {
    /// Which document.
    pub handle: String,
    /// How many plain bytes came before: a piece is taken once.
    pub offset: i64,
    /// The bytes, base 64.
    pub base64: String,
}

/// How far a document is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentProgressView {
    /// Plain bytes so far.
    pub bytes: i64,
}

/// Give a document up.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentHandleRequest {
    /// Which.
    pub handle: String,
}

/// File the document that was handed over.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FileDocumentRequest {
    /// Which.
    pub handle: String,
    /// What to write on it.
    pub title: String,
    /// `letter`, `report`, `imaging`, `administrative`, `photo`, `other`.
    #[ts(type = "'letter' | 'report' | 'imaging' | 'administrative' | 'photo' | 'other'")]
    pub category: String,
    /// ISO date that it is about; empty: today.
    pub dated: String,
}

/// A document that was filed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FiledDocumentView {
    /// Identifier.
    #[ts(type = "DocumentId")]
    pub id: DocumentId,
    /// By its content.
    pub media: String,
    /// Plain bytes.
    pub bytes: i64,
    /// The entry of the record; none while it waits for a practitioner's session.
    #[ts(type = "EntryId | null")]
    pub entry_id: Option<EntryId>,
}

/// Documents of a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListDocumentsRequest {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A document of the record.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentView {
    /// Identifier.
    #[ts(type = "DocumentId")]
    pub id: DocumentId,
    /// The entry of the record.
    #[ts(type = "EntryId")]
    pub entry_id: EntryId,
    /// Its version.
    pub version: i64,
    /// What is written on it.
    pub title: String,
    /// What it is.
    pub category: String,
    /// ISO date that it is about.
    pub on: String,
    /// By its content.
    pub media: String,
    /// Plain bytes.
    pub bytes: i64,
    /// Who filed it.
    pub filed_by: String,
    /// Wall time.
    #[ts(type = "string")]
    pub filed_at: WallTime,
    /// Why it was struck.
    pub struck: Option<String>,
    /// Its file is not there.
    pub missing: bool,
}

/// Documents of a patient, the newest first.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentsView {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// The documents.
    pub documents: Vec<DocumentView>,
    /// Documents that cannot be read.
    #[ts(type = "Array<DocumentId>")]
    pub damaged: Vec<DocumentId>,
}

/// One document.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DocumentRequest {
    /// Which.
    #[ts(type = "DocumentId")]
    pub id: DocumentId,
}

/// A document that was opened: whole and unchanged, as far as all of it was read once.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct OpenedDocumentView {
    /// By which its pieces are read.
    pub handle: String,
    /// What it is.
    pub document: DocumentView,
}

/// A piece of an opened document.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DocumentPieceView {
    /// The bytes, base 64.
    pub base64: String,
    /// Nothing follows; the handle is gone.
    pub last: bool,
}
