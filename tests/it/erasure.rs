//! True erasure: what is gone from rows, pages, log, index, files and lists; what stays and why; what a backup cannot bring back.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use aes::cipher::{BlockModeDecrypt, KeyIvInit, block_padding::NoPadding};
use domain::id::PatientId;
use semainier_app::commands::contact::wire::SaveContactRequest;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::erasure::wire::{ErasePersonRequest, ErasureReceiptView, PreviewErasureRequest};
use semainier_app::commands::patient::wire::{
    CreatePatientRequest, MergePatientsRequest, PatientFields, PatientRequest, SearchPatientsRequest,
    UpdatePatientRequest,
};
use semainier_app::commands::record::wire::{Body, Consultation, WriteEntryRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, access, contact, erasure, patient, record, safekeeping};
use semainier_app::store;
use semainier_app::vault::{Password, VaultFile};
use serde_json::json;

use crate::house::{House, PASSWORD, add_patient, at, book, cast, code, verified};
use crate::record::user;
use crate::results::{import, marie};
use crate::results_documents::{file, scan};

const PAGE: usize = 4096;
const TAIL: usize = 80;

/// Stands in nobody else's name.
const NAME: &str = "Quetzalcoatl";

fn key(house: &House) -> Vec<u8> {
    let file = VaultFile::load(&house.vault).expect("a vault");
    let doorstep = house.doorstep();
    let unlocked = file.sign_in("lefevre", &Password::new(PASSWORD.to_owned()), &doorstep.here()).expect("signed in");
    let pragma = unlocked.database.pragma_value();
    let hex = pragma.trim_matches(|sign| "\"x'".contains(sign));
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hexadecimal")).collect()
}

/// A page as SQLCipher 4 writes it, decrypted: AES-256 in CBC, the vector and a mark in the last 80 bytes.
fn page(key: &[u8], bytes: &[u8], is_first: bool) -> Vec<u8> {
    let from = if is_first { 16 } else { 0 };
    let vector = &bytes[PAGE - TAIL..PAGE - TAIL + 16];
    let mut plain = bytes[from..PAGE - TAIL].to_vec();
    cbc::Decryptor::<aes::Aes256>::new_from_slices(key, vector)
        .expect("a key")
        .decrypt_padded::<NoPadding>(&mut plain)
        .expect("whole blocks");
    plain
}

/// Every page of the database and every frame of its log, decrypted, whether in use or free.
fn pages(house: &House) -> Vec<Vec<u8>> {
    let key = key(house);
    let database = fs::read(house.vault.join("practice.db")).expect("the database");
    let mut all: Vec<Vec<u8>> =
        database.chunks_exact(PAGE).enumerate().map(|(number, bytes)| page(&key, bytes, number == 0)).collect();
    assert_eq!(&all[0][..5], [0x10, 0, 2, 2, 80], "SQLite's own header: the pages do decrypt");
    if let Ok(log) = fs::read(house.vault.join("practice.db-wal"))
        && log.len() > 32
    {
        for frame in log[32..].chunks_exact(24 + PAGE) {
            let number = u32::from_be_bytes([frame[0], frame[1], frame[2], frame[3]]);
            all.push(page(&key, &frame[24..], number == 1));
        }
    }
    all
}

fn folded(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(u8::to_ascii_lowercase).collect()
}

/// In how many pages, frames and files of the vault a word stands, in capitals or not, in one byte a letter or two.
fn places(house: &House, word: &str) -> usize {
    let low = word.to_lowercase();
    let wide: Vec<u8> = low.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let holds = |bytes: &[u8]| {
        let bytes = folded(bytes);
        [low.as_bytes(), wide.as_slice()].iter().any(|part| bytes.windows(part.len()).any(|one| one == *part))
    };
    let in_pages = pages(house).iter().filter(|page| holds(page)).count();
    in_pages + files(&house.vault).iter().filter(|file| fs::read(file).is_ok_and(|bytes| holds(&bytes))).count()
}

fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().is_dir() { all.extend(files(&entry.path())) } else { all.push(entry.path()) }
    }
    all
}

async fn erase(desk: &Desk, patient_id: PatientId) -> Result<ErasureReceiptView, CommandError> {
    let request =
        ErasePersonRequest { patient_id, reason: "À la demande de la personne".to_owned(), request_id: None };
    erasure::erase_person(desk, request).await
}

async fn search(desk: &Desk, text: &str) -> usize {
    let request = SearchPatientsRequest { text: text.to_owned(), limit: 20 };
    patient::search_patients(desk, request).await.expect("searched").matches.len()
}

