//! What a connected processor is told about a person, kept until it confirms: told in the change's own transaction, carried
//! out after it, and again until it is confirmed.
//!
//! Deliberately not here: how a processor is reached (the port's own side).

pub mod wire;

use std::sync::{Arc, PoisonError, RwLock};

use domain::id::{DataRequestId, ErasureId, PatientId, ProcessorTaskId};
use domain::role::Permission;

use super::clock::instant_text;
use super::desk::Change;
use super::wire::{DoneView, NothingRequest};
use super::{CommandError, Desk};
use crate::privacy::processor::{Instruction, Order, Processor};
use crate::store::processor::TaskRow;
use crate::store::{self, StoreError};
use wire::{ProcessorTaskView, ProcessorTasksView};

/// Tries of one run: who does not answer is asked again at the next.
const AT_ONCE: usize = 50;

/// The processor of this desk.
#[derive(Default)]
pub struct Connected(RwLock<Option<Arc<dyn Processor>>>);

impl Connected {
    fn get(&self) -> Option<Arc<dyn Processor>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Desk {
    /// Connects a processor: from here on it is told what is erased, limited, objected to and put right.
    pub fn connect_processor(&self, processor: Arc<dyn Processor>) {
        *self.processor.0.write().unwrap_or_else(PoisonError::into_inner) = Some(processor);
    }

    /// Nobody keeps data outside any more.
    pub fn disconnect_processor(&self) {
        *self.processor.0.write().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// What an instruction comes of.
#[derive(Clone, Copy, Default)]
pub(in crate::commands) struct Cause {
    /// A request.
    pub request: Option<DataRequestId>,
    /// An erasure.
    pub erasure: Option<ErasureId>,
}

/// Tells the connected processor, within a change. Returns how many instructions; none where nobody is connected.
pub(in crate::commands) async fn tell(
    desk: &Desk,
    change: &mut Change<'_>,
    order: Order,
    persons: &[PatientId],
    cause: Cause,
) -> Result<usize, CommandError> {
    let Some(processor) = desk.processor.get() else { return Ok(0) };
    let at = change.at().to_owned();
    for person in persons {
        let row = TaskRow {
            id: ProcessorTaskId::new(desk.make_id()),
            processor: processor.name().to_owned(),
            kind: order.as_str().to_owned(),
            subject: person.to_string(),
            request_id: cause.request,
            erasure_id: cause.erasure,
            told_at: at.clone(),
            tries: 0,
            code: String::new(),
            confirmed_at: None,
            reference: String::new(),
            words: String::new(),
        };
        store::processor::save(change.connection(), &row).await?;
    }
    Ok(persons.len())
}

/// Carries out what the connected processor has not confirmed, in the order in which it was told. Returns how many it
/// confirmed now.
///
/// # Errors
/// What the store refuses; what the processor refuses stands beside the task.
pub async fn carry_out(desk: &Desk) -> Result<usize, CommandError> {
    let Some(processor) = desk.processor.get() else { return Ok(0) };
    let open = store::processor::open(&mut *desk.store().read().await?, processor.name()).await?;
    let mut confirmed = 0;
    for mut row in open.into_iter().take(AT_ONCE) {
        let Some(order) = Order::of(&row.kind) else { continue };
        let instruction = Instruction { id: row.id.to_string(), order, subject: row.subject.clone() };
        let port = Arc::clone(&processor);
        let answer = tokio::task::spawn_blocking(move || port.carry_out(&instruction)).await;
        row.tries += 1;
        match answer.map_err(|_| CommandError::new("interrupted"))? {
            Ok(confirmation) => {
                row.confirmed_at = Some(instant_text(confirmation.at));
                (row.reference, row.words, row.code) = (confirmation.reference, confirmation.text, String::new());
                confirmed += 1;
            }
            Err(error) => error.as_str().clone_into(&mut row.code),
        }
        let unreachable = row.code == "unreachable";
        let mut tx = desk.store().write().await?;
        store::processor::save(&mut tx, &row).await?;
        tx.commit().await.map_err(StoreError::from)?;
        if unreachable {
            break;
        }
    }
    if confirmed > 0 {
        desk.announce("privacy", Vec::new());
    }
    Ok(confirmed)
}

/// A task as it is shown.
pub(in crate::commands) fn view(row: TaskRow) -> Result<ProcessorTaskView, CommandError> {
    let instant = |text: &str| text.parse().map_err(|_| CommandError::from(StoreError::BadValue));
    Ok(ProcessorTaskView {
        id: row.id,
        processor: row.processor,
        kind: row.kind,
        told_at: instant(&row.told_at)?,
        tries: row.tries,
        code: row.code,
        confirmed_at: row.confirmed_at.as_deref().map(instant).transpose()?,
        reference: row.reference,
        words: row.words,
    })
}

/// Whether somebody is connected, and how they are called.
pub(in crate::commands) fn name(desk: &Desk) -> String {
    desk.processor.get().map(|one| one.name().to_owned()).unwrap_or_default()
}

/// What processors were told, and what they confirmed.
///
/// # Errors
/// `permission_denied`.
pub async fn list_processor_tasks(desk: &Desk, _request: NothingRequest) -> Result<ProcessorTasksView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "list_processor_tasks").await?;
    let tasks = store::processor::all(&mut connection).await?;
    Ok(ProcessorTasksView { connected: name(desk), tasks: tasks.into_iter().map(view).collect::<Result<_, _>>()? })
}

/// Tells the processor again what it has not confirmed.
///
/// # Errors
/// `permission_denied`, what the store refuses.
pub async fn retry_processor_tasks(desk: &Desk, _request: NothingRequest) -> Result<DoneView, CommandError> {
    desk.require(Permission::KeepPrivacy, "retry_processor_tasks").await?;
    carry_out(desk).await?;
    Ok(DoneView::default())
}
