//! Where an appointment of a type fits, with all that its type asks for: the parts of it that need the practitioner, the
//! free time kept after, the rooms and equipment it takes along. The rule of the starts is that of [`super::slots`].
//!
//! A plain appointment in a plain agenda goes straight through [`free_starts`]: only what asks for more pays for it.

use std::borrow::Cow;

use super::overlap::Span;
use super::provider_time::{Part, needed_spans};
use super::slots::{Wanted, free_starts};

/// The wall clock's grid on which an end may become a start, in minutes.
const GRID: i64 = 5;

/// What is busy in one agenda. Both sorted by start; overlapping each other is fine.
#[derive(Debug, Clone, Copy, Default)]
pub struct Busy<'a> {
    /// When the practitioner is needed by somebody.
    pub needed: &'a [Span],
    /// Free time kept after appointments.
    pub kept: &'a [Span],
}

/// What an appointment asks for.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    /// Duration, steps, part of the day, first acceptable start.
    pub wanted: Wanted,
    /// The parts that need the practitioner; empty: all of it.
    pub parts: &'a [Part],
    /// Free minutes kept after it.
    pub buffer: i64,
    /// For each kind of resource that it takes along, when each resource of that kind is busy.
    pub resources: &'a [Vec<Vec<Span>>],
}

impl Need<'_> {
    /// The plain case: the practitioner from beginning to end, nothing kept, nothing taken along.
    fn is_plain(&self) -> bool {
        self.parts.is_empty() && self.buffer <= 0 && self.resources.is_empty()
    }

    /// Whether it can stand at a start, as far as others are concerned.
    pub fn fits_at(&self, start: i64, busy: Busy<'_>) -> bool {
        let minutes = self.wanted.minutes;
        let after = Span { start: start + minutes, minutes: self.buffer.max(0) };
        let touches = |list: &[Span], span: Span| {
            let until = list.partition_point(|one| one.start < span.end());
            list[..until].iter().any(|one| one.overlaps(span))
        };
        needed_spans(start, minutes, self.parts).all(|span| !touches(busy.needed, span) && !touches(busy.kept, span))
            && !touches(busy.needed, after)
            && self.resources.iter().all(|kind| {
                kind.iter().any(|resource| !resource.iter().any(|one| one.overlaps(Span { start, minutes })))
            })
    }
}

/// The first starts, at most so many, at which it fits: on the steps of an opening, or right where something ends on the
/// wall clock's grid; wholly inside one opening.
pub fn fitting_starts(open: &[Span], busy: Busy<'_>, need: &Need<'_>, limit: usize) -> Vec<i64> {
    if need.is_plain() {
        let all = merged(busy);
        return free_starts(open, &all, need.wanted).take(limit).collect();
    }
    let Wanted { minutes, step, part, not_before } = need.wanted;
    if minutes <= 0 {
        return Vec::new();
    }
    let step = step.max(1);
    let mut ends: Vec<i64> = busy
        .needed
        .iter()
        .chain(busy.kept)
        .filter(|one| one.minutes > 0)
        .map(|one| one.end())
        .filter(|end| end.rem_euclid(GRID) == 0)
        .collect();
    ends.sort_unstable();
    let mut found = Vec::new();
    for opening in open {
        let first = opening.start.max(not_before.unwrap_or(i64::MIN));
        let last = opening.end() - minutes;
        let mut starts: Vec<i64> = Vec::new();
        let mut on_step = first + (opening.start - first).rem_euclid(step);
        while on_step <= last {
            starts.push(on_step);
            on_step += step;
        }
        let from = ends.partition_point(|end| *end < first);
        let to = ends.partition_point(|end| *end <= last);
        starts.extend(ends.get(from..to).unwrap_or(&[]));
        starts.sort_unstable();
        starts.dedup();
        for start in starts {
            if found.len() == limit {
                return found;
            }
            if part.includes(start) && need.fits_at(start, busy) {
                found.push(start);
            }
        }
    }
    found
}

