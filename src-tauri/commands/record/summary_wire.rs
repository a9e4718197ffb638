//! Views of what stands in a record, of its curves, and the requests that search it while it is open.

use domain::id::{EntryId, PatientId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What stands today. Entries are named by their identifiers; struck ones are in none of these.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct RecordSummaryView {
    /// Alerts.
    #[ts(type = "Array<EntryId>")]
    pub alerts: Vec<EntryId>,
    /// Allergies, the gravest first.
    #[ts(type = "Array<EntryId>")]
    pub allergies: Vec<EntryId>,
    /// Long-term conditions that last.
    #[ts(type = "Array<EntryId>")]
    pub ald: Vec<EntryId>,
    /// Other conditions that last.
    #[ts(type = "Array<EntryId>")]
    pub conditions: Vec<EntryId>,
    /// Treatments of today.
    #[ts(type = "Array<EntryId>")]
    pub treatments: Vec<EntryId>,
    /// Antecedents, and conditions that are over.
    #[ts(type = "Array<EntryId>")]
    pub antecedents: Vec<EntryId>,
    /// Vaccinations, the newest first.
    #[ts(type = "Array<EntryId>")]
    pub vaccinations: Vec<EntryId>,
    /// Relatives' conditions.
    #[ts(type = "Array<EntryId>")]
    pub family: Vec<EntryId>,
    /// The newest value of each measure.
    pub measures: Vec<LatestMeasureView>,
    /// The body mass index of the newest weight and the newest height.
    pub bmi: Option<BmiView>,
}

/// The newest value of a measure, as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct LatestMeasureView {
    /// The entry.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// A known measure's word, or the practice's own name.
    pub what: String,
    /// With a point; of a blood pressure `135/85`.
    pub value: String,
    /// Unit.
    pub unit: String,
    /// ISO date.
    pub on: String,
}

/// A body mass index, and what it was computed from.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BmiView {
    /// To one decimal.
    pub value: f64,
    /// ISO date of the weight.
    pub weight_on: String,
    /// ISO date of the height.
    pub height_on: String,
}

/// A measure's values over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CurveView {
    /// A known measure's word, or the practice's own name.
    pub what: String,
    /// Unit.
    pub unit: String,
    /// How many decimals are shown at most.
    pub decimals: i64,
    /// The oldest first.
    pub points: Vec<CurvePointView>,
}

/// One value of a curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CurvePointView {
    /// The entry that it was read from; of an index the weight's.
    #[ts(type = "EntryId")]
    pub id: EntryId,
    /// ISO date.
    pub on: String,
    /// In the curve's unit.
    pub value: f64,
}

/// Search the record that is open.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SearchRecordRequest {
    /// Whose: the one that `open_record` named.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// Beginnings of words, all of which must be found; empty: everything fits.
    pub text: String,
    /// Only these kinds; none: all.
    pub kinds: Vec<String>,
    /// First ISO date, or empty.
    pub from: String,
    /// Last ISO date, or empty.
    pub until: String,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FoundEntriesView {
    /// The newest first.
    #[ts(type = "Array<EntryId>")]
    pub ids: Vec<EntryId>,
}

/// Keep what is being written about a patient.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct SaveClinicalDraftRequest {
    /// About whom.
    #[ts(type = "PatientId")]
    pub patient_id: PatientId,
    /// JSON of the form's fields; empty forgets.
    pub body: String,
}
