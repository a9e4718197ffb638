//! Executing a request: each kind by what the program itself does, with a receipt of what really changed. What is done in
//! other screens (a correction, a copy) is found in the journal, never taken on trust.

use domain::id::{DataRequestId, DirectiveId, PatientId};
use domain::patient::guardian::ConsentWay;
use domain::privacy::requests::{Outcome, RequestKind};
use domain::privacy::restriction::{RestrictionKind, Scope};
use domain::role::Permission;

use super::steps::{closed, keep};
use super::wire::{DataRequestView, DoneLineView, ExecuteRequestRequest};
use super::{NAME, Receipt, found, letter, missing, note, persons, standing, tidy, unknown, view};
use crate::commands::desk::Change;
use crate::commands::erasure::wire::ErasureReceiptView;
use crate::commands::processor::{self, Cause};
use crate::commands::restriction::{self, Wanted};
use crate::commands::{CommandError, Desk, consents, erasure};
use crate::journal::ChangeRecord;
use crate::privacy::processor::Order;
use crate::store::requests::DataRequest;
use crate::store::restriction::Directive;
use crate::store::{self, StoreError};

/// Commands that correct what is held of a person.
const CORRECTIONS: &[&str] = &[
    "update_patient",
    "save_contact",
    "remove_contact",
    "update_appointment",
    "merge_patients",
    "correct_entry",
    "strike_entry",
    "write_entry",
];
/// Commands that hand a person's data over.
const COPIES: &[&str] = &["export_person"];

fn may_execute(row: &DataRequest) -> Result<PatientId, CommandError> {
    let missing = missing(row);
    if missing.iter().any(|one| one == "identity") {
        return Err(CommandError::field("identity_missing", "proof"));
    }
    row.patient_id.ok_or_else(|| CommandError::field("patient_missing", "patient_id"))
}

/// What the journal says was done for a person by these commands since the request came.
async fn journalled(
    desk: &Desk,
    change: &mut Change<'_>,
    row: &DataRequest,
    patient: PatientId,
    commands: &[&str],
) -> Result<Vec<DoneLineView>, CommandError> {
    let persons = persons(change.connection(), patient).await?;
    let since = row.received_on.to_string();
    let rows = store::requests::done_since(change.connection(), &persons, &since, commands).await?;
    let mut done = Vec::new();
    for row in rows {
        let record = desk.open_entry(change.connection(), &row).await?;
        done.push(DoneLineView {
            what: row.command,
            sequence: row.sequence,
            at: row.at.parse().map_err(|_| StoreError::BadValue)?,
            fields: record.map(|record| record.names()).unwrap_or_default(),
        });
    }
    if done.is_empty() { Err(CommandError::field("nothing_done_yet", "id")) } else { Ok(done) }
}

fn put(change: &Change<'_>, what: &str, sequence: i64) -> DoneLineView {
    DoneLineView { what: what.to_owned(), sequence, at: change.now(), fields: Vec::new() }
}

/// Carries out what a request asks, but for an erasure.
async fn done(
    desk: &Desk,
    change: &mut Change<'_>,
    row: &DataRequest,
    patient: PatientId,
    request: &ExecuteRequestRequest,
) -> Result<Vec<DoneLineView>, CommandError> {
    let today = desk.wall_now().date();
    let reason = || {
        let words = tidy(&request.reason, "reason", 500)?;
        if words.is_empty() { Err(CommandError::field("empty", "reason")) } else { Ok(words) }
    };
    match row.kind {
        RequestKind::Access | RequestKind::Portability => journalled(desk, change, row, patient, COPIES).await,
        RequestKind::Rectification => {
            let done = journalled(desk, change, row, patient, CORRECTIONS).await?;
            let persons = persons(change.connection(), patient).await?;
            let cause = Cause { request: Some(row.id), erasure: None };
            processor::tell(desk, change, Order::Rectify, &persons, cause).await?;
            Ok(done)
        }
        RequestKind::Limitation => {
            let ground = request.ground.parse().map_err(|_| unknown("ground"))?;
            let wanted = Wanted {
                kind: RestrictionKind::Limitation,
                scope: Scope::All,
                ground: Some(ground),
                reason: reason()?,
                since: today,
            };
            restriction::put(desk, change, patient, wanted, Some(row.id)).await?;
            Ok(vec![put(change, "limitation", change.sequence())])
        }
        RequestKind::Objection => {
            let scope = request.scope.parse().map_err(|_| unknown("scope"))?;
            let wanted =
                Wanted { kind: RestrictionKind::Objection, scope, ground: None, reason: reason()?, since: today };
            restriction::put(desk, change, patient, wanted, Some(row.id)).await?;
            Ok(vec![put(change, "objection", change.sequence())])
        }
        RequestKind::Withdrawal => {
            let persons = persons(change.connection(), patient).await?;
            let standing = store::consents::of(change.connection(), &persons).await?;
            let mut done = Vec::new();
            for named in standing.iter().filter(|named| named.consent.withdrawn_on.is_none()) {
                let id = named.consent.id;
                if request.consents.is_empty() || request.consents.contains(&id) {
                    let sequence = consents::retract(desk, change, id, (today, ConsentWay::Written)).await?;
                    done.push(put(change, "withdrawal", sequence));
                }
            }
            if done.is_empty() { Err(CommandError::field("consent_not_found", "consents")) } else { Ok(done) }
        }
        RequestKind::PostMortem => {
            if !["erase", "keep", "hand_over"].contains(&request.wish.as_str()) {
                return Err(unknown("wish"));
            }
            let designee = tidy(&request.designee, "designee", NAME)?;
            if request.wish == "hand_over" && designee.is_empty() {
                return Err(CommandError::field("empty", "designee"));
            }
            let one = Directive {
                id: DirectiveId::new(desk.make_id()),
                patient_id: patient,
                wish: request.wish.clone(),
                designee,
                words: tidy(&request.reason, "reason", super::TEXT)?,
                given_on: row.received_on.to_string(),
                request_id: Some(row.id),
                noted_at: change.at().to_owned(),
                noted_by: desk.session().user_id.to_string(),
            };
            store::restriction::direct(change.connection(), &one).await?;
            let owner = patient.to_string();
            let record = ChangeRecord::created("directive", &one);
            let sequence = change.record("patients", &one.id.to_string(), Some(&owner), &record).await?;
            Ok(vec![put(change, "directive", sequence)])
        }
        RequestKind::Erasure => Err(CommandError::field("unknown_word", "kind")),
    }
}

