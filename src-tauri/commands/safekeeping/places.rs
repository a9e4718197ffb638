//! The usual places: writing to each, keeping the newest, noting every try.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::future::Future;
use std::path::{Path, PathBuf};

use super::settings::{Settings, is_present};
use super::wire::BackedUpView;
use super::{first_place, source};
use crate::backup::{self, BackupError, EXTENSION, Written};
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk};
use crate::store::upkeep::{BackupRow, note_backup};
use crate::store::{self, StoreError};
use crate::vault::DatabaseKey;

/// One backup at a time, whichever window or process makes it. Given back when dropped.
pub(super) struct Turn(#[expect(dead_code, reason = "held for its lock")] Option<File>);

impl Turn {
    /// The turn; none while another backup runs.
    pub fn take(desk: &Desk) -> Result<Option<Self>, CommandError> {
        let folder = first_place(desk);
        let open = || -> std::io::Result<File> {
            fs::create_dir_all(&folder)?;
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(folder.join(".backup.lock"))
        };
        let lock = open().map_err(BackupError::from)?;
        match lock.try_lock() {
            Ok(()) => Ok(Some(Self(Some(lock)))),
            Err(TryLockError::WouldBlock) => Ok(None),
            // A disk without locks: two backups at once have different names and do no harm.
            Err(TryLockError::Error(_)) => Ok(Some(Self(None))),
        }
    }
}

/// How this vault's backups are called, before the time.
fn prefix(desk: &Desk) -> String {
    let id = desk.vault_id.simple().to_string();
    format!("semainier-{}-", &id[24..])
}

/// A free name for a backup made at this instant.
fn free_name(desk: &Desk, place: &Path) -> PathBuf {
    let stem = format!("{}{}", prefix(desk), desk.now().format("%Y%m%dT%H%M%SZ"));
    let first = place.join(format!("{stem}.{EXTENSION}"));
    let more = (2..1_000).map(|number| place.join(format!("{stem}-{number:03}.{EXTENSION}")));
    std::iter::once(first.clone()).chain(more).find(|path| !path.exists()).unwrap_or(first)
}

/// This vault's automatic backups in a place, newest first.
pub(super) fn listed(desk: &Desk, place: &Path) -> Vec<PathBuf> {
    let prefix = prefix(desk);
    let is_ours = |name: &str| {
        let rest = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(EXTENSION)?.strip_suffix('.'));
        rest.is_some_and(|time| {
            let form = b"00000000T000000Z-000";
            [16, 20].contains(&time.len())
                && time
                    .bytes()
                    .zip(form)
                    .all(|(byte, form)| if *form == b'0' { byte.is_ascii_digit() } else { byte == *form })
        })
    };
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut names: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| is_ours(name))
        .collect();
    // Without the ending the first of a second sorts before its followers.
    names.sort_by(|a, b| {
        b.trim_end_matches(EXTENSION).trim_end_matches('.').cmp(a.trim_end_matches(EXTENSION).trim_end_matches('.'))
    });
    names.into_iter().map(|name| place.join(name)).collect()
}

/// Removes all but the newest. Called only after a new one was verified; everything that stands under such a name was.
fn rotate(desk: &Desk, place: &Path, keep: i64) {
    let keep = usize::try_from(keep).unwrap_or(usize::MAX).max(1);
    for old in listed(desk, place).into_iter().skip(keep) {
        // One that cannot be removed now is tried again after the next backup.
        let _ = fs::remove_file(old);
    }
}

/// Makes a backup by `work` and notes how it went.
pub(super) async fn written(
    desk: &Desk,
    place: &str,
    at: &str,
    file: &Path,
    work: impl Future<Output = Result<Written, BackupError>>,
) -> Result<Written, CommandError> {
    let done = work.await.map_err(CommandError::from);
    let (bytes, entries, outcome, code) = match &done {
        Ok(written) => (i64::try_from(written.bytes).unwrap_or(i64::MAX), written.entries, "verified", ""),
        Err(refusal) => (0, 0, "failed", refusal.code.as_str()),
    };
    let row = BackupRow {
        at: at.to_owned(),
        place: place.to_owned(),
        file: file.display().to_string(),
        bytes,
        entries,
        outcome: outcome.to_owned(),
        code: code.to_owned(),
    };
    // A full disk that refuses the backup refuses the note as well: the backup's own refusal is what counts then.
    let noted = note(desk, &row).await;
    let written = done?;
    noted?;
    Ok(written)
}

async fn note(desk: &Desk, row: &BackupRow) -> Result<(), CommandError> {
    let mut tx = desk.store().write().await?;
    note_backup(&mut tx, row).await?;
    tx.commit().await.map_err(StoreError::from)?;
    desk.announce("backups", Vec::new());
    Ok(())
}

/// A backup to the first place.
pub(super) async fn to_first(
    desk: &Desk,
    key: &DatabaseKey,
    settings: &Settings,
) -> Result<(PathBuf, Written), CommandError> {
    let place = first_place(desk);
    let at = instant_text(desk.now());
    let file = free_name(desk, &place);
    let done = written(desk, "first", &at, &file, async {
        let source = source(desk, key, &place, &at)?;
        backup::write(&source, &file).await
    })
    .await?;
    rotate(desk, &place, settings.keep);
    Ok((file, done))
}

/// A backup to the second place: a copy of the first's newest where there is one, else made there. Returns a warning's code
/// where it failed.
pub(super) async fn to_second(
    desk: &Desk,
    key: &DatabaseKey,
    settings: &Settings,
    first: Option<&Path>,
) -> Result<(PathBuf, Written), &'static str> {
    let Some(place) = settings.second() else { return Err("second_place_missing") };
    let at = instant_text(desk.now());
    let present = is_present(&place, desk);
    let file = free_name(desk, &place);
    let scratch = first_place(desk);
    let done = written(desk, "second", &at, &file, async {
        if !present {
            return Err(BackupError::FolderMissing);
        }
        let source = source(desk, key, &scratch, &at)?;
        match first {
            Some(first) => backup::copy(&source, first, &file).await,
            None => backup::write(&source, &file).await,
        }
    })
    .await;
    match done {
        Ok(done) => {
            rotate(desk, &place, settings.keep);
            Ok((file, done))
        }
        Err(refusal) if refusal.code == "folder_missing" => Err("second_place_missing"),
        Err(_) => Err("second_place_failed"),
    }
}

/// A backup to every place. The second's failure is a warning; so is the first's where the second holds one now.
pub(super) async fn to_all(desk: &Desk, key: &DatabaseKey, settings: &Settings) -> Result<BackedUpView, CommandError> {
    let first = to_first(desk, key, settings).await;
    let mut warnings = Vec::new();
    let mut second = None;
    if settings.second().is_some() {
        match to_second(desk, key, settings, first.as_ref().ok().map(|(file, _)| file.as_path())).await {
            Ok(done) => second = Some(done),
            Err(code) => warnings.push(code.to_owned()),
        }
    }
    let (file, done) = match (first, second) {
        (Ok(first), _) => first,
        (Err(_), Some(second)) => {
            warnings.push("first_place_failed".to_owned());
            second
        }
        (Err(refusal), None) => return Err(refusal),
    };
    Ok(BackedUpView { file: file.display().to_string(), entries: done.entries, verified: true, warnings })
}

/// Rows of the tries so far, newest first.
pub(super) async fn tries(desk: &Desk) -> Result<Vec<BackupRow>, CommandError> {
    let mut connection = desk.store().read().await?;
    Ok(store::upkeep::backups(&mut connection, 1_000).await?)
}
