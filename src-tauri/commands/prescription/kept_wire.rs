//! Requests and views of what is kept to prescribe from: favourites, protocols, templates, the secure form, one's signature;
//! and drafts of letters.

use std::collections::BTreeMap;

use domain::id::{LetterTemplateId, PatientId, PrescriptionSetId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::wire::{ActFields, LineFields};

/// A favourite or a protocol.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrescriptionSetView {
    /// Identifier.
    #[ts(type = "PrescriptionSetId")]
    pub id: PrescriptionSetId,
    /// Name.
    pub name: String,
    /// Lines.
    pub lines: Vec<LineFields>,
    /// Acts.
    pub acts: Vec<ActFields>,
}

/// Keep a favourite or a protocol.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SavePrescriptionSetRequest {
    /// Which; none: a new one.
    #[ts(type = "PrescriptionSetId | null")]
    pub id: Option<PrescriptionSetId>,
    /// One's own, or the practice's.
    #[ts(type = "'favourite' | 'protocol'")]
    pub kind: String,
    /// Name.
    pub name: String,
    /// Lines.
    pub lines: Vec<LineFields>,
    /// Acts.
    pub acts: Vec<ActFields>,
}

/// One favourite or protocol.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrescriptionSetRequest {
    /// Which.
    #[ts(type = "PrescriptionSetId")]
    pub id: PrescriptionSetId,
}

/// Favourites, protocols, templates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrescriptionSetsView {
    /// One's own.
    pub favourites: Vec<PrescriptionSetView>,
    /// The practice's.
    pub protocols: Vec<PrescriptionSetView>,
    /// Templates.
    pub templates: Vec<LetterTemplateView>,
}

/// What was kept, and the entry of the journal that undoes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SavedSetView {
    /// Identifier.
    pub id: String,
    /// The journal's entry.
    pub sequence: i64,
}

/// A template of a certificate or letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LetterTemplateView {
    /// Identifier.
    #[ts(type = "LetterTemplateId")]
    pub id: LetterTemplateId,
    /// What it becomes.
    #[ts(type = "'certificate' | 'letter'")]
    pub kind: String,
    /// Its language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// Name.
    pub name: String,
    /// Title or subject, with fields.
    pub title: String,
    /// Text, with fields.
    pub text: String,
}

/// Keep a template.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveLetterTemplateRequest {
    /// Which; none: a new one.
    #[ts(type = "LetterTemplateId | null")]
    pub id: Option<LetterTemplateId>,
    /// What it becomes.
    #[ts(type = "'certificate' | 'letter'")]
    pub kind: String,
    /// Its language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// Name.
    pub name: String,
    /// Title or subject.
    pub title: String,
    /// Text.
    pub text: String,
}

/// One template.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LetterTemplateRequest {
    /// Which.
    #[ts(type = "LetterTemplateId")]
    pub id: LetterTemplateId,
}

/// A letter or certificate that is not signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LetterDraft {
    /// About whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// What it is.
    #[ts(type = "'certificate' | 'letter'")]
    pub kind: String,
    /// Its language.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// Sheet; empty: the practice's usual one.
    #[ts(type = "'' | 'a4' | 'a5'")]
    pub sheet: String,
    /// To whom, a line each.
    pub recipient: String,
    /// Title or subject.
    pub title: String,
    /// Text; fields in braces.
    pub text: String,
    /// What somebody typed for fields that the record does not know, by their names.
    #[ts(type = "Record<string, string>")]
    pub values: BTreeMap<String, String>,
}

/// A letter with its fields filled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FilledLetterView {
    /// Title.
    pub title: String,
    /// Text.
    pub text: String,
    /// Fields that are still open.
    pub unfilled: Vec<String>,
}

/// Where the secure form has an area, in hundredths of a millimetre from the top left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct AreaFields {
    /// Left edge.
    pub x: i32,
    /// Top edge.
    pub y: i32,
    /// Width.
    pub width: i32,
    /// Height.
    pub height: i32,
}

/// How the secure form is printed onto: its areas, and how far the printer is off. Hundredths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SecureFormFields {
    /// The patient's identity.
    pub patient: AreaFields,
    /// Place and date.
    pub date: AreaFields,
    /// The lines.
    pub lines: AreaFields,
    /// The number of lines.
    pub number: AreaFields,
    /// To move everything to the right.
    pub right: i32,
    /// To move everything down.
    pub down: i32,
    /// Magnification in hundredths of a per cent: 10 000 is none.
    pub scale: i32,
}

/// The secure form of one sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SecureFormView {
    /// The sheet's values.
    pub form: SecureFormFields,
    /// They were measured here, not only the usual ones.
    pub measured: bool,
}

/// Ask for the secure form of a sheet.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SecureFormRequest {
    /// The sheet.
    #[ts(type = "'a4' | 'a5'")]
    pub sheet: String,
}

/// Keep how the secure form is printed onto.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSecureFormRequest {
    /// The sheet.
    #[ts(type = "'a4' | 'a5'")]
    pub sheet: String,
    /// Its values; none: the usual ones again.
    pub form: Option<SecureFormFields>,
}

/// Print the sheet that finds out how far a printer is off.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintCalibrationRequest {
    /// The sheet.
    #[ts(type = "'a4' | 'a5'")]
    pub sheet: String,
    /// Language of its words.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}

/// Keep the image of one's own signature.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveSignatureRequest {
    /// PNG or JPEG, base 64; empty: none any more.
    pub base64: String,
}

/// Whether one's own signature is kept, and how it looks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignatureView {
    /// The image, base 64; empty: none.
    pub base64: String,
}
