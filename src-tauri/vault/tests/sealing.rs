//! Sealed values open at their place, with their key, unchanged; nowhere else.

use proptest::prelude::*;

use super::*;

const PLACE: Context<'static> = Context {
    vault: VAULT,
    table: "note",
    column: "text",
    row: "019a2f00-0000-7000-8000-000000000001",
    patient: "019a2f00-0000-7000-8000-0000000000aa",
    version: 3,
    key_id: 1,
};

/// Every place that differs from [`PLACE`] in one part.
fn other_places() -> Vec<Context<'static>> {
    vec![
        Context { vault: Uuid::from_u128(9), ..PLACE },
        Context { table: "letter", ..PLACE },
        Context { column: "title", ..PLACE },
        Context { row: "019a2f00-0000-7000-8000-000000000002", ..PLACE },
        Context { patient: "019a2f00-0000-7000-8000-0000000000bb", ..PLACE },
        Context { patient: "", ..PLACE },
        Context { version: 2, ..PLACE },
        Context { key_id: 2, ..PLACE },
        // The same characters, parted otherwise.
        Context { table: "notet", column: "ext", ..PLACE },
    ]
}

fn clinical() -> ClinicalPrivateKey {
    ClinicalPrivateKey::make().unwrap()
}

#[test]
fn what_is_sealed_opens_at_its_place() {
    let key = PatientKey::make().unwrap();
    for plain in [&b""[..], b"x", "température 38,5 °C".as_bytes(), &[0; 100_000]] {
        let sealed = seal(&key, &PLACE, plain).unwrap();
        assert_eq!(open(&key, &PLACE, &sealed).unwrap().as_slice(), plain);
        assert_eq!(sealed.len(), plain.len() + 34);
        assert_eq!(sealed_key_id(&sealed), Ok(1));
        assert_ne!(seal(&key, &PLACE, plain).unwrap(), sealed, "the nonce is random");
    }
}

#[test]
fn what_is_sealed_to_the_practitioners_opens_for_them_only() {
    let private = clinical();
    let key = FilingKey::make().unwrap();
    let sealed = seal_to(&private.public_key(), &PLACE, key.expose()).unwrap();
    assert_eq!(open_with(&private, &PLACE, &sealed).unwrap().as_slice(), key.expose());
    assert_eq!(refusal(open_with(&clinical(), &PLACE, &sealed)), SealError::Refused);
    assert_eq!(sealed_key_id(&sealed), Ok(1));
}

#[test]
fn a_sealed_value_does_not_open_anywhere_else() {
    let key = PatientKey::make().unwrap();
    let private = clinical();
    let sealed = seal(&key, &PLACE, b"38.5").unwrap();
    let boxed = seal_to(&private.public_key(), &PLACE, b"38.5").unwrap();
    for place in other_places() {
        let expected = if place.key_id == PLACE.key_id { SealError::Refused } else { SealError::OtherKey };
        assert_eq!(refusal(open(&key, &place, &sealed)), expected, "{place:?}");
        assert_eq!(refusal(open_with(&private, &place, &boxed)), expected, "{place:?}");
    }
}

#[test]
fn a_value_of_one_kind_does_not_open_as_another() {
    let bytes = *PatientKey::make().unwrap().expose();
    let patient = PatientKey::from_bytes(&bytes).unwrap();
    let journal = JournalKey::from_bytes(&bytes).unwrap();
    let filing = FilingKey::from_bytes(&bytes).unwrap();
    let private = ClinicalPrivateKey::from_bytes(&bytes).unwrap();
    let sealed = seal(&patient, &PLACE, b"38.5").unwrap();
    assert_eq!(refusal(open(&journal, &PLACE, &sealed)), SealError::UnknownFormat);
    assert_eq!(refusal(open(&filing, &PLACE, &sealed)), SealError::UnknownFormat);
    assert_eq!(refusal(open_with(&private, &PLACE, &sealed)), SealError::UnknownFormat);
    // Nor with the kind byte adjusted: it is authenticated.
    for (kind, opened) in [
        (3, open(&journal, &PLACE, &[&[1, 3], &sealed[2..]].concat())),
        (5, open(&filing, &PLACE, &[&[1, 5], &sealed[2..]].concat())),
    ] {
        assert_eq!(refusal(opened), SealError::Refused, "{kind}");
    }
}

