//! Processors and those that work for them, the instructions they were given, and the responsibility matrix.

use chrono::NaiveDate;
use domain::country::Country;
use domain::id::RegisterId;
use domain::privacy::authority::{Transfer, transfer};
use domain::privacy::matrix::LINES;
use domain::privacy::processor::{
    ContractState, EndChoice, Objection, Safeguard, contract, in_time, objection, objection_until,
};
use domain::role::Permission;

use super::facts::{InstructionFacts, ProcessorFacts};
use super::wire::{
    FollowInstructionRequest, GiveInstructionRequest, InstructionView, MatrixLineView, NamedView, ProcessorFields,
    ProcessorView, ProcessorsView, RegistersRequest, SaveProcessorRequest, SavedRegisterView,
};
use super::{
    LONG, SHORT, date, day_text, keep, missing, name_of, needed, past, seen, text, used, user_names, word, words,
};
use crate::commands::agenda::print::language;
use crate::commands::{CommandError, Desk};
use crate::print::words::Language;
use crate::store::registers::Entry;
use crate::store::{self, Connection};

/// The matrix, in words.
pub(super) fn matrix(language: Language) -> Vec<MatrixLineView> {
    LINES
        .iter()
        .map(|&(action, controller, processor)| MatrixLineView {
            action: words::action(action, language).to_owned(),
            controller: words::part(controller, language).to_owned(),
            processor: words::part(processor, language).to_owned(),
        })
        .collect()
}

/// The controller's name: as written down, else the practice's.
pub(super) async fn controller(desk: &Desk, connection: &mut Connection) -> Result<String, CommandError> {
    let written = store::registers::settings(connection).await?.controller;
    Ok(if written.is_empty() { desk.premises().name } else { written })
}

/// Processors in force, by name.
pub(super) async fn named(connection: &mut Connection) -> Result<Vec<NamedView>, CommandError> {
    let rows = store::registers::all::<ProcessorFacts>(connection).await?;
    let in_force = rows.into_iter().filter(|row| row.retired_on.is_none());
    Ok(in_force.map(|row| NamedView { id: row.id, name: row.facts.name }).collect())
}

/// Whether data go where they need a safeguard, and none is written down.
pub(super) fn unsafe_transfer(facts: &ProcessorFacts, country: Country) -> bool {
    facts.safeguard == Safeguard::None && transfer(country, &facts.country) == Transfer::NeedsSafeguard
}

fn contract_words(state: ContractState) -> (&'static str, i64) {
    match state {
        ContractState::Missing => ("missing", 0),
        ContractState::Running => ("running", 0),
        ContractState::EndsSoon(days) => ("ends_soon", days),
        ContractState::Unconfirmed(days) => ("unconfirmed", days),
        ContractState::Ended => ("ended", 0),
    }
}

pub(super) fn view(row: &Entry<ProcessorFacts>, country: Country, today: NaiveDate) -> ProcessorView {
    let facts = &row.facts;
    let (contract, contract_days) = contract_words(contract(&facts.contract(), today));
    let announced = facts.announced_on.map(|on| (objection(on, facts.objected_on, today), objection_until(on)));
    let (objection, objection_days) = match announced.map(|(state, _)| state) {
        None => ("", 0),
        Some(Objection::Open(days)) => ("open", days),
        Some(Objection::Objected) => ("objected", 0),
        Some(Objection::Accepted) => ("accepted", 0),
    };
    ProcessorView {
        id: row.id,
        transfer: transfer(country, &facts.country).as_str().to_owned(),
        safeguard_missing: unsafe_transfer(facts, country),
        contract: contract.to_owned(),
        contract_days,
        objection: objection.to_owned(),
        objection_until: day_text(announced.map(|(_, until)| until)),
        objection_days,
        retired_on: day_text(row.retired_on),
        revision: row.revision,
        fields: ProcessorFields {
            name: facts.name.clone(),
            service: facts.service.clone(),
            country: facts.country.clone(),
            contact: facts.contact.clone(),
            officer: facts.officer.clone(),
            processor_id: facts.processor_id,
            contract_on: day_text(facts.contract_on),
            contract_until: day_text(facts.contract_until),
            reference: facts.reference.clone(),
            health_host: facts.health_host.clone(),
            safeguard: facts.safeguard.as_str().to_owned(),
            safeguard_remark: facts.safeguard_remark.clone(),
            announced_on: day_text(facts.announced_on),
            objected_on: day_text(facts.objected_on),
            objection: facts.objection.clone(),
            end_choice: facts.end_choice.as_str().to_owned(),
            end_confirmed_on: day_text(facts.end_confirmed_on),
            remark: facts.remark.clone(),
        },
    }
}

