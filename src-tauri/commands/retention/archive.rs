//! Into the intermediate archive, and back from it.

use std::collections::{HashMap, HashSet};

use domain::id::PatientId;
use domain::patient::names::{compact, tokens};
use domain::privacy::retention::State;
use domain::role::Permission;
use serde_json::{Value, json};

use super::people::{Person, people};
use super::reason;
use super::shelf::{Shelf, named};
use super::wire::{ArchivePatientsRequest, ArchivedPatientsView, BringBackRequest, BroughtBackView, StayedView};
use crate::commands::agenda::book::draw_code;
use crate::commands::clock::instant_text;
use crate::commands::{CommandError, Desk, results};
use crate::journal::ChangeRecord;
use crate::store::archive::known::{self, ArchivedRow};
use crate::store::archive::{self, Package, Shelved};
use crate::store::{self, Connection, StoreError};

/// Most at once.
const LIMIT: usize = 2_000;

fn text(row: &Value, name: &str) -> String {
    row.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A person as the archive keeps them.
fn shelved(person: &Person, package: Package, archived_at: &str) -> Shelved {
    let names = ["surname", "birth_name", "first_name", "surname_arabic", "first_name_arabic"];
    let mut words: Vec<String> = Vec::new();
    for patient in package.of("patient") {
        for name in names {
            let name = text(&patient, name);
            let parts = tokens(&name);
            if parts.len() > 1 {
                words.push(compact(&name));
            }
            words.extend(parts);
        }
    }
    Shelved {
        erasure_id: person.row.erasure_id.clone(),
        archived_at: archived_at.to_owned(),
        category: person.standing.category.as_str().to_owned(),
        destroy_on: person.standing.destroy_on().to_string(),
        name: person.name(),
        name_arabic: person.row.name_arabic.clone(),
        born: person.row.born.clone().unwrap_or_default(),
        words: words.join(" "),
        package,
    }
}

/// The patients asked for, each once, with what the rules mean for them; and who is not there or whose time has not come.
async fn chosen(
    desk: &Desk,
    connection: &mut Connection,
    asked: &[PatientId],
) -> Result<(Vec<Person>, Vec<StayedView>), CommandError> {
    let (mut ids, mut stayed) = (Vec::new(), Vec::new());
    let mut seen = HashSet::new();
    for id in asked {
        match store::patient::resolved(connection, *id).await? {
            Some(patient) if seen.insert(patient.id) => ids.push(patient.erasure_id),
            Some(_) => {}
            None => stayed.push(StayedView { patient_id: *id, code: "patient_not_found".to_owned() }),
        }
    }
    let today = desk.wall_now().date();
    let mut due = Vec::new();
    for person in people(desk, connection, Some(&ids)).await? {
        let ripe = person.row.has_record && person.standing.state(today) != State::Active;
        let id: PatientId = person.row.patient_id.parse().map_err(|_| StoreError::BadValue)?;
        let code = if person.row.request_open { "request_open" } else { "not_due" };
        if ripe && !person.row.request_open {
            due.push(person);
        } else {
            stayed.push(StayedView { patient_id: id, code: code.to_owned() });
        }
    }
    Ok((due, stayed))
}

/// Puts patients whose active time is over into the intermediate archive: all their rows, with their keys. The archive is on
/// the disk before anything leaves the database; whoever changed meanwhile stays. Nothing of them can be found or read
/// afterwards but in the archive.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `too_many`, `busy`, `disk_full`, `archive_damaged`.
pub async fn archive_patients(
    desk: &Desk,
    request: ArchivePatientsRequest,
) -> Result<ArchivedPatientsView, CommandError> {
    desk.require(Permission::ReadClinical, "archive_patients").await?;
    if request.patients.len() > LIMIT {
        return Err(CommandError::field("too_many", "patients").with("limit", LIMIT));
    }
    // What others filed for them goes into their records first.
    results::take_in::take_in(desk, None).await?;
    let mut shelf = Shelf::open(desk).await?;
    let at = instant_text(desk.now());
    let mut snapshot = desk.store.snapshot().await?;
    let (due, mut stayed) = chosen(desk, &mut snapshot, &request.patients).await?;
    let schema = archive::Schema::read(&mut snapshot).await?;
    let mut added = Vec::with_capacity(due.len());
    for person in &due {
        let id: PatientId = person.row.patient_id.parse().map_err(|_| StoreError::BadValue)?;
        let package = archive::gather(&mut snapshot, &schema, id).await?;
        added.push((id, shelved(person, package, &at)));
    }
    snapshot.rollback().await.map_err(StoreError::from)?;
    if added.is_empty() {
        return Ok(ArchivedPatientsView { archived: 0, stayed });
    }
    let (ids, added): (Vec<PatientId>, Vec<Shelved>) = added.into_iter().unzip();
    shelf.write(desk, &[], &added).await?;
    let mut change = desk.change(Permission::ReadClinical, "archive_patients").await?;
    let mut left = Vec::new();
    for (id, one) in ids.iter().zip(&added) {
        let now = archive::gather(change.connection(), &schema, *id).await;
        if !matches!(&now, Ok(package) if *package == one.package) {
            stayed.push(StayedView { patient_id: *id, code: "changed_meanwhile".to_owned() });
            left.push(one.erasure_id.clone());
            continue;
        }
        archive::take_out(change.connection(), &schema, &one.package).await?;
        let row = ArchivedRow {
            erasure_id: one.erasure_id.clone(),
            archived_at: at.clone(),
            category: one.category.clone(),
            destroy_on: one.destroy_on.clone(),
        };
        known::note_archived(change.connection(), &row, &one.package.documents()).await?;
        let what = json!({ "category": one.category, "destroy_on": one.destroy_on });
        change.record("privacy", &one.erasure_id, None, &ChangeRecord::created("archived", &what)).await?;
        change.touch("patients", &id.to_string());
    }
    let archived = i64::try_from(added.len() - left.len()).unwrap_or(i64::MAX);
    if archived > 0 {
        change.commit().await?;
        desk.reading.close();
    } else {
        drop(change);
    }
    if !left.is_empty() {
        shelf.write(desk, &left, &[]).await?;
    }
    store::erasure::empty_log(&mut *desk.store.writer().await?).await?;
    Ok(ArchivedPatientsView { archived, stayed })
}

/// Brings somebody back into the active base, as they were, since they came again: they get a new file number, all else is
/// theirs.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `archive_not_open`, `not_archived`, `empty`, `too_long`, `archive_damaged`.
pub async fn bring_back_patient(desk: &Desk, request: BringBackRequest) -> Result<BroughtBackView, CommandError> {
    let why = reason(&request.reason, "reason")?;
    desk.require(Permission::ReadClinical, "bring_back_patient").await?;
    desk.archive.check(desk.now())?;
    let mut shelf = Shelf::open(desk).await?;
    let package = archive::one(desk.folder(), shelf.key(), &request.erasure_id).await.map_err(named)?;
    let package = package.ok_or_else(|| CommandError::new("not_archived"))?;
    let id = *package.patients.first().ok_or_else(|| CommandError::new("archive_damaged"))?;
    let mut change = desk.change(Permission::ReadClinical, "bring_back_patient").await?;
    known::note_back(change.connection(), &request.erasure_id).await.map_err(|error| match error {
        StoreError::NotFound => CommandError::new("not_archived"),
        other => other.into(),
    })?;
    let codes = std::iter::from_fn(|| draw_code().ok());
    let schema = archive::Schema::read(change.connection()).await?;
    archive::put_back(change.connection(), &schema, &package, codes).await?;
    let owner = id.to_string();
    let record = ChangeRecord::created("brought_back", &json!({ "reason": why }));
    change.record("privacy", &request.erasure_id, Some(&owner), &record).await?;
    change.touch("patients", &owner);
    change.commit().await?;
    // They are active: what the archive still holds is a copy, and goes. Where that fails now, the next opening does it.
    shelf.write(desk, std::slice::from_ref(&request.erasure_id), &[]).await?;
    Ok(BroughtBackView { patient_id: id })
}

/// Brings everybody back whom the archive holds, for a practice that leaves: an archive that only this vault opens would be
/// lost with it. Some at a time; broken off, whoever is back is back. Returns how many.
///
/// # Errors
/// As [`bring_back_patient`].
pub(in crate::commands) async fn bring_all_back(desk: &Desk) -> Result<usize, CommandError> {
    const AT_ONCE: usize = 50;
    desk.require(Permission::ReadClinical, "bring_back_patient").await?;
    let mut shelf = Shelf::open(desk).await?;
    let all: Vec<String> = shelf.persons(desk).await?.into_iter().map(|one| one.erasure_id).collect();
    for some in all.chunks(AT_ONCE) {
        let mut change = desk.change(Permission::ReadClinical, "bring_back_patient").await?;
        let schema = archive::Schema::read(change.connection()).await?;
        for erasure_id in some {
            let package = archive::one(desk.folder(), shelf.key(), erasure_id).await.map_err(named)?;
            let package = package.ok_or_else(|| CommandError::new("archive_damaged"))?;
            let id = *package.patients.first().ok_or_else(|| CommandError::new("archive_damaged"))?;
            known::note_back(change.connection(), erasure_id).await?;
            let codes = std::iter::from_fn(|| draw_code().ok());
            archive::put_back(change.connection(), &schema, &package, codes).await?;
            let owner = id.to_string();
            let record = ChangeRecord::created("brought_back", &json!({ "reason": "leaving" }));
            change.record("privacy", erasure_id, Some(&owner), &record).await?;
            change.touch("patients", &owner);
        }
        change.commit().await?;
        shelf.write(desk, some, &[]).await?;
    }
    Ok(all.len())
}

/// Erases people of the active base whole: their rows, keys and search words. Returns their sealed files.
pub(super) async fn erase_active(
    connection: &mut Connection,
    persons: &HashMap<String, PatientId>,
) -> Result<Vec<String>, CommandError> {
    let ids: Vec<PatientId> = persons.values().copied().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(store::erasure::erase(connection, &ids).await?.files)
}
