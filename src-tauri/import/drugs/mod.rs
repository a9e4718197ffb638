//! The official files of the public drug base, as they are: bytes in, checked rows out, or the file and line that is wrong.
//!
//! A base is taken whole or not at all: a missing column, a cut line or another encoding refuses it, because half a drug base is
//! worse than last month's. Blank lines (CIS_CPD has three that hold only CR) are the one thing that is put aside and counted.
//!
//! Of the files of 26 May 2026, counted independently: no header, no quoting, tabs; CIS_CIP is UTF-8 with LF, the other six are
//! Windows-1252 with CRLF; CIS_MITM ends without a line end; one declaration is dated 2924; prices like `1,466,29`; in the shortages twelve
//! rows are of drugs that CIS_bdpm lacks, in the presentations four, in the generic groups 2,503.
//!
//! Deliberately not here: the database, the linking of substances, and what a condition demands.

mod archive;
mod lines;
mod rows;

pub use archive::unpacked;
pub use rows::{Composition, Drug, DrugBase, Generic, Presentation, Shortage, WithCis, read};

use thiserror::Error;

/// A file of the base.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BdpmFile {
    /// Drugs.
    Drugs,
    /// Substances and therapeutic fractions.
    Compositions,
    /// Packs with their prices.
    Presentations,
    /// Generic groups.
    Generics,
    /// Conditions of prescription and dispensing.
    Conditions,
    /// ATC codes, of drugs of major therapeutic interest.
    Atc,
    /// Shortages.
    Shortages,
}

impl BdpmFile {
    /// All seven.
    pub const ALL: [Self; 7] = [
        Self::Drugs,
        Self::Compositions,
        Self::Presentations,
        Self::Generics,
        Self::Conditions,
        Self::Atc,
        Self::Shortages,
    ];

    /// The official name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Drugs => "CIS_bdpm.txt",
            Self::Compositions => "CIS_COMPO_bdpm.txt",
            Self::Presentations => "CIS_CIP_bdpm.txt",
            Self::Generics => "CIS_GENER_bdpm.txt",
            Self::Conditions => "CIS_CPD_bdpm.txt",
            Self::Atc => "CIS_MITM.txt",
            Self::Shortages => "CIS_CIP_Dispo_Spec.txt",
        }
    }

    /// How many cells a line has.
    #[must_use]
    pub const fn columns(self) -> usize {
        match self {
            Self::Drugs => 12,
            Self::Compositions | Self::Shortages => 8,
            Self::Presentations => 13,
            Self::Generics => 5,
            Self::Conditions => 2,
            Self::Atc => 4,
        }
    }
}

/// What is wrong with a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Another number of cells.
    Columns {
        /// As many as there are.
        found: usize,
    },
    /// The last line ends in the middle.
    Cut,
    /// Bytes of another encoding.
    Encoding,
    /// Longer than any line of the base.
    TooLong,
    /// A cell is not of its form: its number, from 1.
    Cell(usize),
    /// The drug stands twice, or is not in CIS_bdpm.
    Cis,
}

/// Why a base is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DrugFileError {
    /// A file is not there.
    #[error("{file} is missing")]
    Missing {
        /// Its name.
        file: &'static str,
    },
    /// A file has no rows.
    #[error("{file} is empty")]
    Empty {
        /// Its name.
        file: &'static str,
    },
    /// A file is larger than any of the base.
    #[error("{file} is too large")]
    TooLarge {
        /// Its name.
        file: &'static str,
    },
    /// An archive holds a file twice.
    #[error("{file} stands twice in the archive")]
    Twice {
        /// Its name.
        file: &'static str,
    },
    /// No archive that can be read whole.
    #[error("the archive cannot be read")]
    Archive,
    /// A line is wrong.
    #[error("{file}, line {line}: {fault:?}")]
    Line {
        /// The file's name.
        file: &'static str,
        /// Physical line, from 1.
        line: usize,
        /// What is wrong.
        fault: Fault,
    },
    /// The user stopped it.
    #[error("cancelled")]
    Cancelled,
}

#[cfg(test)]
mod tests;
