//! The landing: several doors on one landing, one for each practice that this computer account knows. Behind each door is a
//! [`Doorstep`] of its own: own folder, own sign-in and delay after failures, own keys, own desk with its own journal and
//! announcements. One of them is current: the one that is meant where no practice is named.
//!
//! Who names a practice gets that practice or a refusal, never another: its vault is compared.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::id::VaultId;
use tokio::sync::broadcast;

use super::known::{self, Known, OWN_HUE};
use crate::commands::entrance::doorstep::{Surroundings, demonstration_folder};
use crate::commands::{CommandError, Desk, Doorstep};
use crate::vault::VaultFile;

/// A door of the landing.
#[derive(Clone)]
pub struct Place {
    /// What the list says; none for this computer's own practice.
    pub known: Option<Known>,
    /// Its doorstep.
    pub door: Arc<Doorstep>,
}

/// Several doors, one of them current.
pub struct Landing {
    own: Arc<Doorstep>,
    others: RwLock<Vec<Place>>,
    current: RwLock<Arc<Doorstep>>,
    /// Where the list of the others is kept; none: it is forgotten with the program.
    list: Option<PathBuf>,
    /// One change of the list at a time.
    changing: Mutex<()>,
    arrivals: broadcast::Sender<Arc<Doorstep>>,
}

impl Landing {
    /// A landing with this computer's own door, and one for each practice of the list.
    #[must_use]
    pub fn new(own: Doorstep, list: Option<PathBuf>) -> Self {
        let own = Arc::new(own);
        let listed = list.as_deref().map(known::read).unwrap_or_default();
        let others = listed
            .into_iter()
            .filter(|one| one.folder != own.folder())
            .map(|one| Place { door: Arc::new(beside(&own, &one.folder)), known: Some(one) })
            .collect();
        Self {
            current: RwLock::new(Arc::clone(&own)),
            own,
            others: RwLock::new(others),
            list,
            changing: Mutex::new(()),
            arrivals: broadcast::channel(64).0,
        }
    }

    /// The door that is meant where no practice is named.
    #[must_use]
    pub fn current(&self) -> Arc<Doorstep> {
        Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn make_current(&self, door: &Arc<Doorstep>) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::clone(door);
    }

