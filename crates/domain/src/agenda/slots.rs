//! Where an appointment fits: free starts in open time.
//!
//! The rule: a start is offered at the beginning of an opening and every `step` minutes after it, and also right where
//! an appointment ends, if that is on the wall clock's 5-minute grid. So a day that began late is not left with holes,
//! and nobody is offered 10:07. The whole appointment must lie inside one opening and touch nothing that is busy.

use super::overlap::Span;

/// The step between offered starts where the type says nothing, in minutes.
pub const DEFAULT_STEP: i64 = 5;

/// The wall clock's grid on which an end may become a start, in minutes.
const GRID: i64 = 5;

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// A part of the day, by the time at which the appointment starts.
    PartOfDay {
        /// The whole day.
        Any = "any",
        /// Before 12:00.
        Morning = "morning",
        /// From 12:00, before 18:00.
        Afternoon = "afternoon",
        /// From 18:00.
        Evening = "evening",
    }
}

impl PartOfDay {
    /// Whether a start, in minutes on the wall, lies in it.
    pub const fn includes(self, start: i64) -> bool {
        let minute = start.rem_euclid(DAY);
        match self {
            PartOfDay::Any => true,
            PartOfDay::Morning => minute < 12 * 60,
            PartOfDay::Afternoon => 12 * 60 <= minute && minute < 18 * 60,
            PartOfDay::Evening => 18 * 60 <= minute,
        }
    }
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The duration, in minutes.
    pub minutes: i64,
    /// Minutes between two offered starts, counted from the opening; [`DEFAULT_STEP`] or the type's own grid.
    pub step: i64,
    /// The part of the day.
    pub part: PartOfDay,
    /// The first acceptable start (minutes on the wall), such as now; none: any.
    pub not_before: Option<i64>,
}

/// The free starts, in order, found lazily: take as many as are shown.
///
/// `open`: sorted and without overlap, as [`super::hours::open_spans`] gives them, for one day or several.
/// `busy`: sorted by start; overlapping each other (overbooked) is fine.
pub fn free_starts<'a>(open: &'a [Span], busy: &'a [Span], wanted: Wanted) -> FreeStarts<'a> {
    debug_assert!(open.is_sorted_by_key(|span| span.start), "openings are sorted");
    debug_assert!(busy.is_sorted_by_key(|span| span.start), "what is busy is sorted");
    FreeStarts { open, busy, wanted, occupied_until: i64::MIN, gap: None }
}

/// See [`free_starts`].
#[derive(Debug, Clone)]
pub struct FreeStarts<'a> {
    /// Openings not yet finished; the first is the current one.
    open: &'a [Span],
    /// What is busy and not yet passed.
    busy: &'a [Span],
    wanted: Wanted,
    /// The latest end of what was passed.
    occupied_until: i64,
    gap: Option<Gap>,
}

/// A free stretch inside the current opening: the next start to try, and where the stretch ends.
#[derive(Debug, Clone, Copy)]
struct Gap {
    next: i64,
    end: i64,
    opening: i64,
}

impl FreeStarts<'_> {
    /// The next free stretch long enough, walking busy spans and openings forward once.
    fn next_gap(&mut self) -> Option<Gap> {
        loop {
            let opening = *self.open.first()?;
            let from = opening.start.max(self.occupied_until);
            // What starts at or before the stretch's beginning only moves the beginning.
            while let Some(first) = self.busy.first().filter(|first| first.start <= from || first.minutes <= 0) {
                if first.minutes > 0 {
                    self.occupied_until = self.occupied_until.max(first.end());
                }
                self.busy = &self.busy[1..];
                if self.occupied_until > from {
                    break;
                }
            }
            if self.occupied_until > from {
                if self.occupied_until >= opening.end() {
                    self.open = &self.open[1..];
                }
                continue;
            }
            let end = self.busy.first().map_or(opening.end(), |first| first.start.min(opening.end()));
            if end >= opening.end() {
                self.open = &self.open[1..];
            } else {
                // The stretch ends at a busy span inside the opening: go on behind it.
                self.occupied_until = end;
                if let Some(first) = self.busy.first() {
                    self.occupied_until = first.end();
                    self.busy = &self.busy[1..];
                }
            }
            if end - from >= self.wanted.minutes {
                return Some(Gap { next: from, end, opening: opening.start });
            }
        }
    }
}

