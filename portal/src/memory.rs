//! What many look at is remembered for a while: the free times of a type, as they were read from the database.
//!
//! A memory is never what a booking is decided by; it only spares the database the same question a thousand times. What a practice's
//! commit may have changed is forgotten at once ([`Memory::forget`]), and what was read before such a commit is not kept after it:
//! each practice has a number that every commit raises, and who reads takes it along. While nobody hears of what other
//! processes commit (`changes`), nothing is remembered at all. Deliberately not here: anything of a person.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use chrono::NaiveDate;
use domain::id::PracticeId;
use uuid::Uuid;

/// What was asked: a schedule, a type, from which day on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The schedule.
    pub schedule: Uuid,
    /// The type; none before one is chosen.
    pub kind: Option<Uuid>,
    /// From this day on; none: from today.
    pub from: Option<NaiveDate>,
}

/// So long something is remembered at most.
const LASTS: Duration = Duration::from_secs(60);
/// So many answers of all practices together; then everything is forgotten.
const MOST: usize = 10_000;

struct Ward<T> {
    number: u64,
    kept: HashMap<Asked, (Instant, Arc<T>)>,
}

struct Inside<T> {
    heard: bool,
    wards: HashMap<PracticeId, Ward<T>>,
    count: usize,
    /// The last number that was given, and the one of practices that are not in `wards`.
    last: u64,
    floor: u64,
}

/// The memory.
pub struct Memory<T>(Mutex<Inside<T>>);

impl<T> Default for Memory<T> {
    fn default() -> Self {
        Self(Mutex::new(Inside { heard: false, wards: HashMap::new(), count: 0, last: 0, floor: 0 }))
    }
}

/// The number of a practice when a reading began; none where nothing is to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark(Option<u64>);

impl<T> Memory<T> {
    fn inside(&self) -> MutexGuard<'_, Inside<T>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is remembered; else the mark with which what is read now may be kept.
    ///
    /// # Errors
    /// The mark, where nothing is remembered.
    pub fn look(&self, practice: PracticeId, asked: &Asked) -> Result<Arc<T>, Mark> {
        let inside = self.inside();
        if !inside.heard {
            return Err(Mark(None));
        }
        let Some(ward) = inside.wards.get(&practice) else { return Err(Mark(Some(inside.floor))) };
        match ward.kept.get(asked) {
            Some((at, value)) if at.elapsed() < LASTS => Ok(value.clone()),
            _ => Err(Mark(Some(ward.number))),
        }
    }

    /// Whether something is remembered at all.
    #[must_use]
    pub fn hears(&self) -> bool {
        self.inside().heard
    }

    /// The mark of a reading that begins now.
    #[must_use]
    pub fn mark(&self, practice: PracticeId) -> Mark {
        let inside = self.inside();
        Mark(inside.heard.then(|| inside.wards.get(&practice).map_or(inside.floor, |ward| ward.number)))
    }

    /// Keeps what was read, unless something was committed since the mark.
    pub fn keep(&self, practice: PracticeId, asked: Asked, mark: Mark, value: Arc<T>) {
        let mut inside = self.inside();
        let (Some(mark), true) = (mark.0, inside.heard) else { return };
        if inside.count >= MOST {
            inside.empty();
        }
        let floor = inside.floor;
        let ward = inside.wards.entry(practice).or_insert_with(|| Ward { number: floor, kept: HashMap::new() });
        if ward.number == mark && ward.kept.insert(asked, (Instant::now(), value)).is_none() {
            inside.count += 1;
        }
    }

    /// Forgets what was read of a practice: something was committed.
    pub fn forget(&self, practice: PracticeId) {
        let mut inside = self.inside();
        inside.last += 1;
        let number = inside.last;
        let ward = inside.wards.entry(practice).or_insert_with(|| Ward { number, kept: HashMap::new() });
        ward.number = number;
        let gone = ward.kept.len();
        ward.kept = HashMap::new();
        inside.count -= gone;
        // Numbers of practices of which nothing is kept stay until the next emptying; they are small, and it must come.
        if inside.wards.len() > MOST {
            inside.empty();
        }
    }

    /// Says whether one hears of what other processes commit. What was read while one did not is not kept.
    pub fn hear(&self, heard: bool) {
        let mut inside = self.inside();
        inside.heard = heard;
        inside.empty();
    }
}

impl<T> Inside<T> {
    fn empty(&mut self) {
        self.last += 1;
        self.floor = self.last;
        self.wards = HashMap::new();
        self.count = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn practice(number: u128) -> PracticeId {
        PracticeId::new(Uuid::from_u128(number))
    }

    fn asked(number: u128) -> Asked {
        Asked { schedule: Uuid::from_u128(number), kind: None, from: None }
    }

    #[test]
    fn nothing_is_remembered_while_nobody_listens() {
        let memory = Memory::default();
        let mark = memory.mark(practice(1));
        memory.keep(practice(1), asked(1), mark, Arc::new(1));
        assert!(memory.look(practice(1), &asked(1)).is_err());
        memory.hear(true);
        // A reading from before one listened is not kept either.
        memory.keep(practice(1), asked(1), mark, Arc::new(1));
        assert!(memory.look(practice(1), &asked(1)).is_err());
        let mark = memory.mark(practice(1));
        memory.keep(practice(1), asked(1), mark, Arc::new(1));
        assert_eq!(*memory.look(practice(1), &asked(1)).unwrap(), 1);
        memory.hear(false);
        memory.hear(true);
        assert!(memory.look(practice(1), &asked(1)).is_err());
    }

    #[test]
    fn it_does_not_grow_without_end() {
        let memory = Memory::default();
        memory.hear(true);
        for number in 0..3 * MOST as u128 {
            let mark = memory.mark(practice(number % 7));
            memory.keep(practice(number % 7), asked(number), mark, Arc::new(()));
            memory.forget(practice(1_000 + number));
        }
        let inside = memory.inside();
        let kept: usize = inside.wards.values().map(|ward| ward.kept.len()).sum();
        assert!(inside.count <= MOST && inside.wards.len() <= MOST + 1 && kept == inside.count);
    }

    #[derive(Debug, Clone)]
    enum Step {
        Begin(u128),
        End(usize),
        Commit(u128),
        Empty,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            4 => (0u128..3).prop_map(Step::Begin),
            4 => (0usize..6).prop_map(Step::End),
            2 => (0u128..3).prop_map(Step::Commit),
            1 => Just(Step::Empty),
        ]
    }

    proptest! {
        /// Readers that begin and end in any order, commits between them: what is remembered is what is committed.
        #[test]
        fn what_is_remembered_is_never_older_than_the_last_commit(steps in prop::collection::vec(step(), 1..60)) {
            let memory = Memory::default();
            memory.hear(true);
            let mut committed = [0u32; 3];
            let mut readers: Vec<(u128, Mark, u32)> = Vec::new();
            for step in steps {
                match step {
                    Step::Begin(n) => readers.push((n, memory.mark(practice(n)), committed[n as usize])),
                    Step::End(at) if at < readers.len() => {
                        let (n, mark, read) = readers.remove(at);
                        memory.keep(practice(n), asked(0), mark, Arc::new(read));
                    }
                    Step::End(_) => {}
                    Step::Commit(n) => {
                        committed[n as usize] += 1;
                        memory.forget(practice(n));
                    }
                    Step::Empty => memory.inside().empty(),
                }
                for n in 0..3u128 {
                    if let Ok(value) = memory.look(practice(n), &asked(0)) {
                        prop_assert_eq!(*value, committed[n as usize]);
                    }
                }
            }
        }
    }
}
