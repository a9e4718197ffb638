//! What a practice's app meets: tokens, conditional updates, cursors, refusals.

use chrono::TimeDelta;
use fhir::booking::{Appointment, AppointmentStatus, Bundle, BundleEntry, BundleKind, Request, Resource, Span};
use portal::{demonstration, secret};
use serde_json::{Value, json};

use crate::house::{house, name};

#[tokio::test]
async fn a_client_gets_a_token_with_its_secret_only_and_it_ends() {
    let house = house!();
    let office = house.office().await;
    let other = house.office().await;
    let ask = |id: &str, secret: &str| format!("grant_type=client_credentials&client_id={id}&client_secret={secret}");
    let unknown = format!("{}.{}", secret::make_id(), secret::make_id());
    let mut bodies = Vec::new();
    for (id, secret) in [
        (office.client_id.as_str(), other.client_secret.as_str()),
        (other.client_id.as_str(), office.client_secret.as_str()),
        (unknown.as_str(), office.client_secret.as_str()),
        ("x", "y"),
        (office.client_id.as_str(), ""),
    ] {
        let answer = house.send("POST", "/oauth/token", &[], &ask(id, secret)).await;
        assert_eq!(answer.status, 401);
        bodies.push(answer.body);
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]), "refused alike");
    let good = house.send("POST", "/oauth/token", &[], &ask(&office.client_id, &office.client_secret)).await;
    assert_eq!((good.status, good.json()["token_type"].as_str()), (200, Some("Bearer")));
    assert_eq!(house.call(&office, "GET", "/practice/status", &[], "").await.status, 200);
    house.wait(TimeDelta::minutes(31));
    assert_eq!(house.call(&office, "GET", "/practice/status", &[], "").await.status, 401);
    for header in ["", "Bearer", "Bearer x", "Basic eDp5"] {
        let answer = house.send("GET", "/fhir/Slot", &[("authorization", header)], "").await;
        assert_eq!((answer.status, answer.word().as_str()), (401, "unknown_client"));
    }
}

#[tokio::test]
async fn who_guesses_secrets_waits() {
    let house = house!();
    let office = house.office().await;
    let body = format!("grant_type=client_credentials&client_id={}&client_secret=x", office.client_id);
    let mut statuses = Vec::new();
    for _ in 0..25 {
        statuses.push(house.send("POST", "/oauth/token", &[], &body).await.status);
    }
    assert!(statuses.contains(&401) && statuses.last() == Some(&429), "{statuses:?}");
}

#[tokio::test]
async fn a_conditional_update_creates_changes_and_is_done_once_however_often_it_comes() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let a = house.own(&slot, 1);
    let id = a.id.uuid();
    let created = house.put(&office, "Appointment", id, &a, &[("if-none-match", "*")]).await;
    assert_eq!((created.status, created.etag().as_str()), (201, "W/\"1\""), "{}", created.body);
    // The answer was lost; the request comes again, and again later.
    for _ in 0..3 {
        let again = house.put(&office, "Appointment", id, &a, &[("if-none-match", "*")]).await;
        assert_eq!((again.status, again.etag().as_str()), (200, "W/\"1\""));
    }
    let moved =
        Appointment { span: a.span.map(|s| Span { start_at: s.start_at + TimeDelta::minutes(60), ..s }), ..a.clone() };
    let changed = house.put(&office, "Appointment", id, &moved, &[("if-match", "W/\"1\"")]).await;
    assert_eq!((changed.status, changed.etag().as_str()), (200, "W/\"2\""));
    // What was delayed on its way comes too late.
    for header in [("if-none-match", "*"), ("if-match", "W/\"1\"")] {
        let late = house.put(&office, "Appointment", id, &a, &[header]).await;
        assert_eq!((late.status, late.word().as_str()), (412, "other_version"));
    }
    let again = house.put(&office, "Appointment", id, &moved, &[("if-match", "W/\"1\"")]).await;
    assert_eq!((again.status, again.etag().as_str()), (200, "W/\"2\""));
    let read = house.call(&office, "GET", &format!("/fhir/Appointment/{id}"), &[], "").await;
    let kept: Appointment = serde_json::from_str(&read.body).unwrap();
    assert_eq!(Appointment { meta: None, ..kept }, moved);
    // The id is the name: a client that goes by it meets the same.
    let body = serde_json::to_string(&a).unwrap();
    let path = format!("/fhir/Appointment/{id}");
    let by_id = house.call(&office, "PUT", &path, &[("if-match", "W/\"2\"")], &body).await;
    assert_eq!((by_id.status, by_id.etag().as_str()), (200, "W/\"3\""), "{}", by_id.body);
    let body = serde_json::to_string(&moved).unwrap();
    assert_eq!(house.call(&office, "PUT", &path, &[("if-match", "W/\"3\"")], &body).await.status, 200);
    let none = house.put(&office, "Appointment", secret::make_id(), &moved, &[]).await;
    assert_eq!((none.status, none.word().as_str()), (400, "not_of_the_form"), "another name in the address");
}

