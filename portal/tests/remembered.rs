//! What is remembered of a practitioner's page is never older than what was committed, in this process and in others.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use fhir::booking::{Schedule, SlotStatus};
use portal::{clock::Clock, guard::Guard, memory::Asked, serve::routes, signing::Key, state::Portal, store::Store};

use crate::house::{House, Office, house};

fn path(office: &Office, schedule: &Schedule) -> String {
    format!("/en/{}/s/{}?type={}", office.practice, schedule.id.0, schedule.types[0].kind.id)
}

fn asked(schedule: &Schedule) -> Asked {
    Asked { schedule: schedule.id.0, kind: Some(schedule.types[0].kind.id.uuid()), from: None }
}

/// The page, looked at until it is remembered, and then as it is remembered.
async fn remembered(house: &House, office: &Office, schedule: &Schedule) -> String {
    house.send("GET", &path(office, schedule), &[], "").await;
    assert!(house.portal.memory.look(office.practice, &asked(schedule)).is_ok(), "it is remembered");
    house.send("GET", &path(office, schedule), &[], "").await.body
}

#[tokio::test]
async fn whatever_is_committed_stands_on_the_page_at_once() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let first = house.free(&office, &schedule, 0).await;
    let second = house.free(&office, &schedule, 30).await;
    let third = house.free(&office, &schedule, 60).await;
    let page = async || remembered(&house, &office, &schedule).await;
    let shows = |page: &str, slot: &fhir::booking::Slot| page.contains(&slot.id.0.to_string());
    let before = page().await;
    assert!([&first, &second, &third].iter().all(|slot| shows(&before, slot)));
    // A patient books.
    let booked = house.book(&office, &schedule, first.id, "+33612345678").await.unwrap();
    assert!(!shows(&page().await, &first));
    // The practice puts its own.
    let own = house.own(&second, 7);
    assert_eq!(house.put(&office, "Appointment", own.id.uuid(), &own, &[]).await.status, 201);
    assert!(!shows(&page().await, &second));
    // It is erased, and the time is free again.
    let gone = house.call(&office, "DELETE", &format!("/fhir/Appointment/{}", own.id), &[], "").await;
    assert_eq!(gone.status, 204);
    assert!(shows(&page().await, &second));
    // A slot is told as busy, taken away, put again.
    let busy = fhir::booking::Slot { status: SlotStatus::BusyUnavailable, ..third.clone() };
    assert_eq!(house.put(&office, "Slot", third.id.0, &busy, &[]).await.status, 200);
    assert!(!shows(&page().await, &third));
    assert_eq!(house.put(&office, "Slot", third.id.0, &third, &[]).await.status, 200);
    assert!(shows(&page().await, &third));
    assert_eq!(house.call(&office, "DELETE", &format!("/fhir/Slot/{}", third.id.0), &[], "").await.status, 204);
    assert!(!shows(&page().await, &third));
    // The schedule says something else.
    let mut renamed = schedule.clone();
    renamed.practitioner.name = "Dr Anne Autre".parse().unwrap();
    assert_eq!(house.put(&office, "Schedule", schedule.id.0, &renamed, &[]).await.status, 200);
    assert!(page().await.contains("Dr Anne Autre"));
    // The instruction does.
    let mut instruction = portal::demonstration::instruction();
    (instruction.version, instruction.waiting_list) = (instruction.version + 1, !instruction.waiting_list);
    let waited = page().await.contains("/wait?");
    let put =
        house.call(&office, "PUT", "/practice/instruction", &[], &serde_json::to_string(&instruction).unwrap()).await;
    assert_eq!(put.status, 201, "{}", put.body);
    assert_ne!(page().await.contains("/wait?"), waited);
    // The patient cancels.
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    let held = tx.appointment(booked.id, true).await.unwrap().unwrap();
    tx.cancel_booking(&held, &renamed, house.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(shows(&page().await, &first));
    // The practice is taken out of service.
    assert_eq!(house.call(&office, "POST", "/practice/suspend", &[], "").await.status, 200);
    assert_eq!(house.send("GET", &path(&office, &schedule), &[], "").await.status, 404);
}

#[tokio::test]
async fn what_was_given_up_is_not_forgotten_for() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    remembered(&house, &office, &schedule).await;
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    tx.delete_slot(slot.id).await.unwrap();
    drop(tx);
    assert!(house.portal.memory.look(office.practice, &asked(&schedule)).is_ok(), "nothing was committed");
    assert!(remembered(&house, &office, &schedule).await.contains(&slot.id.0.to_string()));
}

#[tokio::test]
async fn a_time_that_has_passed_is_not_shown_from_memory() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let later = house.free(&office, &schedule, 60).await;
    assert!(remembered(&house, &office, &schedule).await.contains(&slot.id.0.to_string()));
    house.wait(slot.span.start_at - house.now() - chrono::TimeDelta::seconds(30));
    let page = house.send("GET", &path(&office, &schedule), &[], "").await.body;
    assert!(!page.contains(&slot.id.0.to_string()) && page.contains(&later.id.0.to_string()));
}

#[tokio::test]
async fn who_came_late_is_never_shown_the_same_time_again() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    remembered(&house, &office, &schedule).await;
    // Behind the portal's back, so that nothing is told: what is remembered is wrong.
    let mut tx = house.raw.begin().await.unwrap();
    let set = sqlx::query("SELECT set_config('app.practice', $1, true)").bind(office.practice.to_string());
    set.execute(&mut *tx).await.unwrap();
    let busy = sqlx::query("UPDATE slot SET status = 'busy' WHERE practice_id = $1").bind(office.practice.uuid());
    assert_eq!(busy.execute(&mut *tx).await.unwrap().rows_affected(), 1);
    tx.commit().await.unwrap();
    let late = house.send("GET", &format!("{}&taken=1", path(&office, &schedule)), &[], "").await.body;
    assert!(!late.contains(&slot.id.0.to_string()), "{late}");
}

#[tokio::test]
async fn another_process_hears_of_a_booking_and_shows_its_time_no_more() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let store = Store::open(&house.portal_address, 4).await.unwrap();
    let now = house.now();
    let config = portal::config::Config { public_url: house.base.clone(), ..portal::config::Config::default() };
    let other = Portal::new(store, Clock::of(move || now), config, Key::make(), Guard::with_factor(100.0));
    tokio::spawn(portal::changes::hear(other.clone()));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = format!("http://{}", listener.local_addr().unwrap());
    let service = routes(other.clone()).into_make_service_with_connect_info::<std::net::SocketAddr>();
    tokio::spawn(async move { axum::serve(listener, service).await });
    let began = Instant::now();
    let patience = Duration::from_secs(20);
    while !other.memory.hears() {
        assert!(began.elapsed() < patience);
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let elsewhere = house.beside(other.clone(), at);
    let seen = async || elsewhere.send("GET", &path(&office, &schedule), &[], "").await.body;
    assert!(seen().await.contains(&slot.id.0.to_string()));
    assert!(other.memory.look(office.practice, &asked(&schedule)).is_ok(), "the other remembers it");
    let mut news = other.news.subscribe();
    house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let told = tokio::time::timeout(patience, news.recv()).await.expect("the other is told").unwrap();
    assert_eq!(told, office.practice);
    assert!(!seen().await.contains(&slot.id.0.to_string()));
    // While it does not hear, it remembers nothing.
    sqlx::query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()")
        .execute(&sqlx::PgPool::connect(&house.portal_address).await.unwrap())
        .await
        .unwrap();
    let began = Instant::now();
    while other.memory.hears() {
        assert!(began.elapsed() < patience);
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let _ = Arc::strong_count(&other);
}
