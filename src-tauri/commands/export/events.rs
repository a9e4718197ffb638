//! From appointments to events of a calendar: what each may say of whom.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::agenda::discretion::{Discretion, initials};
use domain::agenda::status::Status;
use domain::id::{PatientId, PractitionerId, SiteId};
use domain::time::{WallTime, Zone, day_number, from_day_number};

use super::words;
use crate::commands::CommandError;
use crate::commands::agenda::show::full_name;
use crate::export::ical::{Event, When, uid};
use crate::print::words::Language;
use crate::store::agenda::NamedAppointment;
use crate::store::{self, Connection};

/// How an agenda appears outside.
#[derive(Debug, Clone)]
pub(in crate::commands) struct Outside {
    /// Who gives the events their names: the practice's identifier.
    pub practice: String,
    /// How much of a person.
    pub discretion: Discretion,
    /// Language of the words.
    pub language: Language,
    /// Of whom nothing is said: their appointments are busy time, whatever the discretion.
    pub unnamed: BTreeSet<PatientId>,
}

/// An event with what the calendar does not hold.
pub(in crate::commands) struct Dated {
    /// Booking code.
    pub code: String,
    /// Status.
    pub status: Status,
    /// Whose.
    pub patient: Option<PatientId>,
    /// The event.
    pub event: Event,
}

impl Outside {
    /// The person as this discretion says them; empty where it says nobody.
    pub fn person(&self, named: &NamedAppointment) -> String {
        if self.hides(named) {
            return String::new();
        }
        let latin = full_name(&named.surname, &named.first_name);
        match self.discretion {
            Discretion::Busy => String::new(),
            Discretion::Initials if latin.is_empty() => {
                let (first, last) = named.name_arabic.split_once(' ').unwrap_or((named.name_arabic.as_str(), ""));
                initials(first, last)
            }
            Discretion::Initials => initials(&named.surname, &named.first_name),
            Discretion::Name if latin.is_empty() => named.name_arabic.clone(),
            Discretion::Name => latin,
        }
    }

    fn hides(&self, named: &NamedAppointment) -> bool {
        named.appointment.patient_id.is_some_and(|id| self.unnamed.contains(&id))
    }

    fn summary(&self, named: &NamedAppointment) -> String {
        if self.hides(named) {
            return words::busy(self.language).to_owned();
        }
        let person = self.person(named);
        match self.discretion {
            Discretion::Busy => words::busy(self.language).to_owned(),
            Discretion::Initials if person.is_empty() => words::held(self.language).to_owned(),
            Discretion::Initials => person,
            Discretion::Name if person.is_empty() => named.type_name.clone(),
            Discretion::Name => format!("{person} · {}", named.type_name),
        }
    }

    fn event(&self, named: &NamedAppointment, sites: &HashMap<SiteId, (String, Zone)>) -> Option<Event> {
        let a = &named.appointment;
        let (location, zone) = sites.get(&a.site_id)?;
        Some(Event {
            uid: uid(&a.code, &self.practice),
            when: match a.starts {
                Some(starts) => When::At(WallTime::from_minutes(starts), a.minutes),
                None => When::On(from_day_number(a.day)),
            },
            zone: zone.clone(),
            status: a.status,
            summary: self.summary(named),
            location: location.clone(),
            sequence: a.revision - 1,
        })
    }
}

/// The timed appointments of a practitioner from a day to another, and where asked the untimed walk-ins after them.
pub(in crate::commands) async fn appointments(
    connection: &mut Connection,
    practitioner: PractitionerId,
    (from, until): (NaiveDate, NaiveDate),
    untimed: bool,
) -> Result<Vec<NamedAppointment>, CommandError> {
    let (first, days) = (day_number(from), (until - from).num_days() + 1);
    let mut all = store::agenda::timed_of(connection, practitioner, first, days).await?;
    if untimed {
        let more = store::agenda::untimed(connection, first, days).await?;
        all.extend(more.into_iter().filter(|named| named.appointment.practitioner_id == practitioner));
    }
    Ok(all)
}

/// The appointments of a practitioner as events.
///
/// # Errors
/// What the store refuses.
pub(in crate::commands) async fn events(
    connection: &mut Connection,
    practitioner: PractitionerId,
    span: (NaiveDate, NaiveDate),
    untimed: bool,
    outside: &Outside,
) -> Result<Vec<Dated>, CommandError> {
    let mut sites = HashMap::new();
    for site in store::practice::sites(connection).await? {
        let zone: Zone = site.zone.parse().map_err(|_| CommandError::new("vault_damaged"))?;
        sites.insert(site.id, (site.name, zone));
    }
    let all = appointments(connection, practitioner, span, untimed).await?;
    Ok(all
        .iter()
        .filter_map(|named| {
            let event = outside.event(named, &sites)?;
            let a = &named.appointment;
            Some(Dated { code: a.code.clone(), status: a.status, patient: a.patient_id, event })
        })
        .collect())
}
