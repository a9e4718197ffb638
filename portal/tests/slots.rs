//! Slots: what is told as free, and that one of them has one booking.

use std::{collections::HashMap, sync::Arc};

use chrono::TimeDelta;
use fhir::booking::{Appointment, AppointmentStatus, Resource, Slot, SlotStatus, Span};
use portal::{secret, store::StoreError};

use crate::house::{House, house};

#[tokio::test]
async fn a_thousand_clients_on_one_slot_make_one_booking() {
    let Some(house) = House::make(1_000_000.0).await else {
        eprintln!("SKIPPED: PostgreSQL cannot be there");
        return;
    };
    let house = Arc::new(house);
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let other = house.free(&office, &schedule, 15).await;
    let mut clients = Vec::new();
    for number in 0..1_000 {
        let (house, office, schedule) = (house.clone(), office.clone(), schedule.clone());
        // Every third wants a slot that begins within the other.
        let id = if number % 3 == 0 { other.id } else { slot.id };
        clients
            .push(tokio::spawn(async move { house.book(&office, &schedule, id, &format!("+33612{number:06}")).await }));
    }
    let mut outcomes: HashMap<String, usize> = HashMap::new();
    for client in clients {
        let outcome = client.await.unwrap();
        *outcomes.entry(outcome.map_or_else(|error| error.to_string(), |_| "booked".to_owned())).or_default() += 1;
    }
    // The first slot's appointment takes fifteen minutes: the second, which begins then, can be booked as well.
    assert_eq!(outcomes.get("booked"), Some(&2), "{outcomes:?}");
    assert_eq!(outcomes.get("the time is taken"), Some(&998), "{outcomes:?}");
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    assert_eq!(tx.changes(0, 1_000).await.unwrap().len(), 2);
}

/// The same by plain SQL, past every rule of the program: the database alone holds it.
#[tokio::test]
async fn the_schema_itself_lets_one_slot_have_one_booking() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let insert = |start: i64, minutes: i64, party: i64| {
        let (practice, schedule) = (office.practice.uuid(), schedule.clone());
        let start_at = slot.span.start_at + TimeDelta::minutes(start);
        let raw = house.raw.clone();
        async move {
            let mut tx = raw.begin().await.unwrap();
            sqlx::query("SELECT set_config('app.practice', $1, true)")
                .bind(practice.to_string())
                .execute(&mut *tx)
                .await
                .unwrap();
            let done = sqlx::query(
                "INSERT INTO appointment (practice_id, appointment_id, updated_at, status, schedule_id, practitioner_id, site_id, \
                 start_at, end_at, party) VALUES ($1, $2, now(), 'booked', $3, $4, $5, $6, $7, $8)",
            )
            .bind(practice)
            .bind(secret::make_id())
            .bind(schedule.id.0)
            .bind(schedule.practitioner.id.uuid())
            .bind(schedule.site.id.uuid())
            .bind(start_at)
            .bind(start_at + TimeDelta::minutes(minutes))
            .bind(party)
            .execute(&mut *tx)
            .await;
            let done = done.map_err(StoreError::from);
            tx.commit().await.unwrap();
            done.map(|_| ())
        }
    };
    // A patient's; another patient's over it; the practice's over it; one right after it.
    assert_eq!(insert(0, 15, 101).await, Ok(()));
    assert_eq!(insert(10, 15, 102).await, Err(StoreError::Taken));
    assert_eq!(insert(0, 30, 0).await, Err(StoreError::Taken));
    assert_eq!(insert(15, 15, 103).await, Ok(()));
    // The practice's over its own is its affair; a patient's over that is not.
    assert_eq!(insert(60, 15, 0).await, Ok(()));
    assert_eq!(insert(60, 30, 0).await, Ok(()));
    assert_eq!(insert(80, 5, 104).await, Err(StoreError::Taken));
}

