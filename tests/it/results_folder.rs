//! The watched folder: what is still being written waits, what was read goes away, and nothing that is not a result is touched. And the
//! same commands from a terminal.

use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use semainier_app::commands::results::wire::{ImportedResultView, SetWatchedFolderRequest};
use semainier_app::commands::wire::NothingRequest;
use semainier_app::commands::{Desk, results};
use serde_json::Value;

use crate::cli::{Terminal, text};
use crate::house::{House, add_patient, code, now, verified};
use crate::record::user;
use crate::results::{CANARY, files_that_hold, hprim, inbox, marie, reports, value};

/// Writes a file that was left alone for so long.
fn put(folder: &Path, name: &str, bytes: impl AsRef<[u8]>, age: Duration) {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("written");
    let at = SystemTime::from(now()) - age;
    File::options().write(true).open(&path).expect("opened").set_modified(at).expect("its time");
}

const FRESH: Duration = Duration::from_secs(1);
const OLD: Duration = Duration::from_secs(3600);

async fn watch(desk: &Desk, folder: &Path, afterwards: &str) {
    let request = SetWatchedFolderRequest {
        path: folder.to_string_lossy().into_owned(),
        afterwards: afterwards.to_owned(),
        enabled: true,
    };
    results::set_watched_folder(desk, request).await.expect("set");
}

