//! The end: a list is made, a practitioner confirms that very list, and what stands on it is gone: rows, keys, search words,
//! sealed files, pages of the archive. What stays is the list's own line, with random ids alone.

use std::collections::{HashMap, HashSet};

use domain::id::PatientId;
use domain::role::Permission;
use serde_json::json;

use super::archive::erase_active;
use super::dry_run::{active, archived, run};
use super::people::{Person, people};
use super::rules::names;
use super::shelf::{Shelf, named};
use super::wire::{
    ConfirmDestructionRequest, DestroyedView, DestructionListView, DestructionRequest, DestructionView,
    PrintDestructionRequest, RetentionPersonView,
};
use super::{day_of, export, keys};
use crate::backup;
use crate::commands::desk::Change;
use crate::commands::wire::{DoneView, FileView, NothingRequest};
use crate::commands::{CommandError, Desk, agenda, documents, safekeeping};
use crate::journal::ChangeRecord;
use crate::store::archive::{self, known};
use crate::store::destruction::{self, DestructionRow, LineRow};
use crate::store::{self, Connection, StoreError, retention};
use crate::vault;

/// What stands on a list, in one digest. The list's own id takes part: no two lists are the same.
fn digest(id: &str, lines: &[LineRow]) -> String {
    let mut text = format!("semainier destruction 1\n{id}\n");
    for line in lines {
        text.push_str(&format!("{} {} {} {}\n", line.erasure_id, line.place, line.category, line.destroy_on));
    }
    vault::digest(text.as_bytes())
}

fn line(person: &RetentionPersonView) -> LineRow {
    LineRow {
        erasure_id: person.erasure_id.clone(),
        place: person.place.clone(),
        category: person.category.clone(),
        destroy_on: person.on.clone(),
    }
}

fn view(desk: &Desk, row: &DestructionRow, persons: i64, users: &HashMap<String, String>) -> DestructionView {
    let zone = desk.premises().zone;
    let day = |at: &str| day_of(at, &zone).map_or_else(String::new, |day| day.to_string());
    let user = |id: &str| users.get(id).cloned().unwrap_or_default();
    let state = match (&row.confirmed_at, &row.dropped_at) {
        (Some(_), _) => "confirmed",
        (None, Some(_)) => "dropped",
        (None, None) => "open",
    };
    DestructionView {
        id: row.id.clone(),
        state: state.to_owned(),
        made_on: day(&row.made_at),
        made_by: user(&row.made_by),
        digest: row.digest.clone(),
        persons,
        confirmed_on: row.confirmed_at.as_deref().map(day).unwrap_or_default(),
        confirmed_by: row.confirmed_by.as_deref().map(user).unwrap_or_default(),
        documents: row.documents,
    }
}

/// The lists, the newest first.
pub(super) async fn views(
    desk: &Desk,
    connection: &mut Connection,
    users: &HashMap<String, String>,
) -> Result<Vec<DestructionView>, CommandError> {
    let counts = destruction::line_counts(connection).await?;
    let rows = destruction::destructions(connection).await?;
    Ok(rows.iter().map(|row| view(desk, row, counts.get(&row.id).copied().unwrap_or(0), users)).collect())
}

/// Puts the names of archived persons to a list: a look into the archive, which the caller journals.
async fn name_archived(
    desk: &Desk,
    connection: &mut Connection,
    persons: &mut [RetentionPersonView],
) -> Result<(), CommandError> {
    if persons.iter().all(|one| one.place == "active") {
        return Ok(());
    }
    let Some(key) = keys::reading_key(desk, connection).await? else { return Ok(()) };
    let shelved: HashMap<String, archive::Header> = archive::list(desk.folder(), &key)
        .await
        .map_err(named)?
        .into_iter()
        .map(|one| (one.erasure_id.clone(), one))
        .collect();
    for person in persons.iter_mut() {
        if let Some(one) = shelved.get(&person.erasure_id).filter(|_| person.place == "archive") {
            person.name.clone_from(&one.name);
            person.name_arabic.clone_from(&one.name_arabic);
            person.born.clone_from(&one.born);
        }
    }
    Ok(())
}

