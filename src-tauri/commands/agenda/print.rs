//! From views to pages: what the room `print` needs, in words. Not here: how a page looks.

use base64::Engine as _;
use chrono::{Datelike, NaiveDate};
use domain::agenda::status::Status;

use super::wire::{AppointmentView, MyDayView};
use crate::commands::wire::FileView;
use crate::commands::words::{date_in_words, status_word};
use crate::commands::{CommandError, Desk};
use crate::print::day_list::{DayList, DayRow, Standing};
use crate::print::recovery_sheet::{RecoveryKey, RecoverySheet};
use crate::print::words::Language;
use crate::print::{PrintError, page::Pdf};

impl From<PrintError> for CommandError {
    fn from(_: PrintError) -> Self {
        // What the writer says may quote the page.
        Self::new("print_failed")
    }
}

/// A language of a request.
pub(crate) fn language(text: &str) -> Result<Language, CommandError> {
    match text {
        "fr" => Ok(Language::French),
        "ar" => Ok(Language::Arabic),
        "en" => Ok(Language::English),
        _ => Err(CommandError::field("unknown_word", "language")),
    }
}

pub(crate) fn file(name: String, pdf: Pdf) -> FileView {
    FileView {
        name,
        media: "application/pdf".to_owned(),
        base64: base64::engine::general_purpose::STANDARD.encode(pdf.bytes),
    }
}

pub(crate) fn standing(status: Status) -> Standing {
    match status {
        Status::Requested | Status::Booked => Standing::Expected,
        Status::Confirmed => Standing::Confirmed,
        Status::Arrived => Standing::Arrived,
        Status::InConsultation => Standing::InConsultation,
        Status::Done => Standing::Done,
        Status::Cancelled | Status::NoShow | Status::Left | Status::Deleted => Standing::Absent,
    }
}

/// The name in the page's script where it is known in it.
pub(crate) fn patient_name(a: &AppointmentView, language: Language) -> String {
    let arabic = language == Language::Arabic && !a.patient_arabic.is_empty();
    if arabic || a.patient.is_empty() { a.patient_arabic.clone() } else { a.patient.clone() }
}

pub(crate) fn row(a: &AppointmentView, language: Language) -> Result<DayRow, CommandError> {
    let status: Status = a.status.parse().map_err(|_| CommandError::new("vault_damaged"))?;
    let clock = |time: domain::time::WallTime| time.naive().format("%H:%M").to_string();
    Ok(DayRow {
        time: a.starts.map_or_else(|| a.rank.map_or_else(String::new, |rank| format!("n° {rank}")), clock),
        end: a.starts.map_or_else(String::new, |starts| clock(starts.plus_minutes(a.minutes))),
        patient: patient_name(a, language),
        birth_date: a
            .born
            .parse::<NaiveDate>()
            .map_or_else(|_| String::new(), |born| born.format("%d/%m/%Y").to_string()),
        phone: a.phone.clone(),
        reason: a.type_name.clone(),
        reason_colour: None,
        note: a.note.clone(),
        status: status_word(status, language).to_owned(),
        standing: standing(status),
        code: super::show::spoken(&a.code),
    })
}

/// The day's list of one practitioner.
///
/// # Errors
/// `print_failed`, `unknown_word`.
pub(super) fn day_list(desk: &Desk, day: &MyDayView, date: NaiveDate, asked: &str) -> Result<FileView, CommandError> {
    let language = language(asked)?;
    let now = desk.wall_now();
    let rows = day
        .appointments
        .iter()
        .filter(|a| a.status != Status::Cancelled.as_str())
        .map(|a| row(a, language))
        .collect::<Result<_, _>>()?;
    let list = DayList {
        practice: desk.premises().name,
        practitioner: day.practitioner.clone(),
        date_in_words: date_in_words(date, language),
        printed_at: now.naive().format("%d/%m/%Y %H:%M").to_string(),
        created_at: desk.now(),
        language,
        rows,
    };
    Ok(file(format!("{}-{:02}-{:02}.pdf", date.year(), date.month(), date.day()), list.to_pdf()?))
}

/// A recovery key's sheet.
///
/// # Errors
/// `print_failed`, `unknown_word`.
pub(crate) fn recovery_sheet(
    practice: &str,
    which: &str,
    key: &str,
    now: chrono::DateTime<chrono::Utc>,
    asked: &str,
) -> Result<FileView, CommandError> {
    let language = language(asked)?;
    let groups: Vec<&str> = key.split(['-', ' ']).filter(|group| !group.is_empty()).collect();
    let made_on = date_in_words(now.date_naive(), language);
    let sheet = RecoverySheet {
        practice,
        key: if which == "clinical" { RecoveryKey::Clinical } else { RecoveryKey::Agenda },
        groups: &groups,
        made_on: &made_on,
        created_at: now,
        language,
    };
    Ok(file(format!("recovery-{which}.pdf"), sheet.to_pdf()?))
}
