//! A run: changes that patients have to hear of, and reminders that are due. Each is composed from the state of that moment, asked
//! about last of all whether its patient objected, and written down as soon as it went, with its line in the ledger of disclosures.
//! Broken off anywhere, the next run goes on.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::PatientId;
use domain::messages::{Language, Seen, Standing, Template, calm, follows, local_moment, reminder_due, render, said};
use domain::privacy::restriction::Scope;
use domain::role::Permission;
use domain::time::{instant, wall};
use mail::{Mail, MailError, Mailer};

use super::wire::SentMessagesView;
use super::{TURN, Turn, aside, password, refusal, way};
use crate::commands::clock::{instant_text, make_id};
use crate::commands::disclosure::{self, Handed};
use crate::commands::history::undo::WINDOW;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::message::{Facts, MailServer, MailStanding, Pending};
use crate::store::{self, Connection};

/// So many tries before a message counts as failed.
const MOST_TRIES: i64 = 8;
/// What is older is not said any more: the vault was shut, or comes from an old backup.
const WORTH: TimeDelta = TimeDelta::days(3);
/// The longest pause after failures, in minutes.
const LONGEST_PAUSE: i64 = 60;

/// Sends what is due now.
///
/// # Errors
/// `messages_not_set_up`, `messages_running`, `server_password_needed`, and what the way to the server refuses: `mail_unreachable`,
/// `mail_timed_out`, `certificate_untrusted`, `mail_password`.
pub async fn send_messages(desk: &Desk, _request: NothingRequest) -> Result<SentMessagesView, CommandError> {
    let mut connection = desk.read(Permission::ChangeAgenda, "send_messages").await?;
    let found = store::message::server(&mut connection).await?;
    drop(connection);
    let (server, standing) =
        found.filter(|(server, _)| server.enabled).ok_or_else(|| CommandError::new("messages_not_set_up"))?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("messages_running"))?;
    run(desk, &server, &standing).await
}

/// Sends what is due, by whoever is signed in; nobody waits for it.
///
/// # Errors
/// What the store refuses. What a server refuses stands in the view of messages.
pub async fn automatic(desk: &Desk) -> Result<(), CommandError> {
    // Whoever may see no agenda sends nothing out of it either.
    if !desk.session().roles.may(Permission::ReadAgenda) {
        return Ok(());
    }
    let found = store::message::server(&mut *desk.store().read().await?).await?;
    let Some((server, standing)) = found.filter(|(server, _)| server.enabled) else { return Ok(()) };
    let tried: Option<DateTime<Utc>> = standing.tried_at.as_deref().and_then(|at| at.parse().ok());
    let pause = 1_i64.checked_shl(u32::try_from(standing.failures.clamp(0, 16)).unwrap_or(0)).unwrap_or(LONGEST_PAUSE);
    let pause = TimeDelta::minutes(pause.min(LONGEST_PAUSE));
    let now = desk.now();
    // A try yet to come was noted while the clock was wrong: it holds nothing up.
    let waits = standing.failures > 0 && tried.is_some_and(|at| at <= now && now - at < pause);
    if waits {
        return Ok(());
    }
    let Some(_turn) = Turn::take(desk, TURN)? else { return Ok(()) };
    // What was refused is noted, and tried again later.
    let _ = run(desk, &server, &standing).await;
    Ok(())
}

/// Something to be said, or found not to be.
struct Item {
    facts: Facts,
    template: Template,
    /// Its name for the server, the same at each try.
    name: String,
    /// The change that it comes from; none of a reminder.
    pending: Option<Pending>,
}

async fn run(desk: &Desk, server: &MailServer, standing: &MailStanding) -> Result<SentMessagesView, CommandError> {
    let items = due(desk, server).await?;
    let mut done = SentMessagesView::default();
    let outcome = match items.is_empty() {
        true => Ok(()),
        false => say(desk, server, items, &mut done).await,
    };
    let now = instant_text(desk.now());
    let after = match &outcome {
        Ok(()) if done.sent > 0 => {
            MailStanding { tried_at: Some(now.clone()), succeeded_at: Some(now), ..MailStanding::default() }
        }
        Ok(()) => MailStanding { failures: 0, code: String::new(), ..standing.clone() },
        Err(refusal) => MailStanding {
            tried_at: Some(now),
            failures: standing.failures + 1,
            code: refusal.code.clone(),
            ..standing.clone()
        },
    };
    if after != *standing || done.sent + done.failed > 0 {
        let mut change = desk.change(Permission::ReadAgenda, "send_messages").await?;
        store::message::note_run(change.connection(), &after).await?;
        if done.sent + done.failed > 0 {
            let told = serde_json::json!({ "host": server.host, "sent": done.sent, "failed": done.failed });
            change.record("messages", "mail_server", None, &ChangeRecord::created("messages_sent", &told)).await?;
        }
        change.commit().await?;
        desk.announce("messages", vec![]);
    }
    outcome?;
    done.waiting = store::message::counts(&mut *desk.store().read().await?, &instant_text(desk.now())).await?.1;
    Ok(done)
}