async fn look(change: &mut Change<'_>, id: &str, persons: usize) -> Result<(), CommandError> {
    let what = json!({ "reason": "destruction", "persons": persons });
    change.record("privacy", id, None, &ChangeRecord::created("archive_opening", &what)).await?;
    Ok(())
}

/// Makes the list of everybody who may no longer be kept today, whom nobody keeps longer. A list that was open is given up for
/// it. Nothing is destroyed.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `nothing_to_destroy`, `archive_damaged`.
pub async fn list_destruction(desk: &Desk, _request: NothingRequest) -> Result<DestructionListView, CommandError> {
    desk.require(Permission::ReadClinical, "list_destruction").await?;
    let mut connection = desk.store.read().await?;
    // Whoever cannot open the archive cannot see who stands on the list.
    keys::keys(desk, &mut connection).await?;
    drop(connection);
    let mut change = desk.change(Permission::ReadClinical, "list_destruction").await?;
    let run = run(desk, change.connection(), desk.wall_now().date()).await?;
    let mut persons: Vec<RetentionPersonView> = run.persons.into_iter().filter(|one| one.action == "destroy").collect();
    if persons.is_empty() {
        return Err(CommandError::new("nothing_to_destroy"));
    }
    name_archived(desk, change.connection(), &mut persons).await?;
    let mut lines: Vec<LineRow> = persons.iter().map(line).collect();
    lines.sort_by(|a, b| a.erasure_id.cmp(&b.erasure_id));
    let at = change.at().to_owned();
    for old in destruction::destructions(change.connection()).await? {
        if old.confirmed_at.is_none() && old.dropped_at.is_none() {
            let dropped = DestructionRow { dropped_at: Some(at.clone()), ..old };
            destruction::close_destruction(change.connection(), &dropped).await?;
        }
    }
    let id = desk.make_id().to_string();
    let row = DestructionRow {
        digest: digest(&id, &lines),
        id,
        made_at: at,
        made_by: desk.session().user_id.to_string(),
        confirmed_at: None,
        confirmed_by: None,
        dropped_at: None,
        documents: 0,
    };
    destruction::insert_destruction(change.connection(), &row, &lines).await?;
    let what = json!({ "persons": lines.len(), "digest": row.digest });
    change.record("privacy", &row.id, None, &ChangeRecord::created("destruction_list", &what)).await?;
    let users = names(change.connection()).await?;
    change.commit().await?;
    let count = i64::try_from(persons.len()).unwrap_or(i64::MAX);
    Ok(DestructionListView { list: view(desk, &row, count, &users), persons })
}

/// A list with who stands on it; of a confirmed one nobody is known any more. A look into the archive, journalled as one.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `destruction_not_found`, `archive_damaged`.
pub async fn show_destruction(desk: &Desk, request: DestructionRequest) -> Result<DestructionListView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "show_destruction").await?;
    let (row, lines) = found(change.connection(), &request.id).await?;
    let users = names(change.connection()).await?;
    let shown = view(desk, &row, i64::try_from(lines.len()).unwrap_or(i64::MAX), &users);
    if row.confirmed_at.is_some() || row.dropped_at.is_some() {
        return Ok(DestructionListView { list: shown, persons: Vec::new() });
    }
    let ids: Vec<String> = lines.iter().map(|one| one.erasure_id.clone()).collect();
    let present = people(desk, change.connection(), Some(&ids)).await?;
    let mut persons: Vec<RetentionPersonView> = lines
        .iter()
        .map(|line| {
            let person = present.iter().find(|one| one.row.erasure_id == line.erasure_id);
            let due = person.and_then(|one| active(desk, one, chrono::NaiveDate::MAX));
            RetentionPersonView {
                erasure_id: line.erasure_id.clone(),
                place: line.place.clone(),
                category: line.category.clone(),
                on: line.destroy_on.clone(),
                action: "destroy".to_owned(),
                patient_id: due.as_ref().and_then(|one| one.patient_id),
                number: due.as_ref().and_then(|one| one.number),
                name: due.as_ref().map(|one| one.name.clone()).unwrap_or_default(),
                name_arabic: due.as_ref().map(|one| one.name_arabic.clone()).unwrap_or_default(),
                born: due.as_ref().map(|one| one.born.clone()).unwrap_or_default(),
                last: due.map(|one| one.last).unwrap_or_default(),
            }
        })
        .collect();
    name_archived(desk, change.connection(), &mut persons).await?;
    look(&mut change, &row.id, persons.len()).await?;
    change.commit().await?;
    persons.sort_by(|a, b| (&a.on, &a.name, &a.erasure_id).cmp(&(&b.on, &b.name, &b.erasure_id)));
    Ok(DestructionListView { list: shown, persons })
}

