//! The archive's own key: random, sealed to the clinical public key, opened by a practitioner's session alone.
//!
//! Whoever holds the database key could put a key of their own there, as they could for a patient: what an archived record
//! says stays sealed under that patient's key all the same.

use uuid::Uuid;

use crate::commands::{CommandError, Desk};
use crate::store::archive::known::{self, KeyRow};
use crate::store::{self, Connection, StoreError};
use crate::vault::{self, ClinicalPrivateKey, Context, DatabaseKey, VaultFile};

fn place(vault: Uuid, row: &str, version: i64, key_id: u32) -> Option<Context<'_>> {
    let version = u64::try_from(version).ok()?;
    Some(Context { vault, table: "archive_key", column: "sealed", row, patient: "", version, key_id })
}

/// Opens the keys, the newest first. One that does not open is left out.
pub(super) fn opened(vault: Uuid, private: &ClinicalPrivateKey, rows: &[KeyRow]) -> Vec<(i64, DatabaseKey)> {
    let open = |row: &KeyRow| {
        let key_id = vault::sealed_key_id(&row.sealed).ok()?;
        let text = row.version.to_string();
        let plain = vault::open_with(private, &place(vault, &text, row.version, key_id)?, &row.sealed).ok()?;
        Some((row.version, DatabaseKey::from_bytes(&plain).ok()?))
    };
    rows.iter().filter_map(open).collect()
}

/// The keys in this session, the newest first.
///
/// # Errors
/// `clinical_pending`, what the store refuses.
pub(super) async fn keys(desk: &Desk, connection: &mut Connection) -> Result<Vec<(i64, DatabaseKey)>, CommandError> {
    let rows = known::keys(connection).await?;
    let unlocked = desk.unlocked.lock().await;
    let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
    let keys = opened(desk.vault_id, private, &rows);
    if keys.len() == rows.len() { Ok(keys) } else { Err(CommandError::new("archive_damaged")) }
}

/// Which of the keys the file stands under: the newest, unless it was not written since that one was made.
///
/// # Errors
/// `archive_damaged` where none opens it.
pub(super) async fn fitting(desk: &Desk, keys: &[(i64, DatabaseKey)]) -> Result<usize, CommandError> {
    if !desk.folder().join(store::archive::FILE_NAME).is_file() {
        return Ok(0);
    }
    for (index, (_, key)) in keys.iter().enumerate() {
        match store::archive::header(desk.folder(), key, "").await {
            Ok(_) => return Ok(index),
            Err(StoreError::NewerSchema) => return Err(StoreError::NewerSchema.into()),
            Err(error) if error.is_damage() => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(CommandError::new("archive_damaged"))
}

/// The key to read the archive with.
///
/// # Errors
/// `clinical_pending`, `archive_damaged`.
pub(super) async fn reading_key(desk: &Desk, connection: &mut Connection) -> Result<Option<DatabaseKey>, CommandError> {
    let mut keys = keys(desk, connection).await?;
    if keys.is_empty() {
        return Ok(None);
    }
    let index = fitting(desk, &keys).await?;
    Ok(Some(keys.swap_remove(index).1))
}

/// Makes sure that there is a key, and a new one after the database got one. Returns all of them, the newest first.
///
/// # Errors
/// `clinical_pending`, `no_randomness`, what vault and store refuse.
pub(super) async fn current(desk: &Desk) -> Result<Vec<(i64, DatabaseKey)>, CommandError> {
    let database_key = i64::from(VaultFile::load(desk.folder())?.database_key_id());
    let mut tx = desk.store.write().await?;
    let rows = known::keys(&mut tx).await?;
    let mut found = keys(desk, &mut tx).await?;
    if rows.first().is_some_and(|row| row.database_key >= database_key) {
        return Ok(found);
    }
    let (_, key_id) = desk.clinical_public.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
    let failed = |_| CommandError::new("no_randomness");
    let version = rows.first().map_or(1, |row| row.version + 1);
    let key = DatabaseKey::make().map_err(failed)?;
    let sealed = {
        let unlocked = desk.unlocked.lock().await;
        let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
        let text = version.to_string();
        let place =
            place(desk.vault_id, &text, version, *key_id).ok_or_else(|| CommandError::new("archive_damaged"))?;
        vault::seal_to(&private.public_key(), &place, key.expose()).map_err(failed)?
    };
    let made_at = crate::commands::clock::instant_text(desk.now());
    known::insert_key(&mut tx, &KeyRow { version, sealed, database_key, made_at }).await?;
    tx.commit().await.map_err(StoreError::from)?;
    found.insert(0, (version, key));
    Ok(found)
}
