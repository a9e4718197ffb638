//! The list of practices that this computer account knows: folders, names, hues. It lies in the user's configuration
//! folder, outside any vault, and holds no secret and nothing about a patient. Losing it loses nothing: a practice is
//! added again by its folder.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use domain::id::VaultId;
use serde::{Deserialize, Serialize};

use crate::commands::CommandError;
use crate::commands::entrance::create::disk;

/// The hues, in the order in which they are given out.
const HUES: [&str; 7] = ["teal", "violet", "ochre", "blue", "red", "green", "orange"];
/// The hue of this computer's own practice.
pub const OWN_HUE: &str = HUES[0];
/// A longer list is none of ours.
const LIMIT: u64 = 1 << 20;

/// A practice in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its vault: another vault in the same folder is not this practice.
    pub practice: VaultId,
    /// Folder.
    pub folder: PathBuf,
    /// Name when it was last seen.
    pub name: String,
    /// Hue.
    pub colour: String,
}

/// Where the list is kept.
#[must_use]
pub fn standard_list() -> Option<PathBuf> {
    directories::ProjectDirs::from("org", "Semainier", "Semainier")
        .map(|folders| folders.config_dir().join("practices.json"))
}

/// Reads the list. One that is not there, or that is not ours, is empty.
#[must_use]
pub fn read(path: &Path) -> Vec<Known> {
    if fs::metadata(path).is_ok_and(|about| about.len() > LIMIT) {
        return Vec::new();
    }
    let known: Vec<Known> =
        fs::read(path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    known.into_iter().filter(|one| HUES.contains(&one.colour.as_str())).collect()
}

/// Writes the list: beside the old one, then in its place.
///
/// # Errors
/// `disk_full`, `read_only`, `disk_error`.
pub fn write(path: &Path, known: &[Known]) -> Result<(), CommandError> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|error| disk(&error))?;
    let bytes = serde_json::to_vec_pretty(known).map_err(|_| CommandError::new("bad_request"))?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder).map_err(|error| disk(&error))?;
    fresh.write_all(&bytes).map_err(|error| disk(&error))?;
    fresh.as_file().sync_all().map_err(|error| disk(&error))?;
    fresh.persist(path).map_err(|failure| disk(&failure.error))?;
    Ok(())
}

/// The hue that the fewest practices have yet, this computer's own counted.
#[must_use]
pub fn next_hue<'a>(taken: impl Iterator<Item = &'a str> + Clone) -> &'static str {
    HUES.into_iter().min_by_key(|hue| taken.clone().filter(|other| other == hue).count()).unwrap_or(OWN_HUE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, colour: &str) -> Known {
        let practice = "0198a6c0-7b1e-7cc3-98c4-dc0c0c07398f".parse().unwrap();
        Known {
            practice,
            folder: PathBuf::from("/vaults").join(name),
            name: name.to_owned(),
            colour: colour.to_owned(),
        }
    }

    #[test]
    fn a_list_is_read_back_as_it_was_written_and_a_foreign_file_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deeper/practices.json");
        assert_eq!(read(&path), []);
        let list = [known("Cabinet du Parc", "violet"), known("عيادة السلام", "ochre")];
        write(&path, &list).unwrap();
        assert_eq!(read(&path), list);
        fs::write(&path, b"{\"practices\": 3}").unwrap();
        assert_eq!(read(&path), []);
    }

    #[test]
    fn each_of_seven_practices_has_a_hue_of_its_own() {
        let mut taken = vec![OWN_HUE];
        for _ in 1..7 {
            taken.push(next_hue(taken.clone().into_iter()));
        }
        taken.sort_unstable();
        let mut all = HUES;
        all.sort_unstable();
        assert_eq!(taken, all);
    }
}
