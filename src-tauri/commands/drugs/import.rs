//! Replaces the drug base or the thesaurus: files in, one transaction, the next edition from the commit on. Whatever fails before,
//! or a process that is killed, leaves the edition that was in use.
//!
//! Resumable means begun again: what was read before costs a second, and nothing half done is kept; a download goes on with the file
//! that it broke off at.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::role::Permission;
use serde_json::{Value, json};

use super::fetch;
use super::link::link;
use super::rows::{BaseRows, THESAURUS, base_tables};
use super::wire::{
    ImportDrugsRequest, ImportInteractionsRequest, ImportedDrugsView, ImportedInteractionsView, MappingCountsView,
};
use crate::commands::{CommandError, Desk};
use crate::import::drugs::{BdpmFile, DrugBase, DrugFileError, Fault, read, unpacked};
use crate::import::interactions::{self, Thesaurus, ThesaurusError, edition_of_name, pdf};
use crate::journal::ChangeRecord;
use crate::store::Connection;
use crate::store::drug::{self, Edition, fill};

/// The largest file that is read at all.
const FILE_BYTES: u64 = 200_000_000;

/// Imports the official files of a folder, of a zip archive, or from the authority's own address where that is asked.
///
/// # Errors
/// `drugs_archive`, `drugs_file_twice`, `download_missing`, `download_failed`, those of a server that is not reached;
/// `drugs_file_missing`, `drugs_file_empty`, `drugs_file_too_large`, `drugs_columns`, `drugs_line_cut`, `drugs_wrong_encoding`,
/// `drugs_line_too_long`, `drugs_bad_cell`, `drugs_unknown_drug` with file and line; `bad_edition`, `import_running`, `cancelled`,
/// `permission_denied`.
pub async fn import_drugs(desk: &Desk, request: ImportDrugsRequest) -> Result<ImportedDrugsView, CommandError> {
    desk.require(Permission::ImportDrugs, "import_drugs").await?;
    let running = desk.takeover.begin()?;
    let today = desk.wall_now().date();
    let base = tokio::task::block_in_place(|| -> Result<DrugBase, CommandError> {
        let files = if request.download {
            fetch::fetch(fetch::OFFICIAL, &fetch::folder(), &mut |done, total| desk.takeover.step(done, total * 100))?
        } else {
            files_at(Path::new(&request.folder))?
        };
        let bytes = |file: BdpmFile| files.get(file.name()).cloned();
        Ok(read(&bytes, today, &mut |done, total| desk.takeover.step(done, total * 100))?)
    })?;
    let edition = match request.edition {
        Some(edition) => checked_edition(&edition)?,
        None => base.newest.ok_or_else(|| CommandError::field("bad_edition", "edition"))?.to_string(),
    };
    let mut change = desk.change(Permission::ImportDrugs, "import_drugs").await?;
    let before = edition_of(change.connection(), "drugs").await?;
    drug::clear(change.connection()).await?;
    write(desk, change.connection(), &base).await?;
    let mapping = link(change.connection()).await?;
    let view = view(&base, &edition, mapping);
    let counts = json!({ "drugs": view.drugs, "compositions": view.compositions, "presentations": view.presentations,
                         "conditions": view.conditions, "rejected": view.rejected });
    let row =
        Edition { base: "drugs".to_owned(), edition, imported_at: change.at().to_owned(), counts: counts.to_string() };
    drug::set_edition(change.connection(), &row, &desk.session().user_id.to_string()).await?;
    record(&mut change, before, &row, counts).await?;
    change.commit().await?;
    drop(running);
    if request.download {
        fetch::forget(&fetch::folder());
    }
    Ok(view)
}

