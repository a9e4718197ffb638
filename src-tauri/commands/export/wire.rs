//! Requests of exports; they answer with a file.

use domain::id::PractitionerId;
use serde::Deserialize;
use ts_rs::TS;

/// The agenda between two days, as a file.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportAgendaRequest {
    /// Whose; none named: of all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// First day.
    pub from: String,
    /// Last day, at most ten years later.
    pub until: String,
    /// `ics` (a calendar) or `csv` (a table).
    #[ts(type = "'ics' | 'csv'")]
    pub format: String,
    /// How much of a person it says.
    #[ts(type = "'busy' | 'initials' | 'name'")]
    pub discretion: String,
    /// `fr`, `ar`, `en`.
    pub language: String,
}

/// Every patient, as a table.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ExportPatientsRequest {
    /// `fr`, `ar`, `en`.
    pub language: String,
}
