//! When a practitioner can be booked on a date: the weekly template unless a holiday closes the practice, one-off openings,
//! less absences that no locum fills, less the blocks that keep an appointment out.
//!
//! All of it is wall time: that a clock changes in the night moves no opening.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::blocks::Block;
use super::hours::{Absence, OpeningHours, open_spans};
use super::overlap::Span;
use crate::time::{WallTime, day_number};

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;

/// An opening of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct OneOffOpening {
    /// Its date.
    pub date: NaiveDate,
    /// Minute of the day at which it opens.
    pub from: u16,
    /// Minute of the day at which it closes, 1440 for midnight.
    pub to: u16,
}

/// The dates on which a locum stands in, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LocumDates {
    /// First date.
    pub from: NaiveDate,
    /// Last date.
    pub until: NaiveDate,
}

impl LocumDates {
    /// Whether the date is one of them.
    pub fn include(&self, date: NaiveDate) -> bool {
        self.from <= date && date <= self.until
    }
}

/// What is known of a practitioner's days.
#[derive(Debug, Clone, Copy, Default)]
pub struct DayRules<'a> {
    /// The weekly template.
    pub hours: &'a [OpeningHours],
    /// Openings of single dates.
    pub openings: &'a [OneOffOpening],
    /// Absences.
    pub absences: &'a [Absence],
    /// Dates of locums.
    pub locums: &'a [LocumDates],
    /// Dates on which a holiday closes the practice.
    pub closed: &'a [NaiveDate],
}

impl DayRules<'_> {
    /// Whether a locum stands in on the date.
    pub fn has_locum(&self, date: NaiveDate) -> bool {
        self.locums.iter().any(|locum| locum.include(date))
    }

    /// When it is open on the date: sorted, without overlap. A holiday takes the weekly template away, never a one-off
    /// opening: that is how the practice opens on one. On a locum's dates the practitioner's absences close nothing.
    pub fn open_on(&self, date: NaiveDate) -> Vec<Span> {
        let weekly = if self.closed.contains(&date) { &[][..] } else { self.hours };
        let absences = if self.has_locum(date) { &[][..] } else { self.absences };
        if !self.openings.iter().any(|opening| opening.date == date) {
            return open_spans(date, weekly, absences);
        }
        let mut hours: Vec<OpeningHours> = weekly.to_vec();
        hours.extend(self.openings.iter().filter(|opening| opening.date == date).map(|opening| OpeningHours {
            weekday: chrono::Datelike::weekday(&date),
            from: opening.from,
            to: opening.to,
            valid_from: None,
            valid_until: None,
            weeks: super::hours::Weeks::Every,
        }));
        open_spans(date, &hours, absences)
    }
}

/// What is left of openings without some spans: sorted, without overlap.
pub fn without(open: Vec<Span>, taken: impl IntoIterator<Item = Span>) -> Vec<Span> {
    taken.into_iter().filter(|span| span.minutes > 0).fold(open, |open, span| {
        if !open.iter().any(|one| one.overlaps(span)) {
            return open;
        }
        open.into_iter()
            .flat_map(|one| [(one.start, one.end().min(span.start)), (one.start.max(span.end()), one.end())])
            .filter(|(start, end)| start < end)
            .map(|(start, end)| Span { start, minutes: end - start })
            .collect()
    })
}

/// The stretches of a date that its blocks keep an appointment out of. Beside each block stands whether the appointment
/// is of the block's types.
pub fn kept_out<'a>(
    date: NaiveDate,
    blocks: impl IntoIterator<Item = (&'a Block, bool)> + 'a,
    now: WallTime,
) -> impl Iterator<Item = Span> + 'a {
    blocks
        .into_iter()
        .filter(move |(block, of_its_types)| block.keeps_out(date, *of_its_types, now))
        .filter_map(move |(block, _)| block.span_on(date))
}

