//! What the vault promises, as tests. All of it is real: real costs at the accepted floor, real files, real ciphers.
//!
//! `golden` holds the promise that format 1 opens forever; `known_answers` that nothing drifts unseen.

#![allow(clippy::unwrap_used)]

mod clinical_key;
mod disk;
mod documents;
mod golden;
mod keyrings;
mod known_answers;
mod people;
mod recovering;
mod recovery_keys;
mod rekeying;
mod rollback;
mod sealing;
mod secrets;
mod signing_in;
mod tampering;

use uuid::Uuid;

use super::*;

pub(super) const OFFICE: &str = "office-pc/practice";
pub(super) const LAPTOP: &str = "laptop/anne";
pub(super) const VAULT: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001);
pub(super) const ANNE: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_00aa);
pub(super) const BASMA: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_00bb);
pub(super) const CLARA: Uuid = Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_00cc);

/// A vault set up by Anne, a practitioner, at the office.
pub(super) struct Practice {
    pub file: VaultFile,
    pub anne: Unlocked,
    pub recovery_key: RecoveryKey,
    pub clinical_recovery_key: RecoveryKey,
    pub office: MemoryKeyring,
}

impl Practice {
    pub fn new() -> Self {
        let office = MemoryKeyring::default();
        let password = word("anne's password");
        let first = user(ANNE, "anne", "practitioner", &password);
        let created = VaultFile::create(VAULT, "Cabinet des Lilas", &first, true, &at(OFFICE, &office)).unwrap();
        Practice {
            file: created.file,
            anne: created.unlocked,
            recovery_key: created.recovery_key,
            clinical_recovery_key: created.clinical_recovery_key.unwrap(),
            office,
        }
    }

    /// With Basma, who has no clinical key.
    pub fn with_basma(role: &str) -> Self {
        let mut practice = Self::new();
        let password = word("basma's password");
        let basma = user(BASMA, "basma", role, &password);
        practice.file.add_user(&practice.anne.database, None, &basma, &at(OFFICE, &practice.office)).unwrap();
        practice
    }

    pub fn sign_in(&self, login: &str) -> Result<Unlocked, VaultError> {
        self.file.sign_in(login, &word(&format!("{login}'s password")), &at(OFFICE, &self.office))
    }
}

pub(super) fn word(text: &str) -> Password {
    Password::new(text.to_owned())
}

pub(super) fn user<'a>(id: Uuid, login: &'a str, role: &'a str, password: &'a Password) -> NewUser<'a> {
    NewUser { id, login, name: login, role, password }
}

pub(super) fn at<'a>(os_account: &'a str, keyring: &'a dyn Keyring) -> Here<'a> {
    Here { os_account, keyring, costs: Costs::FLOOR }
}

/// The error of what must not succeed. (Secrets have no `Debug`, so `unwrap_err` cannot serve.)
pub(super) fn refusal<T, E>(result: Result<T, E>) -> E {
    match result {
        Ok(_) => panic!("it was accepted"),
        Err(error) => error,
    }
}
