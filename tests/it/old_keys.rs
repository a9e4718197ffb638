//! An old `vault.json` put back beside the present database: it brings no old password and nobody who left back, and locks
//! nobody honest out for good.

use std::fs;
use std::path::PathBuf;

use semainier_app::commands::access::wire::{
    AddUserRequest, ChangePasswordRequest, DisableUserRequest, ResetPasswordRequest, UpdateUserRequest, UserView,
};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::{RecoverAccessRequest, SignInRequest};
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, access, history};
use semainier_app::vault::{Password, VaultFile};

use crate::house::{House, OTHER, PASSWORD, code, verified};

const NEWEST: &str = "Loutre-Verte#2027?";

fn keys(house: &House) -> PathBuf {
    house.vault.join("vault.json")
}

async fn add(desk: &Desk, login: &str, role: &str) -> UserView {
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

async fn change_password(desk: &Desk, from: &str, to: &str) -> Result<(), CommandError> {
    let request = ChangePasswordRequest { password: from.to_owned(), new_password: to.to_owned() };
    access::change_password(desk, request).await.map(|_| ())
}

async fn journalled(desk: &Desk, command: &str) -> usize {
    let request = ListJournalRequest { subject: None, before: None, limit: 100 };
    let entries = history::list_journal(desk, request).await.expect("the journal").entries;
    entries.iter().filter(|entry| entry.command == command).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_betrayed_password_does_not_come_back_with_an_old_file() {
    let house = House::new().await;
    let desk = house.desk().await;
    let old = fs::read(keys(&house)).expect("keys");
    change_password(&desk, PASSWORD, NEWEST).await.expect("changed");
    desk.store().close().await;
    fs::write(keys(&house), &old).expect("put back");
    assert_eq!(code(house.sign_in("lefevre", PASSWORD).await), "vault_file_old");
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    assert_eq!(code(verify_unattended(&house.doorstep(), request).await), "vault_file_old");
    assert!(fs::read(keys(&house)).expect("keys") == old, "a refusal touches nothing");
    // The honest owner goes on by the recovery key, with everything that was entered since.
    let request = RecoverAccessRequest {
        login: "lefevre".to_owned(),
        recovery_key: house.recovery_key.clone(),
        clinical_recovery_key: house.clinical_recovery_key.clone().expect("a practitioner's practice"),
        new_password: NEWEST.to_owned(),
    };
    let desk = sign_in::recover(&house.doorstep(), request).await.expect("recovered");
    assert!(desk.session().old_keys && !desk.session().clinical_pending);
    assert_eq!(journalled(&desk, "old_keys_put_back").await, 1);
    assert!(verified(&desk).await);
    desk.store().close().await;
    let desk = house.sign_in("lefevre", NEWEST).await.expect("the file is the newest again");
    assert!(!desk.session().old_keys);
    desk.store().close().await;
    fs::write(keys(&house), &old).expect("put back again");
    assert_eq!(code(house.sign_in("lefevre", PASSWORD).await), "vault_file_old", "however often it is tried");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_left_does_not_come_back_and_who_did_not_change_their_password_goes_on() {
    let house = House::new().await;
    let desk = house.desk().await;
    let leaver = add(&desk, "karim", "secretary").await;
    add(&desk, "samia", "secretary").await;
    let old = fs::read(keys(&house)).expect("keys");
    let samia = house.sign_in("samia", OTHER).await.expect("she signs in");
    change_password(&samia, OTHER, NEWEST).await.expect("changed");
    samia.store().close().await;
    access::disable_user(&desk, DisableUserRequest { id: leaver.id }).await.expect("disabled");
    desk.store().close().await;
    fs::write(keys(&house), &old).expect("put back");
    assert_eq!(code(house.sign_in("karim", OTHER).await), "signed_out");
    assert_eq!(code(house.sign_in("samia", OTHER).await), "vault_file_old");
    let desk = house.desk().await;
    assert!(desk.session().old_keys, "whoever goes on is told");
    let file = VaultFile::load(&house.vault).expect("the file");
    assert!(file.users().iter().all(|user| user.login != "karim"), "his wraps are gone again");
    assert_eq!(code(house.sign_in("karim", OTHER).await), "wrong_credentials");
    assert_eq!(code(house.sign_in("samia", OTHER).await), "not_enrolled_here", "her old password opens nothing");
    let users = access::list_users(&desk, NothingRequest {}).await.expect("users").users;
    let samia = users.iter().find(|user| user.login == "samia").expect("she is there").id;
    let reset = ResetPasswordRequest { id: samia, new_password: NEWEST.to_owned() };
    access::reset_password(&desk, reset).await.expect("reset");
    house.sign_in("samia", NEWEST).await.expect("she is back");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_came_since_gets_their_keys_again_from_an_administrator() {
    let house = House::new().await;
    let desk = house.desk().await;
    let old = fs::read(keys(&house)).expect("keys");
    let second = add(&desk, "benjelloun", "practitioner").await;
    desk.store().close().await;
    fs::write(keys(&house), &old).expect("put back");
    let desk = house.desk().await;
    assert_eq!(code(house.sign_in("benjelloun", OTHER).await), "wrong_credentials");
    let users = access::list_users(&desk, NothingRequest {}).await.expect("users").users;
    let state = |users: &[UserView]| users.iter().find(|user| user.id == second.id).map(|user| user.state.clone());
    assert_eq!(state(&users).as_deref(), Some("clinical_pending"), "the record does not come with the agenda");
    let reset = ResetPasswordRequest { id: second.id, new_password: NEWEST.to_owned() };
    assert_eq!(access::reset_password(&desk, reset).await.expect("reset").state, "clinical_pending");
    let back = house.sign_in("benjelloun", NEWEST).await.expect("back");
    assert!(back.session().clinical_pending);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_crash_between_the_two_files_locks_nobody_out() {
    let house = House::new().await;
    let desk = house.desk().await;
    desk.store().close().await;
    // The file was written, the database never heard of it.
    let doorstep = house.doorstep();
    let mut file = VaultFile::load(&house.vault).expect("the file");
    let before = fs::read(keys(&house)).expect("keys");
    let password = Password::new(PASSWORD.to_owned());
    file.change_password("lefevre", &password, &Password::new(NEWEST.to_owned()), &doorstep.here()).expect("changed");
    file.save(&house.vault).expect("saved");
    let desk = house.sign_in("lefevre", NEWEST).await.expect("a newer file is believed");
    assert!(!desk.session().old_keys);
    desk.store().close().await;
    // From now on it is known.
    fs::write(keys(&house), before).expect("put back");
    assert_eq!(code(house.sign_in("lefevre", PASSWORD).await), "vault_file_old");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_file_put_back_under_a_running_session_is_not_built_upon() {
    let house = House::new().await;
    let desk = house.desk().await;
    let old = fs::read(keys(&house)).expect("keys");
    let karim = add(&desk, "karim", "secretary").await;
    fs::write(keys(&house), &old).expect("put back");
    assert_eq!(code(change_password(&desk, PASSWORD, NEWEST).await), "vault_file_old");
    let rename = UpdateUserRequest { id: karim.id, name: "Karim B.".to_owned(), administrator: false };
    assert_eq!(code(access::update_user(&desk, rename).await), "vault_file_old");
    assert!(fs::read(keys(&house)).expect("keys") == old);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_from_before_the_clinical_key_never_makes_another_one() {
    let house = House::with_role("secretary").await;
    let desk = house.desk().await;
    add(&desk, "tazi", "practitioner").await;
    let old = fs::read(keys(&house)).expect("keys");
    let tazi = house.sign_in("tazi", OTHER).await.expect("signs in, and makes the clinical key");
    tazi.store().close().await;
    desk.store().close().await;
    let newest = fs::read(keys(&house)).expect("keys");
    fs::write(keys(&house), &old).expect("put back");
    assert_eq!(code(house.sign_in("tazi", OTHER).await), "vault_file_old");
    fs::write(keys(&house), &newest).expect("the right one again");
    assert!(!house.sign_in("tazi", OTHER).await.expect("signs in").session().clinical_pending);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_change_keys_at_once_are_not_taken_for_an_old_file() {
    let house = House::new().await;
    let desk = house.desk().await;
    add(&desk, "samia", "secretary").await;
    let changing = async {
        let samia = house.sign_in("samia", OTHER).await.expect("she signs in");
        for (from, to) in [(OTHER, NEWEST), (NEWEST, OTHER), (OTHER, NEWEST), (NEWEST, OTHER)] {
            change_password(&samia, from, to).await.expect("changed");
        }
    };
    let signing = async {
        for _ in 0..12 {
            let mine = house.sign_in("lefevre", PASSWORD).await.expect("never refused");
            assert!(!mine.session().old_keys);
            mine.store().close().await;
        }
    };
    tokio::join!(changing, signing);
}
