//! Nothing in `vault.json` can be changed unseen.

use std::sync::LazyLock;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::vault::cipher;
use crate::vault::keyring::device_secret;
use crate::vault::keys::{Secret32, UserKey};
use crate::vault::password::stretch;

/// A vault with every part filled, what opens Basma's keys in it, and its JSON.
struct Whole {
    practice: Practice,
    stretched: Secret32,
    device: DeviceSecret,
    user_key: UserKey,
    json: Value,
}

static WHOLE: LazyLock<Whole> = LazyLock::new(|| {
    let mut practice = Practice::with_basma("practitioner");
    practice.file.begin_rekey(&mut practice.anne).unwrap();
    practice.file.grant_clinical(&practice.anne, BASMA).unwrap();
    let (session, stretched) =
        practice.file.sign_in_with("basma", &word("basma's password"), &at(OFFICE, &practice.office)).unwrap();
    let device = device_secret(&practice.office, VAULT).unwrap().unwrap();
    let json = serde_json::from_slice(&practice.file.to_bytes()).unwrap();
    Whole { practice, stretched, device, user_key: session.user_key, json }
});

impl Whole {
    /// Basma's whole way in but for Argon2, whose result stands already (its salt and costs are bound into the next step).
    fn opens(&self, file: &VaultFile) -> bool {
        let Some(user) = file.user_by_login("basma") else { return false };
        let Some(enrolment) = user.enrolments.first() else { return false };
        let Ok(key) = file.open_enrolment(user, enrolment, &self.stretched, Some(&self.device)) else { return false };
        file.unlock(user, key).is_ok()
    }

    /// Whether bytes open, unless they say the very same as the original in another spelling.
    fn accepts_a_change(&self, bytes: &[u8]) -> bool {
        match VaultFile::from_bytes(bytes) {
            Err(_) => false,
            Ok(file) => file.to_bytes() != self.practice.file.to_bytes() && self.opens(&file),
        }
    }
}

