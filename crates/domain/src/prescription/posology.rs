//! A posology: what is taken, how much, when, for how long, in steps where it tapers.
//!
//! Deliberately not here: reading it from typed text ([`super::typed`]), saying it ([`super::sentence`]), and counting
//! what it needs ([`super::quantity`]).

use serde::{Deserialize, Serialize};

use super::{Amount, Span, Unit};

/// What a patient is to take.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Posology {
    /// What is counted.
    pub unit: Unit,
    /// One after the other; several where it tapers.
    pub steps: Vec<Step>,
    /// With, before, after or without food.
    pub meal: Option<Meal>,
    /// Only when needed.
    pub needed: Option<Needed>,
}

/// A step of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// How much and when in the day.
    pub intake: Intake,
    /// On which days.
    pub days: Days,
    /// For how long; all but the last step of several have one.
    pub duration: Option<Span>,
}

/// How much and when in a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Intake {
    /// At moments of the day; at least one of them is not zero.
    Moments {
        /// In the morning.
        morning: Amount,
        /// At noon.
        noon: Amount,
        /// In the evening.
        evening: Amount,
        /// At bedtime.
        bedtime: Amount,
    },
    /// So many times a day.
    Times {
        /// Each time.
        amount: Amount,
        /// How often.
        times: u8,
    },
    /// Every so many hours.
    Every {
        /// Each time.
        amount: Amount,
        /// The hours between.
        hours: u8,
    },
    /// Each time it is needed.
    Each {
        /// Each time.
        amount: Amount,
    },
    /// All at once, and never again.
    Single {
        /// How much.
        amount: Amount,
    },
}

/// On which days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", content = "days", rename_all = "snake_case")]
pub enum Days {
    /// Every day.
    Every,
    /// Every other day.
    Alternate,
    /// On weekdays: bit 0 is Monday. Neither none nor all seven.
    On(u8),
    /// On one day of the week.
    Weekly,
    /// On one day of the month.
    Monthly,
}

words! {
    /// How it goes with food.
    Meal {
        /// Before the meal.
        Before = "before",
        /// With the meal.
        With = "with",
        /// After the meal.
        After = "after",
        /// On an empty stomach.
        Fasting = "fasting",
    }
}

/// Only when needed, and how far that may go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Needed {
    /// At most so much in a day.
    pub most_a_day: Option<Amount>,
    /// At least so many hours between two intakes.
    pub hours_between: Option<u8>,
}

words! {
    /// Why a posology says nothing that could be followed.
    Unsound {
        /// There is no step, or more than twelve.
        Steps = "steps",
        /// An amount is zero or beyond reason.
        Amount = "amount",
        /// Not between once and twenty-four times a day, or not between 1 and 72 hours.
        Frequency = "frequency",
        /// No weekday, or all seven.
        Days = "days",
        /// A span of nothing or of more than a thousand, or a step before another without one.
        Duration = "duration",
        /// Each time it is needed, of something that is not only when needed, or in several steps.
        Needed = "needed",
        /// A single intake repeated on days.
        Single = "single",
    }
}

impl Intake {
    /// The four moments.
    #[must_use]
    pub const fn moments(of: [Amount; 4]) -> Self {
        Self::Moments { morning: of[0], noon: of[1], evening: of[2], bedtime: of[3] }
    }

    /// The amount of one intake: the greatest, where they differ.
    #[must_use]
    pub fn amount(self) -> Amount {
        match self {
            Self::Moments { morning, noon, evening, bedtime } => morning.max(noon).max(evening).max(bedtime),
            Self::Times { amount, .. }
            | Self::Every { amount, .. }
            | Self::Each { amount }
            | Self::Single { amount } => amount,
        }
    }

    /// The amounts of one day, intake by intake; `None` where only need decides.
    #[must_use]
    pub fn of_day(self) -> Option<Vec<Amount>> {
        match self {
            Self::Moments { morning, noon, evening, bedtime } => {
                Some([morning, noon, evening, bedtime].into_iter().filter(|&one| one != Amount::ZERO).collect())
            }
            Self::Times { amount, times } => Some(vec![amount; usize::from(times)]),
            Self::Every { amount, hours } => Some(vec![amount; usize::from(24_u8.div_ceil(hours.max(1)))]),
            Self::Each { .. } => None,
            Self::Single { amount } => Some(vec![amount]),
        }
    }
}

impl Posology {
    /// Whether it can be followed.
    ///
    /// # Errors
    /// The first thing that is not sound.
    pub fn check(&self) -> Result<(), Unsound> {
        if self.steps.is_empty() || self.steps.len() > 12 {
            return Err(Unsound::Steps);
        }
        let fits = |amount: Amount| amount > Amount::ZERO && amount <= Amount::MOST;
        let last = self.steps.len() - 1;
        for (at, step) in self.steps.iter().enumerate() {
            if !fits(step.intake.amount()) {
                return Err(Unsound::Amount);
            }
            let sound = match step.intake {
                Intake::Times { times, .. } => (1..=24).contains(&times),
                Intake::Every { hours, .. } => (1..=72).contains(&hours),
                _ => true,
            };
            if !sound {
                return Err(Unsound::Frequency);
            }
            if matches!(step.intake, Intake::Each { .. }) && (self.needed.is_none() || last > 0) {
                return Err(Unsound::Needed);
            }
            if matches!(step.intake, Intake::Single { .. })
                && (step.days != Days::Every || step.duration.is_some() || last > 0)
            {
                return Err(Unsound::Single);
            }
            if matches!(step.days, Days::On(bits) if bits == 0 || bits >= 0x7F) {
                return Err(Unsound::Days);
            }
            if step.duration.map_or(at < last, |span| !(1..=1000).contains(&span.number)) {
                return Err(Unsound::Duration);
            }
        }
        if let Some(needed) = self.needed {
            if needed.most_a_day.is_some_and(|most| !fits(most)) {
                return Err(Unsound::Amount);
            }
            if needed.hours_between.is_some_and(|hours| !(1..=72).contains(&hours)) {
                return Err(Unsound::Frequency);
            }
        }
        Ok(())
    }

    /// How many days it lasts altogether; `None` where it does not say. A single intake lasts a day.
    #[must_use]
    pub fn days(&self) -> Option<u32> {
        self.steps
            .iter()
            .map(|step| match step.intake {
                Intake::Single { .. } => Some(1),
                _ => step.duration.map(Span::in_days),
            })
            .sum()
    }
}
