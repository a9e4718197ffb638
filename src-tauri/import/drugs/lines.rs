//! The lines of one file, decoded in the encoding it officially has, cut at tabs, each with its number.

use std::borrow::Cow;

use super::{BdpmFile, DrugFileError, Fault};

/// Longer than any file of the base by ten times.
const FILE_BYTES: usize = 100_000_000;
/// The longest line met has 1,798 bytes.
const LINE_BYTES: usize = 64 * 1024;

/// A line's cells.
pub(super) struct Cells<'a> {
    file: BdpmFile,
    /// Physical line, from 1.
    pub line: usize,
    cells: Vec<Cow<'a, str>>,
}

impl Cells<'_> {
    /// A cell by its number, from 0, without blanks around it.
    pub fn text(&self, number: usize) -> String {
        self.cells[number].trim().to_owned()
    }

    /// A cell as its type; none refuses the line.
    pub fn read<T>(&self, number: usize, read: impl Fn(&str) -> Option<T>) -> Result<T, DrugFileError> {
        read(self.cells[number].trim()).ok_or_else(|| self.fault(Fault::Cell(number + 1)))
    }

    /// A cell that may be empty.
    pub fn read_option<T>(&self, number: usize, read: impl Fn(&str) -> Option<T>) -> Result<Option<T>, DrugFileError> {
        if self.cells[number].trim().is_empty() { Ok(None) } else { self.read(number, read).map(Some) }
    }

    /// The line is refused.
    pub fn fault(&self, fault: Fault) -> DrugFileError {
        DrugFileError::Line { file: self.file.name(), line: self.line, fault }
    }
}

/// Hands every line to `take`; answers how many were blank.
pub(super) fn each<'a>(
    file: BdpmFile,
    bytes: &'a [u8],
    mut take: impl FnMut(Cells<'a>) -> Result<(), DrugFileError>,
) -> Result<usize, DrugFileError> {
    let name = file.name();
    if bytes.len() > FILE_BYTES {
        return Err(DrugFileError::TooLarge { file: name });
    }
    let (mut blank, mut rows) = (0, 0);
    let mut lines = bytes.split(|byte| *byte == b'\n').enumerate().peekable();
    while let Some((at, raw)) = lines.next() {
        let last = lines.peek().is_none();
        if last && raw.is_empty() {
            break;
        }
        let line = at + 1;
        let refuse = |fault| DrugFileError::Line { file: name, line, fault };
        if raw.len() > LINE_BYTES {
            return Err(refuse(Fault::TooLong));
        }
        // A line end may be doubled; a CR inside a line is none of ours.
        let end = raw.iter().rposition(|byte| *byte != b'\r').map_or(0, |at| at + 1);
        let raw = &raw[..end];
        let text = decode(file, raw).ok_or_else(|| refuse(Fault::Encoding))?;
        if text.trim().is_empty() {
            // A blank line that does not end is the beginning of one that did.
            if last {
                return Err(refuse(Fault::Cut));
            }
            blank += 1;
            continue;
        }
        let cells: Vec<Cow<'a, str>> = match text {
            Cow::Borrowed(text) => text.split('\t').map(Cow::Borrowed).collect(),
            Cow::Owned(text) => text.split('\t').map(|cell| Cow::Owned(cell.to_owned())).collect(),
        };
        // Of the seven only CIS_MITM comes without a line end at its end; its last cell tells whether it is whole.
        let unended = last && file != BdpmFile::Atc;
        if cells.len() != file.columns() {
            return Err(refuse(if last { Fault::Cut } else { Fault::Columns { found: cells.len() } }));
        }
        if unended {
            return Err(refuse(Fault::Cut));
        }
        rows += 1;
        take(Cells { file, line, cells })?;
    }
    if rows == 0 { Err(DrugFileError::Empty { file: name }) } else { Ok(blank) }
}

fn decode(file: BdpmFile, raw: &[u8]) -> Option<Cow<'_, str>> {
    if raw.contains(&0) {
        return None;
    }
    if file == BdpmFile::Presentations {
        return std::str::from_utf8(raw).ok().filter(|text| !text.starts_with('\u{feff}')).map(Cow::Borrowed);
    }
    if raw.is_ascii() {
        return std::str::from_utf8(raw).ok().map(Cow::Borrowed);
    }
    if raw.windows(2).any(is_utf8) || beside_letters(raw) {
        return None;
    }
    Some(encoding_rs::WINDOWS_1252.decode_without_bom_handling(raw).0)
}

/// Two bytes that are one letter in UTF-8 and in Windows-1252 `Ã©`, `Å“`, `â€`, which no word has.
fn is_utf8(pair: &[u8]) -> bool {
    matches!(pair, [0xc2..=0xc5 | 0xe2, 0x80..=0xbf])
}

/// Bytes that Windows-1252 leaves undefined, or that are accented letters in the code pages of old systems and signs in Windows-1252.
fn beside_letters(raw: &[u8]) -> bool {
    let letter = |at: Option<usize>| at.and_then(|at| raw.get(at)).is_some_and(u8::is_ascii_alphabetic);
    raw.iter().enumerate().any(|(at, byte)| match byte {
        0x81 | 0x8d | 0x8f | 0x90 | 0x9d => true,
        0x82 | 0x83 | 0x85 | 0x87 | 0x88 | 0x89 | 0x8a | 0x8e | 0x94 | 0x99 | 0x9e => {
            letter(at.checked_sub(1)) && letter(Some(at + 1))
        }
        _ => false,
    })
}
