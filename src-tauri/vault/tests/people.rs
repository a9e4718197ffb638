//! Users come, change and go.

use super::*;

#[test]
fn an_added_user_signs_in_without_the_clinical_key() {
    let practice = Practice::with_basma("secretary");
    let session = practice.sign_in("basma").unwrap();
    assert_eq!(session.user, BASMA);
    assert_eq!(session.database.expose(), practice.anne.database.expose());
    assert!(session.clinical.is_none());
    let users = practice.file.users();
    assert_eq!(users.iter().map(|user| (user.id, user.clinical)).collect::<Vec<_>>(), [(ANNE, true), (BASMA, false)]);
}

#[test]
fn a_practitioner_may_be_added_with_the_clinical_key() {
    let mut practice = Practice::new();
    let password = word("clara's password");
    let clara = user(CLARA, "clara", "practitioner", &password);
    let clinical = practice.anne.clinical.as_ref();
    practice.file.add_user(&practice.anne.database, clinical, &clara, &at(OFFICE, &practice.office)).unwrap();
    let session = practice.sign_in("clara").unwrap();
    assert_eq!(session.clinical.unwrap().expose(), clinical.unwrap().expose());
}

#[test]
fn a_login_is_given_once() {
    let mut practice = Practice::with_basma("secretary");
    let password = word("another password");
    let here = at(OFFICE, &practice.office);
    for (id, login) in [(CLARA, "Basma "), (BASMA, "clara")] {
        let before = practice.file.to_bytes();
        let error =
            refusal(practice.file.add_user(&practice.anne.database, None, &user(id, login, "x", &password), &here));
        assert_eq!(error, VaultError::LoginTaken);
        assert_eq!(practice.file.to_bytes(), before);
    }
    let error = refusal(practice.file.rename_user(&practice.anne.database, BASMA, "ANNE", "Basma"));
    assert_eq!(error, VaultError::LoginTaken);
}

#[test]
fn names_change_under_the_files_seal() {
    let mut practice = Practice::with_basma("secretary");
    practice.file.rename_user(&practice.anne.database, BASMA, " b.idrissi ", "Basma Idrissi").unwrap();
    practice.file.rename_practice(&practice.anne.database, "Cabinet des Roses").unwrap();
    let session = practice.file.sign_in("B.Idrissi", &word("basma's password"), &at(OFFICE, &practice.office)).unwrap();
    assert_eq!(session.user, BASMA);
    assert_eq!(practice.file.users()[1].name, "Basma Idrissi");
    assert_eq!(practice.file.practice(), "Cabinet des Roses");
}

#[test]
fn a_changed_password_replaces_the_old_one_on_every_computer() {
    let mut practice = Practice::new();
    let laptop = MemoryKeyring::default();
    // Enrolled at the laptop by the recovery keys, and again at the office by an administrator's hand.
    let (old, new) = (word("anne's password"), word("anne's new password"));
    practice
        .file
        .recover(&practice.recovery_key, Some(&practice.clinical_recovery_key), "anne", &old, &at(LAPTOP, &laptop))
        .unwrap();
    let session = practice.file.change_password("anne", &old, &new, &at(LAPTOP, &laptop)).unwrap();
    assert!(session.enrolled_here && session.device_secret && session.clinical.is_some());
    for (os_account, keyring) in [(OFFICE, &practice.office), (LAPTOP, &laptop)] {
        let here = at(os_account, keyring);
        assert_eq!(refusal(practice.file.sign_in("anne", &old, &here)), VaultError::WrongCredentials);
        let session = practice.file.sign_in("anne", &new, &here).unwrap();
        assert!(session.enrolled_here && session.device_secret);
        assert_eq!(session.database.expose(), practice.anne.database.expose());
        assert_eq!(session.clinical.unwrap().expose(), practice.anne.clinical.as_ref().unwrap().expose());
    }
}

