//! Signed papers, documents, and the text of a consultation: what is read rather than computed with.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::NaiveDate;
use domain::prescription::model::Line;
use domain::prescription::sentence::{Language, sentence};
use fhir::export::codes::loinc;
use fhir::export::{
    Annotation, Attachment, CodeableConcept, DispenseRequest, DocumentContent, DocumentContext, DocumentReference,
    Dosage, Duration, Identifier, MedicationRequest, Quantity, Reference, ServiceRequest, Substitution, text,
};

use super::{Maker, date, derived, id, moment};
use crate::privacy::dossier::{Document, Entry, SignedLetter, SignedPrescription};

/// What a drug's line prescribes.
fn drug(line: &Line) -> String {
    let mut parts =
        vec![line.substance.trim().to_owned(), line.strength.trim().to_owned(), line.form.trim().to_owned()];
    parts.extend(line.brand.as_deref().map(|brand| format!("({})", brand.trim())));
    parts.extend(line.cis.as_deref().map(|cis| format!("[CIS {cis}]")));
    parts.retain(|part| !part.is_empty() && part != "()");
    parts.join(" ")
}

impl Maker<'_> {
    /// The entry's file, as an attachment that lies beside the bundle.
    fn attachment(&self, entry: &Entry, title: &str, media: &str, created: &str) -> Attachment {
        let file = self.files.get(&entry.id);
        Attachment {
            content_type: file.map_or(media, |file| file.media.as_str()).to_owned(),
            url: file.map(|file| file.path.clone()).unwrap_or_default(),
            size: file.map(|file| file.bytes),
            title: text(title),
            creation: date(created),
            ..Attachment::default()
        }
    }

    fn reference(
        &self,
        entry: &Entry,
        kind: CodeableConcept,
        number: &str,
        author: Option<Reference>,
        attachment: Attachment,
    ) -> DocumentReference {
        DocumentReference {
            identifier: Some(text(number))
                .filter(|value| !value.is_empty())
                .map(|value| Identifier {
                    value,
                    assigner: Some(Reference::to(self.practice, "")),
                    ..Identifier::default()
                })
                .into_iter()
                .collect(),
            status: if entry.struck.is_some() { "entered-in-error" } else { "current" }.to_owned(),
            r#type: Some(kind),
            subject: self.subject(),
            date: moment(&entry.written_at),
            author: author.into_iter().collect(),
            custodian: Some(Reference::to(self.practice, "")),
            description: attachment.title.clone(),
            content: vec![DocumentContent { attachment: Some(attachment) }],
            ..DocumentReference::default()
        }
    }

    /// The text of a consultation, whole.
    pub(super) fn consultation_text(&mut self, entry: &Entry, told: &str) {
        if told.is_empty() {
            return;
        }
        let attachment = Attachment {
            content_type: "text/plain; charset=utf-8".to_owned(),
            data: STANDARD.encode(told),
            size: Some(told.len() as u64),
            creation: date(&entry.on),
            ..Attachment::default()
        };
        let kind = loinc("11488-4", "Consult note", "");
        let mut reference = self.reference(entry, kind, "", self.author(entry), attachment);
        reference.context = Some(DocumentContext { encounter: vec![Reference::to(id(&entry.id), "")] });
        self.bundle.add(derived(&entry.id, "text"), reference);
    }

    pub(super) fn prescription(&mut self, entry: &Entry, one: &SignedPrescription) {
        let author = self.practitioner(&one.signer).or_else(|| self.author(entry));
        let group = Identifier {
            value: text(&one.number),
            assigner: Some(Reference::to(self.practice, "")),
            ..Identifier::default()
        };
        let group = (!group.value.is_empty()).then_some(group);
        let authored = moment(&one.signed_at);
        let language = match one.content.language {
            domain::prescription::sentence::Language::Arabic => Language::Arabic,
            domain::prescription::sentence::Language::French => Language::French,
        };
        for (number, line) in one.content.lines.iter().enumerate() {
            let request = MedicationRequest {
                status: self.prescribed(entry, one.content.written_on, line),
                intent: "order".to_owned(),
                medication_codeable_concept: CodeableConcept::words(&drug(line))
                    .or_else(|| CodeableConcept::words(&one.label))
                    .or_else(|| CodeableConcept::words("—")),
                subject: self.subject(),
                authored_on: authored.clone(),
                requester: author.clone(),
                reason_code: line.ald.then(|| CodeableConcept::words("ALD")).flatten().into_iter().collect(),
                group_identifier: group.clone(),
                note: line
                    .override_reason
                    .as_deref()
                    .map(text)
                    .filter(|reason| !reason.is_empty())
                    .map(|text| Annotation { text, ..Annotation::default() })
                    .into_iter()
                    .collect(),
                dosage_instruction: Some(text(&sentence(&line.posology, language)))
                    .filter(|said| !said.is_empty())
                    .map(|text| Dosage { text })
                    .into_iter()
                    .collect(),
                dispense_request: dispense(line),
                substitution: line.non_substitutable.map(|_| Substitution {
                    allowed_boolean: Some(false),
                    reason: CodeableConcept::words("non substituable"),
                }),
                ..MedicationRequest::default()
            };
            self.bundle.add(derived(&entry.id, &format!("line {number}")), request);
        }
        for (number, act) in one.content.acts.iter().enumerate() {
            let sessions = act.sessions.map(|count| Quantity {
                value: Some(f64::from(count)),
                unit: "séances".to_owned(),
                ..Quantity::default()
            });
            let request = ServiceRequest {
                requisition: group.clone(),
                status: if entry.struck.is_some() { "entered-in-error" } else { "unknown" }.to_owned(),
                intent: "order".to_owned(),
                code: CodeableConcept::words(&act.text).or_else(|| CodeableConcept::words(&one.label)),
                quantity_quantity: sessions,
                subject: self.subject(),
                authored_on: authored.clone(),
                requester: author.clone(),
                ..ServiceRequest::default()
            };
            self.bundle.add(derived(&entry.id, &format!("act {number}")), request);
        }
        let attachment = self.attachment(entry, &one.label, "application/pdf", &entry.on);
        let kind = loinc("57833-6", "Prescription for medication Document", "");
        let reference = self.reference(entry, kind, &one.number, author, attachment);
        self.bundle.add(id(&entry.id), reference);
    }

    /// Whether what was prescribed is over, by its own duration.
    fn prescribed(&self, entry: &Entry, written_on: NaiveDate, line: &Line) -> String {
        let today: Option<NaiveDate> = self.dossier.gathered_at.get(..10).and_then(|day| day.parse().ok());
        let last =
            line.days_with_renewals().and_then(|days| written_on.checked_add_days(chrono::Days::new(u64::from(days))));
        match (entry.struck.is_some(), last.zip(today)) {
            (true, _) => "entered-in-error",
            (false, Some((last, today))) if last < today => "completed",
            (false, Some(_)) => "active",
            (false, None) => "unknown",
        }
        .to_owned()
    }

    pub(super) fn letter(&mut self, entry: &Entry, one: &SignedLetter) {
        let author = self.practitioner(&one.signer).or_else(|| self.author(entry));
        let attachment = self.attachment(entry, &one.title, "application/pdf", &entry.on);
        let kind = if one.what == "certificate" {
            CodeableConcept::words("Certificat médical").unwrap_or_default()
        } else {
            loinc("57133-1", "Referral note", "")
        };
        let reference = self.reference(entry, kind, &one.number, author, attachment);
        self.bundle.add(id(&entry.id), reference);
    }

    pub(super) fn document(&mut self, entry: &Entry, one: &Document) {
        let attachment = self.attachment(entry, &one.title, &one.media, &one.dated);
        let kind =
            CodeableConcept::words(&one.category).unwrap_or_else(|| loinc("34133-9", "Summary of episode note", ""));
        let reference = self.reference(entry, kind, "", Reference::named(&one.filed_by), attachment);
        self.bundle.add(id(&entry.id), reference);
    }
}

fn dispense(line: &Line) -> Option<DispenseRequest> {
    let one = DispenseRequest {
        number_of_repeats_allowed: line.renewals.map(u32::from),
        quantity: line.packs.map(|packs| Quantity {
            value: Some(f64::from(packs)),
            unit: "boîtes".to_owned(),
            ..Quantity::default()
        }),
        expected_supply_duration: line.days().map(|days| Duration {
            value: Some(f64::from(days)),
            unit: "d".to_owned(),
            system: fhir::export::codes::UCUM.to_owned(),
            code: "d".to_owned(),
        }),
    };
    (one != DispenseRequest::default()).then_some(one)
}
