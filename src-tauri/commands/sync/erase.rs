//! What must be gone at the portal: asked under a number, confirmed in writing, kept. And the processor port, by which an erasure, a
//! limitation, an objection or a correction of a person reaches the portal and comes back confirmed.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use domain::id::{AppointmentId, PatientId};
use domain::time::{day_number, wall};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::run::{Run, Stopped};
use super::{Standing, aside, read_secret, settings};
use crate::commands::clock::{Clock, instant_text, make_id};
use crate::commands::{CommandError, Desk};
use crate::privacy::processor::{Confirmation, Instruction, Order, Processor, ProcessorError};
use crate::store::sync::{ConfirmationRow, Portal as PortalRow};
use crate::store::sync_erasing::Erasing;
use crate::store::sync_facts::AppointmentFacts;
use crate::store::{self, Store, StoreError};
use crate::sync::{self, MOST_ERASED, Portal, Secret, SyncError};
use crate::vault::Keyring;

/// Has everything erased that waits for it.
pub(super) async fn pending(run: &mut Run<'_>) -> Result<(), Stopped> {
    let mut all = store::sync_erasing::erasing(&mut *run.desk.store().read().await?).await?;
    all.reverse();
    while let Some(erasing) = all.pop() {
        let erasing = match erasing.request_id.as_str() {
            "" => asked(run.desk.store(), &erasing.subject, run.desk.make_id()).await?,
            _ => Some(erasing),
        };
        let Some(erasing) = erasing else { continue };
        let at = run.desk.now();
        confirmed(run.desk.store(), &run.portal, &run.standing.portal, &erasing, at).await?;
        run.done.sent += 1;
        // What one request could not name follows under the next number.
        if erasing.appointments.len() > MOST_ERASED {
            all.extend(asked(run.desk.store(), &erasing.subject, run.desk.make_id()).await?);
        }
    }
    Ok(())
}

/// Has the portal take names again that were erased there, where nothing speaks against telling them any more; they are queued.
pub(super) async fn readmit(run: &mut Run<'_>) -> Result<(), Stopped> {
    let mut connection = run.desk.store().read().await?;
    let all = store::sync_erasing::readmitting(&mut connection).await?;
    if all.is_empty() {
        return Ok(());
    }
    let told = |row: &AppointmentFacts| !run.scene.hides(row) && run.scene.practitioner(row.practitioner_id).is_some();
    let rows: Vec<AppointmentFacts> =
        store::sync_facts::facts(&mut connection, &all).await?.into_iter().filter(told).collect();
    drop(connection);
    for some in rows.chunks(MOST_ERASED) {
        let names: Vec<AppointmentId> = some.iter().map(|row| row.id).collect();
        run.ask(move |portal| portal.readmit(&names)).await?;
    }
    let at = instant_text(run.desk.now());
    let names: Vec<String> = rows.iter().map(|row| row.id.to_string()).collect();
    let mut tx = run.desk.store().write().await?;
    store::sync_erasing::readmitted(&mut tx, &names, &all).await?;
    for (row, name) in rows.iter().zip(&names) {
        store::sync_queue::queue(&mut tx, ("appointment", name), row.practitioner_id, (&at, "")).await?;
        let day = row.starts.div_euclid(1440);
        let of_day = format!("{}/{day}", row.practitioner_id);
        store::sync_queue::queue(&mut tx, ("availability", &of_day), row.practitioner_id, (&at, "")).await?;
    }
    tx.commit().await.map_err(StoreError::from)?;
    Ok(())
}

/// Gives what waits of a subject its number.
async fn asked(store: &Store, subject: &str, request: Uuid) -> Result<Option<Erasing>, Stopped> {
    let mut tx = store.write().await?;
    let request = request.to_string();
    store::sync_erasing::ask_erasure(&mut tx, subject, &request).await?;
    let all = store::sync_erasing::erasing(&mut tx).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(all.into_iter().find(|one| one.subject == subject && one.request_id == request))
}

