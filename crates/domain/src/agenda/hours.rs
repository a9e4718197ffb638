//! Weekly opening hours, less absences: when a practitioner is open on a date.
//!
//! Not here: holidays, openings of single dates, locums, blocks; [`super::day`] puts all of them together.

use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

use super::overlap::Span;
use crate::time::{WallTime, day_number};

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

words! {
    /// Alternating weeks, by the parity of the ISO week number. After a year of 53 weeks two odd ones follow each other,
    /// as on every printed calendar.
    Weeks {
        /// Every week.
        Every = "every",
        /// Weeks 1, 3, 5 …
        Odd = "odd",
        /// Weeks 2, 4, 6 …
        Even = "even",
    }
}

impl Weeks {
    /// Whether the week of the date is one of them.
    pub fn include(self, date: NaiveDate) -> bool {
        match self {
            Weeks::Every => true,
            Weeks::Odd => !date.iso_week().week().is_multiple_of(2),
            Weeks::Even => date.iso_week().week().is_multiple_of(2),
        }
    }
}

/// One opening that comes back weekly, such as Monday 09:00–12:00.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Its day of the week.
    pub weekday: Weekday,
    /// Minute of the day at which it opens.
    pub from: u16,
    /// Minute of the day at which it closes, 1440 for midnight. At or before `from` it never opens.
    pub to: u16,
    /// First date on which it holds; always, if absent.
    pub valid_from: Option<NaiveDate>,
    /// Last date on which it holds; forever, if absent.
    pub valid_until: Option<NaiveDate>,
    /// In which weeks it holds.
    pub weeks: Weeks,
}

/// A time in which the practitioner is not there: an hour, a day, three weeks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Absence {
    /// Its first minute.
    pub from: WallTime,
    /// The minute at which they are back.
    pub to: WallTime,
}

impl OpeningHours {
    /// Whether it opens on the date.
    pub fn holds_on(&self, date: NaiveDate) -> bool {
        self.weekday == date.weekday()
            && self.valid_from.is_none_or(|first| first <= date)
            && self.valid_until.is_none_or(|last| date <= last)
            && self.weeks.include(date)
    }
}

