//! The archive with the right to write it, in order with the database.
//!
//! Between the two files a crash leaves one of these, and none loses anything: a copy in the archive of somebody who is
//! active (the copy goes); somebody in the archive whom the database does not know (they are noted again, unless they stand
//! on the erasure list or on a confirmed list: then they go); an old key (it goes once the file stands under the new one).

use std::collections::{BTreeSet, HashSet};

use domain::role::Permission;
use serde_json::json;

use super::keys;
use crate::backup;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::StoreError;
use crate::store::archive::known::{self, ArchivedRow};
use crate::store::archive::{self, Header, Lock, Shelved};
use crate::store::destruction;
use crate::vault::DatabaseKey;

/// The archive, while nobody else writes it.
pub(super) struct Shelf {
    lock: Lock,
    keys: Vec<(i64, DatabaseKey)>,
    /// Which of the keys the file stands under.
    stands: usize,
}

impl Shelf {
    /// Takes the right to write, makes the key where there is none, and puts the two files in order.
    ///
    /// # Errors
    /// `busy`, `clinical_pending`, `archive_damaged`, what vault and store refuse.
    pub async fn open(desk: &Desk) -> Result<Self, CommandError> {
        let lock = Lock::alone(desk.folder()).await?;
        archive::sweep(desk.folder());
        let keys = keys::current(desk).await?;
        let stands = keys::fitting(desk, &keys).await?;
        let mut shelf = Self { lock, keys, stands };
        shelf.put_in_order(desk).await?;
        Ok(shelf)
    }

    /// The key to read with.
    pub fn key(&self) -> &DatabaseKey {
        &self.keys[self.stands].1
    }

    /// Everybody in it.
    ///
    /// # Errors
    /// `archive_damaged`, what the store refuses.
    pub async fn persons(&self, desk: &Desk) -> Result<Vec<Header>, CommandError> {
        archive::list(desk.folder(), self.key()).await.map_err(named)
    }

    /// Writes it anew, under the newest key.
    ///
    /// # Errors
    /// `disk_full`, what the store refuses; then it stays as it was.
    pub async fn write(&mut self, desk: &Desk, removed: &[String], added: &[Shelved]) -> Result<(), CommandError> {
        let (version, newest) = &self.keys[0];
        archive::rewrite(desk.folder(), &self.lock, (self.key(), newest), removed, added).await.map_err(named)?;
        self.stands = 0;
        if self.keys.len() > 1 {
            let mut tx = desk.store.write().await?;
            known::forget_keys(&mut tx, *version).await?;
            tx.commit().await.map_err(StoreError::from)?;
            self.keys.truncate(1);
        }
        Ok(())
    }

    async fn put_in_order(&mut self, desk: &Desk) -> Result<(), CommandError> {
        let persons = self.persons(desk).await?;
        let ids: Vec<String> = persons.iter().map(|one| one.erasure_id.clone()).collect();
        let (noted, active, gone) = {
            let mut connection = desk.store.read().await?;
            let noted: HashSet<String> =
                known::archived(&mut connection).await?.into_iter().map(|one| one.erasure_id).collect();
            let active = known::active_among(&mut connection, &ids).await?;
            let mut gone: BTreeSet<String> = destruction::destroyed(&mut connection).await?.into_iter().collect();
            gone.extend(backup::read_erasures(desk.folder())?.unwrap_or_default());
            (noted, active, gone)
        };
        let mut removed = active;
        let mut unknown = Vec::new();
        for person in
            persons.iter().filter(|one| !removed.contains(&one.erasure_id) && !noted.contains(&one.erasure_id))
        {
            unknown.push(person);
        }
        removed.extend(unknown.iter().map(|one| one.erasure_id.clone()).filter(|id| gone.contains(id)));
        unknown.retain(|one| !gone.contains(&one.erasure_id));
        if !unknown.is_empty() {
            self.note_again(desk, &unknown).await?;
        }
        if !removed.is_empty() || (self.stands > 0 || self.keys.len() > 1) && !persons.is_empty() {
            self.write(desk, &removed, &[]).await?;
        }
        Ok(())
    }

    /// Somebody whom the database does not know any more: it came from elsewhere. They are kept.
    async fn note_again(&self, desk: &Desk, persons: &[&Header]) -> Result<(), CommandError> {
        let mut change = desk.change(Permission::ReadClinical, "note_archived_again").await?;
        for person in persons {
            let package = archive::one(desk.folder(), self.key(), &person.erasure_id).await.map_err(named)?;
            let documents = package.map(|package| package.documents()).unwrap_or_default();
            let row = ArchivedRow {
                erasure_id: person.erasure_id.clone(),
                archived_at: person.archived_at.clone(),
                category: person.category.clone(),
                destroy_on: person.destroy_on.clone(),
            };
            known::note_archived(change.connection(), &row, &documents).await?;
        }
        let practice = desk.premises().practice_id.to_string();
        let what = json!({ "noted_again": persons.len() });
        change.record("privacy", &practice, None, &ChangeRecord::created("archive", &what)).await?;
        change.commit().await?;
        Ok(())
    }
}

/// Damage of this file is not damage of the vault.
pub(super) fn named(error: StoreError) -> CommandError {
    match error {
        StoreError::NotReadable | StoreError::Damaged | StoreError::BadValue => CommandError::new("archive_damaged"),
        other => other.into(),
    }
}
