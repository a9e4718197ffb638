//! A practice's app behind a bad network, and patients who do as they please: whatever is lost, doubled, delayed or reordered,
//! both sides end equal, nothing is lost, nothing doubled, and nobody has somebody else's time.
//!
//! The app here is the smallest that keeps the rules of the dialogue (portal/README.md); the real one keeps the same.

use std::collections::BTreeMap;

use domain::{agenda::CancelledBy, id::AppointmentId};
use fhir::booking::{Appointment, AppointmentStatus, Resource, Schedule, Slot, Span};
use portal::store::{Store, StoreError};

use crate::house::{Answer, House, Office, name};

/// Numbers that come out of a seed, the same every time (SplitMix64).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() % most as u64) as usize
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.next() % 100 < chance
    }
}

/// A request that is on its way.
#[derive(Clone)]
struct Sent {
    method: &'static str,
    path: String,
    header: Option<(&'static str, String)>,
    body: String,
}

/// What the app knows of an appointment.
#[derive(Clone)]
struct Known {
    appointment: Appointment,
    /// The version at the portal, as far as is known.
    version: Option<i64>,
    /// Whether the portal has yet to hear of it.
    dirty: bool,
}

struct World<'a> {
    house: &'a House,
    office: Office,
    schedule: Schedule,
    slots: Vec<Slot>,
    chance: Chance,
    faults: bool,
    late: Vec<Sent>,
    agenda: BTreeMap<AppointmentId, Known>,
    cursor: i64,
    number: u32,
}

fn overlap(a: &Appointment, b: &Appointment) -> bool {
    let active = a.status.is_active() && b.status.is_active() && a.id != b.id;
    matches!((a.span, b.span), (Some(a), Some(b)) if active && a.start_at < b.end_at() && b.start_at < a.end_at())
}

