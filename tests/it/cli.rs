//! The command line as programs use it: the real binary, one process a command.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const PASSWORD: &str = "Zebre-Calme#2026!";
const OTHER: &str = "Girafe_Bleue%77xx";

/// A folder with a vault and password files, and the program.
pub struct Terminal {
    folder: TempDir,
}

impl Terminal {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("password"), format!("{PASSWORD}\n")).expect("written");
        std::fs::write(folder.path().join("other"), format!("{OTHER}\r\nnot read\n")).expect("written");
        Self { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, user: &str, password: &Path, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_semainier"));
        command
            .arg("--vault")
            .arg(self.path("vault"))
            .arg("--json")
            .args(arguments)
            .env("SEMAINIER_USER", user)
            .env("SEMAINIER_PASSWORD_FILE", password)
            .env("SEMAINIER_NEW_PASSWORD_FILE", self.path("other"));
        command
    }

    /// Exit code and lines.
    pub fn run(&self, arguments: &[&str]) -> (i32, Vec<Value>) {
        read(&self.command("lefevre", &self.path("password"), arguments).output().expect("it runs"))
    }

    /// The same with a variable that names a file beside the vault.
    pub fn run_with(&self, variable: &str, name: &str, arguments: &[&str]) -> (i32, Vec<Value>) {
        let mut command = self.command("lefevre", &self.path("password"), arguments);
        read(&command.env(variable, self.path(name)).output().expect("it runs"))
    }

    /// The same for a user whose password is the other one.
    pub fn run_as(&self, user: &str, arguments: &[&str]) -> (i32, Vec<Value>) {
        read(&self.command(user, &self.path("other"), arguments).output().expect("it runs"))
    }

    /// A file beside the vault; its path.
    pub fn file(&self, name: &str, content: &str) -> String {
        std::fs::write(self.path(name), content).expect("written");
        self.path(name).to_string_lossy().into_owned()
    }

    /// The one line of a command that is done.
    pub fn one(&self, arguments: &[&str]) -> Value {
        let (code, mut lines) = self.run(arguments);
        assert_eq!(code, 0, "{arguments:?}: {lines:?}");
        assert_eq!(lines.len(), 1, "{arguments:?}: {lines:?}");
        lines.remove(0)
    }

    /// Makes the practice.
    pub fn init(&self) -> Value {
        self.one(&[
            "init",
            "--practice",
            "Cabinet du Parc",
            "--country",
            "FR",
            "--zone",
            "Europe/Paris",
            "--name",
            "Dr Lefèvre",
            "--role",
            "practitioner",
        ])
    }
}

fn read(output: &Output) -> (i32, Vec<Value>) {
    let text = String::from_utf8(output.stdout.clone()).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str(line).expect("one object a line")).collect();
    (output.status.code().expect("an exit code"), lines)
}

/// A field of a line.
pub fn text(value: &Value, name: &str) -> String {
    value.get(name).and_then(Value::as_str).unwrap_or_else(|| panic!("{name} is missing")).to_owned()
}