/// Instructions, the newest first, each with whether another version replaces it.
pub(super) fn instructions(
    rows: &[Entry<InstructionFacts>],
    names: &[(domain::id::UserId, String)],
) -> Vec<InstructionView> {
    let mut all: Vec<InstructionView> = rows
        .iter()
        .map(|row| InstructionView {
            id: row.id,
            processor_id: row.facts.processor_id,
            number: row.facts.number,
            version: row.facts.version,
            replaced: rows.iter().any(|other| {
                other.facts.processor_id == row.facts.processor_id
                    && other.facts.number == row.facts.number
                    && other.facts.version > row.facts.version
            }),
            given_on: row.facts.given_on.to_string(),
            given_by: name_of(names, row.facts.given_by),
            subject: row.facts.subject.clone(),
            text: row.facts.text.clone(),
            acknowledged_on: day_text(row.facts.acknowledged_on),
            unlawful: row.facts.unlawful.clone(),
            withdrawn_on: day_text(row.facts.withdrawn_on),
            revision: row.revision,
        })
        .collect();
    all.sort_by(|a, b| (&b.given_on, b.number, b.version).cmp(&(&a.given_on, a.number, a.version)));
    all
}

/// Processors, the instructions they were given, the matrix, and what no processor names yet.
///
/// # Errors
/// `permission_denied`, `unknown_word` for the language.
pub async fn show_processors(desk: &Desk, request: RegistersRequest) -> Result<ProcessorsView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "show_processors").await?;
    let (country, today) = (desk.premises().country, desk.wall_now().date());
    let rows = store::registers::all::<ProcessorFacts>(&mut connection).await?;
    let given = store::registers::all::<InstructionFacts>(&mut connection).await?;
    let names = user_names(&mut connection).await?;
    let (in_force, over): (Vec<_>, Vec<_>) = rows.iter().partition(|row| row.retired_on.is_none());
    let used = used::read(desk, &mut connection).await?.used;
    let told = |host: &str| {
        in_force.iter().any(|row| {
            [&row.facts.name, &row.facts.service, &row.facts.contact, &row.facts.remark]
                .iter()
                .any(|text| text.to_lowercase().contains(host))
        })
    };
    let carriers = used.portal.into_iter().map(|portal| portal.host).chain(used.mail_server);
    let mut unnamed: Vec<String> =
        used.servers.into_iter().map(|server| server.host).chain(carriers).filter(|host| !told(host)).collect();
    unnamed.sort_unstable();
    unnamed.dedup();
    Ok(ProcessorsView {
        processors: in_force.iter().chain(&over).map(|row| view(row, country, today)).collect(),
        instructions: instructions(&given, &names),
        matrix: matrix(language),
        unnamed,
        controller: controller(desk, &mut connection).await?,
        wall: desk.wall_now().to_string(),
    })
}

