//! An agenda taken over from iCalendar: every event becomes an appointment, an absence, a series of either, or is
//! rejected with a reason; one event is one row.
//!
//! [`read`] looks at the file alone, [`plan`](plan::plan) at who is known and what is already there. What is written on
//! the wall counts: an event in the site's own zone keeps its time, whatever the offset was believed to be; instants in
//! UTC and in other zones are put on the site's wall by the bundled zone data.
//!
//! Deliberately not here: applying it. Whoever does inserts in the order of the plan, so that the later of two
//! appointments at the same time is the overbooked one.

mod facts;
pub mod hints;
pub mod overlap;
pub mod plan;
pub mod recurrence;
mod times;

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::{
    identifiers::phone::Region,
    time::{WallTime, Zone},
};

use super::{
    ImportError, Limits, Progress,
    codes::{Notice, Rejection, Warning},
    draft::PatientDraft,
    ical::{self, Calendar, Event},
    keys::key_of,
    text::Encoding,
    tick,
};
use hints::Reading;

/// What the practice says about the agenda's place and habits.
#[derive(Debug, Clone)]
pub struct AgendaOptions {
    /// Today, at the practice.
    pub today: NaiveDate,
    /// The numbering plan by which phone numbers in texts are read.
    pub region: Region,
    /// The site's zone.
    pub zone: Zone,
    /// The duration of an event without an end, in minutes.
    pub default_minutes: u32,
    /// Up to when series without an end are taken over.
    pub until: NaiveDate,
    /// The practice's appointment types, to tell them from names.
    pub type_names: Vec<String>,
}

/// Whether an event holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum EventStatus {
    /// It does.
    #[default]
    Confirmed,
    /// Not yet (`TENTATIVE`): an appointment that was asked for.
    Tentative,
    /// No more.
    Cancelled,
}

/// What an appointment's text says. No `Debug`: it names a person.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct VisitDraft {
    /// The patient as far as the text tells: names, birth date, phone. Becomes a new patient where nobody is known.
    pub hint: PatientDraft,
    /// Whether which of the names is the surname was a guess.
    pub order_guessed: bool,
    /// What the type is called there; perhaps empty.
    pub type_hint: String,
    /// Whether it holds.
    pub status: EventStatus,
    /// What else the text says.
    pub note: String,
}

/// What an event is about.
#[derive(Clone, PartialEq, Eq)]
pub enum About {
    /// A patient comes.
    Visit(VisitDraft),
    /// The practitioner is not there, or busy otherwise.
    Absence {
        /// What it is called.
        label: String,
    },
    /// A visit if a patient of that name is known, else an absence.
    Either(VisitDraft, String),
}

/// An event as it was read. No `Debug`: it may name a person.
#[derive(Clone, PartialEq, Eq)]
pub struct AgendaDraft {
    /// Its identifier, for the next import: the UID, for a changed occurrence with its original time, for an event
    /// without UID a key of its content.
    pub uid: String,
    /// When; one for a single event, several for a series.
    pub starts: Vec<WallTime>,
    /// How long each lasts, in minutes: 1 to 1,440 for visits; absences may be longer.
    pub minutes: u32,
    /// Whether it came from a rule or a list of dates.
    pub series: bool,
    /// Whether the days count and not the hours.
    pub all_day: bool,
    /// What it is about.
    pub about: About,
}

impl AgendaDraft {
    /// A key of everything that the event says: where it is the same as at the last import, nothing has changed in the
    /// other software since.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let starts: Vec<String> = self.starts.iter().map(ToString::to_string).collect();
        let (visit, label) = match &self.about {
            About::Visit(v) => (Some(v), ""),
            About::Absence { label } => (None, label.as_str()),
            About::Either(v, label) => (Some(v), label.as_str()),
        };
        let person = visit.map_or(String::new(), |v| {
            let h = &v.hint;
            let born = h.born.map(|b| b.to_string()).unwrap_or_default();
            [
                &h.surname,
                &h.first_name,
                &h.surname_arabic,
                &h.first_name_arabic,
                &h.mobile,
                &h.phone,
                &born,
                &v.type_hint,
                &v.note,
            ]
            .map(String::as_str)
            .join("\u{1f}")
        });
        let status = visit.map_or(String::new(), |v| format!("{:?}", v.status));
        key_of("", &[&starts.join(" "), &self.minutes.to_string(), &person, &status, label])
    }
}

