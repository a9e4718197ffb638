//! Requests and views of consents to the practice's purposes.

use domain::id::{ConsentPurposeId, ContactPersonId, PatientId, PurposeConsentId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Words in the three languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ThreeLanguages {
    /// French.
    pub fr: String,
    /// Arabic.
    pub ar: String,
    /// English.
    pub en: String,
}

/// A version of a text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentTextView {
    /// From 1.
    pub version: i64,
    /// The words.
    pub text: ThreeLanguages,
    /// ISO date of the version.
    pub written_on: String,
}

/// A purpose with its texts.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentPurposeView {
    /// Identifier.
    #[ts(type = "ConsentPurposeId")]
    pub id: ConsentPurposeId,
    /// Its name.
    pub name: ThreeLanguages,
    /// Whether it is still asked for.
    pub active: bool,
    /// The newest first.
    pub texts: Vec<ConsentTextView>,
    /// Grows with each change.
    pub revision: i64,
}

/// The practice's purposes.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentPurposesView {
    /// In their order.
    pub purposes: Vec<ConsentPurposeView>,
}

/// Keep a purpose; a changed text is its next version.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveConsentPurposeRequest {
    /// Which; none: a new one.
    #[ts(type = "ConsentPurposeId | null")]
    pub id: Option<ConsentPurposeId>,
    /// Its name.
    pub name: ThreeLanguages,
    /// The words.
    pub text: ThreeLanguages,
    /// Whether it is asked for.
    pub active: bool,
    /// The revision that was shown; 0 for a new one.
    pub revision: i64,
}

/// Whose consents.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ListConsentsRequest {
    /// The person.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A consent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PurposeConsentView {
    /// Identifier.
    #[ts(type = "PurposeConsentId")]
    pub id: PurposeConsentId,
    /// To what.
    #[ts(type = "ConsentPurposeId")]
    pub purpose_id: ConsentPurposeId,
    /// In which version of the words.
    pub text_version: i64,
    /// Whether there is a newer one.
    pub is_older_text: bool,
    /// The language in which they were shown.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// How it stands today.
    #[ts(type = "'given' | 'withdrawn' | 'lapsed'")]
    pub state: String,
    /// The guardian who gave it, or empty.
    pub by: String,
    /// ISO date.
    pub given_on: String,
    /// How.
    #[ts(type = "'spoken' | 'written' | 'electronic'")]
    pub way: String,
    /// Who noted it.
    pub noted_by: String,
    /// ISO date.
    pub withdrawn_on: Option<String>,
}

/// A guardian who can consent.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentGuardianView {
    /// The contact person.
    #[ts(type = "ContactPersonId")]
    pub id: ContactPersonId,
    /// Name.
    pub name: String,
}

/// A person's consents.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ConsentsView {
    /// Whether a guardian has to consent.
    pub needs_guardian: bool,
    /// Who can.
    pub guardians: Vec<ConsentGuardianView>,
    /// The newest first.
    pub consents: Vec<PurposeConsentView>,
    /// What can be consented to.
    pub purposes: Vec<ConsentPurposeView>,
}

/// Note a consent.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RecordConsentRequest {
    /// Whose.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// To what.
    #[ts(type = "ConsentPurposeId")]
    pub purpose_id: ConsentPurposeId,
    /// The version of the words that was shown.
    pub text_version: i64,
    /// In which language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// The guardian who gives it.
    #[ts(type = "ContactPersonId | null")]
    pub contact_person_id: Option<ContactPersonId>,
    /// ISO date; empty: today.
    pub given_on: String,
    /// How.
    #[ts(type = "'spoken' | 'written' | 'electronic'")]
    pub way: String,
}

/// Note that a consent was taken back.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RetractConsentRequest {
    /// Which.
    #[ts(type = "PurposeConsentId")]
    pub id: PurposeConsentId,
    /// ISO date; empty: today.
    pub withdrawn_on: String,
    /// How.
    #[ts(type = "'spoken' | 'written' | 'electronic'")]
    pub way: String,
}
