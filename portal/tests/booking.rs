//! What a patient does, at the store: book, move, cancel, wait; and what is told.

use chrono::TimeDelta;
use fhir::booking::AppointmentStatus;
use portal::store::{MOST_OPEN, StoreError, Template};

use crate::house::house;

#[tokio::test]
async fn an_account_keeps_so_many_open_and_no_more() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    for number in 0..MOST_OPEN {
        let slot = house.free(&office, &schedule, number * 30).await;
        house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    }
    let slot = house.free(&office, &schedule, 600).await;
    assert_eq!(house.book(&office, &schedule, slot.id, "+33612345678").await, Err(StoreError::TooMany));
    assert!(house.book(&office, &schedule, slot.id, "+33612345679").await.is_ok());
}

#[tokio::test]
async fn what_is_moved_or_cancelled_frees_its_time_and_the_practice_hears_of_it() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slots = [house.free(&office, &schedule, 0).await, house.free(&office, &schedule, 30).await];
    let booked = house.book(&office, &schedule, slots[0].id, "+33612345678").await.unwrap();
    let now = house.now();
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    let held = tx.appointment(booked.id, true).await.unwrap().unwrap();
    let moved = tx.move_booking(&held, slots[1].id, &schedule, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!((moved.feed, moved.appointment.span.unwrap().start_at), (2, slots[1].span.start_at));
    // The old time is free, the new one is not.
    assert_eq!(house.book(&office, &schedule, slots[1].id, "+33612345679").await, Err(StoreError::Taken));
    house.book(&office, &schedule, slots[0].id, "+33612345679").await.unwrap();
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    let held = tx.appointment(booked.id, true).await.unwrap().unwrap();
    let off = tx.cancel_booking(&held, &schedule, now).await.unwrap();
    assert_eq!(off.appointment.status, AppointmentStatus::Cancelled);
    let held = tx.appointment(booked.id, true).await.unwrap().unwrap();
    assert_eq!(tx.cancel_booking(&held, &schedule, now).await.unwrap_err(), StoreError::Stale);
    tx.commit().await.unwrap();
    house.book(&office, &schedule, slots[1].id, "+33612345677").await.unwrap();
    let changes = house.call(&office, "GET", "/fhir/Appointment?_cursor=2", &[], "").await.bundle();
    assert_eq!(changes.entry.len(), 3, "each appointment once, as it stands now");
}

#[tokio::test]
async fn messages_tell_when_where_and_with_whom_and_never_why_and_leave_no_trace() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let booked = house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let sent = house.messages(&office).await;
    assert_eq!(sent.len(), 1);
    let text = &sent[0].text.body;
    assert!(text.contains("lundi 7 décembre 2026 à 9 h 00") && text.contains("Vasseur"), "{text}");
    assert!(
        text.contains(&booked.code.unwrap().spoken()) && !text.contains("Consultation") && !text.contains("Martin")
    );
    // The reminder waits for its day, then goes once.
    house.wait(TimeDelta::days(5));
    let sent = house.messages(&office).await;
    assert_eq!(sent.last().unwrap().template, Template::Reminder);
    assert_eq!((house.messages(&office).await.len(), sent.len()), (2, 2));
    let mut tx = house.raw.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.practice', $1, true)")
        .bind(office.practice.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    let left: i64 =
        sqlx::query_scalar("SELECT count(*) FROM message WHERE recipient IS NOT NULL OR parameters IS NOT NULL")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
    assert_eq!(left, 0);
    let mut tx = house.portal.store.begin(office.practice).await.unwrap();
    let usage = tx.usage(chrono::NaiveDate::from_ymd_opt(2026, 12, 1).unwrap()).await.unwrap();
    assert_eq!((usage.get("booking"), usage.get("sms")), (Some(&1), Some(&2)));
}

#[tokio::test]
async fn a_change_that_the_practice_takes_back_in_time_is_not_told() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let a = house.own(&slot, 1);
    let id = a.id.uuid();
    assert_eq!(house.put(&office, "Appointment", id, &a, &[]).await.status, 201);
    assert!(house.messages(&office).await.is_empty(), "it waits for the undo window");
    house.wait(TimeDelta::seconds(61));
    assert_eq!(house.messages(&office).await.len(), 1);
    let off = fhir::booking::Appointment { status: AppointmentStatus::Cancelled, ..a.clone() };
    assert_eq!(house.put(&office, "Appointment", id, &off, &[]).await.status, 200);
    assert_eq!(house.put(&office, "Appointment", id, &a, &[]).await.status, 200);
    house.wait(TimeDelta::seconds(61));
    let words: Vec<&str> = house.messages(&office).await.iter().map(|m| m.template.as_str()).collect();
    assert!(!words.contains(&"cancellation"), "{words:?}");
}
