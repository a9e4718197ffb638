//! Requests and views of prescriptions, certificates and letters. A draft is what the window holds until it is signed:
//! nothing of it is kept.

use std::collections::BTreeMap;

use domain::id::{EntryId, PatientId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::kept_wire::{LetterTemplateView, PrescriptionSetView};

/// Strength, units and intakes in full letters.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct LettersFields {
    /// The strength.
    pub strength: String,
    /// The units of each intake.
    pub per_intake: String,
    /// The number of intakes.
    pub intakes: String,
}

/// A drug's line as it is drafted. Empty texts say nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct LineFields {
    /// INN; several joined by " + ".
    pub substance: String,
    /// Brand.
    pub brand: String,
    /// Eight digits, where it is a drug of the base.
    pub cis: String,
    /// Strength.
    pub strength: String,
    /// Form.
    pub form: String,
    /// What is counted at an intake: `tablet`, `capsule` …
    pub unit: String,
    /// How it is taken, as typed or as a sentence.
    pub posology: String,
    /// Packs, in place of a duration.
    pub packs: Option<u16>,
    /// How often it may be renewed; none: nothing is said.
    pub renewals: Option<u8>,
    /// `MTE`, `EFG`, `CIF`, or empty.
    #[ts(type = "'' | 'MTE' | 'EFG' | 'CIF'")]
    pub non_substitutable: String,
    /// For the long-term condition: upper zone.
    pub ald: bool,
    /// In full letters.
    pub letters: Option<LettersFields>,
    /// Dispensed so many days at a time.
    pub fraction_days: Option<u16>,
    /// Dispensed all at once.
    pub single_delivery: bool,
    /// Morocco's table: `A`, `B`, `C`, or empty.
    #[ts(type = "'' | 'A' | 'B' | 'C'")]
    pub table: String,
    /// Why a contre-indication is overridden.
    pub override_reason: String,
}

/// An act as it is drafted.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ActFields {
    /// What is to be done.
    pub text: String,
    /// Sessions.
    pub sessions: Option<u16>,
    /// At the patient's home.
    pub at_home: bool,
    /// For the long-term condition.
    pub ald: bool,
}

/// A prescription that is not signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrescriptionDraft {
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// What is prescribed.
    #[ts(type = "'drugs' | 'physiotherapy' | 'nursing' | 'laboratory' | 'imaging'")]
    pub kind: String,
    /// Language of the paper.
    #[ts(type = "'fr' | 'ar'")]
    pub language: String,
    /// Sheet; empty: the practice's usual one.
    #[ts(type = "'' | 'a4' | 'a5'")]
    pub sheet: String,
    /// Onto the secure form.
    pub secure_form: bool,
    /// Drugs.
    pub lines: Vec<LineFields>,
    /// Acts.
    pub acts: Vec<ActFields>,
}

/// Read what was typed of a line.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct DraftLineRequest {
    /// What was typed: a drug, a drug and its posology, or where a drug is chosen the posology alone.
    pub text: String,
    /// The drug that was chosen, eight digits; empty: it is in the text.
    pub cis: String,
    /// Without its brand.
    pub inn: bool,
    /// Language of the paper.
    #[ts(type = "'fr' | 'ar'")]
    pub language: String,
}

/// A drug that could be meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MeantDrugView {
    /// Eight digits.
    pub cis: String,
    /// Name.
    pub name: String,
    /// Substances.
    pub substances: Vec<String>,
    /// Form.
    pub form: String,
    /// Whether it is on the market.
    pub marketed: bool,
}

/// Where a posology stopped being understood, in characters of the posology's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct MisreadView {
    /// The posology's text.
    pub text: String,
    /// First character.
    pub from: u32,
    /// The character after.
    pub to: u32,
    /// Why.
    #[ts(type = "'unknown' | 'twice' | 'nothing' | 'unsound'")]
    pub why: String,
}

/// Packs for a need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PacksView {
    /// How many.
    pub packs: u32,
    /// By the usual measure of drops and spoons: likely only.
    pub estimated: bool,
    /// The pack's label.
    pub label: String,
}

/// A line as it reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReadLineView {
    /// The posology as one sentence in French; empty where it is none.
    pub french: String,
    /// In Arabic.
    pub arabic: String,
    /// Days of one dispensing.
    pub days: Option<u32>,
    /// Units altogether, as a decimal number.
    pub units: String,
    /// Intakes altogether.
    pub intakes: Option<u32>,
    /// Packs that it takes.
    pub packs: Option<PacksView>,
    /// What the law asks of the drug: `list_1`, `narcotic`, `secure_form`, …
    pub conditions: Vec<String>,
}

/// What was understood of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DraftedLineView {
    /// Drugs that could be meant, the likeliest first.
    pub drugs: Vec<MeantDrugView>,
    /// The line, where there is one to add.
    pub line: Option<LineFields>,
    /// How it reads.
    pub reading: Option<ReadLineView>,
    /// Posologies that go on from what was typed.
    pub completions: Vec<String>,
    /// Where the posology was not understood.
    pub misread: Option<MisreadView>,
    /// The secure form is needed.
    pub secure_form: bool,
    /// The drug base's edition; empty: none was imported.
    pub edition: String,
}

