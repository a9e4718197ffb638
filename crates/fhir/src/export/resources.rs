//! Resources.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{
    Address, Annotation, Attachment, CodeableConcept, Coding, ContactPoint, Duration, Extension, HumanName, Identifier,
    Meta, Period, Quantity, Reference, urn,
};

elements! {
    /// The practice.
    Organization {
        id: String, identifier: Vec<Identifier>, name: String, telecom: Vec<ContactPoint>, address: Vec<Address>,
    }
    /// A practitioner, by their professional identity alone.
    Practitioner { id: String, identifier: Vec<Identifier>, name: Vec<HumanName>, qualification: Vec<Qualification> }
    /// What a practitioner is.
    Qualification { code: Option<CodeableConcept> }
    /// The person.
    Patient {
        id: String, meta: Option<Meta>, extension: Vec<Extension>, identifier: Vec<Identifier>, name: Vec<HumanName>,
        telecom: Vec<ContactPoint>, gender: String, birth_date: String, deceased_date_time: String, address: Vec<Address>,
        contact: Vec<PatientContact>, communication: Vec<Communication>, general_practitioner: Vec<Reference>,
        managing_organization: Option<Reference>,
    }
    /// A contact person, as the person named them.
    PatientContact { relationship: Vec<CodeableConcept>, name: Option<HumanName> }
    /// A language.
    Communication { language: Option<CodeableConcept> }
    /// An appointment.
    Appointment {
        id: String, identifier: Vec<Identifier>, status: String, cancelation_reason: Option<CodeableConcept>,
        service_type: Vec<CodeableConcept>, appointment_type: Option<CodeableConcept>, description: String, start: String,
        end: String, minutes_duration: Option<u32>, comment: String, participant: Vec<Participant>,
    }
    /// Who takes part in an appointment.
    Participant { actor: Option<Reference>, status: String }
    /// A consultation.
    Encounter {
        id: String, status: String, class: Option<Coding>, subject: Option<Reference>, participant: Vec<EncounterParticipant>,
        period: Option<Period>, reason_code: Vec<CodeableConcept>, service_provider: Option<Reference>,
    }
    /// Who held it.
    EncounterParticipant { individual: Option<Reference> }
    /// A condition or an antecedent.
    Condition {
        id: String, clinical_status: Option<CodeableConcept>, verification_status: Option<CodeableConcept>,
        category: Vec<CodeableConcept>, code: Option<CodeableConcept>, subject: Option<Reference>, onset_date_time: String,
        abatement_date_time: String, recorded_date: String, recorder: Option<Reference>, note: Vec<Annotation>,
    }
    /// An allergy.
    AllergyIntolerance {
        id: String, clinical_status: Option<CodeableConcept>, verification_status: Option<CodeableConcept>,
        category: Vec<String>, code: Option<CodeableConcept>, patient: Option<Reference>, recorded_date: String,
        recorder: Option<Reference>, note: Vec<Annotation>, reaction: Vec<Reaction>,
    }
    /// How an allergy shows.
    Reaction { manifestation: Vec<CodeableConcept>, severity: String }
    /// A line of a signed prescription.
    MedicationRequest {
        id: String, status: String, intent: String, medication_codeable_concept: Option<CodeableConcept>,
        subject: Option<Reference>, authored_on: String, requester: Option<Reference>, reason_code: Vec<CodeableConcept>,
        group_identifier: Option<Identifier>, note: Vec<Annotation>, dosage_instruction: Vec<Dosage>,
        dispense_request: Option<DispenseRequest>, substitution: Option<Substitution>,
    }
    /// How it is taken.
    Dosage { text: String }
    /// What is to be dispensed.
    DispenseRequest {
        number_of_repeats_allowed: Option<u32>, quantity: Option<Quantity>, expected_supply_duration: Option<Duration>,
    }
    /// Whether another may be given.
    Substitution { allowed_boolean: Option<bool>, reason: Option<CodeableConcept> }
    /// What the person takes, as noted.
    MedicationStatement {
        id: String, status: String, medication_codeable_concept: Option<CodeableConcept>, subject: Option<Reference>,
        effective_period: Option<Period>, date_asserted: String, information_source: Option<Reference>,
        dosage: Vec<Dosage>,
    }
    /// An act that was prescribed.
    ServiceRequest {
        id: String, requisition: Option<Identifier>, status: String, intent: String, code: Option<CodeableConcept>,
        quantity_quantity: Option<Quantity>, subject: Option<Reference>, authored_on: String, requester: Option<Reference>,
    }
    /// A measure, or a value of a report.
    Observation {
        id: String, status: String, category: Vec<CodeableConcept>, code: Option<CodeableConcept>, subject: Option<Reference>,
        effective_date_time: String, performer: Vec<Reference>, value_quantity: Option<Quantity>, value_string: String,
        data_absent_reason: Option<CodeableConcept>, interpretation: Vec<CodeableConcept>, note: Vec<Annotation>,
        reference_range: Vec<ReferenceRange>, component: Vec<Component>,
    }
    /// What is usual.
    ReferenceRange { low: Option<Quantity>, high: Option<Quantity>, text: String }
    /// A part of a measure.
    Component { code: Option<CodeableConcept>, value_quantity: Option<Quantity>, value_string: String }
    /// A laboratory's report.
    DiagnosticReport {
        id: String, identifier: Vec<Identifier>, status: String, category: Vec<CodeableConcept>,
        code: Option<CodeableConcept>, subject: Option<Reference>, effective_date_time: String, issued: String,
        performer: Vec<Reference>, result: Vec<Reference>, conclusion: String,
    }
    /// A vaccination.
    Immunization {
        id: String, status: String, vaccine_code: Option<CodeableConcept>, patient: Option<Reference>,
        occurrence_date_time: String, recorded: String, primary_source: Option<bool>, lot_number: String,
        site: Option<CodeableConcept>, performer: Vec<Performer>, note: Vec<Annotation>,
    }
    /// Who gave it.
    Performer { actor: Option<Reference> }
    /// A relative's condition.
    FamilyMemberHistory {
        id: String, status: String, patient: Option<Reference>, date: String, relationship: Option<CodeableConcept>,
        condition: Vec<FamilyCondition>,
    }
    /// What the relative has or had.
    FamilyCondition { code: Option<CodeableConcept> }
    /// What must be seen at once.
    Flag {
        id: String, status: String, category: Vec<CodeableConcept>, code: Option<CodeableConcept>, subject: Option<Reference>,
        period: Option<Period>, author: Option<Reference>,
    }
    /// A paper or a document.
    DocumentReference {
        id: String, identifier: Vec<Identifier>, status: String, r#type: Option<CodeableConcept>,
        category: Vec<CodeableConcept>, subject: Option<Reference>, date: String, author: Vec<Reference>,
        custodian: Option<Reference>, description: String, content: Vec<DocumentContent>, context: Option<DocumentContext>,
    }
    /// Its file.
    DocumentContent { attachment: Option<Attachment> }
    /// What it belongs to.
    DocumentContext { encounter: Vec<Reference> }
    /// A consent.
    Consent {
        id: String, status: String, scope: Option<CodeableConcept>, category: Vec<CodeableConcept>, patient: Option<Reference>,
        date_time: String, organization: Vec<Reference>, source_attachment: Option<Attachment>, policy_rule: Option<CodeableConcept>,
        verification: Vec<Verification>, provision: Option<Provision>,
    }
    /// Who gave it, in words.
    Verification { verified: Option<bool>, verified_with: Option<Reference>, verification_date: String }
    /// What it permits.
    Provision { r#type: String, period: Option<Period> }
    /// Who wrote what, when.
    Provenance { id: String, target: Vec<Reference>, recorded: String, activity: Option<CodeableConcept>, agent: Vec<Agent> }
    /// Somebody who wrote.
    Agent { r#type: Option<CodeableConcept>, who: Option<Reference>, on_behalf_of: Option<Reference> }
}

/// A resource.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "resourceType")]
#[expect(missing_docs, reason = "the kinds are FHIR's own")]
pub enum Resource {
    Organization(Box<Organization>),
    Practitioner(Box<Practitioner>),
    Patient(Box<Patient>),
    Appointment(Box<Appointment>),
    Encounter(Box<Encounter>),
    Condition(Box<Condition>),
    AllergyIntolerance(Box<AllergyIntolerance>),
    MedicationRequest(Box<MedicationRequest>),
    MedicationStatement(Box<MedicationStatement>),
    ServiceRequest(Box<ServiceRequest>),
    Observation(Box<Observation>),
    DiagnosticReport(Box<DiagnosticReport>),
    Immunization(Box<Immunization>),
    FamilyMemberHistory(Box<FamilyMemberHistory>),
    Flag(Box<Flag>),
    DocumentReference(Box<DocumentReference>),
    Consent(Box<Consent>),
    Provenance(Box<Provenance>),
}

macro_rules! boxed {
    ($($name:ident)*) => {
        $(impl From<$name> for Resource {
            fn from(resource: $name) -> Self {
                Resource::$name(Box::new(resource))
            }
        })*

        impl Resource {
            /// Its identifier.
            #[must_use]
            pub fn id(&self) -> &str {
                match self { $(Resource::$name(one) => &one.id,)* }
            }

            fn set_id(&mut self, id: String) {
                match self { $(Resource::$name(one) => one.id = id,)* }
            }

            /// Its kind.
            #[must_use]
            pub const fn kind(&self) -> &'static str {
                match self { $(Resource::$name(_) => stringify!($name),)* }
            }
        }
    };
}
boxed! {
    Organization Practitioner Patient Appointment Encounter Condition AllergyIntolerance MedicationRequest
    MedicationStatement ServiceRequest Observation DiagnosticReport Immunization FamilyMemberHistory Flag DocumentReference
    Consent Provenance
}

/// A bundle: a collection of resources that refer to nothing outside.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    /// Always `Bundle`.
    pub resource_type: String,
    /// Its own identifier.
    pub identifier: Identifier,
    /// Always `collection`.
    pub r#type: String,
    /// When it was made.
    pub timestamp: String,
    /// Its resources.
    pub entry: Vec<BundleEntry>,
}

/// A resource with its URL.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct BundleEntry {
    /// `urn:uuid:…`
    pub full_url: String,
    /// The resource.
    pub resource: Resource,
}

impl Bundle {
    /// An empty collection, made then.
    #[must_use]
    pub fn new(id: Uuid, timestamp: &str) -> Self {
        Self {
            resource_type: "Bundle".to_owned(),
            identifier: Identifier { system: "urn:ietf:rfc:3986".to_owned(), value: urn(id), ..Identifier::default() },
            r#type: "collection".to_owned(),
            timestamp: timestamp.to_owned(),
            entry: Vec::new(),
        }
    }

    /// Adds a resource under its identifier.
    pub fn add(&mut self, id: Uuid, resource: impl Into<Resource>) {
        let mut resource = resource.into();
        resource.set_id(id.to_string());
        self.entry.push(BundleEntry { full_url: urn(id), resource });
    }
}
