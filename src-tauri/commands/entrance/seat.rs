//! From opened keys and database to a desk: the role in the database counts, grants are taken in, the clinical key pair is made
//! where a first practitioner comes, and a `vault.json` that is older than the database knows is not believed.
//!
//! An old file was put back by somebody: to bring an old password back, or because the present file was lost. Whoever proves
//! more than the old file could tell (a password that was never changed since, or the recovery key) goes on from it; passwords
//! that were changed since, and users who left, do not come back with it. Everybody else is refused.

use std::path::Path;
use std::sync::{Arc, Mutex};

use domain::id::{PatientId, UserId};

use super::doorstep::Doorstep;
use crate::commands::access::key_file::{known, note};
use crate::commands::access::reads_clinical;
use crate::commands::clock::instant_text;
use crate::commands::desk::{Desk, Session};
use crate::commands::patient::save::patient_key_place;
use crate::commands::practice::premises;
use crate::commands::{CommandError, archive, documents, prescription, results, retention, safekeeping, takeover};
use crate::journal::{self, Author, ChangeRecord};
use crate::store::access::User;
use crate::store::{self, Store, StoreError};
use crate::vault::{self, KnownFile, Password, PatientKey, Unlocked, VaultFile};

/// Somebody whose keys are open.
pub(super) struct Entering<'a> {
    pub login: &'a str,
    pub password: &'a Password,
    /// The file, perhaps changed since it was loaded.
    pub file: VaultFile,
    /// What stands on the disk.
    pub on_disk: KnownFile,
    pub unlocked: Unlocked,
    /// By the recovery key: the file was changed and must be saved.
    pub recovered: bool,
}

/// Makes the desk. Also returns the clinical recovery key, where it was made.
///
/// # Errors
/// `signed_out` for a disabled user, `vault_file_old`, `changed_meanwhile` where the keys were changed in these very moments,
/// and what vault and store refuse.
pub(super) async fn seat(
    doorstep: &Doorstep,
    folder: &Path,
    store: &Store,
    entering: Entering<'_>,
) -> Result<(Arc<Desk>, Option<String>), CommandError> {
    let Entering { login, password, mut file, mut on_disk, mut unlocked, recovered } = entering;
    let mut connection = store.read().await?;
    let user = store::access::user(&mut connection, UserId::new(unlocked.user))
        .await?
        .filter(|user| user.state != "disabled")
        .ok_or_else(|| CommandError::new("signed_out"))?;
    let users = store::access::users(&mut connection).await?;
    let premises = premises(&mut connection).await?;
    let known = known(&mut connection).await?;
    drop(connection);
    let mut must_save = recovered;
    let mut shut_out = None;
    if let Some(newest) = known.as_ref().filter(|newest| on_disk.revision < newest.revision) {
        shut_out = Some(go_on(folder, &mut file, &unlocked, newest, &users, recovered)?);
        must_save = true;
    }
    let mut amended = must_save;
    if unlocked.role != user.role {
        file.set_role(&mut unlocked, &user.role)?;
        amended = true;
    } else if unlocked.unsettled {
        file.settle(&mut unlocked)?;
        amended = true;
    }
    let mut recovery = None;
    if user.role == "practitioner" && file.clinical_public_key().is_none() {
        if known.as_ref().is_some_and(|newest| file.lacks_clinical(newest)) {
            return Err(CommandError::new("vault_file_old"));
        }
        recovery = Some(file.make_clinical_key(&mut unlocked)?.text().to_string());
        (amended, must_save) = (true, true);
    }
    if amended {
        // A folder that cannot be written still opens to read: what waits is taken in next time. What opens only if it is kept
        // must be kept, though.
        match file.save(folder) {
            Ok(()) => on_disk = file.known(),
            Err(error) if must_save => return Err(error.into()),
            Err(_) => {}
        }
    }
    if !unlocked.enrolled_here {
        let (here, mut changed) = (doorstep.here(), file.clone());
        let enrolled = tokio::task::block_in_place(|| changed.enrol_here(login, password, &here));
        if let Ok(session) = enrolled
            && changed.save(folder).is_ok()
        {
            unlocked = session;
            on_disk = changed.known();
            file = changed;
        }
    }
    let clinical_pending = user.role == "practitioner" && !reads_clinical(&unlocked);
    let desk = Desk {
        store: store.clone(),
        session: Session {
            user_id: user.id,
            login: user.login.clone(),
            name: user.name.clone(),
            roles: user.roles(),
            role: user.role.clone(),
            practitioner_id: user.practitioner_id,
            clinical_pending,
            old_keys: shut_out.is_some(),
        },
        folder: folder.to_owned(),
        vault_id: file.vault(),
        workstation: doorstep.around.workstation.clone(),
        os_account: doorstep.around.os_account.clone(),
        clock: doorstep.around.clock.clone(),
        keyring: doorstep.around.keyring.clone(),
        clinical_public: file.clinical_public_key(),
        costs: doorstep.around.costs,
        unlocked: tokio::sync::Mutex::new(unlocked),
        premises: Mutex::new(premises),
        events: doorstep.events.clone(),
        takeover: takeover::TakeoverDesk::default(),
        leaving: archive::ArchiveDesk::default(),
        reading: crate::commands::record::Reading::default(),
        filing: documents::FilingDesk::default(),
        archive: retention::ArchiveDesk::default(),
        last_known: prescription::LastKnown::default(),
        processor: crate::commands::processor::Connected::default(),
        sync: crate::commands::sync::SyncDesk::default(),
    };
    if known.is_none_or(|known| known.revision < on_disk.revision) {
        remember(&desk, &on_disk, &file, &users, shut_out).await?;
    }
    if recovery.is_some() {
        make_patient_keys(&desk).await?;
    }
    safekeeping::honour_erasures(&desk).await?;
    // What cannot be tidied or taken in now is the next session's; it keeps nobody out.
    let _ = results::inbox::tidy(&desk).await;
    let _ = documents::sweep::sweep(&desk).await;
    let _ = archive::tidy(&desk).await;
    let _ = results::take_in::take_in(&desk, None).await;
    let _ = retention::tidy(&desk).await;
    let _ = crate::commands::sync::connect(&desk).await;
    Ok((Arc::new(desk), recovery))
}