impl World<'_> {
    async fn deliver(&self, sent: &Sent) -> Answer {
        let headers: Vec<(&str, &str)> = sent.header.iter().map(|(name, value)| (*name, value.as_str())).collect();
        self.house.call(&self.office, sent.method, &sent.path, &headers, &sent.body).await
    }

    /// Sends over the bad network: none where no answer comes.
    async fn send(&mut self, sent: Sent) -> Option<Answer> {
        if !self.faults {
            return Some(self.deliver(&sent).await);
        }
        match self.chance.below(10) {
            // Lost on the way there.
            0 => None,
            // Lost on the way back.
            1 => {
                self.deliver(&sent).await;
                None
            }
            // Arrives later, perhaps after others; who sent it gave up waiting.
            2 => {
                self.late.push(sent);
                None
            }
            // Doubled: both arrive, the second answer counts.
            3 => {
                self.deliver(&sent).await;
                Some(self.deliver(&sent).await)
            }
            // Doubled, the copy late.
            4 => {
                let answer = self.deliver(&sent).await;
                self.late.push(sent);
                Some(answer)
            }
            _ => Some(self.deliver(&sent).await),
        }
    }

    async fn late_ones(&mut self) {
        while !self.late.is_empty() && (!self.faults || self.chance.percent(10)) {
            let at = self.chance.below(self.late.len());
            let sent = self.late.swap_remove(at);
            self.deliver(&sent).await;
        }
    }

    /// The app takes in how an appointment stands at the portal.
    fn take_in(&mut self, there: Appointment) {
        let version = there.meta.as_ref().map(|m| m.version);
        let plain = Appointment { meta: None, ..there };
        let mut known = match self.agenda.remove(&plain.id) {
            // An old answer, or one's own change come back.
            Some(known) if known.version >= version => known,
            // Both changed it: a patient who does not come does not come; else the practice's word counts.
            Some(known) if known.dirty => {
                let off =
                    plain.status == AppointmentStatus::Cancelled && plain.cancelled_by == Some(CancelledBy::Patient);
                let appointment = if off { plain } else { known.appointment };
                Known { appointment, version, dirty: !off }
            }
            // Put back as it is: taken over.
            _ => Known { appointment: plain, version, dirty: true },
        };
        // The practice's agenda wins.
        let theirs = known.appointment.status.is_active();
        if theirs && known.dirty && self.agenda.values().any(|other| overlap(&other.appointment, &known.appointment)) {
            known.appointment.status = AppointmentStatus::Cancelled;
            known.appointment.cancelled_by = Some(CancelledBy::Practice);
            known.appointment.confirmed = false;
        }
        self.agenda.insert(known.appointment.id, known);
    }

    async fn fetch(&mut self) {
        let sent = Sent {
            method: "GET",
            path: format!("/fhir/Appointment?_cursor={}&_count=3", self.cursor),
            header: None,
            body: String::new(),
        };
        let Some(answer) = self.send(sent).await.filter(|answer| answer.status == 200) else { return };
        let bundle = answer.bundle();
        let next = bundle.link("next").or(bundle.link("monitor")).expect("where to go on").to_owned();
        for entry in bundle.entry {
            if let Some(Resource::Appointment(a)) = entry.resource {
                self.take_in(*a);
            }
        }
        let number = next.split("_cursor=").nth(1).and_then(|rest| rest.split('&').next());
        self.cursor = number.and_then(|text| text.parse().ok()).expect("a number");
    }

    async fn read(&mut self, id: AppointmentId) {
        let sent = Sent { method: "GET", path: format!("/fhir/Appointment/{id}"), header: None, body: String::new() };
        if let Some(answer) = self.send(sent).await.filter(|answer| answer.status == 200) {
            self.take_in(serde_json::from_str(&answer.body).unwrap());
        }
    }

    /// Sends one thing that the portal has yet to hear of.
    async fn push(&mut self) {
        let waiting: Vec<AppointmentId> =
            self.agenda.iter().filter(|(_, known)| known.dirty).map(|(id, _)| *id).collect();
        let Some(&id) = waiting.get(self.chance.below(waiting.len().max(1))) else { return };
        let known = self.agenda[&id].clone();
        let header = match known.version {
            Some(version) => ("if-match", format!("W/\"{version}\"")),
            None => ("if-none-match", "*".to_owned()),
        };
        let sent = Sent {
            method: "PUT",
            path: format!("/fhir/Appointment?{}", name(id.uuid())),
            header: Some(header),
            body: serde_json::to_string(&known.appointment).unwrap(),
        };
        let Some(answer) = self.send(sent).await else { return };
        match (answer.status, answer.status >= 400) {
            (200 | 201, _) => {
                let version = answer.etag().trim_start_matches("W/\"").trim_end_matches('"').parse().ok();
                let now = self.agenda.get_mut(&id).unwrap();
                now.version = version;
                now.dirty = false;
            }
            (412, _) => self.read(id).await,
            // A patient holds the time, or a code: what patients did is to be heard first.
            (409, _) if answer.word() == "code_taken" => {
                self.number += 1;
                let now = self.agenda.get_mut(&id).unwrap();
                now.appointment.code = Some(domain::agenda::BookingCode::from_number(self.number));
            }
            (409, _) => self.fetch().await,
            _ => panic!("{} {}", answer.status, answer.body),
        }
    }

    /// The practice books, moves or cancels in its own agenda.
    fn practice_acts(&mut self) {
        let span = self.slots[self.chance.below(self.slots.len())].span;
        let span = Span { minutes: 15, ..span };
        let ids: Vec<AppointmentId> = self.agenda.keys().copied().collect();
        let some = ids.get(self.chance.below(ids.len().max(1))).copied();
        let (id, mut known) = match (self.chance.below(3), some) {
            (0, Some(id)) => {
                let mut known = self.agenda[&id].clone();
                known.appointment.span = Some(span);
                (id, known)
            }
            (1, Some(id)) => {
                let mut known = self.agenda[&id].clone();
                known.appointment.status = AppointmentStatus::Cancelled;
                known.appointment.cancelled_by = Some(CancelledBy::Practice);
                known.appointment.confirmed = false;
                (id, known)
            }
            _ => {
                self.number += 1;
                let a = self.house.own(&self.slots[0], self.number);
                (a.id, Known { appointment: Appointment { span: Some(span), ..a }, version: None, dirty: true })
            }
        };
        let allowed = known.appointment.status != AppointmentStatus::Cancelled
            || self.agenda.get(&id).is_some_and(|before| before.appointment.status.is_active());
        if allowed && !self.agenda.values().any(|other| overlap(&other.appointment, &known.appointment)) {
            known.dirty = true;
            self.agenda.insert(id, known);
        }
    }

    async fn patient_acts(&mut self) {
        let phone = format!("+3361234{:04}", self.chance.below(10_000));
        let slot = self.slots[self.chance.below(self.slots.len())].id;
        if self.chance.percent(60) {
            match self.house.book(&self.office, &self.schedule, slot, &phone).await {
                Ok(_) | Err(StoreError::Taken | StoreError::TooMany) => return,
                Err(error) => panic!("{error}"),
            }
        }
        let store: &Store = &self.house.portal.store;
        let now = self.house.now();
        let mut tx = store.begin(self.office.practice).await.unwrap();
        let all = tx.updated_since(chrono::DateTime::UNIX_EPOCH, uuid::Uuid::nil(), 500).await.unwrap();
        let open: Vec<_> = all.into_iter().filter(|held| portal::store::can_change(&held.appointment, now)).collect();
        let Some(held) = open.get(self.chance.below(open.len().max(1))) else { return };
        let done = match self.chance.below(3) {
            0 => tx.cancel_booking(held, &self.schedule, now).await,
            1 => tx.confirm_booking(held, &self.schedule, now).await,
            _ => tx.move_booking(held, slot, &self.schedule, now).await,
        };
        match done {
            Ok(_) => tx.commit().await.unwrap(),
            Err(StoreError::Taken | StoreError::Stale) => {}
            Err(error) => panic!("{error}"),
        }
    }

    /// What both sides hold, as far as it must be equal.
    async fn compare(&self, seed: u64) {
        let mut tx = self.house.portal.store.begin(self.office.practice).await.unwrap();
        let there = tx.updated_since(chrono::DateTime::UNIX_EPOCH, uuid::Uuid::nil(), 1_000).await.unwrap();
        let there: BTreeMap<AppointmentId, Appointment> = there
            .into_iter()
            .map(|held| (held.appointment.id, Appointment { meta: None, ..held.appointment }))
            .collect();
        let here: BTreeMap<AppointmentId, Appointment> =
            self.agenda.iter().map(|(id, known)| (*id, known.appointment.clone())).collect();
        assert_eq!(here.keys().collect::<Vec<_>>(), there.keys().collect::<Vec<_>>(), "seed {seed}");
        for (id, a) in &here {
            assert_eq!(Some(a), there.get(id), "seed {seed}");
        }
        for a in here.values() {
            let other = here.values().find(|b| overlap(a, b));
            assert!(other.is_none(), "seed {seed}: two hold one time");
        }
    }
}

