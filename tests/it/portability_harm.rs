//! Exports that break off, and sealed files that were changed: nothing half, nothing in clear, and it is said.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use semainier_app::commands::portability::wire::ExportedPersonView;
use semainier_app::commands::{CommandError, portability};

use crate::house::{House, code};
use crate::portability::{asked, export, names, traces, unpacked, words};
use crate::portability_scene::full;

#[tokio::test(flavor = "multi_thread")]
async fn a_scan_that_was_changed_is_left_out_and_said() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    for file in crate::prescription_papers::documents(&house) {
        let mut bytes = fs::read(&file).expect("a file");
        let last = bytes.len() - 1;
        bytes[last] ^= 1;
        fs::write(&file, bytes).expect("written");
    }
    let (view, files) = export(&desk, patient_id).await;
    assert_eq!(view.damaged, 2, "the scan and the prescription's paper");
    assert!(!files.keys().any(|name| name.starts_with("documents/")));
    assert!(words(&files["LISEZMOI.pdf"]).contains("illisible"));
}

const CHILD: &str = "SEMAINIER_EXPORT_CHILD";

/// The child: exports as fast as it can. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_exports_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let out = PathBuf::from(folder.clone()).with_file_name("out");
    let house = House::at(folder.into());
    let (desk, patient_id) = full(&house).await;
    println!("ready");
    for number in 0..200 {
        let target = out.join(format!("{number}.zip"));
        let request = asked(patient_id, target.to_str().expect("text"), "");
        portability::export_person(&desk, request).await.expect("exported");
        println!("exported {number}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_exports_leaves_whole_files_and_nothing_else() {
    for wait in [5_u64, 40, 120] {
        let house = House::without_keyring().await;
        let out = house.vault.with_file_name("out");
        fs::create_dir_all(&out).expect("a folder");
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["portability_harm::child_exports_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let (mut ready, mut exported) = (false, 0);
        for line in BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok) {
            ready |= line.contains("ready");
            exported += usize::from(line.contains("exported "));
            if exported == 1 {
                // Somewhere within the next export.
                std::thread::sleep(std::time::Duration::from_millis(wait));
                child.kill().expect("killed");
                break;
            }
        }
        child.wait().expect("ended");
        assert!(ready && exported == 1, "it had begun");
        for name in names(&out) {
            assert!(name.ends_with(".zip"), "{name}");
            assert!(unpacked(&fs::read(out.join(&name)).expect("a file")).contains_key("manifest.json"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_the_export_and_leaves_nothing() {
    let house = House::new().await;
    let (desk, patient_id) = full(&house).await;
    let small = house.vault.with_file_name("small");
    fs::create_dir_all(&small).expect("a folder");
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=16k", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|done| done.status.success()) {
        println!("skipped: nothing can be mounted here");
        return;
    }
    let request = asked(patient_id, small.join("marie.zip").to_str().expect("text"), "");
    let refused: Result<ExportedPersonView, CommandError> = portability::export_person(&desk, request).await;
    let left = names(&small);
    Command::new("umount").arg("-l").arg(&small).status().expect("umount");
    assert_eq!(code(refused), "disk_full");
    assert!(left.is_empty(), "{left:?}");
    assert!(traces(&desk, patient_id).await.disclosures.is_empty(), "what did not leave is no disclosure");
}
