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
