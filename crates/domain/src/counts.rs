//! What a secretariat did for a practice, counted for its invoice: appointments booked, moved and cancelled, calls noted.
//!
//! Counted are entries of the journal by what stands on their outside: command, user, subject, instant. What a change says
//! of a person stays sealed, so nothing is known here of patients, and nothing can be. What was taken back within the
//! minutes of undo was no work for the practice and does not count.

use std::collections::VecDeque;

use chrono::{DateTime, TimeDelta, Utc};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// An appointment was given.
    Booked,
    /// An appointment was moved, or made longer or shorter.
    Moved,
    /// An appointment was cancelled.
    Cancelled,
    /// A call was noted.
    Call,
}

impl Work {
    /// What an entry of the journal counts as; most count as nothing. Many appointments given or moved at once are as many
    /// entries; the entry of the series itself is none of them.
    #[must_use]
    pub fn of(entry: &Entry) -> Option<Self> {
        let work = match entry.command.as_str() {
            "book_appointment" | "book_walk_in" | "book_series" | "book_row" => Self::Booked,
            "move_appointment" | "change_series" | "rebook_appointments" => Self::Moved,
            "cancel_appointment" | "cancel_series" => Self::Cancelled,
            "note_call" => return Some(Self::Call),
            _ => return None,
        };
        entry.appointment.then_some(work)
    }
}

/// The outside of a journal entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who.
    pub user: String,
    /// Which command.
    pub command: String,
    /// About what.
    pub subject: String,
    /// Whether that is an appointment.
    pub appointment: bool,
}

/// How much of each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Appointments given.
    pub booked: u64,
    /// Appointments moved, made longer or shorter.
    pub moved: u64,
    /// Appointments cancelled.
    pub cancelled: u64,
    /// Calls noted.
    pub calls: u64,
}

/// Counts entries that come in the journal's order, in bounded memory.
pub struct Tally<Whose> {
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    window: TimeDelta,
    whose: Whose,
    /// Entries that an undo may still take back.
    fresh: VecDeque<Entry>,
    counts: Counts,
}

impl<Whose: Fn(&str) -> bool> Tally<Whose> {
    /// Counts what those users did from an instant on, and before another. An undo takes back what lies at most `window`
    /// before it.
    pub fn new(from: DateTime<Utc>, to: DateTime<Utc>, window: TimeDelta, whose: Whose) -> Self {
        Self { from, to, window, whose, fresh: VecDeque::new(), counts: Counts::default() }
    }

    /// Takes the next entry of the journal.
    pub fn add(&mut self, entry: Entry) {
        while self.fresh.front().is_some_and(|oldest| entry.at - oldest.at > self.window) {
            if let Some(settled) = self.fresh.pop_front() {
                self.settle(&settled);
            }
        }
        if entry.command == "undo" {
            // One undoes one's own last change of the thing: nothing newer may have changed it.
            let undone = self.fresh.iter().rposition(|one| one.user == entry.user && one.subject == entry.subject);
            if let Some(place) = undone {
                self.fresh.remove(place);
            }
        } else {
            self.fresh.push_back(entry);
        }
    }

    /// The counts, once the journal is at its end or past the period by the time of an undo.
    #[must_use]
    pub fn finish(mut self) -> Counts {
        while let Some(settled) = self.fresh.pop_front() {
            self.settle(&settled);
        }
        self.counts
    }

