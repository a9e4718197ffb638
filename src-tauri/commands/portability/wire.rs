//! Request and view of one person's export.

use domain::id::PatientId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroize;

use crate::commands::wire::FileView;

/// Export a person's data, for them. Not `Debug`: it may hold their passphrase.
#[derive(Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportPersonRequest {
    /// Who.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// `fr`, `ar`, `en`; empty: the person's own.
    #[ts(type = "'' | 'fr' | 'ar' | 'en'")]
    pub language: String,
    /// The file that is to be written, or a folder that is to hold it under a name of ours; empty: the answer holds it.
    pub path: String,
    /// Chosen by the person, with which they open it; empty: not encrypted.
    pub passphrase: String,
}

impl Drop for ExportPersonRequest {
    fn drop(&mut self) {
        self.passphrase.zeroize();
    }
}

/// What was exported.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ExportedPersonView {
    /// Where it was written; empty: `file` holds it.
    pub path: String,
    /// The file, where no path was given.
    pub file: Option<FileView>,
    /// Bytes.
    pub bytes: i64,
    /// Files in it, the manifest left out.
    pub files: i64,
    /// Only the passphrase opens it.
    pub encrypted: bool,
    /// What of the record could not be read, and is not in it.
    pub damaged: i64,
    /// The entry of the journal.
    pub sequence: i64,
}
