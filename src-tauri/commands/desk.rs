//! The desk: a signed-in session on an opened vault. It is the only way to the store: it checks the permission, opens
//! the transaction, writes the journal and announces what happened.
//!
//! Not here: how one signs in (`entrance`), what a permission means (room `domain`).

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use domain::agenda::attendance::AttendanceRule;
use domain::id::{PracticeId, PractitionerId, UserId, VaultId};
use domain::role::{Permission, Roles};
use domain::time::{WallTime, Zone, wall};
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::CommandError;
use super::clock::{Clock, instant_text, make_id};
use crate::journal::{self, Author, ChangeRecord};
use crate::store::{self, Connection, ReadConnection, Store, WriteTransaction};
use crate::vault::{ClinicalPublicKey, Costs, Here, Keyring, Unlocked};

/// What open views are told after a commit: topic and identifiers, never data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// `agenda`, `patients`, `calls`, `practice`, `access`, `backups`, `progress`, `publishing`, `exports`, `record`,
    /// `results`, `privacy`, `messages`, `sync`.
    pub topic: String,
    /// What changed.
    pub ids: Vec<String>,
}

/// Who is signed in.
#[derive(Debug, Clone)]
pub struct Session {
    /// The user.
    pub user_id: UserId,
    /// Login.
    pub login: String,
    /// Name.
    pub name: String,
    /// Roles as the database says.
    pub roles: Roles,
    /// `administrator`, `practitioner`, `secretary`.
    pub role: String,
    /// The practitioner they are.
    pub practitioner_id: Option<PractitionerId>,
    /// A practitioner who cannot open the record yet.
    pub clinical_pending: bool,
    /// An old `vault.json` had been put back when this session began.
    pub old_keys: bool,
}

/// What every session of a practice needs to know; read once, refreshed when settings change.
#[derive(Debug, Clone)]
pub struct Premises {
    /// The practice: owner of the journal key of what is about nobody.
    pub practice_id: PracticeId,
    /// Name.
    pub name: String,
    /// Country.
    pub country: domain::country::Country,
    /// Zone of the first site.
    pub zone: Zone,
    /// Demonstration practice.
    pub demonstration: bool,
    /// Idle minutes before the lock.
    pub lock_after_minutes: i64,
    /// What is shown of no-shows and late cancellations.
    pub attendance: AttendanceRule,
}

/// A signed-in session on an opened vault.
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) session: Session,
    pub(crate) folder: PathBuf,
    pub(crate) vault_id: Uuid,
    pub(crate) workstation: String,
    pub(crate) os_account: String,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) keyring: Arc<dyn Keyring>,
    /// The session's keys; taken while users and keys are changed.
    pub(crate) unlocked: tokio::sync::Mutex<Unlocked>,
    /// Seals patients' keys: any session can, only a practitioner's can open.
    pub(crate) clinical_public: Option<(ClinicalPublicKey, u32)>,
    pub(crate) costs: Costs,
    pub(crate) premises: Mutex<Premises>,
    pub(crate) events: broadcast::Sender<Event>,
    pub(crate) takeover: super::takeover::TakeoverDesk,
    /// An archive that is written or taken in.
    pub(in crate::commands) leaving: super::archive::ArchiveDesk,
    /// The record that is open here.
    pub(crate) reading: super::record::Reading,
    pub(crate) filing: super::documents::FilingDesk,
    /// Whether the intermediate archive is open here, and why.
    pub(in crate::commands) archive: super::retention::ArchiveDesk,
    /// What the record says of whom somebody prescribes for.
    pub(in crate::commands) last_known: super::prescription::LastKnown,
    /// Who keeps data of this practice outside; none where nobody does.
    pub(in crate::commands) processor: super::processor::Connected,
    /// The dialogue with a booking portal.
    pub(in crate::commands) sync: super::sync::SyncDesk,
}

impl Desk {
    /// Now, UTC.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Now on the clock of the first site.
    #[must_use]
    pub fn wall_now(&self) -> WallTime {
        wall(self.now(), &self.premises().zone)
    }