async fn found(connection: &mut Connection, id: &str) -> Result<(DestructionRow, Vec<LineRow>), CommandError> {
    let row = destruction::destruction(connection, id).await?;
    let row = row.ok_or_else(|| CommandError::field("destruction_not_found", "id"))?;
    let lines = destruction::lines(connection, id).await?;
    Ok((row, lines))
}

/// Whether everybody on the list is still to be destroyed, as it says. Returns those of the active base.
async fn still_due(
    desk: &Desk,
    connection: &mut Connection,
    lines: &[LineRow],
) -> Result<HashMap<String, PatientId>, CommandError> {
    let today = desk.wall_now().date();
    let outdated = || CommandError::new("destruction_list_outdated");
    let ids: Vec<String> = lines.iter().map(|one| one.erasure_id.clone()).collect();
    let present: HashMap<String, Person> =
        people(desk, connection, Some(&ids)).await?.into_iter().map(|one| (one.row.erasure_id.clone(), one)).collect();
    let held: HashSet<String> = retention::holds(connection).await?.into_iter().map(|one| one.erasure_id).collect();
    let noted: HashMap<String, known::ArchivedRow> =
        known::archived(connection).await?.into_iter().map(|one| (one.erasure_id.clone(), one)).collect();
    let mut patients = HashMap::new();
    for due in lines {
        let now = match due.place.as_str() {
            "active" => present.get(&due.erasure_id).and_then(|person| active(desk, person, today)),
            _ => noted.get(&due.erasure_id).and_then(|row| archived(row, held.contains(&row.erasure_id), today)),
        };
        let now = now.filter(|one| one.action == "destroy").ok_or_else(outdated)?;
        if line(&now) != *due {
            return Err(outdated());
        }
        if let Some(id) = now.patient_id {
            patients.insert(due.erasure_id.clone(), id);
        }
    }
    Ok(patients)
}

