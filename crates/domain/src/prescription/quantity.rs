//! How much a posology needs: units, intakes, packs.
//!
//! Where something is left open the answer is the most it can come to, so that nobody runs out: weekdays are counted from
//! the day that takes most of them, a month is thirty days. Where only need decides and no limit is said, there is no answer.

use super::posology::{Days, Intake, Posology, Step};
use super::{Amount, Span, Unit};

/// What a posology comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// All units together.
    pub units: Amount,
    /// How many intakes.
    pub intakes: u32,
    /// On how many days from the first to the last.
    pub days: u32,
}

/// What one pack holds, read from its label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Content {
    /// Containers in it: 30 single doses, 5 ampoules, 3 blister packs.
    pub containers: u32,
    /// What a container is counted as, where it can be an intake.
    pub container: Option<Unit>,
    /// What is in each container.
    pub each: Amount,
    /// Of what; grams of a cream count as none.
    pub unit: Option<Unit>,
}

/// Packs for a need.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Packs {
    /// How many.
    pub packs: u32,
    /// Whether drops or spoons were put into millilitres by the usual measure, and so it is a likely number only.
    pub estimated: bool,
}

/// What the posology comes to. `span` is how long it goes on where it does not say so itself.
#[must_use]
pub fn need(posology: &Posology, span: Option<Span>) -> Option<Need> {
    let mut all = Need { units: Amount::ZERO, intakes: 0, days: 0 };
    for step in &posology.steps {
        let days = match step.intake {
            Intake::Single { .. } => 1,
            _ => step.duration.or(span)?.in_days(),
        };
        let (units, intakes) = of_step(step, posology, days)?;
        all.units = Amount(all.units.0.checked_add(units)?);
        all.intakes = all.intakes.checked_add(intakes)?;
        all.days = all.days.checked_add(days)?;
    }
    Some(all)
}

fn of_step(step: &Step, posology: &Posology, days: u32) -> Option<(u32, u32)> {
    let taking = match step.days {
        Days::Every => days,
        Days::Alternate => days.div_ceil(2),
        Days::Weekly => days.div_ceil(7),
        Days::Monthly => days.div_ceil(30),
        Days::On(bits) => (0..7)
            .map(|first| (0..days).filter(|day| bits & (1 << ((first + day) % 7)) != 0).count())
            .max()
            .and_then(|most| u32::try_from(most).ok())?,
    };
    let needed = posology.needed;
    if let Intake::Every { amount, hours } = step.intake
        && step.days == Days::Every
    {
        // Counted through the nights: every 36 hours is not twice a day.
        let intakes = (days * 24).div_ceil(u32::from(hours.max(1)));
        return Some((capped(amount.0.checked_mul(intakes)?, posology, days), intakes));
    }
    match step.intake.of_day() {
        Some(amounts) => {
            let units = amounts.iter().try_fold(0_u32, |sum, amount| sum.checked_add(amount.0))?;
            let intakes = u32::try_from(amounts.len()).ok()?.checked_mul(taking)?;
            Some((capped(units.checked_mul(taking)?, posology, taking), intakes))
        }
        None => {
            let amount = step.intake.amount().0.max(1);
            let by_limit = needed?.most_a_day.map(|most| most.0 / amount);
            let by_hours = needed?.hours_between.map(|hours| 24_u32.div_ceil(u32::from(hours.max(1))));
            let a_day = by_limit.into_iter().chain(by_hours).min()?.max(1);
            let intakes = a_day.checked_mul(taking)?;
            Some((amount.checked_mul(intakes)?, intakes))
        }
    }
}

/// No more than the limit of a day, on so many days.
fn capped(units: u32, posology: &Posology, days: u32) -> u32 {
    let most = posology.needed.and_then(|needed| needed.most_a_day);
    most.map_or(units, |most| units.min(most.0.saturating_mul(days)))
}

