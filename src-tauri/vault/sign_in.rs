//! Signing in: from login, password and keyring to the keys.
//!
//! Not here: counting failures and waiting ([`delay_after`] only says how long), roles and permissions.

use std::time::Duration;

use uuid::Uuid;

use super::cipher;
use super::codec::{Encoder, Hex};
use super::error::{KeyringError, SealError, VaultError};
use super::file::{ClinicalHold, Enrolment, FORMAT, Numbered, UserRecord, VaultFile};
use super::keyring::device_secret;
use super::keys::{ClinicalPrivateKey, DatabaseKey, DeviceSecret, Secret32, UserKey};
use super::password::{Costs, Password, stretch};
use super::users::Here;

/// What a successful sign-in opens. Held by the session, wiped with it.
pub struct Unlocked {
    /// Whose.
    pub user: Uuid,
    /// The role when the keys were wrapped; where the database's differs, [`VaultFile::set_role`].
    pub role: String,
    /// Opens `practice.db`.
    pub database: DatabaseKey,
    /// Only while a re-key is under way: the key before. Where [`Self::database`] does not open the file yet, this one does;
    /// then the re-key is done again and finished ([`VaultFile::finish_rekey`]).
    pub previous_database: Option<DatabaseKey>,
    /// Practitioners only, once granted.
    pub clinical: Option<ClinicalPrivateKey>,
    /// Whether grants from others were used that wait to be taken in: call [`VaultFile::settle`] and save.
    pub unsettled: bool,
    /// Whether this OS account is the one enrolled (it may have been renamed): if not, [`VaultFile::enrol_here`].
    pub enrolled_here: bool,
    /// Whether a device secret took part; if not, the password alone opens (the user is told once).
    pub device_secret: bool,
    pub(super) user_key: UserKey,
}

/// How long to wait before the next try, after so many failures in a row: 0, 0, 1, 2, 4 … at most 60 seconds.
pub fn delay_after(failures: u32) -> Duration {
    match failures {
        0 | 1 => Duration::ZERO,
        n => Duration::from_secs(1_u64.checked_shl(n - 2).unwrap_or(u64::MAX).min(60)),
    }
}

impl VaultFile {
    /// Opens the keys of a user. Takes Argon2's time, whether the login exists or not; call it off the main thread.
    ///
    /// [`VaultError::WrongCredentials`] for an unknown login, a wrong password and a changed wrap alike;
    /// [`VaultError::Tampered`] where the password is right and the rest of the file was changed;
    /// [`VaultError::NotEnrolledHere`], [`VaultError::DeviceSecretMissing`], [`VaultError::Keyring`] where this computer
    /// account cannot serve, whatever the password.
    pub fn sign_in(&self, login: &str, password: &Password, here: &Here<'_>) -> Result<Unlocked, VaultError> {
        self.sign_in_with(login, password, here).map(|(unlocked, _)| unlocked)
    }

    /// As [`Self::sign_in`]; also gives the stretched password, for a further enrolment.
    pub(super) fn sign_in_with(
        &self,
        login: &str,
        password: &Password,
        here: &Here<'_>,
    ) -> Result<(Unlocked, Secret32), VaultError> {
        let (device, failure) = self.device_here(here);
        let known = self.user_by_login(login);
        // An unknown login goes the way of somebody who could sign in here, so that neither answer nor time tells the
        // difference.
        let serves = |user: &&UserRecord| !user.usable_enrolments(here.os_account, device.as_ref()).is_empty();
        let Some(user) = known.or_else(|| self.users.iter().find(serves)).or(self.users.first()) else {
            stretch(password, &[0; 16], &Costs::STANDARD)?;
            return Err(VaultError::WrongCredentials);
        };
        let usable = user.usable_enrolments(here.os_account, device.as_ref());
        if usable.is_empty() {
            return Err(user.why_unusable(here.os_account, failure));
        }
        let stretched = stretch(password, &user.salt.0, &user.costs)?;
        for enrolment in usable {
            let Ok(user_key) = self.open_enrolment(user, enrolment, &stretched, device.as_ref()) else { continue };
            if known.is_none() {
                break;
            }
            let mut unlocked = self.unlock(user, user_key)?;
            unlocked.enrolled_here = enrolment.os_account == here.os_account;
            unlocked.device_secret = enrolment.device.is_some();
            return Ok((unlocked, stretched));
        }
        Err(VaultError::WrongCredentials)
    }

    /// Takes in the grants that wait for this user: from now on their own key wraps what was granted. To be called when a
    /// sign-in says [`Unlocked::unsettled`], and to pick up a grant that came during the session. Save afterwards; where
    /// saving fails, the grants stay and serve again.
    pub fn settle(&mut self, unlocked: &mut Unlocked) -> Result<(), VaultError> {
        let role = self.user(unlocked.user)?.role.clone();
        self.set_role(unlocked, &role)
    }

