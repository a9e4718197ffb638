//! Whether the archive is whole, as far as a session can tell.

use std::path::Path;

use uuid::Uuid;

use super::keys::opened;
use crate::commands::CommandError;
use crate::store::archive::{self, known};
use crate::store::{Connection, StoreError};
use crate::vault::ClinicalPrivateKey;

/// What is wrong with the archive in a folder beside an open database: `archive_missing`, `archive_damaged`,
/// `archive_incomplete`; none where nothing is. Without the clinical key only the first shows. Writes nothing.
///
/// # Errors
/// What the store refuses of the database.
pub(crate) async fn archive_fault(
    connection: &mut Connection,
    folder: &Path,
    vault: Uuid,
    clinical: Option<&ClinicalPrivateKey>,
) -> Result<Option<&'static str>, CommandError> {
    let noted = known::count_archived(connection).await?;
    let there = folder.join(archive::FILE_NAME).is_file();
    if !there {
        return Ok((noted > 0).then_some("archive_missing"));
    }
    let Some(private) = clinical else { return Ok(None) };
    if noted == 0 && !known::has_table(connection).await? {
        return Ok(None);
    }
    let keys = opened(vault, private, &known::keys(connection).await?);
    for (_, key) in &keys {
        let persons = match archive::list(folder, key).await {
            Ok(persons) => persons,
            Err(StoreError::NewerSchema) => return Err(StoreError::NewerSchema.into()),
            Err(_) => continue,
        };
        if !archive::missing_pages(folder, key).await.is_ok_and(|faults| faults.is_empty()) {
            return Ok(Some("archive_damaged"));
        }
        let missing = known::archived(connection)
            .await?
            .iter()
            .any(|one| !persons.iter().any(|person| person.erasure_id == one.erasure_id));
        return Ok(missing.then_some("archive_incomplete"));
    }
    Ok(Some("archive_damaged"))
}