/// One event of the file.
#[derive(Clone)]
pub struct EventRow {
    /// Physical line, from 1, of its BEGIN.
    pub line: usize,
    /// Its title, for the report.
    pub title: String,
    /// Its start as written, for the report.
    pub written: String,
    /// What it is, or why it is not taken over.
    pub content: EventContent,
    /// What is worth knowing.
    pub warnings: Vec<Warning>,
}

/// What was made of an event.
#[derive(Clone)]
pub enum EventContent {
    /// Taken over.
    Draft(Box<AgendaDraft>),
    /// An older version of the event that starts in this line.
    OlderThan(usize),
    /// Not taken over.
    Rejected(Rejection),
}

/// A calendar file as it was read.
#[derive(Clone)]
pub struct AgendaFile {
    /// What the calendar calls itself.
    pub name: String,
    /// The encoding it was read in.
    pub encoding: Option<Encoding>,
    /// One for each VEVENT, in the order of the file.
    pub rows: Vec<EventRow>,
}

/// Reads a calendar file.
///
/// # Errors
/// As [`ical::parse`], and [`ImportError::Cancelled`].
pub fn read(
    bytes: &[u8],
    options: &AgendaOptions,
    limits: &Limits,
    progress: &mut Progress<'_>,
) -> Result<AgendaFile, ImportError> {
    let calendar = ical::parse(bytes, limits)?;
    let older = older_versions(&calendar);
    let mut reader = EventReader { calendar: &calendar, options, changed: HashMap::new(), exhausted: 0 };
    let total = calendar.events.len();
    // Changed occurrences first: a series leaves out those that could be read.
    let mut rows: Vec<Option<EventRow>> = vec![None; total];
    for series in [false, true] {
        for (index, event) in calendar.events.iter().enumerate() {
            let is_series = event.property("RECURRENCE-ID").is_none();
            if is_series == series {
                let row = match older[index] {
                    Some(line) => reader.older(event, line),
                    None => reader.row(event),
                };
                rows[index] = Some(row);
                tick(progress, index + usize::from(series), total)?;
            }
        }
    }
    let mut rows: Vec<EventRow> = rows.into_iter().flatten().collect();
    tell_orphans(&calendar, &mut rows);
    Ok(AgendaFile { name: calendar.name.clone(), encoding: calendar.encoding, rows })
}

/// For each event the line of a newer version of it (same UID and occurrence), if there is one.
fn older_versions(calendar: &Calendar) -> Vec<Option<usize>> {
    let version = |e: &Event| {
        let number = e.text("SEQUENCE").trim().parse::<u64>().unwrap_or(0);
        let modified = if e.property("LAST-MODIFIED").is_some() { e.text("LAST-MODIFIED") } else { e.text("DTSTAMP") };
        (number, modified)
    };
    let mut newest: HashMap<(String, String), usize> = HashMap::new();
    for (index, event) in calendar.events.iter().enumerate().filter(|(_, e)| e.closed && e.property("UID").is_some()) {
        let place = newest.entry((event.text("UID"), event.text("RECURRENCE-ID"))).or_insert(index);
        if version(event) >= version(&calendar.events[*place]) {
            *place = index;
        }
    }
    let newer = |(index, event): (usize, &Event)| {
        let place = *newest.get(&(event.text("UID"), event.text("RECURRENCE-ID")))?;
        (place != index && event.closed).then(|| calendar.events[place].line)
    };
    calendar.events.iter().enumerate().map(newer).collect()
}

/// Changed occurrences of a series that is not in the file stand on their own, which is told.
fn tell_orphans(calendar: &Calendar, rows: &mut [EventRow]) {
    let whole = |e: &&Event| e.property("RECURRENCE-ID").is_none();
    let series: std::collections::HashSet<String> =
        calendar.events.iter().filter(whole).map(|e| e.text("UID")).collect();
    for (event, row) in calendar.events.iter().zip(rows) {
        let orphan = event.property("RECURRENCE-ID").is_some() && !series.contains(&event.text("UID"));
        if orphan && matches!(row.content, EventContent::Draft(_)) {
            row.warnings.push(Warning::row(Notice::SeriesMissing));
        }
    }
}

struct EventReader<'a> {
    calendar: &'a Calendar,
    options: &'a AgendaOptions,
    /// Original times of the changed occurrences of each UID.
    changed: HashMap<String, Vec<WallTime>>,
    /// How many rules were followed for long without coming true again.
    exhausted: usize,
}

