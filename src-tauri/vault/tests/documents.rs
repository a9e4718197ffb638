//! Sealed documents: whole or refused.

use std::io::{self, Read, Write};

use proptest::prelude::*;

use super::*;

const CHUNK: usize = 64 * 1024;
const HEAD: usize = 38;
const PLACE: Context<'static> =
    Context { vault: VAULT, table: "documents", column: "", row: "d1", patient: "p1", version: 1, key_id: 7 };

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|place| (place * 31 % 251) as u8).collect()
}

fn sealed<K: SealingKey>(key: &K, plain: &[u8]) -> Vec<u8> {
    let mut writer = DocumentWriter::new(key, &PLACE, Vec::new()).unwrap();
    writer.write_all(plain).unwrap();
    writer.finish().unwrap().0
}

fn opened<K: SealingKey>(key: &K, context: &Context<'_>, sealed: &[u8]) -> io::Result<Vec<u8>> {
    let mut plain = Vec::new();
    DocumentReader::new(key, context, sealed).map_err(io::Error::other)?.read_to_end(&mut plain)?;
    Ok(plain)
}

/// The sealed chunks of a document.
fn chunks(sealed: &[u8]) -> Vec<&[u8]> {
    sealed[HEAD..].chunks(CHUNK + 16).collect()
}

#[test]
fn documents_of_all_lengths_open() {
    let key = PatientKey::make().unwrap();
    for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5] {
        let plain = content(length);
        let sealed = sealed(&key, &plain);
        assert!(opened(&key, &PLACE, &sealed).unwrap() == plain, "{length}");
        assert_eq!(sealed.len(), HEAD + length + 16 * length.div_ceil(CHUNK).max(1), "{length}");
    }
}

#[test]
fn a_truncated_document_is_refused() {
    let key = PatientKey::make().unwrap();
    let sealed = sealed(&key, &content(2 * CHUNK + 100));
    let ends = [0, 5, HEAD - 1, HEAD, HEAD + 1, HEAD + 15, HEAD + CHUNK, HEAD + CHUNK + 16, HEAD + 2 * (CHUNK + 16)];
    for length in ends.into_iter().chain([sealed.len() - 100, sealed.len() - 1]) {
        assert!(opened(&key, &PLACE, &sealed[..length]).is_err(), "{length}");
    }
}

#[test]
fn exchanged_doubled_missing_and_foreign_chunks_are_refused() {
    let key = PatientKey::make().unwrap();
    let document = sealed(&key, &content(3 * CHUNK));
    let other = sealed(&key, &content(3 * CHUNK));
    let (head, parts, others) = (&document[..HEAD], chunks(&document), chunks(&other));
    let [a, b, c] = parts[..] else { panic!("three chunks") };
    let whole = |parts: &[&[u8]]| [head, &parts.concat()].concat();
    assert!(opened(&key, &PLACE, &whole(&[a, b, c])).is_ok());
    for wrong in [
        &[b, a, c][..],
        &[a, a, b, c],
        &[a, c],
        &[b, c],
        &[a, b, c, c],
        &[a, b, b],
        &[a, others[1], c],
        &[c],
        &[a, b, c, b"x"],
    ] {
        let error = refusal(opened(&key, &PLACE, &whole(wrong)));
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
    }
}

#[test]
fn a_document_opens_at_its_place_with_its_key_only() {
    let key = PatientKey::make().unwrap();
    let sealed = sealed(&key, b"scan");
    for place in [
        Context { row: "d2", ..PLACE },
        Context { patient: "p2", ..PLACE },
        Context { version: 2, ..PLACE },
        Context { key_id: 8, ..PLACE },
        Context { vault: Uuid::nil(), ..PLACE },
    ] {
        assert!(opened(&key, &place, &sealed).is_err(), "{place:?}");
    }
    assert!(opened(&PatientKey::make().unwrap(), &PLACE, &sealed).is_err());
    assert!(opened(&FilingKey::from_bytes(key.expose()).unwrap(), &PLACE, &sealed).is_err());
    assert!(open(&key, &PLACE, &sealed).is_err(), "a document is no sealed value");
}

#[test]
fn a_document_that_is_not_finished_does_not_open() {
    let key = PatientKey::make().unwrap();
    let mut file = Vec::new();
    let mut writer = DocumentWriter::new(&key, &PLACE, &mut file).unwrap();
    writer.write_all(&content(2 * CHUNK + 1)).unwrap();
    drop(writer);
    assert!(!file.is_empty());
    assert!(opened(&key, &PLACE, &file).is_err());
}

