//! What breaks off between database and archive, backups and restores, and the destruction that a person confirms.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

use domain::id::PatientId;
use semainier_app::backup;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::history;
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::retention::wire::{
    BringBackRequest, ConfirmDestructionRequest, DestructionListView, DestructionRequest, HoldPatientRequest,
    IntermediateRequest, OpenIntermediateRequest, PrintDestructionRequest,
};
use semainier_app::commands::safekeeping::wire::RestoreDrillRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, retention, safekeeping};

use crate::house::{House, PASSWORD, add_patient, at, book, cast, code, verified};
use crate::letterhead::printed;
use crate::record::{dump, holds, user};
use crate::record_use::{consultation, open, write};
use crate::results::CANARY;
use crate::results_documents::{file, kept};
use crate::retention::{desk_at, run};
use crate::retention_archive::{LATER, find, package, put_away};

/// When the twenty years are over.
const END: &str = "2047-01-15T09:00:00Z";
const CHILD: &str = "SEMAINIER_RETENTION_CHILD";

async fn with_record(desk: &Desk, surname: &str) -> PatientId {
    let id = add_patient(desk, surname, "Zoé", "1979-05-12").await;
    write(desk, id, "2026-11-20", consultation(CANARY)).await;
    id
}

fn credentials() -> SignInRequest {
    SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() }
}

/// Everything in a folder but the backups, to be put back later.
fn keep(house: &House, name: &str) -> Vec<u8> {
    fs::read(house.vault.join(name)).expect(name)
}

async fn close(desk: Arc<Desk>) {
    desk.store().close().await;
}

async fn archived_names(desk: &Desk) -> Vec<String> {
    find(desk, "").await.into_iter().map(|one| one.name).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_breaks_off_between_the_two_files_loses_and_doubles_nobody() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    let (first, second) = (with_record(&desk, "PREMIER").await, with_record(&desk, "SECOND").await);
    close(desk).await;
    let later = desk_at(&house, LATER).await;
    put_away(&later, first).await;
    let whole = package(&later, second).await;
    close(later).await;
    let before = (keep(&house, "practice.db"), keep(&house, "archive.db"));
    let later = desk_at(&house, LATER).await;
    put_away(&later, second).await;
    assert_eq!(archived_names(&later).await, ["PREMIER Zoé", "SECOND Zoé"]);
    close(later).await;
    let after = (keep(&house, "practice.db"), keep(&house, "archive.db"));
    let put = |database: &[u8], archive: &[u8]| {
        fs::write(house.vault.join("practice.db"), database).expect("written");
        fs::write(house.vault.join("archive.db"), archive).expect("written");
    };

    // In the archive, and not yet out of the database: they are active, and no copy stays.
    put(&before.0, &after.1);
    let again = desk_at(&house, LATER).await;
    assert_eq!(archived_names(&again).await, ["PREMIER Zoé"]);
    assert!(package(&again, second).await == whole);
    // It works the next time.
    assert_eq!(put_away(&again, second).await.archived, 1);
    assert_eq!(archived_names(&again).await, ["PREMIER Zoé", "SECOND Zoé"]);

    // Back in the database, and not yet out of the archive: the same.
    let found = find(&again, "second").await;
    let back = BringBackRequest { erasure_id: found[0].erasure_id.clone(), reason: "Revient".to_owned() };
    close(again).await;
    let with_copy = keep(&house, "archive.db");
    let again = desk_at(&house, LATER).await;
    find(&again, "").await;
    retention::bring_back_patient(&again, back).await.expect("back");
    close(again).await;
    fs::write(house.vault.join("archive.db"), &with_copy).expect("written");
    let again = desk_at(&house, LATER).await;
    assert_eq!(archived_names(&again).await, ["PREMIER Zoé"]);
    assert_eq!(open(&again, second).await.entries.len(), 1);
    assert!(verified(&again).await);
    close(again).await;

    // An archive that was half written when the power failed is no archive.
    fs::write(house.vault.join("archive.db.part"), b"half").expect("written");
    fs::write(house.vault.join("archive.db.part-journal"), b"half").expect("written");
    let again = desk_at(&house, LATER).await;
    assert_eq!(put_away(&again, second).await.archived, 1);
    assert!(!house.vault.join("archive.db.part").exists() && !house.vault.join("archive.db.part-journal").exists());
    assert_eq!(archived_names(&again).await, ["PREMIER Zoé", "SECOND Zoé"]);
    close(again).await;

    // A database from before it knew them at all, beside a newer archive: they are kept, and noted again.
    let newest = keep(&house, "archive.db");
    let again = desk_at(&house, LATER).await;
    crate::record::sql(&again, &["DELETE FROM archived"]).await;
    close(again).await;
    fs::write(house.vault.join("archive.db"), &newest).expect("written");
    let again = desk_at(&house, LATER).await;
    assert_eq!(archived_names(&again).await, ["PREMIER Zoé", "SECOND Zoé"]);
    let found = find(&again, "premier").await;
    let request = IntermediateRequest { erasure_id: found[0].erasure_id.clone() };
    assert_eq!(retention::read_intermediate(&again, request).await.expect("read").record.entries.len(), 1);
}

