//! The agenda from further away, through the one door.

use domain::id::AppointmentId;
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::{
    BookAppointmentRequest, CancelAppointmentRequest, MoveAppointmentRequest, SetStatusRequest,
    UpdateAppointmentRequest,
};
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::overview::wire::{
    ListAppointmentsRequest, PinRequest, PrintListRequest, PrintWeekRequest, SearchAgendaRequest, ShowChangesRequest,
    ShowMonthRequest,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, access, agenda, history, overview};

use crate::house::{Cast, House, OTHER, add_patient, at, book, cast, code, known, verified};

fn listed(from: &str, days: i64) -> ListAppointmentsRequest {
    ListAppointmentsRequest {
        from: from.to_owned(),
        days,
        practitioners: Vec::new(),
        types: Vec::new(),
        statuses: Vec::new(),
        site_id: None,
    }
}

async fn moved(desk: &Desk, id: AppointmentId, starts: WallTime) -> bool {
    let request =
        MoveAppointmentRequest { id, revision: None, starts, practitioner_id: None, minutes: None, overbook: false };
    agenda::move_appointment(desk, request).await.is_ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_tells_booked_and_open_minutes_of_each_day() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let one = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    let gone = book(&desk, &cast, at("2026-11-24T10:30"), false).await.expect("booked");
    let cancel = CancelAppointmentRequest { id: gone.appointment.id, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let request = |days| ShowMonthRequest {
        from: "2026-11-01".to_owned(),
        days,
        practitioners: Vec::new(),
        types: Vec::new(),
        statuses: Vec::new(),
        site_id: None,
    };
    let month = overview::show_month(&desk, request(30)).await.expect("the month");
    assert_eq!(month.cells.len(), 30);
    let day = |date: &str| month.cells.iter().find(|cell| cell.day == date).expect("the day").clone();
    let tuesday = day("2026-11-24");
    assert_eq!((tuesday.booked, tuesday.booked_minutes, tuesday.open_minutes), (1, one.appointment.minutes, 540));
    assert_eq!((day("2026-11-22").open_minutes, day("2026-11-23").booked), (0, 0), "closed on Sundays");
    assert_eq!(code(overview::show_month(&desk, request(43)).await), "out_of_range");
    let absence = semainier_app::commands::practice::wire::AddAbsenceRequest {
        practitioner_id: cast.practitioner,
        starts: "2026-11-25T00:00".to_owned(),
        ends: "2026-11-25T13:00".to_owned(),
        label: String::new(),
    };
    semainier_app::commands::practice::add_absence(&desk, absence).await.expect("away");
    let month = overview::show_month(&desk, request(30)).await.expect("the month");
    let wednesday = month.cells.iter().find(|cell| cell.day == "2026-11-25").expect("the day");
    assert_eq!(wednesday.open_minutes, 300, "an absence takes its hours out");
    // Narrowed: what is booked is of that alone, the hours stay.
    let narrowed = async |request: ShowMonthRequest| {
        let month = overview::show_month(&desk, request).await.expect("the month");
        let cell = month.cells.iter().find(|cell| cell.day == "2026-11-24").expect("the day").clone();
        (cell.booked, cell.open_minutes)
    };
    let other = crate::types::add_type(&desk, crate::types::plain("Suivi", 20)).await;
    assert_eq!(narrowed(ShowMonthRequest { types: vec![other], ..request(30) }).await, (0, 540));
    assert_eq!(narrowed(ShowMonthRequest { types: vec![other, cast.kind], ..request(30) }).await, (1, 540));
    assert_eq!(narrowed(ShowMonthRequest { statuses: vec!["confirmed".to_owned()], ..request(30) }).await, (0, 540));
    let both = vec!["booked".to_owned(), "cancelled".to_owned()];
    assert_eq!(narrowed(ShowMonthRequest { statuses: both, ..request(30) }).await, (2, 540));
    let site = |id| ShowMonthRequest { site_id: Some(id), ..request(30) };
    assert_eq!(narrowed(site(one.appointment.site_id)).await, (1, 540));
    assert_eq!(narrowed(site(domain::id::SiteId::new(desk.make_id()))).await, (0, 540));
    let unknown = ShowMonthRequest { statuses: vec!["asleep".to_owned()], ..request(30) };
    assert_eq!(code(overview::show_month(&desk, unknown).await), "unknown_word");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_filtered_by_type_status_and_site() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let practice = known(&desk).await;
    book(&desk, &cast, at("2026-11-25T09:00"), false).await.expect("booked");
    let first = book(&desk, &cast, at("2026-11-24T11:00"), false).await.expect("booked").appointment.id;
    agenda::set_status(&desk, SetStatusRequest { id: first, status: "confirmed".to_owned() }).await.expect("confirmed");
    let list = |request| overview::list_appointments(&desk, request);
    let all = list(listed("2026-11-23", 7)).await.expect("a list");
    assert_eq!((all.appointments.len(), all.more), (2, false));
    assert_eq!(all.appointments[0].id, first, "by day and start");
    let confirmed = ListAppointmentsRequest { statuses: vec!["confirmed".into()], ..listed("2026-11-23", 7) };
    assert_eq!(list(confirmed).await.expect("a list").appointments.len(), 1);
    let other = practice.types.iter().find(|kind| kind.id != cast.kind).expect("a second type").id;
    let of_other = ListAppointmentsRequest { types: vec![other], ..listed("2026-11-23", 7) };
    assert!(list(of_other).await.expect("a list").appointments.is_empty());
    let here = ListAppointmentsRequest { site_id: Some(practice.sites[0].id), ..listed("2026-11-23", 7) };
    assert_eq!(list(here).await.expect("a list").appointments.len(), 2);
    let wrong = ListAppointmentsRequest { statuses: vec!["gone".into()], ..listed("2026-11-23", 7) };
    assert_eq!(code(list(wrong).await), "unknown_word");
    assert_eq!(code(list(listed("2026-11-23", 94)).await), "out_of_range");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_search_finds_by_person_code_type_and_note_in_past_and_future() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let practice = known(&desk).await;
    let past = book(&desk, &cast, at("2019-03-04T09:00"), false).await.expect("booked").appointment;
    let near = book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("booked").appointment;
    let tazi = add_patient(&desk, "TAZI", "Meryem", "1990-01-02").await;
    let other = practice.types[1].id;
    let theirs = Cast { patient: tazi, kind: other, ..cast };
    let noted = book(&desk, &theirs, at("2026-11-26T15:00"), false).await.expect("booked").appointment;
    let note = UpdateAppointmentRequest {
        id: noted.id,
        patient_id: Some(tazi),
        type_id: other,
        note: "Apporter l'éléctrocardiogramme".to_owned(),
        urgency: "normal".to_owned(),
    };
    agenda::update_appointment(&desk, note).await.expect("noted");
    let search = |text: &str| {
        let request = SearchAgendaRequest { text: text.to_owned(), from: "2026-11-15".to_owned(), days: 42, limit: 20 };
        overview::search_agenda(&desk, request)
    };
    let found = search("dupont").await.expect("found").found;
    let ids: Vec<_> = found.iter().map(|one| (one.appointment.id, one.past)).collect();
    assert_eq!(ids, [(near.id, false), (past.id, true)], "what is to come first, then what was, whenever it was");
    let by_code = search(&past.code).await.expect("found").found;
    assert_eq!((by_code[0].appointment.id, by_code[0].by.as_str()), (past.id, "code"));
    let by_note = search("electrocard").await.expect("found").found;
    assert_eq!((by_note.len(), by_note[0].by.as_str()), (1, "note"));
    let type_name = &practice.types[1].name;
    let by_type = search(type_name).await.expect("found").found;
    assert!(by_type.iter().any(|one| one.appointment.id == noted.id && one.by == "type"), "{type_name}");
    let both = search(&format!("tazi {type_name}")).await.expect("found").found;
    assert!(both.iter().any(|one| one.appointment.id == noted.id && one.by == "person"));
    assert!(search("zzz").await.expect("nothing").found.is_empty());
    assert!(search("  ").await.expect("nothing").found.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_replay_tells_what_the_others_changed_since_one_left() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let request = access::wire::AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(&desk, request).await.expect("a secretary");
    let doorstep = house.doorstep();
    // The practitioner leaves; Samia works; the practitioner comes back.
    doorstep.seat(Some(desk));
    semainier_app::commands::entrance::lock(&doorstep, NothingRequest {}).await.expect("locked");
    let samia = house.sign_in("samia", OTHER).await.expect("Samia signs in");
    let one = book(&samia, &cast, at("2026-11-24T09:00"), false).await.expect("booked").appointment.id;
    assert!(moved(&samia, one, at("2026-11-25T10:00")).await);
    let two = book(&samia, &cast, at("2026-11-24T11:00"), false).await.expect("booked").appointment.id;
    let cancel = CancelAppointmentRequest { id: two, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&samia, cancel).await.expect("cancelled");
    let desk = house.desk().await;
    let own = book(&desk, &cast, at("2026-11-26T11:00"), false).await.expect("booked").appointment.id;
    let changes = |since, own| overview::show_changes(&desk, ShowChangesRequest { since, own });
    let replay = changes(None, false).await.expect("a replay");
    let told: Vec<_> = replay.changes.iter().map(|one| (one.what.as_str(), one.appointment.id)).collect();
    assert_eq!(told, [("cancelled", two), ("booked", two), ("moved", one), ("booked", one)], "newest first");
    assert_eq!(replay.changes[2].before, Some(at("2026-11-24T09:00")));
    assert_eq!(replay.changes[2].after, Some(at("2026-11-25T10:00")));
    assert!(replay.changes.iter().all(|one| one.user == "Samia"));
    let all = changes(Some(at("2026-11-22T00:00")), true).await.expect("a replay");
    assert!(all.changes.iter().any(|one| one.appointment.id == own));
    assert!(changes(Some(at("2026-11-22T10:01")), true).await.expect("none").changes.is_empty());
    // What Samia sees is hers to see, and nothing of the journal else is told.
    let hers = overview::show_changes(&samia, ShowChangesRequest { since: None, own: false }).await.expect("a replay");
    assert_eq!(hers.changes.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_board_keeps_what_is_cut_where_it_is_until_it_is_placed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let one = book(&desk, &cast, at("2026-11-24T09:00"), false).await.expect("booked").appointment.id;
    let two = book(&desk, &cast, at("2026-11-24T10:00"), false).await.expect("booked").appointment.id;
    let pin = |id| overview::pin_appointment(&desk, PinRequest { id });
    pin(one).await.expect("pinned");
    pin(one).await.expect("twice is once");
    assert_eq!(pin(two).await.expect("pinned").pinned.len(), 2);
    let here: Vec<_> = overview::list_appointments(&desk, listed("2026-11-24", 1)).await.expect("a list").appointments;
    assert_eq!(here.len(), 2, "both stand where they were");
    // Another session of the same user: the board outlived the first.
    let again = house.desk().await;
    let board = |desk| async move { overview::show_board(desk, NothingRequest {}).await.expect("a board").pinned };
    assert_eq!(board(&again).await.iter().map(|a| a.id).collect::<Vec<_>>(), [one, two]);
    assert!(moved(&desk, one, at("2026-11-25T09:00")).await);
    assert_eq!(board(&again).await.iter().map(|a| a.id).collect::<Vec<_>>(), [two], "what is placed leaves it");
    let cancel = CancelAppointmentRequest { id: two, by: "patient".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    assert!(board(&again).await.is_empty());
    assert_eq!(code(pin(two).await), "not_movable");
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    assert_eq!(board(&again).await.len(), 1, "back with the appointment");
    overview::unpin_appointment(&desk, PinRequest { id: two }).await.expect("off the board");
    assert!(board(&again).await.is_empty());
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_and_a_list_are_printed_in_each_language() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    for language in ["fr", "ar", "en"] {
        let week =
            PrintWeekRequest { day: "2026-11-26".to_owned(), practitioners: Vec::new(), language: language.to_owned() };
        let week = overview::print_week(&desk, week).await.expect("a week");
        assert_eq!(week.name, "2026-S48.pdf");
        let list = PrintListRequest { list: listed("2026-11-23", 7), language: language.to_owned() };
        let list = overview::print_list(&desk, list).await.expect("a list");
        assert!(week.base64.len() > 1_000 && list.base64.len() > 1_000);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_only_read_reads_and_changes_nothing() {
    let house = House::with_role("administrator").await;
    let desk = house.desk().await;
    overview::show_month(
        &desk,
        ShowMonthRequest {
            from: "2026-11-01".to_owned(),
            days: 30,
            practitioners: Vec::new(),
            types: Vec::new(),
            statuses: Vec::new(),
            site_id: None,
        },
    )
    .await
    .expect("a month");
    let id = "018f3c2a-7d00-7c1e-9a41-5b6c7d8e9f0a".parse().expect("an identifier");
    assert_eq!(code(overview::pin_appointment(&desk, PinRequest { id }).await), "permission_denied");
    // Searching by a person needs the permission to read persons.
    let request = SearchAgendaRequest { text: "dupont".to_owned(), from: "2026-11-15".to_owned(), days: 42, limit: 20 };
    assert!(overview::search_agenda(&desk, request).await.expect("nothing").found.is_empty());
    let place = semainier_app::commands::queue::wire::CallNextRequest {
        practitioner_id: "018f3c2a-7d00-7c1e-9a41-5b6c7d8e9f0a".parse().expect("an identifier"),
        finish: true,
    };
    assert_eq!(code(semainier_app::commands::queue::call_next(&desk, place).await), "permission_denied");
}

#[test]
fn a_request_that_says_more_than_is_asked_is_refused() {
    let request = serde_json::json!({ "since": null, "own": false, "more": 1 });
    assert!(serde_json::from_value::<ShowChangesRequest>(request).is_err());
    let booking = serde_json::json!({ "id": "x" });
    assert!(serde_json::from_value::<BookAppointmentRequest>(booking).is_err());
}
