//! The portal's figures: the built server as a process of its own, a database of its own in the cluster of `scripts/portal.sh`, and
//! clients over HTTP, all on one machine, with yardsticks of the same PostgreSQL in the same run. JSON lines.
//!
//! `SEMAINIER_BENCH_PRACTICES` (1,000) and `SEMAINIER_BENCH_TIMES` (of most figures: how often) change the size;
//! `SEMAINIER_BENCH_ONLY=paint` leaves all out but the page's weight and its first paint. Every limit of the
//! server holds: its clients come from many addresses, as they would through a proxy. Deliberately not here: a judgement; the
//! figures that are asked for stand beside those measured.

mod client;
mod paint;
mod sync;
mod world;

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use client::Client;
use world::World;

fn main() {
    // Cargo passes `--bench`; a test run asks for nothing to be measured.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(figures());
}

/// A number of the environment.
fn size(name: &str, standard: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(standard)
}

/// Tells a figure, with how loaded the machine was.
fn say(mut figure: Value) {
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().and_then(|text| text.parse::<f64>().ok());
    if let (Some(figure), Some(load)) = (figure.as_object_mut(), load) {
        figure.insert("load_average".to_owned(), json!(load));
    }
    println!("{figure}");
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// How long many things took, so many at once.
struct Took {
    whole: Duration,
    each: Vec<Duration>,
}

impl Took {
    fn per_second(&self) -> f64 {
        self.each.len() as f64 / self.whole.as_secs_f64()
    }

    fn at(&self, part: f64) -> f64 {
        let place = (self.each.len() as f64 * part) as usize;
        round(self.each[place.min(self.each.len() - 1)].as_secs_f64() * 1_000.0)
    }

    fn say(&self, figure: &str, target: Option<&str>) {
        say(json!({
            "figure": figure, "target": target, "per_second": self.per_second().round(), "count": self.each.len(),
            "p50_ms": self.at(0.5), "p99_ms": self.at(0.99), "worst_ms": self.at(1.0),
        }));
    }
}

/// Does something many times, so many at once; each worker has a connection of its own.
async fn measure<F, T>(address: &str, times: usize, at_once: usize, one: F) -> Took
where
    F: Fn(Client, usize) -> T + Send + Sync + 'static,
    T: Future<Output = Client> + Send,
{
    let (one, next) = (Arc::new(one), Arc::new(AtomicUsize::new(0)));
    let mut clients = Vec::new();
    for _ in 0..at_once {
        clients.push(Client::connect(address).await);
    }
    let began = Instant::now();
    let mut workers = Vec::new();
    for mut client in clients {
        let (one, next) = (one.clone(), next.clone());
        workers.push(tokio::spawn(async move {
            let mut each = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= times {
                    return each;
                }
                let began = Instant::now();
                client = one(client, number).await;
                each.push(began.elapsed());
            }
        }));
    }
    let mut each = Vec::new();
    for worker in workers {
        each.extend(worker.await.expect("a worker ends"));
    }
    let whole = began.elapsed();
    each.sort_unstable();
    Took { whole, each }
}

/// An address of the network of examples, another one each time.
fn from(number: usize) -> String {
    format!("198.{}.{}.{}", 18 + number / 65_536 % 2, number / 256 % 256, number % 256)
}

async fn figures() {
    // The first paint alone is measured in a minute: a few practices are enough for it.
    let only = std::env::var("SEMAINIER_BENCH_ONLY").ok();
    let Some(world) = World::make(size("SEMAINIER_BENCH_PRACTICES", 1_000)).await else {
        say(json!({ "figure": "portal", "skipped": "PostgreSQL is not there: scripts/portal.sh database" }));
        return;
    };
    let world = Arc::new(world);
    if only.as_deref() == Some("paint") {
        weight(&world).await;
        paint::figures(&world).await;
        world.end().await;
        return;
    }
    yardsticks(&world).await;
    searches(&world).await;
    bookings(&world).await;
    clickers(&world).await;
    sync::first(&world).await;
    weight(&world).await;
    paint::figures(&world).await;
    world.end().await;
}

/// What the same PostgreSQL does bare, through the same driver, at the same time of day.
async fn yardsticks(world: &Arc<World>) {
    for (figure, sql, times) in [
        ("yardstick: bare INSERT, durable", "INSERT INTO yardstick (number, word) VALUES ($1, 'word')", 4_000),
        ("yardstick: bare SELECT by key", "SELECT word FROM yardstick WHERE number = $1", 20_000),
    ] {
        let w = world.clone();
        let took = measure(&world.address, times, 16, move |client, number| {
            let w = w.clone();
            async move {
                let number = i64::try_from(number).unwrap_or(0);
                sqlx::query(sql).bind(number).execute(&w.yardstick).await.expect("the database answers");
                client
            }
        })
        .await;
        took.say(figure, None);
    }
}

