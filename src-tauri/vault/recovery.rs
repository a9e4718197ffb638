//! The recovery keys' wraps, and getting back in with them.
//!
//! Not here: how a recovery key is written (`recovery_key`).

use uuid::Uuid;

use super::cipher;
use super::codec::Hex;
use super::error::VaultError;
use super::file::VaultFile;
use super::keys::{DatabaseKey, Secret32};
use super::password::Password;
use super::recovery_key::{RecoveryKey, RecoveryKind};
use super::sign_in::{Unlocked, no_randomness};
use super::users::{Here, device_for};

/// What a recovery gives.
pub struct Recovered {
    /// The session of the user who recovered.
    pub unlocked: Unlocked,
    /// Users who were removed because the file had been changed outside the program, so that nothing in it but the recovery
    /// wraps could be believed. An administrator adds them again.
    pub dropped: Vec<Uuid>,
}

impl VaultFile {
    /// Gets a user back in who lost password, keyring or computer: the recovery key opens the database key, a new password
    /// is set, this computer account enrolled. A practitioner gives the clinical recovery key too, or stays without until
    /// another practitioner grants. This works on a file that was tampered with, too; see [`Recovered::dropped`].
    ///
    /// [`VaultError::WrongRecoveryKey`] for either key; [`VaultError::UnknownUser`] for the login.
    pub fn recover(
        &mut self,
        key: &RecoveryKey,
        clinical_key: Option<&RecoveryKey>,
        login: &str,
        new: &Password,
        here: &Here<'_>,
    ) -> Result<Recovered, VaultError> {
        let database = self.open_recovery(key)?;
        let clinical = clinical_key.map(|key| self.open_clinical_recovery(key)).transpose()?;
        let user = self.user_by_login(login).ok_or(VaultError::UnknownUser)?.id;
        let mut changed = self.clone();
        let mut dropped = Vec::new();
        if !changed.seal_fits(&database) {
            dropped = changed.users.iter().map(|record| record.id).filter(|id| *id != user).collect();
            changed.users.retain(|record| record.id == user);
            changed.user_mut(user)?.enrolments.clear();
            changed.reseal(&database);
        }
        let device = device_for(changed.vault, here)?;
        let unlocked = changed.renew(&database, clinical.as_ref(), user, new, Some(device), here)?;
        *self = changed;
        Ok(Recovered { unlocked, dropped })
    }

    /// A new recovery key, where the paper was lost; the old one opens nothing any more.
    pub fn renew_recovery_key(&mut self, holder: &DatabaseKey) -> Result<RecoveryKey, VaultError> {
        let key = RecoveryKey::make(RecoveryKind::Database).map_err(no_randomness)?;
        self.amend(holder, |file| file.wrap_for_recovery(&key, holder))?;
        Ok(key)
    }

    /// The database key, by the recovery key.
    pub fn open_recovery(&self, key: &RecoveryKey) -> Result<DatabaseKey, VaultError> {
        let data = self.vault_data("database-recovery", self.database.key_id, &[]);
        let secret = self.recovery_secret(key, RecoveryKind::Database)?;
        cipher::unwrap_key(&secret, &data, &self.database.recovery.0)
            .map(DatabaseKey)
            .map_err(|_| VaultError::WrongRecoveryKey)
    }

    /// Wraps the database key, under its present number, for the recovery key.
    pub(super) fn wrap_for_recovery(&mut self, key: &RecoveryKey, database: &DatabaseKey) -> Result<(), VaultError> {
        let data = self.vault_data("database-recovery", self.database.key_id, &[]);
        let secret = self.recovery_secret(key, RecoveryKind::Database)?;
        self.database.recovery = Hex(cipher::wrap(&secret, &data, database.expose()).map_err(no_randomness)?);
        Ok(())
    }

    /// 160 random bits need no stretching.
    pub(super) fn recovery_secret(&self, key: &RecoveryKey, kind: RecoveryKind) -> Result<Secret32, VaultError> {
        if key.kind() != kind {
            return Err(VaultError::WrongRecoveryKey);
        }
        let label = match kind {
            RecoveryKind::Database => "semainier/1/recovery-database",
            RecoveryKind::Clinical => "semainier/1/recovery-clinical",
        };
        Ok(cipher::derive(&[key.bytes()], &[], label, self.vault.as_bytes()))
    }
}
