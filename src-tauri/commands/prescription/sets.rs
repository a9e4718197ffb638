//! Favourites of a practitioner and protocols of the practice: lines and acts under a name. No patient is in them. Both can
//! be taken back.

use domain::id::PrescriptionSetId;
use domain::role::Permission;

use super::kept_wire::{
    LetterTemplateView, PrescriptionSetRequest, PrescriptionSetView, PrescriptionSetsView, SavePrescriptionSetRequest,
    SavedSetView,
};
use super::{lines, signer};
use crate::commands::desk::Change;
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::journal::JournalRow;
use crate::store::prescription::{LetterTemplate, PrescriptionSet};
use crate::store::{self, Connection, StoreError};

/// Longest name.
const NAME: usize = 80;
/// More lines than a protocol has.
const LINES: usize = 40;

const KIND: &str = "prescription_set";
const TEMPLATE: &str = "letter_template";

fn view(row: PrescriptionSet) -> Result<PrescriptionSetView, CommandError> {
    let damaged = |_| CommandError::from(StoreError::BadValue);
    Ok(PrescriptionSetView {
        id: row.id,
        name: row.name,
        lines: serde_json::from_str(&row.lines).map_err(damaged)?,
        acts: serde_json::from_str(&row.acts).map_err(damaged)?,
    })
}

/// Everything that is kept to prescribe from.
pub(super) async fn all(desk: &Desk, connection: &mut Connection) -> Result<PrescriptionSetsView, CommandError> {
    let rows = store::prescription::sets(connection, desk.session().practitioner_id).await?;
    let (favourites, protocols): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.kind == "favourite");
    let templates = store::prescription::templates(connection).await?;
    Ok(PrescriptionSetsView {
        favourites: favourites.into_iter().map(view).collect::<Result<_, _>>()?,
        protocols: protocols.into_iter().map(view).collect::<Result<_, _>>()?,
        templates: templates.into_iter().map(template_view).collect(),
    })
}

pub(super) fn template_view(row: LetterTemplate) -> LetterTemplateView {
    LetterTemplateView {
        id: row.id,
        kind: row.kind,
        language: row.language,
        name: row.name,
        title: row.title,
        text: row.text,
    }
}

/// Favourites of whoever is signed in, protocols and templates of the practice.
///
/// # Errors
/// `permission_denied`.
pub async fn list_prescription_sets(
    desk: &Desk,
    _request: NothingRequest,
) -> Result<PrescriptionSetsView, CommandError> {
    let mut connection = desk.read(Permission::ReadClinical, "list_prescription_sets").await?;
    all(desk, &mut connection).await
}

/// A name of something that is kept.
pub(super) fn named(text: &str) -> Result<String, CommandError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        return Err(CommandError::field("name_missing", "name"));
    }
    if name.chars().count() > NAME {
        return Err(CommandError::field("too_long", "name").with("limit", NAME));
    }
    Ok(name)
}

/// One's own favourite, or a protocol.
async fn own(desk: &Desk, change: &mut Change<'_>, id: PrescriptionSetId) -> Result<PrescriptionSet, CommandError> {
    let row = store::prescription::set(change.connection(), id).await?.filter(|row| !row.removed);
    row.filter(|row| row.practitioner_id.is_none() || row.practitioner_id == desk.session().practitioner_id)
        .ok_or_else(|| CommandError::field("not_found", "id"))
}