/// Destroys everybody on a list, for good. The digest must be that of the list as it was looked at, and everybody on it must
/// still be due. Rows and keys go in one transaction with the register's line; then the ids go on the erasure list, the
/// archive is written anew without them, their sealed files are removed.
///
/// # Errors
/// `permission_denied`, `clinical_pending`, `destruction_not_found`, `destruction_closed`, `destruction_list_changed`,
/// `destruction_list_outdated`, `busy`; `destruction_unfinished` where it is decided and done in the database, and the disk
/// kept from the rest: the next sign-in of a practitioner finishes it.
pub async fn confirm_destruction(
    desk: &Desk,
    request: ConfirmDestructionRequest,
) -> Result<DestroyedView, CommandError> {
    desk.require(Permission::ReadClinical, "confirm_destruction").await?;
    let mut shelf = Shelf::open(desk).await?;
    let mut change = desk.change(Permission::ReadClinical, "confirm_destruction").await?;
    let (row, lines) = found(change.connection(), &request.id).await?;
    if row.confirmed_at.is_some() || row.dropped_at.is_some() {
        return Err(CommandError::new("destruction_closed"));
    }
    if request.digest != row.digest || digest(&row.id, &lines) != row.digest {
        return Err(CommandError::new("destruction_list_changed"));
    }
    let patients = still_due(desk, change.connection(), &lines).await?;
    let ids: Vec<String> = lines.iter().map(|one| one.erasure_id.clone()).collect();
    let mut files = known::archived_files(change.connection(), Some(&ids)).await?;
    files.extend(erase_active(change.connection(), &patients).await?);
    known::forget_archived(change.connection(), &ids).await?;
    let done = DestructionRow {
        confirmed_at: Some(change.at().to_owned()),
        confirmed_by: Some(desk.session().user_id.to_string()),
        documents: i64::try_from(files.len()).unwrap_or(i64::MAX),
        ..row
    };
    destruction::close_destruction(change.connection(), &done).await?;
    let what = json!({ "persons": lines.len(), "documents": files.len(), "digest": done.digest });
    change.record("privacy", &done.id, None, &ChangeRecord::created("destruction", &what)).await?;
    for id in patients.values() {
        change.touch("patients", &id.to_string());
    }
    let users = names(change.connection()).await?;
    change.commit().await?;
    desk.reading.close();
    finish(desk, &mut shelf, &ids, &files)
        .await
        .map_err(|error| CommandError::new("destruction_unfinished").with("code", error.code))?;
    let persons = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    Ok(DestroyedView { list: view(desk, &done, persons, &users) })
}

async fn finish(desk: &Desk, shelf: &mut Shelf, ids: &[String], files: &[String]) -> Result<(), CommandError> {
    safekeeping::note_erased(desk, &ids.iter().cloned().collect()).await?;
    if desk.folder().join(archive::FILE_NAME).is_file() {
        shelf.write(desk, ids, &[]).await?;
    }
    let folder = desk.folder().join(documents::sweep::FOLDER);
    for file in files.iter().filter(|file| vault::DocumentName::parse(file).is_some()) {
        match std::fs::remove_file(folder.join(file)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(backup::BackupError::from(error).into());
            }
            _ => {}
        }
    }
    // Where somebody reads just now, it is emptied when the last one closes the file.
    store::erasure::empty_log(&mut *desk.store.writer().await?).await?;
    Ok(())
}

/// Gives up a list that is open: nobody on it is destroyed.
///
/// # Errors
/// `permission_denied`, `destruction_not_found`, `destruction_closed`.
pub async fn drop_destruction(desk: &Desk, request: DestructionRequest) -> Result<DoneView, CommandError> {
    let mut change = desk.change(Permission::ReadClinical, "drop_destruction").await?;
    let (row, lines) = found(change.connection(), &request.id).await?;
    let dropped = DestructionRow { dropped_at: Some(change.at().to_owned()), ..row };
    destruction::close_destruction(change.connection(), &dropped).await.map_err(|error| match error {
        StoreError::NotFound | StoreError::Refused => CommandError::new("destruction_closed"),
        other => other.into(),
    })?;
    let what = json!({ "persons": lines.len() });
    change.record("privacy", &dropped.id, None, &ChangeRecord::removed("destruction_list", &what)).await?;
    change.commit().await?;
    Ok(DoneView::default())
}

/// The report of a confirmed destruction: when, by whom, how many by which rule, under which random ids. No data of anybody.
///
/// # Errors
/// `permission_denied`, `unknown_word`, `destruction_not_found`, `destruction_open`, `print_failed`.
pub async fn print_destruction(desk: &Desk, request: PrintDestructionRequest) -> Result<FileView, CommandError> {
    let language = agenda::print::language(&request.language)?;
    let mut connection = desk.read(Permission::KeepPrivacy, "print_destruction").await?;
    let (row, lines) = found(&mut connection, &request.id).await?;
    if row.confirmed_at.is_none() {
        return Err(CommandError::new("destruction_open"));
    }
    let users = names(&mut connection).await?;
    let shown = view(desk, &row, i64::try_from(lines.len()).unwrap_or(i64::MAX), &users);
    export::destruction_report(desk, &mut connection, &shown, &lines, language).await
}
