//! A practice in a folder that vanishes: what scenarios start from. The clock stands still, the keyring is in memory, the
//! password costs what the vault accepts at least.

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::country::Country;
use domain::id::{AppointmentId, PatientId, PractitionerId, TypeId};
use domain::time::WallTime;
use semainier_app::commands::agenda::wire::{BookAppointmentRequest, ChangedAppointmentView};
use semainier_app::commands::clock::FixedClock;
use semainier_app::commands::entrance::doorstep::Surroundings;
use semainier_app::commands::entrance::wire::{CreatePracticeRequest, SignInRequest};
use semainier_app::commands::entrance::{create, sign_in};
use semainier_app::commands::patient::wire::{CreatePatientRequest, PatientFields};
use semainier_app::commands::practice::wire::{HoursLine, PracticeView, SetHoursRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, Doorstep, agenda, patient, practice};
use semainier_app::vault::{Costs, Keyring, MemoryKeyring, NoKeyring};
use tempfile::TempDir;

/// A password that passes.
pub const PASSWORD: &str = "Zebre-Calme#2026!";
/// Another.
pub const OTHER: &str = "Girafe_Bleue%77xx";

/// A practice with one practitioner who is its administrator.
pub struct House {
    _folder: TempDir,
    pub vault: PathBuf,
    pub keyring: Arc<dyn Keyring>,
    pub recovery_key: String,
    pub clinical_recovery_key: Option<String>,
}

/// Sunday 22 November 2026, 10:00 in Paris.
pub fn now() -> DateTime<Utc> {
    "2026-11-22T09:00:00Z".parse().expect("an instant")
}

impl House {
    /// A practitioner's practice in Paris.
    pub async fn new() -> Self {
        Self::with_role("practitioner").await
    }

    /// A practice whose first user has this role.
    pub async fn with_role(role: &str) -> Self {
        Self::made(role, Arc::new(MemoryKeyring::default()), Country::FR).await
    }

    /// A practitioner's practice in Rabat.
    pub async fn in_morocco() -> Self {
        Self::made("practitioner", Arc::new(MemoryKeyring::default()), Country::MA).await
    }

    async fn made(role: &str, keyring: Arc<dyn Keyring>, country: Country) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = folder.path().join("vault");
        let mut house =
            Self { vault, _folder: folder, keyring, recovery_key: String::new(), clinical_recovery_key: None };
        let request = CreatePracticeRequest {
            practice: "Cabinet du Parc".to_owned(),
            country,
            site: String::new(),
            zone: if country == Country::MA { "Africa/Casablanca" } else { "Europe/Paris" }.to_owned(),
            login: "lefevre".to_owned(),
            name: "Dr Lefèvre".to_owned(),
            role: role.to_owned(),
            speciality: String::new(),
            password: PASSWORD.to_owned(),
            language: "fr".to_owned(),
        };
        let keys = create::make_practice(&house.doorstep(), request, false).await.expect("a practice");
        (house.recovery_key, house.clinical_recovery_key) = keys;
        house
    }

    /// A practice made on the computer with this keyring.
    pub async fn with_keyring(keyring: Arc<dyn Keyring>) -> Self {
        Self::made("practitioner", keyring, Country::FR).await
    }

    /// A practice on a computer without a keyring, so that another process can open it as well.
    pub async fn without_keyring() -> Self {
        Self::made("practitioner", Arc::new(NoKeyring), Country::FR).await
    }

    /// The practice in a folder that another process made.
    pub fn at(vault: PathBuf) -> Self {
        Self {
            _folder: tempfile::tempdir().expect("a folder"),
            vault,
            keyring: Arc::new(NoKeyring),
            recovery_key: String::new(),
            clinical_recovery_key: None,
        }
    }

    /// The same on a computer with this keyring.
    pub fn holding(self, keyring: Arc<dyn Keyring>) -> Self {
        Self { keyring, ..self }
    }

    /// Another folder on the same computer.
    pub fn beside(&self, vault: PathBuf) -> Self {
        Self { keyring: self.keyring.clone(), ..Self::at(vault) }
    }

    /// What a window or a command line on this computer would stand on.
    pub fn doorstep(&self) -> Doorstep {
        self.doorstep_at(now())
    }

    /// The same at another time.
    pub fn doorstep_at(&self, now: DateTime<Utc>) -> Doorstep {
        self.doorstep_of(self.vault.clone(), now)
    }

    /// The same before another folder.
    pub fn doorstep_of(&self, folder: PathBuf, now: DateTime<Utc>) -> Doorstep {
        Doorstep::new(Surroundings {
            folder,
            demonstration: self.vault.with_file_name("demonstration"),
            clock: Arc::new(FixedClock(now)),
            keyring: self.keyring.clone(),
            workstation: "accueil".to_owned(),
            os_account: "accueil/samia".to_owned(),
            costs: Costs::FLOOR,
        })
    }

    /// The first user's desk.
    pub async fn desk(&self) -> Arc<Desk> {
        self.sign_in("lefevre", PASSWORD).await.expect("the first user signs in")
    }

    /// A desk of its own for somebody.
    pub async fn sign_in(&self, login: &str, password: &str) -> Result<Arc<Desk>, CommandError> {
        let request = SignInRequest { login: login.to_owned(), password: password.to_owned() };
        sign_in::open(&self.doorstep(), request).await.map(|(desk, _)| desk)
    }
}

