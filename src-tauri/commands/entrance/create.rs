//! The first start: a practice, its first site and user, and its vault. The whole folder is made beside its place and moved
//! there at the end, so that a killed program leaves no half vault.

use std::fs;
use std::path::{Path, PathBuf};

use domain::id::{PracticeId, SiteId, TypeId, UserId};
use domain::time::Zone;

use super::doorstep::Doorstep;
use super::session_view;
use super::sign_in::{leave, open};
use super::wire::{CreatePracticeRequest, CreatedView, PreferencesView, PrintRecoverySheetRequest, SignInRequest};
use crate::commands::CommandError;
use crate::commands::access::good_password;
use crate::commands::access::users::{agenda_of, login, role};
use crate::commands::clock::{instant_text, make_id};
use crate::commands::record::first_texts;
use crate::commands::wire::FileView;
use crate::journal::{self, Author, ChangeRecord};
use crate::store::access::User;
use crate::store::planned::Planned as _;
use crate::store::practice::{AppointmentType, Practice, Site};
use crate::store::{self, FILE_NAME, Store, StoreError};
use crate::vault::{self, Created, NewUser, Password, VaultFile};

/// Makes the practice and signs its first user in. The recovery keys are in the view, this once.
///
/// # Errors
/// `vault_exists`, `name_missing`, `unknown_zone`, `bad_login`, `weak_password`, `read_only`, `disk_full`.
pub async fn create_practice(doorstep: &Doorstep, request: CreatePracticeRequest) -> Result<CreatedView, CommandError> {
    doorstep.choose_demonstration(false);
    let sign_in = SignInRequest { login: request.login.trim().to_owned(), password: request.password.clone() };
    let keys = make_practice(doorstep, request, false).await?;
    let (desk, _) = open(doorstep, sign_in).await?;
    let session = session_view(&desk).await?;
    leave(doorstep, doorstep.seat(Some(desk)), "signed_out").await;
    Ok(CreatedView { session, recovery_key: Some(keys.0), clinical_recovery_key: keys.1 })
}

