//! The rows of the seven files.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use chrono::NaiveDate;
use domain::drug::cells::{cis, date, price, rate};

use super::lines::{Cells, each};
use super::{BdpmFile, DrugFileError, Fault};
use crate::import::Progress;

/// A drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drug {
    /// Eight digits.
    pub cis: i64,
    /// Brand, strength and form.
    pub name: String,
    /// Form.
    pub form: String,
    /// Routes, each once.
    pub routes: Vec<String>,
    /// Status of the authorisation.
    pub authorisation: String,
    /// Procedure.
    pub procedure: String,
    /// `Commercialisée`, or not.
    pub marketing: String,
    /// Date of the authorisation.
    pub authorised_on: Option<NaiveDate>,
    /// Alert or warning.
    pub bdm_status: String,
    /// European number.
    pub eu_number: String,
    /// Holders.
    pub holders: Vec<String>,
    /// Under enhanced surveillance.
    pub surveillance: bool,
}

impl Drug {
    /// Whether it can be had.
    #[must_use]
    pub fn marketed(&self) -> bool {
        self.marketing == "Commercialisée"
    }
}

/// A substance, or the therapeutic fraction of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composition {
    /// Pharmaceutical element.
    pub element: String,
    /// Code of the substance.
    pub code: String,
    /// Its name.
    pub substance: String,
    /// Dosage.
    pub dosage: String,
    /// What the dosage refers to.
    pub reference: String,
    /// The therapeutic fraction (`FT`; the specification says `ST`), else the substance (`SA`).
    pub fraction: bool,
    /// Joins a substance with its fraction.
    pub link: i64,
}

/// A pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Presentation {
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
    /// Since when.
    pub declared_on: Option<NaiveDate>,
    /// Approved for collectivities.
    pub collectivities: String,
    /// Reimbursed, per cent.
    pub rate: Option<u8>,
    /// Price without fee.
    pub price_cents: Option<i64>,
    /// Price with fee.
    pub price_with_fee_cents: Option<i64>,
    /// Fee.
    pub fee_cents: Option<i64>,
    /// Reimbursed for which indications.
    pub indication: String,
}

/// A member of a generic group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Generic {
    /// Number of the group.
    pub group: i64,
    /// Label of the group.
    pub label: String,
    /// 0 princeps, 1, 2, 4 generic.
    pub kind: i64,
    /// Rank in the group.
    pub rank: i64,
}

/// A shortage, or the end of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shortage {
    /// The pack; empty: all of them.
    pub cip13: String,
    /// What is the matter.
    pub status: String,
    /// Since when.
    pub begun_on: Option<NaiveDate>,
    /// As of when.
    pub updated_on: Option<NaiveDate>,
    /// Back since when.
    pub back_on: Option<NaiveDate>,
    /// The authority's page.
    pub link: String,
}

/// A row with its drug.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithCis<T> {
    /// The drug.
    pub cis: i64,
    /// The drug is not in CIS_bdpm.
    pub orphan: bool,
    /// The row.
    pub row: T,
}

/// A whole base.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrugBase {
    /// Drugs, as in the file.
    pub drugs: Vec<Drug>,
    /// Their composition.
    pub compositions: Vec<WithCis<Composition>>,
    /// Packs.
    pub presentations: Vec<WithCis<Presentation>>,
    /// Generic groups.
    pub generics: Vec<WithCis<Generic>>,
    /// Wordings of conditions.
    pub conditions: Vec<WithCis<String>>,
    /// ATC codes.
    pub atc: HashMap<i64, String>,
    /// Shortages.
    pub shortages: Vec<WithCis<Shortage>>,
    /// Blank lines, put aside.
    pub rejected: usize,
    /// The newest day that the files speak of, not after today.
    pub newest: Option<NaiveDate>,
}

/// Reads the seven files.
///
/// # Errors
/// The first file and line that is wrong; nothing of the base counts then.
pub fn read(
    bytes: &dyn Fn(BdpmFile) -> Option<Vec<u8>>,
    today: NaiveDate,
    progress: &mut Progress<'_>,
) -> Result<DrugBase, DrugFileError> {
    let mut base = DrugBase::default();
    let mut known = HashSet::new();
    let mut days: Vec<NaiveDate> = Vec::new();
    for (done, file) in BdpmFile::ALL.into_iter().enumerate() {
        if progress(done, BdpmFile::ALL.len()) == ControlFlow::Break(()) {
            return Err(DrugFileError::Cancelled);
        }
        let bytes = bytes(file).ok_or(DrugFileError::Missing { file: file.name() })?;
        base.rejected +=
            each(file, &bytes, |cells| take(file, &cells, &mut base_of(&mut base, &mut known, &mut days)))?;
    }
    base.newest = days.into_iter().filter(|day| *day <= today).max();
    Ok(base)
}

