//! App and portal together: the real app with its encrypted vault, the program `semainier-portal` on a durable PostgreSQL, TLS between
//! them. The first sync of a practice, and what an app sends and gets while nothing happens. JSON lines.
//!
//! `SEMAINIER_BENCH_SYNC` (10,000) says how many appointments, `SEMAINIER_BENCH_IDLE` (240) for how many seconds the idle app is
//! looked at: by the computer's clock, so that its looks and the portal's signs of life fall into it as they do in earnest. Told as
//! skipped where PostgreSQL or the portal's program is not there. Deliberately not here: a judgement, and what the portal alone does
//! (`portal/benches`).

#[allow(dead_code, reason = "shared with the scenarios, which use more of it")]
#[path = "../../tests/it/fault_proxy.rs"]
mod fault_proxy;
#[allow(dead_code, reason = "shared with the scenarios, which use more of it")]
#[path = "../../tests/it/house.rs"]
mod house;
mod idle;
#[allow(dead_code, unused_imports, reason = "shared with the scenarios, which use more of it")]
#[path = "../../tests/it/portal_server.rs"]
mod portal_server;
mod road;
#[allow(dead_code, reason = "shared with the scenarios, which use more of it")]
#[path = "../../tests/it/sync_scene.rs"]
mod sync_scene;
#[allow(dead_code, reason = "shared with the scenarios, which use more of it")]
#[path = "../../tests/it/tiny_server.rs"]
mod tiny_server;

use std::sync::Arc;
use std::time::Instant;

use semainier_app::commands::clock::SystemClock;
use semainier_app::commands::entrance::doorstep::Surroundings;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::sync::wire::{InstructionTerms, LookAtPortalRequest, SignInstructionRequest};
use semainier_app::commands::takeover::seed::{Plan, seed};
use semainier_app::commands::{Desk, Doorstep, sync};
use semainier_app::vault::Costs;
use serde_json::{Value, json};

use house::{House, PASSWORD};
use portal_server::PortalServer;
use road::Road;
use sync_scene::Scene;

/// Practitioners of the practice, and how many appointments each has on a working day.
const PRACTITIONERS: u32 = 10;
const A_DAY: u32 = 27;
/// Rows of the yardstick in one transaction: as many as the app writes down at once.
const AT_ONCE: u32 = 200;
/// So often the first sync may be broken off and go on, before something is wrong.
const MOST_RUNS: usize = 20;

fn main() {
    // Cargo passes `--bench`; a test run asks for nothing to be measured.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    runtime.block_on(figures());
}

fn size(name: &str, standard: u32) -> u32 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(standard)
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
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

async fn figures() {
    let Some(server) = PortalServer::durable() else {
        say(json!({ "figure": "app and portal", "skipped": "PostgreSQL or semainier-portal is not there" }));
        return;
    };
    let Some(road) = Road::to(server.port()) else {
        say(json!({ "figure": "app and portal", "skipped": "openssl is not there" }));
        return;
    };
    let appointments = size("SEMAINIER_BENCH_SYNC", 10_000);
    let scene = practice(&server, appointments).await;
    sign(&scene, &server, &road).await;
    let desk = desk(&scene.house).await;
    let bare = bare_rows(&desk, appointments).await;
    first_sync(&scene, &desk, (&server, &road), appointments, bare).await;
    idle::figures(&scene, desk, &road).await;
}

/// A practice with so many appointments to come, none of which is told yet.
async fn practice(server: &PortalServer, appointments: u32) -> Scene {
    let house = House::new().await;
    let desk = desk(&house).await;
    let working_days = appointments.div_ceil(PRACTITIONERS * A_DAY) + 1;
    let plan = Plan {
        patients: appointments / 4,
        appointments,
        practitioners: PRACTITIONERS,
        days_back: 0,
        days_ahead: working_days * 7 / 5 + 3,
        seed: 1,
        open_today: false,
    };
    let began = Instant::now();
    seed(&desk, plan).await.expect("seeded");
    say(json!({ "figure": "seed", "appointments": appointments, "seconds": round(began.elapsed().as_secs_f64()) }));
    drop(desk);
    sync_scene::scene_of(server, house).await
}

/// A desk whose clock is the computer's.
async fn desk(house: &House) -> Arc<Desk> {
    let doorstep = Doorstep::new(Surroundings {
        folder: house.vault.clone(),
        demonstration: house.vault.with_file_name("demonstration"),
        clock: Arc::new(SystemClock),
        keyring: house.keyring.clone(),
        workstation: "bench".to_owned(),
        os_account: "accueil/samia".to_owned(),
        costs: Costs::FLOOR,
    });
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&doorstep, request).await.expect("signed in").0
}

/// Signs the proposal, with the usual horizon, to the portal at the encrypted end of the road.
async fn sign(scene: &Scene, server: &PortalServer, road: &Road) {
    let look = LookAtPortalRequest { address: road.address(), authority: road.authority() };
    let seen = sync::look_at_portal(&scene.desk, look).await.expect("the portal answers over TLS");
    let terms = InstructionTerms { horizon_days: 60, ..scene.terms().await };
    let request = SignInstructionRequest {
        address: road.address(),
        authority: road.authority(),
        key: seen.key,
        ..scene.request(server, terms).await
    };
    sync::sign_sync_instruction(&scene.desk, request).await.expect("signed");
}

/// The yardstick: as many bare rows into the same encrypted file, as many in a transaction as the app writes down at once. Seconds.
async fn bare_rows(desk: &Desk, rows: u32) -> f64 {
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::query("CREATE TABLE yardstick (number INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT")
        .execute(&mut *tx)
        .await
        .expect("a table");
    tx.commit().await.expect("it is kept");
    let began = Instant::now();
    for first in (0..rows).step_by(AT_ONCE as usize) {
        let mut tx = desk.store().write().await.expect("a transaction");
        for number in first..rows.min(first + AT_ONCE) {
            sqlx::query("INSERT INTO yardstick (number, word) VALUES (?, 'word')")
                .bind(number)
                .execute(&mut *tx)
                .await
                .expect("a row");
        }
        tx.commit().await.expect("it is kept");
    }
    began.elapsed().as_secs_f64()
}

/// Everything for the first time: the instruction, schedules, appointments, free times.
async fn first_sync(scene: &Scene, desk: &Desk, (server, road): (&PortalServer, &Road), appointments: u32, bare: f64) {
    let before = road.counts();
    let began = Instant::now();
    let mut runs = 0;
    loop {
        let done = sync_scene::run(desk).await.expect("a run comes through");
        runs += 1;
        if done.state.queued == 0 {
            break;
        }
        assert!(runs < MOST_RUNS, "something never leaves: {:?}", done.state);
    }
    let seconds = began.elapsed().as_secs_f64();
    let went = road.counts().since(before);
    // What was not told is no figure.
    let there = server.appointments(&scene.tenant).len();
    let free = server.free_slots(&scene.tenant).len();
    assert!(there >= appointments as usize, "{there} of {appointments} are there");
    say(json!({
        "figure": "first sync of a practice, app and portal with TLS between them", "target": "10,000 in < 60 s",
        "appointments": there, "free_slots": free, "seconds": round(seconds), "per_second": (there as f64 / seconds).round(),
        "runs": runs, "connections": went.connections, "megabytes_out": round(went.out as f64 / 1e6),
        "megabytes_in": round(went.back as f64 / 1e6), "yardstick": "as many bare rows in the same encrypted file, 200 a transaction",
        "yardstick_seconds": round(bare), "times_yardstick": round(seconds / bare),
    }));
}
