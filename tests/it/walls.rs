//! The walls of the house, held by reading the sources: a word that stands in a room which may not say it fails here,
//! and so does a room that reaches into one it may not use. The table is that of ARCHITECTURE.md.
//!
//! Comments, strings and test modules are not read for words: they change no program. Not here: the walls inside `ui`
//! beyond the two that matter to the whole (its own lint holds the rest).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use semainier_app::commands::{DESK, ENTRANCE};

/// A room and the rooms of this package it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("vault", &[]),
    ("store", &["vault"]),
    ("journal", &["store", "vault"]),
    ("backup", &["store", "vault", "journal"]),
    ("print", &[]),
    ("export", &[]),
    ("import", &["export"]),
    ("net", &[]),
    ("caldav", &["net"]),
    ("privacy", &["export", "print"]),
    ("sync", &["net"]),
    (
        "commands",
        &["backup", "caldav", "export", "import", "journal", "net", "print", "privacy", "store", "sync", "vault"],
    ),
    ("desktop", &["commands"]),
    ("cli", &["commands"]),
];

/// The one thing that a door takes from the vault: it must happen before anything else does.
const HARDENING: &str = "harden_process";

/// Words (crates) and the rooms that alone may say them.
const ALONE: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("libsqlite3_sys", &["store"]),
    ("aes_gcm", &["vault"]),
    ("argon2", &["vault"]),
    ("hkdf", &["vault"]),
    ("x25519_dalek", &["vault"]),
    ("keyring", &["vault"]),
    ("age", &["vault"]),
    ("rustix", &["vault"]),
    // Hashes: of keys, of history, of files, of what was published.
    ("sha2", &["vault", "journal", "backup", "export", "privacy", "sync"]),
    // The portal's signatures, verified; no key of ours.
    ("ed25519_dalek", &["sync"]),
    ("ureq", &["net"]),
    // Mail by SMTP is a crate of its own, which the portal uses too.
    ("lettre", &[]),
    ("mail", &["commands"]),
    ("quick_xml", &["caldav", "privacy", "import"]),
    ("printpdf", &["print"]),
    ("krilla", &["print"]),
    ("lopdf", &["print", "import"]),
    ("rustybuzz", &["print"]),
    ("unicode_bidi", &["print"]),
    ("subsetter", &["print"]),
    ("uzor_fonts", &["print"]),
    ("csv", &["import", "export"]),
    ("rrule", &["import"]),
    ("hl7_parser", &["import"]),
    ("encoding_rs", &["import"]),
    ("chardetng", &["import"]),
    ("tar", &["backup"]),
    ("zip", &["import", "privacy"]),
    ("tauri", &["desktop"]),
    ("rfd", &["desktop"]),
    ("gtk", &["desktop"]),
    ("clap", &["cli"]),
    ("zxcvbn", &["commands"]),
    ("whoami", &["commands"]),
    ("directories", &["commands"]),
    ("jiff", &["domain"]),
    ("phonenumber", &["domain"]),
    // The rules themselves.
    ("domain", &["store", "print", "import", "export", "caldav", "privacy", "commands", "cli", "backup", "sync"]),
    // FHIR's own names.
    ("fhir", &["privacy", "sync"]),
];

/// What the rules never say: they have no clock, no input or output, no tasks, no SQL and no window.
const NEVER_IN_DOMAIN: &[&str] = &["tokio", "sqlx", "tauri", "rand", "getrandom", "ts_rs", "ureq", "reqwest"];
/// Parts of the standard library that the rules never use.
const NEVER_IN_DOMAIN_STD: &[&str] = &["fs", "net", "env", "process", "thread", "io", "time"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file of the repository that people wrote: what is built, fetched or drawn is left out.
fn files(folder: &Path, into: &mut Vec<PathBuf>) {
    const NOT_OURS: &[&str] =
        &[".git", "target", "node_modules", "dist", "dist-browser", "gen", "permissions", "out", "generated"];
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("a folder of ours can be listed").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() { files(&path, into) } else { into.push(path) }
    }
}

