//! Getting back in with the recovery keys.

use super::*;

#[test]
fn both_recovery_keys_open_everything_on_a_new_computer() {
    let mut practice = Practice::with_basma("secretary");
    let laptop = MemoryKeyring::default();
    let here = at(LAPTOP, &laptop);
    let new = word("anne's new password");
    let clinical = Some(&practice.clinical_recovery_key);
    let recovered = practice.file.recover(&practice.recovery_key, clinical, "anne", &new, &here).unwrap();
    assert!(recovered.dropped.is_empty());
    assert!(recovered.unlocked.enrolled_here && recovered.unlocked.device_secret);
    let session = practice.file.sign_in("anne", &new, &here).unwrap();
    assert_eq!(session.database.expose(), practice.anne.database.expose());
    assert_eq!(session.clinical.unwrap().expose(), practice.anne.clinical.as_ref().unwrap().expose());
    assert_eq!(refusal(practice.sign_in("anne")), VaultError::WrongCredentials);
    assert!(practice.sign_in("basma").is_ok());
}

#[test]
fn the_recovery_key_alone_opens_the_agenda_only() {
    let mut practice = Practice::new();
    let here = at(OFFICE, &practice.office);
    let new = word("new password");
    let mut session = practice.file.recover(&practice.recovery_key, None, "anne", &new, &here).unwrap().unlocked;
    assert!(session.clinical.is_none());
    assert!(practice.file.sign_in("anne", &new, &here).unwrap().clinical.is_none());
    practice.file.recover_clinical(&mut session, &practice.clinical_recovery_key).unwrap();
    let clinical = practice.file.sign_in("anne", &new, &here).unwrap().clinical.unwrap();
    assert_eq!(clinical.expose(), practice.anne.clinical.as_ref().unwrap().expose());
}

#[test]
fn a_foreign_or_exchanged_recovery_key_opens_nothing() {
    let mut practice = Practice::new();
    let before = practice.file.to_bytes();
    let here = at(OFFICE, &practice.office);
    let new = word("new password");
    let foreign = RecoveryKey::make(RecoveryKind::Database).unwrap();
    let foreign_clinical = RecoveryKey::make(RecoveryKind::Clinical).unwrap();
    let own = &practice.recovery_key;
    for (key, clinical) in [
        (&foreign, None),
        (&practice.clinical_recovery_key, None),
        (own, Some(&foreign_clinical)),
        (own, Some(&practice.recovery_key)),
    ] {
        let error = refusal(practice.file.recover(key, clinical, "anne", &new, &here));
        assert_eq!(error, VaultError::WrongRecoveryKey);
    }
    assert_eq!(refusal(practice.file.recover(own, None, "nobody", &new, &here)), VaultError::UnknownUser);
    assert_eq!(refusal(practice.file.recover(own, None, "anne", &word(""), &here)), VaultError::EmptyPassword);
    assert_eq!(practice.file.to_bytes(), before);
}

#[test]
fn the_recovery_key_opens_a_file_that_was_tampered_with_and_believes_nothing_else_in_it() {
    let mut practice = Practice::with_basma("secretary");
    practice.file.users[1].name = "somebody else".into();
    assert_eq!(refusal(practice.sign_in("anne")), VaultError::Tampered);
    let here = at(OFFICE, &practice.office);
    let new = word("new password");
    let recovered = practice.file.recover(&practice.recovery_key, None, "anne", &new, &here).unwrap();
    assert_eq!(recovered.dropped, [BASMA]);
    assert_eq!(practice.file.users().len(), 1);
    assert!(practice.file.sign_in("anne", &new, &here).is_ok());
}

#[test]
fn a_new_recovery_key_replaces_the_old_one() {
    let mut practice = Practice::new();
    let new = practice.file.renew_recovery_key(&practice.anne.database).unwrap();
    assert_eq!(refusal(practice.file.open_recovery(&practice.recovery_key)), VaultError::WrongRecoveryKey);
    assert_eq!(practice.file.open_recovery(&new).unwrap().expose(), practice.anne.database.expose());
    assert!(practice.sign_in("anne").is_ok());
}

#[test]
fn a_recovery_key_opens_its_own_vault_only() {
    let practice = Practice::new();
    let mut other = practice.file.clone();
    other.vault = Uuid::from_u128(2);
    assert_eq!(refusal(other.open_recovery(&practice.recovery_key)), VaultError::WrongRecoveryKey);
}
