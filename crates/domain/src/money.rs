//! Money, in whole cents of the country's currency. Not here: which currency, and how an amount is written.

use serde::{Deserialize, Serialize};

/// An amount in cents (of the euro, of the dirham).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cents(i64);

impl Cents {
    /// The largest price that is believed: a million.
    pub const MAX: Cents = Cents(100_000_000);

    /// A price: none below nothing, none above [`Cents::MAX`].
    pub fn price(cents: i64) -> Option<Self> {
        (0..=Self::MAX.0).contains(&cents).then_some(Self(cents))
    }

    /// How many cents.
    pub const fn value(self) -> i64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_never_negative_nor_absurd() {
        assert_eq!(Cents::price(2650).map(Cents::value), Some(2650));
        assert_eq!(Cents::price(0).map(Cents::value), Some(0));
        assert_eq!(Cents::price(-1), None);
        assert_eq!(Cents::price(100_000_001), None);
    }
}
