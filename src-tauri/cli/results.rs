//! Results and documents from a terminal.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use clap::Subcommand;
use serde_json::json;

use super::Refusal;
use super::output::Output;
use super::words;
use crate::commands::documents::wire::{
    AddDocumentPieceRequest, BeginDocumentRequest, DocumentHandleRequest, FileDocumentRequest, ListDocumentsRequest,
};
use crate::commands::results::wire::{
    AttachResultRequest, FiledRequest, ImportResultsRequest, ListResultsRequest, MarkSeenRequest, RefuseResultRequest,
    SetWatchedFolderRequest,
};
use crate::commands::wire::NothingRequest;
use crate::commands::{Desk, documents, entrance::create::disk, results};
use domain::id::{DocumentId, EntryId, FiledId, PatientId};

/// `results`.
#[derive(Subcommand)]
pub enum Results {
    /// Papers of which somebody has to decide whose they are.
    Inbox,
    /// Give a paper of the inbox to a patient.
    Attach {
        /// The paper.
        id: String,
        /// The patient.
        #[arg(long, required_unless_present = "create", conflicts_with = "create")]
        patient: Option<String>,
        /// A new patient with the identity that the paper states.
        #[arg(long)]
        create: bool,
    },
    /// Refuse a paper of the inbox; within a month this can be taken back.
    Refuse {
        /// The paper.
        id: String,
        /// Take it back.
        #[arg(long)]
        back: bool,
    },
    /// What a paper of the inbox says (practitioners).
    Read {
        /// The paper.
        id: String,
    },
    /// A patient's reports (practitioners).
    List {
        /// The patient.
        #[arg(long)]
        patient: String,
        /// The curves instead: one line a value.
        #[arg(long)]
        curves: bool,
    },
    /// Reports that nobody has seen (practitioners).
    Unseen,
    /// Mark a report as seen (practitioners).
    Seen {
        /// The entry.
        entry: String,
        /// The version that was read.
        #[arg(long, default_value_t = 1)]
        version: i64,
        /// Take one's own mark back.
        #[arg(long)]
        back: bool,
    },
    /// The folder into which the laboratories' software of this computer puts results.
    Folder {
        /// Watch this one; an empty text: none.
        #[arg(long)]
        set: Option<String>,
        /// What was read is deleted (not overwritten) instead of moved into a folder inside.
        #[arg(long)]
        delete: bool,
        /// Look into it now.
        #[arg(long)]
        check: bool,
    },
}

/// `document`.
#[derive(Subcommand)]
pub enum Document {
    /// File a scan or a photograph (PDF, JPEG, PNG) for a patient.
    File {
        /// The file; it is left where it is.
        file: PathBuf,
        /// The patient.
        #[arg(long)]
        patient: String,
        /// What to write on it; without it the file's name.
        #[arg(long)]
        title: Option<String>,
        /// letter, report, imaging, administrative, photo, other.
        #[arg(long, default_value = "other")]
        category: String,
        /// ISO date that it is about; without it today.
        #[arg(long, default_value = "")]
        dated: String,
    },
    /// A patient's documents (practitioners).
    List {
        /// The patient.
        #[arg(long)]
        patient: String,
    },
    /// Write a document to a file, in the clear (practitioners).
    Export {
        /// The document.
        id: String,
        /// The file.
        #[arg(long)]
        out: PathBuf,
    },
}

fn patient_id(text: &str) -> Result<PatientId, Refusal> {
    text.parse().map_err(|_| Refusal::field("patient_not_found", "patient"))
}

fn filed_id(text: &str) -> Result<FiledId, Refusal> {
    text.parse().map_err(|_| Refusal::field("filed_not_found", "id"))
}

/// `import results`.
pub async fn import(desk: &Desk, path: &Path, output: &Output) -> Result<(), Refusal> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let path = path.to_str().ok_or_else(|| Refusal::field("bad_name", "path"))?.to_owned();
    let request = ImportResultsRequest { path, ..ImportResultsRequest::default() };
    for one in results::import_results(desk, request).await?.results {
        output.view(&one);
    }
    Ok(())
}