impl EventReader<'_> {
    fn row(&mut self, event: &Event) -> EventRow {
        let mut warnings = Vec::new();
        let content = match self.draft(event, &mut warnings) {
            Ok(draft) => EventContent::Draft(Box::new(draft)),
            Err(rejection) => {
                warnings.clear();
                EventContent::Rejected(rejection)
            }
        };
        warnings.sort_unstable();
        warnings.dedup();
        EventRow { warnings, ..self.bare(event, content) }
    }

    fn older(&self, event: &Event, line: usize) -> EventRow {
        self.bare(event, EventContent::OlderThan(line))
    }

    fn bare(&self, event: &Event, content: EventContent) -> EventRow {
        let title = super::cells::clean(&event.text("SUMMARY")).chars().take(120).collect();
        let written = event.property("DTSTART").map(|p| p.value.chars().take(40).collect()).unwrap_or_default();
        EventRow { line: event.line, title, written, content, warnings: Vec::new() }
    }

    fn draft(&mut self, event: &Event, warnings: &mut Vec<Warning>) -> Result<AgendaDraft, Rejection> {
        if !event.closed {
            return Err(Rejection::UnclosedEvent);
        }
        if event.has_zero() {
            return Err(Rejection::ZeroCharacter);
        }
        let time = times::read(event, self.calendar, self.options, warnings)?;
        let all_day = time.all_day;
        let reading = hints::read(event, self.options, warnings);
        let status = match event.text("STATUS").trim().to_ascii_uppercase().as_str() {
            "CANCELLED" => EventStatus::Cancelled,
            "TENTATIVE" => EventStatus::Tentative,
            _ => EventStatus::Confirmed,
        };
        let transparent = event.text("TRANSP").trim().eq_ignore_ascii_case("TRANSPARENT");
        let about = about(reading, status, all_day, transparent)?;
        if !matches!(about, About::Absence { .. }) && time.minutes > 1_440 {
            return Err(Rejection::TooLong);
        }
        let (uid, starts, series) = self.occurrences(event, &time, warnings)?;
        Ok(AgendaDraft { uid, starts, minutes: time.minutes, series, all_day, about })
    }

    /// The identifier, the starts, and whether it is a series.
    fn occurrences(
        &mut self,
        event: &Event,
        time: &times::EventTime,
        warnings: &mut Vec<Warning>,
    ) -> Result<(String, Vec<WallTime>, bool), Rejection> {
        let uid = uid(event);
        if let Some(original) = event.property("RECURRENCE-ID") {
            let range = original.parameter("RANGE").unwrap_or_default();
            if range.eq_ignore_ascii_case("THISANDFUTURE") {
                return Err(Rejection::ThisAndFuture);
            }
            let at = times::on_wall(original, self.calendar, self.options).ok_or(Rejection::BadTime)?;
            self.changed.entry(uid.clone()).or_default().push(at);
            return Ok((format!("{uid}#{at}"), vec![time.start], false));
        }
        if event.property("RRULE").is_none() && event.property("RDATE").is_none() {
            return Ok((uid, vec![time.start], false));
        }
        let changed = self.changed.get(&uid).map_or(&[][..], Vec::as_slice);
        let found = recurrence::expand(event, time, self.calendar, self.options, &mut self.exhausted)?;
        if found.cut {
            warnings.push(Warning::row(Notice::SeriesCut));
        }
        let starts: Vec<WallTime> = found.starts.into_iter().filter(|s| !changed.contains(s)).collect();
        if starts.is_empty() {
            return Err(Rejection::NoOccurrence);
        }
        Ok((uid, starts, true))
    }
}

/// What the event is about, or why it is nothing to take over.
fn about(reading: Reading, status: EventStatus, all_day: bool, transparent: bool) -> Result<About, Rejection> {
    let about = match reading {
        Reading::Patient(visit, _) if !all_day => About::Visit(VisitDraft { status, ..visit }),
        Reading::Perhaps(visit, label) if !all_day => About::Either(VisitDraft { status, ..visit }, label),
        Reading::Patient(_, label) | Reading::Perhaps(_, label) => About::Absence { label },
        Reading::Nobody { label, away } => {
            if transparent && !away {
                return Err(Rejection::TakesNoTime);
            }
            About::Absence { label }
        }
    };
    match about {
        About::Absence { .. } if status == EventStatus::Cancelled => Err(Rejection::CancelledAbsence),
        about => Ok(about),
    }
}

/// The UID, or a key of start and title.
fn uid(event: &Event) -> String {
    let uid = event.text("UID").trim().to_owned();
    if !uid.is_empty() {
        return uid;
    }
    let start = event.property("DTSTART").map(|p| p.value.clone()).unwrap_or_default();
    key_of("event:", &[&start, &event.text("SUMMARY")])
}
