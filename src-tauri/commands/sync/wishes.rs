//! Wishes of the waiting list that patients left at the portal: onto the practice's list, and off the portal's once they are settled
//! here.
//!
//! Deliberately not here: offering a time; that is the practice's own (`commands::waiting_list`).

use domain::agenda::status::{CancelledBy, Status, Urgency};
use domain::agenda::waiting_list::Standing;
use domain::id::{AppointmentId, PatientId, WaitingEntryId};
use domain::sync::{Answer, Expect, Held};
use domain::time::day_number;

use super::person;
use super::run::{Run, Stopped};
use crate::commands::CommandError;
use crate::commands::clock::instant_text;
use crate::commands::desk::Change;
use crate::journal::ChangeRecord;
use crate::store;
use crate::store::sync_known::Known;
use crate::store::waiting_list::WaitingEntry;
use crate::sync::{self, Inbound, Put, Resource};

/// Takes a wish in, or off the list where the patient called it off. Whether anything changed.
pub(super) async fn take(run: &Run<'_>, change: &mut Change<'_>, inbound: &Inbound) -> Result<bool, CommandError> {
    let name = inbound.id.to_string();
    let known = store::sync_inbound::waiting(change.connection(), &name).await?;
    let entry = match known {
        Some(id) => store::waiting_list::entry(change.connection(), id).await?,
        None => None,
    };
    let over = inbound.status == Some(Status::Cancelled) || inbound.cancelled_by == Some(CancelledBy::Patient);
    match (entry, over) {
        (Some(before), true) if before.closed.is_none() => {
            let mut after = WaitingEntry { closed: Some(Standing::Removed), ..before.clone() };
            store::waiting_list::save(change.connection(), &after, false).await?;
            after.revision += 1;
            let record = ChangeRecord::updated("waiting_entry", &before, &after);
            let owner = after.patient_id.to_string();
            change.record("agenda", &after.id.to_string(), Some(&owner), &record).await?;
            Ok(true)
        }
        (None, false) if known.is_none() => add(run, change, inbound).await,
        _ => Ok(false),
    }
}

async fn add(run: &Run<'_>, change: &mut Change<'_>, inbound: &Inbound) -> Result<bool, CommandError> {
    let (Some(wish), Some(who)) = (&inbound.wish, &inbound.person) else { return Ok(false) };
    let Some(kind) = person::kind(&run.scene, inbound, 0) else { return Ok(false) };
    let Some(patient): Option<PatientId> = person::find_or_add(run.desk, change, who, inbound, true).await? else {
        return Ok(false);
    };
    let entry = WaitingEntry {
        id: WaitingEntryId::new(run.desk.make_id()),
        patient_id: patient,
        appointment_id: None,
        type_id: kind.id,
        minutes: kind.minutes,
        practitioners: vec![inbound.practitioner_id],
        weekdays: wish.weekdays,
        from_day: day_number(wish.from_on),
        until_day: day_number(wish.until_on).max(day_number(wish.from_on)),
        from_minute: i64::from(wish.from_minute).min(1_439),
        to_minute: i64::from(wish.to_minute).clamp(i64::from(wish.from_minute) + 1, 1_440),
        urgency: Urgency::Normal,
        note: String::new(),
        before: None,
        created_at: change.at().to_owned(),
        closed: None,
        revision: 1,
        offers: Vec::new(),
    };
    store::waiting_list::save(change.connection(), &entry, true).await?;
    store::sync_inbound::name_waiting(change.connection(), &inbound.id.to_string(), entry.id).await?;
    let owner = patient.to_string();
    change
        .record("agenda", &entry.id.to_string(), Some(&owner), &ChangeRecord::created("waiting_entry", &entry))
        .await?;
    let at = change.at().to_owned();
    let of = (inbound.practitioner_id, None);
    store::sync_inbound::notice(change.connection(), ("waiting", &at), (None, Some(patient)), of).await?;
    Ok(true)
}

/// Takes wishes that are settled here off the portal's list: as they stand there, with nothing changed but that.
pub(super) async fn settle(run: &mut Run<'_>) -> Result<(), Stopped> {
    let settled = store::sync_inbound::settled_wishes(&mut *run.desk.store().read().await?).await?;
    for (name, practitioner_id) in settled {
        let id = AppointmentId::new(name.parse().map_err(|_| store::StoreError::BadValue)?);
        let there = run.ask(move |portal| portal.appointment(id)).await?;
        let version = match there {
            Some(told) if told.wish.is_some() && told.cancelled_by.is_none() => {
                let version = told.meta.as_ref().map_or(0, |meta| meta.version);
                let over = sync::settled(&told);
                let put = Put { resource: Resource::Appointment(Box::new(over)), expect: Expect::Version(version) };
                let answered = run.ask(move |portal| portal.put(&put)).await?;
                if answered.answer != Answer::Kept {
                    // Somebody was there just now: the next run looks again.
                    continue;
                }
                run.done.sent += 1;
                answered.version
            }
            Some(told) => told.meta.map_or(0, |meta| meta.version),
            None => 0,
        };
        let held = Held::At { version, digest: "settled".to_owned() };
        let known = Known { id: name, practitioner_id, held, span: None };
        let at = instant_text(run.desk.now());
        let mut tx = run.desk.store().write().await?;
        store::sync_known::remember(&mut tx, "appointment", &known, &at).await?;
        tx.commit().await.map_err(store::StoreError::from)?;
    }
    Ok(())
}
