//! The window's own commands: the operating system's dialogs. `save_file`: the user says where, and the file is written there
//! whole or not at all. `choose_file` and `choose_folder`: the user says which; only its path is told. The page never sees
//! the file system.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use tauri::AppHandle;
use tokio::sync::oneshot;

use crate::commands::CommandError;
use crate::commands::wire::FileView;

/// What the page may ask the user to choose.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    /// A whole practice.
    Archive,
    /// A backup.
    Backup,
    /// The drug base's files in an archive.
    DrugArchive,
    /// The thesaurus of interactions.
    Thesaurus,
}

impl FileKind {
    /// How its files' names end.
    const fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Archive => &["zip", "ZIP"],
            FileKind::Backup => &["semainier-backup"],
            FileKind::DrugArchive => &["zip"],
            FileKind::Thesaurus => &["pdf", "json"],
        }
    }
}

/// Keeps a file where the user says; answers with its path, or nothing where the user thought better of it.
///
/// # Errors
/// `bad_request` where the bytes are not base 64; `disk_full`, `read_only` or `disk_error` where the file could not be
/// written: what stood there before still does.
#[tauri::command]
pub async fn save_file(app: AppHandle, request: FileView) -> Result<Option<String>, CommandError> {
    let bytes = STANDARD.decode(&request.base64).map_err(|_| CommandError::new("bad_request"))?;
    let Some(path) = ask(&app, proposed(&request.name)).await? else { return Ok(None) };
    let shown = path.display().to_string();
    tokio::task::spawn_blocking(move || write(&path, &bytes))
        .await
        .map_err(|_| CommandError::new("interrupted"))?
        .map_err(|error| refusal(&error))?;
    Ok(Some(shown))
}

/// Asks for a file; answers with its path, or nothing where the user thought better of it.
///
/// # Errors
/// `bad_name` where the path is no text; `interrupted`.
#[tauri::command]
pub async fn choose_file(app: AppHandle, kind: FileKind) -> Result<Option<String>, CommandError> {
    let (tell, answer) = oneshot::channel();
    app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new().add_filter("Semainier", kind.endings()).pick_file();
        tauri::async_runtime::spawn(async move {
            let _ = tell.send(dialog.await.map(|file| file.path().to_owned()));
        });
    })
    .map_err(|_| CommandError::new("interrupted"))?;
    let Some(path) = answer.await.unwrap_or(None) else { return Ok(None) };
    path.to_str().map(|path| Some(path.to_owned())).ok_or_else(|| CommandError::new("bad_name"))
}

/// Opens the dialog. It belongs to the main thread; its answer comes whenever the user gives it.
async fn ask(app: &AppHandle, name: String) -> Result<Option<PathBuf>, CommandError> {
    let (tell, answer) = oneshot::channel();
    app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new().set_file_name(&name).save_file();
        tauri::async_runtime::spawn(async move {
            let chosen = dialog.await.map(|file| file.path().to_owned());
            // Nobody waits any more where the window was closed over its dialog.
            let _ = tell.send(chosen);
        });
    })
    .map_err(|_| CommandError::new("interrupted"))?;
    Ok(answer.await.unwrap_or(None))
}

/// Which folder the user means; nothing where they thought better of it.
///
/// # Errors
/// `interrupted` where the window is closing.
#[tauri::command]
pub async fn choose_folder(app: AppHandle) -> Result<Option<String>, CommandError> {
    let (tell, answer) = oneshot::channel();
    app.run_on_main_thread(move || {
        let dialog = rfd::AsyncFileDialog::new().pick_folder();
        tauri::async_runtime::spawn(async move {
            // Nobody waits any more where the window was closed over its dialog.
            let _ = tell.send(dialog.await.map(|folder| folder.path().display().to_string()));
        });
    })
    .map_err(|_| CommandError::new("interrupted"))?;
    Ok(answer.await.unwrap_or(None))
}

/// A proposed name is a name only: neither a folder nor anything hidden.
fn proposed(name: &str) -> String {
    let clean: String = name.chars().filter(|sign| !sign.is_control() && !r#"/\:*?"<>|"#.contains(*sign)).collect();
    let clean = clean.trim_matches(['.', ' ']);
    if clean.is_empty() { "semainier".to_owned() } else { clean.to_owned() }
}

/// Writes beside, then renames: a full disk leaves what was there.
fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

fn refusal(error: &std::io::Error) -> CommandError {
    use std::io::ErrorKind;
    CommandError::new(match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "disk_full",
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "read_only",
        _ => "disk_error",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proposed_name_stays_in_the_folder_that_the_user_chooses() {
        assert_eq!(proposed("../../etc/passwd"), "etcpasswd");
        assert_eq!(proposed("liste 2026-11-24.pdf"), "liste 2026-11-24.pdf");
        assert_eq!(proposed("لائحة.pdf"), "لائحة.pdf");
        assert_eq!(proposed(" .. "), "semainier");
    }

    #[test]
    fn a_file_is_replaced_whole_and_a_missing_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("day.pdf");
        write(&path, b"one").unwrap();
        write(&path, b"two").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"two");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let error = write(&folder.path().join("none/day.pdf"), b"x").unwrap_err();
        assert_eq!(refusal(&error).code, "disk_error");
    }
}
