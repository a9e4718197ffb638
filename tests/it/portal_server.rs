//! A real portal for the scenarios of the sync: the program `semainier-portal` on a PostgreSQL database of its own.
//!
//! `scripts/portal.sh` starts the database; the test script requires it wherever it could be installed. The portal's program is
//! the one beside this very test (`cargo build --package semainier-portal`).

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

#[path = "portal_visitor.rs"]
mod visitor;

pub use visitor::{Booking, Visitor};

/// How long the portal may take for anything a test waits for.
const PATIENCE: Duration = Duration::from_secs(60);

/// A practice as the portal knows it.
#[derive(Clone)]
pub struct Tenant {
    pub practice: String,
    pub client_id: String,
    pub client_secret: String,
}

/// A portal; stopped when dropped, and its database removed.
pub struct PortalServer {
    folder: TempDir,
    port: u16,
    database: String,
    owner_address: String,
    portal_address: String,
    child: Option<Child>,
    said: Arc<(Mutex<Vec<String>>, Condvar)>,
}

/// An answer of the portal.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).expect("the answer is JSON")
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// An address that nobody used before.
pub fn strange_address() -> Ipv4Addr {
    static NUMBER: AtomicU32 = AtomicU32::new(0x0b00_0000);
    Ipv4Addr::from(NUMBER.fetch_add(1, Ordering::Relaxed))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The portal's program, beside this test.
pub fn program() -> Option<PathBuf> {
    let test = std::env::current_exe().expect("a test knows where it lies");
    let program = test.parent()?.parent()?.join(format!("semainier-portal{}", std::env::consts::EXE_SUFFIX));
    program.is_file().then_some(program)
}

fn script(arguments: &[&str]) -> Option<String> {
    let done = Command::new("scripts/portal.sh").args(arguments).current_dir(root()).output().ok()?;
    done.status.success().then(|| String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

#[allow(dead_code, reason = "the bench of the sync uses a part of it")]
impl PortalServer {
    /// A portal, or a clear line where PostgreSQL or the portal's program is not there.
    pub fn new() -> Option<Self> {
        Self::made(&[])
    }

    /// The same whose every commit is on the disk before it is answered, as in earnest: to be measured.
    pub fn durable() -> Option<Self> {
        Self::made(&["durable"])
    }

    fn made(how: &[&str]) -> Option<Self> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let required = std::env::var_os("SEMAINIER_POSTGRES").is_some_and(|value| value == "required");
        let skip = |why: &str| {
            assert!(!required, "{why}");
            eprintln!("SKIPPED: {why}");
        };
        if program().is_none() {
            skip("the portal is not built: cargo build --package semainier-portal");
            return None;
        }
        let database = format!("sync_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        let Some(made) = script(&[&["make", database.as_str()], how].concat()) else {
            skip("PostgreSQL is not there: scripts/portal.sh database installs it");
            return None;
        };
        let (owner, portal) = made.split_once('\n').expect("two addresses");
        let port = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("bound").port();
        let mut server = Self {
            folder: tempfile::tempdir().expect("a folder"),
            port,
            database,
            owner_address: owner.to_owned(),
            portal_address: portal.to_owned(),
            child: None,
            said: Arc::default(),
        };
        assert!(server.run(&["migrate"]).status.success(), "the schema is made");
        server.start();
        Some(server)
    }

    fn command(&self) -> Command {
        let mut command = Command::new(program().expect("it is built"));
        command
            .env("PORTAL_OWNER_DATABASE", &self.owner_address)
            .env("PORTAL_DATABASE", &self.portal_address)
            .env("PORTAL_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("PORTAL_PUBLIC_URL", self.address())
            .env("PORTAL_SIGNING_KEY", self.folder.path().join("signing-key"))
            .env("PORTAL_PROCESSOR", "Portail des essais")
            .env("PORTAL_HOST", "Hébergeur des essais, France")
            .env("PORTAL_CONNECTIONS", "8")
            // Each visitor comes from an address of their own.
            .env("PORTAL_PROXY", "true");
        command
    }

    fn run(&self, arguments: &[&str]) -> std::process::Output {
        self.command().args(arguments).output().expect("the portal's program runs")
    }

    /// Serves, and waits until it listens.
    pub fn start(&mut self) {
        let mut child = self
            .command()
            .args(["serve", "--development"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the portal starts");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        let said = Arc::clone(&self.said);
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let (kept, told) = &*said;
                kept.lock().expect("no test broke it").push(line);
                told.notify_all();
            }
        });
        self.child = Some(child);
        let end = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(Instant::now() < end, "the portal does not listen: {:?}", self.said.0.lock());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it without a word, as a loss of power would; what it holds stays.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().expect("it can be stopped");
            child.wait().expect("it stopped");
        }
    }

    /// Keeps a copy of the database, as its operator's backup would be. It serves on.
    pub fn back_up(&mut self) {
        self.stop();
        let copy = format!("{}_backup", self.database);
        script(&["copy", &self.database, &copy]).expect("copied");
        self.start();
    }

    /// Puts the copy in the place of the database, and serves; `says` is what the operator does before.
    pub fn restore(&mut self, says: &[&str]) {
        self.stop();
        let copy = format!("{}_backup", self.database);
        script(&["copy", &copy, &self.database]).expect("copied");
        if !says.is_empty() {
            let done = self.run(says);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        }
        self.start();
    }

    /// Loses what the portal keeps beside its database about erasures.
    pub fn lose_erasures(&self) {
        std::fs::remove_file(self.folder.path().join("erasures")).expect("it was written");
    }

    /// Where it is served.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The port at which it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Takes a practice in.
    pub fn tenant(&self, name: &str) -> Tenant {
        let added = self.run(&["tenant", "add", name]);
        assert!(added.status.success(), "{}", String::from_utf8_lossy(&added.stderr));
        let made: Value = serde_json::from_slice(&added.stdout).expect("its answer is JSON");
        let of = |name: &str| made[name].as_str().expect("a text").to_owned();
        Tenant { practice: of("practice"), client_id: of("client_id"), client_secret: of("client_secret") }
    }

    /// Waits for a line on the standard error that is new since `from` and answers; returns what it answers.
    fn hear<T>(&self, from: usize, answers: impl Fn(&str) -> Option<T>) -> T {
        let (kept, told) = &*self.said;
        let mut lines = kept.lock().expect("no test broke it");
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(found) = lines.iter().skip(from).find_map(|line| answers(line)) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "the portal never said it: {lines:?}");
            lines = told.wait_timeout(lines, left).expect("no test broke it").0;
        }
    }

    /// How many lines it has said.
    fn heard(&self) -> usize {
        self.said.0.lock().expect("no test broke it").len()
    }

    /// One request; redirections are not followed.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        send(self.port, method, path, headers, body)
    }

    /// One request of a practice, with a new token.
    pub fn call(&self, tenant: &Tenant, method: &str, path: &str, body: &str) -> Answer {
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            tenant.client_id, tenant.client_secret
        );
        let from = strange_address().to_string();
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("x-forwarded-for", from.as_str())];
        let token = self.send("POST", "/oauth/token", &headers, &form);
        assert_eq!(token.status, 200, "{}", token.body);
        let bearer = format!("Bearer {}", token.json()["access_token"].as_str().expect("a token"));
        self.send(method, path, &[("authorization", &bearer), ("content-type", "application/fhir+json")], body)
    }

    /// Everything that it holds of a practice, a value a line.
    pub fn held(&self, tenant: &Tenant) -> Vec<Value> {
        let answer = self.call(tenant, "GET", "/practice/export", "");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
    }

    /// The appointments that it holds of a practice.
    pub fn appointments(&self, tenant: &Tenant) -> Vec<Value> {
        let held = self.held(tenant).into_iter().filter(|line| line["kind"] == "appointment");
        held.map(|mut line| line["value"].take()).collect()
    }

    /// The free slots that it shows.
    pub fn free_slots(&self, tenant: &Tenant) -> Vec<Value> {
        let (mut all, mut path) = (Vec::new(), "/fhir/Slot?status=free&_count=500".to_owned());
        loop {
            let answer = self.call(tenant, "GET", &path, "");
            assert_eq!(answer.status, 200, "{}", answer.body);
            let bundle = answer.json();
            let entries = bundle["entry"].as_array().cloned().unwrap_or_default();
            all.extend(entries.into_iter().map(|mut entry| entry["resource"].take()));
            let next = bundle["link"].as_array().into_iter().flatten().find(|link| link["relation"] == "next");
            match next.and_then(|link| link["url"].as_str()) {
                Some(url) => path = format!("/fhir/{url}"),
                None => return all,
            }
        }
    }
}

