//! The window's figures: the release build in WebKitGTK under a virtual display, beside an empty Tauri window in the same
//! run (`examples/empty_window.rs`). JSON lines.
//!
//! Times are read from the page's own time line (`ui/src/kit/painted.ts`) and, for the start, from the clock that a small
//! script notes before it becomes the program. Both programs are driven alike, so what the driver costs they share.
//!
//! `SEMAINIER_BENCH_PATIENTS` and `SEMAINIER_BENCH_APPOINTMENTS` change the size of the practice (100,000 and 1,044,000:
//! forty appointments a day and practitioner).

#[allow(dead_code, reason = "shared with the tests in the real window, which use more of it")]
#[path = "../../tests/e2e/house.rs"]
mod house;
mod interactions;
mod memory;
#[allow(dead_code, reason = "shared with the tests in the real window, which use more of it")]
#[path = "../../tests/e2e/page.rs"]
mod page;
#[allow(dead_code, reason = "shared with the tests in the real window, which use more of it")]
#[path = "../../tests/e2e/window.rs"]
mod window;

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use fantoccini::key::Key;
use serde_json::{Value, json};

use house::{House, PROGRAM};
use semainier_app::vault::Costs;
use window::Window;

const LOGIN: &str = "bench";
const PASSWORD: &str = "Zebre-Calme#2026!";
/// Starts of each program that count, after one that warms the disk's cache.
const STARTS: usize = 9;
/// How long a window rests before its memory is read.
const REST: Duration = Duration::from_secs(4);

fn main() {
    // Cargo passes `--bench`; a test run asks for nothing to be measured.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.expect("a runtime").block_on(run());
}

/// The figure at a share of sorted values.
pub fn at_share(values: &mut [f64], share: f64) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values[((values.len() as f64 - 1.0) * share).round() as usize]
}

/// Three decimals are enough.
pub fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

fn size(name: &str, standard: u32) -> String {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(standard).to_string()
}

async fn run() {
    let empty = Path::new(PROGRAM).with_file_name("examples").join("empty_window");
    assert!(empty.is_file(), "build the empty window first: cargo build --release --example empty_window");
    let house = House::new().await;
    let began = Instant::now();
    make_practice(&house);
    println!("{}", json!({ "figure": "practice for the window", "seconds": round(began.elapsed().as_secs_f64()) }));
    let argon = stretching();
    println!("{}", json!({ "figure": "Argon2id alone", "median_ms": round(argon) }));

    let (mut ours, mut theirs, mut entered) = (Vec::new(), Vec::new(), Vec::new());
    let (mut memory, mut memory_empty) = (Vec::new(), Vec::new());
    for run in 0..=STARTS {
        let (start, window) = open(&house, &empty, "painted").await;
        let pss = if run > STARTS - 3 { rest(&house).await } else { 0.0 };
        end(window, &house).await;
        let (our_start, window) = open(&house, Path::new(PROGRAM), "sign_in_shown").await;
        let sent_to_day = sign_in(&window).await;
        let our_pss = if run > STARTS - 3 { rest(&house).await } else { 0.0 };
        if run > STARTS - 3 {
            memory_empty.push(pss);
            memory.push(our_pss);
        }
        if run == STARTS {
            interactions::measure(&window).await;
        }
        end(window, &house).await;
        if run > 0 {
            theirs.push(start);
            ours.push(our_start);
            entered.push(sent_to_day - argon);
        }
    }
    let (start, empty_start) = (at_share(&mut ours, 0.5), at_share(&mut theirs, 0.5));
    println!(
        "{}",
        json!({ "figure": "empty window, start to first paint (yardstick)", "runs": STARTS, "median_ms": round(empty_start) })
    );
    println!(
        "{}",
        json!({ "figure": "start to sign-in form", "runs": STARTS, "median_ms": round(start),
                "times": round(start / empty_start), "at_most": 1.3 })
    );
    println!(
        "{}",
        json!({ "figure": "sign-in sent to the day painted, Argon2id apart", "runs": STARTS,
                "median_ms": round(at_share(&mut entered, 0.5)), "at_most_ms": 150 })
    );
    let (pss, empty_pss) = (at_share(&mut memory, 0.5), at_share(&mut memory_empty, 0.5));
    println!("{}", json!({ "figure": "memory of the empty window (yardstick)", "pss_mib": round(empty_pss) }));
    println!(
        "{}",
        json!({ "figure": "memory with the day open", "pss_mib": round(pss), "at_most_mib": round(empty_pss * 1.2 + 50.0) })
    );
}

