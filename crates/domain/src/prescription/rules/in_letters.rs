//! What a line's letters have to be.

use crate::prescription::letters;
use crate::prescription::model::{Letters, Line};
use crate::prescription::posology::{Days, Intake};
use crate::prescription::sentence::Language;
use crate::prescription::unit::Noun;

/// Strength, units of each intake and number of intakes in full letters; `None` where the strength's unit has no name
/// here, or nobody can say how many intakes there are.
///
/// The intakes are those of a day where every day is alike, otherwise all of them.
#[must_use]
pub fn in_letters(line: &Line, language: Language) -> Option<Letters> {
    Some(Letters {
        strength: letters::strength(&line.strength, language)?,
        per_intake: per_intake(line, language),
        intakes: intakes(line, language)?,
    })
}

fn per_intake(line: &Line, language: Language) -> String {
    let mut said: Vec<String> = Vec::new();
    for step in &line.posology.steps {
        for amount in step.intake.of_day().unwrap_or_else(|| vec![step.intake.amount()]) {
            let words = letters::amount(amount, line.posology.unit, language);
            if said.last() != Some(&words) {
                said.push(words);
            }
        }
    }
    said.join(if language == Language::French { " puis " } else { " ثم " })
}

fn intakes(line: &Line, language: Language) -> Option<String> {
    let count = |number: u32| match language {
        Language::French => letters::french_counted(number, &Noun::INTAKE),
        Language::Arabic => letters::arabic_counted(number, &Noun::INTAKE),
    };
    let by_day = match line.posology.steps.as_slice() {
        [step] if step.days == Days::Every => match step.intake {
            Intake::Moments { .. } | Intake::Times { .. } => step.intake.of_day(),
            Intake::Every { hours, .. } if hours > 0 && 24 % hours == 0 => step.intake.of_day(),
            _ => None,
        },
        _ => None,
    };
    match by_day {
        Some(amounts) => {
            let day = if language == Language::French { "par jour" } else { "في اليوم" };
            Some(format!("{} {day}", count(u32::try_from(amounts.len()).ok()?)))
        }
        None => Some(count(line.need()?.intakes)),
    }
}
