//! A run: from what the agenda says and what is known to stand at the server to the steps between, carried out some at a
//! time and remembered after each. Broken off anywhere, the next run goes on where this one stopped.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, Days, TimeDelta, Utc};
use domain::agenda::discretion::Discretion;
use domain::agenda::publication::{Known, Step, steps};
use domain::id::{PatientId, PractitionerId};
use domain::privacy::restriction::Scope;
use domain::role::Permission;
use zeroize::Zeroizing;

use super::settings::is_due;
use super::wire::{PublishAgendaRequest, PublishedView};
use super::{TURN, Turn, aside, forget_password, password, require};
use crate::caldav::{Collection, DavError, Found};
use crate::commands::agenda::print::language;
use crate::commands::clock::instant_text;
use crate::commands::disclosure::{self, Handed};
use crate::commands::export::{Outside, events};
use crate::commands::{CommandError, Desk};
use crate::export::ical::{self, Event};
use crate::journal::ChangeRecord;
use crate::net::Credentials;
use crate::store::publishing::{Publishing, Standing};
use crate::store::{self, Connection};

/// Steps that are carried out before what became of them is written down.
const AT_ONCE: usize = 20;
/// Hours after which a run by itself asks the server for all that it holds.
const LOOK_AGAIN: i64 = 24;

/// How all names of a practitioner's events begin: in a calendar that is shared, nobody touches another's.
fn prefix(practitioner: PractitionerId) -> String {
    let id = practitioner.uuid().simple().to_string();
    format!("semainier-{}-", &id[20..])
}

/// An event that has to stand at the server.
pub(super) struct Wanted {
    /// Its mark.
    pub mark: String,
    /// Whose appointment it is.
    pub patient: Option<PatientId>,
    /// The event.
    pub event: Event,
}

/// What has to stand at the server, by name. Only what occupies the practitioner:
/// what was called off disappears there. Untimed walk-ins are no matter for a phone.
pub(super) async fn wanted(
    desk: &Desk,
    connection: &mut Connection,
    publishing: &Publishing,
) -> Result<BTreeMap<String, Wanted>, CommandError> {
    let outside = Outside {
        practice: desk.premises().practice_id.to_string(),
        discretion: publishing.discretion,
        language: language(&publishing.language)?,
        unnamed: store::restriction::stopped(connection, Scope::Sync).await?.into_iter().collect(),
    };
    let days = |days: i64| Days::new(u64::try_from(days).unwrap_or(0));
    let today = desk.wall_now().date();
    let span = (today - days(publishing.days_back), today + days(publishing.days_ahead));
    let all = events(connection, publishing.practitioner_id, span, false, &outside).await?;
    let prefix = prefix(publishing.practitioner_id);
    Ok(all
        .into_iter()
        .filter(|dated| dated.status.is_active())
        .map(|dated| {
            let patient = dated.patient.filter(|patient| !outside.unnamed.contains(patient));
            let wanted = Wanted { mark: dated.event.fingerprint(), patient, event: dated.event };
            (format!("{prefix}{}.ics", dated.code), wanted)
        })
        .collect())
}

/// Publishes an agenda now. Asks the server for all that it holds, so that what somebody changed or removed there is put
/// right, and makes the calendar where there is none yet.
///
/// # Errors
/// `not_set_up`, `server_password_needed`, `publishing_running`, `not_your_agenda`, and what the server or the way to it
/// refuses: `server_unreachable`, `server_timed_out`, `certificate_untrusted`, `redirected_elsewhere`, `answer_garbled`,
/// `server_password`, `server_forbidden`, `no_calendar`, `not_a_calendar`, `event_contended`, `server_full`,
/// `server_busy`, `server_refused`.
pub async fn publish_agenda(desk: &Desk, request: PublishAgendaRequest) -> Result<PublishedView, CommandError> {
    require(desk, request.practitioner_id, "publish_agenda").await?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("publishing_running"))?;
    let (publishing, standing, password) = ready(desk, request.practitioner_id).await?;
    run(desk, &publishing, &standing, password, Aim::All).await
}

/// Removes everything of an agenda from the server, stops publishing and forgets the password.
///
/// # Errors
/// As [`publish_agenda`]: then what could not be removed still stands there, and is known.
pub async fn withdraw_agenda(desk: &Desk, request: PublishAgendaRequest) -> Result<PublishedView, CommandError> {
    require(desk, request.practitioner_id, "withdraw_agenda").await?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("publishing_running"))?;
    let (before, standing, password) = ready(desk, request.practitioner_id).await?;
    let done = run(desk, &before, &standing, password, Aim::Nothing).await?;
    let after = Publishing { enabled: false, ..before.clone() };
    let mut change = desk.change(Permission::PublishAgenda, "withdraw_agenda").await?;
    store::publishing::save(change.connection(), &after).await?;
    let id = after.practitioner_id.to_string();
    change.record("publishing", &id, None, &ChangeRecord::updated("publishing", &before, &after)).await?;
    change.commit().await?;
    forget_password(desk, request.practitioner_id).await?;
    Ok(done)
}

