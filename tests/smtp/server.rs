//! A real mail server for the scenarios of messages: aiosmtpd on this computer, with a user, a password and a certificate.
//!
//! `scripts/smtp.sh` installs it under `target/tools`; the test script requires it wherever it could be installed. Used by the
//! app's scenarios and by the portal's.

#![allow(dead_code, reason = "each of the two uses what it needs")]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The user of the server.
pub const LOGIN: &str = "cabinet";
/// Their password there.
pub const SECRET: &str = "Courrier:Clair_42";

/// A mail that arrived.
#[derive(Debug, Clone)]
pub struct Arrived {
    /// The envelope's recipients.
    pub to: Vec<String>,
    /// The envelope's sender.
    pub from: String,
    /// The whole text, as it was transferred.
    pub data: String,
    /// Whether it came encrypted.
    pub encrypted: bool,
    /// Who signed in to send it.
    pub user: Option<String>,
}

impl Arrived {
    /// A header's value, on one line.
    pub fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.data.split_once("\r\n\r\n")?;
        let joined = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        joined.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned))
    }

    /// The body as its reader sees it.
    pub fn body(&self) -> String {
        let (_, body) = self.data.split_once("\r\n\r\n").expect("a mail has a body");
        match self.header("Content-Transfer-Encoding").as_deref() {
            Some("quoted-printable") => unquote(body),
            Some("base64") => unbase(body),
            _ => body.to_owned(),
        }
    }
}

fn unquote(text: &str) -> String {
    let joined = text.replace("=\r\n", "");
    let (bytes, mut out, mut at) = (joined.as_bytes(), Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at] == b'=' {
            let digits = std::str::from_utf8(&bytes[at + 1..at + 3]).expect("two digits");
            out.push(u8::from_str_radix(digits, 16).expect("two digits"));
            at += 3;
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    String::from_utf8(out).expect("it is UTF-8")
}

fn unbase(text: &str) -> String {
    use base64::Engine as _;
    let joined: String = text.split_whitespace().collect();
    let bytes = base64::engine::general_purpose::STANDARD.decode(joined).expect("it is base 64");
    String::from_utf8(bytes).expect("it is UTF-8")
}

/// How the server is spoken to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// TLS from the first byte.
    Tls,
    /// STARTTLS.
    StartTls,
    /// In the clear, without a user.
    Plain,
}

/// A mail server; stopped when dropped.
pub struct Smtp {
    folder: PathBuf,
    way: Way,
    port: u16,
    child: Option<Child>,
}

fn python() -> Option<PathBuf> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder").join("tools");
    Some(tools.join("aiosmtpd/bin/python")).filter(|program| program.is_file())
}

impl Smtp {
    /// A server, or a clear line where none is installed.
    pub fn start(way: Way) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        if python().is_none() {
            let required = std::env::var_os("SEMAINIER_SMTP").is_some_and(|value| value == "required");
            assert!(!required, "the mail server is required and not there: run scripts/smtp.sh");
            eprintln!("SKIPPED: no mail server is installed; scripts/smtp.sh installs it");
            return None;
        }
        let name = format!("smtp-{}-{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).expect("a folder");
        let mut server = Self { folder, way, port: 0, child: None };
        if way != Way::Plain {
            server.make_certificates();
        }
        server.run();
        Some(server)
    }

    /// Starts it, at the port that it had before.
    pub fn run(&mut self) {
        let security = match self.way {
            Way::Tls => "tls",
            Way::StartTls => "starttls",
            Way::Plain => "none",
        };
        let mut command = Command::new(python().expect("it is installed"));
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/smtp/server.py"));
        if !Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/smtp/server.py")).is_file() {
            command = Command::new(python().expect("it is installed"));
            command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.py"));
        }
        command.args(["--security", security, "--port", &self.port.to_string(), "--folder"]).arg(&self.folder);
        if self.way != Way::Plain {
            command.args(["--login", LOGIN, "--password", SECRET]);
        }
        let log = fs::File::create(self.folder.join("log")).expect("a log");
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the mail server starts");
        let mut line = String::new();
        let mut said = BufReader::new(child.stdout.take().expect("it speaks"));
        said.read_line(&mut line).expect("it says its port");
        let log = || fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        self.port = line.trim().parse().unwrap_or_else(|_| panic!("the mail server does not listen: {}", log()));
        self.child = Some(child);
    }

    /// Stops it; what arrived stays.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be stopped");
            child.wait().expect("it stopped");
        }
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The authority of its certificate; empty where it has none.
    pub fn authority(&self) -> String {
        fs::read_to_string(self.folder.join("ca.pem")).unwrap_or_default()
    }

    /// The file of that authority.
    pub fn authority_file(&self) -> PathBuf {
        self.folder.join("ca.pem")
    }

    /// What arrived so far, the first first.
    pub fn arrived(&self) -> Vec<Arrived> {
        let mut names: Vec<PathBuf> = fs::read_dir(&self.folder)
            .expect("the folder is there")
            .map(|entry| entry.expect("an entry").path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
            .collect();
        names.sort();
        let read = |path: &PathBuf| {
            let text = fs::read_to_string(path).expect("a mail is a text");
            let mail: serde_json::Value = serde_json::from_str(&text).expect("it is JSON");
            Arrived {
                to: serde_json::from_value(mail["to"].clone()).expect("recipients"),
                from: mail["from"].as_str().expect("a sender").to_owned(),
                data: mail["data"].as_str().expect("a text").to_owned(),
                encrypted: mail["encrypted"] == true,
                user: mail["user"].as_str().map(str::to_owned),
            }
        };
        names.iter().map(read).collect()
    }

    /// An authority, and a certificate of this address by it.
    fn make_certificates(&self) {
        let run = |arguments: &[&str]| {
            let done =
                Command::new("openssl").args(arguments).current_dir(&self.folder).output().expect("openssl runs");
            assert!(done.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        };
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
        let authority = ["req", "-x509", "-days", "30", "-subj", "/CN=Courrier", "-keyout", "ca.key", "-out", "ca.pem"];
        run(&[&authority[..], &key[..]].concat());
        let wish = ["req", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr"];
        run(&[&wish[..], &key[..]].concat());
        fs::write(self.folder.join("names"), "subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n")
            .expect("written");
        let signed = ["x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"];
        run(&[&signed[..], &["-days", "30", "-extfile", "names", "-out", "server.pem"]].concat());
    }
}

impl Drop for Smtp {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
