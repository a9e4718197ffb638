//! Format 1 opens forever: `tests/fixtures/vault-1` was written once, by [`the_golden_files_are_written_once`], and is never
//! written again. A test here that fails means that practices cannot open their vaults: the program is wrong, not the files.
//!
//! The folder holds made-up data only; its passwords and keys stand in `secrets.json` beside it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::*;
use crate::vault::codec::{from_hex, to_hex};

/// What opens the golden vault, and what is to be found in it.
#[derive(Serialize, Deserialize)]
struct Secrets {
    passwords: BTreeMap<String, String>,
    office_device_secret: String,
    recovery_key: String,
    clinical_recovery_key: String,
    database_key: String,
    previous_database_key: String,
    clinical_private_key: String,
}

/// A sealed value: where it stands, what opens it, what is in it.
#[derive(Serialize, Deserialize)]
struct Sealed {
    kind: String,
    key: String,
    place: Place,
    sealed: String,
    plain: String,
}

#[derive(Serialize, Deserialize)]
struct Place {
    vault: Uuid,
    table: String,
    column: String,
    row: String,
    patient: String,
    version: u64,
    key_id: u32,
}

impl Place {
    fn context(&self) -> Context<'_> {
        let Place { vault, version, key_id, .. } = *self;
        let (table, column, row, patient) = (&self.table, &self.column, &self.row, &self.patient);
        Context { vault, table, column, row, patient, version, key_id }
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/vault-1")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    serde_json::from_slice(&fs::read(folder().join(name)).unwrap()).unwrap()
}

fn bytes(hex: &str) -> Vec<u8> {
    from_hex(hex).unwrap()
}

/// The document's plain text, a rule rather than a file: a little more than one chunk.
fn document() -> Vec<u8> {
    (0..66_000_u32).map(|place| (place * 31 % 251) as u8).collect()
}

fn real<'a>(os_account: &'a str, keyring: &'a dyn Keyring) -> Here<'a> {
    Here { costs: Costs::STANDARD, ..at(os_account, keyring) }
}

#[test]
fn the_golden_vault_opens_for_each_of_its_users() {
    let secrets: Secrets = read("secrets.json");
    let file = VaultFile::load(&folder()).unwrap();
    let office = MemoryKeyring::default();
    office.write(file.vault(), DEVICE_SECRET, &bytes(&secrets.office_device_secret)).unwrap();
    let sign_in = |login: &str, os_account, keyring: &dyn Keyring| {
        file.sign_in(login, &word(&secrets.passwords[login]), &real(os_account, keyring)).unwrap()
    };
    let sessions = [
        sign_in("anne", OFFICE, &office),
        sign_in("anne", LAPTOP, &NoKeyring),
        sign_in("basma", OFFICE, &office),
        sign_in("clara", OFFICE, &office),
    ];
    for session in &sessions {
        assert!(session.enrolled_here);
        assert_eq!(to_hex(session.database.expose()), secrets.database_key);
        assert_eq!(to_hex(session.previous_database.as_ref().unwrap().expose()), secrets.previous_database_key);
        let clinical = session.clinical.as_ref().map(|key| to_hex(key.expose()));
        assert_eq!(clinical, (session.user != CLARA).then(|| secrets.clinical_private_key.clone()));
    }
    assert_eq!(sessions.each_ref().map(|session| session.device_secret), [true, false, true, true]);
    assert_eq!(sessions.each_ref().map(|session| session.unsettled), [false, false, true, true]);
    assert_eq!(sessions.map(|session| session.role), ["practitioner", "practitioner", "practitioner", "secretary"]);
}

