//! Requests and views of the take-over: patients and agenda of the software that the practice leaves.

use domain::id::PractitionerId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A file as the window or the command line hands it over: a path on this computer.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PreviewPatientsFileRequest {
    /// Name of the file, for messages.
    pub name: String,
    /// Its bytes, base 64.
    pub base64: String,
}

/// What a file of patients looks like.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PatientsFileView {
    /// A handle for the next requests of this session.
    pub file: String,
    /// Encoding found.
    pub encoding: String,
    /// Separator found.
    pub separator: String,
    /// Rows without the header.
    pub rows: i64,
    /// Columns: header as written, the field guessed (or `ignore`), samples.
    pub columns: Vec<FileColumnView>,
    /// Fields that a column can be mapped to.
    pub fields: Vec<String>,
}

/// A column of the file.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FileColumnView {
    /// As written.
    pub header: String,
    /// The field guessed.
    pub field: String,
    /// Some values.
    pub samples: Vec<String>,
}

/// Import patients; with `dry_run` nothing is written.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportPatientsRequest {
    /// The handle of the preview.
    pub file: String,
    /// One field a column, as corrected by the user.
    pub mapping: Vec<String>,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Import an agenda into a practitioner's.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ImportAgendaRequest {
    /// Name of the file.
    pub name: String,
    /// Its bytes, base 64.
    pub base64: String,
    /// Whose.
    #[ts(type = "PractitionerId")]
    pub practitioner_id: PractitionerId,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// What an import did: the four figures add up to the rows.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ImportedView {
    /// Rows (VEVENTs) in the file.
    pub rows: i64,
    /// New.
    pub created: i64,
    /// Known, and changed.
    pub updated: i64,
    /// Joined to another row or to somebody who was known, with nothing new.
    pub merged: i64,
    /// Not taken, with line and reason in the report.
    pub rejected: i64,
    /// Rows taken with a warning.
    pub warned: i64,
    /// Nothing was written.
    pub dry_run: bool,
    /// The first rows that were rejected or warned, 200 at most.
    pub notable: Vec<RowView>,
    /// The report of every row, CSV, UTF-8 with BOM.
    pub report: String,
}

/// What became of a row.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RowView {
    /// Line in the file, from 1.
    pub line: i64,
    /// `created`, `updated`, `merged`, `rejected`.
    pub outcome: String,
    /// Codes of reasons and warnings.
    pub reasons: Vec<String>,
}

/// How far a running import is: the event `progress` carries it as well.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct ProgressView {
    /// Rows done.
    pub done: i64,
    /// Rows in all.
    pub total: i64,
    /// An import runs.
    pub running: bool,
}
