//! A model of the portal: what it keeps, what it refuses, what patients can do there. By the same rules as `portal/README.md` states
//! and `portal/tests` hold the real one to.

use std::collections::{BTreeMap, BTreeSet};

use super::super::availability::{SlotStep, Standing, Told};
use super::super::{Answer, Expect};

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Booked,
    Confirmed,
    OffByPatient,
    OffByPractice,
}

/// All that is told of an appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    pub who: u64,
    pub code: u32,
    pub time: u8,
    pub state: State,
}

impl Content {
    pub fn active(&self) -> bool {
        matches!(self.state, State::Booked | State::Confirmed)
    }

    pub fn digest(&self) -> String {
        format!("{self:?}")
    }
}

#[derive(Debug, Clone)]
pub struct Kept {
    pub content: Content,
    pub version: i64,
    /// The change that the practice has to hear of.
    pub feed: Option<i64>,
    /// A patient's doing that the practice has not taken over.
    pub unseen: bool,
}

/// What is asked of the portal.
#[derive(Debug, Clone)]
pub enum Asked {
    Put(u64, Content, Expect),
    Erase(u64),
    Look(u64),
    Feed(i64),
    Everything,
    Slots,
    PutSlots(Vec<SlotStep<u8>>),
}

/// What it answers.
#[derive(Debug, Clone)]
pub enum Said {
    Answer(Answer, i64),
    There(Option<(Content, i64)>),
    Page(Vec<(u64, Content, i64)>, i64),
    Slots(BTreeMap<u8, Standing>),
    SlotAnswers(bool),
}

#[derive(Debug, Clone, Default)]
pub struct Portal {
    pub kept: BTreeMap<u64, Kept>,
    pub erased: BTreeSet<u64>,
    pub feed: i64,
    pub slots: BTreeMap<u8, Standing>,
}

impl Portal {
    pub fn ask(&mut self, asked: Asked) -> Said {
        match asked {
            Asked::Put(id, content, expect) => {
                let (answer, version) = self.put(id, content, expect);
                Said::Answer(answer, version)
            }
            Asked::Erase(id) => {
                self.erased.insert(id);
                self.kept.remove(&id);
                Said::Answer(Answer::Erased, 0)
            }
            Asked::Look(id) => Said::There(self.kept.get(&id).map(|kept| (kept.content.clone(), kept.version))),
            Asked::Feed(after) => {
                let mut news: Vec<_> = self.kept.iter().filter(|(_, kept)| kept.feed > Some(after)).collect();
                news.sort_by_key(|(_, kept)| kept.feed);
                news.truncate(3);
                let to = news.last().and_then(|(_, kept)| kept.feed).unwrap_or(after);
                Said::Page(news.into_iter().map(|(id, k)| (*id, k.content.clone(), k.version)).collect(), to)
            }
            Asked::Everything => {
                let all = self.kept.iter().map(|(id, kept)| (*id, kept.content.clone(), kept.version));
                Said::Page(all.collect(), self.feed)
            }
            Asked::Slots => Said::Slots(self.slots.clone()),
            Asked::PutSlots(steps) => Said::SlotAnswers(steps.into_iter().all(|step| self.put_slot(step))),
        }
    }

    fn put_slot(&mut self, step: SlotStep<u8>) -> bool {
        let there = self.slots.get(&step.name);
        if there.is_some_and(|there| there.told == step.told) {
            return true;
        }
        let version = there.map_or(0, |there| there.version);
        let found = there.map_or(Expect::Nothing, |there| Expect::Version(there.version));
        if found != step.expect {
            return false;
        }
        self.slots.insert(step.name, Standing { version: version + 1, told: step.told });
        true
    }

    fn put(&mut self, id: u64, content: Content, expect: Expect) -> (Answer, i64) {
        if self.erased.contains(&id) {
            return (Answer::Erased, 0);
        }
        if let Some(kept) = self.kept.get_mut(&id).filter(|kept| kept.content == content) {
            kept.unseen = false;
            return (Answer::Kept, kept.version);
        }
        let version = self.kept.get(&id).map(|kept| kept.version);
        if version.map_or(Expect::Nothing, Expect::Version) != expect {
            return (Answer::OtherVersion, 0);
        }
        if self.kept.iter().any(|(other, kept)| *other != id && kept.content.code == content.code) {
            return (Answer::CodeTaken, 0);
        }
        let taken = |(other, kept): (&u64, &Kept)| {
            *other != id && kept.unseen && kept.content.active() && kept.content.time == content.time
        };
        if content.active() && self.kept.iter().any(taken) {
            return (Answer::SlotTaken, 0);
        }
        let feed = self.kept.get(&id).and_then(|kept| kept.feed);
        let version = version.unwrap_or(0) + 1;
        self.kept.insert(id, Kept { content, version, feed, unseen: false });
        (Answer::Kept, version)
    }

    fn open(&self, time: u8, but: Option<u64>) -> bool {
        let free = self.slots.get(&time).and_then(|slot| slot.told.as_ref()).is_some_and(|told: &Told| told.free);
        let held =
            self.kept.iter().any(|(id, kept)| Some(*id) != but && kept.content.active() && kept.content.time == time);
        free && !held
    }

    fn write(&mut self, id: u64, content: Content) {
        self.feed += 1;
        let version = self.kept.get(&id).map_or(1, |kept| kept.version + 1);
        self.kept.insert(id, Kept { content, version, feed: Some(self.feed), unseen: true });
    }

    /// A patient books. Whether it was to be had.
    pub fn book(&mut self, id: u64, code: u32, time: u8) -> bool {
        let code_free = self.kept.values().all(|kept| kept.content.code != code);
        let open = code_free && self.open(time, None);
        if open {
            self.write(id, Content { who: id, code, time, state: State::Booked });
        }
        open
    }

    /// A patient changes one of the appointments.
    pub fn change(&mut self, id: u64, state: State, time: Option<u8>) {
        let Some(kept) = self.kept.get(&id).filter(|kept| kept.content.active()) else { return };
        let mut content = kept.content.clone();
        if let Some(time) = time {
            if time == content.time || !self.open(time, Some(id)) {
                return;
            }
            content.time = time;
        }
        content.state = state;
        if self.kept.get(&id).is_some_and(|kept| kept.content != content) {
            self.write(id, content);
        }
    }
}
