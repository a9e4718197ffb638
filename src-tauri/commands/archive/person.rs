//! A person's archive out of their dossier and their files.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read, Write};

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
use crate::privacy::archive::packed::Measure;
use crate::privacy::archive::person::{House, Person, Put};
use crate::privacy::archive::rows::PersonFile;
use crate::privacy::bundle::bundle;
use crate::privacy::dossier::{Content as Told, Dossier, Entry};
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

/// A file that belongs into a person's archive.
struct Source {
    /// What is told of it.
    file: PersonFile,
    /// Its document's or its entry's identifier.
    id: Uuid,
    /// The entry that speaks of it, by its place.
    entry: Option<usize>,
    /// The document's row; none: a signed paper.
    row: Option<DocumentRow>,
}

/// An opened file: its media type where that is known, its content.
type Content = (Option<&'static str>, Box<dyn Read + Send>);

/// A person whose archive can be built without another look at the vault.
pub(super) struct Prepared {
    patient: PatientId,
    head: i64,
    dossier: Dossier,
    files: Vec<(Source, Option<Content>)>,
}

/// Files of a person who is built beside others; whoever has more is written file by file.
const FEW: usize = 16;
/// Bytes of them.
const LIGHT: u64 = 4 << 20;

/// Gathers a person; with their files, where these are few and small.
///
/// # Errors
/// What the store refuses.
pub(super) async fn prepare(
    desk: &Desk,
    connection: &mut Connection,
    around: &Around,
    patient: PatientId,
    head: i64,
) -> Result<(Prepared, Option<Heavy>), CommandError> {
    // Leaving is the keeping of a limited record too.
    let chart = Chart::open_for_keeping(desk, connection, patient).await?;
    let dossier = gather(desk, connection, &around.gathering, Some(&chart), patient).await?;
    let sources = sources(connection, &chart, &dossier).await?;
    let mut prepared = Prepared { patient, head, dossier, files: Vec::new() };
    let on_disk = |source: &Source| sealed_path(desk, &source.file.file).and_then(|path| path.metadata().ok());
    let bytes: u64 = sources.iter().filter_map(on_disk).map(|about| about.len()).sum();
    if sources.len() > FEW || bytes > LIGHT {
        return Ok((prepared, Some(Heavy { chart, sources })));
    }
    for source in sources {
        let content = open(desk, connection, &chart, &prepared.dossier, &source).await?;
        prepared.files.push((source, content));
    }
    Ok((prepared, None))
}

/// What is still to be opened of somebody with many files.
pub(super) struct Heavy {
    chart: Chart,
    sources: Vec<Source>,
}

impl Prepared {
    /// Builds the archive: no look at the vault, so that several are built at once.
    ///
    /// # Errors
    /// What a file or the writer below refuses.
    pub fn build<W: Write>(self, around: &Around, below: W) -> io::Result<(W, PieceRow)> {
        let mut person = Person::new(below);
        let mut told = told(&self.dossier, around);
        for (source, content) in self.files {
            put(&mut person, &self.dossier, source, content, &mut told)?;
        }
        let (below, measure) = person.finish(&self.dossier, &around.house, &fhir(&self.dossier)?)?;
        Ok((below, row(self.patient, self.head, measure, &told)?))
    }

    /// Builds it file by file behind the others of a working file.
    ///
    /// # Errors
    /// What disk and store refuse.
    pub async fn write(
        self,
        desk: &Desk,
        connection: &mut Connection,
        around: &Around,
        heavy: Heavy,
        piece: &mut Piece<'_>,
    ) -> Result<(), CommandError> {
        let (below, offset) = piece.writer()?;
        let mut person = Person::new(below);
        let mut told = told(&self.dossier, around);
        for source in heavy.sources {
            let content = open(desk, connection, &heavy.chart, &self.dossier, &source).await?;
            let done = tokio::task::block_in_place(|| put(&mut person, &self.dossier, source, content, &mut told));
            done.map_err(|error| writing(&error))?;
        }
        let finished =
            tokio::task::block_in_place(|| person.finish(&self.dossier, &around.house, &fhir(&self.dossier)?));
        let (counted, measure) = finished.map_err(|error| writing(&error))?;
        let mut row = row(self.patient, self.head, measure, &told).map_err(|error| writing(&error))?;
        row.offset = i64::try_from(offset).map_err(|_| damaged())?;
        piece.finished(counted, row);
        Ok(())
    }
}

/// The record as FHIR, for software that reads neither CDA nor our own form.
fn fhir(dossier: &Dossier) -> io::Result<Vec<(String, String, Vec<u8>)>> {
    let bundle = serde_json::to_vec(&bundle(dossier, &BTreeMap::new()))?;
    Ok(vec![("DOC00003.JSN".to_owned(), "application/fhir+json".to_owned(), bundle)])
}

fn told(dossier: &Dossier, around: &Around) -> ToldOf {
    let damaged = dossier.record.iter().flat_map(|record| record.damaged.iter().map(|one| one.id.clone()));
    ToldOf {
        person: cda::person(&dossier.patient, around.house.vault),
        files: Vec::new(),
        unreadable: damaged.collect(),
    }
}

fn row(patient_id: PatientId, head: i64, measure: Measure, told: &ToldOf) -> io::Result<PieceRow> {
    Ok(PieceRow {
        patient_id,
        file: String::new(),
        offset: 0,
        bytes: i64::try_from(measure.bytes).map_err(io::Error::other)?,
        digest: measure.digest,
        head,
        told: serde_json::to_string(told).map_err(io::Error::other)?,
    })
}

fn put<W: Write>(
    person: &mut Person<W>,
    dossier: &Dossier,
    source: Source,
    content: Option<Content>,
    told: &mut ToldOf,
) -> io::Result<()> {
    let entry = source.entry.and_then(|place| dossier.record.as_ref()?.entries.get(place));
    let Some((known, mut content)) = content else {
        told.unreadable.push(source.file.id.clone());
        told.files.push(source.file);
        return Ok(());
    };
    let mut start = Vec::with_capacity(8);
    content.by_ref().take(8).read_to_end(&mut start)?;
    let media = known.unwrap_or_else(|| media(entry, &start));
    let put = person.file(source.id, entry, media, &mut io::Cursor::new(start).chain(content))?;
    told.files.push(kept(source.file, put));
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

/// The files of a person: originals of signed papers, scanned documents.
async fn sources(connection: &mut Connection, chart: &Chart, dossier: &Dossier) -> Result<Vec<Source>, CommandError> {
    let Some(record) = &dossier.record else { return Ok(Vec::new()) };
    let mut sources = Vec::new();
    for (place, entry) in record.entries.iter().enumerate() {
        let original = match &entry.content {
            Told::Prescription(one) => &one.original,
            Told::Letter(one) => &one.original,
            _ => continue,
        };
        let file = missing("paper", &original.paper, &entry.patient_id, &original.document, original.key);
        sources.push(Source { file, id: uuid(&entry.id), entry: Some(place), row: None });
    }
    for row in document::documents_of(connection, chart.patients()).await? {
        let of = row.entry_id.map(|id| id.to_string());
        let entry = of.and_then(|id| record.entries.iter().position(|entry| entry.id == id));
        let file = missing("document", &row.id.to_string(), &row.patient_id.to_string(), &row.file, row.key_version);
        sources.push(Source { file, id: row.id.uuid(), entry, row: Some(row) });
    }
    Ok(sources)
}

/// Opens one of them; none where it is not there, or not what it was.
async fn open(
    desk: &Desk,
    connection: &mut Connection,
    chart: &Chart,
    dossier: &Dossier,
    source: &Source,
) -> Result<Option<Content>, CommandError> {
    if let Some(row) = &source.row {
        let content = open_document(desk, chart, row).await?;
        return Ok(content.map(|content| (None, Box::new(content) as Box<dyn Read + Send>)));
    }
    let entry = source.entry.and_then(|place| dossier.record.as_ref()?.entries.get(place));
    let Some(entry) = entry else { return Ok(None) };
    let opened = files::open(desk, connection, chart, entry).await?;
    Ok(opened.map(|opened| (Some(opened.media), opened.content)))
}

/// What a document is: as its entry says, or by its first bytes.
fn media(entry: Option<&Entry>, start: &[u8]) -> &'static str {
    let said = match entry.map(|entry| &entry.content) {
        Some(Told::Document(one)) => one.media.as_str(),
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
