//! The sync after a process was killed, after the vault came back from an old copy, and on data that must never leave.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

use semainier_app::commands::agenda;
use semainier_app::commands::agenda::wire::MoveAppointmentRequest;
use semainier_app::commands::sync;
use semainier_app::commands::sync::wire::{InstructionTerms, PreviewSyncRequest};
use semainier_app::commands::takeover::seed::{Plan, seed};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::vault::{Keyring, KeyringError};

use crate::house::{Cast, House, book, known, status, verified};
use crate::portal_server::{PortalServer, Visitor};
use crate::sync_scene::{desk_in, on, run, scene, scene_of, state};

fn aside<T>(work: impl FnOnce() -> T) -> T {
    tokio::task::block_in_place(work)
}

/// A keyring that another process of this computer reads too.
pub struct FolderKeyring(pub PathBuf);

impl FolderKeyring {
    fn place(&self, vault: uuid::Uuid, entry: &str) -> PathBuf {
        self.0.join(format!("{vault}-{}", entry.replace('/', "_")))
    }
}

impl Keyring for FolderKeyring {
    fn read(&self, vault: uuid::Uuid, entry: &str) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, KeyringError> {
        Ok(std::fs::read(self.place(vault, entry)).ok().map(zeroize::Zeroizing::new))
    }

    fn write(&self, vault: uuid::Uuid, entry: &str, secret: &[u8]) -> Result<(), KeyringError> {
        std::fs::create_dir_all(&self.0).map_err(|_| KeyringError::Other("folder"))?;
        std::fs::write(self.place(vault, entry), secret).map_err(|_| KeyringError::Other("folder"))
    }

    fn delete(&self, vault: uuid::Uuid, entry: &str) -> Result<(), KeyringError> {
        let _ = std::fs::remove_file(self.place(vault, entry));
        Ok(())
    }
}

/// Set for the child: the vault's folder; and the keyring's beside it.
const CHILD: &str = "SEMAINIER_SYNC_CHILD";

pub fn keyring(vault: &Path) -> Arc<dyn Keyring> {
    Arc::new(FolderKeyring(vault.with_file_name("keyring")))
}

