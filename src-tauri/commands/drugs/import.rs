//! Replaces the drug base or the thesaurus: files in, one transaction, the next edition from the commit on. Whatever fails before,
//! or a process that is killed, leaves the edition that was in use.
//!
//! Resumable means begun again: what was read before costs a second, and nothing half done is kept.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use domain::drug::substance::is_homeopathic;
use domain::patient::names::normalise;
use domain::role::Permission;
use serde_json::{Value, json};

use super::link::link;
use super::wire::{
    ImportDrugsRequest, ImportInteractionsRequest, ImportedDrugsView, ImportedInteractionsView, MappingCountsView,
};
use crate::commands::{CommandError, Desk};
use crate::import::drugs::{BdpmFile, DrugBase, DrugFileError, Fault, read};
use crate::import::interactions::{self, Thesaurus, ThesaurusError, edition_of_name};
use crate::journal::ChangeRecord;
use crate::store::Connection;
use crate::store::drug::{self, Edition, fill};

/// The largest file that is read at all.
const FILE_BYTES: u64 = 200_000_000;

/// Imports the official files of a folder.
///
/// # Errors
/// `drugs_file_missing`, `drugs_file_empty`, `drugs_file_too_large`, `drugs_columns`, `drugs_line_cut`, `drugs_wrong_encoding`,
/// `drugs_line_too_long`, `drugs_bad_cell`, `drugs_unknown_drug` with file and line; `bad_edition`, `import_running`, `cancelled`,
/// `permission_denied`.
pub async fn import_drugs(desk: &Desk, request: ImportDrugsRequest) -> Result<ImportedDrugsView, CommandError> {
    desk.require(Permission::ImportDrugs, "import_drugs").await?;
    let running = desk.takeover.begin()?;
    let folder = PathBuf::from(&request.folder);
    let today = desk.wall_now().date();
    let base = tokio::task::block_in_place(|| {
        let names = names_of(&folder);
        let bytes = |file: BdpmFile| std::fs::read(folder.join(names.get(&file.name().to_lowercase())?)).ok();
        read(&bytes, today, &mut |done, total| desk.takeover.step(done, total * 100))
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
    Ok(view)
}

/// Imports a thesaurus.
///
/// # Errors
/// `file_missing`, `substances_file_missing`, `thesaurus_form`, `thesaurus_empty`, `thesaurus_entry`, `bad_edition`, `import_running`,
/// `permission_denied`.
pub async fn import_interactions(
    desk: &Desk,
    request: ImportInteractionsRequest,
) -> Result<ImportedInteractionsView, CommandError> {
    desk.require(Permission::ImportDrugs, "import_interactions").await?;
    let running = desk.takeover.begin()?;
    let file = PathBuf::from(&request.file);
    let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let beside = match &request.substances {
        Some(substances) => PathBuf::from(substances),
        None => file.with_file_name(name.replace("thesaurus", "substances")),
    };
    let edition = match &request.edition {
        Some(edition) => checked_edition(edition)?,
        None => edition_of_name(&name).ok_or_else(|| CommandError::field("bad_edition", "edition"))?,
    };
    let thesaurus = tokio::task::block_in_place(|| -> Result<Thesaurus, CommandError> {
        let pairs = whole(&file).ok_or_else(|| CommandError::field("file_missing", "file"))?;
        let substances = whole(&beside)
            .filter(|_| beside != file)
            .ok_or_else(|| CommandError::field("substances_file_missing", "substances"))?;
        Ok(interactions::read(&pairs, &substances)?)
    })?;
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

/// The files of a folder by their name in lower case: systems differ in it.
fn names_of(folder: &Path) -> HashMap<String, String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.metadata().is_ok_and(|data| data.is_file() && data.len() <= FILE_BYTES))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .map(|name| (name.to_lowercase(), name))
        .collect()
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

fn day(date: Option<NaiveDate>) -> String {
    date.map(|date| date.to_string()).unwrap_or_default()
}

/// What stands in the search beside a drug: substances, therapeutic fractions first where they are known.
fn substances_of(base: &DrugBase) -> HashMap<i64, (Vec<&str>, Vec<&str>)> {
    let mut all: HashMap<i64, (Vec<&str>, Vec<&str>)> = HashMap::new();
    for row in &base.compositions {
        let names = all.entry(row.cis).or_default();
        // Every name is searched, one a substance is shown.
        let into = if row.row.fraction { &mut names.0 } else { &mut names.1 };
        if !into.contains(&row.row.substance.as_str()) {
            into.push(&row.row.substance);
        }
    }
    all
}

/// One name a substance: its fraction where it has one.
fn shown(base: &DrugBase) -> HashMap<i64, Vec<&str>> {
    let mut fractions: HashMap<(i64, i64), &str> = HashMap::new();
    for row in base.compositions.iter().filter(|row| row.row.fraction) {
        fractions.insert((row.cis, row.row.link), &row.row.substance);
    }
    let mut all: HashMap<i64, Vec<&str>> = HashMap::new();
    for row in &base.compositions {
        let plain = row.row.substance.as_str();
        let name = if is_homeopathic(plain) {
            plain
        } else {
            fractions.get(&(row.cis, row.row.link)).copied().unwrap_or(plain)
        };
        let names = all.entry(row.cis).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    all
}

async fn write(desk: &Desk, connection: &mut Connection, base: &DrugBase) -> Result<(), CommandError> {
    let total = base.drugs.len() * 3
        + base.compositions.len()
        + base.presentations.len()
        + base.generics.len()
        + base.conditions.len()
        + base.shortages.len();
    let mut done = 0;
    let mut step = |rows: usize| {
        done += rows;
        match desk.takeover.step(done, total) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(CommandError::new("cancelled")),
        }
    };
    let (names, shown) = (substances_of(base), shown(base));
    let mut ranked: Vec<&crate::import::drugs::Drug> = base.drugs.iter().collect();
    ranked.sort_by_cached_key(|drug| (!drug.marketed(), normalise(&drug.name), drug.cis));
    let atc = |cis: i64| base.atc.get(&cis).map_or("", String::as_str);
    let drugs = ranked.iter().enumerate().map(|(number, one)| {
        json!([
            number + 1,
            one.cis,
            one.name,
            one.form,
            one.routes.join(";"),
            one.authorisation,
            one.procedure,
            one.marketing,
            day(one.authorised_on),
            one.bdm_status,
            one.eu_number,
            one.holders.join(";"),
            i64::from(one.surveillance),
            shown.get(&one.cis).map(|names| names.join(";")).unwrap_or_default(),
            atc(one.cis)
        ])
    });
    fill(connection, &drug::DRUG, drugs, &mut step).await?;
    let mut codes: HashMap<i64, String> = HashMap::new();
    for row in &base.presentations {
        let all = codes.entry(row.cis).or_default();
        all.push_str(&format!(" {} {}", row.row.cip13, row.row.cip7));
    }
    let searched = |cis: i64| {
        let (fractions, substances) = names.get(&cis).map_or((&[][..], &[][..]), |(f, s)| (f.as_slice(), s.as_slice()));
        normalise(&[fractions, substances].concat().join(" "))
    };
    let words = ranked.iter().enumerate().map(|(number, one)| {
        let codes =
            format!("{:08} {}{}", one.cis, atc(one.cis).to_lowercase(), codes.get(&one.cis).map_or("", String::as_str));
        json!([number + 1, normalise(&one.name), searched(one.cis), codes])
    });
    fill(connection, &drug::WORDS, words, &mut step).await?;
    let parts = ranked
        .iter()
        .enumerate()
        .map(|(number, one)| json!([number + 1, format!("{} {}", normalise(&one.name), searched(one.cis))]));
    fill(connection, &drug::PARTS, parts, &mut step).await?;
    let rows = base.compositions.iter().map(|row| {
        let (cis, row) = (row.cis, &row.row);
        let nature = if row.fraction { "FT" } else { "SA" };
        json!([cis, row.element, row.code, row.substance, row.dosage, row.reference, nature, row.link])
    });
    fill(connection, &drug::COMPOSITION, rows, &mut step).await?;
    let rows = base.presentations.iter().map(|of| {
        let row = &of.row;
        json!([
            of.cis,
            i64::from(of.orphan),
            row.cip7,
            row.cip13,
            row.label,
            row.status,
            row.marketing,
            day(row.declared_on),
            row.collectivities,
            row.rate,
            row.price_cents,
            row.price_with_fee_cents,
            row.fee_cents,
            row.indication
        ])
    });
    fill(connection, &drug::PRESENTATION, rows, &mut step).await?;
    let rows = base
        .generics
        .iter()
        .map(|of| json!([of.cis, i64::from(of.orphan), of.row.group, of.row.label, of.row.kind, of.row.rank]));
    fill(connection, &drug::GENERIC, rows, &mut step).await?;
    fill(connection, &drug::CONDITION, base.conditions.iter().map(|row| json!([row.cis, row.row])), &mut step).await?;
    let rows = base.shortages.iter().map(|of| {
        let row = &of.row;
        json!([
            of.cis,
            i64::from(of.orphan),
            row.cip13,
            row.status,
            day(row.begun_on),
            day(row.updated_on),
            day(row.back_on),
            row.link
        ])
    });
    fill(connection, &drug::SHORTAGE, rows, &mut step).await
}

async fn write_thesaurus(connection: &mut Connection, thesaurus: &Thesaurus) -> Result<(), CommandError> {
    let go_on = |_| Ok::<(), CommandError>(());
    let terms = thesaurus.terms.iter().enumerate();
    let terms =
        terms.map(|(id, term)| json!([id, term.name, term.key, i64::from(term.substance), i64::from(term.class)]));
    fill(connection, &drug::TERM, terms, go_on).await?;
    fill(connection, &drug::MEMBER, thesaurus.members.iter().map(|(one, class)| json!([one, class])), go_on).await?;
    let pairs = thesaurus.pairs.iter().enumerate();
    fill(connection, &drug::PAIR, pairs.clone().map(|(id, pair)| json!([id, pair.a, pair.b, pair.mechanism])), go_on)
        .await?;
    let levels = pairs.flat_map(|(id, pair)| {
        pair.levels.iter().enumerate().map(move |(rank, (level, advice))| json!([id, rank, level.as_str(), advice]))
    });
    fill(connection, &drug::LEVEL, levels, go_on).await
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
            ThesaurusError::Entry { file, number } => Self::field("thesaurus_entry", file).with("number", number),
        }
    }
}
