//! Messages to patients over a text message gateway: what becomes of them, what people answer, and the survey.

use std::sync::{Arc, Mutex};

use axum::{Router, body::Bytes, extract::State, http::HeaderMap, http::StatusCode, routing::post};
use chrono::{DateTime, TimeDelta, Utc};
use domain::time;
use fhir::booking::{Appointment, AppointmentStatus, Span};
use portal::{
    messages::{Gateways, SmsGateway, is_signed, signature_of},
    secret,
    store::Template,
};
use serde_json::{Value, json};

use crate::{
    house::{Answer, House, house},
    messages::{call, clock, deliver, made, patient_house, practice, put, told, usage},
};

const KEY: &str = "a secret that both know";

/// A gateway as a provider would run it: it checks who asks, and takes the same message once.
#[derive(Clone, Default)]
struct Provider {
    taken: Arc<Mutex<Vec<Value>>>,
    answers: Arc<Mutex<Vec<StatusCode>>>,
    now: Arc<Mutex<DateTime<Utc>>>,
}

async fn take(State(provider): State<Provider>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let now = *provider.now.lock().unwrap();
    let signed = is_signed(KEY, header("semainier-timestamp"), header("semainier-signature"), &body, now);
    if !signed || header("authorization") != "Bearer token" {
        return StatusCode::UNAUTHORIZED;
    }
    if let Some(status) = provider.answers.lock().unwrap().pop() {
        return status;
    }
    let message: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(message["id"].as_str(), Some(header("idempotency-key")));
    let mut taken = provider.taken.lock().unwrap();
    if taken.iter().any(|known| known["id"] == message["id"]) {
        return StatusCode::CONFLICT;
    }
    taken.push(message);
    StatusCode::ACCEPTED
}

/// A gateway, and the ways out of a portal that uses it.
pub(crate) struct Gateway {
    provider: Provider,
    pub ways: Gateways,
}

impl Gateway {
    /// What it takes the time to be.
    pub fn set_clock(&self, now: DateTime<Utc>) {
        *self.provider.now.lock().unwrap() = now;
    }

    /// How it answers next, the last first; then it takes what comes.
    pub fn answer(&self, statuses: &[u16]) {
        let statuses = statuses.iter().map(|status| StatusCode::from_u16(*status).unwrap()).collect();
        *self.provider.answers.lock().unwrap() = statuses;
    }

    /// What it took.
    pub fn taken(&self) -> Vec<Value> {
        self.provider.taken.lock().unwrap().clone()
    }
}