/// Makes an old file the newest again, for somebody who proved enough. Returns who needs a new password.
fn go_on(
    folder: &Path,
    file: &mut VaultFile,
    unlocked: &Unlocked,
    newest: &KnownFile,
    users: &[User],
    recovered: bool,
) -> Result<Vec<uuid::Uuid>, CommandError> {
    // The keys may have been changed between the reading of the file and of the database.
    if VaultFile::load(folder)?.revision() >= newest.revision {
        return Err(CommandError::new("changed_meanwhile"));
    }
    if !recovered && !file.has_newest_password(unlocked.user, newest) {
        return Err(CommandError::new("vault_file_old"));
    }
    let standing: Vec<uuid::Uuid> =
        users.iter().filter(|user| user.state != "disabled").map(|user| user.id.uuid()).collect();
    Ok(file.overtake(&unlocked.database, newest, unlocked.user, &standing)?)
}

/// Remembers the file that stands on the disk; where an old one was put back, says so in the journal, and notes the
/// practitioners whose reading of the record it does not know yet.
async fn remember(
    desk: &Desk,
    on_disk: &KnownFile,
    file: &VaultFile,
    users: &[User],
    shut_out: Option<Vec<uuid::Uuid>>,
) -> Result<(), CommandError> {
    let mut tx = desk.store.write().await?;
    note(&mut tx, on_disk).await?;
    if let Some(shut_out) = shut_out {
        let holds: Vec<uuid::Uuid> =
            file.users().into_iter().filter(|user| user.clinical).map(|user| user.id).collect();
        let active = users.iter().filter(|user| user.role == "practitioner" && user.state == "active");
        for user in active.filter(|user| !holds.contains(&user.id.uuid()) && desk.clinical_public.is_some()) {
            let pending = User { state: "clinical_pending".to_owned(), ..user.clone() };
            store::access::save(&mut tx, &pending).await?;
        }
        let at = instant_text(desk.now());
        let (user, practice) = (desk.session.user_id.to_string(), desk.premises().practice_id.to_string());
        let author = Author { at: &at, user_id: &user, workstation: &desk.workstation, command: "old_keys_put_back" };
        let shut_out: Vec<String> = shut_out.iter().map(ToString::to_string).collect();
        let change = ChangeRecord::created("keys", &serde_json::json!({ "need_a_new_password": shut_out }));
        journal::append(&mut tx, desk.vault_id, &author, &practice, &practice, &change).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Patients who were there before the first practitioner get their clinical keys now.
async fn make_patient_keys(desk: &Desk) -> Result<(), CommandError> {
    let Some((public, key_id)) = &desk.clinical_public else { return Ok(()) };
    let at = instant_text(desk.now());
    let mut tx = desk.store.write().await?;
    let without: Vec<PatientId> = store::patient::without_key(&mut tx).await?;
    for id in without {
        let text = id.to_string();
        let key = PatientKey::make().map_err(|_| CommandError::new("no_randomness"))?;
        let place = patient_key_place(desk.vault_id, &text, 1, *key_id);
        let sealed = vault::seal_to(public, &place, key.expose()).map_err(|_| CommandError::new("no_randomness"))?;
        store::patient::insert_key(&mut tx, id, 1, &sealed, &at).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}
