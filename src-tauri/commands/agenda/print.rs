//! From views to pages: what the room `print` needs, in words.

use chrono::NaiveDate;

use super::wire::MyDayView;
use crate::commands::wire::FileView;
use crate::commands::{CommandError, Desk};

/// The day's list of one practitioner.
///
/// # Errors
/// `print_failed`.
pub(super) fn day_list(
    _desk: &Desk,
    _day: &MyDayView,
    _date: NaiveDate,
    _language: &str,
) -> Result<FileView, CommandError> {
    Err(CommandError::new("print_failed"))
}

/// A recovery key's sheet.
///
/// # Errors
/// `print_failed`.
pub(crate) fn recovery_sheet(
    _practice: &str,
    _which: &str,
    _key: &str,
    _today: NaiveDate,
    _language: &str,
) -> Result<FileView, CommandError> {
    Err(CommandError::new("print_failed"))
}
