//! Where the sessions of a rule would be put: what speaks against each place, and the next-best ones. Reads only; what is
//! free is asked from `agenda::find_slots`, a day at a time and the nearest first.

use domain::agenda::overlap::Span;
use domain::agenda::series::{SeriesRule, Window};
use domain::agenda::status::{Origin, Status, Urgency};
use domain::id::{AppointmentId, PatientId, PractitionerId, SiteId, TypeId};
use domain::time::{WallTime, from_day_number};

use super::wire::PlannedSessionView;
use crate::commands::agenda::book::warnings;
use crate::commands::agenda::find_slots;
use crate::commands::agenda::wire::FindSlotsRequest;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::Appointment;
use crate::store::{self, Connection};

/// How many next-best places are proposed.
const PROPOSALS: usize = 3;
/// How many of them on the day that was wanted.
const SAME_DAY: usize = 2;

/// What a place is looked for.
#[derive(Debug, Clone, Copy)]
pub(in crate::commands) struct Place {
    /// Whose agenda.
    pub practitioner_id: PractitionerId,
    /// Who.
    pub patient_id: Option<PatientId>,
    /// Type.
    pub type_id: TypeId,
    /// Minutes.
    pub minutes: i64,
}

impl Place {
    /// An appointment there, for the checks that look at one.
    fn probe(&self, starts: i64) -> Appointment {
        let nobody = uuid::Uuid::nil();
        Appointment {
            id: AppointmentId::new(nobody),
            code: String::new(),
            practitioner_id: self.practitioner_id,
            site_id: SiteId::new(nobody),
            patient_id: None,
            type_id: self.type_id,
            day: starts.div_euclid(1440),
            starts: Some(starts),
            queue_rank: None,
            minutes: self.minutes,
            status: Status::Booked,
            origin: Origin::Desk,
            urgency: Urgency::Normal,
            overbooked: false,
            note: String::new(),
            contact_name: String::new(),
            contact_phone: String::new(),
            cancelled_by: None,
            cancel_reason: String::new(),
            cancelled_late: false,
            arrived: None,
            seated: None,
            dismissed: None,
            external_uid: None,
            revision: 0,
        }
    }
}

/// What speaks against a start, appointments of `except` not counted: codes as booking's warnings, and `slot_taken`.
pub(in crate::commands) async fn clashes(
    desk: &Desk,
    connection: &mut Connection,
    place: &Place,
    starts: i64,
    except: &[AppointmentId],
) -> Result<Vec<String>, CommandError> {
    let mut clashes = Vec::new();
    if store::series::taken(connection, place.practitioner_id, starts, place.minutes, except).await? {
        clashes.push("slot_taken".to_owned());
    }
    if let Some(patient) = place.patient_id
        && store::series::patient_taken(connection, patient, starts, place.minutes, except).await?
    {
        clashes.push("patient_booked_twice".to_owned());
    }
    clashes.extend(warnings(desk, connection, &place.probe(starts)).await?);
    if starts < desk.wall_now().minutes() && !clashes.iter().any(|code| code == "in_the_past") {
        clashes.push("in_the_past".to_owned());
    }
    Ok(clashes)
}

/// The free starts of a day.
pub(in crate::commands) async fn free_on(desk: &Desk, place: &Place, day: i64) -> Result<Vec<i64>, CommandError> {
    let request = FindSlotsRequest {
        practitioners: vec![place.practitioner_id],
        type_id: place.type_id,
        minutes: Some(place.minutes),
        from: from_day_number(day).to_string(),
        days: 1,
        part: "any".to_owned(),
        count: 200,
    };
    Ok(find_slots(desk, request).await?.slots.into_iter().map(|slot| slot.starts.minutes()).collect())
}

/// A session to be planned.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    /// Number, from 1.
    pub number: i64,
    /// Its appointment, where there is one.
    pub appointment: Option<Appointment>,
    /// Where the rule put it before.
    pub planned: i64,
    /// Why it stays where it is.
    pub kept: Option<&'static str>,
}

impl Slot {
    fn now(&self) -> Option<i64> {
        self.appointment.as_ref().and_then(|a| a.starts)
    }

    /// The plan of a session that keeps it: of what is over nothing is planned again.
    pub fn held(&self) -> Option<i64> {
        self.kept.filter(|why| *why != "exception").map(|_| self.planned)
    }
}

/// Looks for places: own appointments that will move are not in the way.
struct Search<'a> {
    desk: &'a Desk,
    place: &'a Place,
    own: Vec<AppointmentId>,
    own_starts: Vec<i64>,
}