/// What was typed, as a row says it.
fn typed(fields: ProcessorFields, today: NaiveDate) -> Result<ProcessorFacts, CommandError> {
    let country = fields.country.trim().to_uppercase();
    if country.len() != 2 || !country.chars().all(|letter| letter.is_ascii_uppercase()) {
        return Err(CommandError::field("bad_country", "country"));
    }
    let facts = ProcessorFacts {
        name: needed(&fields.name, "name", SHORT)?,
        service: needed(&fields.service, "service", SHORT)?,
        country,
        contact: text(&fields.contact, "contact", SHORT)?,
        officer: text(&fields.officer, "officer", SHORT)?,
        processor_id: fields.processor_id,
        contract_on: past(&fields.contract_on, "contract_on", today)?,
        contract_until: date(&fields.contract_until, "contract_until")?,
        reference: text(&fields.reference, "reference", SHORT)?,
        health_host: text(&fields.health_host, "health_host", SHORT)?,
        safeguard: word::<Safeguard>(&fields.safeguard, "safeguard")?,
        safeguard_remark: text(&fields.safeguard_remark, "safeguard_remark", SHORT)?,
        announced_on: past(&fields.announced_on, "announced_on", today)?,
        objected_on: past(&fields.objected_on, "objected_on", today)?,
        objection: text(&fields.objection, "objection", SHORT)?,
        end_choice: word::<EndChoice>(&fields.end_choice, "end_choice")?,
        end_confirmed_on: past(&fields.end_confirmed_on, "end_confirmed_on", today)?,
        remark: text(&fields.remark, "remark", LONG)?,
    };
    if facts.contract_until.is_some_and(|until| facts.contract_on.is_none_or(|on| until < on)) {
        return Err(CommandError::field("ends_before_start", "contract_until"));
    }
    if facts.announced_on.is_some() && facts.processor_id.is_none() {
        return Err(CommandError::field("not_a_sub_processor", "announced_on"));
    }
    if let Some(objected) = facts.objected_on {
        if !facts.announced_on.is_some_and(|announced| in_time(announced, objected)) {
            return Err(CommandError::field("objection_too_late", "objected_on")
                .with("days", domain::privacy::processor::OBJECTION_DAYS));
        }
        if facts.objection.is_empty() {
            return Err(CommandError::field("empty", "objection"));
        }
    }
    Ok(facts)
}

/// Writes a processor down, or one that works for a processor.
///
/// # Errors
/// `permission_denied`, `empty`, `too_long`, `bad_characters`, `bad_date`, `date_in_future`, `bad_country`, `unknown_word`,
/// `ends_before_start`, `not_a_sub_processor`, `objection_too_late`, `not_found` (also where the processor it works for
/// is itself somebody's sub-processor), `changed_meanwhile`.
pub async fn save_processor(desk: &Desk, request: SaveProcessorRequest) -> Result<SavedRegisterView, CommandError> {
    let facts = typed(request.fields, desk.wall_now().date())?;
    let mut change = desk.change(Permission::KeepPrivacy, "save_processor").await?;
    let before = match request.id {
        Some(id) => Some(seen::<ProcessorFacts>(&mut change, id, request.revision).await?),
        None => None,
    };
    if let Some(parent) = facts.processor_id {
        let found = store::registers::one::<ProcessorFacts>(change.connection(), parent).await?;
        let fits = found.is_some_and(|row| !row.void && row.facts.processor_id.is_none() && Some(row.id) != request.id);
        if !fits {
            return Err(missing("processor_id"));
        }
        // Whoever has sub-processors of their own is nobody's sub-processor here: two levels are told apart.
        let all = store::registers::all::<ProcessorFacts>(change.connection()).await?;
        if request.id.is_some_and(|id| all.iter().any(|row| row.facts.processor_id == Some(id))) {
            return Err(missing("processor_id"));
        }
    }
    let saved = keep(&mut change, RegisterId::new(desk.make_id()), before, facts).await?;
    change.commit().await?;
    Ok(saved)
}

