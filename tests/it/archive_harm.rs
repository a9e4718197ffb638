//! Leaving and arriving where things go wrong: killed half-way, on a full disk, two at once, stopped.

use std::fs;
use std::io::{BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use semainier_app::commands::Desk;
use semainier_app::commands::archive;
use semainier_app::commands::record;
use semainier_app::commands::record::wire::{Body, Consultation, WriteEntryRequest};
use semainier_app::commands::wire::NothingRequest;

use crate::archive_house::{export, import, opened};
use crate::house::{House, add_patient, code, verified};
use crate::record::holds;

const CHILD: &str = "SEMAINIER_ARCHIVE_CHILD";
/// Stands nowhere but inside a seal, and in a finished archive.
const CANARY: &str = "Kanarienvogelarchiv";
const PERSONS: usize = 40;

async fn furnish(desk: &Desk) {
    for number in 0..PERSONS {
        let patient_id = add_patient(desk, CANARY, &format!("Anne {number}"), "1980-01-01").await;
        for turn in 0..3 {
            let reason = format!("{CANARY} {number} {turn}");
            let body = Body::Consultation(Consultation { reason, ..Default::default() });
            record::write_entry(desk, WriteEntryRequest { patient_id, on: String::new(), body })
                .await
                .expect("written");
        }
    }
}

/// The child: leaves or arrives, as its variable says. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_leaves_or_arrives() {
    let Some(told) = std::env::var_os(CHILD) else { return };
    let told = told.into_string().expect("text");
    let (what, rest) = told.split_once('|').expect("what");
    let (vault, path) = rest.split_once('|').expect("where");
    let desk = House::at(vault.into()).desk().await;
    println!("begins");
    if what == "leave" {
        export(&desk, Path::new(path)).await.expect("exported");
    } else {
        import(&desk, Path::new(path)).await.expect("taken in");
    }
    println!("done");
}

fn child(what: &str, vault: &Path, path: &Path) -> std::process::Child {
    Command::new(std::env::current_exe().expect("this test"))
        .args(["archive_harm::child_leaves_or_arrives", "--exact", "--nocapture", "--test-threads=1"])
        .env(CHILD, format!("{what}|{}|{}", vault.display(), path.display()))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the child starts")
}

