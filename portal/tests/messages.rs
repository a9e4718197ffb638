//! Messages to patients over a real mail server: what goes, when, to whom, and what becomes of it.

use std::sync::Arc;

use chrono::TimeDelta;
use domain::{agenda::CancelledBy, id::AppointmentId, time};
use fhir::booking::{Appointment, AppointmentStatus, Language, Schedule, Span};
use mail::{Mailer, Password, Security, Server};
use portal::{
    clock::Clock,
    demonstration,
    messages::{self, Gateways, Messenger},
    secret,
    store::Template,
};
use serde_json::Value;
use sqlx::Row;

use crate::{
    house::{Answer, House, Office, house},
    smtp::{LOGIN, SECRET, Smtp, Way},
};

/// A practice that reminds 48 and 2 hours before and asks afterwards.
pub(crate) async fn practice(house: &House) -> (Office, Schedule) {
    let (office, schedule) = house.practice().await;
    let mut instruction = demonstration::instruction();
    instruction.version = 2;
    instruction.reminders.hours_before = vec![48, 2];
    instruction.reminders.survey = true;
    let text = serde_json::to_string(&instruction).unwrap();
    assert_eq!(call(house, &office, "PUT", "/practice/instruction", &text).await.status, 201);
    (office, schedule)
}

/// An appointment of the practice's own, with a wall time, for who is reached by that.
pub(crate) fn made(schedule: &Schedule, wall: &str, contact: &str) -> Appointment {
    let start_at = time::instant(wall.parse().unwrap(), &schedule.site.zone);
    let mut a = Appointment {
        id: AppointmentId::new(secret::make_id()),
        code: Some(domain::agenda::BookingCode::from_number(u32::from_be_bytes(secret::random()) >> 2)),
        span: Some(Span { start_at, minutes: 15 }),
        ..demonstration::appointment()
    };
    let person = a.person.as_mut().unwrap();
    (person.phone, person.email) = match contact.contains('@') {
        true => (None, Some(contact.parse().unwrap())),
        false => (Some(contact.parse().unwrap()), None),
    };
    a
}

/// A call with a token that is good: this house's clock runs far.
pub(crate) async fn call(house: &House, office: &Office, method: &str, path: &str, body: &str) -> Answer {
    let answer = house.call(office, method, path, &[], body).await;
    if answer.status != 401 {
        return answer;
    }
    let renewed = Office { token: house.token(office).await, ..office.clone() };
    house.call(&renewed, method, path, &[], body).await
}

pub(crate) async fn put(house: &House, office: &Office, a: &Appointment) {
    let path = format!("/fhir/Appointment/{}", a.id);
    let answer = call(house, office, "PUT", &path, &serde_json::to_string(a).unwrap()).await;
    assert!(answer.status < 300, "{}", answer.body);
}

fn off(a: &Appointment) -> Appointment {
    Appointment { status: AppointmentStatus::Cancelled, cancelled_by: Some(CancelledBy::Practice), ..a.clone() }
}

pub(crate) fn clock(house: &House) -> Clock {
    let portal = house.portal.clone();
    Clock::of(move || portal.now())
}

pub(crate) fn server_of(smtp: &Smtp, way: Way) -> Server {
    Server {
        host: "127.0.0.1".to_owned(),
        port: smtp.port(),
        security: match way {
            Way::Tls => Security::Tls,
            Way::StartTls => Security::StartTls,
            Way::Plain => Security::None,
        },
        authority: smtp.authority(),
        login: if way == Way::Plain { String::new() } else { LOGIN.to_owned() },
        from: "rdv@tilleuls.example.fr".to_owned(),
        sender: "Maison de santé des Tilleuls".to_owned(),
    }
}

pub(crate) fn by_mail(house: &House, server: &Server, password: &str) -> Gateways {
    let mailer = Mailer::open(server, &Password::new(password.to_owned())).unwrap();
    Gateways { mail: Some(Arc::new(mailer)), sms: None, clock: clock(house) }
}

pub(crate) async fn deliver(house: &House, office: &Office, messenger: &dyn Messenger) -> usize {
    messages::deliver(&house.portal, messenger, office.practice).await.unwrap()
}

