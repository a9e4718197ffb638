//! A hostile portal: huge, endless, dripping, sending elsewhere, about something else, about somebody else, or no FHIR at all. It is
//! refused and told; nothing of it reaches the agenda.

use std::io::Write;
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use domain::sync::{Answer, Cursor, Expect};
use semainier_app::net::{Limits, Listening, NetError};
use semainier_app::sync::{Portal, Put, Secret, Server, Settings, SyncError, about, appointment};
use serde_json::{Value, json};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::sync_plain::{facts, instruction, practitioner, put};
use crate::tiny_server::{Asked, Tiny, answer};

const JSON: (&str, &str) = ("content-type", "application/json");

/// A portal that gives tokens and says the rest as it likes.
fn hostile(says: impl Fn(&Asked, &mut TcpStream) + Send + Sync + 'static) -> (Tiny, Portal) {
    let tiny = Tiny::serve(move |asked, stream| {
        if asked.path() == "/oauth/token" {
            let token = json!({ "access_token": "abcdefgh12345678", "token_type": "Bearer", "expires_in": 1800 });
            let _ = stream.write_all(&answer(200, &[JSON], &token.to_string()));
        } else {
            says(asked, stream);
        }
    });
    let settings = Settings {
        server: Server::Portal,
        address: tiny.address(),
        authority: String::new(),
        client_id: "practice.client".to_owned(),
        pinned_key: "qg8y6YxPfCvGZ6DS1Sxv4Q0kYd0UKEjSPd8TgAVfNMs=".to_owned(),
        practitioners: vec![practitioner()],
    };
    let portal = Portal::open(&settings, Secret::new(Zeroizing::new("secret".to_owned()))).expect("settings");
    let limits = Limits { largest: 256 * 1024, call: Duration::from_secs(2) };
    (tiny, portal.within(limits))
}

/// One that answers everything with the same body.
fn saying(status: u16, body: impl Into<String>) -> (Tiny, Portal) {
    let body = body.into();
    hostile(move |_, stream| {
        let _ = stream.write_all(&answer(status, &[JSON, ("etag", "W/\"1\"")], &body));
    })
}

fn told(number: u128) -> Value {
    let told = appointment(&facts(number, 0), &instruction()).expect("it is told");
    let mut told = serde_json::to_value(told).expect("JSON");
    told["id"] = json!(facts(number, 0).id.to_string());
    told["meta"]["versionId"] = json!("3");
    told["meta"]["lastUpdated"] = json!("2026-11-26T09:00:00Z");
    told
}

fn page(entries: &[Value], link: &str) -> String {
    let entry: Vec<Value> = entries.iter().map(|one| json!({ "resource": one })).collect();
    let link = json!([{ "relation": "monitor", "url": link }]);
    json!({ "resourceType": "Bundle", "type": "searchset", "link": link, "entry": entry }).to_string()
}

fn feed(portal: &Portal) -> Result<usize, SyncError> {
    portal.feed(Cursor::Feed(4), None).map(|page| page.appointments.len())
}

#[test]
fn a_page_that_is_right_is_believed_and_each_that_is_not_is_refused_whole() {
    let next = "Appointment?_cursor=5&_count=200";
    assert_eq!(feed(&saying(200, page(&[told(1)], next)).1), Ok(1));
    let mut note = told(1);
    note["note"] = json!([{ "text": "…" }]);
    let mut foreign = told(2);
    foreign["participant"][0]["actor"]["identifier"]["value"] = json!(format!("urn:uuid:{}", Uuid::from_u128(77)));
    let mut unversioned = told(2);
    unversioned["meta"] = json!({});
    let mut status = told(2);
    status["status"] = json!("eaten");
    let mut long = told(2);
    long["end"] = json!("2030-01-01T00:00:00Z");
    let mut name = told(2);
    name["contained"][0]["name"][0]["family"] = json!("<script>alert(1)</script>");
    let mut turned = told(2);
    turned["contained"][0]["name"][0]["family"] = json!("Dupont\u{202e}");
    for (what, wrong, refusal) in [
        ("an element more", note, SyncError::NotUnderstood),
        ("another practice's practitioner", foreign, SyncError::Foreign),
        ("no version", unversioned, SyncError::NotUnderstood),
        ("a status that is none", status, SyncError::NotUnderstood),
        ("an appointment of years", long, SyncError::NotUnderstood),
        ("a page in a name", name, SyncError::NotUnderstood),
        ("a name that turns the line around", turned, SyncError::NotUnderstood),
        ("another resource", json!({ "resourceType": "Observation" }), SyncError::NotUnderstood),
    ] {
        assert_eq!(feed(&saying(200, page(&[told(1), wrong], next)).1), Err(refusal), "{what}");
    }
    let many: Vec<Value> = vec![json!({}); 501];
    for (what, body) in [
        ("no JSON", "<html>".to_owned()),
        ("nothing", String::new()),
        ("no bundle", "{}".to_owned()),
        ("a nest", "[".repeat(20_000)),
        ("more than ever goes", page(&many, next)),
        ("a count that stands still", page(&[told(1)], "Appointment?_cursor=4")),
        ("a count that goes back", page(&[], "Appointment?_cursor=3")),
        ("no count", page(&[], "Appointment?_count=3")),
    ] {
        assert_eq!(feed(&saying(200, body).1), Err(SyncError::NotUnderstood), "{what}");
    }
}