impl Content {
    /// Reads the label of a presentation: "3 plaquette(s) PVC de 21 comprimé(s)", "1 flacon(s) en verre de 150 ml".
    #[must_use]
    pub fn of_label(label: &str) -> Option<Self> {
        // "plaquettes OPA : polyamide …", "(s)" and the like say nothing of how many.
        let label = label.replace("(s)", "").replace("(aux)", "");
        let words: Vec<&str> = label.split_whitespace().collect();
        let leading = words.first().and_then(|word| word.parse::<u32>().ok());
        let container_at = usize::from(leading.is_some());
        let container_word = words.get(container_at..)?.iter().take(2).copied().collect::<Vec<_>>().join(" ");
        // "10 flacons de poudre - 10 ampoules de solvant de 10 ml": which of them is taken, the label does not say.
        if words.windows(2).any(|two| matches!(two[0], "-" | "+") && two[1].parse::<u32>().is_ok()) {
            return None;
        }
        // The first "de" with a number: "de 250 ml avec cuillère-mesure de 5 ml" holds 250 ml.
        let mut content = None;
        for at in 1..words.len().saturating_sub(1) {
            if matches!(words[at - 1], "de" | "à")
                && let Some(amount) = number(words[at])
                && let Some(unit) = unit_of(&words[at + 1..].iter().take(3).copied().collect::<Vec<_>>().join(" "))
            {
                content = Some((amount, unit));
                break;
            }
        }
        let container = unit_of(&container_word).flatten();
        match (content, leading) {
            (Some((each, unit)), containers) => {
                Some(Self { containers: containers.unwrap_or(1), container, each, unit })
            }
            (None, Some(containers)) if container.is_some() => {
                Some(Self { containers, container, each: Amount::ONE, unit: container })
            }
            _ => None,
        }
    }

    /// How much of the unit of an intake one pack holds, and whether that is by the usual measure only.
    #[must_use]
    pub fn holds(&self, unit: Unit) -> Option<(Amount, bool)> {
        let inside = self.each.0.checked_mul(self.containers)?;
        if self.unit == Some(unit) {
            return Some((Amount(inside), false));
        }
        if self.container == Some(unit) {
            return Some((Amount::whole(self.containers), false));
        }
        // An inhaler's dose is a puff.
        if self.unit == Some(Unit::Dose) && matches!(unit, Unit::Puff | Unit::Spray | Unit::Inhalation) {
            return Some((Amount(inside), false));
        }
        if self.unit != Some(Unit::Millilitre) {
            return None;
        }
        let amount = match unit {
            Unit::Drop => inside.checked_mul(20)?,
            Unit::Teaspoon => inside / 5,
            Unit::Tablespoon => inside / 15,
            _ => return None,
        };
        Some((Amount(amount), true))
    }

    /// The packs that a need takes.
    #[must_use]
    pub fn packs(&self, need: &Need, unit: Unit) -> Option<Packs> {
        let (holds, estimated) = self.holds(unit)?;
        let packs = need.units.0.checked_add(holds.0.checked_sub(1)?)? / holds.0;
        Some(Packs { packs, estimated })
    }
}

fn number(word: &str) -> Option<Amount> {
    let (whole, decimals) = word.split_once([',', '.']).unwrap_or((word, ""));
    let part = match decimals.len() {
        0 => 0,
        1 => decimals.parse::<u32>().ok()? * 10,
        2 => decimals.parse().ok()?,
        _ => return None,
    };
    let amount = whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)?;
    (amount > 0).then_some(Amount(amount))
}

