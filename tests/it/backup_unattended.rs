//! The verification from outside writes nothing: not a byte, not a time stamp, whoever else has the vault open.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::Command;

use semainier_app::commands::entrance::sign_in;
use semainier_app::commands::entrance::wire::SignInRequest;
use semainier_app::commands::history::unattended::verify_unattended;
use semainier_app::store::FILE_NAME;
use semainier_app::vault::KeyringError;

use crate::backup_house::{House, add_patient, book, child, close, credentials, fingerprint, names};

async fn with_history() -> House {
    let mut house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    (house.recovery_key, house.clinical_recovery_key) = house.make_in().await;
    let desk = house.desk().await;
    let patient = add_patient(&desk, "Anne").await;
    for number in 0..6 {
        book(&desk, Some(patient), number).await.unwrap();
    }
    close(desk).await;
    house
}

#[tokio::test(flavor = "multi_thread")]
async fn verification_of_a_closed_vault_writes_nothing() {
    let house = with_history().await;
    let before = fingerprint(&house.folder());
    let view = verify_unattended(&house.doorstep(), credentials()).await.unwrap();
    assert!(view.ok, "{view:?}");
    assert_eq!(view.entries, 9);
    let wrong = SignInRequest { password: "no".into(), ..credentials() };
    assert_eq!(verify_unattended(&house.doorstep(), wrong).await.unwrap_err().code, "wrong_credentials");
    assert_eq!(fingerprint(&house.folder()), before);
}

/// Run as a child: opens the vault, books, and keeps it open until its input ends; then it is gone as if killed.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by another test, as a process of its own"]
async fn child_keeps_the_vault_open() {
    let house = House::empty();
    house.keyring.fail_with(Some(KeyringError::NoKeyring));
    let folder = PathBuf::from(std::env::var_os("SEMAINIER_TEST_VAULT").unwrap());
    let desk = sign_in::open(&house.doorstep_to(&folder), credentials()).await.unwrap().0;
    let mut number = 40;
    for line in std::iter::once(Ok(String::new())).chain(std::io::stdin().lines()) {
        if line.unwrap() == "many" {
            for _ in 0..300 {
                number += 1;
                book(&desk, None, number).await.unwrap();
            }
        } else {
            number += 1;
            book(&desk, None, number).await.unwrap();
        }
        println!("booked");
    }
    std::process::exit(0);
}

#[tokio::test(flavor = "multi_thread")]
async fn verification_of_a_vault_that_another_process_has_open_writes_nothing_and_sees_its_newest_entry() {
    let house = with_history().await;
    let folder = house.folder();
    let mut running = child("backup_unattended::child_keeps_the_vault_open", &[("SEMAINIER_TEST_VAULT", &folder)]);
    let mut told = running.stdin.take().unwrap();
    let mut lines = BufReader::new(running.stdout.take().unwrap()).lines();
    let mut booked = || assert!(lines.any(|line| line.unwrap().ends_with("booked")));
    booked();
    for entries in 10..14 {
        let before = fingerprint(&folder);
        assert!(before.keys().any(|path| path.to_string_lossy().ends_with("-wal")), "the other process is at work");
        let view = verify_unattended(&house.doorstep(), credentials()).await.unwrap();
        assert!(view.ok, "{view:?}");
        assert_eq!(view.entries, entries);
        assert_eq!(fingerprint(&folder), before);
        told.write_all(b"one\n").unwrap();
        booked();
    }
    // While it writes, and checkpoints, as fast as it can.
    told.write_all(b"many\n").unwrap();
    let mut last = 0;
    for _ in 0..3 {
        let view = verify_unattended(&house.doorstep(), credentials()).await.unwrap();
        assert!(view.ok, "{view:?}");
        assert!(view.entries >= last.max(14));
        last = view.entries;
    }
    booked();
    running.kill().unwrap();
    running.wait().unwrap();
    // Killed: the log stays behind, and verification leaves it there.
    let before = fingerprint(&folder);
    let view = verify_unattended(&house.doorstep(), credentials()).await.unwrap();
    assert!(view.ok, "{view:?}");
    assert_eq!(view.entries, 314);
    assert_eq!(fingerprint(&folder), before);
    assert!(names(&folder).contains(&format!("{FILE_NAME}-wal")));
}

#[tokio::test(flavor = "multi_thread")]
async fn verification_needs_no_writable_folder() {
    let house = with_history().await;
    let mounted = house.path("read-only");
    fs::create_dir(&mounted).unwrap();
    let bound = Command::new("mount").arg("--bind").arg(house.folder()).arg(&mounted).output();
    if !bound.is_ok_and(|done| done.status.success()) {
        eprintln!("SKIPPED: no folder can be mounted here");
        return;
    }
    let done = Command::new("mount").args(["-o", "remount,ro,bind"]).arg(&mounted).output();
    let read_only = done.is_ok_and(|done| done.status.success()) && fs::write(mounted.join("x"), "x").is_err();
    let view = verify_unattended(&house.doorstep_to(&mounted), credentials()).await;
    let _ = Command::new("umount").arg("-l").arg(&mounted).status();
    assert!(read_only, "the mount is read-only");
    assert!(view.unwrap().ok);
}