/// What is due. Changes that no run had seen are stamped, those that need no word any more are forgotten.
async fn due(desk: &Desk, server: &MailServer) -> Result<Vec<Item>, CommandError> {
    let now = desk.now();
    let mut connection = desk.store().read().await?;
    let unnoticed = store::message::is_unnoticed(&mut connection).await?;
    drop(connection);
    if unnoticed {
        let mut tx = desk.store().write().await?;
        store::message::notice(&mut tx, &instant_text(now)).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    let mut connection = desk.store().read().await?;
    let stopped: BTreeSet<PatientId> =
        store::restriction::stopped(&mut connection, Scope::Reminders).await?.into_iter().collect();
    let pending = store::message::pending(&mut connection).await?;
    let days = i64::from(server.hours_before.iter().copied().max().unwrap_or(0)) / 24 + 2;
    let from = desk.wall_now();
    let coming = match server.hours_before.is_empty() {
        true => Vec::new(),
        false => store::message::to_come(&mut connection, from, from.plus_minutes(days * 1_440)).await?,
    };
    drop(connection);
    let (mut items, mut needless) = (Vec::new(), Vec::new());
    for one in pending {
        let noticed = one.noticed_at.unwrap_or(now);
        let start_at = instant(one.facts.starts, &one.facts.zone);
        let after = Seen { standing: one.facts.standing, start_at: Some(start_at), unseen: false };
        let template = follows(one.before, after, &[]).filter(|_| {
            start_at > now && !one.facts.by_portal && !stopped.contains(&one.facts.patient_id) && now - noticed < WORTH
        });
        let settled_at = noticed + TimeDelta::minutes(WINDOW);
        let Some(template) = template else {
            // As long as it can be undone, what the patient knows is not forgotten.
            if settled_at <= now {
                needless.push(one);
            }
            continue;
        };
        let due_at = calm(settled_at, Some(start_at), &one.facts.zone);
        if due_at <= now && one.not_before.is_none_or(|at| at <= now) {
            let name = format!("{}.{}", one.facts.appointment_id, one.revision);
            items.push(Item { facts: one.facts.clone(), template, name, pending: Some(one) });
        }
    }
    if !needless.is_empty() {
        let mut tx = desk.store().write().await?;
        for one in &needless {
            store::message::settle(&mut tx, one).await?;
        }
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    for (facts, told_at) in coming {
        if facts.by_portal || stopped.contains(&facts.patient_id) || facts.standing != Standing::Booked {
            continue;
        }
        let start_at = instant(facts.starts, &facts.zone);
        if let Some(at) = reminder_due(start_at, &facts.zone, &server.hours_before, told_at, now) {
            let name = format!("{}.r{}", facts.appointment_id, at.timestamp());
            items.push(Item { facts, template: Template::Reminder, name, pending: None });
        }
    }
    Ok(items)
}

/// Says what is due. Ends with a refusal where the way to the server is broken: what is left waits.
async fn say(
    desk: &Desk,
    server: &MailServer,
    items: Vec<Item>,
    done: &mut SentMessagesView,
) -> Result<(), CommandError> {
    let mut mailer: Option<Arc<Mailer>> = None;
    for item in items {
        if item.facts.email.is_empty() {
            give_up(desk, &item, "no_email", done).await?;
            continue;
        }
        let there = match &mailer {
            Some(there) => Arc::clone(there),
            None => {
                let password = password(desk, server).await?;
                let password = password.ok_or_else(|| CommandError::field("server_password_needed", "password"))?;
                let opened = Mailer::open(&way(server)?, &mail::Password::new(password.as_str().to_owned()));
                let opened = Arc::new(opened.map_err(refusal)?);
                mailer = Some(Arc::clone(&opened));
                opened
            }
        };
        // Somebody may have objected since the run began, or changed the appointment.
        if !still(desk, &item).await? {
            continue;
        }
        let language = item.facts.language.parse().or(server.language.parse()).unwrap_or(Language::Fr);
        let parameters = parameters(&item.facts, language);
        let text = render(item.template, language, &parameters);
        let told = fields(&said(item.template, language, &parameters));
        let (name, to, date) = (item.name.clone(), item.facts.email.clone(), desk.now().into());
        let sent = aside(move || {
            let language = language.as_str();
            let (subject, body) = (text.subject.as_str(), text.body.as_str());
            there.send(&Mail { id: &name, to: &to, subject, body, language, unsubscribe: None, date })
        })
        .await?;
        match sent {
            Ok(()) => settle(desk, server, &item, &told, done).await?,
            Err(error) if error.is_of_the_way() => return Err(refusal(error)),
            Err(error) => fail(desk, &item, error, done).await?,
        }
    }
    Ok(())
}

/// Whether nothing stands against it now. Asked as a change, which it is not yet: whoever could not write down that a message went
/// sends none.
async fn still(desk: &Desk, item: &Item) -> Result<bool, CommandError> {
    let mut change = desk.change(Permission::ReadAgenda, "send_messages").await?;
    if store::restriction::stops(change.connection(), item.facts.patient_id, Scope::Reminders).await? {
        return Ok(false);
    }
    Ok(store::message::is_as_read(change.connection(), &item.facts, item.pending.as_ref()).await?)
}

/// What is put into the words: never why somebody comes.
fn parameters(facts: &Facts, language: Language) -> BTreeMap<String, String> {
    let mut all = BTreeMap::from([
        ("who".to_owned(), facts.practitioner.clone()),
        ("where".to_owned(), facts.place.clone()),
        ("when".to_owned(), local_moment(wall(instant(facts.starts, &facts.zone), &facts.zone), language)),
        ("code".to_owned(), facts.code.clone()),
    ]);
    if !facts.phone.is_empty() {
        all.insert("phone".to_owned(), facts.phone.clone());
    }
    all
}

/// What a message tells the operator of the mail server about its patient: whose address it goes to, in which language, and what
/// its words say. The practice's own phone is nobody's data.
fn fields(said: &[&'static str]) -> Vec<&'static str> {
    let words = said.iter().filter_map(|name| match *name {
        "when" => Some("appointment_time"),
        "who" => Some("practitioner"),
        "where" => Some("place"),
        "code" => Some("booking_code"),
        _ => None,
    });
    ["email", "language"].into_iter().chain(words).collect()
}

/// Writes down that a message went, and in the ledger what it told about whom to the operator of the server.
async fn settle(
    desk: &Desk,
    server: &MailServer,
    item: &Item,
    told: &[&'static str],
    done: &mut SentMessagesView,
) -> Result<(), CommandError> {
    let mut change = desk.change(Permission::ReadAgenda, "send_messages").await?;
    let (id, at) = (make_id(desk.now()).to_string(), change.at().to_owned());
    note(change.connection(), item, &id, ("", &at)).await?;
    let what = serde_json::json!({
        "appointment": item.facts.appointment_id, "template": item.template.as_str(), "host": server.host,
    });
    let owner = item.facts.patient_id.to_string();
    change.record_quietly(&id, Some(&owner), &ChangeRecord::created("message_sent", &what)).await?;
    let handed = Handed::a_mail_server(&server.host, told);
    disclosure::note(desk, &mut change, &handed, &[item.facts.patient_id]).await?;
    change.commit().await?;
    done.sent += 1;
    Ok(())
}

/// Writes down why a message never goes.
async fn give_up(desk: &Desk, item: &Item, code: &str, done: &mut SentMessagesView) -> Result<(), CommandError> {
    let mut tx = desk.store().write().await?;
    let (id, now) = (make_id(desk.now()).to_string(), instant_text(desk.now()));
    note(&mut tx, item, &id, (code, &now)).await?;
    tx.commit().await.map_err(store::StoreError::from)?;
    done.failed += 1;
    Ok(())
}

async fn note(
    connection: &mut Connection,
    item: &Item,
    id: &str,
    (code, at): (&str, &str),
) -> Result<(), CommandError> {
    store::message::add(connection, id, &item.facts, item.template, code, at).await?;
    if let Some(pending) = &item.pending {
        store::message::settle(connection, pending).await?;
    }
    Ok(())
}

/// A message was not taken: for good, or for now.
async fn fail(desk: &Desk, item: &Item, error: MailError, done: &mut SentMessagesView) -> Result<(), CommandError> {
    let tries = item.pending.as_ref().map_or(MOST_TRIES, |pending| pending.tries);
    match &item.pending {
        Some(pending) if !error.is_final() && tries + 1 < MOST_TRIES => {
            let pause = TimeDelta::minutes(1 << (tries + 1).clamp(1, 7));
            let mut tx = desk.store().write().await?;
            store::message::put_off(&mut tx, pending, &instant_text(desk.now() + pause)).await?;
            tx.commit().await.map_err(store::StoreError::from)?;
            Ok(())
        }
        // A reminder that a busy server did not take comes again with the next run, until the time itself reminds.
        None if !error.is_final() => Ok(()),
        _ => give_up(desk, item, error.code(), done).await,
    }
}