#[tokio::test]
async fn what_was_erased_does_not_come_back() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let a = house.own(&slot, 1);
    let at = format!("/fhir/Appointment?{}", name(a.id.uuid()));
    assert_eq!(house.put(&office, "Appointment", a.id.uuid(), &a, &[]).await.status, 201);
    for _ in 0..2 {
        assert_eq!(house.call(&office, "DELETE", &at, &[], "").await.status, 204);
    }
    assert_eq!(house.call(&office, "GET", &format!("/fhir/Appointment/{}", a.id), &[], "").await.status, 404);
    let late = house.put(&office, "Appointment", a.id.uuid(), &a, &[]).await;
    assert_eq!((late.status, late.word().as_str()), (410, "erased"));
    assert_eq!(house.call(&office, "DELETE", &format!("/fhir/Slot/{}", slot.id.0), &[], "").await.status, 204);
    assert_eq!(house.call(&office, "GET", &format!("/fhir/Slot/{}", slot.id.0), &[], "").await.status, 404);
}

#[tokio::test]
async fn nothing_beyond_the_fields_and_the_instruction_is_taken() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let a = house.own(&slot, 1);
    let id = a.id.uuid();
    let mut value = serde_json::to_value(&a).unwrap();
    value["comment"] = json!("CANARY diabète");
    let refused = house.put(&office, "Appointment", id, &value, &[]).await;
    assert_eq!((refused.status, refused.word().as_str()), (422, "element_not_taken"));
    assert!(refused.body.contains("\"comment\"") && !refused.body.contains("CANARY"));
    let mut value = serde_json::to_value(&a).unwrap();
    value["contained"][0]["name"][0]["family"] = json!("185057800608436");
    let refused = house.put(&office, "Appointment", id, &value, &[]).await;
    assert_eq!(refused.status, 422);
    assert!(!refused.body.contains("1850578"));
    // Another instruction: no reason any more.
    let mut instruction = demonstration::instruction();
    instruction.version = 2;
    instruction.fields.reason = false;
    let body = serde_json::to_string(&instruction).unwrap();
    assert_eq!(house.call(&office, "PUT", "/practice/instruction", &[], &body).await.status, 201);
    assert_eq!(house.call(&office, "PUT", "/practice/instruction", &[], &body).await.status, 200);
    let refused = house.put(&office, "Appointment", id, &a, &[]).await;
    assert_eq!((refused.status, refused.word().as_str()), (422, "not_instructed"));
    let without = Appointment { kind: None, ..a };
    assert_eq!(house.put(&office, "Appointment", id, &without, &[]).await.status, 201);
    instruction.version = 4;
    let body = serde_json::to_string(&instruction).unwrap();
    let gap = house.call(&office, "PUT", "/practice/instruction", &[], &body).await;
    assert_eq!((gap.status, gap.word().as_str()), (412, "other_version"));
}

