//! The way back: what a restored vault holds, what it must not overwrite, and who must not come back with it.

use std::collections::BTreeSet;
use std::fs;

use semainier_app::backup::{self, ERASURE_LIST};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::{RecoverAccessRequest, SignInRequest};
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::safekeeping::wire::RestoreDrillRequest;
use semainier_app::commands::safekeeping::{self, Credentials};
use semainier_app::commands::{Desk, access};
use semainier_app::store;

use crate::backup_house::{House, LOGIN, PASSWORD, book, close, credentials, fingerprint, names};

use crate::backup::{backed_up, found};

#[tokio::test(flavor = "multi_thread")]
async fn a_restored_vault_opens_with_everything_in_it_and_its_journal_verifies() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    let made = store::journal::count(&mut desk.store().read().await.unwrap()).await.unwrap();
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
