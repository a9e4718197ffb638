//! The app and the real portal over a network that loses, doubles, delays and reorders, while the practice works and patients do as
//! they please: both sides end equal, nothing is lost, nothing doubled, and nobody has somebody else's time.
//!
//! `SEMAINIER_FAULT_RUNS` says how many runs (4 by default), `SEMAINIER_FAULT_SEED` the first one's seed.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::AppointmentId;
use domain::time::{Zone, instant};
use semainier_app::commands::agenda::wire::{AppointmentRequest, CancelAppointmentRequest, MoveAppointmentRequest};
use semainier_app::commands::sync::wire::SignInstructionRequest;
use semainier_app::commands::takeover::seed::Dice;
use semainier_app::commands::{agenda, sync};

use crate::fault_proxy::FaultProxy;
use crate::house::{book, verified};
use crate::portal_server::{Booking, PortalServer, Visitor};
use crate::sync_scene::{Scene, on, run, scene, state};

fn number(name: &str, otherwise: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

fn below(dice: &mut Dice, bound: usize) -> usize {
    usize::try_from(dice.below(bound.max(1) as u64)).expect("small")
}

/// What a run knows of.
struct World<'a> {
    server: &'a PortalServer,
    scene: Scene,
    dice: Dice,
    /// Booked by the practice.
    own: Vec<AppointmentId>,
    /// Booked by patients, by whom.
    theirs: Vec<(usize, Booking)>,
    ahead: i64,
}