/// When it is open on the date: sorted, without overlap, touching openings joined, absences taken out.
pub fn open_spans(date: NaiveDate, hours: &[OpeningHours], absences: &[Absence]) -> Vec<Span> {
    let midnight = day_number(date) * DAY;
    let mut open: Vec<(i64, i64)> = hours
        .iter()
        .filter(|opening| opening.from < opening.to && opening.holds_on(date))
        .map(|opening| (midnight + i64::from(opening.from), midnight + i64::from(opening.to).min(DAY)))
        .filter(|(from, to)| from < to)
        .collect();
    open.sort_unstable();
    open.dedup_by(|next, kept| {
        let joined = next.0 <= kept.1;
        if joined {
            kept.1 = kept.1.max(next.1);
        }
        joined
    });
    for absence in absences {
        let (from, to) = (absence.from.minutes(), absence.to.minutes());
        if from >= to || to <= midnight || from >= midnight + DAY {
            continue;
        }
        open = open
            .into_iter()
            .flat_map(|(start, end)| [(start, end.min(from)), (start.max(to), end)])
            .filter(|(start, end)| start < end)
            .collect();
    }
    open.into_iter().map(|(start, end)| Span { start, minutes: end - start }).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn opening(weekday: Weekday, from: u16, to: u16) -> OpeningHours {
        OpeningHours { weekday, from, to, valid_from: None, valid_until: None, weeks: Weeks::Every }
    }

    fn absence(from: &str, to: &str) -> Absence {
        Absence { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    /// Openings as minutes of the day.
    fn of_day(day: NaiveDate, hours: &[OpeningHours], absences: &[Absence]) -> Vec<(i64, i64)> {
        let midnight = day_number(day) * DAY;
        open_spans(day, hours, absences).iter().map(|span| (span.start - midnight, span.end() - midnight)).collect()
    }

    const TUESDAY: &str = "2026-11-24";

    #[test]
    fn a_day_has_the_openings_of_its_weekday_in_order() {
        let hours = [
            opening(Weekday::Tue, 14 * 60, 18 * 60),
            opening(Weekday::Tue, 9 * 60, 12 * 60),
            opening(Weekday::Wed, 8 * 60, 20 * 60),
        ];
        assert_eq!(of_day(date(TUESDAY), &hours, &[]), [(540, 720), (840, 1080)]);
        assert!(of_day(date("2026-11-23"), &hours, &[]).is_empty());
    }

    #[test]
    fn touching_and_overlapping_openings_are_one() {
        let hours = [opening(Weekday::Tue, 540, 720), opening(Weekday::Tue, 720, 800), opening(Weekday::Tue, 600, 650)];
        assert_eq!(of_day(date(TUESDAY), &hours, &[]), [(540, 800)]);
    }

    #[test]
    fn absences_cut_hours_days_and_weeks() {
        let hours = [opening(Weekday::Tue, 540, 1080)];
        let day = date(TUESDAY);
        assert_eq!(of_day(day, &hours, &[absence("2026-11-24T12:30", "2026-11-24T14:00")]), [(540, 750), (840, 1080)]);
        assert_eq!(of_day(day, &hours, &[absence("2026-11-23T18:00", "2026-11-24T10:00")]), [(600, 1080)]);
        assert!(of_day(day, &hours, &[absence("2026-11-10T00:00", "2026-12-01T00:00")]).is_empty());
        assert_eq!(of_day(day, &hours, &[absence("2026-11-24T18:00", "2026-11-25T10:00")]), [(540, 1080)]);
        assert_eq!(
            of_day(day, &hours, &[absence("2026-11-24T14:00", "2026-11-24T12:00")]),
            [(540, 1080)],
            "ends before it begins"
        );
    }

    #[test]
    fn validity_dates_are_both_included() {
        let hours = [OpeningHours {
            valid_from: Some(date("2026-11-24")),
            valid_until: Some(date("2026-12-01")),
            ..opening(Weekday::Tue, 540, 600)
        }];
        let open = |day: &str| !open_spans(date(day), &hours, &[]).is_empty();
        assert_eq!(
            [open("2026-11-17"), open("2026-11-24"), open("2026-12-01"), open("2026-12-08")],
            [false, true, true, false]
        );
    }

    #[test]
    fn alternating_weeks_go_by_the_printed_week_number() {
        let even = [OpeningHours { weeks: Weeks::Even, ..opening(Weekday::Tue, 540, 600) }];
        let odd = [OpeningHours { weeks: Weeks::Odd, ..opening(Weekday::Tue, 540, 600) }];
        let open = |hours: &[OpeningHours], day: &str| !open_spans(date(day), hours, &[]).is_empty();
        assert!(open(&even, TUESDAY) && !open(&odd, TUESDAY), "week 48");
        // 2026 has 53 weeks: weeks 53 and 1 are both odd.
        assert!(open(&odd, "2026-12-29") && open(&odd, "2027-01-05"));
    }

    #[test]
    fn it_may_be_open_until_midnight_and_not_beyond() {
        assert_eq!(of_day(date(TUESDAY), &[opening(Weekday::Tue, 1200, 1440)], &[]), [(1200, 1440)]);
        assert_eq!(of_day(date(TUESDAY), &[opening(Weekday::Tue, 1200, 2000)], &[]), [(1200, 1440)]);
        assert_eq!(
            of_day(date(TUESDAY), &[opening(Weekday::Tue, 600, 600), opening(Weekday::Tue, 1500, 1600)], &[]),
            []
        );
    }

    proptest! {
        #[test]
        fn each_minute_is_open_as_the_openings_and_absences_say(
            hours in prop::collection::vec((0u16..300, 0u16..300), 0..6),
            absences in prop::collection::vec((-100i64..300, -100i64..300), 0..4),
        ) {
            let day = date(TUESDAY);
            let midnight = day_number(day) * DAY;
            let hours: Vec<_> = hours.into_iter().map(|(from, to)| opening(Weekday::Tue, from, to)).collect();
            let absences: Vec<_> = absences
                .into_iter()
                .map(|(from, to)| Absence { from: WallTime::from_minutes(midnight + from), to: WallTime::from_minutes(midnight + to) })
                .collect();
            let spans = open_spans(day, &hours, &absences);
            for pair in spans.windows(2) {
                prop_assert!(pair[0].end() < pair[1].start || absences.iter().any(|a| a.to.minutes() > a.from.minutes()), "sorted, joined");
                prop_assert!(pair[0].end() <= pair[1].start);
            }
            for minute in 0..300 {
                let opens = hours.iter().any(|h| (i64::from(h.from)..i64::from(h.to)).contains(&minute));
                let away = absences.iter().any(|a| (a.from.minutes()..a.to.minutes()).contains(&(midnight + minute)));
                let open = spans.iter().any(|s| (s.start..s.end()).contains(&(midnight + minute)));
                prop_assert_eq!(open, opens && !away, "minute {}", minute);
            }
        }
    }
}
