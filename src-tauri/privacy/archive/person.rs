//! A person's archive, PATnnnnn.ZIP: their files as they come, then the record as page, summary, JSON and paper, and the metadata
//! of it all.

use std::io::{self, Read, Write};

use chrono::{DateTime, Utc};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::metadata::{Document, Set};
use super::packed::{Measure, Packed, hexadecimal};
use super::readme::Sender;
use super::telling::{self, Told, pick};
use super::{cda, index, metadata, readme};
use crate::print::report::{Cell, Part, Report, ReportHead, ReportSection, ReportTable};
use crate::print::words::Language;
use crate::privacy::dossier::{Content, Dossier, Entry};

/// Where the documents lie.
const SUBSET: &str = "IHE_XDM/SUBSET01/";
/// LOINC.
const LOINC: &str = "2.16.840.1.113883.6.1";

/// What is the same in everybody's archive.
#[derive(Debug, Clone)]
pub struct House {
    /// The vault.
    pub vault: Uuid,
    /// Who hands it over.
    pub sender: Sender,
    /// When the export was begun: everything bears this instant.
    pub made_at: DateTime<Utc>,
    /// Language of what people read.
    pub language: Language,
    /// Country: `FR`, `MA`.
    pub country: String,
}

/// A person's archive under way.
pub struct Person<W: Write> {
    zip: Packed<W>,
    number: usize,
    documents: Vec<Document>,
    files: Vec<(String, String)>,
}

/// A file that was put in.
pub struct Put {
    /// Its name in the archive.
    pub name: String,
    /// Plain bytes.
    pub bytes: u64,
    /// SHA-256.
    pub digest: String,
}

fn ending(media: &str) -> &'static str {
    match media {
        "application/pdf" => "PDF",
        "image/jpeg" => "JPG",
        "image/png" => "PNG",
        _ => "BIN",
    }
}

/// What an entry's file is: code and word in LOINC.
fn kind(content: Option<&Content>) -> (&'static str, &'static str) {
    match content {
        Some(Content::Prescription(_)) => ("57833-6", "Prescription for medication"),
        Some(Content::Letter(one)) if one.what == "certificate" => ("51852-2", "Letter"),
        Some(Content::Letter(_)) => ("57133-1", "Referral note"),
        Some(Content::Document(one)) if one.category == "imaging" => ("18748-4", "Diagnostic imaging study"),
        Some(Content::Document(one)) if one.category == "report" => ("11502-2", "Laboratory report"),
        _ => ("55107-7", "Addendum Document"),
    }
}

fn title(entry: Option<&Entry>) -> String {
    match entry.map(|entry| &entry.content) {
        Some(Content::Prescription(one)) => one.number.clone(),
        Some(Content::Letter(one)) => one.title.clone(),
        Some(Content::Document(one)) => one.title.clone(),
        _ => String::new(),
    }
}

impl<W: Write> Person<W> {
    /// Begins one; the first two documents are the summary and the JSON.
    pub fn new(below: W) -> Self {
        Self { zip: Packed::new(below), number: 2, documents: Vec::new(), files: Vec::new() }
    }

    /// Puts a file in: of an entry of the record, or one that nobody took in yet.
    ///
    /// # Errors
    /// What the content or the writer below refuses.
    pub fn file(&mut self, id: Uuid, entry: Option<&Entry>, media: &str, content: &mut dyn Read) -> io::Result<Put> {
        self.number += 1;
        let uri = format!("DOC{:05}.{}", self.number, ending(media));
        let name = format!("{SUBSET}{uri}");
        self.zip.begin(&name)?;
        let (mut long, mut short, mut bytes) = (Sha256::new(), Sha1::new(), 0_u64);
        let mut buffer = zeroize::Zeroizing::new(vec![0; 64 * 1024]);
        loop {
            let length = content.read(&mut buffer)?;
            if length == 0 {
                break;
            }
            long.update(&buffer[..length]);
            short.update(&buffer[..length]);
            bytes += length as u64;
            self.zip.write_all(&buffer[..length])?;
        }
        let (code, word) = kind(entry.map(|entry| &entry.content));
        let title = Some(title(entry)).filter(|title| !title.is_empty()).unwrap_or_else(|| uri.clone());
        self.documents.push(Document {
            uri: uri.clone(),
            media: media.to_owned(),
            title,
            kind: (code.to_owned(), LOINC.to_owned(), word.to_owned()),
            format: ("urn:ihe:iti:xds-sd:pdf:2008".to_owned(), "1.3.6.1.4.1.19376.1.2.3".to_owned()),
            made_at: entry.map(|entry| entry.written_at.clone()).unwrap_or_default(),
            author: entry.map(|entry| entry.author.clone()).unwrap_or_default(),
            bytes,
            hash: hexadecimal(&short.finalize()),
            id,
        });
        if let Some(entry) = entry {
            self.files.push((entry.id.clone(), uri));
        }
        Ok(Put { name, bytes, digest: hexadecimal(&long.finalize()) })
    }

    fn document(
        &mut self,
        uri: &str,
        media: &str,
        words: (&str, &str, &str),
        id: Uuid,
        at: &str,
        bytes: &[u8],
    ) -> io::Result<()> {
        self.zip.add(&format!("{SUBSET}{uri}"), bytes)?;
        let (title, code, format) = words;
        self.documents.push(Document {
            uri: uri.to_owned(),
            media: media.to_owned(),
            title: title.to_owned(),
            kind: (code.to_owned(), LOINC.to_owned(), "Summarization of episode note".to_owned()),
            format: (format.to_owned(), "1.2.250.1.213.1.1.4.2.1".to_owned()),
            made_at: at.to_owned(),
            author: String::new(),
            bytes: bytes.len() as u64,
            hash: hexadecimal(&Sha1::digest(bytes)),
            id,
        });
        Ok(())
    }