#[test]
fn a_practice_is_made_filled_and_booked_from_the_terminal() {
    let terminal = Terminal::new();
    let made = terminal.init();
    assert!(text(&made, "recovery_key").len() > 30 && text(&made, "clinical_recovery_key").len() > 30);
    text(&terminal.one(&["user", "add", "--user", "samia", "--name", "Samia", "--role", "secretary"]), "id");
    text(&terminal.one(&["practitioner", "add", "--name", "Dr Benjelloun", "--rpps", "10100123453"]), "id");
    text(&terminal.one(&["type", "add", "--name", "Bilan", "--minutes", "20"]), "id");
    let hours =
        ["hours", "set", "--practitioner", "Dr Benjelloun", "--days", "mon-fri", "--from", "09:00", "--to", "18:00"];
    terminal.one(&hours);
    let patient = terminal.one(&[
        "patient",
        "add",
        "--surname",
        "DUPONT",
        "--first-name",
        "Marie",
        "--born",
        "1979-05-12",
        "--phone",
        "06 11 22 33 44",
    ]);
    assert_eq!(text(&patient, "phone"), "+33611223344");
    let id = text(&patient, "id");
    assert_eq!(terminal.one(&["patient", "search", "dup", "mar"]), patient);
    assert_eq!(text(&terminal.one(&["patient", "show", &id]), "born"), "1979-05-12");
    let (code, slots) = terminal.run(&[
        "slots",
        "--practitioner",
        "Dr Benjelloun",
        "--type",
        "Bilan",
        "--from",
        "2031-03-03",
        "--count",
        "3",
    ]);
    assert_eq!((code, slots.len()), (0, 3));
    assert_eq!(text(&slots[0], "starts"), "2031-03-03T09:00");
    let book = |at: &str, more: &[&str]| {
        let mut arguments =
            vec!["book", "--practitioner", "Dr Benjelloun", "--patient", &id, "--type", "Bilan", "--at", at];
        arguments.extend(more);
        terminal.run(&arguments)
    };
    let (code, booked) = book("2031-03-03T09:30", &[]);
    assert_eq!((code, text(&booked[0], "status").as_str()), (0, "booked"));
    assert_eq!((text(&booked[0], "starts").as_str(), booked[0]["minutes"].as_i64()), ("2031-03-03T09:30", Some(20)));
    let appointment = text(&booked[0], "id");
    let (code, refused) = book("2031-03-03T09:40", &[]);
    assert_eq!((code, text(&refused[0], "code").as_str()), (3, "slot_taken"));
    assert_eq!(book("2031-03-03T09:40", &["--overbook"]).0, 0);
    assert_eq!(text(&terminal.one(&["move", &appointment, "--at", "2031-03-03T11:00"]), "starts"), "2031-03-03T11:00");
    assert_eq!(text(&terminal.one(&["status", &appointment, "confirmed"]), "status"), "confirmed");
    let cancelled = terminal.one(&["cancel", &appointment, "--by", "patient", "--reason", "malade"]);
    assert_eq!(text(&cancelled, "status"), "cancelled");
    let (_, day) = terminal.run(&["agenda", "--date", "2031-03-03", "--practitioner", "Dr Benjelloun"]);
    assert_eq!(day.len(), 2);
    assert_eq!((text(&day[0], "patient").as_str(), text(&day[0], "type").as_str()), ("DUPONT Marie", "Bilan"));
    let (_, journal) = terminal.run(&["journal", "--subject", &appointment]);
    assert_eq!(journal.len(), 4, "booked, moved, confirmed, cancelled");
    let verified = terminal.one(&["verify"]);
    assert_eq!(verified["ok"], Value::Bool(true));
    assert!(verified["entries"].as_i64().is_some_and(|entries| entries > 8) && verified["first_bad"].is_null());
}

#[test]
fn exit_codes_tell_usage_refusal_and_a_closed_vault_apart() {
    let terminal = Terminal::new();
    let (code, lines) = terminal.run(&["agenda", "--date", "2026-11-24"]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (4, "vault_missing"));
    terminal.init();
    assert_eq!(terminal.run(&["book"]).0, 2);
    assert_eq!(terminal.run(&["agenda", "--date", "yesterday"]).0, 3);
    let (code, lines) = read(
        &terminal
            .command("lefevre", &terminal.path("other"), &["agenda", "--date", "2026-11-24"])
            .output()
            .expect("runs"),
    );
    assert_eq!((code, text(&lines[0], "code").as_str()), (4, "wrong_credentials"));
    let (code, lines) = terminal.run(&[
        "init",
        "--practice",
        "X",
        "--country",
        "FR",
        "--zone",
        "Europe/Paris",
        "--name",
        "X",
        "--role",
        "practitioner",
    ]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "vault_exists"));
    std::fs::write(terminal.path("vault").join("vault.json"), "{").expect("written");
    assert_eq!(terminal.run(&["agenda", "--date", "2026-11-24"]).0, 5);
}

#[test]
fn a_backup_is_restored_and_a_forgotten_password_recovered() {
    let terminal = Terminal::new();
    let keys = terminal.init();
    terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie"]);
    let file = terminal.path("one.semainier-backup");
    let backup = terminal.one(&["backup", file.to_str().expect("a path")]);
    assert_eq!(backup["verified"], Value::Bool(true));
    let to = terminal.path("restored");
    let restored = terminal.one(&["restore", file.to_str().expect("a path"), "--to", to.to_str().expect("a path")]);
    assert_eq!((&restored["verified"], &restored["entries"]), (&Value::Bool(true), &backup["entries"]));
    std::fs::write(terminal.path("key"), text(&keys, "recovery_key")).expect("written");
    let output = terminal
        .command("lefevre", &terminal.path("password"), &["recover"])
        .env("SEMAINIER_RECOVERY_KEY_FILE", terminal.path("key"))
        .output()
        .expect("it runs");
    let (code, recovered) = read(&output);
    assert_eq!((code, &recovered[0]["verified"]), (0, &Value::Bool(true)));
    assert_eq!(terminal.run(&["agenda", "--date", "2026-11-24"]).0, 4, "the old password no longer opens");
    let now = terminal.command("lefevre", &terminal.path("other"), &["agenda", "--date", "2026-11-24"]).output();
    assert_eq!(read(&now.expect("it runs")).0, 0);
}