#[tokio::test]
async fn every_refusal_is_an_outcome() {
    let house = house!();
    let (office, _) = house.practice().await;
    let large = format!("{{\"x\":\"{}\"}}", "a".repeat(70_000));
    let at = format!("/fhir/Appointment?{}", name(secret::make_id()));
    for (method, path, body, status) in [
        ("GET", "/fhir/Patient", "", 404),
        ("GET", "/fhir/Appointment/x", "", 400),
        ("PATCH", "/fhir/Appointment", "", 405),
        ("GET", "/fhir/Appointment?patient=1", "", 400),
        ("GET", "/fhir/Slot?start=ge2026", "", 400),
        ("GET", "/fhir/Slot?status=x", "", 400),
        ("DELETE", "/fhir/Slot", "", 400),
        ("PUT", "/fhir/Appointment", "{}", 400),
        ("PUT", at.as_str(), "{", 400),
        ("PUT", at.as_str(), large.as_str(), 413),
        ("POST", "/fhir", "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}", 400),
        ("POST", "/practice/nothing", "", 404),
    ] {
        let answer = house.call(&office, method, path, &[], body).await;
        assert_eq!(answer.status, status, "{method} {path}: {}", answer.body);
        assert_eq!(answer.json()["resourceType"], "OperationOutcome", "{method} {path}");
        assert!(!answer.word().is_empty());
    }
    let metadata = house.send("GET", "/fhir/metadata", &[], "").await.json();
    assert_eq!(metadata["fhirVersion"], "4.0.1");
}