    /// Tells the record and ends the archive. `more`: further documents for software, a name (`DOC00002.JSN` is taken), its media
    /// type and its bytes.
    ///
    /// # Errors
    /// What the writer below refuses.
    pub fn finish(
        mut self,
        dossier: &Dossier,
        house: &House,
        more: &[(String, String, Vec<u8>)],
    ) -> io::Result<(W, Measure)> {
        let files = std::mem::take(&mut self.files);
        let file = |id: &str| files.iter().find(|(of, _)| of == id).map(|(_, uri)| uri.clone()).unwrap_or_default();
        let told = telling::told(dossier, house.language, &file);
        let id: Uuid = dossier.patient.id.parse().unwrap_or_default();
        let at = house.made_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
        let summary_title = pick(house.language, ["Volet de synthèse médicale", "ملخص طبي", "Medical summary"]);
        let language = match house.language {
            Language::French => "fr-FR",
            Language::Arabic => "ar-MA",
            Language::English => "en-GB",
        };
        let around = cda::Around { vault: house.vault, id, made_at: &at, language, title: summary_title };
        let summary = cda::summary(dossier, &told, &around);
        let words = (summary_title, "34133-9", "urn:asip:ci-sis:vsm:2012");
        self.document("DOC00001.XML", "text/xml", words, id, &at, &summary)?;
        let json = zeroize::Zeroizing::new(serde_json::to_vec(dossier).map_err(io::Error::other)?);
        let whole = pick(house.language, ["Dossier complet", "الملف الكامل", "Whole record"]);
        self.document(
            "DOC00002.JSN",
            "application/json",
            (whole, "34133-9", "urn:semainier:dossier:1"),
            id,
            &at,
            &json,
        )?;
        for (name, media, bytes) in more {
            self.document(name, media, (name, "34133-9", media), id, &at, bytes)?;
        }
        let pdf = paper(&told, dossier, house).to_archive().map_err(io::Error::other)?;
        self.zip.add("PDF/DOC00001.PDF", &pdf.bytes)?;
        let set = Set {
            id: Uuid::from_u128(id.as_u128() ^ house.vault.as_u128()),
            source: house.vault,
            person: cda::person(&dossier.patient, house.vault),
            person_info: person_info(dossier),
            practice: house.sender.practice.clone(),
            made_at: at,
            language: language.to_owned(),
        };
        let documents = std::mem::take(&mut self.documents);
        self.zip.add(&format!("{SUBSET}METADATA.XML"), &metadata::xml(&set, &documents))?;
        self.zip.add("INDEX.HTM", &index::page(&told, &house.sender.practice, &house.sender.number, house.language))?;
        self.zip.add("README.TXT", &readme::person(&house.sender))?;
        self.zip.finish()
    }
}

/// The person as HL7 v2 names them.
fn person_info(dossier: &Dossier) -> Vec<String> {
    let one = &dossier.patient;
    let part = |text: &str| text.chars().filter(|c| !matches!(c, '^' | '|' | '&' | '~' | '\\')).collect::<String>();
    let born: String = one.born.iter().flat_map(|day| day.chars()).filter(char::is_ascii_digit).collect();
    let sex = match one.sex.as_str() {
        "female" => "F",
        "male" => "M",
        _ => "U",
    };
    let mut lines = vec![format!("PID-5|{}^{}", part(&one.surname), part(&one.first_name))];
    if !born.is_empty() {
        lines.push(format!("PID-7|{born}"));
    }
    lines.push(format!("PID-8|{sex}"));
    lines
}

/// The record on paper.
fn paper(told: &Told, dossier: &Dossier, house: &House) -> Report {
    let language = house.language;
    let site = dossier.practice.sites.first();
    let lines = site.map_or_else(Vec::new, |site| {
        vec![site.address.clone(), format!("{} {}", site.postcode, site.city).trim().to_owned(), site.phone.clone()]
    });
    let pairs: Vec<(String, Cell)> =
        told.identity.iter().map(|(label, value)| (label.clone(), Cell::from(value.as_str()))).collect();
    let heads = [
        (pick(language, ["Date", "التاريخ", "Date"]).to_owned(), 0.16),
        (pick(language, ["Contenu", "المحتوى", "Content"]).to_owned(), 0.64),
        (pick(language, ["Auteur", "الكاتب", "Author"]).to_owned(), 0.2),
    ];
    let sections = told.sections.iter().map(|section| {
        let rows = section.items.iter().map(|item| {
            let text =
                if item.struck { Cell::soft(format!("✗ {}", item.text)) } else { Cell::from(item.text.as_str()) };
            vec![Cell::code(item.on.as_str()), text, Cell::soft(item.by.as_str())]
        });
        ReportSection {
            title: section.title.to_owned(),
            parts: vec![Part::Table(ReportTable {
                columns: heads.to_vec(),
                rows: rows.collect(),
                empty: String::new(),
            })],
            ..ReportSection::default()
        }
    });
    Report {
        practice: ReportHead { name: dossier.practice.name.clone(), lines },
        title: told.name.clone(),
        subtitle: pick(language, ["Dossier médical", "الملف الطبي", "Medical record"]).to_owned(),
        intro: if pairs.is_empty() { Vec::new() } else { vec![Part::Pairs(pairs)] },
        sections: sections.collect(),
        printed_at: house.made_at.format("%Y-%m-%d %H:%M UTC").to_string(),
        foot: String::new(),
        landscape: false,
        language,
        created_at: house.made_at,
    }
}
