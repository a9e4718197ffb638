//! A run: hear what patients did, tell what is due, have erased what must go, and take in what persons ask about their data. Broken
//! off anywhere, the next run goes on where this one stopped.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{PatientId, PractitionerId};
use domain::role::Permission;
use domain::sync::pace;

use super::gather::Scene;
use super::wire::{SyncRunView, SyncStateView};
use super::{Standing, TURN, Turn, again, aside, erase, life, open, receive, rights, send, show, wishes};
use crate::commands::clock::instant_text;
use crate::commands::desk::Change;
use crate::commands::disclosure::{self, Handed};
use crate::commands::registers::given;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk, processor};
use crate::journal::ChangeRecord;
use crate::net::Listening;
use crate::store::sync::Progress;
use crate::store::{self, StoreError};
use crate::sync::{Listened, Portal, Server, SyncError};

/// Seconds after which a portal that nobody listens to is asked for news.
const ASK_AGAIN: i64 = 60;
/// Rounds of telling and hearing in one run: what a round leaves waits for the next run.
const ROUNDS: usize = 4;

/// Why a run stopped.
pub(super) struct Stopped {
    /// What is shown.
    pub refusal: CommandError,
    /// After how many seconds to come back, where the portal says it.
    pub asked: Option<u64>,
}

impl From<SyncError> for Stopped {
    fn from(error: SyncError) -> Self {
        Self { asked: error.asked_seconds(), refusal: error.into() }
    }
}

impl From<CommandError> for Stopped {
    fn from(refusal: CommandError) -> Self {
        Self { refusal, asked: None }
    }
}

impl From<StoreError> for Stopped {
    fn from(error: StoreError) -> Self {
        CommandError::from(error).into()
    }
}

/// A run under way.
pub(super) struct Run<'desk> {
    pub desk: &'desk Desk,
    pub standing: Standing,
    pub portal: Arc<Portal>,
    pub scene: Scene,
    /// What it did.
    pub done: SyncRunView,
}

impl<'desk> Run<'desk> {
    /// Whether the portal offers more than bookings.
    pub fn is_portal(&self) -> bool {
        self.standing.server() == Server::Portal
    }

    /// Asks the portal something, aside.
    pub async fn ask<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Portal) -> Result<T, SyncError> + Send + 'static,
    ) -> Result<T, Stopped> {
        let portal = Arc::clone(&self.portal);
        Ok(aside(move || work(&portal)).await??)
    }

    /// A change that the sync makes, by whoever is signed in: the controller signed before what may come of it.
    pub async fn change(&self, command: &'static str) -> Result<Change<'desk>, CommandError> {
        self.desk.change(Permission::ReadAgenda, command).await
    }
}

/// Runs now.
///
/// # Errors
/// `permission_denied`, `not_set_up`, `sync_suspended`, `sync_running`, and what the portal or the way to it refuses.
pub async fn sync_now(desk: &Desk, _request: NothingRequest) -> Result<SyncRunView, CommandError> {
    desk.require(Permission::ReadAgenda, "sync_now").await?;
    let turn = Turn::take(desk, TURN)?.ok_or_else(|| CommandError::new("sync_running"))?;
    let standing = Standing::read(&mut *desk.store().read().await?).await?;
    let standing = standing.ok_or_else(|| CommandError::new("not_set_up"))?;
    if standing.portal.standing != "on" {
        return Err(CommandError::new("sync_suspended"));
    }
    let done = {
        let _turn = turn;
        run(desk, standing).await?
    };
    let _ = processor::carry_out(desk).await;
    Ok(done)
}

/// Runs where something is due, by whoever is signed in; nobody waits for it. `heard`: the portal said that there is news.
///
/// # Errors
/// What the store refuses. What the portal refuses stands in the state.
pub async fn automatic(desk: &Desk, heard: bool) -> Result<(), CommandError> {
    let mut connection = desk.store().read().await?;
    let Some(standing) = Standing::read(&mut connection).await? else { return Ok(()) };
    let now = desk.now();
    let held_back = standing.progress.next_at.as_deref().and_then(|at| at.parse().ok());
    if standing.portal.standing != "on" || held_back.is_some_and(|at: DateTime<Utc>| !pace::is_due(at, now)) {
        return Ok(());
    }
    let waiting = store::sync_queue::queued(&mut connection).await?.iter().any(|one| send::is_due(one, now))
        || !store::sync_erasing::erasing(&mut connection).await?.is_empty();
    drop(connection);
    let asked = desk.sync.asked.load(Ordering::SeqCst);
    let silent = !desk.sync.listening.load(Ordering::SeqCst) && (now.timestamp() - asked).abs() >= ASK_AGAIN;
    let hour = Some(now.timestamp() / 3_600) != standing.progress.looked_hour;
    // The next try is shown with its time: it comes then, whatever else there is to do.
    let failed = standing.progress.failures > 0;
    if !(heard || waiting || silent || hour || failed) {
        return Ok(());
    }
    // Another account of the computer, or another computer, has the secret and tells: this one is passed over, and says so.
    let keyless = standing.server() == Server::Portal
        && super::secret(desk, &standing.portal.client_id).await.is_ok_and(|one| one.is_none());
    if desk.sync.keyless.swap(keyless, Ordering::SeqCst) != keyless {
        desk.announce("sync", Vec::new());
    }
    if keyless {
        return Ok(());
    }
    {
        let Some(_turn) = Turn::take(desk, TURN)? else { return Ok(()) };
        // What was refused is noted, and tried again later.
        let _ = run(desk, standing).await;
    }
    // What a person asked for is confirmed once nothing of it waits.
    let _ = processor::carry_out(desk).await;
    Ok(())
}

