//! What the law asks of a prescription, as findings: a hard one keeps it from being signed, a warning is shown.
//!
//! Each finding names the rule, the line, what it needs to be put into words, and where the rule stands. The words are
//! deliberately not here.

mod finding;
mod france;
mod in_letters;
mod morocco;
#[cfg(test)]
mod tests;

pub use finding::{Finding, Rule, Severity};
pub use in_letters::in_letters;

use super::model::{Kind, Prescription};
use crate::country::Country;
use crate::drug::condition::Condition;

/// Limits that a practice sets, because its country's change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Days at most of a drug of Morocco's table A.
    pub table_a_days: Option<u16>,
    /// Of table B.
    pub table_b_days: Option<u16>,
    /// Of table C.
    pub table_c_days: Option<u16>,
}

impl Default for Limits {
    /// Seven days for table B today; none for A and C.
    fn default() -> Self {
        Self { table_a_days: None, table_b_days: Some(7), table_c_days: None }
    }
}

/// Checks a prescription by a country's rules.
///
/// `conditions` holds those of each line's drug, in the order of the lines; `None` where the drug is not of the public base.
#[must_use]
pub fn check(
    prescription: &Prescription,
    country: Country,
    conditions: &[Option<Vec<Condition>>],
    limits: &Limits,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let empty = match prescription.kind {
        Kind::Drugs => prescription.lines.is_empty(),
        _ => prescription.acts.iter().all(|act| act.text.trim().is_empty()),
    };
    if empty {
        findings.push(Finding::hard(Rule::Empty, None, source(country)));
    }
    whom(prescription, country, &mut findings);
    match country {
        Country::FR => france::prescriber(&prescription.prescriber, &mut findings),
        Country::MA => morocco::prescriber(&prescription.prescriber, &mut findings),
    }
    for (at, line) in prescription.lines.iter().enumerate() {
        let known = conditions.get(at).and_then(Option::as_deref);
        match country {
            Country::FR => france::line(prescription, at, line, known, &mut findings),
            Country::MA => morocco::line(at, line, limits, &mut findings),
        }
    }
    findings
}

/// Whether it may be signed.
#[must_use]
pub fn may_be_signed(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity != Severity::Hard)
}

const fn source(country: Country) -> &'static str {
    match country {
        Country::FR => "CSP R5132-3",
        Country::MA => "MA",
    }
}

fn whom(prescription: &Prescription, country: Country, findings: &mut Vec<Finding>) {
    let patient = &prescription.patient;
    let source = source(country);
    if patient.family_name.trim().is_empty() || patient.given_names.trim().is_empty() {
        findings.push(Finding::hard(Rule::PatientName, None, source));
    }
    match patient.born_on {
        None => findings.push(Finding::hard(Rule::PatientBirth, None, source)),
        Some(born_on) if born_on > prescription.written_on => {
            findings.push(Finding::hard(Rule::PatientBirth, None, source));
        }
        Some(_) => {}
    }
    if country == Country::FR && patient.sex == crate::patient::sex::Sex::Unknown {
        findings.push(Finding::warning(Rule::PatientSex, None, source));
    }
    let child = patient.age_on(prescription.written_on).is_some_and(|age| age < 15);
    if prescription.kind == Kind::Drugs && child && patient.weight_g.is_none() {
        findings.push(Finding::warning(Rule::PatientWeight, None, source));
    }
}
