//! The keyrings. The operating system's own is tried only on request, because it writes into the account's real keyring:
//! `dbus-run-session -- sh -c 'echo pw | gnome-keyring-daemon --unlock --components=secrets; cargo test keyrings -- --ignored'`.

use super::*;
use crate::vault::keyring::{device_secret, device_secret_or_new};

#[test]
fn a_keyring_keeps_entries_by_vault_and_name() {
    let keyring = MemoryKeyring::default();
    keyring.write(VAULT, "one", b"1").unwrap();
    keyring.write(VAULT, "two", b"2").unwrap();
    keyring.write(VAULT, "one", b"11").unwrap();
    assert_eq!(keyring.read(VAULT, "one").unwrap().unwrap().as_slice(), b"11");
    assert_eq!(keyring.read(VAULT, "two").unwrap().unwrap().as_slice(), b"2");
    assert!(keyring.read(Uuid::nil(), "one").unwrap().is_none());
    keyring.delete(VAULT, "one").unwrap();
    keyring.delete(VAULT, "one").unwrap();
    assert!(keyring.read(VAULT, "one").unwrap().is_none());
}

#[test]
fn the_device_secret_is_made_once_per_vault() {
    let keyring = MemoryKeyring::default();
    let made = device_secret_or_new(&keyring, VAULT).unwrap().unwrap();
    let again = device_secret_or_new(&keyring, VAULT).unwrap().unwrap();
    assert_eq!(made.expose(), again.expose());
    let other = device_secret_or_new(&keyring, Uuid::nil()).unwrap().unwrap();
    assert_ne!(made.expose(), other.expose());
    assert!(device_secret_or_new(&NoKeyring, VAULT).unwrap().is_none());
}

#[test]
fn a_keyring_that_forgets_at_once_is_not_trusted() {
    struct Forgetful;
    impl Keyring for Forgetful {
        fn read(&self, _: Uuid, _: &str) -> Result<Option<zeroize::Zeroizing<Vec<u8>>>, KeyringError> {
            Ok(None)
        }
        fn write(&self, _: Uuid, _: &str, _: &[u8]) -> Result<(), KeyringError> {
            Ok(())
        }
        fn delete(&self, _: Uuid, _: &str) -> Result<(), KeyringError> {
            Ok(())
        }
    }
    let error = refusal(device_secret_or_new(&Forgetful, VAULT));
    assert_eq!(error, KeyringError::Other("the entry was not kept"));
}

#[test]
#[ignore = "writes into the account's real keyring"]
fn the_operating_systems_keyring_keeps_bytes() {
    let vault = Uuid::from_u128(0x5e3a_1001);
    let keyring = OsKeyring;
    keyring.delete(vault, "trial").unwrap();
    assert!(keyring.read(vault, "trial").unwrap().is_none());
    keyring.write(vault, "trial", &[0, 255, 10, 13, 0]).unwrap();
    assert_eq!(keyring.read(vault, "trial").unwrap().unwrap().as_slice(), [0, 255, 10, 13, 0]);
    keyring.write(vault, "trial", b"again").unwrap();
    assert_eq!(keyring.read(vault, "trial").unwrap().unwrap().as_slice(), b"again");
    keyring.delete(vault, "trial").unwrap();
    assert!(keyring.read(vault, "trial").unwrap().is_none());
    let made = device_secret_or_new(&keyring, vault).unwrap().unwrap();
    assert_eq!(device_secret(&keyring, vault).unwrap().unwrap().expose(), made.expose());
    keyring.delete(vault, DEVICE_SECRET).unwrap();
}
