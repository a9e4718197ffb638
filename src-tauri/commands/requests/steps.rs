//! The steps of a request before and beside its execution: about whom it is, who asks, what was said, more time, a refusal.

use domain::privacy::requests::{Outcome, Proof, RefusalGround, runs_from};
use domain::role::Permission;

use super::wire::{
    AmendRequestRequest, DataRequestView, DropRequestRequest, ExtendRequestRequest, NoteExchangeRequest,
    RefuseRequestRequest,
};
use super::{TEXT, clock, due_on, journal, note, standing, tidy, unknown, view};
use crate::commands::desk::Change;
use crate::commands::restriction::day;
use crate::commands::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::store::requests::DataRequest;
use crate::store::{self, StoreError};

/// Keeps a changed request: two at once do not step on each other.
pub(super) async fn keep(
    change: &mut Change<'_>,
    before: &DataRequest,
    after: &DataRequest,
) -> Result<DataRequest, CommandError> {
    store::requests::update(change.connection(), after).await.map_err(|error| match error {
        StoreError::NotFound => CommandError::new("changed_meanwhile"),
        other => other.into(),
    })?;
    let kept = DataRequest { revision: after.revision + 1, ..after.clone() };
    journal(change, after, &ChangeRecord::updated("data_request", before, &kept)).await?;
    Ok(kept)
}

async fn finish(desk: &Desk, mut change: Change<'_>, row: &DataRequest) -> Result<DataRequestView, CommandError> {
    let view = view(desk, change.connection(), row).await?;
    change.commit().await?;
    Ok(view)
}

/// Says about whom a request is, what was shown to prove who asks, since when it is complete. Nothing that was shown is kept.
///
/// # Errors
/// `request_not_found`, `request_closed`, `changed_meanwhile`, `patient_not_found`, `unknown_word`, `bad_date` (also before it was
/// received), `date_in_future`, `permission_denied`.
pub async fn amend_request(desk: &Desk, request: AmendRequestRequest) -> Result<DataRequestView, CommandError> {
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::KeepPrivacy, "amend_request").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    let mut after = before.clone();
    if let Some(id) = request.patient_id {
        let patient = store::patient::resolved(change.connection(), id)
            .await?
            .ok_or_else(|| CommandError::field("patient_not_found", "patient_id"))?;
        after.patient_id = Some(patient.id);
        if after.patient_id != before.patient_id {
            note(desk, &mut change, after.id, "linked", (today, "")).await?;
        }
    }
    if !request.proof.is_empty() {
        let proof: Proof = request.proof.parse().map_err(|_| unknown("proof"))?;
        if proof == Proof::None {
            return Err(unknown("proof"));
        }
        after.proof = proof;
        after.proof_on = Some(today);
        after.proof_by = Some(desk.session().user_id.to_string());
        note(desk, &mut change, after.id, "identity", (today, proof.as_str())).await?;
    }
    if !request.complete_on.is_empty() {
        let on = day(&request.complete_on, "complete_on", today)?;
        if on < before.received_on {
            return Err(CommandError::field("bad_date", "complete_on"));
        }
        after.complete_on = Some(on);
        note(desk, &mut change, after.id, "complete", (on, "")).await?;
    }
    after.due_on = due_on(&clock(desk, change.connection(), after.kind).await?, &after);
    let kept = keep(&mut change, &before, &after).await?;
    finish(desk, change, &kept).await
}

/// Notes what was said or sent.
///
/// # Errors
/// `request_not_found`, `request_closed`, `changed_meanwhile`, `empty`, `too_long`, `bad_characters`, `bad_date`,
/// `date_in_future`, `permission_denied`.
pub async fn note_exchange(desk: &Desk, request: NoteExchangeRequest) -> Result<DataRequestView, CommandError> {
    let words = filled(&request.words, "words")?;
    let on = day(&request.on, "on", desk.wall_now().date())?;
    let mut change = desk.change(Permission::KeepPrivacy, "note_exchange").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    note(desk, &mut change, before.id, "exchange", (on, &words)).await?;
    let kept = keep(&mut change, &before, &before.clone()).await?;
    finish(desk, change, &kept).await
}

fn filled(text: &str, field: &str) -> Result<String, CommandError> {
    let text = tidy(text, field, TEXT)?;
    if text.is_empty() { Err(CommandError::field("empty", field)) } else { Ok(text) }
}

/// Extends the time of a request, once, with a reason that is told within the first term.
///
/// # Errors
/// `extension_too_late`, `extended_already`, `no_extension` where the law knows none; as [`note_exchange`].
pub async fn extend_request(desk: &Desk, request: ExtendRequestRequest) -> Result<DataRequestView, CommandError> {
    let words = filled(&request.reason, "reason")?;
    let today = desk.wall_now().date();
    let mut change = desk.change(Permission::KeepPrivacy, "extend_request").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    let clock = clock(desk, change.connection(), before.kind).await?;
    if clock.extension == 0 {
        return Err(CommandError::field("no_extension", "id"));
    }
    if before.extended_on.is_some() {
        return Err(CommandError::field("extended_already", "id"));
    }
    let from = runs_from(before.kind, before.received_on, before.complete_on);
    if !clock.may_extend(from, today) {
        return Err(CommandError::field("extension_too_late", "id").with("until", clock.first_term(from)));
    }
    let mut after = DataRequest { extended_on: Some(today), ..before.clone() };
    after.due_on = due_on(&clock, &after);
    note(desk, &mut change, after.id, "extended", (today, &words)).await?;
    let kept = keep(&mut change, &before, &after).await?;
    finish(desk, change, &kept).await
}

/// Closes a request.
pub(super) fn closed(desk: &Desk, before: &DataRequest, outcome: Outcome) -> DataRequest {
    DataRequest {
        outcome: Some(outcome),
        closed_on: Some(desk.wall_now().date()),
        closed_by: Some(desk.session().user_id.to_string()),
        ..before.clone()
    }
}

/// Refuses a request, with its legal ground and in words for the person.
///
/// # Errors
/// `unknown_word` for the ground; as [`note_exchange`].
pub async fn refuse_request(desk: &Desk, request: RefuseRequestRequest) -> Result<DataRequestView, CommandError> {
    let words = filled(&request.words, "words")?;
    let ground: RefusalGround = request.ground.parse().map_err(|_| unknown("ground"))?;
    let mut change = desk.change(Permission::KeepPrivacy, "refuse_request").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    let after = DataRequest { ground: ground.as_str().to_owned(), ..closed(desk, &before, Outcome::Refused) };
    note(desk, &mut change, after.id, "refused", (desk.wall_now().date(), &words)).await?;
    let kept = keep(&mut change, &before, &after).await?;
    finish(desk, change, &kept).await
}

/// Closes a request that its requester takes back.
///
/// # Errors
/// As [`note_exchange`].
pub async fn drop_request(desk: &Desk, request: DropRequestRequest) -> Result<DataRequestView, CommandError> {
    let mut change = desk.change(Permission::KeepPrivacy, "drop_request").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    let after = closed(desk, &before, Outcome::Withdrawn);
    note(desk, &mut change, after.id, "withdrawn", (desk.wall_now().date(), "")).await?;
    let kept = keep(&mut change, &before, &after).await?;
    finish(desk, change, &kept).await
}
