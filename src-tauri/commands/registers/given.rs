//! The instruction to a booking portal, in the register of documented instructions: written there in the change that signs it, so
//! that the register and the sync never say two things.
//!
//! Deliberately not here: what the instruction says (`commands::sync`).

use chrono::NaiveDate;
use domain::id::RegisterId;
use domain::privacy::processor::{EndChoice, Safeguard};

use super::facts::{InstructionFacts, ProcessorFacts};
use super::{LONG, SHORT, free_number, keep};
use crate::commands::desk::Change;
use crate::commands::{CommandError, Desk};
use crate::store;

/// An instruction that was signed.
pub(in crate::commands) struct Given<'a> {
    /// The processor's name.
    pub processor: &'a str,
    /// Where data are hosted, as the processor says it.
    pub hosting: &'a str,
    /// Its address, by which it is known again.
    pub address: &'a str,
    /// What the instruction is about.
    pub subject: &'a str,
    /// What it says.
    pub text: String,
    /// Today.
    pub on: NaiveDate,
}

fn cut(text: &str, most: usize) -> String {
    text.chars().filter(|sign| !sign.is_control() || *sign == '\n').take(most).collect()
}

/// The processor of an address, if it is in the register and in force.
async fn found(
    change: &mut Change<'_>,
    address: &str,
) -> Result<Option<store::registers::Entry<ProcessorFacts>>, CommandError> {
    let all = store::registers::all::<ProcessorFacts>(change.connection()).await?;
    Ok(all.into_iter().find(|row| row.retired_on.is_none() && row.facts.remark.contains(address)))
}

/// Writes the instruction into the register: to the processor of this address, as the next version of what it was given before.
pub(in crate::commands) async fn give(
    desk: &Desk,
    change: &mut Change<'_>,
    given: &Given<'_>,
) -> Result<(), CommandError> {
    let processor = match found(change, given.address).await? {
        Some(row) => row.id,
        None => {
            let facts = ProcessorFacts {
                name: cut(if given.processor.is_empty() { given.address } else { given.processor }, SHORT),
                service: cut(given.subject, SHORT),
                country: desk.premises().country.as_str().to_owned(),
                contact: String::new(),
                officer: String::new(),
                processor_id: None,
                contract_on: None,
                contract_until: None,
                reference: String::new(),
                health_host: cut(given.hosting, SHORT),
                safeguard: Safeguard::None,
                safeguard_remark: String::new(),
                announced_on: None,
                objected_on: None,
                objection: String::new(),
                end_choice: EndChoice::Return,
                end_confirmed_on: None,
                remark: given.address.to_owned(),
            };
            keep(change, RegisterId::new(desk.make_id()), None, facts).await?.id
        }
    };
    let all = store::registers::all::<InstructionFacts>(change.connection()).await?;
    let before = all
        .iter()
        .filter(|row| row.facts.processor_id == processor && row.facts.subject == given.subject)
        .max_by_key(|row| (row.facts.number, row.facts.version))
        .map(|row| (row.facts.number, row.facts.version + 1));
    let (number, version) = match before {
        Some(next) => next,
        None => (free_number(change, processor, 1, 1).await?, 1),
    };
    let facts = InstructionFacts {
        processor_id: processor,
        number,
        version,
        given_on: given.on,
        given_by: desk.session().user_id,
        subject: given.subject.to_owned(),
        text: cut(&given.text, LONG),
        acknowledged_on: None,
        unlawful: String::new(),
        withdrawn_on: None,
    };
    keep(change, RegisterId::new(desk.make_id()), None, facts).await?;
    Ok(())
}

/// Notes that the processor of this address took its newest instruction, or that all of them ended.
pub(in crate::commands) async fn follow(
    change: &mut Change<'_>,
    (address, subject): (&str, &str),
    (acknowledged, ended): (Option<NaiveDate>, Option<NaiveDate>),
) -> Result<(), CommandError> {
    let Some(processor) = found(change, address).await? else { return Ok(()) };
    let all = store::registers::all::<InstructionFacts>(change.connection()).await?;
    let mut of_this: Vec<_> = all
        .into_iter()
        .filter(|row| row.facts.processor_id == processor.id && row.facts.subject == subject)
        .filter(|row| row.facts.withdrawn_on.is_none())
        .collect();
    of_this.sort_by_key(|row| (row.facts.number, row.facts.version));
    let newest = of_this.last().map(|row| row.id);
    for before in of_this {
        let is_newest = Some(before.id) == newest;
        let facts = InstructionFacts {
            acknowledged_on: before.facts.acknowledged_on.or(acknowledged.filter(|_| is_newest)),
            withdrawn_on: ended.or(acknowledged.filter(|_| !is_newest)),
            ..before.facts.clone()
        };
        if facts != before.facts {
            keep(change, before.id, Some(before), facts).await?;
        }
    }
    if let Some(ended) = ended {
        let facts = ProcessorFacts { end_confirmed_on: Some(ended), ..processor.facts.clone() };
        keep(change, processor.id, Some(processor), facts).await?;
    }
    Ok(())
}
