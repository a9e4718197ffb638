//! What becomes of each event: new, changed since the last import, nothing new, or rejected.
//!
//! - **created**: an appointment, an absence or a whole series that was not there;
//! - **updated**: it was taken over before, and the other software has changed it since;
//! - **merged**: it was taken over before and is the same, or a newer version of it is in the file;
//! - **rejected**: see [`Rejection`].
//!
//! Patients are matched by name with birth date or phone. Who is only perhaps meant is named as doubtful and never
//! linked unseen; who is not known at all becomes a new patient, once for all their appointments in the file.

use std::hash::Hash;

use domain::time::WallTime;

use super::{
    super::{
        ImportError, Progress,
        codes::{Notice, Rejection, Warning},
        draft::PatientDraft,
        people::{Found, KnownPatient, PeopleIndex, Probe},
        plan::{Counts, absorb, contradict, same_name},
        report::ReportLine,
        tick,
    },
    About, AgendaDraft, AgendaFile, EventContent, EventRow, EventStatus, VisitDraft,
    overlap::{Away, Taken},
};

/// An entry of the practice's agenda that an earlier import made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEvent {
    /// [`AgendaDraft::fingerprint`] as it was then, where it was kept.
    pub fingerprint: Option<String>,
    /// Its starts now.
    pub starts: Vec<WallTime>,
    /// Its duration now.
    pub minutes: u32,
    /// Whether it is cancelled now.
    pub cancelled: bool,
}

/// A time that is taken in the practice's agenda by an active appointment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// Since when.
    pub starts: WallTime,
    /// For how long, in minutes.
    pub minutes: u32,
    /// The identifier under which an import made it, if one did.
    pub uid: Option<String>,
}

/// Who comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who<I> {
    /// A known patient.
    Known(I),
    /// A new one: the place in [`AgendaPlan::new_patients`].
    New(usize),
    /// Perhaps this one.
    Doubtful {
        /// Who.
        candidate: I,
        /// Whether the name is exactly theirs and nobody else's, so that only a birth date or a phone is missing.
        only_one_of_the_name: bool,
    },
}

/// What an event becomes.
#[derive(Clone)]
pub enum Planned<I> {
    /// Appointments: one, or those of a series.
    Visits {
        /// Who comes.
        who: Who<I>,
        /// What the text said.
        visit: Box<VisitDraft>,
        /// Start of each, and whether it overlaps another and must be an overbooking.
        at: Vec<(WallTime, bool)>,
    },
    /// The practitioner is away: from, to, of each.
    Absences {
        /// What it is called.
        label: String,
        /// Start and end of each.
        spans: Vec<(WallTime, WallTime)>,
    },
}

/// What becomes of an event.
#[derive(Clone)]
pub enum EventOutcome<I> {
    /// New: to be inserted.
    Created(Planned<I>),
    /// Changed: what was under this identifier is to be replaced.
    Updated(Planned<I>),
    /// A newer version starts in this line.
    MergedIntoRow(usize),
    /// Taken over before, and the same.
    Unchanged,
    /// Not taken over.
    Rejected(Rejection),
}

/// An event's outcome.
#[derive(Clone)]
pub struct PlannedEvent<I> {
    /// Physical line, from 1.
    pub line: usize,
    /// The identifier to keep; empty for rejected events.
    pub uid: String,
    /// [`AgendaDraft::fingerprint`], to keep beside it.
    pub fingerprint: String,
    /// How long each lasts, in minutes.
    pub minutes: u32,
    /// What becomes of it.
    pub outcome: EventOutcome<I>,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
    /// Title and start as written, for the report.
    pub title: (String, String),
}

/// What to write, in one transaction, in this order. No `Debug`: it names persons.
#[derive(Clone)]
pub struct AgendaPlan<I> {
    /// One for each VEVENT, in the order of the file.
    pub rows: Vec<PlannedEvent<I>>,
    /// Patients that the practice does not know.
    pub new_patients: Vec<PatientDraft>,
}

impl<I> AgendaPlan<I> {
    /// The figures.
    #[must_use]
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { rows: self.rows.len(), ..Counts::default() };
        for row in &self.rows {
            match row.outcome {
                EventOutcome::Created(_) => counts.created += 1,
                EventOutcome::Updated(_) => counts.updated += 1,
                EventOutcome::MergedIntoRow(_) | EventOutcome::Unchanged => counts.merged += 1,
                EventOutcome::Rejected(_) => counts.rejected += 1,
            }
            counts.warned += usize::from(!row.warnings.is_empty());
        }
        counts
    }

    /// The report's lines.
    #[must_use]
    pub fn lines(&self) -> Vec<ReportLine> {
        let line = |row: &PlannedEvent<I>| {
            let (outcome, reason) = match &row.outcome {
                EventOutcome::Created(_) => ("created", None),
                EventOutcome::Updated(_) => ("updated", None),
                EventOutcome::MergedIntoRow(into) => ("merged", Some(("merged_into_row", Some(*into)))),
                EventOutcome::Unchanged => ("merged", Some(("merged_unchanged", None))),
                EventOutcome::Rejected(rejection) => ("rejected", Some((rejection.as_str(), None))),
            };
            let (surname, when) = row.title.clone();
            ReportLine {
                line: row.line,
                outcome,
                reason,
                surname,
                when,
                warnings: row.warnings.clone(),
                ..ReportLine::default()
            }
        };
        self.rows.iter().map(line).collect()
    }
}

