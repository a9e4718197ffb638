//! Publishing an agenda to a real calendar server: what it holds in the end, whatever happens on the way.

use std::sync::Arc;

use chrono::TimeDelta;
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::agenda::wire::{CancelAppointmentRequest, MoveAppointmentRequest};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::publishing::wire::{
    PublishAgendaRequest, PublishedView, PublishingView, SetPublishingRequest,
};
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, access, agenda, erasure, history, publishing, restriction};
use semainier_app::store;

use crate::house::{Cast, House, OTHER, PASSWORD, at, book, cast, code, now, verified};
use crate::portability::traces;
use crate::radicale::{LOGIN, Radicale, SECRET};

const CALENDAR: &str = "/lefevre/agenda/";

fn request(cast: &Cast, address: &str) -> SetPublishingRequest {
    SetPublishingRequest {
        practitioner_id: cast.practitioner,
        address: address.to_owned(),
        login: LOGIN.to_owned(),
        password: Some(SECRET.to_owned()),
        authority: String::new(),
        discretion: "name".to_owned(),
        language: "fr".to_owned(),
        days_back: 7,
        days_ahead: 60,
        every_minutes: 15,
        enabled: true,
    }
}

async fn publish(desk: &Desk, cast: &Cast) -> Result<PublishedView, CommandError> {
    publishing::publish_agenda(desk, PublishAgendaRequest { practitioner_id: cast.practitioner }).await
}

async fn standing(desk: &Desk) -> PublishingView {
    publishing::list_publishing(desk, NothingRequest {}).await.expect("listed").agendas.remove(0)
}

/// A practice with two appointments that are published.
async fn published(server: &Radicale) -> (House, Arc<Desk>, Cast) {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    for start in ["2026-11-24T09:30", "2026-11-25T14:00"] {
        book(&desk, &cast, at(start), false).await.expect("booked");
    }
    publishing::set_publishing(&desk, request(&cast, &server.address(CALENDAR))).await.expect("set up");
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.removed, done.conflicts, done.published), (2, 0, 0, 2));
    (house, desk, cast)
}

