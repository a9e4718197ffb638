//! Making a vault; adding, enrolling, changing and removing users.
//!
//! Each operation changes the [`VaultFile`] in memory, all or nothing; saving it is the caller's next step. Who holds the
//! database key may do all of it but hand out the clinical key: that takes the clinical key.
//!
//! Not here: which role may do what.

use uuid::Uuid;

use super::codec::Hex;
use super::error::VaultError;
use super::file::{DatabasePart, FORMAT, UserRecord, VaultFile, folded};
use super::keyring::{Keyring, device_secret_or_new};
use super::keys::{ClinicalPrivateKey, DatabaseKey, DevicePublicKey, UserKey, random_bytes};
use super::password::{Costs, Password, stretch};
use super::recovery_key::{RecoveryKey, RecoveryKind};
use super::sign_in::{Unlocked, no_randomness};

/// The computer account at which something is done.
#[derive(Clone, Copy)]
pub struct Here<'a> {
    /// Stands for workstation and OS account; opaque here (the caller hashes both).
    pub os_account: &'a str,
    /// That account's keyring. Whoever wants to do without a device secret passes [`super::NoKeyring`].
    pub keyring: &'a dyn Keyring,
    /// What a password that is set here costs: [`Costs::STANDARD`] outside tests.
    pub costs: Costs,
}

/// A user to be.
#[derive(Clone, Copy)]
pub struct NewUser<'a> {
    /// Made by the caller; the same id as in the database.
    pub id: Uuid,
    /// What they type; unique without case.
    pub login: &'a str,
    /// What they are called.
    pub name: &'a str,
    /// Bound to their keys; opaque here.
    pub role: &'a str,
    /// The first password, judged by the caller.
    pub password: &'a Password,
}

/// A new vault, not yet on the disk.
pub struct Created {
    /// To be saved.
    pub file: VaultFile,
    /// The first user's session.
    pub unlocked: Unlocked,
    /// To be shown once.
    pub recovery_key: RecoveryKey,
    /// To be shown once; where the clinical key pair was made too.
    pub clinical_recovery_key: Option<RecoveryKey>,
}

/// The keys that a user's record is to hold.
struct Keys<'a> {
    database: &'a DatabaseKey,
    clinical: Option<&'a ClinicalPrivateKey>,
}

impl Keys<'_> {
    /// The session of a user whose record was just made with these keys. `enrolled_here`: whether with a device secret.
    fn session(
        &self,
        file: &VaultFile,
        user: Uuid,
        role: &str,
        user_key: UserKey,
        enrolled_here: Option<bool>,
    ) -> Result<Unlocked, VaultError> {
        Ok(Unlocked {
            user,
            role: role.to_owned(),
            database: self.database.copy(),
            previous_database: file.previous_database(self.database)?,
            clinical: self.clinical.map(ClinicalPrivateKey::copy),
            unsettled: false,
            enrolled_here: enrolled_here.is_some(),
            device_secret: enrolled_here.unwrap_or(false),
            user_key,
        })
    }
}

impl VaultFile {
    /// Makes a vault with its first user: the database key, its recovery key and, where the first user is a practitioner,
    /// the clinical key pair and its recovery key.
    pub fn create(
        vault: Uuid,
        practice: &str,
        first: &NewUser<'_>,
        with_clinical: bool,
        here: &Here<'_>,
    ) -> Result<Created, VaultError> {
        let database = DatabaseKey::make().map_err(no_randomness)?;
        let recovery_key = RecoveryKey::make(RecoveryKind::Database).map_err(no_randomness)?;
        let mut file = VaultFile {
            format: FORMAT,
            vault,
            practice: practice.to_owned(),
            revision: 0,
            database: DatabasePart { key_id: 1, recovery: Hex(Vec::new()), previous: None },
            clinical: None,
            users: Vec::new(),
            seal: Hex([0; 32]),
            on_disk: None,
        };
        file.wrap_for_recovery(&recovery_key, &database)?;
        let clinical = if with_clinical { Some(file.new_clinical_pair()?) } else { None };
        let keys = Keys { database: &database, clinical: clinical.as_ref().map(|(key, _)| key) };
        let accounts = [(here.os_account.to_owned(), device_for(vault, here)?)];
        let (record, user_key) = file.make_record(first, &keys, &accounts, here.costs)?;
        file.users.push(record);
        file.reseal(&database);
        let unlocked = keys.session(&file, first.id, first.role, user_key, Some(accounts[0].1.is_some()))?;
        Ok(Created { file, unlocked, recovery_key, clinical_recovery_key: clinical.map(|(_, key)| key) })
    }

