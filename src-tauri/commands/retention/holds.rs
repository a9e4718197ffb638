//! Who is kept longer than the rules say, for a stated reason.

use std::collections::HashMap;

use domain::privacy::retention::Ground;
use domain::role::Permission;
use serde_json::json;

use super::wire::{HoldPatientRequest, LiftHoldRequest, RetentionHoldView};
use super::{day_of, reason};
use crate::commands::wire::DoneView;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::archive::known;
use crate::store::retention::{self, HoldRow};
use crate::store::{self, Connection, StoreError};

/// Whom somebody keeps longer. A name only for who may see it.
pub(super) async fn views(
    desk: &Desk,
    connection: &mut Connection,
    users: &HashMap<String, String>,
) -> Result<Vec<RetentionHoldView>, CommandError> {
    let rows = retention::holds(connection).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.erasure_id.clone()).collect();
    let people = if ids.is_empty() { Vec::new() } else { super::people::people(desk, connection, Some(&ids)).await? };
    let named = desk.session().roles.may(Permission::ReadPatients);
    let zone = desk.premises().zone;
    let view = |row: HoldRow| {
        let person = people.iter().find(|one| one.row.erasure_id == row.erasure_id);
        RetentionHoldView {
            patient_id: person.and_then(|one| one.row.patient_id.parse().ok()),
            name: person.filter(|_| named).map(super::people::Person::name).unwrap_or_default(),
            ground: row.ground,
            note: row.note,
            placed_on: day_of(&row.placed_at, &zone).map_or_else(String::new, |day| day.to_string()),
            placed_by: users.get(&row.placed_by).cloned().unwrap_or_default(),
            erasure_id: row.erasure_id,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Whether this random id is of somebody, active or archived.
async fn known_id(connection: &mut Connection, erasure_id: &str) -> Result<bool, StoreError> {
    let ids = [erasure_id.to_owned()];
    let active = known::active_among(connection, &ids).await?;
    Ok(!active.is_empty() || known::archived(connection).await?.iter().any(|one| one.erasure_id == erasure_id))
}

/// Keeps somebody longer, for a stated reason: nothing of them is destroyed until it is lifted.
///
/// # Errors
/// `permission_denied`, `patient_not_found`, `unknown_word`, `empty`, `too_long`, `already_held`.
pub async fn hold_patient(desk: &Desk, request: HoldPatientRequest) -> Result<DoneView, CommandError> {
    let ground: Ground = request.ground.parse().map_err(|_| CommandError::field("unknown_word", "ground"))?;
    let note = reason(&request.note, "note")?;
    let mut change = desk.change(Permission::KeepPrivacy, "hold_patient").await?;
    let not_found = || CommandError::field("patient_not_found", "patient_id");
    let (erasure_id, owner) = match request.patient_id {
        Some(id) => {
            let patient = store::patient::resolved(change.connection(), id).await?.ok_or_else(not_found)?;
            (patient.erasure_id, Some(patient.id.to_string()))
        }
        None => (request.erasure_id.trim().to_owned(), None),
    };
    if !known_id(change.connection(), &erasure_id).await? {
        return Err(not_found());
    }
    let row = HoldRow {
        erasure_id: erasure_id.clone(),
        ground: ground.as_str().to_owned(),
        note,
        placed_at: change.at().to_owned(),
        placed_by: desk.session().user_id.to_string(),
    };
    retention::place_hold(change.connection(), &row).await.map_err(|error| match error {
        StoreError::NotUnique => CommandError::new("already_held"),
        other => other.into(),
    })?;
    let what = json!({ "ground": row.ground, "note": row.note });
    let record = ChangeRecord::created("retention_hold", &what);
    change.record("privacy", &erasure_id, owner.as_deref(), &record).await?;
    change.commit().await?;
    Ok(DoneView::default())
}

/// No longer keeps somebody longer: the rules count again.
///
/// # Errors
/// `permission_denied`, `not_held`, `empty`, `too_long`.
pub async fn lift_hold(desk: &Desk, request: LiftHoldRequest) -> Result<DoneView, CommandError> {
    let why = reason(&request.reason, "reason")?;
    let mut change = desk.change(Permission::KeepPrivacy, "lift_hold").await?;
    let before = retention::hold(change.connection(), &request.erasure_id).await?;
    let before = before.ok_or_else(|| CommandError::new("not_held"))?;
    retention::lift_hold(change.connection(), &request.erasure_id).await?;
    let people =
        super::people::people(desk, change.connection(), Some(std::slice::from_ref(&before.erasure_id))).await?;
    let owner = people.first().map(|one| one.row.patient_id.clone());
    let was = json!({ "ground": before.ground, "note": before.note, "lifted": "" });
    let is = json!({ "ground": "", "note": "", "lifted": why });
    let record = ChangeRecord::updated("retention_hold", &was, &is);
    change.record("privacy", &before.erasure_id, owner.as_deref(), &record).await?;
    change.commit().await?;
    Ok(DoneView::default())
}