/// Decides about every event of a file. `known` are the practice's patients, `taken_over` answers what an earlier
/// import made under an identifier, `busy` is the practitioner's agenda as it is.
///
/// # Errors
/// [`ImportError::Cancelled`].
pub fn plan<I: Copy + Eq + Hash>(
    file: AgendaFile,
    known: &[KnownPatient<I>],
    taken_over: &dyn Fn(&str) -> Option<KnownEvent>,
    busy: &[Busy],
    progress: &mut Progress<'_>,
) -> Result<AgendaPlan<I>, ImportError> {
    let mut people = PeopleIndex::new();
    known.iter().for_each(|k| {
        people.add(Probe::of(&k.fields));
    });
    let mut planner =
        Planner { known, people, new_patients: Vec::new(), new_index: PeopleIndex::new(), taken: Taken::default() };
    let total = file.rows.len();
    let changed = changed_uids(&file, taken_over);
    for b in busy.iter().filter(|b| b.uid.as_ref().is_none_or(|u| !changed.contains(u))) {
        planner.taken.take(b.starts, b.minutes, None);
    }
    let mut rows = Vec::with_capacity(total);
    for (done, row) in file.rows.into_iter().enumerate() {
        tick(progress, done, total)?;
        rows.push(planner.event(row, taken_over));
    }
    tell_absences(&mut rows);
    tick(progress, total, total)?;
    Ok(AgendaPlan { rows, new_patients: planner.new_patients })
}

/// The identifiers whose entries are to be replaced, so that they are in nobody's way.
fn changed_uids(
    file: &AgendaFile,
    taken_over: &dyn Fn(&str) -> Option<KnownEvent>,
) -> std::collections::HashSet<String> {
    let drafts = file.rows.iter().filter_map(|r| if let EventContent::Draft(d) = &r.content { Some(d) } else { None });
    drafts.filter(|d| taken_over(&d.uid).is_some_and(|k| !is_unchanged(d, &k))).map(|d| d.uid.clone()).collect()
}

/// Whether the other software has not touched the event since it was taken over. Without a fingerprint, whether it is
/// still as it is there.
fn is_unchanged(draft: &AgendaDraft, known: &KnownEvent) -> bool {
    if let Some(fingerprint) = &known.fingerprint {
        return *fingerprint == draft.fingerprint();
    }
    let cancelled = |v: &VisitDraft| v.status == EventStatus::Cancelled;
    let status = match &draft.about {
        About::Visit(v) | About::Either(v, _) => cancelled(v) == known.cancelled,
        About::Absence { .. } => true,
    };
    draft.starts == known.starts && draft.minutes == known.minutes && status
}

struct Planner<'a, I> {
    known: &'a [KnownPatient<I>],
    people: PeopleIndex,
    new_patients: Vec<PatientDraft>,
    new_index: PeopleIndex,
    taken: Taken,
}

