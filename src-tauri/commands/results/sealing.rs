//! Sealing what is filed: each paper under a key of its own, that key to the clinical public key. Any session can; only a
//! practitioner's can open.

use domain::id::{FiledId, PatientId};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::wire::Report;
use crate::commands::documents::wire::Document;
use crate::commands::{CommandError, Desk};
use crate::import::results::Item;
use crate::store::filing::FiledRow;
use crate::vault::{self, Context, FilingKey};

/// What a filed paper's seal holds.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Content {
    /// A report that is whole.
    Report {
        /// The file's name.
        file: String,
        /// The report.
        report: Report,
    },
    /// What is not whole, as text.
    Raw {
        /// The file's name.
        file: String,
        /// Its text, or what can be made of it.
        text: String,
    },
    /// A scanned document that is sealed beside the database.
    Document(Document),
}

/// Places of the parts of a filed paper. The patient takes no part: a person may still decide whose it is.
pub(in crate::commands) fn place<'a>(vault: uuid::Uuid, column: &'a str, row: &'a str, key_id: u32) -> Context<'a> {
    Context { vault, table: "filed", column, row, patient: "", version: 1, key_id }
}

fn no_randomness<E>(_: E) -> CommandError {
    CommandError::new("no_randomness")
}

/// Seals a paper: its key and its content.
///
/// # Errors
/// `no_practitioner_yet`, `too_long`.
pub fn seal(desk: &Desk, id: FiledId, content: &Content) -> Result<(Vec<u8>, Vec<u8>), CommandError> {
    let (public, key_id) = desk.clinical_public.as_ref().ok_or_else(|| CommandError::new("no_practitioner_yet"))?;
    let key = FilingKey::make().map_err(no_randomness)?;
    let row = id.to_string();
    let plain = Zeroizing::new(serde_json::to_vec(content).map_err(|_| CommandError::new("bad_request"))?);
    let sealed = vault::seal(&key, &place(desk.vault_id, "sealed", &row, 1), &plain).map_err(no_randomness)?;
    let place = place(desk.vault_id, "sealed_key", &row, *key_id);
    let sealed_key = vault::seal_to(public, &place, key.expose()).map_err(no_randomness)?;
    Ok((sealed_key, sealed))
}

/// Opens a paper; none where it does not open.
///
/// # Errors
/// `clinical_pending` where this session has no clinical key.
pub async fn open(desk: &Desk, row: &FiledRow) -> Result<Option<Content>, CommandError> {
    let unlocked = desk.unlocked.lock().await;
    let private = unlocked.clinical.as_ref().ok_or_else(|| CommandError::new("clinical_pending"))?;
    let id = row.id.to_string();
    let opened = (|| {
        let key_id = vault::sealed_key_id(&row.sealed_key).ok()?;
        let bytes =
            vault::open_with(private, &place(desk.vault_id, "sealed_key", &id, key_id), &row.sealed_key).ok()?;
        let key = FilingKey::from_bytes(&bytes).ok()?;
        let plain = vault::open(&key, &place(desk.vault_id, "sealed", &id, 1), &row.sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    })();
    Ok(opened)
}

/// Whether this session opens what is filed.
pub async fn opens(desk: &Desk) -> bool {
    desk.session().roles.may(domain::role::Permission::ReadClinical) && desk.unlocked.lock().await.clinical.is_some()
}

/// A new row of the inbox: of a patient, or for a person to decide.
///
/// # Errors
/// As [`seal`].
pub fn row(
    desk: &Desk,
    at: &str,
    item: &Item,
    file: &str,
    slip: &str,
    (patient_id, problem): (Option<PatientId>, &str),
) -> Result<FiledRow, CommandError> {
    let id = FiledId::new(desk.make_id());
    let content = match &item.report {
        Some(report) => Content::Report { file: file.to_owned(), report: report.clone() },
        None => Content::Raw { file: file.to_owned(), text: item.raw.clone() },
    };
    let (sealed_key, sealed) = seal(desk, id, &content)?;
    let identity = &item.identity;
    Ok(FiledRow {
        id,
        kind: "report".to_owned(),
        patient_id,
        problem: problem.to_owned(),
        line: item.trouble.map_or(0, |one| i64::try_from(one.line).unwrap_or(0)),
        whole: item.report.is_some(),
        slip: slip.to_owned(),
        surname: identity.surname.clone(),
        birth_name: identity.birth_name.clone(),
        first_name: identity.first_name.clone(),
        born: identity.born.map(|day| day.to_string()),
        sex: if identity.sex.is_empty() { "unknown" } else { identity.sex }.to_owned(),
        nir: identity.nir.clone(),
        sealed_key,
        sealed,
        filed_at: at.to_owned(),
        filed_by: desk.session().user_id.to_string(),
        refused_at: None,
    })
}
