//! The agenda through the one door.

use domain::time::day_number;
use semainier_app::commands::agenda::wire::{
    BookWalkInRequest, CancelAppointmentRequest, FindSlotsRequest, MoveAppointmentRequest, SetStatusRequest,
    ShowDaysRequest, ShowMyDayRequest,
};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::{agenda, history};
use semainier_app::store::{self, StoreError};

use crate::house::{House, add_patient, at, book, cast, code, status, verified};

#[tokio::test(flavor = "multi_thread")]
async fn an_overlap_is_refused_unless_it_is_on_purpose() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let first = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    assert_eq!(first.appointment.code.len(), 7);
    assert_eq!(code(book(&desk, &cast, at("2026-11-24T09:40"), false).await), "slot_taken");
    assert_eq!(code(book(&desk, &cast, at("2026-11-24T09:10"), false).await), "done", "touching is not overlapping");
    let over = book(&desk, &cast, at("2026-11-24T09:40"), true).await.expect("overbooked");
    assert!(over.appointment.overbooked);
    assert!(over.warnings.contains(&"patient_booked_twice".to_owned()));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_fifty_desks_at_one_slot_exactly_one_wins() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let cast = std::sync::Arc::new(cast);
    // Two connections to the same file, as two processes would have.
    let second = house.desk().await;
    let mut tasks = Vec::new();
    for number in 0..50 {
        let (desk, cast) = (if number % 2 == 0 { desk.clone() } else { second.clone() }, cast.clone());
        tasks.push(tokio::spawn(async move { code(book(&desk, &cast, at("2026-11-24T10:00"), false).await) }));
    }
    let mut codes = Vec::new();
    for task in tasks {
        codes.push(task.await.expect("no panic"));
    }
    assert_eq!(codes.iter().filter(|code| *code == "done").count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| *code == "slot_taken").count(), 49, "{codes:?}");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_itself_refuses_an_overlap() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let first = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let mut tx = desk.store().write().await.expect("a transaction");
    let mut row = store::agenda::appointment(&mut tx, first.appointment.id).await.expect("read").expect("there");
    row.id = domain::id::AppointmentId::new(desk.make_id());
    row.code = "0000000".to_owned();
    row.starts = row.starts.map(|starts| starts + 5);
    assert_eq!(store::agenda::insert(&mut tx, &row).await, Err(StoreError::SlotTaken));
    row.starts = row.starts.map(|starts| starts + 15);
    assert_eq!(store::agenda::insert(&mut tx, &row).await, Ok(()), "right after it there is room");
    row.revision = 1;
    row.starts = row.starts.map(|starts| starts - 10);
    assert_eq!(store::agenda::update(&mut tx, &row).await, Err(StoreError::SlotTaken), "nor by a move");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_move_a_cancellation_and_a_booking_can_be_undone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let booked = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let id = booked.appointment.id;
    let request = MoveAppointmentRequest {
        id,
        revision: Some(booked.appointment.revision),
        starts: at("2026-11-25T15:00"),
        practitioner_id: None,
        minutes: Some(40),
        overbook: false,
    };
    let moved = agenda::move_appointment(&desk, request.clone()).await.expect("moved");
    assert_eq!((moved.appointment.starts, moved.appointment.minutes), (Some(at("2026-11-25T15:00")), 40));
    assert_eq!(code(agenda::move_appointment(&desk, request).await), "changed_meanwhile");
    let cancel = CancelAppointmentRequest { id, by: "patient".to_owned(), reason: "malade".to_owned() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("the cancellation is undone");
    assert_eq!(status(&desk, id).await, "booked");
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("the move is undone");
    let detail = agenda::show_appointment(&desk, semainier_app::commands::agenda::wire::AppointmentRequest { id })
        .await
        .expect("there");
    assert_eq!(detail.appointment.starts, Some(at("2026-11-24T09:30")));
    assert_eq!(detail.appointment.minutes, 20);
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("the booking is undone");
    assert_eq!(status(&desk, id).await, "deleted");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn undo_does_not_take_a_slot_that_somebody_got_since() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let id = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked").appointment.id;
    let cancel = CancelAppointmentRequest { id, by: "practice".to_owned(), reason: String::new() };
    let cancelled = agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("the slot was free");
    let undo = UndoRequest { sequence: Some(cancelled.sequence) };
    assert_eq!(code(history::undo(&desk, undo).await), "slot_taken");
    assert_eq!(status(&desk, id).await, "cancelled", "nothing half done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_walk_in_joins_the_queue_of_the_day_and_is_called_in_turn() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let urgent = add_patient(&desk, "TAZI", "Meryem", "1990-01-02").await;
    let walk_in = |patient_id, urgency: &str| BookWalkInRequest {
        practitioner_id: cast.practitioner,
        patient_id,
        type_id: None,
        urgency: urgency.to_owned(),
        note: String::new(),
    };
    let first = agenda::book_walk_in(&desk, walk_in(cast.patient, "normal")).await.expect("in the queue");
    let second = agenda::book_walk_in(&desk, walk_in(urgent, "urgent")).await.expect("in the queue");
    assert_eq!((first.appointment.rank, second.appointment.rank), (Some(1), Some(2)));
    let request = ShowMyDayRequest { day: "2026-11-22".to_owned(), practitioner_id: None };
    let day = agenda::show_my_day(&desk, request.clone()).await.expect("the day");
    assert_eq!(day.waiting.len(), 2);
    assert_eq!(day.next, Some(second.appointment.id), "the urgent one first");
    let step = |id, status: &str| SetStatusRequest { id, status: status.to_owned() };
    agenda::set_status(&desk, step(second.appointment.id, "in_consultation")).await.expect("seated");
    agenda::set_status(&desk, step(second.appointment.id, "done")).await.expect("dismissed");
    let day = agenda::show_my_day(&desk, request).await.expect("the day");
    assert_eq!((day.next, day.done, day.to_come), (Some(first.appointment.id), 1, 1));
    let refused = agenda::set_status(&desk, step(first.appointment.id, "no_show")).await;
    assert_eq!(code(refused), "status_refused", "who has arrived cannot be absent");
}

#[tokio::test(flavor = "multi_thread")]
async fn free_slots_are_inside_the_hours_and_touch_nothing() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    for start in ["2026-11-23T09:00", "2026-11-23T09:40", "2026-11-23T10:30"] {
        book(&desk, &cast, at(start), false).await.expect("booked");
    }
    let request = FindSlotsRequest {
        practitioners: vec![],
        type_id: cast.kind,
        minutes: None,
        from: "2026-11-20".to_owned(),
        days: 14,
        part: "morning".to_owned(),
        count: 40,
    };
    let slots = agenda::find_slots(&desk, request).await.expect("slots").slots;
    assert_eq!(slots.first().map(|slot| slot.starts), Some(at("2026-11-23T09:20")), "between two appointments");
    assert!(slots.windows(2).all(|pair| pair[0].starts <= pair[1].starts));
    for slot in &slots {
        assert!(slot.starts.time_of_day_minutes() >= 9 * 60 && slot.starts.time_of_day_minutes() < 12 * 60);
    }
    // Every slot that is proposed can be booked.
    let next = slots[0].starts;
    assert_eq!(code(book(&desk, &cast, next, false).await), "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_shows_open_time_appointments_and_what_is_free() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let request = ShowDaysRequest { from: "2026-11-24".to_owned(), days: 1, practitioners: vec![] };
    let days = agenda::show_days(&desk, request).await.expect("the day");
    assert_eq!(days.columns.len(), 1);
    let column = &days.columns[0];
    assert_eq!((column.open[0].from, column.open[0].to), (540, 1080));
    assert_eq!(column.booked, 1);
    assert_eq!(column.free, 34, "two quarters before, and from 9:50 to 18:00");
    assert_eq!(column.appointments[0].patient, "DUPONT Marie");
    assert_eq!(column.appointments[0].phone, "06 11 22 33 44");
    assert_eq!(day_number(at("2026-11-24T09:30").date()) * 1440 + 570, at("2026-11-24T09:30").minutes());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_history_of_an_appointment_names_who_did_what() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let id = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked").appointment.id;
    let cancel = CancelAppointmentRequest { id, by: "patient".to_owned(), reason: "malade".to_owned() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let detail = agenda::show_appointment(&desk, semainier_app::commands::agenda::wire::AppointmentRequest { id })
        .await
        .expect("there");
    let steps: Vec<&str> = detail.history.iter().map(|step| step.command.as_str()).collect();
    assert_eq!(steps, ["book_appointment", "cancel_appointment"]);
    assert!(detail.history.iter().all(|step| step.user == "Dr Lefèvre"));
    let reason = detail.history[1].changes.iter().find(|change| change.field == "cancel_reason").expect("the reason");
    assert_eq!((reason.before.as_str(), reason.after.as_str()), ("", "malade"));
}
