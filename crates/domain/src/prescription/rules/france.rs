//! France: code de la santé publique R5132-3, -21, -22, -29, -30 and L5121-1-2, code de la sécurité sociale R161-45.

use chrono::{Days, Months, NaiveDate};

use super::in_letters::in_letters;
use super::{Finding, Rule};
use crate::drug::condition::Condition;
use crate::identifiers::rpps;
use crate::patient::names::tokens;
use crate::prescription::model::{Ground, Line, Prescriber, Prescription};

const R5132_3: &str = "CSP R5132-3";
const R5132_21: &str = "CSP R5132-21";
const R5132_22: &str = "CSP R5132-22";
const R5132_29: &str = "CSP R5132-29";
const R5132_30: &str = "CSP R5132-30";
const L5121_1_2: &str = "CSP L5121-1-2";
const L5125_23: &str = "CSP L5125-23";
const R161_45: &str = "CSS R161-45";

/// A narcotic without a limit of its own.
const NARCOTIC_DAYS: u32 = 28;
/// Tramadol, codeine, dihydrocodeine: twelve weeks.
const OPIOID_DAYS: u32 = 84;

pub(super) fn prescriber(prescriber: &Prescriber, findings: &mut Vec<Finding>) {
    for (text, rule) in [
        (&prescriber.name, Rule::PrescriberName),
        (&prescriber.qualification, Rule::PrescriberQualification),
        (&prescriber.rpps, Rule::PrescriberRpps),
        (&prescriber.address, Rule::PrescriberAddress),
        (&prescriber.country, Rule::PrescriberCountry),
        (&prescriber.phone, Rule::PrescriberPhone),
        (&prescriber.email, Rule::PrescriberEmail),
    ] {
        if text.trim().is_empty() {
            let source = if rule == Rule::PrescriberRpps { R161_45 } else { R5132_3 };
            findings.push(Finding::hard(rule, None, source));
        }
    }
    if prescriber.speciality.trim().is_empty() {
        findings.push(Finding::warning(Rule::PrescriberSpeciality, None, R5132_3));
    }
    if !prescriber.rpps.trim().is_empty() && rpps::check(&prescriber.rpps).is_err() {
        // Official samples fail the check: told, never a refusal.
        findings.push(Finding::warning(Rule::PrescriberRppsCheck, None, R161_45));
    }
    // Overseas departments have prefixes of their own.
    let digits: String = prescriber.phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let prefixed =
        ["+33", "+262", "+590", "+594", "+596", "+508", "+687", "+689"].iter().any(|p| digits.starts_with(p));
    if !prescriber.phone.trim().is_empty() && !prefixed {
        findings.push(Finding::hard(Rule::PrescriberPhonePrefix, None, R5132_3).with("prefix", "+33"));
    }
}

pub(super) fn line(
    prescription: &Prescription,
    at: usize,
    line: &Line,
    conditions: Option<&[Condition]>,
    findings: &mut Vec<Finding>,
) {
    let mut hard = |rule, source| findings.push(Finding::hard(rule, Some(at), source));
    if line.substance.trim().is_empty() {
        hard(Rule::Inn, L5121_1_2);
    }
    if line.strength.trim().is_empty() {
        hard(Rule::Strength, R5132_3);
    }
    if line.form.trim().is_empty() {
        hard(Rule::Form, R5132_3);
    }
    if line.posology.check().is_err() {
        hard(Rule::Posology, R5132_3);
    }
    let days = line.days();
    if days.is_none() && line.packs.is_none_or(|packs| packs == 0) {
        hard(Rule::Duration, R5132_3);
    }
    let drug = Drug::of(line, conditions.unwrap_or_default(), prescription.written_on);
    if conditions.is_none() {
        findings.push(Finding::warning(Rule::ConditionsUnknown, Some(at), R5132_3));
    }
    lengths(prescription.written_on, at, line, &drug, findings);
    if drug.secure && !prescription.secure_form {
        findings.push(Finding::hard(Rule::SecureForm, Some(at), R5132_29));
    }
    if drug.letters {
        letters(prescription, at, line, findings);
    }
    fractions(at, line, &drug, findings);
    if drug.hospital {
        findings.push(Finding::warning(Rule::Hospital, Some(at), R5132_3));
    }
    if let Some(ground) = line.non_substitutable {
        if line.brand.as_deref().is_none_or(|brand| brand.trim().is_empty()) {
            findings.push(Finding::hard(Rule::NonSubstitutableBrand, Some(at), L5125_23).with("ground", ground));
        }
        let age = prescription.patient.age_on(prescription.written_on);
        if ground == Ground::Efg && age.is_none_or(|age| age >= 6) {
            findings.push(Finding::hard(Rule::EfgAge, Some(at), L5125_23));
        }
    }
    if line.ald && !prescription.patient.ald {
        findings.push(Finding::warning(Rule::AldUnknown, Some(at), R161_45));
    }
}

/// What the drug's conditions and its substance ask.
#[derive(Default)]
struct Drug {
    listed: bool,
    list_1: bool,
    narcotic: bool,
    opioid: bool,
    secure: bool,
    letters: bool,
    hospital: bool,
    days: Option<u32>,
    months: Option<u16>,
    fraction: Option<u16>,
}