#[test]
fn what_was_not_asked_for_is_not_taken() {
    let (_server, portal) = saying(200, page(&[told(2)], "Appointment?_cursor=5"));
    assert_eq!(portal.appointment(facts(1, 0).id).err(), Some(SyncError::Foreign));
    let (_server, portal) = saying(200, page(&[told(1), told(1)], "Appointment?_cursor=5"));
    assert_eq!(portal.appointment(facts(1, 0).id).err(), Some(SyncError::Foreign));
    let (_server, portal) = saying(200, told(2).to_string());
    assert_eq!(portal.put(&put(&facts(1, 0), Expect::Nothing)).err(), Some(SyncError::Foreign));
    let (_server, portal) = saying(200, told(1).to_string());
    assert_eq!(portal.put(&put(&facts(1, 0), Expect::Nothing)).map(|one| one.answer), Ok(Answer::Kept));
    let puts: Vec<Put> = (1..4).map(|number| put(&facts(number, 0), Expect::Nothing)).collect();
    let short = json!({ "resourceType": "Bundle", "type": "batch-response", "entry": [
        { "response": { "status": "201", "etag": "W/\"1\"" } } ] });
    assert_eq!(saying(200, short.to_string()).1.put_all(&puts).err(), Some(SyncError::NotUnderstood));
}

#[test]
fn the_huge_the_endless_and_the_dripping_end() {
    let (_server, portal) = saying(200, "x".repeat(300 * 1024));
    assert_eq!(feed(&portal), Err(SyncError::Net(NetError::TooLarge)));
    // Without a length, without an end.
    let (_server, portal) = hostile(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n");
        while stream.write_all(&[b' '; 4096]).is_ok() {}
    });
    assert_eq!(feed(&portal), Err(SyncError::Net(NetError::TooLarge)));
    let drips: [&'static [u8]; 2] = [b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n", b"HTTP/1.1 200 OK\r\n"];
    for begins in drips {
        let (_server, portal) = hostile(move |_, stream| {
            let _ = stream.write_all(begins);
            // A byte now and then, for ever: in the body, or in the head.
            while stream.write_all(b"x").is_ok() {
                thread::sleep(Duration::from_millis(50));
            }
        });
        let began = Instant::now();
        assert_eq!(feed(&portal), Err(SyncError::Net(NetError::TimedOut)));
        assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
    }
}

#[test]
fn nothing_is_sent_to_another_host_and_no_secret_follows() {
    let elsewhere = Tiny::serve(|_, _| panic!("nobody goes there"));
    let to = format!("{}/fhir/Appointment", elsewhere.address());
    let (_server, portal) = hostile(move |_, stream| {
        let _ = stream.write_all(&answer(307, &[("location", &to)], ""));
    });
    let refused = Err(SyncError::Net(NetError::Redirected { host: "127.0.0.1".to_owned() }));
    assert_eq!(feed(&portal), refused);
    // A next page elsewhere.
    let everything = json!({ "resourceType": "Bundle", "type": "searchset", "entry": [],
        "link": [{ "relation": "next", "url": format!("{}/fhir/Appointment?_after=1", elsewhere.address()) }] });
    let (_server, portal) = saying(200, everything.to_string());
    let page = portal.everything(Cursor::Feed(0), None).expect("a page");
    let next = portal.everything(Cursor::Feed(0), page.more.as_deref());
    assert_eq!(next.err(), Some(SyncError::Net(NetError::Redirected { host: "127.0.0.1".to_owned() })));
}

