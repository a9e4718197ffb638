//! The sync with a portal from the terminal: signed, previewed, told, paused, ended.

use serde_json::Value;

use crate::cli::{Terminal, text};
use crate::portal_server::PortalServer;

const WHO: &str = "Dr Lefèvre";
const SECRET: &str = "SEMAINIER_PORTAL_SECRET_FILE";

#[test]
fn an_instruction_is_signed_told_paused_and_ended_from_the_terminal() {
    let Some(server) = PortalServer::new() else { return };
    let tenant = server.tenant("Cabinet du terminal");
    let terminal = Terminal::new();
    terminal.init();
    let hours = ["hours", "set", "--practitioner", WHO, "--days", "mon-fri", "--from", "09:00", "--to", "18:00"];
    assert_eq!(terminal.run(&hours).0, 0);
    terminal.one(&["type", "add", "--name", "Consultation en ligne", "--minutes", "20", "--online"]);
    let status = |terminal: &Terminal| terminal.one(&["sync", "status"]);
    let before = status(&terminal);
    assert_eq!(
        (text(&before, "state"), before["queued"].as_i64(), before["oldest"].is_null()),
        ("off".to_owned(), Some(0), true)
    );
    // Before any instruction the fullest one is shown, a payload a line.
    let (code, lines) = terminal.run(&["sync", "preview"]);
    assert_eq!(code, 0);
    assert!(lines.len() > 50 && lines.iter().all(|line| line["resourceType"].is_string()), "{}", lines.len());
    terminal.file("secret", &format!("{}\n", tenant.client_secret));
    let address = server.address();
    let instruct = |more: &[&str]| -> (i32, Vec<Value>) {
        let base = ["sync", "instruct", "--portal", &address, "--client", &tenant.client_id];
        let mail = ["--controller-email", "donnees@exemple.fr", "--controller-address", "1 rue du Port, 44000 Nantes"];
        terminal.run_with(SECRET, "secret", &[&base[..], &mail[..], more].concat())
    };
    let (code, lines) = instruct(&[]);
    assert_eq!(
        (code, text(&lines[1], "code").as_str()),
        (3, "portal_key_needed"),
        "the key is compared first: {lines:?}"
    );
    let key = text(&lines[0], "key");
    let (code, lines) = instruct(&["--key", &key, "--reason", "--reminder", "48"]);
    assert_eq!((code, text(&lines[0], "state").as_str()), (0, "waiting"), "{lines:?}");
    let done = terminal.run_with(SECRET, "secret", &["sync", "now"]);
    assert_eq!((done.0, text(&done.1[0]["state"], "state").as_str()), (0, "idle"), "{done:?}");
    assert!(server.free_slots(&tenant).len() > 50);
    assert_eq!(text(&terminal.run_with(SECRET, "secret", &["sync", "suspend"]).1[0], "state"), "suspended");
    assert_eq!(text(&terminal.run_with(SECRET, "secret", &["sync", "resume"]).1[0], "state"), "idle");
    let out = terminal.file("folder", "");
    std::fs::remove_file(&out).expect("only its name is wanted");
    let ended = terminal.run_with(SECRET, "secret", &["sync", "return-and-destroy", "--out", &out]);
    assert_eq!(ended.0, 0, "{ended:?}");
    assert_eq!(ended.1[0]["confirmation"]["valid"].as_bool(), Some(true));
    assert!(std::fs::read_to_string(&out).expect("it was returned").contains("\"kind\":\"schedule\""));
    assert_eq!(text(&status(&terminal), "state"), "ended");
    let pdf = terminal.file("instruction.pdf", "");
    assert_eq!(terminal.run(&["sync", "print", "1", &pdf]).0, 0);
    assert!(std::fs::read(&pdf).expect("printed").starts_with(b"%PDF"));
}
