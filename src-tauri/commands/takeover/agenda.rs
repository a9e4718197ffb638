//! An agenda from iCalendar: every event becomes appointments or absences, in one transaction, and is accounted for.
//! Events that are over count as done; what was cancelled stays cancelled.

use std::collections::HashMap;
use std::ops::ControlFlow;

use domain::agenda::status::{CancelledBy, Origin, Status, Urgency};
use domain::id::{AbsenceId, AppointmentId, PatientId, PractitionerId, SiteId, TypeId};
use domain::patient::names::normalise;
use domain::role::Permission;
use domain::time::WallTime;

use super::bytes_of;
use super::patients::{known, notable, row};
use super::wire::{ImportAgendaRequest, ImportedView};
use super::words::report;
use crate::commands::agenda::book::make_code;
use crate::commands::desk::Change;
use crate::commands::patient::save::add;
use crate::commands::{CommandError, Desk};
use crate::import::agenda::plan::{AgendaPlan, Busy, EventOutcome, KnownEvent, Planned, PlannedEvent, Who, plan};
use crate::import::agenda::{AgendaOptions, EventStatus, VisitDraft, read};
use crate::import::{ImportError, Limits};
use crate::journal::ChangeRecord;
use crate::store::agenda::Appointment;
use crate::store::opening::Absence;
use crate::store::practice::AppointmentType;
use crate::store::{self, StoreError};

/// Minutes of an event without an end.
const DEFAULT_MINUTES: u32 = 15;
/// How many days of a series without an end are taken over.
const SERIES_DAYS: u64 = 731;
/// More unknown types than this are not types: their names go to the note.
const NEW_TYPES: usize = 40;
/// Hues that new types take in turn.
const HUES: [&str; 7] = ["blue", "green", "ochre", "violet", "teal", "red", "orange"];

/// Imports an agenda handed over by the window.
///
/// # Errors
/// What makes the file unreadable, by code; `practitioner_not_found`, `import_running`, `cancelled`, `permission_denied`.
pub async fn import_agenda(desk: &Desk, request: ImportAgendaRequest) -> Result<ImportedView, CommandError> {
    agenda_from_bytes(desk, bytes_of(&request.base64)?, request.practitioner_id, request.dry_run).await
}

/// Imports an agenda's bytes.
///
/// # Errors
/// As [`import_agenda`].
pub async fn agenda_from_bytes(
    desk: &Desk,
    bytes: Vec<u8>,
    practitioner: PractitionerId,
    dry_run: bool,
) -> Result<ImportedView, CommandError> {
    let running = desk.takeover.begin()?;
    let mut change = desk.change(Permission::ImportData, "import_agenda").await?;
    let missing = || CommandError::field("practitioner_not_found", "practitioner_id");
    let site_id = store::practice::practitioners(change.connection())
        .await?
        .into_iter()
        .find(|one| one.id == practitioner)
        .map(|one| one.site_id)
        .ok_or_else(missing)?;
    let sites = store::practice::sites(change.connection()).await?;
    let zone = sites.iter().find(|site| site.id == site_id).and_then(|site| site.zone.parse().ok());
    let types = store::practice::types(change.connection()).await?;
    let today = desk.wall_now().date();
    let options = AgendaOptions {
        today,
        region: desk.premises().region(),
        zone: zone.ok_or_else(|| CommandError::new("vault_damaged"))?,
        default_minutes: DEFAULT_MINUTES,
        until: today + chrono::Days::new(SERIES_DAYS),
        type_names: types.iter().map(|kind| kind.name.clone()).collect(),
    };
    let known = known(change.connection()).await?;
    let events = known_events(&mut change, practitioner).await?;
    let busy: Vec<Busy> = store::events::busy(change.connection(), practitioner)
        .await?
        .into_iter()
        .map(|(starts, minutes, uid)| Busy {
            starts: WallTime::from_minutes(starts),
            minutes: u32::try_from(minutes).unwrap_or(0),
            uid,
        })
        .collect();
    let plan = tokio::task::block_in_place(|| -> Result<_, ImportError> {
        let mut progress = |done: usize, total: usize| desk.takeover.step(done, total * 3);
        let file = read(&bytes, &options, &Limits::default(), &mut progress)?;
        let mut progress = |done: usize, total: usize| desk.takeover.step(total + done, total * 3);
        plan(file, &known, &|uid| events.get(uid).cloned(), &busy, &mut progress)
    })?;
    if !dry_run {
        let mut writer = Writer {
            desk,
            practitioner,
            site_id,
            now: desk.wall_now(),
            new_patients: vec![None; plan.new_patients.len()],
            types,
            made_types: 0,
        };
        writer.apply(&mut change, &plan).await?;
        change.commit().await?;
    }
    drop(running);
    let (counts, lines) = (plan.counts(), plan.lines());
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    Ok(ImportedView {
        rows: count(counts.rows),
        created: count(counts.created),
        updated: count(counts.updated),
        merged: count(counts.merged),
        rejected: count(counts.rejected),
        warned: count(counts.warned),
        dry_run,
        notable: notable(&lines),
        report: report(desk, &lines).await?,
    })
}

