//! What the practice owes whom, and by when: the deadlines of the data-protection office, gathered from those who keep them.
//!
//! Deliberately not here: the deadlines themselves (room `domain`, and each capability that names its own).

use chrono::NaiveDate;

/// Something that is due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueItem {
    /// What: `request`, `breach` … the screens put it into words.
    pub kind: &'static str,
    /// Which one.
    pub id: String,
    /// What tells it apart for a person, never clinical.
    pub label: String,
    /// By which day.
    pub on: NaiveDate,
    /// The part of the screen that shows it.
    pub part: &'static str,
}
