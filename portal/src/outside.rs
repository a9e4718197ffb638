//! What outlives the database: a file beside the signing key that says which erasures and destructions were carried out. A database that
//! comes back from a backup is compared with it before anything is served, and what was erased after the backup is erased again.
//!
//! The file holds nobody: names of appointments as hashes, phones and addresses as hashes under a key that is derived from the signing
//! key. It is written, durable, before what it says is committed: at worst something is erased again that was asked for and never
//! confirmed. A line goes after 90 days; backups expire after 30.
//!
//! Not here: what a practice's own program does after a restore (it sees another life in `/practice/status` and tells everything anew).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{File, OpenOptions},
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::PracticeId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    secret::{self, Hash},
    signing::Key,
    store::{Destroyed, Erasure, Store, StoreError, Tx, name_hash},
};

/// How long a line stays.
const KEPT: TimeDelta = TimeDelta::days(90);

/// What was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Done {
    /// Names and contacts were erased.
    Erasure,
    /// Everything of the practice was destroyed.
    Destruction,
    /// Erased names may come again.
    Readmission,
}

/// A line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    at: DateTime<Utc>,
    practice: Uuid,
    done: Done,
    request: Option<Uuid>,
    names: Vec<String>,
    contacts: Vec<String>,
    returned_sha256: Option<String>,
}

fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Hash> {
    let byte = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
    bytes?.try_into().ok()
}

fn contact_hash(key: &Key, contact: &str) -> String {
    hex(&secret::keyed(&key.derive("erased contacts"), &[contact.as_bytes()]))
}

impl Line {
    /// Of an erasure, under its number where it has one.
    #[must_use]
    pub fn erasure(
        key: &Key,
        practice: PracticeId,
        request: Option<Uuid>,
        erasure: &Erasure,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            at,
            practice: practice.uuid(),
            done: Done::Erasure,
            request,
            names: erasure.appointments.iter().map(|id| hex(&name_hash(*id))).collect(),
            contacts: erasure.contacts.iter().map(|contact| contact_hash(key, contact)).collect(),
            returned_sha256: None,
        }
    }

    /// Of a destruction.
    #[must_use]
    pub fn destruction(practice: PracticeId, request: Uuid, returned: &str, at: DateTime<Utc>) -> Self {
        Self {
            at,
            practice: practice.uuid(),
            done: Done::Destruction,
            request: Some(request),
            names: Vec::new(),
            contacts: Vec::new(),
            returned_sha256: Some(returned.to_owned()),
        }
    }

    /// Of names that may come again.
    #[must_use]
    pub fn readmission(practice: PracticeId, names: &[Uuid], at: DateTime<Utc>) -> Self {
        Self {
            at,
            practice: practice.uuid(),
            done: Done::Readmission,
            request: None,
            names: names.iter().map(|id| hex(&name_hash(*id))).collect(),
            contacts: Vec::new(),
            returned_sha256: None,
        }
    }

    fn hashes(&self) -> BTreeSet<Hash> {
        self.names.iter().filter_map(|name| unhex(name)).collect()
    }
}

/// The file, or none: then nothing outlives the database.
#[derive(Debug, Clone, Default)]
pub struct Outside(Option<PathBuf>);

impl Outside {
    /// The file of a path; an empty one: none.
    #[must_use]
    pub fn at(path: &Path) -> Self {
        Self((!path.as_os_str().is_empty()).then(|| path.to_owned()))
    }

    fn open(path: &Path) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.mode(0o600);
        }
        options.open(path)
    }

    /// Writes a line, durable. Blocks.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn note(&self, line: &Line) -> io::Result<()> {
        let Some(path) = &self.0 else { return Ok(()) };
        let mut file = Self::open(path)?;
        file.lock()?;
        // A line that was cut off by a crash ends here.
        let end = file.seek(SeekFrom::End(0))?;
        let mut text = serde_json::to_string(line)?;
        if end > 0 {
            let mut last = [0];
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
            if last != *b"\n" {
                text.insert(0, '\n');
            }
        }
        text.push('\n');
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }

    /// The lines that count, by practice, in their order; older ones go. One that is cut off was never committed.
    fn read(&self, now: DateTime<Utc>) -> io::Result<BTreeMap<Uuid, Vec<Line>>> {
        let mut all: BTreeMap<Uuid, Vec<Line>> = BTreeMap::new();
        let Some(path) = self.0.as_ref().filter(|path| path.exists()) else { return Ok(all) };
        let mut file = Self::open(path)?;
        file.lock()?;
        let (mut kept, mut old) = (String::new(), false);
        for text in BufReader::new(&file).lines() {
            let text = text?;
            let Ok(line) = serde_json::from_str::<Line>(&text) else { continue };
            if now - line.at > KEPT {
                old = true;
                continue;
            }
            kept.push_str(&text);
            kept.push('\n');
            all.entry(line.practice).or_default().push(line);
        }
        if old {
            // Under the lock: no line is lost between.
            file.set_len(0)?;
            file.write_all(kept.as_bytes())?;
            file.sync_all()?;
        }
        Ok(all)
    }
}

