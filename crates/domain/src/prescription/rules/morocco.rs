//! Morocco: who prescribes with INPE and order number, what each line says, and the tables' limits, which the practice sets.

use super::{Finding, Limits, Rule};
use crate::identifiers::inpe;
use crate::prescription::model::{Line, Prescriber, Table};

const SOURCE: &str = "MA";

pub(super) fn prescriber(prescriber: &Prescriber, findings: &mut Vec<Finding>) {
    for (text, rule) in [
        (&prescriber.name, Rule::PrescriberName),
        (&prescriber.speciality, Rule::PrescriberSpeciality),
        (&prescriber.address, Rule::PrescriberAddress),
        (&prescriber.phone, Rule::PrescriberPhone),
        (&prescriber.inpe, Rule::PrescriberInpe),
        (&prescriber.order_number, Rule::PrescriberOrder),
    ] {
        if text.trim().is_empty() {
            findings.push(Finding::hard(rule, None, SOURCE));
        }
    }
    if !prescriber.inpe.trim().is_empty() && inpe::check(&prescriber.inpe).is_err() {
        findings.push(Finding::warning(Rule::PrescriberInpeFormat, None, SOURCE));
    }
}

pub(super) fn line(at: usize, line: &Line, limits: &Limits, findings: &mut Vec<Finding>) {
    let brand = line.brand.as_deref().unwrap_or_default();
    for (missing, rule) in [
        (line.substance.trim().is_empty() && brand.trim().is_empty(), Rule::Inn),
        (line.strength.trim().is_empty(), Rule::Strength),
        (line.form.trim().is_empty(), Rule::Form),
        (line.posology.check().is_err(), Rule::Posology),
        (line.days().is_none() && line.packs.is_none_or(|packs| packs == 0), Rule::Duration),
    ] {
        if missing {
            findings.push(Finding::hard(rule, Some(at), SOURCE));
        }
    }
    let Some(table) = line.table else { return };
    let limit = match table {
        Table::A => limits.table_a_days,
        Table::B => limits.table_b_days,
        Table::C => limits.table_c_days,
    };
    let Some(limit) = limit else { return };
    match line.days_with_renewals() {
        None => findings.push(Finding::hard(Rule::LengthUnknown, Some(at), SOURCE).with("limit", limit)),
        Some(days) if days > u32::from(limit) => {
            let finding = Finding::hard(Rule::TableOverLimit, Some(at), SOURCE);
            findings.push(finding.with("table", table).with("days", days).with("limit", limit));
        }
        Some(_) => {}
    }
}