#[test]
fn another_key_opens_nothing() {
    let sealed = seal(&PatientKey::make().unwrap(), &PLACE, b"38.5").unwrap();
    assert_eq!(refusal(open(&PatientKey::make().unwrap(), &PLACE, &sealed)), SealError::Refused);
}

#[test]
fn every_flipped_bit_and_every_truncation_is_refused() {
    let key = JournalKey::make().unwrap();
    let private = clinical();
    let sealed = seal(&key, &PLACE, b"38.5").unwrap();
    let boxed = seal_to(&private.public_key(), &PLACE, b"38.5").unwrap();
    for bit in 0..sealed.len() * 8 {
        let mut changed = sealed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(open(&key, &PLACE, &changed).is_err(), "bit {bit}");
    }
    for bit in 0..boxed.len() * 8 {
        let mut changed = boxed.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(open_with(&private, &PLACE, &changed).is_err(), "bit {bit}");
    }
    for length in 0..sealed.len() {
        assert!(open(&key, &PLACE, &sealed[..length]).is_err(), "{length}");
    }
    for length in 0..boxed.len() {
        assert!(open_with(&private, &PLACE, &boxed[..length]).is_err(), "{length}");
    }
    assert!(open(&key, &PLACE, &[&sealed[..], b"0"].concat()).is_err());
}

#[test]
fn a_public_key_that_forces_the_agreement_is_refused() {
    let zero = ClinicalPublicKey::from_bytes(&[0; 32]).unwrap();
    assert_eq!(refusal(seal_to(&zero, &PLACE, b"38.5")), SealError::Refused);
    let private = clinical();
    let mut boxed = seal_to(&private.public_key(), &PLACE, b"38.5").unwrap();
    boxed[6..38].fill(0);
    assert_eq!(refusal(open_with(&private, &PLACE, &boxed)), SealError::Refused);
}

#[test]
fn more_than_a_sealed_value_may_hold_is_refused() {
    let plain = vec![0; crate::vault::seal::MAX_PLAIN + 1];
    assert_eq!(refusal(seal(&PatientKey::make().unwrap(), &PLACE, &plain)), SealError::TooLong);
    assert_eq!(refusal(seal_to(&clinical().public_key(), &PLACE, &plain)), SealError::TooLong);
}

proptest! {
    #[test]
    fn any_bytes_are_refused_as_a_sealed_value(bytes in prop::collection::vec(any::<u8>(), 0..120), first in 0..3_u8) {
        let bytes = [&[1, first, 0, 0, 0, 1], &bytes[..]].concat();
        prop_assert!(open(&PatientKey::make().unwrap(), &PLACE, &bytes).is_err());
        prop_assert!(open_with(&clinical(), &PLACE, &bytes).is_err());
    }

    #[test]
    fn two_different_places_never_encode_alike(
        parts in prop::array::uniform4("[ab\u{0}]{0,3}"), others in prop::array::uniform4("[ab\u{0}]{0,3}"),
        versions in (0..3_u64, 0..3_u64),
    ) {
        fn context(parts: &[String; 4], version: u64) -> Context<'_> {
            Context { vault: VAULT, table: &parts[0], column: &parts[1], row: &parts[2], patient: &parts[3], version, key_id: 1 }
        }
        let (one, other) = (context(&parts, versions.0), context(&others, versions.1));
        let header = [1, 1, 0, 0, 0, 1];
        prop_assert_eq!(one == other, one.encode(&header) == other.encode(&header));
    }
}
