//! The medical record: opened, searched, written, corrected, struck. Sealed under the patient's key, so that only a
//! practitioner's session reads it; each opening is journalled. Also the texts that it is written with.
//!
//! Deliberately not here: undo. What a record said stays: it is corrected or struck, and the earlier version is kept.

pub mod chart;
mod measure;
mod open;
mod reading;
mod summary;
pub mod summary_wire;
pub mod text_wire;
mod texts;
pub mod wire;
mod words;

pub(in crate::commands) use open::read;
pub use open::{close_record, open_limited_record, open_record, refresh_record, save_clinical_draft, search_record};
pub use reading::Reading;
pub use texts::{
    fill_template, list_record_texts, remove_abbreviation, remove_template, save_abbreviation, save_template,
};
pub(in crate::commands) use words::age_words;
pub(super) use words::first_texts;

use domain::id::{EntryId, PatientId};
use domain::role::Permission;
use serde_json::json;

use super::agenda::date;
use super::desk::Change;
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::record::{self, EntryRow};
use chart::{Chart, Inside, harm, view};
use wire::{
    Body, CorrectEntryRequest, EntryRequest, EntryVersionsView, RecordEntryView, StrikeEntryRequest, WriteEntryRequest,
};

/// Longest reason of a strike.
const REASON: usize = 500;

/// An ISO date in its full form: what is sealed is sorted as text.
fn day(text: &str, field: &str) -> Result<(), CommandError> {
    if date(text, field)?.to_string() == text { Ok(()) } else { Err(CommandError::field("bad_date", field)) }
}

/// The date that an entry is about: not in the future.
fn about(desk: &Desk, on: &str, before: Option<&str>) -> Result<String, CommandError> {
    let today = desk.wall_now().date().to_string();
    let on = match on.trim() {
        "" => before.unwrap_or(&today),
        typed => typed,
    };
    day(on, "on")?;
    if on > today.as_str() {
        return Err(CommandError::field("date_in_future", "on"));
    }
    Ok(on.to_owned())
}

fn filled(text: &str, field: &str) -> Result<(), CommandError> {
    if text.trim().is_empty() { Err(CommandError::field("empty", field)) } else { Ok(()) }
}

fn period(since: &str, until: &str) -> Result<(), CommandError> {
    for (text, field) in [(since, "since"), (until, "until")] {
        if !text.is_empty() {
            day(text, field)?;
        }
    }
    if !since.is_empty() && !until.is_empty() && until < since {
        return Err(CommandError::field("bad_date", "until"));
    }
    Ok(())
}

fn word(text: &str, words: &[&str], field: &str) -> Result<(), CommandError> {
    if words.contains(&text) { Ok(()) } else { Err(CommandError::field("unknown_word", field)) }
}

/// What every entry must say at least.
fn check(body: &Body) -> Result<(), CommandError> {
    match body {
        Body::Consultation(one) => {
            filled(&[&*one.reason, &*one.history, &*one.examination, &*one.conclusion, &*one.plan].concat(), "reason")
        }
        Body::Antecedent(one) => filled(&one.label, "label"),
        Body::Allergy(one) => {
            filled(&one.agent, "agent")?;
            word(&one.agent_kind, &["substance", "class", "excipient", "other"], "agent_kind")?;
            word(&one.severity, &["unknown", "mild", "moderate", "severe"], "severity")
        }
        Body::Condition(one) => filled(&one.label, "label").and_then(|()| period(&one.since, &one.until)),
        Body::Treatment(one) => filled(&one.label, "label").and_then(|()| period(&one.since, &one.until)),
        Body::Vaccination(one) => filled(&one.vaccine, "vaccine"),
        Body::Measure(one) => measure::check(one),
        Body::Alert(one) => filled(&one.text, "text"),
        Body::Family(one) => filled(&one.label, "label"),
        // What is signed is written by its signature, and struck where it was wrong.
        Body::Prescription(_) | Body::Letter(_) => Err(CommandError::field("signed_only", "body")),
        // What came from outside is written by what takes it in, and never corrected by hand.
        Body::Report(_) | Body::Document(_) => Err(CommandError::field("other_kind", "body")),
    }
}

pub(in crate::commands) async fn opening(
    change: &mut Change<'_>,
    of: PatientId,
    what: &serde_json::Value,
) -> Result<(), CommandError> {
    let id = of.to_string();
    change.record("record", &id, Some(&id), &ChangeRecord::created("opening", what)).await?;
    Ok(())
}