impl Iterator for FreeStarts<'_> {
    type Item = i64;

    fn next(&mut self) -> Option<i64> {
        if self.wanted.minutes <= 0 {
            return None;
        }
        let step = self.wanted.step.max(1);
        loop {
            let gap = match self.gap {
                Some(gap) => gap,
                None => self.next_gap()?,
            };
            let not_before = self.wanted.not_before.unwrap_or(i64::MIN);
            let off = (gap.next - gap.opening).rem_euclid(step);
            let on_step = off == 0;
            if gap.next < not_before || !(on_step || gap.next.rem_euclid(GRID) == 0) {
                // Only the beginning of a stretch can be off the steps; from here on, steps only.
                let least = gap.next.max(not_before);
                let next = least + (gap.opening - least).rem_euclid(step);
                self.gap = (next + self.wanted.minutes <= gap.end).then_some(Gap { next, ..gap });
                continue;
            }
            let following = gap.next + step - off;
            self.gap = (following + self.wanted.minutes <= gap.end).then_some(Gap { next: following, ..gap });
            if self.wanted.part.includes(gap.next) {
                return Some(gap.next);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    const NINE: i64 = 9 * 60;

    fn span(start: i64, minutes: i64) -> Span {
        Span { start, minutes }
    }

    fn wanted(minutes: i64, step: i64) -> Wanted {
        Wanted { minutes, step, part: PartOfDay::Any, not_before: None }
    }

    fn starts(open: &[Span], busy: &[Span], wanted: Wanted) -> Vec<i64> {
        free_starts(open, busy, wanted).collect()
    }

    #[test]
    fn an_empty_morning_is_offered_step_by_step() {
        assert_eq!(starts(&[span(NINE, 60)], &[], wanted(20, 20)), [540, 560, 580]);
        assert_eq!(starts(&[span(NINE, 30)], &[], wanted(20, DEFAULT_STEP)), [540, 545, 550]);
        assert!(starts(&[span(NINE, 19)], &[], wanted(20, 5)).is_empty());
    }

    #[test]
    fn the_end_of_an_appointment_is_offered_on_the_five_minutes_only() {
        let open = [span(NINE, 120)];
        assert_eq!(starts(&open, &[span(NINE, 25)], wanted(20, 20))[..2], [565, 580]);
        assert_eq!(starts(&open, &[span(NINE, 27)], wanted(20, 20))[..2], [580, 600], "nobody is offered 9:27");
    }

    #[test]
    fn an_opening_off_the_grid_begins_where_it_begins() {
        assert_eq!(starts(&[span(547, 45)], &[], wanted(20, 20)), [547, 567]);
    }

    #[test]
    fn nothing_is_offered_across_two_openings() {
        assert!(starts(&[span(NINE, 15), span(NINE + 15, 15)], &[], wanted(20, 5)).is_empty());
    }

    #[test]
    fn overbooked_appointments_end_with_the_last_of_them() {
        let busy = [span(NINE, 60), span(NINE + 10, 10), span(NINE + 55, 15)];
        assert_eq!(starts(&[span(NINE, 120)], &busy, wanted(50, 10)), [610]);
    }

    #[test]
    fn what_began_before_the_opening_counts() {
        assert_eq!(starts(&[span(NINE, 60)], &[span(NINE - 600, 630)], wanted(30, 15)), [570]);
        assert_eq!(starts(&[span(NINE, 60)], &[span(NINE - 30, 30)], wanted(30, 30)), [540, 570]);
    }

    #[test]
    fn the_past_and_other_parts_of_the_day_are_not_offered() {
        let open = [span(NINE, 10 * 60)];
        let after = |minute| Wanted { not_before: Some(minute), ..wanted(30, 60) };
        assert_eq!(starts(&open, &[], after(17 * 60 + 1)), [18 * 60]);
        let part = |part| Wanted { part, ..wanted(60, 60) };
        assert_eq!(starts(&open, &[], part(PartOfDay::Morning)), [540, 600, 660]);
        assert_eq!(starts(&open, &[], part(PartOfDay::Afternoon)), [720, 780, 840, 900, 960, 1020]);
        assert_eq!(starts(&open, &[], part(PartOfDay::Evening)), [1080]);
    }

    #[test]
    fn several_days_follow_each_other_and_the_search_may_stop() {
        let open: Vec<Span> = (0..300).map(|day| span(day * DAY + NINE, 9 * 60)).collect();
        let full: Vec<Span> = (0..40 * 27).map(|n| span(n / 27 * DAY + NINE + n % 27 * 20, 20)).collect();
        let first: Vec<i64> = free_starts(&open, &full, wanted(20, 20)).take(3).collect();
        assert_eq!(first, [40 * DAY + 540, 40 * DAY + 560, 40 * DAY + 580]);
    }

    #[test]
    fn an_impossible_duration_finds_nothing() {
        assert!(starts(&[span(0, 600)], &[], wanted(0, 5)).is_empty());
        assert!(starts(&[span(0, 600)], &[], wanted(-5, 5)).is_empty());
        assert_eq!(starts(&[span(0, 20)], &[], wanted(10, 0))[..3], [0, 1, 2], "no step is the least step");
    }

    /// The rule of the module's head, minute by minute.
    fn by_hand(open: &[Span], busy: &[Span], wanted: Wanted) -> Vec<i64> {
        let mut found = BTreeSet::new();
        for opening in open {
            for start in opening.start..opening.end() {
                let taken = span(start, wanted.minutes);
                let on_step = (start - opening.start) % wanted.step == 0;
                let after_one = start % GRID == 0 && busy.iter().any(|b| b.end() == start);
                if (on_step || after_one)
                    && opening.contains(taken)
                    && !busy.iter().any(|b| b.overlaps(taken))
                    && wanted.part.includes(start)
                    && wanted.not_before.is_none_or(|first| first <= start)
                {
                    found.insert(start);
                }
            }
        }
        found.into_iter().collect()
    }

    fn openings() -> impl Strategy<Value = Vec<Span>> {
        // Lengths and the pauses between them, over parts of two days.
        prop::collection::vec((0i64..200, 1i64..200), 0..5).prop_map(|parts| {
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

    fn appointments() -> impl Strategy<Value = Vec<Span>> {
        prop::collection::vec((-60i64..1000, prop_oneof![0i64..60, (1i64..12).prop_map(|n| n * 5)]), 0..25).prop_map(
            |all| {
                let mut all: Vec<Span> = all.into_iter().map(|(start, minutes)| span(start, minutes)).collect();
                all.sort();
                all
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn exactly_the_starts_of_the_rule_are_found(
            open in openings(),
            busy in appointments(),
            minutes in 1i64..70,
            step in 1i64..40,
            part in prop::sample::select(PartOfDay::ALL),
            not_before in prop::option::of(-50i64..1000),
        ) {
            let wanted = Wanted { minutes, step, part, not_before };
            // An entry of no length neither occupies nor ends anything.
            let lasting: Vec<Span> = busy.iter().copied().filter(|b| b.minutes > 0).collect();
            prop_assert_eq!(starts(&open, &busy, wanted), by_hand(&open, &lasting, wanted));
        }

        #[test]
        fn every_start_is_feasible(open in openings(), busy in appointments(), minutes in 1i64..70, step in 1i64..40) {
            let found = starts(&open, &busy, wanted(minutes, step));
            prop_assert!(found.is_sorted_by(|a, b| a < b));
            for start in found {
                let taken = span(start, minutes);
                prop_assert!(open.iter().any(|opening| opening.contains(taken)));
                prop_assert!(!busy.iter().any(|one| one.overlaps(taken)));
            }
        }
    }
}
