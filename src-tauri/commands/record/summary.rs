//! What stands in a record today, and its curves, from the opened entries.
//!
//! Not here: opening them, and any word of what a value means.

use domain::clinical::measure::{MeasureKind, bmi};
use domain::clinical::series::{Measured, Point, bmi_curve, curves};
use domain::clinical::standing::stands;
use domain::id::EntryId;

use super::summary_wire::{BmiView, CurvePointView, CurveView, LatestMeasureView, RecordSummaryView};
use super::wire::{Body, Measure, RecordEntryView};

/// The gravest first; an unknown severity is not a mild one.
fn gravity(severity: &str) -> u8 {
    match severity {
        "severe" => 0,
        "moderate" => 1,
        "mild" => 3,
        _ => 2,
    }
}

/// A measure as text: of a blood pressure both values.
fn shown(one: &Measure) -> String {
    if one.second.is_empty() { one.value.clone() } else { format!("{}/{}", one.value, one.second) }
}

/// What stands on a day. The entries come newest first.
pub(super) fn summary(entries: &[RecordEntryView], today: &str) -> RecordSummaryView {
    let mut view = RecordSummaryView::default();
    let mut allergies: Vec<(u8, EntryId)> = Vec::new();
    for entry in entries.iter().filter(|one| one.struck.is_none()) {
        let id = entry.id;
        match &entry.body {
            Body::Alert(_) => view.alerts.push(id),
            Body::Allergy(one) => allergies.push((gravity(&one.severity), id)),
            Body::Condition(one) if !stands(&one.since, &one.until, today) => view.antecedents.push(id),
            Body::Condition(one) if one.ald => view.ald.push(id),
            Body::Condition(_) => view.conditions.push(id),
            Body::Treatment(one) if stands(&one.since, &one.until, today) => view.treatments.push(id),
            Body::Antecedent(_) => view.antecedents.push(id),
            Body::Vaccination(_) => view.vaccinations.push(id),
            Body::Family(_) => view.family.push(id),
            Body::Measure(one) if !view.measures.iter().any(|known| known.what == one.what) => {
                view.measures.push(LatestMeasureView {
                    id,
                    what: one.what.clone(),
                    value: shown(one),
                    unit: one.unit.clone(),
                    on: entry.on.clone(),
                });
            }
            _ => {}
        }
    }
    allergies.sort_by_key(|(gravity, _)| *gravity);
    view.allergies = allergies.into_iter().map(|(_, id)| id).collect();
    let rank = |what: &str| {
        let kind = what.parse::<MeasureKind>().ok();
        kind.and_then(|kind| MeasureKind::ALL.iter().position(|one| *one == kind)).unwrap_or(usize::MAX)
    };
    view.measures.sort_by(|a, b| (rank(&a.what), &a.what).cmp(&(rank(&b.what), &b.what)));
    view
}

fn measured(entries: &[RecordEntryView]) -> Vec<Measured<EntryId>> {
    let number = |text: &str| text.parse::<f64>().ok().filter(|value| value.is_finite());
    entries
        .iter()
        // Given oldest first, so that of one day the later written stands later.
        .rev()
        .filter(|one| one.struck.is_none())
        .filter_map(|entry| match &entry.body {
            Body::Measure(one) => Some(Measured {
                what: one.what.clone(),
                on: entry.on.clone(),
                value: number(&one.value)?,
                second: number(&one.second),
                unit: one.unit.clone(),
                of: entry.id,
            }),
            _ => None,
        })
        .collect()
}

fn view(what: &str, unit: &str, points: Vec<Point<EntryId>>) -> CurveView {
    let decimals = what.parse::<MeasureKind>().map_or(3, MeasureKind::decimals);
    CurveView {
        what: what.to_owned(),
        unit: unit.to_owned(),
        decimals: i64::try_from(decimals).unwrap_or(0),
        points: points.into_iter().map(|one| CurvePointView { id: one.of, on: one.on, value: one.value }).collect(),
    }
}

/// A curve for each measure, that of the body mass index behind those of weight and height; and the index of the newest
/// weight and height.
pub(super) fn drawn(entries: &[RecordEntryView]) -> (Vec<CurveView>, Option<BmiView>) {
    let all = curves(&measured(entries));
    let of = |kind: MeasureKind| {
        let found = all.iter().find(|one| one.what == kind.as_str() && one.unit == kind.unit());
        found.map(|one| one.points.as_slice()).unwrap_or_default()
    };
    let (weights, heights) = (of(MeasureKind::Weight), of(MeasureKind::Height));
    let index = weights.last().zip(heights.last()).and_then(|(weight, height)| {
        Some(BmiView {
            value: bmi(weight.value, height.value)?,
            weight_on: weight.on.clone(),
            height_on: height.on.clone(),
        })
    });
    let written = all.iter().any(|one| one.what == MeasureKind::Bmi.as_str());
    let computed = if written { Vec::new() } else { bmi_curve(weights, heights) };
    let mut views = Vec::with_capacity(all.len() + 1);
    let behind = all
        .iter()
        .rposition(|one| [MeasureKind::Weight.as_str(), MeasureKind::Height.as_str()].contains(&one.what.as_str()));
    for (number, one) in all.into_iter().enumerate() {
        views.push(view(&one.what, &one.unit, one.points));
        if Some(number) == behind && !computed.is_empty() {
            let kind = MeasureKind::Bmi;
            views.push(view(kind.as_str(), kind.unit(), computed.clone()));
        }
    }
    (views, index)
}
