//! A new database key reaches everybody, in any order, and nobody else.

use super::*;

#[test]
fn a_re_key_reaches_everybody_at_their_next_sign_in() {
    let mut practice = Practice::with_basma("secretary");
    let old = *practice.anne.database.expose();
    let recovery_key = practice.file.begin_rekey(&mut practice.anne).unwrap();
    let new = *practice.anne.database.expose();
    assert_ne!(old, new);
    assert_eq!(practice.anne.previous_database.as_ref().unwrap().expose(), &old);
    assert_eq!(practice.file.database_key_id(), 2);
    for login in ["anne", "basma"] {
        let mut session = practice.sign_in(login).unwrap();
        assert_eq!(session.database.expose(), &new);
        // The power may have failed before the database changed.
        assert_eq!(session.previous_database.as_ref().unwrap().expose(), &old);
        assert_eq!(session.unsettled, login == "basma");
        practice.file.settle(&mut session).unwrap();
        assert!(!practice.sign_in(login).unwrap().unsettled);
    }
    assert_eq!(practice.file.open_recovery(&recovery_key).unwrap().expose(), &new);
    assert_eq!(refusal(practice.file.open_recovery(&practice.recovery_key)), VaultError::WrongRecoveryKey);
    practice.file.finish_rekey(&mut practice.anne).unwrap();
    assert!(!practice.file.is_rekeying() && practice.anne.previous_database.is_none());
    assert!(practice.sign_in("basma").unwrap().previous_database.is_none());
}

#[test]
fn who_was_away_during_several_re_keys_still_gets_in() {
    let mut practice = Practice::with_basma("practitioner");
    practice.file.begin_rekey(&mut practice.anne).unwrap();
    practice.file.finish_rekey(&mut practice.anne).unwrap();
    // Granted between two re-keys: sealed together with a key that is neither the first nor the last.
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    for _ in 0..2 {
        practice.file.begin_rekey(&mut practice.anne).unwrap();
        practice.file.finish_rekey(&mut practice.anne).unwrap();
    }
    let mut session = practice.sign_in("basma").unwrap();
    assert_eq!(session.database.expose(), practice.anne.database.expose());
    assert!(session.clinical.is_some());
    practice.file.settle(&mut session).unwrap();
    let session = practice.sign_in("basma").unwrap();
    assert!(session.clinical.is_some() && !session.unsettled);
}

#[test]
fn who_re_keys_keeps_a_grant_that_waits_for_them() {
    let mut practice = Practice::with_basma("practitioner");
    let mut basma = practice.sign_in("basma").unwrap();
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    practice.file.begin_rekey(&mut basma).unwrap();
    assert!(basma.clinical.is_some());
    assert!(practice.sign_in("basma").unwrap().clinical.is_some());
    assert!(practice.sign_in("anne").unwrap().clinical.is_some());
}

#[test]
fn a_re_key_is_finished_before_the_next_begins() {
    let mut practice = Practice::new();
    practice.file.begin_rekey(&mut practice.anne).unwrap();
    assert_eq!(refusal(practice.file.begin_rekey(&mut practice.anne)), VaultError::RekeyUnfinished);
}

#[test]
fn a_session_from_before_the_re_key_changes_nothing_any_more() {
    let mut practice = Practice::with_basma("administrator");
    let mut basma = practice.sign_in("basma").unwrap();
    practice.file.begin_rekey(&mut practice.anne).unwrap();
    practice.file.finish_rekey(&mut practice.anne).unwrap();
    assert_eq!(refusal(practice.file.rename_practice(&basma.database, "mine")), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.begin_rekey(&mut basma)), VaultError::WrongKey);
    assert_eq!(refusal(practice.file.settle(&mut basma)), VaultError::WrongKey);
}

#[test]
fn who_was_removed_learns_nothing_of_the_new_key() {
    let mut practice = Practice::with_basma("secretary");
    let basma = practice.sign_in("basma").unwrap();
    practice.file.remove_user(&practice.anne.database, BASMA).unwrap();
    practice.file.begin_rekey(&mut practice.anne).unwrap();
    let anne = &practice.file.users[0];
    // Not by the old database key, which takes part in no wrap of hers, and not by her own user key.
    assert!(practice.file.previous_database(&basma.database).is_err());
    assert!(practice.file.unlock(anne, basma.user_key).is_err());
}

#[test]
fn a_new_password_and_a_recovery_work_during_a_re_key() {
    let mut practice = Practice::with_basma("secretary");
    let recovery_key = practice.file.begin_rekey(&mut practice.anne).unwrap();
    let here = at(OFFICE, &practice.office);
    let (old, new) = (word("basma's password"), word("basma's new password"));
    let session = practice.file.change_password("basma", &old, &new, &here).unwrap();
    assert!(session.previous_database.is_some());
    let session = practice.file.recover(&recovery_key, None, "anne", &new, &here).unwrap().unlocked;
    assert_eq!(session.database.expose(), practice.anne.database.expose());
    assert!(session.previous_database.is_some());
}
