//! Limitation, objection and hold: put on a person's data, lifted again. A processor is told at once.
//!
//! What each stops is `domain::privacy::restriction`; where it stops it: the chart (`record::chart`), the patient's fields
//! (`patient::save`), what is published (`publishing`), what is sent (`store::restriction::stops`).

pub mod wire;

use chrono::NaiveDate;
use domain::id::{DataRequestId, PatientId, RestrictionId};
use domain::privacy::restriction::{LimitationGround, RestrictionKind, Scope};
use domain::role::Permission;

use super::desk::Change;
use super::processor::{self, Cause};
use super::{CommandError, Desk};
use crate::journal::ChangeRecord;
use crate::privacy::processor::Order;
use crate::store;
use crate::store::restriction::Restriction;
use wire::{
    DirectiveView, LiftRestrictionRequest, RestrictRequest, RestrictedView, RestrictionView, RestrictionsRequest,
    RestrictionsView,
};

/// Longest reason.
const REASON: usize = 500;

fn missing() -> CommandError {
    CommandError::field("patient_not_found", "patient_id")
}

fn words(text: &str, field: &str) -> Result<String, CommandError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(CommandError::field("empty", field));
    }
    if text.chars().count() > REASON {
        return Err(CommandError::field("too_long", field).with("limit", REASON));
    }
    Ok(text.to_owned())
}

/// A day that has come, ISO; empty is today.
pub(in crate::commands) fn day(text: &str, field: &str, today: NaiveDate) -> Result<NaiveDate, CommandError> {
    let day = match text.trim() {
        "" => today,
        typed => typed.parse().map_err(|_| CommandError::field("bad_date", field))?,
    };
    if day > today { Err(CommandError::field("date_in_future", field)) } else { Ok(day) }
}

fn view(one: Restriction) -> RestrictionView {
    RestrictionView {
        id: one.id,
        kind: one.kind.as_str().to_owned(),
        scope: one.scope.as_str().to_owned(),
        ground: one.ground,
        reason: one.reason,
        since: one.since,
        request_id: one.request_id,
        lifted_on: one.lifted_on,
        lifted_reason: one.lifted_reason,
    }
}

/// All that ever stood on a person's data, and their directive.
///
/// # Errors
/// `patient_not_found`, `permission_denied`.
pub async fn list_restrictions(desk: &Desk, request: RestrictionsRequest) -> Result<RestrictionsView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "list_restrictions").await?;
    let persons = store::restriction::same_person(&mut connection, request.patient_id).await?;
    if persons.is_empty() {
        return Err(missing());
    }
    let restrictions = store::restriction::ever(&mut connection, &persons).await?;
    let directive = store::restriction::directive(&mut connection, &persons).await?;
    Ok(RestrictionsView {
        restrictions: restrictions.into_iter().map(view).collect(),
        directive: directive.map(|one| DirectiveView {
            wish: one.wish,
            designee: one.designee,
            words: one.words,
            given_on: one.given_on,
        }),
    })
}

/// What is put on a person's data.
pub(in crate::commands) struct Wanted {
    /// What.
    pub kind: RestrictionKind,
    /// About what.
    pub scope: Scope,
    /// Ground of a limitation.
    pub ground: Option<LimitationGround>,
    /// In the practice's words.
    pub reason: String,
    /// Since.
    pub since: NaiveDate,
}

