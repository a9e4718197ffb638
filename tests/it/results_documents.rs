//! Scanned documents: sealed while they come in, never half there, opened whole or not at all.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use domain::id::{DocumentId, PatientId};
use semainier_app::commands::documents::wire::{
    AddDocumentPieceRequest, BeginDocumentRequest, DocumentHandleRequest, DocumentRequest, DocumentView, DocumentsView,
    FileDocumentRequest, FiledDocumentView, ListDocumentsRequest,
};
use semainier_app::commands::patient::wire::MergePatientsRequest;
use semainier_app::commands::record::wire::{Body, OpenRecordRequest, StrikeEntryRequest};
use semainier_app::commands::{CommandError, Desk, documents, patient, record};

use crate::house::{House, add_patient, code, verified};
use crate::record::{dump, holds, sql, user};
use crate::results::{CANARY, files_that_hold};

/// A PDF by its first bytes, full of a word.
pub fn scan(bytes: usize) -> Vec<u8> {
    let mut all = b"%PDF-1.4\n".to_vec();
    while all.len() < bytes {
        all.extend(CANARY.as_bytes());
        all.push(b'\n');
    }
    all.truncate(bytes);
    all
}

async fn begin(desk: &Desk, patient_id: PatientId) -> String {
    documents::begin_document(desk, BeginDocumentRequest { patient_id }).await.expect("begun").handle
}

async fn add(desk: &Desk, handle: &str, offset: usize, piece: &[u8]) -> Result<i64, CommandError> {
    let request = AddDocumentPieceRequest {
        handle: handle.to_owned(),
        offset: i64::try_from(offset).expect("small"),
        base64: STANDARD.encode(piece),
    };
    documents::add_document_piece(desk, request).await.map(|view| view.bytes)
}

fn filing(handle: &str, title: &str) -> FileDocumentRequest {
    FileDocumentRequest {
        handle: handle.to_owned(),
        title: title.to_owned(),
        category: "imaging".to_owned(),
        dated: "2026-11-20".to_owned(),
    }
}

pub async fn file(
    desk: &Desk,
    patient_id: PatientId,
    title: &str,
    bytes: &[u8],
) -> Result<FiledDocumentView, CommandError> {
    let handle = begin(desk, patient_id).await;
    let mut offset = 0;
    for piece in bytes.chunks(1 << 20) {
        add(desk, &handle, offset, piece).await?;
        offset += piece.len();
    }
    documents::file_document(desk, filing(&handle, title)).await
}

async fn read(desk: &Desk, id: DocumentId) -> Result<(DocumentView, Vec<u8>), CommandError> {
    let opened = documents::open_document(desk, DocumentRequest { id }).await?;
    let mut bytes = Vec::new();
    loop {
        let request = DocumentHandleRequest { handle: opened.handle.clone() };
        let piece = documents::read_document(desk, request).await?;
        bytes.extend(STANDARD.decode(piece.base64).expect("base 64"));
        if piece.last {
            return Ok((opened.document, bytes));
        }
    }
}

async fn list(desk: &Desk, patient_id: PatientId) -> DocumentsView {
    documents::list_documents(desk, ListDocumentsRequest { patient_id }).await.expect("the documents")
}