/// A practice of ten practitioners, made and filled by the command line; the user looks at five of them.
fn make_practice(house: &House) {
    house.run(
        LOGIN,
        PASSWORD,
        &[
            "init",
            "--practice",
            "Cabinet",
            "--country",
            "FR",
            "--zone",
            "Europe/Paris",
            "--name",
            "Dr Bench",
            "--role",
            "practitioner",
        ],
    );
    let (patients, appointments) =
        (size("SEMAINIER_BENCH_PATIENTS", 100_000), size("SEMAINIER_BENCH_APPOINTMENTS", 1_044_000));
    house.run(
        LOGIN,
        PASSWORD,
        &[
            "seed",
            "--patients",
            &patients,
            "--appointments",
            &appointments,
            "--practitioners",
            "10",
            "--years",
            "10",
            "--seed",
            "1",
        ],
    );
    let practice = house.run(LOGIN, PASSWORD, &["--json", "call", "show_practice"]);
    let practice: Value = serde_json::from_str(practice.lines().next().unwrap_or_default()).expect("it is JSON");
    let columns: Vec<Value> =
        practice["practitioners"].as_array().expect("a list").iter().take(5).map(|one| one["id"].clone()).collect();
    let preferences = json!({
        "language": "fr", "theme": "light", "density": "normal", "letters": true, "columns": columns,
    });
    house.run(LOGIN, PASSWORD, &["call", "save_preferences", &preferences.to_string()]);
}

/// What Argon2id takes at the cost that a vault is made with, in milliseconds.
fn stretching() -> f64 {
    let costs = Costs::STANDARD;
    let costs = argon2::Params::new(costs.memory_kib, costs.passes, costs.lanes, Some(32)).expect("within bounds");
    let argon = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, costs);
    let mut times: Vec<f64> = (0..7)
        .map(|_| {
            let began = Instant::now();
            let mut key = [0; 32];
            argon.hash_password_into(PASSWORD.as_bytes(), &[7; 16], &mut key).expect("the cost is within bounds");
            std::hint::black_box(&key);
            began.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    at_share(&mut times, 0.5)
}

/// Opens a program's window; how long it took from its start to a mark on its page, in milliseconds.
async fn open(house: &House, program: &Path, mark: &str) -> (f64, Window) {
    let started = house.home().join("started");
    let script = starter(house, program, &started);
    let window = Window::open_program(house, &script.display().to_string()).await;
    let ask = "const it = performance.getEntriesByName(arguments[0], "mark")[0];
               return it ? performance.timeOrigin + it.startTime : null";
    let shown = window.until(mark, ask, vec![json!(mark)]).await.as_f64().expect("a number");
    let began: f64 = fs::read_to_string(&started).expect("the script noted it").trim().parse().expect("nanoseconds");
    (shown - began / 1e6, window)
}

/// A script that notes the time and becomes the program.
fn starter(house: &House, program: &Path, started: &Path) -> PathBuf {
    let script = house.home().join("start");
    let text = format!("#!/bin/sh\ndate +%s%N >'{}'\nexec '{}' \"$@\"\n", started.display(), program.display());
    fs::write(&script, text).expect("the home can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it is ours");
    script
}

/// Signs in by keyboard; from the form sent to the day painted, in milliseconds.
async fn sign_in(window: &Window) -> f64 {
    window.fill("Mot de passe de Dr Bench", PASSWORD).await;
    window.keys(&Key::Enter.to_string()).await;
    let ask =
        "const [sent, shown] = ['sign_in_sent', 'day_shown'].map((name) => performance.getEntriesByName(name)[0]);
               return shown ? shown.startTime - sent.startTime : null";
    window.until("the day", ask, vec![]).await.as_f64().expect("a number")
}

/// The memory of everything that belongs to the window, in MiB, after it has come to rest.
async fn rest(house: &House) -> f64 {
    tokio::time::sleep(REST).await;
    memory::pss_mib(house.home())
}

/// Closes a window and waits until its program has gone.
async fn end(window: Window, house: &House) {
    let _ = window.client.clone().close().await;
    let began = Instant::now();
    while memory::running(house.home()) > 0 && began.elapsed() < window::PATIENCE {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}
