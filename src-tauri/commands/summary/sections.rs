//! What stands on a summary, section by section, the gravest first.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::id::EntryId;
use domain::identifiers::phone_shown::international;

use super::words::{self, Words};
use crate::commands::record::wire::{Body, RecordEntryView, RecordView};
use crate::print::summary::SummarySection;
use crate::print::words::Language;
use crate::store::contact::Reached;
use crate::store::patient::Patient;

/// How many of the last consultations are told.
const CONSULTATIONS: usize = 3;
/// How many vaccinations are told: the newest.
const VACCINATIONS: usize = 12;

/// Texts joined by a sign, the empty ones left out.
fn joined(parts: &[&str], by: &str) -> String {
    parts.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
}

/// An ISO date in figures; anything else as it stands.
fn figures(iso: &str) -> String {
    iso.parse::<NaiveDate>().map_or_else(|_| iso.to_owned(), |date| date.format("%d/%m/%Y").to_string())
}

/// A text on one line.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn since(said: &Words, label: &str, since: &str) -> String {
    if since.is_empty() { label.to_owned() } else { format!("{label} ({} {})", said.since, figures(since)) }
}

fn line(said: &Words, language: Language, entry: &RecordEntryView) -> Option<String> {
    Some(match &entry.body {
        Body::Alert(one) => flat(&one.text),
        Body::Allergy(one) => {
            let severity = words::severity(&one.severity, language);
            joined(&[&one.agent, &one.reaction, severity], " · ")
        }
        Body::Condition(one) if one.until.is_empty() => since(said, &one.label, &one.since),
        Body::Condition(one) => format!("{} ({} {})", one.label, said.until, figures(&one.until)),
        Body::Treatment(one) => joined(&[&since(said, &one.label, &one.since), &one.posology], " · "),
        Body::Antecedent(one) => joined(&[&one.label, &flat(&one.note)], " · "),
        Body::Vaccination(one) => joined(&[&one.vaccine, &one.dose, &figures(&entry.on)], " · "),
        Body::Family(one) => joined(&[&one.relative, &one.label], " : "),
        Body::Consultation(one) => {
            let told = if one.conclusion.trim().is_empty() { &one.history } else { &one.conclusion };
            joined(&[&figures(&entry.on), &flat(&one.reason), &flat(told)], " · ")
        }
        _ => return None,
    })
}

/// The sections of a patient's summary.
pub(super) fn of(
    record: &RecordView,
    contacts: &[Reached],
    patient: &Patient,
    language: Language,
) -> Vec<SummarySection> {
    let said = words::words(language);
    let by_id: BTreeMap<EntryId, &RecordEntryView> = record.entries.iter().map(|one| (one.id, one)).collect();
    let lines = |ids: &[EntryId]| -> Vec<String> {
        ids.iter().filter_map(|id| line(said, language, by_id.get(id)?)).filter(|text| !text.is_empty()).collect()
    };
    let section =
        |title: &str, items: Vec<String>, urgent: bool| SummarySection { title: title.to_owned(), items, urgent };
    let standing = &record.summary;
    let mut alerts = lines(&standing.alerts);
    if !record.damaged.is_empty() {
        // Whoever relies on this page must know that it is not all there is.
        alerts.insert(0, words::unreadable(record.damaged.len(), language));
    }
    let mut allergies = lines(&standing.allergies);
    let some = !allergies.is_empty();
    if !some {
        // Not the same as no allergy, and it must not read so.
        allergies.push(said.no_allergy.to_owned());
    }
    let consultations = record.entries.iter().filter(|one| one.struck.is_none());
    let consultations = consultations.filter(|one| matches!(one.body, Body::Consultation(_))).take(CONSULTATIONS);
    vec![
        section(said.alerts, alerts, true),
        section(said.allergies, allergies, some),
        section(said.treatments, lines(&standing.treatments), false),
        section(said.prescription, prescribed(record), false),
        section(said.ald, lines(&standing.ald), false),
        section(said.conditions, lines(&standing.conditions), false),
        section(said.antecedents, lines(&standing.antecedents), false),
        section(said.family, lines(&standing.family), false),
        section(said.measures, measures(record, language), false),
        section(
            said.vaccinations,
            lines(&standing.vaccinations[..standing.vaccinations.len().min(VACCINATIONS)]),
            false,
        ),
        section(said.consultations, consultations.filter_map(|one| line(said, language, one)).collect(), false),
        section(said.contacts, people(contacts, patient, said, language), false),
    ]
}

/// The newest prescription of drugs that stands, a line each, its date first.
fn prescribed(record: &RecordView) -> Vec<String> {
    let newest = record.entries.iter().filter(|one| one.struck.is_none()).find_map(|one| match &one.body {
        Body::Prescription(signed) if signed.what == "drugs" => Some((&one.on, signed)),
        _ => None,
    });
    let Some((on, signed)) = newest else { return Vec::new() };
    std::iter::once(figures(on)).chain(signed.lines.iter().map(|line| flat(line))).collect()
}

fn measures(record: &RecordView, language: Language) -> Vec<String> {
    let point = |text: &str| if language == Language::English { text.to_owned() } else { text.replace('.', ",") };
    let mut lines: Vec<String> = record
        .summary
        .measures
        .iter()
        .map(|one| {
            let name = words::measure(&one.what, language);
            format!("{name} : {} {} ({})", point(&one.value), one.unit, figures(&one.on))
        })
        .collect();
    if let Some(index) = &record.summary.bmi {
        let name = words::measure("bmi", language);
        lines.push(format!("{name} : {} kg/m² ({})", point(&format!("{:.1}", index.value)), figures(&index.weight_on)));
    }
    lines
}

/// Whom to call: contact persons, then the treating doctor.
fn people(contacts: &[Reached], patient: &Patient, said: &Words, language: Language) -> Vec<String> {
    let mut lines: Vec<String> = contacts
        .iter()
        .map(|one| {
            let relation = words::relation(&one.contact.relation, language);
            joined(&[&one.contact.name, relation, &international(&one.phone)], " · ")
        })
        .collect();
    if !patient.treating_doctor.trim().is_empty() {
        lines.push(format!("{} : {}", said.treating_doctor, patient.treating_doctor.trim()));
    }
    lines
}
