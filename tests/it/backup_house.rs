//! A practice in a folder that vanishes, for the scenarios of backup and verification: real files, real ciphers, the lowest
//! accepted password costs.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};
use domain::country::Country;
use domain::id::{PatientId, PractitionerId, TypeId};
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::BookAppointmentRequest;
use semainier_app::commands::clock::Clock;
use semainier_app::commands::entrance::create::make_practice;
use semainier_app::commands::entrance::doorstep::Surroundings;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::{CreatePracticeRequest, SignInRequest};
use semainier_app::commands::patient::wire::{CreatePatientRequest, PatientFields};
use semainier_app::commands::{CommandError, Desk, Doorstep, agenda, patient};
use semainier_app::store::{self, FILE_NAME, Store};
use semainier_app::vault::{Costs, DatabaseKey, Keyring, MemoryKeyring, Password, VaultFile};

pub const LOGIN: &str = "claire";
pub const PASSWORD: &str = "Tramway-violet-42-lilas";
pub const SURNAME: &str = "Quenouille-Zbiri";

/// A clock that the test moves.
pub struct TestClock(Mutex<DateTime<Utc>>);

impl TestClock {
    pub fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A computer account: its folder, clock and keyring.
pub struct House {
    pub root: tempfile::TempDir,
    pub clock: Arc<TestClock>,
    pub keyring: Arc<MemoryKeyring>,
    pub recovery_key: String,
    pub clinical_recovery_key: String,
}

impl House {
    /// With a practice, its administrator a practitioner.
    pub async fn with_practice() -> Self {
        let mut house = Self::empty();
        (house.recovery_key, house.clinical_recovery_key) = house.make_in().await;
        house
    }

    /// Makes the practice in the folder; returns the recovery keys.
    pub async fn make_in(&self) -> (String, String) {
        let request = CreatePracticeRequest {
            practice: "Cabinet des Tilleuls".into(),
            country: Country::FR,
            site: String::new(),
            zone: "Europe/Paris".into(),
            login: LOGIN.into(),
            name: "Claire Arnoux".into(),
            role: "practitioner".into(),
            speciality: String::new(),
            password: PASSWORD.into(),
            language: "fr".into(),
        };
        let keys = make_practice(&self.doorstep(), request, false).await.unwrap();
        (keys.0, keys.1.unwrap())
    }

    /// A computer that has seen no practice.
    pub fn empty() -> Self {
        House {
            root: tempfile::tempdir().unwrap(),
            clock: Arc::new(TestClock(Mutex::new("2026-11-24T08:00:00Z".parse().unwrap()))),
            keyring: Arc::new(MemoryKeyring::default()),
            recovery_key: String::new(),
            clinical_recovery_key: String::new(),
        }
    }

    pub fn folder(&self) -> PathBuf {
        self.root.path().join("practice")
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    pub fn doorstep(&self) -> Doorstep {
        self.doorstep_to(&self.folder())
    }

    pub fn doorstep_to(&self, folder: &Path) -> Doorstep {
        self.doorstep_as(folder, "office/claire")
    }

    pub fn doorstep_as(&self, folder: &Path, os_account: &str) -> Doorstep {
        Doorstep::new(Surroundings {
            folder: folder.to_owned(),
            demonstration: self.path("demonstration"),
            clock: self.clock.clone(),
            keyring: self.keyring.clone() as Arc<dyn Keyring>,
            workstation: "office".into(),
            os_account: os_account.into(),
            costs: Costs::FLOOR,
        })
    }

    pub async fn desk(&self) -> Arc<Desk> {
        self.desk_at(&self.folder()).await.unwrap()
    }

    pub async fn desk_at(&self, folder: &Path) -> Result<Arc<Desk>, CommandError> {
        Ok(sign_in::open(&self.doorstep_to(folder), credentials()).await?.0)
    }

    /// The database key of a vault, as its owner gets it.
    pub fn key(&self, folder: &Path) -> DatabaseKey {
        let file = VaultFile::load(folder).unwrap();
        let doorstep = self.doorstep_to(folder);
        file.sign_in(LOGIN, &Password::new(PASSWORD.to_owned()), &doorstep.here()).unwrap().database
    }

    /// The database past the commands, as somebody with the key has it.
    pub async fn raw(&self, folder: &Path) -> Store {
        Store::open(&folder.join(FILE_NAME), &self.key(folder)).await.unwrap()
    }
}

pub fn credentials() -> SignInRequest {
    SignInRequest { login: LOGIN.into(), password: PASSWORD.into() }
}

/// Ends a session as the program does.
pub async fn close(desk: Arc<Desk>) {
    desk.anchor().await;
    desk.store().close().await;
}

pub async fn add_patient(desk: &Desk, first_name: &str) -> PatientId {
    let fields: PatientFields = serde_json::from_value(serde_json::json!({
        "surname": SURNAME, "birth_name": "", "first_name": first_name, "surname_arabic": "", "first_name_arabic": "",
        "sex": "unknown", "born": "", "birth_place": "", "nir": "", "ins_status": "none", "cin": "", "mobile": "",
        "phone": "", "email": "", "address": "", "postcode": "", "city": "", "language": "", "insurer": "",
        "treating_doctor": "", "remarks": "", "deceased_on": ""
    }))
    .unwrap();
    patient::create_patient(desk, CreatePatientRequest { fields }).await.unwrap().patient.id
}

pub async fn agenda_of(desk: &Desk) -> (PractitionerId, TypeId) {
    let mut connection = desk.store().read().await.unwrap();
    let practitioner = store::practice::practitioners(&mut connection).await.unwrap()[0].id;
    (practitioner, store::practice::types(&mut connection).await.unwrap()[0].id)
}

/// Books the `number`th quarter of an hour from now on. Returns the appointment's id.
pub async fn book(desk: &Desk, patient_id: Option<PatientId>, number: i64) -> Result<String, CommandError> {
    let (practitioner_id, type_id) = agenda_of(desk).await;
    let first: WallTime = "2026-11-24T09:00".parse().unwrap();
    let starts = WallTime::from_minutes(first.minutes() + 15 * number);
    let request = BookAppointmentRequest {
        practitioner_id,
        patient_id,
        type_id,
        starts,
        minutes: Some(15),
        origin: "phone".into(),
        overbook: false,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        never_sync: false,
    };
    Ok(agenda::book_appointment(desk, request).await?.appointment.id.to_string())
}

/// Every file below a folder: its bytes and when it changed.
pub fn fingerprint(folder: &Path) -> BTreeMap<PathBuf, (SystemTime, Vec<u8>)> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        found.insert(folder.clone(), (fs::metadata(&folder).unwrap().modified().unwrap(), Vec::new()));
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let changed = fs::metadata(&path).unwrap().modified().unwrap();
                found.insert(path.clone(), (changed, fs::read(&path).unwrap()));
            }
        }
    }
    found
}

/// Names in a folder.
pub fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A child of this test binary that runs one of the helpers marked `ignore`.
pub fn child(test: &str, variables: &[(&str, &Path)]) -> std::process::Child {
    let mut command = std::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture", "--test-threads=1"]);
    for (name, value) in variables {
        command.env(name, value);
    }
    command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().unwrap()
}
