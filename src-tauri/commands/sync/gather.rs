//! From the practice's rows to the facts of which the room `sync` composes what leaves. The preview and the run gather alike.

use std::collections::{BTreeMap, HashSet};

use domain::id::{PatientId, PractitionerId, SiteId};
use domain::privacy::restriction::Scope;
use domain::time::{WallTime, Zone, instant};

use super::Standing;
use crate::commands::{CommandError, Desk};
use crate::store::practice::{AppointmentType, Practitioner, Site};
use crate::store::sync_facts::AppointmentFacts as Row;
use crate::store::{self, Connection, StoreError};
use crate::sync::{
    self, Appointment, AppointmentFacts, ContactFacts, Instruction, NotTold, OfferedFacts, PersonFacts, Schedule,
    ScheduleFacts, ScheduleId,
};

/// Under what is gathered.
pub(super) struct Scene {
    /// The instruction.
    pub instruction: Instruction,
    /// How many days ahead slots are told.
    pub horizon_days: i64,
    /// Everybody of whom nothing may leave.
    pub stopped: HashSet<PatientId>,
    /// Practitioners of the practice.
    pub practitioners: Vec<Practitioner>,
    /// Its sites.
    pub sites: Vec<Site>,
    /// Its types.
    pub types: Vec<AppointmentType>,
}

impl Scene {
    /// Reads what everything is gathered under.
    pub async fn read(
        connection: &mut Connection,
        instruction: Instruction,
        horizon_days: i64,
    ) -> Result<Self, CommandError> {
        Ok(Self {
            instruction,
            horizon_days,
            stopped: store::restriction::stopped(connection, Scope::Sync).await?.into_iter().collect(),
            practitioners: store::practice::practitioners(connection).await?,
            sites: store::practice::sites(connection).await?,
            types: store::practice::types(connection).await?,
        })
    }

    /// The scene of the instruction in force.
    pub async fn of(desk: &Desk, connection: &mut Connection, standing: &Standing) -> Result<Self, CommandError> {
        let signed_on = standing.instruction.signed_on.parse().map_err(|_| StoreError::BadValue)?;
        let country = desk.premises().country;
        let instruction =
            super::terms::instruction(&standing.terms, country, (standing.instruction.given_as, signed_on))?;
        Self::read(connection, instruction, standing.terms.horizon_days).await
    }

    /// The practitioner of an id, where the instruction names them.
    pub fn practitioner(&self, id: PractitionerId) -> Option<&Practitioner> {
        let named = self.instruction.practitioners.contains(&id);
        self.practitioners.iter().find(|one| one.id == id && named)
    }

    /// The types that can be booked online with a practitioner at their site.
    pub fn online(&self, one: &Practitioner) -> Vec<AppointmentType> {
        let offered = |kind: &&AppointmentType| kind.active && kind.online && kind.is_offered(one.id, one.site_id);
        self.types.iter().filter(offered).cloned().collect()
    }

    /// The zone of a site.
    pub fn zone(&self, site: SiteId) -> Option<Zone> {
        self.sites.iter().find(|one| one.id == site)?.zone.parse().ok()
    }

    /// Whether an appointment is never to be known there.
    pub fn hides(&self, row: &Row) -> bool {
        row.never || row.patient_id.is_some_and(|patient| self.stopped.contains(&patient))
    }

    /// An appointment as it would leave.
    pub fn appointment(&self, desk: &Desk, row: &Row) -> Result<Appointment, NotTold> {
        let region = desk.premises().region();
        let zone: Zone = row.zone.parse().map_err(|_| NotTold::Unfit("Location.extension"))?;
        let person = row.patient_id.map(|_| PersonFacts {
            surname: row.surname.clone(),
            first_name: row.first_name.clone(),
            phone: row.mobile.clone(),
            email: row.email.clone(),
            born_on: row.born.parse().ok(),
            language: row.language.parse().ok(),
            region,
        });
        let contact = (!row.contact_name.is_empty() || !row.contact_phone.is_empty()).then(|| ContactFacts {
            name: row.contact_name.clone(),
            phone: row.contact_phone.clone(),
            consent: row.consent.then_some(true),
            region,
        });
        let facts = AppointmentFacts {
            id: row.id,
            code: row.code.parse().ok(),
            status: row.status,
            cancelled_by: row.cancelled_by,
            type_id: Some(row.type_id),
            type_label: row.type_name.clone(),
            practitioner_id: row.practitioner_id,
            site_id: row.site_id,
            start_at: instant(WallTime::from_minutes(row.starts), &zone),
            minutes: row.minutes,
            person,
            contact,
            visio: row.visio_link.clone(),
            hidden: self.hides(row),
        };
        sync::appointment(&facts, &self.instruction)
    }

