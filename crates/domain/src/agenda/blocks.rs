//! Blocks: stretches of a week that are kept for something, until they are released.
//!
//! A block reserved for some types is offered to them alone; one reserved for the day's urgencies is offered to its types
//! on that very day; over one without scheduling nothing is booked unless on purpose. The first two may be released: at a
//! set hour of the day itself or of a day before. From that minute on the time is everybody's.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::hours::Weeks;
use super::overlap::Span;
use crate::time::{WallTime, day_number};

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// What a block keeps its time for.
    BlockKind {
        /// For appointments of some types.
        Types = "types",
        /// For the urgencies of the day.
        Urgent = "urgent",
        /// For nothing: no scheduling over it.
        NoScheduling = "no_scheduling",
    }
}

/// When a block is released: so many days before its day, at a minute of that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Release {
    /// Days before; 0: on the day itself.
    pub days_before: u16,
    /// Minute of that day.
    pub minute: u16,
}

/// The dates and times of a block: weekly like opening hours; of one date where both validity dates are that date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Block {
    /// Its days of the week: bit 0 Monday to bit 6 Sunday.
    pub weekdays: u8,
    /// Minute of the day at which it begins.
    pub from: u16,
    /// Minute of the day at which it ends, 1440 for midnight.
    pub to: u16,
    /// First date on which it holds.
    pub valid_from: Option<NaiveDate>,
    /// Last date on which it holds.
    pub valid_until: Option<NaiveDate>,
    /// In which weeks.
    pub weeks: Weeks,
    /// What for.
    pub kind: BlockKind,
    /// When it is released; never, if absent.
    pub release: Option<Release>,
}

impl Block {
    /// Whether it stands on the date.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        let weekday = date.weekday().num_days_from_monday();
        self.weekdays >> weekday & 1 == 1
            && self.from < self.to
            && self.valid_from.is_none_or(|first| first <= date)
            && self.valid_until.is_none_or(|last| date <= last)
            && self.weeks.include(date)
    }

    /// The stretch it keeps on a date, if it stands on it.
    pub fn span_on(&self, date: NaiveDate) -> Option<Span> {
        let (from, to) = (i64::from(self.from), i64::from(self.to).min(DAY));
        (self.holds_on(date) && from < to).then(|| Span { start: day_number(date) * DAY + from, minutes: to - from })
    }

    /// The first minute of everybody's, for the block of a date; none: it is never released.
    pub fn released_at(&self, date: NaiveDate) -> Option<WallTime> {
        let release = self.release.filter(|_| self.kind != BlockKind::NoScheduling)?;
        let day = day_number(date) - i64::from(release.days_before);
        Some(WallTime::from_minutes(day * DAY + i64::from(release.minute)))
    }

    /// Whether the block of a date is released at a moment.
    pub fn is_released(&self, date: NaiveDate, now: WallTime) -> bool {
        self.released_at(date).is_some_and(|at| at <= now)
    }

    /// Whether the block of a date keeps out, at a moment, an appointment that is (or is not) of the block's types.
    pub fn keeps_out(&self, date: NaiveDate, of_its_types: bool, now: WallTime) -> bool {
        match self.kind {
            BlockKind::NoScheduling => true,
            BlockKind::Types => !of_its_types && !self.is_released(date, now),
            BlockKind::Urgent => !(self.is_released(date, now) || of_its_types && date == now.date()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::from_day_number;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wall(text: &str) -> WallTime {
        text.parse().unwrap()
    }

    /// Every working day 8:00–8:30.
    fn block(kind: BlockKind, release: Option<(u16, u16)>) -> Block {
        Block {
            weekdays: 0b1_1111,
            from: 480,
            to: 510,
            valid_from: None,
            valid_until: None,
            weeks: Weeks::Every,
            kind,
            release: release.map(|(days_before, minute)| Release { days_before, minute }),
        }
    }

    const TUESDAY: &str = "2026-11-24";

    #[test]
    fn urgencies_of_the_day_are_released_at_ten_to_the_minute() {
        let block = block(BlockKind::Urgent, Some((0, 600)));
        let day = date(TUESDAY);
        assert!(block.keeps_out(day, false, wall("2026-11-24T09:59")));
        assert!(!block.keeps_out(day, false, wall("2026-11-24T10:00")));
        assert!(block.keeps_out(day, true, wall("2026-11-23T18:00")), "nobody's urgency of tomorrow");
        assert!(!block.keeps_out(day, true, wall("2026-11-24T07:00")));
        assert_eq!(block.released_at(day), Some(wall("2026-11-24T10:00")));
    }

    #[test]
    fn a_block_of_types_is_theirs_and_after_some_days_everybodys() {
        let block = block(BlockKind::Types, Some((2, 720)));
        let day = date(TUESDAY);
        assert!(!block.keeps_out(day, true, wall("2026-10-01T08:00")));
        assert!(block.keeps_out(day, false, wall("2026-11-22T11:59")));
        assert!(!block.keeps_out(day, false, wall("2026-11-22T12:00")));
    }

    #[test]
    fn what_is_never_released_and_no_scheduling_stay() {
        let far = wall("2036-01-01T00:00");
        assert!(block(BlockKind::Types, None).keeps_out(date(TUESDAY), false, far));
        let closed = block(BlockKind::NoScheduling, Some((0, 0)));
        assert!(closed.keeps_out(date(TUESDAY), true, far), "it has no release, whatever is written beside it");
        assert_eq!(closed.released_at(date(TUESDAY)), None);
    }

    #[test]
    fn a_block_stands_on_its_weekdays_weeks_and_dates() {
        let block = Block {
            weeks: Weeks::Even,
            valid_from: Some(date("2026-11-24")),
            valid_until: Some(date("2026-12-10")),
            ..block(BlockKind::Types, None)
        };
        let holds = |text: &str| block.span_on(date(text)).is_some();
        assert!(holds(TUESDAY) && holds("2026-12-08"));
        assert!(!holds("2026-11-23") && !holds("2026-12-01") && !holds("2026-12-11") && !holds("2026-11-28"));
        assert_eq!(block.span_on(date(TUESDAY)), Some(Span { start: wall("2026-11-24T08:00").minutes(), minutes: 30 }));
    }

    proptest! {
        #[test]
        fn a_block_is_released_exactly_at_its_minute(
            day in 10_000i64..40_000,
            days_before in 0u16..60,
            minute in 0u16..1440,
            off in -100_000i64..100_000,
            kind in prop::sample::select(&[BlockKind::Types, BlockKind::Urgent][..]),
        ) {
            let block = Block { weekdays: 0x7f, ..block(kind, Some((days_before, minute))) };
            let date = from_day_number(day);
            let at = (day - i64::from(days_before)) * DAY + i64::from(minute);
            let now = WallTime::from_minutes(at + off);
            prop_assert_eq!(block.is_released(date, now), off >= 0);
            prop_assert_eq!(block.keeps_out(date, false, now), off < 0);
        }
    }
}
