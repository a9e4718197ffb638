//! The figures: each operation through the one door, on a seeded vault, with a yardstick in the same run. JSON lines.
//!
//! `SEMAINIER_BENCH_PATIENTS` and `SEMAINIER_BENCH_APPOINTMENTS` change the size (100,000 and 1,000,000);
//! `SEMAINIER_BENCH_ONLY` leaves all out but one of `record`, `portability`, `retention`, `papers`, `drugs`,
//! `archive`, `agenda`. The window's own figures are measured by `scripts/bench.sh`.

mod archive;
mod drugs;
mod papers;
mod portability;
mod prescriptions;
mod record;
mod retention;
mod saying;
mod searching;
mod series;

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Datelike, Days, Utc, Weekday};
use domain::agenda::rebooking::Preference;
use domain::country::Country;
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId};
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::{BookAppointmentRequest, FindSlotsRequest, ShowDaysRequest};
use semainier_app::commands::clock::FixedClock;
use semainier_app::commands::entrance::doorstep::Surroundings;
use semainier_app::commands::entrance::wire::{CreatePracticeRequest, SignInRequest};
use semainier_app::commands::entrance::{create, sign_in};
use semainier_app::commands::overview::wire::ShowMonthRequest;
use semainier_app::commands::planning::wire::ProposeRebookingRequest;
use semainier_app::commands::practice::wire::AddAbsenceRequest;
use semainier_app::commands::statistics::wire::ShowStatisticsRequest;
use semainier_app::commands::takeover::seed::{Dice, Plan, seed};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, Doorstep, agenda, overview, practice, statistics};
use semainier_app::store;
use semainier_app::vault::{Costs, MemoryKeyring, Password, VaultFile};

use saying::{round, say, spread};

const PASSWORD: &str = "Zebre-Calme#2026!";

fn main() {
    // Cargo passes `--bench`; a test run asks for nothing to be measured.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let size =
        |name: &str, standard: u32| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(standard);
    let patients = size("SEMAINIER_BENCH_PATIENTS", 100_000);
    let appointments = size("SEMAINIER_BENCH_APPOINTMENTS", 1_000_000);
    let only = std::env::var("SEMAINIER_BENCH_ONLY").ok();
    let asked = |part: &str| only.as_deref().is_none_or(|only| only == part);
    if asked("record") {
        runtime.block_on(record::figures());
    }
    if asked("portability") {
        runtime.block_on(portability::figures());
    }
    if asked("retention") {
        runtime.block_on(retention::figures(patients, appointments));
    }
    if asked("papers") {
        papers::prescriptions();
    }
    if asked("drugs") {
        runtime.block_on(drugs::figures());
    }
    if asked("archive") {
        runtime.block_on(archive::figures(size("SEMAINIER_BENCH_ARCHIVE", 1_000)));
    }
    if !asked("agenda") {
        return;
    }
    let small = runtime.block_on(run(patients, appointments / 100));
    let large = runtime.block_on(run(patients, appointments));
    for (few, many) in small.iter().zip(&large) {
        println!(
            "{}",
            serde_json::json!({ "figure": "growth", "operation": many.0, "times": round(many.1 / few.1), "at_most": 2.0 })
        );
    }
}

fn doorstep(folder: &Path, keyring: &Arc<MemoryKeyring>, now: DateTime<Utc>) -> Doorstep {
    Doorstep::new(Surroundings {
        folder: folder.to_owned(),
        demonstration: folder.with_file_name("demonstration"),
        clock: Arc::new(FixedClock(now)),
        keyring: keyring.clone(),
        workstation: "bench".to_owned(),
        os_account: "bench".to_owned(),
        costs: Costs::FLOOR,
    })
}

fn practice_request() -> CreatePracticeRequest {
    CreatePracticeRequest {
        practice: "Cabinet".to_owned(),
        country: Country::FR,
        site: String::new(),
        zone: "Europe/Paris".to_owned(),
        login: "bench".to_owned(),
        name: "Dr Bench".to_owned(),
        role: "practitioner".to_owned(),
        speciality: String::new(),
        password: PASSWORD.to_owned(),
        language: "fr".to_owned(),
    }
}

