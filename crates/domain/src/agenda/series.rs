//! A series (*série*): a rule, and the places it gives to its sessions.
//!
//! A fixed rule ("every week") counts from the first session, so that one that had to give way shifts nobody else; a
//! range ("every 7–9 weeks") counts from where the rule put the session before, and takes the best free place in it.
//! Where a session really stands is its appointment's; one that stands elsewhere than planned is an exception and keeps
//! its place. What is free, and what is over, the caller knows.

use chrono::Months;
use serde::{Deserialize, Serialize};

use crate::time::{day_number, from_day_number};

/// Minutes of a day on the wall.
const DAY: i64 = 24 * 60;
/// The most sessions of one series: two years of weekly ones.
pub const MAX_SESSIONS: i64 = 104;
/// The longest interval, in its unit.
const MAX_INTERVAL: i64 = 366;
/// How many days around a clash a next-best place is looked for, at most.
const REACH: i64 = 6;

words! {
    /// What the interval of a series counts.
    SeriesUnit {
        /// Days.
        Days = "days",
        /// Weeks.
        Weeks = "weeks",
        /// Months: the same day of the month, or its last.
        Months = "months",
    }
}

words! {
    /// Which sessions an edit is about.
    SeriesScope {
        /// This one alone.
        One = "one",
        /// This one and those after it.
        Following = "following",
        /// All of them.
        All = "all",
    }
}

/// The rule of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesRule {
    /// What the interval counts.
    pub unit: SeriesUnit,
    /// From one session to the next, at least.
    pub at_least: i64,
    /// And at most; the same for a fixed interval.
    pub at_most: i64,
    /// How many sessions.
    pub sessions: i64,
    /// Start of the first, in minutes on the wall.
    pub first: i64,
}

/// Why a rule is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SeriesRuleError {
    /// No interval, or one whose end is before its beginning.
    #[error("an interval is at least one, and its range goes upwards")]
    Interval,
    /// Too few or too many.
    #[error("a series has 2 to 104 sessions")]
    Sessions,
}

/// Where a session is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// First day.
    pub first_day: i64,
    /// The start that is wanted, in minutes on the wall.
    pub target: i64,
    /// Last day.
    pub last_day: i64,
}

fn add(day: i64, unit: SeriesUnit, count: i64) -> i64 {
    match unit {
        SeriesUnit::Days => day + count,
        SeriesUnit::Weeks => day + 7 * count,
        SeriesUnit::Months => {
            let months = Months::new(u32::try_from(count).unwrap_or(0));
            from_day_number(day).checked_add_months(months).map_or(day, day_number)
        }
    }
}

impl SeriesRule {
    /// The rule, if it can be one.
    ///
    /// # Errors
    /// [`SeriesRuleError`].
    pub const fn checked(self) -> Result<Self, SeriesRuleError> {
        if self.at_least < 1 || self.at_most < self.at_least || self.at_most > MAX_INTERVAL {
            return Err(SeriesRuleError::Interval);
        }
        if self.sessions < 2 || self.sessions > MAX_SESSIONS {
            return Err(SeriesRuleError::Sessions);
        }
        Ok(self)
    }

    /// Whether each session may fall within a range.
    pub const fn is_range(&self) -> bool {
        self.at_most > self.at_least
    }

    /// Where session `number` (from 1) belongs; `before` is the planned start of the one before it.
    pub fn window(&self, number: i64, before: i64) -> Window {
        let minute = self.first.rem_euclid(DAY);
        let first = self.first.div_euclid(DAY);
        if number <= 1 || !self.is_range() {
            let day = add(first, self.unit, (number - 1).max(0) * self.at_least);
            return Window { first_day: day, target: day * DAY + minute, last_day: day };
        }
        let from = before.div_euclid(DAY);
        // The middle in whole units: the weekday, or the day of the month, stays.
        let middle = add(from, self.unit, i64::midpoint(self.at_least, self.at_most));
        Window {
            first_day: add(from, self.unit, self.at_least),
            target: middle * DAY + minute,
            last_day: add(from, self.unit, self.at_most),
        }
    }

    /// Where a next-best place is looked for when nothing in the window is free: around it, and nearer to it than to its
    /// neighbours.
    pub fn around(&self, window: Window) -> Window {
        let interval = match self.unit {
            SeriesUnit::Days => self.at_least,
            SeriesUnit::Weeks => self.at_least * 7,
            SeriesUnit::Months => self.at_least * 28,
        };
        let reach = ((interval - 1) / 2).min(REACH);
        Window { first_day: window.first_day - reach, last_day: window.last_day + reach, ..window }
    }