/// Many people whose rows grew after they were written: pages were split and filled again.
async fn crowd(desk: &Desk, count: usize) {
    for number in 0..count {
        let fields = PatientFields {
            surname: format!("MARTIN{number}"),
            first_name: "Paul".to_owned(),
            mobile: format!("06{number:08}"),
            ..Default::default()
        };
        patient::create_patient(desk, CreatePatientRequest { fields }).await.expect("a patient");
    }
}

async fn grow(desk: &Desk, id: PatientId, remarks: &str) {
    let shown = patient::show_patient(desk, PatientRequest { id }).await.expect("shown");
    let fields = PatientFields { remarks: remarks.to_owned(), ..shown.fields };
    let request = UpdatePatientRequest { id, revision: shown.revision, fields };
    patient::update_patient(desk, request).await.expect("changed");
}

async fn all_ids(desk: &Desk) -> Vec<PatientId> {
    let mut connection = desk.store().read().await.expect("a connection");
    let ids: Vec<String> =
        sqlx::query_scalar("SELECT id FROM patient ORDER BY number").fetch_all(&mut *connection).await.expect("ids");
    ids.iter().map(|id| id.parse().expect("an id")).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_name_stands_in_no_page_frame_index_or_file_afterwards() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut cast = cast(&desk).await;
    crowd(&desk, 60).await;
    let erased = add_patient(&desk, &NAME.to_uppercase(), "Zénobie", "1979-05-12").await;
    crowd(&desk, 60).await;
    // Everybody's row grows in turn: rows move from page to page, the erased person's among them.
    for (number, id) in all_ids(&desk).await.into_iter().enumerate() {
        grow(&desk, id, &format!("Sonner deux fois {NAME} {}", "x".repeat(37 * (number % 19)))).await;
    }
    for id in all_ids(&desk).await.into_iter().filter(|id| *id != erased) {
        grow(&desk, id, "Sonner deux fois").await;
    }
    cast.patient = erased;
    book(&desk, &cast, at("2026-12-01T09:00"), false).await.expect("booked");
    let draft = json!({ "kind": "booking", "body": json!({ "text": format!("{NAME} Zénobie mardi") }).to_string() });
    access::save_draft(&desk, serde_json::from_value(draft).expect("a request")).await.expect("kept");
    let number = fs::metadata(house.vault.join("practice.db")).expect("a file").len();
    assert!(number > 0 && places(&house, NAME) > 3, "the same search finds it before");
    assert_eq!(search(&desk, NAME).await, 1);

    let receipt = erase(&desk, erased).await.expect("erased");
    assert!(receipt.erased.log_emptied && receipt.processor.is_empty());
    assert_eq!(search(&desk, NAME).await, 0);
    assert_eq!(places(&house, NAME), 0, "in no page, free page, frame or file");
    assert!(verified(&desk).await, "the chain holds without the key");
}

