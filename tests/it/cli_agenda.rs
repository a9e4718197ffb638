//! The agenda from further away, series, rows and the waiting room, from the terminal.

use serde_json::Value;

use crate::cli::{Terminal, text};

const WHO: &str = "Dr Lefèvre";

/// A practice that is open on weekdays, with two patients, and the name of its first type.
fn practice() -> (Terminal, [String; 2], String) {
    let terminal = Terminal::new();
    terminal.init();
    let set = ["hours", "set", "--practitioner", WHO, "--days", "mon-fri", "--from", "09:00", "--to", "18:00"];
    assert_eq!(terminal.run(&set).0, 0);
    let add = |surname: &str| {
        let arguments = ["patient", "add", "--surname", surname, "--first-name", "Marie", "--born", "1979-05-12"];
        text(&terminal.one(&arguments), "id")
    };
    let patients = [add("DUPONT"), add("ALAOUI")];
    let kind = text(&terminal.run(&["type", "list"]).1[0], "name");
    (terminal, patients, kind)
}

fn starts(lines: &[Value]) -> Vec<String> {
    lines.iter().map(|line| text(line, "starts")).collect()
}

#[test]
fn a_series_is_changed_and_a_row_is_found_and_booked_from_the_terminal() {
    let (terminal, [patient, other], kind) = practice();
    let begun = ["--patient", &patient, "--practitioner", WHO, "--type", &kind, "--first", "2031-03-04T10:00"];
    let booked = terminal.one(&[&["series", "book"], &begun[..], &["--every", "1", "--sessions", "4"]].concat());
    let ids: Vec<String> = booked["booked"].as_array().expect("sessions").iter().map(|one| text(one, "id")).collect();
    assert_eq!((ids.len(), booked["left_out"].as_array().map(Vec::len)), (4, Some(0)));
    let dry = ["series", "change", &ids[1], "--scope", "following", "--at", "2031-03-12T11:00", "--dry-run"];
    assert_eq!(terminal.run(&dry).1.len(), 3);
    assert_eq!(starts(&terminal.run(&["list", "--from", "2031-03-11"]).1), ["2031-03-11T10:00"], "nothing is written");
    let changed = terminal.one(&dry[..7]);
    assert_eq!(changed["changed"].as_array().map(Vec::len), Some(3));
    let listed = terminal.run(&["list", "--from", "2031-03-01", "--days", "40"]).1;
    assert_eq!(starts(&listed), ["2031-03-04T10:00", "2031-03-12T11:00", "2031-03-19T11:00", "2031-03-26T11:00"]);
    // Another interval for all of them, then one alone with another length.
    terminal.one(&["series", "change", &ids[1], "--scope", "all", "--every", "2"]);
    let listed = terminal.run(&["list", "--from", "2031-03-01", "--days", "60"]).1;
    assert_eq!(starts(&listed)[1..], ["2031-03-12T11:00", "2031-03-26T11:00", "2031-04-09T11:00"]);
    terminal.one(&["series", "change", &ids[3], "--minutes", "45"]);
    let one = &terminal.run(&["list", "--from", "2031-04-09"]).1[0];
    assert_eq!((text(one, "starts"), one["minutes"].as_i64()), ("2031-04-09T11:00".to_owned(), Some(45)));

    let row = ["--patient", &patient, "--patient", &other, "--practitioner", WHO, "--type", &kind];
    let find = [&["row", "find"], &row[..], &["--from", "2031-03-05", "--days", "1", "--count", "1"]].concat();
    let places: Vec<String> = serde_json::from_value(terminal.one(&find)["starts"].clone()).expect("wall times");
    assert_eq!(places.len(), 2);
    let book = [&["row", "book"], &row[..], &["--at", &places[0], "--at", &places[1]]].concat();
    assert_eq!(terminal.one(&book)["booked"].as_array().map(Vec::len), Some(2));
    assert_eq!(terminal.run(&book).0, 3, "taken now");
    terminal.one(&["undo"]);
    assert_eq!(terminal.run(&["list", "--from", "2031-03-05"]).1.len(), 0, "both of the row are taken back");
}