/// Gives a processor an instruction, or another version of one. What was given is never changed.
///
/// # Errors
/// `permission_denied`, `empty`, `too_long`, `bad_characters`, `bad_date`, `date_in_future`, `not_found`,
/// `instruction_replaced` where another version is there already.
pub async fn give_instruction(desk: &Desk, request: GiveInstructionRequest) -> Result<SavedRegisterView, CommandError> {
    let today = desk.wall_now().date();
    let given_on = past(&request.given_on, "given_on", today)?.unwrap_or(today);
    let (subject, body) = (needed(&request.subject, "subject", SHORT)?, needed(&request.text, "text", LONG)?);
    let mut change = desk.change(Permission::KeepPrivacy, "give_instruction").await?;
    let processor = store::registers::one::<ProcessorFacts>(change.connection(), request.processor_id).await?;
    let processor =
        processor.filter(|row| !row.void && row.retired_on.is_none()).ok_or_else(|| missing("processor_id"))?;
    let given = store::registers::all::<InstructionFacts>(change.connection()).await?;
    let of_this = || given.iter().filter(|row| row.facts.processor_id == processor.id).map(|row| &row.facts);
    let (number, version) = match request.replaces {
        Some(id) => {
            let old = given.iter().find(|row| row.id == id && row.facts.processor_id == processor.id);
            let old = &old.ok_or_else(|| missing("replaces"))?.facts;
            if of_this().any(|one| one.number == old.number && one.version > old.version) {
                return Err(CommandError::field("instruction_replaced", "replaces"));
            }
            (old.number, old.version + 1)
        }
        None => (of_this().map(|one| one.number).max().unwrap_or(0) + 1, 1),
    };
    let facts = InstructionFacts {
        processor_id: processor.id,
        number: free_number(&mut change, processor.id, number, version).await?,
        version,
        given_on,
        given_by: desk.session().user_id,
        subject,
        text: body,
        acknowledged_on: None,
        unlawful: String::new(),
        withdrawn_on: None,
    };
    let saved = keep(&mut change, RegisterId::new(desk.make_id()), None, facts).await?;
    change.commit().await?;
    Ok(saved)
}

/// A number that no instruction bears, also none that was entered in error: it is not given twice.
pub(super) async fn free_number(
    change: &mut crate::commands::desk::Change<'_>,
    processor: RegisterId,
    number: i64,
    version: i64,
) -> Result<i64, CommandError> {
    if version > 1 {
        return Ok(number);
    }
    Ok(store::registers::last_instruction(change.connection(), processor).await?.max(number - 1) + 1)
}

/// Notes what became of an instruction: confirmed, taken for unlawful, ended.
///
/// # Errors
/// `permission_denied`, `bad_date` (also before it was given), `date_in_future`, `too_long`, `bad_characters`, `not_found`,
/// `changed_meanwhile`.
pub async fn follow_instruction(
    desk: &Desk,
    request: FollowInstructionRequest,
) -> Result<SavedRegisterView, CommandError> {
    let today = desk.wall_now().date();
    let acknowledged_on = past(&request.acknowledged_on, "acknowledged_on", today)?;
    let withdrawn_on = past(&request.withdrawn_on, "withdrawn_on", today)?;
    let unlawful = text(&request.unlawful, "unlawful", LONG)?;
    let mut change = desk.change(Permission::KeepPrivacy, "follow_instruction").await?;
    let before = seen::<InstructionFacts>(&mut change, request.id, request.revision).await?;
    for (day, field) in [(acknowledged_on, "acknowledged_on"), (withdrawn_on, "withdrawn_on")] {
        if day.is_some_and(|day| day < before.facts.given_on) {
            return Err(CommandError::field("bad_date", field));
        }
    }
    let facts = InstructionFacts { acknowledged_on, unlawful, withdrawn_on, ..before.facts.clone() };
    let saved = keep(&mut change, before.id, Some(before), facts).await?;
    change.commit().await?;
    Ok(saved)
}
