//! The watched folder: where the laboratories' software puts its files, on each computer. What is still being written waits; what
//! was read is moved into a folder inside, or deleted, as the practice chose.
//!
//! A file here is the laboratory's own and in the clear: deleting it does not overwrite it, and nothing here promises that.
//!
//! Not here: how often one looks (room `desktop`).

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::time::{Duration, SystemTime};

use domain::role::Permission;
use serde_json::json;

use super::intake::{import_bytes, read};
use super::wire::{ImportedResultView, ImportedResultsView, SetWatchedFolderRequest, WatchedFolderView};
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::import::results;
use crate::journal::ChangeRecord;
use crate::store::document::{self, WatchedFolder};

/// Where files go that were read, inside the watched folder. A word of no language.
const INSIDE: &str = "semainier";
/// How long a file without its end must have been left alone before it is told as cut.
const PATIENCE: Duration = Duration::from_secs(600);
/// The same for a folder that somebody imports by hand.
const MOMENT: Duration = Duration::from_secs(5);
/// How many looks stand for that patience where the file's clock and the computer's do not agree.
const STILL: u32 = 20;
/// Endings of files of results. Others are looked into, and left where they are if they are something else.
const ENDINGS: [&str; 8] = ["hpr", "hpm", "hprim", "hl7", "oru", "res", "lab", "er7"];
/// How many files one look into a watched folder takes.
const MOST: usize = 500;

/// How a file stood at the last look.
#[derive(Clone, Copy)]
pub struct Look {
    length: u64,
    at: SystemTime,
    /// How often it stood so.
    stood: u32,
    /// What it turned out to be: not read again while it stands so.
    turned: Turned,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Turned {
    /// Perhaps a file of results.
    Open,
    /// None.
    Foreign,
    /// In the vault, and it could not be moved away.
    Stays,
}

/// Each file at the last look.
pub type Looks = HashMap<PathBuf, Look>;

fn here(desk: &Desk) -> (&str, &str) {
    (&desk.workstation, &desk.os_account)
}

/// What this computer watches.
///
/// # Errors
/// `permission_denied`.
pub async fn show_watched_folder(desk: &Desk, _request: NothingRequest) -> Result<WatchedFolderView, CommandError> {
    let mut connection = desk.read(Permission::FileDocuments, "show_watched_folder").await?;
    let found = document::watched(&mut connection, here(desk)).await?;
    Ok(found.map_or_else(
        || WatchedFolderView { afterwards: "move".to_owned(), ..WatchedFolderView::default() },
        |one| WatchedFolderView {
            path: one.path,
            afterwards: one.afterwards,
            enabled: one.enabled,
            checked_at: one.checked_at,
            code: one.code,
        },
    ))
}

/// Sets it, for this computer and account.
///
/// # Errors
/// `permission_denied`, `folder_missing`, `folder_of_vault`, `unknown_word`.
pub async fn set_watched_folder(desk: &Desk, request: SetWatchedFolderRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::FileDocuments, "set_watched_folder").await?;
    if !matches!(request.afterwards.as_str(), "move" | "delete") {
        return Err(CommandError::field("unknown_word", "afterwards"));
    }
    let path = request.path.trim();
    let folder = if path.is_empty() {
        None
    } else {
        let whole = fs::canonicalize(path).ok().filter(|path| path.is_dir());
        let whole = whole.ok_or_else(|| CommandError::field("folder_missing", "path"))?;
        let own = fs::canonicalize(desk.folder()).unwrap_or_else(|_| desk.folder().to_owned());
        if whole.starts_with(&own) || own.starts_with(&whole) {
            return Err(CommandError::field("folder_of_vault", "path"));
        }
        let path = whole.to_str().ok_or_else(|| CommandError::field("bad_name", "path"))?.to_owned();
        Some(WatchedFolder {
            path,
            afterwards: request.afterwards,
            enabled: request.enabled,
            checked_at: None,
            code: String::new(),
        })
    };
    document::save_watched(change.connection(), here(desk), folder.as_ref()).await?;
    let practice = desk.premises().practice_id.to_string();
    let after =
        folder.as_ref().map(|one| json!({ "path": one.path, "afterwards": one.afterwards, "enabled": one.enabled }));
    let record = ChangeRecord::created("watched_folder", &after);
    change.record("results", &practice, None, &record).await?;
    change.commit().await?;
    Ok(DoneView::default())
}

