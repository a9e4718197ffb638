//! An old `vault.json` put back: what tells it, and what does not come back with it.

use super::*;

/// The file as it was, and as it is after Basma's password was reset.
fn old_and_new() -> (Practice, VaultFile) {
    let mut practice = Practice::with_basma("secretary");
    let old = practice.file.clone();
    let here = at(OFFICE, &practice.office);
    practice.file.reset_password(&practice.anne.database, BASMA, &word("new"), &here).unwrap();
    (practice, old)
}

#[test]
fn only_a_changed_password_makes_a_users_keys_old() {
    let (mut practice, old) = old_and_new();
    let newest = practice.file.known();
    assert!(old.revision() < newest.revision);
    assert!(old.has_newest_password(ANNE, &newest));
    assert!(!old.has_newest_password(BASMA, &newest));
    assert!(!old.has_newest_password(CLARA, &newest), "who stands in neither has none");
    // A new role, a new name and a new computer account leave the password what it is.
    let before = practice.file.clone();
    practice.file.set_role(&mut practice.anne, "administrator").unwrap();
    practice.file.rename_user(&practice.anne.database, ANNE, "anna", "Anna").unwrap();
    assert!(before.has_newest_password(ANNE, &practice.file.known()));
}

#[test]
fn going_on_from_an_old_file_brings_no_old_password_back() {
    let (practice, mut old) = old_and_new();
    let newest = practice.file.known();
    let here = at(OFFICE, &practice.office);
    let (before, password) = (word("basma's password"), word("anne's password"));
    assert!(old.sign_in("basma", &before, &here).is_ok(), "the old file alone would let her in");
    let shut_out = old.overtake(&practice.anne.database, &newest, ANNE, &[ANNE, BASMA]).unwrap();
    assert_eq!(shut_out, [BASMA]);
    assert!(old.revision() > newest.revision);
    assert_eq!(refusal(old.sign_in("basma", &before, &here)), VaultError::NotEnrolledHere);
    assert!(old.sign_in("anne", &password, &here).is_ok());
    // A reset gives her a way in again.
    old.reset_password(&practice.anne.database, BASMA, &word("newer"), &here).unwrap();
    assert!(old.sign_in("basma", &word("newer"), &here).is_ok());
}

#[test]
fn going_on_from_an_old_file_brings_nobody_back_who_left() {
    let mut practice = Practice::with_basma("secretary");
    let mut old = practice.file.clone();
    practice.file.remove_user(&practice.anne.database, BASMA).unwrap();
    old.overtake(&practice.anne.database, &practice.file.known(), ANNE, &[ANNE]).unwrap();
    assert_eq!(old.users().iter().map(|user| user.id).collect::<Vec<_>>(), [ANNE]);
}

#[test]
fn a_clinical_key_made_since_is_missed() {
    let office = MemoryKeyring::default();
    let password = word("anne's password");
    let first = user(ANNE, "anne", "secretary", &password);
    let mut created = VaultFile::create(VAULT, "Cabinet", &first, false, &at(OFFICE, &office)).unwrap();
    let old = created.file.clone();
    created.file.make_clinical_key(&mut created.unlocked).unwrap();
    assert!(old.lacks_clinical(&created.file.known()));
    assert!(!created.file.lacks_clinical(&created.file.known()));
}
