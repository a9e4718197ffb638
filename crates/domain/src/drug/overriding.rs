//! Prescribing in spite of a finding: a contre-indication needs a reason, and the reason is kept as it was given.
//!
//! Deliberately not here: who may, and where it is kept.

use super::check::Kind;
use super::level::Level;

/// The longest reason.
const LONGEST: usize = 500;

/// Why somebody prescribes in spite of a finding. Has at least one word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    /// A reason as typed; none where it says nothing, or more than a reason does.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let says = text.split(' ').any(|word| word.chars().filter(|c| c.is_alphabetic()).count() >= 3);
        (says && text.chars().count() <= LONGEST).then_some(Self(text))
    }

    /// As it is kept.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a finding stands in the way until a reason is given.
#[must_use]
pub const fn needs_reason(kind: Kind) -> bool {
    matches!(kind, Kind::Interaction(Level::Contraindicated, _))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contraindication_alone_needs_a_reason_that_says_something() {
        for level in Level::ALL {
            assert_eq!(needs_reason(Kind::Interaction(*level, 0)), *level == Level::Contraindicated);
        }
        assert!(!needs_reason(Kind::SameSubstance) && !needs_reason(Kind::Unknown));
        for empty in ["", "  ", "...", "ok", "a b c", "-----------", "1234567"] {
            assert_eq!(Reason::of(empty), None, "{empty}");
        }
        let kept = Reason::of("  Avis du cardiologue,\n surveillance ECG ").map(|reason| reason.as_str().to_owned());
        assert_eq!(kept.as_deref(), Some("Avis du cardiologue, surveillance ECG"));
        assert!(Reason::of("سبب طبي واضح").is_some());
        assert_eq!(Reason::of(&"mot ".repeat(200)), None);
    }
}