    /// Adds a user, enrolled at this computer account. A practitioner gets the clinical key where the one who adds holds it
    /// and hands it out; else their account waits for a grant.
    pub fn add_user(
        &mut self,
        holder: &DatabaseKey,
        clinical: Option<&ClinicalPrivateKey>,
        new: &NewUser<'_>,
        here: &Here<'_>,
    ) -> Result<(), VaultError> {
        self.amend(holder, |file| {
            if file.users.iter().any(|user| user.id == new.id) {
                return Err(VaultError::LoginTaken);
            }
            file.check_login(new.id, new.login)?;
            let accounts = [(here.os_account.to_owned(), device_for(file.vault, here)?)];
            let (record, _) = file.make_record(new, &Keys { database: holder, clinical }, &accounts, here.costs)?;
            file.users.push(record);
            Ok(())
        })
    }

    /// Changes one's own password: on every computer account where the user is enrolled, at once. The new session replaces
    /// the old one; grants that waited are taken in.
    pub fn change_password(
        &mut self,
        login: &str,
        old: &Password,
        new: &Password,
        here: &Here<'_>,
    ) -> Result<Unlocked, VaultError> {
        let session = self.sign_in(login, old, here)?;
        let mut fresh = self.renew(&session.database, session.clinical.as_ref(), session.user, new, None, here)?;
        fresh.enrolled_here = session.enrolled_here;
        fresh.device_secret = session.device_secret;
        Ok(fresh)
    }

    /// Sets another user's password, by the database key alone, and enrols them at this computer account too. Their
    /// clinical key, if they had one, is lost to them: `true`; the caller marks the account `clinical_pending`.
    pub fn reset_password(
        &mut self,
        holder: &DatabaseKey,
        user: Uuid,
        new: &Password,
        here: &Here<'_>,
    ) -> Result<bool, VaultError> {
        let had_clinical = self.user(user)?.clinical.is_some();
        let device = device_for(self.vault, here)?;
        self.renew(holder, None, user, new, Some(device), here)?;
        Ok(had_clinical)
    }

    /// Enrols a user at this computer account who can sign in here already: it was renamed, or has a keyring now, or the
    /// password alone opened. Whoever cannot sign in here is enrolled by [`Self::reset_password`] or [`Self::recover`].
    pub fn enrol_here(&mut self, login: &str, password: &Password, here: &Here<'_>) -> Result<Unlocked, VaultError> {
        let (mut session, stretched) = self.sign_in_with(login, password, here)?;
        let device = device_for(self.vault, here)?;
        self.amend(&session.database, |file| {
            let vault = file.vault;
            let device = device.map(|device| device.0);
            file.user_mut(session.user)?.enrol(vault, here.os_account, device, &stretched, &session.user_key)
        })?;
        session.enrolled_here = true;
        session.device_secret = device.is_some();
        Ok(session)
    }

    /// Removes a user and all their wraps. They may remember the database key: offer [`Self::begin_rekey`].
    pub fn remove_user(&mut self, holder: &DatabaseKey, user: Uuid) -> Result<(), VaultError> {
        self.amend(holder, |file| {
            file.user(user)?;
            if file.users.len() == 1 {
                return Err(VaultError::LastUser);
            }
            file.users.retain(|record| record.id != user);
            Ok(())
        })
    }

