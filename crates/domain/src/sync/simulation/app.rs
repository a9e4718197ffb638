//! The app of the simulation: an agenda, an outbox, what is known of the portal, and the decisions in between.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::super::availability::{Told, differences};
use super::super::pace::{self, Effect, Stretch};
use super::super::{After, Answer, Held, Meet, Mine, Own, Step, There, after, meet, missing, step};
use super::portal::{Asked, Content, Portal, Said, State};
use super::{CODES, TIMES, World};

#[derive(Debug, Clone)]
struct Row {
    revision: u64,
    not_before: DateTime<Utc>,
    tries: u32,
}

#[derive(Debug, Clone, Default)]
pub struct App {
    pub agenda: BTreeMap<u64, Content>,
    hidden: BTreeSet<u64>,
    outbox: BTreeMap<u64, Row>,
    held: BTreeMap<u64, Held>,
    cursor: i64,
    /// The day's free time has to be looked at; what opens waits until then.
    day: Option<DateTime<Utc>>,
    revision: u64,
    /// How wrong the clock is, in seconds.
    pub skew: i64,
    /// When everything was met; none since it came back from a copy.
    pub looked_at: Option<DateTime<Utc>>,
}

impl App {
    pub fn open(&mut self, world: &World) {
        self.day = Some(self.now(world));
    }

    pub fn now(&self, world: &World) -> DateTime<Utc> {
        DateTime::from_timestamp(world.now + self.skew, 0).unwrap()
    }

    /// What the triggers do: a row of the outbox in the transaction of the change.
    fn queue(&mut self, id: u64, effect: Effect, now: DateTime<Utc>) {
        self.revision += 1;
        let not_before = pace::not_before(effect, now);
        self.outbox.insert(id, Row { revision: self.revision, not_before, tries: 0 });
        self.day = Some(pace::not_before(Effect::Frees, now));
    }

    fn write(&mut self, id: u64, content: Content, now: DateTime<Utc>) {
        let stretch = |content: &Content| {
            let start = i64::from(content.time) * 15;
            content.active().then_some(Stretch { start, end: start + 15 })
        };
        let before = self.agenda.get(&id).and_then(stretch);
        let effect = pace::effect(before, stretch(&content));
        self.agenda.insert(id, content);
        self.queue(id, effect, now);
    }

    fn free(&self, time: u8, but: u64) -> bool {
        !self.agenda.iter().any(|(id, content)| *id != but && content.active() && content.time == time)
    }

    fn free_code(&self, world: &mut World) -> u32 {
        loop {
            let code = world.chance.below(CODES * 4) as u32;
            if self.agenda.values().all(|content| content.code != code) {
                return code;
            }
        }
    }

    /// The practice books, moves, calls off, or hides in its own agenda.
    pub fn practice_acts(&mut self, world: &mut World) {
        let now = self.now(world);
        let time = world.chance.below(TIMES.into()) as u8;
        let ids: Vec<u64> = self.agenda.keys().copied().collect();
        let some = ids.get(world.chance.below(ids.len() as u64) as usize).copied();
        match (world.chance.below(8), some) {
            (0 | 1, Some(id)) => {
                let mut content = self.agenda[&id].clone();
                if content.active() && self.free(time, id) {
                    content.time = time;
                    self.write(id, content, now);
                }
            }
            (2 | 3, Some(id)) => {
                let mut content = self.agenda[&id].clone();
                if content.active() {
                    content.state = State::OffByPractice;
                    self.write(id, content, now);
                }
            }
            (4, Some(id)) => {
                self.hidden.insert(id);
                world.hidden.insert(id);
                self.queue(id, Effect::Occupies, now);
            }
            _ if self.free(time, 0) => {
                let (id, code) = (world.name(), self.free_code(world));
                self.write(id, Content { who: id, code, time, state: State::Booked }, now);
            }
            _ => {}
        }
    }