/// The types that a new practice starts with, by language: name, short name, minutes, hue.
fn first_types(language: &str) -> [(&'static str, &'static str, i64, &'static str); 4] {
    match language {
        "ar" => [
            ("فحص", "ف", 20, "blue"),
            ("متابعة", "م", 15, "green"),
            ("شهادة", "ش", 15, "ochre"),
            ("مستعجل", "س", 15, "orange"),
        ],
        "en" => [
            ("Consultation", "c", 20, "blue"),
            ("Follow-up", "f", 15, "green"),
            ("Certificate", "cert", 15, "ochre"),
            ("Urgent", "u", 15, "orange"),
        ],
        _ => [
            ("Consultation", "c", 20, "blue"),
            ("Suivi", "s", 15, "green"),
            ("Certificat", "cert", 15, "ochre"),
            ("Urgence", "u", 15, "orange"),
        ],
    }
}

/// Makes the folder with everything in it; returns the recovery keys.
///
/// # Errors
/// As [`create_practice`].
pub async fn make_practice(
    doorstep: &Doorstep,
    request: CreatePracticeRequest,
    demonstration: bool,
) -> Result<(String, Option<String>), CommandError> {
    let folder = doorstep.folder();
    if doorstep.has_vault() {
        return Err(CommandError::new("vault_exists"));
    }
    let practice_name = request.practice.trim().to_owned();
    if practice_name.is_empty() {
        return Err(CommandError::field("name_missing", "practice"));
    }
    let name = request.name.trim().to_owned();
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    let login = login(&request.login)?;
    let role = role(&request.role)?;
    let zone: Zone = request.zone.trim().parse().map_err(|_| CommandError::field("unknown_zone", "zone"))?;
    let password = if demonstration {
        Password::new(request.password)
    } else {
        good_password(request.password, &[&login, &name, &practice_name], "password")?
    };
    let now = doorstep.around.clock.now();
    let user_id = UserId::new(make_id(now));
    let new = NewUser { id: user_id.uuid(), login: &login, name: &name, role: &role, password: &password };
    let clinical = role == "practitioner";
    let created = tokio::task::block_in_place(|| {
        VaultFile::create(make_id(now), &practice_name, &new, clinical, &doorstep.here())
    })?;
    let draft = Draft::begin(&folder)?;
    let first = First {
        practice: Practice {
            id: PracticeId::new(make_id(now)),
            name: practice_name.clone(),
            country: request.country,
            demonstration,
            created_at: instant_text(now),
        },
        site: Site {
            id: SiteId::new(make_id(now)),
            name: if request.site.trim().is_empty() { practice_name.clone() } else { request.site.trim().to_owned() },
            zone: zone.to_string(),
            address: String::new(),
            postcode: String::new(),
            city: String::new(),
            phone: String::new(),
            rank: 0,
            active: true,
        },
        user: User {
            id: user_id,
            login,
            name,
            administrator: true,
            role,
            practitioner_id: None,
            state: "active".to_owned(),
            preferences: serde_json::to_string(&PreferencesView {
                language: request.language.clone(),
                ..Default::default()
            })
            .map_err(|_| CommandError::new("bad_request"))?,
            created_at: instant_text(now),
        },
        speciality: request.speciality,
        language: request.language,
        workstation: doorstep.around.workstation.clone(),
    };
    first.write(draft.path(), &created, now).await?;
    let mut file = created.file;
    file.save(draft.path())?;
    draft.land(&folder)?;
    let clinical = created.clinical_recovery_key.map(|key| key.text().to_string());
    Ok((created.recovery_key.text().to_string(), clinical))
}

struct First {
    practice: Practice,
    site: Site,
    user: User,
    speciality: String,
    language: String,
    workstation: String,
}

impl First {
    async fn write(
        self,
        folder: &Path,
        created: &Created,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), CommandError> {
        for name in ["documents", "backups"] {
            fs::create_dir_all(folder.join(name)).map_err(|error| disk(&error))?;
        }
        let store = Store::create(&folder.join(FILE_NAME), &created.unlocked.database).await?;
        let written = self.rows(&store, created, now).await;
        store.close().await;
        written
    }

    async fn rows(
        self,
        store: &Store,
        created: &Created,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), CommandError> {
        let mut tx = store.write().await?;
        store::practice::save_practice(&mut tx, &self.practice).await?;
        store::practice::save_site(&mut tx, &self.site).await?;
        for (rank, (name, short_name, minutes, colour)) in first_types(&self.language).into_iter().enumerate() {
            let kind = AppointmentType {
                id: TypeId::new(make_id(now)),
                name: name.to_owned(),
                short_name: short_name.to_owned(),
                minutes,
                colour: colour.to_owned(),
                rank: i64::try_from(rank).unwrap_or(0),
                active: true,
                buffer_minutes: 0,
                online: false,
                needs_approval: false,
                instructions: String::new(),
                price_cents: None,
                provider_time: String::new(),
                practitioners: Vec::new(),
                sites: Vec::new(),
                resource_kinds: Vec::new(),
            };
            store::practice::save_type(&mut tx, &kind).await?;
        }
        let (templates, abbreviations) = first_texts(&self.language, || make_id(now));
        for one in &templates {
            one.save(&mut tx).await?;
        }
        for one in &abbreviations {
            one.save(&mut tx).await?;
        }
        let mut user = self.user;
        user.practitioner_id =
            agenda_of(|| make_id(now), &mut tx, &user.role, None, &user.name, &self.speciality).await?;
        store::access::save(&mut tx, &user).await?;
        let at = instant_text(now);
        let user_id = user.id.to_string();
        let practice = self.practice.id.to_string();
        let author = Author { at: &at, user_id: &user_id, workstation: &self.workstation, command: "create_practice" };
        let vault_id = created.file.vault();
        let change = ChangeRecord::created("practice", &self.practice);
        journal::append(&mut tx, vault_id, &author, &practice, &practice, &change).await?;
        let change = ChangeRecord::created("user", &user);
        journal::append(&mut tx, vault_id, &author, &user_id, &practice, &change).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(())
    }
}

/// The folder while it is made.
struct Draft(Option<PathBuf>);

impl Draft {
    fn begin(folder: &Path) -> Result<Self, CommandError> {
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(|error| disk(&error))?;
        let made = tempfile::Builder::new().prefix(".semainier-").tempdir_in(parent).map_err(|error| disk(&error))?;
        Ok(Self(Some(made.keep())))
    }

    fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new("."))
    }

    /// Moves everything to its place: at once where the place is free or empty, else file by file, `vault.json` last, since
    /// it is what makes a folder a vault.
    fn land(mut self, folder: &Path) -> Result<(), CommandError> {
        let made = self.path().to_owned();
        if folder.exists() && fs::read_dir(folder).map_err(|error| disk(&error))?.next().is_none() {
            fs::remove_dir(folder).map_err(|error| disk(&error))?;
        }
        if !folder.exists() {
            fs::rename(&made, folder).map_err(|error| disk(&error))?;
            self.0 = None;
            return Ok(());
        }
        if folder.join(FILE_NAME).exists() {
            return Err(CommandError::new("vault_exists"));
        }
        for name in ["documents", "backups", FILE_NAME, vault::FILE_NAME] {
            fs::rename(made.join(name), folder.join(name)).map_err(|error| disk(&error))?;
        }
        Ok(())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            // Nothing in it is anybody's yet.
            let _ = fs::remove_dir_all(path);
        }
    }
}

/// A failure of the file system, by its code.
pub(crate) fn disk(error: &std::io::Error) -> CommandError {
    use std::io::ErrorKind;
    CommandError::new(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk_full",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "read_only",
        ErrorKind::AlreadyExists | ErrorKind::DirectoryNotEmpty => "vault_exists",
        ErrorKind::NotFound => "folder_missing",
        _ => "disk_error",
    })
}

/// A recovery key as a page to keep in a safe.
///
/// # Errors
/// `print_failed`, `unknown_word`.
pub async fn print_recovery_sheet(
    doorstep: &Doorstep,
    request: PrintRecoverySheetRequest,
) -> Result<FileView, CommandError> {
    if !["practice", "clinical"].contains(&request.which.as_str()) {
        return Err(CommandError::field("unknown_word", "which"));
    }
    let file = VaultFile::load(&doorstep.folder())?;
    let language = match doorstep.desk() {
        Ok(desk) => session_view(&desk).await?.preferences.language,
        Err(_) => "fr".to_owned(),
    };
    let now = doorstep.around.clock.now();
    crate::commands::agenda::print::recovery_sheet(file.practice(), &request.which, &request.key, now, &language)
}