/// The child: books and tells, over and over, and says each booking once it is acknowledged. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_books_and_tells_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let vault = PathBuf::from(folder);
    let house = House::at(vault.clone()).holding(keyring(&vault));
    let desk = desk_in(&house, 0).await;
    let practice = known(&desk).await;
    let found = semainier_app::commands::patient::search_patients(
        &desk,
        semainier_app::commands::patient::wire::SearchPatientsRequest { text: "dupont".to_owned(), limit: 1 },
    )
    .await
    .expect("found");
    let cast =
        Cast { practitioner: practice.practitioners[0].id, kind: practice.types[0].id, patient: found.matches[0].id };
    for number in 0..24_u64 {
        let starts = on(number / 8, &format!("{:02}:{:02}", 9 + number % 8, 0));
        let booked = book(&desk, &cast, starts, false).await.expect("booked");
        println!("acknowledged {}", booked.appointment.id);
        run(&desk).await.expect("it runs");
    }
    println!("all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_between_a_change_and_its_telling_loses_and_doubles_nothing() {
    let Some(server) = PortalServer::new() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let ring = Arc::new(FolderKeyring(folder.path().join("keyring")));
    let house = House::with_keyring(ring.clone()).await;
    let mut scene = scene_of(&server, house).await;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    // The child finds the same keyring beside the vault.
    let beside = scene.house.vault.with_file_name("keyring");
    copy(&folder.path().join("keyring"), &beside);
    let mut all: BTreeSet<String> = BTreeSet::new();
    for stop_after in [1, 3, 6] {
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["sync_kept::child_books_and_tells_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &scene.house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut seen = 0;
        for line in lines.map_while(Result::ok) {
            let Some(at) = line.find("acknowledged ") else { continue };
            let id = line[at..].split(' ').nth(1).expect("an id").trim().to_owned();
            all.insert(id);
            seen += 1;
            if seen == stop_after {
                child.kill().expect("killed");
            }
        }
        child.wait().expect("it is over");
        assert!(seen >= stop_after, "the child booked {seen} times");
        // The next child needs other times.
        for id in &all {
            let id = id.parse().expect("an id");
            if status(&scene.desk, id).await == "booked" {
                let cancel = semainier_app::commands::agenda::wire::CancelAppointmentRequest {
                    id,
                    by: "practice".to_owned(),
                    reason: String::new(),
                };
                agenda::cancel_appointment(&scene.desk, cancel).await.expect("cancelled");
            }
        }
    }
    scene.later(120).await;
    run(&scene.desk).await.expect("it runs");
    let there = aside(|| server.appointments(&scene.tenant));
    let active = there.iter().filter(|one| one["status"] == "booked").count();
    assert_eq!(active, 0, "what was called off here is called off there");
    let names: BTreeSet<String> = there
        .iter()
        .map(|one| one["identifier"][0]["value"].as_str().expect("a name").trim_start_matches("urn:uuid:").to_owned())
        .collect();
    assert_eq!(names.len(), there.len(), "nothing is doubled");
    assert!(names.is_subset(&all), "nothing is there that was not booked here");
    assert_eq!(state(&scene.desk).await.queued, 0);
    assert!(verified(&scene.desk).await);
}

pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("readable") {
        let entry = entry.expect("an entry");
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).expect("copied");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_vault_that_comes_back_from_an_old_copy_ends_equal_with_its_portal() {
    let Some(server) = PortalServer::new() else { return };
    let mut scene = scene(&server).await;
    let old = book(&scene.desk, &scene.cast, on(0, "09:30"), false).await.expect("booked").appointment.id;
    scene.sign(&server).await;
    run(&scene.desk).await.expect("it runs");
    // The copy is made while nobody writes; what happens after it is lost here, and known there.
    let folder = tempfile::tempdir().expect("a folder");
    let kept = folder.path().join("copy");
    copy(&scene.house.vault, &kept);
    let lost = book(&scene.desk, &scene.cast, on(1, "11:00"), false).await.expect("booked").appointment.id;
    let request = MoveAppointmentRequest {
        id: old,
        revision: None,
        starts: on(0, "15:00"),
        practitioner_id: None,
        minutes: None,
        overbook: false,
    };
    agenda::move_appointment(&scene.desk, request).await.expect("moved");
    let (schedule, kind) = (aside(|| scene.schedule(&server)), scene.cast.kind.to_string());
    let patient = [("whom", "me"), ("surname", "Martin"), ("first_name", "Léa")];
    let visitor = Visitor::new(&server, &scene.tenant, "+33612345678");
    let booking = aside(|| visitor.book(&schedule, &kind, 5, &patient));
    run(&scene.desk).await.expect("it runs");
    let restored = scene.house.beside(kept);
    scene.desk = desk_in(&restored, 0).await;
    // Booked on the old copy before it hears of anything: it waits, and wins.
    let new = book(&scene.desk, &scene.cast, on(2, "16:00"), false).await.expect("booked").appointment.id;
    run(&scene.desk).await.expect("it runs");
    for id in [old, lost, new, booking.id.parse().expect("an id")] {
        assert_eq!(status(&scene.desk, id).await, "booked", "{id}");
    }
    let again = run(&scene.desk).await.expect("it runs");
    assert_eq!((again.sent, again.received), (0, 0), "both sides are equal");
    let there = aside(|| server.appointments(&scene.tenant));
    assert_eq!(there.iter().filter(|one| one["status"] == "booked").count(), 4);
    let moved =
        there.iter().find(|one| one["identifier"][0]["value"] == format!("urn:uuid:{old}")).expect("it is there");
    assert!(moved["start"].as_str().is_some_and(|at| at.contains("T14:00") || at.contains("T13:00")), "{moved}");
}

/// Columns out of which a booking is made; every other one of the schema is filled with something that must never leave.
const BOOKING: &[(&str, &[&str])] = &[
    (
        "patient",
        &[
            "surname",
            "first_name",
            "surname_arabic",
            "first_name_arabic",
            "mobile",
            "phone",
            "email",
            "born",
            "language",
        ],
    ),
    ("appointment", &["code", "contact_name", "contact_phone", "visio_link", "status", "cancelled_by"]),
    ("appointment_type", &["name"]),
    ("practitioner", &["name", "speciality"]),
    ("site", &["name", "zone", "address", "postcode", "city"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_value_of_any_other_column_is_ever_in_a_payload() {
    let house = House::new().await;
    let desk = house.desk().await;
    let plan = Plan {
        patients: 1_500,
        appointments: 4_000,
        practitioners: 3,
        days_back: 5,
        days_ahead: 40,
        seed: 7,
        open_today: true,
    };
    seed(&desk, plan).await.expect("seeded");
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *tx).await.expect("deferred");
    let columns: Vec<(String, String, String)> = sqlx::query_as(
        "SELECT m.name, c.name, c.type FROM sqlite_schema m JOIN pragma_table_info(m.name) c
          WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name NOT LIKE '\\_%' ESCAPE '\\' AND m.sql NOT LIKE 'CREATE VIRTUAL%'
            AND c.pk = 0 AND NOT EXISTS (SELECT 1 FROM pragma_foreign_key_list(m.name) f WHERE f.\"from\" = c.name)",
    )
    .fetch_all(&mut *tx)
    .await
    .expect("columns");
    let (mut filled, mut number) = (Vec::new(), 700_000_000_i64);
    for (table, column, kind) in columns {
        let booking =
            BOOKING.iter().find(|(name, _)| *name == table).is_some_and(|(_, all)| all.contains(&column.as_str()));
        if booking {
            continue;
        }
        number += 1;
        let canary = if kind == "INTEGER" { number.to_string() } else { format!("'canary-{number}'") };
        // What a rule of the schema refuses holds one of its own words, which is nobody's secret.
        let set = format!("UPDATE \"{table}\" SET \"{column}\" = {canary}");
        if let Ok(done) = sqlx::query(sqlx::AssertSqlSafe(set)).execute(&mut *tx).await
            && done.rows_affected() > 0
        {
            filled.push((format!("{table}.{column}"), number.to_string()));
        }
    }
    tx.commit().await.expect("kept");
    for needed in
        ["patient.nir", "patient.cin", "patient.address", "patient.remarks", "patient.birth_name", "appointment.note"]
    {
        assert!(filled.iter().any(|(name, _)| name == needed), "{needed} holds a canary");
    }
    let terms: Option<InstructionTerms> = None;
    let shown = sync::preview_sync(&desk, PreviewSyncRequest { terms, limit: None }).await.expect("shown");
    assert!(shown.appointments > 2_000, "{}", shown.appointments);
    for line in &shown.payloads {
        assert!(!line.contains("canary"), "{line}");
        let found = filled.iter().find(|(_, canary)| line.contains(canary.as_str()));
        assert!(found.is_none(), "{found:?} is in {line}");
    }
    let _ = sync::show_sync_state(&desk, NothingRequest {}).await;
}