async fn known_events(
    change: &mut Change<'_>,
    practitioner: PractitionerId,
) -> Result<HashMap<String, KnownEvent>, CommandError> {
    let mut fingerprints = store::events::fingerprints(change.connection(), practitioner).await?;
    let mut events: HashMap<String, KnownEvent> = HashMap::new();
    for one in store::events::taken_over(change.connection(), practitioner).await? {
        let fingerprint = fingerprints.remove(&one.uid);
        let event = events.entry(one.uid).or_insert(KnownEvent {
            fingerprint,
            starts: Vec::new(),
            minutes: u32::try_from(one.minutes).unwrap_or(0),
            cancelled: one.cancelled,
        });
        event.starts.push(WallTime::from_minutes(one.starts));
    }
    Ok(events)
}

struct Writer<'a> {
    desk: &'a Desk,
    practitioner: PractitionerId,
    site_id: SiteId,
    now: WallTime,
    /// Patients of the plan, once made.
    new_patients: Vec<Option<PatientId>>,
    types: Vec<AppointmentType>,
    made_types: usize,
}

impl Writer<'_> {
    async fn apply(&mut self, change: &mut Change<'_>, plan: &AgendaPlan<PatientId>) -> Result<(), CommandError> {
        let total = plan.rows.len();
        for (done, event) in plan.rows.iter().enumerate() {
            if self.desk.takeover.step(total * 2 + done, total * 3) == ControlFlow::Break(()) {
                return Err(CommandError::new("cancelled"));
            }
            let planned = match &event.outcome {
                EventOutcome::Created(planned) => planned,
                EventOutcome::Updated(planned) => {
                    self.clear(change, &event.uid).await?;
                    planned
                }
                _ => continue,
            };
            match planned {
                Planned::Visits { who, visit, at } => self.visits(change, plan, event, *who, visit, at).await?,
                Planned::Absences { label, spans } => self.absences(change, event, label, spans).await?,
            }
            let connection = change.connection();
            store::events::keep_fingerprint(connection, self.practitioner, &event.uid, &event.fingerprint).await?;
        }
        Ok(())
    }

    /// Takes out what was under an identifier before its new version comes in.
    async fn clear(&self, change: &mut Change<'_>, uid: &str) -> Result<(), CommandError> {
        for before in store::agenda::by_uid(change.connection(), self.practitioner, uid).await? {
            if before.status == Status::Deleted {
                continue;
            }
            let after =
                Appointment { status: Status::Deleted, cancelled_by: None, external_uid: None, ..before.clone() };
            store::agenda::update(change.connection(), &after).await?;
            let record = ChangeRecord::updated("appointment", &before, &after);
            let owner = before.patient_id.map(|id| id.to_string());
            change.record("agenda", &before.id.to_string(), owner.as_deref(), &record).await?;
        }
        for id in store::events::absences_by_uid(change.connection(), self.practitioner, uid).await? {
            let Some(before) = store::opening::absence(change.connection(), id).await? else { continue };
            let after = Absence { deleted: true, external_uid: None, ..before.clone() };
            store::opening::save_absence(change.connection(), &after).await?;
            let record = ChangeRecord::updated("absence", &before, &after);
            change.record("agenda", &id.to_string(), None, &record).await?;
        }
        Ok(())
    }

    async fn visits(
        &mut self,
        change: &mut Change<'_>,
        plan: &AgendaPlan<PatientId>,
        event: &PlannedEvent<PatientId>,
        who: Who<PatientId>,
        visit: &VisitDraft,
        at: &[(WallTime, bool)],
    ) -> Result<(), CommandError> {
        let patient = match who {
            Who::Known(id) | Who::Doubtful { candidate: id, only_one_of_the_name: true } => id,
            Who::New(place) => self.new_patient(change, plan, place).await?,
            // A namesake may be somebody else: a new file, named in the report as a possible duplicate.
            Who::Doubtful { only_one_of_the_name: false, .. } => {
                let at = change.at().to_owned();
                let id = PatientId::new(self.desk.make_id());
                let row = row(&visit.hint, None, id, &self.desk.make_id().to_string(), &at);
                add(self.desk, change, row).await?.0.id
            }
        };
        let (type_id, note) = self.kind(change, visit, event.minutes).await?;
        for (starts, overbooked) in at {
            let cancelled = visit.status == EventStatus::Cancelled;
            let over = starts.plus_minutes(i64::from(event.minutes)) <= self.now;
            let status = match visit.status {
                EventStatus::Cancelled => Status::Cancelled,
                EventStatus::Tentative if !over => Status::Requested,
                _ if over => Status::Done,
                _ => Status::Booked,
            };
            let appointment = Appointment {
                id: AppointmentId::new(self.desk.make_id()),
                code: make_code(change.connection()).await?,
                practitioner_id: self.practitioner,
                site_id: self.site_id,
                patient_id: Some(patient),
                type_id,
                day: starts.minutes().div_euclid(1440),
                starts: Some(starts.minutes()),
                queue_rank: None,
                minutes: i64::from(event.minutes),
                status,
                origin: Origin::Desk,
                urgency: Urgency::Normal,
                overbooked: *overbooked,
                note: note.clone(),
                contact_name: String::new(),
                contact_phone: String::new(),
                // The file does not say by whom.
                cancelled_by: cancelled.then_some(CancelledBy::Practice),
                cancel_reason: String::new(),
                cancelled_late: false,
                arrived: None,
                seated: None,
                dismissed: None,
                external_uid: Some(event.uid.clone()),
                revision: 1,
                // The file says when it is, and no more: the whole of it needs the practitioner.
                buffer_minutes: self.buffer_of(type_id),
                provider_parts: Vec::new(),
                resources: Vec::new(),
            };
            let appointment = self.insert(change, appointment).await?;
            let owner = patient.to_string();
            let record = ChangeRecord::created("appointment", &appointment);
            change.record("agenda", &appointment.id.to_string(), Some(&owner), &record).await?;
        }
        Ok(())
    }

    /// The free time that a known type keeps after.
    fn buffer_of(&self, type_id: TypeId) -> i64 {
        self.types.iter().find(|kind| kind.id == type_id).map_or(0, |kind| kind.buffer_minutes)
    }

    /// What the plan could not see (the end of a moved one) still must not stop a whole file: it comes in as overbooked.
    async fn insert(&self, change: &mut Change<'_>, mut appointment: Appointment) -> Result<Appointment, CommandError> {
        match store::agenda::insert(change.connection(), &appointment).await {
            Err(StoreError::SlotTaken) => {
                appointment.overbooked = true;
                store::agenda::insert(change.connection(), &appointment).await?;
            }
            other => other?,
        }
        Ok(appointment)
    }

    async fn new_patient(
        &mut self,
        change: &mut Change<'_>,
        plan: &AgendaPlan<PatientId>,
        place: usize,
    ) -> Result<PatientId, CommandError> {
        if let Some(id) = self.new_patients[place] {
            return Ok(id);
        }
        let at = change.at().to_owned();
        let id = PatientId::new(self.desk.make_id());
        let row = row(&plan.new_patients[place], None, id, &self.desk.make_id().to_string(), &at);
        add(self.desk, change, row).await?;
        self.new_patients[place] = Some(id);
        Ok(id)
    }

    /// The type that the text names: a known one, or a new one; with the note.
    async fn kind(
        &mut self,
        change: &mut Change<'_>,
        visit: &VisitDraft,
        minutes: u32,
    ) -> Result<(TypeId, String), CommandError> {
        let wanted = normalise(&visit.type_hint);
        let same = self.types.iter().find(|kind| normalise(&kind.name) == wanted || kind.short_name == visit.type_hint);
        if let Some(kind) = same {
            return Ok((kind.id, visit.note.clone()));
        }
        let first = self.types.first().map(|kind| kind.id).ok_or_else(|| CommandError::new("type_not_found"))?;
        if wanted.is_empty() {
            return Ok((first, visit.note.clone()));
        }
        if self.made_types >= NEW_TYPES {
            return Ok((first, format!("{}\n{}", visit.type_hint, visit.note).trim().to_owned()));
        }
        let kind = AppointmentType {
            id: TypeId::new(self.desk.make_id()),
            name: visit.type_hint.clone(),
            short_name: String::new(),
            minutes: i64::from(minutes),
            colour: HUES[self.types.len() % HUES.len()].to_owned(),
            rank: i64::try_from(self.types.len()).unwrap_or(0),
            active: true,
            buffer_minutes: 0,
            online: false,
            needs_approval: false,
            instructions: String::new(),
            price_cents: None,
            provider_time: String::new(),
            practitioners: Vec::new(),
            sites: Vec::new(),
            resource_kinds: Vec::new(),
        };
        store::practice::save_type(change.connection(), &kind).await?;
        let record = ChangeRecord::created("type", &kind);
        change.record("practice", &kind.id.to_string(), None, &record).await?;
        self.made_types += 1;
        let id = kind.id;
        self.types.push(kind);
        Ok((id, visit.note.clone()))
    }

    async fn absences(
        &self,
        change: &mut Change<'_>,
        event: &PlannedEvent<PatientId>,
        label: &str,
        spans: &[(WallTime, WallTime)],
    ) -> Result<(), CommandError> {
        for (from, to) in spans {
            let absence = Absence {
                id: AbsenceId::new(self.desk.make_id()),
                practitioner_id: self.practitioner,
                starts: from.minutes(),
                ends: to.minutes(),
                label: label.to_owned(),
                external_uid: Some(event.uid.clone()),
                deleted: false,
            };
            store::opening::save_absence(change.connection(), &absence).await?;
            let record = ChangeRecord::created("absence", &absence);
            change.record("agenda", &absence.id.to_string(), None, &record).await?;
        }
        Ok(())
    }
}
