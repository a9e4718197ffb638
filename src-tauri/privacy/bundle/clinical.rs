//! Entries of the record, each as the resources that say it. What was struck stays, and says so.

use chrono::NaiveDate;
use fhir::export::codes::{self, hl7, loinc, measured};
use fhir::export::{
    AllergyIntolerance, Annotation, CodeableConcept, Coding, Component, Condition, DiagnosticReport, Dosage, Encounter,
    EncounterParticipant, FamilyCondition, FamilyMemberHistory, Flag, Identifier, Immunization, MedicationStatement,
    Observation, Performer, Period, Quantity, Reaction, Reference, ReferenceRange, text,
};

use super::{Maker, date, decimal, derived, headed, id, moment};
use crate::privacy::dossier::{
    Allergy, Antecedent, Condition as Held, Consultation, Content, Entry, Family, Measure, Report, ReportLine,
    Treatment, Vaccination,
};

fn note(words: &str) -> Vec<Annotation> {
    let text = text(words);
    if text.is_empty() { Vec::new() } else { vec![Annotation { text, ..Annotation::default() }] }
}

fn words(said: &str) -> Option<CodeableConcept> {
    CodeableConcept::words(said).or_else(|| CodeableConcept::words("—"))
}

/// A status, unless it was struck.
fn unless_struck(entry: &Entry, status: &str) -> String {
    if entry.struck.is_some() { "entered-in-error".to_owned() } else { status.to_owned() }
}

/// Clinical and verification status of a condition or an allergy.
fn standing(entry: &Entry, clinical: (&str, &str), system: &str) -> (Option<CodeableConcept>, Option<CodeableConcept>) {
    let (clinical_system, verification) = if system == "condition" {
        ("condition-clinical", "condition-ver-status")
    } else {
        ("allergyintolerance-clinical", "allergyintolerance-verification")
    };
    if entry.struck.is_some() {
        (None, Some(hl7(verification, "entered-in-error", "Entered in Error")))
    } else {
        (Some(hl7(clinical_system, clinical.0, clinical.1)), None)
    }
}

fn quantity(value: f64, unit: &str) -> Quantity {
    let code = codes::ucum(unit).unwrap_or_default();
    Quantity {
        value: Some(value),
        unit: text(unit),
        system: if code.is_empty() { String::new() } else { codes::UCUM.to_owned() },
        code: code.to_owned(),
        ..Quantity::default()
    }
}

fn coded_quantity(value: f64, known: codes::Measured) -> Quantity {
    Quantity {
        value: Some(value),
        unit: known.shown.to_owned(),
        system: codes::UCUM.to_owned(),
        code: known.unit.to_owned(),
        ..Quantity::default()
    }
}

/// A value as a laboratory writes it: a number, a number with a sign before it, or words.
fn valued(observation: &mut Observation, value: &str, unit: &str) {
    let plain = text(value);
    let (sign, rest) = ["<=", ">=", "<", ">"]
        .iter()
        .find_map(|sign| plain.strip_prefix(sign).map(|rest| (*sign, rest)))
        .unwrap_or(("", plain.as_str()));
    match decimal(rest) {
        Some(number) => {
            observation.value_quantity = Some(Quantity { comparator: sign.to_owned(), ..quantity(number, unit) });
        }
        None if plain.is_empty() => {
            observation.data_absent_reason = Some(hl7("data-absent-reason", "unknown", "Unknown"));
        }
        None => {
            let unit = text(unit);
            observation.value_string = if unit.is_empty() { plain } else { format!("{plain} {unit}") };
        }
    }
}