#[test]
fn two_processes_at_one_slot_leave_one_winner() {
    let terminal = Terminal::new();
    terminal.init();
    let patient = text(&terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie"]), "id");
    let arguments = [
        "book",
        "--practitioner",
        "Dr Lefèvre",
        "--patient",
        &patient,
        "--type",
        "Consultation",
        "--at",
        "2031-03-03T10:00",
    ];
    let children: Vec<_> = (0..8)
        .map(|_| {
            let mut command = terminal.command("lefevre", &terminal.path("password"), &arguments);
            command.stdout(std::process::Stdio::piped()).spawn().expect("it starts")
        })
        .collect();
    let codes: Vec<i32> =
        children.into_iter().map(|child| read(&child.wait_with_output().expect("it ends")).0).collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == 3).count(), 7, "{codes:?}");
}

#[test]
fn the_day_is_read_without_any_network() {
    let terminal = Terminal::new();
    terminal.init();
    // A network namespace of its own has not even a loopback that is up.
    let arguments = ["agenda", "--date", "2026-11-24"];
    let inner = terminal.command("lefevre", &terminal.path("password"), &arguments);
    let mut command = Command::new("unshare");
    command.args(["--net", "--map-root-user"]).arg(inner.get_program()).args(inner.get_args());
    for (name, value) in inner.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    let output = command.output().expect("unshare is part of util-linux");
    if !output.status.success() && String::from_utf8_lossy(&output.stderr).contains("unshare") {
        println!("skipped: this machine lets nobody make a network namespace");
        return;
    }
    assert_eq!(read(&output).0, 0);
}

#[test]
fn agenda_patients_and_figures_leave_as_files_readable_by_nobody_else() {
    let terminal = Terminal::new();
    terminal.init();
    let patient =
        terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie", "--born", "12/05/1979"]);
    let types = terminal.run(&["type", "list"]).1;
    let (patient, kind) = (text(&patient, "id"), text(&types[0], "id"));
    let booked =
        ["book", "--practitioner", "Dr Lefèvre", "--patient", &patient, "--type", &kind, "--at", "2026-11-24T09:30"];
    terminal.one(&booked);
    let days = ["--from", "2026-11-01", "--until", "2026-11-30"];
    let file = |name: &str| terminal.path(name).display().to_string();
    let (calendar, table, people, figures) = (file("a.ics"), file("a.csv"), file("p.csv"), file("s.csv"));
    let made = terminal.one(&[&["export", "agenda", &calendar, "--discretion", "name"][..], &days[..]].concat());
    assert!(made["bytes"].as_u64().is_some_and(|bytes| bytes > 300));
    terminal.one(&[&["export", "agenda", &table, "--format", "csv"][..], &days[..]].concat());
    terminal.one(&["export", "patients", &people]);
    terminal.one(&["statistics", "--on", "2026-11-24", "--csv", &figures]);
    let read = |path: &str| std::fs::read_to_string(path).expect("written");
    assert!(read(&calendar).contains("SUMMARY:DUPONT Marie"));
    assert!(!read(&table).contains("DUPONT"), "without a word about discretion nothing is said");
    assert!(read(&people).contains(";DUPONT;") && !read(&figures).contains("DUPONT"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(&people).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "only this account reads it");
    }
    let shown = terminal.one(&["statistics", "--on", "2026-11-24", "--period", "week"]);
    assert_eq!(shown["total"]["appointments"], 1);
    let (code, lines) = terminal.run(&["export", "agenda", &calendar, "--from", "2025-01-01", "--until", "2025-01-02"]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "nothing_to_export"));
    let listed = terminal.one(&["publish", "list"]);
    assert_eq!((text(&listed, "practitioner").as_str(), &listed["set_up"]), ("Dr Lefèvre", &Value::Bool(false)));
    let refused = terminal.run(&["publish", "now", "--practitioner", "Dr Lefèvre"]);
    assert_eq!((refused.0, text(&refused.1[0], "code").as_str()), (3, "not_set_up"));
}