pub(crate) fn files_under(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut paths = Vec::new();
    files(&root().join(folder), &mut paths);
    paths.sort();
    paths
        .into_iter()
        .filter(|path| endings.iter().any(|ending| path.to_string_lossy().ends_with(ending)))
        .map(|path| {
            let name = path.strip_prefix(root()).expect("it was found there").to_string_lossy().into_owned();
            (name, fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display())))
        })
        .collect()
}

/// The program without comments, strings and its test module, cut into names and signs.
pub(crate) fn tokens(source: &str) -> Vec<String> {
    let source = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let signs: Vec<char> = source.chars().collect();
    let (mut out, mut at) = (Vec::new(), 0);
    let is_name = |sign: char| sign.is_alphanumeric() || sign == '_';
    while at < signs.len() {
        match signs[at] {
            '/' if signs.get(at + 1) == Some(&'/') => {
                while at < signs.len() && signs[at] != '\n' {
                    at += 1;
                }
            }
            '/' if signs.get(at + 1) == Some(&'*') => {
                while at < signs.len() && !(signs[at] == '*' && signs.get(at + 1) == Some(&'/')) {
                    at += 1;
                }
                at += 2;
            }
            'r' if matches!(signs.get(at + 1), Some('"' | '#')) && (at == 0 || !is_name(signs[at - 1])) => {
                let hashes = signs[at + 1..].iter().take_while(|sign| **sign == '#').count();
                let mut end = at + 2 + hashes;
                while end < signs.len()
                    && !(signs[end] == '"'
                        && signs[end + 1..].iter().take(hashes).filter(|s| **s == '#').count() == hashes)
                {
                    end += 1;
                }
                at = end + 1 + hashes;
            }
            '"' => {
                at += 1;
                while at < signs.len() && signs[at] != '"' {
                    at += if signs[at] == '\\' { 2 } else { 1 };
                }
                at += 1;
            }
            // A character, not a lifetime.
            '\'' if signs.get(at + 2) == Some(&'\'') || signs.get(at + 1) == Some(&'\\') => {
                at += 2;
                while at < signs.len() && signs[at] != '\'' {
                    at += 1;
                }
                at += 1;
            }
            ':' if signs.get(at + 1) == Some(&':') => {
                out.push("::".to_owned());
                at += 2;
            }
            sign if is_name(sign) => {
                let start = at;
                while at < signs.len() && is_name(signs[at]) {
                    at += 1;
                }
                out.push(signs[start..at].iter().collect());
            }
            sign => {
                if !sign.is_whitespace() {
                    out.push(sign.to_string());
                }
                at += 1;
            }
        }
    }
    out
}

/// The room of a source file, and how many modules deep it lies in the package.
fn room_of(name: &str) -> Option<(String, usize)> {
    if name.starts_with("crates/domain/") {
        return Some(("domain".to_owned(), 0));
    }
    let inside = name.strip_prefix("src-tauri/")?;
    let parts: Vec<&str> = inside.split('/').collect();
    // The roots (lib, main, build) name the rooms and are none.
    let (file, folders) = parts.split_last()?;
    let room = folders.first()?;
    Some(((*room).to_owned(), folders.len() + usize::from(*file != "mod.rs")))
}