async fn ready(
    desk: &Desk,
    practitioner: PractitionerId,
) -> Result<(Publishing, Standing, Zeroizing<String>), CommandError> {
    let mut connection = desk.store().read().await?;
    let found = store::publishing::of(&mut connection, practitioner).await?;
    drop(connection);
    let (publishing, standing) = found.ok_or_else(|| CommandError::new("not_set_up"))?;
    let password = password(desk, practitioner).await?;
    let password = password.ok_or_else(|| CommandError::field("server_password_needed", "password"))?;
    Ok((publishing, standing, password))
}

/// Publishes the agendas that are due, by whoever is signed in; nobody waits for it. An agenda whose password this account
/// does not have is passed over: another account publishes it.
///
/// # Errors
/// What the store refuses. What a server refuses stands in the view of publishing.
pub async fn automatic(desk: &Desk) -> Result<(), CommandError> {
    let all = store::publishing::all(&mut *desk.store().read().await?).await?;
    let now = desk.now();
    for (publishing, standing) in all.iter().filter(|(publishing, standing)| is_due(publishing, standing, now)) {
        let Ok(Some(password)) = password(desk, publishing.practitioner_id).await else { continue };
        let Some(_turn) = Turn::take(desk, TURN)? else { return Ok(()) };
        let checked: Option<DateTime<Utc>> = standing.checked_at.as_deref().and_then(|at| at.parse().ok());
        let look = checked.is_none_or(|at| at > now || now - at >= TimeDelta::hours(LOOK_AGAIN));
        let aim = if look { Aim::All } else { Aim::Changed };
        // What was refused is noted, and tried again later.
        let _ = run(desk, publishing, standing, password, aim).await;
    }
    Ok(())
}

/// What a run is after.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Aim {
    /// What changed here since the last run.
    Changed,
    /// Everything, by what the server says it holds.
    All,
    /// That nothing stands there any more.
    Nothing,
}

async fn run(
    desk: &Desk,
    publishing: &Publishing,
    standing: &Standing,
    password: Zeroizing<String>,
    aim: Aim,
) -> Result<PublishedView, CommandError> {
    let mut done = PublishedView::default();
    let mut told = BTreeSet::new();
    let outcome = carry_out(desk, publishing, password, aim, (&mut done, &mut told)).await;
    let now = instant_text(desk.now());
    let after = match &outcome {
        Ok(()) => Standing {
            tried_at: Some(now.clone()),
            succeeded_at: Some(now.clone()),
            checked_at: if aim == Aim::Changed { standing.checked_at.clone() } else { Some(now) },
            ..Standing::default()
        },
        Err(refusal) => Standing {
            tried_at: Some(now),
            failures: standing.failures + 1,
            code: refusal.code.clone(),
            ..standing.clone()
        },
    };
    note(desk, publishing, &after, &mut done, &told).await?;
    outcome.map(|()| done)
}

/// Writes down how it went; where something was told, with an entry of the journal.
async fn note(
    desk: &Desk,
    publishing: &Publishing,
    standing: &Standing,
    done: &mut PublishedView,
    told: &BTreeSet<PatientId>,
) -> Result<(), CommandError> {
    // Whoever is signed in: the practitioner chose before what is published.
    let mut change = desk.change(Permission::ReadAgenda, "publish_agenda").await?;
    let practitioner = publishing.practitioner_id;
    store::publishing::note(change.connection(), practitioner, standing).await?;
    let known = store::publishing::known(change.connection(), practitioner).await?;
    done.published = i64::try_from(known.len()).unwrap_or(i64::MAX);
    if done.put + done.removed > 0 {
        let record = ChangeRecord::created(
            "publication",
            &serde_json::json!({
                "address": publishing.address, "discretion": publishing.discretion,
                "put": done.put, "removed": done.removed, "conflicts": done.conflicts,
            }),
        );
        change.record("publishing", &practitioner.to_string(), None, &record).await?;
        // Once for each change that went there, whoever's run it was; busy stretches tell nothing of anybody.
        if publishing.discretion != Discretion::Busy {
            let told: Vec<PatientId> = told.iter().copied().collect();
            let handed = Handed::a_calendar(&publishing.address);
            disclosure::note(desk, &mut change, &handed, &told).await?;
        }
    }
    change.commit().await?;
    desk.announce("publishing", vec![practitioner.to_string()]);
    Ok(())
}