/// Imports a thesaurus: the JSON edition with its index of substances, or the published PDF.
///
/// # Errors
/// `file_missing`, `substances_file_missing`, `thesaurus_form`, `thesaurus_empty`, `thesaurus_entry`, `thesaurus_pdf`, `thesaurus_page`, `bad_edition`,
/// `import_running`,
/// `permission_denied`.
pub async fn import_interactions(
    desk: &Desk,
    request: ImportInteractionsRequest,
) -> Result<ImportedInteractionsView, CommandError> {
    desk.require(Permission::ImportDrugs, "import_interactions").await?;
    let running = desk.takeover.begin()?;
    let file = PathBuf::from(&request.file);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let (thesaurus, told) = tokio::task::block_in_place(|| -> Result<(Thesaurus, Option<String>), CommandError> {
        let bytes = whole(&file).ok_or_else(|| CommandError::field("file_missing", "file"))?;
        let missing = || CommandError::field("substances_file_missing", "substances");
        if bytes.starts_with(b"%PDF-") {
            // The published file has lists of its own; the index is taken where somebody names it.
            let index = match &request.substances {
                Some(index) => Some(whole(Path::new(index)).ok_or_else(missing)?),
                None => None,
            };
            let published = pdf::read(&bytes, index.as_deref())?;
            return Ok((published.thesaurus, published.edition));
        }
        let beside = match &request.substances {
            Some(substances) => PathBuf::from(substances),
            None => file.with_file_name(name.replace("thesaurus", "substances")),
        };
        let substances = whole(&beside).filter(|_| beside != file).ok_or_else(missing)?;
        Ok((interactions::read(&bytes, &substances)?, None))
    })?;
    let edition = match &request.edition {
        Some(edition) => checked_edition(edition)?,
        None => edition_of_name(&name).or(told).ok_or_else(|| CommandError::field("bad_edition", "edition"))?,
    };
    let mut change = desk.change(Permission::ImportDrugs, "import_interactions").await?;
    let before = edition_of(change.connection(), "interactions").await?;
    drug::clear_interactions(change.connection()).await?;
    write_thesaurus(change.connection(), &thesaurus).await?;
    let mapping = link(change.connection()).await?;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let view = ImportedInteractionsView {
        pairs: count(thesaurus.pairs.len()),
        substances: count(thesaurus.substances),
        classes: count(thesaurus.terms.iter().filter(|term| term.class).count()),
        edition: edition.clone(),
        mapping,
    };
    let counts = json!({ "pairs": view.pairs, "substances": view.substances });
    let row = Edition {
        base: "interactions".to_owned(),
        edition,
        imported_at: change.at().to_owned(),
        counts: counts.to_string(),
    };
    drug::set_edition(change.connection(), &row, &desk.session().user_id.to_string()).await?;
    record(&mut change, before, &row, counts).await?;
    change.commit().await?;
    drop(running);
    Ok(view)
}

async fn edition_of(connection: &mut Connection, base: &str) -> Result<Option<Edition>, CommandError> {
    Ok(drug::editions(connection).await?.into_iter().find(|edition| edition.base == base))
}

async fn record(
    change: &mut crate::commands::desk::Change<'_>,
    before: Option<Edition>,
    after: &Edition,
    counts: Value,
) -> Result<(), CommandError> {
    let told = |edition: &str, counts: &Value| json!({ "base": after.base, "edition": edition, "counts": counts });
    let record = match before {
        Some(before) => {
            let old: Value = serde_json::from_str(&before.counts).unwrap_or_default();
            ChangeRecord::updated("drug_edition", &told(&before.edition, &old), &told(&after.edition, &counts))
        }
        None => ChangeRecord::created("drug_edition", &told(&after.edition, &counts)),
    };
    change.record("drugs", &after.base, None, &record).await?;
    Ok(())
}

/// The files of a base by their official names.
pub(super) type Bytes = HashMap<&'static str, Vec<u8>>;

/// The files of a folder or of an archive; systems differ in the case of names.
fn files_at(place: &Path) -> Result<Bytes, CommandError> {
    if place.is_file() {
        let bytes = whole(place).ok_or(DrugFileError::Archive)?;
        return Ok(unpacked(&bytes)?);
    }
    let named = |name: &std::ffi::OsStr| {
        BdpmFile::ALL.into_iter().find(|file| name.to_str().is_some_and(|name| file.name().eq_ignore_ascii_case(name)))
    };
    let entries = std::fs::read_dir(place).into_iter().flatten().flatten();
    Ok(entries.filter_map(|entry| Some((named(&entry.file_name())?.name(), whole(&entry.path())?))).collect())
}

