//! The readable paper of a person's export: all of it, for somebody who has no software to read the rest with.
//!
//! Measures and results stand by analysis and year, so that twenty years of them take pages and not hundreds; every value of
//! every table is in the spreadsheets beside it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::dossier::{Content, Dossier, Entry};
use super::information;
use super::sheets::{self, Sheet};
use super::words::{figures, measure, pick, said};
use crate::print::PrintError;
use crate::print::page::Pdf;
use crate::print::report::{Cell, Part, Report, ReportHead, ReportSection, ReportTable};
use crate::print::words::Language;

/// A file of the export, as the paper lists it.
pub struct ListedFile {
    /// Its path.
    pub path: String,
    /// What it is.
    pub title: String,
}

/// A table on paper: only the columns that have room there.
#[must_use]
pub fn table(sheet: &Sheet) -> Part {
    let shown: Vec<usize> = (0..sheet.columns.len()).filter(|at| sheet.columns[*at].1 > 0.0).collect();
    // A column of which no row says anything takes no room.
    let shown: Vec<usize> = shown
        .into_iter()
        .filter(|at| sheet.rows.iter().any(|row| row.get(*at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    let first = shown.first().copied();
    Part::Table(ReportTable {
        columns: shown.iter().map(|at| (sheet.columns[*at].0.to_owned(), sheet.columns[*at].1)).collect(),
        rows: sheet
            .rows
            .iter()
            .map(|row| {
                shown
                    .iter()
                    .map(|at| {
                        let text = row.get(*at).cloned().unwrap_or_default();
                        if Some(*at) == first && text.starts_with(|sign: char| sign.is_ascii_digit()) {
                            Cell::code(text)
                        } else {
                            Cell::from(text)
                        }
                    })
                    .collect()
            })
            .collect(),
        empty: String::new(),
    })
}

/// The paper.
///
/// # Errors
/// What the writer refuses.
pub fn paper(
    dossier: &Dossier,
    language: Language,
    files: &[ListedFile],
    made_at: DateTime<Utc>,
) -> Result<Pdf, PrintError> {
    report(dossier, language, files, made_at).to_archive()
}

/// The person's name, in the letters of the language where it is known in them.
#[must_use]
pub fn name(dossier: &Dossier, language: Language) -> String {
    let one = &dossier.patient;
    let latin = format!("{} {}", one.surname, one.first_name).trim().to_owned();
    let arabic = format!("{} {}", one.surname_arabic, one.first_name_arabic).trim().to_owned();
    if arabic.is_empty() || (language != Language::Arabic && !latin.is_empty()) { latin } else { arabic }
}

/// Address and phone of the practice, a line each.
#[must_use]
pub fn address(dossier: &Dossier) -> Vec<String> {
    let Some(site) = dossier.practice.sites.first() else { return Vec::new() };
    let town = format!("{} {}", site.postcode, site.city).trim().to_owned();
    vec![site.address.clone(), town, site.phone.clone()]
}

fn report(dossier: &Dossier, language: Language, files: &[ListedFile], made_at: DateTime<Utc>) -> Report {
    let zone = sheets::zone(dossier);
    let mut sections = vec![information::section(dossier, language)];
    sections.push(ReportSection {
        new_page: true,
        ..ReportSection::new(
            pick(language, "Identité", "الهوية", "Identity"),
            vec![Part::Pairs(
                sheets::identity(dossier, language)
                    .into_iter()
                    .map(|(label, value)| (label.to_owned(), Cell::from(value)))
                    .collect(),
            )],
        )
    });
    for sheet in sheets::sheets(dossier, language) {
        let parts = match sheet.name {
            "identity" | "disclosures" => continue,
            "consultations" => consultations(dossier, language),
            "measures" | "results" => vec![by_year(&sheet, language)],
            _ => vec![table(&sheet)],
        };
        sections.push(ReportSection { note: sheet.rows.len().to_string(), ..ReportSection::new(sheet.title, parts) });
    }
    if !files.is_empty() {
        let rows =
            files.iter().map(|file| vec![Cell::code(file.path.clone()), Cell::from(file.title.clone())]).collect();
        let columns = vec![
            (pick(language, "Fichier", "الملف", "File").to_owned(), 1.4),
            (pick(language, "Contenu", "المحتوى", "Content").to_owned(), 2.6),
        ];
        let title = pick(language, "Fichiers joints", "الملفات المرفقة", "Files beside this one");
        let listed = Part::Table(ReportTable { columns, rows, empty: String::new() });
        sections.push(ReportSection::new(title, vec![listed]));
    }
    let intro = pick(
        language,
        "Ce document réunit tout ce que le cabinet détient à votre sujet. Le même contenu se trouve à côté sous des formes que les logiciels lisent : bundle.json (FHIR R4), le dossier tables (tableur), le dossier documents (vos papiers tels quels). manifest.json permet de vérifier que rien n’a été modifié. Gardez ces fichiers en lieu sûr : ils contiennent des données de santé.",
        "تجمع هذه الوثيقة كل ما تحتفظ به العيادة عنك. ويوجد المحتوى نفسه بجانبها في أشكال تقرؤها البرامج: bundle.json (FHIR R4)، ومجلد tables (جداول)، ومجلد documents (أوراقك كما هي). ويسمح manifest.json بالتحقق من أن شيئا لم يتغير. احفظ هذه الملفات في مكان آمن: فهي تحتوي على معطيات صحية.",
        "This paper holds all that the practice keeps about you. The same stands beside it in forms that software reads: bundle.json (FHIR R4), the folder tables (spreadsheets), the folder documents (your papers as they are). manifest.json lets anybody check that nothing was changed. Keep these files safe: they hold health data.",
    );
    let mut opening = vec![Part::Text(intro.to_owned())];
    if let Some(record) = &dossier.record
        && (!record.damaged.is_empty() || record.waiting_papers > 0)
    {
        opening.push(Part::Notice(incomplete(language, record.damaged.len(), record.waiting_papers)));
    }
    Report {
        practice: ReportHead { name: dossier.practice.name.clone(), lines: address(dossier) },
        title: format!("{} · {}", pick(language, "Vos données", "معطياتك", "Your data"), name(dossier, language)),
        subtitle: sheets::clock(&dossier.gathered_at, zone.as_ref()),
        intro: opening,
        sections,
        printed_at: sheets::clock(&dossier.gathered_at, zone.as_ref()),
        foot: pick(language, "Confidentiel", "سري", "Confidential").to_owned(),
        landscape: false,
        language,
        created_at: made_at,
    }
}

fn incomplete(language: Language, damaged: usize, waiting: i64) -> String {
    match language {
        Language::French => format!(
            "Illisibles : {damaged}. En attente de classement : {waiting}. Ces éléments ne sont pas dans cet export."
        ),
        Language::Arabic => {
            format!("غير مقروءة: {damaged}. في انتظار التصنيف: {waiting}. هذه العناصر ليست في هذا التصدير.")
        }
        Language::English => {
            format!("Unreadable: {damaged}. Waiting to be filed: {waiting}. These are not in this export.")
        }
    }
}

fn consultations(dossier: &Dossier, language: Language) -> Vec<Part> {
    let Some(record) = &dossier.record else { return Vec::new() };
    let mut parts = Vec::new();
    for entry in &record.entries {
        let Content::Consultation(one) = &entry.content else { continue };
        let told = [
            (pick(language, "Motif", "السبب", "Reason"), &one.reason),
            (pick(language, "Histoire", "القصة", "History"), &one.history),
            (pick(language, "Examen", "الفحص", "Examination"), &one.examination),
            (pick(language, "Conclusion", "الخلاصة", "Conclusion"), &one.conclusion),
            (pick(language, "Conduite à tenir", "ما ينبغي فعله", "Plan"), &one.plan),
        ];
        let lines: Vec<String> = told
            .iter()
            .filter(|(_, body)| !body.trim().is_empty())
            // What was typed is in a language of its own: its stops stay on its own side.
            .map(|(label, body)| format!("{label} : {}", isolated(body)))
            .collect();
        parts.push(Part::Heading(titled(entry, language)));
        parts.push(Part::Text(lines.join("\n")));
    }
    parts
}

fn titled(entry: &Entry, language: Language) -> String {
    let struck =
        entry.struck.as_deref().map(|reason| format!(" · {} : {reason}", pick(language, "barré", "مشطوب", "struck")));
    format!("{} · {}{}", figures(&entry.on), entry.author, struck.unwrap_or_default())
}

/// Each line in its own direction.
fn isolated(text: &str) -> String {
    let lines = text.trim().lines().map(|line| format!("\u{2068}{line}\u{2069}"));
    lines.collect::<Vec<_>>().join("\n")
}

/// Values by what was measured and by year: a row each.
fn by_year(sheet: &Sheet, language: Language) -> Part {
    // Where the value stands differs between measures and results.
    let results = sheet.name == "results";
    let (what, value, unit, standing, remark) =
        if results { (3, 4, 5, Some(8), Some(9)) } else { (1, 2, 3, None, None) };
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let mut groups: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for row in &sheet.rows {
        let date = cell(row, 0);
        let year = date.get(6..).unwrap_or_default().to_owned();
        let flag = standing.map(|at| cell(row, at)).unwrap_or_default();
        let usual = flag.is_empty() || flag == said("normal", language) || flag == "normal";
        // A measure is kept with a point; a laboratory's value stands as the laboratory wrote it.
        let written = cell(row, value);
        let written = if results || language == Language::English { written } else { written.replace('.', ",") };
        let mut said_value = format!("{} : {written}", date.get(..5).unwrap_or(&date));
        for more in [cell(row, unit), if usual { String::new() } else { format!("({flag})") }] {
            if !more.is_empty() {
                said_value = format!("{said_value} {more}");
            }
        }
        let remark = remark.map(|at| cell(row, at)).unwrap_or_default();
        if cell(row, value).is_empty() && !remark.is_empty() {
            said_value = format!("{} : {remark}", date.get(..5).unwrap_or(&date));
        }
        let struck = row.last().filter(|reason| !reason.is_empty());
        if struck.is_some() {
            said_value = format!("{said_value} [{}]", pick(language, "barré", "مشطوب", "struck"));
        }
        groups.entry((cell(row, what), year)).or_default().push(said_value);
    }
    Part::Table(ReportTable {
        columns: vec![
            (pick(language, "Mesure", "القياس", "Measure").to_owned(), 1.5),
            (pick(language, "Année", "السنة", "Year").to_owned(), 0.6),
            (pick(language, "Valeurs (jour/mois)", "القيم (اليوم/الشهر)", "Values (day/month)").to_owned(), 5.0),
        ],
        rows: groups
            .into_iter()
            .map(|((what, year), values)| {
                let name = measure(&what, language).to_owned();
                vec![Cell::from(name), Cell::code(year), Cell::from(values.join("  ·  "))]
            })
            .collect(),
        empty: String::new(),
    })
}