/// What became of the practice's messages, by what they say.
pub(crate) async fn told(house: &House, office: &Office) -> Vec<(String, String)> {
    let answer = call(house, office, "GET", "/practice/messages?since=2020-01-01T00:00:00Z", "").await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let all = answer.json()["messages"].as_array().unwrap().clone();
    all.iter()
        .map(|one| (one["template"].as_str().unwrap().to_owned(), one["state"].as_str().unwrap().to_owned()))
        .collect()
}

pub(crate) async fn usage(house: &House, office: &Office) -> Value {
    call(house, office, "GET", "/practice/usage", "").await.json()["usage"].clone()
}

/// A house whose clock runs far, so that it asks for many tokens.
macro_rules! patient_house {
    () => {
        match House::make(50.0).await {
            Some(house) => house,
            None => return,
        }
    };
}

pub(crate) use patient_house;

macro_rules! smtp {
    ($way:expr) => {
        match crate::smtp::Smtp::start($way) {
            Some(server) => server,
            None => return,
        }
    };
}
pub(crate) use smtp;

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_is_confirmed_and_reminded_by_a_real_mail_server_and_counted() {
    let house = house!();
    let smtp = smtp!(Way::Tls);
    let (office, schedule) = practice(&house).await;
    let gateways = by_mail(&house, &server_of(&smtp, Way::Tls), SECRET);
    let mut a = made(&schedule, "2026-12-07T15:00", "lea@example.org");
    a.person.as_mut().unwrap().language = Language::Ar;
    put(&house, &office, &a).await;
    assert_eq!(deliver(&house, &office, &gateways).await, 0, "the practice may still take it back");
    house.wait(TimeDelta::seconds(61));
    assert_eq!(deliver(&house, &office, &gateways).await, 1);
    let arrived = smtp.arrived();
    let first = &arrived[0];
    assert_eq!(
        (first.to.as_slice(), first.from.as_str()),
        (["lea@example.org".to_owned()].as_slice(), "rdv@tilleuls.example.fr")
    );
    assert!(first.encrypted && first.user.as_deref() == Some(LOGIN));
    assert!(
        first.body().contains("2026 على الساعة 15:00") && first.body().contains(&a.code.unwrap().spoken()),
        "{}",
        first.body()
    );
    assert_eq!(first.header("Content-Language").as_deref(), Some("ar"));
    // What tells where an appointment stands is no matter of wanting: it bears no way out.
    assert_eq!(first.header("List-Unsubscribe"), None);
    for minutes in [48 * 60, 2 * 60] {
        let at = a.span.unwrap().start_at - TimeDelta::minutes(minutes);
        house.wait(at - house.now() - TimeDelta::seconds(1));
        assert_eq!(deliver(&house, &office, &gateways).await, 0);
        house.wait(TimeDelta::seconds(2));
        assert_eq!(deliver(&house, &office, &gateways).await, 1);
    }
    let arrived = smtp.arrived();
    assert_eq!(arrived.len(), 3);
    let way_out = arrived[2].header("List-Unsubscribe").unwrap();
    assert_eq!(arrived[2].header("List-Unsubscribe-Post").as_deref(), Some("List-Unsubscribe=One-Click"));
    assert!(arrived[2].body().contains(way_out.trim_matches(['<', '>'])));
    assert_eq!(usage(&house, &office).await["email"], 3);
    // Neither why somebody comes, nor their name, nor the type of the appointment.
    for mail in &arrived {
        for word in ["Martin", "Léa", schedule.types[0].kind.label.as_str()] {
            assert!(!mail.body().contains(word) && !mail.data.contains(word), "{word}");
        }
    }
    // Of what went nothing is kept but that it went.
    let kept = sqlx_rows(&house, &office).await;
    assert!(!kept.contains("lea@example.org"), "{kept}");
}

