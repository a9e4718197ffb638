//! The guided restore: the whole way from the entrance and from a session, and every way it can fail, each of which leaves
//! what was there in its place.

use std::fs;
use std::path::Path;
use std::process::Command;

use semainier_app::commands::access::wire::AddUserRequest;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::entrance::{self, sign_in};
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::history::wire::ListJournalRequest;
use semainier_app::commands::safekeeping::wire::{
    BackUpRequest, BackupContentView, InspectBackupRequest, RestoreBackupRequest, RestoreCredentials, RestoredView,
    SetBackupsRequest,
};
use semainier_app::commands::safekeeping::{
    back_up, cancel_restore, find_backups, inspect_backup, restore_backup, set_backups, show_restore_progress,
};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{CommandError, Desk, Doorstep, access, history};

use crate::backup::{backed_up, found};
use crate::backup_house::{House, LOGIN, PASSWORD, add_patient, close, credentials, fingerprint, names};

const NEW: &str = "Nouvelle-vigne-77-orage";

fn password(login: &str, password: &str) -> RestoreCredentials {
    RestoreCredentials::Password { login: login.to_owned(), password: password.to_owned() }
}

fn recovery(key: &str, clinical: &str, new_password: &str) -> RestoreCredentials {
    RestoreCredentials::RecoveryKey {
        login: LOGIN.to_owned(),
        recovery_key: key.to_owned(),
        clinical_recovery_key: clinical.to_owned(),
        new_password: new_password.to_owned(),
    }
}

async fn inspect(doorstep: &Doorstep, file: &Path) -> Result<BackupContentView, CommandError> {
    inspect_backup(doorstep, InspectBackupRequest { file: file.display().to_string() }).await
}

async fn restore(
    doorstep: &Doorstep,
    file: &Path,
    credentials: RestoreCredentials,
) -> Result<RestoredView, CommandError> {
    restore_backup(doorstep, RestoreBackupRequest { file: file.display().to_string(), credentials }).await
}

