//! The register of breaches: what is known, the clock, the steps, the text for the authority.

use chrono::{DateTime, Utc};
use domain::country::Country;
use domain::id::RegisterId;
use domain::privacy::authority::{authority, breach_hours};
use domain::privacy::breach::{Fault, Nature, Notification, Risk, deadline, faults, notification, steps};
use domain::role::Permission;
use domain::time::Zone;

use super::breach_wire::{BreachFields, BreachStepView, BreachView, BreachesView, SaveBreachRequest};
use super::facts::{BreachFacts, ProcessorFacts};
use super::wire::{RegistersRequest, SavedRegisterView};
use super::{LONG, SHORT, keep, missing, moment, moment_text, needed, papers, processors, seen, text, word};
use crate::commands::agenda::print::language;
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk};
use crate::print::words::Language;
use crate::store::registers::Entry;
use crate::store::{self, Connection};

/// More persons than there are.
const MOST: i64 = 10_000_000_000;

/// Where the notification stands, as a word and its minutes.
pub(super) fn standing(facts: &BreachFacts, hours: i64, now: DateTime<Utc>) -> (&'static str, i64) {
    match notification(&facts.rule(), hours, now) {
        Notification::NotNeeded => ("not_needed", 0),
        Notification::Running(minutes) => ("running", minutes),
        Notification::Overdue(minutes) => ("overdue", minutes),
        Notification::InTime => ("in_time", 0),
        Notification::Late(minutes) => ("late", minutes),
    }
}

/// What a paper or a screen needs to tell of all breaches.
pub(super) struct Told {
    /// The rows, with their numbers.
    pub rows: Vec<(i64, Entry<BreachFacts>)>,
    /// Hours that hold.
    pub hours: i64,
    /// The practice's clock.
    pub zone: Zone,
    /// The practice's country.
    pub country: Country,
    /// Names of processors.
    pub processors: Vec<Entry<ProcessorFacts>>,
}

/// Reads the register.
pub(super) async fn read(desk: &Desk, connection: &mut Connection) -> Result<Told, CommandError> {
    let premises = desk.premises();
    let own = store::registers::settings(connection).await?.breach_hours;
    let rows = store::registers::all::<BreachFacts>(connection).await?;
    Ok(Told {
        rows: (1..).zip(rows).collect(),
        hours: breach_hours(premises.country, own),
        zone: premises.zone,
        country: premises.country,
        processors: store::registers::all::<ProcessorFacts>(connection).await?,
    })
}

/// The register of breaches: open ones first, the nearest deadline first among them.
///
/// # Errors
/// `permission_denied`, `unknown_word` for the language.
pub async fn show_breaches(desk: &Desk, request: RegistersRequest) -> Result<BreachesView, CommandError> {
    let language = language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "show_breaches").await?;
    let told = read(desk, &mut connection).await?;
    let now = desk.now();
    let who = papers::Who::read(desk, &mut connection).await?;
    let mut breaches: Vec<BreachView> =
        told.rows.iter().map(|(number, row)| view(&told, *number, row, now, &who, language)).collect();
    breaches.sort_by(|a, b| {
        let open = |one: &BreachView| !one.closed_at.is_empty();
        (open(a), &a.deadline_at).cmp(&(open(b), &b.deadline_at))
    });
    let authority = authority(told.country);
    Ok(BreachesView {
        breaches,
        authority: authority.short.to_owned(),
        authority_site: authority.site.to_owned(),
        hours: told.hours,
        now: instant_text(now),
        wall: desk.wall_now().to_string(),
        processors: processors::named(&mut connection).await?,
    })
}

fn view(
    told: &Told,
    number: i64,
    row: &Entry<BreachFacts>,
    now: DateTime<Utc>,
    who: &papers::Who,
    language: Language,
) -> BreachView {
    let facts = &row.facts;
    let (notification, minutes) = standing(facts, told.hours, now);
    let until = deadline(facts.aware_at, told.hours);
    BreachView {
        id: row.id,
        number,
        aware_at: instant_text(facts.aware_at),
        deadline_at: instant_text(until),
        deadline: moment_text(Some(until), &told.zone),
        notification: notification.to_owned(),
        minutes,
        steps: steps(&facts.rule(), facts.closed_at.is_some())
            .iter()
            .map(|(step, state)| BreachStepView { step: step.as_str().to_owned(), state: state.as_str().to_owned() })
            .collect(),
        text: papers::notification_text(told, number, facts, now, who, language),
        closed_at: facts.closed_at.map(instant_text).unwrap_or_default(),
        revision: row.revision,
        fields: BreachFields {
            what: facts.what.clone(),
            found_by: facts.found_by.clone(),
            aware_at: moment_text(Some(facts.aware_at), &told.zone),
            began_at: moment_text(facts.began_at, &told.zone),
            natures: facts.natures.iter().map(|one| one.as_str().to_owned()).collect(),
            persons: facts.persons.clone(),
            persons_count: facts.persons_count,
            data: facts.data.clone(),
            records_count: facts.records_count,
            consequences: facts.consequences.clone(),
            measures: facts.measures.clone(),
            risk: facts.risk.as_str().to_owned(),
            risk_reason: facts.risk_reason.clone(),
            notified_at: moment_text(facts.notified_at, &told.zone),
            reference: facts.reference.clone(),
            delay_reason: facts.delay_reason.clone(),
            persons_informed_at: moment_text(facts.persons_informed_at, &told.zone),
            persons_informed_how: facts.persons_informed_how.clone(),
            persons_exempt: facts.persons_exempt.clone(),
            processor_id: facts.processor_id,
        },
    }
}