impl Drop for PortalServer {
    fn drop(&mut self) {
        self.stop();
        script(&["drop", &self.database]);
        script(&["drop", &format!("{}_backup", self.database)]);
    }
}

/// One request over a connection of its own.
pub fn send(port: u16, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the portal listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\n");
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    request.push_str(&format!("content-length: {}\r\n\r\n{body}", body.len()));
    stream.write_all(request.as_bytes()).expect("sent");
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("answered");
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a whole head");
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let mut lines = head.split("\r\n");
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|code| code.parse().ok());
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { whole(&bytes[end + 4..]) } else { bytes[end + 4..].to_vec() };
    Answer { status: status.expect("a status"), headers, body: String::from_utf8_lossy(&body).into_owned() }
}

/// A body that came in chunks.
fn whole(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = String::from_utf8_lossy(&rest[..line]);
        let size = usize::from_str_radix(size.split(';').next().unwrap_or_default().trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        body.extend_from_slice(&rest[line + 2..line + 2 + size]);
        rest = &rest[line + 4 + size..];
    }
    body
}

#[test]
fn a_portal_of_its_own_answers_and_is_gone_afterwards() {
    let Some(server) = PortalServer::new() else { return };
    let tenant = server.tenant("Cabinet des essais");
    let about = server.send("GET", "/.well-known/semainier-portal", &[], "").json();
    assert_eq!(about["processor"], "Portail des essais");
    assert_eq!(about["fhir"], format!("{}/fhir", server.address()));
    assert!(server.held(&tenant).is_empty(), "nothing is held before an instruction");
    let key = std::fs::read(server.folder.path().join("signing-key")).expect("it signs");
    assert!(!key.is_empty());
}