/// Keeps a favourite or a protocol.
///
/// # Errors
/// `permission_denied`, `not_a_practitioner`, `unknown_word`, `name_missing`, `too_long`, `too_many_lines`, `empty`,
/// `not_found`, `bad_cis`.
pub async fn save_prescription_set(
    desk: &Desk,
    request: SavePrescriptionSetRequest,
) -> Result<SavedSetView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "save_prescription_set").await?;
    let practitioner = signer(desk)?;
    if !["favourite", "protocol"].contains(&request.kind.as_str()) {
        return Err(CommandError::field("unknown_word", "kind"));
    }
    let name = named(&request.name)?;
    if request.lines.is_empty() && request.acts.is_empty() {
        return Err(CommandError::field("empty", "lines"));
    }
    if request.lines.len() + request.acts.len() > LINES {
        return Err(CommandError::field("too_many_lines", "lines").with("limit", LINES));
    }
    // What is kept can be prescribed from; a reason of overriding belongs to one patient.
    let kept = request.lines.into_iter().map(|line| {
        lines::line(&line)?;
        Ok(super::wire::LineFields { override_reason: String::new(), ..line })
    });
    let kept: Vec<super::wire::LineFields> = kept.collect::<Result<_, CommandError>>()?;
    let json = |value: serde_json::Result<String>| value.map_err(|_| CommandError::new("bad_request"));
    let before = match request.id {
        Some(id) => Some(own(desk, &mut change, id).await?),
        None => None,
    };
    let row = PrescriptionSet {
        id: before.as_ref().map_or_else(|| PrescriptionSetId::new(desk.make_id()), |row| row.id),
        practitioner_id: match &before {
            Some(row) => row.practitioner_id,
            None => (request.kind == "favourite").then_some(practitioner),
        },
        kind: before.as_ref().map_or(request.kind, |row| row.kind.clone()),
        name,
        lines: json(serde_json::to_string(&kept))?,
        acts: json(serde_json::to_string(&request.acts))?,
        removed: false,
        revision: before.as_ref().map_or(1, |row| row.revision + 1),
    };
    store::prescription::save_set(change.connection(), &row).await?;
    let record = match &before {
        Some(before) => ChangeRecord::updated(KIND, before, &row),
        None => ChangeRecord::created(KIND, &row),
    };
    let sequence = change.record("prescription", &row.id.to_string(), None, &record).await?;
    change.commit().await?;
    Ok(SavedSetView { id: row.id.to_string(), sequence })
}

/// Takes a favourite or a protocol away.
///
/// # Errors
/// `permission_denied`, `not_found`.
pub async fn remove_prescription_set(
    desk: &Desk,
    request: PrescriptionSetRequest,
) -> Result<SavedSetView, CommandError> {
    let mut change = desk.change(Permission::WriteClinical, "remove_prescription_set").await?;
    let before = own(desk, &mut change, request.id).await?;
    let row = PrescriptionSet { removed: true, revision: before.revision + 1, ..before.clone() };
    store::prescription::save_set(change.connection(), &row).await?;
    let record = ChangeRecord::updated(KIND, &before, &row);
    let sequence = change.record("prescription", &row.id.to_string(), None, &record).await?;
    change.commit().await?;
    Ok(SavedSetView { id: row.id.to_string(), sequence })
}

/// Keeps a template within a change; says its number in the journal.
pub(super) async fn keep_template(
    change: &mut Change<'_>,
    before: Option<&LetterTemplate>,
    row: &LetterTemplate,
) -> Result<i64, CommandError> {
    store::prescription::save_template(change.connection(), row).await?;
    let record = match before {
        Some(before) => ChangeRecord::updated(TEMPLATE, before, row),
        None => ChangeRecord::created(TEMPLATE, row),
    };
    change.record("prescription", &row.id.to_string(), None, &record).await
}

/// Takes back what an entry did to a favourite, a protocol or a template; none where it is about something else.
///
/// # Errors
/// `changed_meanwhile`, `journal_damaged`.
pub(in crate::commands) async fn take_back(
    change: &mut Change<'_>,
    row: &JournalRow,
    record: &ChangeRecord,
) -> Result<Option<ChangeRecord>, CommandError> {
    let meanwhile = || CommandError::new("changed_meanwhile");
    let damaged = || CommandError::new("journal_damaged");
    match record.kind.as_str() {
        KIND => {
            let id = row.subject_id.parse().map_err(|_| damaged())?;
            let now = store::prescription::set(change.connection(), id).await?.ok_or_else(meanwhile)?;
            if !record.still_holds(&now) {
                return Err(meanwhile());
            }
            let mut back = match record.before {
                Some(_) => record.reverted(&now).ok_or_else(damaged)?,
                None => PrescriptionSet { removed: true, ..now.clone() },
            };
            back.revision = now.revision + 1;
            store::prescription::save_set(change.connection(), &back).await?;
            Ok(Some(ChangeRecord::updated(KIND, &now, &back)))
        }
        TEMPLATE => {
            let id = row.subject_id.parse().map_err(|_| damaged())?;
            let now = store::prescription::template(change.connection(), id).await?.ok_or_else(meanwhile)?;
            if !record.still_holds(&now) {
                return Err(meanwhile());
            }
            let mut back = match record.before {
                Some(_) => record.reverted(&now).ok_or_else(damaged)?,
                None => LetterTemplate { removed: true, ..now.clone() },
            };
            back.revision = now.revision + 1;
            store::prescription::save_template(change.connection(), &back).await?;
            Ok(Some(ChangeRecord::updated(TEMPLATE, &now, &back)))
        }
        _ => Ok(None),
    }
}
