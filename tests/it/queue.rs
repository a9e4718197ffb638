//! The waiting room through the one door: order, expected wait, calling, the wall display.

use domain::id::{AppointmentId, PractitionerId};
use semainier_app::commands::agenda::wire::{BookWalkInRequest, SetStatusRequest};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::queue::wire::{
    CallNextRequest, PlaceInQueueRequest, RoomView, SetWaitingRoomRequest, WaitingRoomView,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, agenda, history, queue};

use crate::house::{Cast, House, add_patient, at, book, cast, code, status, verified};

async fn walk_in(desk: &Desk, cast: &Cast, surname: &str, urgency: &str) -> AppointmentId {
    let patient_id = add_patient(desk, surname, "Yassine", "1980-01-02").await;
    let request = BookWalkInRequest {
        practitioner_id: cast.practitioner,
        patient_id,
        type_id: Some(cast.kind),
        urgency: urgency.to_owned(),
        note: String::new(),
    };
    agenda::book_walk_in(desk, request).await.expect("in the queue").appointment.id
}

async fn room(desk: &Desk) -> WaitingRoomView {
    queue::show_waiting_room(desk, NothingRequest {}).await.expect("the waiting room")
}

async fn order(desk: &Desk) -> Vec<AppointmentId> {
    room(desk).await.waiting.iter().map(|one| one.appointment.id).collect()
}

fn next(practitioner_id: PractitionerId, finish: bool) -> CallNextRequest {
    CallNextRequest { practitioner_id, finish }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_next_is_called_by_one_command_and_each_step_can_be_undone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    assert_eq!(code(queue::call_next(&desk, next(cast.practitioner, true)).await), "nobody_waits");
    let first = walk_in(&desk, &cast, "ALAOUI", "normal").await;
    let second = walk_in(&desk, &cast, "BERRADA", "normal").await;
    let urgent = walk_in(&desk, &cast, "TAZI", "urgent").await;
    assert_eq!(order(&desk).await, [urgent, first, second]);
    let waits: Vec<_> = room(&desk).await.waiting.iter().map(|one| one.expected).collect();
    let minutes = room(&desk).await.waiting[0].appointment.minutes;
    assert_eq!(waits, [Some(0), Some(minutes), Some(2 * minutes)], "each waits for those before");

    let called = queue::call_next(&desk, next(cast.practitioner, true)).await.expect("called");
    assert_eq!((called.appointment.id, called.appointment.status.as_str()), (urgent, "in_consultation"));
    let seated = room(&desk).await;
    assert_eq!(seated.seated.len(), 1);
    assert_eq!(seated.waiting[0].expected, Some(minutes), "the consultation under way counts");
    queue::call_next(&desk, next(cast.practitioner, true)).await.expect("called");
    assert_eq!(status(&desk, urgent).await, "done", "whoever was in there is done");
    assert_eq!(status(&desk, first).await, "in_consultation");
    queue::call_next(&desk, next(cast.practitioner, false)).await.expect("called into a second room");
    assert_eq!(room(&desk).await.seated.len(), 2);
    let undo = || history::undo(&desk, UndoRequest { sequence: None });
    undo().await.expect("the third call");
    assert_eq!(status(&desk, second).await, "arrived");
    undo().await.expect("the second call");
    undo().await.expect("the end of the first consultation");
    assert_eq!((status(&desk, first).await, status(&desk, urgent).await), ("arrived".into(), "in_consultation".into()));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_desks_that_call_at_once_each_gets_somebody_else() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    for number in 0..6 {
        walk_in(&desk, &cast, &format!("PATIENT {number}"), "normal").await;
    }
    let second = house.desk().await;
    let mut tasks = Vec::new();
    for number in 0..6 {
        let desk = if number % 2 == 0 { desk.clone() } else { second.clone() };
        let request = next(cast.practitioner, false);
        tasks.push(tokio::spawn(async move { queue::call_next(&desk, request).await.map(|it| it.appointment.id) }));
    }
    let mut called = Vec::new();
    for task in tasks {
        called.push(task.await.expect("no panic").expect("somebody waits"));
    }
    called.sort_unstable();
    called.dedup();
    assert_eq!(called.len(), 6, "nobody was called twice");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_order_given_by_hand_is_kept_and_can_be_undone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let one = walk_in(&desk, &cast, "ALAOUI", "normal").await;
    let two = walk_in(&desk, &cast, "BERRADA", "normal").await;
    // A timed appointment stands in the same queue.
    let timed = book(&desk, &cast, at("2026-11-22T10:00"), false).await.expect("booked").appointment.id;
    let arrived = SetStatusRequest { id: timed, status: "arrived".to_owned() };
    agenda::set_status(&desk, arrived).await.expect("arrived");
    assert_eq!(order(&desk).await, [timed, one, two], "at the same arrival the appointment goes first");
    let place = |id, before| queue::place_in_queue(&desk, PlaceInQueueRequest { id, before });
    let first = place(two, Some(timed)).await.expect("put first").sequence;
    assert_eq!(order(&desk).await, [two, timed, one]);
    let second = place(timed, None).await.expect("put last").sequence;
    assert_eq!(order(&desk).await, [two, one, timed]);
    let urgent = walk_in(&desk, &cast, "TAZI", "urgent").await;
    assert_eq!(order(&desk).await, [urgent, two, one, timed], "who comes later takes the place of the rule");
    assert_eq!(code(place(urgent, Some(desk_id())).await), "not_waiting");
    let undo = |sequence| history::undo(&desk, UndoRequest { sequence });
    assert_eq!(code(undo(first).await), "changed_meanwhile", "another order was given since");
    undo(second).await.expect("the second order");
    assert_eq!(order(&desk).await, [urgent, two, timed, one]);
    undo(first).await.expect("the first order");
    assert_eq!(order(&desk).await, [urgent, timed, one, two]);
    assert!(verified(&desk).await);
}

