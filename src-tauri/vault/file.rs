//! `vault.json` in memory: its parts, its seal, and reading it from bytes.
//!
//! Nothing in it is secret, and nothing in it is trusted. Each wrap is bound to its user, role, vault and format. What no wrap
//! binds (names, public keys, who is in the list at all) stands under the file's seal: a MAC under the database key over
//! every field, checked at each sign-in and before each change.
//!
//! Not here: files (`disk`), what the operations do (`users`, `clinical`, `rekey`, `recovery`).

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::cipher;
use super::codec::{Encoder, Hex};
use super::error::VaultError;
use super::keys::{ClinicalPublicKey, DatabaseKey, Secret32};
use super::password::Costs;

/// The format that is written, and the newest that is read.
pub const FORMAT: u32 = 1;

/// `vault.json`: who may sign in, and the wrapped keys.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VaultFile {
    pub(super) format: u32,
    pub(super) vault: Uuid,
    pub(super) practice: String,
    /// Grows with every change.
    pub(super) revision: u64,
    pub(super) database: DatabasePart,
    /// The clinical key pair; absent until the first practitioner has signed in.
    pub(super) clinical: Option<ClinicalPart>,
    pub(super) users: Vec<UserRecord>,
    /// The MAC over all of the above.
    pub(super) seal: Hex<[u8; 32]>,
    /// The SHA-256 of the file that was loaded or saved last; `None`: not on the disk yet.
    #[serde(skip)]
    pub(super) on_disk: Option<[u8; 32]>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DatabasePart {
    /// The database key's number, from 1; a re-key makes the next.
    pub key_id: u32,
    /// The database key under the recovery key.
    pub recovery: Hex<Vec<u8>>,
    /// During a re-key: the database key before, under the present one.
    pub previous: Option<Hex<Vec<u8>>>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClinicalPart {
    pub key_id: u32,
    pub public: Hex<[u8; 32]>,
    /// The clinical private key under the clinical recovery key.
    pub recovery: Hex<Vec<u8>>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UserRecord {
    pub id: Uuid,
    pub login: String,
    pub name: String,
    /// The role when the keys were wrapped; the database's counts.
    pub role: String,
    pub salt: Hex<[u8; 16]>,
    pub costs: Costs,
    /// Others seal grants to it; derived from the user key.
    pub public: Hex<[u8; 32]>,
    pub enrolments: Vec<Enrolment>,
    /// The database key under the user key, as of the last time this user took grants in.
    pub database: Numbered,
    /// The database keys of the re-keys since then, oldest first.
    pub database_grants: Vec<Numbered>,
    pub clinical: Option<ClinicalHold>,
}

/// The user key for one OS account.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Enrolment {
    pub os_account: String,
    /// The public half of the device secret in that account's keyring; absent: the password alone opens.
    pub device: Option<Hex<[u8; 32]>>,
    pub user_key: Hex<Vec<u8>>,
}

/// Key material and the number of the key it holds.
#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Numbered {
    pub key_id: u32,
    pub bytes: Hex<Vec<u8>>,
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum ClinicalHold {
    /// Under the user key.
    Wrapped(Numbered),
    /// Sealed by another practitioner to this user's public key; taken in at the next sign-in.
    Granted(ClinicalGrant),
}

#[derive(Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ClinicalGrant {
    pub key_id: u32,
    /// The database key that takes part in the box: the one at the time of the grant.
    pub database_key_id: u32,
    pub bytes: Hex<Vec<u8>>,
}

/// A user as the sign-in screen may show them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserSummary {
    /// The user's id.
    pub id: Uuid,
    /// What they type.
    pub login: String,
    /// What they are called.
    pub name: String,
    /// The role when their keys were wrapped; the database's counts.
    pub role: String,
    /// Whether they hold the clinical key, or a grant of it waits for their next sign-in.
    pub clinical: bool,
    /// The OS accounts where they are enrolled, and whether a device secret takes part there.
    pub os_accounts: Vec<(String, bool)>,
}