#[test]
fn the_golden_vault_takes_grants_in_and_can_be_changed() {
    let secrets: Secrets = read("secrets.json");
    let mut file = VaultFile::load(&folder()).unwrap();
    let office = MemoryKeyring::default();
    office.write(file.vault(), DEVICE_SECRET, &bytes(&secrets.office_device_secret)).unwrap();
    let password = word(&secrets.passwords["basma"]);
    let mut basma = file.sign_in("basma", &password, &real(OFFICE, &office)).unwrap();
    file.settle(&mut basma).unwrap();
    file.finish_rekey(&mut basma).unwrap();
    let basma = file.sign_in("basma", &password, &real(OFFICE, &office)).unwrap();
    assert!(!basma.unsettled && basma.previous_database.is_none());
    assert_eq!(to_hex(basma.clinical.unwrap().expose()), secrets.clinical_private_key);
}

#[test]
fn the_golden_recovery_keys_open_the_golden_vault() {
    let secrets: Secrets = read("secrets.json");
    let file = VaultFile::load(&folder()).unwrap();
    let key = RecoveryKey::parse(RecoveryKind::Database, &secrets.recovery_key).unwrap();
    assert_eq!(to_hex(file.open_recovery(&key).unwrap().expose()), secrets.database_key);
    let key = RecoveryKey::parse(RecoveryKind::Clinical, &secrets.clinical_recovery_key).unwrap();
    assert_eq!(to_hex(file.open_clinical_recovery(&key).unwrap().expose()), secrets.clinical_private_key);
}

#[test]
fn the_golden_vault_is_written_as_it_was_read() {
    let bytes = fs::read(folder().join(FILE_NAME)).unwrap();
    assert!(VaultFile::from_bytes(&bytes).unwrap().to_bytes() == bytes);
}

#[test]
fn the_golden_sealed_values_open() {
    let values: Vec<Sealed> = read("sealed.json");
    let mut kinds: Vec<_> = values.iter().map(|value| value.kind.as_str()).collect();
    for value in &values {
        let (key, sealed, context) = (bytes(&value.key), bytes(&value.sealed), value.place.context());
        let plain = match value.kind.as_str() {
            "patient" => open(&PatientKey::from_bytes(&key).unwrap(), &context, &sealed),
            "journal" => open(&JournalKey::from_bytes(&key).unwrap(), &context, &sealed),
            "filed" => open(&FilingKey::from_bytes(&key).unwrap(), &context, &sealed),
            "clinical" => open_with(&ClinicalPrivateKey::from_bytes(&key).unwrap(), &context, &sealed),
            "document" => {
                let name = DocumentName::parse(&value.sealed).unwrap();
                let plain = read_document(&folder(), name, &PatientKey::from_bytes(&key).unwrap(), &context).unwrap();
                assert!(*plain == document());
                continue;
            }
            kind => panic!("unknown kind {kind}"),
        };
        assert_eq!(to_hex(&plain.unwrap()), value.plain, "{}", value.kind);
    }
    kinds.dedup();
    assert_eq!(kinds, ["patient", "journal", "filed", "clinical", "document"]);
}

