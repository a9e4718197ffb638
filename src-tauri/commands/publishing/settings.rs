//! Where an agenda is published to, and how it stands.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::agenda::discretion::Discretion;
use domain::agenda::publication::{pause_minutes, steps};
use domain::id::PractitionerId;
use domain::role::Permission;
use zeroize::Zeroizing;

use super::run::wanted;
use super::wire::{PublishingView, PublishingsView, SetPublishingRequest};
use super::{TURN, Turn, keep_password, password, require};
use crate::caldav::Collection;
use crate::commands::agenda::print::language;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::net::{Address, Credentials};
use crate::store::publishing::{Publishing, Standing};
use crate::store::{self};

/// What is proposed before anything was chosen.
fn proposal(practitioner_id: PractitionerId) -> Publishing {
    Publishing {
        practitioner_id,
        address: String::new(),
        login: String::new(),
        authority: String::new(),
        discretion: Discretion::Initials,
        language: "fr".to_owned(),
        days_back: 7,
        days_ahead: 90,
        every_minutes: 15,
        enabled: true,
    }
}

/// The agendas that this user may publish: where to, since when, what waits.
///
/// # Errors
/// `permission_denied`.
pub async fn list_publishing(desk: &Desk, _request: NothingRequest) -> Result<PublishingsView, CommandError> {
    let mut connection = desk.read(Permission::PublishAgenda, "list_publishing").await?;
    let all = store::publishing::all(&mut connection).await?;
    let practitioners = store::practice::practitioners(&mut connection).await?;
    let mut agendas = Vec::new();
    for one in practitioners {
        let found = all.iter().find(|(publishing, _)| publishing.practitioner_id == one.id);
        let mine = desk.session().roles.administrator || desk.session().practitioner_id == Some(one.id);
        if !mine || !(one.active || found.is_some()) {
            continue;
        }
        let (known, waiting) = match found {
            Some((publishing, _)) => {
                let known = store::publishing::known(&mut connection, one.id).await?;
                let wanted: BTreeMap<String, String> = wanted(desk, &mut connection, publishing)
                    .await?
                    .into_iter()
                    .map(|(name, wanted)| (name, wanted.mark))
                    .collect();
                (known.len(), steps(&wanted, &known, None).len())
            }
            None => (0, 0),
        };
        let (publishing, standing) = found.cloned().unwrap_or_else(|| (proposal(one.id), Standing::default()));
        // A keyring that is not there holds no password either.
        let has_password = password(desk, one.id).await.is_ok_and(|password| password.is_some());
        agendas.push(view(desk, one.name, (found.is_some(), has_password), publishing, standing, (known, waiting)));
    }
    Ok(PublishingsView { agendas })
}

fn view(
    desk: &Desk,
    practitioner: String,
    (set_up, has_password): (bool, bool),
    publishing: Publishing,
    standing: Standing,
    (published, waiting): (usize, usize),
) -> PublishingView {
    let minutes_since = |at: &Option<String>| {
        let at: DateTime<Utc> = at.as_deref()?.parse().ok()?;
        Some((desk.now() - at).num_minutes().max(0))
    };
    let next_in_minutes = (set_up && publishing.enabled).then(|| {
        let pause = pause_minutes(publishing.every_minutes, standing.failures);
        minutes_since(&standing.tried_at).map_or(0, |since| (pause - since).max(0))
    });
    PublishingView {
        practitioner_id: publishing.practitioner_id,
        practitioner,
        set_up,
        address: publishing.address,
        login: publishing.login,
        has_password,
        authority: publishing.authority,
        discretion: publishing.discretion.as_str().to_owned(),
        language: publishing.language,
        days_back: publishing.days_back,
        days_ahead: publishing.days_ahead,
        every_minutes: publishing.every_minutes,
        enabled: publishing.enabled,
        age_minutes: minutes_since(&standing.succeeded_at),
        succeeded_at: standing.succeeded_at,
        tried_at: standing.tried_at,
        code: standing.code,
        failures: standing.failures,
        next_in_minutes,
        published: i64::try_from(published).unwrap_or(i64::MAX),
        waiting: i64::try_from(waiting).unwrap_or(i64::MAX),
    }
}

/// Whether a run by itself is due.
pub(super) fn is_due(publishing: &Publishing, standing: &Standing, now: DateTime<Utc>) -> bool {
    let tried: Option<DateTime<Utc>> = standing.tried_at.as_deref().and_then(|at| at.parse().ok());
    let pause = TimeDelta::minutes(pause_minutes(publishing.every_minutes, standing.failures));
    // A try yet to come was noted while the clock was wrong: it holds nothing up.
    publishing.enabled && tried.is_none_or(|at| at > now || now - at >= pause)
}

