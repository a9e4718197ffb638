//! The walls inside the portal, and between it and the app, held by reading the sources like those of [`crate::walls`].
//!
//! The portal is a package by itself; its folders are rooms, and the files at its root (what serves, signs, counts) are one more.

use crate::walls::{crates_named, files_under, none, rooms_reached, tokens};

/// The root room: the files that lie in no folder.
const ROOT: &str = "(root)";

/// A room of the portal and the rooms it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    (ROOT, &["api", "messages", "pages", "store"]),
    ("store", &[]),
    ("messages", &["store"]),
    ("api", &["messages", "store"]),
    ("pages", &["api", "messages", "store"]),
];

/// Words (crates) and the rooms of the portal that alone may say them.
const ALONE: &[(&str, &[&str])] = &[
    ("sqlx", &["store"]),
    ("axum", &[ROOT, "api", "pages"]),
    ("maud", &["pages"]),
    ("ed25519_dalek", &[ROOT]),
    ("sha2", &[ROOT]),
    ("hmac", &[ROOT]),
    ("getrandom", &[ROOT]),
    ("toml", &[ROOT]),
    ("clap", &[ROOT]),
    // The app, of which a processor knows nothing.
    ("semainier_app", &[]),
    ("tauri", &[]),
    // The text message gateway, and mail.
    ("ureq", &["messages"]),
    ("mail", &[ROOT, "messages"]),
    ("keyring", &[]),
];

/// Words of the portal that the app and the shared crates never say.
const PORTALS_ONLY: &[&str] = &["axum", "maud", "portal"];

fn room_of(name: &str) -> Option<(String, usize)> {
    let parts: Vec<&str> = name.strip_prefix("portal/src/")?.split('/').collect();
    let (file, folders) = parts.split_last()?;
    let room = folders.first().copied().unwrap_or(ROOT);
    Some((room.to_owned(), folders.len() + usize::from(*file != "mod.rs")))
}

fn names_more_than_bookings(tokens: &[String]) -> bool {
    tokens.windows(3).any(|trio| trio[0] == "fhir" && trio[1] == "::" && trio[2] != "booking")
}

fn faults(name: &str, source: &str) -> Vec<String> {
    let tokens = tokens(source);
    let named = crates_named(&tokens);
    let Some((room, depth)) = room_of(name) else {
        // A module of that name is no crate.
        let own = |word: &str| tokens.windows(2).any(|pair| pair[0] == "mod" && pair[1] == word);
        let said = PORTALS_ONLY.iter().filter(|word| named.contains(*word) && !own(word));
        let mut faults: Vec<String> =
            said.map(|word| format!("{name}: `{word}` may be said in the portal only")).collect();
        if name.starts_with("src-tauri/sync/") && names_more_than_bookings(&tokens) {
            faults.push(format!("{name}: the dialogue may name fhir::booking only"));
        }
        return faults;
    };
    let mut faults: Vec<String> = ALONE
        .iter()
        .filter(|(word, rooms)| named.contains(word) && !rooms.contains(&room.as_str()))
        .map(|(word, rooms)| format!("{name}: `{word}` may be said in {} only", rooms.join(", ")))
        .collect();
    // A person's own bundle, and whatever else FHIR could carry, is none of a portal's business.
    if names_more_than_bookings(&tokens) {
        faults.push(format!("{name}: the portal may name fhir::booking only"));
    }
    let Some((_, may)) = MAY_USE.iter().find(|(of, _)| *of == room) else {
        faults.push(format!("{name}: the room `{room}` is not in the table of this test"));
        return faults;
    };
    let reached = rooms_reached(&tokens, depth).into_iter();
    let wrong = reached.filter(|(other, _)| {
        MAY_USE.iter().any(|(of, _)| of == other) && *other != room && !may.contains(&other.as_str())
    });
    faults.extend(wrong.map(|(other, _)| format!("{name}: `{room}` may not use `{other}`")));
    faults
}

#[test]
fn every_room_of_the_portal_says_only_its_own_words_and_the_app_says_none_of_them() {
    let portal = files_under("portal/src", &[".rs"]);
    assert!(portal.len() > 30, "only {} sources were found", portal.len());
    none(portal.iter().flat_map(|(name, source)| faults(name, source)));
    let others: Vec<_> = ["src-tauri", "crates"].iter().flat_map(|folder| files_under(folder, &[".rs"])).collect();
    none(others.iter().flat_map(|(name, source)| faults(name, source)));
}

#[test]
fn the_check_of_the_portals_walls_can_fail() {
    let fault = |name: &str, source: &str| faults(name, source).len();
    assert_eq!(fault("src-tauri/commands/mod.rs", "use axum::Router;"), 1);
    assert_eq!(fault("crates/fhir/src/lib.rs", "use portal::store::Store;"), 1);
    assert_eq!(fault("portal/src/store/slot.rs", "use axum::Router;"), 1);
    assert_eq!(fault("portal/src/pages/slots.rs", "use axum::Router;"), 0);
    assert_eq!(fault("portal/src/pages/slots.rs", "use sqlx::query;"), 1);
    assert_eq!(fault("portal/src/serve.rs", "use sqlx::query;"), 1);
    assert_eq!(fault("portal/src/store/slot.rs", "use crate::pages;"), 1);
    assert_eq!(fault("portal/src/store/slot.rs", "use crate::secret;"), 0);
    assert_eq!(fault("portal/src/messages/mod.rs", "use crate::{pages, store::Tx};"), 1);
    assert_eq!(fault("portal/src/api/slots.rs", "use fhir::export::Bundle;"), 1);
    assert_eq!(fault("portal/src/api/slots.rs", "use fhir::booking::Bundle;"), 0);
    assert_eq!(fault("src-tauri/sync/compose.rs", "use fhir::export::Bundle;"), 1);
    assert_eq!(fault("src-tauri/sync/compose.rs", "use fhir::booking::Bundle;"), 0);
    assert_eq!(fault("portal/src/new/mod.rs", "//! New."), 1);
}