    /// The rule after session `number`, planned at `planned`, was put to `to` for all of them: as many days and the new
    /// time of day.
    #[must_use]
    pub fn shifted(&self, planned: i64, to: i64) -> Self {
        let days = to.div_euclid(DAY) - planned.div_euclid(DAY);
        let first = (self.first.div_euclid(DAY) + days) * DAY + to.rem_euclid(DAY);
        Self { first, ..*self }
    }

    /// The two rules after session `number` (2 or later) was put to `to` for it and the following: what stays, and the
    /// new series that begins there.
    #[must_use]
    pub fn split(&self, number: i64, to: i64) -> (Self, Self) {
        (Self { sessions: number - 1, ..*self }, Self { sessions: self.sessions - number + 1, first: to, ..*self })
    }

    /// Goes through the sessions in order.
    pub const fn planner(&self) -> Planner {
        Planner { rule: *self, number: 0, before: self.first }
    }
}

impl Window {
    /// How well a start fits: the nearest day first, then the nearest time of day, then the earlier.
    pub fn rank(&self, start: i64) -> (i64, i64, i64) {
        let day = start.div_euclid(DAY) - self.target.div_euclid(DAY);
        (day.abs(), (start.rem_euclid(DAY) - self.target.rem_euclid(DAY)).abs(), start)
    }

    /// Whether a start lies on one of its days.
    pub const fn holds(&self, start: i64) -> bool {
        let day = start.div_euclid(DAY);
        self.first_day <= day && day <= self.last_day
    }

    /// The best of some free starts.
    pub fn best(&self, free: impl IntoIterator<Item = i64>) -> Option<i64> {
        free.into_iter().filter(|start| self.holds(*start)).min_by_key(|start| self.rank(*start))
    }

    /// Its days, the nearest to the target first.
    pub fn days(&self) -> Vec<i64> {
        let target = self.target.div_euclid(DAY);
        let mut days: Vec<i64> = (self.first_day..=self.last_day).collect();
        days.sort_by_key(|day| ((day - target).abs(), *day));
        days
    }
}

/// Goes through the sessions of a rule: [`Planner::next`] says where the next one belongs, [`Planner::take`] where it was
/// put.
#[derive(Debug, Clone)]
pub struct Planner {
    rule: SeriesRule,
    number: i64,
    before: i64,
}

impl Planner {
    /// The number and window of the next session; none after the last.
    #[expect(clippy::should_implement_trait, reason = "each step waits for where the one before was put")]
    pub fn next(&mut self) -> Option<(i64, Window)> {
        self.number += 1;
        (self.number <= self.rule.sessions).then(|| (self.number, self.rule.window(self.number, self.before)))
    }

