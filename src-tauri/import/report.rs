//! The report of an import that the user keeps: one line for every row of the file, whatever became of it.
//!
//! CSV as spreadsheets of France and Morocco open it: UTF-8 with BOM, `;`, CRLF. No cell can start a formula: a cell
//! that a spreadsheet program might evaluate gets an apostrophe in front, phone numbers (`+33…`) too, which also keeps
//! them readable.
//!
//! Deliberately not here: the words. The caller words every code ([`all_codes`]) in the user's language.

use super::{
    ImportError,
    codes::{Notice, Rejection, Warning},
    draft::PatientDraft,
    mapping::PatientField,
    patients::Row,
    plan::{Outcome, Plan},
};
use crate::export::cells;

/// One line of the report, codes not yet worded.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct ReportLine {
    /// Physical line of the row, from 1.
    pub line: usize,
    /// `created`, `updated`, `merged`, `rejected`.
    pub outcome: &'static str,
    /// Why it was rejected, or where it was merged to: a code, perhaps with a line.
    pub reason: Option<(&'static str, Option<usize>)>,
    /// Surname, or the event's title.
    pub surname: String,
    /// First name.
    pub first_name: String,
    /// Birth date, or the event's start.
    pub when: String,
    /// Fields that an update changed.
    pub changed: Vec<PatientField>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
    /// For a rejected row: the beginning of its cells.
    pub excerpt: String,
}

/// Codes of the report that are neither rejections nor notices nor fields: its columns, outcomes and places of merges.
pub const OWN_CODES: [&str; 16] = [
    "report_line",
    "report_outcome",
    "report_reason",
    "report_surname",
    "report_first_name",
    "report_when",
    "report_changed",
    "report_warnings",
    "report_excerpt",
    "created",
    "updated",
    "merged",
    "rejected",
    "merged_into_row",
    "merged_into_patient",
    "merged_unchanged",
];

/// Every code that a report can carry, for the check that all are worded.
pub fn all_codes() -> impl Iterator<Item = &'static str> {
    let fields = PatientField::ALL.into_iter().map(PatientField::as_str);
    let notices = Notice::ALL.iter().map(|n| n.as_str());
    let rejections = Rejection::ALL.iter().map(|r| r.as_str());
    OWN_CODES.into_iter().chain(fields).chain(notices).chain(rejections)
}

/// The report's lines of a plan. `rows` are those that were planned, before they were moved into it.
pub struct PatientLines {
    people: Vec<(String, String, String, String)>,
}

impl PatientLines {
    /// Notes who the rows are about.
    #[must_use]
    pub fn of(rows: &[Row]) -> Self {
        let name = |latin: &str, arabic: &str| if latin.is_empty() { arabic.to_owned() } else { latin.to_owned() };
        let person = |d: &PatientDraft| {
            let born = d.born.map(|b| b.to_string()).unwrap_or_default();
            (name(&d.surname, &d.surname_arabic), name(&d.first_name, &d.first_name_arabic), born)
        };
        let people = rows
            .iter()
            .map(|row| {
                let (surname, first_name, born) = row.content.as_ref().map(|d| person(d)).unwrap_or_default();
                (surname, first_name, born, row.excerpt.clone())
            })
            .collect();
        Self { people }
    }

    /// The lines, now that it is known what becomes of the rows.
    #[must_use]
    pub fn lines<I>(self, plan: &Plan<I>) -> Vec<ReportLine> {
        let line = |(row, person): (&super::plan::PlannedRow<I>, (String, String, String, String))| {
            let (surname, first_name, when, excerpt) = person;
            let (outcome, reason, changed) = match &row.outcome {
                Outcome::Created(_) => ("created", None, Vec::new()),
                Outcome::Updated(index) => ("updated", None, plan.updates[*index].changed.clone()),
                Outcome::MergedIntoRow(into) => ("merged", Some(("merged_into_row", Some(*into))), Vec::new()),
                Outcome::MergedIntoPatient(_) => ("merged", Some(("merged_into_patient", None)), Vec::new()),
                Outcome::Rejected(rejection) => ("rejected", Some((rejection.as_str(), None)), Vec::new()),
            };
            let warnings = row.warnings.clone();
            ReportLine { line: row.line, outcome, reason, surname, first_name, when, changed, warnings, excerpt }
        };
        plan.rows.iter().zip(self.people).map(line).collect()
    }
}

/// The report as a file. `word` puts a code into the user's words; a code it does not know should come back as it is.
///
/// # Errors
/// None in practice: the file is made in memory. [`ImportError::FileTooLarge`] where it cannot be.
pub fn to_csv(lines: &[ReportLine], word: &dyn Fn(&str) -> String) -> Result<Vec<u8>, ImportError> {
    let mut rows = vec![OWN_CODES[..9].iter().map(|code| word(code)).collect()];
    for line in lines {
        let reason = line.reason.map(|(code, other)| with_line(&word(code), other)).unwrap_or_default();
        let changed: Vec<String> = line.changed.iter().map(|f| word(f.as_str())).collect();
        let warnings: Vec<String> = line.warnings.iter().map(|w| warning(*w, word)).collect();
        rows.push(vec![
            line.line.to_string(),
            word(line.outcome),
            reason,
            line.surname.clone(),
            line.first_name.clone(),
            line.when.clone(),
            changed.join(", "),
            warnings.join(", "),
            line.excerpt.clone(),
        ]);
    }
    cells::to_csv(&rows).map_err(|_| ImportError::FileTooLarge { bytes: usize::MAX, limit: usize::MAX })
}

fn warning(warning: Warning, word: &dyn Fn(&str) -> String) -> String {
    let text = with_line(&word(warning.notice.as_str()), warning.line);
    warning.field.map_or(text.clone(), |f| format!("{} : {text}", word(f.as_str())))
}

fn with_line(text: &str, line: Option<usize>) -> String {
    line.map_or_else(|| text.to_owned(), |line| format!("{text} ({line})"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_a_line_for_every_row_and_opens_in_a_spreadsheet() {
        let lines = [
            ReportLine { line: 2, outcome: "created", surname: "=cmd|' /C calc'!A0".into(), ..Default::default() },
            ReportLine {
                line: 3,
                outcome: "rejected",
                reason: Some(("no_name", None)),
                excerpt: "a;b\n\"c\"".into(),
                warnings: vec![Warning::with_line(Notice::PossibleDuplicate, Some(2))],
                ..Default::default()
            },
        ];
        let bytes = to_csv(&lines, &|code| format!("[{code}]")).unwrap();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with('\u{feff}') && text.matches("\r\n").count() == 3);
        let body = text.trim_start_matches('\u{feff}');
        let table =
            crate::import::table::Table::open(body.to_owned(), Some(';'), &crate::import::Limits::default()).unwrap();
        let rows: Vec<_> = table.records().collect();
        assert_eq!(rows.len(), 3);
        assert!(rows.iter().all(|r| r.cells.len() == 9));
        assert_eq!(rows[1].cells[3], "'=cmd|' /C calc'!A0");
        assert_eq!((rows[2].cells[2].as_str(), rows[2].cells[8].as_str()), ("[no_name]", "a;b\n\"c\""));
        assert_eq!(rows[2].cells[7], "[possible_duplicate] (2)");
    }

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<&str> = all_codes().collect();
        let count = codes.len();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), count);
    }
}