    /// Every door, this computer's own first.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        let own = Place { known: None, door: Arc::clone(&self.own) };
        let others = self.others.read().unwrap_or_else(PoisonError::into_inner).clone();
        std::iter::once(own).chain(others).collect()
    }

    /// Whether this door is (still) one of the landing's.
    #[must_use]
    pub fn holds(&self, door: &Arc<Doorstep>) -> bool {
        self.places().iter().any(|place| Arc::ptr_eq(&place.door, door))
    }

    /// The doors that are added from now on.
    #[must_use]
    pub fn arrivals(&self) -> broadcast::Receiver<Arc<Doorstep>> {
        self.arrivals.subscribe()
    }

    /// The desks of all who are signed in, in the order of their doors.
    #[must_use]
    pub fn desks(&self) -> Vec<Arc<Desk>> {
        self.places().iter().filter_map(|place| place.door.desk().ok()).collect()
    }

    /// The desk at which a command runs: of the named practice, else the current one.
    ///
    /// # Errors
    /// `practice_closed` where nobody is signed in to the named practice; `locked` where none is named.
    pub fn desk(&self, practice: Option<&str>) -> Result<Arc<Desk>, CommandError> {
        let Some(practice) = practice else { return self.current().desk() };
        let named: VaultId = practice.parse().map_err(|_| closed())?;
        self.desks().into_iter().find(|desk| desk.vault() == named).ok_or_else(closed)
    }

    /// The door at which a command of the entrance runs: of the named practice, else the current one.
    ///
    /// # Errors
    /// `practice_unknown`.
    pub fn door(&self, practice: Option<&str>) -> Result<Arc<Doorstep>, CommandError> {
        let Some(practice) = practice else { return Ok(self.current()) };
        let named: VaultId = practice.parse().map_err(|_| unknown())?;
        Ok(self.place(named)?.door)
    }

    /// The place of a practice, whether somebody is signed in or not.
    ///
    /// # Errors
    /// `practice_unknown`.
    pub fn place(&self, practice: VaultId) -> Result<Place, CommandError> {
        self.places().into_iter().find(|place| place.vault() == Some(practice)).ok_or_else(unknown)
    }

    /// Adds the practice in a folder; one that is there already stays as it is.
    ///
    /// # Errors
    /// What `vault.json` refuses; `practice_known` where another folder holds the same vault.
    pub(super) fn add(&self, folder: &Path) -> Result<Arc<Doorstep>, CommandError> {
        let folder = std::path::absolute(folder).map_err(|_| CommandError::field("folder_missing", "folder"))?;
        let file = VaultFile::load(&folder).map_err(|error| {
            let refusal = CommandError::from(error);
            CommandError { field: Some("folder".to_owned()), ..refusal }
        })?;
        let practice = VaultId::new(file.vault());
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let places = self.places();
        for place in &places {
            let here = place.door.folder() == folder;
            if here && place.vault() == Some(practice) {
                return Ok(Arc::clone(&place.door));
            }
            // The same vault elsewhere is a copy: two of them open would be one practice with two truths.
            if !here && place.vault() == Some(practice) && place.is_there() {
                return Err(CommandError::field("practice_known", "folder"));
            }
        }
        let taken: Vec<&str> = places.iter().map(Place::colour).collect();
        let one = Known {
            practice,
            folder: folder.clone(),
            name: file.practice().to_owned(),
            colour: known::next_hue(taken.into_iter()).to_owned(),
        };
        let door = Arc::new(beside(&self.own, &folder));
        let mut others: Vec<Place> = places
            .into_iter()
            // What stood in this folder, or was moved to it, is this one now; somebody signed in stays.
            .filter(|place| place.known.as_ref().is_some_and(|old| old.folder != folder && old.practice != practice))
            .collect();
        others.push(Place { known: Some(one), door: Arc::clone(&door) });
        self.keep(others)?;
        // Nobody listening is no fault: only a window has views.
        let _ = self.arrivals.send(Arc::clone(&door));
        Ok(door)
    }

    /// Takes a practice off the list. Nothing in its folder is touched.
    ///
    /// # Errors
    /// `practice_own` for this computer's own practice, `practice_unknown`, and what the disk refuses.
    pub(super) fn forget(&self, practice: VaultId) -> Result<(), CommandError> {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.place(practice)?.known.is_none() {
            return Err(CommandError::new("practice_own"));
        }
        let rest =
            self.places().into_iter().filter(|place| place.known.as_ref().is_some_and(|one| one.practice != practice));
        self.keep(rest.collect())?;
        if !self.holds(&self.current()) {
            let next = self.places().into_iter().find(|place| place.door.desk().is_ok());
            self.make_current(&next.map_or_else(|| Arc::clone(&self.own), |place| place.door));
        }
        Ok(())
    }

    fn keep(&self, others: Vec<Place>) -> Result<(), CommandError> {
        if let Some(path) = &self.list {
            let listed: Vec<Known> = others.iter().filter_map(|place| place.known.clone()).collect();
            known::write(path, &listed)?;
        }
        *self.others.write().unwrap_or_else(PoisonError::into_inner) = others;
        Ok(())
    }
}

impl Place {
    /// Its vault: of whoever is signed in, else as the list says, else as the folder says.
    #[must_use]
    pub fn vault(&self) -> Option<VaultId> {
        if let Ok(desk) = self.door.desk() {
            return Some(desk.vault());
        }
        match &self.known {
            Some(known) => Some(known.practice),
            None => VaultFile::load(&self.door.folder()).ok().map(|file| VaultId::new(file.vault())),
        }
    }

    /// Whether its vault is in its folder.
    #[must_use]
    pub fn is_there(&self) -> bool {
        VaultFile::load(&self.door.folder()).is_ok_and(|file| Some(VaultId::new(file.vault())) == self.vault())
    }

    /// Its hue.
    #[must_use]
    pub fn colour(&self) -> &str {
        self.known.as_ref().map_or(OWN_HUE, |known| known.colour.as_str())
    }
}

/// A doorstep of another folder on the same computer.
fn beside(own: &Doorstep, folder: &Path) -> Doorstep {
    let around = own.around();
    Doorstep::new(Surroundings {
        folder: folder.to_owned(),
        demonstration: demonstration_folder(folder),
        clock: Arc::clone(&around.clock),
        keyring: Arc::clone(&around.keyring),
        workstation: around.workstation.clone(),
        os_account: around.os_account.clone(),
        costs: around.costs,
    })
}

fn closed() -> CommandError {
    CommandError::new("practice_closed")
}

fn unknown() -> CommandError {
    CommandError::new("practice_unknown")
}
