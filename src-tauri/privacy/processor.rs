//! The port to a processor: what the practice tells somebody who keeps data for it, and what they confirm. The sync fills it
//! later; until then nobody is connected, and the practice says so.
//!
//! Deliberately not here: how a processor is reached, and what waits for it (the commands keep that).

use chrono::{DateTime, Utc};

/// What a processor is told to do with a person's data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Erase them, copies included.
    Erase,
    /// Keep them without using them.
    Limit,
    /// Stop what the person objects to.
    Object,
    /// Take the present state over.
    Rectify,
    /// Use them again: a limitation or an objection was lifted.
    Lift,
}

impl Order {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Erase, Self::Limit, Self::Object, Self::Rectify, Self::Lift];

    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Erase => "erase",
            Self::Limit => "limit",
            Self::Object => "object",
            Self::Rectify => "rectify",
            Self::Lift => "lift",
        }
    }

    /// The order of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// One instruction. It is the same however often it is told: the processor knows it by its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instruction {
    /// Its id.
    pub id: String,
    /// What.
    pub order: Order,
    /// The random id by which the processor knows the person.
    pub subject: String,
}

/// What a processor confirms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
    /// When it was done.
    pub at: DateTime<Utc>,
    /// The processor's own number of it.
    pub reference: String,
    /// What it says of it.
    pub text: String,
}

/// Why nothing was confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProcessorError {
    /// Not reached: told again later.
    #[error("the processor was not reached")]
    Unreachable,
    /// Reached, and it refused.
    #[error("the processor refused")]
    Refused,
}

impl ProcessorError {
    /// The stable word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
        }
    }
}

/// Somebody who keeps data for the practice.
pub trait Processor: Send + Sync {
    /// How the practice calls it.
    fn name(&self) -> &str;

    /// Carries an instruction out and confirms it. May wait for the network: the caller is on a thread that may.
    ///
    /// # Errors
    /// [`ProcessorError`].
    fn carry_out(&self, instruction: &Instruction) -> Result<Confirmation, ProcessorError>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_order_is_found_by_its_word() {
        for order in Order::ALL {
            assert_eq!(Order::of(order.as_str()), Some(order));
        }
        assert_eq!(Order::of("forget"), None);
    }
}
