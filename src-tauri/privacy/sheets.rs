//! A dossier as tables, in the person's language: what the spreadsheets of an export hold, and what its readable paper is set from.

use domain::time::{Zone, wall};

use super::dossier::{Content, Dossier, Entry};
use super::words::{figures, pick, said};
use super::{sheets_agenda, sheets_rights};
use crate::print::words::Language;

/// A table.
pub struct Sheet {
    /// Name of its file, without ending.
    pub name: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Heads of columns, with the share of the width on paper; none: the column is in the spreadsheet alone.
    pub columns: Vec<(&'static str, f32)>,
    /// Rows.
    pub rows: Vec<Vec<String>>,
}

/// A column's head in three languages and its share of a page's width.
pub(super) type Column = (&'static str, &'static str, &'static str, f32);

pub(super) fn sheet(
    language: Language,
    name: &'static str,
    title: (&'static str, &'static str, &'static str),
    columns: &[Column],
    rows: Vec<Vec<String>>,
) -> Sheet {
    let columns = columns.iter().map(|(fr, ar, en, share)| (pick(language, fr, ar, en), *share)).collect();
    Sheet { name, title: pick(language, title.0, title.1, title.2), columns, rows }
}

/// A moment on the practice's clock, in figures.
pub(super) fn clock(instant: &str, zone: Option<&Zone>) -> String {
    match (instant.parse::<chrono::DateTime<chrono::Utc>>(), zone) {
        (Ok(at), Some(zone)) => figures(&wall(at, zone).naive().format("%Y-%m-%dT%H:%M").to_string()),
        _ => figures(instant),
    }
}

const DATE: Column = ("Date", "التاريخ", "Date", 1.1);
pub(super) const NOTED_BY: Column = ("Noté par", "دونه", "Noted by", 1.4);
const STRUCK: Column = ("Barré", "مشطوب", "Struck", 1.0);
const TITLE: Column = ("Intitulé", "العنوان", "Title", 3.0);

/// All tables of a dossier that hold something.
#[must_use]
pub fn sheets(dossier: &Dossier, language: Language) -> Vec<Sheet> {
    let mut all = sheets_agenda::agenda(dossier, language);
    all.extend(sheets_rights::rights(dossier, language));
    all.extend(record(dossier, language));
    all.extend(traces(dossier, language));
    all.retain(|sheet| !sheet.rows.is_empty());
    all
}

/// The person's zone: that of the first site.
pub(super) fn zone(dossier: &Dossier) -> Option<Zone> {
    dossier.practice.sites.first().and_then(|site| site.zone.parse().ok())
}

/// Identity and contact, a label and a value each; what is empty is left out.
#[must_use]
pub fn identity(dossier: &Dossier, language: Language) -> Vec<(&'static str, String)> {
    let mut rows = Vec::new();
    for one in std::iter::once(&dossier.patient).chain(&dossier.merged) {
        let day = |day: &Option<String>| day.as_deref().map(figures).unwrap_or_default();
        let all: [(&str, &str, &str, String); 23] = [
            ("N° de dossier", "رقم الملف", "File number", one.number.to_string()),
            ("Nom", "الاسم العائلي", "Surname", one.surname.clone()),
            ("Nom de naissance", "اسم الولادة", "Birth name", one.birth_name.clone()),
            ("Prénom", "الاسم الشخصي", "First name", one.first_name.clone()),
            ("Nom en arabe", "الاسم العائلي بالعربية", "Surname in Arabic", one.surname_arabic.clone()),
            ("Prénom en arabe", "الاسم الشخصي بالعربية", "First name in Arabic", one.first_name_arabic.clone()),
            ("Sexe", "الجنس", "Sex", said(&one.sex, language)),
            ("Né(e) le", "تاريخ الازدياد", "Born on", day(&one.born)),
            ("Lieu de naissance", "مكان الازدياد", "Birth place", one.birth_place.clone()),
            ("NIR", "رقم الضمان الاجتماعي", "NIR", one.nir.clone()),
            ("CIN", "رقم البطاقة الوطنية", "CIN", one.cin.clone()),
            ("Mobile", "الهاتف المحمول", "Mobile", one.mobile.clone()),
            ("Téléphone", "الهاتف", "Phone", one.phone.clone()),
            ("E-mail", "البريد الإلكتروني", "E-mail", one.email.clone()),
            ("Adresse", "العنوان", "Address", one.address.clone()),
            ("Code postal", "الرمز البريدي", "Post code", one.postcode.clone()),
            ("Ville", "المدينة", "Town", one.city.clone()),
            ("Langue", "اللغة", "Language", one.language.clone()),
            ("Assureur", "التأمين", "Insurer", one.insurer.clone()),
            ("Médecin traitant", "الطبيب المعالج", "Treating doctor", one.treating_doctor.clone()),
            ("Remarques de l’accueil", "ملاحظات الاستقبال", "Remarks of the desk", one.remarks.clone()),
            ("Décédé(e) le", "تاريخ الوفاة", "Deceased on", day(&one.deceased_on)),
            ("Identifiant repris", "معرف مستورد", "Identifier taken over", one.external_id.clone().unwrap_or_default()),
        ];
        let told = all.into_iter().filter(|(.., value)| !value.trim().is_empty());
        rows.extend(told.map(|(fr, ar, en, value)| (pick(language, fr, ar, en), value)));
    }
    rows
}

/// What every entry's row ends with: who noted it, and why it was struck.
fn signed(entry: &Entry, mut row: Vec<String>) -> Vec<String> {
    row.insert(0, figures(&entry.on));
    row.push(entry.author.clone());
    row.push(entry.struck.clone().unwrap_or_default());
    row
}

fn record(dossier: &Dossier, language: Language) -> Vec<Sheet> {
    let Some(record) = &dossier.record else { return Vec::new() };
    let of = |row: &dyn Fn(&Content) -> Option<Vec<String>>| -> Vec<Vec<String>> {
        record.entries.iter().filter_map(|entry| Some(signed(entry, row(&entry.content)?))).collect()
    };
    let mut all = super::sheets_record::kinds(language, &of);
    let zone = zone(dossier);
    let mut results = Vec::new();
    for entry in &record.entries {
        let Content::Report(report) = &entry.content else { continue };
        for line in &report.lines {
            let remark = if line.kind == "remark" { line.text.clone() } else { String::new() };
            results.push(signed(
                entry,
                vec![
                    report.laboratory.clone(),
                    report.number.clone(),
                    line.label.clone(),
                    line.value.clone(),
                    line.unit.clone(),
                    line.low.clone(),
                    line.high.clone(),
                    said(&line.standing, language).replace("normale", "normal"),
                    remark,
                ],
            ));
        }
    }
    all.push(sheet(
        language,
        "results",
        ("Résultats de laboratoire", "نتائج المختبر", "Laboratory results"),
        &[
            DATE,
            ("Laboratoire", "المختبر", "Laboratory", 0.0),
            ("N°", "رقم", "No.", 0.0),
            ("Analyse", "التحليل", "Analysis", 2.2),
            ("Valeur", "القيمة", "Value", 1.0),
            ("Unité", "الوحدة", "Unit", 0.9),
            ("Borne basse", "الحد الأدنى", "Low", 0.8),
            ("Borne haute", "الحد الأقصى", "High", 0.8),
            ("Situation", "الوضعية", "Standing", 0.9),
            ("Remarque", "ملاحظة", "Remark", 1.4),
            ("Noté par", "دونه", "Noted by", 0.0),
            ("Barré", "مشطوب", "Struck", 0.0),
        ],
        results,
    ));
    let versions = record
        .earlier
        .iter()
        .map(|entry| {
            let body = serde_json::to_string(&entry.content).unwrap_or_default();
            vec![
                clock(&entry.written_at, zone.as_ref()),
                figures(&entry.on),
                said(entry.content.kind(), language),
                entry.version.to_string(),
                entry.author.clone(),
                body,
            ]
        })
        .collect();
    all.push(sheet(
        language,
        "versions",
        ("Versions corrigées", "نسخ مصححة", "Earlier versions"),
        &[
            ("Écrit le", "كتب في", "Written at", 1.3),
            DATE,
            ("Nature", "النوع", "Kind", 1.2),
            ("Version", "النسخة", "Version", 0.7),
            NOTED_BY,
            ("Contenu", "المحتوى", "Content", 3.5),
        ],
        versions,
    ));
    let unreadable = record
        .damaged
        .iter()
        .map(|one| vec![one.id.clone(), one.version.to_string(), said(&one.reason, language)])
        .collect();
    all.push(sheet(
        language,
        "unreadable",
        ("Éléments illisibles", "عناصر غير مقروءة", "What cannot be read"),
        &[
            ("Identifiant", "المعرف", "Identifier", 2.5),
            ("Version", "النسخة", "Version", 0.8),
            ("Raison", "السبب", "Reason", 2.0),
        ],
        unreadable,
    ));
    all
}

fn traces(dossier: &Dossier, language: Language) -> Vec<Sheet> {
    vec![disclosures(dossier, language), openings(dossier, language)]
}

/// Who opened the record.
#[must_use]
pub fn openings(dossier: &Dossier, language: Language) -> Sheet {
    let zone = zone(dossier);
    sheet(
        language,
        "openings",
        ("Qui a ouvert le dossier", "من فتح الملف", "Who opened the record"),
        &[
            ("Le", "في", "At", 1.3),
            ("Qui", "من", "Who", 1.8),
            ("Ordinateur", "الحاسوب", "Computer", 1.3),
            ("Action", "العملية", "Action", 2.0),
            ("N° de journal", "رقم السجل", "Journal no.", 0.9),
        ],
        dossier
            .openings
            .iter()
            .map(|one| {
                vec![
                    clock(&one.at, zone.as_ref()),
                    one.by.clone(),
                    one.workstation.clone(),
                    said(&one.command, language),
                    one.journal_sequence.to_string(),
                ]
            })
            .collect(),
    )
}

/// A moment on the clock of the first site, in figures.
#[must_use]
pub fn moment(dossier: &Dossier, instant: &str) -> String {
    clock(instant, zone(dossier).as_ref())
}

/// The ledger's lines about the person.
#[must_use]
pub fn disclosures(dossier: &Dossier, language: Language) -> Sheet {
    let zone = zone(dossier);
    sheet(
        language,
        "disclosures",
        ("Ce qui a été transmis", "ما تم إرساله", "What was handed over"),
        &[
            ("Le", "في", "At", 1.3),
            ("À qui", "إلى من", "To whom", 2.0),
            ("Données", "المعطيات", "Data", 2.2),
            ("Pourquoi", "لماذا", "Why", 1.4),
            ("Fondement", "الأساس", "Ground", 1.3),
            ("Comment", "كيف", "How", 1.1),
            ("Par", "من طرف", "By", 1.3),
            ("N° de journal", "رقم السجل", "Journal no.", 0.0),
        ],
        dossier
            .disclosures
            .iter()
            .map(|one| {
                let kind = said(&one.recipient_kind, language);
                let what: Vec<String> = one.categories.iter().map(|word| said(word, language)).collect();
                vec![
                    clock(&one.at, zone.as_ref()),
                    if one.recipient.is_empty() { kind } else { format!("{kind} : {}", one.recipient) },
                    what.join(pick(language, ", ", "، ", ", ")),
                    said(&one.purpose, language),
                    said(&one.ground, language),
                    said(&one.way, language),
                    one.by.clone(),
                    one.journal_sequence.to_string(),
                ]
            })
            .collect(),
    )
}

/// A column that tells a date, in every table of the record.
pub(super) const fn dated() -> Column {
    DATE
}

/// The last two columns of every table of the record.
pub(super) const fn signature() -> [Column; 2] {
    [NOTED_BY, STRUCK]
}

/// A table of one kind of entry.
pub(super) fn kind(
    language: Language,
    name: &'static str,
    title: (&'static str, &'static str, &'static str),
    between: &[Column],
    rows: Vec<Vec<String>>,
) -> Sheet {
    let mut columns = vec![dated()];
    columns.extend(between.iter().copied());
    columns.extend(signature());
    sheet(language, name, title, &columns, rows)
}

pub(super) const ENTITLED: Column = TITLE;
