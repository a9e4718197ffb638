//! Which appointments are at the same time, and which are inside an absence.

use std::collections::BTreeMap;

use domain::time::WallTime;

/// Appointments by their start. An appointment lasts at most 24 hours, so that only those that start less than a day
/// before can reach into another.
#[derive(Debug, Clone, Default)]
pub struct Taken {
    by_start: BTreeMap<i64, Vec<(i64, Option<usize>)>>,
}

const DAY: i64 = 1_440;

impl Taken {
    /// Takes the time from `starts` for `minutes`; answers whether something that was taken before overlaps it, and the
    /// line of its row where it is of the file.
    pub fn take(&mut self, starts: WallTime, minutes: u32, line: Option<usize>) -> Option<Option<usize>> {
        let from = starts.minutes();
        let to = from + i64::from(minutes);
        let before = self.by_start.range(from - DAY + 1..to);
        let overlaps = before.flat_map(|(_, at)| at).find(|(end, _)| *end > from).map(|(_, line)| *line);
        let place = self.by_start.entry(from).or_default();
        // Of many at one start the longest is enough to know.
        match place.iter_mut().max_by_key(|(end, _)| *end) {
            Some(longest) if longest.0 < to => *longest = (to, line),
            Some(_) => {}
            None => place.push((to, line)),
        }
        overlaps
    }
}

/// Absences, joined where they touch.
#[derive(Debug, Clone, Default)]
pub struct Away {
    spans: Vec<(i64, i64)>,
}

impl Away {
    /// Of spans in any order.
    #[must_use]
    pub fn of(spans: impl Iterator<Item = (WallTime, WallTime)>) -> Self {
        let mut sorted: Vec<(i64, i64)> = spans.map(|(from, to)| (from.minutes(), to.minutes())).collect();
        sorted.sort_unstable();
        let mut joined: Vec<(i64, i64)> = Vec::new();
        for (from, to) in sorted {
            match joined.last_mut() {
                Some((_, end)) if from <= *end => *end = to.max(*end),
                _ => joined.push((from, to)),
            }
        }
        Self { spans: joined }
    }

    /// Whether some of the time from `starts` for `minutes` is inside.
    #[must_use]
    pub fn covers(&self, starts: WallTime, minutes: u32) -> bool {
        let from = starts.minutes();
        let to = from + i64::from(minutes);
        let next = self.spans.partition_point(|(_, end)| *end <= from);
        self.spans.get(next).is_some_and(|(start, _)| *start < to)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(minutes: i64) -> WallTime {
        WallTime::from_minutes(minutes)
    }

    #[test]
    fn touching_is_not_overlapping() {
        let mut taken = Taken::default();
        assert_eq!(taken.take(at(600), 20, Some(1)), None);
        assert_eq!(taken.take(at(620), 20, Some(2)), None);
        assert_eq!(taken.take(at(580), 20, Some(3)), None);
        assert_eq!(taken.take(at(639), 5, Some(4)), Some(Some(2)));
        let away = Away::of([(at(100), at(200)), (at(150), at(300))].into_iter());
        assert!(away.covers(at(299), 10) && away.covers(at(90), 11) && away.covers(at(0), 1_440));
        assert!(!away.covers(at(300), 10) && !away.covers(at(90), 10));
    }

    proptest! {
        #[test]
        fn an_overlap_is_found_exactly_where_there_is_one(
            visits in proptest::collection::vec((0_i64..5_000, 1_u32..=1_440), 1..40)
        ) {
            let mut taken = Taken::default();
            for (i, (start, minutes)) in visits.iter().enumerate() {
                let overlaps = |(s, m): &(i64, u32)| *s < start + i64::from(*minutes) && s + i64::from(*m) > *start;
                let expected = visits[..i].iter().any(overlaps);
                prop_assert_eq!(taken.take(at(*start), *minutes, Some(i)).is_some(), expected);
            }
        }
    }
}