/// Looks into it now.
///
/// # Errors
/// `permission_denied`, `folder_missing`, `no_practitioner_yet`.
pub async fn check_watched_folder(desk: &Desk, _request: NothingRequest) -> Result<ImportedResultsView, CommandError> {
    desk.require(Permission::FileDocuments, "check_watched_folder").await?;
    Ok(ImportedResultsView { results: look(desk).await? })
}

/// What an open window does by itself: looks into the watched folder, and takes in what waits for a practitioner.
///
/// # Errors
/// What the store refuses.
pub async fn automatic(desk: &Desk) -> Result<(), CommandError> {
    if !desk.session().roles.may(Permission::FileDocuments) {
        return Ok(());
    }
    let looked = look(desk).await;
    super::take_in::take_in(desk, None).await?;
    looked.map(|_| ())
}

async fn look(desk: &Desk) -> Result<Vec<ImportedResultView>, CommandError> {
    let mut connection = desk.store().read().await?;
    let found = document::watched(&mut connection, here(desk)).await?.filter(|folder| folder.enabled);
    drop(connection);
    let Some(mut folder) = found else { return Ok(Vec::new()) };
    let told = import_folder(desk, Path::new(&folder.path), Some(&folder.afterwards)).await;
    let code = told.as_ref().err().map(|error| error.code.clone()).unwrap_or_default();
    folder.checked_at = Some(crate::commands::clock::instant_text(desk.now()));
    folder.code = code;
    let mut tx = desk.store.write().await?;
    document::save_watched(&mut tx, here(desk), Some(&folder)).await?;
    tx.commit().await.map_err(crate::store::StoreError::from)?;
    if told.as_ref().is_ok_and(|told| told.iter().any(|one| !matches!(one.outcome.as_str(), "waiting" | "ignored"))) {
        desk.announce("results", Vec::new());
    }
    told
}

fn is_hidden(name: &str) -> bool {
    name.starts_with(['.', '~']) || name.ends_with(".tmp") || name.ends_with(".part")
}

/// Imports the files of a folder. `afterwards`: a watched folder, of which files go away once they are in the vault; none: they are
/// left.
///
/// # Errors
/// `folder_missing`, and what importing refuses.
pub(super) async fn import_folder(
    desk: &Desk,
    folder: &Path,
    afterwards: Option<&str>,
) -> Result<Vec<ImportedResultView>, CommandError> {
    let listed = fs::read_dir(folder).map_err(|_| CommandError::field("folder_missing", "path"))?;
    let mut paths: Vec<PathBuf> = listed
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.is_file() && !is_hidden(&path.file_name().unwrap_or_default().to_string_lossy()))
        .collect();
    paths.sort();
    let (mut told, mut taken, mut left) = (Vec::new(), 0, None);
    for path in paths {
        let found = match import_path(desk, &path, afterwards).await {
            // One that stays keeps no other waiting.
            Err(error) if error.code == "file_stays" => {
                left = Some(error);
                continue;
            }
            found => found?,
        };
        taken += usize::from(found.iter().any(|one| !matches!(one.outcome.as_str(), "waiting" | "ignored")));
        told.extend(found);
        // The next look goes on with the others.
        if afterwards.is_some() && taken >= MOST {
            break;
        }
    }
    if let Some(error) = left {
        return Err(error);
    }
    Ok(told)
}

/// How a file stands: it can be read now, or it is still being written.
enum Ready {
    Now(Vec<u8>),
    Later,
    Never,
}

