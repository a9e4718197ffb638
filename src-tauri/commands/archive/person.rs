//! A person's archive out of their dossier and their files.

use std::fs::File;
use std::io::{self, Read as _};

use domain::id::PatientId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::pieces::{Piece, writing};
use super::rows::damaged;
use crate::commands::documents::reading::sealed_path;
use crate::commands::documents::upload::{file_place, key_place};
use crate::commands::portability::files;
use crate::commands::portability::gather::{House as Gathering, gather};
use crate::commands::record::chart::Chart;
use crate::commands::{CommandError, Desk};
use crate::privacy::archive::cda;
use crate::privacy::archive::person::{House, Person, Put};
use crate::privacy::archive::rows::PersonFile;
use crate::privacy::dossier::{Content, Dossier, Entry};
use crate::store::Connection;
use crate::store::archive_run::PieceRow;
use crate::store::document::{self, DocumentRow};
use crate::vault::{self, DocumentReader, FilingKey};

/// What is told of a finished person.
#[derive(Serialize, Deserialize)]
pub(super) struct ToldOf {
    /// The person's identifier (CX).
    pub person: String,
    /// Their files; the archive's name is not known yet.
    pub files: Vec<PersonFile>,
    /// What did not open.
    pub unreadable: Vec<String>,
}

/// What is the same for everybody.
pub(super) struct Around {
    pub house: House,
    pub gathering: Gathering,
}

fn uuid(text: &str) -> Uuid {
    text.parse().unwrap_or_default()
}

fn whole(bytes: u64) -> Result<i64, CommandError> {
    i64::try_from(bytes).map_err(|_| damaged())
}

/// Writes a person's archive behind the others of a working file. `head`: the newest journal entry before anything was read.
///
/// # Errors
/// What disk and store refuse.
pub(super) async fn write(
    desk: &Desk,
    connection: &mut Connection,
    around: &Around,
    patient: PatientId,
    head: i64,
    piece: &mut Piece<'_>,
) -> Result<(), CommandError> {
    let chart = Chart::open(desk, connection, patient).await?;
    let dossier = gather(desk, connection, &around.gathering, Some(&chart), patient).await?;
    let (below, offset) = piece.writer()?;
    let mut person = Person::new(below);
    let mut told =
        ToldOf { person: cda::person(&dossier.patient, around.house.vault), files: Vec::new(), unreadable: Vec::new() };
    put_files(desk, connection, &chart, &dossier, &mut person, &mut told).await?;
    if let Some(record) = &dossier.record {
        told.unreadable.extend(record.damaged.iter().map(|one| one.id.clone()));
    }
    let finished = tokio::task::block_in_place(|| person.finish(&dossier, &around.house, &[]));
    let (counted, measure) = finished.map_err(|error| writing(&error))?;
    let row = PieceRow {
        patient_id: patient,
        file: String::new(),
        offset: whole(offset)?,
        bytes: whole(measure.bytes)?,
        digest: measure.digest,
        head,
        told: serde_json::to_string(&told).map_err(|_| damaged())?,
    };
    piece.finished(counted, row);
    Ok(())
}

/// A file that is not there, or not what it was.
fn missing(kind: &str, id: &str, patient: &str, file: &str, key: i64) -> PersonFile {
    PersonFile {
        kind: kind.to_owned(),
        id: id.to_owned(),
        patient: patient.to_owned(),
        file: file.to_owned(),
        key,
        archive: String::new(),
        name: String::new(),
        bytes: 0,
        digest: String::new(),
    }
}

fn kept(mut file: PersonFile, put: Put) -> PersonFile {
    file.name = put.name;
    file.bytes = put.bytes;
    file.digest = put.digest;
    file
}

async fn put_files<W: io::Write>(
    desk: &Desk,
    connection: &mut Connection,
    chart: &Chart,
    dossier: &Dossier,
    person: &mut Person<W>,
    told: &mut ToldOf,
) -> Result<(), CommandError> {
    let Some(record) = &dossier.record else { return Ok(()) };
    for entry in &record.entries {
        let original = match &entry.content {
            Content::Prescription(one) => &one.original,
            Content::Letter(one) => &one.original,
            _ => continue,
        };
        let file = missing("paper", &original.paper, &entry.patient_id, &original.document, original.key);
        match files::open(desk, connection, chart, entry).await? {
            Some(mut opened) => {
                let put = tokio::task::block_in_place(|| {
                    person.file(uuid(&entry.id), Some(entry), opened.media, &mut opened.content)
                });
                told.files.push(kept(file, put.map_err(|error| writing(&error))?));
            }
            None => {
                told.unreadable.push(entry.id.clone());
                told.files.push(file);
            }
        }
    }
    for row in document::documents_of(connection, chart.patients()).await? {
        let entry = row.entry_id.and_then(|id| record.entries.iter().find(|entry| entry.id == id.to_string()));
        let (id, patient) = (row.id.to_string(), row.patient_id.to_string());
        let file = missing("document", &id, &patient, &row.file, row.key_version);
        match open_document(desk, chart, &row).await? {
            Some(mut content) => {
                let put = tokio::task::block_in_place(|| -> io::Result<Put> {
                    let mut start = Vec::with_capacity(8);
                    content.by_ref().take(8).read_to_end(&mut start)?;
                    let media = media(entry, &start);
                    person.file(row.id.uuid(), entry, media, &mut io::Cursor::new(start).chain(content))
                });
                told.files.push(kept(file, put.map_err(|error| writing(&error))?));
            }
            None => {
                told.unreadable.push(id);
                told.files.push(file);
            }
        }
    }
    Ok(())
}

/// What a document is: as its entry says, or by its first bytes.
fn media(entry: Option<&Entry>, start: &[u8]) -> &'static str {
    let said = match entry.map(|entry| &entry.content) {
        Some(Content::Document(one)) => one.media.as_str(),
        _ => "",
    };
    match said {
        "application/pdf" => "application/pdf",
        "image/jpeg" => "image/jpeg",
        "image/png" => "image/png",
        _ if start.starts_with(b"%PDF-") => "application/pdf",
        _ if start.starts_with(b"\xff\xd8\xff") => "image/jpeg",
        _ if start.starts_with(b"\x89PNG") => "image/png",
        _ => "application/octet-stream",
    }
}

/// A document's content, read once to its end before a byte of it is given.
async fn open_document(
    desk: &Desk,
    chart: &Chart,
    row: &DocumentRow,
) -> Result<Option<DocumentReader<File>>, CommandError> {
    let (id, patient) = (row.id.to_string(), row.patient_id.to_string());
    let key = if row.key_version > 0 {
        chart.open_value(("document", "sealed_key", &id), row.patient_id, row.key_version, &row.sealed_key)
    } else {
        let unlocked = desk.unlocked.lock().await;
        let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
        let key_id = vault::sealed_key_id(&row.sealed_key).unwrap_or(0);
        vault::open_with(private, &key_place(desk.vault_id, &id, &patient, key_id), &row.sealed_key).ok()
    };
    let Some(key) = key.and_then(|bytes| FilingKey::from_bytes(&bytes).ok()) else { return Ok(None) };
    let Some(path) = sealed_path(desk, &row.file) else { return Ok(None) };
    let begin = || DocumentReader::new(&key, &file_place(desk.vault_id, &id, &patient), File::open(&path).ok()?).ok();
    let whole = tokio::task::block_in_place(|| io::copy(&mut begin()?, &mut io::sink()).ok());
    Ok(whole.and_then(|_| begin()))
}