/// The page of free times, of strangers, over all practices.
async fn searches(world: &Arc<World>) {
    let times = size("SEMAINIER_BENCH_TIMES", 40_000);
    for (figure, target, at_once) in [
        ("slot search, cold: each practice's page for the first time", None, 16),
        ("slot search: pages over all practices", Some("2,000/s, p99 < 100 ms"), 32),
    ] {
        let w = world.clone();
        let times = if target.is_none() { world.practices.len() } else { times };
        let took = measure(&world.address, times, at_once, move |mut client, number| {
            let w = w.clone();
            async move {
                let practice = &w.practices[number * 7 % w.practices.len()];
                let path = practice.page("fr");
                let answer = client.get(&path, &[("x-forwarded-for", &from(number))]).await;
                assert_eq!(answer.status, 200);
                assert!(answer.body.contains("name=\"slot\""));
                client
            }
        })
        .await;
        took.say(figure, target);
    }
    let w = world.clone();
    let took = measure(&world.address, times / 8, 32, move |mut client, number| {
        let w = w.clone();
        async move {
            let practice = &w.practices[number % w.tokens.len()];
            let bearer = format!("Bearer {}", w.tokens[number % w.tokens.len()]);
            let path = format!(
                "/fhir/Slot?schedule=Schedule/{}&status=free&start=ge{}&_count=50",
                practice.schedule,
                w.tomorrow.format("%Y-%m-%dT%H:%M:%SZ")
            );
            let answer = client.get(&path, &[("authorization", &bearer)]).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            client
        }
    })
    .await;
    took.say("slot search: FHIR, GET Slot?status=free&start=ge… of 50", None);
}

/// Persons who are identified book, each a slot of their own.
async fn bookings(world: &Arc<World>) {
    let times = size("SEMAINIER_BENCH_BOOKINGS", 6_000);
    let visits = Arc::new(world.visits(times, |number| number % world.practices.len()).await);
    let w = world.clone();
    let took = measure(&world.address, times, 16, move |mut client, number| {
        let (w, visits) = (w.clone(), visits.clone());
        async move {
            let practice = &w.practices[number % w.practices.len()];
            let slot = practice.slots[number / w.practices.len()];
            let won = practice.book(&mut client, &visits[number], slot, &from(number)).await;
            assert!(won, "a slot of one's own is booked");
            client
        }
    })
    .await;
    took.say("booking: the form of an identified person, slots of their own, durable", Some("300/s"));
}

/// A thousand on one slot.
async fn clickers(world: &Arc<World>) {
    let many = size("SEMAINIER_BENCH_CLICKERS", 1_000);
    let visits = Arc::new(world.visits(many, |_| 0).await);
    let won = Arc::new(AtomicUsize::new(0));
    let (w, counted) = (world.clone(), won.clone());
    let took = measure(&world.address, many, many, move |mut client, number| {
        let (w, visits, counted) = (w.clone(), visits.clone(), counted.clone());
        async move {
            let practice = &w.practices[0];
            let slot = practice.slots[practice.slots.len() - 1];
            if practice.book(&mut client, &visits[number], slot, &from(number)).await {
                counted.fetch_add(1, Ordering::Relaxed);
            }
            client
        }
    })
    .await;
    let held = world.held_at_last_slot().await;
    say(json!({
        "figure": "clients on one slot", "target": "exactly one booking", "clients": many,
        "bookings": won.load(Ordering::Relaxed), "rows": held, "seconds": round(took.whole.as_secs_f64()), "p99_ms": took.at(0.99),
    }));
}

/// What a browser loads for a booking page: the page, whose style is in it, and its icon.
async fn weight(world: &World) {
    let mut client = Client::connect(&world.address).await;
    let page = client.get(&world.practices[1].page("fr"), &[("x-forwarded-for", "203.0.113.1")]).await;
    assert!(!page.body.contains("rel=\"stylesheet\"") && !page.body.contains("src=\""), "nothing else is loaded");
    let bytes = page.length + client.get("/icon.svg", &[]).await.length;
    say(
        json!({ "figure": "booking page, all that it loads, uncompressed", "target": "< 50 kB", "kB": round(bytes as f64 / 1_000.0) }),
    );
}