#[test]
fn blocks_openings_and_a_rebooking_are_made_from_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let name = "Dr Lefèvre";
    let kind =
        terminal.one(&["type", "add", "--name", "Soin", "--minutes", "15", "--provider-time", "/X/", "--buffer", "5"]);
    let patient = terminal.one(&["patient", "add", "--surname", "DUPONT", "--first-name", "Marie"]);
    for day in ["2031-03-03", "2031-03-13"] {
        terminal.one(&["opening", "add", "--practitioner", name, "--day", day, "--from", "09:00", "--to", "12:00"]);
    }
    let (patient, kind) = (text(&patient, "id"), text(&kind, "id"));
    let book = ["book", "--practitioner", name, "--patient", &patient, "--type", &kind, "--at", "2031-03-03T09:00"];
    let booked = terminal.one(&book);
    terminal.one(&[
        "block",
        "add",
        "--practitioner",
        name,
        "--kind",
        "no_scheduling",
        "--days",
        "mon-sun",
        "--from",
        "10:00",
        "--to",
        "11:00",
    ]);
    let (code, lines) = terminal.run(&[&book[..8], &["2031-03-03T10:00"]].concat());
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "no_scheduling"));
    let (from, to) = ("2031-03-03T00:00", "2031-03-04T00:00");
    let absence = terminal.one(&["absence", "add", "--practitioner", name, "--from", from, "--to", to]);
    let hit = terminal.one(&["absence", "rebook", &text(&absence, "id")]);
    assert_eq!(text(&hit, "id"), text(&booked, "id"));
    let moved = terminal.one(&["absence", "rebook", &text(&absence, "id"), "--apply"]);
    assert_eq!(text(&moved, "starts"), "2031-03-13T09:00");
}

#[test]
fn the_reception_works_from_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let add = |surname: &str, first_name: &str, born: &str| {
        let arguments = ["patient", "add", "--surname", surname, "--first-name", first_name, "--born", born];
        text(&terminal.one(&arguments), "id")
    };
    let (child, mother) = (add("DUPRÉ", "Marion", "2020-02-14"), add("DUPONT", "Marie", "1979-05-12"));
    let contact = terminal.one(&[
        "contact",
        "add",
        "--patient",
        &child,
        "--linked",
        &mother,
        "--relation",
        "mother",
        "--guardian",
        "--phone",
        "06 12 00 02 14",
        "--told",
        "appointments,results",
    ]);
    let by = text(&contact["contact"], "id");
    terminal.one(&["contact", "consent", "--patient", &child, "--by", &by, "--way", "spoken"]);
    let listed = terminal.one(&["contact", "list", &child]);
    assert_eq!(text(&listed, "guardian"), "current");
    assert_eq!(listed["contacts"][0]["told_results"], true);
    terminal.one(&["contact", "withdraw", &text(&listed["consents"][0], "id")]);
    assert_eq!(text(&terminal.one(&["contact", "list", &child]), "guardian"), "missing");

    let read = terminal.one(&["read", "0612000214"]);
    assert_eq!(text(&read["matches"][0], "surname"), "DUPRÉ");
    let read = terminal.one(&["read", "dup", "mar", "+7j", "++"]);
    assert_eq!((text(&read, "search"), read["matches"].as_array().map(Vec::len)), ("dup mar".to_owned(), Some(2)));
    assert_eq!(read["understood"].as_array().map(Vec::len), Some(2));

    let noted = terminal.one(&[
        "phone",
        "note",
        "--patient",
        &child,
        "--contact",
        &by,
        "--about",
        "Certificat",
        "--to",
        "Dr Lefèvre",
    ]);
    assert_eq!((text(&noted, "state"), text(&noted, "caller")), ("unread".to_owned(), "DUPONT Marie".to_owned()));
    let call = text(&noted, "id");
    assert_eq!(text(&terminal.one(&["phone", "answer", &call, "--answer", "Prêt demain"]), "state"), "answered");
    assert_eq!(terminal.run(&["phone", "list", "marion"]).1.len(), 1);
    assert_eq!(text(&terminal.one(&["phone", "close", &call]), "state"), "closed");
    assert_eq!(terminal.run(&["phone", "list"]).1.len(), 0);
    assert_eq!(terminal.run(&["phone", "list", "--which", "all"]).1.len(), 1);
    assert_eq!(terminal.run(&["phone", "close", &call]).0, 3, "refused");
    terminal.one(&["contact", "remove", &by]);
}

