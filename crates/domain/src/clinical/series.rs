//! Values over time: what a curve is drawn from, and the index that weights and heights give together.
//!
//! Not here: drawing.

use super::measure::{MeasureKind, bmi};

/// One value of a curve.
#[derive(Debug, Clone, PartialEq)]
pub struct Point<Id> {
    /// ISO date.
    pub on: String,
    /// In the measure's own unit, where the app knows it.
    pub value: f64,
    /// What it was read from.
    pub of: Id,
}

/// A measure's values, the oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Series<Id> {
    /// A known measure's word, or the practice's own name.
    pub what: String,
    /// Unit.
    pub unit: String,
    /// The oldest first; of one day as they were given.
    pub points: Vec<Point<Id>>,
}

/// One measured value, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured<Id> {
    /// A known measure's word, or the practice's own name.
    pub what: String,
    /// ISO date.
    pub on: String,
    /// The value; of a blood pressure the systolic.
    pub value: f64,
    /// Of a blood pressure the diastolic.
    pub second: Option<f64>,
    /// Unit as written.
    pub unit: String,
    /// What it was read from.
    pub of: Id,
}

/// Parts the values into curves: known measures first, in the order of their list, then the practice's own by name. A blood
/// pressure gives two. Values of a known measure in a unit that is not known of it are a curve of their own, under that unit.
#[must_use]
pub fn curves<Id: Clone>(measured: &[Measured<Id>]) -> Vec<Series<Id>> {
    let mut all: Vec<(usize, Series<Id>)> = Vec::new();
    let mut add = |rank: usize, what: &str, unit: &str, point: Point<Id>| {
        let found = all.iter_mut().find(|(_, one)| one.what == what && one.unit == unit);
        match found {
            Some((_, one)) => one.points.push(point),
            None => {
                all.push((rank, Series { what: what.to_owned(), unit: unit.to_owned(), points: vec![point] }));
            }
        }
    };
    let rank = |kind: MeasureKind| MeasureKind::ALL.iter().position(|one| *one == kind).unwrap_or(0);
    for one in measured {
        let point = |value| Point { on: one.on.clone(), value, of: one.of.clone() };
        let Ok(kind) = one.what.parse::<MeasureKind>() else {
            add(usize::MAX, &one.what, &one.unit, point(one.value));
            continue;
        };
        let parts = match (kind, one.second) {
            (MeasureKind::BloodPressure, Some(second)) => {
                vec![(MeasureKind::Systolic, one.value), (MeasureKind::Diastolic, second)]
            }
            (MeasureKind::BloodPressure, None) => vec![(MeasureKind::Systolic, one.value)],
            _ => vec![(kind, one.value)],
        };
        for (kind, value) in parts {
            match kind.canonical(value, &one.unit) {
                Some(value) => add(rank(kind), kind.as_str(), kind.unit(), point(value)),
                None => add(rank(kind), kind.as_str(), &one.unit, point(value)),
            }
        }
    }
    for (_, one) in &mut all {
        one.points.sort_by(|a, b| a.on.cmp(&b.on));
    }
    all.sort_by(|(a, one), (b, other)| (a, &one.what, &one.unit).cmp(&(b, &other.what, &other.unit)));
    all.into_iter().map(|(_, one)| one).collect()
}

/// The index of each weight, with the newest height of its day or before. A weight before any height has none: a child's
/// later height says nothing of it.
#[must_use]
pub fn bmi_curve<Id: Clone>(weights: &[Point<Id>], heights: &[Point<Id>]) -> Vec<Point<Id>> {
    weights
        .iter()
        .filter_map(|weight| {
            let height = heights.iter().rfind(|height| height.on <= weight.on)?;
            Some(Point { on: weight.on.clone(), value: bmi(weight.value, height.value)?, of: weight.of.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn measured(what: &str, on: &str, value: f64, second: Option<f64>, unit: &str, of: usize) -> Measured<usize> {
        Measured { what: what.to_owned(), on: on.to_owned(), value, second, unit: unit.to_owned(), of }
    }

    #[test]
    fn a_pressure_gives_two_curves_and_foreign_units_are_not_mixed() {
        let all = [
            measured("blood_pressure", "2026-02-01", 140.0, Some(90.0), "", 0),
            measured("systolic", "2026-01-01", 13.0, None, "cmHg", 1),
            measured("weight", "2026-01-01", 70.0, None, "kg", 2),
            measured("weight", "2026-01-02", 11.0, None, "stone", 3),
            measured("Tour de bras", "2026-01-02", 30.0, None, "cm", 4),
        ];
        let curves = curves(&all);
        let short: Vec<_> = curves
            .iter()
            .map(|one| {
                (&*one.what, &*one.unit, one.points.iter().map(|point| (point.value, point.of)).collect::<Vec<_>>())
            })
            .collect();
        assert_eq!(
            short,
            [
                ("weight", "kg", vec![(70.0, 2)]),
                ("weight", "stone", vec![(11.0, 3)]),
                ("systolic", "mmHg", vec![(130.0, 1), (140.0, 0)]),
                ("diastolic", "mmHg", vec![(90.0, 0)]),
                ("Tour de bras", "cm", vec![(30.0, 4)]),
            ]
        );
    }

    #[test]
    fn an_index_takes_the_height_known_then() {
        let point = |on: &str, value, of| Point { on: on.to_owned(), value, of };
        let weights = [point("2020-01-01", 20.0, 0), point("2022-01-01", 25.0, 1), point("2024-01-01", 32.0, 2)];
        let heights = [point("2021-01-01", 115.0, 3), point("2024-01-01", 130.0, 4)];
        let found = bmi_curve(&weights, &heights);
        assert_eq!(found, [point("2022-01-01", 18.9, 1), point("2024-01-01", 18.9, 2)]);
    }

    proptest! {
        #[test]
        fn no_value_is_lost_and_every_curve_is_sorted(
            list in prop::collection::vec((0_usize..5, 0_u32..60, 1.0_f64..300.0), 0..60)
        ) {
            let names = ["weight", "height", "pulse at rest", "blood_pressure", "hba1c"];
            let all: Vec<_> = list
                .iter()
                .enumerate()
                .map(|(of, (name, day, value))| {
                    measured(names[*name], &format!("2026-01-{day:02}"), *value, None, "", of)
                })
                .collect();
            let curves = curves(&all);
            prop_assert_eq!(curves.iter().map(|one| one.points.len()).sum::<usize>(), all.len());
            for one in curves {
                prop_assert!(one.points.windows(2).all(|pair| pair[0].on <= pair[1].on));
            }
        }
    }
}