#[test]
fn a_reader_that_failed_fails_again() {
    let key = PatientKey::make().unwrap();
    let mut sealed = sealed(&key, &content(CHUNK + 1));
    *sealed.last_mut().unwrap() ^= 1;
    let mut reader = DocumentReader::new(&key, &PLACE, sealed.as_slice()).unwrap();
    let mut plain = Vec::new();
    for _ in 0..3 {
        assert_eq!(refusal(reader.read_to_end(&mut plain)).kind(), io::ErrorKind::InvalidData);
    }
    assert_eq!(plain.len(), CHUNK, "what was given before is authentic");
}

#[test]
fn a_writer_whose_disk_is_full_never_calls_the_document_whole() {
    struct Full(usize);
    impl Write for Full {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            match self.0.checked_sub(bytes.len()) {
                None => Err(io::ErrorKind::StorageFull.into()),
                Some(rest) => {
                    self.0 = rest;
                    Ok(bytes.len())
                }
            }
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let key = PatientKey::make().unwrap();
    let mut writer = DocumentWriter::new(&key, &PLACE, Full(CHUNK + 100)).unwrap();
    let error = refusal(writer.write_all(&content(3 * CHUNK)));
    assert_eq!(error.kind(), io::ErrorKind::StorageFull);
    assert_eq!(refusal(writer.finish()), SealError::Io(io::ErrorKind::StorageFull));
}

#[test]
fn a_saved_document_is_named_by_its_ciphertext_and_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let key = FilingKey::make().unwrap();
    let plain = content(3 * CHUNK + 17);
    let name = save_document(folder.path(), &key, &PLACE, &mut plain.as_slice()).unwrap();
    let path = folder.path().join(name.to_string());
    let bytes = std::fs::read(&path).unwrap();
    assert_eq!(DocumentName::parse(&name.to_string()), Some(name));
    use sha2::Digest;
    assert_eq!(name.to_string(), crate::vault::codec::to_hex(&sha2::Sha256::digest(&bytes)));
    assert!(*read_document(folder.path(), name, &key, &PLACE).unwrap() == plain);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no part is left behind");
    // Another, valid document under this name is refused.
    std::fs::write(&path, sealed(&key, b"another")).unwrap();
    assert_eq!(refusal(read_document(folder.path(), name, &key, &PLACE)), SealError::OtherDocument);
    std::fs::write(&path, &bytes[..bytes.len() - 1]).unwrap();
    assert_eq!(refusal(read_document(folder.path(), name, &key, &PLACE)), SealError::Refused);
    std::fs::remove_file(&path).unwrap();
    assert_eq!(refusal(read_document(folder.path(), name, &key, &PLACE)), SealError::Io(io::ErrorKind::NotFound));
}

#[test]
fn a_document_whose_source_fails_leaves_nothing_behind() {
    struct Failing;
    impl Read for Failing {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::ErrorKind::ConnectionReset.into())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let mut source = io::Cursor::new(content(CHUNK)).chain(Failing);
    let error = refusal(save_document(folder.path(), &PatientKey::make().unwrap(), &PLACE, &mut source));
    assert_eq!(error, SealError::Io(io::ErrorKind::ConnectionReset));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_documents_name_leads_out_of_no_folder() {
    for text in ["", "../vault.json", "ABCDEF", &"g".repeat(64), &"A".repeat(64), &"a".repeat(63), &"a".repeat(66)] {
        assert_eq!(DocumentName::parse(text), None, "{text}");
    }
    assert!(DocumentName::parse(&"a".repeat(64)).is_some());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn it_does_not_matter_in_which_pieces_a_document_is_written(pieces in prop::collection::vec(0..90_000_usize, 0..6)) {
        let key = PatientKey::make().unwrap();
        let plain = content(pieces.iter().sum());
        let mut writer = DocumentWriter::new(&key, &PLACE, Vec::new()).unwrap();
        let mut rest = plain.as_slice();
        for piece in pieces {
            let (now, later) = rest.split_at(piece);
            writer.write_all(now).unwrap();
            writer.flush().unwrap();
            rest = later;
        }
        let (sealed, _) = writer.finish().unwrap();
        prop_assert!(opened(&key, &PLACE, &sealed).unwrap() == plain);
    }

    #[test]
    fn any_flipped_bit_of_a_document_is_refused(place in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let key = PatientKey::make().unwrap();
        let mut sealed = sealed(&key, &content(CHUNK + 50));
        let place = place.index(sealed.len());
        sealed[place] ^= 1 << bit;
        prop_assert!(opened(&key, &PLACE, &sealed).is_err());
    }
}
