//! Sums, shares and spreads.

use std::collections::BTreeMap;

use crate::agenda::Span;

/// Upper bounds in days of the bands in which lead times are shown; above the last there is one more.
pub const LEAD_BANDS: &[i64] = &[0, 3, 7, 14, 30];
/// Upper bounds in minutes of the bands in which waiting times are shown; above the last there is one more.
pub const WAIT_BANDS: &[i64] = &[5, 15, 25, 40];

/// How often each value occurred: exact, small, and added up at will.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spread(BTreeMap<i64, i64>);

impl Spread {
    /// So many times this value more.
    pub fn add(&mut self, value: i64, times: i64) {
        if times > 0 {
            *self.0.entry(value).or_default() += times;
        }
    }

    /// Everything of another one more.
    pub fn add_all(&mut self, other: &Self) {
        for (value, times) in &other.0 {
            self.add(*value, *times);
        }
    }

    /// How many values.
    #[must_use]
    pub fn total(&self) -> i64 {
        self.0.values().sum()
    }

    /// The mean, rounded; none of no values.
    #[must_use]
    pub fn mean(&self) -> Option<i64> {
        let total = self.total();
        let sum: i64 = self.0.iter().map(|(value, times)| value * times).sum();
        (total > 0).then(|| (sum + total / 2).div_euclid(total))
    }

    /// The value that half of them do not pass; none of no values.
    #[must_use]
    pub fn median(&self) -> Option<i64> {
        let half = (self.total() + 1) / 2;
        let mut seen = 0;
        self.0
            .iter()
            .find(|(_, times)| {
                seen += **times;
                seen >= half
            })
            .map(|(value, _)| *value)
    }

    /// How many lie in each band: up to the first bound, up to the second …, above the last.
    #[must_use]
    pub fn bands(&self, bounds: &[i64]) -> Vec<i64> {
        let mut counts = vec![0; bounds.len() + 1];
        for (value, times) in &self.0 {
            let band = bounds.iter().position(|bound| value <= bound).unwrap_or(bounds.len());
            counts[band] += times;
        }
        counts
    }
}

/// The figures of some appointments: of a practice, a practitioner, a type.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Figures {
    /// Appointments that were not called off.
    pub appointments: i64,
    /// Of these: without an appointment before.
    pub walk_ins: i64,
    /// Of these: agreed, and their time has come.
    pub due: i64,
    /// Of the due: the patient did not come.
    pub no_shows: i64,
    /// Called off.
    pub cancelled: i64,
    /// Of these: late.
    pub late_cancelled: i64,
    /// Minutes that appointments hold.
    pub minutes: i64,
    /// Minutes within opening hours, absences taken out.
    pub open_minutes: i64,
    /// Of these: under at least one active appointment.
    pub booked_minutes: i64,
    /// Days from booking to appointment.
    pub lead: Spread,
    /// Minutes from arrival to being called.
    pub wait: Spread,
}

impl Figures {
    /// Everything of others more.
    pub fn add(&mut self, other: &Self) {
        self.appointments += other.appointments;
        self.walk_ins += other.walk_ins;
        self.due += other.due;
        self.no_shows += other.no_shows;
        self.cancelled += other.cancelled;
        self.late_cancelled += other.late_cancelled;
        self.minutes += other.minutes;
        self.open_minutes += other.open_minutes;
        self.booked_minutes += other.booked_minutes;
        self.lead.add_all(&other.lead);
        self.wait.add_all(&other.wait);
    }

    /// How full: booked of open minutes, in thousandths; none where nothing was open.
    #[must_use]
    pub fn fill(&self) -> Option<i64> {
        permille(self.booked_minutes, self.open_minutes)
    }

    /// No-shows of those due, in thousandths.
    #[must_use]
    pub fn no_show_share(&self) -> Option<i64> {
        permille(self.no_shows, self.due)
    }

    /// Late cancellations of all that was ever booked, in thousandths.
    #[must_use]
    pub fn late_share(&self) -> Option<i64> {
        permille(self.late_cancelled, self.appointments - self.walk_ins + self.cancelled)
    }
}

/// A part of a whole in thousandths, rounded; none of nothing.
#[must_use]
pub fn permille(part: i64, whole: i64) -> Option<i64> {
    (whole > 0).then(|| (part * 1000 + whole / 2) / whole)
}