/// The refusal of a fault, at its field.
fn refusal(fault: Fault) -> CommandError {
    let field = match fault {
        Fault::AwareInFuture => "aware_at",
        Fault::NotifiedOutOfTime | Fault::NotNotified => "notified_at",
        Fault::InformedOutOfTime | Fault::PersonsNotInformed => "persons_informed_at",
        Fault::DelayUnreasoned => "delay_reason",
        Fault::RiskUnreasoned => "risk_reason",
        Fault::NotAssessed => "risk",
        Fault::MeasuresMissing => "measures",
    };
    CommandError::field(&format!("breach_{fault}"), field)
}

fn count(number: Option<i64>, field: &str) -> Result<Option<i64>, CommandError> {
    match number {
        Some(number) if !(0..=MOST).contains(&number) => Err(CommandError::field("out_of_range", field)),
        other => Ok(other),
    }
}

/// A moment, as it stood where it was not typed anew: what the clock showed twice keeps its instant.
fn kept_moment(
    typed: &str,
    field: &str,
    before: Option<DateTime<Utc>>,
    zone: &Zone,
) -> Result<Option<DateTime<Utc>>, CommandError> {
    if before.is_some() && moment_text(before, zone) == typed.trim() { Ok(before) } else { moment(typed, field, zone) }
}

fn typed(fields: BreachFields, before: Option<&BreachFacts>, zone: &Zone) -> Result<BreachFacts, CommandError> {
    let at = |typed: &str, field, of: fn(&BreachFacts) -> Option<DateTime<Utc>>| {
        kept_moment(typed, field, before.and_then(of), zone)
    };
    Ok(BreachFacts {
        what: needed(&fields.what, "what", LONG)?,
        found_by: text(&fields.found_by, "found_by", SHORT)?,
        aware_at: at(&fields.aware_at, "aware_at", |one| Some(one.aware_at))?
            .ok_or_else(|| CommandError::field("empty", "aware_at"))?,
        began_at: at(&fields.began_at, "began_at", |one| one.began_at)?,
        natures: {
            let mut natures: Vec<Nature> =
                fields.natures.iter().map(|one| word(one, "natures")).collect::<Result<_, _>>()?;
            natures.sort_unstable();
            natures.dedup();
            natures
        },
        persons: text(&fields.persons, "persons", LONG)?,
        persons_count: count(fields.persons_count, "persons_count")?,
        data: text(&fields.data, "data", LONG)?,
        records_count: count(fields.records_count, "records_count")?,
        consequences: text(&fields.consequences, "consequences", LONG)?,
        measures: text(&fields.measures, "measures", LONG)?,
        risk: word::<Risk>(&fields.risk, "risk")?,
        risk_reason: text(&fields.risk_reason, "risk_reason", LONG)?,
        notified_at: at(&fields.notified_at, "notified_at", |one| one.notified_at)?,
        reference: text(&fields.reference, "reference", SHORT)?,
        delay_reason: text(&fields.delay_reason, "delay_reason", LONG)?,
        persons_informed_at: at(&fields.persons_informed_at, "persons_informed_at", |one| one.persons_informed_at)?,
        persons_informed_how: text(&fields.persons_informed_how, "persons_informed_how", SHORT)?,
        persons_exempt: text(&fields.persons_exempt, "persons_exempt", LONG)?,
        processor_id: fields.processor_id,
        closed_at: before.and_then(|one| one.closed_at),
    })
}

/// Writes a breach down, adds what became known, closes it or opens it again.
///
/// # Errors
/// `permission_denied`, `empty`, `too_long`, `bad_characters`, `bad_date`, `unknown_word`, `out_of_range`, `not_found`,
/// `changed_meanwhile`, and what the rules ask: `breach_aware_in_future`, `breach_notified_out_of_time`,
/// `breach_informed_out_of_time`, `breach_delay_unreasoned`, `breach_risk_unreasoned`; closing it `breach_not_assessed`,
/// `breach_not_notified`, `breach_persons_not_informed`, `breach_measures_missing`.
pub async fn save_breach(desk: &Desk, request: SaveBreachRequest) -> Result<SavedRegisterView, CommandError> {
    let premises = desk.premises();
    let mut change = desk.change(Permission::KeepPrivacy, "save_breach").await?;
    let before = match request.id {
        Some(id) => Some(seen::<BreachFacts>(&mut change, id, request.revision).await?),
        None => None,
    };
    let mut facts = typed(request.fields, before.as_ref().map(|row| &row.facts), &premises.zone)?;
    if let Some(id) = facts.processor_id {
        let found = store::registers::one::<ProcessorFacts>(change.connection(), id).await?;
        found.filter(|row| !row.void).ok_or_else(|| missing("processor_id"))?;
    }
    let own = store::registers::settings(change.connection()).await?.breach_hours;
    let hours = breach_hours(premises.country, own);
    let now = change.now();
    if let Some(&fault) = faults(&facts.rule(), hours, now, request.closed).first() {
        return Err(refusal(fault));
    }
    facts.closed_at = if request.closed { facts.closed_at.or(Some(now)) } else { None };
    let saved = keep(&mut change, RegisterId::new(desk.make_id()), before, facts).await?;
    change.commit().await?;
    Ok(saved)
}