impl World<'_> {
    async fn practice_acts(&mut self) {
        let time = format!("{:02}:{}", 9 + below(&mut self.dice, 8), ["00", "20", "40"][below(&mut self.dice, 3)]);
        let starts = on(below(&mut self.dice, 5) as u64, &time);
        let desk = &self.scene.desk;
        let known: Vec<AppointmentId> = self.own.clone();
        let some = known.get(below(&mut self.dice, known.len())).copied();
        match (below(&mut self.dice, 4), some) {
            (0, Some(id)) => {
                let request = MoveAppointmentRequest {
                    id,
                    revision: None,
                    starts,
                    practitioner_id: None,
                    minutes: None,
                    overbook: false,
                };
                let _ = agenda::move_appointment(desk, request).await;
            }
            (1, Some(id)) => {
                let request = CancelAppointmentRequest { id, by: "practice".to_owned(), reason: String::new() };
                let _ = agenda::cancel_appointment(desk, request).await;
            }
            _ => {
                if let Ok(made) = book(desk, &self.scene.cast, starts, false).await {
                    self.own.push(made.appointment.id);
                }
            }
        }
    }

    fn patient_acts(&mut self, visitors: &[Visitor<'_>], schedule: &str) {
        let who = below(&mut self.dice, visitors.len());
        let visitor = &visitors[who];
        let mine = self.theirs.iter().filter(|(of, _)| *of == who).count();
        if mine < 3 && self.dice.below(2) == 0 {
            let nth = below(&mut self.dice, 6);
            let whom = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];
            let made = visitor.book(schedule, &self.scene.cast.kind.to_string(), nth, &whom);
            self.theirs.push((who, made));
            return;
        }
        let mut all = self.theirs.iter().filter(|(of, _)| *of == who);
        let Some((_, booking)) = all.nth(below(&mut self.dice, mine)) else { return };
        let page = visitor.get(&booking.at);
        let offers = |what: &str| page.contains(&format!("action=\"{}/{what}\"", booking.at));
        match below(&mut self.dice, 3) {
            0 if offers("cancel") => drop(visitor.act(booking, "cancel")),
            1 if offers("confirm") => drop(visitor.act(booking, "confirm")),
            2 if page.contains("/move?") => drop(visitor.relocate(booking, below(&mut self.dice, 4))),
            _ => {}
        }
    }

    /// The network is good again: until nothing is left to say.
    async fn settle(&mut self) {
        for _ in 0..12 {
            self.ahead += 120;
            self.scene.later(self.ahead).await;
            let done = run(&self.scene.desk).await.expect("the network is good");
            if done.state.queued == 0 && done.sent + done.received == 0 {
                return;
            }
        }
        panic!("it does not come to rest: {:?}", state(&self.scene.desk).await);
    }

    async fn compare(&self, seed: u64) {
        let paris: Zone = "Europe/Paris".parse().expect("a zone");
        let mut there = BTreeMap::new();
        for held in self.server.appointments(&self.scene.tenant) {
            let name =
                held["identifier"][0]["value"].as_str().expect("a name").trim_start_matches("urn:uuid:").to_owned();
            let start: DateTime<Utc> = held["start"].as_str().expect("a start").parse().expect("an instant");
            let end: DateTime<Utc> = held["end"].as_str().expect("an end").parse().expect("an instant");
            let told = (held["status"].as_str().expect("a status").to_owned(), start, end);
            assert!(there.insert(name, told).is_none(), "seed {seed}: twice there");
        }
        let mut known = self.own.clone();
        known.extend(self.theirs.iter().map(|(_, booking)| booking.id.parse::<AppointmentId>().expect("an id")));
        for id in &known {
            let shown = agenda::show_appointment(&self.scene.desk, AppointmentRequest { id: *id }).await;
            let shown = shown.unwrap_or_else(|error| panic!("seed {seed}: {id} is lost here: {error:?}")).appointment;
            let outside = match shown.status.as_str() {
                "booked" | "confirmed" => "booked",
                "requested" => "pending",
                other => other,
            };
            match there.get(&id.to_string()) {
                Some((status, start, end)) => {
                    let here = instant(shown.starts.expect("a time"), &paris);
                    let here = (outside, here, here + TimeDelta::minutes(shown.minutes));
                    assert_eq!((status.as_str(), *start, *end), here, "seed {seed}: {id}");
                }
                None => assert_eq!(outside, "cancelled", "seed {seed}: {id} was never told"),
            }
        }
        assert!(there.keys().all(|name| known.iter().any(|id| id.to_string() == *name)), "seed {seed}: one more there");
        let mut active: Vec<_> = there.values().filter(|(status, ..)| status != "cancelled").collect();
        active.sort_by_key(|(_, start, _)| *start);
        assert!(active.windows(2).all(|two| two[0].2 <= two[1].1), "seed {seed}: two hold one time");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_end_equal_however_bad_the_network() {
    let Some(server) = PortalServer::new() else { return };
    let (runs, first) = (number("SEMAINIER_FAULT_RUNS", 4), number("SEMAINIER_FAULT_SEED", 1));
    let mut met = [0; 6];
    for seed in first..first + runs {
        let scene = scene(&server).await;
        let proxy = FaultProxy::to(server.port(), seed);
        let terms = scene.request(&server, scene.terms().await).await;
        let request = SignInstructionRequest { address: proxy.address(), ..terms };
        sync::sign_sync_instruction(&scene.desk, request).await.expect("signed");
        run(&scene.desk).await.expect("the network is good");
        let schedule = scene.schedule(&server);
        let phones: Vec<String> = (0..3).map(|n| format!("+336{:04}{:04}", seed % 10_000, n)).collect();
        let visitors: Vec<Visitor<'_>> =
            phones.iter().map(|phone| Visitor::new(&server, &scene.tenant, phone)).collect();
        let mut world =
            World { server: &server, scene, dice: Dice::new(seed), own: Vec::new(), theirs: Vec::new(), ahead: 0 };
        proxy.set_bad(true);
        for _ in 0..20 {
            match world.dice.below(8) {
                0 | 1 => world.practice_acts().await,
                2 | 3 => tokio::task::block_in_place(|| world.patient_acts(&visitors, &schedule)),
                // It breaks off where the network does, and goes on another time.
                _ => drop(run(&world.scene.desk).await),
            }
        }
        tokio::task::block_in_place(|| proxy.set_bad(false));
        world.settle().await;
        world.compare(seed).await;
        assert!(verified(&world.scene.desk).await, "seed {seed}: the journal");
        proxy.met().iter().zip(&mut met).for_each(|(now, all)| *all += now);
    }
    println!("{runs} runs; lost, answer lost, held back, cut, doubled, well: {met:?}");
    assert!(runs < 20 || met.iter().all(|count| *count > 0), "every fault was met with: {met:?}");
}