    /// Binds the user's keys to the role that they have now (and takes grants in). Only the user's own session can.
    pub fn set_role(&mut self, unlocked: &mut Unlocked, role: &str) -> Result<(), VaultError> {
        let clinical = self.amend(&unlocked.database, |file| {
            let user = file.user(unlocked.user)?;
            if user.public.0 != unlocked.user_key.grant_public() {
                return Err(VaultError::WrongKey);
            }
            let held = [(file.database.key_id, unlocked.database.copy())];
            let clinical = match &unlocked.clinical {
                Some(key) => Some(key.copy()),
                None => file.open_clinical(user, &unlocked.user_key, &held)?,
            };
            let database = file.wrap_database(&unlocked.user_key, unlocked.user, role, &unlocked.database)?;
            let hold = match &clinical {
                None => None,
                Some(key) => Some(file.wrap_clinical(&unlocked.user_key, unlocked.user, role, key)?),
            };
            let user = file.user_mut(unlocked.user)?;
            user.role = role.to_owned();
            user.database = database;
            user.database_grants.clear();
            user.clinical = hold;
            Ok(clinical)
        })?;
        unlocked.clinical = clinical;
        unlocked.role = role.to_owned();
        unlocked.unsettled = false;
        Ok(())
    }

    /// From the user key to all the user's keys; checks the file's seal.
    pub(super) fn unlock(&self, user: &UserRecord, user_key: UserKey) -> Result<Unlocked, VaultError> {
        if user_key.grant_public() != user.public.0 {
            return Err(VaultError::Tampered);
        }
        let keys = self.open_database(user, &user_key)?;
        let clinical = self.open_clinical(user, &user_key, &keys)?;
        let Some((_, database)) = keys.into_iter().next_back() else { return Err(VaultError::Tampered) };
        Ok(Unlocked {
            user: user.id,
            role: user.role.clone(),
            previous_database: self.previous_database(&database)?,
            database,
            clinical,
            unsettled: !user.database_grants.is_empty() || matches!(user.clinical, Some(ClinicalHold::Granted(_))),
            enrolled_here: false,
            device_secret: false,
            user_key,
        })
    }

    /// The database keys that the user was given, with their numbers, the present one last; under it the file's seal fits.
    fn open_database(&self, user: &UserRecord, user_key: &UserKey) -> Result<Vec<(u32, DatabaseKey)>, VaultError> {
        let private = user_key.grant_private();
        let data = self.held_data("database", user.id, &user.role, user.database.key_id);
        let first = cipher::unwrap_key(&user_key.0, &data, &user.database.bytes.0).map_err(|_| VaultError::Tampered)?;
        let mut keys = vec![(user.database.key_id, DatabaseKey(first))];
        for grant in &user.database_grants {
            // Each re-key's grant opens only together with the key before it: an outsider cannot slip in a key of theirs.
            let data = self.held_data("database-grant", user.id, &user.role, grant.key_id);
            let before = keys.last().map(|(_, key)| &key.0);
            let key =
                cipher::open_box_key(&private, before, &data, &grant.bytes.0).map_err(|_| VaultError::Tampered)?;
            keys.push((grant.key_id, DatabaseKey(key)));
        }
        match keys.last() {
            Some((key_id, key)) if *key_id == self.database.key_id && self.seal_fits(key) => Ok(keys),
            _ => Err(VaultError::Tampered),
        }
    }

    /// The clinical private key, wrapped or granted; `keys` are the database keys that the user was given.
    fn open_clinical(
        &self,
        user: &UserRecord,
        user_key: &UserKey,
        keys: &[(u32, DatabaseKey)],
    ) -> Result<Option<ClinicalPrivateKey>, VaultError> {
        let opened = match &user.clinical {
            None => return Ok(None),
            Some(ClinicalHold::Wrapped(held)) => {
                let data = self.held_data("clinical", user.id, &user.role, held.key_id);
                cipher::unwrap_key(&user_key.0, &data, &held.bytes.0)
            }
            Some(ClinicalHold::Granted(grant)) => {
                let (_, shared) =
                    keys.iter().find(|(id, _)| *id == grant.database_key_id).ok_or(VaultError::Tampered)?;
                let data = self.held_data("clinical-grant", user.id, &user.role, grant.key_id);
                cipher::open_box_key(&user_key.grant_private(), Some(&shared.0), &data, &grant.bytes.0)
            }
        };
        let key = ClinicalPrivateKey(opened.map_err(|_| VaultError::Tampered)?);
        match self.clinical_public_key() {
            Some((public, _)) if public == key.public_key() => Ok(Some(key)),
            _ => Err(VaultError::Tampered),
        }
    }

    /// During a re-key, the key before.
    pub(super) fn previous_database(&self, database: &DatabaseKey) -> Result<Option<DatabaseKey>, VaultError> {
        let Some(wrapped) = &self.database.previous else { return Ok(None) };
        let data = self.vault_data("previous-database", self.database.key_id, &[]);
        cipher::unwrap_key(&database.0, &data, &wrapped.0)
            .map(|key| Some(DatabaseKey(key)))
            .map_err(|_| VaultError::Tampered)
    }

