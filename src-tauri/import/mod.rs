//! Room `import`: turns the files of the software a practice leaves into plain, checked rows, and accounts for
//! every one of them.
//!
//! The way of a file: [`text`] makes characters of bytes, [`table`] makes records of characters (or [`ical`] makes
//! events of them), [`headers`] says which column holds what, [`patients`] reads each record into a
//! [`PatientDraft`](draft::PatientDraft) or rejects it, [`plan`] decides for each draft whether it is new, known or a
//! double, [`agenda`] does the same for events, and [`report`] writes down what became of every row.
//!
//! Deliberately not here: the database (the commands apply a plan in one transaction), the clock (today's date is a
//! parameter), and words for the user (rows carry codes; whoever writes the report brings the words).
//!
//! What the files at hand taught, counted independently of this code:
//!
//! - **Patients of a French package**: Windows-1252, `;`, CRLF, 14 columns, 5,127 rows and never a wrong count of cells.
//!   Dates as `25/01/1957` (3,726), `18-12-81` (476; 57 of them of either century), `2011-12-08` (470), none (455) and one
//!   `32/13/2011`. Sexes H, M, Masculin, F, Féminin. Mobiles in six spellings (`+33(0)718190937`, `0033752882001`,
//!   `+33 655150587` …), 529 missing, 870 of ranges that nobody was given, and one `0612`. 3,043 NIRs, a third with blanks,
//!   55 with a wrong key, the rest in agreement with sex and birth date. Quoted cells with `;` and doubled marks. At the
//!   end 120 second copies: the surname in the other case, the e-mail dropped, in 34 another mobile; 111 show by name
//!   and birth date, 5 more by their NIR, 4 because they say nothing that the first does not say. Then the odd ones: a
//!   `?` where the exporter lost a letter, a surname of 70 letters, a row of nothing but a remark (the only one that is
//!   rejected), one without a first name.
//! - **Patients of a Moroccan package**: UTF-8 with BOM, `,`, LF, 9 columns, 800 rows. `SURNAME, First` quoted in one
//!   column, the Arabic name in another with the first name first, of two to five words. CIN of one or two letters,
//!   mobiles in three spellings. No double, although six surnames and six first names make up everybody.
//! - **A doctor's agenda**: iCalendar, UTF-8, CRLF, nothing folded, 1,689 events: 1,687 appointments (162 cancelled)
//!   `SURNAME First - Type` with `Tél …, né(e) le …` (`inconnu`, `?`; 15 with neither), nine whole days of leave, with 120
//!   of the appointments inside them (105 active), and a meeting every second Monday, 22 times less one. No overlap, no
//!   double UID; the zone's own rules are there and of no use.

pub mod agenda;
pub mod cells;
pub mod codes;
pub mod content;
pub mod draft;
pub mod drugs;
pub mod fuzz;
pub mod headers;
pub mod ical;
pub mod interactions;
mod keys;
pub mod mapping;
pub mod names;
pub mod patients;
pub mod people;
pub mod plan;
pub mod report;
pub mod results;
pub mod table;
pub mod text;

#[cfg(test)]
mod tests;

use thiserror::Error;

/// The sizes up to which a take-over file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Largest file, in bytes.
    pub file_bytes: usize,
    /// Longest physical line and longest record (a quoted cell may span lines), in bytes of UTF-8.
    pub line_bytes: usize,
    /// Most rows (records or events).
    pub rows: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 500_000_000, line_bytes: 1_000_000, rows: 2_000_000 }
    }
}