/// The child: archives and brings back as fast as it can. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_archives_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let desk = desk_at(&house, LATER).await;
    let request =
        semainier_app::commands::patient::wire::SearchPatientsRequest { text: "tournant".to_owned(), limit: 5 };
    let found = semainier_app::commands::patient::search_patients(&desk, request).await.expect("a search");
    let id = found.matches[0].id;
    println!("begun");
    loop {
        assert_eq!(put_away(&desk, id).await.archived, 1);
        println!("archived");
        let found = find(&desk, "tournant").await;
        let back = BringBackRequest { erasure_id: found[0].erasure_id.clone(), reason: "Revient".to_owned() };
        retention::bring_back_patient(&desk, back).await.expect("back");
        println!("back");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_archives_loses_and_doubles_nobody() {
    for (stop_after, wait) in [(1, 4), (2, 9), (3, 17), (4, 29), (5, 43), (6, 61)] {
        let house = House::without_keyring().await;
        let desk = house.desk().await;
        let id = with_record(&desk, "TOURNANT").await;
        file(&desk, id, "Radio", b"%PDF-1.4\nKanarienvogel").await.expect("filed");
        close(desk).await;
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["retention_harm::child_archives_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let mut said = 0;
        for line in BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok) {
            said += usize::from(["begun", "archived", "back"].iter().any(|word| line.contains(word)));
            if said == stop_after {
                // Somewhere within the next step.
                std::thread::sleep(std::time::Duration::from_millis(wait));
                child.kill().expect("killed");
                break;
            }
        }
        child.wait().expect("it is over");
        assert_eq!(said, stop_after, "the child did not come so far");
        let desk = desk_at(&house, LATER).await;
        let request =
            semainier_app::commands::patient::wire::SearchPatientsRequest { text: "tournant".to_owned(), limit: 5 };
        let active = semainier_app::commands::patient::search_patients(&desk, request).await.expect("a search").matches;
        let why = OpenIntermediateRequest { reason: "Contrôle".to_owned() };
        let shelved = match retention::open_intermediate(&desk, why).await {
            Ok(_) => find(&desk, "tournant").await,
            Err(refusal) => {
                assert_eq!(refusal.code, "archive_empty");
                Vec::new()
            }
        };
        assert_eq!(active.len() + shelved.len(), 1, "in one place, after {stop_after}");
        let entries = match shelved.first() {
            Some(one) => {
                let request = IntermediateRequest { erasure_id: one.erasure_id.clone() };
                retention::read_intermediate(&desk, request).await.expect("read").record
            }
            None => open(&desk, id).await,
        };
        assert_eq!((entries.entries.len(), entries.damaged.len()), (2, 0), "whole, after {stop_after}");
        assert_eq!(kept(&house).len(), 1, "with its document");
        assert!(verified(&desk).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_takes_the_archive_along_and_an_old_one_still_comes_back() {
    let house = House::new().await;
    let desk = house.desk().await;
    let id = with_record(&desk, "ARCHIVEE").await;
    file(&desk, id, "Radio", b"%PDF-1.4\nKanarienvogel").await.expect("filed");
    let old = house.vault.with_file_name("old.semainier-backup");
    safekeeping::backup_to_file(&desk, &old).await.expect("a backup without archive");
    assert_eq!(backup::glance(&old).expect("a manifest").format, 1, "older programs read it");
    let later = desk_at(&house, LATER).await;
    put_away(&later, id).await;
    let new = house.vault.with_file_name("new.semainier-backup");
    safekeeping::backup_to_file(&later, &new).await.expect("a backup with archive");
    let manifest = backup::glance(&new).expect("a manifest");
    assert_eq!(manifest.format, 2);
    assert!(manifest.parts.iter().any(|part| part.name == "archive.db"));
    assert!(!holds(&fs::read(&new).expect("read"), "ARCHIVEE"));
    let drill = RestoreDrillRequest { file: Some(new.display().to_string()) };
    assert!(safekeeping::restore_drill(&later, drill).await.expect("a drill").verified);

    let to = house.vault.with_file_name("restored");
    safekeeping::restore_from_file(&house.doorstep(), &new, &to, credentials()).await.expect("restored");
    let restored = at_folder(&house, &to, LATER).await;
    let found = find(&restored, "archivee").await;
    let request = IntermediateRequest { erasure_id: found[0].erasure_id.clone() };
    assert_eq!(retention::read_intermediate(&restored, request).await.expect("read").record.entries.len(), 2);
    assert_eq!(
        fs::read_dir(to.join("documents")).expect("listed").flatten().filter(|one| one.file_name().len() == 64).count(),
        1
    );
    assert!(verified(&restored).await);

    // From before the archive: they are active there, and nothing is missing.
    let to = house.vault.with_file_name("restored-old");
    safekeeping::restore_from_file(&house.doorstep(), &old, &to, credentials()).await.expect("restored");
    let restored = at_folder(&house, &to, LATER).await;
    assert_eq!(open(&restored, id).await.entries.len(), 2);
    assert!(verified(&restored).await);

    // A changed byte of the archive in a backup is found.
    let mut bytes = fs::read(&new).expect("read");
    let archive = fs::read(house.vault.join("archive.db")).expect("read");
    let place = bytes.windows(64).position(|part| part == &archive[64..128]).expect("it stands in the backup");
    bytes[place] ^= 1;
    let bent = house.vault.with_file_name("bent.semainier-backup");
    fs::write(&bent, bytes).expect("written");
    let to = house.vault.with_file_name("restored-bent");
    let refusal = safekeeping::restore_from_file(&house.doorstep(), &bent, &to, credentials()).await;
    assert_eq!(code(refusal), "backup_damaged");
}

async fn at_folder(house: &House, folder: &Path, now: &str) -> Arc<Desk> {
    let doorstep = house.doorstep_of(folder.to_owned(), now.parse().expect("an instant"));
    sign_in::open(&doorstep, credentials()).await.expect("they sign in").0
}

async fn listed(desk: &Desk) -> DestructionListView {
    retention::list_destruction(desk, NothingRequest {}).await.expect("a list")
}

fn confirm(view: &DestructionListView) -> ConfirmDestructionRequest {
    ConfirmDestructionRequest { id: view.list.id.clone(), digest: view.list.digest.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_destroyed_but_the_very_list_that_a_practitioner_confirmed() {
    let house = House::new().await;
    let desk = house.desk().await;
    let shelved = with_record(&desk, "ARCHIVEE").await;
    file(&desk, shelved, "Radio", b"%PDF-1.4\nKanarienvogel").await.expect("filed");
    let direct = with_record(&desk, "OUBLIEE").await;
    let mut agenda = cast(&desk).await;
    let booked = add_patient(&desk, "AGENDA", "Alma", "1990-01-01").await;
    agenda.patient = booked;
    book(&desk, &agenda, at("2026-11-24T09:00"), false).await.expect("booked");
    let old = house.vault.with_file_name("old.semainier-backup");
    let later = desk_at(&house, LATER).await;
    put_away(&later, shelved).await;
    safekeeping::backup_to_file(&later, &old).await.expect("a backup");

    let end = desk_at(&house, END).await;
    let stays = with_record(&end, "RESTE").await;
    let secretary = user(&house, &end, "samia", "secretary").await;
    assert_eq!(code(retention::list_destruction(&secretary, NothingRequest {}).await), "permission_denied");
    let first = listed(&end).await;
    let names: Vec<&str> = first.persons.iter().map(|one| one.name.as_str()).collect();
    // The cast's own patient was only ever entered.
    assert_eq!(names, ["DUPONT Marie", "AGENDA Alma", "ARCHIVEE Zoé", "OUBLIEE Zoé"]);
    assert_eq!(kept(&house).len(), 1, "a list destroys nothing");
    let shown =
        retention::show_destruction(&end, DestructionRequest { id: first.list.id.clone() }).await.expect("shown");
    assert_eq!(shown.persons.len(), 4);
    assert!(shown.persons.iter().all(|one| !one.name.is_empty()));

    // Another list, another digest, somebody who is held meanwhile, a list that was given up: nothing happens.
    let wrong = ConfirmDestructionRequest { digest: "0".repeat(64), ..confirm(&first) };
    assert_eq!(code(retention::confirm_destruction(&end, wrong).await), "destruction_list_changed");
    let hold = HoldPatientRequest {
        patient_id: Some(direct),
        erasure_id: String::new(),
        ground: "legal_claim".to_owned(),
        note: "Assignation".to_owned(),
    };
    retention::hold_patient(&end, hold).await.expect("held");
    assert_eq!(code(retention::confirm_destruction(&end, confirm(&first)).await), "destruction_list_outdated");
    let second = listed(&end).await;
    assert_eq!(second.persons.len(), 3);
    assert_eq!(code(retention::confirm_destruction(&end, confirm(&first)).await), "destruction_closed");
    let crossed = ConfirmDestructionRequest { digest: first.list.digest.clone(), ..confirm(&second) };
    assert_eq!(code(retention::confirm_destruction(&end, crossed).await), "destruction_list_changed");
    let nothing = ConfirmDestructionRequest { id: "x".to_owned(), ..confirm(&second) };
    assert_eq!(code(retention::confirm_destruction(&end, nothing).await), "destruction_not_found");
    assert_eq!(code(retention::confirm_destruction(&secretary, confirm(&second)).await), "permission_denied");
    let early = PrintDestructionRequest { id: second.list.id.clone(), language: "fr".to_owned() };
    assert_eq!(code(retention::print_destruction(&end, early).await), "destruction_open");
    assert_eq!(open(&end, direct).await.entries.len(), 1);

    let done = retention::confirm_destruction(&end, confirm(&second)).await.expect("destroyed").list;
    assert_eq!((done.state.as_str(), done.persons, done.documents), ("confirmed", 3, 1));
    let dumped = dump(&end).await;
    for word in ["ARCHIVEE", "AGENDA", "DUPONT", "archivee", "Alma"] {
        assert!(!holds(&dumped, word), "{word} is left");
    }
    assert!(holds(&dumped, "OUBLIEE") && holds(&dumped, "RESTE"));
    assert_eq!(kept(&house), Vec::<String>::new(), "their documents went too");
    assert!(find(&end, "").await.is_empty());
    let erased = backup::read_erasures(&house.vault).expect("read").expect("a list");
    assert!(second.persons.iter().all(|one| erased.contains(&one.erasure_id)));
    assert!(verified(&end).await);
    let sql = format!("DELETE FROM destruction_line WHERE destruction_id = '{}'", done.id);
    let mut tx = end.store().write().await.expect("a transaction");
    assert!(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut *tx).await.is_err(), "what was confirmed is proof");
    drop(tx);

    // The report says what was done and of nobody who it was.
    let paper = PrintDestructionRequest { id: done.id.clone(), language: "fr".to_owned() };
    let text = printed(&retention::print_destruction(&end, paper).await.expect("a report"));
    assert!(text.contains("destruction") && text.contains(&second.persons[0].erasure_id[..8]), "{text}");
    assert!(!text.contains("ARCHIVEE") && !text.contains("Alma"));
    let drop_it = DestructionRequest { id: done.id.clone() };
    assert_eq!(code(retention::drop_destruction(&end, drop_it).await), "destruction_closed");

    // A backup from before does not bring them back, whoever opens it.
    let to = house.vault.with_file_name("restored");
    safekeeping::restore_from_file(&house.doorstep(), &old, &to, credentials()).await.expect("restored");
    let restored = at_folder(&house, &to, END).await;
    assert!(!holds(&dump(&restored).await, "AGENDA"));
    assert_eq!(open(&restored, direct).await.entries.len(), 1, "who was not on the list is there");
    assert_eq!(find_or_empty(&restored).await, 0);
    assert_eq!(
        fs::read_dir(to.join("documents")).expect("listed").flatten().filter(|one| one.file_name().len() == 64).count(),
        0
    );
    assert!(verified(&restored).await);
    let _ = stays;
}

async fn find_or_empty(desk: &Desk) -> usize {
    find(desk, "").await.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_destruction_that_broke_off_is_finished_at_the_next_sign_in() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    let id = with_record(&desk, "ARCHIVEE").await;
    file(&desk, id, "Radio", b"%PDF-1.4\nKanarienvogel").await.expect("filed");
    close(desk).await;
    let later = desk_at(&house, LATER).await;
    put_away(&later, id).await;
    close(later).await;
    let archive = keep(&house, "archive.db");
    let scan = kept(&house).remove(0);
    let bytes = keep(&house, &format!("documents/{scan}"));
    let end = desk_at(&house, END).await;
    let list = listed(&end).await;
    retention::confirm_destruction(&end, confirm(&list)).await.expect("destroyed");
    close(end).await;
    // As if the power had failed right after the commit.
    fs::write(house.vault.join("archive.db"), &archive).expect("written");
    fs::write(house.vault.join("documents").join(&scan), &bytes).expect("written");
    fs::remove_file(house.vault.join("erased.list")).expect("removed");
    let end = desk_at(&house, END).await;
    assert!(fs::read(house.vault.join("archive.db")).expect("there") != archive);
    assert!(find(&end, "").await.is_empty());
    assert_eq!(kept(&house), Vec::<String>::new());
    let erased = backup::read_erasures(&house.vault).expect("read").expect("a list");
    assert!(erased.contains(&list.persons[0].erasure_id));
    assert_eq!(run(&end, "").await.listed, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_or_bent_archive_is_named_by_the_verification() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    let id = with_record(&desk, "ARCHIVEE").await;
    close(desk).await;
    let later = desk_at(&house, LATER).await;
    put_away(&later, id).await;
    assert!(verified(&later).await);
    close(later).await;
    let fault = async || {
        let view = verify_unattended(&house.doorstep(), credentials()).await.expect("verified");
        view.fault.unwrap_or_default()
    };
    assert_eq!(fault().await, "");
    let archive = keep(&house, "archive.db");
    let mut bent = archive.clone();
    let middle = bent.len() / 2;
    bent[middle] ^= 1;
    fs::write(house.vault.join("archive.db"), &bent).expect("written");
    assert_eq!(fault().await, "archive_damaged");
    fs::remove_file(house.vault.join("archive.db")).expect("removed");
    assert_eq!(fault().await, "archive_missing");
    let desk = desk_at(&house, LATER).await;
    let view = history::verify_journal(&desk, NothingRequest {}).await.expect("verified");
    assert_eq!((view.ok, view.fault.as_deref()), (false, Some("archive_missing")));
    close(desk).await;
    fs::write(house.vault.join("archive.db"), &archive).expect("written");
    assert_eq!(fault().await, "");
}