fn whole(file: &Path) -> Option<Vec<u8>> {
    let data = std::fs::metadata(file).ok()?;
    if !data.is_file() || data.len() > FILE_BYTES {
        return None;
    }
    std::fs::read(file).ok()
}

/// A date, or a month.
fn checked_edition(text: &str) -> Result<String, CommandError> {
    let day = if text.len() == 7 { format!("{text}-01") } else { text.to_owned() };
    match NaiveDate::parse_from_str(&day, "%Y-%m-%d") {
        Ok(date) if date.to_string() == day => Ok(text.to_owned()),
        _ => Err(CommandError::field("bad_edition", "edition")),
    }
}

async fn write(desk: &Desk, connection: &mut Connection, base: &DrugBase) -> Result<(), CommandError> {
    let rows = tokio::task::block_in_place(|| BaseRows::new(base));
    let total = rows.total();
    let mut done = 0;
    for (table, values) in base_tables() {
        let values = tokio::task::block_in_place(|| values(&rows));
        fill(connection, table, values, |written| {
            done += written;
            match desk.takeover.step(done, total) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(CommandError::new("cancelled")),
            }
        })
        .await?;
    }
    Ok(())
}

async fn write_thesaurus(connection: &mut Connection, thesaurus: &Thesaurus) -> Result<(), CommandError> {
    for (table, values) in THESAURUS {
        fill(connection, table, values(thesaurus), |_| Ok::<(), CommandError>(())).await?;
    }
    Ok(())
}

fn view(base: &DrugBase, edition: &str, mapping: MappingCountsView) -> ImportedDrugsView {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let orphans = base.presentations.iter().filter(|row| row.orphan).count()
        + base.generics.iter().filter(|row| row.orphan).count()
        + base.shortages.iter().filter(|row| row.orphan).count();
    ImportedDrugsView {
        drugs: count(base.drugs.len()),
        compositions: count(base.compositions.len()),
        presentations: count(base.presentations.len()),
        conditions: count(base.conditions.len()),
        generics: count(base.generics.len()),
        shortages: count(base.shortages.len()),
        orphans: count(orphans),
        rejected: count(base.rejected),
        edition: edition.to_owned(),
        mapping,
    }
}

impl From<DrugFileError> for CommandError {
    fn from(error: DrugFileError) -> Self {
        let refused = |code: &str, file: &str| Self::field(code, "file").with("file", file);
        match error {
            DrugFileError::Missing { file } => refused("drugs_file_missing", file),
            DrugFileError::Empty { file } => refused("drugs_file_empty", file),
            DrugFileError::TooLarge { file } => refused("drugs_file_too_large", file),
            DrugFileError::Twice { file } => refused("drugs_file_twice", file),
            DrugFileError::Archive => Self::field("drugs_archive", "folder"),
            DrugFileError::Cancelled => Self::new("cancelled"),
            DrugFileError::Line { file, line, fault } => {
                let at = |code: &str| refused(code, file).with("line", line);
                match fault {
                    Fault::Columns { found } => at("drugs_columns").with("found", found),
                    Fault::Cut => at("drugs_line_cut"),
                    Fault::Encoding => at("drugs_wrong_encoding"),
                    Fault::TooLong => at("drugs_line_too_long"),
                    Fault::Cell(column) => at("drugs_bad_cell").with("column", column),
                    Fault::Cis => at("drugs_unknown_drug"),
                }
            }
        }
    }
}

impl From<ThesaurusError> for CommandError {
    fn from(error: ThesaurusError) -> Self {
        match error {
            ThesaurusError::Form { file, line, column } => {
                Self::field("thesaurus_form", file).with("line", line).with("column", column)
            }
            ThesaurusError::Empty { file } => Self::field("thesaurus_empty", file),
            ThesaurusError::Pdf => Self::field("thesaurus_pdf", "file"),
            ThesaurusError::Page { page } => Self::field("thesaurus_page", "file").with("page", page),
            ThesaurusError::Entry { file, number } => Self::field("thesaurus_entry", file).with("number", number),
        }
    }
}
