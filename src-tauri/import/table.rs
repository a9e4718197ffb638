//! Characters to records: separated values with any of the usual separators, quotation marks, and the physical line
//! of each record.
//!
//! Lenient where nothing can be lost: text after a closing mark is kept, a mark in the middle of a plain cell is a
//! character, records may have any number of cells, blank lines are no rows. Strict where rows would vanish: a mark
//! that is never closed is refused with its line, also where a later mark happens to close it in the middle of
//! another row.
//!
//! Deliberately not here: what the columns mean ([`headers`](super::headers)).

use super::{ImportError, Limits};

/// The separators that are looked for, the likeliest first.
pub const SEPARATORS: [char; 4] = [';', '\t', ',', '|'];

/// One record of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Physical line, from 1, where it starts.
    pub line: usize,
    /// Its cells as they stand, without their quotation marks.
    pub cells: Vec<String>,
}

impl Record {
    /// The cell of column `index`, empty where the record is too short.
    #[must_use]
    pub fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }

    /// Whether no cell holds anything visible.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|c| c.trim().is_empty())
    }
}

/// A file's records; opening it has read them all once, so that reading them again cannot fail.
#[derive(Debug, Clone)]
pub struct Table {
    text: String,
    from: usize,
    first_line: usize,
    separator: char,
    records: usize,
}

impl Table {
    /// Checks the whole of `text`; the separator is guessed where it is not given.
    ///
    /// # Errors
    /// [`ImportError::UnclosedQuote`], [`ImportError::LineTooLong`], [`ImportError::TooManyRows`],
    /// [`ImportError::Empty`] where no line holds anything.
    pub fn open(text: String, separator: Option<char>, limits: &Limits) -> Result<Self, ImportError> {
        check_lines(&text, limits)?;
        let (rest, first_line, declared) = skip_declaration(&text);
        let separator = separator.or(declared).unwrap_or_else(|| guess_separator(rest));
        let from = text.len() - rest.len();
        let mut records = 0;
        for record in Reader::new(rest, first_line, separator, limits.line_bytes) {
            record?;
            records += 1;
            if records > limits.rows {
                return Err(ImportError::TooManyRows { limit: limits.rows });
            }
        }
        if records == 0 {
            return Err(ImportError::Empty);
        }
        Ok(Self { text, from, first_line, separator, records })
    }

    /// The separator in use.
    #[must_use]
    pub fn separator(&self) -> char {
        self.separator
    }

    /// How many records there are, the header included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.records
    }

    /// Never true: a file without records does not open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records == 0
    }

    /// The records in the order of the file.
    pub fn records(&self) -> impl Iterator<Item = Record> + '_ {
        // `open` has seen every record pass, so nothing is dropped here.
        Reader::new(&self.text[self.from..], self.first_line, self.separator, usize::MAX).filter_map(Result::ok)
    }
}

/// A spreadsheet program's own first line, `sep=;`.
fn skip_declaration(text: &str) -> (&str, usize, Option<char>) {
    let end = text.find(['\r', '\n']).unwrap_or(text.len());
    let declared = text[..end].trim_matches('"').strip_prefix("sep=");
    match declared.and_then(|d| SEPARATORS.into_iter().find(|s| d == s.to_string())) {
        Some(separator) => {
            let rest = &text[end..];
            let rest = rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix(['\r', '\n'])).unwrap_or(rest);
            (rest, 2, Some(separator))
        }
        None => (text, 1, None),
    }
}

fn check_lines(text: &str, limits: &Limits) -> Result<(), ImportError> {
    for (index, line) in lines(text).enumerate() {
        if line.len() > limits.line_bytes {
            return Err(ImportError::LineTooLong { line: index + 1, limit: limits.line_bytes });
        }
    }
    Ok(())
}

/// Physical lines, ended by LF, CRLF or a lone CR.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let Some(end) = text.find(['\r', '\n']) else {
            rest = None;
            return (!text.is_empty()).then_some(text);
        };
        let after = &text[end..];
        rest = Some(after.strip_prefix("\r\n").unwrap_or(&after[1..]));
        Some(&text[..end])
    })
}

