//! Searching patients and reading the typed box, on a seeded vault.

use std::time::Instant;

use domain::id::TypeId;
use semainier_app::commands::agenda::typed_wire::{BoxSlotsRequest, ReadBoxRequest};
use semainier_app::commands::patient::wire::SearchPatientsRequest;
use semainier_app::commands::{Desk, agenda, patient};

use super::saying::say;

/// Patients by what is typed of them.
pub async fn patients(desk: &Desk, appointments: u32) -> (String, f64) {
    let texts = [
        "dup",
        "mar",
        "dup mar",
        "martin lou",
        "ben",
        "benali",
        "el idr",
        "lefe",
        "gar cla",
        "nguy",
        "oeuv",
        "ait ah",
        "061",
        "0612",
        "120579",
        "fra",
        "upon",
        "ouss",
        "z",
        "leroy ma",
        "roux cam",
        "petit",
        "mo be",
        "tazi mer",
    ];
    let mut times = Vec::new();
    for number in 0..960 {
        let request = SearchPatientsRequest { text: texts[number % texts.len()].to_owned(), limit: 8 };
        let began = Instant::now();
        patient::search_patients(desk, request).await.expect("a search");
        times.push(began.elapsed());
    }
    say("patient search", appointments, &mut times, serde_json::json!({ "median": 0.3, "p99": 3.0 }))
}

/// One key in the booking box: what is typed is read and searched; the slots are those that the page has.
pub async fn boxes(desk: &Desk, appointments: u32, kind: TypeId) -> (String, f64) {
    let texts = ["dup", "dup mar", "dup mar jeu", "martin lou 10h", "ben +7j", "0612", "leroy ma cs", "nguy 12/3 ++"];
    let ask = |text: &str, known: &str| ReadBoxRequest {
        text: text.to_owned(),
        language: "fr".to_owned(),
        limit: 6,
        type_id: Some(kind),
        patient_id: None,
        slots: Some(BoxSlotsRequest {
            practitioners: Vec::new(),
            from: desk.wall_now().to_string(),
            days: 60,
            part: "any".to_owned(),
            count: 60,
            known: known.to_owned(),
        }),
    };
    let mut known = Vec::new();
    for text in texts {
        known.push(agenda::read_box(desk, ask(text, "")).await.expect("read").known);
    }
    let mut times = Vec::new();
    for number in 0..960 {
        let at = number % texts.len();
        let began = Instant::now();
        agenda::read_box(desk, ask(texts[at], &known[at])).await.expect("read");
        times.push(began.elapsed());
    }
    say("booking box, one key", appointments, &mut times, serde_json::json!({ "median": 0.6, "p99": 5.0 }))
}