    /// Where the session was put.
    pub const fn take(&mut self, planned: i64) {
        self.before = planned;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::WallTime;

    fn wall(text: &str) -> i64 {
        text.parse::<WallTime>().unwrap().minutes()
    }

    fn rule(unit: SeriesUnit, at_least: i64, at_most: i64, sessions: i64, first: &str) -> SeriesRule {
        SeriesRule { unit, at_least, at_most, sessions, first: wall(first) }.checked().unwrap()
    }

    /// The rule applied afresh: what is held keeps its plan, everything else gets the best free place of its window.
    fn plan(rule: SeriesRule, held: impl Fn(i64) -> Option<i64>, is_free: impl Fn(i64) -> bool) -> Vec<i64> {
        let mut planner = rule.planner();
        let mut planned = Vec::new();
        while let Some((number, window)) = planner.next() {
            let start = held(number).unwrap_or_else(|| {
                let steps = window.days().into_iter().flat_map(|day| (0..48).map(move |n| day * DAY + n * 30));
                let free = steps.chain([window.target]).filter(|start| is_free(*start));
                if rule.is_range() && number > 1 { window.best(free).unwrap_or(window.target) } else { window.target }
            });
            planner.take(start);
            planned.push(start);
        }
        planned
    }

    fn texts(planned: &[i64]) -> Vec<String> {
        planned.iter().map(|start| WallTime::from_minutes(*start).to_string()).collect()
    }

    #[test]
    fn fixed_intervals_count_from_the_first_session() {
        let weekly = rule(SeriesUnit::Weeks, 1, 1, 3, "2026-11-24T09:30");
        assert_eq!(
            texts(&plan(weekly, |_| None, |_| true)),
            ["2026-11-24T09:30", "2026-12-01T09:30", "2026-12-08T09:30"]
        );
        let monthly = rule(SeriesUnit::Months, 1, 1, 4, "2027-01-31T08:00");
        let days = ["2027-01-31T08:00", "2027-02-28T08:00", "2027-03-31T08:00", "2027-04-30T08:00"];
        assert_eq!(texts(&plan(monthly, |_| None, |_| true)), days, "the last day of a short month, and back again");
    }

    #[test]
    fn a_range_takes_its_middle_and_gives_way_to_the_nearest_day() {
        let range = rule(SeriesUnit::Weeks, 7, 9, 3, "2026-11-24T10:00");
        assert_eq!(
            texts(&plan(range, |_| None, |_| true)),
            ["2026-11-24T10:00", "2027-01-19T10:00", "2027-03-16T10:00"]
        );
        let closed = wall("2027-01-19T00:00");
        let planned = plan(range, |_| None, |start| start.div_euclid(DAY) != closed.div_euclid(DAY));
        assert_eq!(texts(&planned), ["2026-11-24T10:00", "2027-01-18T10:00", "2027-03-15T10:00"]);
        let odd = rule(SeriesUnit::Weeks, 7, 8, 2, "2026-11-24T10:00");
        assert_eq!(texts(&plan(odd, |_| None, |_| true))[1], "2027-01-12T10:00", "the weekday stays");
    }

    #[test]
    fn a_clash_looks_around_without_reaching_its_neighbours() {
        let daily = rule(SeriesUnit::Days, 1, 1, 3, "2026-11-24T10:00");
        assert_eq!(daily.around(daily.window(2, 0)), daily.window(2, 0), "of a daily session, the same day only");
        let weekly = rule(SeriesUnit::Weeks, 1, 1, 3, "2026-11-24T10:00");
        let (window, around) = (weekly.window(2, 0), weekly.around(weekly.window(2, 0)));
        assert_eq!((window.first_day - around.first_day, around.last_day - window.last_day), (3, 3));
    }

    #[test]
    fn rules_that_cannot_be_are_refused() {
        let good = rule(SeriesUnit::Weeks, 1, 2, 2, "2026-11-24T10:00");
        assert_eq!(SeriesRule { at_least: 0, ..good }.checked(), Err(SeriesRuleError::Interval));
        assert_eq!(SeriesRule { at_least: 3, ..good }.checked(), Err(SeriesRuleError::Interval));
        assert_eq!(SeriesRule { at_most: 400, ..good }.checked(), Err(SeriesRuleError::Interval));
        assert_eq!(SeriesRule { sessions: 1, ..good }.checked(), Err(SeriesRuleError::Sessions));
        assert_eq!(SeriesRule { sessions: 105, ..good }.checked(), Err(SeriesRuleError::Sessions));
    }

    fn rules() -> impl Strategy<Value = SeriesRule> {
        (prop::sample::select(SeriesUnit::ALL), 1i64..10, 0i64..4, 2i64..14, 20_000i64..22_000, 0i64..48).prop_map(
            |(unit, at_least, more, sessions, day, half)| SeriesRule {
                unit,
                at_least,
                at_most: at_least + more,
                sessions,
                first: day * DAY + half * 30,
            },
        )
    }

    /// One session of the model: where the rule put it and where it stands.
    #[derive(Debug, Clone, Copy, PartialEq)]
    struct Session {
        planned: i64,
        start: i64,
        over: bool,
    }

    #[derive(Debug, Clone)]
    enum Edit {
        One(usize, i64),
        Following(usize, i64),
        All(usize, i64),
        Over(usize),
    }

    fn edits() -> impl Strategy<Value = Vec<Edit>> {
        let shift = -2_000i64..2_000;
        prop::collection::vec(
            prop_oneof![
                (0usize..14, shift.clone()).prop_map(|(at, by)| Edit::One(at, by * 30)),
                (0usize..14, shift.clone()).prop_map(|(at, by)| Edit::Following(at, by * 30)),
                (0usize..14, shift).prop_map(|(at, by)| Edit::All(at, by * 30)),
                (0usize..14).prop_map(Edit::Over),
            ],
            0..12,
        )
    }

    /// Moves what may move to where the rule says now.
    fn apply(rule: SeriesRule, sessions: &mut [Session], edited: usize, is_free: impl Fn(i64) -> bool) {
        let held = |number: i64| {
            let session = sessions[usize::try_from(number).unwrap() - 1];
            session.over.then_some(session.planned)
        };
        let planned = plan(rule, held, is_free);
        for (at, (session, planned)) in sessions.iter_mut().zip(planned).enumerate() {
            let exception = session.start != session.planned && at != edited;
            session.planned = planned;
            if !session.over && !exception {
                session.start = planned;
            }
        }
    }

    proptest! {
        #[test]
        fn a_series_edited_at_random_equals_its_rule_applied_afresh(
            first in rules(), edits in edits(), busy in prop::collection::hash_set(0i64..97, 0..60),
        ) {
            // Free or not, the same at every look.
            let is_free = |start: i64| !busy.contains(&(start / 30).rem_euclid(97));
            let planned = plan(first, |_| None, is_free);
            let mut all: Vec<(SeriesRule, Vec<Session>)> =
                vec![(first, planned.iter().map(|at| Session { planned: *at, start: *at, over: false }).collect())];
            for edit in edits {
                let at = all.len() - 1;
                let (rule, sessions) = &mut all[at];
                let place = |n: usize| n % sessions.len();
                match edit {
                    Edit::One(n, by) => {
                        let n = place(n);
                        if !sessions[n].over {
                            sessions[n].start += by;
                        }
                    }
                    Edit::Over(n) => {
                        let n = place(n);
                        sessions[n].over = true;
                    }
                    Edit::All(n, by) => {
                        let n = place(n);
                        if !sessions[n].over {
                            *rule = rule.shifted(sessions[n].planned, sessions[n].start + by);
                            apply(*rule, sessions, n, is_free);
                        }
                    }
                    Edit::Following(n, by) => {
                        let n = place(n);
                        if !sessions[n].over && n > 0 {
                            let to = sessions[n].start + by;
                            let (before, after) = rule.split(i64::try_from(n).unwrap() + 1, to);
                            let mut rest = sessions.split_off(n);
                            *rule = before;
                            apply(after, &mut rest, 0, is_free);
                            all.push((after, rest));
                        }
                    }
                }
            }
            let count: usize = all.iter().map(|(_, sessions)| sessions.len()).sum();
            prop_assert_eq!(i64::try_from(count).unwrap(), first.sessions, "none lost, none made");
            for (rule, sessions) in all {
                prop_assert_eq!(i64::try_from(sessions.len()).unwrap(), rule.sessions);
                let held = |number: i64| {
                    let session: Session = sessions[usize::try_from(number).unwrap() - 1];
                    session.over.then_some(session.planned)
                };
                for (session, afresh) in sessions.iter().zip(plan(rule, held, is_free)) {
                    prop_assert_eq!(session.planned, afresh);
                }
            }
        }

        #[test]
        fn sessions_of_a_range_keep_their_distance(rule in rules(), busy in prop::collection::hash_set(0i64..97, 0..90)) {
            let planned = plan(rule, |_| None, |start| !busy.contains(&(start / 30).rem_euclid(97)));
            for pair in planned.windows(2) {
                let days = pair[1].div_euclid(DAY) - pair[0].div_euclid(DAY);
                let (least, most) = match rule.unit {
                    SeriesUnit::Days => (rule.at_least, rule.at_most),
                    SeriesUnit::Weeks => (rule.at_least * 7, rule.at_most * 7),
                    SeriesUnit::Months => (rule.at_least * 28, rule.at_most * 31),
                };
                prop_assert!(least <= days && days <= most, "{} days", days);
            }
        }

        #[test]
        fn the_best_place_is_in_the_window_and_none_is_better(
            rule in rules(), number in 1i64..14, free in prop::collection::vec(-20i64..20, 0..30),
        ) {
            let window = rule.window(number, rule.first);
            let starts: Vec<i64> = free.iter().map(|days| window.target + days * DAY + days * 7).collect();
            let best = window.best(starts.iter().copied());
            let inside: Vec<i64> = starts.into_iter().filter(|start| window.holds(*start)).collect();
            prop_assert_eq!(best.is_none(), inside.is_empty());
            if let Some(best) = best {
                prop_assert!(inside.iter().all(|other| window.rank(best) <= window.rank(*other)));
            }
        }
    }
}
