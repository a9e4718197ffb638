//! What would leave, on the practice's own data: the very functions of a run, and nothing is sent.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::PatientId;
use domain::role::Permission;
use domain::time::day_number;

use super::gather::{self, Scene};
use super::wire::{PreviewSyncRequest, SyncFieldView, SyncPreviewView};
use super::{Standing, terms};
use crate::commands::{CommandError, Desk};
use crate::store;
use crate::sync::{self, NotTold, Slot};

/// The payloads that would leave, each one line, and how many of what; under the given terms, those in force, or the fullest.
///
/// # Errors
/// `permission_denied`, and as `sign_sync_instruction` of the terms.
pub async fn preview_sync(desk: &Desk, request: PreviewSyncRequest) -> Result<SyncPreviewView, CommandError> {
    let mut connection = desk.read(Permission::KeepPrivacy, "preview_sync").await?;
    let standing = Standing::read(&mut connection).await?;
    let (terms, version) = match (request.terms, &standing) {
        (Some(terms), standing) => {
            let version = standing.as_ref().map_or(1, |one| one.instruction.version + 1);
            (terms::checked(desk, &mut connection, terms, version).await?.0, version)
        }
        (None, Some(standing)) => (standing.terms.clone(), standing.instruction.version),
        (None, None) => (terms::fullest(desk, &mut connection).await?, 1),
    };
    let today = desk.wall_now().date();
    let instruction = terms::instruction(&terms, desk.premises().country, (version, today))?;
    let scene = Scene::read(&mut connection, instruction, terms.horizon_days).await?;
    let mut shown = Shown { limit: request.limit, ..Shown::default() };
    let first_day = day_number(today);
    for id in &terms.practitioners {
        let Some(one) = scene.practitioner(*id).cloned() else { continue };
        for site in scene.sites_of(&mut connection, &one).await? {
            if let Ok(schedule) = scene.schedule(desk, &one, site) {
                shown.view.schedules += 1;
                shown.add("schedule", &schedule);
            }
        }
        let until = first_day + terms.horizon_days;
        let days = gather::days(desk, &mut connection, &scene, &one, (first_day, until)).await?;
        let of = gather::schedule_id(&one);
        for facts in days.values() {
            for (name, told) in sync::wanted(of, facts) {
                let slot: Option<Slot> = sync::slot(of, name, &told).ok();
                if let Some(slot) = slot {
                    shown.view.slots += 1;
                    shown.add("slot", &slot);
                }
            }
        }
    }
    for row in store::sync_facts::facts_from(&mut connection, &terms.practitioners, first_day).await? {
        match scene.appointment(desk, &row) {
            Ok(told) => {
                shown.view.appointments += 1;
                shown.persons.extend(row.patient_id);
                for field in sync::fields(&told) {
                    *shown.fields.entry(field).or_default() += 1;
                }
                shown.add("appointment", &told);
            }
            Err(NotTold::Hidden | NotTold::Unfit(_)) => shown.view.withheld += 1,
            Err(NotTold::NotInstructed) => {}
        }
    }
    Ok(shown.view())
}

/// What is shown, while it is gathered.
#[derive(Default)]
struct Shown {
    limit: Option<i64>,
    view: SyncPreviewView,
    persons: BTreeSet<PatientId>,
    fields: BTreeMap<&'static str, i64>,
    /// How many of each kind are shown.
    kinds: BTreeMap<&'static str, i64>,
}

impl Shown {
    /// Counts a payload, and shows it while there is room for its kind: thousands of slots must not hide the persons.
    fn add(&mut self, kind: &'static str, payload: &impl serde::Serialize) {
        let text = serde_json::to_string(payload).unwrap_or_default();
        self.view.bytes += i64::try_from(text.len()).unwrap_or(i64::MAX);
        let there = self.kinds.entry(kind).or_default();
        if self.limit.is_none_or(|limit| *there < limit) {
            *there += 1;
            self.view.payloads.push(text);
        }
    }

    fn view(self) -> SyncPreviewView {
        let fields = self.fields.into_iter().map(|(field, count)| SyncFieldView { field: field.to_owned(), count });
        SyncPreviewView {
            persons: i64::try_from(self.persons.len()).unwrap_or(i64::MAX),
            fields: fields.collect(),
            ..self.view
        }
    }
}