    pub(super) fn wrap_database(
        &self,
        user_key: &UserKey,
        user: Uuid,
        role: &str,
        key: &DatabaseKey,
    ) -> Result<Numbered, VaultError> {
        let key_id = self.database.key_id;
        let data = self.held_data("database", user, role, key_id);
        Ok(Numbered { key_id, bytes: Hex(cipher::wrap(&user_key.0, &data, key.expose()).map_err(no_randomness)?) })
    }

    pub(super) fn wrap_clinical(
        &self,
        user_key: &UserKey,
        user: Uuid,
        role: &str,
        key: &ClinicalPrivateKey,
    ) -> Result<ClinicalHold, VaultError> {
        let (public, key_id) = self.clinical_public_key().ok_or(VaultError::NoClinicalKey)?;
        if key.public_key() != public {
            return Err(VaultError::WrongKey);
        }
        let data = self.held_data("clinical", user, role, key_id);
        let bytes = cipher::wrap(&user_key.0, &data, key.expose()).map_err(no_randomness)?;
        Ok(ClinicalHold::Wrapped(Numbered { key_id, bytes: Hex(bytes) }))
    }

    /// Reads the keyring only where somebody's keys need it: a locked one must not ask for nothing.
    fn device_here(&self, here: &Here<'_>) -> (Option<DeviceSecret>, Option<KeyringError>) {
        if !self.users.iter().any(|user| user.enrolments.iter().any(|enrolment| enrolment.device.is_some())) {
            return (None, None);
        }
        match device_secret(here.keyring, self.vault) {
            Ok(device) => (device, None),
            Err(failure) => (None, Some(failure)),
        }
    }

    pub(super) fn open_enrolment(
        &self,
        user: &UserRecord,
        enrolment: &Enrolment,
        stretched: &Secret32,
        device: Option<&DeviceSecret>,
    ) -> Result<UserKey, SealError> {
        let data = enrolment_data(self.vault, user, &enrolment.os_account, enrolment.device.as_ref().map(|d| &d.0));
        let key = match (&enrolment.device, device) {
            (None, _) => cipher::unwrap_key(&password_only(stretched), &data, &enrolment.user_key.0),
            (Some(_), None) => Err(SealError::Refused),
            (Some(_), Some(device)) => {
                cipher::open_box_key(&device.private(), Some(stretched), &data, &enrolment.user_key.0)
            }
        };
        key.map(UserKey)
    }
}

impl UserRecord {
    /// Wraps the user key for one OS account. Salt, costs and id of the record are bound in.
    pub(super) fn enrol(
        &mut self,
        vault: Uuid,
        os_account: &str,
        device: Option<[u8; 32]>,
        stretched: &Secret32,
        user_key: &UserKey,
    ) -> Result<(), VaultError> {
        let data = enrolment_data(vault, self, os_account, device.as_ref());
        let wrapped = match &device {
            None => cipher::wrap(&password_only(stretched), &data, user_key.expose()),
            Some(device) => cipher::seal_box(device, Some(stretched), &data, user_key.expose()),
        };
        let user_key = Hex(wrapped.map_err(no_randomness)?);
        self.enrolments.retain(|enrolment| enrolment.os_account != os_account);
        self.enrolments.push(Enrolment { os_account: os_account.to_owned(), device: device.map(Hex), user_key });
        Ok(())
    }

    /// The enrolments that this computer account can open, given the right password: its own first.
    fn usable_enrolments(&self, os_account: &str, device: Option<&DeviceSecret>) -> Vec<&Enrolment> {
        let device = device.map(|device| *device.public_key().as_bytes());
        let usable = |enrolment: &&Enrolment| match &enrolment.device {
            None => true,
            Some(needed) => device == Some(needed.0),
        };
        let mut found: Vec<_> = self.enrolments.iter().filter(usable).collect();
        found.sort_by_key(|enrolment| enrolment.os_account != os_account);
        found
    }

    fn why_unusable(&self, os_account: &str, failure: Option<KeyringError>) -> VaultError {
        match failure {
            Some(failure) => VaultError::Keyring(failure),
            None if self.enrolments.iter().any(|e| e.os_account == os_account) => VaultError::DeviceSecretMissing,
            None => VaultError::NotEnrolledHere,
        }
    }
}

fn enrolment_data(vault: Uuid, user: &UserRecord, os_account: &str, device: Option<&[u8; 32]>) -> Vec<u8> {
    Encoder::new("semainier/1/enrolment")
        .number(u64::from(FORMAT))
        .id(vault)
        .id(user.id)
        .text(os_account)
        .optional(device.map(|device| device.as_slice()))
        .bytes(&user.salt.0)
        .number(u64::from(user.costs.memory_kib))
        .number(u64::from(user.costs.passes))
        .number(u64::from(user.costs.lanes))
        .finish()
}

/// The key-encryption key where no device secret takes part.
fn password_only(stretched: &Secret32) -> Secret32 {
    cipher::derive(&[stretched.bytes()], &[], "semainier/1/password-only", &[])
}

/// Wrapping 32 bytes fails for want of random bytes only.
pub(super) fn no_randomness(_: SealError) -> VaultError {
    VaultError::NoRandomness
}