/// Has it erased and keeps the confirmation; what is confirmed waits no more. The statement, where the portal signs one.
async fn confirmed(
    store: &Store,
    portal: &Arc<Portal>,
    row: &PortalRow,
    erasing: &Erasing,
    at: DateTime<Utc>,
) -> Result<Option<String>, Stopped> {
    let request: Uuid = erasing.request_id.parse().map_err(|_| StoreError::BadValue)?;
    let appointments: Vec<AppointmentId> =
        erasing.appointments.iter().map(|id| id.parse().map_err(|_| StoreError::BadValue)).collect::<Result<_, _>>()?;
    let contacts = erasing.contacts.clone();
    let dialogue = Arc::clone(portal);
    let answer = aside(move || {
        // One request names so many at most; what goes beyond is deleted one by one, and confirmed with the rest.
        let most = appointments.len().min(MOST_ERASED);
        dialogue.erase(request, &appointments[..most], &contacts)
    })
    .await??;
    let at = instant_text(at);
    let mut tx = store.write().await?;
    let statement = match answer {
        sync::Confirmation::Signed(receipt) => {
            let kept = ConfirmationRow {
                id: erasing.request_id.clone(),
                kind: "erasure".to_owned(),
                received_at: at.clone(),
                statement: receipt.statement.clone(),
                signature: receipt.signature,
                signing_key: row.signing_key.clone(),
            };
            store::sync::keep_confirmation(&mut tx, &kept).await?;
            Some(receipt.statement)
        }
        sync::Confirmation::Looked => None,
    };
    let most = erasing.appointments.len().min(MOST_ERASED);
    let done = Erasing { appointments: erasing.appointments[..most].to_vec(), ..erasing.clone() };
    store::sync_erasing::erased(&mut tx, &done).await?;
    // What is left over is asked under another number.
    store::sync_erasing::unask(&mut tx, &erasing.subject, &erasing.request_id).await?;
    tx.commit().await.map_err(StoreError::from)?;
    Ok(statement)
}

/// Connects the portal as the processor that is told about persons' rights, while an instruction is in force.
pub(in crate::commands) async fn connect(desk: &Desk) -> Result<(), CommandError> {
    let standing = Standing::read(&mut *desk.store().read().await?).await?;
    match standing.filter(|one| one.portal.standing != "ended") {
        Some(standing) => desk.connect_processor(Arc::new(Port {
            name: standing.portal.address,
            store: desk.store().clone(),
            keyring: Arc::clone(&desk.keyring),
            given: Arc::clone(&desk.sync.given),
            vault: desk.vault_id,
            entry: super::entry(desk),
            clock: Arc::clone(&desk.clock),
            zone: desk.premises().zone,
        })),
        None => desk.disconnect_processor(),
    }
    Ok(())
}

/// The portal behind the processor port. It works on the database by itself: the port is asked on a thread that may wait.
struct Port {
    name: String,
    store: Store,
    keyring: Arc<dyn Keyring>,
    given: Arc<Mutex<Option<Zeroizing<String>>>>,
    vault: Uuid,
    entry: String,
    clock: Arc<dyn Clock>,
    zone: domain::time::Zone,
}

impl Processor for Port {
    fn name(&self) -> &str {
        &self.name
    }

    fn carry_out(&self, instruction: &Instruction) -> Result<Confirmation, ProcessorError> {
        let runtime = tokio::runtime::Handle::try_current().map_err(|_| ProcessorError::Unreachable)?;
        runtime.block_on(self.carry(instruction)).map_err(|stopped| match stopped.refusal.code.as_str() {
            "portal_refused" | "portal_bad_signature" | "portal_answer_foreign" | "portal_ended" => {
                ProcessorError::Refused
            }
            _ => ProcessorError::Unreachable,
        })
    }
}

impl Port {
    async fn portal(&self) -> Result<(Arc<Portal>, PortalRow), Stopped> {
        let found = store::sync::portal(&mut *self.store.read().await?).await?;
        let (row, _) = found.ok_or_else(|| CommandError::new("not_set_up"))?;
        let (keyring, vault, entry) = (Arc::clone(&self.keyring), self.vault, self.entry.clone());
        let given = self.given.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let found = match given {
            Some(given) => Some(given),
            None => {
                let bytes = aside(move || keyring.read(vault, &entry)).await?;
                let bytes = bytes.map_err(|error| CommandError::from(crate::vault::VaultError::Keyring(error)))?;
                bytes.and_then(|bytes| read_secret(&bytes, &row.client_id))
            }
        };
        let secret = match (found, row.kind.as_str()) {
            (Some(secret), _) => secret,
            (None, "fhir") => Zeroizing::new(String::new()),
            (None, _) => return Err(CommandError::new("portal_secret_needed").into()),
        };
        let mut whose = store::sync::covered(&mut *self.store.read().await?).await?;
        whose.sort_unstable();
        Ok((Arc::new(Portal::open(&settings(&row, &whose), Secret::new(secret)).map_err(Stopped::from)?), row))
    }

