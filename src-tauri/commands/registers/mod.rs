//! The registers of the data-protection office: processing activities, processors and their instructions, breaches, yearly
//! reviews of security, audits; and the papers that follow from them, down to the notice in the waiting room.
//!
//! The register of activities is proposed from how the practice really uses the program; the controller accepts or writes
//! it otherwise, and sees what changed since. A register is proof: nothing is deleted, a row is retired, or taken back as
//! entered in error. Deliberately not here: persons' requests, retention, disclosures (each has a capability of its own),
//! the rules (`domain::privacy`), how a paper looks (room `print`).

mod activities;
pub mod breach_wire;
mod breaches;
mod due;
mod facts;
pub(in crate::commands) mod given;
mod papers;
mod processors;
mod reviews;
mod settings;
mod used;
pub mod wire;
mod words;

pub use activities::{save_activity, show_activities};
pub use breaches::{save_breach, show_breaches};
pub use papers::print_register;
pub use processors::{follow_instruction, give_instruction, save_processor, show_processors};
pub use reviews::{save_audit, save_review, show_reviews};
pub use settings::{save_privacy_settings, show_privacy_settings};

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::RegisterId;
use domain::role::Permission;
use domain::time::{WallTime, Zone, instant, wall};

use super::desk::Change;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::journal::JournalRow;
use crate::store::registers::{Entry, Register};
use crate::store::{self, Connection, StoreError};
use facts::{ActivityFacts, AuditFacts, BreachFacts, InstructionFacts, ProcessorFacts, ReviewFacts};
use processors::free_number;
use wire::{RetireRegisterRequest, SavedRegisterView};

pub(crate) use due::due;

/// What open views are told.
const TOPIC: &str = "privacy";
/// Longest name or short text.
const SHORT: usize = 300;
/// Longest text.
const LONG: usize = 20_000;

fn missing(field: &str) -> CommandError {
    CommandError::field("not_found", field)
}

/// One activity of a kind is in force at a time.
fn in_force(refusal: CommandError) -> CommandError {
    if refusal.code == "already_there" { CommandError::new("activity_in_force") } else { refusal }
}

fn meanwhile(error: StoreError) -> CommandError {
    match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    }
}

/// An ISO date, or none where nothing is written.
fn date(text: &str, field: &str) -> Result<Option<NaiveDate>, CommandError> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| CommandError::field("bad_date", field)),
    }
}

/// A date that has come, or none.
fn past(text: &str, field: &str, today: NaiveDate) -> Result<Option<NaiveDate>, CommandError> {
    let day = date(text, field)?;
    match day {
        Some(day) if day > today => Err(CommandError::field("date_in_future", field)),
        other => Ok(other),
    }
}

/// A moment on the practice's clock as an instant. One that the clock showed twice is the earlier: a deadline that is
/// counted from it is the stricter.
fn moment(text: &str, field: &str, zone: &Zone) -> Result<Option<DateTime<Utc>>, CommandError> {
    match text.trim() {
        "" => Ok(None),
        text => {
            let local: WallTime = text.parse().map_err(|_| CommandError::field("bad_date", field))?;
            Ok(Some(instant(local, zone)))
        }
    }
}

fn moment_text(at: Option<DateTime<Utc>>, zone: &Zone) -> String {
    at.map(|at| wall(at, zone).to_string()).unwrap_or_default()
}

fn day_text(day: Option<NaiveDate>) -> String {
    day.map(|day| day.to_string()).unwrap_or_default()
}

/// A text as typed: trimmed, not too long, without signs that no keyboard has.
fn text(text: &str, field: &str, limit: usize) -> Result<String, CommandError> {
    let text = text.trim();
    if text.chars().count() > limit {
        return Err(CommandError::field("too_long", field).with("limit", limit));
    }
    if text.chars().any(|sign| sign.is_control() && sign != '\n' && sign != '\t' && sign != '\r') {
        return Err(CommandError::field("bad_characters", field));
    }
    Ok(text.replace("\r\n", "\n"))
}

/// A text that has to be there.
fn needed(value: &str, field: &str, limit: usize) -> Result<String, CommandError> {
    let value = text(value, field, limit)?;
    if value.is_empty() { Err(CommandError::field("empty", field)) } else { Ok(value) }
}

fn word<T: std::str::FromStr>(text: &str, field: &str) -> Result<T, CommandError> {
    text.parse().map_err(|_| CommandError::field("unknown_word", field))
}

/// Names of users, for what says who accepted or gave something.
async fn user_names(connection: &mut Connection) -> Result<Vec<(domain::id::UserId, String)>, CommandError> {
    Ok(store::access::users(connection).await?.into_iter().map(|user| (user.id, user.name)).collect())
}

fn name_of(names: &[(domain::id::UserId, String)], id: domain::id::UserId) -> String {
    names.iter().find(|(of, _)| *of == id).map(|(_, name)| name.clone()).unwrap_or_default()
}

