//! Disks that do not serve: read-only, full. What was there stays as it was; a clear code says what to do.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use semainier_app::commands::CommandError;
use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;

use crate::house::{House, PASSWORD, add_patient, at, book, cast, code, verified};

/// A mount that is undone.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, arguments: &[&str]) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount").args(arguments).arg(at).output().ok()?;
        if !done.status.success() {
            println!("skipped: nothing can be mounted here");
            return None;
        }
        Some(Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

fn contents(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all: Vec<_> = fs::read_dir(folder)
        .expect("the folder")
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).expect("a file")))
        .collect();
    all.sort();
    all
}

async fn refusal(house: &House) -> CommandError {
    let request = SignInRequest { login: "lefevre".to_owned(), password: PASSWORD.to_owned() };
    sign_in::open(&house.doorstep(), request).await.err().expect("refused")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_only_folder_is_named_and_left_as_it_is() {
    let house = House::without_keyring().await;
    let bound = house.vault.with_file_name("read-only");
    let source = house.vault.to_str().expect("a path").to_owned();
    let Some(mount) = Mount::new(&bound, &["--bind", &source]) else { return };
    let done = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&bound).output().expect("mount");
    assert!(done.status.success() && fs::write(bound.join("x"), "x").is_err(), "the mount is read-only");
    let there = House::at(bound.clone());
    let before = contents(&bound);
    assert_eq!(refusal(&there).await.code, "read_only");
    assert!(before == contents(&bound));
    drop(mount);
    house.desk().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_the_change_and_keeps_what_was_there() {
    let house = House::without_keyring().await;
    let small = house.vault.with_file_name("small");
    let Some(_mount) = Mount::new(&small, &["-t", "tmpfs", "-o", "size=6m", "tmpfs"]) else { return };
    let copied = Command::new("cp").arg("-a").arg(&house.vault).arg(small.join("vault")).status().expect("cp");
    assert!(copied.success());
    let there = House::at(small.join("vault"));
    let desk = there.desk().await;
    let cast = cast(&desk).await;
    let kept = book(&desk, &cast, at("2026-11-24T09:30"), false).await.expect("there is room yet").appointment.id;
    // Fill the disk to the last byte.
    let mut ballast = vec![0_u8; 1 << 16];
    ballast.fill(7);
    let mut file = fs::File::create(small.join("ballast")).expect("a file");
    while std::io::Write::write_all(&mut file, &ballast).is_ok() {}
    let mut refused = String::new();
    // The log may hold some more changes before the disk is asked for room.
    for number in 0..400 {
        let starts = at("2026-12-01T00:00").plus_minutes(number * 20);
        if let Err(error) = book(&desk, &cast, starts, false).await {
            refused = error.code;
            break;
        }
    }
    assert!(["disk_full", "disk_error"].contains(&refused.as_str()), "{refused}");
    drop(file);
    fs::remove_file(small.join("ballast")).expect("removed");
    let room = book(&desk, &cast, at("2027-01-05T09:30"), false).await;
    assert_eq!(code(room), "done", "with room again, it goes on");
    add_patient(&desk, "TAZI", "Meryem", "1990-01-02").await;
    assert_eq!(crate::house::status(&desk, kept).await, "booked");
    assert!(verified(&desk).await);
}
