//! Backups that were cut, bent, forged or begun and not finished: refused, and nothing half-made is left.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use semainier_app::backup::{self, BackupError, EXTENSION};
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::commands::safekeeping::wire::RestoreDrillRequest;
use semainier_app::commands::safekeeping::{self};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::vault::KeyringError;

use crate::backup_house::{House, add_patient, child, close, credentials, names};

use crate::backup::{backed_up, backups_in, verify};

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_that_was_cut_anywhere_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    let cut = house.path("cut");
    for length in [0, 1, 511, 512, 2_000, whole.len() / 2, whole.len() - 1_024, whole.len() - 1] {
        fs::write(&cut, &whole[..length]).unwrap();
        let refusal = verify(&house, &cut).await.unwrap_err();
        assert!(matches!(refusal, BackupError::NotABackup | BackupError::Damaged(_)), "{length}: {refusal:?}");
        let to = house.path("restored");
        let before = names(house.root.path());
        let restored = safekeeping::restore_from_file(&house.doorstep(), &cut, &to, credentials()).await;
        assert!(["not_a_backup", "backup_damaged"].contains(&restored.unwrap_err().code.as_str()));
        assert_eq!(names(house.root.path()), before, "nothing is left behind");
    }
    fs::write(&cut, [whole.as_slice(), b"more"].concat()).unwrap();
    assert!(matches!(verify(&house, &cut).await, Err(BackupError::Damaged(_))), "something was put behind it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flipped_bit_anywhere_in_a_backup_is_found() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    let flipped = house.path("flipped");
    let step = whole.len() / 97;
    let places = (0..whole.len()).step_by(step).chain([100, 257, 600, whole.len() - 1, whole.len() - 600]);
    for place in places {
        let mut bytes = whole.clone();
        bytes[place] ^= 0x10;
        fs::write(&flipped, &bytes).unwrap();
        let refusal = verify(&house, &flipped).await;
        assert!(refusal.is_err(), "byte {place} of {} can be changed unseen", whole.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manifest_written_anew_around_an_older_database_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let whole = fs::read(&file).unwrap();
    // The date alone, with a right checksum everywhere: only the seal can tell.
    let text = b"\"made_at\": \"2026";
    let place = whole.windows(text.len()).position(|window| window == text).unwrap() + text.len() - 1;
    let mut later = whole.clone();
    later[place] = b'9';
    let forged = house.path("forged");
    fs::write(&forged, &later).unwrap();
    assert!(matches!(verify(&house, &forged).await, Err(BackupError::Damaged("manifest"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_vaults_backup_is_refused() {
    let house = House::with_practice().await;
    let (desk, file) = backed_up(&house).await;
    close(desk).await;
    let other = House::with_practice().await;
    let theirs = other.desk().await;
    let request = RestoreDrillRequest { file: Some(file.display().to_string()) };
    assert_eq!(safekeeping::restore_drill(&theirs, request).await.unwrap_err().code, "backup_other_vault");
    let verified = backup::verify(&file, &other.key(&other.folder()), other.root.path()).await;
    assert!(matches!(verified, Err(BackupError::OtherKey)));
    close(theirs).await;
}

/// Run as a child: makes backups until it is killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by another test, as a process of its own"]
async fn child_backs_up_for_ever() {
    let house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    let folder = PathBuf::from(std::env::var_os("SEMAINIER_TEST_VAULT").unwrap());
    let place = PathBuf::from(std::env::var_os("SEMAINIER_TEST_PLACE").unwrap());
    let desk = sign_in::open(&house.doorstep_as(&folder, "office/other"), credentials()).await.unwrap().0;
    println!("ready");
    for number in 0.. {
        safekeeping::backup_to_file(&desk, &place.join(format!("{number}.{EXTENSION}"))).await.unwrap();
        println!("made");
    }
}

/// A practice without a keyring, so that another process opens it too.
async fn without_keyring() -> House {
    let mut house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    (house.recovery_key, house.clinical_recovery_key) = house.make_in().await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_backup_leaves_no_half_file_and_the_next_one_tidies_up() {
    let house = without_keyring().await;
    let desk = house.desk().await;
    add_patient(&desk, "Anne").await;
    close(desk).await;
    let place = house.path("place");
    fs::create_dir(&place).unwrap();
    for round in 0..4 {
        let folder = house.folder();
        let variables = [("SEMAINIER_TEST_VAULT", folder.as_path()), ("SEMAINIER_TEST_PLACE", place.as_path())];
        let mut running = child("backup_harm::child_backs_up_for_ever", &variables);
        let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let wait_for = ["ready", "made", "made", "ready"][round];
        assert!(lines.any(|line| line.unwrap().ends_with(wait_for)));
        // In the middle of the next one: its work folder is there.
        while !names(&place).iter().any(|name| name.starts_with(".semainier-work-")) {
            assert!(running.try_wait().unwrap().is_none(), "the child ended by itself");
            std::thread::yield_now();
        }
        running.kill().unwrap();
        running.wait().unwrap();
        for name in backups_in(&place) {
            verify(&house, &place.join(&name)).await.unwrap();
            fs::remove_file(place.join(name)).unwrap();
        }
    }
    let desk = house.desk().await;
    safekeeping::backup_to_file(&desk, &place.join(format!("last.{EXTENSION}"))).await.unwrap();
    close(desk).await;
    assert_eq!(names(&place), ["erased.list", &format!("last.{EXTENSION}")]);
    let left: Vec<_> =
        names(&house.folder().join("backups")).into_iter().filter(|name| name.contains("work")).collect();
    assert_eq!(left, Vec::<String>::new());
    assert!(verify_unattended(&house.doorstep(), credentials()).await.unwrap().ok);
}

/// A mount that is undone.
struct Mount(PathBuf);

impl Mount {
    fn tmpfs(at: &Path, size: &str) -> Option<Self> {
        let options = format!("size={size}");
        let done = Command::new("mount").args(["-t", "tmpfs", "-o", &options, "tmpfs"]).arg(at).output().ok()?;
        done.status.success().then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_leaves_no_half_backup() {
    let house = House::with_practice().await;
    let desk = house.desk().await;
    let small = house.path("small");
    fs::create_dir(&small).unwrap();
    let Some(mounted) = Mount::tmpfs(&small, "96k") else {
        eprintln!("SKIPPED: no small file system can be mounted here");
        close(desk).await;
        return;
    };
    let refusal = safekeeping::backup_to_file(&desk, &small.join("x.semainier-backup")).await.unwrap_err();
    assert_eq!(refusal.code, "disk_full");
    assert_eq!(names(&small), Vec::<String>::new());
    let left: Vec<_> =
        names(&house.folder().join("backups")).into_iter().filter(|name| name.contains("work")).collect();
    assert_eq!(left, Vec::<String>::new());
    let listed = safekeeping::list_backups(&desk, NothingRequest {}).await.unwrap();
    assert_eq!(listed.backups[0].code, "disk_full");
    drop(mounted);
    // A restore onto it leaves nothing either.
    let file = house.path("good.semainier-backup");
    safekeeping::backup_to_file(&desk, &file).await.unwrap();
    close(desk).await;
    let Some(_mounted) = Mount::tmpfs(&small, "96k") else { return };
    let to = small.join("restored");
    let refusal = safekeeping::restore_from_file(&house.doorstep(), &file, &to, credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "disk_full");
    assert_eq!(names(&small), Vec::<String>::new());
}

/// A container with one thing wrong in it.
fn forged(house: &House, name: &str, change: impl FnOnce(&mut tar::Builder<fs::File>)) -> PathBuf {
    let path = house.path(name);
    let mut tar = tar::Builder::new(fs::File::create(&path).unwrap());
    change(&mut tar);
    tar.into_inner().unwrap().flush().unwrap();
    path
}

fn put(tar: &mut tar::Builder<fs::File>, name: &[u8], kind: tar::EntryType, size: u64, bytes: &[u8]) {
    let mut header = tar::Header::new_ustar();
    header.as_old_mut().name[..name.len()].copy_from_slice(name);
    header.set_entry_type(kind);
    header.set_size(size);
    header.set_mode(0o600);
    if kind == tar::EntryType::Symlink {
        header.set_link_name("/etc/passwd").unwrap();
    }
    header.set_cksum();
    tar.append(&header, bytes).unwrap();
}

fn manifest_naming(parts: &[(&str, u64)]) -> Vec<u8> {
    let parts: Vec<_> = parts
        .iter()
        .map(|(name, bytes)| serde_json::json!({ "name": name, "bytes": bytes, "sha256": "0".repeat(64) }))
        .collect();
    serde_json::to_vec(&serde_json::json!({
        "format": 1, "vault": "01980000-0000-7000-8000-000000000001", "key_id": 1, "made_at": "2026-11-24T08:00:00Z",
        "head": { "sequence": 0, "hash": "" }, "entries": 0, "parts": parts
    }))
    .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_container_made_to_do_harm_writes_nothing_outside() {
    use tar::EntryType::{GNUSparse, Regular, Symlink, XHeader};
    let house = House::with_practice().await;
    let start = |tar: &mut tar::Builder<fs::File>, parts: &[(&str, u64)]| {
        let manifest = manifest_naming(parts);
        put(tar, b"manifest.json", Regular, manifest.len() as u64, &manifest);
        put(tar, b"manifest.seal", Regular, 32, &[0; 32]);
    };
    let usual = [("vault.json", 1), ("practice.db", 1)];
    let files = [
        forged(&house, "up", |tar| {
            start(tar, &[usual[0], usual[1], ("../evil", 4)]);
            put(tar, b"../evil", Regular, 4, b"evil");
        }),
        forged(&house, "absolute", |tar| start(tar, &[usual[0], usual[1], ("/evil", 4)])),
        forged(&house, "document", |tar| start(tar, &[usual[0], usual[1], ("documents/../../evil", 4)])),
        forged(&house, "link", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", Symlink, 0, b"");
        }),
        forged(&house, "sparse", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", GNUSparse, 1, b"x");
        }),
        forged(&house, "renamed", |tar| {
            start(tar, &usual);
            put(tar, b"vault.json", XHeader, 18, b"18 path=../evil0\n\n");
        }),
        forged(&house, "twice", |tar| start(tar, &[usual[0], usual[1], usual[1]])),
        forged(&house, "huge", |tar| {
            start(tar, &[("vault.json", 1 << 20), ("practice.db", u64::MAX / 2)]);
            put(tar, b"vault.json", Regular, 1 << 20, b"x");
        }),
        forged(&house, "huge_manifest", |tar| put(tar, b"manifest.json", Regular, 1 << 40, b"{}")),
        forged(&house, "database_missing", |tar| start(tar, &[usual[0]])),
        forged(&house, "no_tar", |_| {}),
    ];
    let before = names(house.root.path());
    for file in &files {
        let to = house.path("restored");
        let refusal = safekeeping::restore_from_file(&house.doorstep(), file, &to, credentials()).await.unwrap_err();
        assert!(["backup_damaged", "not_a_backup"].contains(&refusal.code.as_str()), "{file:?}: {refusal:?}");
        assert_eq!(names(house.root.path()), before, "{file:?}");
    }
    let newer = forged(&house, "newer", |tar| {
        put(tar, b"manifest.json", Regular, 12, b"{\"format\":3}");
    });
    let to = house.path("restored");
    let refusal = safekeeping::restore_from_file(&house.doorstep(), &newer, &to, credentials()).await.unwrap_err();
    assert_eq!(refusal.code, "newer_version");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sweep_takes_what_is_abandoned_and_leaves_what_is_in_use() {
    let house = House::empty();
    let place = house.path("place");
    let make = |name: &str, files: &[&str]| {
        let folder = place.join(format!(".semainier-work-{name}"));
        fs::create_dir_all(&folder).unwrap();
        for file in files {
            fs::write(folder.join(file), "x").unwrap();
        }
        folder
    };
    make("killed", &["lock", "backup"]);
    make("killed-at-once", &[]);
    let used = make("used", &["lock", "backup"]);
    make("not-ours", &["somebody's letter"]);
    let lock = fs::File::open(used.join("lock")).unwrap();
    lock.try_lock().unwrap();
    backup::sweep(&place);
    assert_eq!(names(&place), [".semainier-work-not-ours", ".semainier-work-used"]);
    assert_eq!(names(&used), ["backup", "lock"]);
    drop(lock);
    backup::sweep(&place);
    assert_eq!(names(&place), [".semainier-work-not-ours"]);
}