#[tokio::test]
async fn the_practice_is_told_of_a_clash_and_its_agenda_wins() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let patients = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let own = house.own(&slot, 1);
    let refused = house.put(&office, "Appointment", own.id.uuid(), &own, &[("if-none-match", "*")]).await;
    assert_eq!((refused.status, refused.word().as_str()), (409, "slot_taken"));
    let told = house.call(&office, "GET", "/fhir/Appointment?_cursor=0", &[], "").await.bundle();
    assert_eq!(told.entry.len(), 1);
    let off = Appointment {
        meta: None,
        status: AppointmentStatus::Cancelled,
        cancelled_by: Some(domain::agenda::CancelledBy::Practice),
        ..patients.clone()
    };
    let off = house.put(&office, "Appointment", patients.id.uuid(), &off, &[("if-match", "W/\"1\"")]).await;
    assert_eq!(off.status, 200, "{}", off.body);
    let won = house.put(&office, "Appointment", own.id.uuid(), &own, &[("if-none-match", "*")]).await;
    assert_eq!(won.status, 201, "{}", won.body);
    house.wait(TimeDelta::seconds(61));
    let words: Vec<&str> = house.messages(&office).await.iter().map(|m| m.template.as_str()).collect();
    assert!(words.contains(&"clash"), "{words:?}");
}

#[tokio::test]
async fn the_practice_overbooks_what_it_has_taken_over_and_no_patient_does() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let patients = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let seen = house.put(&office, "Appointment", patients.id.uuid(), &patients, &[("if-match", "W/\"1\"")]).await;
    assert_eq!((seen.status, seen.etag().as_str()), (200, "W/\"1\""), "taken over as it is");
    let over = house.own(&slot, 1);
    assert_eq!(house.put(&office, "Appointment", over.id.uuid(), &over, &[]).await.status, 201);
    assert_eq!(house.book(&office, &schedule, slot.id, "+33612345679").await, Err(StoreError::Taken));
}

#[tokio::test]
async fn what_is_told_as_free_can_be_booked_and_nothing_else() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slots = [
        house.free(&office, &schedule, 0).await,
        house.free(&office, &schedule, 30).await,
        house.free(&office, &schedule, 60).await,
    ];
    let free = async || -> Vec<_> {
        let answer =
            house.call(&office, "GET", "/fhir/Slot?status=free&start=ge2026-12-07&start=lt2026-12-08", &[], "").await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        let all = answer.bundle().entry.into_iter().map(|e| match e.resource {
            Some(Resource::Slot(slot)) => slot.id,
            _ => panic!("a slot"),
        });
        all.collect()
    };
    assert_eq!(free().await, slots.each_ref().map(|s| s.id));
    // Busy time, without anybody; over the middle one.
    let busy = Slot {
        id: fhir::booking::SlotId(secret::make_id()),
        status: SlotStatus::Busy,
        types: vec![],
        ..slots[1].clone()
    };
    assert_eq!(house.put(&office, "Slot", busy.id.0, &busy, &[]).await.status, 201);
    assert_eq!(house.book(&office, &schedule, slots[1].id, "+33612345678").await, Err(StoreError::Taken));
    house.book(&office, &schedule, slots[0].id, "+33612345678").await.unwrap();
    assert_eq!(free().await, [slots[1].id, slots[2].id], "as told by the practice, less what is booked");
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    let day = slots[0].span.start_at - TimeDelta::hours(5);
    let bookable =
        tx.free_slots(&schedule, schedule.types[0].kind.id, day, day + TimeDelta::days(1), 100).await.unwrap();
    assert_eq!(bookable.iter().map(|f| f.id).collect::<Vec<_>>(), [slots[2].id]);
    drop(tx);
    let gone = format!("/fhir/Slot?schedule=Schedule/{}&start=ge2026-12-07&start=lt2026-12-08", schedule.id.0);
    assert_eq!(house.call(&office, "DELETE", &gone, &[], "").await.status, 204);
    assert!(free().await.is_empty());
    assert_eq!(house.book(&office, &schedule, slots[2].id, "+33612345678").await, Err(StoreError::NotFound));
}

#[tokio::test]
async fn a_slot_that_is_past_or_too_short_is_not_booked() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let short = Slot { span: Span { minutes: 10, ..slot.span }, ..slot.clone() };
    assert_eq!(house.put(&office, "Slot", slot.id.0, &short, &[("if-match", "W/\"1\"")]).await.status, 200);
    assert_eq!(house.book(&office, &schedule, slot.id, "+33612345678").await, Err(StoreError::NotFound));
    assert_eq!(house.put(&office, "Slot", slot.id.0, &slot, &[("if-match", "W/\"2\"")]).await.status, 200);
    house.wait(TimeDelta::days(7));
    assert_eq!(house.book(&office, &schedule, slot.id, "+33612345678").await, Err(StoreError::Taken));
}
