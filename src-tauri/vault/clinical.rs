//! The clinical key pair: made once, handed from practitioner to practitioner.
//!
//! Whoever grants must know to whom: the file is sealed by any holder of the database key, a secretary's session included,
//! so a user's public key could have been replaced from within. [`VaultFile::grant_code`] is for comparing it aloud.
//!
//! Not here: the state `clinical_pending`, which the database holds.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::cipher;
use super::codec::{Encoder, Hex};
use super::error::VaultError;
use super::file::{ClinicalGrant, ClinicalHold, ClinicalPart, VaultFile};
use super::keys::{ClinicalPrivateKey, DatabaseKey};
use super::recovery_key::{RecoveryKey, RecoveryKind};
use super::sign_in::{Unlocked, no_randomness};

/// Some ten milliseconds.
const GRANT_CODE_ROUNDS: u32 = 1 << 16;

impl VaultFile {
    /// Makes the clinical key pair in the first practitioner's session, where the vault was set up by somebody who is none.
    /// The clinical recovery key is to be shown once. [`VaultError::ClinicalKeyExists`] ever after.
    pub fn make_clinical_key(&mut self, unlocked: &mut Unlocked) -> Result<RecoveryKey, VaultError> {
        let (private, recovery_key) = self.amend(&unlocked.database, |file| {
            let (private, recovery_key) = file.new_clinical_pair()?;
            file.hold_clinical(unlocked, &private)?;
            Ok((private, recovery_key))
        })?;
        unlocked.clinical = Some(private);
        Ok(recovery_key)
    }

    /// Hands the clinical key to another user: sealed to their public key, taken in at their next sign-in.
    pub fn grant_clinical(&mut self, granter: &Unlocked, to: Uuid) -> Result<(), VaultError> {
        let private = granter.clinical.as_ref().ok_or(VaultError::NoClinicalKey)?;
        self.amend(&granter.database, |file| {
            let (public, key_id) = file.clinical_public_key().ok_or(VaultError::NoClinicalKey)?;
            if private.public_key() != public {
                return Err(VaultError::WrongKey);
            }
            let user = file.user(to)?;
            let data = file.held_data("clinical-grant", to, &user.role, key_id);
            // The database key takes part, so that nobody outside can plant a clinical key of theirs.
            let sealed = cipher::seal_box(&user.public.0, Some(&granter.database.0), &data, private.expose());
            let bytes = Hex(sealed.map_err(no_randomness)?);
            file.user_mut(to)?.clinical =
                Some(ClinicalHold::Granted(ClinicalGrant { key_id, database_key_id: file.database.key_id, bytes }));
            Ok(())
        })
    }

    /// Twelve digits that stand for a user's public key as this session sees it: the one who grants and the one who receives
    /// compare them, each on their own screen, before the grant. They are hashed slowly: whoever wanted to put a key of their
    /// own with the same digits there would have to try a million million keys at that price.
    pub fn grant_code(&self, user: Uuid) -> Result<String, VaultError> {
        let bytes =
            Encoder::new("semainier/1/grant-code").id(self.vault).id(user).bytes(&self.user(user)?.public.0).finish();
        let mut hash: [u8; 32] = Sha256::digest(bytes).into();
        for _ in 0..GRANT_CODE_ROUNDS {
            hash = Sha256::digest(hash).into();
        }
        let number = hash.iter().fold(0_u64, |rest, byte| (rest << 8 | u64::from(*byte)) % 1_000_000_000_000);
        Ok(format!("{:04} {:04} {:04}", number / 100_000_000, number / 10_000 % 10_000, number % 10_000))
    }

    /// The code of one's own key, from the key itself: nobody can have replaced it.
    pub fn own_grant_code(&self, unlocked: &Unlocked) -> Result<String, VaultError> {
        if self.user(unlocked.user)?.public.0 != unlocked.user_key.grant_public() {
            return Err(VaultError::Tampered);
        }
        self.grant_code(unlocked.user)
    }

    /// Takes the clinical key from a user who is no longer a practitioner. What they knew they may remember.
    pub fn withdraw_clinical(&mut self, holder: &DatabaseKey, user: Uuid) -> Result<(), VaultError> {
        self.amend(holder, |file| {
            file.user_mut(user)?.clinical = None;
            Ok(())
        })
    }

    /// A new clinical recovery key, where the paper was lost; the old one opens nothing any more.
    pub fn renew_clinical_recovery_key(&mut self, unlocked: &Unlocked) -> Result<RecoveryKey, VaultError> {
        let private = unlocked.clinical.as_ref().ok_or(VaultError::NoClinicalKey)?;
        self.amend(&unlocked.database, |file| {
            let key_id = file.clinical.as_ref().ok_or(VaultError::NoClinicalKey)?.key_id;
            file.wrap_clinical_for_recovery(private, key_id)
        })
    }

    /// Opens the clinical private key with the clinical recovery key, for a session that lacks it.
    pub fn recover_clinical(&mut self, unlocked: &mut Unlocked, key: &RecoveryKey) -> Result<(), VaultError> {
        let private = self.open_clinical_recovery(key)?;
        self.amend(&unlocked.database, |file| file.hold_clinical(unlocked, &private))?;
        unlocked.clinical = Some(private);
        Ok(())
    }

    pub(super) fn open_clinical_recovery(&self, key: &RecoveryKey) -> Result<ClinicalPrivateKey, VaultError> {
        let part = self.clinical.as_ref().ok_or(VaultError::NoClinicalKey)?;
        let data = self.vault_data("clinical-recovery", part.key_id, &part.public.0);
        let opened = cipher::unwrap_key(&self.recovery_secret(key, RecoveryKind::Clinical)?, &data, &part.recovery.0);
        let private = ClinicalPrivateKey(opened.map_err(|_| VaultError::WrongRecoveryKey)?);
        if private.public_key().0 == part.public.0 { Ok(private) } else { Err(VaultError::Tampered) }
    }

    /// Makes the pair and its recovery wrap.
    pub(super) fn new_clinical_pair(&mut self) -> Result<(ClinicalPrivateKey, RecoveryKey), VaultError> {
        if self.clinical.is_some() {
            return Err(VaultError::ClinicalKeyExists);
        }
        let private = ClinicalPrivateKey::make().map_err(no_randomness)?;
        let recovery_key = self.wrap_clinical_for_recovery(&private, 1)?;
        Ok((private, recovery_key))
    }

    fn wrap_clinical_for_recovery(
        &mut self,
        private: &ClinicalPrivateKey,
        key_id: u32,
    ) -> Result<RecoveryKey, VaultError> {
        let recovery_key = RecoveryKey::make(RecoveryKind::Clinical).map_err(no_randomness)?;
        let public = private.public_key().0;
        let secret = self.recovery_secret(&recovery_key, RecoveryKind::Clinical)?;
        let data = self.vault_data("clinical-recovery", key_id, &public);
        let recovery = Hex(cipher::wrap(&secret, &data, private.expose()).map_err(no_randomness)?);
        self.clinical = Some(ClinicalPart { key_id, public: Hex(public), recovery });
        Ok(recovery_key)
    }

    fn hold_clinical(&mut self, unlocked: &Unlocked, private: &ClinicalPrivateKey) -> Result<(), VaultError> {
        let user = self.user(unlocked.user)?;
        if user.public.0 != unlocked.user_key.grant_public() {
            return Err(VaultError::WrongKey);
        }
        let held = self.wrap_clinical(&unlocked.user_key, unlocked.user, &user.role, private)?;
        self.user_mut(unlocked.user)?.clinical = Some(held);
        Ok(())
    }
}