    /// How a thing stands there meets how it stands here.
    fn take_in(&mut self, id: u64, content: &Content, version: i64, asked: bool, world: &mut World) {
        let now = self.now(world);
        let held = self.held.get(&id).cloned().unwrap_or_default();
        let own = self.agenda.get(&id).cloned();
        let mine = own.as_ref().map(|own| Mine {
            hidden: self.hidden.contains(&id),
            waiting: self.outbox.contains_key(&id),
            active: own.active(),
            begun: false,
        });
        let there = There {
            version,
            asked,
            same: own.as_ref() == Some(content),
            active: content.active(),
            called_off: content.state == State::OffByPatient,
            confirmed: content.state == State::Confirmed,
            same_time: own.as_ref().is_some_and(|own| own.time == content.time),
            free: self.free(content.time, id),
        };
        let met = meet(mine.as_ref(), &held, &there);
        if met == Meet::Nothing {
            return;
        }
        let mut taken = content.clone();
        // A code that is another's here stays what it was, or is drawn anew.
        if self.agenda.iter().any(|(other, own)| *other != id && own.code == taken.code) {
            taken.code = own.as_ref().map_or_else(|| self.free_code(world), |own| own.code);
        }
        match met {
            Meet::TakeIn | Meet::Follow => self.write(id, taken, now),
            Meet::Decline => self.write(id, Content { state: State::OffByPractice, ..taken }, now),
            Meet::Keep { confirm: true, .. } => {
                self.write(id, Content { state: State::Confirmed, ..own.unwrap_or(taken) }, now);
            }
            Meet::Keep { .. } | Meet::Erase => self.queue(id, Effect::Occupies, now),
            Meet::Same => self.queue(id, Effect::Neutral, now),
            Meet::Nothing => {}
        }
        self.held.insert(id, met.held(&held, &there));
    }

    fn hear(&mut self, world: &mut World) -> bool {
        if pace::looks_again(self.looked_at, self.now(world)) {
            let Some(Said::Page(all, feed)) = world.send(Asked::Everything) else { return false };
            let there: BTreeSet<u64> = all.iter().map(|(id, ..)| *id).collect();
            for (id, content, version) in all {
                self.take_in(id, &content, version, false, world);
            }
            let now = self.now(world);
            let gone: Vec<u64> = self.held.keys().filter(|id| !there.contains(id)).copied().collect();
            for id in gone {
                if let Some(held) = missing(&self.held[&id]) {
                    self.held.insert(id, held);
                    self.queue(id, Effect::Neutral, now);
                }
            }
            self.cursor = feed;
            self.looked_at = Some(now);
            self.day = Some(now);
            return true;
        }
        for _ in 0..20 {
            let Some(Said::Page(news, to)) = world.send(Asked::Feed(self.cursor)) else { return false };
            let last = news.is_empty();
            for (id, content, version) in news {
                self.take_in(id, &content, version, false, world);
            }
            self.cursor = to;
            if last {
                return true;
            }
        }
        false
    }

    /// One turn: hear, send what is due, tell the free time.
    pub fn sync(&mut self, world: &mut World) {
        if !self.hear(world) {
            return;
        }
        let due: Vec<u64> = self.outbox.keys().copied().collect();
        for id in due {
            let now = self.now(world);
            if self.outbox.get(&id).is_some_and(|row| pace::is_due(row.not_before, now)) && !self.push(id, world) {
                break;
            }
        }
        self.tell_free_time(world);
    }

    fn own(&self, id: u64) -> Own {
        match self.agenda.get(&id) {
            Some(content) if !self.hidden.contains(&id) => {
                Own::Told { digest: content.digest(), ended: !content.active() }
            }
            _ => Own::Hidden,
        }
    }

    fn leaves(&mut self, id: u64, revision: u64) {
        if self.outbox.get(&id).is_some_and(|row| row.revision == revision) {
            self.outbox.remove(&id);
        }
    }

    fn later(&mut self, id: u64, world: &mut World) {
        let (now, chance) = (self.now(world), world.chance.unit());
        if let Some(row) = self.outbox.get_mut(&id) {
            row.tries += 1;
            row.not_before = now + pace::wait(row.tries, chance, None);
        }
    }