/// A row as it stands, for somebody who saw this revision of it.
async fn seen<T: Register>(change: &mut Change<'_>, id: RegisterId, revision: i64) -> Result<Entry<T>, CommandError> {
    let entry = store::registers::one::<T>(change.connection(), id).await?;
    let entry = entry.filter(|entry| !entry.void).ok_or_else(|| missing("id"))?;
    if entry.revision == revision { Ok(entry) } else { Err(CommandError::new("changed_meanwhile")) }
}

/// Adds a row or changes the one that was seen, and journals it.
async fn keep<T: Register>(
    change: &mut Change<'_>,
    new_id: RegisterId,
    before: Option<Entry<T>>,
    facts: T,
) -> Result<SavedRegisterView, CommandError> {
    let (entry, record) = match before {
        Some(before) => {
            let after = Entry { facts, ..before.clone() };
            store::registers::update(change.connection(), &after).await.map_err(meanwhile)?;
            let after = Entry { revision: after.revision + 1, ..after };
            let record = ChangeRecord::updated(T::TABLE, &before, &after);
            (after, record)
        }
        None => {
            let after = Entry { id: new_id, facts, retired_on: None, void: false, revision: 1 };
            store::registers::insert(change.connection(), &after).await?;
            let record = ChangeRecord::created(T::TABLE, &after);
            (after, record)
        }
    };
    let sequence = change.record(TOPIC, &entry.id.to_string(), None, &record).await?;
    Ok(SavedRegisterView { id: entry.id, revision: entry.revision, sequence })
}

/// Retires a row, or takes it back into force. It stays in the register.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `not_found`, `changed_meanwhile`, `activity_in_force` where another
/// activity of this kind is in force meanwhile.
pub async fn retire_register(desk: &Desk, request: RetireRegisterRequest) -> Result<SavedRegisterView, CommandError> {
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::KeepPrivacy, "retire_register").await?;
    let done = match request.register.as_str() {
        "activities" => retire::<ActivityFacts>(&mut change, &request, today).await.map_err(in_force)?,
        "processors" => retire::<ProcessorFacts>(&mut change, &request, today).await?,
        "reviews" => retire::<ReviewFacts>(&mut change, &request, today).await?,
        "audits" => retire::<AuditFacts>(&mut change, &request, today).await?,
        _ => return Err(CommandError::field("unknown_word", "register")),
    };
    change.commit().await?;
    Ok(done)
}

async fn retire<T: Register>(
    change: &mut Change<'_>,
    request: &RetireRegisterRequest,
    today: NaiveDate,
) -> Result<SavedRegisterView, CommandError> {
    let before = seen::<T>(change, request.id, request.revision).await?;
    let after = Entry { retired_on: request.retired.then_some(today), ..before.clone() };
    store::registers::update(change.connection(), &after).await.map_err(meanwhile)?;
    let after = Entry { revision: after.revision + 1, ..after };
    let record = ChangeRecord::updated(T::TABLE, &before, &after);
    let sequence = change.record(TOPIC, &after.id.to_string(), None, &record).await?;
    Ok(SavedRegisterView { id: after.id, revision: after.revision, sequence })
}

/// Takes back what an entry did to a register; none where it is about something else.
///
/// # Errors
/// `changed_meanwhile`, `journal_damaged`.
pub(in crate::commands) async fn take_back(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<Option<ChangeRecord>, CommandError> {
    Ok(Some(match record.kind.as_str() {
        ActivityFacts::TABLE => back::<ActivityFacts>(change, row, record).await?,
        ProcessorFacts::TABLE => back::<ProcessorFacts>(change, row, record).await?,
        InstructionFacts::TABLE => back::<InstructionFacts>(change, row, record).await?,
        BreachFacts::TABLE => back::<BreachFacts>(change, row, record).await?,
        ReviewFacts::TABLE => back::<ReviewFacts>(change, row, record).await?,
        AuditFacts::TABLE => back::<AuditFacts>(change, row, record).await?,
        settings::KIND => settings::back(change, record).await?,
        _ => return Ok(None),
    }))
}

async fn back<T: Register>(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<ChangeRecord, CommandError> {
    let id = row.subject_id.parse().map_err(|_| CommandError::new("journal_damaged"))?;
    let now = store::registers::one::<T>(change.connection(), id).await?;
    let now = now.ok_or_else(|| CommandError::new("changed_meanwhile"))?;
    if !record.still_holds(&now) {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let back = match record.before {
        Some(_) => record.reverted(&now).ok_or_else(|| CommandError::new("journal_damaged"))?,
        // A row of a register never was not: it was entered in error.
        None => Entry { void: true, ..now.clone() },
    };
    store::registers::update(change.connection(), &back).await.map_err(meanwhile)?;
    Ok(ChangeRecord::updated(T::TABLE, &now, &Entry { revision: now.revision + 1, ..back }))
}