/// A portal's house with a gateway beside it.
pub(crate) async fn with_gateway(house: &House) -> Gateway {
    let provider = Provider::default();
    *provider.now.lock().unwrap() = house.now();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/send", listener.local_addr().unwrap());
    let router = Router::new().route("/send", post(take)).with_state(provider.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let callback = format!("{}/gateway/sms", house.base);
    let gateway = SmsGateway::open(&address, ("token", KEY), "", ("Tilleuls", &callback)).unwrap();
    Gateway { provider, ways: Gateways { mail: None, sms: Some(Arc::new(gateway)), clock: clock(house) } }
}

pub(crate) async fn say(house: &House, event: &Value) -> Answer {
    let body = event.to_string();
    let at = house.now().timestamp();
    let (time, signature) = (at.to_string(), signature_of(KEY, at, body.as_bytes()));
    house
        .send("POST", "/gateway/sms", &[("semainier-timestamp", &time), ("semainier-signature", &signature)], &body)
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn one_confirms_by_text_message_and_stop_stops() {
    let house = patient_house!();
    let (office, schedule) = practice(&house).await;
    let gateway = with_gateway(&house).await;
    let gateways = &gateway.ways;
    let a = made(&schedule, "2026-12-07T15:00", "+33612345678");
    put(&house, &office, &a).await;
    house.wait(a.span.unwrap().start_at - TimeDelta::hours(47) - house.now());
    gateway.set_clock(house.now());
    // Busy twice, then taken; a lost answer makes no second message.
    gateway.answer(&[503]);
    deliver(&house, &office, gateways).await;
    house.wait(TimeDelta::minutes(5));
    gateway.set_clock(house.now());
    deliver(&house, &office, gateways).await;
    let taken = gateway.taken();
    let reminders: Vec<&Value> = taken.iter().filter(|m| m["text"].as_str().unwrap().starts_with("Rappel")).collect();
    assert_eq!(reminders.len(), 1, "{taken:?}");
    let reminder = reminders[0];
    assert!(reminder["text"].as_str().unwrap().contains("Répondez 1 pour confirmer"));
    assert_eq!((reminder["to"].as_str(), reminder["sender"].as_str()), (Some("+33612345678"), Some("Tilleuls")));
    let id = reminder["id"].as_str().unwrap();
    // What became of it.
    assert_eq!(say(&house, &json!({"event": "delivery", "id": id, "state": "delivered"})).await.status, 204);
    assert!(told(&house, &office).await.contains(&("reminder".to_owned(), "delivered".to_owned())));
    let confirmed = || async {
        let path = format!("/fhir/Appointment/{}", a.id);
        let text = call(&house, &office, "GET", &path, "").await.body;
        serde_json::from_str::<Appointment>(&text).unwrap().confirmed
    };
    let feed = || async { call(&house, &office, "GET", "/practice/status", "").await.json()["feed"].as_i64().unwrap() };
    // Another's phone, another practice's message, a word that says nothing: nothing happens, and it is answered alike.
    let (neighbour, _) = house.practice().await;
    let foreign = id.replace(&office.practice.to_string(), &neighbour.practice.to_string());
    for (id, from, text) in
        [(id, "+33699999999", "1"), (&foreign, "+33612345678", "1"), (id, "+33612345678", "1 h de retard")]
    {
        assert_eq!(say(&house, &json!({"event": "reply", "id": id, "from": from, "text": text})).await.status, 204);
        assert!(!confirmed().await, "{text}");
    }
    let before = feed().await;
    for _ in 0..2 {
        assert_eq!(
            say(&house, &json!({"event": "reply", "id": id, "from": "+33612345678", "text": "1"})).await.status,
            204
        );
    }
    assert!(confirmed().await);
    assert_eq!(feed().await, before + 1, "the practice hears of it, once");
    // It is moved: the old answer, coming late, is none to the new time.
    let moved =
        Appointment { span: a.span.map(|s| Span { start_at: s.start_at + TimeDelta::days(7), ..s }), ..a.clone() };
    put(&house, &office, &moved).await;
    say(&house, &json!({"event": "reply", "id": id, "from": "+33612345678", "text": "oui"})).await;
    assert!(!confirmed().await);
    say(&house, &json!({"event": "reply", "id": id, "from": "+33612345678", "text": "STOP"})).await;
    let told = told(&house, &office).await;
    assert!(!told.contains(&("reminder".to_owned(), "waiting".to_owned())), "{told:?}");
    assert!(told.contains(&("change".to_owned(), "waiting".to_owned())), "{told:?}");
    assert_eq!(usage(&house, &office).await["sms"].as_i64(), Some(i64::try_from(taken.len()).unwrap()));
}

#[tokio::test]
async fn what_is_not_signed_is_not_heard() {
    let house = house!();
    let event =
        json!({"event": "delivery", "id": format!("{}.{}", secret::make_id(), secret::make_id()), "state": "failed"});
    assert_eq!(say(&house, &event).await.status, 204, "a message that nobody knows is answered like any other");
    let body = event.to_string();
    let at = house.now().timestamp();
    let send = |at: i64, signature: String| {
        let (house, body) = (&house, &body);
        async move {
            let time = at.to_string();
            let headers = [("semainier-timestamp", time.as_str()), ("semainier-signature", signature.as_str())];
            let answer = house.send("POST", "/gateway/sms", &headers, body).await;
            (answer.status, answer.word())
        }
    };
    let refused = (401, "not_signed".to_owned());
    assert_eq!(send(at, String::new()).await, refused);
    assert_eq!(send(at, signature_of("another secret that nobody knows", at, body.as_bytes())).await, refused);
    assert_eq!(
        send(at - 600, signature_of(KEY, at - 600, body.as_bytes())).await,
        refused,
        "an old one is not played again"
    );
    assert_eq!(send(at, signature_of(KEY, at, b"{}")).await, refused);
    for wrong in ["{}", "[]", "{\"event\":\"reply\"}", "{\"event\":\"delivery\",\"id\":\"x\",\"state\":\"delivered\"}"]
    {
        let (time, signature) = (at.to_string(), signature_of(KEY, at, wrong.as_bytes()));
        let headers = [("semainier-timestamp", time.as_str()), ("semainier-signature", signature.as_str())];
        assert_eq!(house.send("POST", "/gateway/sms", &headers, wrong).await.status, 400, "{wrong}");
    }
    let mut last = 0;
    for _ in 0..30 {
        last = send(at, "guess".to_owned()).await.0;
    }
    assert_eq!(last, 429, "who guesses waits");
}

#[tokio::test]
async fn a_survey_is_counted_once_for_each_and_shown_only_where_many_answered() {
    let house = patient_house!();
    let (office, schedule) = practice(&house).await;
    let mut links = Vec::new();
    for number in 0..6 {
        let a = made(&schedule, &format!("2026-12-01T1{number}:00"), &format!("+3361234567{number}"));
        put(&house, &office, &a).await;
        links.push(a);
    }
    house.wait(time::instant("2026-12-01T18:00".parse().unwrap(), &schedule.site.zone) - house.now());
    house.messages(&office).await;
    for a in &links {
        put(&house, &office, &Appointment { status: AppointmentStatus::Fulfilled, ..a.clone() }).await;
        // Written down again, such as with another length: it is still asked, once.
        let longer = a.span.map(|span| Span { minutes: 20, ..span });
        put(&house, &office, &Appointment { status: AppointmentStatus::Fulfilled, span: longer, ..a.clone() }).await;
    }
    house.wait(TimeDelta::hours(15));
    assert!(house.messages(&office).await.iter().all(|m| m.template != Template::Survey), "not before ten");
    house.wait(TimeDelta::hours(2));
    let sent = house.messages(&office).await;
    let asked: Vec<_> = sent.iter().filter(|m| m.template == Template::Survey).collect();
    assert_eq!(asked.len(), 6);
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    let shown =
        || async { call(&house, &office, "GET", "/practice/survey?month=2026-12", "").await.json()["answers"].clone() };
    for (number, message) in asked.iter().enumerate() {
        let path = message.parameters["link"].strip_prefix(&house.base).unwrap();
        let page = house.send("GET", path, &[], "").await;
        assert!(page.body.matches("type=\"radio\"").count() == 15 && !page.body.contains("<textarea"), "{}", page.body);
        if number == 4 {
            assert_eq!(shown().await, json!([]), "four answers could be somebody's");
        }
        for _ in 0..2 {
            let answer = house.send("POST", path, &headers, "finding=5&booking=1&messages=9").await;
            assert_eq!(answer.status, 303);
        }
        assert!(house.send("GET", path, &[], "").await.body.contains("Merci"));
    }
    assert_eq!(
        shown().await,
        json!([{"question": "booking", "score": 1, "count": 6}, {"question": "finding", "score": 5, "count": 6}])
    );
}
