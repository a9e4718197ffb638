//! Ten thousand random runs of an app and a portal over a bad network, by the very decisions of this module.
//!
//! Requests are lost, their answers are lost, they arrive twice, in another order, or hours later; the app is killed between a change
//! and its sending and between an answer and its noting (which is a lost answer); its clock is wrong by hours; its vault comes back
//! from an old copy. Afterwards both sides hold the same, no patient's booking is missing, and no time is held twice.

mod app;
mod portal;

use std::collections::BTreeSet;

use app::App;
use portal::{Asked, Portal, Said, State};

/// Numbers that come out of a seed, the same every time (SplitMix64).
pub struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    pub fn percent(&mut self, chance: u64) -> bool {
        self.below(100) < chance
    }

    pub fn unit(&mut self) -> f64 {
        self.below(1_000) as f64 / 1_000.0
    }
}

/// How many times of day there are.
pub const TIMES: u8 = 6;
/// How many booking codes: few, so that two sides draw the same one.
pub const CODES: u64 = 40;

pub struct World {
    pub portal: Portal,
    pub chance: Chance,
    pub faults: bool,
    /// The true time, in seconds.
    pub now: i64,
    late: Vec<Asked>,
    booked: Vec<u64>,
    /// What was ever hidden, an older copy's included.
    pub hidden: BTreeSet<u64>,
    names: u64,
}

impl World {
    /// Sends over the network: none where no answer comes.
    pub fn send(&mut self, asked: Asked) -> Option<Said> {
        self.now += 1;
        if !self.faults {
            return Some(self.portal.ask(asked));
        }
        match self.chance.below(12) {
            0 => None,
            1 => {
                self.portal.ask(asked);
                None
            }
            2 => {
                self.late.push(asked);
                None
            }
            3 => {
                self.portal.ask(asked.clone());
                Some(self.portal.ask(asked))
            }
            4 => {
                let said = self.portal.ask(asked.clone());
                self.late.push(asked);
                Some(said)
            }
            _ => Some(self.portal.ask(asked)),
        }
    }

    fn late_ones(&mut self, all: bool) {
        while !self.late.is_empty() && (all || self.chance.percent(8)) {
            let at = self.chance.below(self.late.len() as u64) as usize;
            let asked = self.late.swap_remove(at);
            self.portal.ask(asked);
        }
    }

    pub fn name(&mut self) -> u64 {
        self.names += 1;
        self.names
    }

    fn patient_acts(&mut self) {
        let time = self.chance.below(TIMES.into()) as u8;
        if self.chance.percent(50) {
            let (id, code) = (self.name(), self.chance.below(CODES) as u32);
            if self.portal.book(id, code, time) {
                self.booked.push(id);
            }
            return;
        }
        let all: Vec<u64> = self.portal.kept.keys().copied().collect();
        let Some(&id) = all.get(self.chance.below(all.len() as u64) as usize) else { return };
        match self.chance.below(3) {
            0 => self.portal.change(id, State::OffByPatient, None),
            1 => self.portal.change(id, State::Confirmed, None),
            _ => self.portal.change(id, State::Booked, Some(time)),
        }
    }
}

fn run(seed: u64) {
    let mut world = World {
        portal: Portal::default(),
        chance: Chance(seed),
        faults: true,
        now: 1_000_000,
        late: Vec::new(),
        booked: Vec::new(),
        hidden: BTreeSet::new(),
        names: 0,
    };
    let mut app = App::default();
    let mut copy: Option<App> = None;
    app.open(&world);
    for _ in 0..70 {
        // Seconds, minutes, or hours without a network.
        world.now += [1, 30, 90, 4_000][world.chance.below(4) as usize];
        match world.chance.below(14) {
            0..=2 => app.practice_acts(&mut world),
            3..=5 => world.patient_acts(),
            6 if world.chance.percent(30) => app.skew = world.chance.below(40) as i64 * 1_800 - 36_000,
            7 if copy.is_none() => copy = Some(app.clone()),
            8 if world.chance.percent(25) => {
                if let Some(copy) = copy.take() {
                    app = copy;
                    app.looked_at = None;
                }
            }
            _ => app.sync(&mut world),
        }
        world.late_ones(false);
        app.holds_no_time_twice(seed);
    }
    world.faults = false;
    world.late_ones(true);
    let quiet_from = app.now(&world);
    let rests = |app: &App, portal: &Portal| app.is_settled(portal) && app.looked_at > Some(quiet_from);
    for _ in 0..400 {
        world.now += 1_000;
        app.sync(&mut world);
        if rests(&app, &world.portal) {
            break;
        }
    }
    assert!(rests(&app, &world.portal), "seed {seed}: it does not come to rest: {app:?}");
    app.is_equal_to(&world.portal, seed);
    assert!(world.portal.erased.is_subset(&world.hidden), "seed {seed}: what nobody hid was erased");
    for id in &world.booked {
        assert!(app.agenda.contains_key(id) || world.hidden.contains(id), "seed {seed}: booking {id} was lost");
    }
}

#[test]
fn both_sides_end_equal_however_bad_the_network_the_clock_and_the_copy() {
    for seed in 0..10_000 {
        run(seed);
    }
}