/// What a line is taken into.
struct Into<'a> {
    base: &'a mut DrugBase,
    known: &'a mut HashSet<i64>,
    days: &'a mut Vec<NaiveDate>,
}

fn base_of<'a>(base: &'a mut DrugBase, known: &'a mut HashSet<i64>, days: &'a mut Vec<NaiveDate>) -> Into<'a> {
    Into { base, known, days }
}

impl Into<'_> {
    /// What may be of a drug that CIS_bdpm lacks.
    fn loose<T>(&self, cis: i64, row: T) -> WithCis<T> {
        WithCis { cis, orphan: !self.known.contains(&cis), row }
    }

    /// What may not: a base whose compositions or conditions miss their drug is not whole.
    fn bound<T>(&self, cells: &Cells<'_>, cis: i64, row: T) -> Result<WithCis<T>, DrugFileError> {
        if self.known.contains(&cis) { Ok(WithCis { cis, orphan: false, row }) } else { Err(cells.fault(Fault::Cis)) }
    }
}

fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| *number >= 0)
}

fn word(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn digits(text: &str, length: usize) -> Option<String> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

fn parts(text: &str) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        if !all.iter().any(|one| one == part) {
            all.push(part.to_owned());
        }
    }
    all
}

fn take(file: BdpmFile, cells: &Cells<'_>, into: &mut Into<'_>) -> Result<(), DrugFileError> {
    let cents = |number: usize| cells.read_option(number, price).map(|price| price.map(|price| price.value()));
    let of = |number: usize| cells.read(number, cis);
    match file {
        BdpmFile::Drugs => {
            let drug = Drug {
                cis: of(0)?,
                name: cells.read(1, word)?,
                form: cells.text(2),
                routes: parts(&cells.text(3)),
                authorisation: cells.text(4),
                procedure: cells.text(5),
                marketing: cells.text(6),
                authorised_on: cells.read_option(7, date)?,
                bdm_status: cells.text(8),
                eu_number: cells.text(9),
                holders: parts(&cells.text(10)),
                surveillance: cells.read(11, |text| match text {
                    "Oui" => Some(true),
                    "Non" => Some(false),
                    _ => None,
                })?,
            };
            if !into.known.insert(drug.cis) {
                return Err(cells.fault(Fault::Cis));
            }
            into.days.extend(drug.authorised_on);
            into.base.drugs.push(drug);
        }
        BdpmFile::Compositions => {
            let row = Composition {
                element: cells.text(1),
                code: cells.read(2, word)?,
                substance: cells.read(3, word)?,
                dosage: cells.text(4),
                reference: cells.text(5),
                fraction: cells.read(6, |text| match text {
                    "SA" => Some(false),
                    "FT" | "ST" => Some(true),
                    _ => None,
                })?,
                link: cells.read(7, number)?,
            };
            into.base.compositions.push(into.bound(cells, of(0)?, row)?);
        }
        BdpmFile::Presentations => {
            let row = Presentation {
                cip7: cells.read(1, |text| digits(text, 7))?,
                label: cells.text(2),
                status: cells.text(3),
                marketing: cells.text(4),
                declared_on: cells.read_option(5, date)?,
                cip13: cells.read(6, |text| digits(text, 13))?,
                collectivities: cells.text(7),
                rate: cells.read_option(8, rate)?,
                price_cents: cents(9)?,
                price_with_fee_cents: cents(10)?,
                fee_cents: cents(11)?,
                indication: cells.text(12),
            };
            into.base.presentations.push(into.loose(of(0)?, row));
        }
        BdpmFile::Generics => {
            let row = Generic {
                group: cells.read(0, number)?,
                label: cells.text(1),
                kind: cells.read(3, number)?,
                rank: cells.read(4, number)?,
            };
            into.base.generics.push(into.loose(of(2)?, row));
        }
        BdpmFile::Conditions => into.base.conditions.push(into.bound(cells, of(0)?, cells.read(1, word)?)?),
        BdpmFile::Atc => {
            let code = of(0)?;
            let known = |text: &str| {
                let shape = text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
                (matches!(text.len(), 1..=7) && shape).then(|| text.to_owned())
            };
            let atc = cells.read(1, known)?;
            // The page's address ends in the drug's own code: a line that was cut does not.
            let whole = |text: &str| text.ends_with(&code.to_string()).then_some(());
            cells.read(3, whole)?;
            into.base.atc.insert(code, atc);
        }
        BdpmFile::Shortages => {
            let row = Shortage {
                cip13: cells.text(1),
                status: cells.read(3, word)?,
                begun_on: cells.read_option(4, date)?,
                updated_on: cells.read_option(5, date)?,
                back_on: cells.read_option(6, date)?,
                link: cells.text(7),
            };
            into.days.extend([row.begun_on, row.updated_on, row.back_on].into_iter().flatten());
            into.base.shortages.push(into.loose(of(0)?, row));
        }
    }
    Ok(())
}
