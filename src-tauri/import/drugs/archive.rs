//! The files of the base in one zip archive, wherever in it they stand. What an archive says of its sizes is not believed: reading
//! ends at the largest size that a file of the base may have.

use std::collections::HashMap;
use std::io::{Cursor, Read};

use super::{BdpmFile, DrugFileError};

/// The largest file, unpacked.
const FILE_BYTES: u64 = 100_000_000;
/// More entries than anybody puts beside seven files.
const ENTRIES: usize = 1_000;

/// The files of the base that an archive holds, by their official names.
///
/// # Errors
/// [`DrugFileError::Archive`] where it cannot be read whole, [`DrugFileError::TooLarge`], [`DrugFileError::Twice`].
pub fn unpacked(bytes: &[u8]) -> Result<HashMap<&'static str, Vec<u8>>, DrugFileError> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| DrugFileError::Archive)?;
    if archive.len() > ENTRIES {
        return Err(DrugFileError::Archive);
    }
    let mut files = HashMap::new();
    for at in 0..archive.len() {
        let entry = archive.by_index(at).map_err(|_| DrugFileError::Archive)?;
        // Separators of either system; systems that pack put shadow files of the same end beside (`._CIS_bdpm.txt`).
        let name = entry.name().map_err(|_| DrugFileError::Archive)?;
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        let Some(file) = BdpmFile::ALL.into_iter().find(|file| file.name().eq_ignore_ascii_case(&name)) else {
            continue;
        };
        let mut unpacked = Vec::new();
        entry.take(FILE_BYTES + 1).read_to_end(&mut unpacked).map_err(|_| DrugFileError::Archive)?;
        if unpacked.len() as u64 > FILE_BYTES {
            return Err(DrugFileError::TooLarge { file: file.name() });
        }
        if files.insert(file.name(), unpacked).is_some() {
            return Err(DrugFileError::Twice { file: file.name() });
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;

    use super::*;

    fn packed(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            archive.start_file(*name, SimpleFileOptions::default()).unwrap();
            archive.write_all(bytes).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn files_are_found_in_any_folder_and_in_any_case() {
        let archive = packed(&[
            ("base/cis_BDPM.txt", b"a"),
            ("base/__MACOSX/._CIS_bdpm.txt", b"x"),
            ("lisez-moi.txt", b"x"),
            ("CIS_MITM.txt", b"b"),
        ]);
        let files = unpacked(&archive).unwrap();
        assert_eq!(files.len(), 2);
        assert_eq!((files["CIS_bdpm.txt"].as_slice(), files["CIS_MITM.txt"].as_slice()), (&b"a"[..], &b"b"[..]));
    }

    #[test]
    fn an_archive_that_is_cut_changed_or_ambiguous_is_refused() {
        let text = b"60000000\tname\r\n".repeat(1_000);
        let archive = packed(&[("CIS_bdpm.txt", &text)]);
        for cut in [0, 1, 30, archive.len() / 2, archive.len() - 1] {
            assert_eq!(unpacked(&archive[..cut]), Err(DrugFileError::Archive), "cut at {cut}");
        }
        let mut changed = archive.clone();
        let middle = 50;
        changed[middle] ^= 0x55;
        assert_eq!(unpacked(&changed), Err(DrugFileError::Archive), "its checksum");
        let twice = packed(&[("a/CIS_bdpm.txt", b"a"), ("b/CIS_bdpm.txt", b"b")]);
        assert_eq!(unpacked(&twice), Err(DrugFileError::Twice { file: "CIS_bdpm.txt" }));
    }

    #[test]
    fn a_file_that_unpacks_without_end_is_stopped() {
        let bomb = packed(&[("CIS_bdpm.txt", &vec![b' '; usize::try_from(FILE_BYTES).unwrap() + 2])]);
        assert!(bomb.len() < 1_000_000);
        assert_eq!(unpacked(&bomb), Err(DrugFileError::TooLarge { file: "CIS_bdpm.txt" }));
    }
}