    /// The practice's constants.
    #[must_use]
    pub fn premises(&self) -> Premises {
        self.premises.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    /// A new identifier's UUID.
    #[must_use]
    pub fn make_id(&self) -> Uuid {
        make_id(self.now())
    }

    /// This computer account, as the vault asks for it.
    #[must_use]
    pub fn here(&self) -> Here<'_> {
        Here { os_account: &self.os_account, keyring: self.keyring.as_ref(), costs: self.costs }
    }

    /// Opens the change of a journal entry; none when its key was erased.
    ///
    /// # Errors
    /// `journal_damaged`, or what the store refuses.
    pub async fn open_entry(
        &self,
        connection: &mut Connection,
        row: &store::journal::JournalRow,
    ) -> Result<Option<ChangeRecord>, CommandError> {
        Ok(journal::open(connection, self.vault_id, row).await?)
    }

    /// Who is signed in.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// The vault: what tells this practice from the others that are open.
    #[must_use]
    pub fn vault(&self) -> VaultId {
        VaultId::new(self.vault_id)
    }

    /// The vault's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The opened database (for the rooms beside the commands: seed, backup).
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Listen to what happens.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Refuses, and journals the refusal, where the session lacks a permission.
    ///
    /// # Errors
    /// `permission_denied`.
    pub async fn require(&self, permission: Permission, command: &'static str) -> Result<(), CommandError> {
        if self.session.roles.may(permission) {
            return Ok(());
        }
        let mut tx = self.store.write().await?;
        let at = instant_text(self.now());
        let user = self.session.user_id.to_string();
        let author = Author { at: &at, user_id: &user, workstation: &self.workstation, command: "permission_denied" };
        let change = ChangeRecord::created("refusal", &serde_json::json!({ "command": command }));
        let owner = self.premises().practice_id.to_string();
        journal::append(&mut tx, self.vault_id, &author, &user, &owner, &change).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
        Err(CommandError::new("permission_denied").with("permission", permission.as_str()))
    }

    /// A connection to read from, for a session that may.
    ///
    /// # Errors
    /// `permission_denied`, or what the store refuses.
    pub async fn read(&self, permission: Permission, command: &'static str) -> Result<ReadConnection, CommandError> {
        self.require(permission, command).await?;
        Ok(self.store.read().await?)
    }

    /// Begins a change, for a session that may and that has not been disabled meanwhile.
    ///
    /// # Errors
    /// `permission_denied`, `signed_out`, or what the store refuses.
    pub async fn change(&self, permission: Permission, command: &'static str) -> Result<Change<'_>, CommandError> {
        self.require(permission, command).await?;
        let mut tx = self.store.write().await?;
        // The role in the database is the one that counts: it may have changed since the sign-in.
        let (user, head) = store::access::threshold(&mut tx, self.session.user_id).await?;
        if user.is_none_or(|standing| standing.disabled || !standing.roles.may(permission)) {
            return Err(CommandError::new("signed_out"));
        }
        let now = self.now();
        Ok(Change {
            desk: self,
            command,
            tx,
            now,
            at: instant_text(now),
            events: Vec::new(),
            sequence: 0,
            head,
            key: None,
            group: None,
        })
    }

    /// Anchors the journal's head outside the database: at the end of a session and after a backup.
    pub async fn anchor(&self) {
        let Ok(mut connection) = self.store.read().await else { return };
        let unlocked = self.unlocked.lock().await;
        // An anchor that could not be written leaves the older one: it proves less, never wrong.
        let _ = journal::anchor::advance(
            &mut connection,
            self.keyring.as_ref(),
            self.vault_id,
            &self.folder,
            &unlocked.database,
        )
        .await;
    }

    /// Tells open views that something changed.
    pub fn announce(&self, topic: &str, ids: Vec<String>) {
        // Nobody listening is no fault: the command line has no views.
        let _ = self.events.send(Event { topic: topic.to_owned(), ids });
    }
}

/// A change under way: one transaction with its journal entries.
pub struct Change<'desk> {
    desk: &'desk Desk,
    command: &'static str,
    tx: WriteTransaction,
    now: DateTime<Utc>,
    at: String,
    events: Vec<(&'static str, String)>,
    sequence: i64,
    /// What the entries from here on share.
    group: Option<String>,
    /// The journal's newest entry: nobody else can add one while this change holds the write lock.
    head: Option<(i64, Vec<u8>)>,
    /// An owner's journal key that was read along with something else.
    key: Option<(String, Zeroizing<Vec<u8>>)>,
}

impl Change<'_> {
    /// The transaction's connection.
    pub fn connection(&mut self) -> &mut Connection {
        &mut self.tx
    }