/// Tests beside a room may use what they test it with.
fn is_test_file(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

/// Crates that a program names: the first name of a path, in a `use` or in the text.
pub(crate) fn crates_named(tokens: &[String]) -> BTreeSet<&str> {
    let mut named = BTreeSet::new();
    for (at, token) in tokens.iter().enumerate() {
        let before = if at == 0 { "" } else { tokens[at - 1].as_str() };
        let after = tokens.get(at + 1).map_or("", String::as_str);
        let in_use = matches!(before, "use" | "extern");
        if before != "::" && before != "." && (after == "::" || in_use) {
            named.insert(token.as_str());
        }
    }
    named
}

/// Rooms that a program reaches into, with the name it takes there, by `crate::` or by as many `super::` as lead out.
pub(crate) fn rooms_reached(tokens: &[String], depth: usize) -> BTreeSet<(String, String)> {
    let mut reached = BTreeSet::new();
    let word = |at: usize| tokens.get(at).map_or("", String::as_str);
    let mut at = 0;
    while at < tokens.len() {
        let mut next = at;
        let outside = match word(at) {
            "crate" if word(at + 1) == "::" => {
                next = at + 2;
                true
            }
            "super" if at == 0 || word(at - 1) != "::" => {
                let mut up = 0;
                while word(next) == "super" && word(next + 1) == "::" {
                    (up, next) = (up + 1, next + 2);
                }
                up == depth && up > 0
            }
            _ => false,
        };
        if outside {
            if word(next) == "{" {
                // `crate::{a, b::{c, d}}`: the names at the first level.
                let (mut level, mut inner) = (1, next + 1);
                while level > 0 && inner < tokens.len() {
                    match word(inner) {
                        "{" => level += 1,
                        "}" => level -= 1,
                        name if level == 1 && matches!(word(inner - 1), "{" | ",") => {
                            reached.insert((name.to_owned(), word(inner + 2).to_owned()));
                        }
                        _ => {}
                    }
                    inner += 1;
                }
            } else {
                reached.insert((word(next).to_owned(), word(next + 2).to_owned()));
            }
        }
        at = next.max(at) + 1;
    }
    reached
}

/// What is wrong with one source file.
fn faults(name: &str, source: &str) -> Vec<String> {
    let Some((room, depth)) = room_of(name) else { return Vec::new() };
    if is_test_file(name) {
        return Vec::new();
    }
    let tokens = tokens(source);
    let named = crates_named(&tokens);
    let mut faults: Vec<String> = ALONE
        .iter()
        .filter(|(word, rooms)| named.contains(word) && !rooms.contains(&room.as_str()))
        // Inside the package's own rules its name is no crate.
        .filter(|(word, _)| !(room == "domain" && *word == "domain"))
        .map(|(word, rooms)| format!("{name}: `{word}` may be said in {} only", rooms.join(", ")))
        .collect();
    if room == "domain" {
        faults.extend(
            NEVER_IN_DOMAIN
                .iter()
                .filter(|word| named.contains(*word))
                .map(|word| format!("{name}: the rules say `{word}`")),
        );
        for trio in tokens.windows(3) {
            if trio[0] == "std" && trio[1] == "::" && NEVER_IN_DOMAIN_STD.contains(&trio[2].as_str()) {
                faults.push(format!("{name}: the rules use std::{}", trio[2]));
            }
        }
        return faults;
    }
    let Some((_, may)) = MAY_USE.iter().find(|(of, _)| *of == room) else {
        faults.push(format!("{name}: the room `{room}` is not in the table of this test"));
        return faults;
    };
    for (other, what) in rooms_reached(&tokens, depth) {
        let is_room = MAY_USE.iter().any(|(of, _)| *of == other);
        let at_the_door = (room == "desktop" || room == "cli") && other == "vault" && what == HARDENING;
        if is_room && other != room && !may.contains(&other.as_str()) && !at_the_door {
            faults.push(format!("{name}: `{room}` may not use `{other}`"));
        }
    }
    faults
}

pub(crate) fn none<T: std::fmt::Display>(faults: impl IntoIterator<Item = T>) {
    let faults: Vec<String> = faults.into_iter().map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn every_room_says_only_its_own_words_and_uses_only_what_it_may() {
    let sources: Vec<_> = ["src-tauri", "crates"].iter().flat_map(|folder| files_under(folder, &[".rs"])).collect();
    assert!(sources.len() > 50, "only {} sources were found", sources.len());
    none(sources.iter().flat_map(|(name, source)| faults(name, source)));
}

#[test]
fn the_check_of_the_walls_can_fail() {
    let fault = |name: &str, source: &str| faults(name, source).len();
    assert_eq!(fault("src-tauri/commands/agenda/book.rs", "use sqlx::query;"), 1);
    assert_eq!(fault("src-tauri/commands/agenda/book.rs", "fn a() { sqlx::query(\"x\") }"), 1);
    assert_eq!(fault("src-tauri/store/agenda.rs", "use sqlx::query;"), 0);
    assert_eq!(fault("src-tauri/store/agenda.rs", "use crate::commands::Desk;"), 1);
    assert_eq!(fault("src-tauri/store/agenda.rs", "use crate::{vault::Key, journal};"), 1);
    assert_eq!(fault("src-tauri/store/agenda.rs", "use super::super::commands::Desk;"), 1);
    assert_eq!(fault("src-tauri/store/mod.rs", "use super::journal;"), 1);
    assert_eq!(fault("src-tauri/store/agenda.rs", "use super::journal::head;"), 0);
    assert_eq!(fault("src-tauri/cli/mod.rs", "crate::vault::harden_process();"), 0);
    assert_eq!(fault("src-tauri/cli/mod.rs", "use crate::vault::Password;"), 1);
    assert_eq!(fault("src-tauri/novelty/mod.rs", "//! New."), 1);
    assert_eq!(fault("src-tauri/caldav/collection.rs", "use ureq::Agent;"), 1);
    assert_eq!(fault("src-tauri/net/client.rs", "use ureq::Agent;"), 0);
    assert_eq!(fault("src-tauri/net/client.rs", "use crate::store;"), 1);
    assert_eq!(fault("crates/domain/src/agenda/mod.rs", "let now = std::time::SystemTime::now();"), 1);
    assert_eq!(fault("crates/domain/src/agenda/mod.rs", "use tokio::task;"), 1);
    // What only looks like it.
    assert_eq!(
        fault("src-tauri/commands/mod.rs", "// sqlx::query\n/* use sqlx::x; */ let a = \"use sqlx::query\";"),
        0
    );
    assert_eq!(
        fault("src-tauri/commands/mod.rs", "let a = r#\"sqlx::query\"#; let b = ('\"', '\\''); self.keyring.read()"),
        0
    );
    assert_eq!(fault("src-tauri/commands/mod.rs", "let a = '\"'; use sqlx::b; let c = '\"';"), 1);
    assert_eq!(
        fault("src-tauri/commands/mod.rs", "fn a<'b>(c: &'b str) {}\n#[cfg(test)]\nmod tests { use sqlx::b; }"),
        0
    );
}

#[test]
fn only_the_back_end_of_the_window_speaks_to_tauri_and_no_feature_looks_into_another() {
    let sources = files_under("ui/src", &[".ts", ".svelte"]);
    assert!(sources.len() > 20, "only {} sources were found", sources.len());
    none(sources.iter().flat_map(|(name, source)| ui_faults(name, source)));
    assert_eq!(
        ui_faults("ui/src/features/agenda/Day.svelte", "import { invoke } from \"@tauri-apps/api/core\";").len(),
        1
    );
    assert_eq!(ui_faults("ui/src/features/agenda/Day.svelte", "import X from '../patients/X.svelte';").len(), 1);
    assert_eq!(ui_faults("ui/src/features/agenda/side/Day.svelte", "import X from '../grid/X.svelte';").len(), 0);
}

fn ui_faults(name: &str, source: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let folder = Path::new(name).parent().unwrap_or(Path::new(""));
    let feature = name.strip_prefix("ui/src/features/").and_then(|rest| rest.split('/').next());
    // Every quoted text that could be the address of an import.
    for spec in source.split(['"', '\'']).skip(1).step_by(1) {
        if spec.starts_with("@tauri-apps/") && !name.starts_with("ui/src/backend/") {
            faults.push(format!("{name}: only backend may import {spec}"));
        }
        let Some(feature) = feature else { continue };
        if spec.starts_with("../") && !spec.contains(char::is_whitespace) {
            let mut path = folder.to_owned();
            for part in spec.split('/') {
                if part == ".." {
                    path.pop();
                } else {
                    path.push(part);
                }
            }
            if let Ok(other) = path.strip_prefix("ui/src/features") {
                let other = other.components().next().map(|part| part.as_os_str().to_string_lossy().into_owned());
                if other.is_some_and(|other| other != feature) {
                    faults.push(format!("{name}: reaches into another feature: {spec}"));
                }
            }
        }
    }
    faults
}

#[test]
fn every_source_says_what_it_is_and_keeps_to_500_lines() {
    let sources: Vec<_> = ["src-tauri", "crates", "portal", "tests", "benches", "examples"]
        .iter()
        .flat_map(|at| files_under(at, &[".rs"]))
        .collect();
    none(sources.iter().flat_map(|(name, source)| {
        let lines = source.lines().count();
        let long = (lines > 500).then(|| format!("{name}: {lines} lines"));
        let silent = (!source.starts_with("//!")).then(|| format!("{name}: begins without saying what it is"));
        long.into_iter().chain(silent)
    }));
}

#[test]
fn the_window_may_call_exactly_the_commands_of_the_list_and_its_own() {
    let capability =
        fs::read_to_string(root().join("src-tauri/capabilities/main.json")).expect("the capability is there");
    let capability: serde_json::Value = serde_json::from_str(&capability).expect("the capability is JSON");
    let allowed: BTreeSet<String> = capability["permissions"]
        .as_array()
        .expect("permissions are a list")
        .iter()
        .map(|permission| permission.as_str().expect("a permission is a name").to_owned())
        .collect();
    let listed = ENTRANCE.iter().chain(DESK).map(|command| format!("allow-{}", command.replace('_', "-")));
    // Window-only: hearing what changed, asking which file or folder is meant, opening and closing the wall display.
    let own = [
        "core:event:allow-listen",
        "core:event:allow-unlisten",
        "allow-save-file",
        "allow-choose-folder",
        "allow-choose-file",
        "allow-open-wall-display",
        "allow-close-wall-display",
    ]
    .map(str::to_owned);
    let expected: BTreeSet<String> = listed.chain(own).collect();
    assert_eq!(allowed, expected, "run `make capability` after changing the list of commands");
    assert_eq!(capability["windows"], serde_json::json!(["main"]));
    let all = files_under("src-tauri/capabilities", &["json", "toml"]);
    assert_eq!(all.len(), 2, "two windows, a capability each");
}

#[test]
fn the_wall_display_may_read_booking_codes_and_nothing_else() {
    let capability =
        fs::read_to_string(root().join("src-tauri/capabilities/wall.json")).expect("the capability is there");
    let capability: serde_json::Value = serde_json::from_str(&capability).expect("the capability is JSON");
    let allowed =
        ["core:event:allow-listen", "core:event:allow-unlisten", "allow-close-wall-display", "allow-show-wall-display"];
    assert_eq!(capability["permissions"], serde_json::json!(allowed));
    assert_eq!(capability["windows"], serde_json::json!(["wall"]));
    // What it reads has no field that a person's name, birth date, phone or identifier could stand in.
    let typescript = semainier_app::commands::typescript();
    for view in ["WallDisplayView", "WallLineView", "WallCalledView", "WallNextView"] {
        let start = typescript.find(&format!("type {view} =")).expect("the view is declared");
        let body = &typescript[start..start + typescript[start..].find("};").expect("it ends")];
        for word in ["patient", "born", "phone", "note", "AppointmentView", "PatientId", "AppointmentId"] {
            assert!(!body.contains(word), "{view} says {word}");
        }
    }
}

#[test]
fn the_repository_names_no_machine_and_no_registry() {
    // Put together here, so that this file does not name them either.
    let words: Vec<String> = [
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/tmp/", "bash"],
        ["registry.", "npmjs"],
        ["crates", ".io"],
        ["py", "pi.org"],
        ["deb.", "debian.org"],
    ]
    .map(|[start, end]| format!("{start}{end}"))
    .to_vec();
    const TEXTS: &[&str] = &[
        ".rs", ".toml", ".json", ".md", ".sh", ".mjs", ".js", ".ts", ".svelte", ".css", ".html", ".sql", ".svg",
        ".yml", "Makefile", "run",
    ];
    let found = files_under(".", TEXTS);
    assert!(found.len() > 100, "only {} files were found", found.len());
    none(found.iter().filter(|(name, _)| !name.ends_with("package-lock.json")).flat_map(|(name, text)| {
        words.iter().filter(|word| text.contains(word.as_str())).map(move |word| format!("{name}: says {word}"))
    }));
}
