//! Where the sessions of a rule would be put: what speaks against each place, and the next-best ones. Reads only; what is
//! free is asked of `agenda::slots`, a day at a time and the nearest first.

use domain::agenda::overlap::Span;
use domain::agenda::series::{SeriesRule, Window};
use domain::id::AppointmentId;
use domain::time::WallTime;

use super::sought::{Sought, clashes, free_on, is_free};
use super::wire::PlannedSessionView;
use crate::commands::{CommandError, Desk};
use crate::store::agenda::Appointment;
use crate::store::{self, Connection};

/// How many next-best places are proposed.
const PROPOSALS: usize = 3;
/// How many of them on the day that was wanted.
const SAME_DAY: usize = 2;

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
    sought: &'a Sought,
    own: Vec<AppointmentId>,
    own_starts: Vec<i64>,
}

impl Search<'_> {
    async fn is_free(&self, connection: &mut Connection, starts: i64) -> Result<bool, CommandError> {
        is_free(self.desk, connection, self.sought, starts, &self.own).await
    }

    /// Free starts of a day, the best first.
    async fn on(&self, connection: &mut Connection, window: &Window, day: i64) -> Result<Vec<i64>, CommandError> {
        let mut free = Vec::new();
        // Where a session stands already is free for the series, though not for the search.
        let wanted = day * 1440 + window.target.rem_euclid(1440);
        let own = self.own_starts.iter().copied().filter(|start| start.div_euclid(1440) == day);
        for start in own.chain([wanted]) {
            if self.is_free(connection, start).await? {
                free.push(start);
            }
        }
        for start in free_on(self.desk, connection, self.sought, day).await? {
            let twice = match self.sought.patient_id {
                Some(patient) => {
                    store::series::patient_taken(connection, patient, start, self.sought.minutes, &self.own).await?
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
            if self.is_free(connection, wanted).await? {
                return Ok(Some(wanted));
            }
            if let Some(start) = self.on(connection, window, day).await?.first() {
                return Ok(Some(*start));
            }
        }
        Ok(None)
    }

    /// The next best, none of them where another session is to be put.
    async fn proposals(
        &self,
        connection: &mut Connection,
        around: &Window,
        promised: &[i64],
    ) -> Result<Vec<i64>, CommandError> {
        let mut found: Vec<i64> = Vec::new();
        for day in around.days() {
            let of_day = if day == around.target.div_euclid(1440) { SAME_DAY } else { 1 };
            let mut left = of_day;
            for start in self.on(connection, around, day).await? {
                // Two that overlap are hardly two proposals.
                let span = Span { start, minutes: self.sought.minutes };
                let mut others = found.iter().chain(promised);
                if left > 0 && !others.any(|other| span.overlaps(Span { start: *other, ..span })) {
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
    sought: &Sought,
    slots: &[Slot],
) -> Result<Vec<PlannedSessionView>, CommandError> {
    let moving: Vec<&Appointment> =
        slots.iter().filter(|slot| slot.kept.is_none()).filter_map(|slot| slot.appointment.as_ref()).collect();
    let search = Search {
        desk,
        sought,
        own: moving.iter().map(|a| a.id).collect(),
        own_starts: moving.iter().filter_map(|a| a.starts).collect(),
    };
    let mut lines = Vec::new();
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
            lines.push((slot, planned, window));
        }
    }
    let mut promised: Vec<i64> = lines.iter().map(|(_, planned, _)| *planned).collect();
    let mut sessions = Vec::with_capacity(lines.len());
    for (at, (slot, planned, window)) in lines.into_iter().enumerate() {
        let session = line(connection, &search, rule, slot, (planned, window), &promised).await?;
        if let Some(starts) = session.starts {
            promised[at] = starts.minutes();
        }
        sessions.push(session);
    }
    Ok(sessions)
}

async fn line(
    connection: &mut Connection,
    search: &Search<'_>,
    rule: &SeriesRule,
    slot: &Slot,
    (planned, window): (i64, Window),
    promised: &[i64],
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
    session.clashes = clashes(search.desk, connection, search.sought, planned, &search.own).await?;
    session.starts = Some(session.planned);
    if !session.clashes.is_empty() {
        let proposals = search.proposals(connection, &rule.around(window), promised).await?;
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
    sought: &Sought,
    slot: &Slot,
    to: i64,
) -> Result<PlannedSessionView, CommandError> {
    let search = Search {
        desk,
        sought,
        own: slot.appointment.iter().map(|a| a.id).collect(),
        own_starts: slot.now().into_iter().collect(),
    };
    let day = to.div_euclid(1440);
    let window = Window { first_day: day, target: to, last_day: day };
    line(connection, &search, rule, slot, (to, window), &[]).await
}
