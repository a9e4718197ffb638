//! The practice's mail server: set up, tried, and how its messages stand.

use chrono::{DateTime, Datelike, Utc};
use domain::messages::{HOURS, Language};
use domain::role::Permission;
use zeroize::Zeroizing;

use super::wire::{MessagesView, SendTestMailRequest, SetMessagesRequest, UntoldView};
use super::{aside, keep_password, password, refusal, way};
use crate::commands::clock::{instant_text, make_id};
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::message::{MailServer, MailStanding};
use crate::store::{self};

/// Longest text of a field, and longest certificate authority.
const LONGEST: usize = 300;
const AUTHORITY: usize = 200_000;

/// What is proposed before anything was chosen.
fn proposal(desk: &Desk) -> MailServer {
    MailServer {
        host: String::new(),
        port: 465,
        security: "tls".to_owned(),
        authority: String::new(),
        login: String::new(),
        address: String::new(),
        sender: desk.premises().name,
        language: "fr".to_owned(),
        hours_before: vec![48],
        enabled: true,
    }
}

/// The mail server, how its messages stand, and what could not be said.
///
/// # Errors
/// `permission_denied`.
pub async fn show_messages(desk: &Desk, _request: NothingRequest) -> Result<MessagesView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_messages").await?;
    let found = store::message::server(&mut connection).await?;
    let now = desk.now();
    let month = now.date_naive().with_day(1).unwrap_or(now.date_naive());
    let (sent_this_month, waiting) = store::message::counts(&mut connection, &format!("{month}T00:00:00")).await?;
    let untold = store::message::untold(&mut connection, desk.wall_now()).await?;
    let covered = store::sync::covered(&mut connection).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    drop(connection);
    let active = practitioners.iter().filter(|one| one.active);
    let by_portal = match active.clone().filter(|one| covered.contains(&one.id)).count() {
        0 => "none",
        some if some == active.count() => "all",
        _ => "some",
    };
    let set_up = found.is_some();
    let (server, standing) = found.unwrap_or_else(|| (proposal(desk), MailStanding::default()));
    // A keyring that is not there holds no password either.
    let has_password = set_up && password(desk, &server).await.is_ok_and(|password| password.is_some());
    let at: Option<DateTime<Utc>> = standing.succeeded_at.as_deref().and_then(|at| at.parse().ok());
    Ok(MessagesView {
        set_up,
        host: server.host,
        port: server.port,
        security: server.security,
        authority: server.authority,
        login: server.login,
        has_password,
        address: server.address,
        sender: server.sender,
        language: server.language,
        hours_before: server.hours_before,
        enabled: server.enabled,
        by_portal: by_portal.to_owned(),
        age_minutes: at.map(|at| (now - at).num_minutes().max(0)),
        succeeded_at: standing.succeeded_at,
        code: standing.code,
        failures: standing.failures,
        sent_this_month,
        waiting,
        untold: untold
            .into_iter()
            .map(|one| UntoldView {
                appointment_id: one.appointment_id,
                patient_id: one.patient_id,
                patient: one.patient,
                phone: one.phone,
                starts: one.starts,
                practitioner: one.practitioner,
                template: one.template.as_str().to_owned(),
                code: one.code,
            })
            .collect(),
    })
}

