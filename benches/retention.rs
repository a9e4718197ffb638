//! The retention of a large practice: a dry run over everybody, whose yardstick reads the same three indexes and nothing else;
//! the archiving of five hundred persons in one go; the erasure of single persons, everywhere.

use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Utc};
use domain::id::PatientId;
use semainier_app::commands::Desk;
use semainier_app::commands::entrance::create;
use semainier_app::commands::erasure;
use semainier_app::commands::erasure::wire::ErasePersonRequest;
use semainier_app::commands::retention;
use semainier_app::commands::retention::wire::{ArchivePatientsRequest, DryRunRetentionRequest, RetentionRunView};
use semainier_app::commands::takeover::seed::{Plan, seed};
use semainier_app::vault::MemoryKeyring;

use super::{doorstep, open, practice_request, round, say, spread};

const RUNS: usize = 7;
/// Persons archived in one go.
const BATCH: usize = 500;
/// Sealed entries a patient.
const ENTRIES: u32 = 4;

async fn look(desk: &Desk, action: &str) -> RetentionRunView {
    let request =
        DryRunRetentionRequest { until: String::new(), action: action.to_owned(), offset: 0, limit: BATCH as i64 };
    retention::dry_run_retention(desk, request).await.expect("a dry run")
}

/// Entries of everybody, as heavy as real ones and as unreadable: what they say is not asked.
async fn entries(desk: &Desk) {
    let mut tx = desk.store().write().await.expect("a transaction");
    sqlx::query(
        "INSERT INTO clinical_entry (id, patient_id, version, key_version, sealed, written_at, written_by)
         WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
         SELECT lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-7000-8000-' || lower(hex(randomblob(6))),
                p.id, 1, 1, randomblob(400),
                printf('20%02d-0%d-12T09:00:00.000Z', 8 + abs(random() % 18), 1 + abs(random() % 9)), (SELECT id FROM user)
           FROM patient p, n WHERE p.number % 10 > 0",
    )
    .bind(ENTRIES)
    .execute(&mut *tx)
    .await
    .expect("entries");
    tx.commit().await.expect("committed");
}

/// What a reader cannot do without: everybody, their appointments by index, the dates of their entries by index.
async fn bare(desk: &Desk) {
    let mut connection = desk.store().read().await.expect("a connection");
    for sql in [
        "SELECT count(*), max(length(id)) FROM patient",
        "SELECT count(*), max(day) FROM (SELECT patient_id, max(day) AS day FROM appointment WHERE patient_id IS NOT NULL GROUP BY patient_id)",
        "SELECT count(*), max(at) FROM (SELECT patient_id, max(written_at) AS at FROM clinical_entry GROUP BY patient_id)",
    ] {
        sqlx::query(sql).fetch_one(&mut *connection).await.expect("counted");
    }
}

/// Persons who are only in the agenda, erased one after another: rows, index, freed pages, log, lists.
async fn erasures(desk: &Desk, appointments: u32) {
    let mut connection = desk.store().read().await.expect("a connection");
    let sql = "SELECT id FROM patient WHERE number % 10 = 0 ORDER BY number LIMIT ?";
    let ids: Vec<String> =
        sqlx::query_scalar(sql).bind(RUNS as i64).fetch_all(&mut *connection).await.expect("persons");
    drop(connection);
    let mut taken = Vec::new();
    for id in ids {
        let patient_id: PatientId = id.parse().expect("an identifier");
        let began = Instant::now();
        let request = ErasePersonRequest { patient_id, reason: "No longer needed".to_owned(), request_id: None };
        let receipt = erasure::erase_person(desk, request).await.expect("erased");
        taken.push(began.elapsed());
        assert!(receipt.erased.log_emptied && receipt.erased.persons == 1, "an erasure that left something");
    }
    say("erasure_one_person", appointments, &mut taken, serde_json::json!(2_000));
}

pub async fn figures(patients: u32, appointments: u32) {
    let place = tempfile::Builder::new().prefix("bench-").tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let folder = place.path().join("vault");
    let keyring = Arc::new(MemoryKeyring::default());
    let now: DateTime<Utc> = "2026-11-22T09:00:00Z".parse().expect("an instant");
    create::make_practice(&doorstep(&folder, &keyring, now), practice_request(), false).await.expect("a practice");
    let desk = open(&folder, &keyring, now).await.0;
    let days = u32::try_from(u64::from(appointments) * 7 / (5 * 274)).expect("a number of days");
    let plan =
        Plan { patients, appointments, practitioners: 10, days_back: days, days_ahead: 1, seed: 1, open_today: false };
    seed(&desk, plan).await.expect("seeded");
    entries(&desk).await;
    desk.store().close().await;
    // Eight years later somebody looks.
    let later: DateTime<Utc> = "2034-11-22T09:00:00Z".parse().expect("an instant");
    let (desk, _) = open(&folder, &keyring, later).await;
    let (mut door, mut yard) = (Vec::new(), Vec::new());
    let mut view = look(&desk, "archive").await;
    for _ in 0..RUNS {
        let began = Instant::now();
        view = look(&desk, "archive").await;
        door.push(began.elapsed());
        let began = Instant::now();
        bare(&desk).await;
        yard.push(began.elapsed());
    }
    say("retention_dry_run", appointments, &mut door, serde_json::json!(2_000));
    println!(
        "{}",
        serde_json::json!({ "figure": "retention_dry_run_bare", "median_ms": round(spread(&mut yard).0),
            "patients": view.looked_at, "due": view.looked_at - view.kept })
    );
    erasures(&desk, appointments).await;
    let due: Vec<PatientId> = view.persons.iter().filter_map(|one| one.patient_id).collect();
    let began = Instant::now();
    let done = retention::archive_patients(&desk, ArchivePatientsRequest { patients: due }).await.expect("archived");
    println!(
        "{}",
        serde_json::json!({ "figure": "retention_archive", "persons": done.archived,
            "seconds": round(began.elapsed().as_secs_f64()) })
    );
    desk.store().close().await;
}
