//! The view of what is due.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueItemView {
    /// What it is.
    pub kind: String,
    /// Which one.
    pub id: String,
    /// What tells it apart.
    pub label: String,
    /// By which day.
    #[ts(type = "string")]
    pub on: NaiveDate,
    /// Days until then; negative: late.
    pub days: i64,
    /// The part of the screen that shows it.
    pub part: String,
}

/// What is due, the most urgent first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DueView {
    /// Today at the practice.
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// What is due.
    pub items: Vec<DueItemView>,
}
