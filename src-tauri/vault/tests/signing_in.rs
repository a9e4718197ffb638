//! Who gets in, who does not, and what they are told.

use std::time::Duration;

use super::*;
use crate::vault::password::STRETCHED;

#[test]
fn the_first_user_signs_in_with_the_keys_of_set_up() {
    let practice = Practice::new();
    let session = practice.sign_in("anne").unwrap();
    assert_eq!(session.user, ANNE);
    assert_eq!(session.role, "practitioner");
    assert_eq!(session.database.expose(), practice.anne.database.expose());
    let clinical = session.clinical.unwrap();
    assert_eq!(clinical.expose(), practice.anne.clinical.as_ref().unwrap().expose());
    assert_eq!(practice.file.clinical_public_key(), Some((clinical.public_key(), 1)));
    assert!(session.enrolled_here && session.device_secret && !session.unsettled);
    assert!(session.previous_database.is_none());
}

#[test]
fn a_login_is_read_without_case_and_blanks() {
    let practice = Practice::new();
    let session = practice.file.sign_in("  Anne ", &word("anne's password"), &at(OFFICE, &practice.office));
    assert_eq!(session.unwrap().user, ANNE);
}

#[test]
fn an_unknown_login_and_a_wrong_password_are_told_alike_and_cost_alike() {
    let practice = Practice::with_basma("secretary");
    let attempt = |login: &str, password: &str| {
        STRETCHED.take();
        let error = refusal(practice.file.sign_in(login, &word(password), &at(OFFICE, &practice.office)));
        assert_eq!(error, VaultError::WrongCredentials);
        STRETCHED.take()
    };
    assert_eq!(attempt("basma", "wrong"), [Costs::FLOOR]);
    assert_eq!(attempt("nobody", "wrong"), [Costs::FLOOR]);
    assert_eq!(attempt("", ""), [Costs::FLOOR]);
    // The password of the user whose way an unknown login goes does not help either.
    assert_eq!(attempt("nobody", "anne's password"), [Costs::FLOOR]);
    let mut empty = practice.file.clone();
    empty.users.clear();
    assert_eq!(refusal(empty.sign_in("anne", &word("x"), &at(OFFICE, &NoKeyring))), VaultError::WrongCredentials);
    assert_eq!(STRETCHED.take(), [Costs::STANDARD]);
}

#[test]
fn without_the_device_secret_the_right_password_opens_nothing() {
    let practice = Practice::new();
    let thief = MemoryKeyring::default();
    let attempt = |keyring: &dyn Keyring, os_account: &str| {
        refusal(practice.file.sign_in("anne", &word("anne's password"), &at(os_account, keyring)))
    };
    assert_eq!(attempt(&thief, OFFICE), VaultError::DeviceSecretMissing);
    assert_eq!(attempt(&thief, LAPTOP), VaultError::NotEnrolledHere);
    assert_eq!(attempt(&NoKeyring, OFFICE), VaultError::Keyring(KeyringError::NoKeyring));
    thief.write(VAULT, DEVICE_SECRET, &[7; 32]).unwrap();
    assert_eq!(attempt(&thief, OFFICE), VaultError::DeviceSecretMissing);
    thief.write(VAULT, DEVICE_SECRET, b"cut off").unwrap();
    assert_eq!(attempt(&thief, OFFICE), VaultError::DeviceSecretMissing);
    practice.office.fail_with(Some(KeyringError::Locked));
    assert_eq!(attempt(&practice.office, OFFICE), VaultError::Keyring(KeyringError::Locked));
    practice.office.fail_with(None);
    assert!(practice.sign_in("anne").is_ok());
}

#[test]
fn without_a_keyring_the_vault_opens_by_password_alone_and_says_so() {
    let password = word("anne's password");
    let first = user(ANNE, "anne", "practitioner", &password);
    let created = VaultFile::create(VAULT, "Cabinet", &first, false, &at(OFFICE, &NoKeyring)).unwrap();
    assert!(!created.unlocked.device_secret);
    assert_eq!(created.file.users()[0].os_accounts, [(OFFICE.to_owned(), false)]);
    let session = created.file.sign_in("anne", &password, &at(OFFICE, &NoKeyring)).unwrap();
    assert!(!session.device_secret && session.enrolled_here);
    // A keyring that is locked is not asked where nobody's keys need it.
    let locked = MemoryKeyring::default();
    locked.fail_with(Some(KeyringError::Locked));
    assert!(created.file.sign_in("anne", &password, &at(OFFICE, &locked)).is_ok());
    let error = refusal(created.file.sign_in("anne", &word("wrong"), &at(OFFICE, &NoKeyring)));
    assert_eq!(error, VaultError::WrongCredentials);
}

