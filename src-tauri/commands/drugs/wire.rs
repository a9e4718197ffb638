//! Requests and views of the drug base and of the thesaurus. No patient is in them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Replace the drug base by the official files.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct ImportDrugsRequest {
    /// The folder with the seven files, or a zip archive of them; nothing where they are fetched.
    pub folder: String,
    /// Fetch them from the authority's own address.
    pub download: bool,
    /// Its edition, a date; none: the newest day that the files speak of.
    pub edition: Option<String>,
}

/// Replace the thesaurus.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportInteractionsRequest {
    /// The file of pairs, JSON, or the published PDF.
    pub file: String,
    /// The file of substances with their classes; none: the one beside it, `substances-…` for `thesaurus-…`; of a PDF its own lists.
    pub substances: Option<String>,
    /// Its edition, a date or a month; none: what the file's name says, or the PDF itself.
    pub edition: Option<String>,
}

/// What became of a drug base.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedDrugsView {
    /// Drugs.
    pub drugs: i64,
    /// Rows of composition.
    pub compositions: i64,
    /// Packs.
    pub presentations: i64,
    /// Conditions of prescription and dispensing.
    pub conditions: i64,
    /// Members of generic groups.
    pub generics: i64,
    /// Shortages.
    pub shortages: i64,
    /// Rows of drugs that the base lacks: kept.
    pub orphans: i64,
    /// Blank lines, put aside.
    pub rejected: i64,
    /// Edition in use from now on.
    pub edition: String,
    /// Substances, and how many the thesaurus knows.
    pub mapping: MappingCountsView,
}

/// What became of a thesaurus.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ImportedInteractionsView {
    /// Pairs.
    pub pairs: i64,
    /// Substances.
    pub substances: i64,
    /// Classes.
    pub classes: i64,
    /// Edition in use from now on.
    pub edition: String,
    /// Substances of the drug base, and how many this thesaurus knows.
    pub mapping: MappingCountsView,
}

/// How many substances of the drug base are linked to the thesaurus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MappingCountsView {
    /// Substances of the drug base.
    pub substances: i64,
    /// Linked by their own name.
    pub by_name: i64,
    /// Linked through their therapeutic fraction.
    pub by_fraction: i64,
    /// Homeopathic stocks, never linked.
    pub homeopathic: i64,
    /// Not linked.
    pub unlinked: i64,
}

/// An edition in use.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DrugEditionView {
    /// Which base.
    #[ts(type = "'drugs' | 'interactions'")]
    pub base: String,
    /// Date or month.
    pub edition: String,
    /// When it was imported, UTC.
    pub imported_at: String,
}

/// The editions in use; a base that was never imported is not there.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DrugEditionsView {
    /// At most one a base.
    pub editions: Vec<DrugEditionView>,
}

/// Search drugs.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchDrugsRequest {
    /// Brand, substance, ATC, CIS or CIP; beginnings or fragments, accents or not.
    pub text: String,
    /// At most so many.
    pub limit: i64,
}

/// A drug that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundDrugView {
    /// Eight digits.
    pub cis: String,
    /// Name.
    pub name: String,
    /// Substances: therapeutic fractions where they are known.
    pub substances: Vec<String>,
    /// ATC, empty where the base has none.
    pub atc: String,
    /// Form.
    pub form: String,
    /// Can be had.
    pub marketed: bool,
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FoundDrugsView {
    /// The closest first.
    pub drugs: Vec<FoundDrugView>,
    /// There are more.
    pub more: bool,
    /// Of which edition.
    pub edition: String,
}

/// A drug.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DrugRequest {
    /// Eight digits.
    pub cis: String,
}

/// A row of composition.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CompositionView {
    /// Element.
    pub element: String,
    /// Code of the substance.
    pub code: String,
    /// Name.
    pub substance: String,
    /// Dosage.
    pub dosage: String,
    /// What the dosage refers to.
    pub reference: String,
    /// Therapeutic fraction, else substance.
    pub fraction: bool,
    /// Joins a substance with its fraction.
    pub link: i64,
    /// The thesaurus knows it.
    pub linked: bool,
}

/// A pack.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PresentationView {
    /// Old code.
    pub cip7: String,
    /// Code.
    pub cip13: String,
    /// Label.
    pub label: String,
    /// Administrative status.
    pub status: String,
    /// State of marketing.
    pub marketing: String,
    /// ISO date or empty.
    pub declared_on: String,
    /// Approved for collectivities.
    pub collectivities: String,
    /// Reimbursed, per cent.
    pub rate: Option<i64>,
    /// Price without fee, cents.
    pub price_cents: Option<i64>,
    /// Price with fee, cents.
    pub price_with_fee_cents: Option<i64>,
    /// Fee, cents.
    pub fee_cents: Option<i64>,
    /// Reimbursed for which indications.
    pub indication: String,
}

