//! One person's export: gathered in one moment of the database, packed, journalled, noted as a disclosure, and only then given
//! its name.

use std::collections::BTreeMap;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::PatientId;
use domain::role::Permission;
use serde_json::json;

use super::files;
use super::gather::{House, gather};
use super::outgoing::{Handed as Named, Outgoing};
use super::wire::{ExportPersonRequest, ExportedPersonView};
use crate::commands::access::judged;
use crate::commands::agenda::print::language;
use crate::commands::disclosure::{self, Handed};
use crate::commands::entrance::create::disk;
use crate::commands::record::chart::Chart;
use crate::commands::results::take_in::take_in;
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};
use crate::export::cells::to_csv;
use crate::journal::ChangeRecord;
use crate::print::words::Language;
use crate::privacy::bundle::{BundledFile, bundle};
use crate::privacy::dossier::{Content, Dossier, Entry};
use crate::privacy::paper::{ListedFile, paper};
use crate::privacy::parcel::{Manifest, Parcel, safe_name};
use crate::privacy::person::for_the_person;
use crate::privacy::sheets::sheets;
use crate::privacy::words::{pick, said};
use crate::store::{self, StoreError, dossier as rows};

/// Categories of what is told of everybody, and of a record beside.
const AGENDA: &[&str] = &["identity", "contact", "appointments", "calls", "consents"];
const ALL: &[&str] =
    &["identity", "contact", "appointments", "calls", "consents", "record", "results", "prescriptions", "documents"];

/// Whether there is anything clinical, and under which permission the export runs.
async fn permission(desk: &Desk, patient: PatientId) -> Result<(PatientId, bool), CommandError> {
    desk.require(Permission::KeepPrivacy, "export_person").await?;
    let mut connection = desk.read(Permission::KeepPrivacy, "export_person").await?;
    let not_found = || CommandError::field("patient_not_found", "patient_id");
    let root = store::patient::resolved(&mut connection, patient).await?.ok_or_else(not_found)?.id;
    let patients = store::filing::owners(&mut connection, root).await?;
    let clinical = rows::is_clinical(&mut connection, &patients).await?;
    drop(connection);
    if clinical {
        // Clinical content leaves under a practitioner's session alone.
        desk.require(Permission::ExportData, "export_person").await?;
        desk.require(Permission::ReadClinical, "export_person").await?;
    }
    Ok((root, clinical))
}

/// Exports a person's data, for them: a readable paper, a FHIR bundle, tables, the documents as they are, a manifest; encrypted with
/// their passphrase where they chose one. Nothing about anybody else is in it. It is a disclosure to them.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `unknown_word` for the language, `weak_password` for the
/// passphrase, `disk_full`, `read_only`, `disk_error`, `print_failed`: then no file was left.
pub async fn export_person(desk: &Desk, request: ExportPersonRequest) -> Result<ExportedPersonView, CommandError> {
    if !request.passphrase.is_empty() {
        let (_, judgement) = judged(&request.passphrase, &[]);
        if !judgement.accepted {
            let weaknesses: Vec<&str> = judgement.weaknesses.iter().map(|weakness| weakness.as_str()).collect();
            return Err(CommandError::field("weak_password", "passphrase").with("weaknesses", weaknesses.join(",")));
        }
    }
    if !request.language.is_empty() {
        language(&request.language)?;
    }
    let (patient, clinical) = permission(desk, request.patient_id).await?;
    if clinical {
        // What others filed for this person is entered first, so that it is there.
        take_in(desk, Some(patient)).await?;
    }
    let mut snapshot = desk.store().snapshot().await?;
    let house = House::read(desk, &mut snapshot).await?;
    let chart = if clinical { Some(Chart::open_for_keeping(desk, &mut snapshot, patient).await?) } else { None };
    let dossier = for_the_person(gather(desk, &mut snapshot, &house, chart.as_ref(), patient).await?);
    let words = if request.language.is_empty() { own(&dossier) } else { language(&request.language)? };
    let encrypted = !request.passphrase.is_empty();
    let name = file_name(desk, &dossier, words, encrypted);
    let outgoing = tokio::task::block_in_place(|| Outgoing::begin(&request.path, &name, &request.passphrase))?;
    let mut parcel = Parcel::begin(outgoing, &dossier.gathered_at);
    let mut beside = Beside::default();
    if let (Some(chart), Some(record)) = (&chart, &dossier.record) {
        for entry in record.entries.iter().filter(|entry| files::has_file(&entry.content)) {
            let Some(mut opened) = files::open(desk, &mut snapshot, chart, entry).await? else {
                beside.missing(entry, words);
                continue;
            };
            let path = beside.add(entry, opened.media, opened.bytes, words);
            tokio::task::block_in_place(|| parcel.copy(&path, opened.media, &mut opened.content))
                .map_err(|error| disk(&error))?;
        }
    }
    snapshot.rollback().await.map_err(StoreError::from)?;
    let (finished, manifest) = tokio::task::block_in_place(|| -> Result<_, CommandError> {
        let (outgoing, manifest) = pack(desk, parcel, &dossier, &beside, words)?;
        Ok((outgoing.finish().map_err(|error| disk(&error))?, manifest))
    })?;
    let damaged = dossier.record.as_ref().map_or(0, |record| record.damaged.len()) + beside.lost;
    let sequence = journal(desk, patient, clinical, encrypted, &manifest, damaged).await?;
    let named = tokio::task::block_in_place(|| finished.name()).map_err(|error| disk(&error))?;
    let (path, file, bytes) = match named {
        Named::File(path, bytes) => (path.display().to_string(), None, bytes),
        Named::Bytes(bytes) => {
            let media = if encrypted { "application/octet-stream" } else { "application/zip" };
            let length = bytes.len() as u64;
            let file = FileView { name, media: media.to_owned(), base64: STANDARD.encode(bytes) };
            (String::new(), Some(file), length)
        }
    };
    Ok(ExportedPersonView {
        path,
        file,
        bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
        files: i64::try_from(manifest.files.len()).unwrap_or(i64::MAX),
        encrypted,
        damaged: i64::try_from(damaged).unwrap_or(i64::MAX),
        sequence,
    })
}