/// The first and the last minute of a date, the end excluded.
pub fn whole(date: NaiveDate) -> Span {
    Span { start: day_number(date) * DAY, minutes: DAY }
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike, Days, Weekday};
    use proptest::prelude::*;

    use super::*;
    use crate::agenda::blocks::BlockKind;
    use crate::agenda::hours::Weeks;
    use crate::time::{Resolved, Zone, from_day_number, resolve, wall};

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn hours(weekday: Weekday, from: u16, to: u16) -> OpeningHours {
        OpeningHours { weekday, from, to, valid_from: None, valid_until: None, weeks: Weeks::Every }
    }

    fn absence(from: &str, to: &str) -> Absence {
        Absence { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    fn minutes(date: NaiveDate, spans: &[Span]) -> Vec<(i64, i64)> {
        let midnight = day_number(date) * DAY;
        spans.iter().map(|span| (span.start - midnight, span.end() - midnight)).collect()
    }

    const TUESDAY: &str = "2026-11-24";

    #[test]
    fn a_holiday_closes_unless_the_practice_opens() {
        let day = date(TUESDAY);
        let template = [hours(Weekday::Tue, 540, 1080)];
        let opening = [OneOffOpening { date: day, from: 540, to: 720 }];
        let rules = DayRules { hours: &template, closed: &[day], ..DayRules::default() };
        assert!(rules.open_on(day).is_empty());
        let rules = DayRules { openings: &opening, ..rules };
        assert_eq!(minutes(day, &rules.open_on(day)), [(540, 720)]);
    }

    #[test]
    fn a_one_off_opening_adds_to_its_own_date_alone() {
        let (saturday, opening) = (date("2026-11-28"), OneOffOpening { date: date("2026-11-28"), from: 540, to: 720 });
        let rules = DayRules { openings: std::slice::from_ref(&opening), ..DayRules::default() };
        assert_eq!(minutes(saturday, &rules.open_on(saturday)), [(540, 720)]);
        assert!(rules.open_on(date("2026-12-05")).is_empty());
        let template = [hours(Weekday::Sat, 600, 780)];
        let rules = DayRules { hours: &template, ..rules };
        assert_eq!(minutes(saturday, &rules.open_on(saturday)), [(540, 780)], "joined with the template");
    }

    #[test]
    fn a_locum_fills_an_absence_on_their_dates() {
        let template = [hours(Weekday::Tue, 540, 1080)];
        let away = [absence("2026-11-20T00:00", "2026-12-05T00:00")];
        let locum = [LocumDates { from: date("2026-11-23"), until: date("2026-11-27") }];
        let rules = DayRules { hours: &template, absences: &away, locums: &locum, ..DayRules::default() };
        assert!(!rules.open_on(date(TUESDAY)).is_empty());
        assert!(rules.open_on(date("2026-12-01")).is_empty(), "the locum has left");
    }

    #[test]
    fn blocks_cut_what_is_open() {
        let day = date(TUESDAY);
        let template = [hours(Weekday::Tue, 480, 720)];
        let block = Block {
            weekdays: 0b10,
            from: 480,
            to: 510,
            valid_from: None,
            valid_until: None,
            weeks: Weeks::Every,
            kind: BlockKind::Urgent,
            release: None,
        };
        let now = WallTime::at(day, 0);
        let open = DayRules { hours: &template, ..DayRules::default() }.open_on(day);
        let left = |own: bool| minutes(day, &without(open.clone(), kept_out(day, [(&block, own)], now)));
        assert_eq!(left(false), [(510, 720)]);
        assert_eq!(left(true), [(480, 720)]);
    }

    /// A week of openings of every length, whatever clock changes in it: each date has its template's openings on the
    /// wall, and each minute of them that exists comes back from its instant.
    fn is_the_same_on_the_wall(zone: &str, day: NaiveDate, template: &[(u16, u16)]) {
        let zone: Zone = zone.parse().unwrap();
        let weekly: Vec<OpeningHours> = template.iter().map(|(from, to)| hours(day.weekday(), *from, *to)).collect();
        let rules = DayRules { hours: &weekly, ..DayRules::default() };
        for weeks in [0, 7, 14] {
            let same = day - Days::new(7) + Days::new(weeks);
            assert_eq!(minutes(same, &rules.open_on(same)), minutes(day, &rules.open_on(day)), "{same}");
        }
        for span in rules.open_on(day) {
            for minute in span.start..span.end() {
                let time = WallTime::from_minutes(minute);
                match resolve(time, &zone) {
                    Resolved::Once(at) => assert_eq!(wall(at, &zone), time),
                    Resolved::Gap { after } => assert!(wall(after, &zone) > time),
                    Resolved::Fold { earlier, later } => {
                        assert!(earlier < later);
                        assert_eq!((wall(earlier, &zone), wall(later, &zone)), (time, time));
                    }
                }
            }
        }
    }

    /// Both clock changes of France and Morocco's last one, with the days around them.
    const CHANGES: &[(&str, &str)] =
        &[("Europe/Paris", "2026-03-29"), ("Europe/Paris", "2026-10-25"), ("Africa/Casablanca", "2026-09-20")];

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(40))]

        #[test]
        fn hours_keep_their_wall_time_over_clock_changes(
            change in prop::sample::select(CHANGES),
            off in -2i64..3,
            template in prop::collection::vec((0u16..1440, 1u16..300), 1..4),
        ) {
            let day = from_day_number(day_number(date(change.1)) + off);
            let template: Vec<(u16, u16)> = template.iter().map(|(from, long)| (*from, (from + long).min(1440))).collect();
            is_the_same_on_the_wall(change.0, day, &template);
        }

        #[test]
        fn each_minute_is_open_as_template_openings_holidays_absences_and_locums_say(
            template in prop::collection::vec((0u16..300, 0u16..300), 0..4),
            openings in prop::collection::vec((0u16..300, 0u16..300), 0..3),
            away in prop::collection::vec((-100i64..300, -100i64..300), 0..3),
            closed in any::<bool>(),
            locum in any::<bool>(),
            taken in prop::collection::vec((-50i64..300, 0i64..80), 0..4),
        ) {
            let day = date(TUESDAY);
            let midnight = day_number(day) * DAY;
            let weekly: Vec<_> = template.iter().map(|(from, to)| hours(Weekday::Tue, *from, *to)).collect();
            let once: Vec<_> = openings.iter().map(|(from, to)| OneOffOpening { date: day, from: *from, to: *to }).collect();
            let absences: Vec<_> = away
                .iter()
                .map(|(from, to)| Absence { from: WallTime::from_minutes(midnight + from), to: WallTime::from_minutes(midnight + to) })
                .collect();
            let locums = if locum { vec![LocumDates { from: day, until: day }] } else { Vec::new() };
            let closing = if closed { vec![day] } else { Vec::new() };
            let rules = DayRules { hours: &weekly, openings: &once, absences: &absences, locums: &locums, closed: &closing };
            let spans: Vec<Span> = taken.iter().map(|(start, minutes)| Span { start: midnight + start, minutes: *minutes }).collect();
            let open = without(rules.open_on(day), spans.iter().copied());
            prop_assert!(open.windows(2).all(|two| two[0].end() <= two[1].start));
            for minute in 0..300i64 {
                let within = |list: &[(u16, u16)]| list.iter().any(|(from, to)| (i64::from(*from)..i64::from(*to)).contains(&minute));
                let opens = (within(&template) && !closed) || within(&openings);
                let gone = !locum && away.iter().any(|(from, to)| (*from..*to).contains(&minute));
                let cut = taken.iter().any(|(start, long)| (*start..start + long).contains(&minute));
                let is = open.iter().any(|span| (span.start..span.end()).contains(&(midnight + minute)));
                prop_assert_eq!(is, opens && !gone && !cut, "minute {}", minute);
            }
        }
    }
}