/// The pointers of all values in a JSON tree.
fn pointers(value: &Value, path: &str, out: &mut Vec<String>) {
    out.push(path.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| pointers(value, &format!("{path}/{key}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(place, value)| pointers(value, &format!("{path}/{place}"), out))
        }
        _ => {}
    }
}

#[test]
fn the_untouched_file_opens() {
    assert!(WHOLE.opens(&VaultFile::from_bytes(&WHOLE.practice.file.to_bytes()).unwrap()));
}

#[test]
fn every_changed_value_is_refused() {
    let mut all = Vec::new();
    pointers(&WHOLE.json, "", &mut all);
    assert!(all.len() > 40, "the file has all its parts");
    for pointer in all {
        let present = WHOLE.json.pointer(&pointer).unwrap();
        let changes = match present {
            Value::String(text) => {
                vec![json!(format!("{text}00")), json!(""), json!(text.replacen(['0', 'a'], "7", 1)), json!(null)]
            }
            Value::Number(number) => vec![json!(number.as_u64().unwrap() + 1), json!(0), json!(-1), json!("1")],
            Value::Null => vec![json!("00"), json!({})],
            Value::Array(_) => vec![json!([]), json!(null)],
            _ => vec![json!(null), json!({})],
        };
        for change in changes.into_iter().filter(|change| change != present) {
            let mut tree = WHOLE.json.clone();
            *tree.pointer_mut(&pointer).unwrap() = change.clone();
            assert!(!WHOLE.accepts_a_change(&serde_json::to_vec(&tree).unwrap()), "{pointer} = {change}");
        }
    }
}

#[test]
fn every_flipped_byte_of_every_hexadecimal_value_is_refused() {
    let mut all = Vec::new();
    pointers(&WHOLE.json, "", &mut all);
    let mut flipped = 0;
    for pointer in all {
        let Some(text) = WHOLE.json.pointer(&pointer).unwrap().as_str() else { continue };
        let Some(bytes) = crate::vault::codec::from_hex(text).filter(|bytes| bytes.len() >= 16) else { continue };
        for place in 0..bytes.len() {
            let mut bytes = bytes.clone();
            bytes[place] ^= 1 << (place % 8);
            let mut tree = WHOLE.json.clone();
            *tree.pointer_mut(&pointer).unwrap() = json!(crate::vault::codec::to_hex(&bytes));
            assert!(!WHOLE.accepts_a_change(&serde_json::to_vec(&tree).unwrap()), "{pointer} byte {place}");
            flipped += 1;
        }
    }
    assert!(flipped > 500);
}

#[test]
fn unknown_doubled_and_missing_fields_are_refused() {
    let text = String::from_utf8(WHOLE.practice.file.to_bytes()).unwrap();
    for changed in [
        text.replacen("\"practice\"", "\"note\": 1, \"practice\"", 1),
        text.replacen("\"practice\"", "\"revision\": 9, \"practice\"", 1),
        text.replacen("\"salt\"", "\"sault\"", 1),
        text.replacen("\"memory_kib\"", "\"parallel\": 1, \"memory_kib\"", 1),
    ] {
        assert_eq!(refusal(VaultFile::from_bytes(changed.as_bytes())), VaultError::Damaged { what: "its parts" });
    }
}

#[test]
fn users_and_wraps_cannot_be_exchanged() {
    let users = |json: &Value| json["users"].as_array().unwrap().clone();
    let mut exchanged = Vec::new();
    for field in
        ["id", "login", "role", "name", "salt", "public", "enrolments", "database", "database_grants", "clinical"]
    {
        let mut tree = WHOLE.json.clone();
        let (anne, basma) = (users(&tree)[0][field].clone(), users(&tree)[1][field].clone());
        if anne != basma {
            (tree["users"][0][field], tree["users"][1][field]) = (basma, anne);
            exchanged.push(tree);
        }
    }
    let mut order = WHOLE.json.clone();
    order["users"] = users(&WHOLE.json).into_iter().rev().collect();
    exchanged.push(order);
    let mut without_anne = WHOLE.json.clone();
    without_anne["users"] = json!([users(&WHOLE.json)[1]]);
    exchanged.push(without_anne);
    assert!(exchanged.len() >= 9);
    for tree in exchanged {
        assert!(!WHOLE.accepts_a_change(&serde_json::to_vec(&tree).unwrap()), "{tree}");
    }
}

#[test]
fn a_user_standing_there_twice_is_refused() {
    let mut tree = WHOLE.json.clone();
    let twin = tree["users"][1].clone();
    tree["users"].as_array_mut().unwrap().push(twin);
    let error = refusal(VaultFile::from_bytes(&serde_json::to_vec(&tree).unwrap()));
    assert_eq!(error, VaultError::Damaged { what: "a user stands there twice" });
}

#[test]
fn a_removed_device_flag_does_not_make_the_password_enough() {
    let practice = &WHOLE.practice;
    let mut file = practice.file.clone();
    file.users[1].enrolments[0].device = None;
    let error = refusal(file.sign_in("basma", &word("basma's password"), &at(OFFICE, &NoKeyring)));
    // Anne's account still needs the keyring, so it is asked; where it answers, the wrap itself refuses.
    assert_eq!(error, VaultError::WrongCredentials);
}

#[test]
fn wraps_moved_to_another_os_account_are_refused() {
    let mut file = WHOLE.practice.file.clone();
    file.users[1].enrolments[0].os_account = LAPTOP.into();
    let office = &WHOLE.practice.office;
    let error = refusal(file.sign_in("basma", &word("basma's password"), &at(LAPTOP, office)));
    assert_eq!(error, VaultError::WrongCredentials);
}

#[test]
fn nobody_outside_can_slip_in_a_database_key_of_their_own() {
    // Everything an outsider has: the file, and so Basma's public key. They make a key, seal it to her as a re-key would,
    // and seal the file with it.
    let mut file = WHOLE.practice.file.clone();
    let own = DatabaseKey::make().unwrap();
    let key_id = file.database.key_id + 1;
    let data = file.held_data("database-grant", BASMA, "practitioner", key_id);
    for shared in [None, Some(&own.0)] {
        let sealed = cipher::seal_box(&file.users[1].public.0, shared, &data, own.expose()).unwrap();
        let mut forged = file.clone();
        forged.database.key_id = key_id;
        let grant = crate::vault::file::Numbered { key_id, bytes: crate::vault::codec::Hex(sealed) };
        forged.users[1].database_grants.push(grant);
        forged.reseal(&own);
        let key = UserKey(Secret32::from_slice(WHOLE.user_key.expose()).unwrap());
        assert_eq!(refusal(forged.unlock(&forged.users[1], key)), VaultError::Tampered);
    }
    file.reseal(&own);
    assert!(!WHOLE.opens(&file));
}

#[test]
fn newer_older_and_odd_formats_are_told_apart() {
    let text = String::from_utf8(WHOLE.practice.file.to_bytes()).unwrap();
    let with = |format: &str| text.replacen("\"format\": 1", &format!("\"format\": {format}"), 1);
    let read = |text: &str| refusal(VaultFile::from_bytes(text.as_bytes()));
    assert_eq!(read(&with("2")), VaultError::NewerFormat { found: 2, known: 1 });
    // A newer format may look quite different.
    assert_eq!(read("{\"format\": 77, \"keys\": []}"), VaultError::NewerFormat { found: 77, known: 1 });
    assert_eq!(read(&with("0")), VaultError::Damaged { what: "format" });
    for odd in ["-1", "1.5", "\"1\"", "null", "4294967296"] {
        assert_eq!(read(&with(odd)), VaultError::Damaged { what: "not readable" });
    }
}

#[test]
fn every_truncation_is_refused() {
    let bytes = WHOLE.practice.file.to_bytes();
    // The last byte is a line feed.
    for length in 0..bytes.len() - 1 {
        assert!(matches!(VaultFile::from_bytes(&bytes[..length]), Err(VaultError::Damaged { .. })), "{length}");
    }
}

proptest! {
    #[test]
    fn any_flipped_byte_of_the_file_is_refused(place in any::<prop::sample::Index>(), mask in 1..=255_u8) {
        let mut bytes = WHOLE.practice.file.to_bytes();
        let place = place.index(bytes.len());
        bytes[place] ^= mask;
        prop_assert!(!WHOLE.accepts_a_change(&bytes));
    }

    #[test]
    fn any_bytes_are_refused_as_a_vault(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(VaultFile::from_bytes(&bytes).is_err());
    }

    #[test]
    fn any_json_is_refused_as_a_vault(text in r#"(\{"format": ?[0-9]{1,3}(,"(users|vault|practice)": ?(\[\]|1|null|"[a-f0-9]{0,8}"))*\}|\[{0,200}|"[^"]{0,40}")"#) {
        prop_assert!(VaultFile::from_bytes(text.as_bytes()).is_err());
    }
}

#[test]
fn a_changed_wrap_is_told_like_a_wrong_password() {
    let mut file = WHOLE.practice.file.clone();
    file.users[1].enrolments[0].user_key.0[40] ^= 1;
    let error = refusal(file.sign_in("basma", &word("basma's password"), &at(OFFICE, &WHOLE.practice.office)));
    assert_eq!(error, VaultError::WrongCredentials);
    let mut file = WHOLE.practice.file.clone();
    file.users[1].costs.passes += 1;
    let error = refusal(file.sign_in("basma", &word("basma's password"), &at(OFFICE, &WHOLE.practice.office)));
    assert_eq!(error, VaultError::WrongCredentials);
    let mut file = WHOLE.practice.file.clone();
    file.users[1].role = "administrator".into();
    let error = refusal(file.sign_in("basma", &word("basma's password"), &at(OFFICE, &WHOLE.practice.office)));
    assert_eq!(error, VaultError::Tampered);
    // What stretch is fed is what the record says: a fresh computation agrees with the one that the tests above use.
    let user = &WHOLE.practice.file.users[1];
    let again = stretch(&word("basma's password"), &user.salt.0, &user.costs).unwrap();
    assert_eq!(again.bytes(), WHOLE.stretched.bytes());
}
