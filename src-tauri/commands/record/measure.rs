//! A measured value before it is sealed: read as people write it, brought to its form, held to the rule.

use domain::clinical::measure::{Bounds, Judgement, MeasureKind, judge_pressure, parse_number, parse_pressure};

use super::wire::{Body, Measure};
use super::{CommandError, filled};

/// Longest name of a measure of the practice's own, and longest unit.
const WORD: usize = 60;

/// The body in the form that is kept: of a measure numbers with a point, its unit where none was given, a blood pressure
/// parted in two.
pub(super) fn tidied(body: Body) -> Body {
    let Body::Measure(mut one) = body else { return body };
    one.what = one.what.trim().to_owned();
    one.unit = one.unit.trim().to_owned();
    let kind = one.what.parse::<MeasureKind>().ok();
    let whole = kind == Some(MeasureKind::BloodPressure) && one.second.trim().is_empty();
    if let Some((first, second)) = parse_pressure(&one.value).filter(|_| whole) {
        (one.value, one.second) = (first.to_string(), second.to_string());
    }
    for text in [&mut one.value, &mut one.second] {
        if let Some(value) = parse_number(text) {
            *text = value.to_string();
        }
    }
    if let Some(kind) = kind {
        if one.unit.is_empty() {
            kind.unit().clone_into(&mut one.unit);
        }
        one.confirmed =
            one.confirmed && judged(kind, &one).is_ok_and(|(judgement, _)| judgement == Judgement::Unlikely);
    } else {
        one.confirmed = false;
    }
    Body::Measure(one)
}

fn number(text: &str, field: &str) -> Result<f64, CommandError> {
    text.parse().ok().filter(|value: &f64| value.is_finite()).ok_or_else(|| CommandError::field("bad_number", field))
}

/// What is to be said of a known measure, and the bounds that say it.
fn judged(kind: MeasureKind, one: &Measure) -> Result<(Judgement, Bounds), CommandError> {
    let foreign = || CommandError::field("unknown_word", "unit");
    let value = kind.canonical(number(&one.value, "value")?, &one.unit).ok_or_else(foreign)?;
    if kind != MeasureKind::BloodPressure {
        return Ok((kind.bounds().judge(value), kind.bounds()));
    }
    let second = kind.canonical(number(&one.second, "second")?, &one.unit).ok_or_else(foreign)?;
    let judgement = judge_pressure(value, second);
    let first = kind.bounds();
    // The bounds of the value that is to blame.
    let blamed = if first.judge(value) == judgement { first } else { MeasureKind::Diastolic.bounds() };
    Ok((judgement, blamed))
}

/// Refuses what nobody has, and what is rare until somebody says that it is meant.
pub(super) fn check(one: &Measure) -> Result<(), CommandError> {
    filled(&one.what, "what")?;
    for (text, field) in [(&one.what, "what"), (&one.unit, "unit")] {
        if text.chars().count() > WORD {
            return Err(CommandError::field("too_long", field).with("limit", WORD));
        }
    }
    let Ok(kind) = one.what.parse::<MeasureKind>() else {
        return number(&one.value, "value").map(|_| ());
    };
    match judged(kind, one)? {
        (Judgement::Plausible, _) => Ok(()),
        (Judgement::Unlikely, _) if one.confirmed => Ok(()),
        (Judgement::Unlikely, bounds) => Err(CommandError::field("unlikely_value", "value")
            .with("least", bounds.low)
            .with("most", bounds.high)
            .with("unit", kind.unit())),
        (Judgement::Absurd, bounds) => Err(CommandError::field("out_of_range", "value")
            .with("least", bounds.least)
            .with("most", bounds.most)
            .with("unit", kind.unit())),
    }
}