async fn run(patients: u32, appointments: u32) -> Vec<(String, f64)> {
    // On the disk of the build, not in memory: durability is part of the price.
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = place.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    create::make_practice(&doorstep(&folder, &keyring, now), practice_request(), false).await.expect("a practice");
    let desk = open(&folder, &keyring, now).await.0;
    let began = Instant::now();
    // As full a day whatever their number: 27 a practitioner, 137 a day of five. A million fills fourteen years.
    let days = u32::try_from(u64::from(appointments) * 7 / (5 * 274)).expect("a number of days");
    let ahead = (days / 2).min(365);
    let plan = Plan {
        patients,
        appointments,
        practitioners: 10,
        days_back: days - ahead,
        days_ahead: ahead,
        seed: 1,
        open_today: false,
    };
    seed(&desk, plan).await.expect("seeded");
    println!(
        "{}",
        serde_json::json!({ "figure": "seed", "appointments": appointments, "seconds": round(began.elapsed().as_secs_f64()) })
    );
    let practice = practice::show_practice(&desk, NothingRequest {}).await.expect("the practice");
    let practitioners: Vec<PractitionerId> = practice.practitioners.iter().map(|one| one.id).collect();
    let kind = practice.types[0].id;
    let people = store::patient::page(&mut desk.store().read().await.expect("a connection"), 0, 2_000).await;
    let people: Vec<PatientId> = people.expect("patients").into_iter().map(|one| one.id).collect();
    let mut figures = Vec::new();
    figures.push(bookings(&desk, appointments, &practitioners, kind, &people).await);
    figures.push(day(&desk, appointments, &practitioners[..5], u64::from(days)).await);
    figures.push(searching::patients(&desk, appointments).await);
    figures.push(searching::boxes(&desk, appointments, kind).await);
    figures.push(slots(&desk, appointments, &practitioners[..5], kind).await);
    figures.push(month(&desk, appointments, u64::from(days)).await);
    figures.push(density(&desk, appointments, u64::from(days)).await);
    figures.push(rebooking(&desk, appointments, practitioners[0]).await);
    figures.push(series::preview(&desk, appointments, (practitioners[0], kind, people[0])).await);
    desk.anchor().await;
    desk.store().close().await;
    drop(desk);
    openings(&folder, &keyring, now, appointments).await;
    figures
}

async fn open(folder: &Path, keyring: &Arc<MemoryKeyring>, now: DateTime<Utc>) -> (Arc<Desk>, Duration) {
    let doorstep = doorstep(folder, keyring, now);
    let request = SignInRequest { login: "bench".to_owned(), password: PASSWORD.to_owned() };
    let began = Instant::now();
    let desk = sign_in::open(&doorstep, request).await.expect("signed in").0;
    (desk, began.elapsed())
}

/// Booking through the door, and as the yardstick the bare row in a transaction of its own.
async fn bookings(
    desk: &Desk,
    appointments: u32,
    practitioners: &[PractitionerId],
    kind: TypeId,
    people: &[PatientId],
) -> (String, f64) {
    let mut dice = Dice::new(3);
    let (mut door, mut bare) = (Vec::new(), Vec::new());
    let first = (desk.wall_now().date() + Days::new(500)).and_hms_opt(8, 0, 0).expect("a time");
    for number in 0..600_i64 {
        let starts = WallTime::new(first).plus_minutes(number / 40 * 1440 + number % 40 * 15);
        let practitioner = practitioners[usize::try_from(dice.below(10)).unwrap_or(0) % practitioners.len()];
        let patient = people[usize::try_from(dice.below(people.len() as u64)).unwrap_or(0)];
        let request = BookAppointmentRequest {
            practitioner_id: practitioner,
            patient_id: Some(patient),
            type_id: kind,
            starts,
            minutes: Some(15),
            origin: "phone".to_owned(),
            overbook: false,
            note: String::new(),
            contact_name: String::new(),
            contact_phone: String::new(),
            never_sync: false,
        };
        let began = Instant::now();
        let booked = agenda::book_appointment(desk, request).await.expect("booked");
        door.push(began.elapsed());
        let mut read = desk.store().read().await.expect("a connection");
        let mut row = store::agenda::appointment(&mut read, booked.appointment.id).await.expect("read").expect("there");
        drop(read);
        row.id = AppointmentId::new(desk.make_id());
        // Codes of books end in a check character: these can never meet one.
        row.code = format!("!{number:06}");
        row.starts = row.starts.map(|starts| starts + 200 * 1440);
        row.day += 200;
        let began = Instant::now();
        let mut tx = desk.store().write().await.expect("a transaction");
        store::agenda::insert(&mut tx, &row).await.expect("inserted");
        tx.commit().await.expect("committed");
        bare.push(began.elapsed());
    }
    let yardstick = say("bare insert, durable (yardstick)", appointments, &mut bare, 0.23.into());
    let booked = say("book", appointments, &mut door, 0.5.into());
    println!(
        "{}",
        serde_json::json!({
            "figure": "book against the yardstick", "appointments": appointments,
            "times": round(booked.1 / yardstick.1), "at_most": 2.5,
        })
    );
    booked
}

