//! The head and the foot of the practice's papers: set once, seen on a sample while it is being typed, printed on every
//! prescription, letter and summary.
//!
//! Deliberately not here: what a paper says, and what a prescription must bear by law (`domain::prescription::rules`
//! names what is missing before it is signed).

mod head;
mod sample;
pub mod wire;

use base64::Engine as _;
use domain::id::PractitionerId;
use domain::identifiers::{email, finess};
use domain::role::Permission;
use serde::Serialize;

use super::practice::wire::PractitionerRequest;
use super::takeover::bytes_of;
use super::wire::{DoneView, FileView};
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::print::letterhead::Letterhead;
use crate::print::words::Language;
use crate::store::letterhead::{PracticePaper, PractitionerPaper};
use crate::store::{self, Connection};
use crate::vault;
pub use head::Sources;
use wire::{LetterheadRequest, LetterheadView, PracticePaperView, PractitionerPaperView};

/// Longest text of the head, in characters.
const TEXT: usize = 500;
/// Largest logo, in bytes.
const LOGO: usize = 1 << 20;

/// The head of a practitioner's papers in a language.
///
/// # Errors
/// `not_found`, `picture_unreadable`.
pub async fn head(
    desk: &Desk,
    connection: &mut Connection,
    practitioner: PractitionerId,
    language: Language,
) -> Result<Letterhead, CommandError> {
    Sources::read(desk, connection, practitioner).await?.head(language)
}

/// What the head of a practitioner's papers says now.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn show_letterhead(desk: &Desk, request: PractitionerRequest) -> Result<LetterheadView, CommandError> {
    let mut connection = desk.read(Permission::ManageSettings, "show_letterhead").await?;
    let sources = Sources::read(desk, &mut connection, request.practitioner_id).await?;
    let mut warnings = Vec::new();
    if !sources.practice.structure.is_empty() {
        warnings.extend(finess::check(&sources.practice.structure).err().map(|one| one.as_str().to_owned()));
    }
    if !sources.practice.email.is_empty() {
        warnings.extend(email::check(&sources.practice.email).err().map(|one| one.as_str().to_owned()));
    }
    Ok(LetterheadView {
        logo: base64::engine::general_purpose::STANDARD.encode(&sources.practice.logo),
        practice: PracticePaperView {
            letters: sources.practice.letters,
            sheet: sources.practice.sheet,
            name_arabic: sources.practice.name_arabic,
            email: sources.practice.email,
            structure: sources.practice.structure,
            note: sources.practice.note,
            foot: sources.practice.foot,
        },
        own: PractitionerPaperView {
            qualifications: sources.own.qualifications,
            name_arabic: sources.own.name_arabic,
            qualifications_arabic: sources.own.qualifications_arabic,
            address_arabic: sources.own.address_arabic,
            order_number: sources.own.order_number,
            bars: sources.own.bars,
        },
        warnings,
    })
}

/// What was typed, as rows: refused where it is too long or no picture.
fn typed(request: LetterheadRequest) -> Result<(PracticePaper, PractitionerPaper), CommandError> {
    let LetterheadRequest { practice, own, logo, .. } = request;
    for (text, words, field) in
        [(&practice.letters, &["latin", "arabic", "both"][..], "letters"), (&practice.sheet, &["a4", "a5"], "sheet")]
    {
        if !words.contains(&text.as_str()) {
            return Err(CommandError::field("unknown_word", field));
        }
    }
    for (text, field) in [
        (&practice.name_arabic, "name_arabic"),
        (&practice.email, "email"),
        (&practice.structure, "structure"),
        (&practice.note, "note"),
        (&practice.foot, "foot"),
        (&own.qualifications, "qualifications"),
        (&own.name_arabic, "name_arabic"),
        (&own.qualifications_arabic, "qualifications_arabic"),
        (&own.address_arabic, "address_arabic"),
        (&own.order_number, "order_number"),
    ] {
        if text.chars().count() > TEXT {
            return Err(CommandError::field("too_long", field).with("limit", TEXT));
        }
    }
    let logo = bytes_of(&logo)?;
    if logo.len() > LOGO {
        return Err(CommandError::field("picture_too_large", "logo").with("limit", LOGO));
    }
    if !logo.is_empty() {
        head::picture(&logo)?;
    }
    let practice = PracticePaper {
        letters: practice.letters,
        sheet: practice.sheet,
        name_arabic: practice.name_arabic,
        email: practice.email,
        structure: practice.structure,
        note: practice.note,
        foot: practice.foot,
        logo,
    };
    let own = PractitionerPaper {
        qualifications: own.qualifications,
        name_arabic: own.name_arabic,
        qualifications_arabic: own.qualifications_arabic,
        address_arabic: own.address_arabic,
        order_number: own.order_number,
        bars: own.bars,
    };
    Ok((practice, own))
}

/// The journal's word of it: a logo is named by its digest.
#[derive(Serialize)]
struct Trace<'a> {
    practice: &'a PracticePaper,
    own: &'a PractitionerPaper,
    logo: String,
}

fn trace<'a>(practice: &'a PracticePaper, own: &'a PractitionerPaper) -> Trace<'a> {
    let logo = if practice.logo.is_empty() { String::new() } else { vault::digest(&practice.logo) };
    Trace { practice, own, logo }
}

/// Keeps the head of a practitioner's papers. Papers that were signed keep theirs.
///
/// # Errors
/// `permission_denied`, `not_found`, `unknown_word`, `too_long`, `picture_too_large`, `picture_unreadable`, and
/// `head_too_tall` where no line would find room on the sheet.
pub async fn save_letterhead(desk: &Desk, request: LetterheadRequest) -> Result<DoneView, CommandError> {
    let practitioner = request.practitioner_id;
    let language = super::agenda::print::language(&request.language)?;
    let (practice, own) = typed(request)?;
    let mut change = desk.change(Permission::ManageSettings, "save_letterhead").await?;
    let mut sources = Sources::read(desk, change.connection(), practitioner).await?;
    let (before_practice, before_own) = (sources.practice.clone(), sources.own.clone());
    (sources.practice, sources.own) = (practice, own);
    // What cannot be printed is not kept.
    sample::paper(desk, &sources, language)?;
    store::letterhead::save_practice_paper(change.connection(), &sources.practice).await?;
    store::letterhead::save_practitioner_paper(change.connection(), practitioner, &sources.own).await?;
    let (before, after) = (trace(&before_practice, &before_own), trace(&sources.practice, &sources.own));
    let record = ChangeRecord::updated("letterhead", &before, &after);
    change.record("practice", &practitioner.to_string(), None, &record).await?;
    let sequence = change.commit().await?;
    Ok(DoneView { sequence: Some(sequence) })
}

/// A sample prescription under the head as it is typed: nothing is kept.
///
/// # Errors
/// As [`save_letterhead`].
pub async fn preview_letterhead(desk: &Desk, request: LetterheadRequest) -> Result<FileView, CommandError> {
    let practitioner = request.practitioner_id;
    let language = super::agenda::print::language(&request.language)?;
    let (practice, own) = typed(request)?;
    let mut connection = desk.read(Permission::ManageSettings, "preview_letterhead").await?;
    let mut sources = Sources::read(desk, &mut connection, practitioner).await?;
    (sources.practice, sources.own) = (practice, own);
    let pdf = sample::paper(desk, &sources, language)?;
    Ok(super::agenda::print::file("semainier-papier.pdf".to_owned(), pdf))
}
