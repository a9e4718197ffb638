//! The sealed record: who reads it, what a changed row gives, what a correction keeps.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::Arc;

use domain::id::{EntryId, PatientId};
use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::patient::wire::MergePatientsRequest;
use semainier_app::commands::record::wire::{
    Alert, Body, Consultation, CorrectEntryRequest, EntryRequest, OpenRecordRequest, RecordEntryView, RecordView,
    StrikeEntryRequest, WriteEntryRequest,
};
use semainier_app::commands::{Desk, access, patient, record};
use semainier_app::store;
use sqlx::{Column, Row};

use crate::house::{House, OTHER, add_patient, code, verified};

/// Stands nowhere but inside a seal.
const CANARY: &str = "Kanarienvogelfieber";

pub async fn user(house: &House, desk: &Desk, login: &str, role: &str) -> Arc<Desk> {
    let request = AddUserRequest {
        login: login.to_owned(),
        name: login.to_owned(),
        role: role.to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(desk, request).await.expect("a user");
    house.sign_in(login, OTHER).await.expect("they sign in")
}

fn consultation(text: &str) -> Body {
    Body::Consultation(Consultation { reason: text.to_owned(), ..Default::default() })
}

async fn write(desk: &Desk, patient_id: PatientId, body: Body) -> RecordEntryView {
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    record::write_entry(desk, request).await.expect("written")
}

async fn open(desk: &Desk, patient_id: PatientId) -> RecordView {
    record::open_record(desk, OpenRecordRequest { patient_id }).await.expect("opened")
}

pub async fn sql(desk: &Desk, statements: &[&str]) {
    let mut tx = desk.store().write().await.expect("a transaction");
    for one in statements {
        sqlx::raw_sql(sqlx::AssertSqlSafe((*one).to_owned())).execute(&mut *tx).await.expect(one);
    }
    tx.commit().await.expect("committed");
}

/// What somebody does who has the open database: the schema's own guards are no hindrance to them.
const NO_GUARDS: &[&str] = &[
    "DROP TRIGGER clinical_entry_goes_on",
    "DROP TRIGGER clinical_entry_keeps_versions",
    "DROP TRIGGER clinical_entry_stays",
    "DROP TRIGGER clinical_entry_version_stays",
    "DROP TRIGGER clinical_entry_version_kept",
];

fn damaged(view: &RecordView) -> Vec<(EntryId, &str)> {
    view.damaged.iter().map(|one| (one.id, one.reason.as_str())).collect()
}

/// Every value of every table of the decrypted database, as bytes.
pub async fn dump(desk: &Desk) -> Vec<u8> {
    let mut connection = desk.store().read().await.expect("a connection");
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_master WHERE type = 'table'")
        .fetch_all(&mut *connection)
        .await
        .expect("the tables");
    let mut bytes = Vec::new();
    for table in tables {
        let sql = sqlx::AssertSqlSafe(format!("SELECT * FROM \"{table}\""));
        for row in sqlx::query(sql).fetch_all(&mut *connection).await.expect("its rows") {
            for column in row.columns() {
                if let Ok(Some(value)) = row.try_get_unchecked::<Option<Vec<u8>>, _>(column.ordinal()) {
                    bytes.extend(value);
                    bytes.push(0);
                }
            }
        }
    }
    bytes
}

pub fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|part| part == word.as_bytes())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_learns_nothing_by_command_by_sql_or_from_the_files() {
    let house = House::new().await;
    let doctor = house.desk().await;
    let secretary = user(&house, &doctor, "samia", "secretary").await;
    let patient_id = add_patient(&doctor, "DUPONT", "Marie", "1979-05-12").await;
    let entry = write(&doctor, patient_id, consultation(CANARY)).await;
    let body = consultation(&format!("{CANARY} corrigé"));
    let correct = CorrectEntryRequest { id: entry.id, version: 1, on: String::new(), body: body.clone() };
    record::correct_entry(&doctor, correct.clone()).await.expect("corrected");

    assert_eq!(code(record::open_record(&secretary, OpenRecordRequest { patient_id }).await), "permission_denied");
    let request = EntryRequest { id: entry.id };
    assert_eq!(code(record::show_entry_versions(&secretary, request).await), "permission_denied");
    let request = WriteEntryRequest { patient_id, on: String::new(), body };
    assert_eq!(code(record::write_entry(&secretary, request).await), "permission_denied");
    assert_eq!(code(record::correct_entry(&secretary, correct).await), "permission_denied");
    let strike = StrikeEntryRequest { id: entry.id, version: 2, reason: "erreur".to_owned() };
    assert_eq!(code(record::strike_entry(&secretary, strike).await), "permission_denied");

    let dumped = dump(&secretary).await;
    assert!(holds(&dumped, "DUPONT"), "the dump does show what is not sealed");
    assert!(holds(&dumped, "permission_denied"), "each refusal is journalled");
    for word in [CANARY, "consultation", "examination"] {
        assert!(!holds(&dumped, word), "{word} stands in clear");
    }
    for file in std::fs::read_dir(&house.vault).expect("the folder").flatten().filter(|file| file.path().is_file()) {
        let bytes = std::fs::read(file.path()).expect("read");
        assert!(!holds(&bytes, CANARY), "{}", file.path().display());
    }
    assert_eq!(open(&doctor, patient_id).await.entries.len(), 1);
    assert!(verified(&doctor).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practitioner_without_the_key_is_told_that_it_is_pending() {
    // Added by somebody who has no clinical key to hand on.
    let house = House::with_role("administrator").await;
    let administrator = house.desk().await;
    let doctor = user(&house, &administrator, "amrani", "practitioner").await;
    let patient_id = add_patient(&doctor, "DUPONT", "Marie", "1979-05-12").await;
    let second = user(&house, &administrator, "benali", "practitioner").await;
    write(&doctor, patient_id, consultation("Toux")).await;
    assert!(second.session().clinical_pending);
    assert_eq!(code(record::open_record(&second, OpenRecordRequest { patient_id }).await), "clinical_pending");
    let request = WriteEntryRequest { patient_id, on: String::new(), body: consultation("Toux") };
    assert_eq!(code(record::write_entry(&second, request).await), "clinical_pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_keeps_the_version_before_and_a_strike_stays_visible() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let first = write(&desk, patient_id, Body::Alert(Alert { text: "Anticoagulant".to_owned() })).await;
    assert_eq!((first.version, first.on.as_str(), first.written_by.as_str()), (1, "2026-11-22", "Dr Lefèvre"));
    assert_eq!(open(&desk, patient_id).await.alerts, [first.id]);
    let body = Body::Alert(Alert { text: "Anticoagulant arrêté".to_owned() });
    let correct = CorrectEntryRequest { id: first.id, version: 1, on: "2026-11-20".to_owned(), body };
    let second = record::correct_entry(&desk, correct.clone()).await.expect("corrected");
    assert_eq!((second.version, second.on.as_str()), (2, "2026-11-20"));
    assert_eq!(code(record::correct_entry(&desk, correct.clone()).await), "changed_meanwhile");
    let other = CorrectEntryRequest { version: 2, body: consultation("x"), ..correct.clone() };
    assert_eq!(code(record::correct_entry(&desk, other).await), "other_kind");
    let late = CorrectEntryRequest { version: 2, on: "2026-11-23".to_owned(), ..correct.clone() };
    assert_eq!(code(record::correct_entry(&desk, late).await), "date_in_future");
    let strike = |reason: &str| StrikeEntryRequest { id: first.id, version: 2, reason: reason.to_owned() };
    assert_eq!(code(record::strike_entry(&desk, strike(" ")).await), "empty");
    record::strike_entry(&desk, strike("Autre patient")).await.expect("struck");
    let again = StrikeEntryRequest { version: 3, ..strike("Encore") };
    assert_eq!(code(record::strike_entry(&desk, again).await), "entry_struck");
    let view = open(&desk, patient_id).await;
    assert_eq!(view.entries[0].struck.as_deref(), Some("Autre patient"));
    assert!(view.alerts.is_empty(), "what was struck alerts nobody");
    let versions = record::show_entry_versions(&desk, EntryRequest { id: first.id }).await.expect("versions");
    assert!(versions.damaged.is_empty());
    assert_eq!(versions.versions.iter().map(|one| one.version).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(versions.versions[2], first);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_from_outside_is_named_and_the_rest_is_readable() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let mut ids = Vec::new();
    for text in ["un", "deux", "trois", "quatre", "cinq", "six", "sept"] {
        ids.push(write(&desk, patient_id, consultation(text)).await.id);
    }
    for id in [ids[3], ids[4]] {
        let correct = CorrectEntryRequest { id, version: 1, on: String::new(), body: consultation("corrigé") };
        record::correct_entry(&desk, correct).await.expect("corrected");
    }
    sql(&desk, NO_GUARDS).await;
    let seal_of = |id: EntryId| format!("(SELECT sealed FROM clinical_entry WHERE id = '{id}')");
    let last =
        "substr(sealed, 1, length(sealed) - 1) || CASE WHEN hex(substr(sealed, -1)) = '00' THEN x'01' ELSE x'00' END";
    sql(
        &desk,
        &[
            // A byte, two rows swapped, a whole row put back with and without its history, one taken away.
            &format!("UPDATE clinical_entry SET sealed = CAST({last} AS BLOB) WHERE id = '{}'", ids[0]),
            &format!(
                "CREATE TEMP TABLE two AS SELECT {} AS a, {} AS b; UPDATE clinical_entry SET sealed = (SELECT b FROM two)
                  WHERE id = '{}'; UPDATE clinical_entry SET sealed = (SELECT a FROM two) WHERE id = '{}'",
                seal_of(ids[1]),
                seal_of(ids[2]),
                ids[1],
                ids[2]
            ),
            &format!(
                "UPDATE clinical_entry SET (version, sealed, written_at) = (SELECT version, sealed, written_at
                   FROM clinical_entry_version v WHERE v.entry_id = clinical_entry.id) WHERE id IN ('{}', '{}')",
                ids[3], ids[4]
            ),
            &format!("DELETE FROM clinical_entry_version WHERE entry_id = '{}'", ids[4]),
            &format!("DELETE FROM clinical_entry WHERE id = '{}'", ids[5]),
        ],
    )
    .await;
    let view = open(&desk, patient_id).await;
    let mut expected = vec![
        (ids[0], "unreadable"),
        (ids[1], "unreadable"),
        (ids[2], "unreadable"),
        (ids[3], "rolled_back"),
        (ids[4], "rolled_back"),
        (ids[5], "missing"),
    ];
    expected.sort();
    assert_eq!(damaged(&view), expected);
    assert_eq!(view.entries.iter().map(|one| one.id).collect::<Vec<_>>(), [ids[6]]);
    let correct = CorrectEntryRequest { id: ids[3], version: 1, on: String::new(), body: consultation("x") };
    assert_eq!(code(record::correct_entry(&desk, correct).await), "record_damaged", "nothing is built on it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_schema_keeps_versions_and_lets_entries_go_with_the_key_alone() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let entry = write(&desk, patient_id, consultation("Toux")).await;
    let correct =
        CorrectEntryRequest { id: entry.id, version: 1, on: String::new(), body: consultation("Toux sèche") };
    record::correct_entry(&desk, correct).await.expect("corrected");
    for statement in [
        "UPDATE clinical_entry SET sealed = zeroblob(50)",
        "UPDATE clinical_entry SET version = 4",
        "DELETE FROM clinical_entry_version",
        "UPDATE clinical_entry_version SET version = 3",
        "DELETE FROM clinical_entry",
    ] {
        let mut tx = desk.store().write().await.expect("a transaction");
        assert!(sqlx::query(statement).execute(&mut *tx).await.is_err(), "{statement}");
    }
    let mut tx = desk.store().write().await.expect("a transaction");
    let erasure: String = sqlx::query_scalar("SELECT erasure_id FROM patient").fetch_one(&mut *tx).await.expect("one");
    assert_eq!(store::upkeep::erase_listed(&mut tx, &[erasure]).await.expect("erased"), 1);
    let left: i64 = sqlx::query_scalar(
        "SELECT (SELECT count(*) FROM clinical_entry) + (SELECT count(*) FROM clinical_entry_version)",
    )
    .fetch_one(&mut *tx)
    .await
    .expect("a count");
    assert_eq!(left, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_patient_s_record_is_one_and_each_opening_is_journalled_once() {
    let house = House::new().await;
    let desk = house.desk().await;
    let into = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    let from = add_patient(&desk, "DUPOND", "Marie", "1979-05-12").await;
    let old = write(&desk, from, consultation("Toux")).await;
    patient::merge_patients(&desk, MergePatientsRequest { into, from }).await.expect("merged");
    write(&desk, from, consultation("Fièvre")).await;
    let correct = CorrectEntryRequest { id: old.id, version: 1, on: String::new(), body: consultation("Toux grasse") };
    record::correct_entry(&desk, correct).await.expect("corrected under the key it was written with");
    let openings = async || {
        let mut connection = desk.store().read().await.expect("a connection");
        let sql = "SELECT count(*) FROM journal WHERE command = 'open_record' AND subject_id = ?";
        let count: i64 =
            sqlx::query_scalar(sql).bind(into.to_string()).fetch_one(&mut *connection).await.expect("a count");
        count
    };
    assert_eq!(openings().await, 0);
    for (number, id) in [(1, into), (2, from)] {
        let view = open(&desk, id).await;
        assert_eq!((view.patient_id, view.entries.len(), view.damaged.len()), (into, 2, 0));
        assert_eq!(openings().await, number);
    }
    assert!(verified(&desk).await);
}

const CHILD: &str = "SEMAINIER_RECORD_CHILD";

/// The child: writes and corrects as fast as it can. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_writes_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "DUPONT", "Marie", "1979-05-12").await;
    println!("patient {patient_id}");
    for number in 0..200 {
        let entry = write(&desk, patient_id, consultation(&format!("{CANARY} {number}"))).await;
        let body = consultation(&format!("{CANARY} {number} corrigé"));
        let correct = CorrectEntryRequest { id: entry.id, version: 1, on: String::new(), body };
        record::correct_entry(&desk, correct).await.expect("corrected");
        println!("acknowledged {}", entry.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_saves_leaves_nothing_half_and_nothing_in_clear() {
    for stop_after in [0, 3, 40] {
        let house = House::without_keyring().await;
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["record::child_writes_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let (mut patient, mut acknowledged, mut killed) = (None, Vec::new(), false);
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        for line in lines.map_while(Result::ok) {
            if let Some(at) = line.find("patient ") {
                patient = line[at + 8..].parse::<PatientId>().ok();
            }
            if let Some(at) = line.find("acknowledged ") {
                acknowledged.push(line[at + 13..].parse::<EntryId>().expect("an id"));
            }
            if !killed && acknowledged.len() > stop_after {
                child.kill().expect("killed");
                killed = true;
            }
        }
        child.wait().expect("it is over");
        assert!(killed);
        for file in std::fs::read_dir(&house.vault).expect("the folder").flatten().filter(|one| one.path().is_file()) {
            assert!(!holds(&std::fs::read(file.path()).expect("read"), CANARY), "{}", file.path().display());
        }
        let desk = house.desk().await;
        let view = open(&desk, patient.expect("named")).await;
        assert!(view.damaged.is_empty(), "nothing half");
        assert!(view.entries.len() <= acknowledged.len() + 1, "at most the one that was under way");
        for id in acknowledged {
            assert!(view.entries.iter().any(|one| one.id == id && one.version == 2), "acknowledged and not there");
        }
        assert!(verified(&desk).await);
    }
}