/// Writes an entry, dated and signed.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `patient_not_found`, `empty`, `bad_date`, `date_in_future`, `bad_number`,
/// `out_of_range` for a value that nobody has, `unlikely_value` for a rare one that was not confirmed, `unknown_word`, `too_long`, `record_damaged`.
pub async fn write_entry(desk: &Desk, request: WriteEntryRequest) -> Result<RecordEntryView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "write_entry").await?;
    let body = measure::tidied(request.body);
    check(&body)?;
    let on = about(desk, &request.on, None)?;
    let chart = Chart::open(desk, change.connection(), request.patient_id).await?;
    let (row, inside) = chart.write(desk, &mut change, on, body).await?;
    change.commit().await?;
    view(desk, &row, inside)
}

/// An entry as it is shown now, that may still be changed.
async fn standing(
    desk: &Desk,
    change: &mut Change<'_>,
    id: EntryId,
    version: i64,
) -> Result<(Chart, EntryRow, Inside), CommandError> {
    let row = record::entry(change.connection(), id).await?.ok_or_else(|| CommandError::new("entry_not_found"))?;
    let chart = Chart::open(desk, change.connection(), row.patient_id).await?;
    if row.version != version {
        return Err(CommandError::new("changed_meanwhile"));
    }
    let whole = record::journalled_version(change.connection(), &row).await? == row.version;
    let inside = chart.unseal(&row).filter(|_| whole);
    let inside = inside.ok_or_else(|| CommandError::new("record_damaged").with("entry", row.id))?;
    if inside.struck.is_some() {
        return Err(CommandError::new("entry_struck"));
    }
    Ok((chart, row, inside))
}

/// Corrects an entry; the version before is kept, dated and signed.
///
/// # Errors
/// As [`write_entry`]; `entry_not_found`, `entry_struck`, `other_kind`, `changed_meanwhile`.
pub async fn correct_entry(desk: &Desk, request: CorrectEntryRequest) -> Result<RecordEntryView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "correct_entry").await?;
    let body = measure::tidied(request.body);
    check(&body)?;
    let (chart, before, inside) = standing(desk, &mut change, request.id, request.version).await?;
    if std::mem::discriminant(&inside.body) != std::mem::discriminant(&body) {
        return Err(CommandError::field("other_kind", "body"));
    }
    let on = about(desk, &request.on, Some(&inside.on))?;
    let (row, inside) = chart.replace(desk, &mut change, &before, (on, body, None)).await?;
    change.commit().await?;
    view(desk, &row, inside)
}

/// Strikes an entry that was made in error: it stays visible, with the reason.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `entry_not_found`, `entry_struck`, `changed_meanwhile`, `empty`, `too_long`,
/// `record_damaged`.
pub async fn strike_entry(desk: &Desk, request: StrikeEntryRequest) -> Result<RecordEntryView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "strike_entry").await?;
    let reason = request.reason.trim().to_owned();
    filled(&reason, "reason")?;
    if reason.chars().count() > REASON {
        return Err(CommandError::field("too_long", "reason").with("limit", REASON));
    }
    let (chart, before, inside) = standing(desk, &mut change, request.id, request.version).await?;
    let next = (inside.on, inside.body, Some(reason));
    let (row, inside) = chart.replace(desk, &mut change, &before, next).await?;
    change.commit().await?;
    view(desk, &row, inside)
}

/// All versions of an entry, the newest first; journalled as a reading of the record.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `entry_not_found`.
pub async fn show_entry_versions(desk: &Desk, request: EntryRequest) -> Result<EntryVersionsView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "show_entry_versions").await?;
    let now = record::entry(change.connection(), request.id).await?;
    let now = now.ok_or_else(|| CommandError::new("entry_not_found"))?;
    let chart = Chart::open(desk, change.connection(), now.patient_id).await?;
    // The journal's newest.
    let mut expected = record::journalled_version(change.connection(), &now).await?;
    let (mut versions, mut damaged) = (Vec::new(), Vec::new());
    let earlier = record::earlier(change.connection(), request.id).await?;
    for row in std::iter::once(now).chain(earlier) {
        // Each version from the journal's newest down to the first must be there.
        while expected > row.version {
            damaged.push(harm(row.id, expected, "missing"));
            expected -= 1;
        }
        match chart.unseal(&row) {
            Some(inside) if row.version == expected => versions.push(view(desk, &row, inside)?),
            Some(_) => damaged.push(harm(row.id, row.version, "rolled_back")),
            None => damaged.push(harm(row.id, row.version, "unreadable")),
        }
        expected -= 1;
    }
    damaged.extend((1..=expected).rev().map(|version| harm(request.id, version, "missing")));
    opening(&mut change, chart.patient(), &json!({ "entry": request.id, "versions": versions.len() })).await?;
    change.commit().await?;
    Ok(EntryVersionsView { versions, damaged })
}