#[tokio::test]
async fn what_patients_do_is_fetched_by_a_cursor_without_loss_or_repetition() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let mut booked = Vec::new();
    for number in 0..7 {
        let slot = house.free(&office, &schedule, number * 30).await;
        booked.push(house.book(&office, &schedule, slot.id, &format!("+3361234567{number}")).await.unwrap().id);
    }
    let mut found = Vec::new();
    let mut url = "Appointment?_cursor=0&_count=3".to_owned();
    let monitor = loop {
        let bundle = house.call(&office, "GET", &format!("/fhir/{url}"), &[], "").await.bundle();
        for entry in &bundle.entry {
            let Some(Resource::Appointment(a)) = &entry.resource else { panic!("an appointment") };
            found.push(a.id);
        }
        match bundle.link("next") {
            Some(next) => url = next.to_owned(),
            None => break bundle.link("monitor").unwrap().to_owned(),
        }
    };
    assert_eq!(found, booked);
    let nothing = house.call(&office, "GET", &format!("/fhir/{monitor}"), &[], "").await.bundle();
    assert!(nothing.entry.is_empty());
    // The practice takes one over: that is nothing it has to hear of; everything since an instant holds it all the same.
    let held = house.call(&office, "GET", &format!("/fhir/Appointment/{}", booked[0]), &[], "").await;
    let a: Appointment = serde_json::from_str(&held.body).unwrap();
    let seen = Appointment { meta: None, status: AppointmentStatus::Arrived, confirmed: true, ..a };
    let put = house.put(&office, "Appointment", booked[0].uuid(), &seen, &[("if-match", &held.etag())]).await;
    assert_eq!(put.status, 200, "{}", put.body);
    assert!(house.call(&office, "GET", &format!("/fhir/{monitor}"), &[], "").await.bundle().entry.is_empty());
    let mut all = 0;
    let mut url = "Appointment?_lastUpdated=ge2026-01-01&_count=2".to_owned();
    loop {
        let bundle = house.call(&office, "GET", &format!("/fhir/{url}"), &[], "").await.bundle();
        all += bundle.entry.len();
        match bundle.link("next") {
            Some(next) => url = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(all, 7);
}

#[tokio::test]
async fn who_listens_hears_at_once_that_there_is_something() {
    use http_body_util::BodyExt;
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let client = hyper_util::client::legacy::Client::builder(hyper_util::rt::TokioExecutor::new()).build_http();
    let request = axum::http::Request::get(format!("{}/events", house.base))
        .header("authorization", format!("Bearer {}", office.token))
        .body(http_body_util::Full::<axum::body::Bytes>::default())
        .unwrap();
    let mut body = client.request(request).await.unwrap().into_body();
    let mut next = async || {
        let frame = tokio::time::timeout(std::time::Duration::from_secs(5), body.frame()).await.expect("in time");
        String::from_utf8(frame.unwrap().unwrap().into_data().unwrap().to_vec()).unwrap()
    };
    assert_eq!(next().await, "event: feed\ndata: 0\n\n");
    house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    assert_eq!(next().await, "event: feed\ndata: 1\n\n");
}

#[tokio::test]
async fn a_batch_does_each_by_itself_in_its_order() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    let entry = |resource, url: String, if_match: Option<&str>| BundleEntry {
        resource: Some(resource),
        request: Some(Request {
            method: "PUT".to_owned(),
            url,
            if_match: if_match.map(str::to_owned),
            if_none_match: if_match.is_none().then(|| "*".to_owned()),
        }),
        response: None,
    };
    let a = house.own(&slot, 1);
    let b = house.own(&slot, 1);
    let mut batch = Bundle::new(BundleKind::Batch);
    let url = |id| format!("Appointment?identifier=urn:ietf:rfc:3986|urn:uuid:{id}");
    batch.entry.push(entry(Resource::Appointment(Box::new(a.clone())), url(a.id), None));
    batch.entry.push(entry(Resource::Appointment(Box::new(b.clone())), url(b.id), None));
    batch.entry.push(entry(Resource::Appointment(Box::new(a.clone())), url(b.id), None));
    let gone = Appointment { status: AppointmentStatus::Cancelled, ..a.clone() };
    batch.entry.push(entry(Resource::Appointment(Box::new(gone)), url(a.id), Some("W/\"1\"")));
    let body = serde_json::to_string(&batch).unwrap();
    let answer = house.call(&office, "POST", "/fhir", &[], &body).await;
    assert_eq!(answer.status, 200, "{}", answer.body);
    let statuses: Vec<String> =
        answer.bundle().entry.iter().map(|e| e.response.as_ref().unwrap().status.clone()).collect();
    // The second has the first's booking code; the third bears another's name.
    assert_eq!(statuses, ["201", "409", "400", "200"]);
    let word = answer.bundle().entry[1].response.as_ref().unwrap().outcome.as_ref().unwrap().word().map(str::to_owned);
    assert_eq!(word.as_deref(), Some("code_taken"));
    assert_eq!(house.call(&office, "GET", &format!("/fhir/Appointment/{}", b.id), &[], "").await.status, 404);
}

#[tokio::test]
async fn the_portal_says_who_it_is_and_how_it_fares_and_names_nobody() {
    let house = house!();
    let (office, schedule) = house.practice().await;
    let slot = house.free(&office, &schedule, 0).await;
    house.book(&office, &schedule, slot.id, "+33612345678").await.unwrap();
    let about: Value = house.send("GET", "/.well-known/semainier-portal", &[], "").await.json();
    assert_eq!(about["signing_key"], house.portal.key.public().as_str());
    assert_eq!(house.send("GET", "/health", &[], "").await.body, "ok\n");
    assert_eq!(house.send("GET", "/metrics", &[], "").await.status, 404);
    assert_eq!(house.send("GET", "/metrics", &[("authorization", "Bearer wrong")], "").await.status, 404);
    let metrics = house.send("GET", "/metrics", &[("authorization", "Bearer watch")], "").await.body;
    assert!(metrics.contains("portal_answers_total{route=\"PUT /fhir/Slot\",status=\"201\"} 1"), "{metrics}");
    assert!(!metrics.contains("Martin") && !metrics.contains(&office.practice.to_string()));
}
