//! The rules of a medical practice, pure: no clock, no I/O, no async, no SQL, no window.
//!
//! What time it is, who asks and what is stored come in as arguments; what is allowed, what fits and what it means go
//! out as values. Words for people are deliberately not here: every enum has a stable `as_str`, which screens and the
//! command line put into French, Arabic or English.

// In a test a wrong value should fail right there.
#![cfg_attr(test, allow(clippy::unwrap_used))]

#[macro_use]
mod words;

pub mod agenda;
pub mod call;
pub mod clinical;
pub mod country;
pub mod counts;
pub mod drug;
pub mod holidays;
pub mod id;
pub mod identifiers;
pub mod messages;
pub mod money;
pub mod patient;
pub mod prescription;
pub mod privacy;
pub mod queue;
pub mod results;
pub mod role;
pub mod statistics;
pub mod sync;
pub mod text;
pub mod time;

pub use words::UnknownWord;