/// Both lists as one, in order.
fn merged(busy: Busy<'_>) -> Cow<'_, [Span]> {
    if busy.kept.is_empty() {
        return Cow::Borrowed(busy.needed);
    }
    let mut all = [busy.needed, busy.kept].concat();
    all.sort_unstable();
    Cow::Owned(all)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::agenda::slots::PartOfDay;

    fn span(start: i64, minutes: i64) -> Span {
        Span { start, minutes }
    }

    fn wanted(minutes: i64, step: i64) -> Wanted {
        Wanted { minutes, step, part: PartOfDay::Any, not_before: None }
    }

    fn starts(open: &[Span], needed: &[Span], kept: &[Span], need: Need<'_>) -> Vec<i64> {
        fitting_starts(open, Busy { needed, kept }, &need, usize::MAX)
    }

    const NEED: Need<'static> = Need {
        wanted: Wanted { minutes: 15, step: 15, part: PartOfDay::Any, not_before: None },
        parts: &[],
        buffer: 0,
        resources: &[],
    };

    #[test]
    fn free_time_is_kept_after_it_and_after_others() {
        let open = [span(540, 60)];
        let need = Need { buffer: 10, ..NEED };
        assert_eq!(starts(&open, &[span(570, 15)], &[], need), [540, 585], "9:15 would leave no time after it");
        assert_eq!(starts(&open, &[span(540, 15)], &[span(555, 10)], NEED), [565, 570, 585]);
    }

    #[test]
    fn parts_without_the_practitioner_go_beside_each_other() {
        // Two of `/X/` in a row of five minutes: the middles do not touch.
        let parts = [Part { offset: 5, minutes: 5 }];
        let need = Need { parts: &parts, wanted: wanted(15, 5), ..NEED };
        assert_eq!(starts(&[span(540, 30)], &[span(545, 5)], &[], need), [545, 550, 555]);
        assert_eq!(starts(&[span(540, 30)], &[span(550, 20)], &[], need), [540], "one whole in the middle");
    }

    #[test]
    fn one_resource_of_each_kind_is_needed_all_the_time() {
        let kinds = [vec![vec![span(540, 30)], vec![span(550, 30)]]];
        let need = Need { resources: &kinds, wanted: wanted(15, 10), ..NEED };
        // The first room is free from 9:30, the second until 9:10 and from 9:40.
        assert_eq!(starts(&[span(540, 60)], &[], &[], need), [570, 580]);
        let none = [Vec::new()];
        assert!(
            starts(&[span(540, 60)], &[], &[], Need { resources: &none, ..NEED }).is_empty(),
            "there is no such room"
        );
    }

    fn spans() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((-60i64..600, 0i64..50), 0..12).prop_map(|all| {
            let mut all: Vec<Span> = all.into_iter().map(|(start, minutes)| span(start, minutes)).collect();
            all.sort();
            all
        })
    }

    fn openings() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((0i64..90, 1i64..200), 0..4).prop_map(|parts| {
            let mut at = 0;
            parts
                .into_iter()
                .map(|(pause, minutes)| {
                    let opening = span(at + pause, minutes);
                    at = opening.end();
                    opening
                })
                .collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn exactly_the_starts_that_touch_nothing_are_found(
            open in openings(),
            needed in spans(),
            kept in spans(),
            minutes in 1i64..50,
            step in 1i64..30,
            buffer in 0i64..30,
            parts in prop::collection::vec((0i64..10, 1i64..10), 0..3),
            resources in prop::collection::vec(prop::collection::vec(spans(), 1..3), 0..2),
            not_before in prop::option::of(-20i64..300),
        ) {
            let mut at = 0;
            let parts: Vec<Part> = parts
                .into_iter()
                .map(|(pause, long)| {
                    let part = Part { offset: at + pause, minutes: long };
                    at = part.offset + long;
                    part
                })
                .filter(|part| part.offset + part.minutes <= minutes)
                .collect();
            let wanted = Wanted { minutes, step, part: PartOfDay::Any, not_before };
            let need = Need { wanted, parts: &parts, buffer, resources: &resources };
            let found = starts(&open, &needed, &kept, need);
            let mut by_hand = Vec::new();
            for opening in &open {
                for start in opening.start..opening.end() {
                    let whole = span(start, minutes);
                    let others = || needed.iter().chain(&kept).filter(|one| one.minutes > 0);
                    let on = (start - opening.start) % step == 0
                        || (start % GRID == 0 && others().any(|one| one.end() == start));
                    let mine: Vec<Span> = needed_spans(start, minutes, &parts).collect();
                    let free = !others().any(|one| mine.iter().any(|part| part.overlaps(*one)))
                        && !needed.iter().any(|one| one.overlaps(span(start + minutes, buffer)))
                        && resources.iter().all(|kind| {
                            kind.iter().any(|resource| !resource.iter().any(|one| one.overlaps(whole)))
                        });
                    if on && free && opening.contains(whole) && not_before.is_none_or(|first| first <= start) {
                        by_hand.push(start);
                    }
                }
            }
            by_hand.sort_unstable();
            by_hand.dedup();
            prop_assert_eq!(found, by_hand);
        }
    }
}
