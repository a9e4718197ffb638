//! Bytes to characters: which encoding a take-over file is in, and its text.
//!
//! A byte order mark decides; then zeros at every second place (UTF-16), then valid UTF-8, then a guess among the
//! one-byte encodings that practices in France and Morocco meet: Windows-1252, Mac Roman, Windows-1256 (Arabic).
//! Zero characters are kept: they belong to one row, and that row is rejected further on.
//!
//! Deliberately not here: DOS code pages (a file in one decodes as Windows-1252 with wrong accents; the preview shows
//! it), and any repair of text that was already broken when it was exported.

use serde::{Deserialize, Serialize};

use super::{ImportError, Limits, NotText};

/// An encoding that take-over files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ts_rs::TS)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8 without a mark.
    Utf8,
    /// UTF-8 with its byte order mark.
    Utf8Bom,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows, western Europe.
    Windows1252,
    /// Windows, Arabic (with French letters).
    Windows1256,
    /// Old Macintosh.
    MacRoman,
}

impl std::fmt::Display for Encoding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Utf8 => "UTF-8",
            Self::Utf8Bom => "UTF-8 with BOM",
            Self::Utf16Le => "UTF-16 LE",
            Self::Utf16Be => "UTF-16 BE",
            Self::Windows1252 => "Windows-1252",
            Self::Windows1256 => "Windows-1256",
            Self::MacRoman => "Mac Roman",
        })
    }
}

/// A file's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The characters, without a byte order mark.
    pub text: String,
    /// What the bytes were read as.
    pub encoding: Encoding,
    /// How many places could not be read; each stands as U+FFFD in the text.
    pub unreadable: usize,
}

/// Reads `bytes` in the encoding they seem to be in.
///
/// # Errors
/// [`ImportError::Empty`], [`ImportError::FileTooLarge`], [`ImportError::NotText`], and
/// [`ImportError::WrongEncoding`] where a byte order mark promises what the bytes do not keep.
pub fn decode(bytes: &[u8], limits: &Limits) -> Result<Decoded, ImportError> {
    check_size(bytes, limits)?;
    if let Some(found) = binary_kind(bytes) {
        return Err(ImportError::NotText { found });
    }
    decode_as(bytes, guess(bytes), limits)
}

/// Reads `bytes` in the encoding that the user chose.
///
/// # Errors
/// As [`decode`].
pub fn decode_as(bytes: &[u8], encoding: Encoding, limits: &Limits) -> Result<Decoded, ImportError> {
    check_size(bytes, limits)?;
    let (text, unreadable) = match encoding {
        Encoding::Utf8 | Encoding::Utf8Bom => from_utf8(bytes.strip_prefix(UTF8_BOM).unwrap_or(bytes), encoding)?,
        Encoding::Utf16Le => from_utf16(bytes.strip_prefix(UTF16LE_BOM).unwrap_or(bytes), u16::from_le_bytes),
        Encoding::Utf16Be => from_utf16(bytes.strip_prefix(UTF16BE_BOM).unwrap_or(bytes), u16::from_be_bytes),
        Encoding::Windows1252 => one_byte(bytes, encoding_rs::WINDOWS_1252),
        Encoding::Windows1256 => one_byte(bytes, encoding_rs::WINDOWS_1256),
        Encoding::MacRoman => one_byte(bytes, encoding_rs::MACINTOSH),
    };
    let zeros = text.bytes().filter(|b| *b == 0).count();
    // A few zeros spoil a few rows; a tenth of the text is no text any more.
    if zeros * 10 > text.len() {
        return Err(ImportError::NotText { found: NotText::Binary });
    }
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(Decoded { text, encoding, unreadable })
}

/// The encoding that `bytes` seem to be in.
#[must_use]
pub fn guess(bytes: &[u8]) -> Encoding {
    if bytes.starts_with(UTF8_BOM) {
        return Encoding::Utf8Bom;
    }
    if bytes.starts_with(UTF16LE_BOM) {
        return Encoding::Utf16Le;
    }
    if bytes.starts_with(UTF16BE_BOM) {
        return Encoding::Utf16Be;
    }
    if let Some(encoding) = guess_utf16(bytes) {
        return encoding;
    }
    if mostly_utf8(bytes) {
        return Encoding::Utf8;
    }
    guess_one_byte(bytes)
}

const UTF8_BOM: &[u8] = b"\xef\xbb\xbf";
const UTF16LE_BOM: &[u8] = b"\xff\xfe";
const UTF16BE_BOM: &[u8] = b"\xfe\xff";

fn check_size(bytes: &[u8], limits: &Limits) -> Result<(), ImportError> {
    if bytes.is_empty() {
        return Err(ImportError::Empty);
    }
    if bytes.len() > limits.file_bytes {
        return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.file_bytes });
    }
    Ok(())
}

fn binary_kind(bytes: &[u8]) -> Option<NotText> {
    if bytes.starts_with(b"PK\x03\x04") {
        // A workbook is a zip archive too; its parts are named in the clear.
        let head = &bytes[..bytes.len().min(8_000)];
        let names = |needle: &[u8]| head.windows(needle.len()).any(|w| w == needle);
        let workbook = names(b"xl/") || names(b"[Content_Types].xml") || names(b"opendocument.spreadsheet");
        return Some(if workbook { NotText::Workbook } else { NotText::Archive });
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(NotText::Workbook);
    }
    if bytes.starts_with(b"%PDF-") {
        return Some(NotText::Pdf);
    }
    if bytes.starts_with(b"\x1f\x8b") || bytes.starts_with(b"7z\xbc\xaf\x27\x1c") || bytes.starts_with(b"Rar!") {
        return Some(NotText::Archive);
    }
    // UTF-32: nobody writes it, and it would read as UTF-16 full of zeros.
    if bytes.starts_with(b"\xff\xfe\0\0") || bytes.starts_with(b"\0\0\xfe\xff") {
        return Some(NotText::Binary);
    }
    None
}

