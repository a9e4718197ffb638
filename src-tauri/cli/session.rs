//! Opening the vault for one command: user and password from the environment and files, never from arguments.

use std::env;
use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Refusal;
pub use crate::commands::entrance::here::surroundings;
use crate::commands::entrance::sign_in;
use crate::commands::entrance::wire::SignInRequest;
use crate::commands::{Desk, Doorstep};

/// The first line of a file named by a variable.
pub fn secret(variable: &'static str) -> Result<String, Refusal> {
    let missing = || Refusal::new("credentials_missing").with("variable", variable);
    let path = env::var_os(variable).ok_or_else(missing)?;
    first_line(Path::new(&path)).ok_or_else(missing)
}

/// The first line of a file; none where it is not there or empty.
pub fn first_line(path: &Path) -> Option<String> {
    let file = File::open(path).ok()?;
    let mut line = String::new();
    // A password has one line; a wrong file must not be read whole.
    BufReader::new(file.take(16 * 1024)).read_line(&mut line).ok()?;
    let line = line.trim_end_matches(['\r', '\n']).to_owned();
    (!line.is_empty()).then_some(line)
}

/// Recovery keys: from files named by variables, else from two lines of standard input.
pub fn recovery_keys() -> Result<(String, String), Refusal> {
    if env::var_os("SEMAINIER_RECOVERY_KEY_FILE").is_some() {
        let clinical = secret("SEMAINIER_CLINICAL_RECOVERY_KEY_FILE").unwrap_or_default();
        return Ok((secret("SEMAINIER_RECOVERY_KEY_FILE")?, clinical));
    }
    let stdin = std::io::stdin();
    if stdin.is_terminal() {
        eprintln!("{}", super::words::ask_for_recovery_keys());
    }
    let mut lines = stdin.lock().lines().map_while(Result::ok);
    let first = lines.next().unwrap_or_default();
    if first.trim().is_empty() {
        return Err(Refusal::new("credentials_missing").with("variable", "SEMAINIER_RECOVERY_KEY_FILE"));
    }
    Ok((first, lines.next().unwrap_or_default()))
}

/// The user.
pub fn user() -> Result<String, Refusal> {
    env::var("SEMAINIER_USER")
        .ok()
        .filter(|user| !user.trim().is_empty())
        .ok_or_else(|| Refusal::new("credentials_missing").with("variable", "SEMAINIER_USER"))
}

/// The user's credentials.
pub fn credentials() -> Result<SignInRequest, Refusal> {
    Ok(SignInRequest { login: user()?, password: secret("SEMAINIER_PASSWORD_FILE")? })
}

/// Signs in for one command.
pub async fn open(vault: Option<PathBuf>) -> Result<Arc<Desk>, Refusal> {
    let doorstep = Doorstep::new(surroundings(vault));
    let request = credentials()?;
    let (desk, _) = sign_in::open(&doorstep, request).await?;
    if desk.session().old_keys {
        eprintln!("{}", super::words::old_keys());
    }
    Ok(desk)
}

/// Ends the command's session.
pub async fn close(desk: Arc<Desk>) {
    desk.anchor().await;
    desk.store().close().await;
}
