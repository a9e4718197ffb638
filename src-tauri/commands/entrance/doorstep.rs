//! The doorstep: what is known before anybody has signed in (folder, keyring, clock), and the desk once somebody has.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use tokio::sync::broadcast;

use crate::commands::clock::Clock;
use crate::commands::desk::Event;
use crate::commands::safekeeping::RestoreDesk;
use crate::commands::{CommandError, Desk};
use crate::vault::{Costs, FILE_NAME, Here, Keyring, KeyringError, delay_after};

/// Where a vault is opened, and how.
pub struct Surroundings {
    /// Folder of the vault.
    pub folder: PathBuf,
    /// Folder of the demonstration practice.
    pub demonstration: PathBuf,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// The keyring.
    pub keyring: Arc<dyn Keyring>,
    /// Name of this workstation, for the journal.
    pub workstation: String,
    /// Stands for workstation and account, for the vault.
    pub os_account: String,
    /// What new passwords cost.
    pub costs: Costs,
}

/// What is known before anybody has signed in.
pub struct Doorstep {
    pub(super) around: Surroundings,
    in_demonstration: Mutex<bool>,
    desk: RwLock<Option<Arc<Desk>>>,
    /// Failed sign-ins in a row, by login, and when the last was.
    failures: Mutex<HashMap<String, (u32, Instant)>>,
    pub(super) events: broadcast::Sender<Event>,
    pub(crate) restoring: RestoreDesk,
}

impl Doorstep {
    /// Nobody signed in yet.
    #[must_use]
    pub fn new(around: Surroundings) -> Self {
        Self {
            around,
            in_demonstration: Mutex::new(false),
            desk: RwLock::new(None),
            failures: Mutex::new(HashMap::new()),
            events: broadcast::channel(256).0,
            restoring: RestoreDesk::default(),
        }
    }

    /// The vault's folder: the practice's, or the demonstration's once that was opened.
    #[must_use]
    pub fn folder(&self) -> PathBuf {
        if self.is_demonstration() { self.around.demonstration.clone() } else { self.around.folder.clone() }
    }

    /// The demonstration practice is open.
    #[must_use]
    pub fn is_demonstration(&self) -> bool {
        *self.in_demonstration.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn choose_demonstration(&self, demonstration: bool) {
        *self.in_demonstration.lock().unwrap_or_else(PoisonError::into_inner) = demonstration;
    }

    /// A vault is in the folder.
    #[must_use]
    pub fn has_vault(&self) -> bool {
        self.folder().join(FILE_NAME).exists()
    }

    /// Whether this computer has a keyring at all (only a real write would tell whether it is unlocked).
    #[must_use]
    pub fn has_keyring(&self) -> bool {
        !matches!(self.around.keyring.read(uuid::Uuid::nil(), "probe"), Err(KeyringError::NoKeyring))
    }

    /// This computer account, as the vault asks for it.
    #[must_use]
    pub fn here(&self) -> Here<'_> {
        Here { os_account: &self.around.os_account, keyring: self.around.keyring.as_ref(), costs: self.around.costs }
    }

    /// What it was given.
    pub(crate) fn around(&self) -> &Surroundings {
        &self.around
    }

    /// The desk of whoever is signed in.
    ///
    /// # Errors
    /// `locked`.
    pub fn desk(&self) -> Result<Arc<Desk>, CommandError> {
        self.desk.read().unwrap_or_else(PoisonError::into_inner).clone().ok_or_else(|| CommandError::new("locked"))
    }

    /// Seats somebody, and returns who sat there.
    pub fn seat(&self, desk: Option<Arc<Desk>>) -> Option<Arc<Desk>> {
        std::mem::replace(&mut *self.desk.write().unwrap_or_else(PoisonError::into_inner), desk)
    }

    /// Listen to what happens at any desk here.
    #[must_use]
    pub fn subscribe(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// How long this login still has to wait after failures.
    #[must_use]
    pub fn wait(&self, login: &str) -> Duration {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures
            .get(&login.trim().to_lowercase())
            .map_or(Duration::ZERO, |(count, at)| delay_after(*count).saturating_sub(at.elapsed()))
    }

    /// Counts a failure and returns how long the next try has to wait.
    pub(crate) fn failed(&self, login: &str) -> Duration {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = failures.entry(login.trim().to_lowercase()).or_insert((0, Instant::now()));
        *entry = (entry.0.saturating_add(1), Instant::now());
        delay_after(entry.0)
    }

    pub(super) fn succeeded(&self, login: &str) -> u32 {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.remove(&login.trim().to_lowercase()).map_or(0, |(count, _)| count)
    }
}

/// The standard folder of the practice's vault on this computer.
#[must_use]
pub fn standard_folder() -> PathBuf {
    directories::ProjectDirs::from("org", "Semainier", "Semainier")
        .map_or_else(|| PathBuf::from("semainier"), |folders| folders.data_local_dir().join("practice"))
}

/// The demonstration's folder, beside the practice's.
#[must_use]
pub fn demonstration_folder(folder: &Path) -> PathBuf {
    folder.with_file_name(format!(
        "{}-demonstration",
        folder.file_name().map_or_else(|| "practice".into(), |name| name.to_string_lossy())
    ))
}