/// UTF-16 without a mark: Latin text has a zero at every second place, Arabic text the byte 06.
fn guess_utf16(bytes: &[u8]) -> Option<Encoding> {
    let head = &bytes[..bytes.len().min(4_096) & !1];
    if head.len() < 4 {
        return None;
    }
    let high = |b: &u8| matches!(b, 0x00 | 0x06 | 0x20);
    let even = head.iter().step_by(2).filter(|b| **b == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|b| **b == 0).count();
    let even_high = head.iter().step_by(2).filter(|b| high(b)).count();
    let odd_high = head.iter().skip(1).step_by(2).filter(|b| high(b)).count();
    let units = head.len() / 2;
    // Blanks, digits and separators alone give a tenth of true zeros on one side; the other has hardly any, and that
    // side is nearly all high bytes of the scripts expected here.
    if odd * 10 > units && even * 20 < units && odd_high * 10 > units * 9 {
        return Some(Encoding::Utf16Le);
    }
    if even * 10 > units && odd * 20 < units && even_high * 10 > units * 9 {
        return Some(Encoding::Utf16Be);
    }
    None
}

/// Valid UTF-8, or so many valid letters of several bytes that the rest must be damage.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good >= bad * 20
}

fn guess_one_byte(bytes: &[u8]) -> Encoding {
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let found = detector.guess(None, chardetng::Utf8Detection::Deny);
    // The detector knows the web's encodings; Mac Roman is none of them. French accents lie below A0 there and at
    // C0 or above in Windows-1252, so the letters that stand beside other letters vote.
    if mac_roman_votes(bytes) > windows_votes(bytes) {
        return Encoding::MacRoman;
    }
    if found == encoding_rs::WINDOWS_1256 || found == encoding_rs::ISO_8859_6 {
        return Encoding::Windows1256;
    }
    Encoding::Windows1252
}

/// é è à ç ê ô î ï â û ù ë É in Mac Roman, beside an ASCII letter.
fn mac_roman_votes(bytes: &[u8]) -> usize {
    beside_letters(bytes, |b| {
        matches!(b, 0x8e | 0x8f | 0x88 | 0x8d | 0x90 | 0x99 | 0x94 | 0x95 | 0x89 | 0x9e | 0x9d | 0x91 | 0x83)
    })
}

/// The same letters in Windows-1252.
fn windows_votes(bytes: &[u8]) -> usize {
    beside_letters(bytes, |b| {
        matches!(b, 0xe9 | 0xe8 | 0xe0 | 0xe7 | 0xea | 0xf4 | 0xee | 0xef | 0xe2 | 0xfb | 0xf9 | 0xeb | 0xc9)
    })
}

fn beside_letters(bytes: &[u8], is_vote: impl Fn(u8) -> bool) -> usize {
    let letter = |i: Option<usize>| i.and_then(|i| bytes.get(i)).is_some_and(u8::is_ascii_alphabetic);
    let vote = |(i, b): &(usize, &u8)| is_vote(**b) && (letter(i.checked_sub(1)) || letter(Some(i + 1)));
    bytes.iter().enumerate().filter(vote).count()
}

fn from_utf8(bytes: &[u8], encoding: Encoding) -> Result<(String, usize), ImportError> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok((text.to_owned(), 0));
    }
    if !mostly_utf8(bytes) {
        let offset = std::str::from_utf8(bytes).err().map_or(0, |e| e.valid_up_to());
        return Err(ImportError::WrongEncoding { encoding, offset });
    }
    let unreadable = bytes.utf8_chunks().filter(|c| !c.invalid().is_empty()).count();
    Ok((String::from_utf8_lossy(bytes).into_owned(), unreadable))
}

fn from_utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> (String, usize) {
    let pairs = bytes.chunks_exact(2);
    let mut unreadable = usize::from(!pairs.remainder().is_empty());
    let mut text = String::with_capacity(bytes.len());
    for c in char::decode_utf16(pairs.map(|p| unit([p[0], p[1]]))) {
        text.push(c.unwrap_or_else(|_| {
            unreadable += 1;
            char::REPLACEMENT_CHARACTER
        }));
    }
    if !bytes.len().is_multiple_of(2) {
        text.push(char::REPLACEMENT_CHARACTER);
    }
    (text, unreadable)
}

fn one_byte(bytes: &[u8], encoding: &'static encoding_rs::Encoding) -> (String, usize) {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // Windows-1252 as the web defines it reads five undefined bytes as control characters; nobody typed those.
    let mut unreadable = 0;
    let text = text
        .chars()
        .map(|c| if matches!(c, '\u{80}'..='\u{9f}') { char::REPLACEMENT_CHARACTER } else { c })
        .inspect(|c| unreadable += usize::from(*c == char::REPLACEMENT_CHARACTER))
        .collect();
    (text, unreadable)
}
