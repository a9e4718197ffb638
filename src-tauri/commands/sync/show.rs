//! How the sync stands: the few words that an open window shows all the time, and everything about it.

use std::sync::atomic::Ordering;

use domain::role::Permission;
use domain::time::WallTime;

use super::wire::{
    SyncConfirmationView, SyncInstructionView, SyncPortalView, SyncRefusedView, SyncRightView, SyncStateView, SyncView,
};
use super::{Standing, terms};
use crate::commands::wire::NothingRequest;
use crate::commands::{CommandError, Desk};
use crate::store::sync::{ConfirmationRow, InstructionRow, Portal as PortalRow};
use crate::store::{self, Connection, StoreError};
use crate::sync::{Purpose, Receipt, verify};

/// How the sync stands.
///
/// # Errors
/// `permission_denied`.
pub async fn show_sync_state(desk: &Desk, _request: NothingRequest) -> Result<SyncStateView, CommandError> {
    let mut connection = desk.read(Permission::ReadAgenda, "show_sync_state").await?;
    state(desk, &mut connection).await
}

/// [`show_sync_state`] on a connection that is held already.
pub(super) async fn state(desk: &Desk, connection: &mut Connection) -> Result<SyncStateView, CommandError> {
    let standing = Standing::read(connection).await?;
    let Some(standing) = standing else {
        let ended = store::sync::portal(connection).await?.is_some_and(|(portal, _)| portal.standing == "ended");
        let state = if ended { "ended" } else { "off" };
        return Ok(SyncStateView { state: state.to_owned(), ..SyncStateView::default() });
    };
    let waiting = store::sync_queue::waiting(connection).await?;
    let now = desk.now();
    let progress = standing.progress;
    let instant =
        |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<chrono::DateTime<chrono::Utc>>().ok());
    let queued = waiting.queued + waiting.erasures;
    let word = match (standing.portal.standing.as_str(), progress.code.as_str()) {
        ("suspended", _) => "suspended",
        ("ended", _) => "ended",
        _ if desk.sync.keyless.load(Ordering::SeqCst) => "keyless",
        (_, "") if queued > 0 => "waiting",
        (_, "") => "idle",
        (_, "portal_secret_needed") => "keyless",
        (_, "portal_unreachable" | "portal_timed_out" | "portal_busy") => "unreachable",
        _ => "refused",
    };
    Ok(SyncStateView {
        state: word.to_owned(),
        queued,
        oldest_minutes: instant(&waiting.oldest).map(|at| (now - at).num_minutes().max(0)),
        oldest: waiting.oldest,
        refused: waiting.refused,
        code: progress.code,
        next_in_seconds: instant(&progress.next_at).map(|at| (at - now).num_seconds().max(0)),
        succeeded_at: progress.succeeded_at,
        requests: waiting.requests,
        clashes: waiting.clashes,
    })
}

/// Everything about the sync.
///
/// # Errors
/// `permission_denied`.
pub async fn show_sync(desk: &Desk, _request: NothingRequest) -> Result<SyncView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "show_sync").await?;
    view(desk, &mut connection).await
}

/// [`show_sync`] on a connection that is held already.
pub(super) async fn view(desk: &Desk, connection: &mut Connection) -> Result<SyncView, CommandError> {
    let state = state(desk, connection).await?;
    let portal = match store::sync::portal(connection).await? {
        Some((row, _)) => Some(portal(desk, row).await?),
        None => None,
    };
    let instructions = store::sync::instructions(connection)
        .await?
        .into_iter()
        .map(|(row, by)| instruction(row, by))
        .collect::<Result<Vec<_>, _>>()?;
    let in_force = instructions.iter().find(|one| one.ended_on.is_none()).cloned();
    let proposal = match &in_force {
        Some(one) => {
            let today = desk.wall_now().date().to_string();
            super::wire::InstructionTerms { from_on: one.terms.from_on.clone().max(today), ..one.terms.clone() }
        }
        None => terms::proposal(desk, connection).await?,
    };
    let confirmations = store::sync::confirmations(connection).await?.into_iter().map(confirmation).collect();
    let rights = store::sync_inbound::rights(connection)
        .await?
        .into_iter()
        .map(|row| SyncRightView {
            id: row.id,
            kind: row.kind,
            received_at: row.received_at,
            request_id: row.request_id,
            answered_at: row.answered_at,
        })
        .collect();
    let refused = refused(connection).await?;
    Ok(SyncView { state, portal, instruction: in_force, instructions, proposal, refused, confirmations, rights })
}

