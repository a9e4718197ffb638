//! Request and view of the booking box.

use domain::id::{PatientId, PractitionerId, TypeId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::wire::SlotView;
use crate::commands::patient::wire::MatchView;

/// Read what stands in the booking box.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ReadBoxRequest {
    /// As typed.
    pub text: String,
    /// Language of the window: how dates are written.
    #[ts(type = "'fr' | 'ar' | 'en'")]
    pub language: String,
    /// At most so many matches, 1 to 100.
    pub limit: i64,
    /// The type that is chosen beside the box; one that is typed goes before. None: the practice has none yet.
    #[ts(type = "TypeId | null")]
    pub type_id: Option<TypeId>,
    /// Who was chosen before the box was opened (from a call, from a file): found as long as no name is typed.
    #[ts(type = "PatientId | null")]
    pub patient_id: Option<PatientId>,
    /// Which free slots are wanted; none: no slots (a walk-in).
    pub slots: Option<BoxSlotsRequest>,
}

/// Which free slots are wanted, where what is typed says nothing else.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BoxSlotsRequest {
    /// Whose; empty: all who are active.
    #[ts(type = "PractitionerId[]")]
    pub practitioners: Vec<PractitionerId>,
    /// From this wall time or date on.
    pub from: String,
    /// How many days to look at, 1 to 366.
    pub days: i64,
    /// Part of the day.
    #[ts(type = "'any' | 'morning' | 'afternoon' | 'evening'")]
    pub part: String,
    /// How many, 1 to 200.
    pub count: i64,
    /// The wish whose slots the page has: they are not found again. Empty: none.
    pub known: String,
}

/// What stands in the box, understood.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BoxView {
    /// What is left of the text to search for a patient, and to name a new one.
    pub search: String,
    /// Words that were understood as a wish.
    pub understood: Vec<UnderstoodView>,
    /// What is searched beside names.
    pub sought: Vec<SoughtView>,
    /// The best first.
    pub matches: Vec<MatchView>,
    /// More would match.
    pub more: bool,
    /// The type: typed, or the one asked with.
    #[ts(type = "TypeId | null")]
    pub type_id: Option<TypeId>,
    /// The practitioner that was typed.
    #[ts(type = "PractitionerId | null")]
    pub practitioner_id: Option<PractitionerId>,
    /// The duration: the type's, or longer or shorter by what was typed.
    pub minutes: i64,
    /// A day, a time or a part of the day was typed.
    pub wished: bool,
    /// What the slots are for, to be said back with the next key.
    pub known: String,
    /// Free slots; none where they are those that the page has.
    pub slots: Option<Vec<SlotView>>,
}

/// Words that were understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UnderstoodView {
    /// The first place in the text, in UTF-16 units.
    pub from: i64,
    /// The place after the last.
    pub to: i64,
    /// As what.
    #[ts(type = "'minutes' | 'type' | 'practitioner' | 'day' | 'time' | 'part'")]
    pub kind: String,
    /// Minutes, identifier, ISO date, `HH:MM`, part of the day.
    pub value: String,
}

/// What is searched beside names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SoughtView {
    /// As what.
    #[ts(type = "'born' | 'phone' | 'code'")]
    pub kind: String,
    /// ISO date, digits, spoken code.
    pub value: String,
}
