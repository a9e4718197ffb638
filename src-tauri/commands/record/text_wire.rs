//! Requests and views of the texts that a record is written with.

use domain::id::{AbbreviationId, PatientId, TemplateId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Templates and abbreviations that this user writes with.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RecordTextsView {
    /// By name.
    pub templates: Vec<TemplateView>,
    /// By key. Of two alike the practitioner's own counts, and is the only one here.
    pub abbreviations: Vec<AbbreviationView>,
}

/// A template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// Identifier.
    #[ts(type = "TemplateId")]
    pub id: TemplateId,
    /// The practitioner's own, and not the practice's.
    pub own: bool,
    /// Name.
    pub name: String,
    /// The one section that it belongs to, or `whole` where it fills several.
    #[ts(type = "'reason' | 'history' | 'examination' | 'conclusion' | 'plan' | 'whole'")]
    pub section: String,
    /// Texts by section, with fields in braces.
    pub text: SectionsView,
}

/// Texts of the sections of a consultation.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct SectionsView {
    /// Why they came.
    pub reason: String,
    /// History of it.
    pub history: String,
    /// Examination.
    pub examination: String,
    /// Conclusion.
    pub conclusion: String,
    /// What is to be done.
    pub plan: String,
}

/// An abbreviation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AbbreviationView {
    /// Identifier.
    #[ts(type = "AbbreviationId")]
    pub id: AbbreviationId,
    /// The practitioner's own, and not the practice's.
    pub own: bool,
    /// As it is typed.
    pub short: String,
    /// As it is looked up: case and accents do not count.
    pub key: String,
    /// What it stands for.
    pub text: String,
}

/// Add or change a template.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveTemplateRequest {
    /// Which; none: a new one.
    #[ts(type = "TemplateId | null")]
    pub id: Option<TemplateId>,
    /// One's own, and not the practice's.
    pub own: bool,
    /// Name.
    pub name: String,
    /// Texts by section; those that are empty it leaves alone.
    pub text: SectionsView,
}

/// One template.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct TemplateRequest {
    /// Which.
    #[ts(type = "TemplateId")]
    pub id: TemplateId,
}

/// Fill a template for a patient whose record is open.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct FillTemplateRequest {
    /// Which.
    #[ts(type = "TemplateId")]
    pub id: TemplateId,
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// Add or change an abbreviation.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveAbbreviationRequest {
    /// Which; none: a new one.
    #[ts(type = "AbbreviationId | null")]
    pub id: Option<AbbreviationId>,
    /// One's own, and not the practice's.
    pub own: bool,
    /// As it is typed: one word.
    pub short: String,
    /// What it stands for.
    pub text: String,
}

/// One abbreviation.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AbbreviationRequest {
    /// Which.
    #[ts(type = "AbbreviationId")]
    pub id: AbbreviationId,
}

/// What was saved, and what takes it back.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SavedTextView {
    /// Its identifier.
    pub id: String,
    /// The journal's entry that undo takes back.
    pub sequence: i64,
}