async fn run(desk: &Desk, standing: Standing) -> Result<SyncRunView, CommandError> {
    let before = standing.progress.clone();
    desk.sync.asked.store(desk.now().timestamp(), Ordering::SeqCst);
    let mut done = SyncRunView::default();
    let mut heard_at = None;
    let outcome = match begin(desk, standing).await {
        Ok(mut run) => {
            let outcome = carry_out(&mut run, &mut heard_at).await;
            done = run.done;
            outcome
        }
        Err(stopped) => Err(stopped),
    };
    note(desk, &before, &outcome, heard_at).await?;
    let state = show::state(desk, &mut *desk.store().read().await?).await?;
    desk.announce("sync", Vec::new());
    match outcome {
        Ok(()) => Ok(SyncRunView { state, ..done }),
        Err(stopped) => Err(stopped.refusal),
    }
}

/// Opens the dialogue.
async fn begin(desk: &Desk, standing: Standing) -> Result<Run<'_>, Stopped> {
    let mut connection = desk.store().read().await?;
    let scene = Scene::of(desk, &mut connection, &standing).await?;
    drop(connection);
    // An answer about anybody else than the practice's own is not believed.
    let mut known: Vec<PractitionerId> = scene.practitioners.iter().map(|one| one.id).collect();
    known.sort_unstable();
    let portal = open(desk, &standing.portal, &known).await?;
    let done = SyncRunView { state: SyncStateView::default(), ..SyncRunView::default() };
    Ok(Run { desk, standing, portal, scene, done })
}

async fn carry_out(run: &mut Run<'_>, heard_at: &mut Option<DateTime<Utc>>) -> Result<(), Stopped> {
    if run.is_portal() {
        life::compare(run).await?;
        if run.standing.instruction.taken_at.is_none() {
            instruct(run).await?;
        }
    } else if run.standing.instruction.taken_at.is_none() {
        taken(run).await?;
    }
    again::after_update(run).await?;
    receive::all(run).await?;
    send::look_at_all_days(run).await?;
    erase::readmit(run).await?;
    for _ in 0..ROUNDS {
        match send::round(run).await? {
            send::Left::Nothing => break,
            send::Left::Hear => receive::news(run).await?,
            send::Left::Again => {}
        }
    }
    erase::pending(run).await?;
    if run.is_portal() {
        rights::take_in(run).await?;
        rights::answer(run).await?;
        wishes::settle(run).await?;
        if run.done.sent + run.done.received > 0 || run.standing.progress.heard_at.is_none() {
            *heard_at = Some(run.ask(|portal| portal.standing().map(|standing| standing.now)).await?);
        }
    }
    Ok(())
}

/// Gives the portal the instruction that was signed.
async fn instruct(run: &mut Run<'_>) -> Result<(), Stopped> {
    run.ask(|portal| portal.check()).await?;
    let instruction = run.scene.instruction.clone();
    run.ask(move |portal| portal.instruct(&instruction)).await?;
    taken(run).await
}

async fn taken(run: &mut Run<'_>) -> Result<(), Stopped> {
    let version = run.standing.instruction.version;
    let mut change = run.change("give_sync_instruction").await?;
    let at = change.at().to_owned();
    store::sync::taken(change.connection(), version, &at).await?;
    let record = ChangeRecord::created("sync_instruction_taken", &serde_json::json!({ "version": version, "at": at }));
    change.record("sync", &version.to_string(), None, &record).await?;
    let today = run.desk.wall_now().date();
    let named = (run.standing.portal.address.as_str(), super::instruct::SUBJECT);
    given::follow(&mut change, named, (Some(today), None)).await?;
    change.commit().await?;
    run.standing.instruction.taken_at = Some(at);
    Ok(())
}

