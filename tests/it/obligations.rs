//! The table of obligations in the project's docs, held against the program: each line names a command, a screen or
//! document, and a test that are really there, or says that it is open and why.
//!
//! Not here: whether the tests hold what the obligation asks; that is read by people.

use std::fs;
use std::path::{Path, PathBuf};

use semainier_app::commands::{DESK, ENTRANCE};

/// Obligations of a service that this program does not offer.
const OPEN: &[&str] = &["O8", "O15"];

/// The processor's documents.
const PAPERS: &str = "portal/PROCESSOR.md";

struct Line {
    id: String,
    who: String,
    commands: Vec<String>,
    shown: String,
    tests: Vec<String>,
    state: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What stands between backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn lines(text: &str) -> Vec<Line> {
    let rows = text.lines().filter(|line| line.starts_with("| O"));
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        assert_eq!(cells.len(), 7, "a line of another form: {line}");
        Line {
            id: cells[0].to_owned(),
            who: cells[2].to_owned(),
            commands: quoted(cells[3]),
            shown: cells[4].to_owned(),
            tests: quoted(cells[5]),
            state: cells[6].to_owned(),
        }
    })
    .collect()
}

fn sources(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder of ours") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            if !path.ends_with("node_modules") && !path.ends_with("generated") {
                sources(&path, into);
            }
        } else if path.extension().is_some_and(|ending| ending == "rs" || ending == "ts") {
            into.push(path);
        }
    }
}

/// Every test's source text, of Rust and of the window's pages.
fn tests() -> String {
    let mut paths = Vec::new();
    for folder in ["tests", "crates", "src-tauri", "ui/src", "portal/tests", "portal/src"] {
        sources(&root().join(folder), &mut paths);
    }
    let own = |path: &&PathBuf| !path.ends_with("tests/it/obligations.rs");
    paths.iter().filter(own).map(|path| fs::read_to_string(path).expect("a source of ours")).collect()
}

fn is_test(all: &str, name: &str) -> bool {
    [format!("fn {name}()"), format!("fn {name}("), format!("it(\"{name}\""), format!("test(\"{name}\"")]
        .iter()
        .any(|form| all.contains(form.as_str()))
}

/// The path of an endpoint or a page of the portal; none for a command of the program.
fn path(command: &str) -> Option<&str> {
    command.split_once(' ').map_or(Some(command), |(_, path)| Some(path)).filter(|path| path.starts_with('/'))
}

/// What is wrong of the table, a sentence each.
fn faults(text: &str, all: &str) -> Vec<String> {
    let lines = lines(text);
    let mut faults = Vec::new();
    let ids: Vec<String> = lines.iter().map(|line| line.id.clone()).collect();
    if ids != (1..=45).map(|number| format!("O{number}")).collect::<Vec<_>>() {
        faults.push("not the 45 obligations in their order".to_owned());
    }
    for line in &lines {
        let id = &line.id;
        if !matches!(line.state.as_str(), "done" | "open") {
            faults.push(format!("{id} has no state"));
        }
        let open = line.state == "open";
        if OPEN.contains(&id.as_str()) && !open {
            faults.push(format!("{id} is said to be done"));
        }
        if open {
            if !OPEN.contains(&id.as_str()) {
                faults.push(format!("{id} is open"));
            }
            continue;
        }
        if line.commands.is_empty() || line.tests.is_empty() || line.shown.len() < 3 {
            faults.push(format!("{id} lacks a command, a screen or a test"));
        }
        if line.who.contains('P')
            && !line.commands.iter().any(|one| path(one).is_some())
            && !line.shown.contains(PAPERS)
        {
            faults.push(format!("{id} names nothing of the portal"));
        }
        for command in &line.commands {
            if let Some(path) = path(command) {
                let written = all.contains(&format!("\"{path}\""));
                let composed = path.starts_with("/fhir/") && all.contains("\"/fhir/\"");
                if !(written || composed) {
                    faults.push(format!("{id} names no address of the portal: {command}"));
                }
                continue;
            }
            if !DESK.contains(&command.as_str()) && !ENTRANCE.contains(&command.as_str()) {
                faults.push(format!("{id} names no command: {command}"));
            }
        }
        for test in &line.tests {
            if !is_test(all, test) {
                faults.push(format!("{id} names no test: {test}"));
            }
        }
    }
    faults
}

#[test]
fn every_obligation_has_a_command_a_screen_and_a_test_that_are_there() {
    let text = fs::read_to_string(root().join("docs/obligations.md")).expect("the table");
    assert_eq!(faults(&text, &tests()), Vec::<String>::new());
}

#[test]
fn the_check_of_the_obligations_can_fail() {
    let text = fs::read_to_string(root().join("docs/obligations.md")).expect("the table");
    let all = tests();
    let without = |what: &str, by: &str| faults(&text.replacen(what, by, 1), &all);
    assert!(!without("| O7 |", "| O77 |").is_empty(), "a line too few");
    assert!(!without("/practice/destroy", "/practice/forget").is_empty(), "an endpoint that is not there");
    assert!(!without("`show_due`", "`show_nothing`").is_empty(), "a command that is not there");
    let first = lines(&text).into_iter().find(|line| !line.tests.is_empty()).expect("a line with a test");
    assert!(!without(&first.tests[0], "a_test_that_nobody_wrote").is_empty(), "a test that is not there");
}
