//! Requests and views of contact persons and consents.

use domain::id::{ConsentId, ContactPersonId, PatientId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A contact person.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactView {
    /// Identifier.
    #[ts(type = "ContactPersonId")]
    pub id: ContactPersonId,
    /// Name.
    pub name: String,
    /// Word of the relation, or empty.
    #[ts(type = "Relation | ''")]
    pub relation: String,
    /// Their own phone; empty: the linked patient's.
    pub phone: String,
    /// The phone under which they are reached, as the country writes it.
    pub phone_shown: String,
    /// Decides for a minor.
    pub guardian: bool,
    /// The patient of the practice they are.
    #[ts(type = "PatientId | null")]
    pub linked_patient_id: Option<PatientId>,
    /// That patient's name.
    pub linked_patient: String,
    /// May be told of appointments.
    pub told_appointments: bool,
    /// May be given messages.
    pub told_messages: bool,
    /// May be told of results.
    pub told_results: bool,
    /// Grows with each change.
    pub revision: i64,
}

/// A guardian's consent that a minor's data may go to a portal.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentView {
    /// Identifier.
    #[ts(type = "ConsentId")]
    pub id: ConsentId,
    /// Who gave it.
    pub by: String,
    /// ISO date.
    pub given_on: String,
    /// How.
    #[ts(type = "'spoken' | 'written' | 'electronic'")]
    pub way: String,
    /// The user who noted it.
    pub noted_by: String,
    /// ISO date.
    pub withdrawn_on: Option<String>,
    /// Whether it holds today.
    pub holds: bool,
}

/// A patient whose contact person somebody is.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactOfView {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Name.
    pub patient: String,
    /// What they are to them.
    #[ts(type = "Relation | ''")]
    pub relation: String,
}

/// The contact persons of a patient.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ContactsView {
    /// Guardians first.
    pub contacts: Vec<ContactView>,
    /// Consents, the newest first.
    pub consents: Vec<ConsentView>,
    /// Under the age from which a portal asks the patient alone.
    pub minor: bool,
    /// How it stands with a minor's consent.
    #[ts(type = "'current' | 'missing' | null")]
    pub guardian: Option<String>,
    /// Whose contact person this patient is.
    pub contact_of: Vec<ContactOfView>,
}

/// Add or change a contact person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveContactRequest {
    /// None: a new one.
    #[ts(type = "ContactPersonId | null")]
    pub id: Option<ContactPersonId>,
    /// The revision that was shown.
    pub revision: Option<i64>,
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Name; empty: the linked patient's.
    pub name: String,
    /// Word of the relation, or empty.
    #[ts(type = "Relation | ''")]
    pub relation: String,
    /// Phone as typed; empty: the linked patient's.
    pub phone: String,
    /// Decides for a minor.
    pub guardian: bool,
    /// The patient of the practice they are.
    #[ts(type = "PatientId | null")]
    pub linked_patient_id: Option<PatientId>,
    /// May be told of appointments.
    pub told_appointments: bool,
    /// May be given messages.
    pub told_messages: bool,
    /// May be told of results.
    pub told_results: bool,
}

/// A contact person that was saved, and how to undo it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedContactView {
    /// As it is now.
    pub contact: ContactView,
    /// The journal's entry.
    pub sequence: i64,
}

/// One contact person.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ContactRequest {
    /// Who.
    #[ts(type = "ContactPersonId")]
    pub id: ContactPersonId,
}

/// Note a guardian's consent.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct GiveConsentRequest {
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// By whom: a guardian among the contact persons.
    #[ts(type = "ContactPersonId")]
    pub contact_person_id: ContactPersonId,
    /// Date as typed; empty: today.
    pub given_on: String,
    /// How.
    #[ts(type = "'spoken' | 'written' | 'electronic'")]
    pub way: String,
}

/// Note that a consent was withdrawn.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct WithdrawConsentRequest {
    /// Which.
    #[ts(type = "ConsentId")]
    pub id: ConsentId,
    /// Date as typed; empty: today.
    pub withdrawn_on: String,
}
