//! Parcels come back as they were packed, and their manifest is true.

use std::io::Read as _;

use proptest::prelude::*;

use super::*;

fn unpacked(bytes: Vec<u8>) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).expect("a file");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("read");
            (file.name().expect("a name").into_owned(), content)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn every_file_comes_back_and_the_manifest_knows_its_digest(contents in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..3_000), 0..6)) {
        let mut parcel = Parcel::begin(Vec::new(), "2026-11-26T06:30:00.000Z");
        for (number, content) in contents.iter().enumerate() {
            let media = if number % 2 == 0 { "application/json" } else { "image/png" };
            parcel.copy(&format!("files/{number}"), media, &mut content.as_slice()).expect("added");
        }
        let (bytes, manifest) = parcel.finish().expect("finished");
        let files = unpacked(bytes);
        prop_assert_eq!(files.len(), contents.len() + 1);
        let told: Manifest = serde_json::from_slice(&files.last().expect("the manifest").1).expect("JSON");
        prop_assert_eq!(&told, &manifest);
        for ((file, content), told) in files.iter().zip(&contents).zip(&manifest.files) {
            prop_assert_eq!(&file.0, &told.path);
            prop_assert_eq!(&file.1, content);
            prop_assert_eq!(told.bytes, content.len() as u64);
            prop_assert_eq!(&told.sha256, &hex(&Sha256::digest(content)));
        }
    }

    #[test]
    fn a_safe_name_leads_nowhere(text in any::<String>()) {
        let name = safe_name(&text, 40);
        prop_assert!(name.chars().count() <= 40);
        prop_assert!(!name.contains(['/', '\\', '.', ':', '\0']));
    }
}

#[test]
fn a_name_is_taken_once() {
    let mut parcel = Parcel::begin(Vec::new(), "2026-11-26T06:30:00.000Z");
    parcel.add("one", "text/plain", b"1").expect("added");
    assert!(parcel.add("one", "text/plain", b"2").is_err());
    assert!(parcel.add(MANIFEST, "text/plain", b"2").is_err());
}
