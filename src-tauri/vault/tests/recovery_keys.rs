//! Recovery keys: what is printed is read back, and typos are named.

use proptest::prelude::*;

use super::*;

fn kind() -> impl Strategy<Value = RecoveryKind> {
    prop_oneof![Just(RecoveryKind::Database), Just(RecoveryKind::Clinical)]
}

fn expect_group<T>(result: Result<T, RecoveryKeyError>, group: usize) {
    assert_eq!(refusal(result), RecoveryKeyError::Group { group });
}

#[test]
fn a_recovery_key_is_eight_groups_of_five() {
    let key = RecoveryKey::from_bytes(RecoveryKind::Database, [0; 20]);
    assert_eq!(key.text().as_str(), "00000-00001-00002-00003-00004-00005-00006-00007");
    let key = RecoveryKey::from_bytes(RecoveryKind::Clinical, [0xff; 20]);
    assert_eq!(key.text().len(), 47);
    assert!(key.fragments().iter().all(|group| group.starts_with("ZZZZ")));
}

#[test]
fn a_recovery_key_is_read_as_people_type_it() {
    let key = RecoveryKey::from_bytes(RecoveryKind::Database, [0x00; 20]);
    let typed = " ooooo ooooI.ooooٲ";
    assert_eq!(refusal(RecoveryKey::parse(RecoveryKind::Database, typed)), RecoveryKeyError::Character { group: 3 });
    let typed = "ooooo OOOOl 0000٢–00003_00004·OoOo5 00006\u{a0}0000۷\n";
    assert_eq!(RecoveryKey::parse(RecoveryKind::Database, typed).unwrap().bytes(), key.bytes());
}

#[test]
fn the_other_recovery_key_is_named_as_such() {
    for (kind, other) in
        [(RecoveryKind::Database, RecoveryKind::Clinical), (RecoveryKind::Clinical, RecoveryKind::Database)]
    {
        let key = RecoveryKey::make(kind).unwrap();
        assert_eq!(refusal(RecoveryKey::parse(other, &key.text())), RecoveryKeyError::OtherKind);
    }
}

#[test]
fn a_short_or_long_recovery_key_is_counted() {
    let key = RecoveryKey::make(RecoveryKind::Database).unwrap();
    let text = key.text();
    let short = refusal(RecoveryKey::parse(RecoveryKind::Database, &text[..46]));
    assert_eq!(short, RecoveryKeyError::Length { expected: 40, found: 39 });
    let long = refusal(RecoveryKey::parse(RecoveryKind::Database, &format!("{}0", *text)));
    assert_eq!(long, RecoveryKeyError::Length { expected: 40, found: 41 });
    let none = refusal(RecoveryKey::parse(RecoveryKind::Database, " - "));
    assert_eq!(none, RecoveryKeyError::Length { expected: 40, found: 0 });
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(kind in kind(), bytes in any::<[u8; 20]>()) {
        let key = RecoveryKey::from_bytes(kind, bytes);
        let read = RecoveryKey::parse(kind, &key.text().to_lowercase()).unwrap();
        prop_assert_eq!(read.bytes(), &bytes);
        for (group, fragment) in key.fragments().iter().enumerate() {
            let typed = format!(" {} ", fragment.to_lowercase());
            prop_assert!(key.fragment_is(group, &typed));
            prop_assert!(!key.fragment_is(group, &fragment[..4]));
            prop_assert!(!key.fragment_is(group + 1, fragment));
        }
    }

    #[test]
    fn one_wrong_character_names_its_group(kind in kind(), bytes in any::<[u8; 20]>(), place in 0..40_usize, shift in 1..32_usize) {
        let alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
        let text = RecoveryKey::from_bytes(kind, bytes).text().replace('-', "");
        let present = alphabet.find(&text[place..=place]).unwrap();
        let wrong = &alphabet[(present + shift) % 32..][..1];
        let typed = format!("{}{}{}", &text[..place], wrong, &text[place + 1..]);
        expect_group(RecoveryKey::parse(kind, &typed), place / 5 + 1);
    }

    #[test]
    fn two_exchanged_neighbours_name_their_group(kind in kind(), bytes in any::<[u8; 20]>(), group in 0..8_usize, place in 0..4_usize) {
        let mut text = RecoveryKey::from_bytes(kind, bytes).text().replace('-', "").into_bytes();
        let place = group * 5 + place;
        prop_assume!(text[place] != text[place + 1]);
        text.swap(place, place + 1);
        expect_group(RecoveryKey::parse(kind, &String::from_utf8(text).unwrap()), group + 1);
    }

    #[test]
    fn exchanged_groups_show(kind in kind(), bytes in any::<[u8; 20]>(), one in 0..8_usize, other in 0..8_usize) {
        prop_assume!(one < other);
        let key = RecoveryKey::from_bytes(kind, bytes);
        let mut groups = key.fragments();
        groups.swap(one, other);
        let typed: String = groups.iter().map(|group| group.as_str()).collect();
        expect_group(RecoveryKey::parse(kind, &typed), one + 1);
    }

    #[test]
    fn any_text_is_read_or_refused(kind in kind(), text in "\\PC{0,80}") {
        let _ = RecoveryKey::parse(kind, &text);
    }
}