/// Something to be said of a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrescriptionFindingView {
    /// What, as the key of its words: a rule's word, `interaction`, `same_substance`, `unknown_substance`, `allergy`,
    /// `allergy_unknown`, `for_adults`, `for_younger`, `out_of_years`, `childbearing`, `no_thesaurus`, `no_drugs`.
    pub code: String,
    /// `hard`: not signed; `reason`: signed with a reason that is kept; `warning`; `note`.
    #[ts(type = "'hard' | 'reason' | 'warning' | 'note'")]
    pub severity: String,
    /// The line, from zero; none: the whole.
    pub line: Option<u32>,
    /// The other line.
    pub other_line: Option<u32>,
    /// What it is about: substance, treatment or allergy by name.
    pub about: String,
    /// What it is held against.
    pub against: String,
    /// The thesaurus' level, its own term.
    pub level: String,
    /// The level's stable word.
    pub level_word: String,
    /// Mechanism.
    pub mechanism: String,
    /// Advice.
    pub advice: String,
    /// What the words need.
    #[ts(type = "Record<string, string>")]
    pub parameters: BTreeMap<String, String>,
    /// Article of the law, or the thesaurus' edition.
    pub source: String,
    /// A reason was given.
    pub settled: bool,
}

/// A draft, checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CheckedPrescriptionView {
    /// The gravest first.
    pub findings: Vec<PrescriptionFindingView>,
    /// Whether it may be signed as it is.
    pub signable: bool,
    /// Whether the secure form is needed.
    pub secure_form: bool,
    /// How each line reads.
    pub lines: Vec<ReadLineView>,
    /// The drug base's edition; empty: none.
    pub drugs_edition: String,
    /// The thesaurus' edition; empty: none.
    pub edition: String,
}

/// Begin to prescribe.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct StartPrescriptionRequest {
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
}

/// A signed paper in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedPaperView {
    /// Its entry of the record.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// Its number: `2026-000012`.
    pub number: String,
    /// ISO date that it bears.
    pub on: String,
    /// What it is.
    #[ts(type = "'drugs' | 'physiotherapy' | 'nursing' | 'laboratory' | 'imaging' | 'certificate' | 'letter'")]
    pub kind: String,
    /// Title of a letter.
    pub title: String,
    /// Its lines, a sentence each.
    pub lines: Vec<String>,
    /// Who signed.
    pub signer: String,
    /// Why it was struck.
    pub struck: Option<String>,
    /// How often it was printed.
    pub prints: i64,
    /// On the secure form.
    pub secure_form: bool,
}

/// A treatment or an allergy, as checks take it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct KnownView {
    /// What.
    pub label: String,
    /// Posology of a treatment, reaction of an allergy.
    pub detail: String,
}

/// What one sees while prescribing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PrescribingView {
    /// For whom: the one that others were merged into.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Family and given name.
    pub name: String,
    /// Full years.
    pub years: Option<u32>,
    /// Grams.
    pub weight_g: Option<u32>,
    /// A long-term condition is recorded.
    pub ald: bool,
    /// The patient's language: `fr`, `ar` or empty.
    pub language: String,
    /// Treatments that stand.
    pub treatments: Vec<KnownView>,
    /// Allergies that stand.
    pub allergies: Vec<KnownView>,
    /// Entries of the record that cannot be read: checks do not know what they say.
    pub damaged: i64,
    /// The country whose rules hold.
    #[ts(type = "Country")]
    pub country: String,
    /// Who would sign; empty: this session may not.
    pub signer: String,
    /// Signed papers, the newest first.
    pub papers: Vec<SignedPaperView>,
    /// Favourites of whoever is here.
    pub favourites: Vec<PrescriptionSetView>,
    /// Protocols of the practice.
    pub protocols: Vec<PrescriptionSetView>,
    /// Templates.
    pub templates: Vec<LetterTemplateView>,
}

/// A signed paper was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedView {
    /// The paper.
    pub paper: SignedPaperView,
    /// The archived original's name.
    pub document: String,
    /// SHA-256 of the original.
    pub digest: String,
}

/// One signed paper.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PaperRequest {
    /// Its entry.
    #[ts(type = "EntryId")]
    pub id: EntryId,
}

/// Signed papers of a patient.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignedPapersView {
    /// The newest first.
    pub papers: Vec<SignedPaperView>,
}

/// A signed paper, opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ShownPaperView {
    /// The paper.
    pub paper: SignedPaperView,
    /// The content of a prescription, as a draft has it.
    pub draft: Option<PrescriptionDraft>,
    /// The text of a letter.
    pub text: String,
    /// The archived original's name.
    pub document: String,
    /// SHA-256 of the original.
    pub digest: String,
}

/// Prescribe again what was prescribed.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct RenewPrescriptionRequest {
    /// For whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Which; none: the last one of drugs.
    #[ts(type = "EntryId | null")]
    pub id: Option<EntryId>,
}

/// A draft made of an earlier prescription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RenewedPrescriptionView {
    /// What was renewed.
    pub renewed: SignedPaperView,
    /// The draft, of today.
    pub draft: PrescriptionDraft,
    /// Checked again.
    pub checked: CheckedPrescriptionView,
}