/// What a scenario books with.
pub struct Cast {
    pub practitioner: PractitionerId,
    pub kind: TypeId,
    pub patient: PatientId,
}

/// The practice as its desk sees it.
pub async fn known(desk: &Desk) -> PracticeView {
    practice::show_practice(desk, NothingRequest {}).await.expect("the practice")
}

/// The first practitioner, open on weekdays 9 to 18, the first type, and a patient.
pub async fn cast(desk: &Desk) -> Cast {
    let practice = known(desk).await;
    let practitioner = practice.practitioners[0].id;
    let line = |weekday| HoursLine {
        weekday,
        from: 9 * 60,
        to: 18 * 60,
        valid_from: None,
        valid_until: None,
        weeks: "every".to_owned(),
    };
    let request = SetHoursRequest {
        practitioner_id: practitioner,
        weekdays: (1..=5).collect(),
        lines: (1..=5).map(line).collect(),
    };
    practice::set_hours(desk, request).await.expect("hours");
    Cast { practitioner, kind: practice.types[0].id, patient: add_patient(desk, "DUPONT", "Marie", "1979-05-12").await }
}

/// Adds a patient.
pub async fn add_patient(desk: &Desk, surname: &str, first_name: &str, born: &str) -> PatientId {
    let fields = PatientFields {
        surname: surname.to_owned(),
        first_name: first_name.to_owned(),
        born: born.to_owned(),
        mobile: "0611223344".to_owned(),
        ..Default::default()
    };
    patient::create_patient(desk, CreatePatientRequest { fields }).await.expect("a patient").patient.id
}

/// A wall time.
pub fn at(text: &str) -> WallTime {
    text.parse().expect("a wall time")
}

/// Books 20 minutes.
pub async fn book(
    desk: &Desk,
    cast: &Cast,
    starts: WallTime,
    overbook: bool,
) -> Result<ChangedAppointmentView, CommandError> {
    let request = BookAppointmentRequest {
        practitioner_id: cast.practitioner,
        patient_id: Some(cast.patient),
        type_id: cast.kind,
        starts,
        minutes: None,
        origin: "phone".to_owned(),
        overbook,
        note: String::new(),
        contact_name: String::new(),
        contact_phone: String::new(),
        never_sync: false,
    };
    agenda::book_appointment(desk, request).await
}

/// The code of a refusal.
pub fn code<T>(result: Result<T, CommandError>) -> String {
    match result {
        Ok(_) => "done".to_owned(),
        Err(refusal) => refusal.code,
    }
}

/// Verifies the journal and says whether all is well.
pub async fn verified(desk: &Desk) -> bool {
    let found = semainier_app::commands::history::verify_journal(desk, NothingRequest {}).await;
    found.expect("a verification").ok
}

/// An appointment's status now.
pub async fn status(desk: &Desk, id: AppointmentId) -> String {
    use semainier_app::commands::agenda::wire::AppointmentRequest;
    let detail = agenda::show_appointment(desk, AppointmentRequest { id }).await.expect("the appointment");
    detail.appointment.status
}
