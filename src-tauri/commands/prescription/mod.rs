//! Prescriptions, certificates and letters: typed fast, checked against the law, the thesaurus and the record, signed,
//! archived, printed, prescribed again.
//!
//! A signature is one transaction: entry of the record, number, name of the archived original. The original is on the disk
//! before ([`archive`]). What is signed is struck in the record, never changed and never undone. Deliberately not here: what
//! the law asks (`domain::prescription::rules`), how a paper looks (room `print`), and the head of papers (`letterhead`).

pub(in crate::commands) mod archive;
mod check;
mod draft;
mod form;
pub mod kept_wire;
mod known;
mod letters;
mod lines;
mod paper;
mod sets;
mod show;
mod sign;
pub mod wire;

pub use check::check_prescription;
pub use draft::draft_line;
pub use form::{print_calibration, save_secure_form, save_signature, show_secure_form, show_signature};
pub(in crate::commands) use known::{LastKnown, names};
pub use letters::{fill_letter, remove_letter_template, save_letter_template, sign_letter};
pub(in crate::commands) use sets::take_back;
pub use sets::{list_prescription_sets, remove_prescription_set, save_prescription_set};
pub use show::{list_prescriptions, print_prescription, renew_prescription, show_prescription, start_prescription};
pub use sign::sign_prescription;

use domain::id::PractitionerId;
use domain::prescription::sentence::Language;

use super::{CommandError, Desk};
use crate::print::prescription::Sheet;

/// Who signs: whoever is signed in, and nobody else.
fn signer(desk: &Desk) -> Result<PractitionerId, CommandError> {
    desk.session().practitioner_id.ok_or_else(|| CommandError::new("not_a_practitioner"))
}

/// The language of a prescription.
fn language(text: &str) -> Result<Language, CommandError> {
    text.parse().map_err(|_| CommandError::field("unknown_word", "language"))
}

/// The sheet that was asked for, else the usual one.
fn sheet(text: &str, usual: Sheet) -> Result<Sheet, CommandError> {
    match text {
        "" => Ok(usual),
        "a4" => Ok(Sheet::A4),
        "a5" => Ok(Sheet::A5),
        _ => Err(CommandError::field("unknown_word", "sheet")),
    }
}

/// A sheet's word.
const fn sheet_word(sheet: Sheet) -> &'static str {
    match sheet {
        Sheet::A4 => "a4",
        Sheet::A5 => "a5",
    }
}

/// A paper's number as it is shown.
fn number_text(year: i64, number: i64) -> String {
    format!("{year}-{number:06}")
}
