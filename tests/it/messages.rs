//! Messages to patients by the practice's own mail server, a real one: what goes, when, and what cannot.

use std::sync::Arc;

use chrono::TimeDelta;
use semainier_app::commands::agenda::wire::{CancelAppointmentRequest, MoveAppointmentRequest};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::history::wire::UndoRequest;
use semainier_app::commands::messages::wire::{
    MessagesView, SendTestMailRequest, SentMessagesView, SetMessagesRequest,
};
use semainier_app::commands::patient::wire::{PatientRequest, UpdatePatientRequest};
use semainier_app::commands::restriction::wire::RestrictRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, agenda, history, messages, patient, restriction};

use crate::cli::{Terminal, text};
use crate::house::{Cast, House, PASSWORD, at, book, cast, code, now, verified};
use crate::smtp::{LOGIN, SECRET, Smtp, Way};

pub fn request(server: &Smtp) -> SetMessagesRequest {
    SetMessagesRequest {
        host: "127.0.0.1".to_owned(),
        port: i64::from(server.port()),
        security: "starttls".to_owned(),
        authority: server.authority(),
        login: LOGIN.to_owned(),
        password: Some(SECRET.to_owned()),
        address: "cabinet@example.org".to_owned(),
        sender: "Cabinet du Parc".to_owned(),
        language: "fr".to_owned(),
        hours_before: vec![48, 2],
        enabled: true,
    }
}

/// The desk of the same user so many minutes after the practice began.
pub async fn later(house: &House, minutes: i64) -> Arc<Desk> {
    let doorstep = house.doorstep_at(now() + TimeDelta::minutes(minutes));
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&doorstep, request).await.expect("signed in").0
}

pub async fn send(desk: &Desk) -> SentMessagesView {
    messages::send_messages(desk, NothingRequest {}).await.expect("sent")
}

async fn shown(desk: &Desk) -> MessagesView {
    messages::show_messages(desk, NothingRequest {}).await.expect("shown")
}

pub async fn reach(desk: &Desk, cast: &Cast, email: &str, language: &str) {
    let shown = patient::show_patient(desk, PatientRequest { id: cast.patient }).await.expect("shown");
    let mut fields = shown.fields;
    (fields.email, fields.language) = (email.to_owned(), language.to_owned());
    let request = UpdatePatientRequest { id: cast.patient, revision: shown.revision, fields };
    patient::update_patient(desk, request).await.expect("changed");
}