/// A member of a generic group of the drug.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct GenericView {
    /// Number of the group.
    pub group: i64,
    /// Label of the group.
    pub label: String,
    /// 0 princeps, 1, 2, 4 generic.
    pub kind: i64,
    /// CIS.
    pub cis: i64,
    /// Name; empty where the base lacks it.
    pub name: String,
}

/// A condition of prescription or dispensing.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ConditionView {
    /// Official wording.
    pub wording: String,
    /// What rule it is.
    pub kind: String,
    /// Days or months, where the rule has them.
    pub number: Option<i64>,
}

/// A shortage, or its end.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ShortageView {
    /// The pack; empty: all.
    pub cip13: String,
    /// What is the matter.
    pub status: String,
    /// ISO date or empty.
    pub begun_on: String,
    /// ISO date or empty.
    pub updated_on: String,
    /// ISO date or empty.
    pub back_on: String,
    /// The authority's page.
    pub link: String,
}

/// Everything the base says of a drug.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DrugView {
    /// Eight digits.
    pub cis: String,
    /// Name.
    pub name: String,
    /// Form.
    pub form: String,
    /// Routes.
    pub routes: Vec<String>,
    /// Status of the authorisation.
    pub authorisation: String,
    /// Procedure.
    pub procedure: String,
    /// State of marketing.
    pub marketing: String,
    /// ISO date or empty.
    pub authorised_on: String,
    /// Alert or warning.
    pub bdm_status: String,
    /// European number.
    pub eu_number: String,
    /// Holders.
    pub holders: Vec<String>,
    /// Under enhanced surveillance.
    pub surveillance: bool,
    /// Substances: therapeutic fractions where they are known.
    pub substances: Vec<String>,
    /// ATC.
    pub atc: String,
    /// Composition.
    pub composition: Vec<CompositionView>,
    /// Packs.
    pub presentations: Vec<PresentationView>,
    /// Generic groups, with their members.
    pub generics: Vec<GenericView>,
    /// Conditions.
    pub conditions: Vec<ConditionView>,
    /// Shortages.
    pub shortages: Vec<ShortageView>,
    /// Of which edition.
    pub edition: String,
}

/// Check lines against each other and against what is taken already.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(deny_unknown_fields, default)]
pub struct CheckDrugsRequest {
    /// Substances by name, one a line.
    pub substances: Vec<String>,
    /// Drugs by CIS, one a line.
    pub cis: Vec<String>,
    /// Substances that are taken already.
    pub current_substances: Vec<String>,
    /// Drugs that are taken already.
    pub current_cis: Vec<String>,
}

/// A finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct FindingView {
    /// What kind.
    #[ts(type = "'interaction' | 'same_substance' | 'unknown'")]
    pub kind: String,
    /// Substance.
    pub a: String,
    /// The other substance; empty where one alone is not known.
    pub b: String,
    /// The line of `a`.
    pub a_line: String,
    /// The line of `b`.
    pub b_line: String,
    /// The thesaurus' term, in French; `même substance`; `unknown`.
    pub level: String,
    /// The level's stable word; empty where it is no interaction.
    pub level_word: String,
    /// Why.
    pub mechanism: String,
    /// When it applies and what to do.
    pub advice: String,
    /// The two names of the thesaurus that say it.
    pub through: String,
    /// Edition of the thesaurus.
    pub edition: String,
}

/// What is to be said of the lines; none is not "safe": nothing was found in this edition.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CheckedDrugsView {
    /// The gravest first.
    pub findings: Vec<FindingView>,
    /// Edition of the thesaurus.
    pub edition: String,
    /// Edition of the drug base; empty where there is none.
    pub drugs_edition: String,
}

/// A substance of the drug base.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappedSubstanceView {
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name in the thesaurus; empty: not linked.
    pub term: String,
    /// `name`, `fraction`, `homeopathic`, or nothing where it is not linked.
    pub through: String,
    /// In how many drugs.
    pub drugs: i64,
}

/// Which substances of the drug base are linked to the thesaurus, and which are not.
#[derive(Debug, Clone, Serialize, TS)]
pub struct MappingView {
    /// How many.
    pub counts: MappingCountsView,
    /// Every substance, those of most drugs first.
    pub substances: Vec<MappedSubstanceView>,
    /// The editions in use.
    pub editions: Vec<DrugEditionView>,
}
