//! Prescriptions (*ordonnances*): what is to be taken, how that is typed and said, how many packs it needs, and what the law
//! asks of a prescription before it can be signed.
//!
//! Deliberately not here: which drugs go together ([`crate::drug::check`]), the words of a finding, and paper.

pub mod amount;
pub mod completion;
pub mod fields;
pub mod letters;
mod lexicon;
pub mod model;
pub mod posology;
pub mod quantity;
pub mod rules;
pub mod sentence;
mod settled;
#[cfg(test)]
mod tests;
pub mod typed;
pub mod unit;

pub use amount::{Amount, Span, SpanUnit};
pub use completion::complete;
pub use model::Prescription;
pub use unit::Unit;