/// A day of the weeks around today, as a desk leafs through them; then days anywhere, which no cache holds.
async fn day(desk: &Desk, appointments: u32, practitioners: &[PractitionerId], days: u64) -> (String, f64) {
    let near = days_within(desk, appointments, practitioners, 17.min(days / 2), "one day of five practitioners").await;
    if days > 1_000 {
        days_within(desk, appointments, practitioners, days / 2, "the same anywhere in all years").await;
    }
    near
}

async fn days_within(
    desk: &Desk,
    appointments: u32,
    practitioners: &[PractitionerId],
    reach: u64,
    figure: &str,
) -> (String, f64) {
    let mut dice = Dice::new(5);
    let mut times = Vec::new();
    let mut rows = 0;
    for _ in 0..400 {
        let mut day = desk.wall_now().date() - Days::new(dice.below(reach));
        while matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
            day = day + Days::new(1);
        }
        let request = ShowDaysRequest { from: day.to_string(), days: 1, practitioners: practitioners.to_vec() };
        let began = Instant::now();
        let view = agenda::show_days(desk, request).await.expect("the day");
        let text = serde_json::to_string(&view).expect("JSON");
        times.push(began.elapsed());
        rows = view.columns.iter().map(|column| column.appointments.len()).sum::<usize>();
        assert!(!text.is_empty());
    }
    println!("{}", serde_json::json!({ "figure": "rows of a day", "appointments": appointments, "rows": rows }));
    say(figure, appointments, &mut times, serde_json::json!({ "median": 0.45, "p99": 1.0 }))
}

/// How full a month of ten practitioners is, six weeks as the screen shows them.
async fn density(desk: &Desk, appointments: u32, days: u64) -> (String, f64) {
    let mut dice = Dice::new(11);
    let mut times = Vec::new();
    for _ in 0..200 {
        let from = desk.wall_now().date() - Days::new(dice.below(days / 2));
        let request = ShowMonthRequest {
            from: from.to_string(),
            days: 42,
            practitioners: Vec::new(),
            types: Vec::new(),
            statuses: Vec::new(),
            site_id: None,
        };
        let began = Instant::now();
        let view = overview::show_month(desk, request).await.expect("the month");
        let text = serde_json::to_string(&view).expect("JSON");
        times.push(began.elapsed());
        assert!(view.cells.iter().any(|cell| cell.booked > 0) && !text.is_empty());
    }
    say("month density of ten practitioners", appointments, &mut times, serde_json::json!({ "p99": 20.0 }))
}

/// The statistics of a month of ten practitioners, with those of the month before.
async fn month(desk: &Desk, appointments: u32, days: u64) -> (String, f64) {
    let mut dice = Dice::new(7);
    let mut times = Vec::new();
    for _ in 0..60 {
        let request = ShowStatisticsRequest {
            period: "month".to_owned(),
            on: (desk.wall_now().date() - Days::new(dice.below(days / 2))).to_string(),
            until: None,
            practitioners: Vec::new(),
            types: Vec::new(),
        };
        let began = Instant::now();
        let view = statistics::show_statistics(desk, request).await.expect("figures");
        times.push(began.elapsed());
        assert!(view.total.appointments > 0);
    }
    say("statistics of a month", appointments, &mut times, serde_json::json!({ "median": 100.0 }))
}

