//! Persons' rights from the terminal.

use crate::cli::{Terminal, text};

#[test]
fn a_request_is_taken_in_and_executed_from_the_terminal_or_refused_with_its_day() {
    let terminal = Terminal::new();
    terminal.init();
    let add = |surname: &str| {
        let added = ["patient", "add", "--surname", surname, "--first-name", "Marie", "--born", "1979-05-12"];
        text(&terminal.one(&added), "id")
    };
    let (kept, gone) = (add("DUPONT"), add("DURAND"));
    let entry = serde_json::json!({ "patient_id": kept, "on": "", "body": { "kind": "alert", "text": "Asthme" } });
    terminal.one(&["call", "write_entry", &entry.to_string()]);
    let (code, lines) = terminal.run(&["person", "erase", "--patient", &kept, "--reason", "sa demande"]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "record_kept"));
    assert_eq!(text(&lines[0]["parameters"], "retention_until").len(), 10);
    let asked = ["request", "add", "--kind", "erasure", "--patient", &gone, "--proof", "identity_card"];
    let id = text(&terminal.one(&asked), "id");
    let erase = ["person", "erase", "--patient", &gone, "--reason", "sa demande", "--request", &id];
    let receipt = terminal.one(&erase);
    assert_eq!(receipt["erased"]["removed"]["patient"], 1);
    assert_eq!(text(&receipt, "request_id"), id);
    let shown = terminal.one(&["request", "show", &id]);
    assert_eq!((text(&shown, "outcome").as_str(), text(&shown, "name").as_str()), ("executed", ""));
    let id = text(&terminal.one(&["request", "add", "--kind", "access", "--patient", &kept]), "id");
    terminal.one(&["request", "amend", &id, "--proof", "known"]);
    terminal.one(&["request", "extend", &id, "--reason", "Dossier volumineux"]);
    terminal.one(&["request", "note", &id, "Rappelée"]);
    let out = terminal.file("lettre.pdf", "");
    terminal.one(&["request", "letter", &id, "--what", "extended", "--out", &out]);
    assert!(std::fs::read(&out).expect("a file").starts_with(b"%PDF"));
    let (code, lines) = terminal.run(&["request", "execute", &id]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "nothing_done_yet"));
    let (_, lines) = terminal.run(&["request", "list", "--closed"]);
    assert_eq!(lines.len(), 2);
}