/// Puts it on a person's data within a change, and tells the processor. Returns it, and how many instructions were given.
///
/// # Errors
/// `patient_not_found`, `other_scope`, `ground_missing`, `already_restricted`.
pub(in crate::commands) async fn put(
    desk: &Desk,
    change: &mut Change<'_>,
    patient: PatientId,
    wanted: Wanted,
    request: Option<DataRequestId>,
) -> Result<(Restriction, i64), CommandError> {
    if !wanted.kind.takes(wanted.scope) {
        return Err(CommandError::field("other_scope", "scope"));
    }
    if (wanted.kind == RestrictionKind::Limitation) != wanted.ground.is_some() {
        return Err(CommandError::field("ground_missing", "ground"));
    }
    let root = store::patient::resolved(change.connection(), patient).await?.ok_or_else(missing)?.id;
    let persons = store::restriction::same_person(change.connection(), root).await?;
    let standing = store::restriction::standing(change.connection(), &persons).await?;
    if standing.iter().any(|one| one.kind == wanted.kind && (one.scope == wanted.scope || one.scope == Scope::All)) {
        return Err(CommandError::field("already_restricted", "kind"));
    }
    let one = Restriction {
        id: RestrictionId::new(desk.make_id()),
        patient_id: root,
        kind: wanted.kind,
        scope: wanted.scope,
        ground: wanted.ground.map(|ground| ground.as_str().to_owned()).unwrap_or_default(),
        reason: wanted.reason,
        since: wanted.since.to_string(),
        request_id: request,
        noted_at: change.at().to_owned(),
        noted_by: desk.session().user_id.to_string(),
        lifted_on: None,
        lifted_reason: String::new(),
    };
    store::restriction::save(change.connection(), &one).await?;
    let owner = root.to_string();
    change.record("patients", &one.id.to_string(), Some(&owner), &ChangeRecord::created("restriction", &one)).await?;
    change.touch("patients", &owner);
    change.touch("record", &owner);
    let order = match one.kind {
        RestrictionKind::Limitation => Some(Order::Limit),
        RestrictionKind::Objection => Some(Order::Object),
        // What is kept as evidence is kept here; a processor goes on as before.
        RestrictionKind::LegalHold => None,
    };
    let told = match order {
        Some(order) => processor::tell(desk, change, order, &persons, Cause { request, erasure: None }).await?,
        None => 0,
    };
    Ok((one, i64::try_from(told).unwrap_or(i64::MAX)))
}

/// Puts a limitation, an objection or a hold on a person's data. It holds from the commit on.
///
/// # Errors
/// `patient_not_found`, `unknown_word`, `other_scope`, `ground_missing`, `already_restricted`, `empty`, `too_long`, `bad_date`,
/// `date_in_future`, `permission_denied`.
pub async fn restrict(desk: &Desk, request: RestrictRequest) -> Result<RestrictedView, CommandError> {
    let unknown = |field| CommandError::field("unknown_word", field);
    let ground = match request.ground.as_str() {
        "" => None,
        word => Some(word.parse().map_err(|_| unknown("ground"))?),
    };
    let wanted = Wanted {
        kind: request.kind.parse().map_err(|_| unknown("kind"))?,
        scope: request.scope.parse().map_err(|_| unknown("scope"))?,
        ground,
        reason: words(&request.reason, "reason")?,
        since: day(&request.since, "since", desk.wall_now().date())?,
    };
    let mut change = desk.change(Permission::KeepPrivacy, "restrict").await?;
    let (one, told) = put(desk, &mut change, request.patient_id, wanted, None).await?;
    change.commit().await?;
    desk.reading.close_if(one.patient_id);
    processor::carry_out(desk).await?;
    Ok(RestrictedView { restriction: view(one), told })
}

/// Lifts it. Whoever has the data limited is told before (art. 18(3)): that is for the practice to do, and the register keeps
/// it.
///
/// # Errors
/// `restriction_not_found`, `restriction_lifted` where it was before, `empty`, `too_long`, `permission_denied`.
pub async fn lift_restriction(desk: &Desk, request: LiftRestrictionRequest) -> Result<RestrictedView, CommandError> {
    let reason = words(&request.reason, "reason")?;
    let mut change = desk.change(Permission::KeepPrivacy, "lift_restriction").await?;
    let before = store::restriction::one(change.connection(), request.id)
        .await?
        .ok_or_else(|| CommandError::field("restriction_not_found", "id"))?;
    if before.lifted_on.is_some() {
        return Err(CommandError::field("restriction_lifted", "id"));
    }
    let after =
        Restriction { lifted_on: Some(desk.wall_now().date().to_string()), lifted_reason: reason, ..before.clone() };
    store::restriction::save(change.connection(), &after).await?;
    let owner = after.patient_id.to_string();
    let record = ChangeRecord::updated("restriction", &before, &after);
    change.record("patients", &after.id.to_string(), Some(&owner), &record).await?;
    change.touch("patients", &owner);
    change.touch("record", &owner);
    let persons = store::restriction::same_person(change.connection(), after.patient_id).await?;
    let told = if after.kind == RestrictionKind::LegalHold {
        0
    } else {
        processor::tell(desk, &mut change, Order::Lift, &persons, Cause::default()).await?
    };
    change.commit().await?;
    processor::carry_out(desk).await?;
    // What came in meanwhile was kept sealed; it is taken in now.
    super::results::take_in::take_in(desk, Some(after.patient_id)).await?;
    Ok(RestrictedView { restriction: view(after), told: i64::try_from(told).unwrap_or(i64::MAX) })
}
