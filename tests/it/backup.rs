//! Backups: what they hold, what is refused, what comes back and what must not, how they rotate, and what becomes of one that is
//! cut short by a kill or a full disk.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use chrono::TimeDelta;
use semainier_app::backup::{self, BackupError, ERASURE_LIST, EXTENSION};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::{RecoverAccessRequest, SignInRequest};
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::safekeeping::wire::{BackUpRequest, RestoreDrillRequest, SetBackupsRequest};
use semainier_app::commands::safekeeping::{self, Credentials};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, access};
use semainier_app::store;
use semainier_app::vault::KeyringError;

use crate::backup_house::{
    House, LOGIN, PASSWORD, SURNAME, add_patient, agenda_of, book, child, close, credentials, fingerprint, names,
};

/// A practice with two patients and three appointments, and its backup.
async fn backed_up(house: &House) -> (Arc<Desk>, PathBuf) {
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    add_patient(&desk, "Basma").await;
    for number in 0..3 {
        book(&desk, Some(patient), number).await.unwrap();
    }
    let file = house.path("copy.semainier-backup");
    let view = safekeeping::backup_to_file(&desk, &file).await.unwrap();
    assert!(view.verified);
    (desk, file)
}

async fn verify(house: &House, file: &Path) -> Result<backup::Verified, BackupError> {
    backup::verify(file, &house.key(&house.folder()), house.root.path()).await
}

async fn found(desk: &Desk) -> i64 {
    store::upkeep::counts(&mut desk.store().read().await.unwrap()).await.unwrap().0
}

fn backups_in(place: &Path) -> Vec<String> {
    names(place).into_iter().filter(|name| name.ends_with(EXTENSION)).collect()
}

