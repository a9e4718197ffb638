//! Requests about their data that persons left at the portal: into the register, as any other that arrives; and what became of them,
//! back to the portal.

use domain::id::PatientId;
use domain::time::wall;

use super::person;
use super::run::{Run, Stopped};
use crate::commands::CommandError;
use crate::commands::clock::instant_text;
use crate::commands::desk::Change;
use crate::commands::patient::save;
use crate::commands::patient::wire::PatientFields;
use crate::commands::requests::take;
use crate::commands::requests::wire::TakeRequestRequest;
use crate::store::sync_inbound::RightRow;
use crate::store::{self, StoreError};
use crate::sync::RightsRequest;

/// Takes in what arrived since.
pub(super) async fn take_in(run: &mut Run<'_>) -> Result<(), Stopped> {
    let mut after = run.standing.progress.rights_cursor;
    loop {
        let (requests, cursor) = run.ask(move |portal| portal.rights(after)).await?;
        if requests.is_empty() {
            return Ok(());
        }
        let mut change = run.change("receive_portal_request").await?;
        let mut received = 0;
        for request in &requests {
            received += i64::from(one(run, &mut change, request).await?);
        }
        store::sync::save_rights_cursor(change.connection(), cursor).await?;
        change.commit().await?;
        run.done.received += received;
        run.standing.progress.rights_cursor = cursor;
        after = cursor;
    }
}

async fn one(run: &Run<'_>, change: &mut Change<'_>, asked: &RightsRequest) -> Result<bool, CommandError> {
    let id = asked.request_id.to_string();
    if store::sync_inbound::knows_right(change.connection(), &id).await? {
        return Ok(false);
    }
    let patient = meant(run, change, asked).await?;
    let today = run.desk.wall_now().date();
    let received = wall(asked.received_at, &run.desk.premises().zone).date().min(today);
    let request = TakeRequestRequest {
        kind: asked.kind.clone(),
        by_whom: "person".to_owned(),
        way: "portal".to_owned(),
        patient_id: patient,
        name: asked.name.clone(),
        contact: asked.contact.clone(),
        content: String::new(),
        language: asked.language.clone(),
        received_on: received.to_string(),
        // The contact was proved by a code; who they are is still to be seen.
        proof: String::new(),
    };
    let taken = take(run.desk, change, request).await?;
    let row = RightRow {
        id,
        request_id: taken.id,
        kind: asked.kind.clone(),
        received_at: instant_text(asked.received_at),
        answered_at: asked.answered_at.map(instant_text),
        outcome: None,
    };
    store::sync_inbound::keep_right(change.connection(), &row).await?;
    Ok(true)
}

/// The patient who is meant for certain.
async fn meant(
    run: &Run<'_>,
    change: &mut Change<'_>,
    asked: &RightsRequest,
) -> Result<Option<PatientId>, CommandError> {
    // One line for the whole name: either order of its words may be the right one.
    let words: Vec<&str> = asked.name.split_whitespace().collect();
    let is_phone = asked.contact.starts_with('+');
    for at in 1..words.len() {
        let (left, right) = words.split_at(at);
        for (first, last) in [(left, right), (right, left)] {
            let fields = PatientFields {
                surname: last.join(" "),
                first_name: first.join(" "),
                sex: "unknown".to_owned(),
                ins_status: "none".to_owned(),
                mobile: if is_phone { asked.contact.clone() } else { String::new() },
                email: if is_phone { String::new() } else { asked.contact.clone() },
                ..PatientFields::default()
            };
            let typed = save::row(run.desk, PatientId::new(run.desk.make_id()), fields, None)?;
            if let Some(known) = person::known(change, &typed, "").await? {
                return Ok(Some(known));
            }
        }
    }
    Ok(None)
}

/// Tells the portal what became of the requests that were closed.
pub(super) async fn answer(run: &mut Run<'_>) -> Result<(), Stopped> {
    let all = store::sync_inbound::rights(&mut *run.desk.store().read().await?).await?;
    for row in all.into_iter().filter(|row| row.answered_at.is_none()) {
        let granted = match row.outcome.as_deref() {
            Some("executed") => true,
            Some(_) => false,
            None => continue,
        };
        let id = row.id.parse().map_err(|_| StoreError::BadValue)?;
        run.ask(move |portal| portal.answer_rights(id, granted)).await?;
        let answered = RightRow { answered_at: Some(instant_text(run.desk.now())), ..row };
        let mut tx = run.desk.store().write().await?;
        store::sync_inbound::keep_right(&mut tx, &answered).await?;
        tx.commit().await.map_err(StoreError::from)?;
    }
    Ok(())
}