fn look_at(desk: &Desk, path: &Path, watched: bool) -> Result<Ready, CommandError> {
    let state = |path: &Path| fs::metadata(path).ok().and_then(|file| Some((file.len(), file.modified().ok()?)));
    // Gone meanwhile, or not ours to read yet.
    let Some(before) = state(path) else { return Ok(Ready::Later) };
    let known = || desk.filing.looks.lock().unwrap_or_else(PoisonError::into_inner);
    let last = known().get(path).copied().filter(|look| (look.length, look.at) == before);
    match last.map(|look| look.turned) {
        Some(Turned::Foreign) => return Ok(Ready::Never),
        Some(Turned::Stays) if watched => return Err(stays()),
        _ => {}
    }
    let Ok(bytes) = read(path) else { return Ok(Ready::Later) };
    if state(path) != Some(before) {
        return Ok(Ready::Later);
    }
    let stood = last.map_or(0, |look| look.stood + 1);
    let mut look = Look { length: before.0, at: before.1, stood, turned: Turned::Open };
    known().insert(path.to_owned(), look);
    let age = SystemTime::from(desk.now()).duration_since(before.1).unwrap_or_default();
    let left_alone = age >= if watched { PATIENCE } else { MOMENT } || stood >= STILL;
    let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    Ok(match results::read(&bytes, desk.wall_now().date()) {
        Ok(file) => {
            let cut = file.items.iter().any(|item| item.report.is_none());
            match (cut, watched) {
                (true, _) if !left_alone => Ready::Later,
                // A whole file of one patient may get a second one: unless it says that it is over, it must have stood still once.
                (false, true) if !file.ended && stood == 0 => Ready::Later,
                _ => Ready::Now(bytes),
            }
        }
        Err(_) if ENDINGS.contains(&ending.as_str()) => {
            if left_alone {
                Ready::Now(bytes)
            } else {
                Ready::Later
            }
        }
        Err(_) => {
            look.turned = Turned::Foreign;
            known().insert(path.to_owned(), look);
            Ready::Never
        }
    })
}

async fn import_path(
    desk: &Desk,
    path: &Path,
    afterwards: Option<&str>,
) -> Result<Vec<ImportedResultView>, CommandError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let only = |outcome: &str| {
        vec![ImportedResultView {
            file: name.clone(),
            outcome: outcome.to_owned(),
            problem: String::new(),
            line: 0,
            patient_id: None,
            entry_id: None,
            filed_id: None,
            again: false,
        }]
    };
    let bytes = match look_at(desk, path, afterwards.is_some())? {
        Ready::Later => return Ok(only("waiting")),
        Ready::Never => return Ok(only("ignored")),
        Ready::Now(bytes) => bytes,
    };
    let told = import_bytes(desk, &name, &bytes).await?;
    // Only now that all of it is in the vault. A computer that stops here finds the file again, and that all of it is known.
    let gone = match afterwards {
        Some("delete") => fs::remove_file(path),
        Some(_) => put_inside(path, &name),
        None => Ok(()),
    };
    let mut looks = desk.filing.looks.lock().unwrap_or_else(PoisonError::into_inner);
    if gone.is_err() {
        if let Some(look) = looks.get_mut(path) {
            look.turned = Turned::Stays;
        }
        return Err(stays());
    }
    looks.remove(path);
    Ok(told)
}

fn stays() -> CommandError {
    CommandError::field("file_stays", "path")
}

/// Moves a file into the folder inside, under a name that is free there.
fn put_inside(path: &Path, name: &str) -> std::io::Result<()> {
    let inside = path.parent().unwrap_or(Path::new(".")).join(INSIDE);
    fs::create_dir_all(&inside)?;
    let free = (0..10_000).map(|number| match number {
        0 => inside.join(name),
        number => inside.join(format!("{number}-{name}")),
    });
    match free.into_iter().find(|path| !path.exists()) {
        Some(target) => fs::rename(path, target),
        None => Err(std::io::ErrorKind::AlreadyExists.into()),
    }
}