/// Sets up or changes the practice's mail server. The password goes to the keyring of this account; a new server or user needs it
/// again, so that none is sent where it was not meant for. Switched off, what waited to be said is not said any more.
///
/// # Errors
/// `too_long`, `bad_mail_server`, `mail_not_encrypted`, `bad_authority`, `bad_email`, `unknown_word`, `out_of_range`,
/// `server_password_needed`, `keyring_missing`, `keyring_locked`, `permission_denied`.
pub async fn set_messages(desk: &Desk, request: SetMessagesRequest) -> Result<DoneView, CommandError> {
    let mut connection = desk.read(Permission::ManageSettings, "set_messages").await?;
    let before = store::message::server(&mut connection).await?.map(|(before, _)| before);
    drop(connection);
    let given = request.password.map(Zeroizing::new).filter(|password| !password.is_empty());
    let security =
        mail::Security::read(&request.security).ok_or_else(|| CommandError::field("unknown_word", "security"))?;
    let _: Language = request.language.parse().map_err(|_| CommandError::field("unknown_word", "language"))?;
    let mut hours_before = request.hours_before;
    hours_before.sort_unstable_by(|a, b| b.cmp(a));
    hours_before.dedup();
    if hours_before.len() > 3 || hours_before.iter().any(|hours| !HOURS.contains(hours)) {
        return Err(CommandError::field("out_of_range", "hours_before")
            .with("from", *HOURS.start())
            .with("to", *HOURS.end()));
    }
    let after = MailServer {
        host: request.host.trim().to_owned(),
        port: if request.port == 0 { i64::from(security.port()) } else { request.port },
        security: request.security,
        authority: request.authority.trim().to_owned(),
        login: request.login.trim().to_owned(),
        address: request.address.trim().to_owned(),
        sender: request.sender.trim().to_owned(),
        language: request.language,
        hours_before,
        enabled: request.enabled,
    };
    let secret = given.as_ref().map_or("", |given| given.as_str());
    for (field, text, limit) in [
        ("host", after.host.as_str(), LONGEST),
        ("login", &after.login, LONGEST),
        ("password", secret, LONGEST),
        ("address", &after.address, LONGEST),
        ("sender", &after.sender, LONGEST),
        ("authority", &after.authority, AUTHORITY),
    ] {
        if text.chars().count() > limit {
            return Err(CommandError::field("too_long", field).with("limit", limit));
        }
    }
    if after.login.chars().any(char::is_control) {
        return Err(CommandError::field("bad_server_login", "login"));
    }
    // Whether all of it is of its form: nothing is sent.
    mail::Mailer::open(&way(&after)?, &mail::Password::new(String::new())).map_err(|error| {
        use mail::MailError::{BadAddress, BadAuthority, NotEncrypted};
        let field = match error {
            BadAddress => "address",
            BadAuthority => "authority",
            NotEncrypted => "security",
            _ => "host",
        };
        CommandError { field: Some(field.to_owned()), ..refusal(error) }
    })?;
    let same = before.as_ref().is_some_and(|before| before.host == after.host && before.login == after.login);
    match given {
        Some(given) if !after.login.is_empty() => keep_password(desk, given).await?,
        _ if after.login.is_empty() => {}
        _ if same && password(desk, &after).await?.is_some() => {}
        _ => return Err(CommandError::field("server_password_needed", "password")),
    }
    let mut change = desk.change(Permission::ManageSettings, "set_messages").await?;
    store::message::save_server(change.connection(), &after).await?;
    let record = match &before {
        Some(before) => ChangeRecord::updated("mail_server", before, &after),
        None => ChangeRecord::created("mail_server", &after),
    };
    change.record("messages", "mail_server", None, &record).await?;
    Ok(DoneView { sequence: Some(change.commit().await?) })
}

/// Sends a message by the server as it is set up, to see whether it arrives.
///
/// # Errors
/// `messages_not_set_up`, `server_password_needed`, `bad_email`, and what the server or the way to it refuses: `mail_unreachable`,
/// `mail_timed_out`, `certificate_untrusted`, `mail_password`, `mail_recipient_unknown`, `mail_busy`, `mail_refused`,
/// `mail_garbled`.
pub async fn send_test_mail(desk: &Desk, request: SendTestMailRequest) -> Result<DoneView, CommandError> {
    let mut connection = desk.read(Permission::ManageSettings, "send_test_mail").await?;
    let found = store::message::server(&mut connection).await?;
    drop(connection);
    let (server, _) = found.ok_or_else(|| CommandError::new("messages_not_set_up"))?;
    if !mail::is_address(&request.to) {
        return Err(CommandError::field("bad_email", "to"));
    }
    let password = password(desk, &server).await?;
    let password = password.ok_or_else(|| CommandError::field("server_password_needed", "password"))?;
    let (way, id, date) = (way(&server)?, make_id(desk.now()).to_string(), desk.now().into());
    let (subject, body) = match server.language.as_str() {
        "ar" => ("رسالة تجريبية", "هذه رسالة تجريبية من العيادة. خادم البريد يعمل."),
        "en" => ("Test message", "This is a test message of the practice. The mail server works."),
        _ => ("Message d’essai", "Ceci est un message d’essai du cabinet. Le serveur de messagerie fonctionne."),
    };
    let sent = aside(move || {
        let mailer = mail::Mailer::open(&way, &mail::Password::new(password.as_str().to_owned()))?;
        let (to, language) = (request.to.trim(), server.language.as_str());
        mailer.send(&mail::Mail { id: &id, to, subject, body, language, unsubscribe: None, date })
    });
    sent.await?.map_err(refusal)?;
    // It works: what waits does not wait out an old failure.
    let mut tx = desk.store().write().await?;
    let now = Some(instant_text(desk.now()));
    let fresh = MailStanding { tried_at: None, succeeded_at: now, ..MailStanding::default() };
    store::message::note_run(&mut tx, &fresh).await?;
    tx.commit().await.map_err(store::StoreError::from)?;
    desk.announce("messages", vec![]);
    Ok(DoneView { sequence: None })
}
