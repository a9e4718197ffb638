//! The request for a summary.

use domain::id::PatientId;
use serde::Deserialize;
use ts_rs::TS;

/// Print a patient's summary.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct PrintSummaryRequest {
    /// Of whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// `fr`, `ar`, `en`.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
}