    /// The number of the newest entry that this change wrote; 0 before the first.
    #[must_use]
    pub fn entry(&self) -> i64 {
        self.sequence
    }

    /// The instant of this change.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// The instant as the store writes it.
    #[must_use]
    pub fn at(&self) -> &str {
        &self.at
    }

    /// Number of the last journal entry of this change so far.
    #[must_use]
    pub fn sequence(&self) -> i64 {
        self.sequence
    }

    /// From here on all entries of this change belong together: undo takes all of them or none.
    pub fn begin_group(&mut self) {
        self.group = Some(self.desk.make_id().to_string());
    }

    /// Keeps an owner's journal key that was read along with something else, so that [`Change::record`] need not look again.
    pub(crate) fn know_key(&mut self, owner: String, key: Vec<u8>) {
        self.key = Some((owner, Zeroizing::new(key)));
    }

    /// Writes the journal entry of what was done to `subject`, sealed under the journal key of `owner`: a patient, or
    /// none for the practice's own things. Returns its number.
    ///
    /// # Errors
    /// What the journal refuses.
    pub async fn record(
        &mut self,
        topic: &'static str,
        subject: &str,
        owner: Option<&str>,
        change: &ChangeRecord,
    ) -> Result<i64, CommandError> {
        let sequence = self.record_quietly(subject, owner, change).await?;
        self.events.push((topic, subject.to_owned()));
        Ok(sequence)
    }

    /// As [`Change::record`], for one of very many that come at once: open views are told by what else is recorded.
    ///
    /// # Errors
    /// As [`Change::record`].
    pub(in crate::commands) async fn record_quietly(
        &mut self,
        subject: &str,
        owner: Option<&str>,
        change: &ChangeRecord,
    ) -> Result<i64, CommandError> {
        let practice = self.desk.premises().practice_id.to_string();
        let user = self.desk.session.user_id.to_string();
        let author =
            Author { at: &self.at, user_id: &user, workstation: &self.desk.workstation, command: self.command };
        let grouped;
        let change = match &self.group {
            Some(group) => {
                grouped = ChangeRecord { group: Some(group.clone()), ..change.clone() };
                &grouped
            }
            None => change,
        };
        let owner = owner.unwrap_or(&practice);
        let key = self.key.as_ref().filter(|(of, _)| of == owner).map(|(_, key)| key.as_slice());
        let (tx, head) = (&mut self.tx, &mut self.head);
        self.sequence =
            journal::append_after(tx, self.desk.vault_id, &author, subject, owner, change, head, key).await?;
        Ok(self.sequence)
    }

    /// Also tells open views, after the commit, of something that this change touched beside its own subjects.
    pub fn touch(&mut self, topic: &'static str, id: &str) {
        self.events.push((topic, id.to_owned()));
    }

    /// Commits, durable, then tells open views. Returns the number of the last journal entry.
    ///
    /// # Errors
    /// What the store refuses: then nothing was changed.
    pub async fn commit(self) -> Result<i64, CommandError> {
        self.tx.commit().await.map_err(store::StoreError::from)?;
        let mut topics: Vec<&'static str> = self.events.iter().map(|(topic, _)| *topic).collect();
        topics.sort_unstable();
        topics.dedup();
        for topic in topics {
            let ids = self.events.iter().filter(|(of, _)| *of == topic).map(|(_, id)| id.clone()).take(200).collect();
            self.desk.announce(topic, ids);
        }
        Ok(self.sequence)
    }
}
