//! Encodings.

use proptest::prelude::*;

use super::super::{
    ImportError, Limits, NotText,
    text::{Encoding, decode, decode_as},
};

const SAMPLE: &str = "Nom;Prénom;Ville\r\nLévy;Noël;Besançon\r\nMüller;Zoé;Sète\r\n";
const ARABIC: &str =
    "الاسم الكامل;المدينة;الهاتف\nمحمد العلوي;الدار البيضاء;0661234567\nفاطمة الزهراء بنجلون;مراكش;0662345678\n";

fn utf16(text: &str, bom: bool, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = bom.then_some(0xfeff_u16);
    mark.into_iter().chain(text.encode_utf16()).flat_map(order).collect()
}

#[test]
fn every_encoding_is_told_by_its_bytes_and_read_alike() {
    let limits = Limits::default();
    let (w1252, _, _) = encoding_rs::WINDOWS_1252.encode(SAMPLE);
    let (mac, _, _) = encoding_rs::MACINTOSH.encode(SAMPLE);
    let cases = [
        (SAMPLE.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xef\xbb\xbf", SAMPLE.as_bytes()].concat(), Encoding::Utf8Bom),
        (w1252.into_owned(), Encoding::Windows1252),
        (mac.into_owned(), Encoding::MacRoman),
        (utf16(SAMPLE, true, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(SAMPLE, true, u16::to_be_bytes), Encoding::Utf16Be),
        (utf16(SAMPLE, false, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(SAMPLE, false, u16::to_be_bytes), Encoding::Utf16Be),
    ];
    for (bytes, encoding) in cases {
        let found = decode(&bytes, &limits).unwrap();
        assert_eq!((found.encoding, found.text.as_str(), found.unreadable), (encoding, SAMPLE, 0));
        assert_eq!(decode_as(&bytes, encoding, &limits).unwrap().text, SAMPLE);
    }
}

#[test]
fn arabic_is_read_in_its_encodings() {
    let (w1256, _, failed) = encoding_rs::WINDOWS_1256.encode(ARABIC);
    assert!(!failed);
    let cases = [
        (ARABIC.as_bytes().to_vec(), Encoding::Utf8),
        (w1256.into_owned(), Encoding::Windows1256),
        (utf16(ARABIC, false, u16::to_le_bytes), Encoding::Utf16Le),
        (utf16(ARABIC, false, u16::to_be_bytes), Encoding::Utf16Be),
    ];
    for (bytes, encoding) in cases {
        let found = decode(&bytes, &Limits::default()).unwrap();
        assert_eq!((found.encoding, found.text.as_str()), (encoding, ARABIC));
    }
}

#[test]
fn a_few_broken_bytes_do_not_make_a_utf8_file_another_one() {
    let mut bytes = SAMPLE.repeat(20).into_bytes();
    let at = bytes.len() / 2;
    bytes.insert(at, 0xff);
    let found = decode(&bytes, &Limits::default()).unwrap();
    assert_eq!((found.encoding, found.unreadable), (Encoding::Utf8, 1));
    assert_eq!(found.text.matches('\u{fffd}').count(), 1);
}

#[test]
fn bytes_that_mean_nothing_in_the_encoding_are_counted() {
    let found = decode_as(b"Nom;Pr\x81nom", Encoding::Windows1252, &Limits::default()).unwrap();
    assert_eq!((found.text.as_str(), found.unreadable), ("Nom;Pr\u{fffd}nom", 1));
    let odd = decode_as(b"\xff\xfeN\0o\0m\0x", Encoding::Utf16Le, &Limits::default()).unwrap();
    assert_eq!((odd.text.as_str(), odd.unreadable), ("Nom\u{fffd}", 1));
}

#[test]
fn what_is_no_text_is_refused_by_its_kind() {
    let refused = |bytes: &[u8]| decode(bytes, &Limits::default()).unwrap_err();
    assert_eq!(refused(b""), ImportError::Empty);
    assert_eq!(refused(b"\r\n \n"), ImportError::Empty);
    assert_eq!(refused(b"\xef\xbb\xbf"), ImportError::Empty);
    assert_eq!(refused(b"\xff\xfe"), ImportError::Empty);
    let kind = |found| ImportError::NotText { found };
    assert_eq!(refused(b"PK\x03\x04....xl/workbook.xml"), kind(NotText::Workbook));
    assert_eq!(refused(b"PK\x03\x04....photo.jpg"), kind(NotText::Archive));
    assert_eq!(refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1.."), kind(NotText::Workbook));
    assert_eq!(refused(b"%PDF-1.7"), kind(NotText::Pdf));
    assert_eq!(refused(&[0; 4_000]), kind(NotText::Binary));
    assert_eq!(refused(b"\xff\xfe\0\0N\0\0\0"), kind(NotText::Binary));
    let wrong = decode_as("é".as_bytes(), Encoding::Utf8, &Limits::default()).map(|d| d.text);
    assert_eq!(wrong.as_deref(), Ok("é"));
    let wrong = decode_as(b"a\xe9b\xe9", Encoding::Utf8, &Limits::default());
    assert_eq!(wrong.unwrap_err(), ImportError::WrongEncoding { encoding: Encoding::Utf8, offset: 1 });
}

#[test]
fn a_file_over_the_limit_is_refused_before_it_is_read() {
    let limits = Limits { file_bytes: 10, ..Limits::default() };
    assert_eq!(decode(&[b'a'; 11], &limits), Err(ImportError::FileTooLarge { bytes: 11, limit: 10 }));
    assert!(decode(&[b'a'; 10], &limits).is_ok());
}

#[test]
fn a_single_zero_is_left_to_its_row() {
    let text = format!("{SAMPLE}Du\0pont;Jean;Paris\r\n");
    assert!(decode(text.as_bytes(), &Limits::default()).unwrap().text.contains('\0'));
}

proptest! {
    #[test]
    fn any_utf8_text_comes_back_as_it_was(text in "[a-zA-Zéèàçœ;,\n\u{621}-\u{64a} ]{1,200}") {
        prop_assume!(!text.trim().is_empty());
        let found = decode(text.as_bytes(), &Limits::default()).unwrap();
        prop_assert_eq!(found.text, text);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = decode(&bytes, &Limits::default());
    }
}