#[test]
fn drugs_and_interactions_are_imported_searched_and_checked_from_the_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let files = crate::drugs::made_up(4);
    let folder = files.path().to_string_lossy().into_owned();
    let (code, lines) = terminal.run(&["drug", "check", "--substances", "a;b"]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "no_thesaurus"));
    let done = terminal.one(&["import", "drugs", &folder]);
    for (name, expected) in
        [("drugs", 4), ("compositions", 5), ("presentations", 4), ("conditions", 2), ("rejected", 1)]
    {
        assert_eq!(done.get(name).and_then(Value::as_i64), Some(expected), "{name}");
    }
    assert_eq!(text(&done, "edition"), "2026-05-18");
    let done = terminal.one(&["import", "interactions", &format!("{folder}/thesaurus-2020-10.json")]);
    assert_eq!(
        (done["pairs"].as_i64(), done["substances"].as_i64(), text(&done, "edition").as_str()),
        (Some(3), Some(3), "2020-10")
    );
    let found = terminal.one(&["drug", "search", "zéta"]);
    assert_eq!((text(&found, "cis").as_str(), text(&found, "atc").as_str()), ("60000000", "N05BA01"));
    assert_eq!(found["substances"], serde_json::json!(["ZÉTAMOL"]));
    let finding = terminal.one(&["drug", "check", "--substances", "zetamol;plombe1"]);
    assert_eq!((text(&finding, "a").as_str(), text(&finding, "b").as_str()), ("zetamol", "plombe1"));
    assert_eq!(
        (text(&finding, "level").as_str(), text(&finding, "edition").as_str()),
        ("contre-indication", "2020-10")
    );
    assert!(!text(&finding, "mechanism").is_empty() && !text(&finding, "advice").is_empty());
    let by_cis = terminal.one(&["drug", "check", "--cis", "60000000;60000001"]);
    assert_eq!(text(&by_cis, "level"), "contre-indication");
    assert_eq!(text(&terminal.one(&["drug", "check", "--substances", "zetamol;inconnuline"]), "level"), "unknown");
    assert_eq!(terminal.run(&["drug", "check", "--substances", "plombe1"]), (0, vec![]));
    std::fs::write(files.path().join("CIS_bdpm.txt"), "60000000\tX\r\n").expect("written");
    let (code, lines) = terminal.run(&["import", "drugs", &folder]);
    assert_eq!((code, text(&lines[0], "code").as_str()), (3, "drugs_columns"));
    assert_eq!(lines[0]["parameters"]["line"], "1");
    assert_eq!(text(&terminal.one(&["drug", "search", "zéta"]), "cis"), "60000000", "the earlier edition is in use");
}

#[test]
fn a_person_is_exported_and_what_left_is_listed_from_a_terminal() {
    let terminal = Terminal::new();
    terminal.init();
    let patient =
        terminal.one(&["patient", "add", "--surname", "TAZI", "--first-name", "Meryem", "--born", "1990-01-02"]);
    let id = patient["id"].as_str().expect("an id").to_owned();
    let phrase = terminal.file("phrase", "Sept-Ponts#Calmes2026\n");
    let out = terminal.path("meryem.zip");
    let out = out.to_str().expect("a path");
    let made = terminal.one(&["person", "export", "--patient", &id, "--out", out, "--passphrase-file", &phrase]);
    assert_eq!((made["encrypted"].as_bool(), made["path"].as_str()), (Some(true), Some(out)));
    assert!(std::fs::read(out).expect("the file").starts_with(b"age-encryption.org/v1"));
    let listed = terminal.one(&["disclosures", "--patient", &id]);
    assert_eq!(listed["what"], "disclosure");
    assert_eq!(
        (&listed["entry"]["recipient_kind"], &listed["entry"]["way"]),
        (&"person".into(), &"encrypted_file".into())
    );
    let weak = terminal.file("weak", "meryem\n");
    let (code, lines) = terminal.run(&["person", "export", "--patient", &id, "--out", out, "--passphrase-file", &weak]);
    assert_eq!((code, lines[0]["code"].as_str()), (3, Some("weak_password")));
    let (code, lines) = terminal.run(&["person", "export", "--patient", "nobody", "--out", out]);
    assert_eq!((code, lines[0]["code"].as_str()), (3, Some("patient_not_found")));
    let pdf = terminal.path("relevé.pdf");
    terminal.one(&["disclosures", "--patient", &id, "--out", pdf.to_str().expect("a path"), "--language", "ar"]);
    assert!(std::fs::read(pdf).expect("the file").starts_with(b"%PDF-"));
}