async fn run(house: &House, office: &Office, schedule: &Schedule, seed: u64) {
    let mut slots = Vec::new();
    for number in 0..6 {
        slots.push(house.free(office, schedule, number * 30).await);
    }
    let mut world = World {
        house,
        office: office.clone(),
        schedule: schedule.clone(),
        slots,
        chance: Chance(seed),
        faults: true,
        late: Vec::new(),
        agenda: BTreeMap::new(),
        cursor: 0,
        number: 0,
    };
    for _ in 0..120 {
        match world.chance.below(8) {
            0 | 1 => world.practice_acts(),
            2 => world.patient_acts().await,
            3 => world.fetch().await,
            _ => world.push().await,
        }
        world.late_ones().await;
    }
    // Killed between: the app comes back from a copy that is older, and asks for everything since.
    if world.chance.percent(20) {
        world.cursor = 0;
        for known in world.agenda.values_mut() {
            known.dirty = true;
        }
    }
    world.faults = false;
    world.late_ones().await;
    for _ in 0..400 {
        world.fetch().await;
        let waiting = world.agenda.values().any(|known| known.dirty);
        if !waiting
            && world.house.portal.store.begin(office.practice).await.unwrap().feed().await.unwrap() == world.cursor
        {
            break;
        }
        world.push().await;
    }
    world.compare(seed).await;
}

#[tokio::test]
async fn both_sides_end_equal_however_bad_the_network() {
    let Some(house) = House::make(1_000_000.0).await else {
        eprintln!("SKIPPED: PostgreSQL cannot be there");
        return;
    };
    let runs = std::env::var("SEMAINIER_FAULT_RUNS").ok().and_then(|text| text.parse().ok()).unwrap_or(60);
    let first: u64 = std::env::var("SEMAINIER_FAULT_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    for seed in first..first + runs {
        let (office, schedule) = house.practice().await;
        run(&house, &office, &schedule, seed).await;
    }
}
