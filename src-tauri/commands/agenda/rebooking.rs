//! Guided rebooking: where the appointments that an absence hits could go, and moving them there. The agenda is read once;
//! what is proposed is the domain's. Nothing is cancelled, nothing is moved without being asked for.

use std::collections::HashMap;

use domain::agenda::overlap::Span;
use domain::agenda::rebooking::{Agenda, Hit, Search, Shape, propose};
use domain::agenda::slots::DEFAULT_STEP;
use domain::agenda::status::{Status, Urgency};
use domain::id::{PractitionerId, ResourceKindId, SiteId, TypeId};
use domain::role::Permission;
use domain::time::{WallTime, from_day_number};

use super::book::{changed, note_down, put};
use super::show::view;
use super::slots::{at_site, held};
use super::wire::{MoveAppointmentRequest, SlotView};
use crate::commands::planning::schedule::Schedule;
use crate::commands::planning::wire::{
    ProposeRebookingRequest, RebookAppointmentsRequest, RebookedView, RebookingHitView, RebookingView, RefusedMoveView,
};
use crate::commands::{CommandError, Desk};
use crate::store;
use crate::store::agenda::{Appointment, NamedAppointment};
use crate::store::practice::{AppointmentType, Practitioner};

/// How far behind the absence free time is looked for, in days.
const HORIZON: i64 = 120;
/// How far before the absence, where that is not over yet, in days.
const EARLIER: i64 = 14;
/// The most appointments moved at once.
const MOST: usize = 1_000;

/// The appointments that an absence hits from now on, each with the next best free times: the same practitioner's (or
/// their locum's), or those of another who offers the type. Urgent ones choose first, and no two proposals take the same
/// time.
///
/// # Errors
/// `not_found`, `out_of_range`, `permission_denied`.
pub async fn propose_rebooking(desk: &Desk, request: ProposeRebookingRequest) -> Result<RebookingView, CommandError> {
    let count = usize::try_from(request.count)
        .ok()
        .filter(|count| (1..=5).contains(count))
        .ok_or_else(|| CommandError::field("out_of_range", "count"))?;
    let mut connection = desk.read(Permission::ReadAgenda, "propose_rebooking").await?;
    let absence = store::opening::absence(&mut connection, request.absence_id)
        .await?
        .filter(|absence| !absence.deleted)
        .ok_or_else(|| CommandError::new("not_found"))?;
    let (premises, now) = (desk.premises(), desk.wall_now());
    let own = absence.practitioner_id;
    let hit =
        store::agenda::active_within(&mut connection, own, absence.starts.max(now.minutes()), absence.ends).await?;
    let hit: Vec<NamedAppointment> = hit
        .into_iter()
        .filter(|named| matches!(named.appointment.status, Status::Requested | Status::Booked | Status::Confirmed))
        .filter(|named| named.appointment.starts.is_some_and(|starts| starts >= now.minutes()))
        .collect();
    let people = store::practice::practitioners(&mut connection).await?;
    let name = people.iter().find(|one| one.id == own).map_or_else(String::new, |one| one.name.clone());
    let people: Vec<Practitioner> = people.into_iter().filter(|one| one.active || one.id == own).collect();
    let types = store::practice::types(&mut connection).await?;
    let first_day = now.minutes().div_euclid(1440).max(absence.starts.div_euclid(1440) - EARLIER);
    let end_day = absence.ends.div_euclid(1440).max(first_day) + HORIZON;
    let schedule = Schedule::read(&mut connection, &premises, None, first_day, end_day).await?;
    let stays: Vec<bool> = hit.iter().map(|named| schedule.locum_on(own, named.appointment.day).is_some()).collect();
    let ids: Vec<PractitionerId> = people.iter().map(|one| one.id).collect();
    let mut busy: HashMap<_, _> =
        store::slots::busy_of(&mut connection, &ids, first_day * 1440, end_day * 1440).await?.into_iter().collect();
    let mut sites: Vec<SiteId> = people.iter().map(|one| one.site_id).collect();
    sites.sort_unstable();
    sites.dedup();
    let mut kinds: Vec<ResourceKindId> = types.iter().flat_map(|kind| kind.resource_kinds.clone()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let held = held(&mut connection, &kinds, first_day, end_day).await?;
    drop(connection);
    let mut agendas: Vec<Agenda> = people
        .iter()
        .map(|one| {
            let busy = busy.remove(&one.id).unwrap_or_default();
            let site = sites.iter().position(|site| *site == one.site_id).unwrap_or(0);
            Agenda { needed: busy.needed, kept: busy.kept, site }
        })
        .collect();
    let search = Search {
        first: from_day_number(first_day),
        not_before: now.minutes(),
        preference: request.preference,
        count,
        resources: sites.iter().map(|site| at_site(&held, &kinds, *site)).collect(),
    };
    let mut table = Shapes {
        schedule: &schedule,
        people: &people,
        kinds: &kinds,
        days: (first_day, end_day),
        now,
        open: HashMap::new(),
        known: HashMap::new(),
        shapes: Vec::new(),
    };
    let moving: Vec<&NamedAppointment> =
        hit.iter().zip(&stays).filter(|(_, stays)| !**stays).map(|(named, _)| named).collect();
    let hits: Vec<Hit> = moving
        .iter()
        .filter_map(|named| {
            let a = &named.appointment;
            let kind = types.iter().find(|kind| kind.id == a.type_id)?;
            Some(Hit {
                start: a.starts?,
                rank: rank(a.urgency),
                own: people.iter().position(|one| one.id == own)?,
                shape: table.shape(a, kind),
            })
        })
        .collect();
    let found = propose(&hits, &table.shapes, &mut agendas, search);
    let mut found = moving.iter().map(|named| named.appointment.id).zip(found).collect::<HashMap<_, _>>();
    let slot = |minutes: i64, one: domain::agenda::rebooking::Proposal| {
        let who = people.get(one.agenda)?;
        let locum = schedule.locum_on(who.id, one.start.div_euclid(1440));
        Some(SlotView {
            practitioner_id: who.id,
            practitioner: locum.unwrap_or(&who.name).to_owned(),
            replaces: locum.map(|_| who.name.clone()),
            starts: WallTime::from_minutes(one.start),
            minutes,
        })
    };
    Ok(RebookingView {
        practitioner: name,
        starts: WallTime::from_minutes(absence.starts),
        ends: WallTime::from_minutes(absence.ends),
        label: absence.label,
        hits: hit
            .into_iter()
            .map(|named| {
                let a = &named.appointment;
                let proposals = found.remove(&a.id).unwrap_or_default();
                RebookingHitView {
                    locum: schedule.locum_on(own, a.day).unwrap_or_default().to_owned(),
                    proposals: proposals.into_iter().filter_map(|one| slot(a.minutes, one)).collect(),
                    appointment: view(named, premises.region()),
                }
            })
            .collect(),
    })
}

const fn rank(urgency: Urgency) -> u8 {
    match urgency {
        Urgency::Emergency => 0,
        Urgency::Urgent => 1,
        Urgency::Normal => 2,
    }
}

/// What the appointments hit ask for, each kind of them once.
struct Shapes<'a> {
    schedule: &'a Schedule,
    people: &'a [Practitioner],
    kinds: &'a [ResourceKindId],
    days: (i64, i64),
    now: WallTime,
    /// Open time by practitioner and type: many shapes share it.
    open: HashMap<(usize, TypeId), Vec<Vec<Span>>>,
    known: HashMap<(TypeId, i64, i64, String), usize>,
    shapes: Vec<Shape>,
}

