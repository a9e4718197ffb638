//! Secrets do not leak by way of derived traits, and are stored as promised.

use super::*;

/// Ambiguous, and so refused by the compiler, where a type implements one of these traits.
macro_rules! lacks_traits {
    ($($secret:ty),+) => {$(
        const _: () = {
            struct Clones;
            struct Shows;
            struct Writes;
            trait Ambiguous<A> { fn lacks() {} }
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + Clone> Ambiguous<Clones> for T {}
            impl<T: ?Sized + std::fmt::Debug> Ambiguous<Shows> for T {}
            impl<T: ?Sized + serde::Serialize> Ambiguous<Writes> for T {}
            let _ = <$secret as Ambiguous<_>>::lacks;
        };
    )+};
}

lacks_traits!(
    DatabaseKey,
    PatientKey,
    JournalKey,
    FilingKey,
    DeviceSecret,
    ClinicalPrivateKey,
    RecoveryKey,
    Password,
    Unlocked,
    Recovered,
    Created
);

#[test]
fn the_database_key_is_written_as_sqlcipher_reads_a_raw_key() {
    let key = DatabaseKey::from_bytes(&(0..32).collect::<Vec<u8>>()).unwrap();
    let expected = "\"x'000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'\"";
    assert_eq!(key.pragma_value().as_str(), expected);
}

#[test]
fn a_key_of_another_length_is_refused() {
    for length in [0, 31, 33, 64] {
        assert_eq!(refusal(PatientKey::from_bytes(&vec![7; length])), SealError::KeyLength);
        assert_eq!(refusal(ClinicalPublicKey::from_bytes(&vec![7; length])), SealError::KeyLength);
    }
}

#[test]
fn keys_are_random() {
    let (one, other) = (DatabaseKey::make().unwrap(), DatabaseKey::make().unwrap());
    assert_ne!(one.expose(), other.expose());
    assert_ne!(one.expose(), &[0; 32]);
}

#[test]
fn a_password_is_the_same_on_every_keyboard() {
    assert_eq!(word("cle\u{301}\u{a0}ouverte").expose(), "clé ouverte");
    assert_eq!(word("clé ouverte").expose(), "clé ouverte");
    // The longest expansion that Unicode knows.
    assert_eq!(word("\u{fdfa}").expose().chars().count(), 18);
}

#[cfg(unix)]
#[test]
fn a_hardened_process_dumps_no_core() {
    use rustix::process::{Resource, getrlimit};
    harden_process().unwrap();
    let limit = getrlimit(Resource::Core);
    assert!(limit.current.is_some_and(|bytes| bytes <= 1));
    assert!(limit.maximum.is_some_and(|bytes| bytes <= 1));
    harden_process().unwrap();
}