#[test]
fn a_password_is_not_changed_without_the_old_one() {
    let mut practice = Practice::new();
    let before = practice.file.to_bytes();
    let here = at(OFFICE, &practice.office);
    let error = refusal(practice.file.change_password("anne", &word("wrong"), &word("new"), &here));
    assert_eq!(error, VaultError::WrongCredentials);
    let error = refusal(practice.file.change_password("anne", &word("anne's password"), &word(""), &here));
    assert_eq!(error, VaultError::EmptyPassword);
    assert_eq!(practice.file.to_bytes(), before);
}

#[test]
fn a_reset_gives_the_agenda_back_and_not_the_clinical_key() {
    let mut practice = Practice::with_basma("administrator");
    let basma = practice.sign_in("basma").unwrap();
    let here = at(OFFICE, &practice.office);
    let lost = practice.file.reset_password(&basma.database, ANNE, &word("set by basma"), &here).unwrap();
    assert!(lost);
    assert_eq!(refusal(practice.sign_in("anne")), VaultError::WrongCredentials);
    let session = practice.file.sign_in("anne", &word("set by basma"), &here).unwrap();
    assert!(session.clinical.is_none() && session.device_secret);
    assert_eq!(session.database.expose(), basma.database.expose());
    let lost = practice.file.reset_password(&basma.database, BASMA, &word("basma's password"), &here).unwrap();
    assert!(!lost);
}

#[test]
fn a_reset_enrols_at_the_administrators_computer_too() {
    let mut practice = Practice::with_basma("administrator");
    let laptop = MemoryKeyring::default();
    let new = word("basma's new password");
    practice.file.reset_password(&practice.anne.database, BASMA, &new, &at(LAPTOP, &laptop)).unwrap();
    assert!(practice.file.sign_in("basma", &new, &at(LAPTOP, &laptop)).unwrap().enrolled_here);
    assert!(practice.file.sign_in("basma", &new, &at(OFFICE, &practice.office)).unwrap().enrolled_here);
}

#[test]
fn a_removed_user_has_no_wrap_left() {
    let mut practice = Practice::with_basma("secretary");
    practice.file.remove_user(&practice.anne.database, BASMA).unwrap();
    assert_eq!(refusal(practice.sign_in("basma")), VaultError::WrongCredentials);
    assert!(!String::from_utf8(practice.file.to_bytes()).unwrap().contains(&BASMA.to_string()));
    assert_eq!(refusal(practice.file.remove_user(&practice.anne.database, BASMA)), VaultError::UnknownUser);
    assert_eq!(refusal(practice.file.remove_user(&practice.anne.database, ANNE)), VaultError::LastUser);
    assert!(practice.sign_in("anne").is_ok());
}

#[test]
fn nothing_changes_without_the_vaults_key() {
    let mut practice = Practice::with_basma("secretary");
    let stranger = DatabaseKey::make().unwrap();
    let before = practice.file.to_bytes();
    let password = word("clara's password");
    let here = at(OFFICE, &practice.office);
    let clara = user(CLARA, "clara", "practitioner", &password);
    assert_eq!(refusal(practice.file.add_user(&stranger, None, &clara, &here)), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.reset_password(&stranger, BASMA, &password, &here)), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.remove_user(&stranger, BASMA)), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.rename_practice(&stranger, "mine")), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.withdraw_clinical(&stranger, ANNE)), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.renew_recovery_key(&stranger)), VaultError::WrongKey);
    assert_eq!(practice.file.to_bytes(), before);
}

#[test]
fn every_change_counts_a_revision() {
    let mut practice = Practice::new();
    let first = practice.file.revision();
    practice.file.rename_practice(&practice.anne.database, "Cabinet").unwrap();
    assert_eq!(practice.file.revision(), first + 1);
    practice
        .file
        .reset_password(&practice.anne.database, ANNE, &word("new password"), &at(OFFICE, &practice.office))
        .unwrap();
    assert_eq!(practice.file.revision(), first + 2);
}
