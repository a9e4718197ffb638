//! `vault.json` on the disk.

use std::fs;
use std::thread;

use super::*;

#[test]
fn a_saved_vault_opens_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let mut practice = Practice::new();
    practice.file.save(folder.path()).unwrap();
    practice.file = VaultFile::load(folder.path()).unwrap();
    assert_eq!(practice.file.practice(), "Cabinet des Lilas");
    assert_eq!(practice.file.vault(), VAULT);
    assert!(practice.sign_in("anne").is_ok());
    practice.file.rename_practice(&practice.anne.database, "Cabinet").unwrap();
    practice.file.save(folder.path()).unwrap();
    assert_eq!(VaultFile::load(folder.path()).unwrap().practice(), "Cabinet");
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| name == FILE_NAME || name == ".vault.lock"), "{names:?}");
}

#[test]
fn no_vault_is_told_from_a_damaged_one() {
    let folder = tempfile::tempdir().unwrap();
    let load = || refusal(VaultFile::load(folder.path()));
    assert_eq!(load(), VaultError::Missing);
    assert_eq!(refusal(VaultFile::load(&folder.path().join("nowhere"))), VaultError::Missing);
    let path = folder.path().join(FILE_NAME);
    fs::write(&path, b"").unwrap();
    assert_eq!(load(), VaultError::Damaged { what: "not readable" });
    fs::write(&path, b"PK\x03\x04\xff").unwrap();
    assert_eq!(load(), VaultError::Damaged { what: "not readable" });
    fs::write(&path, vec![b' '; MAX_FILE_BYTES as usize + 1]).unwrap();
    assert_eq!(load(), VaultError::Damaged { what: "too large" });
    fs::remove_file(&path).unwrap();
    fs::create_dir(&path).unwrap();
    assert!(matches!(load(), VaultError::Io(_)));
}

#[test]
fn a_new_vault_never_replaces_one_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = Practice::new();
    first.file.save(folder.path()).unwrap();
    let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
    let mut second = Practice::new();
    assert_eq!(refusal(second.file.save(folder.path())), VaultError::AlreadyThere);
    assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), before);
}

#[test]
fn two_windows_do_not_overwrite_each_others_changes() {
    let folder = tempfile::tempdir().unwrap();
    let mut practice = Practice::new();
    practice.file.save(folder.path()).unwrap();
    let mut other = VaultFile::load(folder.path()).unwrap();
    other.rename_practice(&practice.anne.database, "theirs").unwrap();
    other.save(folder.path()).unwrap();
    practice.file.rename_practice(&practice.anne.database, "ours").unwrap();
    assert_eq!(refusal(practice.file.save(folder.path())), VaultError::ChangedMeanwhile);
    assert_eq!(VaultFile::load(folder.path()).unwrap().practice(), "theirs");
    // Saving twice in a row is no conflict with oneself.
    other.save(folder.path()).unwrap();
    other.save(folder.path()).unwrap();
    fs::remove_file(folder.path().join(FILE_NAME)).unwrap();
    assert_eq!(refusal(other.save(folder.path())), VaultError::Missing);
}

#[test]
fn many_savers_at_once_lose_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let mut practice = Practice::new();
    practice.file.save(folder.path()).unwrap();
    let first = practice.file.revision();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..5 {
                    loop {
                        let mut file = VaultFile::load(folder.path()).unwrap();
                        file.rename_practice(&practice.anne.database, "Cabinet").unwrap();
                        match file.save(folder.path()) {
                            Ok(()) => break,
                            Err(error) => assert_eq!(error, VaultError::ChangedMeanwhile),
                        }
                    }
                }
            });
        }
    });
    assert_eq!(VaultFile::load(folder.path()).unwrap().revision(), first + 40);
}

#[test]
fn a_folder_that_is_gone_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let mut practice = Practice::new();
    let error = refusal(practice.file.save(&folder.path().join("nowhere")));
    assert_eq!(error, VaultError::Io(std::io::ErrorKind::NotFound));
}

#[cfg(unix)]
#[test]
fn who_could_read_the_file_before_can_read_it_after() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(FILE_NAME);
    let mut practice = Practice::new();
    practice.file.save(folder.path()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    practice.file.save(folder.path()).unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
}

#[cfg(target_os = "linux")]
#[test]
fn a_failed_write_leaves_the_old_file_and_nothing_else() {
    // The lock file exists already and a limit on file size stands in for a full disk: the write itself fails half-way.
    // It must not hit other tests, so it is tried in a process of its own, which runs this very test.
    use rustix::process::{Resource, Rlimit, setrlimit};
    const FOLDER: &str = "SEMAINIER_TEST_FULL_DISK";
    if let Some(folder) = std::env::var_os(FOLDER) {
        let folder = std::path::PathBuf::from(folder);
        let mut file = VaultFile::load(&folder).unwrap();
        setrlimit(Resource::Fsize, Rlimit { current: Some(100), maximum: Some(100) }).unwrap();
        let error = refusal(file.save(&folder));
        assert!(matches!(error, VaultError::Io(std::io::ErrorKind::FileTooLarge)), "{error:?}");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut practice = Practice::new();
    practice.file.save(folder.path()).unwrap();
    let before = fs::read(folder.path().join(FILE_NAME)).unwrap();
    let output = std::process::Command::new("sh")
        .arg("-c")
        // A write over the limit shall be an error, not a signal that ends the process.
        .arg(
            "trap '' XFSZ; exec \"$0\" --exact vault::tests::disk::a_failed_write_leaves_the_old_file_and_nothing_else",
        )
        .arg(std::env::current_exe().unwrap())
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(fs::read(folder.path().join(FILE_NAME)).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
}