    async fn carry(&self, instruction: &Instruction) -> Result<Confirmation, Stopped> {
        let person: PatientId = instruction.subject.parse().map_err(|_| StoreError::BadValue)?;
        match instruction.order {
            Order::Erase => self.erase(instruction, person, false).await,
            Order::Limit | Order::Object => self.erase(instruction, person, true).await,
            Order::Rectify => self.renew(instruction, person, false).await,
            Order::Lift => self.renew(instruction, person, true).await,
        }
    }

    /// Everything of the person goes from there. Of somebody who is still here, what is there is gathered now.
    async fn erase(
        &self,
        instruction: &Instruction,
        person: PatientId,
        is_here: bool,
    ) -> Result<Confirmation, Stopped> {
        let mut tx = self.store.write().await?;
        if is_here {
            let held = store::sync_erasing::held_of(&mut tx, &[person]).await?;
            // Of whom the portal never knew anything, it learns nothing by this either.
            let was_there = store::sync_erasing::was_there(&mut tx, &[person]).await?;
            let contacts = match store::patient::patient(&mut tx, person).await?.filter(|_| was_there) {
                Some(found) => vec![found.mobile, found.phone, found.email],
                None => Vec::new(),
            };
            store::sync_erasing::to_erase(&mut tx, &instruction.subject, (&held, &contacts)).await?;
        }
        // Under a number that was confirmed the portal would only say again what it said: what came since has one of its own.
        let now = self.clock.now();
        let confirmed_before = store::sync_erasing::is_confirmed(&mut tx, &instruction.id).await?;
        let number = if confirmed_before { make_id(now).to_string() } else { instruction.id.clone() };
        store::sync_erasing::ask_erasure(&mut tx, &instruction.subject, &number).await?;
        let mut waiting: Vec<Erasing> = store::sync_erasing::erasing(&mut tx)
            .await?
            .into_iter()
            .filter(|one| one.subject == instruction.subject && !one.request_id.is_empty())
            .collect();
        tx.commit().await.map_err(StoreError::from)?;
        let mut texts = Vec::new();
        let reference = waiting.first().map(|one| one.request_id.clone()).unwrap_or_default();
        if !waiting.is_empty() {
            let (portal, row) = self.portal().await?;
            while let Some(one) = waiting.pop() {
                texts.extend(confirmed(&self.store, &portal, &row, &one, now).await?);
                // What one request could not name is asked under the next number: nothing is confirmed by half.
                waiting.extend(asked(&self.store, &instruction.subject, make_id(now)).await?);
            }
        }
        Ok(Confirmation { at: now, reference, text: texts.join("\n") })
    }

    /// The present state goes there, and where a limitation or an objection was lifted what was erased for it too; confirmed once nothing
    /// of it waits.
    async fn renew(&self, instruction: &Instruction, person: PatientId, lifted: bool) -> Result<Confirmation, Stopped> {
        let now = self.clock.now();
        let today = day_number(wall(now, &self.zone).date());
        let mut tx = self.store.write().await?;
        let key = format!("sync_renewed/{}", instruction.id);
        let first = store::practice::setting(&mut tx, &key).await?.is_none();
        if first {
            store::sync_queue::queue_person(&mut tx, &[person], today, &instant_text(now)).await?;
            if lifted {
                store::sync_erasing::to_readmit(&mut tx, &[person], today).await?;
            }
            store::practice::save_setting(&mut tx, &key, &serde_json::Value::Bool(true)).await?;
        }
        let waiting = store::sync_queue::waiting_of(&mut tx, &[person]).await?;
        tx.commit().await.map_err(StoreError::from)?;
        if waiting > 0 {
            // The next run tells it; the port is asked again after.
            return Err(Stopped::from(SyncError::Later { seconds: None }));
        }
        let mut tx = self.store.write().await?;
        store::practice::forget_setting(&mut tx, &key).await?;
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Confirmation { at: now, reference: make_id(now).to_string(), text: String::new() })
    }
}