/// The outbox as text, behind the practice's wall.
async fn sqlx_rows(house: &House, office: &Office) -> String {
    let mut tx = house.raw.begin().await.unwrap();
    sqlx::query("SELECT set_config('app.practice', $1, true)")
        .bind(office.practice.to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    let rows = sqlx::query("SELECT to_jsonb(m)::text FROM message m").fetch_all(&mut *tx).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_says_no_in_a_mail_gets_no_more_reminders_and_still_hears_of_changes() {
    let house = house!();
    let smtp = smtp!(Way::StartTls);
    let (office, schedule) = practice(&house).await;
    let gateways = by_mail(&house, &server_of(&smtp, Way::StartTls), SECRET);
    let a = made(&schedule, "2026-12-07T15:00", "lea@example.org");
    put(&house, &office, &a).await;
    house.wait(a.span.unwrap().start_at - TimeDelta::hours(47) - house.now());
    deliver(&house, &office, &gateways).await;
    let address = smtp.arrived().last().unwrap().header("List-Unsubscribe").unwrap();
    let path = address.trim_matches(['<', '>']).strip_prefix(&house.base).unwrap().to_owned();
    // A program that looks at addresses stops nothing.
    let page = house.send("GET", &path, &[], "").await;
    assert!(page.status == 200 && page.body.contains("<button>"), "{}", page.body);
    let waiting = |told: Vec<(String, String)>| told.iter().filter(|(_, state)| state == "waiting").count();
    assert_eq!(waiting(told(&house, &office).await), 1);
    // A changed address is no key.
    let mut other = path.clone();
    other.pop();
    other.push(if path.ends_with('A') { 'B' } else { 'A' });
    for wrong in [other, path.replace("/stop/", "/survey/")] {
        assert_eq!(house.send("POST", &wrong, &[], "List-Unsubscribe=One-Click").await.status, 404);
    }
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    for _ in 0..2 {
        assert_eq!(house.send("POST", &path, &headers, "List-Unsubscribe=One-Click").await.status, 200);
    }
    assert_eq!(waiting(told(&house, &office).await), 0);
    let before = smtp.arrived().len();
    let moved =
        Appointment { span: a.span.map(|s| Span { start_at: s.start_at + TimeDelta::days(3), ..s }), ..a.clone() };
    put(&house, &office, &moved).await;
    house.wait(TimeDelta::days(4));
    deliver(&house, &office, &gateways).await;
    house.wait(TimeDelta::seconds(90));
    deliver(&house, &office, &gateways).await;
    let told = told(&house, &office).await;
    assert!(told.iter().all(|(template, _)| template != "reminder") || smtp.arrived().len() <= before + 1, "{told:?}");
    let again = made(&schedule, "2026-12-14T15:00", "lea@example.org");
    put(&house, &office, &again).await;
    house.wait(TimeDelta::seconds(61));
    deliver(&house, &office, &gateways).await;
    house.wait(TimeDelta::days(4));
    assert_eq!(deliver(&house, &office, &gateways).await, 0, "no reminder follows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_fails_loses_and_doubles_nothing() {
    let house = house!();
    let mut smtp = smtp!(Way::StartTls);
    let (office, schedule) = practice(&house).await;
    let server = server_of(&smtp, Way::StartTls);
    let right = by_mail(&house, &server, SECRET);
    for (minute, contact) in [("00", "lea@example.org"), ("15", "nobody@example.org"), ("30", "slow@example.org")] {
        put(&house, &office, &made(&schedule, &format!("2026-12-21T15:{minute}"), contact)).await;
    }
    house.wait(TimeDelta::seconds(61));
    // A wrong password, an authority that is not the server's, a server that is not there: nothing goes, and nothing fails.
    let wrong = by_mail(&house, &server, "another");
    let foreign = by_mail(&house, &Server { authority: String::new(), ..server.clone() }, SECRET);
    for gateways in [&wrong, &foreign] {
        assert_eq!(deliver(&house, &office, gateways).await, 0);
        assert!(told(&house, &office).await.iter().all(|(_, state)| state == "waiting"));
        house.wait(TimeDelta::seconds(61));
    }
    smtp.stop();
    for _ in 0..20 {
        assert_eq!(deliver(&house, &office, &right).await, 0);
        house.wait(TimeDelta::seconds(61));
    }
    smtp.run();
    // One goes, one has no mailbox, one is told to come later and does.
    assert_eq!(deliver(&house, &office, &right).await, 1);
    for _ in 0..3 {
        house.wait(TimeDelta::minutes(10));
        deliver(&house, &office, &right).await;
    }
    let told = told(&house, &office).await;
    let of = |state: &str| told.iter().filter(|(template, s)| template == "confirmation" && s == state).count();
    assert_eq!((of("sent"), of("failed"), of("waiting")), (2, 1, 0), "{told:?}");
    let mut to: Vec<String> = smtp.arrived().into_iter().flat_map(|mail| mail.to).collect();
    to.sort();
    assert_eq!(to, ["lea@example.org", "slow@example.org"]);
    assert_eq!(usage(&house, &office).await["email"], 2);
}

#[tokio::test]
async fn what_the_practice_takes_back_in_time_is_never_said() {
    let house = patient_house!();
    let (office, schedule) = practice(&house).await;
    let a = made(&schedule, "2026-12-07T15:00", "+33612345678");
    put(&house, &office, &a).await;
    house.wait(TimeDelta::seconds(30));
    put(&house, &office, &off(&a)).await;
    house.wait(TimeDelta::days(1));
    assert!(house.messages(&office).await.is_empty());
    // Said, called off by mistake, and put back.
    let b = made(&schedule, "2026-12-07T16:00", "+33612345678");
    put(&house, &office, &b).await;
    house.wait(TimeDelta::seconds(61));
    assert_eq!(house.messages(&office).await.len(), 1);
    put(&house, &office, &off(&b)).await;
    house.wait(TimeDelta::seconds(30));
    put(&house, &office, &b).await;
    house.wait(TimeDelta::seconds(90));
    let sent = house.messages(&office).await;
    assert_eq!(sent.len(), 1, "{sent:?}");
    // And its reminder is there again.
    house.wait(b.span.unwrap().start_at - TimeDelta::hours(48) - house.now());
    assert_eq!(house.messages(&office).await.last().unwrap().template, Template::Reminder);
}

#[tokio::test]
async fn nobody_is_woken_and_a_suspended_practice_sends_nothing() {
    let house = patient_house!();
    let (office, schedule) = practice(&house).await;
    let at = |wall: &str| time::instant(wall.parse().unwrap(), &schedule.site.zone);
    house.wait(at("2026-12-02T22:30") - house.now());
    put(&house, &office, &made(&schedule, "2026-12-10T15:00", "+33612345678")).await;
    house.wait(at("2026-12-03T07:59") - house.now());
    assert!(house.messages(&office).await.is_empty());
    house.wait(TimeDelta::minutes(1));
    assert_eq!(house.messages(&office).await.len(), 1);
    assert!(call(&house, &office, "POST", "/practice/suspend", "").await.status < 300);
    house.wait(at("2026-12-08T16:00") - house.now());
    assert_eq!(house.messages(&office).await.len(), 1);
    assert!(call(&house, &office, "POST", "/practice/resume", "").await.status < 300);
    assert_eq!(house.messages(&office).await.len(), 2);
    // Suspended until it has begun: then nobody hears of it any more.
    call(&house, &office, "POST", "/practice/suspend", "").await;
    house.wait(at("2026-12-10T15:01") - house.now());
    call(&house, &office, "POST", "/practice/resume", "").await;
    assert_eq!(house.messages(&office).await.len(), 2);
    assert!(told(&house, &office).await.iter().any(|(template, state)| template == "reminder" && state == "dropped"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_practice_had_booked_before_it_came_here_is_reminded_and_not_confirmed_again() {
    let house = patient_house!();
    let (office, schedule) = practice(&house).await;
    let seconds = u64::try_from((house.portal.now() - TimeDelta::days(20)).timestamp()).unwrap();
    let early = uuid::Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, 0));
    let a = Appointment { id: AppointmentId::new(early), ..made(&schedule, "2026-12-10T09:00", "yasmine@example.fr") };
    put(&house, &office, &a).await;
    let words = |all: Vec<(String, String)>| all.into_iter().map(|(template, _)| template).collect::<Vec<_>>();
    assert_eq!(
        words(told(&house, &office).await),
        ["reminder", "reminder"],
        "what is to come, and nothing of long ago"
    );
    put(&house, &office, &off(&a)).await;
    assert!(words(told(&house, &office).await).contains(&"cancellation".to_owned()), "a change is news");
}
