//! The seven files, made up: their oddities, and every way in which one can be wrong.

use proptest::prelude::*;

use super::*;
use crate::import::drugs::rows::DrugBase;

/// A made-up base: bytes a file, in the official encodings.
fn base() -> Vec<(BdpmFile, Vec<u8>)> {
    let latin = |text: &str| encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    vec![
        (BdpmFile::Drugs, latin("60000001\tZÉTAMOL 5 mg, comprimé\tcomprimé\torale;orale\tAutorisation active\tProcédure nationale\tCommercialisée\t12/03/1998\t\t\t LABO UN; LABO DEUX\tNon\r\n60000002\tPLOMBE, gelée\tgelée\tcutanée\tAutorisation active\tProcédure nationale\tNon commercialisée\t\tAlerte\t\t\tOui\r\n")),
        (BdpmFile::Compositions, latin("60000001\tcomprimé\t00001\tCHLORHYDRATE DE ZÉTAMOL\t5 mg\tun comprimé\tSA\t1\r\n60000001\tcomprimé\t00002\tZÉTAMOL \t4 mg\tun comprimé\tFT\t1\r\n")),
        (BdpmFile::Presentations, "60000001\t3000001\tplaquette de 30 comprimés\tPrésentation active\tDéclaration de commercialisation\t29/11/2924\t3400930000011\toui\t65 %\t1,466,29\t1,469,05\t2,76\t\n69999999\t3000002\tflacon\tPrésentation active\tx\t\t3400930000028\tnon\t\t\t\t\t\n".as_bytes().to_vec()),
        (BdpmFile::Generics, latin("1\tZÉTAMOL 5 mg\t60000001\t0\t1\r\n1\tZÉTAMOL 5 mg\t69999998\t1\t2\r\n")),
        (BdpmFile::Conditions, latin("60000001\tliste I\r\n\r\r\n60000001\tprescription limitée à 4 semaines\r\n")),
        (BdpmFile::Atc, latin("60000001\tN05BA01\tZÉTAMOL\thttp://exemple.invalid/?specid=60000001")),
        (BdpmFile::Shortages, latin("60000001\t\t1\tRupture de stock\t14/04/2026\t18/05/2026\t\thttp://exemple.invalid/\r\n")),
    ]
}

fn read_with(change: impl Fn(BdpmFile, Vec<u8>) -> Option<Vec<u8>>) -> Result<DrugBase, DrugFileError> {
    let base = base();
    let bytes =
        |file: BdpmFile| base.iter().find(|(of, _)| *of == file).and_then(|(_, bytes)| change(file, bytes.clone()));
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    read(&bytes, today, &mut |_, _| std::ops::ControlFlow::Continue(()))
}

fn refused(of: BdpmFile, change: impl Fn(Vec<u8>) -> Vec<u8>) -> (usize, Fault) {
    match read_with(|file, bytes| Some(if file == of { change(bytes) } else { bytes })) {
        Err(DrugFileError::Line { file, line, fault }) => {
            assert_eq!(file, of.name());
            (line, fault)
        }
        other => panic!("{}: {other:?}", of.name()),
    }
}

fn with(bytes: &[u8], more: &[u8]) -> Vec<u8> {
    [bytes, more].concat()
}

#[test]
fn the_official_form_is_read_with_all_its_oddities() {
    let base = read_with(|_, bytes| Some(bytes)).unwrap();
    assert_eq!((base.drugs.len(), base.compositions.len(), base.conditions.len(), base.rejected), (2, 2, 2, 1));
    assert_eq!(base.drugs[0].name, "ZÉTAMOL 5 mg, comprimé");
    assert_eq!(
        (base.drugs[0].routes.len(), base.drugs[0].holders.as_slice()),
        (1, ["LABO UN".to_owned(), "LABO DEUX".to_owned()].as_slice())
    );
    assert_eq!((base.presentations[0].orphan, base.presentations[1].orphan), (false, true));
    assert_eq!((base.presentations[0].row.price_cents, base.presentations[0].row.rate), (Some(146_629), Some(65)));
    assert!(base.generics[1].orphan && base.compositions[1].row.fraction);
    assert_eq!(base.compositions[1].row.substance, "ZÉTAMOL");
    assert_eq!(base.atc.get(&60_000_001).map(String::as_str), Some("N05BA01"));
    assert_eq!(base.newest.map(|day| day.to_string()).as_deref(), Some("2026-05-18"), "2924 is no edition");
}

