//! Figures, as JSON lines; left out of ordinary runs: `cargo test --release -p semainier-portal --test portal figures -- --ignored
//! --nocapture`. The portal, PostgreSQL and the clients share the machine.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use domain::{
    agenda::BookingCode,
    id::{AppointmentId, PracticeId},
};
use fhir::booking::{Appointment, Bundle, BundleEntry, BundleKind, Request, Resource, SlotId, Span};
use portal::{demonstration, secret, store::Expect};
use uuid::Uuid;

use crate::house::{House, Office};

fn number(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(otherwise)
}

/// Practices with one schedule and 90 days of slots each, by plain SQL as the owner.
async fn fill(house: &House, practices: usize) -> Vec<(Office, Vec<Uuid>)> {
    let schedule = demonstration::schedule(0);
    let pool = sqlx::PgPool::connect(&house.owner_address).await.unwrap();
    let mut all = Vec::new();
    for n in 0..practices {
        let practice = PracticeId::new(secret::make_id());
        let made = house.owner.add_tenant(practice, "Cabinet", house.now()).await.unwrap();
        let mut office =
            Office { practice, client_id: made.client_id, client_secret: made.client_secret, token: String::new() };
        let mut tx = house.owner.begin(practice).await.unwrap();
        tx.put_instruction(&demonstration::instruction(), house.now()).await.unwrap();
        tx.put_schedule(&schedule, Expect::Anything, house.now()).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = pool.begin().await.unwrap();
        sqlx::query("SELECT set_config('app.practice', $1, true)")
            .bind(practice.to_string())
            .execute(&mut *tx)
            .await
            .unwrap();
        let slots: Vec<Uuid> = sqlx::query_scalar(
            "INSERT INTO slot (practice_id, slot_id, schedule_id, updated_at, status, start_at, end_at, types) \
             SELECT $1, gen_random_uuid(), $2, now(), 'free', t, t + interval '15 minutes', $3 \
             FROM generate_series($4::timestamptz, $4 + interval '89 days', interval '1 day') d, \
             generate_series(d, d + interval '7 hours 45 minutes', interval '15 minutes') t RETURNING slot_id",
        )
        .bind(practice.uuid())
        .bind(schedule.id.0)
        .bind(vec![schedule.types[0].kind.id.uuid()])
        .bind(house.now() + chrono::TimeDelta::days(1))
        .fetch_all(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        if n < 64 {
            office.token = house.token(&office).await;
        }
        all.push((office, slots));
    }
    sqlx::query("ANALYZE slot").execute(&pool).await.unwrap();
    all
}

/// Runs something many times, so many at once; what it took, sorted.
async fn measure<F, T>(what: &str, times: usize, at_once: usize, one: F)
where
    F: Fn(usize) -> T + Send + Sync + 'static,
    T: Future<Output = ()> + Send,
{
    let (one, next) = (Arc::new(one), Arc::new(AtomicUsize::new(0)));
    let began = Instant::now();
    let mut workers = Vec::new();
    for _ in 0..at_once {
        let (one, next) = (one.clone(), next.clone());
        workers.push(tokio::spawn(async move {
            let mut took = Vec::new();
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= times {
                    return took;
                }
                let began = Instant::now();
                one(n).await;
                took.push(began.elapsed());
            }
        }));
    }
    let mut took: Vec<Duration> = Vec::new();
    for worker in workers {
        took.extend(worker.await.unwrap());
    }
    let whole = began.elapsed();
    took.sort_unstable();
    let at = |part: usize| took[(took.len() * part / 100).min(took.len() - 1)].as_secs_f64() * 1_000.0;
    println!(
        "{{\"figure\":\"{what}\",\"per_second\":{:.0},\"p50_ms\":{:.1},\"p99_ms\":{:.1},\"count\":{times},\"at_once\":{at_once}}}",
        times as f64 / whole.as_secs_f64(),
        at(50),
        at(99)
    );
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement"]
async fn figures() {
    let Some(house) = House::make(1_000_000.0).await else { return };
    let house = Arc::new(house);
    let practices = number("SEMAINIER_FIGURES_PRACTICES", 1_000);
    let began = Instant::now();
    let all = Arc::new(fill(&house, practices).await);
    println!("{{\"figure\":\"filled\",\"practices\":{practices},\"seconds\":{:.1}}}", began.elapsed().as_secs_f64());
    let schedule = demonstration::schedule(0);
    let kind = schedule.types[0].kind.id;
    let times = number("SEMAINIER_FIGURES_TIMES", 4_000);

    let (h, a, s) = (house.clone(), all.clone(), schedule.clone());
    measure("search_in_store", times, 32, move |n| {
        let (h, practice, s) = (h.clone(), a[n * 7 % a.len()].0.practice, s.clone());
        async move {
            let now = h.now();
            let mut tx = h.portal.store.begin(practice).await.unwrap();
            let found = tx.free_slots(&s, kind, now, now + chrono::TimeDelta::days(14), 600).await.unwrap();
            assert!(!found.is_empty());
        }
    })
    .await;
    let (h, a, s) = (house.clone(), all.clone(), schedule.clone());
    measure("search_page", times, 32, move |n| {
        let (h, practice, id) = (h.clone(), a[n * 7 % a.len()].0.practice, s.id.0);
        async move {
            let page = h.send("GET", &format!("/fr/{practice}/s/{id}?type={kind}"), &[], "").await;
            assert_eq!(page.status, 200);
        }
    })
    .await;
    let (h, a) = (house.clone(), all.clone());
    measure("search_fhir", times, 32, move |n| {
        let (h, office) = (h.clone(), a[n % a.len().min(64)].0.clone());
        async move {
            let from = (h.now() + chrono::TimeDelta::days(1)).format("%Y-%m-%dT%H:%M:%SZ");
            let answer =
                h.call(&office, "GET", &format!("/fhir/Slot?status=free&start=ge{from}&_count=50"), &[], "").await;
            assert_eq!(answer.status, 200);
        }
    })
    .await;
    let (h, a, s) = (house.clone(), all.clone(), schedule.clone());
    measure("first_sync_batches_of_500", times / 400, 1, move |n| {
        let (h, office, s) = (h.clone(), a[0].0.clone(), s.clone());
        async move {
            let mut batch = Bundle::new(BundleKind::Batch);
            for entry in 0..500 {
                let number = n * 500 + entry;
                let start_at = h.now() + chrono::TimeDelta::days(120) + chrono::TimeDelta::minutes(15 * number as i64);
                let appointment = Appointment {
                    id: AppointmentId::new(secret::make_id()),
                    code: Some(BookingCode::from_number(number as u32)),
                    practitioner: s.practitioner.id,
                    span: Some(Span { start_at, minutes: 15 }),
                    ..demonstration::appointment()
                };
                let url = format!("Appointment?identifier=urn:ietf:rfc:3986|urn:uuid:{}", appointment.id);
                batch.entry.push(BundleEntry {
                    resource: Some(Resource::Appointment(Box::new(appointment))),
                    request: Some(Request {
                        method: "PUT".into(),
                        url,
                        if_match: None,
                        if_none_match: Some("*".into()),
                    }),
                    response: None,
                });
            }
            let answer = h.call(&office, "POST", "/fhir", &[], &serde_json::to_string(&batch).unwrap()).await;
            assert_eq!(answer.status, 200, "{}", answer.body);
            let made = answer.bundle().entry.iter().filter(|e| e.response.as_ref().unwrap().status == "201").count();
            assert_eq!(made, 500);
        }
    })
    .await;
    let (h, a, s) = (house.clone(), all.clone(), schedule.clone());
    measure("book_in_store", times, 32, move |n| {
        let (h, a, s) = (h.clone(), a.clone(), s.clone());
        async move {
            let (office, slots) = &a[n % a.len()];
            let slot = SlotId(slots[n / a.len()]);
            h.book(office, &s, slot, &format!("+33612{n:06}")).await.unwrap();
        }
    })
    .await;
}