#[test]
fn the_agenda_is_seen_from_further_away_from_the_terminal() {
    let (terminal, [patient, other], kind) = practice();
    let book = |patient: &str, at: &str| {
        let arguments = ["book", "--practitioner", WHO, "--patient", patient, "--type", &kind, "--at", at];
        terminal.one(&arguments)
    };
    let first = book(&patient, "2031-03-04T10:00");
    let second = book(&other, "2031-03-05T10:00");
    terminal.one(&["cancel", &text(&second, "id"), "--by", "patient"]);
    let month = terminal.run(&["month", "--from", "2031-03-01", "--practitioner", WHO]).1;
    assert_eq!(month.len(), 31);
    assert_eq!((month[3]["booked"].as_i64(), month[3]["open_minutes"].as_i64()), (Some(1), Some(540)));
    assert_eq!(month[4]["booked"].as_i64(), Some(0), "cancelled");
    let list = |more: &[&str]| terminal.run(&[&["list", "--from", "2031-03-01", "--days", "31"], more].concat()).1;
    assert_eq!(list(&[]).len(), 2);
    assert_eq!(starts(&list(&["--status", "cancelled"])), ["2031-03-05T10:00"]);
    assert_eq!(list(&["--type", &kind, "--status", "booked", "--practitioner", WHO]).len(), 1);
    assert_eq!(terminal.run(&["list", "--from", "2031-03-01", "--site", "nowhere"]).0, 3);
    let found = terminal.run(&["find", "dupont", "--from", "2031-03-01"]).1;
    assert_eq!((starts(&found), text(&found[0], "by")), (vec!["2031-03-04T10:00".to_owned()], "person".to_owned()));
    assert_eq!(starts(&terminal.run(&["find", &text(&first, "code"), "--from", "2031-03-01"]).1), ["2031-03-04T10:00"]);
    let changes = terminal.run(&["changes", "--since", "2020-01-01T00:00", "--own"]).1;
    let what: Vec<String> = changes.iter().map(|one| text(one, "what")).collect();
    assert!(what.contains(&"booked".to_owned()) && what.contains(&"cancelled".to_owned()), "{what:?}");
    assert_eq!(terminal.run(&["changes", "--since", "2020-01-01T00:00"]).1.len(), 0, "nobody else did anything");
    let id = text(&first, "id");
    assert_eq!(starts(&terminal.run(&["board", "pin", &id]).1), ["2031-03-04T10:00"]);
    assert_eq!(terminal.run(&["board", "list"]).1.len(), 1);
    assert_eq!(terminal.run(&["board", "unpin", &id]).1.len(), 0);
}

#[test]
fn the_waiting_room_is_run_from_the_terminal() {
    let (terminal, patients, _) = practice();
    assert_eq!(terminal.run(&["room", "next", "--practitioner", WHO]).0, 3, "nobody waits");
    let walk_in =
        |patient: &str| text(&terminal.one(&["room", "walk-in", "--patient", patient, "--practitioner", WHO]), "id");
    let (first, second) = (walk_in(&patients[0]), walk_in(&patients[1]));
    let order = || terminal.run(&["room", "list"]).1.iter().map(|one| text(one, "id")).collect::<Vec<_>>();
    assert_eq!(order(), [first.clone(), second.clone()]);
    terminal.one(&["room", "place", &second, "--before", &first]);
    assert_eq!(order(), [second.clone(), first.clone()]);
    assert!(terminal.run(&["room", "list"]).1.iter().all(|one| one["expected"].as_i64().is_none_or(|wait| wait >= 0)));
    let called = terminal.one(&["room", "next", "--practitioner", WHO]);
    assert_eq!((text(&called, "id"), text(&called, "status")), (second, "in_consultation".to_owned()));
    let wall = terminal.one(&["room", "wall"]).to_string();
    let codes: String = wall.chars().filter(|one| !matches!(one, ' ' | '-')).collect();
    assert!(codes.contains(&text(&called, "code")), "{wall}");
    assert!(!wall.contains("ALAOUI") && !wall.contains("DUPONT"), "{wall}");
    assert_eq!(text(&terminal.one(&["room", "next", "--practitioner", WHO]), "id"), first);
}