/// Sealed files and files under way in the vault's folder.
fn kept(house: &House) -> Vec<String> {
    let folder = std::fs::read_dir(house.vault.join("documents")).expect("the folder");
    let mut names: Vec<String> = folder
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name != ".lock")
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_what_its_content_says_and_comes_back_byte_for_byte() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let mut ids = Vec::new();
    for (start, media) in [
        (&b"%PDF-1.7\n"[..], "application/pdf"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
    ] {
        let bytes = [start, &scan(3_000_000)[9..]].concat();
        let filed = file(&desk, marie, "Radio du genou", &bytes).await.expect("filed");
        assert_eq!((filed.media.as_str(), usize::try_from(filed.bytes).expect("small")), (media, bytes.len()));
        let (view, found) = read(&desk, filed.id).await.expect("read");
        assert!(
            found == bytes && view.title == "Radio du genou" && view.on == "2026-11-20" && view.category == "imaging"
        );
        assert_eq!(filed.entry_id, Some(view.entry_id));
        ids.push(filed.id);
    }
    let handle = begin(&desk, marie).await;
    assert_eq!(code(add(&desk, &handle, 0, b"MZ not a document").await), "unknown_media");
    assert_eq!(code(add(&desk, &handle, 0, b"%PDF-1.4").await), "document_not_begun", "it was given up");
    let handle = begin(&desk, marie).await;
    assert_eq!(code(documents::file_document(&desk, filing(&handle, "")).await), "empty");
    add(&desk, &handle, 0, b"%PDF-1.4 ").await.expect("taken");
    assert_eq!(code(add(&desk, &handle, 0, b"%PDF-1.4 ").await), "out_of_order", "a piece is taken once");
    let late = FileDocumentRequest { dated: "2026-12-01".to_owned(), ..filing(&handle, "") };
    assert_eq!(code(documents::file_document(&desk, late).await), "date_in_future");
    documents::cancel_document(&desk, DocumentHandleRequest { handle }).await.expect("given up");
    assert_eq!(kept(&house).len(), 3, "nothing stays of what was given up");
    let all = list(&desk, marie).await;
    assert_eq!((all.documents.len(), all.damaged.len()), (3, 0));
    let opened = record::open_record(&desk, OpenRecordRequest { patient_id: marie }).await.expect("opened");
    assert!(opened.entries.iter().all(|entry| matches!(&entry.body, Body::Document(_))));
    let strike = StrikeEntryRequest { id: all.documents[0].entry_id, version: 1, reason: "Doublon".to_owned() };
    record::strike_entry(&desk, strike).await.expect("struck");
    assert_eq!(list(&desk, marie).await.documents.iter().filter(|one| one.struck.is_some()).count(), 1);
    // Whoever they are merged into has them; they open under the key they were sealed with.
    let into = add_patient(&desk, "Dupont-Martin", "Marie", "1979-05-12").await;
    patient::merge_patients(&desk, MergePatientsRequest { into, from: marie }).await.expect("merged");
    assert_eq!(list(&desk, into).await.documents.len(), 3);
    read(&desk, ids[0]).await.expect("read");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_secretary_files_a_scan_and_learns_nothing_of_it() {
    let house = House::new().await;
    let doctor = house.desk().await;
    let secretary = user(&house, &doctor, "samia", "secretary").await;
    let marie = add_patient(&doctor, "Dupont", "Marie", "1979-05-12").await;
    let bytes = scan(700_000);
    let handle = begin(&secretary, marie).await;
    add(&secretary, &handle, 0, &bytes[..400_000]).await.expect("taken");
    assert!(kept(&house).iter().any(|name| name.starts_with(".filing-")), "it is on the disk already");
    assert!(files_that_hold(&house, CANARY).is_empty(), "sealed while it comes in");
    add(&secretary, &handle, 400_000, &bytes[400_000..]).await.expect("taken");
    let filed = documents::file_document(&secretary, filing(&handle, &format!("Titre {CANARY}"))).await.expect("filed");
    assert_eq!(filed.entry_id, None, "it waits for a practitioner's session");
    assert!(files_that_hold(&house, CANARY).is_empty());
    let request = ListDocumentsRequest { patient_id: marie };
    assert_eq!(code(documents::list_documents(&secretary, request).await), "permission_denied");
    assert_eq!(code(documents::open_document(&secretary, DocumentRequest { id: filed.id }).await), "permission_denied");
    let request = DocumentHandleRequest { handle };
    assert_eq!(code(documents::read_document(&secretary, request).await), "permission_denied");
    let dumped = dump(&secretary).await;
    for word in [CANARY, "Titre", "imaging", "application/pdf"] {
        assert!(!holds(&dumped, word), "{word} stands in clear");
    }
    let (view, found) = read(&doctor, filed.id).await.expect("read");
    assert!(found == bytes && view.title == format!("Titre {CANARY}") && view.filed_by == "samia");
    assert!(!holds(&dump(&secretary).await, CANARY) && files_that_hold(&house, CANARY).is_empty());
    assert!(verified(&doctor).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_exchanged_or_missing_document_is_named_and_the_rest_is_readable() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let mut ids = Vec::new();
    for number in 0..6 {
        let filed = file(&desk, marie, &format!("n° {number}"), &scan(200_000 + number)).await.expect("filed");
        ids.push(filed.id);
    }
    let folder = house.vault.join("documents");
    let name = async |id: DocumentId| -> String {
        let mut connection = desk.store().read().await.expect("a connection");
        let sql = "SELECT file FROM document WHERE id = ?";
        sqlx::query_scalar(sql).bind(id.to_string()).fetch_one(&mut *connection).await.expect("its name")
    };
    // A byte in the middle; a cut tail; two files exchanged; one taken away; a row that names another's file.
    let first = folder.join(name(ids[0]).await);
    let mut bytes = std::fs::read(&first).expect("read");
    bytes[100_000] ^= 1;
    std::fs::write(&first, bytes).expect("written");
    let second = folder.join(name(ids[1]).await);
    let bytes = std::fs::read(&second).expect("read");
    std::fs::write(&second, &bytes[..bytes.len() - 70_000]).expect("written");
    let (third, fourth) = (folder.join(name(ids[2]).await), folder.join(name(ids[3]).await));
    std::fs::rename(&third, folder.join("aside")).expect("moved");
    std::fs::rename(&fourth, &third).expect("moved");
    for id in [ids[0], ids[1], ids[2]] {
        let refused = read(&desk, id).await.expect_err("refused");
        assert_eq!(refused.code, "document_damaged");
        assert_eq!(refused.parameters["document"], id.to_string());
    }
    assert_eq!(read(&desk, ids[3]).await.expect_err("refused").code, "document_missing");
    assert!(list(&desk, marie).await.documents.iter().any(|one| one.id == ids[3] && one.missing));
    let other = name(ids[3]).await;
    sql(&desk, &[&format!("UPDATE document SET file = '{}' WHERE id = '{}'", other.replace(&other[..1], "0"), ids[4])])
        .await;
    assert_eq!(read(&desk, ids[4]).await.expect_err("refused").code, "document_damaged");
    assert_eq!(list(&desk, marie).await.damaged, [ids[4]]);
    read(&desk, ids[5]).await.expect("the rest is readable");
}

const CHILD: &str = "SEMAINIER_DOCUMENTS_CHILD";

/// The child: files documents as fast as it can. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_files_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let desk = house.desk().await;
    let marie = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    println!("patient {marie}");
    let bytes = scan(1_500_000);
    for number in 0..60 {
        let handle = begin(&desk, marie).await;
        let mut offset = 0;
        for piece in bytes.chunks(100_000) {
            add(&desk, &handle, offset, piece).await.expect("taken");
            offset += piece.len();
            println!("piece {number}");
        }
        let filed = documents::file_document(&desk, filing(&handle, CANARY)).await.expect("filed");
        println!("acknowledged {}", filed.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_seals_leaves_nothing_half_and_nothing_in_clear() {
    for stop_after in [3, 15, 16, 40] {
        let house = House::without_keyring().await;
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["results_documents::child_files_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let (mut patient, mut acknowledged, mut said, mut killed) = (None, Vec::new(), 0, false);
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        for line in lines.map_while(Result::ok) {
            if let Some(at) = line.find("patient ") {
                patient = line[at + 8..].parse::<PatientId>().ok();
            }
            if let Some(at) = line.find("acknowledged ") {
                acknowledged.push(line[at + 13..].parse::<DocumentId>().expect("an id"));
            }
            said += 1;
            if !killed && said > stop_after {
                child.kill().expect("killed");
                killed = true;
            }
        }
        child.wait().expect("it is over");
        assert!(killed);
        assert!(files_that_hold(&house, CANARY).is_empty(), "nothing in clear");
        assert!(!kept(&house).is_empty(), "it was at it");
        let desk = house.desk().await;
        let view = list(&desk, patient.expect("named")).await;
        assert!(view.damaged.is_empty() && view.documents.len() <= acknowledged.len() + 1);
        assert_eq!(kept(&house).len(), view.documents.len(), "what nobody names was swept");
        for id in acknowledged {
            assert_eq!(read(&desk, id).await.expect("acknowledged").1, scan(1_500_000));
        }
        assert!(verified(&desk).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_under_way_elsewhere_is_not_swept_and_an_erased_patient_s_files_are() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    let marie = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let kept_id = file(&desk, marie, "gardé", &scan(1000)).await.expect("filed").id;
    std::fs::write(house.vault.join("documents").join("a".repeat(64)), "an orphan").expect("written");
    let handle = begin(&desk, marie).await;
    add(&desk, &handle, 0, &scan(1000)).await.expect("taken");
    let other = house.desk().await;
    assert_eq!(kept(&house).len(), 3, "somebody is filing: nothing is swept");
    documents::file_document(&desk, filing(&handle, "")).await.expect("it is whole");
    assert_eq!(documents::sweep::sweep(&other).await.expect("swept"), 1);
    read(&other, kept_id).await.expect("what is named stays");
    let mut tx = desk.store().write().await.expect("a transaction");
    let erasure: String = sqlx::query_scalar("SELECT erasure_id FROM patient").fetch_one(&mut *tx).await.expect("one");
    semainier_app::store::upkeep::erase_listed(&mut tx, &[erasure]).await.expect("erased");
    tx.commit().await.expect("committed");
    assert_eq!(documents::sweep::sweep(&other).await.expect("swept"), 2);
    assert!(kept(&house).is_empty());
}

const LARGE: &str = "SEMAINIER_LARGE_CHILD";

fn most_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("the process' state");
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).expect("its most");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

/// The child: files the largest document and reads it again, and says how much memory that took.
#[tokio::test(flavor = "multi_thread")]
async fn child_files_the_largest() {
    let Some(folder) = std::env::var_os(LARGE) else { return };
    let house = House::at(folder.into());
    let desk = house.desk().await;
    let marie = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let piece = scan(1 << 20);
    let before = most_memory();
    let handle = begin(&desk, marie).await;
    for number in 0..100 {
        add(&desk, &handle, number << 20, &piece).await.expect("taken");
    }
    assert_eq!(code(add(&desk, &handle, 100 << 20, &piece[..1]).await), "document_too_large");
    let filed = documents::file_document(&desk, filing(&handle, "")).await.expect("filed");
    let opened = documents::open_document(&desk, DocumentRequest { id: filed.id }).await.expect("opened");
    let mut bytes = 0;
    loop {
        let request = DocumentHandleRequest { handle: opened.handle.clone() };
        let piece = documents::read_document(&desk, request).await.expect("a piece");
        bytes += STANDARD.decode(piece.base64).expect("base 64").len();
        if piece.last {
            break;
        }
    }
    assert_eq!(bytes, 100 << 20);
    println!("took {} KiB", most_memory() - before);
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_document_needs_little_memory() {
    let house = House::without_keyring().await;
    let child = Command::new(std::env::current_exe().expect("this test"))
        .args(["results_documents::child_files_the_largest", "--exact", "--nocapture", "--test-threads=1"])
        .env(LARGE, &house.vault)
        .output()
        .expect("the child runs");
    let said = String::from_utf8_lossy(&child.stdout).into_owned();
    assert!(child.status.success(), "{said}");
    let at = said.find("took ").expect("it says how much");
    let taken: u64 = said[at + 5..].split(' ').next().and_then(|number| number.parse().ok()).expect("a number");
    assert!(taken < 32 * 1024, "{taken} KiB for 100 MiB");
}