async fn set(desk: &Desk, second_place: &Path, every_hours: i64, keep: i64) -> Result<(), String> {
    let second_place = second_place.display().to_string();
    let request = SetBackupsRequest { second_place, every_hours, keep };
    safekeeping::set_backups(desk, request).await.map(|_| ()).map_err(|refusal| refusal.code)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_holds_what_was_acknowledged_before_it_while_bookings_go_on() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    let writer = desk.clone();
    let (first, started) = tokio::sync::oneshot::channel();
    let (stop, mut stopped) = tokio::sync::oneshot::channel::<()>();
    let bookings = tokio::spawn(async move {
        let mut first = Some(first);
        let mut made = 0;
        while stopped.try_recv().is_err() {
            book(&writer, Some(patient), made).await.unwrap();
            made += 1;
            if made == 5 {
                first.take().unwrap().send(()).unwrap();
            }
        }
        made
    });
    started.await.unwrap();
    let before = store::journal::count(&mut *desk.store().read().await.unwrap()).await.unwrap();
    let file = house.path("busy.semainier-backup");
    let view = safekeeping::backup_to_file(&desk, &file).await.unwrap();
    stop.send(()).unwrap();
    let made = bookings.await.unwrap();
    assert!(made > 5, "bookings went on while the backup was made");
    let verified = verify(&house, &file).await.unwrap();
    assert_eq!(verified.manifest.entries, view.entries);
    assert!(view.entries >= before, "{} entries, {before} were acknowledged before", view.entries);
    assert!(verified.appointments >= 5 && verified.appointments <= made);
    // Each booking writes one entry in its own transaction: a half one would part the two numbers.
    assert_eq!(verified.manifest.entries - before, verified.appointments - (before - 3), "no half booking");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_in_a_backup_is_clear() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let bytes = fs::read(&file).unwrap();
    let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(holds("manifest.json"), "the search itself works");
    for clear in [SURNAME, "Basma", "SQLite format 3", "appointment", PASSWORD] {
        assert!(!holds(clear), "{clear} stands in the backup");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_cut_anywhere_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    let cut = house.path("cut");
    for length in [0, 1, 511, 512, 2_000, whole.len() / 2, whole.len() - 1_024, whole.len() - 1] {
        fs::write(&cut, &whole[..length]).unwrap();
        let refusal = verify(&house, &cut).await.unwrap_err();
        assert!(matches!(refusal, BackupError::NotABackup | BackupError::Damaged(_)), "{length}: {refusal:?}");
        let to = house.path("restored");
        let before = names(house.root.path());
        let restored = safekeeping::restore_from_file(&house.doorstep(), &cut, &to, credentials()).await;
        assert!(["not_a_backup", "backup_damaged"].contains(&restored.unwrap_err().code.as_str()));
        assert_eq!(names(house.root.path()), before, "nothing is left behind");
    }
    fs::write(&cut, [whole.as_slice(), b"more"].concat()).unwrap();
    assert!(matches!(verify(&house, &cut).await, Err(BackupError::Damaged(_))), "something was put behind it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_anywhere_in_a_backup_is_found() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    let flipped = house.path("flipped");
    let step = whole.len() / 97;
    let places = (0..whole.len()).step_by(step).chain([100, 257, 600, whole.len() - 1, whole.len() - 600]);
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        fs::write(&flipped, &bytes).unwrap();
        let refusal = verify(&house, &flipped).await;
        assert!(refusal.is_err(), "byte {place} of {} can be changed unseen", whole.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_written_anew_around_an_older_database_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    // The date alone, with a right checksum everywhere: only the seal can tell.
    let text = b"\"made_at\": \"2026";
    let place = whole.windows(text.len()).position(|window| window == text).unwrap() + text.len() - 1;
    let mut later = whole.clone();
    later[place] = b'9';
    let forged = house.path("forged");
    fs::write(&forged, &later).unwrap();
    assert!(matches!(verify(&house, &forged).await, Err(BackupError::Damaged("manifest"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_vaults_backup_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let other = House::with_practice().await;
    let theirs = other.desk().await;
    let request = RestoreDrillRequest { file: Some(file.display().to_string()) };
    assert_eq!(safekeeping::restore_drill(&theirs, request).await.unwrap_err().code, "backup_other_vault");
    let verified = backup::verify(&file, &other.key(&other.folder()), other.root.path()).await;
    assert!(matches!(verified, Err(BackupError::OtherKey)));
    close(theirs).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_vault_opens_with_everything_in_it_and_its_journal_verifies() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    let made = store::journal::count(&mut *desk.store().read().await.unwrap()).await.unwrap();
    // The practice goes on after the backup; its anchor moves on with it.
    book(&desk, None, 20).await.unwrap();
    close(desk).await;
    let to = house.path("restored");
    let view = safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap();
    assert!(view.verified);
    assert_eq!(view.entries, made - 1, "all but the entry of the backup itself");
    assert_eq!(view.warnings, Vec::<String>::new());
    let found_wrong = verify_unattended(&house.doorstep_to(&to), credentials()).await.unwrap();
    assert!(found_wrong.ok, "{found_wrong:?}");
    assert_eq!(found_wrong.entries, view.entries);
    let restored = house.desk_at(&to).await.unwrap();
    assert_eq!(found(&restored).await, 2);
    book(&restored, None, 30).await.unwrap();
    close(restored).await;
    // Both go their own way; neither makes the other look cut off.
    for folder in [house.folder(), to] {
        let verified = verify_unattended(&house.doorstep_to(&folder), credentials()).await.unwrap();
        assert!(verified.ok, "{folder:?}: {verified:?}");
    }
    assert_eq!(names(house.root.path()), ["copy.semainier-backup", "erased.list", "practice", "restored"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_never_overwrites() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let before = fingerprint(&house.folder());
    let doorstep = house.doorstep();
    let refusal = safekeeping::restore_from_file(&doorstep, &file, &house.folder(), credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "vault_exists");
    assert_eq!(fingerprint(&house.folder()), before);
    let full = house.path("letters");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("letter.txt"), "Dear colleague").unwrap();
    let refusal = safekeeping::restore_from_file(&doorstep, &file, &full, credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "folder_not_empty");
    assert_eq!(names(&full), ["letter.txt"]);
    let wrong = SignInRequest { login: LOGIN.into(), password: "not this one".into() };
    let to = house.path("restored");
    let refusal = safekeeping::restore_from_file(&doorstep, &file, &to, wrong).await.unwrap_err();
    assert_eq!(refusal.code, "wrong_credentials");
    assert!(!to.exists());
    // A file that is there already is not written over either.
    let desk = house.desk().await;
    assert_eq!(safekeeping::backup_to_file(&desk, &file).await.unwrap_err().code, "file_exists");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_in_the_practices_place_keeps_what_was_there() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    add_patient(&desk, "Chloé").await;
    close(desk).await;
    let credentials = || Credentials::Password { login: LOGIN.into(), password: PASSWORD.into() };
    let doorstep = house.doorstep();
    let view = safekeeping::restore_over(&doorstep, &file, credentials()).await.unwrap();
    assert!(view.verified);
    let desk = house.desk().await;
    assert_eq!(found(&desk).await, 2);
    close(desk).await;
    assert!(verify_unattended(&house.doorstep(), super::backup_house::credentials()).await.unwrap().ok);
    let aside = house.path("practice-before-restore-20261124T080000Z");
    let before = house.desk_at(&aside).await.unwrap();
    assert_eq!(found(&before).await, 3);
    close(before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_another_computer_a_restore_waits_for_the_recovery_key() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let laptop = House::empty();
    let to = laptop.folder();
    let doorstep = laptop.doorstep_as(&to, "laptop/claire");
    let view = safekeeping::restore_from_file(&doorstep, &file, &to, credentials()).await.unwrap();
    assert!(!view.verified);
    assert_eq!(view.warnings, ["not_enrolled_here"]);
    let request = RecoverAccessRequest {
        login: LOGIN.into(),
        recovery_key: house.recovery_key.clone(),
        clinical_recovery_key: house.clinical_recovery_key.clone(),
        new_password: "Nouvelle-vigne-77-orage".into(),
    };
    let desk = sign_in::recover(&doorstep, request).await.unwrap();
    assert_eq!(found(&desk).await, 2);
    assert!(!desk.session().clinical_pending);
    close(desk).await;
    // With the key at hand, all at once.
    let second = laptop.path("second");
    let credentials = Credentials::RecoveryKey {
        login: LOGIN.into(),
        recovery_key: house.recovery_key.clone(),
        clinical_recovery_key: String::new(),
        new_password: "Encore-une-vigne-78-pluie".into(),
    };
    let view = safekeeping::restore_with(&doorstep, &file, &second, credentials).await.unwrap();
    assert!(view.verified);
    let request = SignInRequest { login: LOGIN.into(), password: "Encore-une-vigne-78-pluie".into() };
    let desk = sign_in::open(&laptop.doorstep_as(&second, "laptop/claire"), request).await.unwrap().0;
    assert_eq!(found(&desk).await, 2);
    close(desk).await;
}

/// Erases as the program does: the id goes onto the list beside the vault, and the person out of the database.
async fn erase(house: &House, desk: &Desk, first_name: &str) {
    let mut tx = desk.store().write().await.unwrap();
    let id: String = sqlx::query_scalar("SELECT erasure_id FROM patient WHERE first_name = ?")
        .bind(first_name)
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    backup::add_erasures(&house.folder(), &BTreeSet::from([id.clone()])).unwrap();
    assert_eq!(store::upkeep::erase_listed(&mut tx, &[id]).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_patient_does_not_come_back() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    erase(&house, &desk, "Anne").await;
    assert_eq!(found(&desk).await, 1);
    close(desk).await;
    let to = house.path("restored");
    let view = safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap();
    assert!(view.verified && view.warnings.is_empty());
    let restored = house.desk_at(&to).await.unwrap();
    assert_eq!(found(&restored).await, 1);
    let mut connection = restored.store().read().await.unwrap();
    assert_eq!(store::upkeep::counts(&mut connection).await.unwrap(), (1, 0), "her appointments are gone as well");
    drop(connection);
    close(restored).await;
    let verified = verify_unattended(&house.doorstep_to(&to), credentials()).await.unwrap();
    assert!(verified.ok, "the chain holds without her key");
    // The next backup carries the list along to its own place.
    let desk = house.desk().await;
    let elsewhere = house.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    safekeeping::backup_to_file(&desk, &elsewhere.join("late.semainier-backup")).await.unwrap();
    close(desk).await;
    let list = fs::read_to_string(elsewhere.join(ERASURE_LIST)).unwrap();
    assert_eq!(list, fs::read_to_string(house.folder().join(ERASURE_LIST)).unwrap());
    assert_eq!(list.lines().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_patient_does_not_come_back_through_a_restore_that_could_not_be_opened() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    erase(&house, &desk, "Anne").await;
    close(desk).await;
    let to = house.path("restored");
    let view = safekeeping::restore_with(&house.doorstep(), &file, &to, Credentials::None).await.unwrap();
    assert!(!view.verified);
    assert_eq!(view.warnings, ["not_opened"]);
    let restored = house.desk_at(&to).await.unwrap();
    assert_eq!(found(&restored).await, 1);
    close(restored).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_erasure_list_is_told() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let laptop = House::empty();
    let alone = laptop.path("alone.semainier-backup");
    fs::copy(&file, &alone).unwrap();
    let to = laptop.folder();
    let view = safekeeping::restore_with(&laptop.doorstep(), &alone, &to, Credentials::None).await.unwrap();
    assert_eq!(view.warnings, ["erasure_list_missing", "not_opened"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_newest_backups_are_kept_in_both_places() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    add_patient(&desk, "Anne").await;
    let second = house.path("disk");
    fs::create_dir(&second).unwrap();
    set(&desk, &second, 24, 3).await.unwrap();
    fs::write(second.join("letter.semainier-backup"), "somebody's own file").unwrap();
    for _ in 0..5 {
        house.clock.forward(TimeDelta::hours(25));
        let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
        assert!(view.verified && view.warnings.is_empty(), "{view:?}");
        assert!(safekeeping::automatic(&desk).await.unwrap().is_none(), "not due again");
    }
    let first = house.folder().join("backups");
    assert_eq!(backups_in(&first).len(), 3);
    assert_eq!(backups_in(&second).len(), 4, "three, and the file that is not ours");
    assert!(second.join("letter.semainier-backup").exists());
    assert!(backups_in(&first).iter().all(|name| name.contains("T") && name > &"semainier-".to_owned()));
    assert!(backups_in(&first)[0].contains("20261127"), "the oldest went first: {:?}", backups_in(&first));
    for place in [&first, &second] {
        let newest = place.join(backups_in(&first).last().unwrap());
        verify(&house, &newest).await.unwrap();
    }
    let view = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(view.backups.len(), 10);
    assert!(view.backups.iter().all(|backup| backup.verified) && !view.overdue);
    house.clock.forward(TimeDelta::hours(49));
    assert!(safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap().overdue);
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unplugged_second_place_warns_and_blocks_nothing() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let second = house.path("disk");
    fs::create_dir(&second).unwrap();
    set(&desk, &second, 24, 3).await.unwrap();
    fs::rename(&second, house.path("unplugged")).unwrap();
    let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
    assert!(view.verified);
    // An empty folder where the disk was mounted is not the disk.
    fs::create_dir(&second).unwrap();
    let view = safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    assert!(view.verified);
    assert_eq!(view.warnings, ["second_place_missing"]);
    assert_eq!(names(&second), Vec::<String>::new());
    let listed = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(listed.backups[0].place, "second");
    assert_eq!((listed.backups[0].verified, listed.backups[0].code.as_str()), (false, "folder_missing"));
    // Plugged in again, it gets its copy within the hour, without a new one in the first place.
    fs::remove_dir(&second).unwrap();
    fs::rename(house.path("unplugged"), &second).unwrap();
    let first = backups_in(&house.folder().join("backups"));
    house.clock.forward(TimeDelta::minutes(61));
    let view = safekeeping::automatic(&desk).await.unwrap().unwrap();
    assert!(view.verified);
    assert_eq!(backups_in(&house.folder().join("backups")), first);
    assert_eq!(backups_in(&second).len(), 1);
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_second_place_must_be_a_folder_outside_the_vault() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    assert_eq!(set(&desk, &house.path("nowhere"), 24, 3).await.unwrap_err(), "folder_missing");
    assert_eq!(set(&desk, Path::new("relative"), 24, 3).await.unwrap_err(), "folder_missing");
    assert_eq!(set(&desk, &house.folder().join("documents"), 24, 3).await.unwrap_err(), "inside_vault");
    let outside = house.path("disk");
    fs::create_dir(&outside).unwrap();
    assert_eq!(set(&desk, &outside, 0, 3).await.unwrap_err(), "out_of_range");
    assert_eq!(set(&desk, &outside, 24, 1).await.unwrap_err(), "out_of_range");
    let into = house.folder().join("documents").join("x.semainier-backup");
    assert_eq!(safekeeping::backup_to_file(&desk, &into).await.unwrap_err().code, "inside_vault");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_drill_opens_the_newest_backup_and_says_what_came_since() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let nothing = RestoreDrillRequest { file: None };
    assert_eq!(safekeeping::restore_drill(&desk, nothing.clone()).await.unwrap_err().code, "no_backup");
    let patient = add_patient(&desk, "Anne").await;
    book(&desk, Some(patient), 0).await.unwrap();
    safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    book(&desk, Some(patient), 1).await.unwrap();
    let before = names(&house.folder().join("backups"));
    let drill = safekeeping::restore_drill(&desk, nothing).await.unwrap();
    assert!(drill.verified && !drill.erasure_list_missing);
    assert_eq!((drill.patients, drill.appointments), (1, 1));
    assert_eq!(drill.entries_since, 2, "the entry of the backup itself, and the booking");
    assert_eq!(drill.made_at, "2026-11-24T08:00:00.000Z");
    assert_eq!(names(&house.folder().join("backups")), before, "the trial folder is gone");
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_who_manages_backups_makes_one() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let request = serde_json::json!({
        "login": "sonia", "name": "Sonia Petit", "administrator": false, "role": "secretary",
        "practitioner_id": null, "password": "Prairie-mauve-51-corde"
    });
    access::add_user(&desk, serde_json::from_value(request).unwrap()).await.unwrap();
    close(desk).await;
    let request = SignInRequest { login: "sonia".into(), password: "Prairie-mauve-51-corde".into() };
    let desk = sign_in::open(&house.doorstep(), request).await.unwrap().0;
    let refusal = safekeeping::back_up(&desk, BackUpRequest { file: None }).await.unwrap_err();
    assert_eq!(refusal.code, "permission_denied");
    let refusal = safekeeping::restore_drill(&desk, RestoreDrillRequest { file: None }).await.unwrap_err();
    assert_eq!(refusal.code, "permission_denied");
    // The automatic backup is the program's duty, whoever is signed in.
    assert!(safekeeping::automatic(&desk).await.unwrap().unwrap().verified);
    close(desk).await;
}

/// Run as a child: makes backups until it is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by another test, as a process of its own"]
async fn child_backs_up_for_ever() {
    let house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    let folder = PathBuf::from(std::env::var_os("SEMAINIER_TEST_VAULT").unwrap());
    let place = PathBuf::from(std::env::var_os("SEMAINIER_TEST_PLACE").unwrap());
    let desk = sign_in::open(&house.doorstep_as(&folder, "office/other"), credentials()).await.unwrap().0;
    println!("ready");
    for number in 0.. {
        safekeeping::backup_to_file(&desk, &place.join(format!("{number}.{EXTENSION}"))).await.unwrap();
        println!("made");
    }
}

/// A practice without a keyring, so that another process opens it too.
async fn without_keyring() -> House {
    let mut house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    (house.recovery_key, house.clinical_recovery_key) = house.make_in().await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_backup_leaves_no_half_file_and_the_next_one_tidies_up() {
    let house = without_keyring().await;
    let desk = house.desk().await;
    add_patient(&desk, "Anne").await;
    close(desk).await;
    let place = house.path("place");
    fs::create_dir(&place).unwrap();
    for round in 0..4 {
        let folder = house.folder();
        let variables = [("SEMAINIER_TEST_VAULT", folder.as_path()), ("SEMAINIER_TEST_PLACE", place.as_path())];
        let mut running = child("backup::child_backs_up_for_ever", &variables);
        let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let wait_for = ["ready", "made", "made", "ready"][round];
        assert!(lines.any(|line| line.unwrap().ends_with(wait_for)));
        // In the middle of the next one: its work folder is there.
        while !names(&place).iter().any(|name| name.starts_with(".semainier-work-")) {
            assert!(running.try_wait().unwrap().is_none(), "the child ended by itself");
            std::thread::yield_now();
        }
        running.kill().unwrap();
        running.wait().unwrap();
        for name in backups_in(&place) {
            verify(&house, &place.join(&name)).await.unwrap();
            fs::remove_file(place.join(name)).unwrap();
        }
    }
    let desk = house.desk().await;
    safekeeping::backup_to_file(&desk, &place.join(format!("last.{EXTENSION}"))).await.unwrap();
    close(desk).await;
    assert_eq!(names(&place), ["erased.list", &format!("last.{EXTENSION}")]);
    let left: Vec<_> =
        names(&house.folder().join("backups")).into_iter().filter(|name| name.contains("work")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(verify_unattended(&house.doorstep(), credentials()).await.unwrap().ok);
}

/// A mount that is undone.
struct Mount(PathBuf);

impl Mount {
    fn tmpfs(at: &Path, size: &str) -> Option<Self> {
        let options = format!("size={size}");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).output().ok()?;
        done.status.success().then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_no_half_backup() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let small = house.path("small");
    fs::create_dir(&small).unwrap();
    let Some(mounted) = Mount::tmpfs(&small, "96k") else {
        eprintln!("SKIPPED: no small file system can be mounted here");
        close(desk).await;
        return;
    };
    let refusal = safekeeping::backup_to_file(&desk, &small.join("x.semainier-backup")).await.unwrap_err();
    assert_eq!(refusal.code, "disk_full");
    assert_eq!(names(&small), Vec::<String>::new());
    let left: Vec<_> =
        names(&house.folder().join("backups")).into_iter().filter(|name| name.contains("work")).collect();
    assert_eq!(left, Vec::<String>::new());
    let listed = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(listed.backups[0].code, "disk_full");
    drop(mounted);
    // A restore onto it leaves nothing either.
    let file = house.path("good.semainier-backup");
    safekeeping::backup_to_file(&desk, &file).await.unwrap();
    close(desk).await;
    let Some(_mounted) = Mount::tmpfs(&small, "96k") else { return };
    let to = small.join("restored");
    let refusal = safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "disk_full");
    assert_eq!(names(&small), Vec::<String>::new());
}

/// A container with one thing wrong in it.
fn forged(house: &House, name: &str, change: impl FnOnce(&mut tar::Builder<fs::File>)) -> PathBuf {
    let path = house.path(name);
    let mut tar = tar::Builder::new(fs::File::create(&path).unwrap());
    change(&mut tar);
    tar.into_inner().unwrap().flush().unwrap();
    path
}

fn put(tar: &mut tar::Builder<fs::File>, name: &[u8], kind: tar::EntryType, size: u64, bytes: &[u8]) {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o600);
    if kind == tar::EntryType::Symlink {
        header.set_link_name("/etc/passwd").unwrap();
    }
    header.set_cksum();
    tar.append(&header, bytes).unwrap();
}

fn manifest_naming(parts: &[(&str, u64)]) -> Vec<u8> {
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, bytes)| serde_json::json!({ "name": name, "bytes": bytes, "sha256": "0".repeat(64) }))
        .collect();
    serde_json::to_vec(&serde_json::json!({
        "format": 1, "vault": "01980000-0000-7000-8000-000000000001", "key_id": 1, "made_at": "2026-11-24T08:00:00Z",
        "head": { "sequence": 0, "hash": "" }, "entries": 0, "parts": parts
    }))
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_made_to_do_harm_writes_nothing_outside() {
    use tar::EntryType::{GNUSparse, Regular, Symlink, XHeader};
    let house = House::with_practice().await;
    let start = |tar: &mut tar::Builder<fs::File>, parts: &[(&str, u64)]| {
        let manifest = manifest_naming(parts);
        put(tar, b"manifest.json", Regular, manifest.len() as u64, &manifest);
        put(tar, b"manifest.seal", Regular, 32, &[0; 32]);
    };
    let usual = [("vault.json", 1), ("practice.db", 1)];
    let files = [
        forged(&house, "up", |tar| {
            start(tar, &[usual[0], usual[1], ("../evil", 4)]);
            put(tar, b"../evil", Regular, 4, b"evil");
        }),
        forged(&house, "absolute", |tar| start(tar, &[usual[0], usual[1], ("/evil", 4)])),
        forged(&house, "document", |tar| start(tar, &[usual[0], usual[1], ("documents/../../evil", 4)])),
        forged(&house, "link", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", Symlink, 0, b"");
        }),
        forged(&house, "sparse", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", GNUSparse, 1, b"x");
        }),
        forged(&house, "renamed", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", XHeader, 18, b"18 path=../evil0\n\n");
        }),
        forged(&house, "twice", |tar| start(tar, &[usual[0], usual[1], usual[1]])),
        forged(&house, "huge", |tar| {
            start(tar, &[("vault.json", 1 << 20), ("practice.db", u64::MAX / 2)]);
            put(tar, b"vault.json", Regular, 1 << 20, b"x");
        }),
        forged(&house, "huge_manifest", |tar| put(tar, b"manifest.json", Regular, 1 << 40, b"{}")),
        forged(&house, "database_missing", |tar| start(tar, &[usual[0]])),
        forged(&house, "no_tar", |_| {}),
    ];
    let before = names(house.root.path());
    for file in &files {
        let to = house.path("restored");
        let refusal = safekeeping::restore_from_file(&house.doorstep(), file, &to, credentials()).await.unwrap_err();
        assert!(["backup_damaged", "not_a_backup"].contains(&refusal.code.as_str()), "{file:?}: {refusal:?}");
        assert_eq!(names(house.root.path()), before, "{file:?}");
    }
    let newer = forged(&house, "newer", |tar| {
        put(tar, b"manifest.json", Regular, 12, b"{\"format\":2}");
    });
    let to = house.path("restored");
    let refusal = safekeeping::restore_from_file(&house.doorstep(), &newer, &to, credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "newer_version");
}

#[tokio::test(flavor = "multi_thread")]
async fn documents_come_along() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let name = "ab".repeat(32);
    let sealed: Vec<u8> = (0..100_000_u32).map(|number| (number % 251) as u8).collect();
    fs::write(house.folder().join("documents").join(&name), &sealed).unwrap();
    fs::write(house.folder().join("documents").join(".half-filed"), b"not a document").unwrap();
    let file = house.path("copy.semainier-backup");
    safekeeping::backup_to_file(&desk, &file).await.unwrap();
    close(desk).await;
    let to = house.path("restored");
    assert!(safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap().verified);
    assert_eq!(fs::read(to.join("documents").join(&name)).unwrap(), sealed);
    assert_eq!(names(&to.join("documents")), [name]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_from_before_a_change_of_keys_still_restores() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    let request = serde_json::json!({ "password": PASSWORD });
    access::rekey(&desk, serde_json::from_value(request).unwrap()).await.unwrap();
    let desk = house.desk().await;
    let drill = RestoreDrillRequest { file: Some(file.display().to_string()) };
    assert_eq!(safekeeping::restore_drill(&desk, drill).await.unwrap_err().code, "backup_other_key");
    close(desk).await;
    let to = house.path("restored");
    assert!(safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap().verified);
    let restored = house.desk_at(&to).await.unwrap();
    assert_eq!(found(&restored).await, 2);
    close(restored).await;
}

/// Measures, on request: SEMAINIER_TEST_ROWS journal-like rows of noise make the database large.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a measurement: minutes and gigabytes"]
async fn measure_a_large_backup() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let (practitioner, _) = agenda_of(&desk).await;
    let mut tx = desk.store().write().await.unwrap();
    sqlx::query(
        "INSERT INTO connection_log (at, user_id, workstation, event)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)
         SELECT '2026', ?, hex(randomblob(1000)), 'locked' FROM n",
    )
    .bind(practitioner.to_string())
    .execute(&mut *tx)
    .await
    .unwrap();
    tx.commit().await.unwrap();
    let file = house.path("large");
    let begun = std::time::Instant::now();
    safekeeping::backup_to_file(&desk, &file).await.unwrap();
    println!("written and verified: {} MB in {:?}", fs::metadata(&file).unwrap().len() >> 20, begun.elapsed());
    let begun = std::time::Instant::now();
    verify(&house, &file).await.unwrap();
    println!("verified alone in {:?}", begun.elapsed());
    close(desk).await;
}