async fn look(desk: &Desk) -> Vec<(String, String)> {
    let found = results::check_watched_folder(desk, NothingRequest {}).await.expect("looked").results;
    found.into_iter().map(|one: ImportedResultView| (one.file, one.outcome)).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .expect("the folder")
        .flatten()
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_being_written_waits_and_what_was_read_goes_away() {
    let house = House::new().await;
    let desk = house.desk().await;
    let marie_id = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    watch(&desk, folder, "move").await;
    let whole = marie("D-1", "1.31");
    let without_last = marie("D-2", "1.31").replace("****FINFICHIER****\r\n", "");
    let cut = marie("D-3", "1.31").replace("****FIN****\r\n****FINFICHIER****\r\n", "");
    put(folder, "a.hpr", &whole, FRESH);
    put(folder, "b.hpr", &without_last, FRESH);
    put(folder, "c.hpr", &cut, FRESH);
    put(folder, "d.pdf", b"%PDF-1.4", OLD);
    put(folder, "e.hpr", b"garbage", OLD);
    put(folder, "f.hpr.tmp", &whole, OLD);
    let first = pairs(&[
        ("a.hpr", "attached"),
        ("b.hpr", "waiting"),
        ("c.hpr", "waiting"),
        ("d.pdf", "ignored"),
        ("e.hpr", "aside"),
    ]);
    assert_eq!(look(&desk).await, first);
    assert_eq!(names(&folder.join("semainier")), ["a.hpr", "e.hpr"]);
    assert_eq!(look(&desk).await, pairs(&[("b.hpr", "attached"), ("c.hpr", "waiting"), ("d.pdf", "ignored")]));
    // It goes on being written, and is whole in the end.
    put(folder, "c.hpr", marie("D-3", "1.31"), FRESH);
    // One that stays without its end is told after a while, not lost.
    put(folder, "g.hpr", &cut, OLD);
    assert_eq!(look(&desk).await, pairs(&[("c.hpr", "attached"), ("d.pdf", "ignored"), ("g.hpr", "aside")]));
    assert_eq!(names(folder), ["d.pdf", "f.hpr.tmp"], "what is none of ours is not touched");
    assert_eq!(reports(&desk, marie_id).await.reports.len(), 3);
    let problems: Vec<String> = inbox(&desk).await.items.into_iter().map(|item| item.problem).collect();
    assert_eq!(problems, ["unknown_form", "cut"]);
    // The computer stopped between the commit and the move: the file is there once more.
    put(folder, "a.hpr", &whole, FRESH);
    watch(&desk, folder, "delete").await;
    assert_eq!(look(&desk).await, pairs(&[("a.hpr", "known"), ("d.pdf", "ignored")]));
    assert_eq!(names(folder), ["d.pdf", "f.hpr.tmp"]);
    assert_eq!(reports(&desk, marie_id).await.reports.len(), 3);
    let shown = results::show_watched_folder(&desk, NothingRequest {}).await.expect("shown");
    assert!(shown.checked_at.is_some() && shown.code.is_empty() && shown.afterwards == "delete");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_there_or_is_the_vault_is_refused_and_a_lost_one_is_told() {
    let house = House::new().await;
    let desk = house.desk().await;
    let set = |path: &Path| SetWatchedFolderRequest {
        path: path.to_string_lossy().into_owned(),
        afterwards: "move".to_owned(),
        enabled: true,
    };
    for path in [house.vault.clone(), house.vault.join("documents"), house.vault.parent().expect("a parent").to_owned()]
    {
        assert_eq!(code(results::set_watched_folder(&desk, set(&path)).await), "folder_of_vault");
    }
    let none = house.vault.with_file_name("none");
    assert_eq!(code(results::set_watched_folder(&desk, set(&none)).await), "folder_missing");
    let folder = tempfile::tempdir().expect("a folder");
    results::set_watched_folder(&desk, set(folder.path())).await.expect("set");
    drop(folder);
    assert_eq!(code(results::automatic(&desk).await), "folder_missing");
    let shown = results::show_watched_folder(&desk, NothingRequest {}).await.expect("shown");
    assert_eq!(shown.code, "folder_missing", "it stands beside the setting");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_cannot_be_moved_is_told_and_not_taken_again_and_again() {
    let house = House::new().await;
    let doctor = house.desk().await;
    let secretary = user(&house, &doctor, "samia", "secretary").await;
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    watch(&secretary, folder, "move").await;
    put(folder, "a.hpr", marie("D-1", "1.31"), OLD);
    // What should become the folder inside is a file: nothing can be moved there.
    fs::write(folder.join("semainier"), "x").expect("written");
    put(folder, "z.hpr", marie("D-2", "1.31"), OLD);
    for _ in 0..3 {
        let found = results::check_watched_folder(&secretary, NothingRequest {}).await;
        assert_eq!(code(found), "file_stays");
    }
    let items = inbox(&secretary).await.items;
    assert_eq!((items.len(), items[0].copies, items[1].copies), (2, 1, 1), "each once, and one kept no other waiting");
    fs::remove_file(folder.join("semainier")).expect("removed");
}

const CHILD: &str = "SEMAINIER_FOLDER_CHILD";

/// The child: looks into the folder, and says each report that it took. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_looks_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let desk = house.desk().await;
    let path = std::path::PathBuf::from(std::env::var_os("SEMAINIER_FOLDER_WATCHED").expect("where"));
    watch(&desk, &path, "move").await;
    println!("looking");
    look(&desk).await;
    println!("all");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_imports_leaves_every_report_once_and_nothing_in_clear() {
    for pause in [0, 15, 60] {
        let house = House::without_keyring().await;
        let desk = house.desk().await;
        let marie_id = add_patient(&desk, "Dupont", "Marie", "1979-05-12").await;
        desk.store().close().await;
        let folder = tempfile::tempdir().expect("a folder");
        let of =
            |number: i32| format!("{}TEX|{CANARY}\r\n", value("Glycemie", &format!("1.{number:02}"), ("", ""), ""));
        for number in 0..30 {
            let text = hprim("DUPONT", "Marie", "12/05/1979", &format!("D-{number}"), &of(number));
            put(folder.path(), &format!("{number:02}.hpr"), text, OLD);
        }
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["results_folder::child_looks_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .env("SEMAINIER_FOLDER_WATCHED", folder.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.contains("looking")));
        // Any moment will do: it is in the middle of one file or another.
        std::thread::sleep(Duration::from_millis(pause));
        child.kill().expect("killed");
        child.wait().expect("it is over");
        assert!(files_that_hold(&house, CANARY).is_empty(), "nothing in clear");
        let desk = house.desk().await;
        look(&desk).await;
        assert!(names(folder.path()).is_empty());
        assert_eq!(names(&folder.path().join("semainier")).len(), 30);
        let view = reports(&desk, marie_id).await;
        let mut numbers: Vec<_> = view.reports.iter().map(|one| one.report.number.clone()).collect();
        numbers.sort();
        numbers.dedup();
        assert_eq!((view.reports.len(), numbers.len(), view.damaged.len()), (30, 30, 0), "each once, none half");
        assert!(view.reports.iter().all(|one| one.version == 1) && verified(&desk).await);
    }
}

#[test]
fn results_and_documents_go_through_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let added =
        terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie", "--born", "1979-05-12"]);
    let id = text(&added, "id");
    fs::write(path("a.hpr"), marie("D-1", "1.31")).expect("written");
    let one = terminal.one(&["import", "results", &path("a.hpr")]);
    assert_eq!((text(&one, "outcome").as_str(), text(&one, "patient_id")), ("attached", id.clone()));
    assert_eq!(text(&terminal.one(&["import", "results", &path("a.hpr")]), "outcome"), "known");
    fs::write(path("b.hpr"), marie("D-2", "1.31").replace("DUPONT", "LEROUX")).expect("written");
    let aside = terminal.one(&["import", "results", &path("b.hpr")]);
    assert_eq!((text(&aside, "outcome"), text(&aside, "problem")), ("aside".to_owned(), "nobody".to_owned()));
    let item = terminal.one(&["results", "inbox"]);
    assert_eq!(text(&item, "surname"), "LEROUX");
    let attached = terminal.one(&["results", "attach", &text(&item, "id"), "--create"]);
    assert_eq!(attached["taken"], Value::Bool(true));
    let report = terminal.one(&["results", "list", "--patient", &id]);
    assert_eq!(report["report"]["lines"][0]["standing"], "high");
    assert_eq!(terminal.run(&["results", "unseen"]).1.len(), 2);
    terminal.one(&["results", "seen", &text(&report, "entry_id")]);
    assert_eq!(terminal.run(&["results", "unseen"]).1.len(), 1);
    assert_eq!(terminal.run(&["results", "list", "--patient", &id, "--curves"]).1.len(), 1);
    let (status, lines) = terminal.run(&["import", "results", &path("none.hpr")]);
    assert_eq!((status, text(&lines[0], "code")), (3, "file_missing".to_owned()));

    fs::write(path("scan.bin"), b"%PDF-1.4 scan").expect("written");
    let filed = terminal.one(&["document", "file", &path("scan.bin"), "--patient", &id, "--title", "Radio"]);
    assert_eq!(text(&filed, "media"), "application/pdf");
    assert_eq!(text(&terminal.one(&["document", "list", "--patient", &id]), "title"), "Radio");
    let document = text(&filed, "id");
    terminal.one(&["document", "export", &document, "--out", &path("out.pdf")]);
    assert_eq!(fs::read(path("out.pdf")).expect("read"), b"%PDF-1.4 scan");
    fs::write(path("tool.exe"), b"MZ").expect("written");
    let (status, lines) = terminal.run(&["document", "file", &path("tool.exe"), "--patient", &id]);
    assert_eq!((status, text(&lines[0], "code")), (3, "unknown_media".to_owned()));
}