    /// A practitioner at a site as it would leave. At another site than their own nothing can be booked.
    pub fn schedule(&self, desk: &Desk, one: &Practitioner, site: SiteId) -> Result<Schedule, NotTold> {
        let here = self.sites.iter().find(|known| known.id == site).ok_or(NotTold::Unfit("Location"))?;
        let own = one.site_id == site && one.active && here.active;
        let premises = desk.premises();
        let facts = ScheduleFacts {
            practitioner_id: one.id,
            practitioner_name: one.name.clone(),
            speciality: one.speciality.clone(),
            site_id: site,
            site_name: here.name.clone(),
            street: here.address.clone(),
            post_code: here.postcode.clone(),
            // A practice that never wrote its town down is found by its site's name.
            town: if here.city.trim().is_empty() { here.name.clone() } else { here.city.clone() },
            country: premises.country,
            zone: here.zone.parse().map_err(|_| NotTold::Unfit("Location.extension"))?,
            types: if own { self.online(one).into_iter().map(offered).collect() } else { Vec::new() },
            // The horizon moves every day by itself: it is told by the slots, not by the schedule.
            horizon: None,
            active: own,
        };
        sync::schedule(&facts, &self.instruction)
    }

    /// The sites at which a practitioner has a schedule: their own, and those of appointments to come.
    pub async fn sites_of(&self, connection: &mut Connection, one: &Practitioner) -> Result<Vec<SiteId>, CommandError> {
        let mut sites = store::sync_facts::sites_of(connection, one.id).await?;
        sites.push(one.site_id);
        sites.sort_unstable();
        sites.dedup();
        Ok(sites)
    }
}

fn offered(kind: AppointmentType) -> OfferedFacts {
    OfferedFacts { type_id: kind.id, label: kind.name, minutes: kind.minutes, needs_approval: kind.needs_approval }
}

/// A day's spans of a practitioner's schedule: what can be booked, and what is busy without anybody.
pub(super) type Days = BTreeMap<i64, Vec<sync::SlotFacts>>;

/// The spans of some days, from now on.
pub(super) async fn days(
    desk: &Desk,
    connection: &mut Connection,
    scene: &Scene,
    one: &Practitioner,
    (from, until): (i64, i64),
) -> Result<Days, CommandError> {
    let mut days: Days = (from..until).map(|day| (day, Vec::new())).collect();
    let Some(zone) = scene.zone(one.site_id) else { return Ok(days) };
    let minutes = |start: i64| instant(WallTime::from_minutes(start), &zone);
    let now = desk.wall_now().minutes();
    let held = store::sync_known::still_held(connection, one.id, (from * 1440, until * 1440)).await?;
    let also: Vec<domain::agenda::overlap::Span> = held
        .iter()
        .map(|(start, minutes, _)| domain::agenda::overlap::Span { start: *start, minutes: *minutes })
        .collect();
    if one.active {
        let kinds = scene.online(one);
        let starts =
            crate::commands::agenda::slots::open_starts(desk, connection, one, &kinds, (from, until, &also)).await?;
        for (day, start, type_id) in starts {
            let Some(kind) = kinds.iter().find(|kind| kind.id == type_id) else { continue };
            let slot =
                sync::SlotFacts { start_at: minutes(start), minutes: kind.minutes, free: true, types: vec![type_id] };
            days.entry(day).or_default().push(slot);
        }
    }
    // Whom nobody there may know: the time alone is busy.
    for row in store::sync_facts::active_within(connection, one.id, (from, until)).await? {
        if scene.hides(&row) && row.starts > now {
            let slot =
                sync::SlotFacts { start_at: minutes(row.starts), minutes: row.minutes, free: false, types: Vec::new() };
            days.entry(row.starts.div_euclid(1440)).or_default().push(slot);
        }
    }
    Ok(days)
}

/// The name of a practitioner's schedule at their own site.
pub(super) fn schedule_id(one: &Practitioner) -> ScheduleId {
    sync::schedule_id(one.id, one.site_id)
}