impl Drug {
    fn of(line: &Line, conditions: &[Condition], day: NaiveDate) -> Self {
        let mut drug = Self::default();
        for &condition in conditions {
            match condition {
                Condition::ListI => (drug.listed, drug.list_1) = (true, true),
                Condition::ListII => drug.listed = true,
                Condition::Narcotic => {
                    (drug.listed, drug.narcotic, drug.secure, drug.letters) = (true, true, true, true);
                }
                Condition::SecureForm => drug.secure = true,
                Condition::SecureFormInLetters => (drug.secure, drug.letters) = (true, true),
                Condition::LimitedToDays(days) => {
                    drug.days = Some(drug.days.map_or(u32::from(days), |known| known.min(u32::from(days))));
                }
                Condition::LimitedToMonths(months) => {
                    drug.months = Some(drug.months.map_or(months, |known| known.min(months)));
                }
                Condition::FractionedDays(days) => {
                    drug.fraction = Some(drug.fraction.map_or(days, |known| known.min(days)));
                }
                Condition::Hospital => drug.hospital = true,
                Condition::Other => {}
            }
        }
        // Since 1 March 2025, whatever the edition of the base says of them.
        let since = NaiveDate::from_ymd_opt(2025, 3, 1).is_some_and(|since| day >= since);
        let named = tokens(&line.substance)
            .iter()
            .any(|word| matches!(word.as_str(), "tramadol" | "codeine" | "dihydrocodeine"));
        if since && named {
            (drug.opioid, drug.secure, drug.letters) = (true, true, true);
        }
        drug
    }
}

fn lengths(written_on: NaiveDate, at: usize, line: &Line, drug: &Drug, findings: &mut Vec<Finding>) {
    let days = line.days();
    let renewed = line.renewals.is_some_and(|renewals| renewals > 0);
    let own = drug.days.or_else(|| {
        // Months are counted on the calendar, from the day that the prescription bears.
        let until = written_on.checked_add_months(Months::new(u32::from(drug.months?)))?;
        u32::try_from((until - written_on).num_days()).ok()
    });
    let (limit, rule, source) = match (own, drug.narcotic, drug.opioid) {
        (own, true, _) => (own.map_or(NARCOTIC_DAYS, |own| own.min(NARCOTIC_DAYS)), Rule::NarcoticOverLimit, R5132_30),
        (own, _, true) => (own.map_or(OPIOID_DAYS, |own| own.min(OPIOID_DAYS)), Rule::OpioidOverLimit, R5132_30),
        (Some(own), ..) => (own, Rule::OverLimit, R5132_21),
        (None, ..) => (u32::MAX, Rule::OverLimit, R5132_21),
    };
    let whole = line.days_with_renewals();
    let limited = limit < u32::MAX;
    if limited && days.is_none() {
        findings.push(Finding::hard(Rule::LengthUnknown, Some(at), source).with("limit", limit));
    }
    if limited && let Some(whole) = whole.filter(|&whole| whole > limit) {
        findings.push(Finding::hard(rule, Some(at), source).with("days", whole).with("limit", limit));
    }
    if drug.narcotic && renewed {
        findings.push(Finding::hard(Rule::NarcoticRenewed, Some(at), R5132_30));
    }
    if drug.listed && !limited {
        // Twelve months of thirty days and the year's own end are both twelve months.
        let year_end = written_on.checked_add_months(Months::new(12));
        let ends = whole.and_then(|whole| written_on.checked_add_days(Days::new(u64::from(whole))));
        if ends > year_end {
            let finding = Finding::hard(Rule::OverTwelveMonths, Some(at), R5132_21);
            findings.push(finding.with("days", whole.unwrap_or_default()).with("limit", 12));
        }
        if drug.list_1 && line.renewals.is_none() && days.is_some_and(|days| days > 30) {
            findings.push(Finding::warning(Rule::ListIOnce, Some(at), R5132_22));
        }
    }
}

fn letters(prescription: &Prescription, at: usize, line: &Line, findings: &mut Vec<Finding>) {
    let Some(right) = in_letters(line, prescription.language) else {
        findings.push(Finding::hard(Rule::IntakesUnknown, Some(at), R5132_29));
        return;
    };
    let written = line.letters.as_ref();
    for (rule, written, right) in [
        (Rule::LettersStrength, written.map(|one| &one.strength), right.strength),
        (Rule::LettersPerIntake, written.map(|one| &one.per_intake), right.per_intake),
        (Rule::LettersIntakes, written.map(|one| &one.intakes), right.intakes),
    ] {
        match written.filter(|text| !text.trim().is_empty()) {
            None => findings.push(Finding::hard(rule, Some(at), R5132_29).with("letters", right)),
            // Hyphens of 1990, accents and capitals are not another number.
            Some(text) if tokens(text) != tokens(&right) => {
                let finding = Finding::hard(Rule::LettersDiffer, Some(at), R5132_29);
                findings.push(finding.with("written", text).with("letters", right));
            }
            Some(_) => {}
        }
    }
}

fn fractions(at: usize, line: &Line, drug: &Drug, findings: &mut Vec<Finding>) {
    let Some(fraction) = drug.fraction else { return };
    if line.single_delivery || line.days().is_some_and(|days| days <= u32::from(fraction)) {
        return;
    }
    match line.fraction_days {
        None | Some(0) => {
            findings.push(Finding::hard(Rule::Fraction, Some(at), R5132_30).with("limit", fraction));
        }
        Some(days) if days > fraction => {
            let finding = Finding::hard(Rule::FractionOver, Some(at), R5132_30);
            findings.push(finding.with("days", days).with("limit", fraction));
        }
        Some(_) => {}
    }
}