impl Shapes<'_> {
    fn shape(&mut self, a: &Appointment, kind: &AppointmentType) -> usize {
        let parts = serde_json::to_string(&a.provider_parts).unwrap_or_default();
        let key = (kind.id, a.minutes, a.buffer_minutes, parts);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let offering: Vec<usize> = (0..self.people.len())
            .filter(|place| {
                self.people
                    .get(*place)
                    .is_some_and(|one| kind.is_offered(one.id, one.site_id) || one.id == a.practitioner_id)
            })
            .collect();
        let open = offering.into_iter().map(|place| (place, self.open(place, kind.id))).collect();
        self.shapes.push(Shape {
            minutes: a.minutes,
            parts: a.provider_parts.clone(),
            buffer: a.buffer_minutes,
            step: DEFAULT_STEP.max(kind.minutes.min(15) / 5 * 5),
            kinds: kind
                .resource_kinds
                .iter()
                .filter_map(|id| self.kinds.iter().position(|known| known == id))
                .collect(),
            open,
        });
        self.known.insert(key, self.shapes.len() - 1);
        self.shapes.len() - 1
    }

    fn open(&mut self, place: usize, type_id: TypeId) -> Vec<Vec<Span>> {
        let (schedule, people, days, now) = (self.schedule, self.people, self.days, self.now);
        self.open
            .entry((place, type_id))
            .or_insert_with(|| {
                let Some(one) = people.get(place) else { return Vec::new() };
                (days.0..days.1).map(|day| schedule.open_for(one.id, from_day_number(day), type_id, now)).collect()
            })
            .clone()
    }
}

/// Moves some appointments, as [`super::move_appointment`] would each: one transaction, one journal entry each, so that
/// each can be undone. What is refused stays where it was and is named.
///
/// # Errors
/// `out_of_range`, `permission_denied`.
pub async fn rebook_appointments(
    desk: &Desk,
    request: RebookAppointmentsRequest,
) -> Result<RebookedView, CommandError> {
    if request.moves.len() > MOST {
        return Err(CommandError::field("out_of_range", "moves"));
    }
    let mut change = desk.change(Permission::ChangeAgenda, "rebook_appointments").await?;
    let mut done = RebookedView { moved: Vec::new(), refused: Vec::new() };
    for one in request.moves {
        let wanted = MoveAppointmentRequest {
            id: one.id,
            revision: Some(one.revision),
            starts: one.starts,
            practitioner_id: Some(one.practitioner_id),
            minutes: None,
            overbook: false,
        };
        match put(desk, change.connection(), &wanted).await {
            Ok(moved) => {
                let sequence = note_down(&mut change, Some(&moved.before), &moved.after).await?;
                let place = Some(moved.place);
                done.moved.push(changed(desk, change.connection(), &moved.after, place, sequence).await?);
            }
            Err(refusal) if is_of_one(&refusal) => {
                done.refused.push(RefusedMoveView { id: one.id, code: refusal.code });
            }
            Err(fault) => return Err(fault),
        }
    }
    if done.moved.is_empty() {
        // Nothing to keep: the transaction goes back as it came.
        return Ok(done);
    }
    change.commit().await?;
    Ok(done)
}

/// Whether a refusal is about one appointment, and not about the vault.
fn is_of_one(refusal: &CommandError) -> bool {
    [
        "slot_taken",
        "no_scheduling",
        "resource_taken",
        "changed_meanwhile",
        "not_movable",
        "appointment_not_found",
        "practitioner_not_found",
    ]
    .contains(&refusal.code.as_str())
}