#[test]
#[ignore = "they exist; kept to show how they were made"]
fn the_golden_files_are_written_once() {
    let folder = folder();
    assert!(!folder.exists(), "golden files are never written again");
    fs::create_dir_all(&folder).unwrap();
    let passwords: BTreeMap<_, _> =
        [("anne", "Les lilas 2026, golden"), ("basma", "الزنبق golden 2026"), ("clara", "Muguet & clé golden 26")]
            .map(|(login, password)| (login.to_owned(), password.to_owned()))
            .into();
    let password = |login: &str| word(&passwords[login]);
    let office = MemoryKeyring::default();
    let here = real(OFFICE, &office);

    // Every form that a part of the file can take: two enrolments, with and without a device secret; wrapped and granted
    // keys, one and two re-keys behind; a re-key under way.
    let (anne_password, basma_password, clara_password) = (password("anne"), password("basma"), password("clara"));
    let first = user(ANNE, "anne", "practitioner", &anne_password);
    let created = VaultFile::create(VAULT, "Cabinet des Lilas · عيادة", &first, true, &here).unwrap();
    let (mut file, first_session) = (created.file, created.unlocked);
    let basma = user(BASMA, "basma", "practitioner", &basma_password);
    file.add_user(&first_session.database, None, &basma, &here).unwrap();
    let clinical_recovery_key = created.clinical_recovery_key.unwrap();
    let laptop = real(LAPTOP, &NoKeyring);
    let (key, clinical_key) = (&created.recovery_key, Some(&clinical_recovery_key));
    let mut anne = file.recover(key, clinical_key, "anne", &anne_password, &laptop).unwrap().unlocked;
    file.begin_rekey(&mut anne).unwrap();
    file.finish_rekey(&mut anne).unwrap();
    let clara = user(CLARA, "clara", "secretary", &clara_password);
    file.add_user(&anne.database, None, &clara, &here).unwrap();
    file.grant_clinical(&anne, BASMA).unwrap();
    let recovery_key = file.begin_rekey(&mut anne).unwrap();
    file.save(&folder).unwrap();
    fs::remove_file(folder.join(".vault.lock")).unwrap();

    let private = anne.clinical.as_ref().unwrap();
    let secrets = Secrets {
        passwords,
        office_device_secret: to_hex(&office.read(VAULT, DEVICE_SECRET).unwrap().unwrap()),
        recovery_key: recovery_key.text().to_string(),
        clinical_recovery_key: clinical_recovery_key.text().to_string(),
        database_key: to_hex(anne.database.expose()),
        previous_database_key: to_hex(anne.previous_database.as_ref().unwrap().expose()),
        clinical_private_key: to_hex(private.expose()),
    };
    fs::write(folder.join("secrets.json"), serde_json::to_vec_pretty(&secrets).unwrap()).unwrap();

    let place = |table: &str, column: &str, version, key_id| Place {
        vault: VAULT,
        table: table.into(),
        column: column.into(),
        row: "019a2f00-0000-7000-8000-000000000001".into(),
        patient: "019a2f00-0000-7000-8000-0000000000aa".into(),
        version,
        key_id,
    };
    let value = |kind: &str, key: &[u8; 32], place, sealed: Vec<u8>, plain: &[u8]| Sealed {
        kind: kind.into(),
        key: to_hex(key),
        place,
        sealed: to_hex(&sealed),
        plain: to_hex(plain),
    };
    let patient_key = PatientKey::make().unwrap();
    let journal_key = JournalKey::make().unwrap();
    let filing_key = FilingKey::make().unwrap();
    let mut values = Vec::new();
    for plain in ["", "Température 38,5 °C · حرارة"] {
        let at = place("note", "text", 3, 1);
        let sealed = seal(&patient_key, &at.context(), plain.as_bytes()).unwrap();
        values.push(value("patient", patient_key.expose(), at, sealed, plain.as_bytes()));
    }
    let plain = b"{\"before\":\"arrived\",\"after\":\"seen\"}";
    let at = Place { patient: String::new(), ..place("journal", "change", 4_294_967_297, 2) };
    let sealed = seal(&journal_key, &at.context(), plain).unwrap();
    values.push(value("journal", journal_key.expose(), at, sealed, plain));
    let at = place("filed", "content", 1, 4_000_000_000);
    let sealed = seal(&filing_key, &at.context(), b"HbA1c 6.1 %").unwrap();
    values.push(value("filed", filing_key.expose(), at, sealed, b"HbA1c 6.1 %"));
    let at = place("patient_key", "sealed", 1, 1);
    let sealed = seal_to(&private.public_key(), &at.context(), patient_key.expose()).unwrap();
    values.push(value("clinical", private.expose(), at, sealed, patient_key.expose()));
    let at = place("documents", "", 1, 1);
    let mut writer = DocumentWriter::new(&patient_key, &at.context(), Vec::new()).unwrap();
    writer.write_all(&document()).unwrap();
    let (sealed, name) = writer.finish().unwrap();
    fs::write(folder.join(name.to_string()), sealed).unwrap();
    let sealed = name.to_string();
    values.push(Sealed {
        kind: "document".into(),
        key: to_hex(patient_key.expose()),
        place: at,
        sealed,
        plain: String::new(),
    });
    fs::write(folder.join("sealed.json"), serde_json::to_vec_pretty(&values).unwrap()).unwrap();
}