impl Search<'_> {
    async fn clashes(&self, connection: &mut Connection, starts: i64) -> Result<Vec<String>, CommandError> {
        clashes(self.desk, connection, self.place, starts, &self.own).await
    }

    /// Free starts of a day, the best first.
    async fn on(&self, connection: &mut Connection, window: &Window, day: i64) -> Result<Vec<i64>, CommandError> {
        let mut free = Vec::new();
        // Where a session stands already is free for the series, though not for the search.
        let wanted = day * 1440 + window.target.rem_euclid(1440);
        let own = self.own_starts.iter().copied().filter(|start| start.div_euclid(1440) == day);
        for start in own.chain([wanted]) {
            if self.clashes(connection, start).await?.is_empty() {
                free.push(start);
            }
        }
        for start in free_on(self.desk, self.place, day).await? {
            let twice = match self.place.patient_id {
                Some(patient) => {
                    store::series::patient_taken(connection, patient, start, self.place.minutes, &self.own).await?
                }
                None => false,
            };
            if !twice {
                free.push(start);
            }
        }
        free.sort_by_key(|start| window.rank(*start));
        free.dedup();
        Ok(free)
    }

    async fn best(&self, connection: &mut Connection, window: &Window) -> Result<Option<i64>, CommandError> {
        for day in window.days() {
            let wanted = day * 1440 + window.target.rem_euclid(1440);
            if self.clashes(connection, wanted).await?.is_empty() {
                return Ok(Some(wanted));
            }
            if let Some(start) = self.on(connection, window, day).await?.first() {
                return Ok(Some(*start));
            }
        }
        Ok(None)
    }

    async fn proposals(&self, connection: &mut Connection, around: &Window) -> Result<Vec<i64>, CommandError> {
        let mut found: Vec<i64> = Vec::new();
        for day in around.days() {
            let of_day = if day == around.target.div_euclid(1440) { SAME_DAY } else { 1 };
            let mut left = of_day;
            for start in self.on(connection, around, day).await? {
                // Two that overlap are hardly two proposals.
                let span = Span { start, minutes: self.place.minutes };
                if left > 0 && !found.iter().any(|other| span.overlaps(Span { start: *other, ..span })) {
                    found.push(start);
                    left -= 1;
                }
            }
            if found.len() >= PROPOSALS {
                break;
            }
        }
        found.truncate(PROPOSALS);
        Ok(found)
    }
}

/// Plans every session of a rule. Numbers without a slot were left out before: only their place counts.
pub(super) async fn plan(
    desk: &Desk,
    connection: &mut Connection,
    rule: &SeriesRule,
    place: &Place,
    slots: &[Slot],
) -> Result<Vec<PlannedSessionView>, CommandError> {
    let moving: Vec<&Appointment> =
        slots.iter().filter(|slot| slot.kept.is_none()).filter_map(|slot| slot.appointment.as_ref()).collect();
    let search = Search {
        desk,
        place,
        own: moving.iter().map(|a| a.id).collect(),
        own_starts: moving.iter().filter_map(|a| a.starts).collect(),
    };
    let mut sessions = Vec::new();
    let mut planner = rule.planner();
    while let Some((number, window)) = planner.next() {
        let slot = slots.iter().find(|slot| slot.number == number);
        let planned = match slot.and_then(Slot::held) {
            Some(planned) => planned,
            None if slot.is_some() && rule.is_range() && number > 1 => {
                search.best(connection, &window).await?.unwrap_or(window.target)
            }
            None => window.target,
        };
        planner.take(planned);
        if let Some(slot) = slot {
            sessions.push(line(connection, &search, rule, slot, planned, window).await?);
        }
    }
    Ok(sessions)
}

async fn line(
    connection: &mut Connection,
    search: &Search<'_>,
    rule: &SeriesRule,
    slot: &Slot,
    planned: i64,
    window: Window,
) -> Result<PlannedSessionView, CommandError> {
    let mut session = PlannedSessionView {
        number: slot.number,
        appointment_id: slot.appointment.as_ref().map(|a| a.id),
        now: slot.now().map(WallTime::from_minutes),
        planned: WallTime::from_minutes(planned),
        starts: slot.now().map(WallTime::from_minutes),
        clashes: Vec::new(),
        proposals: Vec::new(),
        kept: slot.kept.map(str::to_owned),
    };
    if slot.kept.is_some() {
        return Ok(session);
    }
    session.clashes = search.clashes(connection, planned).await?;
    session.starts = Some(session.planned);
    if !session.clashes.is_empty() {
        let proposals = search.proposals(connection, &rule.around(window)).await?;
        session.proposals = proposals.into_iter().map(WallTime::from_minutes).collect();
        session.starts = session.proposals.first().copied();
    }
    Ok(session)
}

/// One session alone, put somewhere: what speaks against it, and what is near.
pub(super) async fn alone(
    desk: &Desk,
    connection: &mut Connection,
    rule: &SeriesRule,
    place: &Place,
    slot: &Slot,
    to: i64,
) -> Result<PlannedSessionView, CommandError> {
    let search = Search {
        desk,
        place,
        own: slot.appointment.iter().map(|a| a.id).collect(),
        own_starts: slot.now().into_iter().collect(),
    };
    let day = to.div_euclid(1440);
    let window = Window { first_day: day, target: to, last_day: day };
    line(connection, &search, rule, slot, to, window).await
}