impl<I: Copy + Eq + Hash> Planner<'_, I> {
    fn event(&mut self, row: EventRow, taken_over: &dyn Fn(&str) -> Option<KnownEvent>) -> PlannedEvent<I> {
        let EventRow { line, title, written, content, warnings } = row;
        let mut planned = PlannedEvent {
            line,
            uid: String::new(),
            fingerprint: String::new(),
            minutes: 0,
            outcome: EventOutcome::Unchanged,
            warnings,
            title: (title, written),
        };
        let draft = match content {
            EventContent::Draft(draft) => *draft,
            EventContent::OlderThan(newer) => {
                planned.outcome = EventOutcome::MergedIntoRow(newer);
                return planned;
            }
            EventContent::Rejected(rejection) => {
                planned.outcome = EventOutcome::Rejected(rejection);
                return planned;
            }
        };
        (planned.uid, planned.fingerprint, planned.minutes) = (draft.uid.clone(), draft.fingerprint(), draft.minutes);
        let before = taken_over(&draft.uid);
        if before.as_ref().is_some_and(|k| is_unchanged(&draft, k)) {
            return planned;
        }
        let to_do = match self.planned(draft, line, &mut planned.warnings) {
            Ok(to_do) => to_do,
            Err(rejection) => {
                planned.warnings.clear();
                planned.outcome = EventOutcome::Rejected(rejection);
                return planned;
            }
        };
        planned.outcome = if before.is_some() { EventOutcome::Updated(to_do) } else { EventOutcome::Created(to_do) };
        planned.warnings.sort_unstable();
        planned.warnings.dedup();
        planned
    }

    fn planned(
        &mut self,
        draft: AgendaDraft,
        line: usize,
        warnings: &mut Vec<Warning>,
    ) -> Result<Planned<I>, Rejection> {
        let (visit, who) = match draft.about {
            About::Absence { label } => return Ok(absences(label, &draft.starts, draft.minutes)),
            About::Visit(visit) => {
                let who = self.who(&visit);
                (visit, who)
            }
            About::Either(visit, label) => {
                warnings.push(Warning::row(Notice::KindGuessed));
                match self.find(&visit) {
                    Found::Nobody if visit.status == EventStatus::Cancelled => return Err(Rejection::CancelledAbsence),
                    Found::Nobody => return Ok(absences(label, &draft.starts, draft.minutes)),
                    _ => {
                        let who = self.who(&visit);
                        (visit, who)
                    }
                }
            }
        };
        warnings.extend(match who {
            Who::Known(_) => None,
            Who::New(_) => Some(Warning::row(Notice::NewPatient)),
            Who::Doubtful { .. } => Some(Warning::row(Notice::DoubtfulPatient)),
        });
        let active = visit.status != EventStatus::Cancelled;
        let mut at = Vec::with_capacity(draft.starts.len());
        for start in draft.starts {
            let overlap = if active { self.taken.take(start, draft.minutes, Some(line)) } else { None };
            if let Some(other) = overlap {
                warnings.push(Warning::with_line(Notice::Overlap, other));
            }
            at.push((start, overlap.is_some()));
        }
        Ok(Planned::Visits { who, visit: Box::new(visit), at })
    }

    /// Who of the practice is meant; where the order of the names was a guess, in the other order too.
    fn find(&self, visit: &VisitDraft) -> Found {
        let found = self.people.find(&Probe::of(&visit.hint));
        if !visit.order_guessed || matches!(found, Found::Same(_)) {
            return found;
        }
        match self.people.find(&Probe::of(&other_order(&visit.hint))) {
            Found::Nobody => found,
            Found::Perhaps(_) if matches!(found, Found::Perhaps(_)) => found,
            other => other,
        }
    }

    fn who(&mut self, visit: &VisitDraft) -> Who<I> {
        let hint = &visit.hint;
        let probe = Probe::of(hint);
        match self.find(visit) {
            Found::Same(place) => return Who::Known(self.known[place].id),
            Found::Perhaps(place) => {
                let swapped = other_order(hint);
                let named = |p: &usize| {
                    let there = &self.known[*p].fields;
                    same_name(there, hint) || visit.order_guessed && same_name(there, &swapped)
                };
                let others = self.people.candidates(&probe).into_iter().filter(|(p, _)| named(p)).count();
                let only = named(&place) && others == 1 && !contradict(&self.known[place].fields, hint);
                return Who::Doubtful { candidate: self.known[place].id, only_one_of_the_name: only };
            }
            Found::Nobody => {}
        }
        // One agenda means one person by one name, unless birth dates say otherwise.
        let again = self.new_index.candidates(&probe).into_iter().map(|(p, _)| p);
        let again = again
            .into_iter()
            .find(|p| same_name(&self.new_patients[*p], hint) && !contradict(&self.new_patients[*p], hint));
        if let Some(place) = again {
            absorb(&mut self.new_patients[place], hint);
            self.new_index.update(place, Probe::of(&self.new_patients[place]));
            return Who::New(place);
        }
        self.new_patients.push(hint.clone());
        Who::New(self.new_index.add(probe))
    }
}

fn other_order(hint: &PatientDraft) -> PatientDraft {
    PatientDraft { surname: hint.first_name.clone(), first_name: hint.surname.clone(), ..hint.clone() }
}

fn absences<I>(label: String, starts: &[WallTime], minutes: u32) -> Planned<I> {
    let spans = starts.iter().map(|s| (*s, s.plus_minutes(i64::from(minutes)))).collect();
    Planned::Absences { label, spans }
}

/// Appointments inside an absence of the file stay, and say so.
fn tell_absences<I>(rows: &mut [PlannedEvent<I>]) {
    let planned = |row: &PlannedEvent<I>| match &row.outcome {
        EventOutcome::Created(Planned::Absences { spans, .. })
        | EventOutcome::Updated(Planned::Absences { spans, .. }) => spans.clone(),
        _ => Vec::new(),
    };
    let away = Away::of(rows.iter().flat_map(planned));
    for row in rows {
        let minutes = row.minutes;
        let inside = match &row.outcome {
            EventOutcome::Created(Planned::Visits { at, visit, .. })
            | EventOutcome::Updated(Planned::Visits { at, visit, .. }) => {
                visit.status != EventStatus::Cancelled && at.iter().any(|(start, _)| away.covers(*start, minutes))
            }
            _ => false,
        };
        if inside {
            row.warnings.push(Warning::row(Notice::InsideAbsence));
        }
    }
}
