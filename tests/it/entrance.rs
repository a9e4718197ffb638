//! Signing in and what can go wrong with it; users, roles and keys.

use std::fs;
use std::path::Path;

use semainier_app::commands::access::wire::{
    AddUserRequest, DisableUserRequest, GrantClinicalRequest, GrantCodeRequest, RekeyRequest, ResetPasswordRequest,
};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::RecoverAccessRequest;
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::practice::wire::SavePractitionerRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, access, history, practice};
use semainier_app::store::Store;
use semainier_app::vault::{MemoryKeyring, Password, VaultFile};

use crate::house::{House, OTHER, PASSWORD, add_patient, at, book, cast, code, verified};

/// Every file of a folder with its bytes.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut all: Vec<(String, Vec<u8>)> = fs::read_dir(folder)
        .expect("the folder")
        .filter_map(Result::ok)
        .filter(|entry| entry.path().is_file())
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file")))
        .collect();
    all.sort();
    all
}

async fn refused_and_untouched(house: &House, password: &str) -> CommandError {
    let before = contents(&house.vault);
    let refusal = house.sign_in("lefevre", password).await.err().expect("refused");
    assert!(before == contents(&house.vault), "a file was touched by a refusal ({})", refusal.code);
    refusal
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_leaves_the_files_as_they_were_and_makes_one_wait() {
    let house = House::new().await;
    assert_eq!(refused_and_untouched(&house, "faux").await.code, "wrong_credentials");
    let doorstep = house.doorstep();
    let request = || semainier_app::commands::entrance::wire::SignInRequest {
        login: "lefevre".to_owned(),
        password: "faux".to_owned(),
    };
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(sign_in::open(&doorstep, request()).await.err().map(|refusal| refusal.code));
    }
    let codes: Vec<_> = codes.into_iter().flatten().collect();
    assert_eq!(codes, ["wrong_credentials", "wrong_credentials", "wait"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_damaged_is_named_and_nothing_is_changed() {
    let house = House::new().await;
    let desk = house.desk().await;
    desk.store().close().await;
    let vault_file = house.vault.join("vault.json");
    let database = house.vault.join("practice.db");
    let (keys, data) = (fs::read(&vault_file).expect("keys"), fs::read(&database).expect("data"));
    fs::write(&vault_file, &keys[..keys.len() / 2]).expect("written");
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "vault_file_damaged");
    fs::write(&vault_file, &keys).expect("written");
    let mut flipped = data.clone();
    flipped[100] ^= 1;
    fs::write(&database, &flipped).expect("written");
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "vault_damaged");
    fs::write(&database, &data[..100]).expect("written");
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "vault_damaged");
    fs::remove_file(&database).expect("removed");
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "vault_missing");
    fs::write(&database, &data).expect("written");
    house.sign_in("lefevre", PASSWORD).await.expect("as it was, it opens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused() {
    let house = House::new().await;
    let desk = house.desk().await;
    let mut tx = desk.store().write().await.expect("a transaction");
    semainier_app::store::upkeep::pretend_newer_schema(&mut tx).await.expect("written");
    tx.commit().await.expect("committed");
    desk.store().close().await;
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "newer_version");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_keyring_is_named_and_the_recovery_key_opens() {
    let mut house = House::new().await;
    house.keyring = std::sync::Arc::new(MemoryKeyring::default());
    assert_eq!(refused_and_untouched(&house, PASSWORD).await.code, "device_secret_missing");
    let mut request = RecoverAccessRequest {
        login: "lefevre".to_owned(),
        recovery_key: house.recovery_key.to_lowercase(),
        clinical_recovery_key: String::new(),
        new_password: OTHER.to_owned(),
    };
    let desk = sign_in::recover(&house.doorstep(), clone(&request)).await.expect("recovered");
    assert!(desk.session().clinical_pending, "without the clinical key the record stays closed");
    desk.store().close().await;
    request.clinical_recovery_key = house.clinical_recovery_key.clone().expect("the first user is a practitioner");
    let desk = sign_in::recover(&house.doorstep(), clone(&request)).await.expect("recovered");
    assert!(!desk.session().clinical_pending);
    desk.store().close().await;
    request.recovery_key = "AAAAA".to_owned();
    assert_eq!(code(sign_in::recover(&house.doorstep(), request).await), "bad_recovery_key");
    house.sign_in("lefevre", OTHER).await.expect("the new password holds");
    assert_eq!(code(house.sign_in("lefevre", PASSWORD).await), "wrong_credentials");
}

fn clone(request: &RecoverAccessRequest) -> RecoverAccessRequest {
    RecoverAccessRequest {
        login: request.login.clone(),
        recovery_key: request.recovery_key.clone(),
        clinical_recovery_key: request.clinical_recovery_key.clone(),
        new_password: request.new_password.clone(),
    }
}

