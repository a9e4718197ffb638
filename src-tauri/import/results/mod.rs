//! Laboratory results as files: HPRIM text ([`hprim`]) and HL7 v2 ORU ([`hl7`]).
//!
//! A file gives [`Item`]s: reports that are whole, and what is to be kept aside with the reason and the line. A report whose end
//! is missing gives no value at all: where a file was cut nobody can tell whether a number was cut too. What a line says that
//! is not of its form is kept as text, and a person decides.
//!
//! Deliberately not here: whose a report is (identity is handed on as the file says it), whether it came before, the database.

pub mod hl7;
pub mod hprim;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::text::{self, Encoding};
use super::{ImportError, Limits};
use domain::results::judge;

/// The largest file that is read.
pub const LIMIT: usize = 8 << 20;

/// A laboratory's report: what is sealed. A field that is added needs a default.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct Report {
    /// Name of the laboratory.
    pub laboratory: String,
    /// Its code, as it writes it.
    pub laboratory_code: String,
    /// Its number of the request.
    pub number: String,
    /// ISO date on which it was taken or reported, or empty.
    pub taken_on: String,
    /// To whom it was sent.
    pub recipient: String,
    /// `hprim` or `hl7`.
    #[ts(type = "'' | 'hprim' | 'hl7'")]
    pub format: String,
    /// What the laboratory wrote in free text before the values.
    pub text: String,
    /// Values and remarks in the laboratory's order.
    pub lines: Vec<ReportLine>,
}

/// A value or a remark.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(default, deny_unknown_fields)]
pub struct ReportLine {
    /// `number`, `text`, or `remark` (then only `text` says something).
    #[ts(type = "'number' | 'text' | 'remark'")]
    pub kind: String,
    /// Name of the analysis.
    pub label: String,
    /// The laboratory's code of it.
    pub code: String,
    /// The value as the laboratory wrote it.
    pub value: String,
    /// Its unit.
    pub unit: String,
    /// Lower bound, or empty.
    pub low: String,
    /// Upper bound, or empty.
    pub high: String,
    /// The laboratory's flag, or empty.
    pub flag: String,
    /// How it stands to its bounds.
    #[ts(type = "'unjudged' | 'normal' | 'low' | 'high' | 'very_low' | 'very_high' | 'abnormal'")]
    pub standing: String,
    /// Flag and bounds say different things.
    pub disagrees: bool,
    /// `F` final, `P` preliminary, … as the laboratory wrote it.
    pub status: String,
    /// The same value in another unit, or empty.
    pub other_value: String,
    /// That unit.
    pub other_unit: String,
    /// Lower bound in it.
    pub other_low: String,
    /// Upper bound in it.
    pub other_high: String,
    /// A remark.
    pub text: String,
}

impl ReportLine {
    /// A remark.
    #[must_use]
    pub fn remark(text: &str) -> Self {
        Self {
            kind: "remark".to_owned(),
            standing: "unjudged".to_owned(),
            text: text.trim().to_owned(),
            ..Self::default()
        }
    }

    /// Judges the value by its flag and bounds.
    #[must_use]
    fn judged(mut self) -> Self {
        let found = judge(&self.value, &self.low, &self.high, &self.flag);
        self.standing = found.standing.as_str().to_owned();
        self.disagrees = found.disagrees;
        self
    }
}

impl Report {
    /// Whether there is a value.
    #[must_use]
    pub fn has_results(&self) -> bool {
        self.lines.iter().any(|line| line.kind != "remark")
    }
}

/// Who a file says it is about. No `Debug`: it is a person.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct FileIdentity {
    /// Surname in use.
    pub surname: String,
    /// Surname at birth, where the file tells it apart.
    pub birth_name: String,
    /// First name.
    pub first_name: String,
    /// Birth date.
    pub born: Option<NaiveDate>,
    /// `female`, `male`, `unknown`.
    pub sex: &'static str,
    /// NIR (INS), or empty.
    pub nir: String,
}

/// Why something is kept aside, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    /// `cut`, `bad_line`, `header`, `encoding`, `no_results`, `future`, `withdrawn`, `embedded`, `unknown_form`, `not_text`, `empty`,
    /// `too_large`.
    pub code: &'static str,
    /// Physical line, from 1; 0 where it is about the whole.
    pub line: usize,
}

