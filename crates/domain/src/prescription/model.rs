//! A prescription as it is drafted, checked, signed and kept.
//!
//! Deliberately not here: who may sign, where it is kept, and what the law asks ([`super::rules`]).

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::posology::Posology;
use super::sentence::Language;
use super::{Span, quantity};
use crate::patient::sex::Sex;

words! {
    /// What is prescribed.
    Kind {
        /// Drugs.
        Drugs = "drugs",
        /// Physiotherapy.
        Physiotherapy = "physiotherapy",
        /// Nursing.
        Nursing = "nursing",
        /// Laboratory tests.
        Laboratory = "laboratory",
        /// Imaging.
        Imaging = "imaging",
    }
}

/// A prescription.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prescription {
    /// What is prescribed.
    pub kind: Kind,
    /// The day it bears.
    pub written_on: NaiveDate,
    /// The language it is written in.
    pub language: Language,
    /// Who prescribes.
    pub prescriber: Prescriber,
    /// For whom.
    pub patient: Subject,
    /// The drugs; none on a prescription of something else.
    pub lines: Vec<Line>,
    /// The acts; none on a prescription of drugs.
    pub acts: Vec<Act>,
    /// Whether it is printed onto the pre-printed secure form.
    pub secure_form: bool,
}

/// Who prescribes, as the prescription says it. Empty where it is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Prescriber {
    /// Family name and given name.
    pub name: String,
    /// Qualification or title: "Docteur en médecine".
    pub qualification: String,
    /// Speciality.
    pub speciality: String,
    /// RPPS number (France).
    pub rpps: String,
    /// Number of the structure: FINESS or the like (France).
    pub structure: String,
    /// INPE number (Morocco).
    pub inpe: String,
    /// Number at the order of physicians (Morocco).
    pub order_number: String,
    /// Street, postal code and town.
    pub address: String,
    /// The country, as the address says it.
    pub country: String,
    /// Phone, as printed.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// For whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subject {
    /// Family name.
    pub family_name: String,
    /// Given names.
    pub given_names: String,
    /// Sex.
    pub sex: Sex,
    /// Birth date.
    pub born_on: Option<NaiveDate>,
    /// Weight in grams.
    pub weight_g: Option<u32>,
    /// Height in millimetres.
    pub height_mm: Option<u32>,
    /// Whether a long-term condition (ALD) is recorded.
    pub ald: bool,
}

impl Subject {
    /// Full years on that day.
    #[must_use]
    pub fn age_on(&self, day: NaiveDate) -> Option<u32> {
        day.years_since(self.born_on?)
    }
}

words! {
    /// The ground that makes a brand non-substitutable.
    Ground {
        /// Marge thérapeutique étroite.
        Mte = "MTE",
        /// En l'absence de forme galénique adaptée chez l'enfant de moins de six ans.
        Efg = "EFG",
        /// Contre-indication formelle et démontrée.
        Cif = "CIF",
    }
}

words! {
    /// Morocco's tables of poisonous substances.
    Table {
        /// Table A, toxic.
        A = "A",
        /// Table B, narcotics.
        B = "B",
        /// Table C, dangerous.
        C = "C",
    }
}

/// A drug's line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// The INN, of several substances joined by " + ".
    pub substance: String,
    /// The brand, where one is named.
    pub brand: Option<String>,
    /// The drug's code in the public base.
    pub cis: Option<String>,
    /// The strength: "500 mg".
    pub strength: String,
    /// The form: "comprimé pelliculé".
    pub form: String,
    /// How it is taken.
    pub posology: Posology,
    /// For how long, where the posology does not say it.
    pub duration: Option<Span>,
    /// How many packs, in place of a duration.
    pub packs: Option<u16>,
    /// How often it may be renewed; `None` says nothing of it.
    pub renewals: Option<u8>,
    /// Not substitutable, and why.
    pub non_substitutable: Option<Ground>,
    /// In the upper zone: for the long-term condition.
    pub ald: bool,
    /// Strength, units and intakes in full letters.
    pub letters: Option<Letters>,
    /// Dispensed so many days at a time.
    pub fraction_days: Option<u16>,
    /// "Délivrance en une seule fois."
    pub single_delivery: bool,
    /// Morocco's table.
    pub table: Option<Table>,
    /// Why a contre-indication was overridden, as the prescriber said it.
    pub override_reason: Option<String>,
}

/// What is written in full letters.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Letters {
    /// The strength.
    pub strength: String,
    /// The units of each intake.
    pub per_intake: String,
    /// The number of intakes.
    pub intakes: String,
}

/// An act: sessions of physiotherapy, care by a nurse, tests, an examination.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// What, as it is to be done.
    pub text: String,
    /// How many sessions, where that is said.
    pub sessions: Option<u16>,
    /// At the patient's home.
    pub at_home: bool,
    /// For the long-term condition.
    pub ald: bool,
}

impl Line {
    /// How many days one dispensing lasts; `None` where only packs are counted, or nothing is said.
    #[must_use]
    pub fn days(&self) -> Option<u32> {
        self.posology.days().or_else(|| self.duration.map(Span::in_days))
    }

    /// How many days the whole lasts, with its renewals.
    #[must_use]
    pub fn days_with_renewals(&self) -> Option<u32> {
        self.days()?.checked_mul(u32::from(self.renewals.unwrap_or(0)) + 1)
    }

    /// What it comes to.
    #[must_use]
    pub fn need(&self) -> Option<quantity::Need> {
        quantity::need(&self.posology, self.duration)
    }
}

/// The days until which a prescription of listed drugs serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The last day for the first dispensing: three months on.
    pub first_dispensing_until: NaiveDate,
    /// The last day that a renewal may cover: twelve months on.
    pub renewals_until: NaiveDate,
}

/// Until when a prescription of that day serves; `None` beyond the calendar.
#[must_use]
pub fn validity(written_on: NaiveDate) -> Option<Validity> {
    Some(Validity {
        first_dispensing_until: written_on.checked_add_months(Months::new(3))?,
        renewals_until: written_on.checked_add_months(Months::new(12))?,
    })
}
