//! A posology as one readable sentence, in French and in Arabic, with Latin digits in both, as Morocco writes them.
//! What is said here is read back by [`super::typed`] as the same posology.

use super::posology::{Days, Intake, Meal, Needed, Posology, Step};
use super::unit::Noun;
use super::{Amount, Span, SpanUnit, Unit};

words! {
    /// A language that a prescription is written in.
    Language {
        /// French.
        French = "fr",
        /// Arabic.
        Arabic = "ar",
    }
}

/// The sentence, with its full stop.
#[must_use]
pub fn sentence(posology: &Posology, language: Language) -> String {
    let one = posology.steps.len() == 1;
    let steps: Vec<String> = posology
        .steps
        .iter()
        .map(|step| {
            // "1 fois par jour" beside other days than each would say the same thing twice; where need decides or other
            // steps stand beside, it has to be said.
            let terse = one && posology.needed.is_none() && step.days != Days::Every;
            let mut text = intake(step, posology.unit, terse, language);
            text += &days(step.days, language);
            if let Some(span) = step.duration {
                text += if language == Language::French { " pendant " } else { " لمدة " };
                text += &span_text(span, language);
            }
            text
        })
        .collect();
    let mut text = steps.join(if language == Language::French { ", puis " } else { "، ثم " });
    if let Some(meal) = posology.meal {
        text += meal_text(meal, language);
    }
    if let Some(needed) = posology.needed {
        text += &needed_text(needed, posology.unit, language);
    }
    text.push('.');
    text
}

/// An amount with its unit: "2 comprimés et demi".
#[must_use]
pub fn amount_text(amount: Amount, unit: Unit, language: Language) -> String {
    match language {
        Language::French => french_amount(amount, unit),
        Language::Arabic => arabic_amount(amount, unit, false),
    }
}

/// A span: "7 jours", "أسبوعين". In Arabic as governed by a word before it.
#[must_use]
pub fn span_text(span: Span, language: Language) -> String {
    let noun = match span.unit {
        SpanUnit::Days => Noun::DAY,
        SpanUnit::Weeks => Noun::WEEK,
        SpanUnit::Months => Noun::MONTH,
    };
    counted(u32::from(span.number), &noun, language)
}

/// A whole number of things; the Arabic two as governed by a word before it.
fn counted(number: u32, noun: &Noun, language: Language) -> String {
    match (language, number) {
        (Language::French, _) => format!("{number} {}", noun.fr_after(number.saturating_mul(100))),
        (Language::Arabic, 1) => format!("{} {}", noun.ar, one_word(noun)),
        (Language::Arabic, 2) => noun.ar_two_governed.to_owned(),
        (Language::Arabic, _) => format!("{number} {}", noun.ar_after(number)),
    }
}

const fn one_word(noun: &Noun) -> &'static str {
    if noun.ar_feminine { "واحدة" } else { "واحد" }
}

fn french_amount(amount: Amount, unit: Unit) -> String {
    let noun = unit.noun();
    if unit.is_measure() {
        return format!("{} {}", amount.decimal(), noun.fr_after(amount.0));
    }
    let whole = || format!("{} {}", amount.units(), noun.fr_after(amount.0));
    match (amount.units(), amount.rest()) {
        (_, 0) => whole(),
        (0, 50) => format!("1/2 {}", noun.fr),
        (0, 25) => format!("1/4 {}{}", elided(noun.fr), noun.fr),
        (0, 75) => format!("3/4 {}{}", elided(noun.fr), noun.fr),
        (_, 50) => format!("{} et {}", whole(), if noun.fr_feminine { "demie" } else { "demi" }),
        (_, 25) => format!("{} et quart", whole()),
        (_, 75) => format!("{} et trois quarts", whole()),
        _ => format!("{} {}", amount.decimal(), noun.fr_after(amount.0)),
    }
}

fn elided(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'i', 'o', 'u']) { "d'" } else { "de " }
}

fn arabic_amount(amount: Amount, unit: Unit, governed: bool) -> String {
    let noun = unit.noun();
    if unit.is_measure() && noun.ar_two == noun.ar {
        return format!("{} {}", amount.decimal(), noun.ar);
    }
    let whole = |alone: bool| match amount.units() {
        1 if alone => format!("{} {}", noun.ar, one_word(&noun)),
        1 => noun.ar.to_owned(),
        2 if governed => noun.ar_two_governed.to_owned(),
        2 => noun.ar_two.to_owned(),
        number => format!("{number} {}", noun.ar_after(number)),
    };
    match (amount.units(), amount.rest()) {
        (_, 0) => whole(true),
        (0, 50) => format!("نصف {}", noun.ar),
        (0, 25) => format!("ربع {}", noun.ar),
        (0, 75) => format!("ثلاثة أرباع {}", noun.ar),
        (_, 50) => format!("{} ونصف", whole(false)),
        (_, 25) => format!("{} وربع", whole(false)),
        (_, 75) => format!("{} وثلاثة أرباع", whole(false)),
        _ => format!("{} {}", amount.decimal(), noun.ar),
    }
}