impl Trouble {
    const fn at(code: &'static str, line: usize) -> Self {
        Self { code, line }
    }
}

/// One report of a file, or what is left of one.
#[derive(Clone)]
pub struct Item {
    /// Who the file says it is about; empty where its header does not say.
    pub identity: FileIdentity,
    /// Laboratory and number as far as they were read, to know it again.
    pub laboratory: String,
    /// The laboratory's number.
    pub number: String,
    /// The report, where it is whole.
    pub report: Option<Report>,
    /// Why a person has to look at it.
    pub trouble: Option<Trouble>,
    /// The text of what is not whole.
    pub raw: String,
}

/// A file's reports.
pub struct ReadFile {
    /// In the file's order.
    pub items: Vec<Item>,
    /// What the bytes were read as.
    pub encoding: Encoding,
    /// Whether the file says itself that it is over.
    pub ended: bool,
}

/// Reads a file of results. `today` tells what lies in the future.
///
/// # Errors
/// Why nothing of it can be read at all.
pub fn read(bytes: &[u8], today: NaiveDate) -> Result<ReadFile, Trouble> {
    let whole = Trouble::at;
    if bytes.len() > LIMIT {
        return Err(whole("too_large", 0));
    }
    let limits = Limits { file_bytes: LIMIT, line_bytes: LIMIT, rows: usize::MAX };
    let decoded = text::decode(without_half_sign(bytes), &limits).map_err(|error| match error {
        ImportError::Empty => whole("empty", 0),
        ImportError::WrongEncoding { .. } => whole("encoding", 0),
        _ => whole("not_text", 0),
    })?;
    let (mut items, ended) = if hl7::is_hl7(&decoded.text) {
        hl7::read(&decoded.text)
    } else if hprim::is_hprim(&decoded.text) {
        hprim::read(&decoded.text)
    } else {
        return Err(whole("unknown_form", 0));
    };
    if items.is_empty() {
        return Err(whole("empty", 0));
    }
    let foreign = decoded.unreadable > 0
        || matches!(decoded.encoding, Encoding::Utf16Le | Encoding::Utf16Be | Encoding::Windows1256);
    for item in &mut items {
        let Some(report) = &item.report else { continue };
        let taken: Option<NaiveDate> = report.taken_on.parse().ok();
        // The first trouble says most: what was wrong with the lines stands before what is wrong with the whole.
        item.trouble = item
            .trouble
            .or(foreign.then_some(whole("encoding", 0)))
            .or((!report.has_results()).then_some(whole("no_results", 0)))
            .or(taken.is_some_and(|taken| taken > today).then_some(whole("future", 0)));
        if item.identity.born.is_some_and(|born| born > today) {
            item.identity.born = None;
            item.trouble = item.trouble.or(Some(whole("header", 0)));
        }
    }
    Ok(ReadFile { items, encoding: decoded.encoding, ended })
}

/// A file that was cut inside a UTF-8 sign is UTF-8 up to there: the guess must not change for it.
fn without_half_sign(bytes: &[u8]) -> &[u8] {
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() && !bytes[..error.valid_up_to()].is_ascii() => {
            &bytes[..error.valid_up_to()]
        }
        _ => bytes,
    }
}

/// Physical lines, whatever ends them.
fn lines(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        lines.push(&rest[..at]);
        rest = &rest[at..];
        rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
    }
    lines.push(rest);
    lines
}

/// `dd/mm/yyyy`, `yyyy-mm-dd`, `ddmmyyyy` or `yyyymmdd` at the text's beginning and alone in it.
fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
    let (day, month, year) = match parts[..] {
        [day, month, year] if year.len() == 4 => (day, month, year),
        [year, month, day] if year.len() == 4 => (day, month, year),
        [digits] if digits.len() == 8 && digits.is_ascii() => {
            let year: u32 = digits[4..].parse().ok()?;
            if (1850..=2200).contains(&year) {
                (&digits[..2], &digits[2..4], &digits[4..])
            } else {
                (&digits[6..], &digits[4..6], &digits[..4])
            }
        }
        _ => return None,
    };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let (day, month, year): (u32, u32, u32) = (number(day)?, number(month)?, number(year)?);
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day).filter(|_| (1850..=2200).contains(&year))
}
