//! Requests and views of the head of the practice's papers.

use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What the practice says on all its papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PracticePaperView {
    /// Which letters the head is in.
    #[ts(type = "'latin' | 'arabic' | 'both'")]
    pub letters: String,
    /// The usual sheet.
    #[ts(type = "'a4' | 'a5'")]
    pub sheet: String,
    /// The practice's name in Arabic letters.
    pub name_arabic: String,
    /// E-mail address.
    pub email: String,
    /// FINESS number of the structure (France).
    pub structure: String,
    /// Under the head.
    pub note: String,
    /// At the foot of every page.
    pub foot: String,
}

/// What a practitioner says on theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PractitionerPaperView {
    /// Qualifications, a line each.
    pub qualifications: String,
    /// Title and names in Arabic letters.
    pub name_arabic: String,
    /// Qualifications in Arabic, a line each.
    pub qualifications_arabic: String,
    /// Address in Arabic, a line each.
    pub address_arabic: String,
    /// Number at the order of physicians (Morocco).
    pub order_number: String,
    /// Whether registration numbers are printed as bar codes too.
    pub bars: bool,
}

/// Both, for one practitioner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct LetterheadView {
    /// The practice's.
    pub practice: PracticePaperView,
    /// The practitioner's.
    pub own: PractitionerPaperView,
    /// The logo, base 64; empty: none.
    pub logo: String,
    /// Codes of checks that warn (never block).
    pub warnings: Vec<String>,
}

/// Keep, or show without keeping, what is said here.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LetterheadRequest {
    /// Whose papers.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// The practice's.
    pub practice: PracticePaperView,
    /// The practitioner's.
    pub own: PractitionerPaperView,
    /// The logo, base 64; empty: none.
    pub logo: String,
    /// Language of the sample that is shown.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}