impl Maker<'_> {
    pub(super) fn clinical(&mut self, entry: &Entry) {
        match &entry.content {
            Content::Consultation(one) => self.consultation(entry, one),
            Content::Antecedent(one) => self.antecedent(entry, one),
            Content::Allergy(one) => self.allergy(entry, one),
            Content::Condition(one) => self.condition(entry, one),
            Content::Treatment(one) => self.treatment(entry, one),
            Content::Vaccination(one) => self.vaccination(entry, one),
            Content::Measure(one) => self.measure(entry, one),
            Content::Alert(one) => self.alert(entry, &one.text),
            Content::Family(one) => self.family(entry, one),
            Content::Prescription(one) => self.prescription(entry, one),
            Content::Letter(one) => self.letter(entry, one),
            Content::Report(one) => self.report(entry, one),
            Content::Document(one) => self.document(entry, one),
        }
    }

    fn consultation(&mut self, entry: &Entry, one: &Consultation) {
        let on = date(&entry.on);
        let encounter = Encounter {
            status: unless_struck(entry, "finished"),
            class: Some(Coding::new("http://terminology.hl7.org/CodeSystem/v3-ActCode", "AMB", "ambulatory")),
            subject: self.subject(),
            participant: self
                .author(entry)
                .map(|individual| EncounterParticipant { individual: Some(individual) })
                .into_iter()
                .collect(),
            period: (!on.is_empty()).then(|| Period { start: on.clone(), end: on }),
            reason_code: CodeableConcept::words(&one.reason).into_iter().collect(),
            service_provider: Some(Reference::to(self.practice, "")),
            ..Encounter::default()
        };
        self.bundle.add(id(&entry.id), encounter);
        let told = headed(&[
            ("Motif", &one.reason),
            ("Histoire", &one.history),
            ("Examen", &one.examination),
            ("Conclusion", &one.conclusion),
            ("Conduite à tenir", &one.plan),
        ]);
        self.consultation_text(entry, &told);
    }

    fn antecedent(&mut self, entry: &Entry, one: &Antecedent) {
        let (clinical_status, verification_status) = standing(entry, ("inactive", "Inactive"), "condition");
        let condition = Condition {
            clinical_status,
            verification_status,
            category: vec![hl7("condition-category", "problem-list-item", "Problem List Item")],
            code: words(&one.label),
            subject: self.subject(),
            recorded_date: moment(&entry.written_at),
            recorder: self.author(entry),
            note: note(&one.note),
            ..Condition::default()
        };
        self.bundle.add(id(&entry.id), condition);
    }

    fn condition(&mut self, entry: &Entry, one: &Held) {
        let today: Option<NaiveDate> = self.dossier.gathered_at.get(..10).and_then(|day| day.parse().ok());
        let until: Option<NaiveDate> = one.until.parse().ok();
        let over = until.zip(today).is_some_and(|(until, today)| until <= today);
        let clinical = if over { ("resolved", "Resolved") } else { ("active", "Active") };
        let (clinical_status, verification_status) = standing(entry, clinical, "condition");
        let mut remarks = Vec::new();
        if one.ald {
            remarks.extend(note("ALD"));
        }
        let condition = Condition {
            clinical_status,
            verification_status,
            category: vec![hl7("condition-category", "problem-list-item", "Problem List Item")],
            code: words(&one.label),
            subject: self.subject(),
            onset_date_time: date(&one.since),
            abatement_date_time: if over { date(&one.until) } else { String::new() },
            recorded_date: moment(&entry.written_at),
            recorder: self.author(entry),
            note: remarks,
            ..Condition::default()
        };
        self.bundle.add(id(&entry.id), condition);
    }

    fn allergy(&mut self, entry: &Entry, one: &Allergy) {
        let (clinical_status, verification_status) = standing(entry, ("active", "Active"), "allergy");
        let severity = match one.severity.as_str() {
            known @ ("mild" | "moderate" | "severe") => known,
            _ => "",
        };
        let shown = CodeableConcept::words(&one.reaction);
        // A severity without a reaction has no place of its own.
        let remark = if shown.is_none() { note(severity) } else { Vec::new() };
        let allergy = AllergyIntolerance {
            clinical_status,
            verification_status,
            category: matches!(one.agent_kind.as_str(), "substance" | "class" | "excipient")
                .then(|| "medication".to_owned())
                .into_iter()
                .collect(),
            code: words(&one.agent),
            patient: self.subject(),
            recorded_date: moment(&entry.written_at),
            recorder: self.author(entry),
            note: remark,
            reaction: shown
                .map(|shown| Reaction { manifestation: vec![shown], severity: severity.to_owned() })
                .into_iter()
                .collect(),
            ..AllergyIntolerance::default()
        };
        self.bundle.add(id(&entry.id), allergy);
    }

    fn treatment(&mut self, entry: &Entry, one: &Treatment) {
        let today = self.dossier.gathered_at.get(..10).unwrap_or_default();
        let (since, until) = (date(&one.since), date(&one.until));
        let over = !until.is_empty() && until.as_str() < today;
        let period = Period { start: since, end: until };
        let label =
            if one.cis.is_empty() { one.label.clone() } else { format!("{} (CIS {})", one.label.trim(), one.cis) };
        let statement = MedicationStatement {
            status: unless_struck(entry, if over { "completed" } else { "active" }),
            medication_codeable_concept: words(&label),
            subject: self.subject(),
            effective_period: (period != Period::default()).then_some(period),
            date_asserted: moment(&entry.written_at),
            information_source: self.author(entry),
            dosage: Some(text(&one.posology))
                .filter(|posology| !posology.is_empty())
                .map(|text| Dosage { text })
                .into_iter()
                .collect(),
            ..MedicationStatement::default()
        };
        self.bundle.add(id(&entry.id), statement);
    }

    fn vaccination(&mut self, entry: &Entry, one: &Vaccination) {
        let on = date(&entry.on);
        let immunization = Immunization {
            status: unless_struck(entry, "completed"),
            vaccine_code: words(&one.vaccine),
            patient: self.subject(),
            occurrence_date_time: if on.is_empty() { self.written(entry) } else { on },
            recorded: moment(&entry.written_at),
            primary_source: Some(true),
            lot_number: text(&one.batch),
            site: CodeableConcept::words(&one.site),
            performer: self.author(entry).map(|actor| Performer { actor: Some(actor) }).into_iter().collect(),
            note: note(&one.dose),
            ..Immunization::default()
        };
        self.bundle.add(id(&entry.id), immunization);
    }

    fn measure(&mut self, entry: &Entry, one: &Measure) {
        let known = measured(&one.what);
        let pair = decimal(&one.value).zip(decimal(&one.second));
        let mut observation = Observation {
            status: unless_struck(entry, "final"),
            category: match known {
                Some(known) if !known.vital => vec![codes::laboratory()],
                Some(_) => vec![codes::vital_sign()],
                None => vec![codes::exam()],
            },
            code: match known {
                Some(known) => Some(loinc(known.code, known.display, &one.what)),
                None => words(&one.what),
            },
            subject: self.subject(),
            effective_date_time: date(&entry.on),
            performer: self.author(entry).into_iter().collect(),
            ..Observation::default()
        };
        match (known, pair, decimal(&one.value)) {
            (_, Some(both), _) if one.what == "blood_pressure" => {
                let part = |what: &str, value: f64| {
                    let known = measured(what)?;
                    Some(Component {
                        code: Some(loinc(known.code, known.display, "")),
                        value_quantity: Some(coded_quantity(value, known)),
                        ..Component::default()
                    })
                };
                observation.component = part("systolic", both.0).into_iter().chain(part("diastolic", both.1)).collect();
            }
            (Some(known), _, Some(value)) if one.what != "blood_pressure" && is_own(&one.unit, known) => {
                observation.value_quantity = Some(coded_quantity(value, known));
            }
            _ => valued(&mut observation, &one.value, &one.unit),
        }
        self.bundle.add(id(&entry.id), observation);
    }

    fn alert(&mut self, entry: &Entry, said: &str) {
        let on = date(&entry.on);
        let flag = Flag {
            status: unless_struck(entry, "active"),
            category: vec![hl7("flag-category", "clinical", "Clinical")],
            code: words(said),
            subject: self.subject(),
            period: (!on.is_empty()).then(|| Period { start: on, end: String::new() }),
            author: self.author(entry),
            ..Flag::default()
        };
        self.bundle.add(id(&entry.id), flag);
    }

    fn family(&mut self, entry: &Entry, one: &Family) {
        let history = FamilyMemberHistory {
            status: unless_struck(entry, "completed"),
            patient: self.subject(),
            date: moment(&entry.written_at),
            relationship: words(&one.relative),
            condition: vec![FamilyCondition { code: words(&one.label) }],
            ..FamilyMemberHistory::default()
        };
        self.bundle.add(id(&entry.id), history);
    }

    fn report(&mut self, entry: &Entry, one: &Report) {
        let mut result = Vec::new();
        let mut remarks = vec![text(&one.text)];
        for (number, line) in one.lines.iter().enumerate() {
            if line.kind == "remark" {
                remarks.push(text(&line.text));
                continue;
            }
            let part = derived(&entry.id, &format!("line {number}"));
            let observation = self.value(entry, one, line);
            self.bundle.add(part, observation);
            result.push(Reference::to(part, ""));
        }
        remarks.retain(|remark| !remark.is_empty());
        let held = self.dossier.record.as_ref();
        let received = held.and_then(|record| record.reports.iter().find(|mark| mark.entry_id == entry.id));
        let laboratory = Reference::named(&one.laboratory);
        let report = DiagnosticReport {
            identifier: Some(text(&one.number))
                .filter(|number| !number.is_empty())
                .map(|value| Identifier { value, assigner: laboratory.clone(), ..Identifier::default() })
                .into_iter()
                .collect(),
            status: unless_struck(entry, if entry.version > 1 { "corrected" } else { "final" }),
            category: vec![hl7("v2-0074", "LAB", "Laboratory")],
            code: Some(loinc("11502-2", "Laboratory report", &one.laboratory)),
            subject: self.subject(),
            effective_date_time: date(&entry.on),
            issued: received.map(|mark| moment(&mark.received_at)).unwrap_or_default(),
            performer: laboratory.into_iter().collect(),
            result,
            conclusion: remarks.join("\n"),
            ..DiagnosticReport::default()
        };
        self.bundle.add(id(&entry.id), report);
    }

    fn value(&self, entry: &Entry, report: &Report, line: &ReportLine) -> Observation {
        let bound = |text: &str| decimal(text).map(|value| quantity(value, &line.unit));
        let range = ReferenceRange { low: bound(&line.low), high: bound(&line.high), text: String::new() };
        let mut observation = Observation {
            status: unless_struck(
                entry,
                match line.status.as_str() {
                    "P" => "preliminary",
                    "C" => "corrected",
                    _ => "final",
                },
            ),
            category: vec![codes::laboratory()],
            code: words(if line.label.trim().is_empty() { &line.code } else { &line.label }),
            subject: self.subject(),
            effective_date_time: date(&entry.on),
            performer: Reference::named(&report.laboratory).into_iter().collect(),
            interpretation: codes::interpretation(&line.standing).into_iter().collect(),
            note: note(&line.text),
            reference_range: (range != ReferenceRange::default()).then_some(range).into_iter().collect(),
            ..Observation::default()
        };
        valued(&mut observation, &line.value, &line.unit);
        if let Some(other) = decimal(&line.other_value) {
            observation.note.extend(note(&format!("{other} {}", line.other_unit)));
        }
        observation
    }
}

/// Whether a unit is the measure's own, or none was written.
fn is_own(unit: &str, known: codes::Measured) -> bool {
    let unit = unit.trim();
    unit.is_empty() || unit == known.shown || codes::ucum(unit) == Some(known.unit)
}
