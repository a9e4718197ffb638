//! The rules of the medical record: what a measured value may be, what stands today, how typed text grows, what a search
//! finds. All in memory and without a clock.
//!
//! Deliberately not here: what an entry of the record holds and how it is sealed (the program's commands), drugs and
//! prescriptions (modules of their own), any opinion on a value: a plausible one is plausible, not healthy.

pub mod abbreviation;
pub mod measure;
pub mod search;
pub mod series;
pub mod standing;
pub mod template;

pub use measure::{Bounds, Judgement, MeasureKind};