#[test]
fn a_confirmation_without_a_signature_that_holds_confirms_nothing() {
    let request = Uuid::from_u128(4);
    let statement = json!({ "statement": "erasure", "request": request, "key": "0011223344556677" }).to_string();
    let receipt = json!({ "statement": statement, "signature": "AAAA" }).to_string();
    let (_server, portal) = saying(200, receipt);
    assert_eq!(portal.erase(request, &[facts(1, 0).id], &[]).err(), Some(SyncError::BadSignature));
    assert_eq!(portal.destroy(request, "ab").err(), Some(SyncError::BadSignature));
    let (_server, portal) = saying(200, "{\"kind\":\"appointment\"");
    assert_eq!(portal.export(&mut Vec::new()).err(), Some(SyncError::NotWhole), "a line that was cut");
    let (server, portal) = saying(200, "{}");
    assert_eq!(portal.check().err(), Some(SyncError::NotUnderstood));
    assert_eq!(about(&server.address(), "").err(), Some(SyncError::NotUnderstood));
    let other = json!({ "software": "x", "version": "1", "processor": "x", "processor_contact": "", "host": "x",
        "signing_key": "11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", "signing_key_id": "0000000000000000" });
    let (server, _portal) = saying(200, other.to_string());
    assert_eq!(about(&server.address(), "").err(), Some(SyncError::NotUnderstood), "a short name of another key");
}

#[test]
fn refusals_are_told_apart_and_never_quoted() {
    for (status, body, refusal) in [
        (401, "", SyncError::UnknownClient),
        (403, "", SyncError::UnknownClient),
        (500, "Martin 0612345678", SyncError::Refused { status: 500, word: None }),
        (503, "", SyncError::Later { seconds: None }),
        (418, "", SyncError::Refused { status: 418, word: None }),
    ] {
        let (_server, portal) = saying(status, body);
        assert_eq!(feed(&portal), Err(refusal.clone()), "{status}");
        assert!(!format!("{refusal} {refusal:?}").contains("Martin"));
    }
    let (_server, portal) = hostile(|_, stream| {
        let _ = stream.write_all(&answer(429, &[("retry-after", "17")], ""));
    });
    assert_eq!(feed(&portal), Err(SyncError::Later { seconds: Some(17) }));
    let standing = json!({ "state": "<b>", "feed": 1, "instruction": null, "now": "2026-11-26T09:00:00Z" });
    assert_eq!(saying(200, standing.to_string()).1.standing().err(), Some(SyncError::NotUnderstood));
    let rights = json!({ "requests": [{ "request_id": Uuid::nil(), "kind": "ransom", "contact": "x", "name": "x",
        "language": "fr", "received_at": "2026-11-26T09:00:00Z", "answered_at": null, "outcome": null, "feed": 9 }], "cursor": 9 });
    assert_eq!(saying(200, rights.to_string()).1.rights(0).err(), Some(SyncError::NotUnderstood));
    let loops = json!({ "requests": [], "cursor": 0 });
    assert_eq!(saying(200, loops.to_string()).1.rights(7).err(), Some(SyncError::NotUnderstood));
}

#[test]
fn a_stream_is_heard_line_by_line_and_a_line_without_end_is_left() {
    let (_server, portal) = hostile(|_, stream| {
        let lines = ": hello\n\nevent: feed\ndata: 12\n\nevent: other\ndata: 99\n\nevent: feed\ndata: 13\n\n";
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-type: text/event-stream\r\n\r\n";
        let _ = stream.write_all(format!("{head}{lines}").as_bytes());
    });
    let mut heard = Vec::new();
    let done = portal.listen(&mut |what| {
        if let semainier_app::sync::Listened::Feed(number) = what {
            heard.push(number);
        }
        Listening::On
    });
    assert_eq!((done, heard), (Ok(()), vec![12, 13]));
    let (_server, portal) = hostile(|_, stream| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\ndata: ");
        while stream.write_all(&[b'1'; 1024]).is_ok() {}
    });
    assert_eq!(portal.listen(&mut |_| Listening::On), Err(SyncError::Net(NetError::TooLarge)));
}

#[test]
fn every_refusal_of_a_portal_has_its_words_in_three_languages() {
    for language in ["fr", "ar", "en"] {
        let folder = crate::walls::files_under(&format!("ui/src/messages/{language}"), &[".json"]);
        for code in SyncError::CODES {
            let key = format!("\"error_{code}\"");
            assert!(folder.iter().any(|(_, words)| words.contains(&key)), "{language}: {key}");
        }
    }
}