/// Kills it some time after it began; whether it was done before.
fn killed_after(mut child: std::process::Child, wait: u64) -> bool {
    let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
    while lines.by_ref().map_while(Result::ok).all(|line| !line.contains("begins")) {}
    std::thread::sleep(std::time::Duration::from_millis(wait));
    child.kill().expect("killed");
    child.wait().expect("over");
    lines.map_while(Result::ok).any(|line| line.contains("done"))
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for one in fs::read_dir(folder).expect("listed").flatten() {
        if one.path().is_dir() { all.extend(files(&one.path())) } else { all.push(one.path()) }
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_leaving_harms_nothing_and_leaves_no_clear_text() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    furnish(&desk).await;
    desk.store().close().await;
    drop(desk);
    let mut midway = 0;
    for wait in [0, 150, 600, 1_500, 3_000, 6_000] {
        let out = tempfile::tempdir().expect("a folder");
        let done = killed_after(child("leave", &house.vault, out.path()), wait);
        let left = files(out.path());
        if !done && left.is_empty() {
            midway += 1;
        }
        for path in &left {
            // Whole or not there at all.
            opened(path);
        }
        for path in files(&house.vault) {
            let bytes = fs::read(&path).expect("read");
            assert!(
                !holds(&bytes, CANARY) && !holds(&bytes, "%PDF-") && !holds(&bytes, "PK\u{3}\u{4}"),
                "{}",
                path.display()
            );
        }
    }
    assert!(midway > 0, "none was killed half-way");
    let desk = house.desk().await;
    assert!(verified(&desk).await);
    let out = tempfile::tempdir().expect("a folder");
    let done = export(&desk, out.path()).await.expect("goes on");
    assert_eq!(usize::try_from(done.persons).expect("a number"), PERSONS);
    opened(Path::new(&done.path));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_while_arriving_leaves_the_vault_empty_or_full() {
    let house = House::new().await;
    let desk = house.desk().await;
    furnish(&desk).await;
    let out = tempfile::tempdir().expect("a folder");
    let archive = export(&desk, out.path()).await.expect("exported").path;
    let mut midway = 0;
    for wait in [50, 300, 900, 2_000] {
        let there = House::without_keyring().await;
        let done = killed_after(child("arrive", &there.vault, Path::new(&archive)), wait);
        let desk = there.desk().await;
        assert!(verified(&desk).await);
        let view = archive::show_archive(&desk, NothingRequest {}).await.expect("shown");
        if view.empty {
            assert!(!done, "told as done and not there");
            midway += 1;
            import(&desk, Path::new(&archive)).await.expect("taken in the second time");
        }
        let view = archive::show_archive(&desk, NothingRequest {}).await.expect("shown");
        assert_eq!((usize::try_from(view.persons).expect("a number"), view.formers.len()), (PERSONS, 1));
    }
    assert!(midway > 0, "none was killed half-way");
}

/// A mount that is undone.
struct Mount(PathBuf);

impl Mount {
    fn new(at: &Path, size: &str) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder");
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output()
            .ok()?;
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

fn filled(folder: &Path) -> PathBuf {
    let ballast = folder.join("ballast");
    let mut file = fs::File::create(&ballast).expect("a file");
    while file.write_all(&[7; 4_096]).is_ok() {}
    ballast
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_the_archive_and_keeps_both_sides() {
    let house = House::without_keyring().await;
    let desk = house.desk().await;
    furnish(&desk).await;
    let small = house.vault.with_file_name("small");
    let Some(mount) = Mount::new(&small, "200k") else { return };
    assert_eq!(code(export(&desk, &small).await), "disk_full");
    assert_eq!(fs::read_dir(&small).expect("listed").count(), 0, "no half archive");
    drop(mount);
    let out = tempfile::tempdir().expect("a folder");
    let archive = export(&desk, out.path()).await.expect("elsewhere it goes on");
    assert_eq!(usize::try_from(archive.reused).expect("a number"), PERSONS, "nobody is made twice");
    // And on the way back.
    let there = House::without_keyring().await;
    let Some(_mount) = Mount::new(&small, "6m") else { return };
    let copied = Command::new("cp").arg("-a").arg(&there.vault).arg(small.join("vault")).status().expect("cp");
    assert!(copied.success());
    let there = House::at(small.join("vault"));
    let desk = there.desk().await;
    let ballast = filled(&small);
    let refused = code(import(&desk, Path::new(&archive.path)).await);
    assert!(["disk_full", "disk_error"].contains(&refused.as_str()), "{refused}");
    fs::remove_file(ballast).expect("removed");
    assert!(archive::show_archive(&desk, NothingRequest {}).await.expect("shown").empty);
    import(&desk, Path::new(&archive.path)).await.expect("with room it is taken in");
    assert!(verified(&desk).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_at_once_are_one_and_a_refusal() {
    let house = House::new().await;
    let (first, second) = (house.desk().await, house.desk().await);
    furnish(&first).await;
    let (one, other) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    let (a, b) = tokio::join!(async { code(export(&first, one.path()).await) }, async {
        code(export(&second, other.path()).await)
    },);
    let mut codes = [a, b];
    codes.sort();
    assert!(codes == ["archive_running", "done"] || codes == ["done", "done"], "{codes:?}");
    let archive = files(one.path()).into_iter().chain(files(other.path())).next().expect("an archive");
    let there = House::new().await;
    let (first, second) = (there.desk().await, there.desk().await);
    let (a, b) = tokio::join!(import(&first, &archive), import(&second, &archive));
    let mut codes = [code(a), code(b)];
    codes.sort();
    assert_eq!(codes, ["archive_not_empty", "done"]);
    assert!(verified(&first).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_stops_when_it_is_asked_and_goes_on() {
    let house = House::new().await;
    let desk = house.desk().await;
    furnish(&desk).await;
    let out = tempfile::tempdir().expect("a folder");
    let stopper = async {
        while archive::show_progress(&desk).done < 5 {
            tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        }
        archive::cancel_archive(&desk, NothingRequest {}).await.expect("asked");
    };
    let (done, ()) = tokio::join!(export(&desk, out.path()), stopper);
    assert_eq!(code(done), "archive_stopped");
    assert!(files(out.path()).is_empty());
    let finished = archive::show_archive(&desk, NothingRequest {}).await.expect("shown").finished;
    assert!(finished >= 5, "{finished}");
    let done = export(&desk, out.path()).await.expect("goes on");
    assert_eq!(done.reused, finished);
    archive::discard_archive(&desk, NothingRequest {}).await.expect("nothing to discard is no fault");
}