    /// Sends one thing. Whether the network seems to be there.
    fn push(&mut self, id: u64, world: &mut World) -> bool {
        let Some(revision) = self.outbox.get(&id).map(|row| row.revision) else { return true };
        let held = self.held.get(&id).cloned().unwrap_or_default();
        let (said, digest) = match step(&self.own(id), &held) {
            Step::Nothing => {
                self.leaves(id, revision);
                return true;
            }
            Step::Erase => (world.send(Asked::Erase(id)), String::new()),
            Step::Put(expect) => {
                if held == Held::Nothing {
                    self.held.insert(id, Held::Perhaps);
                }
                let content = self.agenda[&id].clone();
                (world.send(Asked::Put(id, content.clone(), expect)), content.digest())
            }
        };
        let Some(Said::Answer(answer, version)) = said else {
            self.later(id, world);
            return false;
        };
        match after(answer, version, &digest) {
            After::Settled(held) => {
                self.held.insert(id, held);
                self.leaves(id, revision);
            }
            After::Look => {
                let Some(Said::There(there)) = world.send(Asked::Look(id)) else { return false };
                match there {
                    Some((content, version)) => self.take_in(id, &content, version, true, world),
                    // It is not there: it may have been erased, which the next answer says.
                    None => {
                        self.held.insert(id, Held::Perhaps);
                    }
                }
            }
            After::Hear => {
                self.later(id, world);
                return self.hear(world);
            }
            After::Recode => {
                let now = self.now(world);
                let code = self.free_code(world);
                let content = Content { code, ..self.agenda[&id].clone() };
                self.write(id, content, now);
            }
            After::ScheduleFirst | After::Aside | After::Instruct | After::Again => {
                assert_ne!(answer, Answer::Unfit);
                self.later(id, world);
            }
        }
        true
    }

    fn tell_free_time(&mut self, world: &mut World) {
        let Some(opens_at) = self.day else { return };
        let Some(Said::Slots(there)) = world.send(Asked::Slots) else { return };
        let wanted: BTreeMap<u8, Told> = (0..TIMES)
            .filter(|time| self.free(*time, 0))
            .map(|time| (time, Told { start_at: DateTime::UNIX_EPOCH, minutes: 15, free: true, types: Vec::new() }))
            .collect();
        let steps = differences(&wanted, &there);
        if !steps.closes.is_empty() {
            let Some(Said::SlotAnswers(true)) = world.send(Asked::PutSlots(steps.closes)) else { return };
        }
        let now = self.now(world);
        if !pace::is_due(opens_at, now) {
            return;
        }
        if !steps.opens.is_empty() {
            let Some(Said::SlotAnswers(true)) = world.send(Asked::PutSlots(steps.opens)) else { return };
        }
        self.day = None;
    }

    pub fn was_hidden(&self, id: u64) -> bool {
        self.hidden.contains(&id) || self.held.get(&id) == Some(&Held::Gone)
    }

    pub fn holds_no_time_twice(&self, seed: u64) {
        let mut times: Vec<u8> = self.agenda.values().filter(|c| c.active()).map(|c| c.time).collect();
        times.sort_unstable();
        let before = times.len();
        times.dedup();
        assert_eq!(times.len(), before, "seed {seed}: two hold one time");
    }

    pub fn is_settled(&self, portal: &Portal) -> bool {
        self.outbox.is_empty() && self.day.is_none() && self.cursor == portal.feed
    }

    pub fn is_equal_to(&self, portal: &Portal, seed: u64) {
        let here: BTreeMap<u64, &Content> = self
            .agenda
            .iter()
            .filter(|(id, _)| !self.was_hidden(**id) && self.held.contains_key(id))
            .map(|(id, content)| (*id, content))
            .collect();
        let there: BTreeMap<u64, &Content> = portal.kept.iter().map(|(id, kept)| (*id, &kept.content)).collect();
        assert_eq!(here, there, "seed {seed}");
        for (id, content) in &self.agenda {
            let told = self.held.contains_key(id) || !content.active();
            assert!(told || self.was_hidden(*id), "seed {seed}: {id} was never told");
        }
        let mut times: Vec<u8> = there.values().filter(|c| c.active()).map(|c| c.time).collect();
        times.sort_unstable();
        let before = times.len();
        times.dedup();
        assert_eq!(times.len(), before, "seed {seed}: two hold one time there");
        for time in 0..TIMES {
            let told = portal.slots.get(&time).is_some_and(|slot| slot.told.is_some());
            assert_eq!(told, self.free(time, 0), "seed {seed}: the free time at {time}");
        }
        assert!(portal.kept.values().all(|kept| !kept.unseen), "seed {seed}: something was not taken over");
    }
}
