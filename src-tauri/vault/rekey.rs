//! A new database key, for instance after somebody left who knew the old one.
//!
//! Two files change, `vault.json` and the database, and the power may fail between them. So the old key stays in the file,
//! under the new one, until the database has changed:
//! 1. [`VaultFile::begin_rekey`], save: every sign-in now gives both keys;
//! 2. `PRAGMA rekey` (a transaction of SQLCipher's);
//! 3. [`VaultFile::finish_rekey`], save.
//!
//! A sign-in that finds a previous key tries the new one first, then the previous, and takes up again at the second step.
//!
//! Not here: the database; the clinical key pair, which stays (re-sealing the patients' keys is the store's).

use super::cipher;
use super::codec::Hex;
use super::error::VaultError;
use super::file::{Numbered, VaultFile};
use super::keys::DatabaseKey;
use super::recovery_key::{RecoveryKey, RecoveryKind};
use super::sign_in::{Unlocked, no_randomness};

impl VaultFile {
    /// Makes the next database key: for this session at once, for everybody else sealed to their public key until their
    /// next sign-in. The new recovery key is to be shown once; the old one opens nothing any more (but old backups).
    ///
    /// [`VaultError::RekeyUnfinished`] where one is under way.
    pub fn begin_rekey(&mut self, unlocked: &mut Unlocked) -> Result<RecoveryKey, VaultError> {
        if self.is_rekeying() {
            return Err(VaultError::RekeyUnfinished);
        }
        let mut file = self.clone();
        // What waits for this user is sealed together with the old key: it is taken in first.
        file.settle(unlocked)?;
        let old = &unlocked.database;
        let new = DatabaseKey::make().map_err(no_randomness)?;
        let key_id = file.database.key_id.checked_add(1).ok_or(VaultError::WrongKey)?;
        file.database.key_id = key_id;
        let data = file.vault_data("previous-database", key_id, &[]);
        file.database.previous = Some(Hex(cipher::wrap(&new.0, &data, old.expose()).map_err(no_randomness)?));
        let recovery_key = RecoveryKey::make(RecoveryKind::Database).map_err(no_randomness)?;
        file.wrap_for_recovery(&recovery_key, &new)?;
        for user in &self.users {
            if user.id == unlocked.user {
                file.user_mut(user.id)?.database = file.wrap_database(&unlocked.user_key, user.id, &user.role, &new)?;
                continue;
            }
            let data = file.held_data("database-grant", user.id, &user.role, key_id);
            let sealed = cipher::seal_box(&user.public.0, Some(&old.0), &data, new.expose()).map_err(no_randomness)?;
            file.user_mut(user.id)?.database_grants.push(Numbered { key_id, bytes: Hex(sealed) });
        }
        file.reseal(&new);
        *self = file;
        unlocked.previous_database = Some(std::mem::replace(&mut unlocked.database, new));
        Ok(recovery_key)
    }

    /// Forgets the key before, once the database opens with the new one.
    pub fn finish_rekey(&mut self, unlocked: &mut Unlocked) -> Result<(), VaultError> {
        self.amend(&unlocked.database, |file| {
            file.database.previous = None;
            Ok(())
        })?;
        unlocked.previous_database = None;
        Ok(())
    }
}
