//! The practice, its practitioners and the person.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use fhir::export::codes::{self, hl7};
use fhir::export::{
    Address, Attachment, CodeableConcept, Coding, Communication, Consent, ContactPoint, Extension, HumanName,
    Identifier, Organization, Patient, PatientContact, Period, Practitioner, Provision, Qualification, Reference,
    Verification, text,
};

use super::{Maker, date, id, moment};
use crate::privacy::dossier::{Identity, Site};

fn phone(value: &str, kind: &str) -> Option<ContactPoint> {
    let value = text(value);
    (!value.is_empty()).then(|| ContactPoint { system: "phone".to_owned(), value, r#use: kind.to_owned() })
}

fn mail(value: &str) -> Option<ContactPoint> {
    let value = text(value);
    (!value.is_empty()).then(|| ContactPoint { system: "email".to_owned(), value, r#use: String::new() })
}

fn address(line: &str, postcode: &str, city: &str) -> Option<Address> {
    let one = Address {
        line: Some(text(line)).filter(|line| !line.is_empty()).into_iter().collect(),
        postal_code: text(postcode),
        city: text(city),
        ..Address::default()
    };
    (one != Address::default()).then_some(one)
}

fn site_address(site: &Site) -> Option<Address> {
    address(&site.address, &site.postcode, &site.city)
}

fn name(kind: &str, family: &str, given: &str) -> Option<HumanName> {
    let (family, given) = (text(family), text(given));
    let whole = format!("{given} {family}").trim().to_owned();
    (!whole.is_empty()).then(|| HumanName {
        r#use: kind.to_owned(),
        text: whole,
        family,
        given: Some(given).filter(|given| !given.is_empty()).into_iter().collect(),
    })
}

/// Names: the official one, the one that is used, both again in Arabic letters.
fn names(one: &Identity) -> Vec<HumanName> {
    let born = if one.birth_name.trim().is_empty() { &one.surname } else { &one.birth_name };
    let mut names: Vec<HumanName> = name("official", born, &one.first_name).into_iter().collect();
    if born != &one.surname {
        names.extend(name("usual", &one.surname, &one.first_name));
    }
    names.extend(name("usual", &one.surname_arabic, &one.first_name_arabic));
    names
}

impl Maker<'_> {
    pub(super) fn people(&mut self) {
        let practice = &self.dossier.practice;
        let site = practice.sites.first();
        let organization = Organization {
            name: text(&practice.name),
            telecom: site
                .and_then(|site| phone(&site.phone, "work"))
                .into_iter()
                .chain(mail(&practice.email))
                .collect(),
            address: site.and_then(site_address).into_iter().collect(),
            ..Organization::default()
        };
        self.bundle.add(self.practice, organization);
        for one in &practice.practitioners {
            let rpps = Identifier {
                r#type: Some(CodeableConcept::coded(
                    Coding::new(codes::FRENCH_IDENTIFIER_TYPES, "RPPS", "N° RPPS"),
                    "",
                )),
                system: codes::RPPS.to_owned(),
                value: text(&one.rpps),
                ..Identifier::default()
            };
            // No system that anybody publishes stands behind the Moroccan number: its words say what it is.
            let inpe =
                Identifier { r#type: CodeableConcept::words("INPE"), value: text(&one.inpe), ..Identifier::default() };
            let practitioner = Practitioner {
                identifier: [rpps, inpe].into_iter().filter(|one| !one.value.is_empty()).collect(),
                name: vec![HumanName { text: text(&one.name), ..HumanName::default() }],
                qualification: CodeableConcept::words(&one.speciality)
                    .map(|code| Qualification { code: Some(code) })
                    .into_iter()
                    .collect(),
                ..Practitioner::default()
            };
            self.bundle.add(id(&one.id), practitioner);
        }
        self.person();
        self.consents();
        self.agreements();
    }

    fn identifiers(&self, one: &Identity) -> Vec<Identifier> {
        let practice = Some(Reference::to(self.practice, &self.dossier.practice.name));
        let file = Identifier {
            r#use: "usual".to_owned(),
            r#type: Some(CodeableConcept::coded(
                Coding::new(codes::IDENTIFIER_TYPES, "PI", "Patient internal identifier"),
                "",
            )),
            value: one.number.to_string(),
            assigner: practice,
            ..Identifier::default()
        };
        // Only an identity that was qualified is the national health identity; else it is a number that was noted.
        let (kind, system) = if one.ins_status == "qualified" {
            let coding = Coding::new(codes::FRENCH_IDENTIFIER_TYPES, "INS-NIR", "NIR définitif");
            (Some(CodeableConcept::coded(coding, "")), codes::INS_NIR)
        } else {
            (CodeableConcept::words("NIR"), "")
        };
        let digits: String = one.nir.chars().filter(|sign| !sign.is_whitespace()).collect();
        let nir = Identifier { r#type: kind, system: system.to_owned(), value: text(&digits), ..Identifier::default() };
        let cin = Identifier { r#type: CodeableConcept::words("CIN"), value: text(&one.cin), ..Identifier::default() };
        [file, nir, cin].into_iter().filter(|one| !one.value.is_empty()).collect()
    }

    fn person(&mut self) {
        let one = &self.dossier.patient;
        let place = text(&one.birth_place);
        let language = text(&one.language);
        let patient = Patient {
            extension: (!place.is_empty())
                .then(|| Extension {
                    url: "http://hl7.org/fhir/StructureDefinition/patient-birthPlace".to_owned(),
                    value_address: Some(Address { text: place, ..Address::default() }),
                    ..Extension::default()
                })
                .into_iter()
                .collect(),
            identifier: self.identifiers(one),
            name: names(one),
            telecom: phone(&one.mobile, "mobile")
                .into_iter()
                .chain(phone(&one.phone, "home"))
                .chain(mail(&one.email))
                .collect(),
            gender: if one.sex.is_empty() { "unknown".to_owned() } else { one.sex.clone() },
            birth_date: date(one.born.as_deref().unwrap_or_default()),
            deceased_date_time: date(one.deceased_on.as_deref().unwrap_or_default()),
            address: address(&one.address, &one.postcode, &one.city).into_iter().collect(),
            contact: self
                .dossier
                .contacts
                .iter()
                .filter(|contact| !contact.removed)
                .map(|contact| PatientContact {
                    relationship: CodeableConcept::words(&contact.relation).into_iter().collect(),
                    name: Some(HumanName { text: text(&contact.name), ..HumanName::default() }),
                })
                .collect(),
            communication: (!language.is_empty())
                .then(|| Communication {
                    language: Some(CodeableConcept::coded(Coding::new(codes::LANGUAGES, &language, ""), "")),
                })
                .into_iter()
                .collect(),
            general_practitioner: Reference::named(&one.treating_doctor).into_iter().collect(),
            managing_organization: Some(Reference::to(self.practice, "")),
            ..Patient::default()
        };
        self.bundle.add(self.patient, patient);
    }

    /// Consents to purposes: what was agreed to stands in the text that was shown.
    fn agreements(&mut self) {
        for one in &self.dossier.agreements {
            let withdrawn = one.withdrawn_on.as_deref().map(date).unwrap_or_default();
            let given = date(&one.given_on);
            let by = format!("{} {}", text(&one.given_by), text(&one.relation));
            let consent = Consent {
                status: if withdrawn.is_empty() { "active" } else { "inactive" }.to_owned(),
                scope: Some(hl7("consentscope", "patient-privacy", "Privacy Consent")),
                category: std::iter::once(codes::loinc("59284-0", "Consent Document", &one.purpose_fr)).collect(),
                patient: self.subject(),
                date_time: given.clone(),
                organization: vec![Reference::to(self.practice, "")],
                source_attachment: Some(Attachment {
                    content_type: "text/plain; charset=utf-8".to_owned(),
                    language: text(&one.language),
                    data: STANDARD.encode(&one.text),
                    title: format!("{} ({})", text(&one.purpose_fr), one.text_version),
                    ..Attachment::default()
                }),
                policy_rule: Some(hl7("v3-ActCode", "OPTIN", "opt in")),
                verification: Reference::named(&by)
                    .map(|who| Verification {
                        verified: Some(true),
                        verified_with: Some(who),
                        verification_date: moment(&one.noted_at),
                    })
                    .into_iter()
                    .collect(),
                provision: Some(Provision {
                    r#type: "permit".to_owned(),
                    period: Some(Period { start: given, end: withdrawn }),
                }),
                ..Consent::default()
            };
            self.bundle.add(id(&one.id), consent);
        }
    }

    fn consents(&mut self) {
        for one in &self.dossier.consents {
            let withdrawn = one.withdrawn_on.as_deref().map(date).unwrap_or_default();
            let status = match (one.removed, withdrawn.is_empty()) {
                (true, _) => "entered-in-error",
                (false, true) => "active",
                (false, false) => "inactive",
            };
            let given = date(&one.given_on);
            let by = format!("{} {}", text(&one.given_by), text(&one.relation));
            let consent = Consent {
                status: status.to_owned(),
                scope: Some(hl7("consentscope", "patient-privacy", "Privacy Consent")),
                category: vec![codes::loinc("59284-0", "Consent Document", "")],
                patient: self.subject(),
                date_time: given.clone(),
                organization: vec![Reference::to(self.practice, "")],
                policy_rule: Some(hl7("v3-ActCode", "OPTIN", "opt in")),
                verification: Reference::named(&by)
                    .map(|who| Verification {
                        verified: Some(true),
                        verified_with: Some(who),
                        verification_date: moment(&one.noted_at),
                    })
                    .into_iter()
                    .collect(),
                provision: Some(Provision {
                    r#type: "permit".to_owned(),
                    period: Some(Period { start: given, end: withdrawn }),
                }),
                ..Consent::default()
            };
            self.bundle.add(id(&one.id), consent);
        }
    }
}
