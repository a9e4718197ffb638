//! What was read of a posology, step by step, put together: which words of the steps go together, and what goes for all of
//! them. Reading the words is deliberately not here ([`super::typed`]).

use super::posology::{Days, Intake, Meal, Needed, Posology, Step};
use super::{Amount, Span, Unit};

/// What goes for the whole posology.
#[derive(Default)]
pub(super) struct Whole {
    pub unit: Option<Unit>,
    pub meal: Option<Meal>,
    pub needed: bool,
    pub most: Option<Amount>,
    pub between: Option<u8>,
    pub each_step: bool,
}

/// What was said of one step.
#[derive(Default, Clone)]
pub(super) struct Said {
    pub amount: Option<u32>,
    /// Whether the amount stands there and no moment has taken it.
    pub fresh: bool,
    pub moments: Option<[Amount; 4]>,
    pub times: Option<u8>,
    pub hours: Option<u8>,
    pub single: bool,
    pub days: Option<Days>,
    pub duration: Option<Span>,
}

impl Said {
    pub const fn has_regime(&self) -> bool {
        self.moments.is_some() || self.times.is_some() || self.hours.is_some() || self.single
    }
}

/// The steps as a posology; `None` where one says neither how much nor when, or says it twice.
pub(super) fn settle(mut said: Vec<Said>, whole: &Whole, unit: Unit) -> Option<Posology> {
    let needed = whole.needed || whole.most.is_some() || whole.between.is_some();
    if whole.each_step {
        let duration = said.iter().find_map(|one| one.duration)?;
        said.iter_mut().for_each(|one| one.duration = Some(one.duration.unwrap_or(duration)));
    }
    let several = said.len() > 1;
    let pattern = said.iter().find(|one| one.has_regime()).cloned();
    let mut steps: Vec<Step> = Vec::with_capacity(said.len());
    for one in said {
        let amount = Amount(one.amount.unwrap_or(100));
        let intake = if one.has_regime() {
            regime(&one, amount)?
        } else if several {
            one.amount?;
            // "3 le matin puis 2 puis 1": the other amounts go the same way.
            match &pattern {
                Some(pattern) => same_way(regime(pattern, Amount(pattern.amount.unwrap_or(100)))?, amount)?,
                None => Intake::Times { amount, times: 1 },
            }
        } else if needed {
            Intake::Each { amount }
        } else {
            one.amount?;
            Intake::Times { amount, times: 1 }
        };
        steps.push(Step { intake, days: one.days.unwrap_or(Days::Every), duration: one.duration });
    }
    Some(Posology {
        unit: whole.unit.unwrap_or(unit),
        steps,
        meal: whole.meal,
        needed: needed.then_some(Needed { most_a_day: whole.most, hours_between: whole.between }),
    })
}

fn regime(said: &Said, amount: Amount) -> Option<Intake> {
    match (said.moments, said.times, said.hours, said.single) {
        // An amount that no moment took would be lost.
        (Some(moments), None, None, false) if !said.fresh => Some(Intake::moments(moments)),
        // "3 fois par jour, matin, midi et soir" says one thing twice, and rightly.
        (Some(moments), Some(times), None, false) if !said.fresh => {
            let taken = moments.iter().filter(|&&amount| amount != Amount::ZERO).count();
            (taken == usize::from(times)).then(|| Intake::moments(moments))
        }
        (None, Some(times), None, false) => Some(Intake::Times { amount, times }),
        (None, None, Some(hours), false) => Some(Intake::Every { amount, hours }),
        (None, None, None, true) => Some(Intake::Single { amount }),
        _ => None,
    }
}

fn same_way(pattern: Intake, amount: Amount) -> Option<Intake> {
    Some(match pattern {
        Intake::Moments { morning, noon, evening, bedtime } => {
            let taken = |one: Amount| if one == Amount::ZERO { Amount::ZERO } else { amount };
            Intake::moments([taken(morning), taken(noon), taken(evening), taken(bedtime)])
        }
        Intake::Times { times, .. } => Intake::Times { amount, times },
        Intake::Every { hours, .. } => Intake::Every { amount, hours },
        Intake::Each { .. } | Intake::Single { .. } => return None,
    })
}