fn desk_id() -> AppointmentId {
    "018f3c2a-7d00-7c1e-9a41-5b6c7d8e9f0a".parse().expect("an identifier")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_says_when_a_wait_is_too_long() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    assert_eq!(room(&desk).await.settings.over_wait_minutes, 25);
    let request = SetWaitingRoomRequest {
        over_wait_minutes: 40,
        wall_languages: vec!["fr".to_owned(), "ar".to_owned()],
        wall_locks: false,
        rooms: vec![RoomView { practitioner_id: cast.practitioner, room: " Salle 2 ".to_owned() }],
    };
    queue::set_waiting_room(&desk, request.clone()).await.expect("set");
    let settings = room(&desk).await.settings;
    assert_eq!((settings.over_wait_minutes, settings.wall_locks), (40, false));
    assert_eq!(settings.rooms[0].room, "Salle 2");
    let wrong = |change: fn(&mut SetWaitingRoomRequest)| {
        let mut request = request.clone();
        change(&mut request);
        queue::set_waiting_room(&desk, request)
    };
    assert_eq!(code(wrong(|it| it.over_wait_minutes = 4).await), "out_of_range");
    assert_eq!(code(wrong(|it| it.wall_languages = vec!["fr".into(), "fr".into()]).await), "unknown_word");
    assert_eq!(code(wrong(|it| it.wall_languages.clear()).await), "unknown_word");
    assert_eq!(code(wrong(|it| it.rooms[0].room = "x".repeat(41)).await), "too_long");
    // An hour later somebody who came then has waited longer than 40 minutes.
    walk_in(&desk, &cast, "ALAOUI", "normal").await;
    let later = house.doorstep_at(crate::house::now() + chrono::TimeDelta::minutes(41));
    let request = semainier_app::commands::entrance::wire::SignInRequest {
        login: "lefevre".to_owned(),
        password: crate::house::PASSWORD.to_owned(),
    };
    let (later, _) = semainier_app::commands::entrance::sign_in::open(&later, request).await.expect("signed in");
    let waiting = room(&later).await.waiting;
    assert_eq!((waiting[0].waited, waiting[0].over), (41, true));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_wall_display_says_codes_and_never_a_name() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let show = || queue::show_wall_display(&desk, NothingRequest {});
    assert!(show().await.expect("the wall").lines.is_empty());
    walk_in(&desk, &cast, "ALAOUIBENNANI", "normal").await;
    walk_in(&desk, &cast, "BERRADAFASSI", "normal").await;
    let called = queue::call_next(&desk, next(cast.practitioner, true)).await.expect("called");
    let wall = show().await.expect("the wall");
    assert_eq!(wall.lines.len(), 1);
    assert_eq!(wall.lines[0].called[0].code, called.spoken_code);
    assert!(wall.lines[0].called[0].fresh);
    assert_eq!((wall.lines[0].next.len(), wall.lines[0].waiting), (1, 1));
    let said = serde_json::to_string(&wall).expect("JSON");
    for word in ["ALAOUI", "BERRADA", "Yassine", "1980", "0611", "06 11"] {
        assert!(!said.contains(word), "the wall says {word}");
    }
}