/// Minutes of the open spans that lie under at least one of the busy ones. Open spans are sorted and do not overlap, as
/// [`crate::agenda::open_spans`] makes them; busy ones may overlap (overbooking) and come in any order.
#[must_use]
pub fn booked_minutes(open: &[Span], busy: &[Span]) -> i64 {
    let mut busy: Vec<(i64, i64)> = busy.iter().map(|span| (span.start, span.end())).collect();
    busy.sort_unstable();
    let mut joined: Vec<(i64, i64)> = Vec::with_capacity(busy.len());
    for (from, to) in busy {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    let mut minutes = 0;
    let mut rest = joined.as_slice();
    for span in open {
        while let [first, more @ ..] = rest {
            minutes += (first.1.min(span.end()) - first.0.max(span.start)).max(0);
            if first.1 > span.end() {
                break;
            }
            rest = more;
        }
    }
    minutes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn spread(values: &[i64]) -> Spread {
        let mut spread = Spread::default();
        values.iter().for_each(|value| spread.add(*value, 1));
        spread
    }

    fn span(start: i64, end: i64) -> Span {
        Span { start, minutes: end - start }
    }

    #[test]
    fn a_spread_knows_its_mean_its_median_and_its_bands() {
        let waits = spread(&[0, 5, 6, 25, 26, 90]);
        assert_eq!((waits.mean(), waits.median()), (Some(25), Some(6)));
        assert_eq!(waits.bands(WAIT_BANDS), [2, 1, 1, 1, 1]);
        assert_eq!((Spread::default().mean(), Spread::default().median()), (None, None));
        assert_eq!(spread(&[0, 1, 3, 4, 7, 8, 14, 15, 30, 31]).bands(LEAD_BANDS), [1, 2, 2, 2, 2, 1]);
    }

    #[test]
    fn open_time_under_two_appointments_is_booked_once() {
        let open = [span(540, 720), span(840, 1080)];
        assert_eq!(booked_minutes(&open, &[span(540, 560), span(550, 570), span(700, 860)]), 30 + 20 + 20);
        assert_eq!(booked_minutes(&open, &[span(0, 1440)]), 420);
        assert_eq!(booked_minutes(&open, &[]), 0);
        assert_eq!(booked_minutes(&[], &[span(0, 1440)]), 0);
    }

    #[test]
    fn shares_of_nothing_are_none() {
        assert_eq!((permille(0, 0), permille(1, 3), permille(2, 3)), (None, Some(333), Some(667)));
        assert_eq!(Figures::default().fill(), None);
        let some =
            Figures { appointments: 9, due: 8, no_shows: 1, cancelled: 1, late_cancelled: 1, ..Default::default() };
        assert_eq!((some.no_show_share(), some.late_share()), (Some(125), Some(100)));
    }

    proptest! {
        #[test]
        fn booked_minutes_are_counted_as_minute_by_minute(
            cuts in prop::collection::btree_set(0i64..400, 0..10),
            busy in prop::collection::vec((0i64..400, 1i64..90), 0..12),
        ) {
            let cuts: Vec<i64> = cuts.into_iter().collect();
            let open: Vec<Span> = cuts.chunks_exact(2).map(|pair| span(pair[0], pair[1])).collect();
            let busy: Vec<Span> = busy.into_iter().map(|(start, minutes)| Span { start, minutes }).collect();
            let inside = |spans: &[Span], minute: i64| spans.iter().any(|s| (s.start..s.end()).contains(&minute));
            let expected = (0..500).filter(|minute| inside(&open, *minute) && inside(&busy, *minute)).count();
            prop_assert_eq!(booked_minutes(&open, &busy), i64::try_from(expected).unwrap());
        }

        #[test]
        fn figures_of_parts_add_up_to_those_of_the_whole(values in prop::collection::vec(0i64..200, 0..40), cut in 0usize..40) {
            let cut = cut.min(values.len());
            let mut sum = Figures { wait: spread(&values[..cut]), due: 3, ..Default::default() };
            sum.add(&Figures { wait: spread(&values[cut..]), due: 4, ..Default::default() });
            prop_assert_eq!(&sum.wait, &spread(&values));
            prop_assert_eq!(sum.due, 7);
            prop_assert_eq!(sum.wait.bands(WAIT_BANDS).iter().sum::<i64>(), sum.wait.total());
            let mut sorted = values.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sum.wait.median(), (!sorted.is_empty()).then(|| sorted[(sorted.len() - 1) / 2]));
        }
    }
}
