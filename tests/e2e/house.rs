//! A computer of one's own for a test: a home folder with a vault in it, a display, one window at a time.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};

use tempfile::TempDir;
use tokio::sync::{Mutex, MutexGuard};

use crate::window::Window;

/// The program under test.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_semainier");

/// Windows of two tests at once would compete for the focus.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// A home folder with a vault. Whatever still runs in it ends with it.
pub struct House {
    home: TempDir,
    display: Option<VirtualDisplay>,
    pictures: bool,
    _alone: MutexGuard<'static, ()>,
}

impl House {
    /// An empty computer.
    pub async fn new() -> Self {
        let alone = ONE_AT_A_TIME.lock().await;
        let there = std::env::var_os("DISPLAY").is_some_and(|display| !display.is_empty());
        Self {
            home: tempfile::tempdir().expect("a temporary folder can be made"),
            display: (!there).then(VirtualDisplay::open),
            pictures: false,
            _alone: alone,
        }
    }

    /// An empty computer whose windows can be photographed: the driver waits for ever for a picture of a page that is drawn
    /// as users have it, without the compositor.
    pub async fn for_pictures() -> Self {
        let mut house = Self::new().await;
        house.pictures = true;
        house
    }

    /// The home folder.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The vault's folder.
    pub fn vault(&self) -> PathBuf {
        self.home().join("practice")
    }

    /// A command that lives in this house.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .env("HOME", self.home())
            .env("SEMAINIER_VAULT", self.vault())
            .env("LANG", "C.UTF-8")
            // No trace of the computer that the test runs on.
            .env_remove("XDG_DATA_HOME")
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("XDG_CACHE_HOME")
            .env("NO_AT_BRIDGE", "1");
        if self.pictures {
            command.env("WEBKIT_DISABLE_COMPOSITING_MODE", "0");
        }
        if let Some(display) = &self.display {
            command.env("DISPLAY", &display.name);
        }
        command
    }

    /// Opens the window.
    pub async fn open(&self) -> Window {
        Window::open(self).await
    }

    /// Runs the command line as `login`; answers with its standard output. Its refusal fails the test.
    pub fn run(&self, login: &str, password: &str, arguments: &[&str]) -> String {
        let secret = self.home().join("password");
        fs::write(&secret, password).expect("the home can be written");
        let output = self
            .command(PROGRAM)
            .env("SEMAINIER_USER", login)
            .env("SEMAINIER_PASSWORD_FILE", &secret)
            .args(arguments)
            .output()
            .expect("the program starts");
        fs::remove_file(&secret).expect("the password was there");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let complaint = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{arguments:?}: {}\n{said}\n{complaint}", output.status);
        said
    }

    /// Every file below the home, with its bytes.
    pub fn bytes_on_disk(&self) -> Vec<(PathBuf, Vec<u8>)> {
        let (mut folders, mut found) = (vec![self.home().to_owned()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
                let path = entry.path();
                match entry.file_type() {
                    Ok(kind) if kind.is_dir() => folders.push(path),
                    Ok(kind) if kind.is_file() => found.push((path.clone(), fs::read(&path).unwrap_or_default())),
                    _ => {}
                }
            }
        }
        found
    }

    /// Processes of the program that live here.
    pub fn processes(&self) -> Vec<u32> {
        let home = format!("HOME={}", self.home().display());
        fs::read_dir("/proc")
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().to_string_lossy().parse().ok())
            .filter(|process: &u32| {
                let file = |name: &str| format!("/proc/{process}/{name}");
                fs::read_link(file("exe")).is_ok_and(|exe| exe == Path::new(PROGRAM))
                    && fs::read(file("environ"))
                        .is_ok_and(|all| all.split(|byte| *byte == 0).any(|one| one == home.as_bytes()))
            })
            .collect()
    }

    /// Ends the program as a loss of power does.
    pub fn kill(&self) {
        let processes = self.processes();
        assert!(!processes.is_empty(), "nothing runs that could be killed");
        for process in processes {
            signal(process, "-9");
        }
    }
}

impl Drop for House {
    fn drop(&mut self) {
        for process in self.processes() {
            signal(process, "-9");
        }
    }
}

/// Sends a signal to one process.
pub fn signal(process: u32, which: &str) {
    // It may have ended in the meantime.
    let _ = Command::new("kill").args([which, &process.to_string()]).stderr(Stdio::null()).status();
}

/// A virtual display, for a computer without one. It ends with its house.
struct VirtualDisplay {
    server: Child,
    name: String,
    /// Held open: the server would end with the reader of its output.
    _said: ChildStdout,
}

impl VirtualDisplay {
    fn open() -> Self {
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is installed: `make test` sees to it");
        let mut said = server.stdout.take().expect("its output is piped");
        let (mut number, mut byte) = (String::new(), [0]);
        // It says its number, then is ready.
        while said.read(&mut byte).is_ok_and(|read| read == 1) && byte != *b"\n" {
            number.push(char::from(byte[0]));
        }
        Self { server, name: format!(":{number}"), _said: said }
    }
}

impl Drop for VirtualDisplay {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