fn intake(step: &Step, unit: Unit, terse: bool, language: Language) -> String {
    let said = |amount| amount_text(amount, unit, language);
    let french = language == Language::French;
    match step.intake {
        Intake::Moments { morning, noon, evening, bedtime } => {
            const FRENCH: [&str; 4] = ["le matin", "le midi", "le soir", "au coucher"];
            const ARABIC: [&str; 4] = ["صباحًا", "ظهرًا", "مساءً", "عند النوم"];
            let moments: Vec<String> = [morning, noon, evening, bedtime]
                .into_iter()
                .zip(if french { FRENCH } else { ARABIC })
                .filter(|&(amount, _)| amount != Amount::ZERO)
                .map(|(amount, when)| format!("{} {when}", said(amount)))
                .collect();
            listed(&moments, language)
        }
        Intake::Times { amount, times: 1 } if terse => said(amount),
        Intake::Times { amount, times } => {
            let often = counted(u32::from(times), &Noun::TIME, language);
            format!("{} {often} {}", said(amount), if french { "par jour" } else { "في اليوم" })
        }
        Intake::Every { amount, hours: 1 } if french => format!("{} toutes les heures", said(amount)),
        Intake::Every { amount, hours: 1 } => format!("{} كل ساعة", said(amount)),
        Intake::Every { amount, hours } => {
            let hours = counted(u32::from(hours), &Noun::HOUR, language);
            format!("{} {} {hours}", said(amount), if french { "toutes les" } else { "كل" })
        }
        Intake::Each { amount } => said(amount),
        Intake::Single { amount } => {
            format!("{} {}", said(amount), if french { "en une seule prise" } else { "دفعة واحدة" })
        }
    }
}

/// "a, b et c"; in Arabic the conjunction is written onto the word that follows.
fn listed(parts: &[String], language: Language) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] if language == Language::French => format!("{} et {last}", first.join(", ")),
        [first @ .., last] => format!("{} و{last}", first.join("، ")),
    }
}

fn days(days: Days, language: Language) -> String {
    let french = language == Language::French;
    match days {
        Days::Every => String::new(),
        Days::Alternate => (if french { " un jour sur deux" } else { " يومًا بعد يوم" }).to_owned(),
        Days::Weekly => (if french { " une fois par semaine" } else { " مرة واحدة في الأسبوع" }).to_owned(),
        Days::Monthly => (if french { " une fois par mois" } else { " مرة واحدة في الشهر" }).to_owned(),
        Days::On(bits) => {
            const FRENCH: [&str; 7] = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
            const ARABIC: [&str; 7] =
                ["يوم الاثنين", "يوم الثلاثاء", "يوم الأربعاء", "يوم الخميس", "يوم الجمعة", "يوم السبت", "يوم الأحد"];
            let names: Vec<String> = (if french { FRENCH } else { ARABIC })
                .into_iter()
                .enumerate()
                .filter(|(day, _)| bits & (1 << day) != 0)
                .map(|(_, name)| name.to_owned())
                .collect();
            match (french, names.len()) {
                (true, 1) => format!(" le {}", names[0]),
                (true, _) => format!(" les {}", listed(&names, language)),
                (false, _) => format!(" {}", listed(&names, language)),
            }
        }
    }
}

const fn meal_text(meal: Meal, language: Language) -> &'static str {
    match (language, meal) {
        (Language::French, Meal::Before) => ", avant le repas",
        (Language::French, Meal::With) => ", pendant le repas",
        (Language::French, Meal::After) => ", après le repas",
        (Language::French, Meal::Fasting) => ", à jeun",
        (Language::Arabic, Meal::Before) => "، قبل الأكل",
        (Language::Arabic, Meal::With) => "، أثناء الأكل",
        (Language::Arabic, Meal::After) => "، بعد الأكل",
        (Language::Arabic, Meal::Fasting) => "، على الريق",
    }
}

fn needed_text(needed: Needed, unit: Unit, language: Language) -> String {
    let french = language == Language::French;
    let mut text = String::from(if french { ", si besoin" } else { "، عند الحاجة" });
    if let Some(most) = needed.most_a_day {
        text += &if french {
            format!(", sans dépasser {} par jour", french_amount(most, unit))
        } else {
            format!("، دون تجاوز {} في اليوم", arabic_amount(most, unit, true))
        };
    }
    if let Some(hours) = needed.hours_between {
        let hours = counted(u32::from(hours), &Noun::HOUR, language);
        text += &if french {
            format!(", en espaçant les prises d'au moins {hours}")
        } else {
            format!("، بفاصل {hours} على الأقل بين الجرعات")
        };
    }
    text
}