/// Executes a request, and closes it with its receipt.
///
/// # Errors
/// `identity_missing`, `patient_missing`, `nothing_done_yet` where the journal knows of no correction or copy since it came;
/// `unknown_word`, `empty`, `already_restricted`, `consent_not_found`; of an erasure as `erase_person`; `request_not_found`,
/// `request_closed`, `changed_meanwhile`, `permission_denied`.
pub async fn execute_request(desk: &Desk, request: ExecuteRequestRequest) -> Result<DataRequestView, CommandError> {
    let mut change = desk.change(Permission::KeepPrivacy, "execute_request").await?;
    let before = standing(change.connection(), request.id, request.revision).await?;
    let patient = may_execute(&before)?;
    if before.kind == RequestKind::Erasure {
        let (receipt, row) = erased(desk, change, before.clone(), patient, &request.reason).await?;
        let mut connection = desk.store().read().await?;
        let mut view = view(desk, &mut connection, &row).await?;
        // The address went with the person: the letter can be made now and never again.
        view.letter = letter::of_erased(desk, &mut connection, &before, &row, &receipt).await.ok();
        return Ok(view);
    }
    let done = done(desk, &mut change, &before, patient, &request).await?;
    let receipt = serde_json::to_string(&Receipt { done, erasure: None }).map_err(|_| StoreError::BadValue)?;
    let after = DataRequest { receipt, ..closed(desk, &before, Outcome::Executed) };
    note(desk, &mut change, after.id, "executed", (desk.wall_now().date(), "")).await?;
    let row = keep(&mut change, &before, &after).await?;
    change.commit().await?;
    if before.kind == RequestKind::Limitation {
        desk.reading.close_if(patient);
    }
    processor::carry_out(desk).await?;
    view(desk, &mut *desk.store().read().await?, &row).await
}

/// Erases the person of a request, in one transaction with the register.
async fn erased(
    desk: &Desk,
    mut change: Change<'_>,
    before: DataRequest,
    patient: PatientId,
    reason: &str,
) -> Result<(ErasureReceiptView, DataRequest), CommandError> {
    let pending = erasure::within(desk, &mut change, patient, reason, Some(before.id)).await?;
    let emptied = found(change.connection(), before.id).await?;
    let receipt = Receipt { done: Vec::new(), erasure: Some(pending.id().to_owned()) };
    let receipt = serde_json::to_string(&receipt).map_err(|_| StoreError::BadValue)?;
    let after = DataRequest { receipt, ..closed(desk, &emptied, Outcome::Executed) };
    note(desk, &mut change, after.id, "executed", (desk.wall_now().date(), "")).await?;
    let row = keep(&mut change, &emptied, &after).await?;
    change.commit().await?;
    Ok((erasure::afterwards(desk, pending).await?, row))
}

/// Erases a person because a request asks for it.
///
/// # Errors
/// As [`execute_request`]; `other_request` where it asks for something else, or is about somebody else.
pub(in crate::commands) async fn erase_by_request(
    desk: &Desk,
    id: DataRequestId,
    patient: PatientId,
    reason: &str,
) -> Result<ErasureReceiptView, CommandError> {
    let mut change = desk.change(Permission::KeepPrivacy, "erase_person").await?;
    let row = found(change.connection(), id).await?;
    let row = standing(change.connection(), id, row.revision).await?;
    let about = may_execute(&row)?;
    if row.kind != RequestKind::Erasure || !persons(change.connection(), patient).await?.contains(&about) {
        return Err(CommandError::field("other_request", "request_id"));
    }
    Ok(erased(desk, change, row, about, reason).await?.0)
}