/// Why a whole file is refused. Nothing of it was taken over. Holds no content of the file.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The file has no bytes, or nothing but blank lines.
    #[error("the file is empty")]
    Empty,
    /// Larger than [`Limits::file_bytes`].
    #[error("the file has {bytes} bytes, at most {limit} are read")]
    FileTooLarge {
        /// Size of the file.
        bytes: usize,
        /// The limit it passes.
        limit: usize,
    },
    /// A line, or a record that goes on over several lines, is longer than [`Limits::line_bytes`].
    #[error("line {line} is longer than {limit} bytes")]
    LineTooLong {
        /// Physical line, from 1, where it starts.
        line: usize,
        /// The limit it passes.
        limit: usize,
    },
    /// More rows than [`Limits::rows`].
    #[error("the file has more than {limit} rows")]
    TooManyRows {
        /// The limit it passes.
        limit: usize,
    },
    /// Not text at all.
    #[error("the file is not text ({found})")]
    NotText {
        /// What it seems to be instead.
        found: NotText,
    },
    /// The bytes are not of the encoding that was asked for, or that the byte order mark announces.
    #[error("the file is not valid {encoding} (byte {offset})")]
    WrongEncoding {
        /// The announced encoding.
        encoding: text::Encoding,
        /// First byte that does not fit, from 0.
        offset: usize,
    },
    /// A quotation mark is opened and never closed, so that everything after it would be one cell.
    #[error("the quotation mark opened in line {line} is never closed")]
    UnclosedQuote {
        /// Physical line, from 1, of the opening mark.
        line: usize,
    },
    /// No column could be told to be a name.
    #[error("no column holds a name")]
    NoNameColumn,
    /// The mapping does not fit the file.
    #[error("the mapping names column {column}, which the file does not have")]
    UnknownColumn {
        /// Header or number as the mapping has it.
        column: String,
    },
    /// Two columns claim a field that can only come from one.
    #[error("two columns are mapped to {field}")]
    FieldTwice {
        /// The field claimed twice.
        field: mapping::PatientField,
    },
    /// The mapping file is not the JSON it should be.
    #[error("the mapping file cannot be read (line {line}, column {column})")]
    BadMapping {
        /// Line of the JSON error.
        line: usize,
        /// Column of the JSON error.
        column: usize,
    },
    /// The file holds no calendar.
    #[error("the file is not an iCalendar file")]
    NotCalendar,
    /// The user stopped it. Nothing was taken over.
    #[error("cancelled")]
    Cancelled,
}

/// What a file that is not text seems to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotText {
    /// A workbook (xlsx, ods, xls): to be saved as CSV first.
    Workbook,
    /// A PDF document.
    Pdf,
    /// A compressed archive.
    Archive,
    /// Bytes of no known kind, among them many zeros.
    Binary,
}

impl std::fmt::Display for NotText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Workbook => "workbook",
            Self::Pdf => "pdf",
            Self::Archive => "archive",
            Self::Binary => "binary",
        })
    }
}

impl ImportError {
    /// The stable code by which window and terminal word this refusal.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import_empty",
            Self::FileTooLarge { .. } => "import_file_too_large",
            Self::LineTooLong { .. } => "import_line_too_long",
            Self::TooManyRows { .. } => "import_too_many_rows",
            Self::NotText { found: NotText::Workbook } => "import_workbook",
            Self::NotText { .. } => "import_not_text",
            Self::WrongEncoding { .. } => "import_wrong_encoding",
            Self::UnclosedQuote { .. } => "import_unclosed_quote",
            Self::NoNameColumn => "import_no_name_column",
            Self::UnknownColumn { .. } => "import_unknown_column",
            Self::FieldTwice { .. } => "import_field_twice",
            Self::BadMapping { .. } => "import_bad_mapping",
            Self::NotCalendar => "import_not_calendar",
            Self::Cancelled => "import_cancelled",
        }
    }
}

/// Told how far the work is (rows done, rows in all); answers whether to go on.
pub type Progress<'a> = dyn FnMut(usize, usize) -> std::ops::ControlFlow<()> + 'a;

/// Calls `progress` every so many rows, so that asking costs nothing.
pub(crate) fn tick(progress: &mut Progress<'_>, done: usize, total: usize) -> Result<(), ImportError> {
    const EVERY: usize = 256;
    if (done.is_multiple_of(EVERY) || done == total) && progress(done, total).is_break() {
        return Err(ImportError::Cancelled);
    }
    Ok(())
}