async fn carry_out(
    desk: &Desk,
    publishing: &Publishing,
    password: Zeroizing<String>,
    aim: Aim,
    (done, told): (&mut PublishedView, &mut BTreeSet<PatientId>),
) -> Result<(), CommandError> {
    let practitioner = publishing.practitioner_id;
    let mut connection = desk.store().read().await?;
    let wanted = if aim == Aim::Nothing { BTreeMap::new() } else { wanted(desk, &mut connection, publishing).await? };
    let mut known = store::publishing::known(&mut connection, practitioner).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    drop(connection);
    let name = practitioners.into_iter().find(|one| one.id == practitioner).map(|one| one.name).unwrap_or_default();
    let credentials = Credentials::new(&publishing.login, &password);
    drop(password);
    let collection = Arc::new(Collection::open(&publishing.address, &publishing.authority, credentials)?);
    let listed = match aim {
        Aim::Changed => None,
        _ => {
            let there = Arc::clone(&collection);
            let mut listed = aside(move || look(&there, &name, aim)).await??;
            listed.retain(|event, _| event.starts_with(&prefix(practitioner)));
            Some(listed)
        }
    };
    if let Some(listed) = &listed {
        let gone: Vec<String> = known
            .keys()
            .filter(|event| !listed.contains_key(*event) && !wanted.contains_key(*event))
            .cloned()
            .collect();
        remember(desk, practitioner, gone.iter().map(|event| (event.as_str(), None))).await?;
        gone.iter().for_each(|event| drop(known.remove(event)));
        let ours = known.iter().filter(|(event, _)| wanted.contains_key(*event));
        let changed = ours.filter(|(event, known)| listed.get(*event) != Some(&known.etag)).count();
        done.conflicts += i64::try_from(changed).unwrap_or(i64::MAX);
    }
    let marks: BTreeMap<String, String> =
        wanted.iter().map(|(event, wanted)| (event.clone(), wanted.mark.clone())).collect();
    let plan = steps(&marks, &known, listed.as_ref());
    let stamp = desk.now();
    let mut contended = None;
    for part in plan.chunks(AT_ONCE) {
        let part: Vec<(Step, String)> = part
            .iter()
            .map(|step| {
                let event = wanted.get(step_name(step)).map(|wanted| &wanted.event);
                let text = event.map(|event| ical::calendar(std::slice::from_ref(event), stamp));
                (step.clone(), text.unwrap_or_default())
            })
            .collect();
        let there = Arc::clone(&collection);
        let (carried, stopped) = aside(move || some(&there, &part)).await?;
        let marked = carried.iter().map(|(event, etag)| {
            let mark = marks.get(event).cloned().unwrap_or_default();
            (event.as_str(), etag.etag.clone().map(|etag| Known { fingerprint: mark, etag }))
        });
        remember(desk, practitioner, marked).await?;
        for (event, carried) in &carried {
            if carried.etag.is_some() {
                done.put += 1;
                told.extend(wanted.get(event).and_then(|wanted| wanted.patient));
            } else {
                done.removed += 1
            }
            done.conflicts += i64::from(carried.conflict);
        }
        match stopped {
            Some(error) if error.ends_the_run() => return Err(error.into()),
            Some(error) => contended = Some(error),
            None => {}
        }
    }
    contended.map_or(Ok(()), |error| Err(error.into()))
}

fn step_name(step: &Step) -> &str {
    match step {
        Step::Create(name) | Step::Replace(name, _) | Step::Remove(name, _) => name,
    }
}

/// Carries out some steps, as far as it goes.
fn some(
    collection: &Collection,
    steps: &[(Step, String)],
) -> (Vec<(String, crate::caldav::Carried)>, Option<DavError>) {
    let (mut carried, mut stopped) = (Vec::new(), None);
    for (step, text) in steps {
        match collection.carry_out(step, text) {
            Ok(done) => carried.push((step_name(step).to_owned(), done)),
            Err(error) => {
                let ends = error.ends_the_run();
                stopped = Some(error);
                if ends {
                    break;
                }
            }
        }
    }
    (carried, stopped)
}

/// What the server holds; makes the calendar where there is none and something is to stand there.
fn look(collection: &Collection, name: &str, aim: Aim) -> Result<BTreeMap<String, String>, DavError> {
    match collection.look()? {
        Found::Calendar => collection.list(),
        Found::Other => Err(DavError::NotACalendar),
        Found::Nothing if aim == Aim::Nothing => Ok(BTreeMap::new()),
        Found::Nothing => {
            collection.make(name)?;
            collection.list()
        }
    }
}

async fn remember<'a>(
    desk: &Desk,
    practitioner: PractitionerId,
    all: impl Iterator<Item = (&'a str, Option<Known>)>,
) -> Result<(), CommandError> {
    let mut tx = desk.store().write().await?;
    for (name, known) in all {
        match known {
            Some(known) => store::publishing::keep(&mut tx, practitioner, name, &known).await?,
            None => store::publishing::forget(&mut tx, practitioner, name).await?,
        }
    }
    tx.commit().await.map_err(store::StoreError::from)?;
    Ok(())
}