    /// Changes what a user types and is called.
    pub fn rename_user(&mut self, holder: &DatabaseKey, user: Uuid, login: &str, name: &str) -> Result<(), VaultError> {
        self.amend(holder, |file| {
            file.check_login(user, login)?;
            let record = file.user_mut(user)?;
            record.login = login.trim().to_owned();
            record.name = name.to_owned();
            Ok(())
        })
    }

    /// Changes the practice's name on the sign-in screen.
    pub fn rename_practice(&mut self, holder: &DatabaseKey, practice: &str) -> Result<(), VaultError> {
        self.amend(holder, |file| {
            file.practice = practice.to_owned();
            Ok(())
        })
    }

    /// Gives a user a new user key under a new password, for all their computer accounts and, where `device_here` is given,
    /// for this one too.
    pub(super) fn renew(
        &mut self,
        database: &DatabaseKey,
        clinical: Option<&ClinicalPrivateKey>,
        user: Uuid,
        password: &Password,
        device_here: Option<Option<DevicePublicKey>>,
        here: &Here<'_>,
    ) -> Result<Unlocked, VaultError> {
        self.amend(database, |file| {
            let place = file.users.iter().position(|record| record.id == user).ok_or(VaultError::UnknownUser)?;
            let old = file.users[place].clone();
            let mut accounts: Vec<_> = old
                .enrolments
                .iter()
                .map(|e| (e.os_account.clone(), e.device.as_ref().map(|device| DevicePublicKey(device.0))))
                .collect();
            if let Some(device) = device_here {
                accounts.retain(|(os_account, _)| os_account != here.os_account);
                accounts.push((here.os_account.to_owned(), device));
            }
            let again = NewUser { id: old.id, login: &old.login, name: &old.name, role: &old.role, password };
            let keys = Keys { database, clinical };
            let (record, user_key) = file.make_record(&again, &keys, &accounts, here.costs)?;
            file.users[place] = record;
            keys.session(file, old.id, &old.role, user_key, device_here.map(|device| device.is_some()))
        })
    }

    /// A user's record with a new user key, salt and wraps.
    fn make_record(
        &self,
        new: &NewUser<'_>,
        keys: &Keys<'_>,
        accounts: &[(String, Option<DevicePublicKey>)],
        costs: Costs,
    ) -> Result<(UserRecord, UserKey), VaultError> {
        if new.password.expose().is_empty() {
            return Err(VaultError::EmptyPassword);
        }
        self.check_login(new.id, new.login)?;
        let user_key = UserKey::make()?;
        let clinical = match keys.clinical {
            None => None,
            Some(key) => Some(self.wrap_clinical(&user_key, new.id, new.role, key)?),
        };
        let mut record = UserRecord {
            id: new.id,
            login: new.login.trim().to_owned(),
            name: new.name.to_owned(),
            role: new.role.to_owned(),
            salt: Hex(random_bytes()?),
            costs,
            public: Hex(user_key.grant_public()),
            enrolments: Vec::new(),
            database: self.wrap_database(&user_key, new.id, new.role, keys.database)?,
            database_grants: Vec::new(),
            clinical,
        };
        let stretched = stretch(new.password, &record.salt.0, &costs)?;
        for (os_account, device) in accounts {
            record.enrol(self.vault, os_account, device.map(|device| device.0), &stretched, &user_key)?;
        }
        Ok((record, user_key))
    }

    fn check_login(&self, user: Uuid, login: &str) -> Result<(), VaultError> {
        if login.trim().is_empty() {
            return Err(VaultError::EmptyLogin);
        }
        let taken = |other: &UserRecord| other.id != user && folded(&other.login) == folded(login);
        if self.users.iter().any(taken) { Err(VaultError::LoginTaken) } else { Ok(()) }
    }
}

/// This computer account's device key, made where there is none; `None` where there is no keyring.
pub(super) fn device_for(vault: Uuid, here: &Here<'_>) -> Result<Option<DevicePublicKey>, VaultError> {
    Ok(device_secret_or_new(here.keyring, vault)?.map(|secret| secret.public_key()))
}
