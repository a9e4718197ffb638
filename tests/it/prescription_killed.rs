//! Signing that is killed half-way, and signing from a terminal.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use domain::id::{EntryId, PatientId};
use semainier_app::commands::prescription::wire::StartPrescriptionRequest;
use semainier_app::commands::record::wire::OpenRecordRequest;
use semainier_app::commands::{prescription, record};
use semainier_app::vault;

use crate::house::{House, verified};
use crate::prescribing::{base, draft, line, set_up_in};
use crate::prescription_papers::{CANARY, documents, print};
use crate::record::holds;

const CHILD: &str = "SEMAINIER_PRESCRIPTION_CHILD";

/// The child: signs as fast as it can. Does nothing in a plain test run.
#[tokio::test(flavor = "multi_thread")]
async fn child_signs_until_it_is_killed() {
    let Some(folder) = std::env::var_os(CHILD) else { return };
    let house = House::at(folder.into());
    let (desk, patient_id) = set_up_in(&house).await;
    println!("patient {patient_id}");
    for number in 0..200 {
        let lines = vec![line(&desk, &format!("{CANARY}{number} 5 mg gélule: 1 le soir 5 jours")).await];
        let signed = prescription::sign_prescription(&desk, draft(patient_id, lines)).await.expect("signed");
        println!("acknowledged {}", signed.paper.id);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_while_it_signs_leaves_nothing_half_and_nothing_in_clear() {
    for (stop_after, wait) in [(0, 3), (2, 11), (6, 23), (12, 31)] {
        let house = House::without_keyring().await;
        let mut child = Command::new(std::env::current_exe().expect("this test"))
            .args(["prescription_killed::child_signs_until_it_is_killed", "--exact", "--nocapture", "--test-threads=1"])
            .env(CHILD, &house.vault)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the child starts");
        let (mut patient, mut acknowledged, mut killed) = (None, Vec::new(), false);
        let lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        for line in lines.map_while(Result::ok) {
            if let Some(at) = line.find("patient ") {
                patient = line[at + 8..].parse::<PatientId>().ok();
            }
            if let Some(at) = line.find("acknowledged ") {
                acknowledged.push(line[at + 13..].parse::<EntryId>().expect("an id"));
            }
            if !killed && acknowledged.len() > stop_after {
                // Somewhere within the next signature.
                std::thread::sleep(std::time::Duration::from_millis(wait));
                child.kill().expect("killed");
                killed = true;
            }
        }
        child.wait().expect("it is over");
        assert!(killed);
        let mut files = documents(&house);
        files.extend(
            fs::read_dir(&house.vault).expect("listed").flatten().map(|one| one.path()).filter(|one| one.is_file()),
        );
        for path in files {
            let bytes = fs::read(&path).expect("read");
            assert!(!holds(&bytes, CANARY) && !holds(&bytes, "%PDF-"), "{}", path.display());
        }
        let desk = house.desk().await;
        let patient_id = patient.expect("named");
        let request = StartPrescriptionRequest { patient_id };
        let papers = prescription::list_prescriptions(&desk, request).await.expect("listed").papers;
        assert!(papers.len() <= acknowledged.len() + 1, "at most the one that was under way");
        for id in &acknowledged {
            assert!(papers.iter().any(|one| one.id == *id), "acknowledged and not there");
        }
        for paper in &papers {
            print(&desk, paper.id).await;
        }
        assert_eq!(documents(&house).len(), papers.len(), "a document for each paper and none beside");
        let view = record::open_record(&desk, OpenRecordRequest { patient_id }).await.expect("opened");
        assert!(view.damaged.is_empty(), "nothing half");
        assert!(verified(&desk).await);
    }
}

#[test]
fn a_terminal_checks_signs_and_prints_by_the_same_rules() {
    let terminal = crate::cli::Terminal::new();
    terminal.init();
    let folder = base();
    let path = folder.path().to_string_lossy().into_owned();
    terminal.one(&["import", "drugs", &path]);
    terminal.one(&["import", "interactions", &format!("{path}/thesaurus-2020-10.json")]);
    let known = terminal.one(&["call", "show_practice", "{}"]);
    let (site, own) = (&known["sites"][0], &known["practitioners"][0]);
    let call = |name: &str, request: serde_json::Value| terminal.one(&["call", name, &request.to_string()]);
    call(
        "save_site",
        serde_json::json!({ "id": site["id"], "name": site["name"], "zone": site["zone"], "address": "3 rue des Lilas",
            "postcode": "69003", "city": "Lyon", "phone": "04 72 00 11 22", "active": true }),
    );
    call(
        "save_practitioner",
        serde_json::json!({ "id": own["id"], "name": "Dr Lefèvre", "speciality": "Médecine générale",
            "rpps": "10001234567", "inpe": "", "site_id": own["site_id"], "active": true }),
    );
    let head = call("show_letterhead", serde_json::json!({ "practitioner_id": own["id"] }));
    let (mut practice, mut paper) = (head["practice"].clone(), head["own"].clone());
    practice["email"] = "cabinet@lilas.example".into();
    paper["qualifications"] = "Docteur en médecine".into();
    call(
        "save_letterhead",
        serde_json::json!({ "practitioner_id": own["id"], "practice": practice, "own": paper, "logo": "", "language": "fr" }),
    );
    let patient =
        terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie", "--born", "1979-05-12"]);
    let patient = patient["id"].as_str().expect("an id").to_owned();

    let narcotic = "morfinol: 1 gélule matin et soir 35 jours";
    let (status, lines) = terminal.run(&["prescription", "check", &patient, "--line", narcotic, "--secure-form"]);
    assert_eq!(status, 0);
    assert_eq!((lines[0]["code"].as_str(), lines[0]["line"].as_i64()), (Some("narcotic_over_limit"), Some(1)));
    assert!(lines[0]["text"].as_str().expect("a sentence").contains("28"));
    assert_eq!(lines.last().expect("a verdict")["signable"], false);
    let (status, lines) = terminal.run(&["prescription", "sign", &patient, "--line", narcotic, "--secure-form"]);
    assert_eq!((status, lines[0]["code"].as_str()), (3, Some("prescription_unsignable")));
    let (status, lines) = terminal.run(&["prescription", "sign", &patient, "--line", "doloran: 1 matin zork"]);
    assert_eq!((status, lines[0]["code"].as_str()), (3, Some("bad_posology")));

    let both = ["--line", "zetalab: 1 le matin 30 jours", "--line", "plombix: 1 gélule le soir 5 jours"];
    let (status, _) = terminal.run(&[&["prescription", "sign", &patient], &both[..]].concat());
    assert_eq!(status, 3, "a contre-indication without a reason");
    let reasoned =
        [&["prescription", "sign", &patient], &both[..], &["--reason", "Surveillance hebdomadaire"]].concat();
    let signed = terminal.one(&reasoned);
    let id = signed["id"].as_str().expect("an id");
    let out = folder.path().join("ordonnance.pdf");
    terminal.one(&["prescription", "print", id, "--out", &out.to_string_lossy()]);
    let first = fs::read(&out).expect("written");
    assert_eq!(Some(vault::digest(&first).as_str()), signed["digest"].as_str());
    terminal.one(&["prescription", "print", id, "--out", &out.to_string_lossy()]);
    assert_ne!(fs::read(&out).expect("written"), first, "a duplicata");
    let listed = terminal.one(&["prescription", "list", &patient]);
    assert_eq!((listed["number"].as_str(), listed["prints"].as_i64()), (signed["number"].as_str(), Some(2)));
    let (status, lines) = terminal.run(&["prescription", "renew", &patient]);
    assert_eq!((status, lines.last().expect("a draft")["signable"].as_bool()), (0, Some(false)));

    terminal.one(&["user", "add", "--user", "samia", "--name", "Samia", "--role", "secretary"]);
    let (status, lines) = terminal.run_as("samia", &["prescription", "list", &patient]);
    assert_eq!((status, lines[0]["code"].as_str()), (3, Some("permission_denied")));
}