async fn portal(desk: &Desk, row: PortalRow) -> Result<SyncPortalView, CommandError> {
    let has_secret = super::secret(desk, &row.client_id).await.is_ok_and(|secret| secret.is_some());
    Ok(SyncPortalView {
        address: row.address,
        authority: row.authority,
        client_id: row.client_id,
        kind: row.kind,
        processor: row.processor,
        hosting: row.hosting,
        fingerprint: fingerprint(&row.signing_key),
        has_secret,
    })
}

/// A key's fingerprint in groups of four, to be compared by eye.
pub(super) fn fingerprint(key: &str) -> String {
    let Some(name) = crate::sync::key_name(key) else { return String::new() };
    name.as_bytes().chunks(4).map(|four| String::from_utf8_lossy(four).into_owned()).collect::<Vec<_>>().join(" ")
}

pub(super) fn instruction(row: InstructionRow, by: String) -> Result<SyncInstructionView, CommandError> {
    Ok(SyncInstructionView {
        version: row.version,
        signed_on: row.signed_on,
        signed_by: by,
        address: row.address,
        processor: row.processor,
        taken_at: row.taken_at,
        ended_on: row.ended_on,
        terms: serde_json::from_str(&row.terms).map_err(|_| StoreError::BadValue)?,
    })
}

/// A confirmation, its signature looked at again.
pub(super) fn confirmation(row: ConfirmationRow) -> SyncConfirmationView {
    let valid = holds(&row);
    SyncConfirmationView { id: row.id, kind: row.kind, received_at: row.received_at, statement: row.statement, valid }
}

fn holds(row: &ConfirmationRow) -> bool {
    let Ok(request) = row.id.parse() else { return false };
    let receipt = Receipt { statement: row.statement.clone(), signature: row.signature.clone() };
    let purpose = match row.kind.as_str() {
        "destruction" => {
            let said: serde_json::Value = serde_json::from_str(&row.statement).unwrap_or_default();
            let returned_sha256 = said["returned_sha256"].as_str().unwrap_or_default().to_owned();
            Purpose::Destruction { returned_sha256 }
        }
        _ => Purpose::Erasure,
    };
    verify(&row.signing_key, &receipt, request, &purpose).is_ok()
}

/// What the portal refused for good, and what it is about.
async fn refused(connection: &mut Connection) -> Result<Vec<SyncRefusedView>, CommandError> {
    let all = store::sync_queue::queued(connection).await?;
    let practitioners = store::practice::practitioners(connection).await?;
    let name = |id| practitioners.iter().find(|one| one.id == id).map(|one| one.name.clone()).unwrap_or_default();
    let mut views = Vec::new();
    for one in all.into_iter().filter(|one| !one.code.is_empty()).take(200) {
        let mut about = name(one.practitioner_id);
        let appointment_id = if one.kind == "appointment" { one.id.parse().ok() } else { None };
        if let Some(id) = appointment_id
            && let Some(found) = store::agenda::appointment(connection, id).await?
            && let Some(starts) = found.starts
        {
            about = format!("{} {about}", WallTime::from_minutes(starts).to_string().replace('T', " "));
        }
        views.push(SyncRefusedView { kind: one.kind, appointment_id, about, code: one.code, tries: one.tries });
    }
    Ok(views)
}
