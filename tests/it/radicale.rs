//! A real calendar server for the scenarios of publishing: Radicale on this computer, with a user and a password.
//!
//! `scripts/radicale.sh` installs it under `target/tools`; the test script requires it wherever it could be installed.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use semainier_app::caldav::Collection;
use semainier_app::net::Credentials;
use tempfile::TempDir;

/// The user of the server.
pub const LOGIN: &str = "lefevre";
/// Their password there.
pub const SECRET: &str = "Nuage:Clair_42";

/// A server; stopped when dropped.
pub struct Radicale {
    folder: TempDir,
    port: u16,
    encrypted: bool,
    child: Option<Child>,
}

fn program() -> Option<PathBuf> {
    let tools = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("it lies in the target folder").join("tools");
    Some(tools.join("radicale/bin/radicale")).filter(|program| program.is_file())
}

impl Radicale {
    /// A server, or a clear line where none is installed.
    pub fn new() -> Option<Self> {
        Self::made(false)
    }

    /// One with a certificate of an authority of its own.
    pub fn encrypted() -> Option<Self> {
        Self::made(true)
    }

    fn made(encrypted: bool) -> Option<Self> {
        if program().is_none() {
            let required = std::env::var_os("SEMAINIER_RADICALE").is_some_and(|value| value == "required");
            assert!(!required, "Radicale is required and not there: run scripts/radicale.sh");
            eprintln!("SKIPPED: Radicale is not installed; scripts/radicale.sh installs it");
            return None;
        }
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
        let mut server = Self { folder: tempfile::tempdir().expect("a folder"), port, encrypted, child: None };
        fs::write(server.path("users"), format!("{LOGIN}:{SECRET}\n")).expect("written");
        if encrypted {
            server.make_certificates();
        }
        let tls = if encrypted {
            format!(
                "ssl = True\ncertificate = {}\nkey = {}\n",
                server.path("server.pem").display(),
                server.path("server.key").display()
            )
        } else {
            String::new()
        };
        let configuration = format!(
            "[server]\nhosts = 127.0.0.1:{port}\n{tls}[auth]\ntype = htpasswd\nhtpasswd_filename = {}\nhtpasswd_encryption = plain\n\
             delay = 0\n[storage]\nfilesystem_folder = {}\n[web]\ntype = none\n[logging]\nlevel = warning\n",
            server.path("users").display(),
            server.path("collections").display(),
        );
        fs::write(server.path("config"), configuration).expect("written");
        server.start();
        Some(server)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// An authority, and a certificate of this address by it.
    fn make_certificates(&self) {
        let run = |arguments: &[&str]| {
            let done =
                Command::new("openssl").args(arguments).current_dir(self.folder.path()).output().expect("openssl runs");
            assert!(done.status.success(), "openssl {arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
        };
        let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
        let authority = ["req", "-x509", "-days", "30", "-subj", "/CN=Cabinet", "-keyout", "ca.key", "-out", "ca.pem"];
        run(&[&authority[..], &key[..]].concat());
        let wish = ["req", "-subj", "/CN=127.0.0.1", "-keyout", "server.key", "-out", "server.csr"];
        run(&[&wish[..], &key[..]].concat());
        fs::write(self.path("names"), "subjectAltName=IP:127.0.0.1\nbasicConstraints=CA:FALSE\n").expect("written");
        run(&[
            "x509",
            "-req",
            "-in",
            "server.csr",
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-CAcreateserial",
            "-days",
            "30",
            "-extfile",
            "names",
            "-out",
            "server.pem",
        ]);
    }

    /// The authority's certificate.
    pub fn authority(&self) -> String {
        fs::read_to_string(self.path("ca.pem")).expect("it was made")
    }

    /// Starts the server, and waits until it listens.
    pub fn start(&mut self) {
        let child = Command::new(program().expect("it is installed"))
            .arg("--config")
            .arg(self.path("config"))
            .env_remove("RADICALE_CONFIG")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(fs::File::create(self.path("log")).expect("a log")))
            .spawn()
            .expect("Radicale starts");
        self.child = Some(child);
        let end = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = || fs::read_to_string(self.path("log")).unwrap_or_default();
            assert!(Instant::now() < end, "Radicale does not listen: {}", log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops the server; what it holds stays.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be stopped");
            child.wait().expect("it stopped");
        }
    }

    /// The address of something at the server.
    pub fn address(&self, path: &str) -> String {
        let scheme = if self.encrypted { "https" } else { "http" };
        format!("{scheme}://127.0.0.1:{}{path}", self.port)
    }

    /// The calendar at a path, as its user sees it. Its calls block.
    pub fn calendar(&self, path: &str) -> Collection {
        let authority = if self.encrypted { self.authority() } else { String::new() };
        Collection::open(&self.address(path), &authority, Credentials::new(LOGIN, SECRET)).expect("an address")
    }

    /// The text of every event in a calendar, sorted.
    pub fn events(&self, path: &str) -> Vec<String> {
        tokio::task::block_in_place(|| {
            let calendar = self.calendar(path);
            let names: Vec<String> = calendar.list().expect("listed").into_keys().collect();
            let mut texts: Vec<String> =
                names.iter().map(|name| calendar.read(name).expect("read").expect("there").1).collect();
            texts.sort();
            texts
        })
    }

    /// What somebody with a phone does to an event: finds the one with these words and says other ones.
    pub fn edit(&self, path: &str, words: &str, other: &str) {
        tokio::task::block_in_place(|| {
            let calendar = self.calendar(path);
            for (name, etag) in calendar.list().expect("listed") {
                let text = calendar.read(&name).expect("read").expect("there").1;
                if text.contains(words) {
                    let step = domain::agenda::publication::Step::Replace(name, etag);
                    let done = calendar.carry_out(&step, &text.replace(words, other)).expect("edited");
                    assert!(!done.conflict);
                    return;
                }
            }
            panic!("no event says {words}");
        });
    }
}

impl Drop for Radicale {
    fn drop(&mut self) {
        self.stop();
    }
}
