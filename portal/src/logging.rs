//! The server's log: one line of JSON an answer, on the standard error. The route's pattern and never its address, no header, no
//! body, no person.

use std::time::Duration;

use serde::Serialize;

#[derive(Serialize)]
struct Line<'a> {
    at: chrono::DateTime<chrono::Utc>,
    level: &'a str,
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    milliseconds: Option<u128>,
    #[serde(skip_serializing_if = "Option::is_none")]
    what: Option<&'a str>,
}

/// Tells of an answer.
pub fn answered(at: chrono::DateTime<chrono::Utc>, route: &str, status: u16, took: Duration) {
    write(&Line {
        at,
        level: if status >= 500 { "error" } else { "info" },
        event: "answered",
        route: Some(route),
        status: Some(status),
        milliseconds: Some(took.as_millis()),
        what: None,
    });
}

/// Tells of a fault by a word, such as an SQLSTATE: never by a text that may hold somebody's.
pub fn fault(at: chrono::DateTime<chrono::Utc>, event: &str, what: &str) {
    write(&Line { at, level: "error", event, route: None, status: None, milliseconds: None, what: Some(what) });
}

/// Tells that something was done.
pub fn done(at: chrono::DateTime<chrono::Utc>, event: &str, what: &str) {
    write(&Line { at, level: "info", event, route: None, status: None, milliseconds: None, what: Some(what) });
}

fn write(line: &Line<'_>) {
    if let Ok(text) = serde_json::to_string(line) {
        eprintln!("{text}");
    }
}