async fn add(desk: &Desk, login: &str, role: &str) -> semainier_app::commands::access::wire::UserView {
    let request = AddUserRequest {
        login: login.to_owned(),
        name: login.to_uppercase(),
        role: role.to_owned(),
        administrator: false,
        practitioner_id: None,
        password: OTHER.to_owned(),
    };
    access::add_user(desk, request).await.expect("added")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_refuses_what_a_role_may_not_and_journals_it() {
    let house = House::new().await;
    let desk = house.desk().await;
    add(&desk, "samia", "secretary").await;
    let samia = house.sign_in("samia", OTHER).await.expect("she signs in");
    let request = ListJournalRequest { subject: None, before: None, limit: 10 };
    assert_eq!(code(history::list_journal(&samia, request.clone()).await), "permission_denied");
    let new = SavePractitionerRequest {
        id: None,
        name: "Dr X".to_owned(),
        speciality: String::new(),
        rpps: String::new(),
        inpe: String::new(),
        site_id: None,
        active: true,
    };
    assert_eq!(code(practice::save_practitioner(&samia, new).await), "permission_denied");
    let cast = cast(&desk).await;
    assert_eq!(code(book(&samia, &cast, at("2026-11-24T09:30"), false).await), "done", "she books");
    let entries = history::list_journal(&desk, request).await.expect("the journal").entries;
    assert_eq!(entries.iter().filter(|entry| entry.command == "permission_denied").count(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_password_closes_the_record_until_a_practitioner_grants_it() {
    let house = House::new().await;
    let desk = house.desk().await;
    let second = add(&desk, "benjelloun", "practitioner").await;
    assert_eq!(second.state, "active", "added by a practitioner who holds the key");
    let reset = ResetPasswordRequest { id: second.id, new_password: PASSWORD.to_owned() };
    assert_eq!(access::reset_password(&desk, reset).await.expect("reset").state, "clinical_pending");
    let pending = house.sign_in("benjelloun", PASSWORD).await.expect("signs in");
    assert!(pending.session().clinical_pending);
    // Each reads the code on their own screen; only the compared one is granted to.
    let code_here = access::show_grant_code(&desk, GrantCodeRequest { id: second.id }).await.expect("a code").code;
    let read_out = access::show_own_grant_code(&pending, NothingRequest {}).await.expect("their own code").code;
    assert_eq!(code_here, read_out);
    let other = GrantClinicalRequest { id: second.id, code: "0000 0000 0000".to_owned() };
    assert_eq!(code(access::grant_clinical(&desk, other).await), "grant_code_differs");
    let grant = GrantClinicalRequest { id: second.id, code: read_out };
    access::grant_clinical(&desk, grant).await.expect("granted");
    assert_eq!(code(access::show_grant_code(&desk, GrantCodeRequest { id: second.id }).await), "not_pending");
    let granted = house.sign_in("benjelloun", PASSWORD).await.expect("signs in");
    assert!(!granted.session().clinical_pending);
    assert_eq!(code(access::show_own_grant_code(&granted, NothingRequest {}).await), "not_pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_swapped_before_the_grant_shows_another_code_and_gets_nothing() {
    let house = House::new().await;
    let desk = house.desk().await;
    let second = add(&desk, "benjelloun", "practitioner").await;
    add(&desk, "samia", "secretary").await;
    let reset = ResetPasswordRequest { id: second.id, new_password: PASSWORD.to_owned() };
    access::reset_password(&desk, reset).await.expect("reset");
    let pending = house.sign_in("benjelloun", PASSWORD).await.expect("signs in");
    let read_out = access::show_own_grant_code(&pending, NothingRequest {}).await.expect("their own code").code;
    // The secretary has the database key in her session, and with other tools puts a key of hers in the place.
    let doorstep = house.doorstep();
    let mut file = VaultFile::load(&house.vault).expect("the file");
    let hers = file.sign_in("samia", &Password::new(OTHER.to_owned()), &doorstep.here()).expect("her keys");
    let password = Password::new(OTHER.to_owned());
    file.reset_password(&hers.database, second.id.uuid(), &password, &doorstep.here()).expect("swapped");
    file.save(&house.vault).expect("saved");
    let shown = access::show_grant_code(&desk, GrantCodeRequest { id: second.id }).await.expect("a code").code;
    assert_ne!(shown, read_out, "the one who grants sees another code than the one that is read out");
    let grant = GrantClinicalRequest { id: second.id, code: read_out };
    assert_eq!(code(access::grant_clinical(&desk, grant).await), "grant_code_differs");
    let own = access::show_own_grant_code(&pending, NothingRequest {}).await;
    assert_eq!(code(own), "vault_file_tampered", "and the receiver is told");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_practitioners_see_a_grant_code() {
    let house = House::new().await;
    let desk = house.desk().await;
    let samia = add(&desk, "samia", "secretary").await;
    let hers = house.sign_in("samia", OTHER).await.expect("she signs in");
    assert_eq!(code(access::show_grant_code(&hers, GrantCodeRequest { id: samia.id }).await), "permission_denied");
    assert_eq!(code(access::show_own_grant_code(&hers, NothingRequest {}).await), "permission_denied");
    assert_eq!(code(access::show_grant_code(&desk, GrantCodeRequest { id: samia.id }).await), "not_pending");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_is_out_at_once_and_a_rekey_keeps_everybody_else() {
    let house = House::new().await;
    let desk = house.desk().await;
    add(&desk, "samia", "secretary").await;
    let leaver = add(&desk, "karim", "secretary").await;
    let karim = house.sign_in("karim", OTHER).await.expect("still here");
    access::disable_user(&desk, DisableUserRequest { id: leaver.id }).await.expect("disabled");
    let cast = cast(&desk).await;
    assert_eq!(code(book(&karim, &cast, at("2026-11-24T09:30"), false).await), "signed_out", "an open session too");
    assert_eq!(code(house.sign_in("karim", OTHER).await), "wrong_credentials");
    karim.store().close().await;
    assert!(access::list_users(&desk, NothingRequest {}).await.expect("users").rekey_offered);
    let rekeyed = access::rekey(&desk, RekeyRequest { password: PASSWORD.to_owned() }).await.expect("re-keyed");
    assert_ne!(rekeyed.recovery_key, house.recovery_key);
    for (login, password) in [("lefevre", PASSWORD), ("samia", OTHER)] {
        let desk = house.sign_in(login, password).await.expect("the same password opens");
        desk.store().close().await;
    }
    let desk = house.desk().await;
    assert!(verified(&desk).await, "nothing was lost");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_name_stands_in_clear_on_disk() {
    let house = House::new().await;
    let desk = house.desk().await;
    add_patient(&desk, "QUINQUAMPOIX", "Wilhelmine", "1979-05-12").await;
    for closed in [false, true] {
        if closed {
            desk.anchor().await;
            desk.store().close().await;
        }
        for (name, bytes) in contents(&house.vault) {
            for word in ["QUINQUAMPOIX", "quinquampoix", "Wilhelmine", "wilhelmine"] {
                let there = bytes.windows(word.len()).any(|window| window == word.as_bytes());
                assert!(!there, "{word} stands in {name}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_practitioner_who_comes_later_gets_the_clinical_key_and_every_patient_has_one() {
    let house = House::with_role("secretary").await;
    assert!(house.clinical_recovery_key.is_none());
    let desk = house.desk().await;
    add_patient(&desk, "PETIT", "Hugo", "1979-05-12").await;
    add(&desk, "tazi", "practitioner").await;
    let request =
        semainier_app::commands::entrance::wire::SignInRequest { login: "tazi".to_owned(), password: OTHER.to_owned() };
    let (tazi, shown) = sign_in::open(&house.doorstep(), request).await.expect("signs in");
    assert!(shown.is_some_and(|key| key.len() > 30), "the clinical recovery key is shown to the first practitioner");
    let mut tx = tazi.store().write().await.expect("a transaction");
    let without = semainier_app::store::patient::without_key(&mut tx).await.expect("read");
    assert!(without.is_empty(), "patients who were there before have their keys now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_opens_with_no_other_key() {
    let house = House::new().await;
    let other = semainier_app::vault::DatabaseKey::make().expect("a key");
    let opened = Store::open(&house.vault.join("practice.db"), &other).await;
    assert_eq!(opened.err(), Some(semainier_app::store::StoreError::NotReadable));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demonstration_opened_on_a_sunday_shows_a_full_day() {
    use semainier_app::commands::agenda::{self, wire::ShowDaysRequest};
    use semainier_app::commands::entrance::{open_demonstration, wire::OpenDemonstrationRequest};
    let house = House::new().await;
    let doorstep = house.doorstep_at("2026-11-22T10:00:00Z".parse().expect("a Sunday"));
    open_demonstration(&doorstep, OpenDemonstrationRequest { language: "fr".to_owned() }).await.expect("opened");
    let desk = doorstep.desk().expect("somebody is signed in");
    let day = |from: &str| ShowDaysRequest { from: from.to_owned(), days: 1, practitioners: Vec::new() };
    let sunday = agenda::show_days(&desk, day("2026-11-22")).await.expect("today");
    assert_eq!(sunday.columns.len(), 4);
    assert!(sunday.columns.iter().all(|column| !column.open.is_empty() && column.appointments.len() >= 15));
    let saturday = agenda::show_days(&desk, day("2026-11-21")).await.expect("yesterday");
    assert!(saturday.columns.iter().all(|column| column.open.is_empty() && column.appointments.is_empty()));
}
