//! What a bundle lacks of what FHIR R4 requires of it: elements that must be there, words of closed lists, references that lead
//! nowhere, dates that are none. A bundle of this crate's own making has no fault; tests hold that against any dossier.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::Bundle;

/// Where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// `Condition/…`
    pub resource: String,
    /// What is wrong.
    pub what: String,
}

/// Elements that must be there, by kind.
const REQUIRED: &[(&str, &[&str])] = &[
    ("Appointment", &["status", "participant"]),
    ("Encounter", &["status", "class", "subject"]),
    ("Condition", &["subject", "code"]),
    ("AllergyIntolerance", &["patient", "code"]),
    ("MedicationRequest", &["status", "intent", "medicationCodeableConcept", "subject"]),
    ("MedicationStatement", &["status", "medicationCodeableConcept", "subject"]),
    ("ServiceRequest", &["status", "intent", "subject"]),
    ("Observation", &["status", "code"]),
    ("DiagnosticReport", &["status", "code"]),
    ("Immunization", &["status", "vaccineCode", "patient", "occurrenceDateTime"]),
    ("FamilyMemberHistory", &["status", "patient", "relationship"]),
    ("Flag", &["status", "code", "subject"]),
    ("DocumentReference", &["status", "content"]),
    ("Consent", &["status", "scope", "category", "policyRule"]),
    ("Provenance", &["target", "recorded", "agent"]),
];

/// Words of `status`, by kind.
const STATUSES: &[(&str, &[&str])] = &[
    (
        "Appointment",
        &[
            "proposed",
            "pending",
            "booked",
            "arrived",
            "fulfilled",
            "cancelled",
            "noshow",
            "entered-in-error",
            "checked-in",
            "waitlist",
        ],
    ),
    ("Encounter", &["finished", "entered-in-error"]),
    ("MedicationRequest", &["active", "completed", "stopped", "unknown", "entered-in-error"]),
    ("MedicationStatement", &["active", "completed", "unknown", "entered-in-error"]),
    ("ServiceRequest", &["active", "completed", "unknown", "entered-in-error"]),
    ("Observation", &["registered", "preliminary", "final", "amended", "corrected", "entered-in-error"]),
    ("DiagnosticReport", &["final", "corrected", "entered-in-error"]),
    ("Immunization", &["completed", "entered-in-error"]),
    ("FamilyMemberHistory", &["completed", "entered-in-error"]),
    ("Flag", &["active", "inactive", "entered-in-error"]),
    ("DocumentReference", &["current", "superseded", "entered-in-error"]),
    ("Consent", &["active", "inactive", "entered-in-error"]),
];

/// All faults of a bundle.
#[must_use]
pub fn faults(bundle: &Bundle) -> Vec<Fault> {
    let known: BTreeSet<&str> = bundle.entry.iter().map(|one| one.full_url.as_str()).collect();
    let mut faults = Vec::new();
    if known.len() != bundle.entry.len() {
        faults.push(Fault { resource: "Bundle".to_owned(), what: "two entries of one URL".to_owned() });
    }
    for entry in &bundle.entry {
        let kind = entry.resource.kind();
        let resource = format!("{kind}/{}", entry.resource.id());
        let mut fault = |what: String| faults.push(Fault { resource: resource.clone(), what });
        let Ok(value) = serde_json::to_value(&entry.resource) else {
            fault("not JSON".to_owned());
            continue;
        };
        if entry.full_url != format!("urn:uuid:{}", entry.resource.id()) {
            fault("the URL is not the identifier's".to_owned());
        }
        for (_, names) in REQUIRED.iter().filter(|(of, _)| *of == kind) {
            for name in names.iter().filter(|name| value.get(**name).is_none()) {
                fault(format!("{name} is missing"));
            }
        }
        let status = value.get("status").and_then(Value::as_str);
        if let (Some(status), Some((_, words))) = (status, STATUSES.iter().find(|(of, _)| *of == kind))
            && !words.contains(&status)
        {
            fault(format!("{status} is no status"));
        }
        rules(kind, &value, &mut fault);
        walk(&value, "", &known, &mut fault);
    }
    faults
}

/// What FHIR's invariants say of some kinds.
fn rules(kind: &str, value: &Value, fault: &mut impl FnMut(String)) {
    let has = |name: &str| value.get(name).is_some();
    let word = |name: &str| value.get(name).and_then(Value::as_str).unwrap_or_default();
    let code = |name: &str| {
        value.get(name).and_then(|one| one.pointer("/coding/0/code")).and_then(Value::as_str).unwrap_or_default()
    };
    match kind {
        "Appointment" => {
            if has("start") != has("end") {
                fault("app-2: start without end".to_owned());
            }
            if !has("start") && !["proposed", "cancelled", "waitlist"].contains(&word("status")) {
                fault("app-3: neither start nor end".to_owned());
            }
            if has("cancelationReason") && !["cancelled", "noshow"].contains(&word("status")) {
                fault("app-4: a reason to cancel what is not".to_owned());
            }
        }
        "Condition" => {
            let error = code("verificationStatus") == "entered-in-error";
            if error == has("clinicalStatus") {
                fault("con-3, con-5: clinical status".to_owned());
            }
            if has("abatementDateTime") && code("clinicalStatus") == "active" {
                fault("con-4: over and active".to_owned());
            }
        }
        "AllergyIntolerance" if (code("verificationStatus") == "entered-in-error") == has("clinicalStatus") => {
            fault("ait-1, ait-2: clinical status".to_owned());
        }
        "Observation" if has("dataAbsentReason") && (has("valueQuantity") || has("valueString")) => {
            fault("obs-6: a value and why there is none".to_owned());
        }
        _ => {}
    }
}

/// Dates, instants, references and texts, wherever they stand.
fn walk(value: &Value, name: &str, known: &BTreeSet<&str>, fault: &mut impl FnMut(String)) {
    match value {
        Value::Object(fields) => {
            if fields.is_empty() {
                fault(format!("{name} is empty"));
            }
            for (name, value) in fields {
                walk(value, name, known, fault);
            }
        }
        Value::Array(items) => {
            if items.is_empty() {
                fault(format!("{name} is empty"));
            }
            items.iter().for_each(|value| walk(value, name, known, fault));
        }
        Value::String(text) => {
            if text.trim().is_empty()
                || text.chars().any(|sign| sign.is_control() && !matches!(sign, '\t' | '\n' | '\r'))
            {
                fault(format!("{name} is no text"));
            }
            match name {
                "reference" if !known.contains(text.as_str()) => fault(format!("{text} leads nowhere")),
                "birthDate" if text.parse::<NaiveDate>().is_err() => fault(format!("{name} is no date")),
                "start" | "end" | "recorded" | "issued" | "date" | "recordedDate" | "authoredOn" | "onsetDateTime"
                | "abatementDateTime" | "effectiveDateTime" | "occurrenceDateTime" | "deceasedDateTime"
                | "dateTime"
                    if text.parse::<NaiveDate>().is_err() && DateTime::parse_from_rfc3339(text).is_err() =>
                {
                    fault(format!("{name} is no date"));
                }
                _ => {}
            }
        }
        _ => {}
    }
}
