//! Known answers: with fixed keys, salts and nonces every derivation and every sealed value is the same forever. The answers
//! were computed by a second, independent implementation (Python's `cryptography` and `argon2-cffi`) as well.

use std::io::Write;

use super::*;
use crate::vault::cipher;
use crate::vault::codec::{Encoder, to_hex};
use crate::vault::keys::{Secret32, UserKey};
use crate::vault::password::stretch;
use crate::vault::seal::{seal_to_with, seal_with};

const PLACE: Context<'static> =
    Context { vault: VAULT, table: "note", column: "text", row: "r1", patient: "p1", version: 3, key_id: 258 };

fn secret(byte: u8) -> Secret32 {
    Secret32::from_slice(&[byte; 32]).unwrap()
}

#[test]
fn passwords_stretch_as_ever() {
    let answer = |costs| to_hex(stretch(&word("Les lilas, clé 26"), &[9; 16], &costs).unwrap().bytes());
    assert_eq!(answer(Costs::STANDARD), "6041618c7af57223e2fa02ccedbb111fee8b28050ed7619b824e749291798980");
    assert_eq!(answer(Costs::FLOOR), "6927c264e78102296ee849a5a9413a19cc44145b8ba5722f75e438a3df105eb7");
    assert_eq!(
        answer(Costs { memory_kib: 20_000, passes: 2, lanes: 2 }),
        "66bad235d6083066ee0369756955a9546db8979155771de7011a78b788cd3c36"
    );
}

#[test]
fn keys_are_derived_as_ever() {
    assert_eq!(
        to_hex(cipher::derive(&[&[1; 32]], b"salt", "label", b"context").bytes()),
        "1ad7c562b11bf2b5c7578aff0e93a29e5264c1b3f91d1122cb9b08544edb34f1"
    );
    assert_eq!(
        to_hex(DeviceSecret(secret(2)).public_key().as_bytes()),
        "03d4dedb1e4a3c76105c3fb6ef590178207099b2c89ff9bed13d2e45be4f9402"
    );
    assert_eq!(
        to_hex(&UserKey(secret(3)).grant_public()),
        "1092b8b27f45baf59609d0af84c790ed67e8779e68490fe17ff61c97f47e6048"
    );
    assert_eq!(
        to_hex(ClinicalPrivateKey(secret(4)).public_key().as_bytes()),
        "ac01b2209e86354fb853237b5de0f4fab13c7fcbf433a61c019369617fecf10b"
    );
    assert_eq!(
        to_hex(&cipher::mac(&secret(5), b"message")),
        "9352f7d015dab1c063e235eae7bffd623b925760931b3e65bd3f2d103a0fe736"
    );
}

#[test]
fn contexts_encode_as_ever() {
    let data = PLACE.encode(&[1, 1, 0, 0, 1, 2]);
    assert_eq!(
        to_hex(&data),
        "000000000000001373656d61696e6965722f312f636f6e74657874000000000000000601010000010200000000000000100198000000007000800000000000000100000000000000046e6f746500000000000000047465787400000000000000027231000000000000000270310000000000000008000000000000000300000000000000080000000000000102"
    );
    let data = Encoder::new("l").optional(None).optional(Some(b"")).number(258).text("é").finish();
    assert_eq!(
        to_hex(&data),
        "00000000000000016c0000000000000001000000000000000001010000000000000000000000000000000800000000000001020000000000000002c3a9"
    );
}

#[test]
fn wraps_and_boxes_are_made_as_ever() {
    let wrapped = cipher::wrap_with(&secret(6), &[7; 12], b"data", &[8; 32]).unwrap();
    assert_eq!(
        to_hex(&wrapped),
        "070707070707070707070707aaf7fa3c8eefdb07b3b12e650c1f39af7f58520bfecd677217edb0ee43c967f1a0c679a0746dce188a7bedd965b27f00"
    );
    let recipient = ClinicalPrivateKey(secret(4)).public_key();
    let sealed = cipher::seal_box_with(&secret(9), recipient.as_bytes(), None, b"data", b"plain").unwrap();
    assert_eq!(
        to_hex(&sealed),
        "57db4b359f23ae5e146e4e2512056704722506348c150c14753d0c933d04d42138a89dde4604c724a4e74c796b4f6ef59bd93ff4b0"
    );
    let sealed = cipher::seal_box_with(&secret(9), recipient.as_bytes(), Some(&secret(10)), b"data", b"plain").unwrap();
    assert_eq!(
        to_hex(&sealed),
        "57db4b359f23ae5e146e4e2512056704722506348c150c14753d0c933d04d42118d3435fc3d9dbcbdd8d47f0cca9890afe607d12a3"
    );
}

#[test]
fn values_are_sealed_as_ever() {
    let sealed = seal_with(&[11; 12], &PatientKey(secret(12)), &PLACE, b"38.5").unwrap();
    assert_eq!(to_hex(&sealed), "0101000001020b0b0b0b0b0b0b0b0b0b0b0bc794c8eb1099a9d4f3ffceb96b4ad9c07800ba3c");
    let sealed = seal_with(&[11; 12], &JournalKey(secret(12)), &PLACE, b"38.5").unwrap();
    assert_eq!(to_hex(&sealed), "0103000001020b0b0b0b0b0b0b0b0b0b0b0bc794c8eb036bf9600a14537ba19d0cc7749d7d5b");
    let sealed = seal_with(&[11; 12], &FilingKey(secret(12)), &PLACE, b"38.5").unwrap();
    assert_eq!(to_hex(&sealed), "0105000001020b0b0b0b0b0b0b0b0b0b0b0bc794c8eb377d08bd0028f53cfee573ce613b34f2");
    let recipient = ClinicalPrivateKey(secret(4)).public_key();
    let sealed = seal_to_with(&secret(13), &recipient, &PLACE, &[12; 32]).unwrap();
    assert_eq!(
        to_hex(&sealed),
        "010200000102b307ae8660efaed4d6a65f6640896892ea4a1f0075555c489d1312a2e1677c289b15ccef772bf096cf81b603b3d4a647c14faef40ed397f249d94603803a32e6fb3f0b4ba860dd6f0032db90cc688315"
    );
}

#[test]
fn documents_are_sealed_as_ever() {
    let seal = |plain: &[u8]| {
        let mut writer = DocumentWriter::with_salt([14; 32], &PatientKey(secret(12)), &PLACE, Vec::new()).unwrap();
        writer.write_all(plain).unwrap();
        writer.finish().unwrap()
    };
    assert_eq!(
        to_hex(&seal(b"scan").0),
        "0104000001020e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e83c0ce696cae799c26155d22229ad0a5978c441b"
    );
    assert_eq!(
        seal(&[15; 2 * 64 * 1024]).1.to_string(),
        "f639af581b658ca920292a9b3f279eb2ec93187842ec4121f091babc0362c041"
    );
}

#[test]
fn recovery_keys_are_printed_as_ever() {
    let bytes: [u8; 20] = std::array::from_fn(|place| place as u8 * 13);
    let text = |kind| RecoveryKey::from_bytes(kind, bytes).text().to_string();
    assert_eq!(text(RecoveryKind::Database), "006H8-M9SMW-85751-PT3N2-GA7SR-SADPT-RF8DE-VTQQ8");
    assert_eq!(text(RecoveryKind::Clinical), "006H0-M9SMM-85759-PT3NA-GA7SG-SADPJ-RF8D6-VTQQ0");
}
