//! Who holds the clinical key, and how it passes on.

use super::*;
use crate::vault::codec::Hex;
use crate::vault::keys::UserKey;

#[test]
fn the_clinical_key_is_made_in_the_first_practitioners_session() {
    let office = MemoryKeyring::default();
    let password = word("anne's password");
    let first = user(ANNE, "anne", "administrator", &password);
    let created = VaultFile::create(VAULT, "Cabinet", &first, false, &at(OFFICE, &office)).unwrap();
    assert!(created.clinical_recovery_key.is_none() && created.unlocked.clinical.is_none());
    let mut file = created.file;
    assert_eq!(file.clinical_public_key(), None);
    let password = word("clara's password");
    let here = at(OFFICE, &office);
    file.add_user(&created.unlocked.database, None, &user(CLARA, "clara", "practitioner", &password), &here).unwrap();
    let mut clara = file.sign_in("clara", &password, &here).unwrap();
    let recovery_key = file.make_clinical_key(&mut clara).unwrap();
    assert_eq!(recovery_key.kind(), RecoveryKind::Clinical);
    let made = clara.clinical.as_ref().unwrap();
    let again = file.sign_in("clara", &password, &here).unwrap();
    assert_eq!(again.clinical.as_ref().unwrap().expose(), made.expose());
    assert_eq!(file.open_clinical_recovery(&recovery_key).unwrap().expose(), made.expose());
    assert_eq!(refusal(file.make_clinical_key(&mut clara)), VaultError::ClinicalKeyExists);
}

#[test]
fn a_grant_is_used_at_the_next_sign_in_and_taken_in() {
    let mut practice = Practice::with_basma("practitioner");
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    let mut session = practice.sign_in("basma").unwrap();
    assert!(session.unsettled);
    let granted = practice.anne.clinical.as_ref().unwrap().expose();
    assert_eq!(session.clinical.as_ref().unwrap().expose(), granted);
    // Not saved: the grant serves again.
    assert!(practice.sign_in("basma").unwrap().clinical.is_some());
    practice.file.settle(&mut session).unwrap();
    let session = practice.sign_in("basma").unwrap();
    assert!(!session.unsettled);
    assert_eq!(session.clinical.unwrap().expose(), granted);
}

#[test]
fn a_grant_can_be_picked_up_by_a_running_session() {
    let mut practice = Practice::with_basma("practitioner");
    let mut session = practice.sign_in("basma").unwrap();
    assert!(session.clinical.is_none());
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    practice.file.settle(&mut session).unwrap();
    assert!(session.clinical.is_some());
}

#[test]
fn only_who_holds_the_clinical_key_can_grant_it() {
    let mut practice = Practice::with_basma("administrator");
    let basma = practice.sign_in("basma").unwrap();
    assert_eq!(refusal(practice.file.grant_clinical(&basma, BASMA)), VaultError::NoClinicalKey);
    assert_eq!(refusal(practice.file.grant_clinical(&practice.anne, CLARA)), VaultError::UnknownUser);
    assert_eq!(refusal(practice.file.renew_clinical_recovery_key(&basma)), VaultError::NoClinicalKey);
}

#[test]
fn a_grant_survives_a_changed_password_but_not_a_reset() {
    let mut practice = Practice::with_basma("practitioner");
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    let here = at(OFFICE, &practice.office);
    let (old, new) = (word("basma's password"), word("basma's new password"));
    let session = practice.file.change_password("basma", &old, &new, &here).unwrap();
    assert!(session.clinical.is_some());
    assert!(practice.file.sign_in("basma", &new, &here).unwrap().clinical.is_some());
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    assert!(practice.file.reset_password(&practice.anne.database, BASMA, &old, &here).unwrap());
    assert!(practice.file.sign_in("basma", &old, &here).unwrap().clinical.is_none());
}

#[test]
fn a_withdrawn_clinical_key_is_gone() {
    let mut practice = Practice::new();
    practice.file.withdraw_clinical(&practice.anne.database, ANNE).unwrap();
    assert!(practice.sign_in("anne").unwrap().clinical.is_none());
}

#[test]
fn the_grant_code_is_the_same_on_both_screens_and_changes_with_the_key() {
    let mut practice = Practice::with_basma("practitioner");
    let basma = practice.sign_in("basma").unwrap();
    let code = practice.file.grant_code(BASMA).unwrap();
    assert_eq!(practice.file.own_grant_code(&basma).unwrap(), code);
    assert!(code.len() == 14 && code.split(' ').all(|group| group.len() == 4), "twelve digits in three groups");
    assert_ne!(practice.file.grant_code(ANNE).unwrap(), code);
    let here = at(OFFICE, &practice.office);
    practice.file.reset_password(&practice.anne.database, BASMA, &word("new"), &here).unwrap();
    assert_ne!(practice.file.grant_code(BASMA).unwrap(), code);
    assert_eq!(refusal(practice.file.own_grant_code(&basma)), VaultError::Tampered);
}

#[test]
fn a_key_that_was_swapped_from_within_shows_another_grant_code() {
    let mut practice = Practice::with_basma("practitioner");
    let basma = practice.sign_in("basma").unwrap();
    let read_out = practice.file.own_grant_code(&basma).unwrap();
    // Somebody with the database key puts a key of theirs in Basma's place, properly sealed.
    let theirs = UserKey::make().unwrap().grant_public();
    let key = DatabaseKey::from_bytes(practice.anne.database.expose()).unwrap();
    let swap = |file: &mut VaultFile| -> Result<(), VaultError> {
        file.user_mut(BASMA)?.public = Hex(theirs);
        Ok(())
    };
    practice.file.amend(&key, swap).unwrap();
    assert_ne!(practice.file.grant_code(BASMA).unwrap(), read_out);
    assert_eq!(refusal(practice.file.own_grant_code(&basma)), VaultError::Tampered);
}

#[test]
fn a_new_clinical_recovery_key_replaces_the_old_one() {
    let mut practice = Practice::new();
    let new = practice.file.renew_clinical_recovery_key(&practice.anne).unwrap();
    let old = &practice.clinical_recovery_key;
    assert_eq!(refusal(practice.file.open_clinical_recovery(old)), VaultError::WrongRecoveryKey);
    assert!(practice.file.open_clinical_recovery(&new).is_ok());
    assert!(practice.sign_in("anne").unwrap().clinical.is_some());
}