    fn settle(&mut self, entry: &Entry) {
        if entry.at < self.from || entry.at >= self.to || !(self.whose)(&entry.user) {
            return;
        }
        match Work::of(entry) {
            Some(Work::Booked) => self.counts.booked += 1,
            Some(Work::Moved) => self.counts.moved += 1,
            Some(Work::Cancelled) => self.counts.cancelled += 1,
            Some(Work::Call) => self.counts.calls += 1,
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn instant(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_795_000_000 + seconds, 0).unwrap()
    }

    fn entry(seconds: i64, user: &str, command: &str, subject: &str) -> Entry {
        let appointment = !subject.starts_with("series");
        Entry { at: instant(seconds), user: user.into(), command: command.into(), subject: subject.into(), appointment }
    }

    fn count(entries: &[Entry], from: i64, to: i64, user: Option<&str>) -> Counts {
        let whose = |one: &str| user.is_none_or(|user| user == one);
        let mut tally = Tally::new(instant(from), instant(to), TimeDelta::minutes(10), whose);
        entries.iter().cloned().for_each(|entry| tally.add(entry));
        tally.finish()
    }

    #[test]
    fn each_kind_of_work_is_counted_apart_and_by_user() {
        let entries = [
            entry(0, "samia", "book_appointment", "a"),
            entry(1, "samia", "book_walk_in", "b"),
            entry(2, "nora", "move_appointment", "a"),
            entry(3, "samia", "cancel_appointment", "b"),
            entry(4, "samia", "note_call", "c"),
            entry(5, "samia", "set_status", "a"),
            entry(6, "samia", "update_patient", "d"),
        ];
        assert_eq!(count(&entries, 0, 100, None), Counts { booked: 2, moved: 1, cancelled: 1, calls: 1 });
        assert_eq!(count(&entries, 0, 100, Some("nora")), Counts { moved: 1, ..Counts::default() });
    }

    #[test]
    fn what_was_taken_back_does_not_count_even_across_the_end_of_the_period() {
        let entries = [
            entry(0, "samia", "book_appointment", "a"),
            entry(50, "samia", "move_appointment", "a"),
            entry(95, "samia", "book_appointment", "b"),
            entry(98, "samia", "undo", "a"),
            entry(105, "samia", "undo", "b"),
        ];
        assert_eq!(count(&entries, 0, 100, None), Counts { booked: 1, ..Counts::default() });
    }

    #[test]
    fn an_undo_takes_back_only_its_own_user_s_change_of_that_thing() {
        let entries = [
            entry(0, "samia", "book_appointment", "a"),
            entry(1, "nora", "move_appointment", "a"),
            entry(2, "samia", "update_appointment", "a"),
            entry(3, "samia", "undo", "a"),
        ];
        assert_eq!(count(&entries, 0, 100, None), Counts { booked: 1, moved: 1, ..Counts::default() });
    }

    #[test]
    fn a_series_counts_its_sessions_and_not_itself() {
        let entries = [
            entry(0, "samia", "book_series", "series 1"),
            entry(0, "samia", "book_series", "a"),
            entry(0, "samia", "book_series", "b"),
            entry(9, "samia", "rebook_appointments", "a"),
        ];
        assert_eq!(count(&entries, 0, 100, None), Counts { booked: 2, moved: 1, ..Counts::default() });
    }

    #[test]
    fn the_end_of_a_period_is_the_beginning_of_the_next() {
        let entries = [entry(10, "samia", "note_call", "a"), entry(20, "samia", "note_call", "b")];
        assert_eq!(count(&entries, 10, 20, None).calls + count(&entries, 20, 30, None).calls, 2);
        assert_eq!(count(&entries, 10, 20, None).calls, 1);
    }

    fn journals() -> impl Strategy<Value = Vec<Entry>> {
        let commands =
            prop::sample::select(vec!["book_appointment", "move_appointment", "set_status", "note_call", "undo"]);
        let one =
            (0_i64..400, prop::sample::select(vec!["samia", "nora"]), commands, prop::sample::select(vec!["a", "b"]));
        prop::collection::vec(one, 0..60).prop_map(|raw| {
            let mut at = 0;
            raw.into_iter()
                .map(|(later, user, command, subject)| {
                    at += later;
                    entry(at, user, command, subject)
                })
                .collect()
        })
    }

    proptest! {
        #[test]
        fn adjoining_periods_add_up_to_the_whole(entries in journals(), middle in 0_i64..12_000) {
            let (before, after) = (count(&entries, 0, middle, None), count(&entries, middle, 30_000, None));
            let whole = count(&entries, 0, 30_000, None);
            prop_assert_eq!(before.booked + after.booked, whole.booked);
            prop_assert_eq!(before.moved + after.moved, whole.moved);
            prop_assert_eq!(before.calls + after.calls, whole.calls);
        }

        #[test]
        fn users_add_up_to_everybody_and_no_undo_counts_something_up(entries in journals()) {
            let all = count(&entries, 0, 30_000, None);
            let (samia, nora) = (count(&entries, 0, 30_000, Some("samia")), count(&entries, 0, 30_000, Some("nora")));
            prop_assert_eq!(samia.booked + nora.booked, all.booked);
            let without: Vec<Entry> = entries.iter().filter(|one| one.command != "undo").cloned().collect();
            let undos = (entries.len() - without.len()) as u64;
            let plain = count(&without, 0, 30_000, None);
            let sum = |counts: Counts| counts.booked + counts.moved + counts.cancelled + counts.calls;
            prop_assert!(sum(all) <= sum(plain) && sum(plain) - sum(all) <= undos);
        }
    }
}