/// The desk of the same user so many minutes later.
async fn later(house: &House, minutes: i64) -> Arc<Desk> {
    let doorstep = house.doorstep_at(now() + TimeDelta::minutes(minutes));
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&doorstep, request).await.expect("signed in").0
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_booked_moved_and_cancelled_shows_at_the_server_and_nothing_is_told_twice() {
    let Some(server) = Radicale::new() else { return };
    let (_house, desk, cast) = published(&server).await;
    let events = server.events(CALENDAR);
    assert!(events[0].contains("SUMMARY:DUPONT Marie · ") && events[0].contains("BEGIN:VTIMEZONE"), "{}", events[0]);
    assert!(events.iter().any(|text| text.contains("DTSTART;TZID=Europe/Paris:20261124T093000")));
    assert_eq!(publish(&desk, &cast).await.expect("published").put, 0, "nothing changed");
    let third = book(&desk, &cast, at("2026-11-26T10:00"), false).await.expect("booked").appointment;
    assert_eq!(standing(&desk).await.waiting, 1);
    let request = MoveAppointmentRequest {
        id: third.id,
        revision: None,
        starts: at("2026-11-26T11:00"),
        practitioner_id: None,
        minutes: Some(40),
        overbook: false,
    };
    publish(&desk, &cast).await.expect("published");
    agenda::move_appointment(&desk, request).await.expect("moved");
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.removed, done.published), (1, 0, 3));
    let moved = server.events(CALENDAR).into_iter().find(|text| text.contains(&third.code)).expect("there");
    assert!(moved.contains(":20261126T110000") && moved.contains(":20261126T114000") && moved.contains("SEQUENCE:1"));
    let cancel = CancelAppointmentRequest { id: third.id, by: "patient".to_owned(), reason: "malade".to_owned() };
    agenda::cancel_appointment(&desk, cancel).await.expect("cancelled");
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.removed, done.published), (0, 1, 2));
    assert_eq!(server.events(CALENDAR).len(), 2);
    let journal = history::list_journal(&desk, ListJournalRequest { subject: None, before: None, limit: 100 }).await;
    let runs = journal.expect("the journal").entries.iter().filter(|entry| entry.command == "publish_agenda").count();
    assert_eq!(runs, 4, "a run that told nothing is no event");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_of_discretion_takes_every_name_back() {
    let Some(server) = Radicale::new() else { return };
    let (_house, desk, cast) = published(&server).await;
    for (discretion, words) in [("initials", "SUMMARY:D.M.\r"), ("busy", "SUMMARY:Occupé\r")] {
        let change = SetPublishingRequest {
            discretion: discretion.to_owned(),
            password: None,
            ..request(&cast, &server.address(CALENDAR))
        };
        publishing::set_publishing(&desk, change).await.expect("changed");
        let done = publish(&desk, &cast).await.expect("published");
        assert_eq!((done.put, done.published), (2, 2));
        for text in server.events(CALENDAR) {
            assert!(text.contains(words) && !text.contains("DUPONT"), "{text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_was_away_gets_everything_once_it_is_back() {
    let Some(mut server) = Radicale::new() else { return };
    let (house, desk, cast) = published(&server).await;
    server.stop();
    let third = book(&desk, &cast, at("2026-11-26T10:00"), false).await.expect("booked").appointment;
    assert_eq!(code(publish(&desk, &cast).await), "server_unreachable");
    let view = standing(&desk).await;
    assert_eq!((view.code.as_str(), view.failures, view.waiting, view.published), ("server_unreachable", 1, 1, 2));
    assert_eq!((view.age_minutes, view.next_in_minutes), (Some(0), Some(30)), "the pause has doubled");
    // Before its time nothing is tried; after it everything is told.
    server.start();
    publishing::automatic(&*later(&house, 29).await).await.expect("asked");
    assert_eq!(server.events(CALENDAR).len(), 2);
    let desk = later(&house, 31).await;
    publishing::automatic(&desk).await.expect("asked");
    let events = server.events(CALENDAR);
    assert!(events.len() == 3 && events.iter().any(|text| text.contains(&third.code)));
    let view = standing(&desk).await;
    assert_eq!((view.code.as_str(), view.failures, view.waiting, view.age_minutes), ("", 0, 0, Some(0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_told_and_not_remembered_is_not_doubled() {
    let Some(server) = Radicale::new() else { return };
    let (house, desk, cast) = published(&server).await;
    // As after a loss of power between the server's answer and the note of it.
    let mut tx = desk.store().write().await.expect("a transaction");
    store::publishing::forget_all(&mut tx, cast.practitioner).await.expect("forgotten");
    tx.commit().await.expect("committed");
    let desk = later(&house, 16).await;
    publishing::automatic(&desk).await.expect("asked");
    let view = standing(&desk).await;
    assert_eq!((view.published, view.waiting, view.code.as_str()), (2, 0, ""));
    assert_eq!(server.events(CALENDAR).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_somebody_changed_or_removed_there_is_put_right_and_said() {
    let Some(server) = Radicale::new() else { return };
    let (house, desk, cast) = published(&server).await;
    server.edit(CALENDAR, "20261124T095000", "20261124T103000");
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.conflicts), (1, 1));
    assert!(server.events(CALENDAR).iter().all(|text| !text.contains("20261124T103000")));
    // The same without looking first: the server's refusal of the old tag tells.
    server.edit(CALENDAR, "20261124T095000", "20261124T104500");
    let desk = later(&house, 16).await;
    let first =
        store::agenda::timed_of(&mut desk.store().read().await.expect("read"), cast.practitioner, 0, 40_000).await;
    let first = first.expect("appointments").remove(0).appointment;
    let request = MoveAppointmentRequest {
        id: first.id,
        revision: None,
        starts: at("2026-11-24T11:00"),
        practitioner_id: None,
        minutes: None,
        overbook: false,
    };
    agenda::move_appointment(&desk, request).await.expect("moved");
    publishing::automatic(&desk).await.expect("asked");
    let events = server.events(CALENDAR);
    assert!(events.iter().any(|text| text.contains(":20261124T110000") && text.contains(&first.code)));
    assert!(events.len() == 2 && events.iter().all(|text| !text.contains("20261124T104500")));
    // Removed there: it comes back.
    tokio::task::block_in_place(|| {
        let calendar = server.calendar(CALENDAR);
        let (name, etag) = calendar.list().expect("listed").into_iter().next().expect("one");
        calendar.carry_out(&domain::agenda::publication::Step::Remove(name, etag), "").expect("removed");
    });
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.conflicts, done.published), (1, 1, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_and_a_wrong_address_are_said_as_they_are() {
    let Some(server) = Radicale::new() else { return };
    let (_house, desk, cast) = published(&server).await;
    let with = |password: &str, path: &str| SetPublishingRequest {
        password: Some(password.to_owned()),
        ..request(&cast, &server.address(path))
    };
    publishing::set_publishing(&desk, with("wrong", CALENDAR)).await.expect("set");
    assert_eq!(code(publish(&desk, &cast).await), "server_password");
    assert_eq!(standing(&desk).await.code, "server_password");
    publishing::set_publishing(&desk, with(SECRET, "/lefevre/")).await.expect("set");
    assert_eq!(code(publish(&desk, &cast).await), "not_a_calendar");
    publishing::set_publishing(&desk, with(SECRET, "/somebody/agenda/")).await.expect("set");
    assert_eq!(code(publish(&desk, &cast).await), "server_forbidden");
    // And back: what stands there is found again by its name.
    publishing::set_publishing(&desk, with(SECRET, CALENDAR)).await.expect("set");
    publish(&desk, &cast).await.expect("published");
    assert_eq!(server.events(CALENDAR).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_authority_is_trusted_where_it_is_named_and_nowhere_else() {
    let Some(server) = Radicale::encrypted() else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("booked");
    publishing::set_publishing(&desk, request(&cast, &server.address(CALENDAR))).await.expect("set up");
    assert_eq!(code(publish(&desk, &cast).await), "certificate_untrusted");
    let named = SetPublishingRequest { authority: server.authority(), ..request(&cast, &server.address(CALENDAR)) };
    publishing::set_publishing(&desk, named).await.expect("set up");
    assert_eq!(publish(&desk, &cast).await.expect("published").put, 1);
    let other = Radicale::encrypted().expect("it is installed");
    let named = SetPublishingRequest { authority: other.authority(), ..request(&cast, &server.address(CALENDAR)) };
    publishing::set_publishing(&desk, named).await.expect("set up");
    assert_eq!(code(publish(&desk, &cast).await), "certificate_untrusted");
}

#[tokio::test(flavor = "multi_thread")]
async fn withdrawing_removes_what_is_ours_and_forgets_the_password() {
    let Some(server) = Radicale::new() else { return };
    let (_house, desk, cast) = published(&server).await;
    let own = server.events(CALENDAR)[0].replace("UID:", "UID:own-");
    tokio::task::block_in_place(|| {
        let step = domain::agenda::publication::Step::Create("own.ics".to_owned());
        server.calendar(CALENDAR).carry_out(&step, &own).expect("put");
    });
    let request = PublishAgendaRequest { practitioner_id: cast.practitioner };
    let done = publishing::withdraw_agenda(&desk, request).await.expect("withdrawn");
    assert_eq!((done.removed, done.published), (2, 0));
    assert_eq!(server.events(CALENDAR).len(), 1, "what somebody else keeps there stays");
    let view = standing(&desk).await;
    assert!(!view.enabled && !view.has_password);
    assert_eq!(code(publish(&desk, &cast).await), "server_password_needed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_goes_to_the_keyring_and_to_no_other_server() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let set = |address: &str, login: &str, password: Option<&str>| SetPublishingRequest {
        login: login.to_owned(),
        password: password.map(str::to_owned),
        ..request(&cast, address)
    };
    let first = "https://dav.example.org/a/";
    assert_eq!(code(publishing::set_publishing(&desk, set(first, LOGIN, None)).await), "server_password_needed");
    publishing::set_publishing(&desk, set(first, LOGIN, Some(SECRET))).await.expect("set");
    publishing::set_publishing(&desk, set("https://dav.example.org/b/", LOGIN, None)).await.expect("the same server");
    for (address, login) in
        [("https://dav.example.com/b/", LOGIN), ("https://dav.example.org:8443/b/", LOGIN), (first, "other")]
    {
        let refused = publishing::set_publishing(&desk, set(address, login, None)).await;
        assert_eq!(code(refused), "server_password_needed", "{address} {login}");
    }
    let stored = store::publishing::all(&mut desk.store().read().await.expect("read")).await.expect("rows");
    assert!(!serde_json::to_string(&stored[0].0).expect("JSON").contains(SECRET));
    let no_keyring = House::without_keyring().await;
    let desk = no_keyring.desk().await;
    let cast = crate::house::cast(&desk).await;
    assert_eq!(code(publishing::set_publishing(&desk, request(&cast, first)).await), "keyring_missing");
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_are_refused_beside_their_field() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let good = || request(&cast, "https://dav.example.org/a/");
    let wrong = [
        (SetPublishingRequest { address: "http://dav.example.org/".to_owned(), ..good() }, "not_encrypted", "address"),
        (SetPublishingRequest { address: "agenda".to_owned(), ..good() }, "bad_address", "address"),
        (SetPublishingRequest { login: " ".to_owned(), ..good() }, "bad_server_login", "login"),
        (SetPublishingRequest { login: "a:b".to_owned(), ..good() }, "bad_server_login", "login"),
        (SetPublishingRequest { authority: "none".to_owned(), ..good() }, "bad_authority", "authority"),
        (SetPublishingRequest { discretion: "all".to_owned(), ..good() }, "unknown_word", "discretion"),
        (SetPublishingRequest { language: "de".to_owned(), ..good() }, "unknown_word", "language"),
        (SetPublishingRequest { days_back: -1, ..good() }, "out_of_range", "days_back"),
        (SetPublishingRequest { days_ahead: 733, ..good() }, "out_of_range", "days_ahead"),
        (SetPublishingRequest { every_minutes: 4, ..good() }, "out_of_range", "every_minutes"),
    ];
    for (request, expected, field) in wrong {
        let refusal = publishing::set_publishing(&desk, request).await.expect_err("refused");
        assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), (expected, Some(field)));
    }
    assert_eq!(code(publish(&desk, &cast).await), "not_set_up");
    assert!(!standing(&desk).await.set_up);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_publishes_nothing_and_a_practitioner_only_their_own() {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    let add = |login: &str, role: &str| AddUserRequest {
        login: login.to_owned(),
        name: login.to_owned(),
        role: role.to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    for (login, role, expected) in
        [("samia", "secretary", "permission_denied"), ("karim", "practitioner", "not_your_agenda")]
    {
        access::add_user(&desk, add(login, role)).await.expect("added");
        let other = house.sign_in(login, OTHER).await.expect("signed in");
        let refused = publishing::set_publishing(&other, request(&cast, "https://dav.example.org/a/")).await;
        assert_eq!(code(refused), expected);
        assert_eq!(code(publish(&other, &cast).await), expected);
    }
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_objects_is_published_as_busy_time_and_who_is_erased_leaves_the_server() {
    let Some(server) = Radicale::new() else { return };
    let (_house, desk, cast) = published(&server).await;
    // What left before the objection stands in the person's ledger; what leaves after it says nothing of them.
    let told = traces(&desk, cast.patient).await.disclosures;
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].recipient_kind.as_str(), told[0].way.as_str()), ("calendar_server", "calendar"));
    let object = RestrictRequest {
        patient_id: cast.patient,
        kind: "objection".to_owned(),
        scope: "sync".to_owned(),
        ground: String::new(),
        reason: "Ne veut pas figurer ailleurs".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&desk, object).await.expect("noted");
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.put, done.published), (2, 2), "from the next publishing on");
    assert_eq!(traces(&desk, cast.patient).await.disclosures.len(), 1);
    for text in server.events(CALENDAR) {
        assert!(text.contains("SUMMARY:Occupé\r") && !text.contains("DUPONT"), "{text}");
    }
    let request = ErasePersonRequest { patient_id: cast.patient, reason: "À sa demande".to_owned(), request_id: None };
    let receipt = erasure::erase_person(&desk, request).await.expect("erased").erased;
    assert_eq!((receipt.events_going, receipt.events_waiting), (2, 0));
    let done = publish(&desk, &cast).await.expect("published");
    assert_eq!((done.removed, done.published), (2, 0));
    assert!(server.events(CALENDAR).is_empty());
}