/// Sixty days of five practitioners of which the first forty are full.
async fn slots(desk: &Desk, appointments: u32, practitioners: &[PractitionerId], kind: TypeId) -> (String, f64) {
    let first = desk.wall_now().date() + Days::new(900);
    let mut tx = desk.store().write().await.expect("a transaction");
    let practice = store::practice::sites(&mut tx).await.expect("sites");
    let mut number = 0;
    for day in 0..40 {
        let date = first + Days::new(day);
        if matches!(date.weekday(), Weekday::Sat | Weekday::Sun) {
            continue;
        }
        for practitioner in practitioners {
            for (from, count) in [(8 * 60, 18), (14 * 60, 20)] {
                for place in 0..count {
                    let starts = WallTime::at(date, from).plus_minutes(place * 15).minutes();
                    let row = bare_row(desk, *practitioner, practice[0].id, kind, starts, number);
                    store::agenda::insert(&mut tx, &row).await.expect("inserted");
                    number += 1;
                }
            }
        }
    }
    tx.commit().await.expect("committed");
    let mut times = Vec::new();
    for _ in 0..300 {
        let request = FindSlotsRequest {
            practitioners: practitioners.to_vec(),
            type_id: kind,
            minutes: Some(15),
            from: first.to_string(),
            days: 60,
            part: "any".to_owned(),
            count: 10,
        };
        let began = Instant::now();
        let found = agenda::find_slots(desk, request).await.expect("slots").slots;
        times.push(began.elapsed());
        assert_eq!(found.len(), 10);
        assert!(found[0].starts.date() >= first + Days::new(40));
    }
    say("next ten free slots", appointments, &mut times, serde_json::json!({ "median": 1.5, "p99": 4.0 }))
}

fn bare_row(
    desk: &Desk,
    practitioner_id: PractitionerId,
    site_id: domain::id::SiteId,
    type_id: TypeId,
    starts: i64,
    number: u32,
) -> store::agenda::Appointment {
    use domain::agenda::status::{Origin, Status, Urgency};
    store::agenda::Appointment {
        id: AppointmentId::new(desk.make_id()),
        code: format!("?{number:06}"),
        practitioner_id,
        site_id,
        patient_id: None,
        type_id,
        day: starts.div_euclid(1440),
        starts: Some(starts),
        queue_rank: None,
        minutes: 15,
        status: Status::Booked,
        origin: Origin::Desk,
        urgency: Urgency::Normal,
        overbooked: false,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        cancelled_by: None,
        cancel_reason: String::new(),
        cancelled_late: false,
        arrived: None,
        seated: None,
        dismissed: None,
        external_uid: None,
        revision: 1,
        buffer_minutes: 0,
        provider_parts: Vec::new(),
        resources: Vec::new(),
    }
}

/// Proposals for everybody whom two weeks of absence hit, in the full days of the search for slots.
async fn rebooking(desk: &Desk, appointments: u32, practitioner_id: PractitionerId) -> (String, f64) {
    let first = desk.wall_now().date() + Days::new(900);
    let request = AddAbsenceRequest {
        practitioner_id,
        starts: format!("{first}T00:00"),
        ends: format!("{}T00:00", first + Days::new(12)),
        label: String::new(),
    };
    let absence = practice::add_absence(desk, request).await.expect("an absence").id.parse().expect("an id");
    let mut times = Vec::new();
    for _ in 0..10 {
        let request = ProposeRebookingRequest { absence_id: absence, preference: Preference::Practitioner, count: 3 };
        let began = Instant::now();
        let view = agenda::propose_rebooking(desk, request).await.expect("proposals");
        times.push(began.elapsed());
        assert!(view.hits.len() >= 300, "{}", view.hits.len());
        assert!(view.hits.iter().all(|hit| hit.proposals.len() == 3));
    }
    say("rebooking of a two-week absence proposed", appointments, &mut times, 1000.into())
}

/// Opening and signing in, less what Argon2 takes (measured beside it on the same file).
async fn openings(folder: &Path, keyring: &Arc<MemoryKeyring>, now: DateTime<Utc>, appointments: u32) {
    let mut times = Vec::new();
    for _ in 0..9 {
        let file = VaultFile::load(folder).expect("vault.json");
        let doorstep = doorstep(folder, keyring, now);
        let password = Password::new(PASSWORD.to_owned());
        let began = Instant::now();
        file.sign_in("bench", &password, &doorstep.here()).expect("the password is right");
        let stretched = began.elapsed();
        let (desk, whole) = open(folder, keyring, now).await;
        desk.store().close().await;
        times.push(whole.saturating_sub(stretched));
    }
    say("open and sign in, Argon2id apart", appointments, &mut times, 50.into());
}