/// Sets up or changes where an agenda is published to. The password goes to the keyring of this account; a new server or
/// user needs it again, so that none is sent where it was not meant for. At a new address nothing is known to stand: what
/// was published at the old one stays there, unless it was withdrawn before.
///
/// # Errors
/// `bad_address`, `not_encrypted`, `bad_authority`, `bad_server_login`, `unknown_word`, `out_of_range`,
/// `practitioner_not_found`, `server_password_needed`, `keyring_missing`, `keyring_locked`, `publishing_running`,
/// `not_your_agenda`, `permission_denied`.
pub async fn set_publishing(desk: &Desk, request: SetPublishingRequest) -> Result<DoneView, CommandError> {
    require(desk, request.practitioner_id, "set_publishing").await?;
    let given = request.password.map(Zeroizing::new).filter(|password| !password.is_empty());
    let within = |value: i64, from: i64, to: i64, field: &str| {
        let refusal = || CommandError::field("out_of_range", field).with("from", from).with("to", to);
        (from..=to).contains(&value).then_some(value).ok_or_else(refusal)
    };
    let address = Address::parse(&request.address).map_err(|error| CommandError {
        field: Some("address".to_owned()),
        ..crate::caldav::DavError::from(error).into()
    })?;
    language(&request.language)?;
    let after = Publishing {
        practitioner_id: request.practitioner_id,
        address: address.to_string(),
        login: request.login.trim().to_owned(),
        authority: request.authority.trim().to_owned(),
        discretion: request.discretion.parse().map_err(|_| CommandError::field("unknown_word", "discretion"))?,
        language: request.language,
        days_back: within(request.days_back, 0, 366, "days_back")?,
        days_ahead: within(request.days_ahead, 1, 732, "days_ahead")?,
        every_minutes: within(request.every_minutes, 5, 1440, "every_minutes")?,
        enabled: request.enabled,
    };
    // A colon ends the user's name in the header that carries it.
    if after.login.is_empty() || after.login.contains(':') || after.login.chars().any(char::is_control) {
        return Err(CommandError::field("bad_server_login", "login"));
    }
    Collection::open(&after.address, &after.authority, Credentials::new("", ""))
        .map_err(|error| CommandError { field: Some("authority".to_owned()), ..error.into() })?;
    let _turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("publishing_running"))?;
    let mut connection = desk.read(Permission::PublishAgenda, "set_publishing").await?;
    let before = store::publishing::of(&mut connection, after.practitioner_id).await?.map(|(before, _)| before);
    let known = store::practice::practitioners(&mut connection).await?;
    drop(connection);
    if !known.iter().any(|one| one.id == after.practitioner_id) {
        return Err(CommandError::field("practitioner_not_found", "practitioner_id"));
    }
    let same_server = before.as_ref().is_some_and(|before| {
        before.login == after.login && Address::parse(&before.address).is_ok_and(|old| old.at("/") == address.at("/"))
    });
    match given {
        Some(given) => keep_password(desk, after.practitioner_id, given).await?,
        None if same_server && password(desk, after.practitioner_id).await?.is_some() => {}
        None => return Err(CommandError::field("server_password_needed", "password")),
    }
    let mut change = desk.change(Permission::PublishAgenda, "set_publishing").await?;
    store::publishing::save(change.connection(), &after).await?;
    let moved = before.as_ref().is_some_and(|before| before.address != after.address);
    if moved {
        store::publishing::forget_all(change.connection(), after.practitioner_id).await?;
    }
    // The next run does not wait out an old failure, and looks at all that stands there.
    let standing = match store::publishing::of(change.connection(), after.practitioner_id).await? {
        Some((_, standing)) if !moved => standing,
        _ => Standing::default(),
    };
    let fresh = Standing { tried_at: None, checked_at: None, failures: 0, code: String::new(), ..standing };
    store::publishing::note(change.connection(), after.practitioner_id, &fresh).await?;
    let record = match &before {
        Some(before) => ChangeRecord::updated("publishing", before, &after),
        None => ChangeRecord::created("publishing", &after),
    };
    change.record("publishing", &after.practitioner_id.to_string(), None, &record).await?;
    Ok(DoneView { sequence: Some(change.commit().await?) })
}