/// A practice whose mail server is set up, with a patient who has an address.
pub async fn practice(server: &Smtp) -> (House, Arc<Desk>, Cast) {
    let house = House::new().await;
    let desk = house.desk().await;
    let cast = cast(&desk).await;
    reach(&desk, &cast, "marie@example.org", "").await;
    messages::set_messages(&desk, request(server)).await.expect("set up");
    (house, desk, cast)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_confirmed_after_the_undo_window_and_reminded_twice() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    let booked = book(&desk, &cast, at("2026-11-26T10:00"), false).await.expect("booked").appointment;
    // A run sees it, and from then on it can be undone for ten minutes.
    assert_eq!(send(&desk).await, SentMessagesView { sent: 0, failed: 0, waiting: 1 });
    assert_eq!(send(&*later(&house, 9).await).await.sent, 0);
    let desk = later(&house, 10).await;
    assert_eq!(send(&desk).await, SentMessagesView { sent: 1, failed: 0, waiting: 0 });
    assert_eq!(send(&desk).await.sent, 0, "said once");
    let mail = server.arrived().remove(0);
    assert_eq!((mail.to, mail.from), (vec!["marie@example.org".to_owned()], "cabinet@example.org".to_owned()));
    assert!(mail.encrypted && mail.user.as_deref() == Some(LOGIN));
    let mail = server.arrived().remove(0);
    assert!(
        mail.body().contains("jeudi 26 novembre 2026 à 10 h 00") && mail.body().contains(&booked.code),
        "{}",
        mail.body()
    );
    assert!(
        !mail.body().contains('–') && !mail.body().contains("DUPONT") && !mail.data.contains("Marie"),
        "{}",
        mail.body()
    );
    // 24 November at ten, and two hours before: nothing earlier, nothing twice.
    let tuesday = (24 - 22) * 1_440;
    for (minutes, sent) in [
        (tuesday - 1, 0),
        (tuesday, 1),
        (tuesday + 60, 0),
        (2 * 1_440 + tuesday - 121, 0),
        (2 * 1_440 + tuesday - 120, 1),
        (2 * 1_440 + tuesday - 119, 0),
    ] {
        assert_eq!(send(&*later(&house, minutes).await).await.sent, sent, "{minutes}");
    }
    let arrived = server.arrived();
    assert_eq!(arrived.len(), 3);
    assert!(arrived[1..].iter().all(|mail| mail.body().starts_with("Rappel")));
    let view = shown(&*later(&house, 2 * 1_440 + tuesday - 119).await).await;
    assert_eq!((view.sent_this_month, view.untold.len(), view.code.as_str()), (3, 0, ""));
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_undone_in_time_is_not_said_and_what_changes_again_is_said_once() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    book(&desk, &cast, at("2026-12-03T10:00"), false).await.expect("booked");
    send(&desk).await;
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    send(&desk).await;
    assert_eq!(send(&*later(&house, 30).await).await, SentMessagesView::default());
    let desk = later(&house, 31).await;
    let booked = book(&desk, &cast, at("2026-12-03T11:00"), false).await.expect("booked").appointment;
    send(&desk).await;
    let desk = later(&house, 41).await;
    assert_eq!(send(&desk).await.sent, 1);
    // Called off by mistake, undone: the patient hears of neither.
    let cancel = || CancelAppointmentRequest { id: booked.id, by: "practice".to_owned(), reason: String::new() };
    agenda::cancel_appointment(&desk, cancel()).await.expect("cancelled");
    send(&desk).await;
    history::undo(&desk, UndoRequest { sequence: None }).await.expect("undone");
    send(&desk).await;
    let desk = later(&house, 60).await;
    assert_eq!(send(&desk).await, SentMessagesView::default());
    // Moved twice, then called off: one message, of the end.
    for starts in ["2026-12-03T14:00", "2026-12-03T15:00"] {
        let request = MoveAppointmentRequest {
            id: booked.id,
            revision: None,
            starts: at(starts),
            practitioner_id: None,
            minutes: None,
            overbook: false,
        };
        agenda::move_appointment(&desk, request).await.expect("moved");
        send(&desk).await;
    }
    let desk = later(&house, 71).await;
    assert_eq!(send(&desk).await.sent, 1);
    agenda::cancel_appointment(&desk, cancel()).await.expect("cancelled");
    send(&desk).await;
    assert_eq!(send(&*later(&house, 82).await).await.sent, 1);
    let subjects: Vec<String> = server.arrived().iter().map(|mail| mail.body()).collect();
    assert_eq!(subjects.len(), 3, "{subjects:?}");
    assert!(subjects[1].contains("15 h 00") && subjects[2].contains("est annulé"), "{subjects:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_objects_is_left_alone_at_once_and_who_cannot_be_reached_is_shown() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    book(&desk, &cast, at("2026-11-26T10:00"), false).await.expect("booked");
    send(&desk).await;
    let objection = RestrictRequest {
        patient_id: cast.patient,
        kind: "objection".to_owned(),
        scope: "reminders".to_owned(),
        ground: String::new(),
        reason: "ne veut pas".to_owned(),
        since: String::new(),
    };
    restriction::restrict(&desk, objection).await.expect("noted");
    assert_eq!(send(&*later(&house, 60).await).await, SentMessagesView::default());
    assert_eq!(send(&*later(&house, 2 * 1_440).await).await.sent, 0);
    assert!(server.arrived().is_empty());

    let desk = later(&house, 2 * 1_440).await;
    let other = Cast { patient: crate::house::add_patient(&desk, "ALAOUI", "Nadia", "1985-01-02").await, ..cast };
    book(&desk, &other, at("2026-12-01T11:00"), false).await.expect("booked");
    send(&desk).await;
    let desk = later(&house, 2 * 1_440 + 11).await;
    assert_eq!(send(&desk).await, SentMessagesView { sent: 0, failed: 1, waiting: 0 });
    let untold = shown(&desk).await.untold;
    assert_eq!((untold.len(), untold[0].code.as_str(), untold[0].template.as_str()), (1, "no_email", "confirmation"));
    assert!(untold[0].patient.contains("ALAOUI"));
    // An address that the server does not know; then a right one, and it is shown no more once something went.
    reach(&desk, &other, "nobody@example.org", "ar").await;
    assert_eq!(send(&*later(&house, 7 * 1_440 + 120).await).await.failed, 1);
    let desk = later(&house, 7 * 1_440 + 120).await;
    assert_eq!(shown(&desk).await.untold[0].code, "mail_recipient_unknown");
    reach(&desk, &other, "nadia@example.org", "ar").await;
    assert_eq!(send(&*later(&house, 9 * 1_440 - 60).await).await.sent, 1);
    let desk = later(&house, 9 * 1_440 - 60).await;
    assert_eq!(shown(&desk).await.untold.len(), 0);
    let mail = server.arrived().remove(0);
    assert!(mail.body().starts_with("تذكير") && mail.header("Content-Language").as_deref() == Some("ar"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_is_not_there_is_told_and_nothing_is_lost_or_doubled() {
    let Some(mut server) = Smtp::start(Way::StartTls) else { return };
    let (house, desk, cast) = practice(&server).await;
    for start in ["2026-12-03T10:00", "2026-12-03T11:00"] {
        book(&desk, &cast, at(start), false).await.expect("booked");
    }
    send(&desk).await;
    server.stop();
    let desk = later(&house, 12).await;
    assert_eq!(code(messages::send_messages(&desk, NothingRequest {}).await), "mail_unreachable");
    let view = shown(&desk).await;
    assert_eq!((view.code.as_str(), view.failures, view.waiting), ("mail_unreachable", 1, 2));
    // By itself it waits a little, then tries again.
    server.run();
    messages::automatic(&desk).await.expect("looked");
    assert!(server.arrived().is_empty());
    messages::automatic(&*later(&house, 15).await).await.expect("sent");
    messages::automatic(&*later(&house, 16).await).await.expect("nothing");
    assert_eq!(server.arrived().len(), 2);
    let view = shown(&*later(&house, 16).await).await;
    assert_eq!((view.code.as_str(), view.failures, view.waiting, view.sent_this_month), ("", 0, 0, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_set_up_with_care() {
    let Some(server) = Smtp::start(Way::StartTls) else { return };
    let house = House::new().await;
    let desk = house.desk().await;
    let test = |desk: Arc<Desk>, to: &'static str| async move {
        code(messages::send_test_mail(&desk, SendTestMailRequest { to: to.to_owned() }).await)
    };
    assert_eq!(test(desk.clone(), "a@example.org").await, "messages_not_set_up");
    let set = |change: fn(&mut SetMessagesRequest)| {
        let (desk, mut request) = (desk.clone(), request(&server));
        change(&mut request);
        async move { messages::set_messages(&desk, request).await.map_err(|refusal| (refusal.code, refusal.field)) }
    };
    let wrong = |code: &str, field: &str| Some((code.to_owned(), Some(field.to_owned())));
    assert_eq!(set(|r| r.host = "mail server".to_owned()).await.err(), wrong("bad_mail_server", "host"));
    assert_eq!(set(|r| r.address = "cabinet".to_owned()).await.err(), wrong("bad_email", "address"));
    assert_eq!(set(|r| r.authority = "hello".to_owned()).await.err(), wrong("bad_authority", "authority"));
    assert_eq!(set(|r| r.hours_before = vec![1, 2, 3, 4]).await.err(), wrong("out_of_range", "hours_before"));
    assert_eq!(set(|r| r.hours_before = vec![0]).await.err(), wrong("out_of_range", "hours_before"));
    assert_eq!(set(|r| r.password = None).await.err(), wrong("server_password_needed", "password"));
    assert_eq!(set(|r| r.sender = "ع".repeat(301)).await.err(), wrong("too_long", "sender"));
    assert_eq!(set(|r| r.host = "a".repeat(1_000_000)).await.err(), wrong("too_long", "host"));
    assert_eq!(set(|r| r.password = Some("a".repeat(301))).await.err(), wrong("too_long", "password"));
    let plain = |r: &mut SetMessagesRequest| (r.security, r.host) = ("none".to_owned(), "mail.example.org".to_owned());
    assert_eq!(set(plain).await.err(), wrong("mail_not_encrypted", "security"));
    set(|r| r.password = Some("another".to_owned())).await.expect("of its form");
    assert_eq!(test(desk.clone(), "a@example.org").await, "mail_password");
    set(|r| r.authority = String::new()).await.expect("of its form");
    assert_eq!(test(desk.clone(), "a@example.org").await, "certificate_untrusted");
    set(|_| {}).await.expect("set up");
    set(|r| r.password = None).await.expect("the same server and user keep the password");
    assert_eq!(test(desk.clone(), "nobody").await, "bad_email");
    assert_eq!(test(desk.clone(), "nobody@example.org").await, "mail_recipient_unknown");
    messages::send_test_mail(&desk, SendTestMailRequest { to: "lea@example.org".to_owned() }).await.expect("sent");
    assert!(server.arrived()[0].body().contains("message d’essai"));
    // Switched off, what waited is not said later.
    let cast = cast(&desk).await;
    reach(&desk, &cast, "marie@example.org", "").await;
    book(&desk, &cast, at("2026-12-03T10:00"), false).await.expect("booked");
    set(|r| r.enabled = false).await.expect("off");
    assert_eq!(code(messages::send_messages(&desk, NothingRequest {}).await), "messages_not_set_up");
    set(|r| r.hours_before = vec![]).await.expect("on");
    assert_eq!(send(&*later(&house, 60).await).await, SentMessagesView::default());
    assert_eq!(server.arrived().len(), 1);
}

#[test]
fn a_terminal_sets_the_server_up_sends_and_says_how_it_stands() {
    let Some(server) = Smtp::start(Way::Plain) else { return };
    let terminal = Terminal::new();
    terminal.init();
    let port = server.port().to_string();
    let set = [
        "messages",
        "set",
        "--host",
        "127.0.0.1",
        "--port",
        &port,
        "--security",
        "none",
        "--from",
        "cabinet@example.org",
    ];
    assert_eq!(terminal.run(&[&set[..], &["--remind", "48", "--remind", "2"]].concat()).0, 0);
    terminal.one(&["messages", "test", "--to", "lea@example.org"]);
    assert_eq!(server.arrived().len(), 1);
    let status = terminal.one(&["messages", "status"]);
    assert_eq!((status["waiting"].as_i64(), text(&status, "host").as_str()), (Some(0), "127.0.0.1"));
    assert_eq!(status["hours_before"], serde_json::json!([48, 2]));
    assert_eq!(terminal.one(&["messages", "send"])["sent"].as_i64(), Some(0));
    server.arrived();
}