/// The separator under which the head of the file falls into the most even columns.
fn guess_separator(text: &str) -> char {
    const HEAD: usize = 64 * 1024;
    const RECORDS: usize = 200;
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let score = |separator: char| -> f64 {
        let mut widths = std::collections::BTreeMap::<usize, u32>::new();
        let head = Reader::new(&text[..end], 1, separator, usize::MAX).map_while(Result::ok).take(RECORDS);
        head.for_each(|r| *widths.entry(r.cells.len()).or_default() += 1);
        let total: u32 = widths.values().sum();
        let (width, count) = widths.into_iter().max_by_key(|(w, n)| (*n, *w)).unwrap_or((1, 0));
        if width < 2 || total == 0 {
            return 0.0;
        }
        let even = f64::from(count) / f64::from(total);
        even * even * f64::from(u32::try_from(width).unwrap_or(u32::MAX)).ln()
    };
    // The first of equals wins, so that the order of `SEPARATORS` counts.
    let mut best = (SEPARATORS[0], 0.0);
    for separator in SEPARATORS {
        let points = score(separator);
        if points > best.1 {
            best = (separator, points);
        }
    }
    best.0
}

/// Reads record after record; stops at the first error.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    line: usize,
    separator: u8,
    limit: usize,
    failed: bool,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, line: usize, separator: char, limit: usize) -> Self {
        // Separators are ASCII; anything else a caller brings simply never occurs.
        let separator = u8::try_from(separator).unwrap_or(b';');
        Self { text, at: 0, line, separator, limit, failed: false }
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Steps over one line end (CRLF, LF or a lone CR) and counts it.
    fn line_end(&mut self) {
        let crlf = self.text.as_bytes()[self.at..].starts_with(b"\r\n");
        self.at += if crlf { 2 } else { 1 };
        self.line += 1;
    }

    fn record(&mut self) -> Result<Record, ImportError> {
        let (line, start) = (self.line, self.at);
        let mut cells = Vec::new();
        loop {
            let mut cell = String::new();
            if self.peek() == Some(b'"') {
                self.quoted(&mut cell)?;
            }
            let from = self.at;
            while self.peek().is_some_and(|b| b != self.separator && b != b'\r' && b != b'\n') {
                self.at += 1;
            }
            cell.push_str(&self.text[from..self.at]);
            cells.push(cell);
            if self.at - start > self.limit {
                return Err(ImportError::LineTooLong { line, limit: self.limit });
            }
            match self.peek() {
                Some(b) if b == self.separator => self.at += 1,
                Some(_) => {
                    self.line_end();
                    return Ok(Record { line, cells });
                }
                None => return Ok(Record { line, cells }),
            }
        }
    }

    /// From an opening mark to behind its closing mark.
    fn quoted(&mut self, cell: &mut String) -> Result<(), ImportError> {
        let opened = self.line;
        let unclosed = ImportError::UnclosedQuote { line: opened };
        let start = self.at;
        self.at += 1;
        let mut from = self.at;
        loop {
            match self.peek() {
                None => return Err(unclosed),
                Some(b'"') if self.text.as_bytes().get(self.at + 1) == Some(&b'"') => {
                    cell.push_str(&self.text[from..=self.at]);
                    self.at += 2;
                    from = self.at;
                }
                Some(b'"') => {
                    cell.push_str(&self.text[from..self.at]);
                    self.at += 1;
                    let ends = self.peek().is_none_or(|b| b == self.separator || b == b'\r' || b == b'\n');
                    // A cell of several lines that ends in the middle of another cell has swallowed rows.
                    return if ends || self.line == opened { Ok(()) } else { Err(unclosed) };
                }
                Some(b'\r' | b'\n') => self.line_end(),
                Some(_) => self.at += 1,
            }
            if self.at - start > self.limit {
                // Many lines in one cell: a mark that nobody closed, rather than a long line.
                let many = self.line - opened > 50;
                return Err(if many { unclosed } else { ImportError::LineTooLong { line: opened, limit: self.limit } });
            }
        }
    }
}

impl Iterator for Reader<'_> {
    type Item = Result<Record, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if self.failed || self.at >= self.text.len() {
                return None;
            }
            let record = self.record();
            self.failed = record.is_err();
            match record {
                // A blank line is no row.
                Ok(r) if r.cells.len() == 1 && r.is_blank() => {}
                other => return Some(other),
            }
        }
    }
}