#[test]
fn a_missing_column_is_named_by_file_and_line() {
    for file in BdpmFile::ALL {
        let found = refused(file, |bytes| {
            let line: Vec<&[u8]> = bytes.split(|b| *b == b'\n').next().unwrap().splitn(2, |b| *b == b'\t').collect();
            [line[1], b"\n", &bytes].concat()
        });
        assert_eq!(found, (1, Fault::Columns { found: file.columns() - 1 }), "{}", file.name());
    }
}

#[test]
fn a_cut_at_any_byte_is_found() {
    for file in BdpmFile::ALL {
        let whole = base().into_iter().find(|(of, _)| *of == file).unwrap().1;
        let complete = read_with(|_, bytes| Some(bytes)).unwrap();
        for cut in 0..whole.len() {
            let read = read_with(|of, bytes| Some(if of == file { bytes[..cut].to_vec() } else { bytes }));
            // Cut between two lines a file is a shorter one; its references may then say so, and nothing else can.
            let between = cut > 0 && whole[cut - 1] == b'\n';
            assert!(read.is_err() || between, "{} cut at {cut}: {}", file.name(), read.unwrap() == complete);
        }
    }
}

#[test]
fn another_encoding_is_named_by_file_and_line() {
    let utf8 = |bytes: Vec<u8>| encoding_rs::WINDOWS_1252.decode(&bytes).0.into_owned().into_bytes();
    for file in [BdpmFile::Drugs, BdpmFile::Compositions, BdpmFile::Generics, BdpmFile::Atc] {
        assert_eq!(refused(file, utf8), (1, Fault::Encoding), "{}", file.name());
    }
    assert_eq!(refused(BdpmFile::Conditions, utf8), (3, Fault::Encoding));
    let latin = |bytes: Vec<u8>| encoding_rs::WINDOWS_1252.encode(&String::from_utf8(bytes).unwrap()).0.into_owned();
    assert_eq!(refused(BdpmFile::Presentations, latin), (1, Fault::Encoding));
    let mac = |bytes: Vec<u8>| bytes.into_iter().map(|b| if b == 0xe9 { 0x8e } else { b }).collect();
    assert_eq!(refused(BdpmFile::Drugs, mac).1, Fault::Encoding);
    let utf16 = |bytes: Vec<u8>| bytes.into_iter().flat_map(|b| [b, 0]).collect();
    assert_eq!(refused(BdpmFile::Shortages, utf16), (1, Fault::Encoding));
    assert_eq!(refused(BdpmFile::Generics, |bytes| with(&bytes, b"1\ta\0b\t60000001\t0\t1\r\n")), (3, Fault::Encoding));
}

#[test]
fn a_huge_line_and_a_cell_of_another_form_are_named() {
    let huge = format!("1\t{}\t60000001\t0\t1\r\n", "x".repeat(70_000));
    assert_eq!(refused(BdpmFile::Generics, |bytes| with(&bytes, huge.as_bytes())), (3, Fault::TooLong));
    assert_eq!(refused(BdpmFile::Generics, |bytes| with(&bytes, b"1\tx\t600\t0\t1\r\n")), (3, Fault::Cell(3)));
    assert_eq!(refused(BdpmFile::Conditions, |bytes| with(&bytes, b"60000009\tliste I\r\n")), (4, Fault::Cis));
    let first = |bytes: Vec<u8>| with(&bytes, &bytes[..bytes.iter().position(|b| *b == b'\n').unwrap() + 1]);
    assert_eq!(refused(BdpmFile::Drugs, first), (3, Fault::Cis), "a drug that stands twice");
}

#[test]
fn a_file_that_is_not_there_or_empty_is_named() {
    for of in BdpmFile::ALL {
        let missing = read_with(|file, bytes| (file != of).then_some(bytes));
        assert_eq!(missing, Err(DrugFileError::Missing { file: of.name() }));
        for nothing in [b"".as_slice(), b"\r\n\r\r\n"] {
            let empty = read_with(|file, bytes| Some(if file == of { nothing.to_vec() } else { bytes }));
            assert_eq!(empty, Err(DrugFileError::Empty { file: of.name() }));
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(junk in any::<Vec<u8>>(), which in 0usize..7) {
        let of = BdpmFile::ALL[which];
        let _ = read_with(|file, bytes| Some(if file == of { with(&junk, &bytes) } else { bytes }));
    }
}
