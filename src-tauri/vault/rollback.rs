//! An old `vault.json` put back. Its seal fits, since it was right once; but it brings back passwords that were changed since
//! and people who left. What the newest file was is remembered where the file cannot reach ([`KnownFile`]); here an old one is
//! told from it, and made into the newest again without what must not come back.
//!
//! Not here: where it is remembered (the database), and who may go on from an old file (both the callers').

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::codec::Hex;
use super::error::VaultError;
use super::file::VaultFile;
use super::keys::DatabaseKey;

/// What is remembered of the newest `vault.json`. Nothing in it is secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownFile {
    /// Its revision.
    pub revision: u64,
    /// By user, the public half of the user key: made anew with every password, and at no other time.
    users: BTreeMap<Uuid, Hex<[u8; 32]>>,
    /// Whether the clinical key pair was made.
    clinical: bool,
}

impl VaultFile {
    /// What is to be remembered of this file, once it is on the disk.
    pub fn known(&self) -> KnownFile {
        KnownFile {
            revision: self.revision,
            users: self.users.iter().map(|user| (user.id, user.public.clone())).collect(),
            clinical: self.clinical.is_some(),
        }
    }

    /// Whether this user's password here is the one they had in the newest file.
    pub fn has_newest_password(&self, user: Uuid, newest: &KnownFile) -> bool {
        let present = self.user(user).ok().map(|user| &user.public);
        present.is_some() && present == newest.users.get(&user)
    }

    /// Whether the clinical key pair was made after this file: whoever made another one now would lose what is sealed to it.
    pub fn lacks_clinical(&self, newest: &KnownFile) -> bool {
        newest.clinical && self.clinical.is_none()
    }

    /// Goes on from an old file: its revision passes the newest, whoever does not stand (`standing`: the users who are not
    /// disabled) is removed, and a password that was changed since opens nothing any more, at no computer account. The user
    /// who goes on, by the newest password or by the recovery key, keeps theirs. Returns who needs a new password.
    pub fn overtake(
        &mut self,
        holder: &DatabaseKey,
        newest: &KnownFile,
        by: Uuid,
        standing: &[Uuid],
    ) -> Result<Vec<Uuid>, VaultError> {
        self.amend(holder, |file| {
            file.revision = file.revision.max(newest.revision);
            file.users.retain(|user| user.id == by || standing.contains(&user.id));
            let old = |user: &Uuid| *user != by && !file.has_newest_password(*user, newest);
            let shut_out: Vec<Uuid> = file.users.iter().map(|user| user.id).filter(old).collect();
            for user in file.users.iter_mut().filter(|user| shut_out.contains(&user.id)) {
                user.enrolments.clear();
            }
            Ok(shut_out)
        })
    }
}