impl VaultFile {
    /// Reads a `vault.json` of this or an older format. Nothing in it is trusted before a sign-in succeeded.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        #[derive(Deserialize)]
        struct Probe {
            format: u32,
        }
        let probe: Probe = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged { what: "not readable" })?;
        match probe.format {
            0 => return Err(VaultError::Damaged { what: "format" }),
            FORMAT => {}
            found => return Err(VaultError::NewerFormat { found, known: FORMAT }),
        }
        let file: VaultFile = serde_json::from_slice(bytes).map_err(|_| VaultError::Damaged { what: "its parts" })?;
        file.check_parts()?;
        Ok(file)
    }

    /// The file's bytes, as [`Self::from_bytes`] reads them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).expect("plain values with text keys are always JSON");
        bytes.push(b'\n');
        bytes
    }

    /// The vault's id.
    pub fn vault(&self) -> Uuid {
        self.vault
    }

    /// The practice's name, for the sign-in screen.
    pub fn practice(&self) -> &str {
        &self.practice
    }

    /// Grows with every change: remembered in the database, it shows an old `vault.json` put back (see `rollback`).
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The database key's number.
    pub fn database_key_id(&self) -> u32 {
        self.database.key_id
    }

    /// The clinical public key and its number, once there is one. To be believed only after a sign-in succeeded.
    pub fn clinical_public_key(&self) -> Option<(ClinicalPublicKey, u32)> {
        self.clinical.as_ref().map(|part| (ClinicalPublicKey(part.public.0), part.key_id))
    }

    /// Whether a re-key was begun and [`Self::finish_rekey`] not yet called.
    pub fn is_rekeying(&self) -> bool {
        self.database.previous.is_some()
    }

    /// The users, in the order in which they were added.
    pub fn users(&self) -> Vec<UserSummary> {
        let summary = |user: &UserRecord| UserSummary {
            id: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            role: user.role.clone(),
            clinical: user.clinical.is_some(),
            os_accounts: user.enrolments.iter().map(|e| (e.os_account.clone(), e.device.is_some())).collect(),
        };
        self.users.iter().map(summary).collect()
    }

    /// Whether the file stands as a holder of this database key left it.
    pub(super) fn seal_fits(&self, key: &DatabaseKey) -> bool {
        cipher::mac_fits(&self.seal_key(key), &self.sealed_content(), &self.seal.0)
    }

    /// Changes the file as a holder of its database key: all of the change or, on an error, nothing.
    pub(super) fn amend<T>(
        &mut self,
        key: &DatabaseKey,
        change: impl FnOnce(&mut VaultFile) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        if !self.seal_fits(key) {
            return Err(VaultError::WrongKey);
        }
        let mut changed = self.clone();
        let result = change(&mut changed)?;
        changed.reseal(key);
        *self = changed;
        Ok(result)
    }

    /// Counts a revision and seals the file under this key.
    pub(super) fn reseal(&mut self, key: &DatabaseKey) {
        self.revision += 1;
        self.seal = Hex(cipher::mac(&self.seal_key(key), &self.sealed_content()));
    }

    pub(super) fn user(&self, id: Uuid) -> Result<&UserRecord, VaultError> {
        self.users.iter().find(|user| user.id == id).ok_or(VaultError::UnknownUser)
    }

    pub(super) fn user_mut(&mut self, id: Uuid) -> Result<&mut UserRecord, VaultError> {
        self.users.iter_mut().find(|user| user.id == id).ok_or(VaultError::UnknownUser)
    }

    pub(super) fn user_by_login(&self, login: &str) -> Option<&UserRecord> {
        let login = folded(login);
        self.users.iter().find(|user| folded(&user.login) == login)
    }

    /// Associated data of a key that a user holds: `use_` tells wrap from grant and which key.
    pub(super) fn held_data(&self, use_: &str, user: Uuid, role: &str, key_id: u32) -> Vec<u8> {
        let data = Encoder::new("semainier/1/held").text(use_).number(u64::from(FORMAT)).id(self.vault).id(user);
        data.text(role).number(u64::from(key_id)).finish()
    }

    /// Associated data of what belongs to the vault, not to a user.
    pub(super) fn vault_data(&self, use_: &str, key_id: u32, more: &[u8]) -> Vec<u8> {
        let data = Encoder::new("semainier/1/vault").text(use_).number(u64::from(FORMAT)).id(self.vault);
        data.number(u64::from(key_id)).bytes(more).finish()
    }

    fn seal_key(&self, key: &DatabaseKey) -> Secret32 {
        cipher::derive(&[key.expose()], &[], "semainier/1/vault-file", self.vault.as_bytes())
    }

    /// Every field but the seal, unambiguously.
    fn sealed_content(&self) -> Vec<u8> {
        let mut out = Encoder::new("semainier/1/vault-file")
            .number(u64::from(self.format))
            .id(self.vault)
            .text(&self.practice)
            .number(self.revision)
            .number(u64::from(self.database.key_id))
            .bytes(&self.database.recovery.0)
            .optional(self.database.previous.as_ref().map(|previous| previous.0.as_slice()));
        out = match &self.clinical {
            None => out.number(0),
            Some(part) => out.number(1).number(u64::from(part.key_id)).bytes(&part.public.0).bytes(&part.recovery.0),
        };
        out = out.number(self.users.len() as u64);
        for user in &self.users {
            out = user.encode(out);
        }
        out.finish()
    }

    fn check_parts(&self) -> Result<(), VaultError> {
        for (place, user) in self.users.iter().enumerate() {
            let twice = |other: &UserRecord| other.id == user.id || folded(&other.login) == folded(&user.login);
            if self.users[..place].iter().any(twice) {
                return Err(VaultError::Damaged { what: "a user stands there twice" });
            }
        }
        Ok(())
    }
}

impl UserRecord {
    fn encode(&self, mut out: Encoder) -> Encoder {
        out = out.id(self.id).text(&self.login).text(&self.name).text(&self.role).bytes(&self.salt.0);
        for cost in [self.costs.memory_kib, self.costs.passes, self.costs.lanes] {
            out = out.number(u64::from(cost));
        }
        out = out.bytes(&self.public.0).number(self.enrolments.len() as u64);
        for enrolment in &self.enrolments {
            out = out.text(&enrolment.os_account).optional(enrolment.device.as_ref().map(|device| device.0.as_slice()));
            out = out.bytes(&enrolment.user_key.0);
        }
        out = self.database.encode(out).number(self.database_grants.len() as u64);
        for grant in &self.database_grants {
            out = grant.encode(out);
        }
        match &self.clinical {
            None => out.number(0),
            Some(ClinicalHold::Wrapped(held)) => held.encode(out.number(1)),
            Some(ClinicalHold::Granted(grant)) => {
                let out = out.number(2).number(u64::from(grant.key_id)).number(u64::from(grant.database_key_id));
                out.bytes(&grant.bytes.0)
            }
        }
    }
}

impl Numbered {
    fn encode(&self, out: Encoder) -> Encoder {
        out.number(u64::from(self.key_id)).bytes(&self.bytes.0)
    }
}

/// Logins are compared without case and without blanks around.
pub(super) fn folded(login: &str) -> String {
    login.trim().to_lowercase()
}