/// What a word of a label counts: `Some(None)` is something that is measured and no intake is counted in.
fn unit_of(words: &str) -> Option<Option<Unit>> {
    let words = crate::patient::names::normalise(words);
    const UNITS: &[(&str, Option<Unit>)] = &[
        ("comprime", Some(Unit::Tablet)),
        ("gelule", Some(Unit::Capsule)),
        ("capsule", Some(Unit::SoftCapsule)),
        ("sachet", Some(Unit::Sachet)),
        ("suppositoire", Some(Unit::Suppository)),
        ("ovule", Some(Unit::Pessary)),
        ("ampoule", Some(Unit::Ampoule)),
        ("recipient unidose", Some(Unit::SingleDose)),
        ("recipients unidose", Some(Unit::SingleDose)),
        ("unidose", Some(Unit::SingleDose)),
        ("pastille", Some(Unit::Lozenge)),
        ("film", Some(Unit::Film)),
        ("dispositif", Some(Unit::Patch)),
        ("dose", Some(Unit::Dose)),
        ("seringue", Some(Unit::Injection)),
        ("ml", Some(Unit::Millilitre)),
        ("mg", None),
        ("g", None),
        ("kg", None),
    ];
    UNITS
        .iter()
        .find(|(word, _)| {
            words.strip_prefix(word).is_some_and(|rest| word.len() > 2 || rest.is_empty() || rest.starts_with(' '))
        })
        .map(|&(_, unit)| unit)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::prescription::typed::parse;

    #[test]
    fn labels_say_what_a_pack_holds() {
        for (label, unit, holds) in [
            ("plaquette(s) PVC PVDC aluminium de 30 comprimé(s)", Unit::Tablet, Some((3000, false))),
            (
                "plaquettes OPA : polyamide orienté aluminium PVC-Aluminium de 30 comprimés",
                Unit::Tablet,
                Some((3000, false)),
            ),
            ("3 plaquette(s) PVC PVDC aluminium de 21 comprimé(s)", Unit::Tablet, Some((6300, false))),
            ("28 plaquette(s) thermoformée(s) aluminium de 1 comprimé(s)", Unit::Tablet, Some((2800, false))),
            ("1 flacon(s) polyéthylène de 125 ml", Unit::Millilitre, Some((12_500, false))),
            ("1 flacon(s) polyéthylène de 125 ml", Unit::Teaspoon, Some((2500, true))),
            ("1 flacon(s) en verre de 10 ml", Unit::Drop, Some((20_000, true))),
            ("5 ampoule(s) en verre de 1 ml", Unit::Ampoule, Some((500, false))),
            (
                "1 cartouche en verre multidose(s) de 2,4 mL dans un stylo pré-rempli",
                Unit::Millilitre,
                Some((240, false)),
            ),
            (
                "30 récipients unidoses en polyéthylène basse densité (PEBD)  de 1 mL conditionnés en sachets de 5 récipients unidoses",
                Unit::SingleDose,
                Some((3000, false)),
            ),
            ("8 sachet(s) aluminium de 1 dispositif(s)", Unit::Patch, Some((800, false))),
            ("1 tube(s) aluminium de 30 g", Unit::Application, None),
            ("1 flacon pressurisé avec valve doseuse de 200 dose(s)", Unit::Dose, Some((20_000, false))),
            ("1 flacon pressurisé avec valve doseuse de 200 dose(s)", Unit::Puff, Some((20_000, false))),
            (
                "1 flacon(s) en verre de 250 ml avec cuillère-mesure en polystyrène de 5 ml",
                Unit::Millilitre,
                Some((25_000, false)),
            ),
        ] {
            let read = Content::of_label(label).unwrap_or_else(|| panic!("{label}"));
            assert_eq!(read.holds(unit).map(|(amount, estimated)| (amount.0, estimated)), holds, "{label}");
        }
        for label in [
            "",
            "1",
            "trousse",
            "de 30",
            "10 flacon(s) en verre de poudre - 10 ampoule(s) en verre de solvant de 10 ml",
            "2 flacon(s) en verre de 5,5 ml - 2 flacon(s) de 8,3 ml",
        ] {
            assert_eq!(Content::of_label(label), None, "{label}");
        }
    }

    #[test]
    fn a_posology_comes_to_its_units_and_packs() {
        for (typed, units, intakes, packs) in [
            ("1 matin et 1 soir pendant 7 jours", 1400, 14, 1),
            ("2 cp 3x/j 5 j", 3000, 15, 1),
            ("2 cp 3x/j 6 j", 3600, 18, 2),
            ("3 puis 2 puis 1, 3 jours chacun", 1800, 9, 1),
            ("1 un jour sur deux 7 j", 400, 4, 1),
            ("1 le lundi 8 j", 200, 2, 1),
            ("1 par semaine pendant 4 semaines", 400, 4, 1),
            ("1/2 le soir pendant 1 mois", 1500, 30, 1),
            ("1 toutes les 36 h pendant 3 j", 200, 2, 1),
            ("1 si besoin max 4/j pendant 10 j", 4000, 40, 2),
            ("1 toutes les 4h si besoin max 4/j pendant 2 j", 800, 12, 1),
        ] {
            let posology = parse(typed, Unit::Tablet).unwrap_or_else(|wrong| panic!("{typed}: {wrong:?}"));
            let found = need(&posology, None).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!((found.units.0, found.intakes), (units, intakes), "{typed}");
            let pack = Content::of_label("plaquette(s) de 30 comprimé(s)").map(|one| one.packs(&found, Unit::Tablet));
            assert_eq!(pack.flatten(), Some(Packs { packs, estimated: false }), "{typed}");
        }
        let open = parse("1 si besoin pendant 5 j", Unit::Tablet).ok();
        assert_eq!(open.and_then(|posology| need(&posology, None)), None);
    }

    proptest! {
        #[test]
        fn packs_are_enough_and_one_less_is_not(
            posology in crate::prescription::tests::posology(), containers in 1_u32..20, each in 1_u32..5000,
        ) {
            let span = Some(Span::days(9));
            let pack = Content { containers, container: None, each: Amount(each), unit: Some(posology.unit) };
            if let Some(need) = need(&posology, span)
                && let Some(found) = pack.packs(&need, posology.unit)
            {
                let held = u64::from(containers) * u64::from(each);
                prop_assert!(u64::from(found.packs) * held >= u64::from(need.units.0));
                prop_assert!(u64::from(found.packs.saturating_sub(1)) * held < u64::from(need.units.0));
            }
        }
    }
}