/// Why the database could not be compared with the file.
#[derive(Debug, thiserror::Error)]
pub enum ReplayError {
    /// The file.
    #[error("the file of erasures: {0}")]
    File(#[from] io::Error),
    /// The database.
    #[error("database: {0}")]
    Store(#[from] StoreError),
}

/// Carries out again what the database does not know of: it came back from a backup, and begins another life. How many lines.
///
/// # Errors
/// Where file or database fail: nothing should be served then.
pub async fn replay(
    store: &Store,
    outside: &Outside,
    (key, processor): (&Key, &str),
    now: DateTime<Utc>,
) -> Result<usize, ReplayError> {
    let mut again = 0;
    for (practice, lines) in outside.read(now)? {
        let practice = PracticeId::new(practice);
        // A practice that was taken in after the backup is not here, and nothing of it is.
        if !store.knows(practice).await? {
            continue;
        }
        let mut tx = store.begin(practice).await?;
        tx.alone().await?;
        let done = settle(&mut tx, &lines, (key, processor), now).await?;
        tx.commit().await?;
        again += done;
    }
    if again > 0 {
        store.begin_life().await?;
    }
    Ok(again)
}

async fn settle(
    tx: &mut Tx,
    lines: &[Line],
    (key, processor): (&Key, &str),
    now: DateTime<Utc>,
) -> Result<usize, StoreError> {
    let (mut names, mut contacts, mut free) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    let mut missing: Vec<&Line> = Vec::new();
    for line in lines {
        let hashes = line.hashes();
        match line.done {
            Done::Readmission => {
                names.retain(|name| !hashes.contains(name));
                free.extend(hashes);
            }
            Done::Erasure | Done::Destruction => {
                free.retain(|name| !hashes.contains(name));
                let known = match line.request {
                    Some(request) => tx.receipt(request).await?.is_some(),
                    None => tx.are_erased(&hashes).await?,
                };
                if !known {
                    names.extend(hashes);
                    contacts.extend(line.contacts.iter().cloned());
                    missing.push(line);
                }
            }
        }
    }
    tx.readmit(&free).await?;
    let everything = missing.iter().any(|line| line.done == Done::Destruction);
    let gone = if everything {
        tx.destroy().await?
    } else if missing.is_empty() {
        Destroyed::default()
    } else {
        let appointments = tx.named(&names).await?;
        let of = |contact: &String| contacts.contains(&contact_hash(key, contact));
        let contacts = tx.contacts().await?.into_iter().filter(of).collect();
        let gone = tx.erase_person(&Erasure { appointments, contacts }, now).await?;
        tx.remember_erased(&names, now).await?;
        gone
    };
    for line in &missing {
        let Some(request) = line.request else { continue };
        let kind = if line.done == Done::Destruction { "destruction" } else { "erasure" };
        let about = (tx.practice(), request, kind);
        let receipt = key.state(processor, about, &gone, (line.returned_sha256.as_deref(), true), now);
        tx.keep_receipt(request, kind, &receipt, now).await?;
    }
    Ok(missing.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_nobody_and_is_read_back_in_its_order() {
        let folder = std::env::temp_dir().join(format!("erasures-{}", secret::make_id()));
        std::fs::create_dir(&folder).expect("a folder");
        let path = folder.join("erasures");
        let (outside, key) = (Outside::at(&path), Key::make());
        let (practice, now) = (PracticeId::new(secret::make_id()), DateTime::UNIX_EPOCH + TimeDelta::days(20_000));
        let erasure = Erasure { appointments: vec![Uuid::from_u128(7)], contacts: vec!["+33612345678".to_owned()] };
        let old = Line::erasure(&key, practice, None, &erasure, now - TimeDelta::days(91));
        let first = Line::erasure(&key, practice, Some(Uuid::from_u128(1)), &erasure, now);
        let second = Line::readmission(practice, &erasure.appointments, now);
        outside.note(&old).expect("written");
        outside.note(&first).expect("written");
        // Cut off by a crash.
        Outside::open(&path).expect("there").write_all(b"{\"at\":\"20").expect("written");
        outside.note(&second).expect("written");
        let text = std::fs::read_to_string(&path).expect("there");
        assert!(!text.contains("612345678") && !text.contains("00000007"), "{text}");
        let all = outside.read(now).expect("read");
        assert_eq!(all[&practice.uuid()], [first.clone(), second.clone()]);
        assert_eq!(std::fs::read_to_string(&path).expect("there").lines().count(), 2, "what is old or cut is gone");
        assert_eq!(outside.read(now).expect("read")[&practice.uuid()], [first, second]);
        assert!(Outside::default().read(now).expect("read").is_empty());
        std::fs::remove_dir_all(folder).expect("removed");
    }
}
