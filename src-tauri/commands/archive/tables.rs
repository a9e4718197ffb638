//! Which tables come along, which stay, and why: whatever a later schema step adds comes along, unless it stands here.

use crate::privacy::archive::rows::LeftOut;
use crate::store::tables::Table;

/// Public data, taken again from where it is published.
const PUBLIC: [&str; 13] = [
    "drug",
    "drug_composition",
    "drug_condition",
    "drug_edition",
    "drug_generic",
    "drug_presentation",
    "drug_shortage",
    "drug_substance",
    "interaction_level",
    "interaction_member",
    "interaction_pair",
    "interaction_term",
    "interaction_class",
];
/// Made from other tables.
const MADE_AGAIN: [&str; 1] = ["resource_hold"];
/// Of this computer alone: its folders, what it copied where.
const OF_THIS_COMPUTER: [&str; 2] = ["backup", "watched_folder"];
/// Keys: the new vault makes its own.
const KEYS: [&str; 2] = ["archive_key", "journal_key"];
/// Working files, and what stands with a portal that is not instructed by the new vault yet.
const WORKING: [&str; 11] = [
    "archive_piece",
    "archive_run",
    "sync_covered",
    "sync_erasure",
    "sync_known",
    "sync_notice",
    "sync_outbox",
    "sync_portal",
    "sync_readmit",
    "sync_slot",
    "sync_waiting",
];
/// Comes along as the former journal.
pub(super) const JOURNAL: &str = "journal";

/// Settings that say something of a vault or of its computer.
pub(super) const OWN_SETTINGS: [&str; 7] =
    ["backups", "rekey_offered", "sync_destruction", "sync_life", "sync_looked", "sync_program", "vault_file"];

/// Tables in which a row belongs to a user alone: they go to whoever bears the same login in the new vault.
pub(super) const PRIVATE: [&str; 3] = ["clinical_draft", "draft", "pin"];

/// Tables whose rules go on refusing while they are filled: what they forbid, no archive may bring.
pub(super) const GUARDED: [&str; 3] = ["appointment", "journal", "resource_hold"];

/// Why a table stays, if it does.
pub(super) fn stays(table: &str) -> Option<&'static str> {
    let of = |list: &[&str]| list.contains(&table);
    if of(&PUBLIC) {
        Some("public")
    } else if of(&MADE_AGAIN) {
        Some("made_again")
    } else if of(&OF_THIS_COMPUTER) {
        Some("of_this_computer")
    } else if of(&KEYS) {
        Some("key")
    } else if of(&WORKING) {
        Some("working")
    } else {
        None
    }
}

/// Tables that come along, and those that stay. A person's keys come first: whatever is sealed anew needs them; the journal last.
pub(super) fn parted(tables: Vec<Table>) -> (Vec<Table>, Vec<LeftOut>) {
    let (mut come, mut left) = (Vec::new(), Vec::new());
    for table in tables {
        match stays(&table.name) {
            Some(reason) => left.push(LeftOut { table: table.name, reason: reason.to_owned() }),
            None => come.push(table),
        }
    }
    let rank = |table: &Table| match table.name.as_str() {
        "patient_key" => 0,
        "user" => 1,
        JOURNAL => 3,
        _ => 2,
    };
    come.sort_by(|a, b| (rank(a), &a.name).cmp(&(rank(b), &b.name)));
    (come, left)
}
