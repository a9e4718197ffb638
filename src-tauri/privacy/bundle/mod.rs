//! A person's dossier as a FHIR R4 bundle: each entry of the record and each appointment as the resources that say it.
//!
//! Identifiers are those of the practice's rows, or derived from them, so that the same dossier gives the same bundle. Nothing
//! refers outside. Deliberately not here: FHIR's own forms (crate `fhir`), what of a dossier leaves ([`super::person`]).

mod agenda;
mod clinical;
mod papers;
mod people;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, SecondsFormat};
use domain::time::{WallTime, Zone, instant};
use fhir::export::{Agent, Bundle, Provenance, Reference, text};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::dossier::{Dossier, Entry};

/// What is known while a bundle is made.
struct Maker<'a> {
    dossier: &'a Dossier,
    /// Names of files beside the bundle, by entry.
    files: &'a BTreeMap<String, BundledFile>,
    bundle: Bundle,
    patient: Uuid,
    practice: Uuid,
}

/// A file that lies beside the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundledFile {
    /// Its path in the export.
    pub path: String,
    /// Media type.
    pub media: String,
    /// Bytes.
    pub bytes: u64,
}

/// The bundle of a dossier; `files` are those that lie beside it, by their entry's identifier.
#[must_use]
pub fn bundle(dossier: &Dossier, files: &BTreeMap<String, BundledFile>) -> Bundle {
    let patient = id(&dossier.patient.id);
    let mut maker = Maker {
        dossier,
        files,
        bundle: Bundle::new(derived(&dossier.patient.id, "bundle"), &dossier.gathered_at),
        patient,
        practice: id(&dossier.practice.id),
    };
    maker.people();
    maker.agenda();
    if let Some(record) = &dossier.record {
        for entry in &record.entries {
            maker.entry(entry);
        }
    }
    maker.bundle
}

/// An identifier of ours; one that is none gives one derived from it.
fn id(text: &str) -> Uuid {
    Uuid::try_parse(text).unwrap_or_else(|_| derived(text, ""))
}

/// The identifier of a part: always the same for the same whole and part (a UUID of version 8).
fn derived(whole: &str, part: &str) -> Uuid {
    let mut hasher = Sha256::new();
    hasher.update(b"semainier fhir 1");
    for one in [whole, part] {
        hasher.update((one.len() as u64).to_be_bytes());
        hasher.update(one.as_bytes());
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    bytes[6] = (bytes[6] & 0x0f) | 0x80;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    Uuid::from_bytes(bytes)
}

/// A date as it is, or nothing where it is none.
fn date(text: &str) -> String {
    text.parse::<NaiveDate>().map_or_else(|_| String::new(), |date| date.to_string())
}

/// An instant as it is, or nothing where it is none.
fn moment(text: &str) -> String {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.map_or_else(|_| String::new(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A wall time of a zone as an instant, some minutes later.
fn at(wall: &str, zone: &str, later: i64) -> Option<String> {
    let wall: WallTime = wall.parse().ok()?;
    let zone: Zone = zone.parse().ok()?;
    Some(instant(wall.plus_minutes(later), &zone).to_rfc3339_opts(SecondsFormat::Secs, true))
}

/// A decimal number as its writer wrote it, with a comma or a point.
fn decimal(text: &str) -> Option<f64> {
    let text = text.trim();
    let plain = text.chars().all(|sign| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '-' | '+'));
    let value: f64 = text.replace(',', ".").parse().ok()?;
    (plain && value.is_finite()).then_some(value)
}

impl Maker<'_> {
    fn subject(&self) -> Option<Reference> {
        Some(Reference::to(self.patient, ""))
    }

    /// Who signed an entry: the practitioner, or the user by name.
    fn author(&self, entry: &Entry) -> Option<Reference> {
        let all = &self.dossier.practice.practitioners;
        match all.iter().find(|one| one.users.contains(&entry.written_by)) {
            Some(one) => Some(Reference::to(id(&one.id), &one.name)),
            None => Reference::named(&entry.author),
        }
    }

    /// A practitioner by name, as a paper or a report says them.
    fn practitioner(&self, name: &str) -> Option<Reference> {
        match self.dossier.practice.practitioners.iter().find(|one| one.name == name) {
            Some(one) => Some(Reference::to(id(&one.id), &one.name)),
            None => Reference::named(name),
        }
    }

    /// When an entry was written; where that is no instant, when it was read.
    fn written(&self, entry: &Entry) -> String {
        match moment(&entry.written_at) {
            empty if empty.is_empty() => moment(&self.dossier.gathered_at),
            at => at,
        }
    }

    /// The resources of an entry, and who wrote them.
    fn entry(&mut self, entry: &Entry) {
        let first = self.bundle.entry.len();
        self.clinical(entry);
        let made = &self.bundle.entry[first..];
        let target: Vec<Reference> =
            made.iter().map(|one| Reference { reference: one.full_url.clone(), ..Reference::default() }).collect();
        // Whoever cannot be named cannot be told.
        let who = self.author(entry).or_else(|| Some(Reference::to(self.practice, &self.dossier.practice.name)));
        if target.is_empty() {
            return;
        }
        let provenance = Provenance {
            target,
            recorded: self.written(entry),
            activity: entry.struck.as_deref().and_then(fhir::export::CodeableConcept::words),
            agent: vec![Agent {
                r#type: Some(fhir::export::codes::hl7("provenance-participant-type", "author", "Author")),
                who,
                on_behalf_of: Some(Reference::to(self.practice, &self.dossier.practice.name)),
            }],
            ..Provenance::default()
        };
        self.bundle.add(derived(&entry.id, "provenance"), provenance);
    }
}

/// Texts under their headings, as one.
fn headed(parts: &[(&str, &str)]) -> String {
    let told = parts.iter().filter(|(_, body)| !body.trim().is_empty());
    told.map(|(head, body)| format!("{head}\n{}", text(body))).collect::<Vec<_>>().join("\n\n")
}