fn consultation(text: &str) -> Body {
    Body::Consultation(Consultation { reason: text.to_owned(), ..Default::default() })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_is_kept_until_its_day_and_who_is_only_in_the_agenda_is_not() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut cast = cast(&desk).await;
    let kept = cast.patient;
    let request = WriteEntryRequest { patient_id: kept, on: String::new(), body: consultation("Toux") };
    record::write_entry(&desk, request).await.expect("written");
    let refusal = erase(&desk, kept).await.unwrap_err();
    assert_eq!(refusal.code, "record_kept");
    assert_eq!(refusal.parameters["retention_until"], "2046-11-22");
    assert_eq!(refusal.parameters["possible_on"], "2046-11-23");
    let preview = erasure::preview_erasure(&desk, PreviewErasureRequest { patient_id: kept }).await.expect("told");
    assert!(!preview.may_erase && preview.ground == "medical_record" && preview.record == 1);
    assert_eq!(preview.possible_on.as_deref(), Some("2046-11-23"));
    let child = add_patient(&desk, "PETIT", "Léa", "2024-02-29").await;
    let request = WriteEntryRequest { patient_id: child, on: String::new(), body: consultation("Otite") };
    record::write_entry(&desk, request).await.expect("written");
    let refusal = erase(&desk, child).await.unwrap_err();
    assert_eq!(refusal.parameters["retention_until"], "2052-02-29", "the twenty-eighth birthday");

    cast.patient = add_patient(&desk, "DURAND", "Paul", "1960-08-15").await;
    for start in ["2026-12-01T09:00", "2026-12-02T09:00"] {
        book(&desk, &cast, at(start), false).await.expect("booked");
    }
    let preview = erasure::preview_erasure(&desk, PreviewErasureRequest { patient_id: cast.patient }).await;
    assert!(preview.is_ok_and(|preview| preview.may_erase && preview.appointments == 2));
    let named =
        ErasePersonRequest { patient_id: cast.patient, reason: "M. Durand le demande".to_owned(), request_id: None };
    assert_eq!(code(erasure::erase_person(&desk, named).await), "reason_names_person");
    let receipt = erase(&desk, cast.patient).await.expect("erased");
    assert_eq!(receipt.erased.removed["appointment"], 2, "what really went");
    assert_eq!((receipt.erased.removed["patient"], receipt.erased.removed["journal_key"]), (1, 1));
    assert_eq!(receipt.erased.lists, ["vault", "first"]);
    assert_eq!(code(erase(&desk, cast.patient).await), "patient_not_found");
    let all = erasure::list_erasures(&desk, NothingRequest {}).await.expect("the proofs").erasures;
    assert_eq!((all.len(), all[0].erased.clone()), (1, receipt.erased));
    assert_eq!(search(&desk, "DUPONT").await, 1, "nobody else went");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_merged_into_somebody_goes_along_and_their_relatives_stay() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut cast = cast(&desk).await;
    let child = cast.patient;
    let mother = add_patient(&desk, "NOBEL", "Aïcha", "1985-03-01").await;
    let twice = add_patient(&desk, "NOBELL", "Aicha", "1985-03-01").await;
    let father = add_patient(&desk, "OSTROM", "Jean", "1985-03-01").await;
    let contact = |linked, guardian| SaveContactRequest {
        id: None,
        revision: None,
        patient_id: child,
        name: String::new(),
        relation: String::new(),
        phone: String::new(),
        guardian,
        linked_patient_id: Some(linked),
        told_appointments: false,
        told_messages: false,
        told_results: false,
    };
    contact::save_contact(&desk, contact(mother, false)).await.expect("kept");
    contact::save_contact(&desk, contact(father, true)).await.expect("kept");
    cast.patient = twice;
    book(&desk, &cast, at("2026-12-01T09:00"), false).await.expect("booked");
    patient::merge_patients(&desk, MergePatientsRequest { into: mother, from: twice }).await.expect("merged");
    let receipt = erase(&desk, twice).await.expect("by either of them");
    assert_eq!((receipt.erased.persons, receipt.erased.guardians), (2, 0));
    assert_eq!(receipt.erased.removed["appointment"], 1);
    let left = contact::list_contacts(&desk, PatientRequest { id: child }).await.expect("listed");
    assert_eq!(left.contacts.len(), 1, "she is in nobody's file");
    let receipt = erase(&desk, father).await.expect("erased");
    assert_eq!(receipt.erased.guardians, 1, "who decides for a minor stays by name, and the receipt says so");
    let left = contact::list_contacts(&desk, PatientRequest { id: child }).await.expect("listed");
    assert!(left.contacts[0].name.contains("OSTROM") && left.contacts[0].linked_patient_id.is_none());
    let list = semainier_app::backup::read_erasures(&house.vault).expect("read").expect("a list");
    assert_eq!(list.len(), 3);
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_was_lost_is_made_again_from_the_proof_and_a_secretary_erases_nobody() {
    let house = House::new().await;
    let desk = house.desk().await;
    let gone = add_patient(&desk, "DURAND", "Paul", "1960-08-15").await;
    let other = add_patient(&desk, "PETIT", "Léa", "1990-08-15").await;
    let secretary = user(&house, &desk, "samia", "secretary").await;
    assert_eq!(code(erase(&secretary, other).await), "permission_denied");
    erase(&desk, gone).await.expect("erased");
    let list = house.vault.join(semainier_app::backup::ERASURE_LIST);
    let before = fs::read_to_string(&list).expect("a list");
    fs::remove_file(&list).expect("lost");
    house.desk().await;
    assert_eq!(fs::read_to_string(&list).expect("made again"), before);
}

async fn years_later(house: &House) -> std::sync::Arc<Desk> {
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    let doorstep = house.doorstep_at("2046-11-23T09:00:00Z".parse().expect("an instant"));
    sign_in::open(&doorstep, request).await.expect("signed in").0
}

#[tokio::test(flavor = "multi_thread")]
async fn a_record_goes_the_day_after_its_last_with_its_results_and_its_sealed_files() {
    let house = House::new().await;
    let desk = house.desk().await;
    let patient_id = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let request = WriteEntryRequest { patient_id, on: String::new(), body: consultation(NAME) };
    record::write_entry(&desk, request).await.expect("written");
    import(&desk, marie("D-1", "1.31")).await;
    file(&desk, patient_id, NAME, &scan(300_000)).await.expect("filed");
    let documents = || {
        fs::read_dir(house.vault.join("documents"))
            .expect("a folder")
            .flatten()
            .filter(|entry| entry.file_name().to_string_lossy().len() == 64)
            .count()
    };
    assert_eq!(documents(), 1);
    assert_eq!(code(erase(&desk, patient_id).await), "record_kept");
    let desk = years_later(&house).await;
    let receipt = erase(&desk, patient_id).await.expect("erased").erased;
    assert_eq!((receipt.files_removed, receipt.files_left, documents()), (1, 0, 0));
    for table in ["clinical_entry", "document", "report", "patient_key", "patient"] {
        assert!(receipt.removed.contains_key(table), "{table}: {receipt:?}");
    }
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_backup_does_not_bring_the_erased_back() {
    let house = House::new().await;
    let desk = house.desk().await;
    let erased = add_patient(&desk, NAME, "Zénobie", "1979-05-12").await;
    add_patient(&desk, "DURAND", "Paul", "1960-08-15").await;
    let folder = tempfile::tempdir().expect("a folder");
    let backup = folder.path().join("old.semainier-backup");
    safekeeping::backup_to_file(&desk, &backup).await.expect("backed up");
    erase(&desk, erased).await.expect("erased");
    let to = folder.path().join("restored");
    let credentials = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    let view = safekeeping::restore_from_file(&house.doorstep(), &backup, &to, credentials).await.expect("restored");
    assert!(view.verified && view.warnings.is_empty());
    let restored = house.beside(to);
    let desk = restored.desk().await;
    assert_eq!((search(&desk, NAME).await, search(&desk, "DURAND").await), (0, 1));
    assert_eq!(places(&restored, NAME), 0, "not in a page either");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_schema_is_erased_from_or_holds_nobody() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut connection = desk.store().read().await.expect("a connection");
    let erased: BTreeSet<&str> =
        store::erasure::STEPS.iter().map(|step| step.table).chain(store::erasure::LOOKED_AT.iter().copied()).collect();
    let nobody: BTreeSet<&str> = store::erasure::HOLDS_NOBODY.iter().map(|(table, _)| *table).collect();
    let tables = store::erasure::tables(&mut connection).await.expect("the tables");
    let own = |table: &str| !table.starts_with("_sqlx") && !is_shadow(table, &tables);
    for table in tables.iter().filter(|table| own(table)) {
        let (is_erased, is_nobody) = (erased.contains(table.as_str()), nobody.contains(table.as_str()));
        assert!(is_erased != is_nobody, "nobody says what an erasure does with {table}");
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info(?)")
            .bind(table)
            .fetch_all(&mut *connection)
            .await
            .expect("its columns");
        for column in columns.iter().filter(|column| column.ends_with("patient_id")) {
            let steps = store::erasure::STEPS.iter().filter(|step| step.table == table);
            assert!(
                steps.into_iter().any(|step| step.sql.contains(&format!("{column} = ?1"))),
                "{table}.{column} names a patient"
            );
        }
    }
    for table in erased.iter().chain(&nobody) {
        assert!(tables.iter().any(|one| one == table), "{table} is no table");
    }
}

/// Tables in which SQLite keeps a search index.
fn is_shadow(table: &str, tables: &[String]) -> bool {
    ["_data", "_idx", "_content", "_docsize", "_config"]
        .iter()
        .any(|end| table.strip_suffix(end).is_some_and(|stem| tables.iter().any(|one| one == stem)))
}

#[tokio::test(flavor = "multi_thread")]
async fn no_statement_of_an_erasure_reads_a_whole_table() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut connection = desk.store().read().await.expect("a connection");
    // The ledger of what left is as long as what was handed out, not as there are patients.
    for step in store::erasure::STEPS.iter().filter(|step| step.table != "disclosure") {
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", step.sql)))
                .bind("nobody")
                .fetch_all(&mut *connection)
                .await
                .expect(step.table);
        let scans: Vec<&String> = plan
            .iter()
            .map(|row| &row.3)
            .filter(|line| line.starts_with("SCAN") && !line.contains("VIRTUAL"))
            .collect();
        assert!(scans.is_empty(), "{}: {scans:?}", step.table);
    }
}