/// Writes down how it went.
async fn note(
    desk: &Desk,
    before: &Progress,
    outcome: &Result<(), Stopped>,
    heard_at: Option<DateTime<Utc>>,
) -> Result<(), CommandError> {
    let now = desk.now();
    let mut tx = desk.store().write().await?;
    // Somebody may have changed the portal meanwhile: only how it went is written.
    let Some((_, standing)) = store::sync::portal(&mut tx).await? else { return Ok(()) };
    let tried_at = Some(instant_text(now));
    let after = match outcome {
        Ok(()) => Progress {
            succeeded_at: tried_at.clone(),
            tried_at,
            heard_at: heard_at.map(instant_text).or(standing.heard_at.clone()),
            next_at: None,
            failures: 0,
            code: String::new(),
            ..standing
        },
        Err(stopped) => {
            let failures = before.failures + 1;
            let chance = f64::from(desk.make_id().as_fields().0 % 1_000) / 1_000.0;
            let wait = pace::wait(u32::try_from(failures).unwrap_or(u32::MAX), chance, stopped.asked);
            Progress {
                tried_at,
                next_at: Some(instant_text(now + wait)),
                failures,
                code: stopped.refusal.code.clone(),
                ..standing
            }
        }
    };
    store::sync::save_progress(&mut tx, &after).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Which fields of whom were told, for the ledger: those who were told the same stand on one line.
#[derive(Default)]
pub(super) struct Told(BTreeMap<Vec<&'static str>, Vec<PatientId>>);

impl Told {
    /// Adds what an appointment told.
    pub fn add(&mut self, patient: Option<PatientId>, fields: Vec<&'static str>) {
        let Some(patient) = patient else { return };
        // The ledger says `contact` of a person's own address.
        let fields = fields.into_iter().map(|field| if field == "contact" { "contact_person" } else { field });
        self.0.entry(fields.collect()).or_default().push(patient);
    }

    /// Writes the lines, within the change that journalled the telling just before.
    pub async fn note(self, desk: &Desk, change: &mut Change<'_>, portal: &str) -> Result<(), CommandError> {
        for (fields, mut patients) in self.0 {
            patients.sort_unstable();
            patients.dedup();
            disclosure::note(desk, change, &Handed::a_portal(portal, &fields), &patients).await?;
        }
        Ok(())
    }
}

/// Somebody who listens to the portal, without keeping the desk open.
pub struct Listener {
    portal: Arc<Portal>,
    heard_up_to: i64,
    listening: Arc<AtomicBool>,
}

/// Somebody who can listen for this desk; none where nobody has to.
///
/// # Errors
/// What the store or the keyring refuses.
pub async fn listener(desk: &Desk) -> Result<Option<Listener>, CommandError> {
    let standing = Standing::read(&mut *desk.store().read().await?).await?;
    let Some(standing) = standing.filter(|one| one.portal.standing == "on" && one.server() == Server::Portal) else {
        return Ok(None);
    };
    if standing.instruction.taken_at.is_none() || standing.progress.failures > 0 {
        return Ok(None);
    }
    let heard_up_to: i64 = standing.progress.cursor.parse().unwrap_or(0);
    let run = begin(desk, standing).await.map_err(|stopped| stopped.refusal)?;
    Ok(Some(Listener { portal: run.portal, heard_up_to, listening: Arc::clone(&desk.sync.listening) }))
}

impl Listener {
    /// Listens until there is news (true), the portal ends it, or `leaves` says so, which is asked at every sign of life.
    ///
    /// # Errors
    /// What the portal or the way to it refuses.
    pub async fn hear(self, leaves: impl Fn() -> bool + Send + 'static) -> Result<bool, CommandError> {
        let Self { portal, heard_up_to, listening } = self;
        let flag = Arc::clone(&listening);
        let heard = aside(move || {
            let mut news = false;
            let done = portal.listen(&mut |what| {
                flag.store(true, Ordering::SeqCst);
                news |= matches!(what, Listened::Feed(number) if number > heard_up_to);
                if news || leaves() { Listening::Enough } else { Listening::On }
            });
            done.map(|()| news)
        })
        .await;
        listening.store(false, Ordering::SeqCst);
        heard?.map_err(CommandError::from)
    }
}

/// How long a window waits between two looks whether something is due.
pub const LOOK_EVERY: Duration = Duration::from_secs(15);

/// What was changed at the portal so long before the last success is looked at again after a pause.
pub(super) const OVERLAP: TimeDelta = TimeDelta::minutes(10);