/// The person's language, or the country's own.
fn own(dossier: &Dossier) -> Language {
    match dossier.patient.language.as_str() {
        "ar" => Language::Arabic,
        "en" => Language::English,
        _ => Language::French,
    }
}

fn file_name(desk: &Desk, dossier: &Dossier, words: Language, encrypted: bool) -> String {
    let what = pick(words, "donnees", "معطيات", "data");
    let ending = if encrypted { "zip.age" } else { "zip" };
    format!("{what}-{}-{}.{ending}", dossier.patient.number, desk.wall_now().date())
}

/// What lies beside the bundle.
#[derive(Default)]
struct Beside {
    files: BTreeMap<String, BundledFile>,
    listed: Vec<ListedFile>,
    lost: usize,
}

impl Beside {
    /// The path of the next file.
    fn add(&mut self, entry: &Entry, media: &'static str, bytes: u64, words: Language) -> String {
        let ending = match media {
            "application/pdf" => "pdf",
            "image/jpeg" => "jpg",
            "image/png" => "png",
            _ => "bin",
        };
        let title = title(entry, words);
        let name = safe_name(&format!("{} {title}", entry.on), 60);
        let path = format!("documents/{:04}-{name}.{ending}", self.files.len() + 1);
        self.files.insert(entry.id.clone(), BundledFile { path: path.clone(), media: media.to_owned(), bytes });
        self.listed.push(ListedFile { path: path.clone(), title });
        path
    }

    fn missing(&mut self, entry: &Entry, words: Language) {
        self.lost += 1;
        let path = said("unreadable", words);
        self.listed.push(ListedFile { path, title: title(entry, words) });
    }
}

fn title(entry: &Entry, words: Language) -> String {
    match &entry.content {
        Content::Prescription(one) => format!("{} {}", said("prescription", words), one.number),
        Content::Letter(one) => format!("{} {} {}", said(&one.what, words), one.number, one.title),
        Content::Document(one) => one.title.clone(),
        other => said(other.kind(), words),
    }
}

/// Adds what is made of the dossier, the readable paper on another thread meanwhile, and closes the parcel.
fn pack(
    desk: &Desk,
    mut parcel: Parcel<Outgoing>,
    dossier: &Dossier,
    beside: &Beside,
    words: Language,
) -> Result<(Outgoing, Manifest), CommandError> {
    let now = desk.now();
    let (written, pdf) = std::thread::scope(|scope| {
        let pdf = scope.spawn(|| paper(dossier, words, &beside.listed, now));
        let mut write = || -> io::Result<()> {
            parcel.write("bundle.json", "application/fhir+json", |into| {
                serde_json::to_writer(into, &bundle(dossier, &beside.files)).map_err(io::Error::from)
            })?;
            for sheet in sheets(dossier, words) {
                let mut table = vec![sheet.columns.iter().map(|(head, _)| (*head).to_owned()).collect::<Vec<_>>()];
                table.extend(sheet.rows);
                parcel.add(&format!("tables/{}.csv", sheet.name), "text/csv", &to_csv(&table)?)?;
            }
            Ok(())
        };
        (write(), pdf.join())
    });
    written.map_err(|error| disk(&error))?;
    let pdf = pdf.map_err(|_| CommandError::new("interrupted"))??;
    let readme = pick(words, "LISEZMOI.pdf", "README.pdf", "README.pdf");
    parcel.add(readme, "application/pdf", &pdf.bytes).map_err(|error| disk(&error))?;
    parcel.finish().map_err(|error| disk(&error))
}

/// The entry of the journal and the line of the ledger: they stand before anybody can take the file.
async fn journal(
    desk: &Desk,
    patient: PatientId,
    clinical: bool,
    encrypted: bool,
    manifest: &Manifest,
    damaged: usize,
) -> Result<i64, CommandError> {
    let permission = if clinical { Permission::ReadClinical } else { Permission::KeepPrivacy };
    let mut change = desk.change(permission, "export_person").await?;
    let id = patient.to_string();
    let what = json!({ "files": manifest.files.len(), "encrypted": encrypted, "damaged": damaged });
    // Where the record was opened for it, it is an opening as any other.
    let kind = if clinical { "opening" } else { "export" };
    let sequence = change.record("exports", &id, Some(&id), &ChangeRecord::created(kind, &what)).await?;
    let handed = Handed {
        recipient_kind: "person",
        recipient: String::new(),
        categories: if clinical { ALL } else { AGENDA },
        purpose: "person_request",
        ground: "right_of_access",
        way: if encrypted { "encrypted_file" } else { "file" },
    };
    disclosure::note(desk, &mut change, &handed, &[patient]).await?;
    change.commit().await?;
    Ok(sequence)
}