/// `results`.
pub async fn results(desk: &Desk, command: Results, output: &Output) -> Result<(), Refusal> {
    match command {
        Results::Inbox => {
            let inbox = results::list_inbox(desk, NothingRequest {}).await?;
            for item in &inbox.items {
                output.view(item);
            }
            output.remark(&words::inbox(inbox.items.len(), inbox.waiting, inbox.unseen));
        }
        Results::Attach { id, patient, create: _ } => {
            let patient_id = patient.as_deref().map(patient_id).transpose()?;
            let request = AttachResultRequest { id: filed_id(&id)?, patient_id };
            output.view(&results::attach_result(desk, request).await?);
        }
        Results::Refuse { id, back } => {
            let request = RefuseResultRequest { id: filed_id(&id)?, refused: !back };
            results::refuse_result(desk, request).await?;
            output.view(&json!({ "id": id, "refused": !back }));
        }
        Results::Read { id } => {
            output.view(&results::read_filed(desk, FiledRequest { id: filed_id(&id)? }).await?);
        }
        Results::List { patient, curves } => {
            let request = ListResultsRequest { patient_id: patient_id(&patient)? };
            let found = results::list_results(desk, request).await?;
            for report in found.reports.iter().filter(|_| !curves) {
                output.view(report);
            }
            for one in found.curves.iter().filter(|_| curves) {
                for point in &one.points {
                    output.view(
                        &json!({ "analysis": one.label, "unit": one.unit, "on": point.on, "value": point.value,
                                         "shown": point.shown, "low": point.low, "high": point.high,
                                         "standing": point.standing, "entry": point.entry_id }),
                    );
                }
            }
        }
        Results::Unseen => {
            for one in results::list_unseen(desk, NothingRequest {}).await?.reports {
                output.view(&one);
            }
        }
        Results::Seen { entry, version, back } => {
            let entry_id: EntryId = entry.parse().map_err(|_| Refusal::field("entry_not_found", "entry"))?;
            results::mark_seen(desk, MarkSeenRequest { entry_id, version, seen: !back }).await?;
            output.view(&json!({ "entry": entry, "version": version, "seen": !back }));
        }
        Results::Folder { set, delete, check } => {
            if let Some(path) = set {
                let afterwards = if delete { "delete" } else { "move" }.to_owned();
                let request = SetWatchedFolderRequest { path, afterwards, enabled: true };
                results::set_watched_folder(desk, request).await?;
            }
            if check {
                for one in results::check_watched_folder(desk, NothingRequest {}).await?.results {
                    output.view(&one);
                }
            } else {
                output.view(&results::show_watched_folder(desk, NothingRequest {}).await?);
            }
        }
    }
    Ok(())
}

/// `document`.
pub async fn document(desk: &Desk, command: Document, output: &Output) -> Result<(), Refusal> {
    match command {
        Document::File { file, patient, title, category, dated } => {
            let mut source = File::open(&file).map_err(|_| Refusal::field("file_missing", "file"))?;
            let begun =
                documents::begin_document(desk, BeginDocumentRequest { patient_id: patient_id(&patient)? }).await?;
            let piece = u64::try_from(begun.piece).unwrap_or(1 << 20);
            let mut offset = 0_i64;
            loop {
                let mut bytes = zeroize::Zeroizing::new(Vec::new());
                std::io::Read::by_ref(&mut source).take(piece).read_to_end(&mut bytes).map_err(|error| disk(&error))?;
                if bytes.is_empty() {
                    break;
                }
                let base64 = STANDARD.encode(&*bytes);
                let request = AddDocumentPieceRequest { handle: begun.handle.clone(), offset, base64 };
                offset = documents::add_document_piece(desk, request).await?.bytes;
            }
            let named = || file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let title = title.unwrap_or_else(named);
            let request = FileDocumentRequest { handle: begun.handle, title, category, dated };
            output.view(&documents::file_document(desk, request).await?);
        }
        Document::List { patient } => {
            let request = ListDocumentsRequest { patient_id: patient_id(&patient)? };
            let found = documents::list_documents(desk, request).await?;
            for one in &found.documents {
                output.view(one);
            }
            for id in &found.damaged {
                output.view(&json!({ "id": id, "damaged": true }));
            }
        }
        Document::Export { id, out } => {
            let id: DocumentId = id.parse().map_err(|_| Refusal::field("document_not_found", "id"))?;
            let folder = out.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let mut file = tempfile::NamedTempFile::new_in(folder).map_err(|error| disk(&error))?;
            let opened = documents::open_document(desk, documents::wire::DocumentRequest { id }).await?;
            loop {
                let request = DocumentHandleRequest { handle: opened.handle.clone() };
                let piece = documents::read_document(desk, request).await?;
                let bytes = STANDARD.decode(&piece.base64).map_err(|_| Refusal::new("bad_request"))?;
                file.write_all(&zeroize::Zeroizing::new(bytes)).map_err(|error| disk(&error))?;
                if piece.last {
                    break;
                }
            }
            file.as_file().sync_all().map_err(|error| disk(&error))?;
            file.persist(&out).map_err(|failure| disk(&failure.error))?;
            output.view(&json!({ "id": id, "media": opened.document.media, "bytes": opened.document.bytes,
                                 "file": out.to_string_lossy() }));
            output.remark(&words::in_the_clear());
        }
    }
    Ok(())
}