async fn add_secretary(desk: &Desk) {
    let request = AddUserRequest {
        login: "samia".to_owned(),
        name: "Samia".to_owned(),
        role: "secretary".to_owned(),
        administrator: false,
        practitioner_id: None,
        password: NEW.to_owned(),
    };
    access::add_user(desk, request).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn on_a_new_computer_the_recovery_key_brings_the_practice_back() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let laptop = House::empty();
    let doorstep = laptop.doorstep_as(&laptop.folder(), "laptop/claire");
    assert!(find_backups(&doorstep, NothingRequest {}).await.unwrap().backups.is_empty());
    let content = inspect(&doorstep, &file).await.unwrap();
    assert_eq!((content.practice.as_str(), content.present.as_str()), ("Cabinet des Tilleuls", "none"));
    assert_eq!(content.made_at, "2026-11-24T08:00:00.000Z");
    assert!(content.kept_in.is_none() && content.erasure_list && content.entries > 3);
    assert!(!content.users[0].enrolled_here, "a password does not serve here");
    // A password of the day does not open it here, and nothing unopened is put there.
    let refusal = restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.unwrap_err();
    assert_eq!(refusal.code, "not_enrolled_here");
    assert!(!laptop.folder().exists());
    let keys = recovery(&house.recovery_key.to_lowercase(), &house.clinical_recovery_key, NEW);
    let view = restore(&doorstep, &file, keys).await.unwrap();
    assert!(view.verified && view.kept_in.is_none() && view.warnings.is_empty());
    assert_eq!((view.entries, view.practice.as_str()), (content.entries, "Cabinet des Tilleuls"));
    assert_eq!(entrance::read_entrance(&doorstep, NothingRequest {}).await.unwrap().state, "closed");
    let request = SignInRequest { login: LOGIN.into(), password: NEW.into() };
    let desk = sign_in::open(&doorstep, request).await.unwrap().0;
    assert_eq!(found(&desk).await, 2);
    assert!(!desk.session().clinical_pending && !desk.session().old_keys);
    close(desk).await;
    assert_eq!(names(laptop.root.path()), ["practice"], "nothing is left of the work");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_vault_is_moved_aside_and_kept_as_it_is() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    add_patient(&desk, "Anne").await;
    back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    close(desk).await;
    fs::write(house.folder().join("vault.json"), "{ \"format\": 1, \"vau").unwrap();
    let doorstep = house.doorstep();
    assert!(entrance::read_entrance(&doorstep, NothingRequest {}).await.is_err());
    let listed = find_backups(&doorstep, NothingRequest {}).await.unwrap().backups;
    assert_eq!(listed.iter().map(|one| one.place.as_str()).collect::<Vec<_>>(), ["first"]);
    let file = Path::new(&listed[0].file).to_owned();
    let content = inspect(&doorstep, &file).await.unwrap();
    assert_eq!(content.present, "unreadable");
    let kept = house.path("practice-before-restore-20261124T080000Z");
    assert_eq!(content.kept_in, Some(kept.display().to_string()), "it is said before where it goes");
    let before = fingerprint(&house.folder());
    let view = restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.unwrap();
    assert!(view.verified);
    assert_eq!(view.kept_in, Some(kept.display().to_string()));
    let strip = |all: std::collections::BTreeMap<std::path::PathBuf, (std::time::SystemTime, Vec<u8>)>, root: &Path| {
        let inside = |path: std::path::PathBuf| path.strip_prefix(root).unwrap().to_owned();
        all.into_iter().map(|(path, (_, bytes))| (inside(path), bytes)).collect::<Vec<_>>()
    };
    assert!(strip(fingerprint(&kept), &kept) == strip(before, &house.folder()), "every byte of it is kept");
    let desk = house.desk().await;
    assert_eq!(found(&desk).await, 1);
    close(desk).await;
    assert!(verify_unattended(&doorstep, credentials()).await.unwrap().ok);
    // Its backups went with it, and are still found.
    let listed = find_backups(&doorstep, NothingRequest {}).await.unwrap().backups;
    assert_eq!(listed.iter().map(|one| one.place.as_str()).collect::<Vec<_>>(), ["aside"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_restores_from_their_session_which_ends() {
    let house = House::with_practice().await;
    let (desk, _) = backed_up(&house).await;
    let second = house.path("second");
    fs::create_dir(&second).unwrap();
    let places = SetBackupsRequest { second_place: second.display().to_string(), every_hours: 24, keep: 14 };
    set_backups(&desk, places).await.unwrap();
    back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    add_patient(&desk, "Chloé").await;
    close(desk).await;
    let doorstep = house.doorstep();
    entrance::sign_in(&doorstep, credentials()).await.unwrap();
    let listed = find_backups(&doorstep, NothingRequest {}).await.unwrap().backups;
    assert_eq!(listed.iter().filter(|one| one.place == "second").count(), 1, "a session knows the second place");
    let file = Path::new(&listed.iter().find(|one| one.place == "second").unwrap().file).to_owned();
    assert_eq!(inspect(&doorstep, &file).await.unwrap().present, "same");
    let view = restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.unwrap();
    assert!(view.verified);
    assert_eq!(doorstep.desk().err().unwrap().code, "locked");
    let desk = house.desk().await;
    assert_eq!(found(&desk).await, 2, "as on the day of the backup");
    close(desk).await;
    let before = house.desk_at(Path::new(&view.kept_in.unwrap())).await.unwrap();
    assert_eq!(found(&before).await, 3, "what came after lies in what was kept");
    close(before).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_may_not_manage_backups_is_refused_and_goes_on() {
    let house = House::with_practice().await;
    let (desk, _) = backed_up(&house).await;
    add_secretary(&desk).await;
    back_up(&desk, BackUpRequest { file: None }).await.unwrap();
    close(desk).await;
    let doorstep = house.doorstep();
    let samia = SignInRequest { login: "samia".into(), password: NEW.into() };
    entrance::sign_in(&doorstep, samia).await.unwrap();
    let file = house.path("copy.semainier-backup");
    // Not even with the administrator's password: whoever is signed in must be allowed to.
    let refusals = [
        find_backups(&doorstep, NothingRequest {}).await.err(),
        inspect(&doorstep, &file).await.err(),
        restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.err(),
    ];
    assert!(refusals.iter().flatten().filter(|refusal| refusal.code == "permission_denied").count() == 3);
    assert_eq!(names(house.root.path()), ["copy.semainier-backup", "erased.list", "practice"]);
    assert_eq!(found(&doorstep.desk().unwrap()).await, 2, "her session is still there");
    entrance::lock(&doorstep, NothingRequest {}).await.unwrap();
    let desk = house.desk().await;
    let request = ListJournalRequest { subject: None, before: None, limit: 10 };
    let entries = history::list_journal(&desk, request).await.unwrap().entries;
    assert_eq!(entries.iter().filter(|entry| entry.command == "permission_denied").count(), 3);
    close(desk).await;
    // Signed out, her own credentials decide: a secretary may not restore either.
    let newer = find_backups(&doorstep, NothingRequest {}).await.unwrap().backups.remove(0).file;
    let refusal = restore(&doorstep, Path::new(&newer), password("samia", NEW)).await.unwrap_err();
    assert_eq!(refusal.code, "permission_denied");
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_fails_leaves_the_vault_untouched() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let stranger = House::with_practice().await;
    let (desk, foreign) = backed_up(&stranger).await;
    close(desk).await;
    let bytes = fs::read(&file).unwrap();
    let mut flipped = bytes.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for (name, content) in [("flipped", flipped.as_slice()), ("cut", &bytes[..bytes.len() / 2]), ("other", b"letter")] {
        fs::write(house.path(name), content).unwrap();
    }
    let before = fingerprint(&house.folder());
    let standing = names(house.root.path());
    let wrong_key = recovery(&stranger.recovery_key, "", NEW);
    let right_key = || house.recovery_key.clone();
    let ways = [
        (house.path("flipped"), password(LOGIN, PASSWORD), "backup_damaged", Some("file")),
        (house.path("cut"), password(LOGIN, PASSWORD), "backup_damaged", None),
        (house.path("other"), password(LOGIN, PASSWORD), "not_a_backup", None),
        (house.path("missing"), password(LOGIN, PASSWORD), "file_missing", None),
        (foreign, password(LOGIN, PASSWORD), "backup_other_vault", Some("file")),
        (file.clone(), password(LOGIN, "not this one"), "wrong_credentials", Some("password")),
        (file.clone(), password("nobody", PASSWORD), "wrong_credentials", Some("password")),
        (file.clone(), wrong_key, "wrong_recovery_key", Some("recovery_key")),
        (file.clone(), recovery("AAAAA", "", NEW), "bad_recovery_key", Some("recovery_key")),
        (file.clone(), recovery(&right_key(), "", "court"), "weak_password", Some("new_password")),
    ];
    for (file, credentials, code, field) in ways {
        let doorstep = house.doorstep();
        let refusal = restore(&doorstep, &file, credentials).await.unwrap_err();
        assert_eq!(refusal.code, code, "{}", file.display());
        if let (Some(field), false) = (field, code == "backup_damaged") {
            assert_eq!(refusal.field.as_deref(), Some(field), "{code}");
        }
        assert!(fingerprint(&house.folder()) == before, "{code} touched the vault");
        assert_eq!(names(house.root.path()), standing, "{code} left something behind");
        assert_eq!(show_restore_progress(&doorstep, NothingRequest {}).await.unwrap().step, "none");
    }
    // The reading alone tells as well, beside the file.
    let refusal = inspect(&house.doorstep(), &house.path("flipped")).await.unwrap_err();
    assert_eq!((refusal.code.as_str(), refusal.field.as_deref()), ("backup_damaged", Some("file")));
    let desk = house.desk().await;
    assert_eq!(found(&desk).await, 2);
    close(desk).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_at_a_backups_password_waits() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let doorstep = house.doorstep();
    let mut codes = Vec::new();
    for _ in 0..3 {
        codes.push(restore(&doorstep, &file, password(LOGIN, "a guess")).await.unwrap_err().code);
    }
    assert_eq!(codes, ["wrong_credentials", "wrong_credentials", "wait"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restore_can_be_stopped_and_runs_alone() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let before = fingerprint(&house.folder());
    let standing = names(house.root.path());
    let doorstep = house.doorstep();
    let stopping = async {
        while show_restore_progress(&doorstep, NothingRequest {}).await.unwrap().step == "none" {
            tokio::task::yield_now().await;
        }
        let second = inspect(&doorstep, &file).await.unwrap_err();
        cancel_restore(&doorstep, NothingRequest {}).await.unwrap();
        second
    };
    let (stopped, second) = tokio::join!(restore(&doorstep, &file, password(LOGIN, PASSWORD)), stopping);
    assert_eq!(second.code, "busy");
    assert_eq!(stopped.unwrap_err().code, "restore_cancelled");
    assert!(fingerprint(&house.folder()) == before);
    assert_eq!(names(house.root.path()), standing);
    assert!(restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.unwrap().verified, "and begun again");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_list_of_the_erased_is_told_and_one_that_is_there_is_applied() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    let mut tx = desk.store().write().await.unwrap();
    let id: String = sqlx::query_scalar("SELECT erasure_id FROM patient WHERE first_name = 'Anne'")
        .fetch_one(&mut *tx)
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    close(desk).await;
    let laptop = House::empty();
    let alone = laptop.path("alone.semainier-backup");
    fs::copy(&file, &alone).unwrap();
    let doorstep = laptop.doorstep();
    assert!(!inspect(&doorstep, &alone).await.unwrap().erasure_list);
    let view = restore(&doorstep, &alone, recovery(&house.recovery_key, "", NEW)).await.unwrap();
    assert_eq!((view.warnings, view.erased), (vec!["erasure_list_missing".to_owned()], 0));
    fs::write(house.folder().join("erased.list"), format!("{id}\n")).unwrap();
    let view = restore(&house.doorstep(), &file, password(LOGIN, PASSWORD)).await.unwrap();
    assert!(view.warnings.is_empty());
    assert_eq!(view.erased, 1, "and it is said that somebody was erased again");
    let desk = house.desk().await;
    assert_eq!(found(&desk).await, 1);
    close(desk).await;
}

/// A mount that is undone.
struct Mount<'a>(&'a Path);

impl Drop for Mount<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_the_vault_in_its_place() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let small = house.path("small");
    fs::create_dir(&small).unwrap();
    let size = fs::metadata(&file).unwrap().len();
    let room = format!("size={}", size * 3 / 2 + 65_536);
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", &room, "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        println!("skipped: nothing can be mounted here");
        return;
    }
    let _mount = Mount(&small);
    let folder = small.join("practice");
    assert!(Command::new("cp").arg("-a").arg(house.folder()).arg(&folder).status().unwrap().success());
    let before = fingerprint(&folder);
    let doorstep = house.doorstep_to(&folder);
    let refusal = restore(&doorstep, &file, password(LOGIN, PASSWORD)).await.unwrap_err();
    assert_eq!(refusal.code, "disk_full");
    assert!(fingerprint(&folder) == before);
    assert_eq!(names(&small), ["practice"], "what was half unpacked is gone");
    let desk = house.desk_at(&folder).await.unwrap();
    assert_eq!(found(&desk).await, 2);
    close(desk).await;
}
