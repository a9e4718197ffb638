//! The archive open in a session: for a stated reason, for half an hour. Each search and each look is journalled.

use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::patient::names::{compact, tokens};
use domain::patient::query::{Reading, SearchQuery};
use domain::role::Permission;
use serde_json::json;

use super::shelf::named;
use super::wire::{
    IntermediateMatchView, IntermediateMatchesView, IntermediateRequest, IntermediateView, OpenIntermediateRequest,
    OpenedIntermediateView, SearchIntermediateRequest,
};
use super::{day_of, keys, reason};
use crate::commands::clock::instant_text;
use crate::commands::patient::show::view;
use crate::commands::record::read_from;
use crate::commands::wire::{DoneView, NothingRequest};
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::archive::{self, Header, known};
use crate::store::{self, retention};
use crate::vault::DatabaseKey;

/// How long it stays open.
const OPEN: TimeDelta = TimeDelta::minutes(30);
/// Most matches.
const MATCHES: i64 = 100;

/// Whether the archive is open in a session.
#[derive(Default)]
pub struct ArchiveDesk {
    until: Mutex<Option<DateTime<Utc>>>,
}

impl ArchiveDesk {
    fn set(&self, until: Option<DateTime<Utc>>) {
        *self.until.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = until;
    }

    /// Whether it is open now.
    pub(super) fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.until.lock().unwrap_or_else(std::sync::PoisonError::into_inner).is_some_and(|until| now < until)
    }

    /// Refuses where it is closed.
    pub(super) fn check(&self, now: DateTime<Utc>) -> Result<(), CommandError> {
        if self.is_open(now) { Ok(()) } else { Err(CommandError::new("archive_not_open")) }
    }
}

/// The key of an archive that holds somebody.
async fn key(desk: &Desk) -> Result<DatabaseKey, CommandError> {
    let mut connection = desk.store.read().await?;
    let key = keys::reading_key(desk, &mut connection).await?;
    key.ok_or_else(|| CommandError::new("archive_empty"))
}

/// Opens the intermediate archive for half an hour. The reason is journalled before anything is shown.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `empty`, `too_long`, `archive_empty`, `archive_damaged`.
pub async fn open_intermediate(
    desk: &Desk,
    request: OpenIntermediateRequest,
) -> Result<OpenedIntermediateView, CommandError> {
    let why = reason(&request.reason, "reason")?;
    desk.require(Permission::ReadClinical, "open_intermediate").await?;
    let key = key(desk).await?;
    let persons = archive::list(desk.folder(), &key).await.map_err(named)?.len();
    let mut change = desk.change(Permission::ReadClinical, "open_intermediate").await?;
    let practice = desk.premises().practice_id.to_string();
    let record = ChangeRecord::created("archive_opening", &json!({ "reason": why }));
    change.record("privacy", &practice, None, &record).await?;
    change.commit().await?;
    let until = desk.now() + OPEN;
    desk.archive.set(Some(until));
    Ok(OpenedIntermediateView { persons: i64::try_from(persons).unwrap_or(i64::MAX), until: instant_text(until) })
}

/// Closes it.
///
/// # Errors
/// `permission_denied`.
pub async fn close_intermediate(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::ReadClinical, "close_intermediate").await?;
    desk.archive.set(None);
    Ok(DoneView::default())
}

/// Beginnings of names and a birth date out of what was typed.
fn wanted(text: &str, today: NaiveDate) -> (Vec<String>, Option<String>) {
    let (mut words, mut born) = (Vec::new(), None);
    for fragment in &SearchQuery::parse(text, today).fragments {
        for reading in &fragment.readings {
            match reading {
                Reading::Born(day) => born = Some(day.to_string()),
                Reading::Name(word) => {
                    let parts = tokens(word);
                    if parts.is_empty() { words.push(compact(word)) } else { words.extend(parts) }
                }
                Reading::Phone(_) | Reading::Code(_) => {}
            }
        }
    }
    if born.is_some() {
        // What reads as a date is no name.
        words.retain(|word| !word.chars().all(|c| c.is_ascii_digit()));
    }
    (words, born)
}

/// Looks for somebody in the open archive, by beginnings of names and the birth date. Journalled, without what was typed.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `archive_not_open`, `too_long`, `archive_empty`, `archive_damaged`.
pub async fn search_intermediate(
    desk: &Desk,
    request: SearchIntermediateRequest,
) -> Result<IntermediateMatchesView, CommandError> {
    desk.require(Permission::ReadClinical, "search_intermediate").await?;
    desk.archive.check(desk.now())?;
    if request.text.len() > 500 {
        return Err(CommandError::field("too_long", "text").with("limit", 500));
    }
    let key = key(desk).await?;
    let (words, born) = wanted(&request.text, desk.wall_now().date());
    let mut found = archive::find(desk.folder(), &key, (&words, born.as_deref()), MATCHES + 1).await.map_err(named)?;
    let limit = usize::try_from(MATCHES).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut change = desk.change(Permission::ReadClinical, "search_intermediate").await?;
    let practice = desk.premises().practice_id.to_string();
    let record = ChangeRecord::created("archive_search", &json!({ "found": found.len() }));
    change.record("privacy", &practice, None, &record).await?;
    let held: Vec<String> =
        retention::holds(change.connection()).await?.into_iter().map(|one| one.erasure_id).collect();
    change.commit().await?;
    let zone = desk.premises().zone;
    let view = |one: Header| IntermediateMatchView {
        held: held.contains(&one.erasure_id),
        archived_on: day_of(&one.archived_at, &zone).map_or_else(String::new, |day| day.to_string()),
        erasure_id: one.erasure_id,
        name: one.name,
        name_arabic: one.name_arabic,
        born: one.born,
        destroy_on: one.destroy_on,
        category: one.category,
    };
    Ok(IntermediateMatchesView { matches: found.into_iter().map(view).collect(), more })
}

/// Reads one person of the open archive: identity, appointments, the whole record. Nothing of it is written anywhere.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `archive_not_open`, `not_archived`, `archive_empty`, `archive_damaged`.
pub async fn read_intermediate(desk: &Desk, request: IntermediateRequest) -> Result<IntermediateView, CommandError> {
    desk.require(Permission::ReadClinical, "read_intermediate").await?;
    desk.archive.check(desk.now())?;
    let key = key(desk).await?;
    let package = archive::one(desk.folder(), &key, &request.erasure_id).await.map_err(named)?;
    let package = package.ok_or_else(|| CommandError::new("not_archived"))?;
    let id = *package.patients.first().ok_or_else(|| CommandError::new("archive_damaged"))?;
    let mut room = {
        let mut connection = desk.store.read().await?;
        let noted = known::archived(&mut connection).await?;
        if !noted.iter().any(|one| one.erasure_id == request.erasure_id) {
            // Erased, and not yet gone from the file: nobody reads it any more.
            return Err(CommandError::new("not_archived"));
        }
        archive::reading_room(&mut connection, &package).await?
    };
    let record = read_from(desk, &mut room, id).await?;
    let found = store::patient::patient(&mut room, id).await?.ok_or_else(|| CommandError::new("archive_damaged"))?;
    let patient = view(desk, &mut room, found).await?;
    let mut change = desk.change(Permission::ReadClinical, "read_intermediate").await?;
    let what = json!({ "entries": record.entries.len(), "damaged": record.damaged.len() });
    change.record("privacy", &request.erasure_id, None, &ChangeRecord::created("archive_reading", &what)).await?;
    change.commit().await?;
    Ok(IntermediateView { patient, record })
}