#[test]
fn a_locked_keyring_stops_the_set_up_instead_of_weakening_it() {
    let locked = MemoryKeyring::default();
    locked.fail_with(Some(KeyringError::Locked));
    let password = word("anne's password");
    let first = user(ANNE, "anne", "practitioner", &password);
    let error = refusal(VaultFile::create(VAULT, "Cabinet", &first, false, &at(OFFICE, &locked)));
    assert_eq!(error, VaultError::Keyring(KeyringError::Locked));
}

#[test]
fn a_renamed_computer_still_opens_and_can_be_enrolled_by_its_new_name() {
    let mut practice = Practice::new();
    let password = word("anne's password");
    let renamed = at("office-pc-2/practice", &practice.office);
    let session = practice.file.sign_in("anne", &password, &renamed).unwrap();
    assert!(!session.enrolled_here && session.device_secret);
    let session = practice.file.enrol_here("anne", &password, &renamed).unwrap();
    assert!(session.enrolled_here && session.device_secret);
    assert!(practice.file.sign_in("anne", &password, &renamed).unwrap().enrolled_here);
    assert!(practice.sign_in("anne").unwrap().enrolled_here);
}

#[test]
fn a_new_keyring_strengthens_an_account_that_had_none() {
    let password = word("anne's password");
    let first = user(ANNE, "anne", "practitioner", &password);
    let mut file = VaultFile::create(VAULT, "Cabinet", &first, true, &at(OFFICE, &NoKeyring)).unwrap().file;
    let keyring = MemoryKeyring::default();
    assert!(file.enrol_here("anne", &password, &at(OFFICE, &keyring)).unwrap().device_secret);
    assert_eq!(file.users()[0].os_accounts, [(OFFICE.to_owned(), true)]);
    let session = file.sign_in("anne", &password, &at(OFFICE, &keyring)).unwrap();
    assert!(session.device_secret && session.clinical.is_some());
    let error = refusal(file.sign_in("anne", &password, &at(OFFICE, &NoKeyring)));
    assert_eq!(error, VaultError::Keyring(KeyringError::NoKeyring));
}

#[test]
fn keys_are_bound_anew_to_a_changed_role() {
    let mut practice = Practice::with_basma("secretary");
    let mut session = practice.sign_in("basma").unwrap();
    practice.file.set_role(&mut session, "administrator").unwrap();
    let session = practice.sign_in("basma").unwrap();
    assert_eq!(session.role, "administrator");
    assert_eq!(practice.file.users()[1].role, "administrator");
}

#[test]
fn an_empty_login_or_password_is_refused() {
    let practice = Practice::new();
    let empty = word("");
    let first = user(ANNE, "anne", "practitioner", &empty);
    let here = at(OFFICE, &practice.office);
    assert_eq!(refusal(VaultFile::create(VAULT, "Cabinet", &first, true, &here)), VaultError::EmptyPassword);
    let password = word("anne's password");
    let first = user(ANNE, " \t", "practitioner", &password);
    assert_eq!(refusal(VaultFile::create(VAULT, "Cabinet", &first, true, &here)), VaultError::EmptyLogin);
}

#[test]
fn costs_outside_the_limits_are_refused() {
    let practice = Practice::new();
    let password = word("anne's password");
    let Costs { memory_kib, passes, lanes } = Costs::FLOOR;
    for costs in [
        Costs { memory_kib: memory_kib - 1, passes, lanes },
        Costs { memory_kib, passes: 1, lanes },
        Costs { memory_kib, passes, lanes: 0 },
        Costs { memory_kib: u32::MAX, passes, lanes },
        Costs { memory_kib, passes: u32::MAX, lanes },
        Costs { memory_kib, passes, lanes: u32::MAX },
    ] {
        let mut tampered = practice.file.clone();
        tampered.users[0].costs = costs;
        let error = refusal(tampered.sign_in("anne", &password, &at(OFFICE, &practice.office)));
        assert_eq!(error, VaultError::CostsRefused);
    }
}

#[test]
fn the_delay_after_failures_doubles_up_to_a_minute() {
    let seconds: Vec<_> = (0..10).map(|failures| delay_after(failures).as_secs()).collect();
    assert_eq!(seconds, [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]);
    assert_eq!(delay_after(u32::MAX), Duration::from_secs(60));
}
